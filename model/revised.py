"""Whether a new version is what was asked for: shorter, longer, punchier, formal, translated, or changed at all."""

import re
from collections.abc import Iterator

from model import language, revision
from model.brief import Brief
from model.counting import count, emoji
from model.formality import CONTRACTION
from model.shape import Format
from model.words import overlap, sentences, words

SHORT_SENTENCE = 7
"""Sentences this short are punchy, whatever the old ones were."""
SAME = 0.5
"""A translation that shares this much of its word pairs with the text is none."""
STILL_ENGLISH = 0.15


def verdicts(text: str, brief: Brief, form: Format) -> Iterator[tuple[str, str]]:
    """What keeps a text from being the version that was asked for, empty when nothing does, and what to say then.

    Nothing for a first draft, and for versions that only must differ or fit another place: other checks see that.
    """
    match brief.revision if brief.rejected else "":
        case "shorter":
            length, most = count(text, revision.measure(form)), revision.most(brief, form)
            said = f"{length:,}, a shorter version has at most {most:,}"
            yield (said if length > most else ""), f"{length:,} of at most {most:,}"
        case "longer":
            length, least = count(text, revision.measure(form)), revision.least(brief, form)
            said = f"{length:,}, a longer version has at least {least:,}"
            yield (said if length < least else ""), f"{length:,} of at least {least:,}"
        case "punchier":
            now, before = _pace(text), _pace(brief.rejected)
            said = f"{now:.0f} words a sentence, as long as the {before:.0f} before"
            yield (
                (said if now >= before and now > SHORT_SENTENCE else _same(text, brief)),
                f"{now:.0f} words a sentence",
            )
        case "more formal":
            yield _informal(text, brief), "formal"
        case "translation":
            yield _untranslated(text, brief), f"in {brief.language!r}"
        case "in words":
            yield _same(text, brief), "changed"


def _pace(text: str) -> float:
    """The mean number of words in a sentence."""
    lengths = [len(found) for sentence in sentences(text) if (found := words(sentence))]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _same(text: str, brief: Brief) -> str:
    return "The copy is as it was." if text.casefold().split() == brief.rejected.casefold().split() else ""


def _informal(text: str, brief: Brief) -> str:
    """What a formal letter would not have; a phrase that must be said and a name that has it may."""
    for phrase in brief.must_say:
        text = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
    found = [one for one in CONTRACTION.findall(text) if one.islower() or one not in brief.product]
    said = [f"“{one}”" for one in dict.fromkeys(found)]
    said += ["an exclamation mark"] if re.search("[!！]", text) else []
    said += ["emoji"] if emoji(text) else []
    return f"It has {', '.join(said[:4])}." if said else _same(text, brief)


def _untranslated(text: str, brief: Brief) -> str:
    if fault := language.other(text, brief.language):
        return fault
    found = words(text)
    english = sum(word in language.SMALL["en"] for word in found)
    if brief.language != "en" and english >= 3 and english > STILL_ENGLISH * len(found):
        return f"It still seems to be in 'en', not {brief.language!r}."
    return "It is not translated." if overlap(text, brief.rejected) >= SAME else ""
