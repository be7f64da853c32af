"""What is typed after /sentiment, taken apart into aspects and a text."""

import pytest

from bot import sentiment_request
from bot.sentiment_request import NotUnderstood, UnknownFlag


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
        ("--aspects food,service: Lovely", ("food", "service"), "Lovely"),
        ('--aspects "food, room service": Lovely', ("food", "room service"), "Lovely"),
        ("The soup was cold --aspects food, service", ("food", "service"), "The soup was cold"),
        ("Great\nAwful\n—aspects food, waiting time\n", ("food", "waiting time"), "Great\nAwful"),
        ("--aspects food Great —aspects “room service”", ("food", "room service"), "Great"),
    ],
)
def test_aspects_stand_before_the_text_or_after_it(typed: str, aspects: tuple[str, ...], text: str) -> None:
    request = sentiment_request.parse(typed)

    assert (request.aspects, request.text) == (aspects, text)


@pytest.mark.parametrize(
    "typed",
    [
        "--aspects , Great",
        '--aspects "" Great',
        "--aspects ;; Great",
        "--aspects : Great",
        "--aspects",
        "Great --aspects",
        "Great --aspects --explain",
    ],
)
def test_aspects_without_a_name_are_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="needs names"):
        sentiment_request.parse(typed)


@pytest.mark.parametrize("typed", ["Great --aspects food but cold", "Great\n--aspects food\nAwful"])
def test_aspects_amid_the_text_are_told_where_they_stand(typed: str) -> None:
    """They were read as what the customer wrote."""
    with pytest.raises(NotUnderstood, match="before the text or after it"):
        sentiment_request.parse(typed)


@pytest.mark.parametrize(
    ("typed", "aspects"),
    [
        ("--explain Great soup", ()),
        ("Great soup —explain", ()),
        ("--aspects food --explain Great soup", ("food",)),
        ("--explain Great soup --aspects food --explain", ("food",)),
    ],
)
def test_a_wish_to_have_it_explained_is_no_word_of_the_customer(typed: str, aspects: tuple[str, ...]) -> None:
    request = sentiment_request.parse(typed)

    assert (request.text, request.aspects) == ("Great soup", aspects)


@pytest.mark.parametrize("typed", ["They can --explain it", "—explained, at last", "— Anna", "-- Anna", "–loved it"])
def test_what_only_looks_like_a_flag_stays_in_the_comment(typed: str) -> None:
    assert sentiment_request.parse(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "flag"),
    [("--file a.csv", "--file"), ("--aspects food --json Great", "--json"), ("--aspectsx", "--aspectsx")],
)
def test_a_flag_that_is_none_is_named(typed: str, flag: str) -> None:
    with pytest.raises(UnknownFlag, match=f"`{flag}`"):
        sentiment_request.parse(typed)
