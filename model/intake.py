"""What a request asks, checked, and its prompt as tokens."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import torch

from model.generation import EngineError, Prompt, Request
from model.guarding import Guarding
from model.guards import plan
from model.refusals import refuse_nonsense
from model.vocabulary import Vocabulary


class Intake:
    """Turns prompts into tokens for one model; safe to call from several threads."""

    def __init__(
        self, tokenizer: Any, *, capacity: int, vocabulary: int, ends: frozenset[int], device: torch.device
    ) -> None:
        self._tokenizer, self._ends, self._device = tokenizer, ends, device
        self._capacity = capacity
        self._vocabulary = vocabulary
        self._known: Vocabulary | None = None
        self._lock = threading.Lock()  # tokenizers raises "Already borrowed" when two threads encode at once

    def tokens(self, request: Request) -> list[int]:
        """The prompt's tokens; raises EngineError when the request makes no sense or has no room."""
        refuse_nonsense(request)
        tokens = self._encode(request.prompt)
        if not tokens:
            raise EngineError("The prompt is empty; say what to write.")
        if not all(0 <= token < self._vocabulary for token in tokens):
            raise EngineError(f"The prompt holds tokens that the model doesn't know: it has {self._vocabulary}.")
        if len(tokens) >= self._capacity:
            room = self._capacity - 1
            raise EngineError(f"The prompt is too long: {len(tokens)} tokens, and {room} are allowed; shorten it.")
        return tokens

    def room(self, prompt: Prompt) -> int:
        """How many tokens of a slot a prompt leaves to its answer."""
        return max(0, self._capacity - len(self._encode(prompt)))

    def vocabulary(self) -> Vocabulary:
        """What the model's tokens read as; made at the first call."""
        with self._lock:
            self._known = self._known or Vocabulary(self._tokenizer, self._vocabulary, self._ends, self._device)
        return self._known

    def guarding(self, request: Request) -> Callable[[], Guarding] | None:
        """What makes the guard of each sequence of a request, banned phrases and all; None when it has none."""
        if request.guard is None:
            return None
        vocabulary, guard = self.vocabulary(), request.guard
        guard = replace(guard, brief=replace(guard.brief, banned=(*guard.brief.banned, *request.banned)))
        with self._lock:
            ready = plan(guard, self._tokenizer)
        return partial(Guarding, ready, vocabulary, request.max_tokens)

    def _encode(self, prompt: Prompt) -> list[int]:
        tokens = [part for part in prompt if isinstance(part, int)]
        messages = [part for part in prompt if not isinstance(part, int)]
        if not messages:
            return tokens
        if not self._tokenizer.chat_template:
            raise EngineError("The model has no chat template; use an instruction-tuned one.")
        begun = str(messages.pop()["content"]) if messages[-1]["role"] == "assistant" else ""
        with self._lock:
            text = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            # The template has written the special tokens already. Where an answer that has begun ends with line ends,
            # they are encoded as they are with text behind them: alone they may be one token.
            broken = begun.endswith("\n")
            encoded: list[int] = self._tokenizer.encode(text + begun + "x" * broken, add_special_tokens=False)
        return encoded[:-1] if broken else encoded
