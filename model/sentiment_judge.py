"""A network that judges rows of tokens, on a thread of its own that several readers share fairly."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from model.sentiment_rows import Frame, Row

Shares = tuple[float, ...]
"""Negative, neutral, positive; of an aspect a fourth, absent."""


class Network(Protocol):
    """Probabilities of a batch of rows, in the rows' order; they are calibrated where the network was."""

    def __call__(self, rows: Sequence[Row]) -> list[Shares]:
        """Three of a row that asks about the text, four of one that asks about an aspect."""
        ...


@dataclass(frozen=True, slots=True)
class Judge:
    """What a reader needs of a model, whoever trained it.

    `languages` are those it reads, none for any. `named_only` says that it can't tell that an aspect is absent, so
    that only aspects whose words stand in the text are asked about.
    """

    name: str
    about: str
    network: Network
    tokenizer: Any
    frame: Frame
    length: int
    threshold: float
    languages: frozenset[str] = frozenset()
    answers_aspects: bool = True
    named_only: bool = False
    spells_emoji: bool = True


class Turns:
    """One thread for the network, with its own number of threads below it; who asks next is next.

    A file of 100,000 rows asks batch by batch, so that one text in between waits for a batch and not for the file.
    """

    def __init__(self, network: Network, threads: int) -> None:
        self._network = network
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sentiment", initializer=_limit, initargs=(threads,))

    def judge(self, rows: Sequence[Row]) -> list[Shares]:
        """The probabilities of a batch, once its turn has come."""
        return self._pool.submit(self._network, rows).result()

    def close(self) -> None:
        """Let the thread end."""
        self._pool.shutdown()


def _limit(threads: int) -> None:
    """Set OpenMP's number for the calling thread alone: what other threads use is put back as it was."""
    import torch

    if not threads:
        return
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    with ThreadPoolExecutor(1) as another:
        another.submit(torch.set_num_threads, before).result()


def tensors(rows: Sequence[Row], padding: int, device: Any) -> tuple[Any, Any, Any]:
    """Tokens, mask and types of (rows, longest row)."""
    import torch

    longest = max(len(row.tokens) for row in rows)
    lengths = torch.tensor([len(row.tokens) for row in rows])
    tokens = torch.tensor([row.tokens + [padding] * (longest - len(row.tokens)) for row in rows])
    types = torch.tensor([row.types + [0] * (longest - len(row.types)) for row in rows])
    mask = (torch.arange(longest)[None] < lengths[:, None]).long()
    return tokens.to(device), mask.to(device), types.to(device)
