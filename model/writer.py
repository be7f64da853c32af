"""From a brief to its drafts: sample several, mend and check each, rank them, keep different ones."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.brief import Brief
from model.choosing import Choosing
from model.embedding import Vectors
from model.formats import find
from model.generation import Engine, Sampling
from model.house_examples import Example
from model.taste import Preference
from model.writing import Draft, Job, Piece, Progress, enough

CHOICE, TASTED = 3, 5
"""For each draft that many are sampled where nothing else runs, and where a taste chooses, as far as the slots reach.

From a larger choice better drafts are found: on two cores nine at once take a sixth longer than six. Where a taste
chooses while others write, CHOICE will do.
"""
# Chosen by reading drafts of the embedded model: warmer it leaves the brief, without the penalty it goes in circles.
SAMPLING = Sampling(temperature=0.5, top_p=0.9, repetition_penalty=1.06)


class Writer:
    """Writes drafts on an engine; safe to use from several threads, for it keeps nothing between briefs."""

    def __init__(
        self,
        engine: Engine,
        *,
        sampling: Sampling = SAMPLING,
        adapter: str | None = None,
        taught: bool = False,
        vectors: Vectors | None = None,
    ) -> None:
        """`adapter` writes every draft where a brief names no other.

        A model is `taught` that stands on the house's adapter, whatever writes above it: it has learnt the rules, the
        formats and the house's examples, so the prompt shows none of them.

        `vectors` are of meaning: by them drafts near the brief come first, and drafts near each other count as one.
        """
        self._engine, self._sampling, self._vectors = engine, sampling, vectors
        self._adapter, self._taught = adapter, taught

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
        unlike: Sequence[str] = (),
        liked: Sequence[Example] = (),
        cancelled: threading.Event | None = None,
        seed: int | None = None,
        candidates: int | None = None,
        preference: Preference | None = None,
        adapter: str | None = None,
    ) -> Iterator[Draft | Progress | Piece]:
        """Yield progress, then the drafts, best first, numbered from len(earlier) + 1 up to brief.variants.

        New drafts differ from the `earlier` ones, from a rejected one, and from the `unlike`, which have no number
        here; they are written in the manner of the `liked`, whose last is nearest to the brief. `candidates` is how
        many are sampled. By default they are twice as many as drafts and at least two more; three times as many where
        the engine is idle or a `preference` says which the team would like, and five times where both; no more than
        drafts where others wait. With a `seed`
        they are as many as where it is idle, so that a run repeats whatever else is written. `adapter` writes instead
        of the writer's own.

        Of all this a long text heeds the `earlier` ones, the `seed` and the `adapter`. Its outline and each paragraph
        are the best of six, of three where others wait; one that is written in one go, as with one of `candidates`, is
        sampled once, and in the manner of the `liked`.

        Stops within a step of the engine, without further drafts, when `cancelled` is set; raises EngineError, and
        EngineUnavailable when the engine is closed meanwhile.
        """
        wanted = brief.variants - len(earlier)
        if wanted <= 0:
            return
        form, sampling = find(brief.format), replace(self._sampling, seed=seed)
        stop = cancelled or threading.Event()
        choosing = Choosing(brief, form, tuple(earlier), self._vectors, preference, seed, tuple(unlike))
        writes = adapter or self._adapter
        job = Job(self._engine, choosing, tuple(liked), stop, sampling, writes, self._taught)
        first = candidates or self._first(wanted, chosen_by_taste=preference is not None, repeats=seed is not None)
        yield from job.stream(wanted, at_once=candidates == 1) if form.streams else job.sample(wanted, first)

    def _first(self, wanted: int, *, chosen_by_taste: bool, repeats: bool) -> int:
        """How many to sample: no more than wanted where others wait for the slots, but always more without guards.

        Fewer would fail the checks, and the second round would cost the server more than the first had saved.
        """
        if not self._engine.guards:
            return 2 * enough(wanted)
        state = self._engine.state()
        if state.queued and not repeats:
            return wanted
        idle = repeats or not state.running
        choice = (TASTED if chosen_by_taste else CHOICE) if idle else CHOICE if chosen_by_taste else 0
        return max(enough(wanted), min(choice * wanted, state.slots))
