"""Several workspaces in one data folder: a round of one leaves alone what serves another."""

import threading
from pathlib import Path

from bot import rounds
from model import adapters
from model.fingerprint import fingerprint
from storage import rounds as rows
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes


def test_another_workspaces_trial_is_not_pruned_and_its_version_not_judged_against(data: Path, tmp_path: Path) -> None:
    parts = scripted_steps.parts(data, tmp_path / "tiny", Scripted(), [SUNDAY])
    add_votes(parts.storage)
    on = fingerprint(parts.learner().base)
    ours, theirs, tried = (published.publish(data, on, workspace=one) for one in (WORKSPACE, "T1", "T1"))
    adapters.promote(data, ours, on)
    adapters.promote(data, theirs, on)
    with parts.storage.write() as db:
        other = rows.begin(db, "T1", asked_by="schedule", at=SUNDAY)
        rows.end(db, other.id, "canary", "On trial.", at=SUNDAY, adapter=tried, incumbent=theirs)
    for _ in range(adapters.KEPT):
        published.publish(data, on, workspace=WORKSPACE)

    row = rounds.run(parts, WORKSPACE, asked_by="terminal", stop=threading.Event())

    assert (row.verdict, row.incumbent) == ("canary", ours)
    assert [one.name for one in adapters.listed(data)][:3] == [ours, theirs, tried]
