"""Texts to vectors of meaning, by a small encoder that is loaded when it is first asked."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from model.download import ModelError

BROKEN = "The encoder in {!r} can't be loaded; delete that folder and fetch it again."

TOKENS = 256  # what the encoder was trained to read; more of a text is left out
BATCH_TOKENS = 4096
KEPT = 512

Vector = Sequence[float]
Vectors = Callable[[Sequence[str]], Sequence[Vector]]


def nearness(one: Vector, other: Vector) -> float:
    """How near two texts are in meaning: the product of their vectors."""
    return sum(left * right for left, right in zip(one, other, strict=True))


class Embedder:
    """Mean-pooled vectors of length 1, so that a product of two is their nearness; safe in several threads.

    Making one costs nothing: `folder` is called, and the encoder loaded, on the first use or by `warm`. It runs on
    the CPU whatever the writer runs on: a few tweets take a tenth of a second.
    """

    def __init__(self, folder: Callable[[], Path], *, kept: int = KEPT) -> None:
        self._folder, self._kept = folder, kept
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    @property
    def is_loaded(self) -> bool:
        """Whether a text is answered at once."""
        return self._loaded is not None

    def warm(self) -> None:
        """Load now what the first use would wait for; raises ModelError when it can't be had."""
        with self._lock:
            self._load()

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """A vector per text, in the texts' order; raises ModelError when the encoder can't be had."""
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                self._known.update(self._encode(new))
            found = [self._known[text] for text in texts]
            for text in texts:
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return found

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            self._loaded = _load(self._folder())
        return self._loaded

    def _encode(self, texts: Sequence[str]) -> Iterator[tuple[str, Vector]]:
        import torch

        tokenizer, model = self._load()
        encoded = tokenizer(list(texts), truncation=True, max_length=TOKENS)["input_ids"]
        for batch in _batches(zip(texts, encoded, strict=True)):
            padded = tokenizer.pad({"input_ids": [tokens for _, tokens in batch]}, return_tensors="pt")
            with torch.inference_mode():
                hidden = model(**padded).last_hidden_state.float()
                counted = padded["attention_mask"][:, :, None]
                means = (hidden * counted).sum(1) / counted.sum(1)
                rows = torch.nn.functional.normalize(means, dim=-1).tolist()
            yield from zip((text for text, _ in batch), map(tuple, rows), strict=True)


def _load(folder: Path) -> tuple[Any, Any]:
    from safetensors import SafetensorError
    from transformers import AutoModel, AutoTokenizer

    from model.half_weights import can_multiply_bfloat16
    from model.weights import without_bars

    try:
        with without_bars():
            tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(BROKEN.format(str(folder))) from error
    # Where bfloat16 is multiplied, six tweets take 37 ms instead of 62, and nearness moves by 0.004 at most. Packed as
    # the writer's layers are, between which the stream stays float32, it was no faster.
    model = model.bfloat16() if can_multiply_bfloat16() else model.float()
    return tokenizer, model.eval().requires_grad_(False)


def _batches(texts: Iterable[tuple[str, list[int]]]) -> Iterator[list[tuple[str, list[int]]]]:
    """Batches of texts of like length, each of at most BATCH_TOKENS with its padding."""
    batch: list[tuple[str, list[int]]] = []
    for one in sorted(texts, key=lambda one: len(one[1])):
        if batch and len(one[1]) * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch
