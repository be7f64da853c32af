"""What a file brings is new to the desk when it is read, however long ago it was done."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import round_steps, round_work, rounds, vote_commands
from bot.round_parts import Parts
from bot.round_runner import RoundRunner
from bot.schedule import read_times
from bot.trials import Trials
from storage import rounds as rows
from storage.rounds import RoundRow
from tests import scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes

LATER = SUNDAY + timedelta(days=2)


@pytest.fixture
def script() -> Scripted:
    return Scripted(better=False)


@pytest.fixture
def clock() -> list[datetime]:
    return [SUNDAY]


@pytest.fixture
def parts(data: Path, tmp_path: Path, script: Scripted, clock: list[datetime]) -> Parts:
    return scripted_steps.parts(data, tmp_path / "tiny", script, clock)


def read(parts: Parts, path: Path, *, value: int | None, now: datetime = LATER) -> None:
    """Import a vote on a text, or a rewrite of it, made ten days before the round."""
    made = {"user": "U7", "at": (SUNDAY - timedelta(days=10)).isoformat()}
    line = {
        "brief": "tweet for tea",
        "format": "tweet",
        "text": "Tea at last.",
        **made,
        "value": value,
        "edited": "Tea, warm at last.",
    }
    path.write_text(json.dumps(line), "utf-8")
    report = vote_commands.import_file(parts.storage, path, workspace=WORKSPACE, strict=True, now=now)
    assert (report.new, report.reasons) == (1, [])


def run(parts: Parts) -> RoundRow:
    return rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event())


@pytest.mark.parametrize("value", [-1, None])
def test_what_a_file_brought_after_a_round_is_new_to_the_next(
    parts: Parts, script: Scripted, clock: list[datetime], tmp_path: Path, value: int | None
) -> None:
    add_votes(parts.storage)
    first = run(parts)
    read(parts, tmp_path / "votes.jsonl", value=value)
    clock[0] = SUNDAY + timedelta(days=7)
    with parts.storage.read() as db:
        assert round_work.news(db, WORKSPACE, "ask") == 1

    second, third = run(parts), run(parts)

    assert (first.verdict, second.verdict) == ("rejected", "rejected")
    assert third.reason == round_steps.NOTHING_NEW.format(number=second.id)


def test_a_file_of_rewrites_alone_brings_a_round_at_the_next_time(
    parts: Parts, clock: list[datetime], tmp_path: Path
) -> None:
    parts = replace(parts, setting="imported")
    read(parts, tmp_path / "votes.jsonl", value=None)
    trials = Trials(parts.storage, parts.data, parts.clock, None, parts.setting)
    runner = RoundRunner(parts, trials, times=lambda _: read_times("0 3 * * sun", ZoneInfo("UTC")))

    asked = list[str]()
    for moment in (LATER, datetime(2026, 11, 29, 3, tzinfo=UTC)):
        clock[0] = moment
        runner.tick()
        runner.join()
        with parts.storage.read() as db:
            asked.append(" ".join(row.asked_by for row in rows.recent(db, WORKSPACE, 10)))

    assert asked == ["", "schedule"], "not at once as if one had been missed, and then at its time"
    runner.close()
