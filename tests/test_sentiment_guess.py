"""What a comment speaks of is guessed from its words."""

import pytest

from model.sentiment_aspects import SETS
from model.sentiment_guess import guess


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("Lovely waiter, shame about the food", ("waiter", "food")),
        ("The PRICES are too high and the rooms weren't cleaned", ("prices", "rooms", "cleanliness")),
        ("Overpriced, and what a price", ("price",)),
        ("Burger, fries, another burger: all delicious", ("burger", "fries")),
        ("It crashes after each update", ("reliability", "update")),
        ("Soup, bread, cake, wine, tea and coffee", ("soup", "bread", "cake", "wine", "tea")),
        ("I love it", ()),
        ("👍", ()),
        ("", ()),
    ],
)
def test_the_words_of_a_comment_say_what_it_is_about(text: str, aspects: tuple[str, ...]) -> None:
    assert guess(text) == aspects


def test_the_names_of_the_sets_aspects_are_guessed_but_for_words_of_other_meanings() -> None:
    others = {"condition", "content", "returns"}
    single = [one for found in SETS.values() for one in found if " " not in one and one not in others]

    assert [guess(f"So much for the {one}") for one in single] == [(one,) for one in single]
    assert guess("Content, in good condition, I shall return") == ()
