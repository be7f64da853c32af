"""Many rows in blocks: progress, rows that say the same, what is counted, and what is said of few."""

import random
from pathlib import Path

import pytest

from bot import sentiment_run, sentiment_source, sentiment_terminal
from bot import sentiment_summary_words as words
from bot.sentiment_rows import Row
from bot.sentiment_source import SourceError
from bot.sentiment_summary import Summary
from model.sentiment import Reading
from tests.wordlist_sentiment import WordList


def texts(*found: str, **options: object) -> Summary:
    return sentiment_run.run(WordList(), sentiment_source.from_texts(found), **options)  # type: ignore[arg-type]


def test_every_row_is_counted_once() -> None:
    summary = texts("great", "great", "slow", "a table", "great but slow", "", "!!")

    counts = summary.counts
    assert (counts.positive, counts.negative, counts.neutral, counts.unsure, counts.skipped) == (2, 1, 1, 1, 2)
    assert dict(summary.reasons) == {"It is empty.": 1, "It has no words.": 1}
    assert counts.net == 25


def test_of_fewer_than_five_comments_nothing_is_said_together() -> None:
    summary = texts("great food", "slow", "slow", "great", "", aspects=["food"])

    assert not summary.is_enough
    told = [*summary.aspects, *summary.typical, *summary.extreme, *summary.complaints, *summary.groups]
    assert told == []
    assert texts("great food", "slow", "slow", "great", "fine", aspects=["food"]).is_enough


def test_rows_come_in_order_with_their_readings_skipped_ones_too() -> None:
    kept: list[tuple[Row, Reading]] = []

    texts("great", "", "slow", keep=lambda row, reading: kept.append((row, reading)))

    assert [(row.number, reading.feeling and reading.feeling.label) for row, reading in kept] == [
        (1, "positive"),
        (2, None),
        (3, "negative"),
    ]


def test_rows_that_say_the_same_are_read_once() -> None:
    model = WordList()

    sentiment_run.run(model, sentiment_source.from_texts(["great", "slow", "great", "great"]))

    assert model.asked == [2]


def test_progress_never_goes_back_and_ends_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,comment\n" + "".join(f"{n},comment number {n}\n" for n in range(10_000)))
    told: list[tuple[int, int]] = []

    sentiment_run.run(
        WordList(), sentiment_source.from_file(path), progress=lambda done, total: told.append((done, total))
    )

    assert len(told) > 50
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_block_is_smaller_where_cells_are_long(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("comment,log\n" + "".join(f"comment {n},{'x' * 1_000_000}\n" for n in range(9)))
    model = WordList()

    sentiment_run.run(model, sentiment_source.from_file(path))

    assert model.asked == [4, 4, 1]


def test_groups_come_the_largest_first_and_are_compared_in_sentences(tmp_path: Path) -> None:
    rows = ["slow food,York"] * 60 + ["great food,York"] * 40 + ["great food,Leeds"] * 85 + ["slow food,Leeds"] * 5
    (tmp_path / "a.csv").write_text("comment,store\n" + "\n".join([*rows, "great,Bath", "fine,"]))

    summary = sentiment_run.run(WordList(), sentiment_source.from_file(tmp_path / "a.csv"), aspects=["food"])

    assert [group.name for group in summary.groups] == ["York", "Leeds", "Bath", "no group"]
    said = words.by_group(summary)
    assert "York: more negative comments than Leeds (60 % against 6 %; +54 points, +39 to +66)." in said
    assert any(line.startswith("York: more negative comments on food than Leeds") for line in said)
    assert "Too few comments with a label to compare (fewer than 5): Bath, no group." in said


def test_a_column_with_a_group_per_row_does_not_grow_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("comment,order\n" + "\n".join(f"great {n},{n}" for n in range(3000)))

    summary = sentiment_run.run(WordList(), sentiment_source.from_file(tmp_path / "a.csv", group="order"))

    assert len(summary.groups) == 201
    assert summary.groups[0].name == "all later groups"


def test_the_same_rows_make_the_same_summary() -> None:
    rows = [f"great {word} number {n}" for n in range(900) for word in ("food", "room")]
    source = sentiment_source.from_texts(rows)

    one, other = (sentiment_run.run(WordList(), source, chance=random.Random(5)) for _ in range(2))

    assert one == other


def test_nothing_but_blank_rows_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="your comments holds no comments"):
        texts()


def test_of_a_model_without_aspects_it_is_said_so_and_not_that_nobody_mentions_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,comment\n" + "1,the food was great\n" * 6)
    source, model = sentiment_source.from_file(tmp_path / "a.csv"), WordList(answers_aspects=False)

    summary = sentiment_run.run(model, source, aspects=["food"], out=tmp_path / "o.csv")

    assert summary.aspects == ()
    assert summary.notes[-1] == "a word list has no answer about aspects, only about whole texts."
    assert "Not mentioned" not in sentiment_terminal.together(summary)
    assert "aspect: food" not in (tmp_path / "o.csv").read_text("utf-8-sig")
