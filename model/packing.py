"""Linear layers packed in two bytes a weight for CPUs; it can begin before the model that they belong to is built."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from model.base_weights import EMBEDDING, HEAD
from model.half_weights import HalfWeights
from model.wide_weights import Matrix, families, pack_together

PACKERS = 2  # each layer is packed by one thread; a third had no work left on the machines that were measured
SMALL = 2**30  # bytes of weights that may be in memory twice for a while
WEIGHT, BIAS = ".weight", ".bias"

Changes = Mapping[str, Callable[[], Tensor]]
"""Makes what an adapter adds to the weights of a layer, by the layer's path."""


class HalfLinear(nn.Linear):
    """A linear layer that keeps its weights packed in two bytes each, and takes and gives float32.

    Plain bfloat16 is no way on most CPUs: without AVX-512 torch falls back to loops that cost as much again for every
    further row. The packed weights can't be trained or saved; `weight` stays as an empty place, because peft looks at
    it.
    """

    packed: HalfWeights

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 (torch's own name)
        """Multiply by the packed weights."""
        return self.packed.times(input)


def can_pack(place: torch.device) -> bool:
    """Whether this is a CPU that has FBGEMM, which is so on x86 from AVX2 on."""
    return place.type == "cpu" and "fbgemm" in torch.backends.quantized.supported_engines


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed weights of a layer and their shape before, (out, in)."""

    shape: tuple[int, ...]
    weights: HalfWeights


class Ahead:
    """Packs the weights in a folder by path, changed by an adapter, while transformers is still being imported.

    Packing is arithmetic that leaves the interpreter to others, and importing is not: on two cores both take the time
    of one. Weights that are large, or that can't be read as they lie there, are left to `pack`.
    """

    def __init__(self, folder: Path, changes: Changes) -> None:
        files = list(folder.glob("*.safetensors"))
        self._changes = changes
        self._packed: Future[Mapping[str, Packed]] | None = None
        if len(files) == 1 and files[0].stat().st_size <= SMALL:
            pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pack")
            self._packed = pool.submit(self._all, files[0])
            pool.shutdown(wait=False)

    @property
    def begun(self) -> bool:
        """Whether there is anything to pack ahead."""
        return self._packed is not None

    def fitting(self, model: nn.Module) -> Mapping[str, HalfWeights]:
        """The packed weights by the path of the model's layer that they fit; waits for them."""
        found = self._packed.result() if self._packed else {}
        layers = dict(model.named_modules())
        return {
            path: one.weights
            for path, one in found.items()
            if type(layer := layers.get(path)) is nn.Linear and one.shape == tuple(layer.weight.shape)
        }

    def _all(self, file: Path) -> Mapping[str, Packed]:
        try:
            with safe_open(file, framework="pt") as tensors:
                return dict(self._one_by_one(tensors))
        except (OSError, SafetensorError):
            return {}  # whoever loads the model says what is wrong with it

    def _one_by_one(self, tensors: Any) -> Iterator[tuple[str, Packed]]:
        """Yield each matrix; what embeds tokens is packed only where it is the head as well, which then has no own."""
        names = set(tensors.keys())
        paths = sorted(name.removesuffix(WEIGHT) for name in names if name.endswith(WEIGHT))
        places = {HEAD if path == EMBEDDING else path: path for path in paths if path != EMBEDDING or HEAD not in paths}
        shapes = {path: tensors.get_slice(place + WEIGHT).get_shape() for path, place in places.items()}
        for family in families([path for path, shape in shapes.items() if len(shape) == 2]):
            matrices = [self._matrix(tensors, places[path], path) for path in family]
            packed = pack_together(family[0], matrices)
            yield from ((path, Packed(tuple(shapes[path]), one)) for path, one in zip(family, packed, strict=True))

    def _matrix(self, tensors: Any, place: str, path: str) -> Matrix:
        """A layer's weights, from where they lie in the file, with the change to it, and its bias."""
        weight, change = tensors.get_tensor(place + WEIGHT).float(), self._changes.get(path)
        bias = tensors.get_tensor(place + BIAS).float() if place + BIAS in tensors.keys() else None  # noqa: SIM118
        return weight + change() if change else weight, bias


def pack(model: nn.Module, ahead: Mapping[str, HalfWeights] = MappingProxyType({})) -> None:
    """Turn every linear layer into a HalfLinear, in place, and the rest to float32; `ahead` are packed already."""
    layers = {path: layer for path, layer in model.named_modules() if type(layer) is nn.Linear}
    with torch.no_grad():
        packed = {**ahead, **_packed({path: layer for path, layer in layers.items() if path not in ahead})}
        for path, layer in layers.items():
            layer.weight = nn.Parameter(torch.empty(0), requires_grad=False)
            layer.__class__ = HalfLinear
            cast(HalfLinear, layer).packed = packed[path]
    model.float()


def weight_of(layer: nn.Linear) -> Tensor:
    """A layer's weight (out, in) in float32, packed or not."""
    return layer.packed.unpacked()[0] if isinstance(layer, HalfLinear) else layer.weight.data.float()


def replace(layers: Mapping[str, nn.Linear], weights: Mapping[str, Callable[[], Tensor]]) -> None:
    """Give the layers at these paths other weights (out, in), in place, packed or not."""
    for path, weight in weights.items():
        if not isinstance(layers[path], HalfLinear):
            layers[path].weight.data = weight().to(layers[path].weight)
    packed = {path: layer for path, layer in layers.items() if isinstance(layer, HalfLinear)}
    for family in families(packed):
        if not weights.keys().isdisjoint(family):
            made = [
                (weights[path]() if path in weights else weight_of(packed[path]), packed[path].packed.bias)
                for path in family
            ]
            for path, one in zip(family, pack_together(family[0], made), strict=True):
                packed[path].packed = one


def _packed(layers: Mapping[str, nn.Linear]) -> dict[str, HalfWeights]:
    """Pack layers by their paths, several at a time."""
    with ThreadPoolExecutor(max_workers=PACKERS) as pool:
        whole = families(layers)
        packed = pool.map(lambda family: pack_together(family[0], [_matrix(layers[path]) for path in family]), whole)
        return {
            path: one
            for family, many in zip(whole, packed, strict=True)
            for path, one in zip(family, many, strict=True)
        }


def _matrix(layer: nn.Linear) -> Matrix:
    return layer.weight.data.float(), None if layer.bias is None else layer.bias.data.float()
