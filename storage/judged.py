"""Judged drafts: the newest that a workspace voted on or rewrote, each with the brief it was written for."""

from dataclasses import dataclass

from storage.consent import OBJECTORS, WITHHELD
from storage.sqlite import Database

RECENT = 500
ACTS_A_DRAFT = 4

# Of people who said no, nothing counts and nothing is shown to the writer.
QUERY = f"""
    WITH RECURSIVE {WITHHELD},
    acts AS (
        SELECT * FROM (SELECT draft, at FROM votes WHERE workspace = :workspace AND user NOT IN ({OBJECTORS})
            ORDER BY at DESC LIMIT :acts)
        UNION ALL
        SELECT * FROM (SELECT draft, at FROM edits WHERE workspace = :workspace AND user NOT IN ({OBJECTORS})
            ORDER BY at DESC LIMIT :acts)
    ),
    newest AS (SELECT draft, MAX(at) AS at FROM acts GROUP BY draft ORDER BY at DESC LIMIT :limit)
    SELECT d.id AS draft, b.product, b.format, b.language, d.text, e.text AS edited, n.at,
        (SELECT COUNT(*) FROM votes v WHERE v.draft = d.id AND v.value = 1 AND v.at >= COALESCE(e.at, '')
            AND v.rewrite_erased = 0 AND v.user NOT IN ({OBJECTORS})) AS up,
        (SELECT COUNT(*) FROM votes v WHERE v.draft = d.id AND v.value = -1 AND v.at >= COALESCE(e.at, '')
            AND v.rewrite_erased = 0 AND v.user NOT IN ({OBJECTORS})) AS down
    FROM newest n
    JOIN drafts d ON d.id = n.draft
    JOIN briefs b ON b.id = d.brief
    LEFT JOIN edits e ON e.rowid = (
        SELECT rowid FROM edits WHERE draft = d.id AND user NOT IN ({OBJECTORS}) ORDER BY at DESC LIMIT 1
    )
    WHERE (b.user = :user OR (b.private = 0 AND COALESCE(d.channel, b.channel) NOT LIKE 'D%'))
        AND b.id NOT IN (SELECT brief FROM withheld)
    ORDER BY n.at DESC, d.rowid DESC
"""


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A draft that people judged; `edited` is its newest rewrite, and then only votes since that count."""

    draft: str
    product: str
    format: str
    language: str
    text: str
    edited: str | None
    at: str
    up: int
    down: int


def recent(db: Database, workspace: str, *, user: str, limit: int = RECENT) -> list[JudgedRow]:
    """The drafts judged last, newest first; those in other people's direct messages stay between them and the desk."""
    arguments = {"workspace": workspace, "user": user, "limit": limit, "acts": limit * ACTS_A_DRAFT}
    return [JudgedRow(**found) for found in db.query(QUERY, arguments)]
