"""The sentiment model that is built in: our weights on the small encoder, in the fastest arithmetic here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model.sentiment_judge import Judge, Shares, tensors, working
from model.sentiment_rows import Row, frame_of

NAME = "Copydesk sentiment"
ABOUT = (
    "A network of 22 million weights (all-MiniLM-L6-v2) with our own training on top reads English, in windows of "
    "{length} tokens where a text is longer. Below a probability of {threshold:.0%} it says unsure. It misses irony "
    "and what only the context tells."
)


def open_embedded(data: Path, place: Any, weights: Path, threads: int, *, exact: bool = False) -> Judge:
    """Load it on a torch device; fetches the encoder the first time. Raises ModelError.

    `exact` keeps it in float32, to measure what the faster arithmetic moves.
    """
    from tokenizers import Tokenizer

    from model.fetch import fetch_encoder
    from model.sentiment_network import facts, load

    known = facts(weights)
    folder = fetch_encoder(data, quiet=True)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    length, threshold = int(known["max_length"]), float(known["threshold"])
    temperatures = known["temperatures"]
    network = Fast(load(folder, weights), place, float(temperatures["text"]), float(temperatures["aspect"]), exact)
    about = ABOUT.format(length=length, threshold=threshold).replace("%", " %")
    frame, work = frame_of(tokenizer), working(place, threads)
    return Judge(NAME, about, network, tokenizer, frame, length, threshold, *work, frozenset({"en"}))


class Fast:
    """Our network with its temperatures, packed on a CPU that can, in float16 on a GPU.

    Measured on a CPU with AVX2 and no more: packed it is as fast as float32 in batches and a quarter faster on one
    text. One that multiplies bfloat16 reads 1.6 times as many texts with it as with float16; of 400 tweets it turned
    one label and moved no share by more than 0.011. int8 would move what the heads see by a tenth.
    """

    def __init__(self, network: Any, place: Any, text: float, aspect: float, exact: bool) -> None:
        from model.packing import can_pack, pack

        self._place, self._text, self._aspect = place, text, aspect
        if can_pack(place) and not exact:
            pack(network)
        self._network = network.half().to(place) if place.type == "cuda" and not exact else network.to(place)

    def __call__(self, rows: Sequence[Row]) -> list[Shares]:
        """Texts and aspects in one forward."""
        import torch

        with torch.inference_mode():
            text, aspect = self._network(*tensors(rows, 0, self._place))
            texts = (text.float() / self._text).softmax(-1).tolist()
            aspects = (aspect.float() / self._aspect).softmax(-1).tolist()
        return [tuple(aspects[at] if row.asks else texts[at]) for at, row in enumerate(rows)]
