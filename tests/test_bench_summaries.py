"""The benches' tables say what the rows say: ratios within a run, shares of what was delivered."""

from pathlib import Path
from typing import Any

import pytest

from bench import engine_summary, quality_summary, random_model
from bench.peers import OURS, Setting, kinds
from model.words import overlap


def row(run: int, peer: str, speed: float, drafts: int = 4) -> dict[str, Any]:
    return {"run": run, "drafts": drafts, "peer": peer, "tokens_per_second": speed, "seconds": 1.0, "tokens": 64}


def text(words: str, *failed: str) -> dict[str, Any]:
    return {"text": words, "ok": not failed, "failed": dict.fromkeys(failed, "because"), "soft": {}}


def test_a_ratio_is_the_median_of_the_ratios_within_each_run() -> None:
    """A machine that slows down between two runs slows both peers; the medians alone would hide or invent a gain."""
    rows = [row(0, OURS, 100), row(0, "peer", 50), row(1, OURS, 30), row(1, "peer", 10), row(2, OURS, 40)]

    document = engine_summary.summarise(rows, [], {"gone": "no reason"}, {OURS: "o", "peer": "p"})

    assert document["figures"]["peer"]["4"] == {"tokens_per_second": 30, "ours over it": 2.5, "runs": 2}
    assert document["figures"][OURS]["4"]["ours over it"] == 1.0
    shown = engine_summary.markdown(document | {"runs": 3, "tokens": 64, "greedy": False})
    assert "| peer | 30 (2.50 ×) |" in shown
    assert "gone (no reason)" in shown


def test_the_limit_counts_weights_once_and_a_cache_for_each() -> None:
    alone, many = (random_model.step_bytes("4b", number, 200) for number in (1, 32))

    assert 7.9e9 < alone < 8.3e9, "four thousand million parameters of two bytes"
    assert many - alone == pytest.approx(31 * 200 * 2 * 36 * 8 * 128 * 2)


def test_a_table_of_random_weights_says_so_and_which_share_of_the_limit_each_reaches() -> None:
    step = random_model.step_bytes("4b", 4, 200)
    document = engine_summary.summarise([row(0, OURS, 400)], [], {}, {OURS: "o"})
    document |= {"runs": 1, "tokens": 64, "greedy": False, "random": "4b", "device": "cuda"}

    engine_summary.add_limit(document, "4b", 200 * step, 200)

    shown = engine_summary.markdown(document)
    assert shown.startswith("# Engine: random weights of the shape '4b', cuda\n")
    assert "| ours | 50% |" in shown, "200 steps a second for four drafts would be 800 tokens"


@pytest.mark.parametrize("random", ["", "4b"])
def test_no_peer_on_a_gpu_is_a_build_for_the_cpu(random: str) -> None:
    """vLLM's CPU build would have stood in the GPU's table."""
    setting = Setting("folder", random, "cuda", 4, "", Path("data"))

    found = {kind.name for kind in kinds(setting)}

    generate = {"generate one by one, bfloat16", "generate batched, bfloat16"}
    assert found == {OURS, "transformers continuous, bfloat16", *generate}


def test_the_share_that_passes_is_of_what_was_delivered() -> None:
    rows = [
        {
            "setting": "plain",
            "format": "tweet",
            "brief": "tea",
            "seconds": 2.0,
            "requests": [4, 2],
            "drafts": [text("Come in for tea today"), text("Pears are back on Friday", "must-say")],
            "samples": [text("Tea costs 3", "facts", "must-say"), text("Tea costs 3", "facts")],
        }
    ]

    document, shown = quality_summary.summarise(rows, lambda texts: overlap(*texts), "words")

    found = document["settings"]["plain"]["all"]
    assert found["shipped"] == {"delivered": 2, "passed": 1, "failed": {"must-say": 1}}
    assert found["one sample"] == {"delivered": 1, "passed": 0, "failed": {"facts": 1, "must-say": 1}}
    assert (found["likeness shipped"], found["likeness plain"]) == (0.0, 1.0)
    assert found["samples a brief"] == 6
    assert "| tweet | 1 | 0 % | 50 % | must-say 1 |" in shown
