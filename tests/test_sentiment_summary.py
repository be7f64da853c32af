"""Intervals, words, typical comments and comparisons, against figures made by hand and by enumeration."""

import random
from math import comb

import pytest

from bot.approval import newcombe, wilson
from bot.sentiment_compare import compare
from bot.sentiment_drivers import Words, terms
from bot.sentiment_quotes import Quotes
from bot.sentiment_summary import AspectCounts, Counts, Group, Quote
from model.sentiment import Label


def test_shares_are_of_the_sure_ones_and_their_interval_is_wilsons() -> None:
    """Newcombe (1998), table I, method 3: 81 of 263 and 15 of 148."""
    counts = Counts(negative=81, positive=182, unsure=40, skipped=7)

    assert counts.share("negative") == pytest.approx(81 / 263)
    assert counts.interval("negative") == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (counts.sure, counts.read, counts.total) == (263, 303, 310)
    assert Counts().share("negative") == Counts().net == 0


@pytest.mark.parametrize(
    ("one", "other", "low", "high"), [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090)]
)
def test_differences_have_newcombes_interval(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe, Interval estimation for the difference between independent proportions (1998), table II, method 10."""
    found = newcombe(one, other)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    wider = newcombe(one, other, z=2.8)
    assert wider is not None
    assert wider.low < found.low
    assert wilson(*one, 2.8)[0] < wilson(*one)[0]


@pytest.mark.parametrize("shares", [(0.2, 0.5), (0.05, 0.9), (0.4, 0.4), (0.6, 0.1), (0.02, 0.1)])
@pytest.mark.parametrize("number", [8, 20, 60])
def test_the_interval_of_net_sentiment_holds_what_it_says(shares: tuple[float, float], number: int) -> None:
    """Exact coverage over every outcome of a sample: not below 92 %, whatever the shares."""
    negative, positive = shares
    covered = 0.0
    for down in range(number + 1):
        for up in range(number - down + 1):
            rest = number - down - up
            ways = comb(number, down) * comb(number - down, up)
            low, high = Counts(negative=down, neutral=rest, positive=up).net_interval
            if low <= 100 * (positive - negative) <= high:
                covered += ways * negative**down * positive**up * (1 - negative - positive) ** rest

    assert 0.92 <= covered <= 1.0 + 1e-9


def many(text: str, label: Label, number: int) -> list[tuple[str, Label]]:
    return [(text, label)] * number


def said(*comments: tuple[str, Label]) -> Words:
    found = Words()
    for text, label in comments:
        found.add(text, label)
    return found


def test_what_people_complain_of_is_what_sets_negative_comments_apart() -> None:
    bad: list[tuple[str, Label]] = [(f"The parcel came late, visit {n}", "negative") for n in range(30)]
    good: list[tuple[str, Label]] = [(f"The parcel was lovely, visit {n}", "positive") for n in range(30)]

    drivers = said(*bad, *good, *many("I have a question", "neutral", 5)).drivers("negative")

    assert [(one.word, one.here, one.elsewhere) for one in drivers] == [("late", 30, 0)]
    assert drivers[0].score > 4


def test_one_who_repeats_a_word_is_one() -> None:
    shouting: list[tuple[str, Label]] = [("parcel " * 50, "negative"), ("something else entirely", "negative")]

    assert said(*shouting, *many("the parcel came", "positive", 5)).drivers("negative") == ()


def test_a_word_of_every_comment_is_passed_over() -> None:
    """Its odds were divided by nothing, and the whole reading failed."""
    found = said(*many("the coffee was cold", "negative", 30), *many("the coffee was hot", "positive", 30))

    assert [one.word for one in found.drivers("negative")] == ["cold"]


@pytest.mark.parametrize(
    "text", ["The waiter Kevin shouted at us", "Kevin the waiter shouted", "the waiter KEVIN", "kevin was my waiter"]
)
def test_nobody_is_blamed_by_name(text: str) -> None:
    bad: list[tuple[str, Label]] = [(text, "negative")] * 20

    words = [one.word for one in said(*bad, *many("A table by the window", "positive", 20)).drivers("negative")]

    assert "waiter" in words
    assert not any("kevin" in word for word in words)


def test_a_word_that_is_a_name_too_is_blamed_where_it_is_written_as_a_word() -> None:
    bad: list[tuple[str, Label]] = [("the bill was wrong again", "negative")] * 20

    assert "bill" in [one.word for one in said(*bad, *many("A table", "positive", 20)).drivers("negative")]


def test_chance_alone_makes_few_words_complaints() -> None:
    chance = random.Random(3)
    vocabulary = [f"w{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(100)]
    false = 0
    for _ in range(20):
        found = Words()
        for _ in range(200):
            label: Label = "negative" if chance.random() < 0.3 else "positive"
            found.add(", ".join(chance.sample(vocabulary, 8)), label)
        false += len(found.drivers("negative"))

    assert false / 20 < 1.5


def test_words_that_only_judge_or_say_nothing_are_not_what_it_is_about() -> None:
    assert terms("It was a terrible, terrible day and I hated the queue")[0] == {"queue"}
    assert "not working" in terms("the card reader is not working")[0]
    assert "terrible service" in terms("terrible service")[0]
    assert "slow but" not in terms("slow but fine")[0]


def test_the_words_kept_are_bounded() -> None:
    found = Words(kept=500)
    for n in range(3000):
        found.add(f"late number{'abcdefghij'[n % 10]}{'x' * (n % 20)}{'yz' * (n // 20 % 9)}", "negative")
        found.add("early", "positive")

    assert "late" in [one.word for one in found.drivers("negative")]
    assert all(len(counter) <= 500 for counter in found._terms.values())


def quote(number: int, text: str, label: Label = "negative", probability: float = 0.9) -> Quote:
    return Quote(number, text, label, probability)


def test_the_typical_comments_are_those_that_say_what_the_others_say() -> None:
    quotes = Quotes(random.Random(0))
    for n in range(40):
        quotes.add(quote(n, f"the delivery came late again, order {n}"))
    quotes.add(quote(98, "my grandmother bought a purple umbrella"))
    quotes.add(quote(99, "your museum smells of elephants and paint"))

    typical = quotes.typical()

    assert "delivery" in typical[0].text
    assert len(typical) == 3
    assert sum("delivery" in one.text for one in typical) == 1, "two that say the same are one"


def test_the_extreme_comments_are_those_that_the_model_is_surest_of() -> None:
    quotes = Quotes(random.Random(0))
    for n in range(200):
        quotes.add(quote(n, f"comment about matter{n} and thing{n}", "positive" if n % 2 else "negative", n / 200))

    assert [one.number for one in quotes.extreme()] == [199, 197, 195, 198, 196, 194]


def test_a_quotation_can_be_read_at_a_glance() -> None:
    quotes = Quotes(random.Random(0))
    for text in ("Awful", "no no no", "x " * 500):
        quotes.add(quote(1, text))

    assert quotes.extreme() == quotes.typical() == ()


def group(name: str, negative: int, positive: int, *aspects: AspectCounts) -> Group:
    return Group(name, Counts(negative=negative, positive=positive), aspects)


def test_what_differs_and_what_cannot_be_told() -> None:
    said = compare([group("A", 60, 40), group("B", 20, 80), group("C", 41, 59), group("D", 2, 1)]).sentences()

    assert said[0].startswith("A: more negative comments than the others (60 % against 30 %; +30 points")
    assert any(line.startswith("B: fewer negative comments than the others") for line in said)
    assert "No difference that is more than chance: C and the others." in said
    assert "Too few comments with a label to compare (fewer than 5): D." in said


def test_one_group_is_compared_with_nothing() -> None:
    found = compare([group("A", 60, 40), group("B", 2, 1)])

    assert found.differences == ()
    assert found.sentences()[0] == "Only A has 5 comments with a label or more, so there is nothing to compare it with."


def test_groups_of_three_are_none_to_compare() -> None:
    """They were told that there is one group with five."""
    said = compare([group("A", 2, 1), group("B", 1, 2)]).sentences()

    assert said[0].startswith("No group has 5 comments with a label or more")
    assert said[1].endswith("(fewer than 5): A, B.")


def test_aspects_are_compared_where_both_speak_of_them() -> None:
    one = group("June", 50, 50, AspectCounts("food", Counts(negative=40, positive=10)), AspectCounts("bar", Counts()))
    other = group("July", 50, 50, AspectCounts("food", Counts(negative=10, positive=40)))

    found = compare([one, other])

    assert {difference.aspect for difference in found.differences} == {"", "food"}
    assert [line.split(" (")[0] for line in found.sentences()[:2]] == [
        "June: more negative comments on food than July",
        "June: fewer positive comments on food than July",
    ]


def test_of_groups_that_do_not_differ_one_in_twenty_sets_says_so_at_most() -> None:
    chance = random.Random(11)
    alarms = 0
    for _ in range(400):
        groups = []
        for name in "ABCDE":
            negative = sum(chance.random() < 0.3 for _ in range(80))
            groups.append(group(name, negative, 80 - negative))
        alarms += bool(compare(groups).found)

    assert alarms / 400 <= 0.06
