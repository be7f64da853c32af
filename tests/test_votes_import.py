"""Votes come from files: every good line, no line twice, and each bad one with its number and its reason."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import rows, vote_commands, vote_lines, workspaces
from bot.tastes import Tastes
from bot.vote_lines import BadLine
from model.brief import Brief
from storage import hourly, signals, taste
from storage.database import Storage, stamp
from tests.desk_rows import NOON, WORKSPACE, add_brief, add_draft, at

GOOD = {
    "brief": "tweet for Brewline cold brew --tone dry",
    "format": "tweet",
    "text": "Cold brew that waits for no one.",
    "user": "U1",
    "value": -1,
    "edited": "Cold brew, no waiting.",
    "reason": "boring",
    "at": "2026-11-20T10:00:00Z",
}

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path) -> Run:
    """Runs `copydesk votes …` on the data folder."""

    def run(*arguments: object) -> Result:
        words = [str(one) for one in arguments]
        return CliRunner(env={"COPYDESK_DATA": str(data)}).invoke(vote_commands.votes, words)

    return run


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Callable[..., Result]:
    """Writes lines to a file and imports it into an empty workspace."""

    def imported(*lines: dict[str, Any] | bytes, options: tuple[str, ...] = ()) -> Result:
        return run("import", written(tmp_path / "votes.jsonl", *lines), "--workspace", WORKSPACE, *options)

    return imported


def written(path: Path, *lines: dict[str, Any] | bytes) -> Path:
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def everything(storage: Storage) -> dict[str, list[dict[str, Any]]]:
    with storage.read() as db:
        return {name: list(db.query(f"SELECT * FROM {name}")) for name in ("briefs", "drafts", "votes", "edits")}


def test_a_line_becomes_a_signal_that_says_where_it_is_from(storage: Storage, imported: Run) -> None:
    answer = imported(GOOD)

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == "1 line: 1 new, 0 known before.\n"
    with storage.read() as db:
        (found,) = (rows.to_signal(row) for row in signals.of_workspace(db, WORKSPACE, only_imported=True))
    assert found.brief == Brief(product="tweet for Brewline cold brew", tone="dry")
    assert (found.text, found.user, found.value, found.reason) == (GOOD["text"], "U1", -1, "boring")
    assert (found.edited, found.imported) == (GOOD["edited"], True)


def test_importing_twice_changes_nothing(storage: Storage, imported: Run) -> None:
    lines = [
        GOOD,
        {**GOOD, "user": "U2"},
        {**GOOD, "text": "Another."},
        {**GOOD, "brief": "sms for tea", "format": "sms"},
    ]
    imported(*lines)
    before = everything(storage)

    answer = imported(*lines, *reversed(lines))

    assert answer.stdout == "8 lines: 0 new, 8 known before.\n"
    assert everything(storage) == before
    assert [len(before[name]) for name in ("briefs", "drafts", "votes", "edits")] == [2, 3, 4, 4]


def test_what_comes_after_an_admin_began_anew_teaches_taste(storage: Storage, imported: Run) -> None:
    with storage.write() as db:
        taste.reset(db, WORKSPACE, user="U0ADMIN", at=datetime.fromisoformat("2026-11-21T10:00:00Z"))
    tastes = Tastes(storage)

    imported(GOOD)
    tastes.learn(WORKSPACE)

    known = tastes.known(WORKSPACE)
    assert known is not None
    assert known.votes == 2, "the vote and the rewrite were made before that, and came after"


def test_of_two_votes_of_one_person_the_later_wins_in_any_order(storage: Storage, imported: Run) -> None:
    later = {**GOOD, "value": 1, "edited": None, "reason": None, "at": "2026-11-21T10:00:00+01:00"}

    imported(later, GOOD)

    assert [(row["value"], row["at"][:13]) for row in everything(storage)["votes"]] == [(1, "2026-11-21T09")]


def test_bad_lines_are_told_and_the_others_are_in(storage: Storage, imported: Run) -> None:
    answer = imported(GOOD, b"{", {**GOOD, "user": "U2"}, {**GOOD, "value": 2}, b"", {**GOOD, "user": "U3"})

    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        "Line 2: it is not JSON.",
        "Line 4: 'value' is 2; it must be 1, -1 or null.",
        "Error: 2 of 5 lines can't be used; the other 3 are in.",
    ]
    assert len(everything(storage)["votes"]) == 3


def test_with_strict_one_bad_line_keeps_everything_out(storage: Storage, imported: Run) -> None:
    answer = imported(*[{**GOOD, "user": f"U{number}"} for number in range(300)], b"{", options=("--strict",))

    assert answer.exit_code == 1
    assert "Line 301: it is not JSON." in answer.stderr
    assert "none was imported" in answer.stderr
    assert answer.stdout == ""
    assert everything(storage)["votes"] == []

    assert imported(GOOD, options=("--strict",)).exit_code == 0
    assert len(everything(storage)["votes"]) == 1


def test_the_json_counts_every_line(imported: Run) -> None:
    answer = imported(GOOD, GOOD, b"[]", options=("--json",))

    document = json.loads(answer.stdout)
    assert {name: document[name] for name in ("lines", "new", "known", "bad")} == {
        "lines": 3,
        "new": 1,
        "known": 1,
        "bad": 1,
    }
    assert document["reasons"][0]["line"] == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": True}, "'value' is true"),
        ({"value": 1.0}, "'value' is 1.0"),
        ({"value": None, "edited": None}, "neither a 'value' nor"),
        ({"value": None, "edited": GOOD["text"]}, "neither a 'value' nor"),
        ({"reason": "meh"}, "'reason' is 'meh'; it must be null or one of off-brand, boring"),
        ({"reason": ["boring"]}, "'reason' is"),
        ({"at": "2026-11-20T10:00:00"}, "a time with its zone"),
        ({"at": "yesterday"}, "a time with its zone"),
        ({"at": "2999-01-01T00:00:00Z"}, "lies in the future"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "a time with its zone"),
        ({"text": ""}, "'text' is empty"),
        ({"text": 7}, "'text' is not a text"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "\ud800"}, "half a character"),
        ({"text": "x" * 20_001}, "20,001 characters"),
        ({"user": None}, "no 'user'"),
        ({"user": "U" * 101}, "101 characters"),
        ({"format": "twet"}, "did you mean tweet"),
        ({"brief": "tweet"}, "names a format and nothing"),
        ({"brief": "!!!"}, "no words"),
        ({"brief": "x" * 2001}, "2,001 characters"),
        ({"edit": "typed wrongly"}, "unknown field 'edit'"),
        ({"adapter": ""}, "'adapter' is empty"),
        ({"rank": 0}, "'rank' is 0; it must be a whole number from 1 on"),
        ({"rank": True}, "'rank' is true"),
        ({"propensity": 0}, "'propensity' is 0; it must be a number above 0"),
        ({"propensity": 1.5}, "'propensity' is 1.5"),
        ({"propensity": float("nan")}, "'propensity' is NaN"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(change: dict[str, Any], words: str) -> None:
    raw = json.dumps({**GOOD, **change}).encode()

    with pytest.raises(BadLine) as bad:
        vote_lines.parse(raw, now=NOON)

    assert words in str(bad.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[" * 50_000, "not JSON"),
        (b"7" * 5000, "not JSON"),
        (b"null", "not an object"),
        (b'"' + b"x" * 1_000_000 + b'"', "longer than 200,000 bytes"),
    ],
)
def test_what_is_no_line_at_all_is_said(raw: bytes, words: str) -> None:
    with pytest.raises(BadLine) as bad:
        vote_lines.parse(raw, now=NOON)

    assert words in str(bad.value)


def test_a_line_of_a_megabyte_costs_no_other_line(storage: Storage, imported: Run) -> None:
    long = json.dumps({**GOOD, "text": "x" * 1_000_000}).encode()

    answer = imported(long, GOOD)

    assert "Line 1: it is longer than 200,000 bytes." in answer.stderr
    assert "1 of 2 lines can't be used" in answer.stderr
    assert len(everything(storage)["votes"]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (json.dumps(GOOD).encode("utf-16"), "UTF-16"),
        (b"SQLite format 3\0", "NUL bytes"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(run: Run, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "votes.jsonl"
    path.write_bytes(content)

    answer = run("import", path, "--workspace", WORKSPACE)

    assert answer.exit_code == 1
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert answer.stdout == ""


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        answer = run("import", path, "--workspace", WORKSPACE)

        assert answer.exit_code == 1
        assert str(path) in answer.stderr


def test_a_byte_order_mark_and_dos_line_ends_are_no_fault(storage: Storage, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "votes.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n")

    assert run("import", path, "--workspace", WORKSPACE).exit_code == 0
    assert len(everything(storage)["votes"]) == 1


def test_the_workspace_is_the_only_one_there_is(storage: Storage, run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "votes.jsonl", GOOD)
    assert workspaces.NONE_UNNAMED in run("import", path).stderr
    with storage.write() as db:
        add_brief(db, "tea")

    assert run("import", path).exit_code == 0

    with storage.write() as db:
        add_brief(db, "other", workspace="T1")
    assert "several workspaces here (T0PLAY, T1)" in run("import", path).stderr
    assert "'T2' is not known here; there is T0PLAY, T1" in run("export", "--workspace", "T2").stderr


def test_imported_votes_are_no_part_of_the_hours_limit(storage: Storage, imported: Run) -> None:
    imported(*[{**GOOD, "text": f"Draft {number}.", "at": stamp(at(-5))} for number in range(hourly.MOST_AN_HOUR + 5)])

    with storage.write() as db:
        draft = add_draft(db, add_brief(db, "new"))
        assert hourly.full_until(db, "votes", draft, user="U1", at=at(0)) is None


def test_a_day_ahead_is_a_clock_that_differs() -> None:
    line = vote_lines.parse(json.dumps({**GOOD, "at": stamp(NOON + timedelta(hours=5))}).encode(), now=NOON)

    assert line.at == NOON + timedelta(hours=5)
