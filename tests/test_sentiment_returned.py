"""A CSV that comes back after more than a change of labels: read a second time, or with rows torn apart."""

import csv
from pathlib import Path

import pytest

from bot import sentiment_returned, sentiment_run, sentiment_source
from bot.sentiment_encoding import SourceError
from tests.fake_sentiment import FakeSentiment
from tests.wordlist_sentiment import WordList

TABLE = "comment,aspect: food\ntasty food,mine\ncold food,mine\n"


def test_what_was_read_twice_is_held_against_the_last_reading(tmp_path: Path) -> None:
    """A second model's other labels, and the first one's aspects, were taken for a person's corrections."""
    table, first, second = (tmp_path / name for name in ("a.csv", "first.csv", "second.csv"))
    table.write_text(TABLE, "utf-8")
    sentiment_run.run(WordList(), sentiment_source.from_file(table), aspects=["food"], out=first)
    again = sentiment_source.from_file(first, column="comment")
    sentiment_run.run(FakeSentiment(), again, aspects=[], out=second)

    for path, said in ((first, 4), (second, 2)):
        answers = list(sentiment_returned.open_file(path).answers())

        assert [one for one in answers if one.is_changed] == []
        assert len(answers) == said
    assert [one.label for one in answers] == ["neutral", "negative"]


def test_a_row_whose_cells_stand_in_each_others_places_teaches_nothing(tmp_path: Path) -> None:
    """A comma without quotation marks: half a comment learnt what was said of another aspect."""
    path = tmp_path / "back.csv"
    path.write_text(
        "comment,sentiment,aspect: food,aspect: table,skipped,as read: comment\n"
        "nice, cold,positive,positive,,,positive; food: positive\n",
        "utf-8",
    )

    (answer,) = sentiment_returned.open_file(path).answers()

    assert answer.refused == "the row has 7 columns where the header has 6"


@pytest.mark.parametrize(
    ("names", "mark"),
    [
        ("id,Label,LABEL,score", ""),
        ("Label,LABEL,probability,id", " (copydesk)"),
        ("Sentiment,SENTIMENT,Skipped,Words", " (copydesk)"),
        ("Aspect: Food,aspect: price,id,day", " (copydesk)"),
        ("As Read: comment,as read: comment,id,day", " (copydesk)"),
        ("sentiment (copydesk),id,Probability (Copydesk 4),day", " (copydesk 5)"),
    ],
)
def test_our_columns_are_told_from_those_of_the_file_whatever_their_case(tmp_path: Path, names: str, mark: str) -> None:
    """A person's “aspect: price” was taken for what was read of prices, and its cells for corrections."""
    table, back = tmp_path / "a.csv", tmp_path / "back.csv"
    table.write_text(f"{names},comment\nneutral,neutral,0.5,positive,tasty food and a friendly waiter\n", "utf-8")
    sentiment_run.run(WordList(), sentiment_source.from_file(table), aspects=["food", "Day"], out=back)

    with back.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    theirs, ours = ({name.casefold() for name in part} for part in (header[:5], header[5:]))
    assert not theirs & ours
    assert not any(one.is_changed for one in sentiment_returned.open_file(back).answers())
    row[header.index(f"sentiment{mark}")], row[header.index(f"aspect: food{mark}")] = "negative", "neutral"
    with back.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])

    found = [(one.aspect, one.was, one.label) for one in sentiment_returned.open_file(back).answers()]
    assert found == [("", "positive", "negative"), ("food", "positive", "neutral")]


def test_a_file_that_is_read_again_and_again_is_held_against_the_newest_reading(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.csv" for number in range(4)]
    paths[0].write_text(TABLE, "utf-8")
    for number, path in enumerate(paths[:3]):
        source = sentiment_source.from_file(path, column="comment")
        sentiment_run.run(WordList(), source, aspects=["food"][:number], out=paths[number + 1])

    header = paths[3].read_text("utf-8-sig").splitlines()[0]
    assert header.endswith(
        '"sentiment (copydesk 3)","most likely (copydesk 3)","probability (copydesk 3)",'
        '"aspect: food (copydesk 3)","probability: food (copydesk 3)",'
        '"skipped (copydesk 3)","as read: comment (copydesk 3)"'
    )
    answers = list(sentiment_returned.open_file(paths[3]).answers())
    assert [one.aspect for one in answers] == ["", "food", "", "food"]
    paths[3].write_text(paths[3].read_text("utf-8").replace("sentiment (copydesk 3)", "mine"), "utf-8")
    with pytest.raises(SourceError, match=r"3\.csv has no column 'sentiment \(copydesk 3\)' any more"):
        sentiment_returned.open_file(paths[3])


OLD = {
    "its own sentiment": (
        "text,sentiment,sentiment (copydesk),probability,skipped,as read: text",
        "tasty,negative,positive,0.9,,positive",
    ),
    "its own probability and aspect": (
        "text,probability,aspect: food,aspect: price,sentiment,probability (copydesk),aspect: food (copydesk),skipped,"
        "as read: text",
        "tasty,high,yes,negative,positive,0.9,positive,,positive; food: positive",
    ),
    "read twice": (
        "text,sentiment,probability,aspect: food,skipped,as read: text,"
        "sentiment (copydesk),probability (copydesk),aspect: price,skipped (copydesk),as read: text",
        "tasty,negative,0.8,negative,,negative; food: negative,positive,0.9,absent,,positive",
    ),
    "read three times": (
        "text,sentiment,skipped,as read: text,sentiment (copydesk),skipped (copydesk),as read: text,"
        "sentiment (copydesk),skipped (copydesk),as read: text",
        "tasty,negative,,negative,neutral,,neutral,positive,,positive",
    ),
}
"""CSVs as they were given out while “as read: …” had no mark: a header and a row, which was read as positive."""


@pytest.mark.parametrize("kind", OLD)
def test_a_csv_of_before_is_held_against_its_own_reading(tmp_path: Path, kind: str) -> None:
    """The file's own column “sentiment” was taken for ours, and each of its cells for a correction."""
    path, (header, row) = tmp_path / "back.csv", OLD[kind]
    path.write_text(f"{header}\n{row}\n", "utf-8")

    assert [one for one in sentiment_returned.open_file(path).answers() if one.is_changed] == []

    names, cells = header.split(","), row.split(",")
    ours = max(at for at, name in enumerate(names) if name.startswith("sentiment"))
    path.write_text(",".join(names) + "\n" + ",".join([*cells[:ours], "neutral", *cells[ours + 1 :]]) + "\n", "utf-8")
    (changed,) = [one for one in sentiment_returned.open_file(path).answers() if one.is_changed]
    assert (changed.was, changed.label, changed.refused) == ("positive", "neutral", "")


def test_our_columns_may_be_moved_beside_the_text(tmp_path: Path) -> None:
    path = tmp_path / "back.csv"
    header = "text,aspect: food,probability,sentiment,skipped,as read: text"
    path.write_text(f"{header}\ntasty,negative,0.9,positive,,positive; food: positive\n", "utf-8")

    (changed,) = [one for one in sentiment_returned.open_file(path).answers() if one.is_changed]

    assert (changed.aspect, changed.was, changed.label) == ("food", "positive", "negative")


@pytest.mark.parametrize("names", ["comment,comment", "Comment,comment", "comment, COMMENT "])
def test_which_of_two_columns_of_one_name_was_read_is_asked(tmp_path: Path, names: str) -> None:
    """The second was read, for it has the words; what was put right was kept of the first one's text."""
    table, back = tmp_path / "a.csv", tmp_path / "back.csv"
    table.write_text(f"{names}\nx,tasty food and a friendly waiter\ny,cold food and a rude waiter\n", "utf-8")
    sentiment_run.run(WordList(), sentiment_source.from_file(table), aspects=[], out=back)

    with pytest.raises(SourceError, match=r"(?i)back\.csv has 2 columns 'comment'.*Rename the one that wasn't read,"):
        sentiment_returned.open_file(back)


def answered(folder: Path, probability: str, label: str = "negative") -> sentiment_returned.Answer:
    """What comes back of a row that was read as positive."""
    path = folder / "back.csv"
    row = f'fine;{label};"{probability}";;positive'
    path.write_text(f"comment;sentiment;probability;skipped;as read: comment\n{row}\n", "utf-8")
    (found,) = sentiment_returned.open_file(path).answers()
    return found


@pytest.mark.parametrize(
    ("cell", "probability"), [("0.900", 0.9), ("0,900", 0.9), ("0,9", 0.9), ("1", 1.0), ("0", 0.0), ("", 0.0)]
)
def test_a_probability_is_read_as_spreadsheets_write_it(tmp_path: Path, cell: str, probability: float) -> None:
    """A German Excel writes a comma; such a probability was kept as 0."""
    found = answered(tmp_path, cell)

    assert (found.probability, found.refused) == (probability, "")


@pytest.mark.parametrize("cell", ["900", "-0.1", "1,5", "nan", "inf", "0.9.0", "90 %", "high"])
def test_what_is_no_probability_is_told_where_a_label_was_changed(tmp_path: Path, cell: str) -> None:
    found = answered(tmp_path, cell)

    assert found.refused.startswith(f"its probability {cell!r} isn't between 0 and 1")
    assert not answered(tmp_path, cell, "positive").is_changed, "nothing of it is kept"
