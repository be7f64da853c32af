"""Forgetting a person: every row, in one transaction, and not a word left in the files."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from bot import privacy_commands as words
from storage import briefs, consent, drafts, judged, privacy, signals, taste, votes
from storage.database import Storage, stamp
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at

PEOPLE = ("user", "by", "person", "author", "admin", "who")
"""What a column that holds a person may be called, alone or at its end."""

QUOTING = {"name": "facts", "ok": False, "reason": "“Ana's kitchen” is not in the brief", "hard": True}
LENGTH = {"name": "length", "ok": True, "reason": "9 of 280", "hard": True}
Run = Callable[..., Result]


@pytest.fixture
def db(storage: Storage) -> Iterator[Database]:
    with storage.write() as db:
        yield db


@pytest.fixture
def run(data: Path) -> Run:
    """Runs `copydesk privacy …` on the data folder."""

    def run(*arguments: object, answer: str = "") -> Result:
        chosen = [str(one) for one in arguments]
        return CliRunner(env={"COPYDESK_DATA": str(data)}).invoke(words.privacy, chosen, input=answer)

    return run


def act(db: Database, draft: drafts.DraftRow, user: str) -> None:
    """Vote on a draft, say why, rewrite it and share it."""
    votes.cast(db, draft, user=user, value=-1, source="button", at=at(1))
    votes.give_reason(db, draft.id, user=user, reason="boring", words=f"{user} finds it dull")
    drafts.save_edit(db, draft, user=user, text=f"As {user} has it.", at=at(2))
    drafts.save_share(db, draft, user=user, channel="C0LAUNCH", at=at(3))


def test_every_row_of_a_person_goes_and_no_row_of_anybody_else(db: Database) -> None:
    bens = add_draft(db, add_brief(db, "bens", user="U0BEN"))
    for user in ("U0ANA", "U0BEN"):
        act(db, bens, user)
    add_draft(db, add_brief(db, "anas"))
    act(db, add_draft(db, add_brief(db, "elsewhere", workspace="T1")), "U0ANA")

    forgotten = privacy.forget(db, WORKSPACE, "U0ANA", at(9))

    assert forgotten.erased == privacy.Stored(briefs=1, votes=1, edits=1, uses=1, others=0)
    assert forgotten.drafts == ("bens-1",), "whose message still shows what she did"
    assert [row["id"] for row in db.query("SELECT id FROM briefs ORDER BY id")] == ["bens", "elsewhere"]
    assert [row["id"] for row in db.query("SELECT id FROM drafts ORDER BY id")] == ["bens-1", "elsewhere-1"]
    assert privacy.stored(db, WORKSPACE, "U0BEN").total == 4
    assert privacy.stored(db, "T1", "U0ANA").total == 4
    assert [row.user for row in signals.of_workspace(db, WORKSPACE)] == ["U0BEN"]


def test_words_are_erased_wherever_new_versions_have_carried_them(db: Database) -> None:
    first = add_draft(db, add_brief(db, "anas", tone="dry", must_say=("Ana's kitchen",)), checks=(QUOTING, LENGTH))
    copy = add_brief(db, "copy", user="U0BEN", redesign_of=first.id, product="Ana's kitchen")
    again = add_brief(db, "again", user="U0CHLOE", redesign_of=add_draft(db, copy).id, product="Ana's kitchen")
    for draft in (first, add_draft(db, again)):
        act(db, draft, "U0CHLOE")

    privacy.forget(db, WORKSPACE, "U0ANA", at(9))

    rows = list(db.query("SELECT * FROM briefs"))
    assert {row["id"]: (row["user"], row["product"], row["tone"], row["must_say"]) for row in rows} == {
        "anas": ("", "", "", "[]"),
        "copy": ("U0BEN", "", "", "[]"),
        "again": ("U0CHLOE", "", "", "[]"),
    }
    assert "kitchen" not in str(rows + list(db.query("SELECT * FROM drafts")))
    kept = drafts.get(db, first.id)
    assert kept is not None
    assert kept.checks == ({**QUOTING, "reason": ""}, LENGTH)
    assert signals.of_workspace(db, WORKSPACE) == [], "without its brief a draft teaches nothing"


def test_what_others_thought_of_a_forgotten_persons_rewrite_is_said_of_nothing_else(db: Database) -> None:
    """With the rewrite gone such votes and uses counted for what the desk had written."""
    draft, lost = (add_draft(db, add_brief(db, name)) for name in ("anas", "again"))
    votes.cast(db, draft, user="U0DEE", value=-1, source="button", at=at(1))
    drafts.save_edit(db, draft, user="U0BEN", text="As Ben has it.", at=at(2))
    votes.cast(db, draft, user="U0CHLOE", value=1, source="button", at=at(3))
    votes.cast(db, draft, user="U0FILE", value=1, source="imported", at=at(3))
    drafts.save_share(db, draft, user="U0EVE", channel="C0LAUNCH", at=at(3))
    drafts.save_edit(db, lost, user="U0BEN", text="As Ben had it.", at=at(2))
    votes.cast(db, lost, user="U0CHLOE", value=1, source="button", at=at(3))
    drafts.save_edit(db, lost, user="U0BEN", text="As Ben has it now.", at=at(4))

    privacy.forget(db, WORKSPACE, "U0BEN", at(9))

    found = signals.of_workspace(db, WORKSPACE)
    assert {row.user: row.value for row in found} == {"U0DEE": -1, "U0FILE": 1}
    assert {row.draft: (row.up, row.down) for row in judged.recent(db, WORKSPACE, user="U0ANA")} == {
        "anas-1": (1, 1),
        "again-1": (0, 0),
    }

    votes.cast(db, draft, user="U0CHLOE", value=-1, source="button", at=at(10))
    drafts.save_share(db, draft, user="U0EVE", channel="C0LAUNCH", at=at(10))
    later = {row.user: (row.value, row.used) for row in signals.of_workspace(db, WORKSPACE)}
    assert (later["U0CHLOE"], later["U0EVE"]) == ((-1, False), (0, True)), "what is shown now is the desk's own text"


def test_a_direct_message_leads_to_nobody(db: Database) -> None:
    place = {"channel": "D0ANA", "opener_channel": "D0ANA", "opener_ts": "1.0"}
    act(db, add_draft(db, add_brief(db, "anas", private=True, **place)), "U0BEN")

    privacy.forget(db, WORKSPACE, "U0ANA", at(9))

    found = briefs.get(db, "anas")
    assert found is not None
    assert (found.user, found.channel, found.opener_channel, found.opener_ts) == ("", "", None, None)


def test_decisions_for_everybody_stay_and_the_name_goes(db: Database) -> None:
    consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=at(1))

    privacy.forget(db, WORKSPACE, "U0ANA", at(9))

    assert consent.last(db, WORKSPACE) == consent.Consent(True, "", stamp(at(1)))
    assert list(db.query("SELECT * FROM objections")) == [
        {"workspace": WORKSPACE, "user": "U0ANA", "at": stamp(at(9))}
    ], "of a forgotten person only their no is known"


def test_vectors_of_texts_go_with_the_texts(db: Database) -> None:
    for workspace in (WORKSPACE, "T1"):
        taste.keep_vectors(db, workspace, {"digest": b"vector"})

    privacy.forget(db, WORKSPACE, "U0ANA", at(9))

    assert [row["workspace"] for row in db.query("SELECT workspace FROM vectors")] == ["T1"]


def test_what_a_file_brought_goes_with_the_person(db: Database) -> None:
    brief = add_brief(db, "filed", user="", channel="")
    act(db, add_draft(db, brief, imported=True), "U0ANA")
    act(db, add_draft(db, brief, 2, imported=True), "U0BEN")

    privacy.forget(db, WORKSPACE, "U0ANA", at(9))
    assert [row["id"] for row in db.query("SELECT id FROM drafts")] == ["filed-2"]

    privacy.forget(db, WORKSPACE, "U0BEN", at(9))
    assert list(db.query("SELECT id FROM briefs")) == []


def test_what_a_worker_finished_after_the_forgetting_is_swept_later(db: Database) -> None:
    brief = add_brief(db, "anas", status="writing", finished_at=None)
    privacy.forget(db, WORKSPACE, "U0ANA", at(9))
    add_draft(db, brief)

    privacy.sweep(db, at(9.5))
    assert db.table("drafts").count == 1

    privacy.sweep(db, at(11))
    assert [db.table(name).count for name in ("drafts", "briefs")] == [0, 0]


def test_all_of_it_goes_or_nothing(storage: Storage) -> None:
    with storage.write() as db:
        act(db, add_draft(db, add_brief(db, "anas")), "U0ANA")
        # The last thing that is done fails.
        db.execute("CREATE TRIGGER stop BEFORE INSERT ON objections BEGIN SELECT RAISE(ABORT, 'stopped'); END")

    with pytest.raises(sqlite3.IntegrityError, match="stopped"):
        privacy.erase(storage, WORKSPACE, "U0ANA", at(9))

    with storage.read() as db:
        assert privacy.stored(db, WORKSPACE, "U0ANA").total == 4


def test_not_a_word_is_left_in_the_files(storage: Storage, data: Path) -> None:
    with storage.write() as db:
        for number in range(200):
            draft = add_draft(db, add_brief(db, f"b{number}", product="Zanzibar fruit"), text="Zanzibar copy")
            drafts.save_edit(db, draft, user="U0ANA", text="Zanzibar tea", at=at(1))

    with storage.read() as running_desk:
        assert running_desk.table("drafts").count == 200
        privacy.erase(storage, WORKSPACE, "U0ANA", at(9))

        assert all(b"Zanzibar" not in path.read_bytes() for path in data.iterdir())


def test_a_row_without_a_name_is_nobodys(db: Database) -> None:
    with pytest.raises(ValueError, match="Nobody"):
        privacy.forget(db, WORKSPACE, "", at(9))


def test_every_column_that_holds_a_person_is_known(db: Database) -> None:
    """Whoever adds a table that names people must say what forgetting does to it."""
    known = {("briefs", "user"), ("objections", "user"), *privacy.NAMED}
    known |= {(name, "user") for name in (*privacy.ACTS, *privacy.SENTIMENT)}
    found = {
        (table, column)
        for table in db.table_names()
        for column in db.table(table).columns_dict
        if column.rsplit("_", 1)[-1] in PEOPLE
    }

    # A round is asked for by the schedule, an admin or the terminal, none of them by name.
    assert found - {("rounds", "asked_by")} == known


def test_the_terminal_shows_everything(storage: Storage, run: Run, tmp_path: Path) -> None:
    with storage.write() as db:
        act(db, add_draft(db, add_brief(db, "anas", must_say=("free",))), "U0ANA")
    out = tmp_path / "ana.json"

    shown, as_json = run("export", "U0ANA"), run("export", "U0ANA", "--json")
    filed = run("export", "U0ANA", "--out", out)

    assert "votes (1)" in shown.stdout
    assert "U0ANA finds it dull" in shown.stdout
    document = json.loads(as_json.stdout)
    assert document["briefs"][0]["must_say"] == ["free"]
    assert document["briefs"][0]["drafts"] == ["Draft 1 about anas."]
    assert (document["teaches"], document["uses"][0]["shared"]) == (True, 1)
    assert json.loads(out.read_text("utf-8")) == document
    assert out.stat().st_mode & 0o077 == 0
    assert f"Written to {out}: 1 brief, 1 vote, 1 edit, 1 use." in filed.stdout


def test_the_terminal_forgets_when_it_is_told_twice(storage: Storage, run: Run) -> None:
    with storage.write() as db:
        act(db, add_draft(db, add_brief(db, "bens", user="U0BEN")), "U0ANA")

    refused = run("forget", "U0ANA", answer="n\n")
    assert refused.exit_code == 1
    with storage.read() as db:
        assert privacy.stored(db, WORKSPACE, "U0ANA").total == 3

    agreed = run("forget", "U0ANA", answer="y\n")
    assert (agreed.exit_code, "U0ANA is forgotten: 0 briefs, 1 vote, 1 edit, 1 use." in agreed.stdout) == (0, True)
    assert run("forget", "U0BEN", "--yes").exit_code == 0
    with storage.read() as db:
        assert signals.of_workspace(db, WORKSPACE) == []


def test_a_person_who_is_not_there_is_named(storage: Storage, run: Run) -> None:
    with storage.write() as db:
        add_brief(db, "anas")
        add_brief(db, "filed", user="")

    for user in ("U9", ""):
        for command in ("export", "forget"):
            answer = run(command, user)
            assert answer.exit_code == 1
            assert words.NOBODY.format(user=user, workspace=WORKSPACE) in answer.stderr
