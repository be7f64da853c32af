"""What can't be asked of `copydesk sentiment`, and what it shows of many comments."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import sentiment_terminal
from bot.__main__ import main
from bot.sentiment_commands import show
from bot.sentiment_out import CsvBack
from bot.sentiment_rows import Row
from bot.sentiment_source import from_texts
from bot.sentiment_wish import Wish
from model.sentiment import Reading, WordWeight
from tests.wordlist_sentiment import OpenWordList, feeling


def wish() -> Wish:
    return Wish((), None, (), None, None, None, "", explain=False, as_json=False, out=None, chart=None)


def test_the_words_that_moved_a_row_stand_behind_it() -> None:
    reading = Reading(
        "so slow", "en", feeling(0, 1), (), (WordWeight("slow", 3, 7, 0.412), WordWeight("so", 0, 2, -0.03)), ""
    )

    assert sentiment_terminal.row(Row(1, "so slow"), reading).endswith("so slow  [slow +0.41; so -0.03]")


def test_many_lines_of_which_few_are_sure_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Too many to be shown one by one and too few for shares: they were answered with nothing."""
    show(OpenWordList(), [from_texts(["great but slow"] * 30)], (), wish())

    printed = capsys.readouterr().out
    assert "30 comments" in printed


@pytest.mark.parametrize("more", [[], ["--chart", "c.png"]])
def test_the_words_of_a_file_need_a_place(tmp_path: Path, more: list[str]) -> None:
    asked = ["sentiment", "--file", str(tmp_path / "a.csv"), "--explain", *more]

    found = CliRunner().invoke(main, asked)

    assert (found.exit_code, "add --out F.csv or --json" in found.output) == (2, True)


def test_what_is_no_file_is_not_replaced_by_one() -> None:
    found = CliRunner().invoke(main, ["sentiment", "Fine soup", "--out", "/dev/null"])

    assert (found.exit_code, "/dev/null is no file" in found.output) == (2, True)
    assert Path("/dev/null").is_char_device()


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "shared" / "rows.csv", tmp_path / "out.csv"
    target.parent.mkdir()
    link.symlink_to(target)

    with CsvBack(link, ["comment"], [], explain=False):
        pass

    assert link.is_symlink()
    assert "comment" in target.read_text("utf-8-sig")
