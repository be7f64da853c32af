"""What a column's cells hold, however long they are and whatever they are full of."""

from pathlib import Path

import pytest

from bot import sentiment_cells, sentiment_source
from bot.sentiment_drivers import terms

MILLION = 1_000_000


@pytest.mark.parametrize(
    "part",
    [" ", "\t", "1", "1 ", ".", "1,", "a", "a ", "a@", "a@b.", "@", "[", "](", "<", "&", "-", "/", ":", "€", "'"],
)
def test_a_megabyte_of_anything_is_told_as_fast_as_a_word(part: str, tmp_path: Path) -> None:
    """Blanks before a comment hung the whole desk: the patterns tried every way to share them out."""
    long = part * (MILLION // len(part))
    path = tmp_path / "a.csv"
    path.write_text("id,q\n" + "3,Lovely staff and tea\n" * 4 + f'1,"{long}x"\n2,"x{long}!"\n')

    source = sentiment_source.from_file(path)

    assert source.columns == ("id", "q")
    assert [row.text for row in source.rows() if not row.skipped] == ["Lovely staff and tea"] * 4
    assert not sentiment_cells.are_addresses([f"{long}x"] * 3)
    assert len(terms(f"late {long[:20_000]} late")[0]) < 9


@pytest.mark.parametrize("blanks", [1900, MILLION])
def test_blanks_before_a_comment_do_not_count(blanks: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("comment\n" + " " * blanks + "ok\nNice\n")

    assert sentiment_source.from_file(path).column == "comment"
    assert sentiment_cells.words_a_cell([" " * blanks + "so good", "so bad"]) == 2.0


def test_a_cell_is_told_by_what_is_in_it() -> None:
    assert sentiment_cells.are_figures(["1", " 2,5 ", "3%", "2026-11-20", "4"])
    assert not sentiment_cells.are_figures(["1", "two", "", " "])
    assert sentiment_cells.are_addresses(["ana@x.com", " @ben ", "U0ANA12345"])
    assert not sentiment_cells.are_addresses(["a@b@c.com and more", "North", "South"])
    assert sentiment_cells.words_a_cell(["https://example.com/a b", "a@x.com", "12:30"]) == 0.0
