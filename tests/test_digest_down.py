"""A digest says what was voted down and why: the draft liked least, and people's own words."""

from bot import digest_blocks, digest_words
from bot.digest_content import Digest, Learned, gather
from bot.digest_text import to_text
from storage import votes
from storage.database import Storage
from tests.desk_rows import WORKSPACE
from tests.digest_rows import WEEK, add_voted
from tests.thread_reading import shown

WORDS = "Our customers are *not* <!channel> “dudes”"


class Channels:
    """A channel that everybody may read."""

    def is_open(self, channel: str, /) -> bool:
        return channel == "C0OPEN"

    def link(self, channel: str, ts: str, /) -> str | None:
        return f"https://slack.example/{channel}/{ts}"


def digest_of(storage: Storage) -> Digest:
    with storage.read() as db:
        return gather(db, WORKSPACE, "C0LAUNCH", WEEK, places=Channels(), learned=Learned())


def say(storage: Storage, draft: str, words: str) -> None:
    with storage.write() as db:
        votes.give_reason(db, draft, user="U0ANA", reason="something else", words=words)


def test_the_draft_liked_least_is_quoted_with_its_reasons_and_what_people_wrote(storage: Storage) -> None:
    add_voted(storage, "bad", up=1, down=2, reasons=("boring",))
    worst = add_voted(storage, "worst", down=4, text="Hey dudes.", reasons=("", "off-brand", "off-brand"))
    say(storage, worst.id, WORDS)

    found = digest_of(storage)

    assert found.worst is not None
    assert found.worst.text == "Hey dudes."
    below = "Tweet · 👍 0 · 👎 4 · off-brand 2 · something else 1"
    assert digest_words.disliked(found.worst) == below
    blocks = digest_blocks.message(found)["blocks"]
    assert f"{below} · <https://slack.example/C0LAUNCH/worst.1|see it>" in shown({"blocks": blocks})
    own = {"type": "plain_text", "text": f"In their words: “{WORDS}”", "emoji": False}
    assert {"type": "context", "elements": [own]} in blocks
    assert "“Hey dudes.”" in to_text(found, WORKSPACE)
    assert WORDS in to_text(found, WORKSPACE)


def test_what_the_channel_may_not_read_is_neither_quoted_nor_are_words_about_it(storage: Storage) -> None:
    for name, brief in (
        ("closed", {"channel": "G0CLOSED"}),
        ("private", {"private": True}),
        ("direct", {"channel": "D0ANA"}),
    ):
        add_voted(storage, name, down=3, brief=brief)
        say(storage, f"{name}-1", "Ours alone.")

    found = digest_of(storage)

    assert (found.worst, found.words) == (None, ())
    assert digest_words.words(found) == ""


def test_a_week_of_good_drafts_quotes_none_as_bad(storage: Storage) -> None:
    add_voted(storage, "good", up=4, down=1, reasons=("boring",))

    assert digest_of(storage).worst is None
