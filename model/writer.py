"""From a brief to its drafts: sample several, mend and check each, rank them, keep different ones."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.brief import Brief
from model.cancelling import cancelling
from model.checks import Check, characters
from model.choosing import Candidate, Choosing, Chosen
from model.embedding import Vectors
from model.formats import find
from model.generation import Engine, EngineError, Event, Request, Sampling
from model.guards import Guard
from model.house_examples import Example, choose
from model.prompts import messages
from model.revision import fitted, is_fresh
from model.taste import Preference

PROMPT_CHARACTERS = 2400
EXAMPLES = 2
CHOICE = 3
"""For each draft that many are sampled where a taste chooses or nothing else runs, as far as the slots reach.

From a larger choice better drafts are found: on two cores nine at once take a sixth longer than six.
"""
UNGUARDED = Check("guards", True, "this engine keeps none; more was sampled, and all of it checked", hard=False)
# Chosen by reading drafts of the embedded model: warmer it leaves the brief, without the penalty it goes in circles.
SAMPLING = Sampling(temperature=0.5, top_p=0.9, repetition_penalty=1.06)
ROUNDS = 3
WARMER = 0.2
"""Added to the temperature of each further round, which is asked for what those before it didn't find."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished piece of copy, what was checked, and who wrote it.

    `taste` is how much the team would like it, in log-odds; `rank` its place among what was sampled, 1 for the best and
    0 where nothing was chosen; `propensity` how likely the ranking was to show it, given the drafts before it.
    """

    variant: int
    text: str
    characters: int
    checks: tuple[Check, ...]
    taste: float
    model: str
    adapter: str | None
    rank: int = 0
    propensity: float = 1.0

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
    def engine(self) -> Engine:
        """The engine that it writes on."""
        return self._engine

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
        preference: Preference | None = None,
        adapter: str | None = None,
    ) -> Iterator[Draft | Progress | Piece]:
        """Yield progress, then the drafts, best first, numbered from len(earlier) + 1 up to brief.variants.

        New drafts differ from the `earlier` ones and from a rejected one, and are written in the manner of the `liked`,
        whose last is nearest to the brief. `candidates` is how many are sampled. By default they are twice as many as
        drafts and at least two more; three times as many where a `preference` says which the team would like, or where
        the engine is idle; no more than drafts where others wait. With a `seed` they are as many as where it is idle,
        so that a run repeats whatever else is written. `adapter` writes instead of the writer's own. Stops within a
        step of the engine, without further drafts, when `cancelled` is set; raises EngineError.
        """
        wanted = brief.variants - len(earlier)
        if wanted <= 0:
            return
        form, sampling = find(brief.format), replace(self._sampling, seed=seed)
        stop = cancelled or threading.Event()
        choosing = Choosing(brief, form, tuple(earlier), self._vectors, preference, seed)
        job = _Job(self._engine, choosing, tuple(liked), stop, sampling, adapter or self._adapter)
        first = candidates or self._first(wanted, chosen_by_taste=preference is not None, repeats=seed is not None)
        yield from job.stream(wanted) if form.streams else job.sample(wanted, first)

    def _first(self, wanted: int, *, chosen_by_taste: bool, repeats: bool) -> int:
        """How many to sample: no more than wanted where others wait for the slots, but always more without guards.

        Fewer would fail the checks, and the second round would cost the server more than the first had saved.
        """
        if not self._engine.guards:
            return 2 * enough(wanted)
        state = self._engine.state()
        if state.queued and not repeats:
            return wanted
        more = chosen_by_taste or repeats or not state.running
        return max(enough(wanted), min(CHOICE * wanted, state.slots) if more else 0)


def enough(wanted: int) -> int:
    """How many candidates make that many good drafts likely."""
    return max(2 * wanted, wanted + 2)


def _is_good(candidate: Candidate, rounds: int) -> bool:
    """Whether a candidate needs no other: after two rounds, what tells an idea in other words will do."""
    return not candidate.faults and (rounds > 1 or not candidate.repeats)


@dataclass(frozen=True, slots=True)
class _Job:
    """One brief being written."""

    engine: Engine
    choosing: Choosing
    liked: tuple[Example, ...]
    cancelled: threading.Event
    sampling: Sampling
    adapter: str | None

    def sample(self, wanted: int, first: int) -> Iterator[Draft | Progress]:
        """Sample; once more when too few are good and different, and a last time for what fails; yield the best."""
        pool, best = list[Candidate](), list[Chosen]()
        earlier = self.choosing.earlier
        for again in range(ROUNDS):
            missing = wanted - sum(_is_good(one.candidate, again) for one in best)
            if not missing:
                break
            number = enough(missing) if again else first
            found = dict[int, Candidate]()
            for event, text in self._finished(self._request(number, self.choosing.failed(pool, best), again)):
                found[event.sequence] = self.choosing.candidate(text, event.finish == "length", earlier)
                yield Progress(len(pool) + len(found), len(pool) + number)
            if self.cancelled.is_set():
                return
            pool += [found[at] for at in sorted(found)]
            best = self.choosing.best(pool, wanted)
        for at, chosen in enumerate(best, 1):
            yield self._draft(len(earlier) + at, chosen)

    def stream(self, wanted: int) -> Iterator[Draft | Progress | Piece]:
        """Write one sequence for each draft and yield its words as they come.

        A text that is read while it is written can't be ranked behind another, so one is written even on an idle desk.
        """
        texts = [""] * wanted
        done, earlier = 0, self.choosing.earlier
        for event in self._events(self._request(wanted, (), 0)):
            variant = len(earlier) + 1 + event.sequence
            texts[event.sequence] += event.text
            if event.text:
                yield Piece(variant, event.text)
            if event.finish:
                done += 1
                others = (*earlier, *(text for at, text in enumerate(texts) if text and at < event.sequence))
                candidate = self.choosing.candidate(texts[event.sequence], event.finish == "length", others)
                yield Progress(done, wanted)
                yield self._draft(variant, Chosen(candidate, rank=0, propensity=1.0, taste=0.0))

    def _request(self, number: int, failed: Sequence[str], again: int) -> Request:
        brief, form, sampling = self.choosing.brief, self.choosing.form, self.sampling
        shown = () if self.adapter else choose(form, brief, EXAMPLES, PROMPT_CHARACTERS)
        if again:
            seed = None if sampling.seed is None else sampling.seed + again
            sampling = replace(sampling, seed=seed, temperature=sampling.temperature + again * WARMER)
        if len(form.parts) > 1:
            # The labels stand in the examples and must come again; a penalty on what was said would keep them away.
            sampling = replace(sampling, repetition_penalty=1.0)
        chat = messages(brief, form, (*shown, *self.liked), failed, taught=self.adapter is not None)
        asked = Request(chat, n=number, max_tokens=form.max_tokens, sampling=sampling, adapter=self.adapter)
        if not self.engine.guards:
            return replace(asked, banned=brief.unwanted)
        rejected = (brief.rejected,) if is_fresh(brief) else ()
        return replace(asked, guard=Guard(brief, fitted(form, brief), (*self.choosing.earlier, *rejected)))

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

    def _draft(self, variant: int, chosen: Chosen) -> Draft:
        candidate, length = chosen.candidate, characters(chosen.candidate.text, self.choosing.form)
        checks = candidate.checks if self.engine.guards else (*candidate.checks, UNGUARDED)
        return Draft(
            variant,
            candidate.text,
            length,
            checks,
            chosen.taste,
            self.engine.model,
            self.adapter,
            chosen.rank,
            chosen.propensity,
        )
