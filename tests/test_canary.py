"""A candidate writes a fixed share of briefs, and people's signals promote it, end it or let it go on."""

import random
from collections import Counter

import numpy as np
import pytest

from model.brief import Brief
from model.canary import ALPHA, DAYS, MATCHED, SHARE, Arm, Matched, better, canary, chance, e_value, level, on_trial
from model.signals import Signal
from model.tally import ALIKE, opinion, tally


def signal(draft: str, user: str = "U1", value: int = 1, **changes: object) -> Signal:
    """A vote; drafts are named `brief-number`, and the time goes by the order in which they are made here."""
    product, _, number = draft.partition("-")
    given: dict[str, object] = {"at": f"{int(number or 0):05}", "brief": Brief(product)} | changes
    return Signal(draft=draft, user=user, text="", value=value, **given)  # type: ignore[arg-type]


# The share


def test_two_fifths_of_the_briefs_are_the_candidates() -> None:
    written = sum(on_trial(f"brief-{number}", "v0002") for number in range(20_000))

    assert written / 20_000 == pytest.approx(SHARE, abs=0.01)


def test_a_brief_stays_where_it_is_and_another_candidate_gets_others() -> None:
    ids = [f"01J{number}" for number in range(2000)]
    one, other = ([on_trial(brief, name) for brief in ids] for name in ("v0002", "v0003"))

    assert one == [on_trial(brief, "v0002") for brief in ids]
    both = sum(a and b for a, b in zip(one, other, strict=True))
    assert both / 2000 == pytest.approx(SHARE**2, abs=0.015)
    assert not any(on_trial(brief, "v0002", 0.0) for brief in ids)
    assert all(on_trial(brief, "v0002", 1.0) for brief in ids)


# The statistics


@pytest.mark.parametrize(("wins", "of"), [(17, 20), (24, 30), (30, 40), (42, 60), (66, 100), (124, 200)])
def test_an_e_value_of_twenty_needs_so_many_wins(wins: int, of: int) -> None:
    assert e_value(wins, of - wins) >= 20 > e_value(wins - 1, of - wins + 1)


def test_an_e_value_may_be_looked_at_after_every_pair() -> None:
    """Of fair coins thrown 400 times and looked at each time, at most one in twenty ever reaches 20."""
    throws = np.random.default_rng(0).random((2000, 400)) < 0.5
    limit = np.array([[e_value(wins, of - wins) if wins <= of else 0.0 for wins in range(401)] for of in range(401)])
    wins = throws.cumsum(axis=1)

    ever = (limit[np.arange(1, 401), wins] >= 20).any(axis=1).mean()

    assert 0 < ever <= ALPHA


@pytest.mark.parametrize(
    ("low", "high"), [(Arm(3, 9), Arm(8, 4)), (Arm(110, 90), Arm(28, 12)), (Arm(40, 2), Arm(9, 9))]
)
def test_the_odds_are_those_of_two_beta_distributions(low: Arm, high: Arm) -> None:
    chance = random.Random(1)
    drawn = [
        chance.betavariate(high.up + 1, high.down + 1) > chance.betavariate(low.up + 1, low.down + 1)
        for _ in range(20_000)
    ]

    assert better(low, high) == pytest.approx(sum(drawn) / 20_000, abs=0.015)
    assert better(low, high) + better(high, low) == pytest.approx(1.0, abs=1e-9)


def test_later_trials_take_less_of_the_chance() -> None:
    assert [round(level(attempt), 5) for attempt in (1, 2, 3)] == [0.05, 0.0125, 0.00556]
    arms = Arm(110, 90), Arm(29, 11)

    assert 1 - chance(14) < better(*arms) < 1 - chance(14, attempt=2)
    assert canary(*arms, days=14).action == "promote"
    assert canary(*arms, days=14, attempt=2).action == "expire"


def test_the_looks_and_the_matched_pairs_share_the_chance_however_the_days_fall() -> None:
    for start in (0.0, 0.3, 0.99):
        every_day = sum(chance(start + day) for day in range(15) if start + day < DAYS + 1)
        with_an_hour_and_a_half_more = [chance(start + 1.06 * day) for day in range(14)]

        assert every_day + MATCHED * ALPHA <= ALPHA + 1e-12
        assert sum(with_an_hour_and_a_half_more) + MATCHED * ALPHA <= ALPHA + 1e-12


# Decisions


def test_a_better_candidate_is_promoted_in_a_sentence_with_its_numbers() -> None:
    decision = canary(Arm(80, 80), Arm(34, 6), days=7.25)

    assert decision.action == "promote"
    assert decision.reason == (
        "After 7.2 days people liked drafts by the candidate in 85 % of 40 judgements and liked drafts by the "
        "incumbent in 50 % of 160 judgements: the candidate is better with probability 1.0000, and 0.9954 is enough."
    )


def test_between_the_looks_the_odds_promote_nothing_and_it_says_when_they_may() -> None:
    decision = canary(Arm(80, 80), Arm(34, 6), days=6.25)

    assert decision.action == "go on"
    assert decision.reason.endswith("the candidate is better with probability 1.0000; 0.9954 is needed after 7 days.")
    early = canary(Arm(80, 80), Arm(10, 0), days=7)
    assert early.reason.endswith("; 0.9606 is needed after 14 days, from 20 judgements of each.")
    assert canary(Arm(80, 80), Arm(25, 15), days=7).reason.endswith("; 0.9954 is needed now.")


def test_a_worse_candidate_is_rolled_back_early() -> None:
    assert canary(Arm(30, 10), Arm(2, 9), days=2).action == "roll back"


def test_a_handful_of_signals_decides_nothing() -> None:
    assert canary(Arm(80, 80), Arm(19, 0), days=7).action == "go on"
    assert canary(Arm(0, 19), Arm(80, 10), days=7).action == "go on"
    assert canary(Arm(30, 10), Arm(0, 9), days=7).action == "go on"
    assert canary(Arm(0, 0), Arm(0, 0), days=0).action == "go on"


def test_matched_pairs_may_decide_before_there_are_many() -> None:
    few = Arm(30, 30), Arm(9, 3)

    assert canary(*few, days=3).action == "go on"
    assert canary(*few, days=3, matched=Matched(11, 0)).action == "go on"
    assert canary(*few, days=3, matched=Matched(12, 0)).action == "promote"
    assert canary(*few, days=3, matched=Matched(0, 8)).action == "roll back"
    assert canary(*few, days=3, matched=Matched(12, 0), attempt=2).action == "go on"


def test_an_undecided_trial_expires_after_two_weeks() -> None:
    assert canary(Arm(60, 60), Arm(16, 14), days=13.9).action == "go on"
    decision = canary(Arm(60, 60), Arm(16, 14), days=14.0)
    assert decision.action == "expire"
    assert "the incumbent stays" in decision.reason


# From signals to arms


def test_a_person_counts_once_for_a_draft_with_their_newest_word() -> None:
    first, later = signal("a-1", at="1", value=1), signal("a-1", at="2", value=-1)

    assert tally([], [later, first]).candidate == Arm(0.0, 1.0)
    assert tally([], [first, signal("a-1", user="U2")]).candidate.down == 0


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"value": 1}, 1),
        ({"value": -1}, -1),
        ({"value": 1, "edited": "better"}, 1),
        ({"value": 0, "edited": "better"}, -1),
        ({"value": 0, "used": True}, 1),
        ({"value": 0, "used": True, "edited": "better"}, -1),
        ({"value": 0}, 0),
    ],
)
def test_votes_uses_and_rewrites_are_words(changes: dict[str, object], word: int) -> None:
    made = signal("a-1", **changes)  # type: ignore[arg-type]

    assert opinion(made) == word
    assert tally([], [made]).candidate == Arm(float(word > 0), float(word < 0))


def test_nobody_is_more_than_three_tenths_of_an_arm() -> None:
    loud = [signal(f"l{number}-{number}", "loud", -1) for number in range(50)]
    others = [signal(f"o{number}-{number}", f"U{number % 4}") for number in range(14)]

    arm = tally([], [*loud, *others]).candidate

    assert arm.down / arm.number == pytest.approx(0.3)
    assert arm.up == pytest.approx(14)


def test_drafts_of_one_brief_count_less_each() -> None:
    apart = tally([], [signal(f"b{number}-{number}", f"U{number}") for number in range(3)]).candidate
    together = tally([], [signal(f"b-{number}", f"U{number}") for number in range(3)]).candidate

    assert apart.number == pytest.approx(3)
    assert together.number == pytest.approx(3 / (1 + 2 * ALIKE))


def test_pairs_are_matched_within_a_person_and_a_format() -> None:
    def of(product: str, user: str, value: int, at: int, form: str = "tweet") -> Signal:
        return signal(f"{product}-{at}", user, value, brief=Brief(product, form))

    before = [of("a", "ana", -1, 1), of("b", "ben", 1, 2), of("c", "ana", -1, 3, "email"), of("d", "ana", -1, 9)]
    now = [of("k", "ana", 1, 4), of("l", "ben", -1, 5), of("m", "eve", 1, 6), of("n", "ana", 1, 7)]

    # ana's a and k, ben's b and l, ana's n and d, whichever came first; nothing for eve, nor for ana's e-mail.
    assert tally(before, now).matched == Matched(2, 1)


def test_a_brief_is_one_word_of_a_person_however_many_drafts_it_has() -> None:
    before = [signal(f"a-{number}", value=-1) for number in range(3)] + [signal("b-8", value=-1)]
    now = [signal(f"k-{number}", value=value) for number, value in ((4, 1), (5, 1), (6, -1))]

    assert tally(before, now).matched == Matched(1, 0)


def test_equal_arms_are_seldom_promoted_however_often_one_looks() -> None:
    ends = Counter(trial(seed, lift=0.0) for seed in range(150))

    assert 0 < ends["promote"] <= ALPHA * 150
    assert ends["expire"] >= 0.5 * 150


def test_a_much_better_arm_is_mostly_promoted() -> None:
    ends = Counter(trial(seed, lift=0.3) for seed in range(100))

    assert ends["promote"] >= 80
    assert ends["roll back"] == 0


def trial(seed: int, lift: float) -> str:
    """Two weeks of 15 signals a day by five people, two fifths of them on the candidate, looked at every evening."""
    chance = random.Random(seed)
    arms: tuple[list[Signal], list[Signal]] = ([], [])
    for day in range(1, 15):
        for number in range(15):
            at = day * 100 + number
            side = int(chance.random() < SHARE)
            liked = chance.random() < 0.5 + lift * side
            arms[side].append(signal(f"{at}-{at}", f"U{chance.randrange(5)}", 1 if liked else -1))
        found = tally(*arms)
        action = canary(found.incumbent, found.candidate, days=day, matched=found.matched).action
        if action != "go on":
            return action
    raise AssertionError("a trial ends after two weeks")
