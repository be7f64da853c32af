"""A redesign repeats no draft of its thread, whichever brief or version it belongs to."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.playground.server import PlaygroundServer
from model.brief import Brief
from model.checks import check
from model.choosing import Choosing
from model.embedding import Vector
from model.formats import FORMATS
from model.writer import Writer
from model.writing import Draft
from storage import drafts
from storage.database import Storage
from tests.desk_rows import add_brief, add_draft, at
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot
from tests.test_writer import BRIEF, GOOD
from tests.thread_reading import shown, wait_for_drafts
from tests.visitor import Visitor

SIBLING, REJECTED = GOOD[1], GOOD[3]


def redesign(variants: int = 2) -> Brief:
    return Brief(BRIEF.product, variants=variants, rejected=REJECTED, revision="redesign")


def test_all_texts_of_a_thread_are_found_from_any_of_its_briefs(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        first, other = add_brief(db, "first"), add_brief(db, "other")
        for variant in (1, 2):
            add_draft(db, first, variant)
        add_draft(db, other)
        shorter = add_brief(db, "shorter", redesign_of="first-2")
        add_draft(db, shorter)
        drafts.save_edit(db, add_draft(db, shorter, 2, text="As written."), user="U1", text="As edited.", at=at(9))
        anew = add_brief(db, "anew", redesign_of="shorter-1")
        add_draft(db, add_brief(db, "beside", redesign_of="first-1"))
        add_draft(db, anew)

        found = drafts.texts_of_thread(db, "anew")
        theirs = drafts.texts_of_thread(db, "first")

    assert sorted(found) == [
        "As edited.",
        "As written.",
        "Draft 1 about beside.",
        "Draft 1 about first.",
        "Draft 1 about shorter.",
        "Draft 2 about first.",
    ]
    assert set(theirs) - set(found) == {"Draft 1 about anew."}
    assert theirs.index("Draft 1 about beside.") >= 0
    assert not any("first" in text for text in theirs)


def test_a_sibling_is_as_bad_as_a_rejected_draft_and_has_no_number() -> None:
    (found,) = (
        one for one in check(SIBLING, redesign(), FORMATS["tweet"], unlike=(SIBLING,)) if one.name == "different"
    )

    assert (found.ok, found.hard) == (False, True)
    assert "those of another draft in this thread" in found.reason


def test_a_redesign_writes_no_sentence_of_a_sibling_and_numbers_go_on_from_its_own() -> None:
    engine = FakeEngine(SIBLING, *GOOD[4:], GOOD[0])

    written = [one for one in Writer(engine).write(redesign(), unlike=(SIBLING,)) if isinstance(one, Draft)]

    assert [one.variant for one in written] == [1, 2]
    assert SIBLING not in {one.text for one in written}
    guard = engine.requests[0].guard
    assert guard is not None
    assert guard.earlier == (SIBLING, REJECTED)


@pytest.mark.parametrize(
    ("near", "said"),
    [(REJECTED, "the rejected draft"), (SIBLING, "another draft in this thread"), (GOOD[0], "draft 1")],
)
def test_an_idea_told_in_other_words_is_known_by_its_vector(near: str, said: str) -> None:
    again = "A chilled can, and a calm week."

    def meaning(texts: Sequence[str]) -> list[Vector]:
        return [[1.0, 0.0] if text in (near, again) else [0.0, 1.0] for text in texts]

    choosing = Choosing(redesign(), FORMATS["tweet"], (GOOD[0],), meaning, None, 1, (SIBLING,))
    pool = [choosing.candidate(text, False, (GOOD[0],)) for text in (again, GOOD[4])]

    best = choosing.best(pool, 2)

    assert best[1].candidate.text == again
    assert best[1].candidate.repeats == f"the idea is that of {said}"


def test_a_redesign_in_slack_is_written_beside_all_drafts_of_its_thread(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    ana.type("/copy tweet for Brewline cold brew, free shipping this week")
    first = wait_for_drafts(ana, 3)
    texts = {shown(one).split("\n")[0] for one in first}
    bot.engine.script(TWEETS)
    ana.click(first[0], "vote_down")
    ana.fill_and_submit({"reason": "boring", "words": "", "redesign": ["yes"]})

    wait_for_drafts(ana, 5)

    guard = bot.engine.requests[-1].guard
    assert guard is not None
    assert texts <= set(guard.earlier)
    anew = [row["text"] for row in bot.rows("SELECT d.text FROM drafts d JOIN briefs b ON b.id = d.brief"
                                            " WHERE b.redesign_of IS NOT NULL")]  # fmt: skip
    assert not set(anew) & texts
