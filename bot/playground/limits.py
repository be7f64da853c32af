"""The rules of Slack's JSON, as small pieces that tables of limits are made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_ID = 255
LONGEST_URL = 3000
LONGEST_TEXT = 3000


@dataclass
class Problems:
    """What is wrong with one payload, each with the place where it is wrong."""

    found: list[str] = field(default_factory=list)

    def add(self, pointer: str, sentence: str) -> None:
        """Note one problem."""
        self.found.append(f"{sentence} [json-pointer:{pointer}]")


Rule = Callable[[Problems, str, Any], None]


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a shape."""

    rule: Rule
    required: bool = False


Shape = Mapping[str, Field]


def required(rule: Rule) -> Field:
    """Return a property that has to be there."""
    return Field(rule, required=True)


def anything(_problems: Problems, _pointer: str, _value: Any) -> None:
    """Allow every value."""


def string(most: int = 1_000_000, least: int = 1) -> Rule:
    """Return the rule for a string of a certain length; an emoji counts as the characters it is made of."""

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, str):
            problems.add(pointer, "must be a string")
        elif len(value) > most:
            problems.add(pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            problems.add(pointer, f"must be more than {least - 1} characters")

    return rule


def boolean(problems: Problems, pointer: str, value: Any) -> None:
    """Allow true and false."""
    if not isinstance(value, bool):
        problems.add(pointer, "must be a boolean")


def integer(least: int, most: int) -> Rule:
    """Return the rule for a whole number."""

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            problems.add(pointer, "must be an integer")
        elif not least <= value <= most:
            problems.add(pointer, f"must be between {least} and {most}")

    return rule


def number(problems: Problems, pointer: str, value: Any) -> None:
    """Allow numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problems.add(pointer, "must be a number")


def choice(*allowed: str) -> Rule:
    """Return the rule for one of a few words."""

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        if value not in allowed:
            problems.add(pointer, f"must be one of: {', '.join(allowed)}")

    return rule


def listing(rule: Rule, most: int, least: int = 1) -> Rule:
    """Return the rule for a list whose items all obey another rule."""

    def check(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, list):
            problems.add(pointer, "must be an array")
            return
        if len(value) > most:
            problems.add(pointer, f"no more than {most} items allowed")
        if len(value) < least:
            problems.add(pointer, f"no less than {least} items allowed")
        for index, item in enumerate(value):
            rule(problems, f"{pointer}/{index}", item)

    return check


def shaped(shape: Shape) -> Rule:
    """Return the rule for an object: its properties, those it must have, and no others."""

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, dict):
            problems.add(pointer, "must be an object")
            return
        for name, entry in shape.items():
            if entry.required and value.get(name) is None:
                problems.add(pointer, f"missing required field: {name}")
        for name, item in value.items():
            if name not in shape:
                problems.add(pointer, f"additional property: {name}")
            elif item is not None:
                shape[name].rule(problems, f"{pointer}/{name}", item)

    return rule


def typed(shapes: Mapping[str, Shape], allowed: Iterable[str] | None = None, extra: Rule = anything) -> Rule:
    """Return the rule for an object whose `type` says which shape it has."""
    types = frozenset(shapes if allowed is None else allowed)

    def rule(problems: Problems, pointer: str, value: Any) -> None:
        if not isinstance(value, dict):
            problems.add(pointer, "must be an object")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in types:
            problems.add(f"{pointer}/type", f"unsupported type: {kind}")
            return
        shaped({"type": Field(anything), **shapes[kind]})(problems, pointer, value)
        extra(problems, pointer, value)

    return rule


def text(most: int, *kinds: str) -> Rule:
    """Return the rule for a text object; without kinds it may be plain_text or mrkdwn."""
    shapes: dict[str, Shape] = {
        "plain_text": {"text": required(string(most)), "emoji": Field(boolean)},
        "mrkdwn": {"text": required(string(most)), "verbatim": Field(boolean)},
    }
    return typed(shapes, kinds or shapes)


def plain(most: int) -> Rule:
    """Return the rule for a plain_text object."""
    return text(most, "plain_text")


def unique(items: Iterable[tuple[str, Any]], problems: Problems, name: str) -> None:
    """Note every id that was there before; items are pointers and objects."""
    seen: set[str] = set()
    for pointer, item in items:
        value = item.get(name) if isinstance(item, dict) else None
        if not isinstance(value, str):
            continue
        if value in seen:
            problems.add(f"{pointer}/{name}", f"`{name}` {value} already exists")
        seen.add(value)


def characters(node: Any) -> int:
    """Return how many characters of text an object shows, all texts inside it together."""
    if isinstance(node, list):
        return sum(characters(item) for item in node)
    if not isinstance(node, dict):
        return 0
    own = node.get("text")
    inside = sum(characters(item) for item in node.values())
    return inside + (len(own) if isinstance(own, str) else 0)
