"""What a request asks, checked, and its prompt as tokens."""

import threading
from typing import Any

from model.generation import EngineError, Request


class Intake:
    """Turns prompts into tokens for one model; safe to call from several threads."""

    def __init__(self, tokenizer: Any, *, capacity: int, vocabulary: int) -> None:
        self._tokenizer = tokenizer
        self._capacity = capacity
        self._vocabulary = vocabulary
        self._lock = threading.Lock()  # tokenizers raises "Already borrowed" when two threads encode at once

    def tokens(self, request: Request) -> list[int]:
        """The prompt's tokens; raises EngineError when the request makes no sense or has no room."""
        _refuse_nonsense(request)
        tokens = self._encode(request)
        if not tokens:
            raise EngineError("The prompt is empty; say what to write.")
        if not all(0 <= token < self._vocabulary for token in tokens):
            raise EngineError(f"The prompt holds tokens that the model doesn't know: it has {self._vocabulary}.")
        if len(tokens) >= self._capacity:
            room = self._capacity - 1
            raise EngineError(f"The prompt is too long: {len(tokens)} tokens, and {room} are allowed; shorten it.")
        return tokens

    def _encode(self, request: Request) -> list[int]:
        tokens = [part for part in request.prompt if isinstance(part, int)]
        messages = [part for part in request.prompt if not isinstance(part, int)]
        if tokens and messages:
            raise EngineError("A prompt is messages or tokens, not both.")
        if not messages:
            return tokens
        if not self._tokenizer.chat_template:
            raise EngineError("The model has no chat template; use an instruction-tuned one.")
        with self._lock:
            text = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            # The template has written the special tokens already.
            encoded: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded


def _refuse_nonsense(request: Request) -> None:
    sampling = request.sampling
    rules = (
        ("n", request.n, request.n >= 1, "1 or more"),
        ("max_tokens", request.max_tokens, request.max_tokens >= 1, "1 or more"),
        ("temperature", sampling.temperature, 0 <= sampling.temperature <= 100, "0 to 100"),
        ("top_p", sampling.top_p, 0 < sampling.top_p <= 1, "more than 0 and at most 1"),
        ("top_k", sampling.top_k, sampling.top_k >= 0, "0 (all tokens) or more"),
        ("repetition_penalty", sampling.repetition_penalty, sampling.repetition_penalty > 0, "more than 0"),
    )
    for name, value, allowed, rule in rules:
        if not allowed:
            raise EngineError(f"The request has {name} {value!r}; it must be {rule}.")
