"""What a span of time held: drafts, people, votes and their reasons; what was imported is left out."""

from dataclasses import dataclass
from typing import Any

from storage.sqlite import Database

ACTS = """
    voted AS (SELECT v.* FROM votes v JOIN drafts d ON d.id = v.draft
        WHERE v.workspace = :workspace AND v.at >= :since AND v.at < :until AND d.imported = 0),
    rewritten AS (SELECT e.* FROM edits e JOIN drafts d ON d.id = e.draft
        WHERE e.workspace = :workspace AND e.at >= :since AND e.at < :until AND d.imported = 0),
    used AS (SELECT u.* FROM uses u JOIN drafts d ON d.id = u.draft
        WHERE u.workspace = :workspace AND u.at >= :since AND u.at < :until AND d.imported = 0),
    written AS (SELECT d.id, b.user FROM drafts d JOIN briefs b ON b.id = d.brief
        WHERE d.workspace = :workspace AND d.written_at >= :since AND d.written_at < :until
            AND d.imported = 0 AND d.text != '')
"""

NUMBERS = f"""
    WITH {ACTS}
    SELECT
        (SELECT COUNT(*) FROM written) AS drafts,
        (SELECT COUNT(*) FROM (SELECT user FROM written UNION SELECT user FROM voted
            UNION SELECT user FROM rewritten UNION SELECT user FROM used) WHERE user <> '') AS people,
        (SELECT COUNT(*) FROM voted WHERE value = 1) AS up,
        (SELECT COUNT(*) FROM voted WHERE value = -1) AS down,
        (SELECT COUNT(*) FROM rewritten) AS edits,
        (SELECT COUNT(*) FROM used) AS uses
"""

REASONS = f"""
    WITH {ACTS}
    SELECT COALESCE(reason, '') AS reason, COUNT(*) AS votes FROM voted WHERE value = -1
    GROUP BY 1 ORDER BY votes DESC, reason
"""

FORMATS = f"""
    WITH {ACTS}
    SELECT b.format, SUM(v.value = 1) AS up, SUM(v.value = -1) AS down
    FROM voted v JOIN drafts d ON d.id = v.draft JOIN briefs b ON b.id = d.brief
    GROUP BY b.format ORDER BY COUNT(*) DESC, b.format
"""

QUOTABLE = "d.ts IS NOT NULL AND b.private = 0 AND b.erased = 0 AND substr(d.channel, 1, 1) IN ('C', 'G')"
"""Only what stands in a channel may be quoted; a channel's id begins with C or G, a direct message's with D."""

JUDGED = f"""
    WITH {ACTS}
    SELECT d.id AS draft, d.channel, d.ts, b.format, COALESCE(e.text, d.text) AS text,
        (SELECT COUNT(*) FROM votes v WHERE v.draft = d.id AND v.value = 1
            AND v.at < :until AND v.at >= COALESCE(e.at, '') AND v.rewrite_erased = 0) AS up,
        (SELECT COUNT(*) FROM votes v WHERE v.draft = d.id AND v.value = -1
            AND v.at < :until AND v.at >= COALESCE(e.at, '') AND v.rewrite_erased = 0) AS down,
        (SELECT COUNT(*) FROM uses u WHERE u.draft = d.id AND u.at < :until) AS uses
    FROM drafts d JOIN briefs b ON b.id = d.brief
    LEFT JOIN edits e ON e.rowid = (SELECT rowid FROM edits WHERE draft = d.id ORDER BY at DESC LIMIT 1)
    WHERE d.id IN (SELECT draft FROM voted WHERE value = :value) AND {QUOTABLE}
"""

WORDS = f"""
    WITH {ACTS}
    SELECT d.channel, v.words FROM voted v JOIN drafts d ON d.id = v.draft JOIN briefs b ON b.id = d.brief
    WHERE v.value = -1 AND v.reason = :reason AND v.words IS NOT NULL AND {QUOTABLE}
    ORDER BY v.at DESC
"""

OF_A_DRAFT = """
    SELECT reason, COUNT(*) AS votes FROM votes WHERE draft = ? AND value = -1 AND reason IS NOT NULL
    GROUP BY reason ORDER BY votes DESC, reason
"""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much happened; `people` asked for copy, voted, edited or used a draft."""

    drafts: int
    people: int
    up: int
    down: int
    edits: int
    uses: int


@dataclass(frozen=True, slots=True)
class FormatVotes:
    """The votes on drafts of one format."""

    format: str
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A draft that got a vote, as its message shows it, with every vote on that text so far."""

    draft: str
    channel: str
    ts: str
    format: str
    text: str
    up: int
    down: int
    uses: int


def numbers(db: Database, workspace: str, *, since: str, until: str) -> Numbers:
    """How much a workspace did from one stamp up to another."""
    return Numbers(**next(db.query(NUMBERS, _span(workspace, since, until))))


def reasons(db: Database, workspace: str, *, since: str, until: str) -> dict[str, int]:
    """How often each reason was given for a 👎, the most frequent first; "" where none was."""
    return {found["reason"]: found["votes"] for found in db.query(REASONS, _span(workspace, since, until))}


def formats(db: Database, workspace: str, *, since: str, until: str) -> list[FormatVotes]:
    """The votes by format, the most voted on first."""
    return [FormatVotes(**found) for found in db.query(FORMATS, _span(workspace, since, until))]


def judged(db: Database, workspace: str, *, value: int, since: str, until: str) -> list[JudgedRow]:
    """The drafts in channels that got a vote of this value, in no order; none of private briefs or direct messages."""
    return [JudgedRow(**found) for found in db.query(JUDGED, {**_span(workspace, since, until), "value": value})]


def reasons_of(db: Database, draft: str) -> dict[str, int]:
    """How often each reason was given against a draft, the most frequent first."""
    return {found["reason"]: found["votes"] for found in db.query(OF_A_DRAFT, [draft])}


def words(db: Database, workspace: str, *, reason: str, since: str, until: str) -> list[tuple[str, str]]:
    """What people wrote with a 👎 for this reason, the newest first, each with the channel of the draft."""
    found = db.query(WORDS, {**_span(workspace, since, until), "reason": reason})
    return [(row["channel"], row["words"]) for row in found]


def _span(workspace: str, since: str, until: str) -> dict[str, Any]:
    return {"workspace": workspace, "since": since, "until": until}
