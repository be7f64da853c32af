"""What Slack's own client checks before it submits a modal, so that the bot never sees it wrong."""

import re
from collections.abc import Mapping
from typing import Any

MISSING = "Please complete this required field."
NOT_AN_EMAIL = "Enter an email in a valid format, like someone@example.com."
NOT_A_LINK = "Enter a link in a valid format, like https://example.com."
NOT_A_NUMBER = "Enter a number."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LARGEST_IN_A_FORM = 10_000_000
LINK = re.compile(r"https?://\S+")


def problems(blocks: list[dict[str, Any]], values: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence for each input block that a person has to correct first."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        shape = values[block["block_id"]][element["action_id"]]
        value = next(entry for name, entry in shape.items() if name != "type")
        sentence = _problem(element, value, optional=bool(block.get("optional")))
        if sentence is not None:
            found[block["block_id"]] = sentence
    return found


def _problem(element: Mapping[str, Any], value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else MISSING
    kind = element["type"]
    if kind == "file_input":
        return _files(element, value)
    if kind == "plain_text_input":
        return _length(element, value)
    if kind == "email_text_input" and not EMAIL.fullmatch(value):
        return NOT_AN_EMAIL
    if kind == "url_text_input" and not LINK.fullmatch(value):
        return NOT_A_LINK
    return _number(element, value) if kind == "number_input" else None


def _files(element: Mapping[str, Any], chosen: list[dict[str, Any]]) -> str | None:
    """Check what docs.slack.dev/reference/block-kit/block-elements/file-input-element says; the words are ours."""
    most, endings = element.get("max_files", 10), element.get("filetypes") or []
    if len(chosen) > most:
        return f"Choose at most {most} {'file' if most == 1 else 'files'}."
    allowed = {str(ending).lower() for ending in endings}
    for file in chosen:
        if allowed and file["name"].lower().rpartition(".")[2] not in allowed:
            return f"{file['name']} can't be used here: choose {', '.join(endings)}."
        if file["size"] > LARGEST_IN_A_FORM:
            return f"{file['name']} is larger than 10 MB, the most that Slack takes in a form."
    return None


def _length(element: Mapping[str, Any], value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Enter at least {least} characters."
    return f"Enter at most {most} characters." if len(value) > most else None


def _number(element: Mapping[str, Any], value: Any) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return NOT_A_NUMBER
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return NOT_A_NUMBER
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < float(least):
        return f"Enter {least} or more."
    if most is not None and number > float(most):
        return f"Enter {most} or less."
    return None
