"""The guards' bench compares like with like, counts what is taken back, and shows it where it stood."""

from dataclasses import replace
from typing import Any

import pytest

from bench import guards
from bench.watched import Back, Desk, request_for
from model.brief import Brief
from model.formats import find
from model.generation import Request, Sampling
from model.guards import Guard
from model.lora import Adapted
from tests import tiny

BRIEF = Brief("tweet for Brewline cold brew", variants=1)


def row(run: int, with_guards: bool, seconds: float, **counts: int) -> dict[str, Any]:
    given = {"written": 100, "kept": 100, "sequences": 10, "went back": 0, "times": 0}
    return {"run": run, "guards": with_guards, "seconds": seconds, **given, **counts}


def test_a_ratio_is_the_median_of_the_ratios_within_each_run() -> None:
    rows = [
        *(row(0, True, 2.0, kept=50), row(0, False, 1.0)),
        *(row(1, True, 20.0, kept=80), row(1, False, 18.0)),
        *(row(2, True, 1.25, **{"went back": 4, "times": 7}), row(2, False, 1.0)),
        row(3, True, 1.0),  # cut short: there is nothing to compare it with
    ]

    document = guards.summarise(rows)

    assert document["written"]["ratio"] == pytest.approx(0.8)
    assert document["written"]["with"] == pytest.approx(50)
    assert document["kept"]["ratio"] == pytest.approx(0.72)
    assert (document["sequences"], document["went back"], document["times"]) == (40, 4, 7)
    shown = guards.markdown({**document, "runs": 3, "briefs": 2})
    assert "| tokens written a second | 50 | 100 | 0.8 |" in shown
    assert "10 % of 40 guarded sequences went back, 7 times" in shown


def test_what_was_taken_back_stands_where_it_was() -> None:
    backs = [Back(12, " Only £3.", "not given"), Back(0, "Sure!", "talk"), Back(12, " Get 3.", "not given")]

    assert guards.marked("It is cold. Come in.", backs) == (
        "[⟲ Sure! – talk] It is cold. [⟲ Only £3. – not given] [⟲ Get 3. – not given] Come in."
    )
    assert guards.marked("It is cold.", []) == "It is cold."


@pytest.fixture(scope="module")
def desk() -> Desk:
    model = tiny.llama(context=2048)
    return Desk(model, tiny.tokenizer(), Adapted(model, "tiny"))


def asked(seed: int) -> Request:
    """Short and warm, so that a random model is soon taken back."""
    guard = Guard(BRIEF, find("tweet"))
    return Request((5, 6, 7), 3, 60, Sampling(temperature=1.0, seed=seed), guard=guard)


def test_every_token_is_counted_and_what_was_taken_back_is_not_kept(desk: Desk) -> None:
    found = desk.write([asked(seed) for seed in range(4)], guards=True)
    plain = desk.write([asked(seed) for seed in range(4)], guards=False)

    assert len(found.texts) == len(plain.texts) == len(found.guards) == 12
    assert plain.guards == ()
    assert plain.written <= 12 * 60
    assert any(one.backs for one in found.guards)
    assert found.kept < found.written
    counted = guards.row(0, True, found)
    assert counted["times"] == sum(len(one.backs) for one in found.guards) >= counted["went back"] > 0


def test_a_load_repeats(desk: Desk) -> None:
    assert desk.write([asked(1)], guards=True).texts == desk.write([asked(1)], guards=True).texts


def test_drafts_for_reading_say_how_often_the_guard_went_back(desk: Desk) -> None:
    read = guards.drafts(desk, [BRIEF], taught=True)

    assert "## 1. tweet\n\n> tweet for Brewline cold brew\n\n" in read
    assert " of 1 drafts went back, " in read


def test_what_is_asked_is_what_the_writer_asks_on_an_idle_desk() -> None:
    request = request_for(replace(BRIEF, variants=3), 7, taught=True)

    assert (request.n, request.sampling.seed, request.adapter) == (9, 7, "house")
    assert request.guard is not None
