"""A network that judges rows of tokens, on threads of its own that several readers share fairly."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

from model.sentiment import Label
from model.sentiment_lexicon import Lexicon
from model.sentiment_rows import Frame, Row

CPU_TOKENS, GPU_TOKENS = 512, 32_768  # in a batch; more than the first is slower on a CPU, whose caches it leaves

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
    that only aspects whose words stand in the text are asked about. `labels` are its own, each as it is read, where
    they aren't ours. `lexicon` is what the network pools its answers about texts with.
    """

    name: str
    about: str
    network: Network
    tokenizer: Any
    frame: Frame
    length: int
    threshold: float
    batch: int  # tokens that it reads at once
    threads: int
    languages: frozenset[str] = frozenset()
    answers_aspects: bool = True
    named_only: bool = False
    spells_emoji: bool = True
    labels: Mapping[str, Label] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=Lexicon)


class Turns:
    """Threads for the network, each with a core of its own; who asks next is next.

    On a CPU two batches on a core each are read sooner than one after the other on both: nothing waits for the slower
    half. A file of 100,000 rows asks batch by batch, so that one text in between waits for a batch, not for the file.
    """

    def __init__(self, network: Network, threads: int = 1) -> None:
        import torch

        self._network, self._threads = network, threads
        others = torch.get_num_threads()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sentiment", initializer=_limit, initargs=(others,))

    def stream(self, batches: Iterable[Sequence[Row]]) -> Iterator[list[Shares]]:
        """The probabilities batch by batch, in order; one more than there are threads stands in line."""
        waiting: deque[Future[list[Shares]]] = deque()
        for batch in batches:
            waiting.append(self.submit(batch))
            if len(waiting) > self._threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def submit(self, batch: Sequence[Row]) -> "Future[list[Shares]]":
        """Stand in line with one batch."""
        return self._pool.submit(self._network, batch)

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown()


def working(place: Any, wanted: int) -> tuple[int, int]:
    """How many tokens a network reads at once on a device, and with how many threads; `wanted` 0 is torch's number."""
    import torch

    return (GPU_TOKENS, 1) if place.type == "cuda" else (CPU_TOKENS, wanted or torch.get_num_threads())


def _limit(others: int) -> None:
    """Keep OpenMP to the calling thread.

    The number is each thread's own. A new thread takes the last one that any thread set, when it first asks for it:
    so this one asks before it sets its own, and another puts back what the rest shall take.
    """
    import torch

    torch.get_num_threads()
    torch.set_num_threads(1)
    with ThreadPoolExecutor(1) as another:
        another.submit(torch.set_num_threads, others).result()


def tensors(rows: Sequence[Row], padding: int, device: Any) -> tuple[Any, Any, Any]:
    """Tokens, mask and types of (rows, longest row)."""
    import torch

    longest = max(len(row.tokens) for row in rows)
    lengths = torch.tensor([len(row.tokens) for row in rows])
    tokens = torch.tensor([row.tokens + [padding] * (longest - len(row.tokens)) for row in rows])
    types = torch.tensor([row.types + [0] * (longest - len(row.types)) for row in rows])
    mask = (torch.arange(longest)[None] < lengths[:, None]).long()
    return tokens.to(device), mask.to(device), types.to(device)
