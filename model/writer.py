"""From a brief to its drafts: sample several, mend and check each, rank them, keep different ones."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from model.brief import Brief
from model.cancelling import cancelling
from model.checks import Check, characters, check
from model.download import ModelError
from model.embedding import Vector, Vectors, nearness
from model.formats import find
from model.generation import Engine, EngineError, Event, Request, Sampling
from model.guards import Guard
from model.house_examples import Example, choose
from model.ideas import near
from model.prompts import messages
from model.ranking import score
from model.repairs import repaired
from model.revision import fitted
from model.shape import Format

log = logging.getLogger(__name__)

PROMPT_CHARACTERS = 2400
EXAMPLES = 2
UNGUARDED = Check("guards", True, "this engine keeps none; more was sampled, and all of it checked", hard=False)
# Chosen by reading drafts of the embedded model: warmer it leaves the brief, without the penalty it goes in circles.
SAMPLING = Sampling(temperature=0.5, top_p=0.9, repetition_penalty=1.06)


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished piece of copy, what was checked, and who wrote it."""

    variant: int
    text: str
    characters: int
    checks: tuple[Check, ...]
    taste: float
    model: str
    adapter: str | None

    @property
    def ok(self) -> bool:
        """Whether every hard check passes."""
        return all(one.ok for one in self.checks if one.hard)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many candidates are finished, of how many asked for so far."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a long draft, as they arrive."""

    variant: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text the model wrote, mended where that helps, and what the checks say of it."""

    text: str
    cut: bool
    checks: tuple[Check, ...]

    @property
    def faults(self) -> tuple[Check, ...]:
        """The hard checks that fail."""
        return tuple(one for one in self.checks if one.hard and not one.ok)


class Writer:
    """Writes drafts on an engine; safe to use from several threads, for it keeps nothing between briefs."""

    def __init__(
        self,
        engine: Engine,
        *,
        sampling: Sampling = SAMPLING,
        adapter: str | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        """`adapter` writes every draft; it has learnt the house's examples, so the prompt shows none.

        `vectors` are of meaning: by them drafts near the brief come first, and drafts near each other count as one.
        """
        self._engine, self._sampling, self._adapter, self._vectors = engine, sampling, adapter, vectors

    @property
    def model(self) -> str:
        """The name of the model that writes."""
        return self._engine.model

    @property
    def adapter(self) -> str | None:
        """The adapter that writes."""
        return self._adapter

    def write(
        self,
        brief: Brief,
        *,
        earlier: Sequence[str] = (),
        liked: Sequence[Example] = (),
        cancelled: threading.Event | None = None,
        seed: int | None = None,
        candidates: int | None = None,
    ) -> Iterator[Draft | Progress | Piece]:
        """Yield progress, then the drafts, best first, numbered from len(earlier) + 1 up to brief.variants.

        New drafts differ from the `earlier` ones and from a rejected one, and are written in the manner of the `liked`,
        whose last is nearest to the brief. `candidates` is how many are sampled, by default twice as many as drafts and
        at least two more. Stops within a step of the engine, without further drafts, when `cancelled` is set; raises
        EngineError.
        """
        wanted = brief.variants - len(earlier)
        if wanted <= 0:
            return
        form, sampling = find(brief.format), replace(self._sampling, seed=seed)
        stop = cancelled or threading.Event()
        job = _Job(
            self._engine, brief, form, tuple(earlier), tuple(liked), stop, sampling, self._adapter, self._vectors
        )
        first = candidates or self._first(wanted)
        yield from job.stream(wanted) if form.streams else job.sample(wanted, first)

    def _first(self, wanted: int) -> int:
        """How many to sample: more where no guard is kept, no more than wanted where others wait for the slots."""
        if not self._engine.guards:
            return 2 * enough(wanted)
        return wanted if self._engine.state().queued else enough(wanted)


def enough(wanted: int) -> int:
    """How many candidates make that many good drafts likely."""
    return max(2 * wanted, wanted + 2)


@dataclass(frozen=True, slots=True)
class _Job:
    """One brief being written."""

    engine: Engine
    brief: Brief
    form: Format
    earlier: tuple[str, ...]
    liked: tuple[Example, ...]
    cancelled: threading.Event
    sampling: Sampling
    adapter: str | None
    vectors: Vectors | None

    def sample(self, wanted: int, first: int) -> Iterator[Draft | Progress]:
        """Sample, and once more when too few are good, then yield the best."""
        pool, best = list[Candidate](), list[Candidate]()
        for again in (False, True):
            missing = wanted - sum(not one.faults for one in best)
            if not missing:
                break
            number = enough(missing) if again else first
            total = len(pool) + number
            for event, text in self._finished(self._request(number, self._failed(pool), again)):
                pool.append(self._candidate(text, event.finish == "length", self.earlier))
                yield Progress(len(pool), total)
            if self.cancelled.is_set():
                return
            best = self._best(pool, wanted)
        for at, candidate in enumerate(best, 1):
            yield self._draft(len(self.earlier) + at, candidate)

    def stream(self, wanted: int) -> Iterator[Draft | Progress | Piece]:
        """Write one sequence for each draft and yield its words as they come."""
        texts = [""] * wanted
        done = 0
        for event in self._events(self._request(wanted, (), False)):
            variant = len(self.earlier) + 1 + event.sequence
            texts[event.sequence] += event.text
            if event.text:
                yield Piece(variant, event.text)
            if event.finish:
                done += 1
                others = (*self.earlier, *(text for at, text in enumerate(texts) if text and at < event.sequence))
                yield Progress(done, wanted)
                yield self._draft(variant, self._candidate(texts[event.sequence], event.finish == "length", others))

    def _request(self, number: int, failed: Sequence[str], again: bool) -> Request:
        shown = () if self.adapter else choose(self.form, self.brief, EXAMPLES, PROMPT_CHARACTERS)
        sampling = self.sampling
        if again and sampling.seed is not None:
            sampling = replace(sampling, seed=sampling.seed + 1)
        if len(self.form.parts) > 1:
            # The labels stand in the examples and must come again; a penalty on what was said would keep them away.
            sampling = replace(sampling, repetition_penalty=1.0)
        chat = messages(self.brief, self.form, (*shown, *self.liked), failed, taught=self.adapter is not None)
        guard = Guard(self.brief, fitted(self.form, self.brief), self.earlier) if self.engine.guards else None
        return Request(
            chat, n=number, max_tokens=self.form.max_tokens, sampling=sampling, adapter=self.adapter, guard=guard
        )

    def _finished(self, request: Request) -> Iterator[tuple[Event, str]]:
        """Yield each sequence's last event and whole text as it ends."""
        texts = [""] * request.n
        for event in self._events(request):
            texts[event.sequence] += event.text
            if event.finish:
                yield event, texts[event.sequence]

    def _events(self, request: Request) -> Iterator[Event]:
        """Yield an answer's events until it ends or is cancelled."""
        if self.cancelled.is_set():
            return
        stream = self.engine.submit(request)
        with cancelling(stream, self.cancelled):
            for event in stream:
                if self.cancelled.is_set() or event.finish == "cancelled":
                    return
                if event.finish == "error":
                    raise EngineError("The engine failed while it was writing; try again.")
                yield event

    def _candidate(self, text: str, cut: bool, others: Sequence[str]) -> Candidate:
        """Judge a text as it is and mended, and keep what has fewer faults; the text itself when neither has."""
        raw = self._judged(text.strip(), cut, others)
        mended = repaired(text, self.form, cut)
        if not raw.faults or mended == raw.text:
            return raw
        return min(raw, self._judged(mended, False, others), key=lambda one: len(one.faults))

    def _judged(self, text: str, cut: bool, others: Sequence[str]) -> Candidate:
        return Candidate(text, cut, check(text, self.brief, self.form, earlier=others, cut=cut))

    def _best(self, pool: Sequence[Candidate], wanted: int) -> list[Candidate]:
        """Choose the best that differ from each other; when there are too few, the rest with their faults named."""
        left, chosen = list(pool), list[Candidate]()
        ideas = self._ideas(pool)
        while left and len(chosen) < wanted:
            others = (*self.earlier, *(one.text for one in chosen))
            judged = [self._judged(one.text, one.cut, others) if chosen else one for one in left]
            told = [ideas[one] for one in others if one in ideas]
            best = min(range(len(left)), key=lambda at: self._rank(judged[at], ideas, told))
            chosen.append(judged[best])
            del left[best]
        return chosen

    def _ideas(self, pool: Sequence[Candidate]) -> dict[str, Vector]:
        """The vectors of the brief, of the drafts before and of the candidates; none where there is no encoder."""
        texts = [self.brief.product, *self.earlier, *(one.text for one in pool)]
        try:
            return dict(zip(texts, self.vectors(texts), strict=True)) if self.vectors and pool else {}
        except ModelError as error:
            log.warning("Drafts are ranked without vectors: %s", error)
            return {}

    def _rank(self, candidate: Candidate, ideas: Mapping[str, Vector], told: Sequence[Vector]) -> tuple[float, ...]:
        """The lower the better: faults, then an idea that was told, then the score."""
        own, asked = ideas.get(candidate.text), ideas.get(self.brief.product)
        closeness = nearness(own, asked) if own and asked else None
        again = own is not None and any(near(own, other) for other in told)
        return len(candidate.faults), again, -score(candidate.text, self.brief, candidate.checks, closeness)

    def _failed(self, pool: Sequence[Candidate]) -> tuple[str, ...]:
        """What went wrong so far, each kind once, the commonest first."""
        faults = [fault for one in pool for fault in one.faults]
        names = [name for name, _ in Counter(fault.name for fault in faults).most_common(3)]
        return tuple(next(f"{name}: {fault.reason}" for fault in faults if fault.name == name) for name in names)

    def _draft(self, variant: int, candidate: Candidate) -> Draft:
        length = characters(candidate.text, self.form)
        checks = candidate.checks if self.engine.guards else (*candidate.checks, UNGUARDED)
        return Draft(variant, candidate.text, length, checks, 0.0, self.engine.model, self.adapter)
