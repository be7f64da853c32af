"""Reads what a person filled in a modal."""

from typing import Any


def filled_in(view: dict[str, Any]) -> dict[str, str]:
    """The values by block: text as it is, the chosen option's value, or "yes" for a ticked box; "" when left out."""
    return {block: _value(inputs["value"]) for block, inputs in view["state"]["values"].items()}


def _value(field: dict[str, Any]) -> str:
    if field["type"] in ("static_select", "radio_buttons"):
        return str((field.get("selected_option") or {}).get("value", ""))
    if field["type"] == "checkboxes":
        return "yes" if field.get("selected_options") else ""
    return str(field.get("value") or "")
