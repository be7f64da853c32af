"""Two LoRA adapters as one: what they add to a model, summed exactly by putting their ranks side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from model.lora import CONFIG, DOWN, PREFIX, UP, WEIGHTS

UNLIKE = ("use_dora", "modules_to_save", "alpha_pattern", "rank_pattern", "fan_in_fan_out", "lora_bias")
NOT_PLAIN = "The adapter in {!r} is no plain LoRA: its {!r} is set. Fine-tune from the bare model instead."
NO_LAYER = "The adapter in {!r} is for another model: here is no layer {!r}, or one of another size."
TOO_LARGE = "The adapter's weights don't fit float16 in {!r}: its largest is {:.3g}. Fine-tune with a lower rate."


@dataclass(frozen=True, slots=True)
class Parts:
    """An adapter's two matrices for each layer, (rank, in) and (out, rank), and what their product is scaled by."""

    pairs: Mapping[str, tuple[Tensor, Tensor]]
    scale: float
    rank: int


def read(folder: Path) -> Parts:
    """Read an adapter that peft saved, in float32; raises ValueError when it is no plain LoRA."""
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    if odd := next((name for name in UNLIKE if config.get(name)), None):
        raise ValueError(NOT_PLAIN.format(str(folder), odd))
    tensors = load_file(folder / WEIGHTS)
    paths = sorted(name.removeprefix(PREFIX).removesuffix(DOWN) for name in tensors if name.endswith(DOWN))
    pairs = {path: (tensors[PREFIX + path + DOWN].float(), tensors[PREFIX + path + UP].float()) for path in paths}
    rank = int(config["r"])
    return Parts(pairs, config["lora_alpha"] / (rank**0.5 if config.get("use_rslora") else rank), rank)


def merge(model: nn.Module, folder: Path) -> None:
    """Add an adapter to a model's own weights, in place, as `W + scale * up @ down`; raises ValueError."""
    parts, layers = read(folder), dict(model.named_modules())
    for path, (down, up) in parts.pairs.items():
        layer = layers.get(path)
        if not isinstance(layer, nn.Linear) or layer.weight.shape != (up.shape[0], down.shape[1]):
            raise ValueError(NO_LAYER.format(str(folder), path))
        added = (up @ down * parts.scale).to(layer.weight.device)
        layer.weight.data = (layer.weight.data.float() + added).to(layer.weight.dtype)


def stack(start: Path | None, fitted: Path, out: Path, *, base: str) -> None:
    """Write the sum of two adapters as one for the bare base, in float16; without a start, the fitted one alone.

    The downs lie below each other, the ups side by side: `[u v] @ [a; b] = u @ a + v @ b`. Both parts have all their
    rank in every layer, zeros where an adapter has nothing, for engines take one rank an adapter. Scales that differ
    go into the first one's ups. Raises ValueError.
    """
    parts = [read(folder) for folder in (start, fitted) if folder is not None]
    last = parts[-1]
    rank = sum(one.rank for one in parts)
    paths = sorted({path for one in parts for path in one.pairs})
    tensors: dict[str, Tensor] = {}
    for path in paths:
        sides = [_side(one, path, parts, last.scale) for one in parts]
        tensors[PREFIX + path + DOWN] = _half(torch.cat([down for down, _ in sides]), path)
        tensors[PREFIX + path + UP] = _half(torch.cat([up for _, up in sides], dim=1), path)
    out.mkdir(parents=True)
    save_file(tensors, out / WEIGHTS, {"format": "pt"})
    (out / WEIGHTS).chmod(0o644)  # a server that runs as somebody else reads it too
    modules = sorted({path.rpartition(".")[2] for path in paths})
    (out / CONFIG).write_text(json.dumps(_config(rank, last.scale, modules, base), indent=1, sort_keys=True), "utf-8")


def _side(one: Parts, path: str, parts: list[Parts], scale: float) -> tuple[Tensor, Tensor]:
    """One adapter's share of a layer, zeros where it has none."""
    if path in one.pairs:
        down, up = one.pairs[path]
        return down, up * (one.scale / scale)
    down, up = next(other.pairs[path] for other in parts if path in other.pairs)
    return down.new_zeros(one.rank, down.shape[1]), up.new_zeros(up.shape[0], one.rank)


def _half(tensor: Tensor, path: str) -> Tensor:
    half = tensor.to(torch.float16).contiguous()
    if not torch.isfinite(half).all():
        raise ValueError(TOO_LARGE.format(path, float(tensor.abs().max())))
    return half


def _config(rank: int, scale: float, modules: list[str], base: str) -> dict[str, Any]:
    """What peft, vLLM and the engine read of an adapter."""
    alpha = scale * rank
    return {
        "base_model_name_or_path": base,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
        "init_lora_weights": True,
        "lora_alpha": int(alpha) if alpha.is_integer() else alpha,
        "lora_dropout": 0.0,
        "modules_to_save": None,
        "peft_type": "LORA",
        "r": rank,
        "target_modules": modules,
        "task_type": "CAUSAL_LM",
        "use_dora": False,
        "use_rslora": False,
    }
