"""Replay: the house's own examples among a team's lessons, so that a fine-tune doesn't forget how copy is written."""

import random
from collections import defaultdict
from collections.abc import Callable
from itertools import chain, zip_longest

from model.brief import Brief
from model.generation import Message
from model.house_training import split
from model.lessons import Lesson

SHARE = 0.25
"""Replayed examples for each lesson of the team: a fifth of what is learnt. A hundred replayed samples cut forgetting
from 0.35 to 0.07 in few-shot LoRA (openreview AmQVxvyRJC); a round of 400 lessons has as many."""
LONGEST = 1500
"""The most characters of an example: a blog post costs the time of twenty posts and teaches no more."""


def replay(
    lessons: int,
    *,
    seed: int,
    prompt: Callable[[Brief], tuple[Message, ...]],
    share: float = SHARE,
    longest: int = LONGEST,
) -> tuple[Lesson, ...]:
    """Choose house examples for so many lessons of a team, each format as often as the others, as liked lessons.

    Only examples that the house adapter was fitted to: those it never saw stay fit to measure by. Their `user` is
    "house", so they count in nobody's share, and their `source` tells them from what a team taught.
    """
    order = random.Random(seed)
    by_format = defaultdict(list)
    for number, (name, example) in enumerate(split(held_out=False)):
        if len(example.copy) <= longest:
            by_format[name].append((number, name, example))
    for found in by_format.values():
        order.shuffle(found)
    rounds = list(by_format.values())
    order.shuffle(rounds)
    turns = [one for one in chain.from_iterable(zip_longest(*rounds)) if one]
    return tuple(
        Lesson(prompt(Brief(example.brief, name)), example.copy, True, "house", "", f"house/{number}", name, "house")
        for number, name, example in turns[: round(share * lessons)]
    )
