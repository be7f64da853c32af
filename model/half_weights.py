"""A linear layer's weights in two bytes a number, laid out as a CPU multiplies them fastest; it answers in float32."""

from typing import Any, Protocol

import torch
from torch import Tensor, nn


class HalfWeights(Protocol):
    """Weights of one layer that can be multiplied by, and read back."""

    @property
    def bias(self) -> Tensor | None:
        """The layer's bias, as it was given."""

    def times(self, input: Tensor) -> Tensor:  # noqa: A002 (torch's own name)
        """The layer's output for float32 input (..., in), as float32 (..., out)."""

    def rounded(self, input: Tensor) -> Tensor:  # noqa: A002
        """The same, in whichever type the product is made, which holds it as exactly as float32."""

    def unpacked(self) -> tuple[Tensor, Tensor | None]:
        """The weight (out, in) in float32, rounded as it is held, and the bias."""


class Float16:
    """FBGEMM's layout, which wants AVX2: float16 weights, everything else float32.

    Reads half the memory of float32, and each row's result doesn't depend on the rows beside it.
    """

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        # What float16 holds as a subnormal number goes: a CPU would multiply at half the speed.
        normal = nn.functional.hardshrink(weight, torch.finfo(torch.float16).smallest_normal)
        self._packed: Any = torch.ops.quantized.linear_prepack_fp16(normal, bias)
        self.bias = bias

    def times(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; input as output in float32."""
        product: Tensor = torch.ops.quantized.linear_dynamic_fp16(input, self._packed)
        return product

    def rounded(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; here the product is float32."""
        return self.times(input)

    def unpacked(self) -> tuple[Tensor, Tensor | None]:
        """The weight and the bias."""
        weight, bias = torch.ops.quantized.linear_unpack_fp16(self._packed)
        return weight, bias


class BFloat16:
    """oneDNN's layout, for CPUs that multiply bfloat16: the input is rounded to it too, the sums are float32.

    Against FBGEMM on two cores with AVX512-BF16: as fast or a half faster at 4 rows, 1.6 to 1.9 times as fast at 16,
    2.1 times at 256; and here too each row's result was the same to the bit whatever rows were beside it. torch's own
    `linear` lays the weights out anew at every call, which eats the gain where rows are few.
    """

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        self._packed: Any = torch.ops.mkldnn._reorder_linear_weight(weight.bfloat16(), None)
        self.bias = bias

    def times(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; input as output in float32, the product between them rounded to bfloat16."""
        return self.rounded(input).float()

    def rounded(self, input: Tensor) -> Tensor:  # noqa: A002
        """Multiply; as bfloat16, which spares a caller who adds it to float32 an operation; with a bias as float32."""
        product: Tensor = torch.ops.mkldnn._linear_pointwise(input.bfloat16(), self._packed, None, "none", [], "")
        return product if self.bias is None else product + self.bias

    def unpacked(self) -> tuple[Tensor, Tensor | None]:
        """The weight and the bias."""
        return self._packed.to_dense().float(), self.bias


def can_multiply_bfloat16() -> bool:
    """Whether this CPU has instructions for it; without them it is many times slower than float32."""
    able = torch.cpu.get_capabilities()
    has_onednn: bool = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]  # torch has no annotation
    return has_onednn and bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def half(path: str, weight: Tensor, bias: Tensor | None) -> HalfWeights:
    """A layer's weights as they serve best here, by its path in the model.

    Only the layers of the repeated blocks, which have a number in their paths, take bfloat16: what they say is added to
    a float32 stream. What gives logits keeps float32 outputs, where bfloat16 would make ties of close calls.
    """
    is_repeated = any(part.isdigit() for part in path.split("."))
    return (BFloat16 if is_repeated and can_multiply_bfloat16() else Float16)(weight, bias)
