"""Log-probabilities of given texts under several adapters at once: each is a row of one and the same forward."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from model.brief import Brief
from model.formats import FORMATS
from model.generation import Message
from model.house_training import split
from model.lora import Adapted, Adapter
from model.measured import Drift
from model.prompts import messages

LONGEST = 512
"""How many tokens of a completion are scored; a long text shows by then what it is."""
CONTEXT = 2048
WINDOW = 256
"""General text is read in pieces of so many tokens."""
PIECE = 64
"""The logits of so many places at a time become probabilities: a vocabulary in float32 takes memory."""


class Scorer:
    """Scores texts under these adapters, None being the bare model; one thread at a time may use it."""

    def __init__(self, model: Any, tokenizer: Any, adapted: Adapted, adapters: Sequence[Adapter | None]) -> None:
        self._model, self._tokenizer, self._adapted, self._adapters = model, tokenizer, adapted, tuple(adapters)
        self._longest = min(CONTEXT, int(model.config.max_position_embeddings))

    def lesson(self, prompt: Sequence[Message], completion: str) -> tuple[int, tuple[float, ...]] | None:
        """How many tokens of a completion were scored, and their log-probability in nats under each adapter.

        None where the prompt leaves no room for it. The end of the text is scored too, where it is reached.
        """
        asked = self._tokenizer.apply_chat_template(list(prompt), tokenize=False, add_generation_prompt=True)
        before = self._encode(asked)
        answer = self._encode(f"{completion}{self._tokenizer.eos_token}")[:LONGEST]
        if len(before) + len(answer) > self._longest:
            return None
        return len(answer), self._sums([*before, *answer], len(before))

    def general(self, text: str) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Score plain text, a window at a time: its tokens but the first, and their log-probability under each."""
        for window in windows(self._encode(text), min(WINDOW, self._longest)):
            yield len(window) - 1, self._sums(window, 1)

    def divergence(self, prompt: Sequence[Message], completion: str) -> tuple[int, float] | None:
        """Over how many tokens, and how many nats in all, the last adapter diverges from the first: KL(first‖last)."""
        asked = self._tokenizer.apply_chat_template(list(prompt), tokenize=False, add_generation_prompt=True)
        before, answer = self._encode(asked), self._encode(completion)[:LONGEST]
        if len(before) + len(answer) > self._longest or not answer:
            return None
        total = 0.0
        for logs, _ in self._pieces([*before, *answer], len(before)):
            total += float((logs[0].exp() * (logs[0] - logs[-1])).sum())
        return len(answer), total

    def _encode(self, text: str) -> list[int]:
        # A template has written the special tokens already.
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return tokens

    def _sums(self, tokens: Sequence[int], start: int) -> tuple[float, ...]:
        sums = torch.zeros(len(self._adapters), dtype=torch.float64)
        for logs, wanted in self._pieces(tokens, start):
            sums += logs.gather(2, wanted.expand(len(logs), -1)[..., None])[..., 0].double().sum(dim=1).cpu()
        return tuple(sums.tolist())

    def _pieces(self, tokens: Sequence[int], start: int) -> Iterator[tuple[Tensor, Tensor]]:
        """Log-probabilities (adapters, places, vocabulary) of what comes at each place from `start` on; what comes."""
        device = self._model.device
        inputs = torch.tensor([list(tokens)] * len(self._adapters), device=device)
        self._adapted.choose(self._adapters)
        with torch.inference_mode():
            # The head is applied only where there is something to score.
            places = torch.arange(start - 1, len(tokens) - 1, device=device)
            logits = self._model(input_ids=inputs, use_cache=False, logits_to_keep=places).logits
            for at in range(0, len(places), PIECE):
                yield logits[:, at : at + PIECE].float().log_softmax(dim=2), inputs[:1, start + at : start + at + PIECE]


def windows(tokens: list[int], size: int = WINDOW) -> Iterator[list[int]]:
    """General text in pieces of so many tokens; each has a first one, which is given, and at least one to be scored.

    >>> list(windows([1, 2, 3, 4, 5], 2))
    [[1, 2], [3, 4]]
    """
    for start in range(0, len(tokens) - 1, size):
        yield tokens[start : start + size]


def perplexities(scored: Iterable[tuple[int, tuple[float, ...]]]) -> tuple[int, list[float]]:
    """How many tokens were scored, and the perplexity under each adapter."""
    found = list(scored)
    tokens = sum(number for number, _ in found)
    sums = [math.fsum(column) for column in zip(*(logs for _, logs in found), strict=True)]
    return tokens, [_exp(-one / tokens) for one in sums]


def _exp(nats: float) -> float:
    """A broken model's perplexity may be beyond a float."""
    return math.exp(nats) if nats < 700 else math.inf


def drift(scorer: Scorer, lessons: Iterable[tuple[Sequence[Message], str]]) -> Drift:
    """How far the scorer's last adapter is from its first, per token of these prompts' answers."""
    found = [one for prompt, text in lessons if (one := scorer.divergence(prompt, text))]
    tokens = sum(number for number, _ in found)
    return Drift(math.fsum(nats for _, nats in found) / tokens if tokens else math.nan, tokens)


def fixed_lessons(*, taught: bool) -> tuple[tuple[Sequence[Message], str], ...]:
    """Prompts and answers that no adapter has learnt: the first of each format that the house holds out."""
    firsts = dict(reversed(list(split(held_out=True))))
    return tuple(
        (messages(Brief(firsts[name].brief, name), FORMATS[name], taught=taught), firsts[name].copy) for name in FORMATS
    )
