"""From a brief to exactly as many drafts as were asked for, whatever the engine does."""

import threading
from collections.abc import Iterator

import pytest

from model.brief import Brief
from model.generation import EngineError
from model.writer import Writer
from model.writing import Draft, Piece, Progress
from tests.fake_engine import FakeEngine

BRIEF = Brief("tweet for Brewline cold brew, from Monday")
GOOD = (
    "Brewline cold brew is here from Monday. Bring a thirst.",
    "Your kettle is jealous. From Monday, Brewline serves it cold.",
    "Mondays had it coming: Brewline cold brew, slow and dark.",
    "Slow coffee for a fast week, by Brewline.",
    "Brewline made something cold, and it isn't the weather.",
    "Cans, ice, quiet. Brewline opens the week.",
)


def drafts(happenings: Iterator[Draft | Progress | Piece]) -> list[Draft]:
    return [one for one in happenings if isinstance(one, Draft)]


def test_exactly_as_many_drafts_come_out_as_were_asked_for() -> None:
    engine = FakeEngine(*GOOD)

    written = drafts(Writer(engine).write(BRIEF))

    assert [one.variant for one in written] == [1, 2, 3]
    assert all(one.ok for one in written)
    assert {one.model for one in written} == {"fake"}
    assert engine.requests[0].n == 6
    assert len(engine.requests) == 1


def test_progress_counts_the_candidates() -> None:
    found = [one for one in Writer(FakeEngine(*GOOD)).write(BRIEF) if isinstance(one, Progress)]

    assert found == [Progress(done, 6) for done in range(1, 7)]


def test_a_draft_that_fails_a_hard_check_gives_way() -> None:
    bad = ("Now 50% off at Brewline.", "As an AI language model, I like Brewline.", "Brewline: [insert link].")

    written = drafts(Writer(FakeEngine(*bad, *GOOD[:3])).write(BRIEF))

    assert {one.text for one in written} == set(GOOD[:3])


def test_too_few_good_ones_make_a_second_round_that_names_what_failed() -> None:
    engine = FakeEngine("Now 50% off at Brewline.", "Get 20 cans from Brewline.")
    engine.enqueue(GOOD)

    written = drafts(Writer(engine).write(BRIEF))

    assert len(engine.requests) == 2
    again = engine.requests[1].prompt[-1]
    assert isinstance(again, dict)
    assert "facts: “50%” is not in the brief." in again["content"]
    assert all(one.ok for one in written)


def test_what_still_fails_is_delivered_with_its_fault() -> None:
    engine = FakeEngine("Now 50% off at Brewline.", "Get 20 cans from Brewline.", "Brewline, since 1987.")

    written = drafts(Writer(engine).write(BRIEF))

    assert len(engine.requests) == 3
    assert [one.variant for one in written] == [1, 2, 3]
    assert not any(one.ok for one in written)
    assert {check.name for one in written for check in one.checks if check.hard and not check.ok} == {"facts"}


def test_drafts_are_different_ideas() -> None:
    near = GOOD[0].replace("Bring", "So bring")

    written = drafts(Writer(FakeEngine(GOOD[0], near, GOOD[0], GOOD[1], near, GOOD[2])).write(BRIEF))

    assert [one.text for one in written if one.text in (GOOD[0], near)] in ([GOOD[0]], [near])
    assert {GOOD[1], GOOD[2]} <= {one.text for one in written}


def test_one_idea_three_times_is_delivered_with_a_warning() -> None:
    written = drafts(Writer(FakeEngine(GOOD[0])).write(BRIEF))

    assert [one.ok for one in written] == [True, False, False]
    assert "draft 1" in next(check.reason for check in written[1].checks if check.name == "different")


def test_what_the_brief_is_about_ranks_first() -> None:
    texts = ("A quiet thing for loud days.", "Something for everyone is here.", GOOD[0])

    written = drafts(Writer(FakeEngine(*texts)).write(BRIEF))

    assert written[0].text == GOOD[0]


def test_a_crashed_brief_goes_on_where_it_stopped() -> None:
    engine = FakeEngine(*GOOD)

    written = drafts(Writer(engine).write(BRIEF, earlier=[GOOD[0]]))

    assert [one.variant for one in written] == [2, 3]
    assert GOOD[0] not in [one.text for one in written]


def test_a_brief_with_all_its_drafts_asks_for_nothing() -> None:
    engine = FakeEngine(*GOOD)

    assert list(Writer(engine).write(BRIEF, earlier=GOOD[:3])) == []
    assert engine.requests == []


def test_a_redesign_differs_from_all_before() -> None:
    engine = FakeEngine(*GOOD)
    brief = Brief(BRIEF.product, variants=4, rejected=GOOD[3], instruction="funnier")

    written = drafts(Writer(engine).write(brief, earlier=GOOD[:3]))

    assert [one.variant for one in written] == [4]
    assert written[0].text in GOOD[4:]
    assert all(check.ok for check in written[0].checks if check.name == "different")


def test_the_same_answers_make_the_same_drafts() -> None:
    assert drafts(Writer(FakeEngine(*GOOD)).write(BRIEF)) == drafts(Writer(FakeEngine(*GOOD)).write(BRIEF))


def test_a_failing_engine_is_heard_of() -> None:
    engine = FakeEngine(*GOOD)
    engine.failure = "The engine is out of memory; use a smaller model."

    with pytest.raises(EngineError, match="out of memory"):
        list(Writer(engine).write(BRIEF))


def test_an_unfinished_sequence_is_an_error() -> None:
    engine = FakeEngine()
    engine.enqueue(GOOD, finish="error")

    with pytest.raises(EngineError, match="try again"):
        list(Writer(engine).write(BRIEF))


def test_a_cancelled_brief_delivers_nothing_more() -> None:
    cancelled = threading.Event()
    seen: list[Draft | Progress | Piece] = []

    for one in Writer(FakeEngine(*GOOD)).write(BRIEF, cancelled=cancelled):
        seen.append(one)
        cancelled.set()

    assert seen == [Progress(1, 6)]


def test_a_brief_can_be_cancelled_while_it_waits_for_its_turn() -> None:
    engine = FakeEngine(*GOOD)
    engine.released.clear()
    cancelled = threading.Event()
    seen: list[Draft | Progress | Piece] = []
    reader = threading.Thread(target=lambda: seen.extend(Writer(engine).write(BRIEF, cancelled=cancelled)))

    reader.start()
    cancelled.set()
    reader.join(timeout=5)

    assert not reader.is_alive()
    assert seen == []


def test_a_brief_cancelled_before_it_starts_asks_for_nothing() -> None:
    engine = FakeEngine(*GOOD)
    cancelled = threading.Event()
    cancelled.set()

    assert list(Writer(engine).write(BRIEF, cancelled=cancelled)) == []
    assert engine.requests == []


def test_a_reader_that_stops_early_ends_the_stream() -> None:
    engine = FakeEngine(*GOOD)
    happenings = Writer(engine).write(BRIEF)

    next(happenings)
    happenings.close()  # type: ignore[attr-defined]

    assert not [thread for thread in threading.enumerate() if thread.name == "writer-cancel"]


ARTICLE = "# On cold brew\n\n" + " ".join(f"Sentence {word} is about slow coffee." for word in "abcdefghij" * 12)


def test_a_long_format_is_streamed_as_it_grows() -> None:
    engine = FakeEngine(ARTICLE)

    happenings = list(Writer(engine).write(Brief("blog about cold brew", "blog", variants=1)))

    pieces = [one for one in happenings if isinstance(one, Piece)]
    assert "".join(one.text for one in pieces) == ARTICLE
    assert {one.variant for one in pieces} == {1}
    assert isinstance(happenings[-1], Draft)
    assert happenings[-1].text == ARTICLE
    assert engine.requests[-1].n == 1


def test_two_articles_are_two_sequences() -> None:
    written = drafts(Writer(FakeEngine(ARTICLE, "Short.")).write(Brief("blog", "blog", variants=2)))

    assert {one.variant for one in written} == {1, 2}
    assert [one.ok for one in sorted(written, key=lambda one: one.variant)][1] is False


def test_a_cut_text_is_ended_at_its_last_sentence() -> None:
    engine = FakeEngine()
    engine.enqueue([f"{text} And then we will also" for text in GOOD], finish="length")

    written = drafts(Writer(engine).write(BRIEF))

    assert all(one.ok and one.text in GOOD for one in written)
    for one in written:
        said = [(check.hard, check.reason) for check in one.checks if check.name == "whole" and not check.ok]
        assert said == [(False, "a half sentence at the end was taken off")]


def test_what_cannot_be_ended_is_shown_as_cut() -> None:
    engine = FakeEngine()
    engine.enqueue(["Brewline and the", "Monday with a can of Brewline", "Cold and"], finish="length")

    written = drafts(Writer(engine).write(BRIEF))

    assert not any(one.ok for one in written)
    assert {one.text for one in written} == {"Brewline and the", "Monday with a can of Brewline", "Cold and"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "facebook-ad",
            "Primary text: Soup is hot from noon. Soup is on the house for you. Soup is on the house for you.\n"
            "Headline: Soup for lunch\nDescription: Soup every day of the we",
        ),
        (
            "landing",
            "Headline: Soup for lunch\nSubheadline: Hot from noon.\n"
            "Bullets:\n- It is hot\n- It is hot\n- It is thick\n- It is near\nCTA: Order your so",
        ),
    ],
)
def test_a_cut_end_is_not_forgotten_when_something_else_was_mended(name: str, text: str) -> None:
    engine = FakeEngine()
    engine.enqueue([text], finish="length")

    written = drafts(Writer(engine).write(Brief("soup for lunch", name, 1)))

    assert {check.name for check in written[0].checks if check.hard and not check.ok} >= {"complete"}


def test_a_tweet_is_as_long_as_x_counts_it() -> None:
    brief = Brief("tweet: see https://brew.example/a/very/long/address/of/the/menu", variants=1)
    texts = ("The menu: https://brew.example/a/very/long/address/of/the/menu", "See it.", "Come.")

    assert drafts(Writer(FakeEngine(*texts)).write(brief))[0].characters == 33
