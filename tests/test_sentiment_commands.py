"""`copydesk sentiment`: what it prints, how it exits, and that errors are one sentence."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from bot import sentiment_commands, sentiment_terminal
from bot.__main__ import main
from bot.sentiment_commands import show
from bot.sentiment_rows import Row
from bot.sentiment_summary import Counts, Summary
from bot.sentiment_summary_words import READ_BY, percent
from bot.sentiment_wish import Wish
from model.sentiment import AspectFeeling, Feeling, Reading, WordWeight
from tests.wordlist_sentiment import OpenWordList, feeling

ROOT = Path(__file__).parent.parent
Show = Callable[..., str]
ONE = Summary("text", "word list", 0.55, Counts(negative=1))
ROWS = "id,comment,store\n" + "1,great food,Leeds\n2,slow food,York\n3,a table,Leeds\n" * 30 + "4,,York\n"


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Show:
    """Runs the command's inside with the word list as the model; returns what it printed."""

    def run(*texts: str, aspects: tuple[str, ...] = (), **options: Any) -> str:
        nothing: dict[str, Any] = dict.fromkeys(("file", "date", "group", "compare", "out", "chart"))
        wish = Wish(
            **{**nothing, "columns": (), "aspects": "", "explain": False, "as_json": False, **options, "texts": texts}
        )
        with ExitStack() as stack:
            show(OpenWordList(), sentiment_commands.sources(wish, stack), aspects, wish)
        return capsys.readouterr().out

    return run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text(ROWS)
    return path


def test_one_comment_is_told_with_its_probabilities_and_aspects(printed: Show) -> None:
    text = printed("the waiter was rude", aspects=("waiter", "food"))

    assert "negative  █████████████████████▋    90 %" in text
    assert "− negative  90 %  waiter" in text
    assert "food" not in text


def test_one_comment_is_asked_about_what_its_words_name_and_several_about_nothing(printed: Show) -> None:
    assert "− negative  90 %  food" in printed("cold food")
    assert "food −" not in printed("cold food", "slow food")
    assert "90 %  food" not in printed("cold food", aspects=("none",))


def test_words_without_quotation_marks_are_one_comment_and_quoted_ones_are_several(printed: Show) -> None:
    assert printed("the", "waiter", "was", "rude").startswith("the waiter was rude\n")
    assert len(printed("so great", "slow").splitlines()) == 2


def test_the_words_that_moved_it_stand_in_the_text_with_sign_and_weight() -> None:
    text = "He was so rude, not nice"
    words = (WordWeight("nice", 20, 24, -0.2), WordWeight("rude", 10, 14, 0.41), WordWeight("He", 0, 2, 0.001))

    shown = sentiment_terminal.one(Reading(text, "en", feeling(0, 1), (), words, ""), ONE)

    assert click.unstyle(shown).startswith("He was so rude[+0.41], not nice[−0.20]\n")
    assert "\x1b[36m\x1b[1mrude[+0.41]" in shown
    assert "\x1b[35m\x1b[1mnice[−0.20]" in shown


def test_one_comment_says_what_read_it_and_what_the_numbers_are(printed: Show) -> None:
    """It showed “rude[+0.41]” and nowhere what that is, and named neither the model nor that it can be wrong."""
    plain, explained = printed("slow food"), printed("slow food", explain=True)

    read_by = READ_BY.format(model=OpenWordList().name, threshold=percent(OpenWordList().threshold))
    weighed = sentiment_terminal.WEIGHED.format(label="negative")
    assert plain.endswith(f"\n\n{read_by}\n")
    assert explained.endswith(f"\n\n{weighed}\n{read_by}\n")
    assert READ_BY.partition("{")[0] not in printed("!!!")


def test_there_are_no_colours_where_there_is_no_terminal(printed: Show, table: Path) -> None:
    assert "\x1b" not in printed("slow food", explain=True) + printed(file=table)


def test_an_unsure_comment_says_so() -> None:
    text = sentiment_terminal.one(Reading("great but slow", "en", feeling(1, 1), (), (), ""), ONE)

    assert "unsure" in text


def test_a_comment_that_was_not_read_says_why(printed: Show) -> None:
    assert "It has no words." in printed("!!!")


def test_a_file_is_told_in_paragraphs(printed: Show, table: Path) -> None:
    text = printed(file=table, aspects=("food", "price"))

    assert "a.csv · 90 comments read, 0 unsure, 1 skipped" in text
    assert "positive  ████████                  33 %    24–44 %         30" in text
    assert "food: 60 mentions, 50 % positive" in text
    assert "Not mentioned: price" in text
    assert "By store\n  Leeds: fewer negative comments than York" in text
    assert "1 skipped: It is empty." in text
    assert "The comments are in column “comment” (by its name)." in text
    assert "Add --out F.csv" in text


def test_a_short_file_is_told_row_by_row_and_fewer_than_five_not_together(printed: Show, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("great\nslow\n")

    text = printed(file=tmp_path / "a.txt")

    assert text.startswith("+ positive  90 %  great\n− negative  90 %  slow\n")
    assert "Fewer than 5 comments" in text
    assert "Net sentiment" not in text


def test_five_comments_of_which_four_are_unsure_are_not_told_together(printed: Show, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("great\n" + "great but slow\n" * 4)

    text = printed(file=tmp_path / "a.txt")

    assert "5 comments read, 4 unsure" in text
    assert "Fewer than 5 comments have a sure label" in text
    assert "Net sentiment" not in text
    assert "net" not in json.loads(printed(file=tmp_path / "a.txt", as_json=True))["summary"]


def test_the_json_tells_no_shares_of_a_day_with_few_comments(printed: Show, tmp_path: Path) -> None:
    days = "".join(
        f"2026-03-{day:02},great place number {at}\n" for day in range(1, 9) for at in range(6 if day > 1 else 2)
    )
    (tmp_path / "a.csv").write_text(f"date,comment\n{days}")

    buckets = json.loads(printed(file=tmp_path / "a.csv", as_json=True))["summary"]["trend"]["buckets"]

    assert buckets[0] == {"start": "2026-03-01", "rows": 2}
    assert (buckets[1]["rows"], buckets[1]["net"]) == (6, 100.0)


def test_the_json_has_the_agreed_shape(printed: Show, table: Path) -> None:
    document = json.loads(printed(file=table, as_json=True, explain=True, aspects=("food",)))

    assert list(document) == ["model", "rows", "summary"]
    assert len(document["rows"]) == 91
    assert document["rows"][1] == {
        "row": 3,
        "text": "slow food",
        "label": "negative",
        "probability": 0.9,
        "probabilities": {"positive": 0.05, "neutral": 0.05, "negative": 0.9},
        "language": "en",
        "aspects": [{"aspect": "food", "label": "negative", "probability": 0.9}],
        "words": [{"word": "slow", "weight": 0.4}],
        "skipped": "",
    }
    assert document["rows"][-1]["label"] is None
    summary = document["summary"]
    assert (summary["read"], summary["skipped"], summary["net"]) == (90, 1, 0.0)
    assert summary["labels"]["positive"]["interval"] == [0.2445, 0.4358]
    assert [group["group"] for group in summary["groups"]] == ["Leeds", "York"]


def test_the_json_of_few_comments_has_no_shares(printed: Show) -> None:
    document = json.loads(printed("so great", "slow", as_json=True))

    assert [row["label"] for row in document["rows"]] == ["positive", "negative"]
    assert "net" not in document["summary"]
    assert (
        json.loads(printed("half a \ud83d character", as_json=True))["rows"][0]["skipped"]
        == "It holds half a character."
    )


def test_two_files_are_compared(printed: Show, table: Path, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("comment\n" + "slow and rude\n" * 40 + "great\n" * 10)

    text = printed(file=table, compare=tmp_path / "b.csv")
    document = json.loads(printed(file=table, compare=tmp_path / "b.csv", as_json=True))

    assert "What differs\n  a.csv: fewer negative comments than b.csv (33 % against 80 %; −47 points" in text
    assert document["compared"]["read"] == 50
    assert {row["file"] for row in document["rows"]} == {"a.csv", "b.csv"}


def test_the_rows_of_two_files_go_to_two_whatever_their_columns_are_called(
    printed: Show, table: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.csv").write_text("id,what,city\n" + "1,slow and rude,Bath\n" * 9)

    text = printed(file=table, compare=tmp_path / "b.csv", columns=("comment", "what"), out=tmp_path / "o.csv")

    assert f"Each row with its label is in {tmp_path / 'o.csv'} and {tmp_path / 'o-2.csv'}." in text
    assert len((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()) == 92
    assert (tmp_path / "o-2.csv").read_text("utf-8-sig").splitlines()[1].startswith('"1","slow and rude","Bath","neg')


def test_rows_and_chart_go_to_files(printed: Show, table: Path, tmp_path: Path) -> None:
    text = printed(file=table, out=tmp_path / "o.csv", chart=tmp_path / "c.png")

    assert f"Each row with its label is in {tmp_path / 'o.csv'}." in text
    assert len((tmp_path / "o.csv").read_text("utf-8-sig").splitlines()) == 92
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Give a comment"),
        (["x", "--file", "a.csv"], 2, "not both"),
        (["x", "--column", "c"], 2, "--column needs --file"),
        (["x", "--compare", "c"], 2, "--compare needs --file"),
        (["--file", "a.csv", "--json", "--out", "b.csv"], 2, "--json and --out can't go together"),
        (["--file", "a.csv", "--column", "c", "--column", "d"], 2, "Name a column for each file"),
        (["--file", "a.csv", "--compare", "b-2.csv", "--out", "b.csv"], 2, "--out b-2.csv would overwrite --compare"),
        (["--file", "-", "--compare", "b.csv"], 2, "--file - and --compare can't go together"),
        (["--file", "a.csv", "--out", "./a.csv"], 2, "--out a.csv would overwrite --file a.csv"),
        (["--file", "a.csv", "--chart", "sub/../a.csv"], 2, "would overwrite --file a.csv"),
        (["--file", "a.csv", "--compare", "b.csv", "--chart", "b.csv"], 2, "would overwrite --compare b.csv"),
        (["--file", "a.csv", "--out", "c.png", "--chart", "c.png"], 2, "--out c.png would overwrite --chart c.png"),
        (["--file", "none.csv"], 1, "none.csv can't be read: No such file or directory."),
        (["x", "--aspects", ",".join(f"a{n}" for n in range(50))], 1, "aspects"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["sentiment", *arguments], env={"COPYDESK_DATA": str(tmp_path / "data")})

    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_nothing_is_written_over_what_is_read_by_whichever_path(tmp_path: Path) -> None:
    """The picture was written over the comments that it was drawn of."""
    file, link, twin = tmp_path / "a.csv", tmp_path / "link.png", tmp_path / "twin.png"
    file.write_text(ROWS)
    link.symlink_to(file)
    twin.hardlink_to(file)

    for chart in (file, link, twin):
        result = CliRunner().invoke(main, ["sentiment", "--file", str(file), "--chart", str(chart)])
        assert result.exit_code == 2
        assert "would overwrite --file" in result.stderr

    assert file.read_text() == ROWS


def test_stdin_is_lines_or_a_table(tmp_path: Path) -> None:
    runner = CliRunner()
    for arguments, content in ((["-"], b""), (["--file", "-"], b"a,b\n1,2\n")):
        result = runner.invoke(
            main, ["sentiment", *arguments], input=content, env={"COPYDESK_DATA": str(tmp_path / "data")}
        )
        assert result.exit_code == 1
        assert "stdin." in result.stderr


def test_a_row_among_others_is_one_line() -> None:
    felt = Feeling("negative", 0.97, {"negative": 0.97, "neutral": 0.02, "positive": 0.01}, sure=True)
    reading = Reading("two\nlines", "en", felt, (AspectFeeling("food", felt),), (), "")

    assert sentiment_terminal.row(Row(1, "two\nlines"), reading).endswith("two lines  (food −)")


@pytest.mark.slow
def test_the_command_reads_with_the_embedded_model(embedded_data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "sentiment", "-", "--json"]
    lines = "The staff were lovely and helpful.\nRude waiter, and the soup was cold.\nDas Essen war leider kalt.\n"
    environ = {**os.environ, "COPYDESK_DATA": str(embedded_data)}

    done = subprocess.run(command, cwd=ROOT, env=environ, input=lines, capture_output=True, text=True, timeout=110)

    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert [row["label"] for row in rows] == ["positive", "negative", None]
    assert rows[2]["skipped"]
