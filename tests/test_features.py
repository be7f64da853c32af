"""What the readable features of copy see."""

import pytest

from model.features import NAMES, read
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
