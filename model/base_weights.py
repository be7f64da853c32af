"""The weights in a model's folder, read one matrix at a time: what an adapter is merged into, unrounded by the last."""

from functools import cached_property
from pathlib import Path

from safetensors import SafetensorError, safe_open
from torch import Tensor

EMBEDDING, HEAD = "model.embed_tokens", "lm_head"


class BaseWeights:
    """Looks weights up by the path of their layer.

    Adding one adapter's difference to another's merged weights would lose most of a small one where those are kept in
    bfloat16: it is less than the step between two of its numbers.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def matrix(self, path: str, shape: tuple[int, int]) -> Tensor | None:
        """A layer's weight (out, in) in float32; None where the folder has none of this name and shape."""
        name = f"{path}.weight"
        if path == HEAD and name not in self._files:
            name = f"{EMBEDDING}.weight"  # a head that shares it
        file = self._files.get(name)
        if file is None:
            return None
        with safe_open(file, framework="pt") as tensors:
            found: Tensor = tensors.get_tensor(name)
        return found.float() if tuple(found.shape) == shape else None

    @cached_property
    def _files(self) -> dict[str, Path]:
        """Which file holds which tensor; one that can't be read holds none."""
        found: dict[str, Path] = {}
        for file in sorted(self._folder.glob("*.safetensors")):
            try:
                with safe_open(file, framework="pt") as tensors:
                    found |= dict.fromkeys(tensors.keys(), file)
            except (OSError, SafetensorError):
                continue
        return found
