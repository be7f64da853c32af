"""Choosing the next token of many sequences at once, each by its own settings."""

from collections.abc import Sequence

import torch
from torch import Tensor

from model.generation import Sampling

CANDIDATES = 256  # a nucleus is nearly always smaller; where it is not, the whole vocabulary is sorted


def choose(
    logits: Tensor, samplings: Sequence[Sampling], draws: Sequence[float], seen: Sequence[Sequence[int]]
) -> list[int]:
    """The next token per row of `logits`; `draws` are numbers in [0, 1), `seen` the tokens a penalty is for.

    One number decides one token by its place in the cumulated probabilities, so a rounding error elsewhere in the
    batch changes a token only when the number falls on the very border between two.
    """
    logits = _penalise(logits.float(), samplings, seen)
    rows = [row for row, sampling in enumerate(samplings) if sampling.temperature > 0]
    if len(rows) == len(samplings):  # no row is copied, and none is searched for its largest
        return list(_sample(logits, samplings, draws).tolist())
    chosen = logits.argmax(dim=-1)
    if rows:
        chosen[rows] = _sample(logits[rows], [samplings[row] for row in rows], [draws[row] for row in rows])
    return list(chosen.tolist())


def _penalise(logits: Tensor, samplings: Sequence[Sampling], seen: Sequence[Sequence[int]]) -> Tensor:
    rows = [row for row, sampling in enumerate(samplings) if sampling.repetition_penalty != 1.0]
    if rows:
        logits = logits.clone()
    for row in rows:
        tokens = torch.tensor(sorted(set(seen[row])), dtype=torch.long, device=logits.device)
        values, penalty = logits[row, tokens], samplings[row].repetition_penalty
        logits[row, tokens] = torch.where(values > 0, values / penalty, values * penalty)
    return logits


def _sample(logits: Tensor, samplings: Sequence[Sampling], draws: Sequence[float]) -> Tensor:
    def column(values: Sequence[float]) -> Tensor:
        return torch.tensor(values, dtype=torch.float32, device=logits.device)[:, None]

    scaled = logits / column([sampling.temperature for sampling in samplings])
    vocabulary = logits.shape[-1]
    top_k = column([sampling.top_k if 0 < sampling.top_k < vocabulary else vocabulary for sampling in samplings])
    top_p = column([sampling.top_p for sampling in samplings])
    draw = column(draws)
    tokens, complete = _nucleus(scaled, top_k, top_p, draw, min(CANDIDATES, vocabulary))
    if not bool(complete.all()):
        wide = ~complete
        tokens[wide], _ = _nucleus(scaled[wide], top_k[wide], top_p[wide], draw[wide], vocabulary)
    return tokens


def _nucleus(scaled: Tensor, top_k: Tensor, top_p: Tensor, draw: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Tokens drawn from the likeliest `count`, and for which rows these hold all that may be drawn."""
    values, order = scaled.topk(count, dim=-1)
    rank = torch.arange(count, device=scaled.device)[None]
    values = values.masked_fill(rank >= top_k, float("-inf"))
    bounded = top_k <= count
    total = torch.where(bounded, values.logsumexp(-1, keepdim=True), scaled.logsumexp(-1, keepdim=True))
    probabilities = (values - total).exp()
    reached = probabilities.cumsum(-1)
    complete = (bounded | (reached[:, -1:] >= top_p) | (count == scaled.shape[-1]))[:, 0]
    kept = probabilities.masked_fill(reached - probabilities >= top_p, 0.0)
    kept[:, 0] = probabilities[:, 0]  # the likeliest token always stays, as with top_p 0
    ladder = kept.cumsum(-1)
    place = (ladder <= draw * ladder[:, -1:]).sum(-1, keepdim=True)
    last = (kept > 0).sum(-1, keepdim=True) - 1
    return order.gather(-1, torch.minimum(place, last))[:, 0], complete
