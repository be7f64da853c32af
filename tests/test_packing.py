"""Weights that are packed before their model is built are the very ones that it would have got."""

from pathlib import Path
from typing import Any

import pytest
import torch

from model.base_weights import BaseWeights
from model.engine import open_engine
from model.generation import EngineError, Request, Sampling
from model.lora import Adapted, changes, read
from model.packing import Ahead, HalfLinear, can_pack, pack
from model.weights import load
from tests import tiny

pytestmark = pytest.mark.skipif(not can_pack(torch.device("cpu")), reason="this CPU has no FBGEMM")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("weights") / "tiny")


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.adapter(tmp_path_factory.mktemp("adapters") / "v1", seed=1)


def test_every_layer_is_packed_ahead_with_what_the_adapter_adds(folder: Path, adapter: Path) -> None:
    model, _ = load(folder, "cpu")
    ahead = Ahead(folder, changes(read(adapter))).fitting(model)

    adapted = Adapted(model, "tiny")
    adapted.merge(adapted.load(adapter))
    pack(model)

    layers = {path: layer for path, layer in model.named_modules() if isinstance(layer, HalfLinear)}
    assert ahead.keys() == layers.keys()
    assert "lm_head" in ahead
    assert all(torch.equal(ahead[path].unpacked()[0], layer.packed.unpacked()[0]) for path, layer in layers.items())


def test_an_engine_writes_the_same_whether_its_weights_were_packed_ahead_or_not(folder: Path, adapter: Path) -> None:
    def written(place: Path) -> str:
        engine = open_engine(place, device="cpu", slots=2, merged=("v1", adapter))
        try:
            greedy = Sampling(temperature=0)
            stream = engine.submit(Request((9, 10, 11, 12), max_tokens=20, sampling=greedy, adapter="v1"))
            return "".join(event.text for event in stream)
        finally:
            engine.close()

    ahead = written(folder)
    (folder / "copy.safetensors").write_bytes((folder / "model.safetensors").read_bytes())  # two files: not ahead

    assert written(folder) == ahead
    assert ahead


def held(model: Any) -> dict[str, torch.Tensor]:
    return {path: one.packed.unpacked()[0] for path, one in model.named_modules() if isinstance(one, HalfLinear)}


@pytest.mark.parametrize("later", [True, False])
def test_an_adapter_that_is_merged_later_is_held_as_if_it_had_been_first(
    folder: Path, adapter: Path, tmp_path: Path, later: bool
) -> None:
    """Added to rounded weights, most of a small difference was lost until the next start."""
    model, _ = load(folder, "cpu")
    adapted = Adapted(model, "tiny", BaseWeights(folder))
    adapted.merge(adapted.load(adapter))
    pack(model)
    adapted.merge(adapted.load(tiny.adapter(tmp_path / "v2", seed=2)) if later else None)

    other, _ = load(folder, "cpu")
    fresh = Adapted(other, "tiny")
    if later:
        fresh.merge(fresh.load(tmp_path / "v2"))
    pack(other)

    found, wanted = held(model), held(other)
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[path], wanted[path]) for path in wanted)


def test_weights_that_are_not_in_the_folder_are_changed_as_they_are(tmp_path: Path, adapter: Path) -> None:
    (tmp_path / "half.safetensors").write_bytes(b"half a file")
    model = tiny.llama()
    before = model.model.layers[0].self_attn.q_proj.weight.clone()

    adapted = Adapted(model, "tiny", BaseWeights(tmp_path))
    adapted.merge(adapted.load(adapter))
    assert not torch.equal(model.model.layers[0].self_attn.q_proj.weight, before)
    adapted.merge(None)

    assert torch.allclose(model.model.layers[0].self_attn.q_proj.weight, before, atol=1e-6)


def test_an_adapter_of_another_size_is_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    """Packing ahead had failed on it first, and what people saw was torch's error."""
    odd = tiny.adapter(tmp_path / "odd", seed=3, width=64)

    with pytest.raises(EngineError, match="doesn't fit 'tiny'"):
        open_engine(folder, device="cpu", slots=2, merged=("odd", odd))


def test_a_file_that_cannot_be_read_is_left_to_who_loads_it(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"half a file")

    assert Ahead(tmp_path, {}).fitting(tiny.llama()) == {}


def test_weights_of_another_shape_fit_no_layer(tmp_path: Path) -> None:
    folder = tiny.save(tmp_path / "tiny")

    assert "lm_head" not in Ahead(folder, {}).fitting(tiny.llama(vocabulary=310))
