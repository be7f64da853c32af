"""A draft to be written anew: every kind of new version, put in fields and words that a model can follow."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from model.brief import Brief
from model.counting import count
from model.formats import find
from model.granting import granted, toned
from model.quoting import quoted
from model.shape import Counting, Format
from model.wishes import wishes

SHORTER, LONGER = 0.8, 1.2
FULL = 0.95
"""A longer version need not fill the place to the last character."""
ROOM = 1.05
"""With less than this there is no room for a version that anybody would call longer."""

NO_ROOM = "{title}: {count:,} of {limit:,} {unit} are used, so there is no room for a longer one."
NO_LESS = "{title}: {count:,} words, and at least {floor:,} are needed, so there is no room for a shorter one."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of new version: what is asked of the copy, never what was wrong with the old one.

    A `tone` says it to a model that has learnt briefs and has never seen a rejected draft. `fresh` versions must be
    different copy; the others keep what the old copy says.
    """

    wish: str
    tone: str = ""
    fresh: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "redesign": Kind("Take another angle and open in another way.", fresh=True),
        "boring": Kind("Open with a concrete detail.", "vivid", fresh=True),
        "off-brand": Kind("Sound like the brand itself: plain, sure, in its own manner.", fresh=True),
        "wrong facts": Kind("Keep to the brief's own facts and to its wording.", fresh=True),
        "wrong tone": Kind("Keep to the tone that was asked for, from the first word on.", fresh=True),
        "shorter": Kind("At most {most:,} {unit}: one thought, said once.", "concise"),
        "longer": Kind("At least {least:,} {unit}: one more detail of the brief, and what it brings.", "detailed"),
        "punchier": Kind("Short sentences and strong verbs.", "punchy"),
        "more formal": Kind("Formal: whole sentences, no contractions, no exclamation marks, no emoji.", "formal"),
        "translation": Kind("The same message, as a native writer of the language would put it."),
        "another format": Kind("The same message, made for this place."),
        "in words": Kind("The same message, with the change."),
    }
)
"""Every kind of new version by name; a brief without one is a redesign if it carries a rejected text."""


def revise(text: str, brief: Brief, kind: str, *, words: str = "", form: str = "", language: str = "") -> Brief:
    """Make the brief of a new version of a text; KeyError when there is no such kind.

    What is wanted stands in the brief's own fields, so that a model that knows briefs alone can follow; `instruction`
    keeps the person's words, `rejected` the text. Facts of the text count as given only if the brief has them.
    """
    chosen = KINDS[kind]
    brief = replace(brief, rejected=text, instruction=words.strip(), revision=kind)
    for one in wishes(words):
        brief = granted(brief, one)
    if chosen.tone:
        brief = replace(brief, tone=toned(brief.tone, chosen.tone))
    if form:
        brief = replace(brief, format=find(form).name)
    if language and language != brief.language:
        # A phrase of the old language can't be said in the new one; names, codes and addresses can.
        kept = tuple(phrase for phrase in brief.must_say if not any(word.islower() for word in phrase.split()))
        brief = replace(brief, language=language, must_say=kept)
    return brief


def unrevised(brief: Brief) -> Brief:
    """The brief without the old text and what was said of it, as it is asked where that text isn't shown."""
    return replace(brief, rejected="", instruction="", revision="")


def is_fresh(brief: Brief) -> bool:
    """Whether the brief asks for copy that differs from the rejected text, and does not just change it."""
    return bool(brief.rejected) and KINDS[brief.revision or "redesign"].fresh


def keeps(brief: Brief) -> bool:
    """Whether the brief asks for the message of the rejected text in another shape, in its own language."""
    return bool(brief.rejected) and not is_fresh(brief) and brief.revision != "translation"


def wish(brief: Brief, form: Format) -> str:
    """What a new version should be, in a sentence about the copy."""
    kind = KINDS[brief.revision or "redesign"]
    unit = "words" if measure(form) == "words" else "characters"
    return kind.wish.format(most=most(brief, form), least=least(brief, form), unit=unit)


def lines(brief: Brief, form: Format) -> Iterator[str]:
    """What a prompt says to a model that can read an earlier text: the text and the person's words are quoted data."""
    if brief.rejected.strip():
        yield f"{'Used before' if is_fresh(brief) else 'The copy so far'}: {quoted(brief.rejected)}"
        yield wish(brief, form)
    if brief.revision == "translation" and brief.language == "en":
        # For every other language the brief itself says so.
        yield "Write in English."
    if brief.instruction.strip():
        yield f"What to change: {quoted(brief.instruction)}"


def measure(form: Format) -> Counting:
    """How a whole text of the format is measured when it is to be shorter or longer."""
    if len(form.parts) == 1:
        return form.parts[0].counting
    return "words" if any(part.counting == "words" for part in form.parts) else "characters"


def most(brief: Brief, form: Format) -> int:
    """How long a shorter version may be."""
    target = math.floor(SHORTER * count(brief.rejected, measure(form)))
    capacity = _capacity(form)
    return min(target, capacity) if capacity else target


def least(brief: Brief, form: Format) -> int:
    """How long a longer version must be."""
    target = math.ceil(LONGER * count(brief.rejected, measure(form)))
    capacity = _capacity(form)
    return min(target, math.floor(FULL * capacity)) if capacity else target


def no_room(text: str, form: Format, kind: str) -> str:
    """Say when the place leaves no room for a shorter or a longer version of a text."""
    unit = measure(form)
    length, capacity = count(text, unit), _capacity(form)
    words = "words" if unit == "words" else "characters"
    if kind == "longer" and capacity and FULL * capacity < ROOM * length:
        return NO_ROOM.format(count=length, limit=capacity, unit=words, title=form.title)
    floor = sum(part.floor for part in form.parts)
    if kind == "shorter" and unit == "words" and SHORTER * length < floor:
        return NO_LESS.format(count=length, title=form.title, floor=floor)
    return ""


def fitted(form: Format, brief: Brief) -> Format:
    """The format with the limit of a shorter version, so that what writes up to a limit writes up to that one.

    Not where the text has several parts or posts: each keeps its own limit, and the whole is checked.
    """
    if brief.revision != "shorter" or len(form.parts) > 1 or form.parts[0].most > 1:
        return form
    return replace(form, parts=(replace(form.parts[0], limit=max(1, most(brief, form))),))


def _capacity(form: Format) -> int:
    """How much the format holds in its own measure; 0 where nothing, or not everything, is limited."""
    unit = measure(form)
    counted = [part for part in form.parts if unit != "words" or part.counting == "words"]
    if any(part.limit is None for part in counted):
        return 0
    return sum((part.limit or 0) * part.most for part in counted)
