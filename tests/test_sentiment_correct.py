"""`copydesk sentiment correct`: what is wrong is put right in the terminal, of a text or of the CSV that came back."""

import csv
import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import sentiment_correct_commands as commands
from bot import sentiment_home, sentiment_returned, sentiment_run, sentiment_source
from bot.__main__ import main
from bot.command_line import RunError
from bot.sentiment_returned import Answer
from bot.sentiment_train_commands import agreed
from bot.settings import Settings
from storage import readings, sentiment
from storage.database import Storage, stamp
from storage.readings import ReadingRow
from tests.desk_rows import NOON, WORKSPACE
from tests.fake_sentiment import FakeSentiment
from tests.thread_reading import shown
from tests.wordlist_sentiment import WordList

TABLE = 'id,comment\n1,great food\n2,"- slow; and cold food"\n3,a table\n4,\n5,great food\n6,rude\n'
Change = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def storage(storage: Storage, data: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("COPYDESK_DATA", str(data))
    with storage.write() as db:
        readings.insert(db, ReadingRow("r1", WORKSPACE, "U0ANA", "C0LAUNCH", "text", stamp(NOON), status="failed"))
    return storage


def went_out(folder: Path, change: Change, table: str = TABLE) -> Path:
    """The CSV that is given back for a table, with its rows changed as a person does."""
    (folder / "a.csv").write_text(table, "utf-8")
    path = folder / "back.csv"
    sentiment_run.run(WordList(), sentiment_source.from_file(folder / "a.csv"), aspects=["food"], out=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writerows([dict(zip(rows[0], rows[0], strict=True)), *rows])
    return path


def correct(path: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["sentiment", "correct", str(path), "--user", "ana", *more])


def kept(storage: Storage) -> list[tuple[str, str, str, str, str]]:
    with storage.read() as db:
        found = list(sentiment.lessons(db, WORKSPACE))
    return [(one.user, one.text, one.aspect, one.was, one.label) for one in found]


def test_labels_that_were_changed_in_the_csv_are_kept_and_the_rest_stood(storage: Storage, tmp_path: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[1]["sentiment"] = " Neutral"
        rows[1]["aspect: food"] = "positive"
        rows[2]["aspect: food"] = "neutral"

    done = correct(went_out(tmp_path, change))

    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "Row 3: negative → neutral. “- slow; and cold food”",
        "Row 3: food: negative → positive. “- slow; and cold food”",
        "Row 4: food: absent → neutral. “a table”",
        commands.DONE.format(taken="3 labels", stood="6", after=commands.LEARNT),
    ]
    assert sorted(kept(storage)) == [
        ("ana", "- slow; and cold food", "", "negative", "neutral"),
        ("ana", "- slow; and cold food", "food", "negative", "positive"),
        ("ana", "a table", "food", "absent", "neutral"),
    ]


def test_what_can_not_be_taken_is_told_row_by_row_and_the_rest_is_kept(storage: Storage, tmp_path: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["sentiment"] = "neutral"
        rows[1]["sentiment"], rows[1]["aspect: food"] = "bad", ""
        rows[3]["sentiment"] = "positive"
        rows[4]["sentiment"] = "negative"

    done = correct(went_out(tmp_path, change))

    kinds = "negative, neutral or positive"
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"Row 3: not taken, for {sentiment_returned.NO_LABEL.format(said='bad', allowed=kinds)}.",
        "Row 3: not taken, for food: the label is gone; write negative, neutral, positive or absent.",
        f"Row 5: not taken, for {sentiment_returned.NOT_READ}.",
        f"Row 6: not taken, for {sentiment_returned.OTHERWISE.format(row=2, label='neutral')}.",
        f"Error: {commands.SOME_LEFT.format(refused=4, changed=5)}",
    ]
    assert kept(storage) == [("ana", "great food", "", "positive", "neutral")]


def test_where_nothing_could_be_taken_nobody_is_told_to_train(storage: Storage, tmp_path: Path) -> None:
    path = went_out(tmp_path, lambda rows: rows[0].update(sentiment="bad"))
    assert correct(path).stdout == f"{commands.NONE_KEPT.format(stood='7 labels')}\n"


def test_a_file_that_comes_back_twice_counts_once_in_app_home(storage: Storage, tmp_path: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[2]["sentiment"] = "negative"
        rows[0]["aspect: food"] = "absent"

    path = went_out(tmp_path, change)
    results = [correct(path, "--json") for _ in range(2)]

    assert [json.loads(one.stdout)["stood"] for one in results] == [6, 6]
    with storage.read() as db:
        found = sentiment.precision(db, WORKSPACE, since=NOON)
        on_aspects = sentiment.aspect_precision(db, WORKSPACE, since=NOON)
        home = shown({"blocks": sentiment_home.blocks_for(db, WORKSPACE, NOON)})
    counted = {one.label: (one.given, one.wrong) for one in found}
    assert counted == {"negative": (2, 0), "neutral": (1, 1), "positive": (2, 0)}
    assert on_aspects == (3, 1)
    assert "“neutral”: 0 of 1 stood" in home
    assert "Of what texts say about an aspect, in 30 days: 2 of 3 stood" in home


def test_a_file_that_comes_back_with_more_put_right_still_counts_once(storage: Storage, tmp_path: Path) -> None:
    """What was written beside no label made it another file, so that its labels were counted twice."""
    correct(went_out(tmp_path, lambda _: None))

    correct(went_out(tmp_path, lambda rows: rows[2].update({"aspect: food": "neutral"})))

    with storage.read() as db:
        found = sentiment.precision(db, WORKSPACE, since=NOON)
    assert {one.label: one.given for one in found} == {"negative": 2, "neutral": 1, "positive": 2}


def test_a_file_without_changes_keeps_nothing(storage: Storage, tmp_path: Path) -> None:
    done = correct(went_out(tmp_path, lambda _: None))

    assert done.stdout == f"{commands.NOTHING_CHANGED.format(name='back.csv', stood='8 labels')}\n"
    assert kept(storage) == []


def test_a_label_that_is_set_back_in_the_csv_still_counts_and_is_told(storage: Storage, tmp_path: Path) -> None:
    """It was said that no label was changed, and the mistake went on teaching the model."""

    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["sentiment"] = rows[1]["aspect: food"] = "neutral"

    correct(went_out(tmp_path, change))
    done = correct(went_out(tmp_path, lambda _: None))

    assert done.stdout.splitlines()[1:] == [
        commands.STILL.format(row=2, about="", label="neutral", text="great food"),
        commands.STILL.format(row=3, about="food: ", label="neutral", text="- slow; and cold food"),
    ]
    assert len(kept(storage)) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("comment,sentiment\ngood,positive\n", "has no column “as read: …”"),
        ("comment,as read: comment\ngood,positive\n", "has no column 'sentiment' any more"),
        (
            "sentiment,as read: comment\npositive,positive\n",
            "has no column 'comment'; its columns are 'sentiment', 'as",
        ),
        ("\n", "back.csv"),
    ],
)
def test_a_file_that_is_none_of_ours_is_a_sentence(storage: Storage, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "back.csv").write_text(content)

    done = correct(tmp_path / "back.csv")

    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output


def test_columns_give_way_where_their_names_are_taken(storage: Storage, tmp_path: Path) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["sentiment (copydesk)"] = "negative"

    table = "sentiment,comment,aspect: food\nx,great place to be,\ny,slow and late again,\n"
    correct(went_out(tmp_path, change, table))

    assert kept(storage) == [("ana", "great place to be", "", "positive", "negative")]


def one_text(storage: Storage, data: Path, text: str, label: str, *, aspect: str = "", user: str = "ana") -> str:
    """Put one text right, with the counted words as the model."""
    with ExitStack() as stack:
        load: Any = lambda *_, **__: FakeSentiment()  # noqa: E731
        answer, model = commands._read(Settings(copydesk_data=data), WORKSPACE, text, aspect, label, stack, load)
    commands._correct_text(storage, WORKSPACE, answer, model, user=user, at=NOON, after="Learnt.", as_json=False)
    return model


def test_one_text_is_put_right_in_the_terminal(
    storage: Storage, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = one_text(storage, data, "Great, another outage", "negative")

    assert capsys.readouterr().out == "Kept: it is negative, and was read as positive. Learnt.\n"
    assert model == "counted words"
    assert kept(storage) == [("ana", "Great, another outage", "", "positive", "negative")]
    with storage.read() as db:
        (counted,) = sentiment.precision(db, WORKSPACE, since=NOON)
    assert (counted.label, counted.given, counted.wrong) == ("positive", 1, 1)


def test_an_aspect_is_put_right_beside_the_text(storage: Storage, data: Path) -> None:
    one_text(storage, data, "Lovely waiter, cold food", "neutral", aspect="food")
    one_text(storage, data, "Lovely waiter, cold food", "positive")
    one_text(storage, data, "Lovely waiter, cold food", "negative", aspect="price")

    assert sorted(row[2:] for row in kept(storage)) == [
        ("", "unsure", "positive"),
        ("food", "negative", "neutral"),
        ("price", "absent", "negative"),
    ]
    with storage.read() as db:
        lessons = agreed(sentiment.lessons(db, WORKSPACE))
    assert {(one.aspect, one.label) for one in lessons} == {
        ("", "positive"),
        ("food", "neutral"),
        ("price", "negative"),
    }


def test_what_is_read_right_already_is_not_kept_unless_somebody_changes_their_mind(
    storage: Storage, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one_text(storage, data, "Great place", "positive")
    assert capsys.readouterr().out == f"{commands.RIGHT_ALREADY.format(label='positive')}\n"
    assert kept(storage) == []

    one_text(storage, data, "Great place", "negative")
    one_text(storage, data, "Great place", "positive")

    assert kept(storage) == [("ana", "Great place", "", "positive", "positive")]


def test_a_text_that_is_not_read_is_a_sentence(storage: Storage, data: Path) -> None:
    with pytest.raises(RunError, match="This is German"):
        one_text(storage, data, "Das war nicht gut", "negative")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.csv"], 1, commands.NO_FILE.format(name="none.csv")),
        (["text", "--label", "bad"], 2, "'bad' is not one of 'negative', 'neutral', 'positive', 'absent'"),
        (["text", "--label", "absent"], 2, commands.ABSENT_ALONE),
        ([], 2, "Missing argument 'FILE.csv|TEXT'"),
        (["-h"], 0, "Say which label is right"),
        (["--help"], 0, "Say which label is right"),
        (["order", "came", "--column", "x"], 2, "--column needs --file"),
        (["none.xlsx"], 1, commands.NO_FILE.format(name="none.xlsx")),
        (["none.csv", "--label", "positive"], 2, commands.LABEL_OF_FILE.format(name="none.csv")),
        (["none.csv", "--aspect", "food"], 2, commands.ASPECT_ALONE),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence(storage: Storage, arguments: list[str], code: int, said: str) -> None:
    done = CliRunner().invoke(main, ["sentiment", "correct", *arguments])

    assert done.exit_code == code
    assert said in " ".join(done.output.split())


def test_a_workbook_is_no_comment_and_the_sentence_says_what_to_do(storage: Storage, tmp_path: Path) -> None:
    """Its name was read, and called neutral."""
    (tmp_path / "reviews.XLSX").write_bytes(b"PK\x03\x04rest")

    done = correct(tmp_path / "reviews.XLSX")

    assert done.exit_code == 1
    assert "is an Excel workbook or another ZIP file. Save it as CSV (UTF-8)" in done.stderr


def test_a_text_may_end_in_the_name_of_a_file(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "may reviews.csv").write_text("x")

    assert not commands.is_file("I can't open report.csv")
    assert not commands.is_file("Great")
    assert not commands.is_file("so " * 200 + "slow.csv")
    assert commands.is_file(str(tmp_path / "may reviews.csv"))


def test_what_was_read_comes_back_from_its_cell() -> None:
    assert sentiment_returned.parse("positive; a: b: neutral") == ("positive", {"a: b": "neutral"})
    assert Answer(2, "t", "", "positive", "positive").is_changed is False
