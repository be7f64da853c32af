"""Judged drafts: the newest that a workspace voted on, rewrote or used, each with the brief it was written for."""

from dataclasses import dataclass

from storage.consent import OBJECTORS, WITHHELD
from storage.sqlite import Database

RECENT = 500
ACTS_A_DRAFT = 4

# Of people who said no, nothing counts and nothing is shown to the writer. What a file brought counts as new when it
# came. Votes and uses from before the newest rewrite were of other words.
ACTS = """
    SELECT * FROM (SELECT draft, at FROM {table} WHERE workspace = :workspace AND user NOT IN ({objectors})
        AND {came} > :since ORDER BY at DESC LIMIT :acts)
"""
COUNTED = "a.draft = d.id AND a.at >= COALESCE(e.at, '') AND a.rewrite_erased = 0 AND a.user NOT IN ({objectors})"
CAME = "COALESCE(kept_at, at)"
_ACTS = " UNION ALL ".join(
    ACTS.format(table=table, came=came, objectors=OBJECTORS)
    for table, came in (("votes", CAME), ("edits", CAME), ("uses", "at"))
)
_COUNTED = COUNTED.format(objectors=OBJECTORS)
QUERY = f"""
    WITH RECURSIVE {WITHHELD},
    acts AS ({_ACTS}),
    newest AS (SELECT draft, MAX(at) AS at FROM acts GROUP BY draft ORDER BY at DESC LIMIT :limit)
    SELECT d.id AS draft, b.product, b.format, b.language, d.text, e.text AS edited, n.at,
        (SELECT COUNT(*) FROM (
            SELECT a.user FROM votes a WHERE a.value = 1 AND {CAME} > :since AND {_COUNTED}
            UNION SELECT a.user FROM uses a WHERE a.at > :since AND {_COUNTED}
        )) AS up,
        (SELECT COUNT(*) FROM votes a WHERE a.value = -1 AND {CAME} > :since AND {_COUNTED}) AS down
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
    """A draft that people judged; `edited` is its newest rewrite, and then only votes and uses since that count.

    `up` are the people who voted for it, shared it or marked it as shipped; `down` those who voted against it.
    """

    draft: str
    product: str
    format: str
    language: str
    text: str
    edited: str | None
    at: str
    up: int
    down: int


def recent(db: Database, workspace: str, *, user: str, since: str = "", limit: int = RECENT) -> list[JudgedRow]:
    """The drafts judged last, newest first; those in other people's direct messages stay between them and the desk.

    Only what people did after the stamp `since` counts, and what files brought after it.
    """
    arguments = {
        "workspace": workspace,
        "user": user,
        "since": since,
        "limit": limit,
        "acts": limit * ACTS_A_DRAFT,
    }
    return [JudgedRow(**found) for found in db.query(QUERY, arguments)]
