"""A text taken apart into the parts of its format, however the labels were typed, and put together again."""

import re
from collections.abc import Iterable, Iterator, Mapping

from model.shape import Format, Part

Parts = Mapping[str, tuple[str, ...]]

_NUMBERED = re.compile(
    r"^\s*(?:\(?(?P<at>\d{1,2})\s*/\s*(?P<of>\d{1,2})?\)?|(?P<point>\d{1,2})[.)])(?!\d)[ \t]*", re.MULTILINE
)
_BULLET = re.compile(r"^\s*(?:[-*•–▪‣]|\d{1,2}[.)])\s+")


def parse(text: str, form: Format) -> Parts:
    """Take a text apart; each part has as many entries as were found, none when it is missing.

    Labels may be in any case, bold or headings, singular or numbered ("Headline 1: …"); what no label claims goes
    to the part without one.
    """
    if form.parts[0].kind == "posts":
        return {form.parts[0].name: tuple(posts(text))}
    if len(form.parts) == 1:
        return {form.parts[0].name: (text.strip(),) if text.strip() else ()}
    found: dict[str, list[str]] = {part.name: [] for part in form.parts}
    unlabelled = next((part for part in form.parts if not part.label), None)
    current: Part | None = unlabelled
    text = _with_title(text, form)
    labels = {part.name: _label(part) for part in form.parts}
    for line in text.strip().splitlines():
        part, rest = _labelled(line, form.parts, labels)
        if part is not None:
            current = part
            found[part.name] += [] if part.kind == "list" and not rest else [rest]
        elif current is not None and line.strip() and current.kind == "list":
            found[current.name].append(_BULLET.sub("", line).strip(" *"))
        elif current is not None and current.kind in ("line", "heading") and unlabelled and found[current.name][-1]:
            found[unlabelled.name].append(line)
            current = unlabelled
        elif current is not None:
            _grow(found[current.name], line)
    return {name: tuple(_closed(entries)) for name, entries in found.items()}


def _with_title(text: str, form: Format) -> str:
    """Label the first line, where the format opens with a heading."""
    first = form.parts[0]
    if first.kind != "heading" or _label(first).match(text.strip()):
        return text
    return f"{first.label}: {text.strip().lstrip('#').strip()}"


def _label(part: Part) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in (part.label, *part.also) if name) or r"(?!)"
    singular = "s?" if part.kind == "list" else ""
    return re.compile(rf"^[\s#*_>-]*(?:{names}){singular}(?:\s*#?\d+)?[\s*_]*:[*_]*[ \t]*(.*)$", re.IGNORECASE)


def _labelled(line: str, parts: Iterable[Part], labels: Mapping[str, re.Pattern[str]]) -> tuple[Part | None, str]:
    for part in parts:
        if match := labels[part.name].match(line):
            return part, match.group(1).strip().strip("*").strip()
    return None, ""


def _grow(entries: list[str], line: str) -> None:
    """Put a further line on the last entry."""
    if entries:
        entries[-1] += "\n" + line
    elif line.strip():
        entries.append(line)


def _closed(entries: Iterable[str]) -> Iterable[str]:
    return (entry for entry in (entry.strip() for entry in entries) if entry)


def posts(text: str) -> list[str]:
    """Split a thread into its posts, by their numbers or else by empty lines; the numbers stay, for they count."""
    starts = list(_starts(text))
    if len(starts) > 1:
        pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    else:
        pieces = re.split(r"\n\s*\n", text)
    return list(_closed(pieces))


def _starts(text: str) -> Iterator[int]:
    """Where a post begins with its number: they rise in turn, while "24/7" and "31/10" begin a line of any post."""
    last = 0
    for match in _NUMBERED.finditer(text):
        if _is_number(match) and last <= (number := int(match["at"] or match["point"])) <= last + 2:
            last = number
            yield match.start()


def _is_number(match: re.Match[str]) -> bool:
    return not match["of"] or int(match["at"]) <= int(match["of"])


def without_number(post: str) -> str:
    """Take the number from the front of a post of a thread."""
    match = _NUMBERED.match(post)
    return post[match.end() :] if match and _is_number(match) else post


def render(parts: Parts, form: Format) -> str:
    """Put parts together as a person reads and copies them."""
    lines: list[str] = []
    for part in form.parts:
        entries = parts.get(part.name, ())
        if part.kind == "posts":
            bare = [without_number(entry) for entry in entries]
            lines += ["\n\n".join(f"{number}/ {post}" for number, post in enumerate(bare, 1))]
        elif not entries:
            continue
        elif part.kind == "list":
            lines += [f"{part.label}:", *(f"- {entry}" for entry in entries)]
        elif part.kind == "heading":
            lines += [f"# {entry}" for entry in entries]
        else:
            gap = [""] if lines and part.kind == "body" else []
            lines += gap + [f"{part.label}: {entry}" if part.label else entry for entry in entries]
    return "\n".join(lines).strip()
