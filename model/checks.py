"""What a draft must satisfy: every check of a text against its brief and its format, each with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from model import (
    asked,
    attributes,
    claims,
    conventions,
    facts,
    faults,
    keeping,
    language,
    names,
    profanity,
    revised,
    revision,
    spelling,
    testimonials,
    text_messages,
)
from model.brief import Brief
from model.counting import count, segments
from model.parts import Parts, parse
from model.shape import Format, Part
from model.words import closest, says, uses

TOO_CLOSE = 0.5
"""Drafts that share this much of their word pairs are the same idea."""

REPETITION, DIFFERENT = "repetition", "different"
FULL = "full"
CLAIMS_ASKED = "claims of the brief"
"""A claim that the brief makes: it needs proof as well, which people are told, but copy that says it is at no fault."""
"""The check of how many entries a list has that the place would take more of."""

_REFUSED, _ADVISED = "refused", "advised"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a draft must satisfy; a soft one only speaks in ranking and to the reader."""

    name: str
    ok: bool
    reason: str
    hard: bool = True


def check(
    text: str,
    brief: Brief,
    form: Format,
    *,
    earlier: Sequence[str] = (),
    unlike: Sequence[str] = (),
    cut: bool = False,
) -> tuple[Check, ...]:
    """Judge a text; `cut` says that the model was stopped while writing.

    `earlier` are the drafts before it that it must differ from, by their numbers; `unlike` are further ones, which have
    no number here: those of the same thread.
    """
    parts = parse(text, form)
    return (
        *_length(text, parts, form),
        *_parts(parts, form),
        *_must(text, brief),
        _hard("complete", faults.unfinished(parts, form, cut) or names.bare(text, brief)),
        _hard("assistant talk", faults.assistant_talk(text) or faults.of_the_task(text, brief), "none"),
        _hard("placeholders", faults.placeholder(text, brief), "none"),
        _hard("facts", facts.invented(text, brief), "all from the brief"),
        _hard("testimonials", testimonials.invented(text, brief), "none made up"),
        _judged("protected attributes", attributes.judged(text, brief)),
        _judged("product", names.judged(text, brief), "named"),
        _judged("profanity", profanity.judged(text, brief)),
        _hard(REPETITION, faults.repetition(parts), "none"),
        *_different(text, brief, earlier, unlike),
        *(_hard("revised", fault, fine) for fault, fine in revised.verdicts(text, brief, form)),
        *(Check(one.name, not one.fault, one.fault or "done", one.hard) for one in asked.found(text, brief)),
        *_kept(text, brief),
        *_soft(text, brief, form, parts),
    )


def compared(
    checks: Sequence[Check], text: str, brief: Brief, earlier: Sequence[str], unlike: Sequence[str]
) -> tuple[Check, ...]:
    """A text's checks where nothing but the drafts that it must differ from has changed; a tenth of judging it anew."""
    kept = [one for one in checks if one.name != DIFFERENT]
    at = next(place for place, one in enumerate(kept, 1) if one.name == REPETITION)
    return (*kept[:at], *_different(text, brief, earlier, unlike), *kept[at:])


def characters(text: str, form: Format) -> int:
    """How long the whole text is as its place counts it; a format of several parts counts plainly."""
    counting = form.parts[0].counting if len(form.parts) == 1 else "characters"
    return count(text, "characters" if counting == "words" else counting)


def _hard(name: str, fault: str, fine: str = "yes") -> Check:
    return Check(name, not fault, fault or fine)


def _judged(name: str, found: tuple[str, bool], fine: str = "none") -> Check:
    """A check that is hard or soft by what it finds."""
    fault, hard = found
    return Check(name, not fault, fault or fine, hard or not fault)


def _soft(text: str, brief: Brief, form: Format, parts: Parts) -> tuple[Check, ...]:
    found = [
        ("hashtags", conventions.hashtags(text, form), "as this place likes them"),
        ("emoji", conventions.emoji(text, form), "as this place likes them"),
        ("language", language.other(text, brief.language), brief.language),
        ("spelling", spelling.unknown((entry for entries in parts.values() for entry in entries), brief), "all known"),
        _claims(text, brief),
    ]
    if form.call_to_action:
        found.append(("call to action", conventions.call_to_action(text, brief, parts), "there"))
    if form.sections:
        found.append(("sections", conventions.sections(parts, form), "there"))
    if form.opt_out:
        found.append(("opt-out", conventions.opt_out(text), "there"))
    if any(part.gathered for part in form.parts):
        found.append((FULL, conventions.room(parts, form), "as much as this place takes"))
    return tuple(Check(name, not fault, fault or fine, hard=False) for name, fault, fine in found)


def _claims(text: str, brief: Brief) -> tuple[str, str, str]:
    found, asked = claims.risky(text, brief)
    return (CLAIMS_ASKED, "", found) if found and asked else ("claims", found, "none that needs proof")


def _length(text: str, parts: Parts, form: Format) -> tuple[Check, ...]:
    judged = [_counted(entry, part) for part in form.parts for entry in parts[part.name]]
    if not judged:
        return (Check("length", False, "There is no text."),)
    wrong = [reason for fault, reason in judged if fault]
    hard = not wrong or any(fault == _REFUSED for fault, _ in judged)
    shown = wrong or [reason for _, reason in judged]
    reason = "; ".join(shown[:4]) + (f" and {len(shown) - 4} more" if shown[4:] else "")
    checks = [Check("length", not wrong, reason, hard)]
    if form.parts[0].counting == "sms":
        checks.append(_segments(text))
    return tuple(checks)


def _segments(text: str) -> Check:
    taken, instead = segments(text), text_messages.advice(text)
    several = f"{taken.segments} in {taken.alphabet}: each is paid for"
    several += f"; for fewer, {instead}" if instead else ""
    return Check("segments", taken.segments == 1, "one" if taken.segments == 1 else several, hard=False)


def _counted(entry: str, part: Part) -> tuple[str, str]:
    """How long an entry is as people read it, and whether the place refuses that or only advises less."""
    number, limit = count(entry, part.counting), part.limit
    shown = limit or 0
    if part.counting == "sms" and limit:
        taken = segments(entry)
        number, limit = taken.characters, limit if taken.alphabet == "GSM-7" else part.narrow or limit
        shown = min(taken.capacity, limit)
    label = f"{part.label or part.name} " if part.name != "text" else ""
    unit = " words" if part.counting == "words" else ""
    if part.floor and number < part.floor:
        return _REFUSED, f"{label}{number:,}{unit}, at least {part.floor:,}"
    if limit is None:
        return "", f"{label}{number:,}"
    if number <= limit:
        return "", f"{label}{number:,} of {shown:,}{unit}"
    if part.cap and number <= part.cap:
        return _ADVISED, f"{label}{number:,} of {limit:,}{unit} advised"
    return _REFUSED, f"{label}{number:,} of {part.cap or shown:,}{unit}"


def _parts(parts: Parts, form: Format) -> tuple[Check, ...]:
    if len(form.parts) == 1 and form.parts[0].most == 1:
        return ()
    wrong, right = [], []
    for part in form.parts:
        number, label = len(parts[part.name]), part.label or part.name.capitalize()
        if number < part.least:
            wrong.append(f"{label} is missing" if part.least == 1 else f"{label}: {number}, at least {part.least}")
        elif number > part.most:
            wrong.append(f"{label}: {number}, at most {part.most}")
        elif part.most > 1:
            right.append(f"{number} {label.lower()}")
    return (Check("parts", not wrong, "; ".join(wrong or right) or "all there"),)


def _must(text: str, brief: Brief) -> tuple[Check, ...]:
    checks = []
    if brief.must_say:
        missing = [phrase for phrase in brief.must_say if not says(text, phrase)]
        checks.append(_hard("must-say", f"missing: {_quoted(missing)}" if missing else "", "said"))
    if unwanted := brief.unwanted:
        said = [phrase for phrase in unwanted if uses(text, phrase)]
        checks.append(_hard("must-not-say", f"says {_quoted(said)}" if said else "", "not said"))
    return tuple(checks)


def _kept(text: str, brief: Brief) -> tuple[Check, ...]:
    fault = keeping.fault(text, brief)
    return (Check("keeps the draft", False, fault, hard=False),) if fault else ()


def _quoted(phrases: Sequence[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def _different(text: str, brief: Brief, earlier: Sequence[str], unlike: Sequence[str]) -> tuple[Check, ...]:
    others = [*earlier, *unlike, *([brief.rejected] if revision.is_fresh(brief) else [])]
    if not others:
        return ()
    share, at = closest(text, others)
    near = f"{share:.0%} of the word pairs are those of {called(at, earlier, unlike)}"
    return (_hard(DIFFERENT, near if share >= TOO_CLOSE else "", f"at most {share:.0%} shared with another draft"),)


def called(at: int, earlier: Sequence[str], unlike: Sequence[str]) -> str:
    """What one of the texts is called from which a draft must differ, the rejected one behind all others."""
    if at < len(earlier):
        return f"draft {at + 1}"
    return "another draft in this thread" if at < len(earlier) + len(unlike) else "the rejected draft"
