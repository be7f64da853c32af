"""What a week's rounds came to is told in a digest to the last word, in as many blocks as it takes."""

from dataclasses import replace

import pytest

from bot import digest_blocks
from bot.digest_content import Digest, Learned, gather
from bot.digest_places import NoPlaces
from storage.database import Storage
from tests.desk_rows import WORKSPACE
from tests.digest_rows import WEEK
from tests.thread_reading import shown

ROUNDS = [f"Round {number}: not promoted. " + f"It is worse at thing {number}; " * 60 + "so." for number in range(3)]


@pytest.fixture
def digest(storage: Storage) -> Digest:
    with storage.read() as db:
        return gather(db, WORKSPACE, "C0LAUNCH", WEEK, places=NoPlaces(), learned=Learned())


def told(digest: Digest, verdict: str) -> str:
    learned = replace(digest.learned, verdict=verdict)
    return " ".join(shown(digest_blocks.message(replace(digest, learned=learned))).split())


def test_long_verdicts_are_told_to_their_ends(digest: Digest) -> None:
    found = told(digest, "\n".join(ROUNDS))

    assert " ".join(ROUNDS) in found
    assert digest_blocks.REST not in found


def test_short_ones_share_a_block(digest: Digest) -> None:
    learned = replace(digest.learned, verdict="Round 1: skipped. No.\nRound 2: skipped. No.")

    blocks = digest_blocks.told(replace(digest, learned=learned))

    assert [one["type"] for one in blocks].count("rich_text") == 1


def test_more_than_a_message_takes_is_said_to_be_elsewhere(digest: Digest) -> None:
    found = told(digest, "Rejected. " * 1000)

    assert found.count("Rejected.") == 600
    assert digest_blocks.REST in found
