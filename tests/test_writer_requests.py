"""What the writer asks of the engine: how many samples, by which seed, and what is kept while they are written."""

import pytest

from model.brief import Brief
from model.writer import Writer
from model.writing import Draft, enough
from tests.fake_engine import FakeEngine
from tests.test_writer import BRIEF, GOOD, drafts


@pytest.mark.parametrize(("wanted", "candidates"), [(1, 3), (2, 4), (3, 6), (5, 10)])
def test_more_candidates_are_sampled_than_drafts_wanted(wanted: int, candidates: int) -> None:
    engine = FakeEngine(*GOOD, *(f"{text} Come to the {number} bar."[:90] for number, text in enumerate(GOOD)))

    list(Writer(engine).write(Brief(BRIEF.product, variants=wanted)))

    assert enough(wanted) == candidates == engine.requests[0].n


@pytest.mark.parametrize(
    ("wanted", "running", "queued", "candidates"),
    [(3, 0, 0, 9), (5, 0, 0, 15), (6, 0, 0, 16), (10, 0, 0, 20), (3, 4, 0, 6), (3, 16, 1, 3), (3, 0, 1, 3)],
)
def test_more_are_sampled_when_the_desk_is_idle_and_no_more_than_wanted_when_others_wait(
    wanted: int, running: int, queued: int, candidates: int
) -> None:
    engine = FakeEngine(*GOOD)
    engine.running, engine.queued = running, queued

    list(Writer(engine).write(Brief(BRIEF.product, variants=wanted)))

    assert engine.requests[0].n == candidates


def test_the_number_of_candidates_can_be_chosen() -> None:
    engine = FakeEngine(*GOOD)

    assert len(drafts(Writer(engine).write(BRIEF, candidates=3))) == 3
    assert engine.requests[0].n == 3


def test_a_first_round_grows_warmer_from_one_candidate_to_the_next() -> None:
    """Six as sure as each other had three different ideas among them for half of 76 briefs, and so for three quarters.

    A further round is warmer as a whole, and a long text, which is shown as it grows, is as sure as it can be.
    """
    engine = FakeEngine(GOOD[0])
    list(Writer(engine).write(BRIEF))
    long = FakeEngine("A title\n\nA paragraph.")
    list(Writer(long).write(Brief("blog about bread", "blog", variants=1), candidates=1))

    first, further = engine.requests[:2]
    assert first.spread > 0
    assert (further.spread, further.sampling.temperature > first.sampling.temperature) == (0, True)
    assert {one.spread for one in long.requests} == {0}


@pytest.mark.parametrize(("kind", "known"), [("redesign", (*GOOD[:1], GOOD[3])), ("shorter", GOOD[:1])])
def test_no_sentence_of_a_rejected_text_is_written_again(kind: str, known: tuple[str, ...]) -> None:
    engine = FakeEngine(*GOOD)
    brief = Brief(BRIEF.product, variants=2, rejected=GOOD[3], revision=kind)

    list(Writer(engine).write(brief, earlier=GOOD[:1]))

    guard = engine.requests[0].guard
    assert guard is not None
    assert guard.earlier == known


def test_a_further_round_says_no_sentence_of_the_drafts_that_are_kept() -> None:
    """Where the facts are few, what was asked for again came out as the first draft over again."""
    engine = FakeEngine(GOOD[0])
    engine.enqueue(GOOD)

    written = [one for one in Writer(engine).write(BRIEF) if isinstance(one, Draft)]

    first, again = (request.guard for request in engine.requests)
    assert first is not None
    assert again is not None
    assert first.earlier == ()
    assert again.earlier == (GOOD[0],)
    assert written[0].text == GOOD[0]


@pytest.mark.parametrize("guards", [True, False])
def test_an_engine_without_guards_is_told_what_may_not_be_said(guards: bool) -> None:
    engine = FakeEngine(*GOOD)
    engine.guards = guards

    list(Writer(engine).write(Brief(BRIEF.product, must_not_say=("hot",), banned=("cheap", "luxury"))))

    request = engine.requests[0]
    assert request.banned == (() if guards else ("hot", "cheap", "luxury"))
    assert (request.guard is not None) is guards


def test_a_seed_is_handed_on_and_further_rounds_have_their_own() -> None:
    engine = FakeEngine("Now 50% off at Brewline.")

    list(Writer(engine).write(BRIEF, seed=7))

    assert [request.sampling.seed for request in engine.requests] == [7, 8, 9]


def test_labels_may_come_again_without_a_penalty() -> None:
    engine = FakeEngine(*GOOD)

    list(Writer(engine).write(Brief(BRIEF.product, "push")))
    list(Writer(engine).write(BRIEF))

    assert engine.requests[0].sampling.repetition_penalty == 1.0
    assert engine.requests[-1].sampling.repetition_penalty > 1.0


@pytest.mark.parametrize(("running", "queued"), [(0, 0), (4, 0), (16, 3)])
def test_a_seeded_run_samples_as_many_whatever_else_is_written(running: int, queued: int) -> None:
    engine = FakeEngine(*GOOD)
    engine.running, engine.queued = running, queued

    list(Writer(engine).write(BRIEF, seed=7))

    assert engine.requests[0].n == 9


def test_the_order_in_which_samples_end_changes_nothing() -> None:
    engine = FakeEngine("Now 50% off, for a little while, at Brewline.", "Get 20 from Brewline.")

    list(Writer(engine).write(BRIEF, candidates=2, seed=7))

    again = engine.requests[1].prompt[-1]
    assert isinstance(again, dict)
    assert "facts: “50%” is not in the brief." in again["content"], "of the first sample, which ends last"
