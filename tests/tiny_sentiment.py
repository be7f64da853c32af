"""A data folder with a tiny encoder where the small one would be, and sentiment weights for it made at random."""

from pathlib import Path
from typing import Any

import torch

from model.half_weights import can_multiply_bfloat16
from model.packages import ENCODER
from model.sentiment_network import SentimentNetwork, compress, network, save
from tests import tiny

FACTS: dict[str, Any] = {"temperatures": {"text": 1.3, "aspect": 0.8}, "threshold": 0.45, "max_length": 24}
NEAR = 2e-2 if can_multiply_bfloat16() else 3e-3  # what rounding in packed layers moves


def data(folder: Path) -> Path:
    """The data folder; the encoder in it knows the words of `tiny.TEXTS`."""
    place = folder / "models" / ENCODER.folder
    if not place.is_dir():
        place.mkdir(parents=True)
        tiny.encoder(place)
    return folder


def weights(folder: Path, data: Path, **facts: Any) -> Path:
    """Weights as training would save them, for the encoder in a data folder."""
    encoder = data / "models" / ENCODER.folder
    save(folder, compress(_moved(network(encoder)), network(encoder), {"attention": 2}), FACTS | facts)
    return folder


def _moved(network: SentimentNetwork) -> SentimentNetwork:
    torch.manual_seed(1)
    with torch.no_grad():
        for name, weight in network.named_parameters():
            if "_embeddings" not in name:
                weight.add_(0.1 * torch.randn_like(weight))
        for head in (network.text_head, network.aspect_head):
            head.weight.add_(0.4 * torch.randn_like(head.weight))
        network.aspect_head.bias[3].add_(3.6)  # so that some aspects are absent
    return network
