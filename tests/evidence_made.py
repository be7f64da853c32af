"""Evidence made by hand for the gate's tests: equal models, and whatever a test changes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from model.measured import Both, Drift, Evidence, Integrity, Perplexity, Score, Text

PLAIN = Text(ok=True, characters=200, distinct=0.95, shared=0.1, fitting=True, mood=0.3)
PEOPLE = 8


def text(number: int, **changes: Any) -> Text:
    """The texts of a suite are of several lengths, and a third of them fail a check."""
    return replace(PLAIN, ok=number % 3 != 0, characters=100 + 7 * number, **changes)


def texts(change: Callable[[int, Text], Text] = lambda _, text: text, number: int = 60) -> tuple[Both, ...]:
    """Texts of incumbent and candidate, alike but for the change; the last 24 are counterfactual pairs."""
    singles = number - 24
    found = []
    for at in range(number):
        pair = f"p{(at - singles) // 2}" if at >= singles else ""
        mine = text(at - at % 2 if pair else at)
        found.append(Both(f"s{at}", pair, mine, change(at, mine)))
    return tuple(found)


def scores(gain: Callable[[int, bool], float], number: int = 48, people: int = PEOPLE) -> tuple[Score, ...]:
    """Held-out lessons, half of them liked; `gain` is in nats a token, by the lesson's number and label."""
    found = []
    for at in range(number):
        liked, tokens = at % 2 == 0, 40 + at % 5
        given = gain(at, liked) * tokens
        found.append(Score(f"U{at // 2 % people}", f"b{at // 3}", "tweet", liked, tokens, -100.0, -100.0 + given))
    return tuple(found)


def evidence(**changes: Any) -> Evidence:
    """A candidate that writes like the incumbent and moves held-out texts without regard to who liked them."""
    made = Evidence(
        incumbent="v0001",
        candidate="v0002",
        integrity=Integrity("", 420, 0, 1.5, 17.0),
        texts=texts(),
        asked=60,
        drift=Drift(0.03, 2000),
        perplexity=Perplexity(25.0, 25.1, 25.2, 4000),
        scores=scores(lambda at, _: 0.01 * (at % 7 - 3)),
        seconds=90.0,
    )
    return replace(made, **changes)
