"""Weights that are packed before their model is built are the very ones that it would have got."""

from pathlib import Path

import pytest
import torch

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
