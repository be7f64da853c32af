"""`python -m model.sentiment_training --calibrate`: facts anew beside weights that stay as they are."""

from pathlib import Path

import pytest

from model.packages import ENCODER
from model.sentiment_data import held_out
from model.sentiment_network import compress, facts, network, save
from model.sentiment_training import LEXICON, main
from tests import tiny_sentiment


def test_it_writes_the_facts_that_fit_and_leaves_the_rest(tmp_path: Path) -> None:
    data = tiny_sentiment.data(tmp_path / "data")
    weights = tiny_sentiment.weights(tmp_path / "weights", data, training={"steps": 7}, ranks={"attention": 2})
    tensors = (weights / "sentiment.safetensors").read_bytes()
    asked = ["--calibrate", "--out", str(weights), "--home", str(data)]

    main(asked)
    once = (weights / "sentiment.json").read_text("utf-8")
    main(asked)

    found = facts(weights)
    assert (found["training"], found["ranks"], found["lexicon"]) == ({"steps": 7}, {"attention": 2}, LEXICON)
    assert found["temperatures"] != tiny_sentiment.FACTS["temperatures"]
    assert sum(one["rows"] for one in found["held_out"].values()) == len(held_out())
    assert (weights / "sentiment.json").read_text("utf-8") == once
    assert (weights / "sentiment.safetensors").read_bytes() == tensors


def test_scores_are_of_what_people_get(tmp_path: Path) -> None:
    """A network with empty heads finds all labels as likely, so that the lexicon decides."""
    data = tiny_sentiment.data(tmp_path / "data")
    empty = network(data / "models" / ENCODER.folder)
    save(tmp_path / "weights", compress(empty, empty, {"attention": 2}), tiny_sentiment.FACTS)

    main(["--calibrate", "--out", str(tmp_path / "weights"), "--home", str(data)])

    assert facts(tmp_path / "weights")["held_out"]["text"]["accuracy"] > 0.42


def test_training_needs_the_open_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path)])

    assert "name it with --data." in capsys.readouterr().err
