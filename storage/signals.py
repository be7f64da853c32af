"""Signals: what each person thought of a draft and did with it, joined into one row to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage import briefs
from storage.briefs import BriefRow
from storage.consent import OBJECTORS, WITHHELD
from storage.sqlite import Database

# A rewrite is an edit that still differs from the draft; edits can bring the first words back.
QUERY = """
    WITH RECURSIVE {withheld},
    acts AS (
        SELECT draft, user FROM votes WHERE workspace = :workspace AND COALESCE(kept_at, at) > :since
        UNION SELECT draft, user FROM edits WHERE workspace = :workspace AND COALESCE(kept_at, at) > :since
        UNION SELECT draft, user FROM uses WHERE workspace = :workspace AND at > :since
    )
    SELECT a.draft, a.user, d.text, d.model, d.adapter, d.rank, d.propensity, d.imported,
        v.value, v.reason, v.words, v.at AS voted_at, e.text AS edited, e.at AS edited_at, u.at AS used_at,
        v.kept_at AS vote_kept_at, e.kept_at AS edit_kept_at,
        v.source = 'imported' AS is_from_file, v.rewrite_erased AS vote_is_void, u.rewrite_erased AS use_is_void,
        s.text AS shown, s.user = a.user AS shown_is_own, :learnable AND s.user IN ({objectors}) AS shown_is_withheld,
        EXISTS (SELECT 1 FROM edits r WHERE r.draft = d.id AND r.first_at <= v.at AND r.at > v.at) AS shown_is_lost,
        (SELECT MIN(r.first_at) FROM edits r WHERE r.draft = d.id AND r.text <> d.text AND r.user <> a.user)
            AS rewritten_by_others_at,
        b.private = 1 OR COALESCE(d.channel, b.channel) LIKE 'D%' AS is_private,
        COALESCE(
            (SELECT r.text FROM edits r WHERE r.draft = b.redesign_of AND r.at <= b.asked_at
                AND (NOT :learnable OR r.user NOT IN ({objectors})) ORDER BY r.at DESC LIMIT 1),
            (SELECT o.text FROM drafts o WHERE o.id = b.redesign_of),
            ''
        ) AS rejected,
        {brief}
    FROM acts a
    JOIN drafts d ON d.id = a.draft
    JOIN briefs b ON b.id = d.brief
    LEFT JOIN votes v ON v.draft = a.draft AND v.user = a.user
    LEFT JOIN edits e ON e.draft = a.draft AND e.user = a.user AND e.text <> d.text
    LEFT JOIN edits s ON s.rowid = (
        SELECT rowid FROM edits r WHERE r.draft = a.draft AND COALESCE(r.kept_at, r.at) <= v.at
        ORDER BY r.at DESC LIMIT 1
    )
    LEFT JOIN uses u ON u.draft = a.draft AND u.user = a.user
    WHERE NOT :learnable OR (a.user NOT IN ({objectors}) AND b.id NOT IN (SELECT brief FROM withheld))
"""
SAME = ("draft", "user", "text", "rejected", "model", "adapter", "rank", "propensity")
PREFIX = "brief_"
TEXT, REWRITE = "text", "rewrite"
COLUMNS = ", ".join(f"b.{name} AS {PREFIX}{name}" for name in BriefRow.__dataclass_fields__)
TYPED_HERE: Mapping[str, str] = {
    **dict.fromkeys(("audience", "tone", "revision", "instruction", "brand"), ""),
    **dict.fromkeys(("must_say", "must_not_say"), "[]"),
}
"""What a brief may say beyond what a draft of it is recognised by in a file, and the column of a brief that doesn't."""


@dataclass(frozen=True, slots=True)
class SignalRow:
    """What one person did with one draft; `brief.user` asked for it, `rejected` is what a new version is to replace.

    Acts that came after a rewrite of the draft are about the rewrite and not about what the desk wrote. Such a vote has
    `shown`, the rewrite by somebody else, and `shown_value` for it. Left out are votes on one's own rewrite, which says
    so itself, votes on words that were rewritten again since and aren't kept or whose writer is forgotten, and uses of
    another person's rewrite. A vote from a file is on the text that the file names. The fields are those of
    `model/signals.py`; `came_at` is when the desk got to know of it, which for what a file brought is later than `at`.
    """

    draft: str
    brief: BriefRow
    rejected: str
    text: str
    user: str
    at: str
    came_at: str
    value: int
    edited: str
    used: bool
    reason: str
    words: str
    model: str
    adapter: str | None
    rank: int
    propensity: float
    shown: str
    shown_value: int
    private: bool
    imported: bool


def of_workspace(
    db: Database, workspace: str, *, since: str = "", learnable: bool = True, only_imported: bool = False
) -> list[SignalRow]:
    """Every signal of a workspace of which the desk got to know something after the stamp `since`, oldest first.

    `learnable` leaves out the people who said no: what they did, and every brief that has words of theirs.
    `only_imported` leaves out all that isn't from a file: what people did here, and of a brief that was typed here
    what the file doesn't say.
    """
    sql = QUERY.format(withheld=WITHHELD, objectors=OBJECTORS, brief=COLUMNS)
    records = db.query(sql, {"workspace": workspace, "learnable": learnable, "since": since})
    found = (_signal(_from_files(record) if only_imported else record) for record in records)
    # An act since then may be one that doesn't count.
    kept = (row for row in found if row is not None and row.came_at > since)
    return sorted(kept, key=lambda row: (row.at, row.draft, row.user))


def _from_files(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record without what people did and typed here; a file that speaks of the desk's own draft names its brief."""
    found = {**record, "used_at": None}
    if not record["is_from_file"]:
        found["voted_at"] = None
    if record["edit_kept_at"] is None:
        found["edited_at"] = found["edited"] = None
    if not record["imported"]:
        found |= {"rejected": "", **{f"{PREFIX}{name}": value for name, value in TYPED_HERE.items()}}
    return found


def _signal(record: Mapping[str, Any]) -> SignalRow | None:
    """One row; None when the desk can't tell what any of the person's acts was about."""
    about = _voted_on(record)
    is_use = _is_used(record)
    acts = (
        record["voted_at"] if about else None,
        record["edited_at"],
        record["used_at"] if is_use else None,
    )
    if not any(acts):
        return None
    came = (record["vote_kept_at"] if about else None, record["edit_kept_at"])
    brief = {name.removeprefix(PREFIX): value for name, value in record.items() if name.startswith(PREFIX)}
    return SignalRow(
        brief=briefs.from_record(brief),
        at=max(act for act in acts if act),
        came_at=max(act for act in (*acts, *came) if act),
        value=record["value"] if about == TEXT else 0,
        edited=record["edited"] or "",
        used=is_use,
        reason=(record["reason"] or "") if about == TEXT else "",
        words=(record["words"] or "") if about == TEXT else "",
        shown=record["shown"] if about == REWRITE else "",
        shown_value=record["value"] if about == REWRITE else 0,
        private=bool(record["is_private"]),
        imported=bool(record["imported"]),
        **{name: record[name] for name in SAME},
    )


def _is_used(record: Mapping[str, Any]) -> bool:
    """Whether the person used what the desk wrote, and not a rewrite by somebody else."""
    if record["used_at"] is None or record["use_is_void"]:
        return False
    return record["rewritten_by_others_at"] is None or record["used_at"] < record["rewritten_by_others_at"]


def _voted_on(record: Mapping[str, Any]) -> str:
    """What a vote was on, TEXT or REWRITE; empty where there is none, or none that says anything."""
    if record["voted_at"] is None:
        return ""
    if record["is_from_file"]:
        return TEXT
    if record["shown_is_lost"] or record["vote_is_void"]:
        return ""
    if record["shown"] in (None, record["text"]):
        return TEXT
    return "" if record["shown_is_own"] or record["shown_is_withheld"] else REWRITE
