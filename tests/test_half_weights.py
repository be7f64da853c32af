"""Weights in two bytes a number: near the exact product, the same in any company, and read back as they are held."""

import pytest
import torch

from model.half_weights import BFloat16, Float16, HalfWeights, can_multiply_bfloat16, half
from model.packing import can_pack

pytestmark = pytest.mark.skipif(not can_pack(torch.device("cpu")), reason="this CPU has no FBGEMM")

KINDS = [
    pytest.param(Float16, 2**-10, id="float16"),
    pytest.param(
        BFloat16,
        2**-7,
        id="bfloat16",
        marks=pytest.mark.skipif(not can_multiply_bfloat16(), reason="this CPU doesn't multiply bfloat16"),
    ),
]
OUT, IN = 96, 64


def made(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize(("kind", "precision"), KINDS)
@pytest.mark.parametrize("bias", [None, made(3, OUT)])
def test_the_product_is_near_the_exact_one(
    kind: type[Float16 | BFloat16], precision: float, bias: torch.Tensor | None
) -> None:
    weight, rows = made(1, OUT, IN), made(2, 5, 7, IN)

    product = kind(weight, bias).times(rows)

    exact = torch.nn.functional.linear(rows, weight, bias)
    assert product.dtype == torch.float32
    assert product.shape == (5, 7, OUT)
    # Each of the numbers that are summed may be off by its rounding.
    bound = precision * (rows.abs() @ weight.abs().T)
    assert ((product - exact).abs() <= bound).all()
    assert (product - exact).abs().max() > 0


@pytest.mark.parametrize(("kind", "precision"), KINDS)
def test_a_row_is_the_same_whatever_rows_are_beside_it(kind: type[Float16 | BFloat16], precision: float) -> None:
    packed, rows = kind(made(1, OUT, IN), None), made(2, 256, IN)
    whole = packed.times(rows)

    for count in (1, 2, 3, 4, 6, 8, 12, 16, 32, 100, 255):
        assert torch.equal(packed.times(rows[:count]), whole[:count]), f"differs among {count} (within {precision})"


@pytest.mark.parametrize(("kind", "precision"), KINDS)
def test_what_is_read_back_packs_to_the_same(kind: type[Float16 | BFloat16], precision: float) -> None:
    weight, bias, rows = made(1, OUT, IN), made(3, OUT), made(2, 4, IN)
    packed = kind(weight, bias)

    read, added = packed.unpacked()

    assert added is not None
    assert torch.equal(added, bias)
    assert (read - weight).abs().max() <= precision * weight.abs().max()
    assert torch.equal(kind(read, added).times(rows), packed.times(rows))


@pytest.mark.parametrize(
    ("path", "repeated"),
    [("model.layers.29.mlp.up_proj", True), ("lm_head", False), ("classifier.dense", False), ("pooler.dense", False)],
)
def test_what_gives_logits_is_never_rounded_to_bfloat16(path: str, repeated: bool) -> None:
    packed: HalfWeights = half(path, made(1, OUT, IN), None)

    assert isinstance(packed, BFloat16) == (repeated and can_multiply_bfloat16())
