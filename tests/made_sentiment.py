"""The tiny reader, and the same network by hand: one row at a time, in float32, without any of the reader's code."""

from pathlib import Path
from typing import Any

import torch

from model.packages import ENCODER
from model.sentiment import OpenSentiment, open_sentiment
from model.sentiment_network import load
from tests import tiny_sentiment


class Made:
    """Weights for a tiny encoder with these facts; `lexicon` among them is what a lexicon's answer counts."""

    def __init__(self, folder: Path, **facts: Any) -> None:
        from tokenizers import Tokenizer

        self.data = tiny_sentiment.data(folder)
        self.weights = tiny_sentiment.weights(folder / "weights", self.data, **facts)
        self.lexicon = float(facts.get("lexicon", 0))
        encoder = self.data / "models" / ENCODER.folder
        self.network = load(encoder, self.weights)
        self.tokenizer: Any = Tokenizer.from_file(str(encoder / "tokenizer.json"))

    def open(self, **options: Any) -> OpenSentiment:
        return open_sentiment("embedded", data=self.data, device="cpu", weights=self.weights, **options)

    def by_hand(self, text: str, aspect: str | None = None, compound: float = 0.0) -> list[float]:
        encoded = self.tokenizer.encode(text) if aspect is None else self.tokenizer.encode(text, aspect)
        return self.of_tokens(encoded.ids, encoded.type_ids, compound)

    def of_tokens(self, tokens: list[int], types: list[int], compound: float = 0.0) -> list[float]:
        text, aspect = self.network(torch.tensor([tokens]), torch.ones(1, len(tokens)).long(), torch.tensor([types]))
        heard = torch.tensor([max(0.0, -compound), 1 - abs(compound), max(0.0, compound)])
        pooled = ((1 - self.lexicon) * text[0].softmax(-1) + self.lexicon * heard).log()
        logits = aspect[0] / 0.8 if any(types) else pooled / 1.3
        shares: list[float] = logits.softmax(-1).tolist()
        return shares
