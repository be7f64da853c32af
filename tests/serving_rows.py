"""Briefs being written, drafts, and adapters of a tiny model, for tests of which adapter writes; not a test itself."""

from pathlib import Path

from model import adapters
from model.fingerprint import Base
from storage import briefs, drafts, rounds
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.drafts import DraftRow
from tests import published, tiny
from tests.published import NOON, WORKSPACE


def publish(data: Path, on: Base, *, seed: int = 1, workspace: str = WORKSPACE, **changes: object) -> str:
    made = tiny.adapter(data / "made" / f"{seed}-{adapters.next_name(data)}", seed=seed, **changes)  # type: ignore[arg-type]
    return published.publish(data, on, made, workspace=workspace)


def begin(
    storage: Storage, name: str = "b1", *, workspace: str = WORKSPACE, redesign_of: str | None = None
) -> BriefRow:
    row = BriefRow(name, workspace, "C1", "U1", "tea", "tweet", 1, stamp(NOON), redesign_of=redesign_of)
    with storage.write() as db:
        briefs.insert(db, row)
        taken = briefs.take(db, NOON)
    assert taken is not None
    return taken


def end(storage: Storage, brief: BriefRow) -> None:
    with storage.write() as db:
        briefs.finish(db, brief.id, "done", NOON)


def draft(storage: Storage, brief: BriefRow, adapter: str | None, text: str = "Tea.") -> DraftRow:
    row = DraftRow(
        id=f"d-{brief.id}",
        workspace=brief.workspace,
        brief=brief.id,
        variant=1,
        text=text,
        characters=4,
        checks=(),
        taste=0.0,
        model="tiny",
        adapter=adapter,
        written_at=stamp(NOON),
    )
    with storage.write() as db:
        drafts.insert(db, row)
    return row


def try_out(storage: Storage, candidate: str, incumbent: str) -> int:
    with storage.write() as db:
        row = rounds.begin(db, WORKSPACE, asked_by="terminal", at=NOON)
        rounds.advance(db, row.id, "judging", incumbent=incumbent, adapter=candidate)
        rounds.end(db, row.id, "canary", "On trial.", at=NOON)
    return row.id
