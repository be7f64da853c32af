"""What is typed after /sentiment, taken apart into aspects and a text."""

import pytest

from bot import sentiment_request
from bot.sentiment_request import NotUnderstood


@pytest.mark.parametrize(
    ("typed", "aspects", "text"),
    [
        ("--aspects food,service The soup was cold", ("food", "service"), "The soup was cold"),
        ("--aspects food, service The soup was cold", ("food", "service"), "The soup was cold"),
        ("--aspects food , service ; price The soup was cold", ("food", "service", "price"), "The soup was cold"),
        ("--aspects=food, waiting time We waited", ("food", "waiting time"), "We waited"),
        ("—aspects “room service, pool” We waited, and how", ("room service", "pool"), "We waited, and how"),
        ("--aspects none The soup was cold", ("none",), "The soup was cold"),
        ("--aspect food Great, and cheap", ("food",), "Great, and cheap"),
        ("--aspects food,\nGreat\nAwful", ("food",), "Great\nAwful"),
        ("The --aspects food, service", (), "The --aspects food, service"),
    ],
)
def test_aspects_end_where_the_text_begins(typed: str, aspects: tuple[str, ...], text: str) -> None:
    request = sentiment_request.parse(typed)

    assert (request.aspects, request.text) == (aspects, text)


@pytest.mark.parametrize("typed", ["--aspects , Great", '--aspects "" Great', "--aspects ;; Great"])
def test_aspects_without_a_name_are_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="needs names"):
        sentiment_request.parse(typed)
