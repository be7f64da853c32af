"""Safe repairs of a draft: what an editor would do without asking, never a word put in a writer's mouth."""

import re

from model import text_messages
from model.counting import count
from model.faults import assistant_talk, breaks_off, circling, without_courtesy
from model.parts import parse, render, without_number
from model.shape import Format, Part
from model.words import words

_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("'", "'"), ("‘", "’"), ("**", "**"), ("```", "```"))
_CLOSED = re.compile(
    r".*?[.!?…。！？]+[\"'”’)\]]*(?=\s|$)(?:\s*(?:#[^\s#]+|\S*[\U0001f000-\U0001faff\u2600-\u27bf]\S*))*", re.DOTALL
)


def repaired(text: str, form: Format, cut: bool = False) -> str:
    """Mend wrapping quotes, an assistant's opening, surplus or overlong items, and a last sentence that was cut."""
    text = without_opening(unwrapped(text), form)
    parts = parse(text, form)
    mended = {part.name: _mended(parts[part.name], part, cut and part is form.parts[-1]) for part in form.parts}
    if all(mended[name] == entries for name, entries in parts.items()):
        return text
    if any(part.kind == "line" and part.most > 1 for part in form.parts):
        return trimmed(text)
    return render(mended, form)


def straightened(text: str, form: Format) -> str:
    """Write quotes, dashes and dots plainly in a text message that curly ones alone would make dearer."""
    return text_messages.straightened(text) if form.parts[0].counting == "sms" else text


def keeps_end(text: str, mended: str, form: Format) -> bool:
    """Whether a mended text ends with the last words that were written, so that what was cut there still is."""
    before, after = parse(without_opening(unwrapped(text), form), form), parse(mended, form)
    written = words(text)
    ends = {name: words(without_number(entries[-1])) for name, entries in before.items() if entries}
    last = max(
        (name for name in ends if written[-len(ends[name]) :] == ends[name]), key=lambda one: len(ends[one]), default=""
    )
    return not last or any(words(without_number(entry)) == ends[last] for entry in after[last][-1:])


def taken_off(text: str, mended: str, form: Format) -> str:
    """Say what of the copy a repair took off; quotes around it and talk about it are no part of it."""
    before, after = parse(without_opening(unwrapped(text), form), form), parse(mended, form)
    said = []
    for part in form.parts:
        label = f"{part.label}: " if len(form.parts) > 1 and part.label else ""
        old, new = before[part.name], after[part.name]
        gone = len(old) - len(new)
        if gone > 0:
            said.append(f"{label}{gone} of {len(old)} {'was' if gone == 1 else 'were'} taken off")
        elif changed := [entry for entry, kept in zip(old, new, strict=False) if words(entry) != words(kept)]:
            said.append(f"{label}{_surplus(changed[0], part)} was taken off")
    return "; ".join(said)


def _surplus(entry: str, part: Part) -> str:
    """What of an entry is not kept."""
    if part.kind in ("line", "heading") and "\n" in entry:
        return "a further line"
    if circling(entry):
        return "what was said again"
    return "a half sentence at the end" if _fits(entry, part) else "what went over the limit"


def unwrapped(text: str) -> str:
    """Take off quotes or marks around the whole text, unless they belong to a quotation inside it."""
    text = text.strip()
    for opening, closing in _QUOTES:
        inner = text[len(opening) : -len(closing)]
        if (
            text.startswith(opening)
            and text.endswith(closing)
            and inner
            and opening not in inner
            and closing not in inner
        ):
            return inner.strip()
    return text


def without_opening(text: str, form: Format) -> str:
    """Drop an assistant's "Sure!", a first line about the copy ("Here is your tweet:"), or a label of no part."""
    text = unwrapped(without_courtesy(text))
    first, colon, rest = text.partition(":")
    if (
        not colon
        or len(first) > 90
        or any(first.strip("*# ").casefold() == part.label.casefold() for part in form.parts)
    ):
        return text
    opening = assistant_talk(f"{first}:")
    return unwrapped(rest) if opening and rest.strip() else text


def _mended(entries: tuple[str, ...], part: Part, cut: bool) -> tuple[str, ...]:
    if part.kind in ("list", "posts"):
        unique = tuple(dict.fromkeys(_listed(entry, part) for entry in entries))
        fitting = tuple(
            entry
            for entry in unique
            if _fits(entry, part) and (not part.sentence or not breaks_off(entry, part.sentence))
        )
        return fitting[: part.most] if len(fitting) >= part.least else entries
    if part.kind in ("line", "heading"):
        entries = tuple(entry.splitlines()[0].strip() for entry in entries[: part.most])
    entries = tuple(before_circles(entry) if circling(entry) else entry for entry in entries)
    return tuple(
        fitted(entry, part) if cut or not _fits(entry, part) or breaks_off(entry, part.sentence) else entry
        for entry in entries
    )


def _listed(entry: str, part: Part) -> str:
    return fitted(entry, part) if part.sentence and not _fits(entry, part) else entry.strip()


def _fits(entry: str, part: Part) -> bool:
    return part.limit is None or count(entry, part.counting) <= part.limit


def fitted(entry: str, part: Part) -> str:
    """Cut a text after the last complete sentence that fits; a text with none stays as it is."""
    kept = ""
    for match in _CLOSED.finditer(entry):
        whole = entry[: match.end()].strip()
        if part.limit is not None and count(whole, part.counting) > part.limit:
            break
        kept = whole
    return kept or entry


def before_circles(entry: str) -> str:
    """Cut a text before the sentence with which it begins to go in circles."""
    kept = ""
    for match in _CLOSED.finditer(entry):
        whole = entry[: match.end()].strip()
        if circling(whole):
            return kept or entry
        kept = whole
    return entry


def trimmed(text: str) -> str:
    """Cut a text after its last complete sentence."""
    matches = list(_CLOSED.finditer(text))
    return text[: matches[-1].end()].strip() if matches else text
