"""The gate refuses what is broken, worse or not plainly better, in sentences with numbers, and lets noise be noise."""

import math
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from model.gate import Evidence, Gate, judge, passes, sentences
from model.held_out import preference
from model.measured import Drift, Integrity, Perplexity, Score, Text
from model.regression import KL, findings
from model.voices import capped
from tests.evidence_made import evidence, scores, text, texts


def gate(name: str, **changes: Any) -> Gate:
    return next(one for one in judge(evidence(**changes)) if one.gate == name)


def failing(**changes: Any) -> list[str]:
    return [one.name for one in findings(evidence(**changes)) if not one.ok]


def test_an_equal_is_no_worse_and_not_better() -> None:
    gates = judge(evidence())

    assert [(one.gate, one.ok) for one in gates] == [("G0", True), ("G1", True), ("G2", False)]
    assert not passes(gates)


def test_a_better_one_passes_every_gate() -> None:
    gates = judge(evidence(scores=scores(lambda at, liked: 0.02 * liked + 0.005 * (at % 7 - 3))))

    assert passes(gates)
    assert [line.split(".")[0] for line in sentences(gates)] == [
        "Integrity: passed",
        "No regression: passed",
        "Held-out preference: passed",
    ]
    assert "24 liked and 24 disliked held-out texts of 8 people" in gates[2].reason


# G0


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        (Integrity("The adapter is corrupt.", 0, 0, 0.0, 0.0), "The adapter is corrupt."),
        (Integrity("", 420, 3, 1.0, 17.0), "3 of the numbers in v0002 aren't finite"),
        (Integrity("", 420, 0, 1e-9, 17.0), "The fit changed nothing"),
        (Integrity("", 420, 0, math.nan, 17.0), "The fit changed nothing"),
        (Integrity("", 0, 0, 0.0, 0.0), "The fit changed nothing"),
    ],
)
def test_what_is_not_whole_is_judged_no_further(whole: Integrity, said: str) -> None:
    gates = judge(evidence(integrity=whole))

    assert [(one.gate, one.ok) for one in gates] == [("G0", False)]
    assert said in gates[0].reason


# G1


def failed_from(share: float) -> Callable[[int, Text], Text]:
    return lambda at, mine: replace(mine, ok=mine.ok and at % 10 >= 10 * share)


def longer(times: float) -> Callable[[int, Text], Text]:
    return lambda at, mine: replace(mine, characters=round(mine.characters * times * (0.9 + at % 3 / 10)))


REGRESSIONS: dict[str, Callable[[int, Text], Text]] = {
    "checks": failed_from(0.4),
    "length": longer(1.5),
    "repetition": lambda _, mine: replace(mine, distinct=mine.distinct - 0.2),
    "collapse": lambda at, mine: replace(mine, shared=0.5 + at % 5 / 10),
    "language": lambda at, mine: replace(mine, fitting=at % 4 > 0),
    "fair length": lambda at, mine: replace(
        mine, characters=mine.characters * (2 - at % 2) if at >= 36 else 100 + 7 * at
    ),
    "fair mood": lambda at, mine: replace(mine, mood=0.6 * (at % 2)),
}


@pytest.mark.parametrize("name", REGRESSIONS)
def test_each_way_of_getting_worse_is_named_alone(name: str) -> None:
    made = texts(REGRESSIONS[name])

    assert [one for one in failing(texts=made) if one != "length" or name == "length"] == [name]
    assert not gate("G1", texts=made).ok


def test_noise_that_cancels_out_refuses_nobody() -> None:
    refused = 0
    for seed in range(60):
        chance = random.Random(seed)

        def drawn(at: int, mine: Text, chance: random.Random = chance) -> Text:
            return replace(
                text(at),
                ok=chance.random() < 2 / 3,
                characters=round(mine.characters * chance.lognormvariate(0, 0.4)),
                distinct=min(1.0, chance.gauss(0.95, 0.04)),
                mood=chance.gauss(0.3, 0.2),
            )

        pairs = zip(texts(drawn), texts(drawn), strict=True)
        made = tuple(replace(one, incumbent=other.candidate) for one, other in pairs)
        refused += bool(failing(texts=made))

    assert refused <= 5


def test_too_few_texts_are_no_suite() -> None:
    found = gate("G1", texts=texts()[:19])

    assert not found.ok
    assert "only 19 of the suite's 60 texts were written" in found.reason


@pytest.mark.parametrize("kl", [KL * 1.01, math.nan, math.inf])
def test_a_candidate_beyond_the_budget_is_refused(kl: float) -> None:
    assert failing(drift=Drift(kl, 2000)) == ["drift"]


@pytest.mark.parametrize(
    "found",
    [
        Perplexity(30.0, 25.0, 25.6, 4000),
        Perplexity(25.0, 30.0, 25.6, 4000),
        Perplexity(25.0, 25.0, math.nan, 4000),
        Perplexity(25.0, 25.0, math.inf, 4000),
        Perplexity(25.0, 25.0, 25.0, 0),
    ],
    ids=["on the incumbent", "on the base", "not a number", "infinite", "not measured"],
)
def test_general_text_may_not_become_less_likely(found: Perplexity) -> None:
    assert failing(perplexity=found) == ["perplexity"]


def test_a_refusal_says_what_got_worse_with_its_numbers() -> None:
    found = gate("G1", texts=texts(failed_from(0.4)), drift=Drift(0.5, 100))

    assert found.reason.startswith(
        "v0002 is worse than v0001: 24 of 60 suite texts pass every check against 40 (-27 poi"
    )
    assert f"KL to the base is 0.500 nats a token (at most {KL})" in found.reason
    assert found.reason.endswith(".")


# G2


def test_what_raises_disliked_texts_is_not_better() -> None:
    found = gate("G2", scores=scores(lambda at, liked: -0.02 * liked + 0.005 * (at % 7 - 3)))

    assert not found.ok
    assert "with probability 0.0" in found.reason


@pytest.mark.parametrize("liked", [4, 40])
def test_few_of_one_label_say_nothing(liked: int) -> None:
    made = [replace(one, liked=at < liked) for at, one in enumerate(scores(lambda at, _: at / 100, 44))]

    found = gate("G2", scores=tuple(made))

    assert not found.ok
    assert f"{liked} liked and {44 - liked} disliked" in found.reason


def test_one_persons_taste_is_not_the_teams() -> None:
    """A third of the lessons speak for it loudly, but they are all one person's."""
    mixed = [0.003 * (at % 7 - 3) for at in range(48)]
    plain = scores(lambda at, liked: 0.05 * (1 if liked else -1) if at < 16 else mixed[at])
    hers = tuple(replace(one, user="loud") if at < 16 else one for at, one in enumerate(plain))

    several, single = preference(plain), preference(hers)

    assert several is not None
    assert single is not None
    assert several.better >= 0.9 > single.better


def test_formats_that_move_apart_are_no_preference() -> None:
    """Tweets gain and are liked, e-mails lose and are not: that says nothing of texts within a format."""

    def moved(at: int, one: Score) -> Score:
        name, gain = ("tweet", 0.05) if one.liked == (at % 8 > 1) else ("email", -0.05)
        return replace(one, format=name, candidate=one.incumbent + (gain + 0.001 * (at % 5)) * one.tokens)

    made = tuple(moved(at, one) for at, one in enumerate(scores(lambda *_: 0.0)))

    assert not gate("G2", scores=made).ok


def grown(one: Score, at: int) -> Score:
    """Longer texts are liked, and they alone gain."""
    tokens = (60 if one.liked else 40) + (at * 7) % 30
    return replace(one, tokens=tokens, candidate=one.incumbent + 0.01 * math.log(tokens) * tokens)


def test_a_gain_of_length_alone_is_refused_where_texts_grow() -> None:
    made = tuple(grown(one, at) for at, one in enumerate(scores(lambda *_: 0.0)))

    assert gate("G2", scores=made).ok
    refused = gate("G2", scores=made, texts=texts(longer(1.15)))
    assert not refused.ok
    assert "15 % longer, and at equal length it is" in refused.reason


def test_the_same_evidence_is_judged_alike_every_time() -> None:
    made = evidence(scores=scores(lambda at, liked: 0.004 * liked + 0.005 * (at % 7 - 3)))

    assert judge(made) == judge(made)


# How much a person counts.


def test_nobody_counts_more_than_three_tenths() -> None:
    users = ["a"] * 50 + ["b"] * 30 + ["c"] * 4 + ["d"] * 3 + ["e"]

    says = capped(users)

    assert sum(says[:50]) / sum(says) == pytest.approx(0.3)
    assert sum(says[50:80]) / sum(says) == pytest.approx(0.3)
    assert says[80:] == [1.0] * 8


def test_two_people_count_as_they_speak() -> None:
    assert capped(["a", "a", "b"]) == [1.0, 1.0, 1.0]


# JSON


def test_evidence_survives_its_json() -> None:
    made = evidence()

    assert Evidence.from_json(made.to_json()) == made


@pytest.mark.parametrize("found", ["{}", "[]", '{"texts": 1}', "nonsense"])
def test_what_is_no_evidence_is_refused(found: str) -> None:
    with pytest.raises(ValueError, match=r"evidence|Expecting"):
        Evidence.from_json(found)
