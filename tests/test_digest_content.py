"""What a digest says of a week: numbers, honest changes, the best drafts, and nothing that is private."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot import digest_blocks, digest_words
from bot.digest_content import Digest, Learned, Sentiment, gather
from bot.digest_text import to_text
from bot.playground.ids import Ids
from bot.playground.limits_blocks import message_blocks
from storage import drafts
from storage.database import Storage
from storage.digests import SubscriptionRow
from tests.desk_rows import WORKSPACE
from tests.digest_rows import DUE, LAST_WEEK, SUBSCRIBED, WEDNESDAY, WEEK, add_voted
from tests.thread_reading import shown


class Channels:
    """Where drafts stand: some channels are open to all, some messages are gone."""

    def __init__(self, *, open_: tuple[str, ...] = (), gone: tuple[str, ...] = ()) -> None:
        self._open, self._gone = open_, gone

    def is_open(self, channel: str, /) -> bool:
        return channel in self._open

    def link(self, channel: str, ts: str, /) -> str | None:
        return None if ts in self._gone else f"https://slack.example/{channel}/{ts}"


def digest_of(
    storage: Storage,
    places: Channels | None = None,
    learned: Learned | None = None,
    subscription: SubscriptionRow | None = SUBSCRIBED,
) -> Digest:
    with storage.read() as db:
        return gather(
            db,
            WORKSPACE,
            "C0LAUNCH",
            WEEK,
            places=places or Channels(),
            learned=learned or Learned(),
            subscription=subscription,
        )


def text_of(digest: Digest) -> str:
    message = digest_blocks.message(digest, chart="F0123456", alt_text="words")
    message_blocks(message["blocks"], Ids(lambda: 0.0))
    return shown(message)


def figures(digest: Digest) -> Mapping[str, str]:
    return dict(digest_words.figures(digest))


def test_a_quiet_week_says_so_in_one_line(storage: Storage) -> None:
    add_voted(storage, "earlier", up=3, at=LAST_WEEK)

    quiet = digest_of(storage)

    blocks = digest_blocks.message(quiet)["blocks"]
    assert blocks[0]["text"]["text"] == f"*The copy desk's week, 16–22 November.* {digest_words.QUIET}"
    assert [block["type"] for block in blocks] == ["section", "context", "actions"]


def test_the_numbers_are_those_of_the_week_and_of_no_other(storage: Storage) -> None:
    add_voted(storage, "this week", up=5, down=2, reasons=("boring", "too long"))
    add_voted(storage, "at its first moment", at=WEEK.start)
    add_voted(storage, "last week", up=1, at=LAST_WEEK, brief={"user": "U9"})
    add_voted(storage, "after it", up=9, at=WEEK.end, brief={"user": "U8"})

    found = digest_of(storage)

    assert figures(found) == {
        "Drafts": "2, 1 the week before",
        "People": "7, 2 the week before",
        "Votes": "👍 5 · 👎 2",
        "Approval": "71 % (36–92 %)",
    }
    assert [past.numbers.drafts for past in found.history] == [1, 2]


def test_a_change_is_called_chance_when_the_intervals_say_so(storage: Storage) -> None:
    add_voted(storage, "before", up=2, down=2, at=LAST_WEEK)
    add_voted(storage, "now", up=3, down=1)

    assert digest_words.changed(digest_of(storage)) == (
        "Approval is 25 points higher than the week before (50 % of 4 votes): within chance."
    )


def test_a_change_that_the_votes_bear_out_is_called_so(storage: Storage) -> None:
    for number in range(5):
        add_voted(storage, f"before {number}", up=8, down=1, at=LAST_WEEK)
        add_voted(storage, f"now {number}", up=1, down=8)

    assert digest_words.changed(digest_of(storage)) == (
        "Approval is 78 points lower than the week before (89 % of 45 votes): more than chance."
    )


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((0, 0), (3, 1), digest_words.FIRST),
        ((3, 1), (0, 0), digest_words.NO_VOTES),
        ((1, 1), (2, 2), digest_words.SAME.format(before="50 % of 2 votes")),
    ],
)
def test_without_votes_or_without_a_change_it_says_that(
    storage: Storage, before: tuple[int, int], now: tuple[int, int], said: str
) -> None:
    add_voted(storage, "before", up=before[0], down=before[1], at=LAST_WEEK)
    add_voted(storage, "now", up=now[0], down=now[1])

    found = digest_of(storage)

    assert digest_words.changed(found) == said
    assert ("Approval" in figures(found)) is (now != (0, 0))
    assert said in text_of(found)


def test_the_best_drafts_are_those_most_surely_liked(storage: Storage) -> None:
    for name, up, down in [("one of one", 1, 0), ("five of five", 5, 0), ("six of eight", 6, 2), ("two of two", 2, 0)]:
        add_voted(storage, name, up=up, down=down, text=name)
    add_voted(storage, "disliked", up=2, down=3)

    assert [best.text for best in digest_of(storage).best] == ["five of five", "six of eight", "two of two"]


def test_a_draft_is_quoted_as_it_was_rewritten_with_the_votes_since(storage: Storage) -> None:
    row = add_voted(storage, "one", up=4, at=WEDNESDAY)
    with storage.write() as db:
        drafts.save_edit(db, row, user="U0ANA", text="The rewrite.", at=WEDNESDAY + timedelta(hours=1))
    later = add_voted(storage, "two", up=1)

    assert [(best.text, best.up) for best in digest_of(storage).best] == [(later.text, 1)]


@pytest.mark.parametrize(
    ("brief", "draft"),
    [
        ({"private": True}, {}),
        ({"channel": "D0ANA"}, {}),
        ({}, {"channel": "D0ANA"}),
        ({}, {"channel": "C0SECRET"}),
        ({}, {"ts": None}),
        ({"channel": "U0ANA"}, {"channel": "U0ANA"}),
        ({"erased": True}, {}),
    ],
)
def test_what_not_every_reader_may_see_is_counted_and_never_quoted(
    storage: Storage, brief: dict[str, Any], draft: dict[str, Any]
) -> None:
    erased = brief.pop("erased", False)
    add_voted(storage, "secret", up=5, text="A secret plan.", brief=brief, **draft)
    if erased:
        with storage.write() as db:
            db.execute("UPDATE briefs SET erased = 1")

    found = digest_of(storage, Channels(open_=("C0SOCIAL",)))

    assert found.best == ()
    assert "secret" not in text_of(found)
    assert "secret" not in to_text(found, WORKSPACE)
    assert figures(found)["Votes"] == "👍 5 · 👎 0"


def test_drafts_of_open_channels_are_quoted_elsewhere_and_deleted_ones_nowhere(storage: Storage) -> None:
    add_voted(storage, "open", up=3, channel="C0SOCIAL", text="Seen by all.")
    add_voted(storage, "gone", up=5, ts="1.gone")

    found = digest_of(storage, Channels(open_=("C0SOCIAL",), gone=("1.gone",)))

    assert [(best.text, best.link) for best in found.best] == [
        ("Seen by all.", "https://slack.example/C0SOCIAL/open.1")
    ]


def test_imported_votes_are_no_part_of_the_week(storage: Storage) -> None:
    add_voted(storage, "imported", up=5)
    with storage.write() as db:
        db.execute("UPDATE drafts SET imported = 1")

    assert digest_of(storage).is_quiet


def test_why_drafts_were_voted_down_is_counted_and_what_nobody_explained_comes_last(storage: Storage) -> None:
    add_voted(storage, "a", down=4, reasons=("boring",))
    add_voted(storage, "b", up=1, down=3, reasons=("boring", "too long"), brief={"format": "linkedin"})

    found = digest_of(storage)

    assert digest_words.down(found) == "boring 2 · too long 1 · no reason given 4"
    assert digest_words.by_format(found) == "Approval by format: LinkedIn post 25 % of 4 · Tweet 0 % of 4."


def test_everything_that_comes_from_outside_is_shown_and_never_acted_on(storage: Storage) -> None:
    attack = "<!channel> *bold* <https://evil.example|click> & <@U0BEN>"
    add_voted(storage, "attack", up=5, text=attack, brief={"product": attack})
    learned = Learned(beliefs=(attack,), verdict=attack, sentiment=Sentiment(1, 0, 0, topics=(attack,)))

    message = digest_blocks.message(digest_of(storage, learned=learned))

    parsed = list(mrkdwn(message["blocks"]))
    assert all(
        mark not in text for mark in ("<!channel>", "<https://evil", "*bold*") for text in [*parsed, message["text"]]
    )
    assert attack in shown(message)


def test_the_message_fits_slack_with_all_that_can_be_in_it(storage: Storage) -> None:
    for number in range(12):
        fields = {"format": ("tweet", "linkedin", "email", "sms")[number % 4]}
        add_voted(
            storage,
            f"b{number}",
            up=5,
            down=4,
            text="Длинный 長い 👩‍👩‍👧 " * 400,
            brief=fields,
            reasons=("boring",) * 4,
        )
    learned = Learned(
        beliefs=["This team votes up questions. " * 40] * 30,
        verdict="Rejected. " * 1000,
        sentiment=Sentiment(10, 5, 3, 2, topics=("delivery " * 30,) * 5),
    )

    message = digest_blocks.message(digest_of(storage, learned=learned), chart="F0123456", alt_text="a" * 5000)

    assert message_blocks(message["blocks"], Ids(lambda: 0.0))
    assert 0 < len(message["text"]) < 4000


def test_what_was_learnt_is_told_word_for_word(storage: Storage) -> None:
    add_voted(storage, "one", up=1)
    learned = Learned(
        beliefs=("This team votes up questions: 31 votes.",),
        verdict="Round 7: promoted. P(better) = 0.94 over 120 held-out drafts.",
        sentiment=Sentiment(60, 25, 10, 5, topics=("delivery", "price")),
    )

    found = digest_of(storage, learned=learned)

    for text in (text_of(found), to_text(found, WORKSPACE)):
        assert learned.beliefs[0] in text
        assert learned.verdict in text
        assert "60 % of 100 comments were positive, 25 % neutral, 10 % negative; the desk was unsure of 5 %." in text


def test_who_subscribed_is_said_and_a_forgotten_person_has_no_name(storage: Storage) -> None:
    add_voted(storage, "one", up=1)
    nobody = SubscriptionRow(**{**{n: getattr(SUBSCRIBED, n) for n in SUBSCRIBED.__dataclass_fields__}, "user": ""})

    assert "<@U0BEN> subscribed this channel" in text_of(digest_of(storage))
    assert "Somebody subscribed this channel" in text_of(digest_of(storage, subscription=nobody))
    assert "by hand" in text_of(digest_of(storage, subscription=None))


def test_an_erased_person_is_not_counted_as_one(storage: Storage) -> None:
    add_voted(storage, "theirs", brief={"user": ""}, at=DUE - timedelta(days=1))

    found = digest_of(storage)

    assert found.numbers.drafts == 1
    assert found.numbers.people == 0
    assert not found.is_quiet


def mrkdwn(node: Any) -> list[str]:
    """Every text that Slack would parse."""
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == "mrkdwn" else []
        return own + [text for value in node.values() for text in mrkdwn(value)]
    return [text for item in node for text in mrkdwn(item)] if isinstance(node, list) else []
