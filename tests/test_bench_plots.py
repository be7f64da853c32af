"""Plots are drawn again from the JSON that a bench left, and stand in its Markdown with words in their place."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bench import plots, results

NAMES = sorted(plots.DRAWN)


def test_plots_are_drawn_from_the_json_alone(tmp_path: Path) -> None:
    for name in NAMES:
        shutil.copy(results.FOLDER / f"{name}.json", tmp_path)

    assert plots.main(["--out", str(tmp_path)]) == 0

    drawn = {file.stem: file.read_bytes() for file in tmp_path.glob("*.png")}
    assert sorted(drawn) == NAMES
    assert all(png.startswith(b"\x89PNG") for png in drawn.values())


@pytest.mark.parametrize("name", NAMES)
def test_the_kept_table_shows_its_plot_and_says_it_in_words(name: str) -> None:
    shown = re.search(rf"!\[(.+)\]\({name}\.png\)", (results.FOLDER / f"{name}.md").read_text("utf-8"))

    assert shown is not None
    assert len(shown[1].split()) > 10
    assert (results.FOLDER / f"{name}.png").is_file()


def test_a_load_that_was_measured_besides_has_a_line_of_its_own() -> None:
    document = json.loads((results.FOLDER / "desk.json").read_text("utf-8"))
    document["rows"] += [{"run": 0, "load": "another load", "kind": "modal", "ack": ack} for ack in (0.02, 0.04)]

    _, right = plots.desk(document).axes

    assert "another load (2)" in [text.get_text() for text in right.get_legend().get_texts()]  # type: ignore[union-attr] # it has one


def test_what_has_no_likeness_is_drawn_without(tmp_path: Path) -> None:
    """A brief with one draft is like nothing."""
    document = json.loads((results.FOLDER / "quality.json").read_text("utf-8"))
    for one in document["settings"].values():
        one["formats"]["tweet"] |= {"likeness shipped": None, "likeness plain": None}

    plots.save("quality", document, tmp_path)

    assert (tmp_path / "quality.png").is_file()
