"""One brief being written on an engine: several sampled and the best kept, or a long text as it grows."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.articles import Articles
from model.brief import Brief
from model.cancelling import cancelling
from model.checks import Check, characters
from model.choosing import Candidate, Choosing, Chosen
from model.fitting_prompts import fitting, keeps_old
from model.generation import Engine, EngineError, EngineUnavailable, Event, Message, Request, Sampling
from model.guards import Guard
from model.house_examples import Example, choose
from model.prompts import messages
from model.revision import fitted, is_fresh, unrevised
from model.titles import under_title

PROMPT_CHARACTERS = 2400
EXAMPLES = 2
BY_RULE = "by rule"
"""Who wrote a draft that no model wrote."""
UNGUARDED = Check("guards", True, "this engine keeps none; more was sampled, and all of it checked", hard=False)
ANEW = Check("old text", False, "too long for this model beside a new one; written anew from the brief", hard=False)
ROUNDS = 3
WARMER = 0.2
"""Added to the temperature of each further round, which is asked for what those before it didn't find."""
SPREAD = 0.3
"""How much warmer the last of a first round is than the first: three different ideas are more often among them."""
A_TEXT = 100
"""Seeds that one long text may use."""
SPACELESS = frozenset({"ja", "km", "lo", "my", "th", "zh"})
"""Languages that set no spaces between words."""


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


def enough(wanted: int) -> int:
    """How many candidates make that many good drafts likely."""
    return max(2 * wanted, wanted + 2)


def _is_good(candidate: Candidate, rounds: int) -> bool:
    """Whether a candidate needs no other: after two rounds, what tells an idea in other words will do."""
    return not candidate.faults and (rounds > 1 or not candidate.repeats)


@dataclass(frozen=True, slots=True)
class Job:
    """One brief being written."""

    engine: Engine
    choosing: Choosing
    liked: tuple[Example, ...]
    cancelled: threading.Event
    sampling: Sampling
    adapter: str | None
    taught: bool
    """Whether the house's adapter is beneath, which knows the rules and the formats."""

    def sample(self, wanted: int, first: int) -> Iterator[Draft | Progress]:
        """Sample; once more when too few are good and different, and a last time for what fails; yield the best."""
        # Who has learnt briefs alone is never shown the old draft: what a rule can make of it competes.
        pool, best = self.choosing.made() if self.taught else [], list[Chosen]()
        earlier = self.choosing.earlier
        for again in range(ROUNDS):
            missing = wanted - sum(_is_good(one.candidate, again) for one in best)
            if not missing:
                break
            number = enough(missing) if again else first
            failed, found = self.choosing.failed(pool, best), dict[int, Candidate]()
            kept = tuple(one.candidate.text for one in best if _is_good(one.candidate, again))
            request = replace(self._request(number, failed, again, kept), spread=0.0 if again else SPREAD)
            for event, text in self._finished(request):
                found[event.sequence] = self.choosing.candidate(text, event.finish == "length", earlier)
                yield Progress(len(pool) + len(found), len(pool) + number)
            if self.cancelled.is_set():
                return
            pool += [found[at] for at in sorted(found)]
            best = self.choosing.best(pool, wanted)
        for at, chosen in enumerate(best, 1):
            yield self._draft(len(earlier) + at, chosen)

    def stream(self, wanted: int, *, at_once: bool = False) -> Iterator[Draft | Progress | Piece]:
        """Write long drafts and yield their words as they come: section by section, or all at once.

        A version that keeps what a long text says is written in one go, for models that are shown that text and have
        room for both; so is one in a language without spaces, whose paragraphs can't be measured in words, one without
        an outline or a first paragraph that will do, and whatever is asked `at_once`.
        """
        brief, texts = self.choosing.brief, list[str]()
        keeps = not self.taught and brief.rejected and not is_fresh(brief)
        anew = bool(keeps) and not keeps_old(self.engine, brief, self.choosing.form)
        if at_once or (keeps and not anew) or brief.language in SPACELESS:
            yield from self._in_one_go(wanted, anew=anew)
            return
        for at in range(wanted):
            articles, earlier = self._articles(at, anew), (*self.choosing.earlier, *texts)
            unlike = (*earlier, *self.choosing.before)
            outline = articles.outline(unlike)
            variant, text = len(earlier) + 1, ""
            for piece in articles.pieces(outline, unlike) if outline else ():
                text += piece
                yield Piece(variant, piece)
            if self.cancelled.is_set():
                return
            if "\n" not in text:
                if text:
                    yield Piece(variant, "\n\n")
                rest = replace(self, choosing=replace(self.choosing, earlier=earlier))
                yield from rest._in_one_go(wanted - at, text, anew=anew)
                return
            yield Progress(at + 1, wanted)
            yield self._streamed(variant, self.choosing.candidate(text, False, earlier), anew)
            texts.append(text)

    def _articles(self, at: int, anew: bool) -> Articles:
        seed = self.sampling.seed
        sampling = self.sampling if seed is None else replace(self.sampling, seed=seed + A_TEXT * at)
        choosing = replace(self.choosing, preference=None, unlike=())
        made = Articles(choosing, sampling, self.adapter, self.taught, self.engine, self._finished, self._others_wait)
        return made.without_old() if anew else made

    def _others_wait(self) -> bool:
        """Whether fewer will do: not with a seed, so that a run repeats, nor without guards, where many fail."""
        return self.sampling.seed is None and self.engine.guards and self.engine.state().queued > 0

    def _streamed(self, variant: int, candidate: Candidate, anew: bool) -> Draft:
        candidate = replace(candidate, checks=(*candidate.checks, ANEW)) if anew else candidate
        return self._draft(variant, Chosen(candidate, rank=0, propensity=1.0, taste=0.0))

    def _in_one_go(self, wanted: int, title: str = "", *, anew: bool) -> Iterator[Draft | Progress | Piece]:
        """Write one sequence for each draft; the first goes on under its `title`, where that has been read already.

        A text that is read while it is written can't be ranked behind another, so one is written even on an idle desk.
        """
        texts = [f"{title}\n\n" if title else "", *[""] * (wanted - 1)]
        done, earlier = 0, self.choosing.earlier
        asked = replace(self, choosing=replace(self.choosing, brief=unrevised(self.choosing.brief))) if anew else self
        events = self._events(asked._request(wanted, (), 0))
        for event in under_title(events) if title else events:
            variant = len(earlier) + 1 + event.sequence
            texts[event.sequence] += event.text
            if event.text:
                yield Piece(variant, event.text)
            if event.finish:
                done += 1
                others = (*earlier, *(text for at, text in enumerate(texts) if text and at < event.sequence))
                candidate = self.choosing.candidate(texts[event.sequence], event.finish == "length", others)
                yield Progress(done, wanted)
                yield self._streamed(variant, candidate, anew)

    def _request(self, number: int, failed: Sequence[str], again: int, kept: Sequence[str] = ()) -> Request:
        """What the engine is asked; a guard lets no long sentence of the drafts that are `kept` come again."""
        brief, form, sampling = self.choosing.brief, self.choosing.form, self.sampling
        shown = () if self.taught else choose(form, brief, EXAMPLES, PROMPT_CHARACTERS)
        if again:
            seed = None if sampling.seed is None else sampling.seed + again
            sampling = replace(sampling, seed=seed, temperature=sampling.temperature + again * WARMER)
        if len(form.parts) > 1:
            # The labels stand in the examples and must come again; a penalty on what was said would keep them away.
            sampling = replace(sampling, repetition_penalty=1.0)

        def ask(brief: Brief, examples: Sequence[Example]) -> tuple[Message, ...]:
            return messages(brief, form, examples, failed, taught=self.taught)

        chat = fitting(self.engine, ask, brief, shown, self.liked, tokens=form.max_tokens)
        asked = Request(chat, n=number, max_tokens=form.max_tokens, sampling=sampling, adapter=self.adapter)
        if not self.engine.guards:
            return replace(asked, banned=brief.unwanted)
        earlier = (*self.choosing.earlier, *self.choosing.before, *kept)
        return replace(asked, guard=Guard(brief, fitted(form, brief), earlier))

    def _finished(self, request: Request) -> Iterator[tuple[Event, str]]:
        """Yield each sequence's last event and whole text as it ends."""
        texts = [""] * request.n
        for event in self._events(request):
            texts[event.sequence] += event.text
            if event.finish:
                yield event, texts[event.sequence]

    def _events(self, request: Request) -> Iterator[Event]:
        """Yield an answer's events until it ends or is cancelled; raises EngineUnavailable when the engine closes."""
        if self.cancelled.is_set():
            return
        stream = self.engine.submit(request)
        with cancelling(stream, self.cancelled):
            for event in stream:
                if self.cancelled.is_set():
                    return
                if event.finish == "cancelled":
                    # By nobody who waits for this text: the engine closes, and what there is isn't the whole.
                    raise EngineUnavailable("The engine was closed while it was writing", "try again")
                if event.finish == "error":
                    raise EngineError("The engine failed while it was writing; try again.")
                yield event

    def _draft(self, variant: int, chosen: Chosen) -> Draft:
        candidate, length = chosen.candidate, characters(chosen.candidate.text, self.choosing.form)
        is_unguarded = not (self.engine.guards or candidate.made)
        checks = (*candidate.checks, UNGUARDED) if is_unguarded else candidate.checks
        return Draft(
            variant,
            candidate.text,
            length,
            checks,
            chosen.taste,
            BY_RULE if candidate.made else self.engine.model,
            None if candidate.made else self.adapter,
            chosen.rank,
            chosen.propensity,
        )
