"""The tables, as a list of steps that is only ever added to."""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("copydesk")


TEXT_OF_A_BRIEF = (
    *("id", "workspace", "channel", "user", "product", "format", "audience", "tone", "must_say", "must_not_say"),
    *("language", "redesign_of", "instruction", "response_url", "status"),
    *("thread_ts", "opener_channel", "opener_ts", "asked_at", "started_at", "finished_at"),
)
NUMBERS_OF_A_BRIEF = ("variants", "private", "attempts")


@MIGRATIONS()
def m001_briefs_and_drafts(db: Database) -> None:
    """What was asked for, and what was written for it."""
    briefs = db.table("briefs").create(
        dict.fromkeys(TEXT_OF_A_BRIEF, str) | dict.fromkeys(NUMBERS_OF_A_BRIEF, int),
        pk="id",
        not_null={"workspace", "channel", "user", "product", "format", "status", "asked_at"},
    )
    briefs.create_index(["status", "asked_at"])
    briefs.create_index(["workspace", "user", "asked_at"])
    words = ("id", "workspace", "brief", "text", "checks", "model", "adapter", "channel", "ts", "written_at")
    drafts = db.table("drafts").create(
        dict.fromkeys(words, str) | {"variant": int, "characters": int, "taste": float},
        pk="id",
        not_null={"workspace", "brief", "variant", "text", "checks", "model", "written_at"},
        foreign_keys=[("brief", "briefs", "id")],
    )
    drafts.create_index(["brief", "variant"], unique=True)
    drafts.create_index(["channel", "ts"])


@MIGRATIONS()
def m002_votes_edits_uses(db: Database) -> None:
    """What people thought of a draft and did with it; one row per draft and person."""
    db.table("votes").create(
        {
            "draft": str,
            "user": str,
            "workspace": str,
            "value": int,
            "reason": str,
            "words": str,
            "source": str,
            "at": str,
        },
        pk=("draft", "user"),
        not_null={"workspace", "value", "source", "at"},
        foreign_keys=[("draft", "drafts", "id")],
    )
    for name, column in (("edits", "text"), ("uses", "channel")):
        db.table(name).create(
            {"draft": str, "user": str, "workspace": str, column: str, "at": str},
            pk=("draft", "user"),
            not_null={"workspace", column, "at"},
            foreign_keys=[("draft", "drafts", "id")],
        )


@MIGRATIONS()
def m003_deliveries(db: Database) -> None:
    """What Slack has delivered already, by `event_id` or `trigger_id`."""
    db.table("deliveries").create({"key": str, "at": str}, pk="key", not_null={"at"})
    db.table("deliveries").create_index(["at"])


@MIGRATIONS()
def m004_judged_by_time(db: Database) -> None:
    """What a workspace judged last is looked for before every brief is written."""
    for name in ("votes", "edits"):
        db.table(name).create_index(["workspace", "at"])


@MIGRATIONS()
def m005_revisions(db: Database) -> None:
    """What kind of new version a brief asks for, and how often a draft's menu was used."""
    db.table("briefs").add_column("revision", str, not_null_default="")
    db.table("briefs").create_index(["redesign_of"])
    db.table("drafts").add_column("picks", int, not_null_default=0)
