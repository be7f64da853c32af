"""The tables, as a list of steps that is only ever added to."""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("copydesk")


@MIGRATIONS()
def m001_briefs_and_drafts(db: Database) -> None:
    """What was asked for, and what was written for it."""
    db.table("briefs").create(
        {
            "id": str,
            "workspace": str,
            "channel": str,
            "user": str,
            "product": str,
            "format": str,
            "variants": int,
            "audience": str,
            "tone": str,
            "must_say": str,
            "must_not_say": str,
            "language": str,
            "private": int,
            "redesign_of": str,
            "instruction": str,
            "response_url": str,
            "status": str,
            "attempts": int,
            "thread_ts": str,
            "opener_channel": str,
            "opener_ts": str,
            "asked_at": str,
            "started_at": str,
            "finished_at": str,
        },
        pk="id",
        not_null={"workspace", "channel", "user", "product", "format", "status", "asked_at"},
    )
    db.table("briefs").create_index(["status", "asked_at"])
    db.table("briefs").create_index(["workspace", "user", "asked_at"])
    db.table("drafts").create(
        {
            "id": str,
            "workspace": str,
            "brief": str,
            "variant": int,
            "text": str,
            "characters": int,
            "checks": str,
            "taste": float,
            "model": str,
            "adapter": str,
            "channel": str,
            "ts": str,
            "written_at": str,
        },
        pk="id",
        not_null={"workspace", "brief", "variant", "text", "checks", "model", "written_at"},
        foreign_keys=[("brief", "briefs", "id")],
    )
    db.table("drafts").create_index(["brief", "variant"], unique=True)
    db.table("drafts").create_index(["channel", "ts"])


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
