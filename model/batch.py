"""The running batch: who gets a slot, whose prompt is read, and one further token for everyone."""

import logging
import random
from collections.abc import Iterator
from collections.abc import Sequence as Many
from contextlib import contextmanager
from typing import Any

from torch import Tensor

from model.generation import EngineError, Event, Finish
from model.guarding import Guarding
from model.sampling import choose
from model.sequences import Job, Sequence
from model.slots import ROW_MULTIPLE, SlotCache, round_up, shared
from model.steps import Stepper
from model.transcript import Transcript
from model.turns import Turns

FAULT = "The desk gave up this text because of an internal error, which the log explains; try another wording."
REFUSALS = 32  # how many tokens a guard may refuse in one place before it is stuck
CHUNK = 384  # tokens of prompts that are read before the running sequences get their next one; 512 were slower

log = logging.getLogger(__name__)


class Batch:
    """Everything the engine's thread owns; what it has to say is in `said` until somebody delivers it."""

    def __init__(self, stepper: Stepper, cache: SlotCache, tokenizer: Any, *, ends: frozenset[int]) -> None:
        self._stepper = stepper
        self._cache = cache
        self._tokenizer = tokenizer
        self._ends = ends
        self.turns: Turns[Job] = Turns()
        self._reading: dict[int, Job] = {}  # by slot, in the order in which they are read
        self.running: list[Sequence] = []
        self.said: list[tuple[Job, Event | EngineError]] = []

    def busy(self) -> bool:
        """Whether a turn would do anything."""
        return bool(self.turns or self.running or self._reading)

    def queued(self) -> int:
        """How many sequences wait for a slot."""
        return sum(len(job.waiting) for job in (*self._reading.values(), *self.turns))

    def turn(self) -> int:
        """Drop what was cancelled, admit, and take one step; how many tokens were written."""
        for job in [job for job in self._jobs() if job.answer.cancelled]:
            self._drop(job)
        return self._admit() + self._step()

    def end(self, error: EngineError | None) -> None:
        """Drop everybody, with the error if there is one."""
        for job in self._jobs():
            self._drop(job, error)

    def _jobs(self) -> set[Job]:
        return {*self.turns, *self._reading.values(), *(sequence.job for sequence in self.running)}

    def _drop(self, job: Job, error: EngineError | None = None) -> None:
        numbers = [sequence.number for sequence in self.running if sequence.job is job] + list(job.waiting)
        if error:
            self.said.append((job, error))
        else:
            self.said.extend((job, Event(number, "", "cancelled")) for number in numbers)
        self.running = [sequence for sequence in self.running if sequence.job is not job]
        if slots := [slot for slot, reading in self._reading.items() if reading is job]:
            del self._reading[slots[0]]
        elif job.waiting:
            self.turns.remove(job)
        job.waiting.clear()

    def _admit(self) -> int:
        """Give free slots to those whose turn it is, and read the next pieces of prompts in one forward."""
        started = 0
        while (slot := self._free_slot()) is not None and (job := self._next()) is not None:
            self._reading[slot] = job
            if self._recall(job, slot):
                self._start(job, slot)
                started += 1
        return started + (self._read() if self._reading else 0)

    def _free_slot(self) -> int | None:
        taken = {*self._reading, *(sequence.slot for sequence in self.running)}
        return next((slot for slot in range(self._cache.slots) if slot not in taken), None)

    def _next(self) -> Job | None:
        """Take whose turn it is, unless enough is being read, or a prompt that will spare it half of its own."""
        job = next(iter(self.turns), None)
        if job is None or sum(self._unread(slot) for slot in self._reading) >= CHUNK:
            return None
        if self._reading:
            known = self._cache.longest_prefix(job.prompt, job.serial)[1]
            alike = (one.prompt for one in self._reading.values() if one.serial == job.serial)
            most = max((shared(prompt, job.prompt) for prompt in alike), default=0)
            if most - known > len(job.prompt) - most:
                return None
        return self.turns.take()

    def _unread(self, slot: int) -> int:
        return len(self._reading[slot].prompt) - len(self._cache.tokens[slot])

    def _recall(self, job: Job, slot: int) -> bool:
        """Begin a slot with what other slots know of the prompt; whether nothing is left to read."""
        row, length = self._cache.longest_prefix(job.prompt, job.serial)
        known = job.logits is not None and length == len(job.prompt)
        if not known:
            length = min(length, len(job.prompt) - 1)
        if length:
            self._cache.copy(row, slot, length)
        else:
            self._cache.clear(slot, job.serial)
        return known

    def _read(self) -> int:
        """Read pieces of as many prompts as fit one forward, filled up to the longest; how many sequences began."""
        pieces: dict[int, Many[int]] = {}
        for slot, job in self._reading.items():
            done = len(self._cache.tokens[slot])
            piece = job.prompt[done : done + CHUNK]
            if pieces and max(map(len, (piece, *pieces.values()))) * (len(pieces) + 1) > CHUNK:
                break
            pieces[slot] = piece
        logits = self._stepper.read(pieces, {slot: self._reading[slot].adapter for slot in pieces})
        whole = [slot for slot in pieces if not self._unread(slot)]
        for row, slot in enumerate(pieces):
            if slot in whole:
                self._reading[slot].logits = logits[row]
                self._cache.keep(slot)
                self._start(self._reading[slot], slot)
        return len(whole)

    def _start(self, job: Job, slot: int) -> None:
        """Turn the job whose prompt is in the slot into a running sequence, with its first token."""
        assert job.logits is not None, "a job starts once its prompt has been read"
        with self._alone(job):
            sequence = self._begun(job, slot)
            job.waiting.popleft()
            del self._reading[slot]
            if job.waiting:
                self.turns.add(job)
            self.running.append(sequence)
            self._follow([sequence], job.logits[None])

    def _begun(self, job: Job, slot: int) -> Sequence:
        """The next sequence of a job, without a token yet."""
        request, number, seed = job.request, job.waiting[0], job.request.sampling.seed
        return Sequence(
            job,
            number,
            slot,
            Transcript(self._tokenizer, stop=request.stop, banned=request.banned),
            random.Random(None if seed is None else f"{seed}/{number}"),
            job.guarding() if job.guarding else None,
        )

    def _step(self) -> int:
        """One further token for every running sequence, by one forward."""
        stepping = list(self.running)
        if not stepping:
            return 0
        self._compact()
        following = {sequence.slot: sequence.token for sequence in stepping}
        adapters = {sequence.slot: sequence.job.adapter for sequence in stepping}
        self._follow(stepping, self._stepper.extend(following, adapters))
        return len(stepping)

    def _compact(self) -> None:
        """Move the last sequences into free slots when that makes the forward smaller."""
        while True:
            last = max(self.running, key=lambda sequence: sequence.slot)
            free = self._free_slot()
            # A prompt being read may hold a low slot, so that the first free one lies above the last.
            if free is None or free > last.slot or round_up(len(self.running), ROW_MULTIPLE) > last.slot:
                return
            self._cache.copy(last.slot, free, len(self._cache.tokens[last.slot]))
            last.slot = free

    def _follow(self, sequences: Many[Sequence], logits: Tensor) -> None:
        """Choose each sequence's next token and say what it adds to the text."""
        if any(sequence.guarding for sequence in sequences):
            logits = logits.clone()
        forced = [self._steered(one, logits[row]) for row, one in enumerate(sequences)]
        tokens = self._choose(sequences, logits)
        for row, sequence in enumerate(sequences):
            token = tokens[row]
            if sequence.guarding:
                with self._alone(sequence.job):
                    self._follow_guarded(sequence, sequence.guarding, forced[row], token, logits[row : row + 1])
                continue
            while token not in self._ends and sequence.transcript.breaks(token):
                logits = logits.clone()
                logits[row, token] = float("-inf")
                token = self._choose([sequence], logits[row : row + 1])[0]
            self._say(sequence, token)

    def _steered(self, sequence: Sequence, logits: Tensor) -> int | None:
        with self._alone(sequence.job):
            return sequence.guarding.steer(logits) if sequence.guarding else None
        return None

    @contextmanager
    def _alone(self, job: Job) -> Iterator[None]:
        """A fault in what belongs to one request ends that request and no other."""
        try:
            yield
        except Exception:  # whatever it was, those beside it had no part in it
            log.exception("A request was given up")
            self._drop(job, EngineError(FAULT))

    def _follow_guarded(
        self, sequence: Sequence, guarding: Guarding, forced: int | None, token: int, logits: Tensor
    ) -> None:
        """Take a token that the guard accepts, or go back as far as it says."""
        if not any(one is sequence for one in self.running):
            return  # a fault in another sequence has ended its request
        taken = forced
        for _ in range(REFUSALS):
            if taken is not None or guarding.back:
                break
            taken = guarding.accept(token)
            if taken is None and not guarding.back:
                logits[0, token] = float("-inf")
                token = self._choose([sequence], logits)[0]
        if taken is None and not guarding.back:
            taken = guarding.stuck()
        if taken is None and not guarding.back:  # its parts and limits hold no longer, what isn't given still does
            taken = guarding.accept(token)
        taken = min(self._ends) if taken is None else taken
        if not guarding.back and taken not in self._ends:
            guarding.add(taken)
        if not guarding.back:
            self._say(sequence, taken)
        else:
            self._go_back(sequence, guarding)

    def _go_back(self, sequence: Sequence, guarding: Guarding) -> None:
        """Take tokens back; the slot's columns behind the last one are written over."""
        guarding.rewind()
        kept, prompt = guarding.committed, len(sequence.job.prompt)
        del sequence.produced[kept:]
        held = self._cache.tokens[sequence.slot]
        if kept:
            sequence.token = sequence.produced[-1]
            del held[prompt + kept - 1 :]
        else:
            del held[prompt:]
            assert sequence.job.logits is not None, "a running sequence's prompt has been read"
            self._follow([sequence], sequence.job.logits[None])

    def _choose(self, sequences: Many[Sequence], logits: Tensor) -> list[int]:
        return choose(
            logits,
            [sequence.sampling for sequence in sequences],
            [sequence.draws.random() for sequence in sequences],
            [sequence.seen() for sequence in sequences],
        )

    def _say(self, sequence: Sequence, token: int) -> None:
        text, finish = "", self._take(sequence, token)
        certain = sequence.guarding.committed if sequence.guarding and not finish else len(sequence.produced)
        for token in sequence.produced[sequence.given : certain]:
            text += sequence.transcript.add(token)
            finish = "stop" if sequence.transcript.stopped else finish
        sequence.given = max(sequence.given, certain)
        if finish:
            text += sequence.transcript.finish()
            self.running.remove(sequence)
        if text or finish:
            self.said.append((sequence.job, Event(sequence.number, text, finish)))

    def _take(self, sequence: Sequence, token: int) -> Finish | None:
        """Note a sequence's next token; why it ends with it, if it does."""
        if token in self._ends:
            return "stop"
        sequence.token = token
        sequence.produced.append(token)
        if len(sequence.produced) >= sequence.job.request.max_tokens:
            return "length"
        length = len(sequence.job.prompt) + len(sequence.produced)
        return "length" if length > self._cache.capacity else None
