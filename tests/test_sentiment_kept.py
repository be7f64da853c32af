"""What is kept of sentiment: readings, corrections and precision, and none of it of who is forgotten."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot import sentiment_home
from bot.sentiment_train_commands import agreed
from storage import consent, privacy, readings, sentiment
from storage.database import Storage, stamp
from storage.migrations import MIGRATIONS
from storage.readings import ReadingRow
from tests.desk_rows import NOON, WORKSPACE
from tests.thread_reading import shown

ROW = ReadingRow("r1", WORKSPACE, "U0ANA", "C0LAUNCH", "text", stamp(NOON), text="Slow again", aspects=("food",))


def add(storage: Storage, name: str, *, label: str = "negative", day: int = 0, **fields: object) -> ReadingRow:
    """A reading that was answered that many days after noon."""
    row = replace(ROW, id=name, label=label, probability=0.9, model="m", status="reading", result="{}", **fields)  # type: ignore[arg-type]
    with storage.write() as db:
        readings.insert(db, row)
        readings.finish(db, name, "done", NOON + timedelta(days=day))
    with storage.read() as db:
        found = readings.get(db, name)
    assert found is not None
    return found


def correct(storage: Storage, row: ReadingRow, user: str, label: str, minute: int = 0) -> bool:
    with storage.write() as db:
        return sentiment.correct(db, row, user=user, label=label, at=NOON + timedelta(minutes=minute))


def test_a_text_does_not_wait_behind_files_nor_one_person_behind_another(storage: Storage) -> None:
    with storage.write() as db:
        for number, (name, kind, user) in enumerate(
            [("f1", "file", "U0BEN"), ("t1", "text", "U0ANA"), ("t2", "text", "U0ANA"), ("t3", "text", "U0BEN")]
        ):
            asked = stamp(NOON + timedelta(seconds=number))
            readings.insert(db, replace(ROW, id=name, kind=kind, user=user, asked_at=asked))
        taken = [readings.take(db, "text", NOON + timedelta(minutes=number)) for number in range(4)]

    assert [row and row.id for row in taken] == ["t1", "t3", "t2", None]


def test_the_last_correction_of_a_person_counts_and_an_older_one_that_arrives_late_does_not(storage: Storage) -> None:
    row = add(storage, "r1")

    assert correct(storage, row, "U0ANA", "neutral", minute=5)
    assert not correct(storage, row, "U0ANA", "positive", minute=1)

    with storage.read() as db:
        (kept,) = sentiment.lessons(db, WORKSPACE)
        now = readings.get(db, "r1")
    assert (kept.was, kept.label, kept.text, kept.probability, kept.model) == (
        "negative",
        "neutral",
        "Slow again",
        0.9,
        "m",
    )
    assert now is not None
    assert now.corrected == "neutral"


def test_precision_counts_by_week_and_label_what_nobody_put_right(storage: Storage) -> None:
    wrong = add(storage, "r1", label="positive")
    add(storage, "r2", label="positive")
    add(storage, "r3", label="negative", day=7)
    add(storage, "r4", label="unsure", day=7)
    correct(storage, wrong, "U0ANA", "negative")

    with storage.read() as db:
        found = sentiment.precision(db, WORKSPACE, since=NOON - timedelta(days=30))
        home = sentiment_home.blocks_for(db, WORKSPACE, NOON + timedelta(days=8))

    assert [(one.week, one.label, one.given, one.wrong) for one in found] == [
        ("2026-11-23", "positive", 2, 1),
        ("2026-11-30", "negative", 1, 0),
    ]
    said = shown({"blocks": home})
    assert "Week of 23 November: 1 of 2 stood · 50 % (9–91)" in said
    assert "“negative”: 1 of 1 stood · 100 % (21–100)" in said
    assert "1 label was put right so far." in said


def test_home_says_when_nothing_was_read_yet(storage: Storage) -> None:
    with storage.read() as db:
        home = sentiment_home.blocks_for(db, WORKSPACE, NOON)

    assert sentiment_home.NOTHING in shown({"blocks": home})


def test_a_month_later_the_words_are_gone_and_the_count_stays(storage: Storage) -> None:
    add(storage, "r1")

    with storage.write() as db:
        swept = readings.sweep(db, NOON + readings.KEPT + timedelta(seconds=1))
        row = readings.get(db, "r1")
        counted = sentiment.precision(db, WORKSPACE, since=NOON - timedelta(days=1))

    assert swept == 1
    assert row is not None
    assert (row.user, row.text, row.result, row.channel, row.label) == ("", "", "", "", "negative")
    assert [one.given for one in counted] == [1]


@pytest.mark.parametrize(
    ("allowed", "objects", "stays"), [(False, False, False), (True, True, False), (True, False, True)]
)
def test_a_corrected_text_stays_only_where_the_model_may_learn_from_it(
    storage: Storage, allowed: bool, objects: bool, stays: bool
) -> None:
    row = add(storage, "r1")
    correct(storage, row, "U0ANA", "neutral")
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=allowed, user="U0BEN", at=NOON)
        if objects:
            consent.object_to_learning(db, WORKSPACE, user="U0ANA", at=NOON)
        readings.sweep(db, NOON + readings.KEPT - timedelta(hours=1))
        early = [one["text"] for one in db.query("SELECT text FROM sentiment_corrections")]
        readings.sweep(db, NOON + readings.KEPT + timedelta(hours=1))
        late = [one["text"] for one in db.query("SELECT text FROM sentiment_corrections")]
        taught = [one.text for one in sentiment.lessons(db, WORKSPACE)]

    assert early == ["Slow again"]
    assert late == (["Slow again"] if stays else [""])
    assert taught == (["Slow again"] if stays else [])
    with storage.read() as db:
        assert sentiment.count(db, WORKSPACE) == 1


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_of_what_failed_or_was_stopped_no_words_stay(storage: Storage, status: str) -> None:
    with storage.write() as db:
        readings.insert(db, replace(ROW, status="reading", result='{"words": ["Slow"]}'))
        readings.finish(db, "r1", status, NOON)
        kept = readings.keep_result(
            db, "r1", result='{"words": ["Slow"]}', label="negative", probability=0.9, model="m"
        )
        row = readings.get(db, "r1")

    assert not kept
    assert row is not None
    assert (row.status, row.text, row.result) == (status, "", "")


def test_who_is_forgotten_leaves_no_text_and_no_correction(storage: Storage) -> None:
    correct(storage, add(storage, "r1"), "U0ANA", "neutral")
    correct(storage, add(storage, "r2", user="U0BEN", text="Fine"), "U0BEN", "positive")
    with storage.read() as db:
        document = privacy.export(db, WORKSPACE, "U0ANA")
        assert privacy.stored(db, WORKSPACE, "U0ANA").readings == 2

    privacy.erase(storage, WORKSPACE, "U0ANA", NOON)

    assert [one["text"] for one in document["readings"]] == ["Slow again"]
    assert document["readings"][0]["aspects"] == ["food"]
    assert [one["label"] for one in document["sentiment_corrections"]] == ["neutral"]
    assert json.dumps(document)
    with storage.read() as db:
        assert [row["user"] for row in db.query("SELECT user FROM readings")] == ["U0BEN"]
        assert [row["user"] for row in db.query("SELECT user FROM sentiment_corrections")] == ["U0BEN"]
    assert b"Slow again" not in storage.path.read_bytes()


def test_corrections_of_before_are_about_the_whole_text(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "old.db")
    old = {
        "workspace": WORKSPACE,
        "user": "U0ANA",
        "digest": "d",
        "text": "Slow",
        "was": "positive",
        "label": "negative",
    }
    with closing(sqlite3.connect(storage.path)) as connection:
        db = Database(connection)
        MIGRATIONS.apply(db, stop_before="m014_more_corrections")
        db.table("sentiment_corrections").insert({**old, "model": "m", "probability": 0.9, "at": stamp(NOON)})
        connection.commit()

    storage.migrate()

    with storage.write() as db:
        (kept,) = sentiment.lessons(db, WORKSPACE)
        assert (kept.text, kept.label, kept.aspect) == ("Slow", "negative", "")
        assert sentiment.keep(db, replace(kept, aspect="food", label="absent"))
        assert sentiment.count(db, WORKSPACE) == 2
        with pytest.raises(ValueError, match="A label is one of negative, neutral, positive, not 'absent'"):
            sentiment.keep(db, replace(kept, label="absent"))


def test_what_was_said_of_an_aspect_is_handed_out_and_erased_too(storage: Storage) -> None:
    felt = {"aspect": "food", "label": "negative", "probability": 0.8, "sure": True}
    row = add(storage, "r1")
    with storage.write() as db:
        db.execute("UPDATE readings SET result = ?", [json.dumps({"aspects": [felt, {**felt, "sure": False}]})])
        row = replace(row, result=json.dumps({"aspects": [felt]}))
        sentiment.correct(db, row, user="U0ANA", label="absent", at=NOON, aspect="food")
        document = privacy.export(db, WORKSPACE, "U0ANA")
        counted = sentiment.aspect_precision(db, WORKSPACE, since=NOON - timedelta(days=1))

    privacy.erase(storage, WORKSPACE, "U0ANA", NOON)

    (kept,) = document["sentiment_corrections"]
    assert (kept["aspect"], kept["was"], kept["label"], kept["probability"]) == ("food", "negative", "absent", 0.8)
    assert counted == (1, 1), "what was left unsure claims nothing"
    with storage.read() as db:
        assert sentiment.count(db, WORKSPACE) == 0


def test_how_many_labels_somebody_went_through_is_theirs_too(storage: Storage) -> None:
    """Of who was forgotten there stayed a row that a known text and their id led to."""
    with storage.write() as db:
        for user in ("U0ANA", "U0BEN"):
            found = [sentiment.Check("text", "negative", 3, 1)]
            sentiment.check(db, WORKSPACE, f"file of {user}", found, user=user, at=NOON)
        document = privacy.export(db, WORKSPACE, "U0ANA")

    privacy.erase(storage, WORKSPACE, "U0ANA", NOON)

    assert [(one["label"], one["given"], one["wrong"]) for one in document["sentiment_checks"]] == [("negative", 3, 1)]
    with storage.read() as db:
        assert [row["user"] for row in db.query("SELECT user FROM sentiment_checks")] == ["U0BEN"]


def test_who_said_no_teaches_nothing(storage: Storage) -> None:
    correct(storage, add(storage, "r1"), "U0ANA", "neutral")
    with storage.write() as db:
        consent.object_to_learning(db, WORKSPACE, user="U0ANA", at=NOON)

        assert list(sentiment.lessons(db, WORKSPACE)) == []


def test_most_people_decide_what_is_right_and_a_split_teaches_nothing(storage: Storage) -> None:
    row, split = add(storage, "r1"), add(storage, "r2", text="Well, well")
    for number, (user, label) in enumerate([("U1", "neutral"), ("U2", "neutral"), ("U3", "positive")]):
        correct(storage, row, user, label, minute=number)
    for user, label in (("U1", "neutral"), ("U2", "positive")):
        correct(storage, split, user, label)

    with storage.read() as db:
        lessons = agreed(sentiment.lessons(db, WORKSPACE))

    assert [(one.text, one.label) for one in lessons] == [("Slow again", "neutral")]
