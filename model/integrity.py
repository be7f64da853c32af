"""Whether an adapter's files can be used at all, and how far it moves the weights: what the first gate looks at."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from model.fingerprint import BadWeights, fingerprint, header
from model.lora import DOWN, UP
from model.manifest import CONFIG, MANIFEST, UNFINISHED, WEIGHTS, AdapterError, verify
from model.measured import Integrity

Factors = tuple[Tensor, Tensor]
"""Down to the rank and up again, in double precision, the scale in the second: what a LoRA adds is up @ down."""
ELSEWHERE = "The adapter doesn't fit the model: its layers have other sizes than those it was fitted on."


def integrity(candidate: Path, *, base: Path, start: Path | None) -> Integrity:
    """Look at a candidate's folder; `start` is the adapter that its fit went on from, `base` the model under both.

    A published folder is verified by its manifest, one that isn't yet by its files alone.
    """
    if fault := _fault(candidate, base):
        return Integrity(fault, 0, 0, 0.0, 0.0)
    tensors = load_file(candidate / WEIGHTS)
    bad = sum(int((~torch.isfinite(one)).sum()) for one in tensors.values())
    mine = _factors(tensors, candidate)
    theirs = _factors(load_file(start / WEIGHTS), start) if start else {}
    if any(_sizes(factors) != _sizes(theirs[path]) for path, factors in mine.items() if path in theirs):
        return Integrity(ELSEWHERE, len(tensors), bad, 0.0, 0.0)
    added = (_difference(mine.get(path), theirs.get(path)) for path in {**mine, **theirs})
    return Integrity("", len(tensors), bad, _norm(added), _norm(mine.values()))


def _sizes(factors: Factors) -> tuple[int, int]:
    """How wide the layer is that they belong to, going in and coming out."""
    return factors[0].shape[1], factors[1].shape[0]


def _fault(candidate: Path, base: Path) -> str:
    try:
        if (candidate / MANIFEST).exists():
            verify(candidate, fingerprint(base))
        for name in (CONFIG, WEIGHTS):
            if not (candidate / name).is_file():
                raise AdapterError(UNFINISHED.format(candidate.name, name))
        header(candidate / WEIGHTS)
    except (AdapterError, BadWeights) as error:
        return str(error)
    return ""


def _factors(tensors: Mapping[str, Tensor], folder: Path) -> dict[str, Factors]:
    """The factors of every layer, by its path."""
    config: dict[str, Any] = json.loads((folder / CONFIG).read_text("utf-8"))
    found = {}
    for key in tensors:
        if key.endswith(DOWN) and (up := tensors.get(key.removesuffix(DOWN) + UP)) is not None:
            down = tensors[key].double()
            scale = config["lora_alpha"] / (math.sqrt(len(down)) if config.get("use_rslora") else len(down))
            found[key.removesuffix(DOWN)] = (down, up.double() * scale)
    return found


def _difference(mine: Factors | None, theirs: Factors | None) -> Factors:
    """One LoRA less another, as a LoRA: their ranks side by side."""
    downs = [one[0] for one in (mine, theirs) if one is not None]
    ups = [one[1] * sign for one, sign in ((mine, 1.0), (theirs, -1.0)) if one is not None]
    return torch.cat(downs), torch.cat(ups, dim=1)


def _norm(layers: Iterable[Factors]) -> float:
    """The Frobenius norm of what all layers add, without multiplying it out: |up down|^2 = <up' up, down down'>."""
    squares = [float(((up.T @ up) * (down @ down.T)).sum()) for down, up in layers]
    # What cancels out may come to a little less than nothing.
    return math.sqrt(max(0.0, math.fsum(squares)))
