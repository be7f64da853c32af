"""Replay picks house examples over all formats, the same for a seed, and never those kept to measure by."""

from collections import Counter

from model.formats import FORMATS
from model.house_training import split
from model.replay import replay
from tests.signalling import prompt


def test_a_quarter_as_many_house_examples_are_replayed_over_all_short_formats() -> None:
    found = replay(400, seed=1, prompt=prompt)

    counts = Counter(one.format for one in found)
    assert len(found) == 100
    assert set(FORMATS) - set(counts) <= {"blog"}
    assert max(counts.values()) - min(counts.values()) <= 1
    assert all(one.label and one.source == one.user == "house" for one in found)
    assert len({one.draft for one in found}) == 100


def test_the_seed_decides_which() -> None:
    assert replay(80, seed=1, prompt=prompt) == replay(80, seed=1, prompt=prompt) != replay(80, seed=2, prompt=prompt)
    assert replay(0, seed=1, prompt=prompt) == ()


def test_none_is_replayed_that_is_kept_to_measure_by_or_is_too_long() -> None:
    kept = {example.copy for _, example in split(held_out=True)} - {
        example.copy for _, example in split(held_out=False)
    }

    found = replay(10**6, seed=1, prompt=prompt, longest=900)

    assert not {one.completion for one in found} & kept
    assert max(len(one.completion) for one in found) <= 900
    assert len(found) > 1000
