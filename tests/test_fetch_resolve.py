"""The name of a model becomes a folder on this machine, or a sentence."""

from pathlib import Path

import pytest

from bot import engines, learner
from bot.settings import Settings
from model.fetch import ModelError, resolve
from model.packages import WRITER


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("http://127.0.0.1:8000/v1", "is an address of a server"),
        ("/no/such/folder", "neither a folder nor a hub name"),
        ("", "neither a folder nor a hub name"),
        ("gpt", "neither a folder nor a hub name"),
    ],
)
def test_a_model_that_is_none_is_a_sentence(tmp_path: Path, model: str, sentence: str) -> None:
    with pytest.raises(ModelError, match=sentence):
        resolve(model, data=tmp_path, device="cpu")

    assert not (tmp_path / "models").exists()


def saved(folder: Path) -> Path:
    """A folder with the names that save_pretrained gives."""
    folder.mkdir()
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        (folder / name).touch()
    return folder


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = saved(tmp_path / "mine")

    assert resolve(str(folder), data=tmp_path, device="cpu") == folder


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("*.safetensors", "only in 'model.bin', which may run code"),
        ("tokenizer.json", r"it has no tokenizer\."),
        ("*.json", r"it has no config\.json and no tokenizer\."),
    ],
)
def test_a_folder_with_something_missing_says_what(tmp_path: Path, pattern: str, words: str) -> None:
    folder = saved(tmp_path / "mine")
    for path in folder.glob(pattern):
        path.rename(path.with_suffix(".bin"))

    with pytest.raises(ModelError, match=words):
        resolve(str(folder), data=tmp_path, device="cpu")


def test_an_empty_folder_is_told_in_whole_words(tmp_path: Path) -> None:
    """It said “weights as safetensors are and a tokenizer is missing”."""
    with pytest.raises(ModelError, match=r"no weights as safetensors and no config\.json and no tokenizer\."):
        resolve(str(tmp_path), data=tmp_path, device="cpu")


def refuse(name: str) -> Path:
    raise ModelError(f"{name} is out of reach.")


def test_auto_takes_the_largest_that_fits_the_card(tmp_path: Path) -> None:
    asked: list[str] = []

    def hub(name: str) -> Path:
        asked.append(name)
        return tmp_path

    assert resolve("auto", data=tmp_path, device="auto", hub=hub, memory=lambda _: 80 << 30) == tmp_path
    assert resolve("auto", data=tmp_path, device="auto", hub=hub, memory=lambda _: 12 << 30) == tmp_path

    assert asked == ["Qwen/Qwen3-4B-Instruct-2507", "Qwen/Qwen2.5-1.5B-Instruct"]


@pytest.mark.parametrize("free", [0, 80 << 30])
def test_auto_is_the_embedded_model_without_a_card_or_a_hub(tmp_path: Path, free: int) -> None:
    embedded = tmp_path / "models" / WRITER.folder
    embedded.mkdir(parents=True)

    assert resolve("auto", data=tmp_path, device="auto", hub=refuse, memory=lambda _: free) == embedded


def test_a_hub_model_out_of_reach_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="out of reach"):
        resolve("some/model", data=tmp_path, device="cpu", hub=refuse)


def test_the_house_adapter_belongs_to_the_embedded_model_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of one's own may lie in the data folder, and the embedded one may be named by its path."""
    monkeypatch.chdir(tmp_path)
    data = Path("data")
    (data / "models").mkdir(parents=True)
    mine, embedded = saved(data / "models" / "MyQwen"), saved(data / "models" / WRITER.folder)

    for folder, writes in ((str(mine), None), (str(embedded.resolve()), engines.HOUSE), ("embedded", engines.HOUSE)):
        settings = Settings(copydesk_data=data, copydesk_model=folder)
        assert engines.find(settings).adapter == writes, folder
        assert bool(learner.find(settings).start) is bool(writes), folder
