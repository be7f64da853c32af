"""A format is named by whoever asks for it, not by whoever sells something of that name."""

import pytest

from bot import format_words
from bot.brief import parse
from model.formats import ALIASES, FORMATS


@pytest.mark.parametrize(
    ("request_", "form"),
    [
        ("tweet about kelp soap", "tweet"),
        ("hi, could you do a tweet for our café", "tweet"),
        ("video for Hawkrigg Lodges", "video-script"),
        ("write me a short video for Brewline", "video-script"),
        ("charity video, Second Wind, 30 seconds", "video-script"),
        ("short video script about our course", "video-script"),
        ("event: tea on Sunday", "event"),
        ("event, Harbour Books, Thursday", "event"),
        ("an event for kids at Fern", "event"),
        ("launch event - Fern & Fold", "event"),
        ("dance event, Friday 9pm", "event"),
        ("invitation to our opening on 3 May", "event"),
        ("Event announcement: open day", "event"),
        ("thread. cyber security tips for charities", "thread"),
        ("Thread to announce the half marathon route", "thread"),
        ("short tweet thread about kelp soap", "thread"),
        ("three threads about kelp", "thread"),
        ("article on slow coffee", "blog"),
        ("text to members: class moved to 6pm", "sms"),
        ("text for Petal & Stem, same-day flowers", "sms"),
        ("push to lapsed users about the new app", "push"),
        ("push notification, Pingo is free", "push"),
        ("product: kelp soap, 100 g", "product"),
        ("press release for Hullo", "press-release"),
        ("press - new bakery in Leeds", "press-release"),
        ("hero for Ledgerly", "landing"),
        ("landing page about our new route", "landing"),
        ("claim: Brewline", "slogan"),
        ("meta for our pricing page", "meta-description"),
        ("google ad for Penrose Locksmiths", "google-ad"),
        ("three headlines for our Google search campaign, Penrose Locksmiths", "google-ad"),
        ("x for Brewline", "tweet"),
        ("x post for Brewline", "tweet"),
        ("mail to customers of Harbour Books", "email"),
        ("cold email to CFOs about Ledgerly", "email"),
        ("tweet and linkedin post for Brewline", "tweet"),
        ("Instagram story for Brewline", "instagram"),
        ("video", "video-script"),
        ("events", "event"),
    ],
)
def test_who_asks_for_a_format_gets_it(request_: str, form: str) -> None:
    typed = parse(request_)

    assert typed.brief.format == form
    assert not typed.is_format_assumed


@pytest.mark.parametrize(
    "request_",
    [
        "our new video course for guitar beginners launches Monday",
        "our new video, out on Monday",
        "video games at GameHub",
        "press the button on our espresso machine and it brews",
        "press-on nails by Lena",
        "garlic press, stainless steel, £12",
        "hero burger at Pat's, £8, this week",
        "hero of the day: Pat's burger",
        "a claim-free year means 20% off at Tidy Insurance",
        "claim your free toolkit",
        "invitation cards by Papermill, 20% off",
        "Meta quest headset bundle at GameHub",
        "text for our website about Brewline",
        "text on the menu of Pat's",
        "product hunt launch post for Ledgerly",
        "landing in Malaga: our new route from Leeds",
        "notification app Pingo is now free",
        "push-up bras by Lena",
        "mail order coffee by Brewline",
        "cotton thread, 40 colours",
        "threads post for Fern & Fold",
        "our Google rating is 4.9 stars",
        "Brewline x Fern collab",
        "the event of the year for gardeners",
        "this event: Friday",
        "free event, bring friends to our shop",
    ],
)
def test_who_sells_something_of_that_name_does_not(request_: str) -> None:
    typed = parse(request_)

    assert typed.is_format_assumed
    assert typed.brief.format == "tweet"


@pytest.mark.parametrize("name", sorted(ALIASES))
@pytest.mark.parametrize("request_", ["{} for Brewline", "{}: Brewline", "a {} about Brewline", "{}", "{} - Brewline"])
def test_every_name_of_a_format_is_understood_where_a_request_begins(name: str, request_: str) -> None:
    found = format_words.named(request_.format(name))

    assert found is not None
    assert found.name == ALIASES[name]


@pytest.mark.parametrize(
    ("request_", "place", "form"),
    [
        ("whatsapp message to customers of Fern & Fold", "WhatsApp", "sms"),
        ("threads post for Fern & Fold", "Threads", "tweet"),
        ("pinterest pin for Fern & Fold", "Pinterest", "instagram"),
        ("bluesky post for Brewline", "Bluesky", "tweet"),
        ("a banner ad for Brewline", "banner ad", "facebook-ad"),
        ("banner about the sale", "banner", "facebook-ad"),
        ("job ad for a barista", "job ad", "linkedin"),
        ("headline for Brewline", "headline", "slogan"),
        ("blurb for our podcast", "blurb", "product"),
        ("text for our website about Brewline", "website", "landing"),
        ("copy for the flyer: Brewline", "flyer", "landing"),
        ("write a caption for our reel about sourdough", "caption", "instagram"),
        ("product hunt launch post for Ledgerly", "Product Hunt", "linkedin"),
    ],
)
def test_a_place_that_the_desk_does_not_know_has_a_nearest_format(request_: str, place: str, form: str) -> None:
    title = FORMATS[form].title

    assert parse(request_).is_format_assumed
    assert format_words.note(request_) == format_words.NEAREST.format(place=place, title=title, name=form)


@pytest.mark.parametrize(
    "request_",
    [
        "Brewline cold brew, free shipping this week",
        "pin badges by Lena",
        "sign up at Pat's",
        "our menu is new",
        "letter openers, brass, £9",
        "Amazon rainforest trips by Jade Travel",
    ],
)
def test_a_product_with_the_name_of_a_place_is_no_place(request_: str) -> None:
    assert format_words.note(request_) == ""


def test_every_nearest_format_is_one() -> None:
    assert set(format_words.PLACES.values()) <= set(FORMATS)
    assert not set(map(str.lower, format_words.PLACES)) & set(ALIASES)


@pytest.mark.parametrize(
    ("request_", "product", "private"),
    [
        ("private dining room at Loxley, tweet", "private dining room at Loxley, tweet", False),
        ("Private lessons at Fern, sms", "Private lessons at Fern, sms", False),
        ("private dining room at Loxley --private", "private dining room at Loxley", True),
        ("--private tweet about kelp soap", "tweet about kelp soap", True),
    ],
)
def test_a_private_thing_is_no_private_brief(request_: str, product: str, private: bool) -> None:
    typed = parse(request_)

    assert (typed.brief.product, typed.private) == (product, private)
