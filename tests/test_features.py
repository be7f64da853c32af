"""What the readable features of copy see."""

import pytest

from model.features import NAMES, raw, read
from model.formats import FORMATS


def test_a_length_is_seen_beside_what_is_usual_in_the_format() -> None:
    words = " ".join(["word"] * 30) + "."
    at = NAMES.index("length")

    assert read(words, FORMATS["tweet"])[at] > read(words, FORMATS["email"])[at] + 1
    assert read("", FORMATS["tweet"])[at] < -3


@pytest.mark.parametrize(
    ("name", "having", "lacking"),
    [
        ("question", "Hungry? Come in.", "Hungry people come in."),
        ("asking", "Why wait? We are open.", "We are open. Why wait?"),
        ("order", "Join us on Friday.", "On Friday we join up."),
        ("number", "Only 3 left.", "Only three left."),
        ("exclamation", "Pears are in!", "Pears are in."),
        ("ellipsis", "And then…", "And then."),
        ("capitals", "FREE pears", "Free pears"),
        ("emoji", "Pears 🍐", "Pears"),
        ("hashtags", "Pears #fresh", "Pears, fresh"),
        ("link", "Pears: brambleworth.com/pears", "Pears at Brambleworth"),
        ("you", "Pears for you", "Pears for all"),
        ("we", "We picked pears", "Somebody picked pears"),
        ("curiosity", "This is the reason why", "It is open on Monday"),
        ("superlatives", "The best and the fastest", "Good and fast at rest with an interest"),
        ("time", "Today, before tonight", "Pears, before plums"),
        ("urgency", "The sale ends tonight", "The sale was a joy"),
        ("negation", "No pears", "Yes, pears"),
        ("feeling", "Made with love", "Made with steel"),
        ("names", "Pears from Brambleworth in Kent", "Pears from an orchard in a valley"),
        ("quotes", "They said “no”", "They said no, and don't ask"),
        ("ease", "The cat sat on the mat.", "Institutional considerations predominate."),
        ("sentences", "One. Two. Three.", "One two three."),
        ("opening", "One two three four five six seven.", "One. Two three four five six seven."),
    ],
)
def test_each_feature_tells_copy_that_has_it(name: str, having: str, lacking: str) -> None:
    at = NAMES.index(name)

    assert read(having, FORMATS["tweet"])[at] > read(lacking, FORMATS["tweet"])[at]


@pytest.mark.parametrize(
    "text",
    [
        "Hurry, hurry! Limited offer ends at midnight.",
        "Act fast before it's gone.",
        "Last chance to book.",
        "The last few tickets go on sale.",
        "Last days of our winter sale.",
        "Final hours!",
        "Only three seats left.",
        "48 hours left.",
        "While stocks last.",
        "Applications close on Friday.",
        "The application deadline is near.",
        "Twenty per cent off, today only.",
        "Order by Wednesday and it is there for the weekend.",
        "Book your table now.",
        "Don’t wait.",
        "They are selling fast.",
    ],
)
def test_what_hurries_people_is_urgency(text: str) -> None:
    assert has("urgency", text)


@pytest.mark.parametrize(
    "text",
    [
        "Fresh bread, made to last.",
        "Seen in the last few days: three swallows.",
        "It was better than last year.",
        "On the last day of school we swim.",
        "Open every day of the week, all year.",
        "Fast Wi-Fi and a long breakfast.",
        "No hurry: the kettle is on.",
        "The trail ends at the lake.",
        "We close at 5 on Mondays.",
        "It keeps every deadline you set.",
        "Now open in Leeds.",
        "Brightwell Limited makes lamps.",
        "Come by today.",
    ],
)
def test_what_tells_a_time_or_lasts_is_no_urgency(text: str) -> None:
    assert not has("urgency", text)


@pytest.mark.parametrize("text", ["Open on Monday.", "A week by the sea.", "Ready until midnight.", "Back in October."])
def test_days_and_hours_are_words_of_time(text: str) -> None:
    assert has("time", text)


@pytest.mark.parametrize(
    "text", ["Fresh bread, made to last.", "Hurry, they are selling fast.", "It may rain; march on."]
)
def test_what_only_hurries_or_lasts_is_no_word_of_time(text: str) -> None:
    assert not has("time", text)


def has(name: str, text: str) -> bool:
    return raw(text)[NAMES.index(name)] > 0
