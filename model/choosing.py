"""Which of the texts that were sampled are delivered: mended, checked, ranked, and different from each other."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.brief import Brief
from model.checks import DIFFERENT, Check, called, check, compared
from model.download import ModelError
from model.embedding import Vector, Vectors, nearness
from model.gathering import gathered, spare
from model.ideas import near
from model.ranking import added, liked, score
from model.repairs import keeps_end, repaired, straightened, taken_off
from model.revision import is_fresh, keeps
from model.reworking import reworked
from model.shape import Format
from model.taste import Preference

log = logging.getLogger(__name__)

EXPLORED = 0.15
"""How often the last draft of several, or a single one, is drawn from what might be liked instead of what is."""
DRAWS = 256
ABOUT = 0.3
"""How near a headline must be to its brief: read off those of two briefs, where the nearest nonsense had 0.28."""
TOLD = "the idea is that of {}"
MADE = Check("made", True, "by rule of the draft's own words, no model wrote it", hard=False)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text the model wrote, mended where that helps, and what the checks say; `lost` is what mending took off.

    `made` says that no model wrote it: it is made of the draft that a new version is asked of.
    """

    text: str
    cut: bool
    checks: tuple[Check, ...]
    lost: str = ""
    made: bool = False

    @property
    def faults(self) -> tuple[Check, ...]:
        """The hard checks that fail."""
        return tuple(one for one in self.checks if one.hard and not one.ok)

    @property
    def repeats(self) -> str:
        """How it says what another draft says, empty where it doesn't."""
        return next((one.reason for one in self.checks if one.name == DIFFERENT and not one.ok), "")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate that is delivered.

    `rank` is its place among all, 1 for the best; `propensity` how likely it was to be delivered, given those before
    it; `taste` how much the team would like it.
    """

    candidate: Candidate
    rank: int
    propensity: float
    taste: float


@dataclass(frozen=True, slots=True)
class Choosing:
    """How the drafts of one brief are chosen; `seed` makes a choice repeat.

    New drafts differ from the `earlier` ones, which are numbered, and from the `unlike`, the others of their thread.
    """

    brief: Brief
    form: Format
    earlier: tuple[str, ...]
    vectors: Vectors | None
    preference: Preference | None
    seed: int | None
    unlike: tuple[str, ...] = ()

    @property
    def before(self) -> tuple[str, ...]:
        """The texts without a number that a draft must differ from."""
        return (*self.unlike, self.brief.rejected) if is_fresh(self.brief) else self.unlike

    def made(self) -> list[Candidate]:
        """Versions made of the old draft by rule, without a fault: for a model that can't be shown that draft."""
        texts = reworked(self.brief, self.form)
        found = [self._judged(Candidate(text, False, (), made=True), self.earlier) for text in texts]
        return [one for one in found if not one.faults]

    def candidate(self, text: str, cut: bool, others: Sequence[str]) -> Candidate:
        """Judge a text as it is and mended, and keep what has fewer faults; the text itself when neither has."""
        text = straightened(text, self.form)
        raw = self._judged(Candidate(text.strip(), cut, ()), others)
        mended = repaired(text, self.form, cut)
        if not raw.faults or mended == raw.text:
            return raw
        cut = cut and keeps_end(text, mended, self.form)
        lost = taken_off(text, mended, self.form)
        return min(raw, self._judged(Candidate(mended, cut, (), lost), others), key=lambda one: len(one.faults))

    def best(self, pool: Sequence[Candidate], wanted: int) -> list[Chosen]:
        """Choose the best that differ from each other; when there are too few, the rest with their faults named.

        Their lists are filled up from what is not chosen, where the format gathers.
        """
        known = self._known(pool)
        left, chosen = list(pool), list[Chosen]()
        order = sorted({one.text: one for one in pool}.values(), key=lambda one: known.rank(one, self.earlier))
        places = {one.text: place for place, one in enumerate(order, 1)}
        while left and len(chosen) < wanted:
            told = (*self.earlier, *(one.candidate.text for one in chosen))
            judged = [self._compared(one, told) if chosen else one for one in left]
            ranks = [known.rank(one, told) for one in judged]
            at, propensity = self._drawn(judged, ranks, known) if len(chosen) == wanted - 1 else (_first(ranks), 1.0)
            text = judged[at].text
            taste, _ = known.tastes.get(text, (0.0, 0.0))
            chosen.append(Chosen(known.marked(judged[at], told), places[text], propensity, taste))
            del left[at]
        return self._filled(chosen, [one.text for one in order if not one.cut])

    def failed(self, pool: Sequence[Candidate], best: Sequence[Chosen]) -> tuple[str, ...]:
        """What went wrong so far, each kind once, the commonest first."""
        faults = [fault for one in pool for fault in one.faults if fault.name != DIFFERENT]
        faults += [fault for one in best for fault in one.candidate.checks if fault.name == DIFFERENT and not fault.ok]
        names = [name for name, _ in Counter(fault.name for fault in faults).most_common(3)]
        return tuple(next(f"{name}: {fault.reason}" for fault in faults if fault.name == name) for name in names)

    def _filled(self, chosen: Sequence[Chosen], others: Sequence[str]) -> list[Chosen]:
        """What is delivered, where its lists are filled up from the others judged and weighed anew."""
        before = [one.candidate.text for one in chosen]
        if any(one.candidate.made for one in chosen):
            return list(chosen)  # a new version is made of the draft's own words
        lists = {name: self._near(entries) for name, entries in spare(others, self.form).items()}
        texts = gathered(before, lists, self.brief, self.form, earlier=(*self.earlier, *self.unlike))
        if texts == before:
            return list(chosen)
        filled = [replace(one.candidate, text=text) for one, text in zip(chosen, texts, strict=True)]
        known, anew = self._known(filled), list[Chosen]()
        for one, raw in zip(chosen, filled, strict=True):
            told = (*self.earlier, *(other.candidate.text for other in anew))
            candidate = known.marked(self._judged(raw, told), told)
            anew.append(replace(one, candidate=candidate, taste=known.tastes.get(raw.text, (0.0, 0.0))[0]))
        return anew

    def _near(self, entries: Sequence[str]) -> list[str]:
        """The entries that are about the brief: a line of a worse text may be about nothing."""
        ideas = self._ideas(entries)
        if asked := ideas.get(self.brief.product):
            return [one for one in entries if nearness(ideas[one], asked) >= ABOUT]
        return [one for one in entries if added(one, self.brief) <= 1]

    def _judged(self, one: Candidate, others: Sequence[str]) -> Candidate:
        checks = check(one.text, self.brief, self.form, earlier=others, unlike=self.unlike, cut=one.cut)
        lost = (Check("whole", False, one.lost, hard=False),) if one.lost else ()
        return replace(one, checks=(*checks, *lost, *((MADE,) if one.made else ())))

    def _compared(self, one: Candidate, others: Sequence[str]) -> Candidate:
        return replace(one, checks=compared(one.checks, one.text, self.brief, others, self.unlike))

    def _known(self, pool: Sequence[Candidate]) -> "_Known":
        texts = list(dict.fromkeys(one.text for one in pool))
        ideas = self._ideas(texts)
        if self.preference is None or not texts:
            return _Known(self, ideas, {})
        vectors = [ideas[text] for text in texts] if ideas else None
        return _Known(self, ideas, dict(zip(texts, self.preference(texts, vectors), strict=True)))

    def _ideas(self, texts: Sequence[str]) -> dict[str, Vector]:
        """The vectors of the brief, of the drafts before and of the candidates; none where there is no encoder."""
        old = [self.brief.rejected] if keeps(self.brief) else []
        wanted = [self.brief.product, *self.earlier, *self.before, *old, *texts]
        try:
            return dict(zip(wanted, self.vectors(wanted), strict=True)) if self.vectors and texts else {}
        except ModelError as error:
            log.warning("Drafts are ranked without vectors: %s", error)
            return {}

    def _drawn(self, judged: Sequence[Candidate], ranks: Sequence["Rank"], known: "_Known") -> tuple[int, float]:
        """The place of a draft and how likely it was chosen: mostly the best, now and then one that might be liked.

        Thompson sampling (Russo et al., A tutorial on Thompson sampling, 2018): as likely as it is the one liked best,
        among those with as few faults that tell nothing twice.
        """
        best = _first(ranks)
        rivals = [at for at, rank in enumerate(ranks) if rank[:2] == ranks[best][:2]]
        if not known.tastes or len(rivals) < 2:
            return best, 1.0
        draw = np.random.default_rng(self.seed)
        spread = np.array([liked(known.tastes[judged[at].text][1]) for at in rivals])
        values = np.array([-ranks[at][2] for at in rivals])
        winners = np.argmax(values + spread * draw.standard_normal((DRAWS, len(rivals))), axis=1)
        chances = EXPLORED * np.bincount(winners, minlength=len(rivals)) / DRAWS
        chances[rivals.index(best)] += 1 - EXPLORED
        at = int(draw.choice(len(rivals), p=chances))
        return rivals[at], float(chances[at])


Rank = tuple[int, bool, float]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the texts of one brief: their vectors, and the mean and deviation of how they'd be liked."""

    choosing: Choosing
    ideas: Mapping[str, Vector]
    tastes: Mapping[str, tuple[float, float]]

    def rank(self, candidate: Candidate, told: Sequence[str]) -> Rank:
        """The lower the better: faults, then an idea that was told, then the score with the team's taste."""
        brief, own = self.choosing.brief, self.ideas.get(candidate.text)
        asked, old = self.ideas.get(brief.product), self.ideas.get(brief.rejected) if keeps(brief) else None
        closeness = nearness(own, asked) if own and asked else None
        kept = nearness(own, old) if own and old else None
        again = self._told(candidate, told) is not None
        taste, _ = self.tastes.get(candidate.text, (0.0, 0.0))
        value = score(candidate.text, brief, candidate.checks, closeness, kept) + liked(taste)
        return len(candidate.faults), again, -value

    def marked(self, candidate: Candidate, told: Sequence[str]) -> Candidate:
        """The candidate, with what the check of different drafts says when its idea was told in other words."""
        at = self._told(candidate, told)
        if at is None or candidate.repeats:
            return candidate
        said = Check(DIFFERENT, False, TOLD.format(called(at, told, self.choosing.unlike)), hard=False)
        return replace(candidate, checks=tuple(said if one.name == DIFFERENT else one for one in candidate.checks))

    def _told(self, candidate: Candidate, told: Sequence[str]) -> int | None:
        """Which text to differ from is nearest in meaning, those told first; None where none is near."""
        own = self.ideas.get(candidate.text)
        every = (*told, *self.choosing.before)
        others = {at: self.ideas[one] for at, one in enumerate(every) if one in self.ideas}
        if own is None or not any(near(own, other) for other in others.values()):
            return None
        return max(others, key=lambda at: nearness(own, others[at]))


def _first(ranks: Sequence[Rank]) -> int:
    return min(range(len(ranks)), key=lambda at: ranks[at])
