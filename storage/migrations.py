"""The tables, as a list of steps that is only ever added to."""

from storage.sqlite import Database, Migrations

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


@MIGRATIONS()
def m006_signals_and_consent(db: Database) -> None:
    """What votes need to be learnt from: what else was on offer, what came from a file, and who allows it."""
    drafts, uses, briefs = db.table("drafts"), db.table("uses"), db.table("briefs")
    drafts.add_column("rank", int, not_null_default=0)
    drafts.add_column("propensity", float, not_null_default=1.0)
    drafts.add_column("imported", int, not_null_default=0)
    uses.add_column("shared", int, not_null_default=1)
    uses.add_column("shipped", int, not_null_default=0)
    # In a direct message there is nobody to share with: the button there marked the draft.
    db.execute("UPDATE uses SET shared = 0, shipped = 1 WHERE channel LIKE 'D%'")
    uses.create_index(["workspace", "at"])
    briefs.add_column("erased", int, not_null_default=0)
    db.execute("CREATE INDEX idx_briefs_erased ON briefs (workspace) WHERE erased = 1")
    for name in ("votes", "edits", "uses"):
        db.table(name).create_index(["workspace", "user", "at"])
    text = {"workspace": str, "user": str, "at": str}
    db.table("consents").create({**text, "trains": int}, not_null={"workspace", "user", "at", "trains"})
    db.table("consents").create_index(["workspace", "at"])
    db.table("objections").create(text, pk=("workspace", "user"), not_null={"at"})


@MIGRATIONS()
def m007_taste(db: Database) -> None:
    """What an admin said about the desk's beliefs, and vectors that would be long to make again."""
    text = {"workspace": str, "user": str, "at": str}
    db.table("corrections").create({**text, "feature": str}, pk=("workspace", "feature"), not_null={"user", "at"})
    db.table("resets").create(text, not_null={"workspace", "user", "at"})
    db.table("resets").create_index(["workspace", "at"])
    db.table("vectors").create(
        {"workspace": str, "digest": str, "vector": bytes}, pk=("workspace", "digest"), not_null={"vector"}
    )


@MIGRATIONS()
def m008_rounds(db: Database) -> None:
    """What each training round did and decided, and how the trial of what it fitted went."""
    words = ("workspace", "asked_by", "started_at", "state", "progress", "verdict", "reason", "incumbent", "adapter")
    after = ("examples", "gates", "figures", "ended_at", "trial", "trial_at", "outcome", "outcome_at")
    rounds = db.table("rounds").create(
        {"id": int} | dict.fromkeys((*words, *after), str) | {"attempts": int, "stopping": int},
        pk="id",
        not_null={"workspace", "asked_by", "started_at", "state", "verdict", "reason", "attempts", "stopping"},
    )
    rounds.create_index(["workspace", "started_at"])


@MIGRATIONS()
def m009_digests(db: Database) -> None:
    """Which channels asked for the weekly digest, and which weeks were posted where."""
    place = {"workspace": str, "channel": str}
    db.table("subscriptions").create(
        {**place, "user": str, "weekday": int, "time": str, "timezone": str, "at": str},
        pk=("workspace", "channel"),
        not_null={"user", "weekday", "time", "timezone", "at"},
    )
    db.table("digests").create(
        {**place, "week": str, "status": str, "claim": str, "claimed_at": str, "ts": str, "reason": str},
        pk=("workspace", "channel", "week"),
        not_null={"status", "claim", "claimed_at"},
    )
    db.table("drafts").create_index(["workspace", "written_at"])


@MIGRATIONS()
def m010_sentiment(db: Database) -> None:
    """What was read for whom, as queue and record, and which labels people put right."""
    words = ("id", "workspace", "user", "channel", "kind", "text", "aspects", "files", "column", "response_url", "view")
    after = ("status", "place", "ts", "result", "label", "model", "corrected", "asked_at", "started_at", "finished_at")
    readings = db.table("readings").create(
        dict.fromkeys((*words, *after), str) | {"private": int, "attempts": int, "probability": float},
        pk="id",
        not_null={"workspace", "user", "channel", "kind", "text", "status", "asked_at"},
    )
    readings.create_index(["status", "asked_at"])
    readings.create_index(["workspace", "user", "asked_at"])
    readings.create_index(["workspace", "finished_at"])
    corrections = {"workspace": str, "user": str, "digest": str, "text": str, "was": str, "label": str, "model": str}
    db.table("sentiment_corrections").create(
        corrections | {"probability": float, "at": str},
        pk=("workspace", "user", "digest"),
        not_null={"text", "was", "label", "model", "probability", "at"},
    )


@MIGRATIONS()
def m011_withdrawn_rounds(db: Database) -> None:
    """When somebody a round had learnt from asked to be left out."""
    db.table("rounds").add_column("withdrawn_at", str)
    db.execute("""
        UPDATE rounds SET withdrawn_at = (
            SELECT MIN(o.at) FROM objections o WHERE o.workspace = rounds.workspace AND o.at > rounds.started_at
        )
    """)


@MIGRATIONS()
def m012_first_rewrites(db: Database) -> None:
    """When a draft first read otherwise than the desk wrote it; the time of an edit is that of its newest words."""
    db.table("edits").add_column("first_at", str)
    db.execute("UPDATE edits SET first_at = at")


@MIGRATIONS()
def m013_imports(db: Database) -> None:
    """When a vote or a rewrite from a file came in, which is later than it was made."""
    for name in ("votes", "edits"):
        db.table(name).add_column("kept_at", str)


@MIGRATIONS()
def m014_more_corrections(db: Database) -> None:
    """What people said of an aspect, and how many labels of a text or a file stood that somebody went through."""
    corrections = db.table("sentiment_corrections")
    corrections.add_column("aspect", str, not_null_default="")
    corrections.transform(pk=("workspace", "user", "digest", "aspect"))
    db.table("sentiment_checks").create(
        {"workspace": str, "source": str, "question": str, "label": str, "given": int, "wrong": int, "at": str},
        pk=("workspace", "source", "question", "label"),
        not_null={"given", "wrong", "at"},
    )


@MIGRATIONS()
def m015_columns_by_name(db: Database) -> None:
    """Which columns of a file hold the dates and the groups, where a person named them."""
    for name in ("date_column", "group_column"):
        db.table("readings").add_column(name, str, not_null_default="")


@MIGRATIONS()
def m016_checks_by_person(db: Database) -> None:
    """Who went through the labels of a text or a file, so that forgetting them reaches these counts, too."""
    db.table("sentiment_checks").add_column("user", str, not_null_default="")


@MIGRATIONS()
def m017_erased_rewrites(db: Database) -> None:
    """Which votes and uses were about the rewrite of somebody who is forgotten since."""
    for name in ("votes", "uses"):
        db.table(name).add_column("rewrite_erased", int, not_null_default=0)


@MIGRATIONS()
def m018_brands(db: Database) -> None:
    """What copy must know of a brand, and which brand a brief was asked for."""
    words = ("id", "workspace", "key", "name", "voice", "known", "banned", "must_say", "examples", "aspects")
    brands = db.table("brands").create(
        dict.fromkeys((*words, "user", "at"), str) | {"is_default": int},
        pk="id",
        not_null={*words, "user", "at", "is_default"},
    )
    brands.create_index(["workspace", "key"], unique=True)
    db.table("briefs").add_column("brand", str, not_null_default="")


@MIGRATIONS()
def m019_corrections_by_reading(db: Database) -> None:
    """Which reading was put right, so that the same text read again has a correction of its own."""
    corrections = db.table("sentiment_corrections")
    corrections.add_column("reading", str, not_null_default="")
    corrections.transform(pk=("workspace", "user", "digest", "aspect", "reading"))
    db.execute("""
        UPDATE sentiment_corrections AS c SET reading = COALESCE((
            SELECT r.id FROM readings r
            WHERE r.workspace = c.workspace AND r.user = c.user AND r.text = c.text AND r.kind = 'text' AND c.label = (
                CASE c.aspect WHEN '' THEN r.corrected ELSE (
                    SELECT json_extract(a.value, '$.corrected') FROM json_each(NULLIF(r.result, ''), '$.aspects') a
                    WHERE json_extract(a.value, '$.aspect') = c.aspect
                ) END)
            ORDER BY r.finished_at DESC LIMIT 1
        ), '')
    """)


@MIGRATIONS()
def m020_urgency_apart(db: Database) -> None:
    """Where nothing may be held about words of time, nothing is held about urgency, which was a part of them."""
    db.execute("""
        INSERT OR IGNORE INTO corrections (workspace, feature, user, at)
        SELECT workspace, 'urgency', user, at FROM corrections WHERE feature = 'time'
    """)
