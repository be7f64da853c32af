"""Layers of one input in one product: each takes what it would have had alone, whatever it is asked between."""

import weakref

import pytest
import torch
from torch import Tensor

from model.half_weights import half
from model.packing import HalfLinear, can_pack, pack, replace
from model.wide_weights import Columns, families, pack_together
from tests import tiny

pytestmark = pytest.mark.skipif(not can_pack(torch.device("cpu")), reason="this CPU has no FBGEMM")

SIZES, WIDTH = (96, 32, 32), 64
PATHS = ["model.layers.0.self_attn.q_proj", "classifier.q_proj"]
"""The first is held in bfloat16 where the CPU multiplies it, the second in float16 everywhere."""


def made(seed: int, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("biased", [False, True])
def test_each_takes_to_the_bit_what_it_would_have_had_alone(path: str, biased: bool) -> None:
    matrices = [(made(at, size, WIDTH), made(9 + at, size) if biased else None) for at, size in enumerate(SIZES)]
    together = pack_together(path, matrices)

    for rows in (1, 6, 40):
        source = made(20, rows, 1, WIDTH)
        for (weight, bias), one in zip(matrices, together, strict=True):
            alone = half(path, weight, bias)
            assert isinstance(one, Columns)
            assert torch.equal(one.times(source), alone.times(source))
            held, added = one.unpacked()
            assert torch.equal(held, alone.unpacked()[0])
            assert (added is None) == (bias is None)


def test_whoever_is_asked_with_another_input_gets_the_product_of_that() -> None:
    query, key, value = pack_together(PATHS[0], [(made(at, size, WIDTH), None) for at, size in enumerate(SIZES)])
    one, other = made(20, 4, WIDTH), made(21, 4, WIDTH)

    asked = [(query, one), (key, other), (value, one), (query, one), (query, one), (key, one), (value, other)]
    found = [layer.times(source) for layer, source in asked]

    alone = {id(layer): half(PATHS[0], layer.unpacked()[0], None) for layer in (query, key, value)}
    assert all(
        torch.equal(product, alone[id(layer)].times(source))
        for product, (layer, source) in zip(found, asked, strict=True)
    )


def test_an_input_is_let_go_once_all_have_taken_theirs() -> None:
    """A long prompt's would lie there until the next step."""
    layers = pack_together(PATHS[0], [(made(at, size, WIDTH), None) for at, size in enumerate(SIZES)])
    source = made(20, 4, WIDTH)
    kept = weakref.ref(source)

    for layer in layers:
        layer.times(source)
    del source

    assert kept() is None


@pytest.mark.parametrize(
    "matrices",
    [
        pytest.param([(made(0, 32, 64), None), (made(1, 32, 48), None)], id="of other widths"),
        pytest.param([(made(0, 32, 64), made(2, 32)), (made(1, 32, 64), None)], id="with a bias here and none there"),
        pytest.param([(made(0, 32, 64), None)], id="one alone"),
    ],
)
def test_what_cannot_be_one_product_is_packed_apart(matrices: list[tuple[Tensor, Tensor | None]]) -> None:
    assert not any(isinstance(one, Columns) for one in pack_together(PATHS[0], matrices))


def test_layers_are_grouped_by_what_they_read() -> None:
    paths = ["a.down_proj", "a.k_proj", "a.q_proj", "a.v_proj", "b.q_proj", "b.k_proj", "up_proj", "gate_proj", "head"]

    assert families(paths) == [
        ("a.down_proj",),
        ("a.q_proj", "a.k_proj", "a.v_proj"),
        ("b.q_proj",),  # its family isn't whole
        ("b.k_proj",),
        ("gate_proj", "up_proj"),
        ("head",),
    ]


def test_one_of_a_family_can_be_replaced_and_the_others_stay() -> None:
    model = tiny.llama()
    pack(model)
    layers = {path: layer for path, layer in model.named_modules() if isinstance(layer, HalfLinear)}
    before = {path: layer.packed.unpacked()[0] for path, layer in layers.items()}
    path, weight = "model.layers.0.self_attn.k_proj", made(5, 16, 32)

    replace(layers, {path: lambda: weight})

    after = {path: layer.packed.unpacked()[0] for path, layer in layers.items()}
    assert torch.allclose(after.pop(path), weight, rtol=2**-7)
    assert all(torch.equal(found, before[path]) for path, found in after.items())
    assert isinstance(layers[path].packed, Columns)
