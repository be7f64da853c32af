"""An ad's lists are filled up from the other samples of its brief, with what is good, new and about the brief."""

from collections.abc import Sequence

import pytest

from model.brief import Brief
from model.checks import FULL, check
from model.embedding import Vector, Vectors
from model.formats import FORMATS
from model.gathering import ALIKE
from model.parts import parse
from model.revision import revise
from model.words import share
from model.writer import Writer
from model.writing import Draft
from tests.fake_engine import FakeEngine

FORM = FORMATS["google-ad"]
BRIEF = Brief("google ad for Brewline cold brew, Leeds, free delivery, order online", "google-ad")


def ad(headlines: Sequence[str], descriptions: Sequence[str]) -> str:
    lists = ("Headlines:", *(f"- {one}" for one in headlines), "Descriptions:", *(f"- {one}" for one in descriptions))
    return "\n".join(lists)


ADS = (
    ad(
        ["Brewline Cold Brew", "Free Delivery in Leeds", "Order Online"],
        ["Brewline cold brew comes to Leeds.", "Order online and sip."],
    ),
    ad(
        ["Leeds Drinks It Cold", "Brewline Brews Slow", "We Deliver Free"],
        ["Free delivery is how we do it in Leeds.", "Get Brewline online."],
    ),
    ad(
        ["Cold Is the New Brew", "Online With Brewline", "Delivery? Free!"],
        ["Order and our van is on it in Leeds.", "Cold brew, as Brewline will have it."],
    ),
    ad(
        ["Order Brewline", "It's Cold in Leeds", "ORDER ONLINE", "Brewline, 50% Off"],
        ["We deliver your brew free.", "Online is where you order."],
    ),
)

RICH = tuple(
    ad(headlines.split("/"), descriptions.split("/"))
    for headlines, descriptions in (
        ("Brewline Cold Brew/Slow by Nature/Free Delivery in Leeds/Order Online", "Brewed slowly./Order a can."),
        ("Leeds Drinks It Cold/Coffee, Delivered Free/Skip the Queue/Made for Ice", "Your fridge asks./Get it online."),
        (
            "Take Your Coffee Cold/Ice Not Included/A Patient Brew/By Brewline of Leeds",
            "Pour it over ice./Order tonight.",
        ),
        (
            "No Heat, No Hurry/Without the Kettle/Free to Your Door/Steeped, Not Boiled",
            "Put it in the fridge./Try one.",
        ),
    )
)


def of_the_brief(texts: Sequence[str]) -> Sequence[Vector]:
    """Vectors by which every line is about the brief, and no draft says what another says."""
    many = [text for text in texts if "\n" in text]
    return [
        tuple(float(at == (1 + many.index(text) if "\n" in text else 0)) for at in range(1 + len(many)))
        for text in texts
    ]


def written(
    *texts: str, brief: Brief = BRIEF, vectors: Vectors | None = None, earlier: Sequence[str] = ()
) -> list[Draft]:
    writer = Writer(FakeEngine(*texts), vectors=vectors)
    return [one for one in writer.write(brief, earlier=earlier) if isinstance(one, Draft)]


def entries(draft: Draft, part: str = "headlines") -> tuple[str, ...]:
    return parse(draft.text, FORM)[part]


def test_what_was_sampled_and_not_chosen_fills_up_what_was() -> None:
    (one,) = written(*ADS[:3], brief=Brief(BRIEF.product, "google-ad", variants=1))

    assert len(entries(one)) == 7
    assert len(entries(one, "descriptions")) == 4
    assert one.ok
    assert one.characters == len(one.text)


def test_no_headline_says_what_another_says_or_what_the_brief_does_not() -> None:
    (one,) = written(*ADS[1:], brief=Brief(BRIEF.product, "google-ad", variants=1), vectors=of_the_brief)

    found = entries(one)
    assert all(share(first, other) < ALIKE for at, first in enumerate(found) for other in found[:at])
    assert "Brewline, 50% Off" not in found


def test_drafts_share_no_headline_and_get_as_many() -> None:
    brief = Brief(BRIEF.product, "google-ad", variants=2)

    first, second = written(*RICH, brief=brief, vectors=of_the_brief)

    assert not set(entries(first)) & set(entries(second))
    assert abs(len(entries(first)) - len(entries(second))) <= 1
    assert min(len(entries(first)), len(entries(second))) > 7
    assert not any(one.name == "different" and not one.ok for one in (*first.checks, *second.checks))


def test_too_few_headlines_are_shared_up_to_half_of_what_the_place_takes() -> None:
    brief = Brief(BRIEF.product, "google-ad", variants=2)

    first, second = written(ADS[0], ADS[1], brief=brief)

    assert set(entries(first)) & set(entries(second))
    assert max(len(entries(first)), len(entries(second))) <= FORM.parts[0].most // 2
    assert all(one.ok for one in (first, second))


def test_a_list_takes_no_more_than_its_place_does() -> None:
    words = ["Cold", "Brew", "Leeds", "Online", "Order", "Delivery", "Brewline", "Free"]
    many = [f"{first} {other}" for first in words for other in words if first < other]
    brief = Brief(BRIEF.product, "google-ad", variants=1)

    (one,) = written(ADS[0], ad(many[:14], ["We deliver free.", "Order it online."]), ADS[1], ADS[2], brief=brief)

    assert len(entries(one)) <= 15
    assert len(entries(one, "descriptions")) == 4


def test_a_headline_of_a_draft_that_was_given_before_does_not_come_again() -> None:
    (one,) = written(*ADS[1:], brief=Brief(BRIEF.product, "google-ad", variants=2), earlier=ADS[:1])

    assert "Order Online" not in entries(one)
    assert all(share(own, old) < ALIKE for own in entries(one)[3:] for old in parse(ADS[0], FORM)["headlines"])


def test_a_shorter_version_stays_as_short_as_it_was_written() -> None:
    old = ad([*parse(ADS[0], FORM)["headlines"], *parse(ADS[1], FORM)["headlines"]], ["A cold brew.", "A free van."])
    brief = revise(old, Brief(BRIEF.product, "google-ad", variants=1), "shorter")

    (one,) = written(*ADS[2:], brief=brief)

    assert one.text in ADS


def test_a_headline_about_something_else_is_left_out() -> None:
    def far_off(texts: Sequence[str]) -> Sequence[Vector]:
        vectors = of_the_brief(texts)
        return [[0.0] * len(one) if text == "Skip the Queue" else one for text, one in zip(texts, vectors, strict=True)]

    brief = Brief(BRIEF.product, "google-ad", variants=1)

    (far,), (near,) = (written(*RICH, brief=brief, vectors=one) for one in (far_off, of_the_brief))

    assert "Skip the Queue" not in entries(far)
    assert "Skip the Queue" in entries(near)


def test_formats_that_do_not_gather_are_left_as_they_are() -> None:
    page = "Headline: Brewline\nSubheadline: Cold brew.\nBullets:\n- {}\n- {}\n- {}\nCTA: Order"
    pages = [page.format("Cold", "In Leeds", "Free"), page.format("Online", "Delivered", "Brewed")]

    (one,) = written(*pages, brief=Brief("landing page for Brewline cold brew, Leeds", "landing", variants=1))

    assert one.text in pages


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ADS[0], "3 of 15 headlines, 2 of 4 descriptions: there is room for more."),
        (ad([f"Cold {n}" for n in range(15)], ["A."] * 3), "3 of 4 descriptions: there is room for more."),
        (ad([f"Cold {n}" for n in range(15)], ["A."] * 4), "as much as this place takes"),
    ],
)
def test_an_ad_says_how_much_room_is_left(text: str, reason: str) -> None:
    (found,) = [one for one in check(text, BRIEF, FORM) if one.name == FULL]

    assert (found.reason, found.hard) == (reason, False)
