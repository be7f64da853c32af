"""The fingerprint of a model's folder: the same however the model was saved, and another for another model."""

import json
from pathlib import Path

import pytest

from model.fingerprint import BadWeights, fingerprint
from tests import published


def rewrite(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_a_model_is_the_same_however_it_was_saved(tmp_path: Path) -> None:
    first = published.base(tmp_path / "a" / "tiny")
    split = tmp_path / "b" / "tiny"
    published.base(split)
    rewrite(split / "config.json", transformers_version="6", dtype="bfloat16")
    published.tensors(split / "model.safetensors", {"b": ((2,), b"bb")})
    published.tensors(split / "model-2.safetensors", {"a": ((8,), b"weights!")})
    both = tmp_path / "c" / "tiny"
    published.base(both)
    published.tensors(both / "model.safetensors", {"a": ((8,), b"weights!"), "b": ((2,), b"bb")})

    assert fingerprint(split) == fingerprint(both) != first


@pytest.mark.parametrize("other", [{"config": "two"}, {"weights": b"Weights!"}, {"template": "{{ x }}"}])
def test_another_model_has_another_fingerprint(tmp_path: Path, other: dict[str, str]) -> None:
    assert published.base(tmp_path / "a" / "tiny") != published.base(tmp_path / "b" / "tiny", **other)  # type: ignore[arg-type]


def test_a_folder_without_a_model_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(BadWeights, match="can't be read as safetensors"):
        fingerprint(tmp_path)
