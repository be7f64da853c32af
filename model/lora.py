"""LoRA adapters on a model: one of them merged into its weights, the others beside, and each row may use its own."""

import itertools
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from model.base_weights import BaseWeights
from model.generation import EngineError
from model.packing import Changes, replace, weight_of
from model.weights import name_of

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
PREFIX = "base_model.model."
DOWN, UP = ".lora_A.weight", ".lora_B.weight"

_serials = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Pair:
    """What an adapter adds to one layer: down to its rank, up again, times a scale."""

    down: Tensor
    up: Tensor
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """An adapter as it lies in its folder: the base that it was made for, and what it adds by the layers' paths."""

    folder: Path
    base: str
    pairs: Mapping[str, Pair]


@dataclass(frozen=True, slots=True, eq=False)
class Adapter:
    """One loaded fine-tune; it lives as long as a request holds it, whatever its name stands for by then."""

    pairs: Mapping[str, Pair]
    serial: int = field(default_factory=lambda: next(_serials))


NONE = Adapter({})


class Adapted:
    """A model whose linear layers add, per row of the batch, what the row's adapter says.

    What is written on the `merged` adapter costs as much as on the bare model: the two small products that any other
    adapter adds to each layer double the time of a step on a CPU. A row on another adapter, or on none, adds the
    difference to the merged one.
    """

    def __init__(
        self, model: nn.Module, name: str, base: BaseWeights | None = None, dtype: torch.dtype | None = None
    ) -> None:
        """`base` is where the model's own weights lie; without it each merge adds to what the last one rounded.

        `dtype` is what the model computes in, where its weights are about to be packed.
        """
        self._name, self._base = name, base
        self._layers = {path: layer for path, layer in model.named_modules() if isinstance(layer, nn.Linear)}
        self._merged = NONE
        self._chosen: list[tuple[Mapping[str, Pair], Tensor | None]] = []
        self._differences: dict[int, Mapping[str, Pair]] = {}
        self._device: torch.device = next(model.parameters()).device
        self._dtype: torch.dtype = dtype or next(model.parameters()).dtype
        for path, layer in self._layers.items():
            layer.register_forward_hook(self._addition(path))

    def choose(self, adapters: Sequence[Adapter | None]) -> None:
        """Set the adapter per row for the forwards that follow."""
        self._chosen = []
        wanted = [adapter or NONE for adapter in adapters]
        for adapter in {one.serial: one for one in wanted if one is not self._merged}.values():
            rows = [row for row, other in enumerate(wanted) if other is adapter]
            everywhere = len(rows) == len(wanted)
            place = None if everywhere else torch.tensor(rows, device=self._device)
            self._chosen.append((self._difference(adapter), place))

    def adds(self) -> bool:
        """Whether some row of the forwards that follow adds something to the weights as they are."""
        return bool(self._chosen)

    def merge(self, adapter: Adapter | None, *, but: Collection[str] = ()) -> None:
        """Make this one the adapter that costs nothing; whoever writes on another goes on as before, up to rounding.

        `but` are the paths of layers whose weights are about to be replaced by some that hold it.
        """
        wanted = adapter or NONE
        changing = {*wanted.pairs, *self._merged.pairs}.difference(but) if wanted is not self._merged else set()
        replace(self._layers, {path: partial(self._with, path, wanted) for path in changing})
        self._merged = wanted
        self._differences.clear()

    def _with(self, path: str, wanted: Adapter) -> Tensor:
        """The weight of a layer, of which this adapter or the merged one changes something, with the adapter in it."""
        layer, change = self._layers[path], wanted.pairs.get(path)
        whole = self._base.matrix(path, (layer.out_features, layer.in_features)) if self._base else None
        if whole is None:
            whole, change = weight_of(layer), _less(change, self._merged.pairs.get(path))
        whole = whole.to(self._device)
        return whole + _change(change) if change else whole

    def forget(self, adapter: Adapter) -> None:
        """Keep nothing that was made for an adapter; a row that is still on it makes it again."""
        self._differences.pop(adapter.serial, None)

    def _difference(self, adapter: Adapter) -> Mapping[str, Pair]:
        """What an adapter adds to the weights as they are now."""
        if not self._merged.pairs:
            return adapter.pairs
        if adapter.serial not in self._differences:
            paths = adapter.pairs.keys() | self._merged.pairs.keys()
            found = {path: _less(adapter.pairs.get(path), self._merged.pairs.get(path)) for path in paths}
            self._differences[adapter.serial] = {path: pair for path, pair in found.items() if pair}
        return self._differences[adapter.serial]

    def load(self, folder: Path) -> Adapter:
        """Read an adapter that peft saved; raises EngineError when it is no plain LoRA or doesn't fit the model."""
        return self.fitted(read(folder))

    def fitted(self, saved: Saved) -> Adapter:
        """An adapter that was read, for this model; raises EngineError when it doesn't fit."""
        where, base = str(saved.folder), saved.base
        if base and base != self._name and name_of(base) != self._name:
            raise EngineError(f"The adapter in {where!r} is for {base!r}, but the model here is {self._name!r}.")
        if misfit := next((path for path, one in saved.pairs.items() if not self._fits(path, one.down, one.up)), None):
            raise EngineError(f"The adapter in {where!r} doesn't fit {self._name!r}: see its {misfit!r}.")
        return Adapter({path: self._placed(pair) for path, pair in saved.pairs.items()})

    def _fits(self, path: str, down: Tensor, up: Tensor) -> bool:
        layer = self._layers.get(path)
        if layer is None or down.ndim != 2 or up.ndim != 2:
            return False
        ends = (down.shape[1], up.shape[0], up.shape[1])
        return ends == (layer.in_features, layer.out_features, down.shape[0])

    def _placed(self, pair: Pair) -> Pair:
        down, up = (tensor.to(device=self._device, dtype=self._dtype) for tensor in (pair.down, pair.up))
        return Pair(down, up, pair.scale)

    def _addition(self, path: str) -> Callable[[nn.Module, tuple[Any, ...], Tensor], Tensor | None]:
        def add(_: nn.Module, inputs: tuple[Any, ...], output: Tensor) -> Tensor | None:
            for pairs, rows in self._chosen:
                if (pair := pairs.get(path)) is None:
                    continue
                source = inputs[0] if rows is None else inputs[0][rows]
                extra = nn.functional.linear(nn.functional.linear(source, pair.down), pair.up) * pair.scale
                output = output + extra if rows is None else output.index_add(0, rows, extra)
            return output

        return add


def read(folder: Path) -> Saved:
    """Read an adapter that peft saved; raises EngineError when it can't be read or is no plain LoRA."""
    config = _config(folder)
    _refuse_foreign(config, folder)
    try:
        tensors = load_file(folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise EngineError(f"The adapter in {str(folder)!r} has no readable {WEIGHTS!r}.") from error
    found: dict[str, Pair] = {}
    for key in tensors:
        path = key.removeprefix(PREFIX).removesuffix(DOWN).removesuffix(UP)
        down, up = tensors.get(PREFIX + path + DOWN), tensors.get(PREFIX + path + UP)
        if down is None or up is None:
            raise EngineError(f"The adapter in {str(folder)!r} is no plain LoRA: see its {key!r}.")
        rank = down.shape[0]
        found[path] = Pair(down, up, config["lora_alpha"] / (rank**0.5 if config.get("use_rslora") else rank))
    return Saved(folder, str(config.get("base_model_name_or_path") or ""), found)


def changes(saved: Saved) -> Changes:
    """What is to be added to the weights, one layer's at a time: together they would be as large as the model."""
    return {path: partial(_change, pair) for path, pair in saved.pairs.items()}


def _change(pair: Pair) -> Tensor:
    return pair.up.float() @ pair.down.float() * pair.scale


def _less(one: Pair | None, other: Pair | None) -> Pair | None:
    """One product less another, as a single product of their ranks together."""
    if other is None:
        return one
    taken = Pair(other.down, other.up, -other.scale)
    if one is None:
        return taken
    return Pair(torch.cat((one.down, taken.down)), torch.cat((one.up * one.scale, taken.up * taken.scale), dim=1), 1.0)


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"The adapter in {str(folder)!r} has no readable {CONFIG!r}.") from error
    if not isinstance(config, dict) or not isinstance(config.get("lora_alpha"), int | float):
        raise EngineError(f"The adapter in {str(folder)!r} is no LoRA: its {CONFIG!r} has no 'lora_alpha'.")
    return config


def _refuse_foreign(config: Mapping[str, Any], folder: Path) -> None:
    kind = config.get("peft_type")
    if kind != "LORA":
        raise EngineError(f"The adapter in {str(folder)!r} is of type {kind!r}; only 'LORA' is supported.")
    for feature in ("use_dora", "modules_to_save", "alpha_pattern", "fan_in_fan_out", "lora_bias"):
        if config.get(feature):
            raise EngineError(f"The adapter in {str(folder)!r} uses {feature!r}, which is not supported.")
