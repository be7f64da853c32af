"""What a team liked and rewrote before: the drafts nearest to a brief, as examples of the manner it wants."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from model.brief import Brief
from model.checks import TOO_CLOSE, check
from model.download import ModelError
from model.embedding import Vectors, nearness
from model.formats import find
from model.house_examples import Example
from model.taste import Preference
from model.words import overlap, stems, words

MOST = 3
CHARACTERS = 1500
CONSIDERED = 64
WEIGHED = 12
TASTE_WEIGHT = 0.1
"""What one log-odds of being liked is worth in nearness: it turns the order of briefs that are about as near."""
_SHORTEST = 4
_MUST_HOLD = {"length", "parts", "complete", "assistant talk", "placeholders"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft that people judged, and the brief it was for; text order of `at` is time order.

    `copy` is the text that stands: the newest rewrite where there is one, and `replaced` what it was before.
    `up` are the people who voted for the text that stands or used it, `down` those who voted against it.
    """

    brief: str
    format: str
    copy: str
    at: str
    up: int = 0
    down: int = 0
    language: str = "en"
    replaced: str = ""

    @property
    def is_liked(self) -> bool:
        """Whether the text may stand as an example: more people for it than against it, or nobody against a rewrite."""
        return self.up > self.down or (bool(self.replaced) and self.up == self.down)


def nearest(
    brief: Brief,
    judged: Sequence[Judged],
    *,
    vectors: Vectors | None = None,
    preference: Preference | None = None,
    most: int = MOST,
    characters: int = CHARACTERS,
) -> tuple[Example, ...]:
    """Choose the liked and rewritten drafts nearest to a brief, the nearest last, where a model heeds it most.

    Drafts of the brief's own format come first, then the nearest, then the newest. `vectors` gives texts their vectors,
    of length 1; without it, or where its model can't be had, briefs are near that share words. Of those that are about
    as near, `preference` puts what the team would like most in front. Never chosen: a draft of the same brief, a text
    that was rejected or rewritten, and what the brief's format would not take.
    """
    asked = _longer_stems(brief.product)
    found = [(_shared(asked, one), one) for one in _candidates(brief, judged)]
    # A draft for another place has to be about the like; one for the same place shows the manner in any case.
    known = sorted((one for one in found if one[0] or one[1].format == brief.format), key=_order(brief))[-CONSIDERED:]
    chosen: list[Judged] = []
    by_meaning = sorted(_by_meaning(brief, known, vectors), key=_order(brief), reverse=True)
    for _, one in sorted(_by_taste(by_meaning, preference), key=_order(brief), reverse=True):
        size = len(one.brief) + len(one.copy)
        if len(chosen) == most or size > characters:
            continue
        if not any(overlap(one.copy, other.copy) >= TOO_CLOSE for other in chosen) and _fits(one, brief):
            chosen.append(one)
            characters -= size
    return tuple(Example(one.brief, one.copy) for one in reversed(chosen))


def _candidates(brief: Brief, judged: Sequence[Judged]) -> Iterator[Judged]:
    """The liked ones that may be shown, each text once, as it was liked last."""
    refused = {_key(one.copy) for one in judged if one.down > one.up}
    refused |= {_key(one.replaced) for one in judged if _key(one.replaced) != _key(one.copy)} | {_key(brief.rejected)}
    own = _key(brief.product)
    for one in sorted(judged, key=lambda one: one.at, reverse=True):
        key = _key(one.copy)
        if one.is_liked and one.language == brief.language and key not in refused and _key(one.brief) != own:
            refused.add(key)
            yield one


def _order(brief: Brief) -> Callable[[tuple[float, Judged]], tuple[bool, float, str]]:
    return lambda found: (found[1].format == brief.format, found[0], found[1].at)


def _by_meaning(
    brief: Brief, found: Sequence[tuple[float, Judged]], vectors: Vectors | None
) -> Sequence[tuple[float, Judged]]:
    """The same with the nearness of the briefs' vectors, where they can be had."""
    if vectors is None or not found:
        return found
    try:
        asked, *others = vectors([brief.product, *(one.brief for _, one in found)])
    except ModelError:
        return found
    near = [nearness(asked, other) for other in others]
    return [(how_near, one) for how_near, (_, one) in zip(near, found, strict=True)]


def _by_taste(found: Sequence[tuple[float, Judged]], preference: Preference | None) -> Sequence[tuple[float, Judged]]:
    """The first few of the same, nearer by as much as they would be liked."""
    if preference is None or not found:
        return found
    first = found[:WEIGHED]
    tastes = preference([one.copy for _, one in first], None)
    middle = fmean(mean for mean, _ in tastes)
    moved = [(near + TASTE_WEIGHT * (mean - middle), one) for (near, one), (mean, _) in zip(first, tastes, strict=True)]
    return [*moved, *found[WEIGHED:]]


def _shared(asked: set[str], one: Judged) -> float:
    """How many of the longer words of two briefs are in both, from 0 to 1."""
    there = _longer_stems(one.brief)
    return len(asked & there) / len(asked | there) if asked and there else 0.0


def _longer_stems(text: str) -> set[str]:
    return {word for word in stems(text) if len(word) >= _SHORTEST}


def _fits(one: Judged, brief: Brief) -> bool:
    """Whether the copy could run where the brief's will: what breaks a limit would teach to break it."""
    own = Brief(one.brief, brief.format, language=one.language)
    return all(verdict.ok for verdict in check(one.copy, own, find(brief.format)) if verdict.name in _MUST_HOLD)


def _key(text: str) -> str:
    return " ".join(words(text)) or text.strip()
