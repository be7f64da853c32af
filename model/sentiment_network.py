"""The network that reads sentiment: the small encoder, a change of low rank merged into it, and two heads."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from model.download import ModelError

WEIGHTS, FACTS = "sentiment.safetensors", "sentiment.json"
TEXT_LABELS, ASPECT_LABELS = 3, 4  # negative, neutral, positive; and, of an aspect, absent
DOWN, UP, CHANGE = ".down", ".up", ".change"

BROKEN = "The sentiment weights in {!r} can't be read; take them from the package again, or train them again."
FOREIGN = "The sentiment weights in {!r} don't fit the encoder: see {!r}; use the encoder named in its 'README.md'."


class SentimentNetwork(nn.Module):
    """Two questions to one encoder: how a text feels, and how it feels about an aspect.

    The whole text is seen as its first token beside the mean of its tokens; an aspect as the first token beside the
    mean of the aspect's own tokens, which are those of type 1.
    """

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        width = 2 * int(encoder.config.hidden_size)
        self.encoder = encoder
        self.text_head = nn.Linear(width, TEXT_LABELS)
        self.aspect_head = nn.Linear(width, ASPECT_LABELS)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the text (n, 3) and of the aspect (n, 4), for tokens, mask and types of (n, length)."""
        seen = self.pooled(input_ids, attention_mask, token_type_ids)
        return self.text_head(seen), self.aspect_head(seen)

    def pooled(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """What the heads see, (n, twice the hidden size)."""
        hidden: Tensor = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        asked = token_type_ids * attention_mask
        counted = torch.where(asked.any(1, keepdim=True), asked, attention_mask)[:, :, None].to(hidden.dtype)
        means = (hidden * counted).sum(1) / counted.sum(1).clamp(min=1)
        return torch.cat((hidden[:, 0], means), dim=1)


def network(folder: Path) -> SentimentNetwork:
    """The encoder of a folder with heads that know nothing yet; raises ModelError when it can't be loaded."""
    from transformers import AutoModel

    from model.embedding import BROKEN as NO_ENCODER
    from model.weights import without_bars

    try:
        with without_bars():
            encoder: Any = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(NO_ENCODER.format(str(folder))) from error
    encoder.pooler = None  # loaded without it, transformers would tell people about weights that it didn't expect
    return SentimentNetwork(encoder.float()).eval()


def load(encoder: Path, weights: Path) -> SentimentNetwork:
    """The network of an encoder's folder and a folder of weights, merged; raises ModelError when one can't be read."""
    made = network(encoder)
    try:
        tensors = load_file(weights / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise ModelError(BROKEN.format(str(weights))) from error
    try:
        merge(made, tensors)
    except (KeyError, RuntimeError) as error:
        raise ModelError(FOREIGN.format(str(weights), str(error))) from error
    return made.eval().requires_grad_(False)


def facts(weights: Path) -> dict[str, Any]:
    """What was written beside the weights: temperatures, threshold, lengths, scores; raises ModelError."""
    try:
        found = json.loads((weights / FACTS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(BROKEN.format(str(weights))) from error
    if not isinstance(found, dict) or not {"temperatures", "threshold", "max_length"} <= found.keys():
        raise ModelError(BROKEN.format(str(weights)))
    return found


@torch.no_grad()
def merge(into: SentimentNetwork, tensors: Mapping[str, Tensor]) -> None:
    """Add changes to the weights in place: `up @ down` for a matrix, a plain `change` for the rest, heads whole."""
    weights = dict(into.named_parameters())
    for key, tensor in tensors.items():
        name = key.removesuffix(DOWN).removesuffix(CHANGE)
        if key.endswith(DOWN):
            weights[name].add_(tensors[name + UP].float() @ tensor.float())
        elif key.endswith(CHANGE):
            weights[name].add_(tensor.float())
        elif not key.endswith(UP):
            weights[name].copy_(tensor)


def save(folder: Path, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
    """Write weights in float16 and the facts beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: one.detach().to(torch.float16).contiguous() for name, one in tensors.items()}, folder / WEIGHTS)
    save_facts(folder, about)


def save_facts(folder: Path, about: Mapping[str, Any]) -> None:
    """Write the facts beside weights that are there."""
    (folder / FACTS).write_text(json.dumps(about, indent=2, sort_keys=True) + "\n", "utf-8")


@torch.no_grad()
def compress(trained: SentimentNetwork, base: SentimentNetwork, ranks: Mapping[str, int]) -> dict[str, Tensor]:
    """What training changed, small: the best matrices of a rank for what `ranks` names a part of, the rest whole.

    A matrix that `ranks` doesn't name is left out: it must not have been trained.
    """
    before, found = dict(base.named_parameters()), dict[str, Tensor]()
    for name, weight in trained.named_parameters():
        if name.startswith(("text_head.", "aspect_head.")):
            found[name] = weight.clone()
            continue
        change = weight - before[name]
        rank = next((rank for part, rank in ranks.items() if part in name), 0)
        if weight.ndim == 1 or "token_type" in name:
            found[name + CHANGE] = change
        elif rank:
            found |= {name + end: one for end, one in zip((DOWN, UP), low_rank(change, rank), strict=True)}
    return found


def low_rank(change: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """The two factors (rank, in) and (out, rank) whose product is nearest to a matrix (out, in), shared evenly."""
    left, sizes, right = torch.linalg.svd(change, full_matrices=False)
    roots = sizes[:rank].sqrt()
    return roots[:, None] * right[:rank], left[:, :rank] * roots
