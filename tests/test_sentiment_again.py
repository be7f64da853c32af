"""One text that is read more than once: each reading has its own correction, and training takes the text once."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot import sentiment_answer
from bot.sentiment_train_commands import agreed
from model.sentiment_continuing import Correction
from storage import readings, sentiment
from storage.database import Storage, stamp
from storage.migrations import MIGRATIONS
from storage.readings import ReadingRow
from tests.desk_rows import NOON, WORKSPACE
from tests.running_bot import RunningBot
from tests.thread_reading import Message, shown
from tests.visitor import Visitor

TEXT = "Slow again"
FELT = {"aspect": "food", "label": "negative", "probability": 0.8, "sure": True}


def read(db: Database, name: str, *, user: str = "U0ANA", text: str = TEXT, aspect: str = "food") -> ReadingRow:
    """A reading that called the text and one aspect of it negative."""
    felt = json.dumps({"aspects": [{**FELT, "aspect": aspect}]})
    row = ReadingRow(name, WORKSPACE, user, "C0LAUNCH", "text", stamp(NOON), text=text, status="reading", result=felt)
    readings.insert(db, replace(row, label="negative", probability=0.9, model="m"))
    readings.finish(db, name, "done", NOON)
    found = readings.get(db, name)
    assert found is not None
    return found


def correct(db: Database, row: ReadingRow, label: str, minute: int, *, aspect: str = "") -> bool:
    at = NOON + timedelta(minutes=minute)
    return sentiment.correct(db, row, user=row.user, label=label, at=at, aspect=aspect)


def wrong(db: Database) -> list[tuple[int, int]]:
    """How many labels were given, and how many of them were put right: of texts, then of aspects."""
    (text,) = sentiment.precision(db, WORKSPACE, since=NOON)
    return [(text.given, text.wrong), sentiment.aspect_precision(db, WORKSPACE, since=NOON)]


def taught(db: Database) -> list[Correction]:
    return agreed(sentiment.lessons(db, WORKSPACE))


def test_what_is_taken_back_of_one_reading_stands_of_the_other(storage: Storage) -> None:
    """They shared one correction: taken back of the second, it was gone of the first, which went on showing it."""
    with storage.write() as db:
        first, second = read(db, "r1"), read(db, "r2", aspect="price")
        correct(db, first, "neutral", 1)
        correct(db, second, "positive", 2)

        assert (wrong(db)[0], sentiment.count(db, WORKSPACE)) == ((2, 2), 1)
        assert taught(db) == [Correction(TEXT, "positive")]
        assert sentiment.said(db, WORKSPACE, user="U0ANA", text=TEXT) == "positive"

        assert sentiment.withdraw(db, second, user="U0ANA")
        assert (wrong(db)[0], sentiment.count(db, WORKSPACE)) == ((2, 1), 1)
        assert taught(db) == [Correction(TEXT, "neutral")]
        assert not sentiment.withdraw(db, second, user="U0ANA")


def test_an_aspect_is_put_right_in_the_reading_that_was_asked_about_it(storage: Storage) -> None:
    with storage.write() as db:
        first, second = read(db, "r1"), read(db, "r2")
        correct(db, first, "positive", 1, aspect="food")
        correct(db, second, "absent", 2, aspect="food")
        assert (wrong(db)[1], taught(db)) == ((2, 2), [Correction(TEXT, "absent", "food")])

        sentiment.withdraw(db, second, user="U0ANA", aspect="food")

        assert (wrong(db)[1], taught(db)) == ((2, 1), [Correction(TEXT, "positive", "food")])


def test_a_text_is_taught_once_however_it_is_written_and_whoever_reads_it(storage: Storage) -> None:
    """The first of a person's words made a vote of its own would outvote what they said last."""
    with storage.write() as db:
        for minute, (name, user, label) in enumerate(
            [("r1", "U0ANA", "neutral"), ("r2", "U0ANA", "neutral"), ("r3", "U0ANA", "positive"), ("r4", "U0BEN", "")]
        ):
            row = read(db, name, user=user, text=" slow  AGAIN" if name == "r3" else TEXT)
            if label:
                correct(db, row, label, minute)

        assert taught(db) == [Correction(" slow  AGAIN", "positive")]
        assert sentiment.count(db, WORKSPACE) == 1, "App Home says as many as training takes"
        assert wrong(db)[0] == (4, 3), "what Ben was shown is another reading, and nobody put it right"


def test_an_older_word_that_comes_late_stands_in_its_own_reading_and_teaches_nothing(storage: Storage) -> None:
    with storage.write() as db:
        first, second = read(db, "r1"), read(db, "r2")
        assert correct(db, second, "positive", 5)
        assert correct(db, first, "neutral", 1)

        assert taught(db) == [Correction(TEXT, "positive")]
        assert sentiment.all_said(db, WORKSPACE, user="U0ANA") == {(sentiment.digest(TEXT), ""): "positive"}


def test_corrections_of_before_find_the_reading_they_were_made_on(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "old.db")
    with closing(sqlite3.connect(storage.path)) as connection:
        db = Database(connection)
        MIGRATIONS.apply(db, stop_before="m019_corrections_by_reading")
        row = read(db, "r1")
        sentiment._mark(db, row, "", "neutral")
        sentiment._mark(db, row, "food", "absent")
        old: dict[str, object] = {
            "workspace": WORKSPACE,
            "user": "U0ANA",
            "digest": sentiment.digest(TEXT),
            "text": TEXT,
        }
        old |= {"was": "negative", "model": "m", "probability": 0.9, "at": stamp(NOON)}
        table = db.table("sentiment_corrections")
        table.insert({**old, "label": "neutral", "aspect": ""})
        table.insert({**old, "label": "absent", "aspect": "food"})
        table.insert({**old, "label": "positive", "aspect": "", "user": "terminal"})
        connection.commit()

    storage.migrate()

    with storage.write() as db:
        kept = {(one.user, one.aspect): one.reading for one in sentiment.lessons(db, WORKSPACE)}
        assert kept == {("U0ANA", ""): "r1", ("U0ANA", "food"): "r1", ("terminal", ""): ""}
        assert sentiment.withdraw(db, row, user="U0ANA")


def answers(page: Visitor, holding: str, number: int = 1) -> list[Message]:
    """The answers that hold a text, once there are so many."""

    def look(visitor: Visitor) -> list[Message] | None:
        found = [one for one in visitor.messages() if one.get("ephemeral") and holding in shown(one)]
        return found if len(found) == number else None

    found = page.wait_for(look)
    assert found is not None
    return found


def test_in_slack_the_second_answer_leaves_the_first_ones_correction(bot: RunningBot, ana: Visitor) -> None:
    right = sentiment_answer.CORRECTED.format(label="neutral")
    for number in (1, 2):
        ana.type("/sentiment The room was cold and the staff rude")
        ana.click(answers(ana, "Negative", number)[-1], "sentiment_wrong")
        ana.click(answers(ana, sentiment_answer.ASK)[-1], "sentiment_right_neutral")
        answers(ana, right, number)

    ana.click(answers(ana, right, 2)[-1], "sentiment_take_back")

    answers(ana, right)
    (kept,) = bot.rows("SELECT reading FROM sentiment_corrections")
    assert [row["id"] for row in bot.rows("SELECT id FROM readings WHERE corrected <> ''")] == [kept["reading"]]
