"""Formats are found by what people call them, counted as their places count, and parsed into parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.brief import Brief
from model.checks import FULL, check
from model.counting import count, emoji, segments
from model.formats import ALIASES, FORMATS, Format, UnknownFormat, find
from model.house_examples import examples
from model.parts import parse, render
from model.shape import Counting

PROMISED = (
    "tweet thread linkedin linkedin-ad facebook facebook-ad instagram tiktok youtube google-ad meta-description "
    "email sms "
    "push product landing blog press-release event slogan video-script"
)


def test_every_promised_format_is_there() -> None:
    assert set(PROMISED.split(" ")) <= set(FORMATS)
    assert len(FORMATS) >= 20


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_a_format_cites_every_number(form: Format) -> None:
    assert form.title
    assert form.source
    assert all(part.source for part in form.parts)
    assert form.max_tokens > 0


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_each_number_stands_in_its_source_or_is_said_to_be_ours(form: Format) -> None:
    for part in form.parts:
        numbers = [number for number in (part.limit, part.cap, part.narrow, part.floor) if number]
        assert "our own convention" in part.source or all(f"{number:,}" in part.source for number in numbers)
    if form.emoji:
        assert "emoji" in form.source or form.source.startswith("our own convention")


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_the_example_of_a_format_passes_its_own_checks(form: Format) -> None:
    judged = check(form.example_copy, Brief(form.example, form.name), form)

    # A whole article would not fit an entry, and an ad shows a model how long a list is worth writing.
    allowed = {"length", FULL} if form.streams else {FULL}
    assert [one for one in judged if not one.ok and one.name not in allowed] == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("tweet", "tweet"),
        ("Tweets", "tweet"),
        ("X", "tweet"),
        ("Twitter", "tweet"),
        ("twitter post", "tweet"),
        ("google ad", "google-ad"),
        ("Google-Ads", "google-ad"),
        ("RSA", "google-ad"),
        ("search ads", "google-ad"),
        ("press release", "press-release"),
        ("press_releases", "press-release"),
        ("meta description", "meta-description"),
        ("insta", "instagram"),
        ("IG caption", "instagram"),
        ("newsletter", "email"),
        ("text message", "sms"),
        ("article", "blog"),
        ("Blog posts", "blog"),
        ("tagline", "slogan"),
        ("landing page", "landing"),
        ("push notification", "push"),
        ("linkedin ad", "linkedin-ad"),
        ("facebook post", "facebook"),
        ("video script", "video-script"),
    ],
)
def test_people_find_a_format_by_what_they_call_it(said: str, name: str) -> None:
    assert find(said).name == name


def test_an_unknown_format_names_the_close_ones() -> None:
    with pytest.raises(UnknownFormat, match="did you mean tweet") as caught:
        find("twete")

    assert caught.value.close[0] == "tweet"


def test_a_wholly_unknown_format_lists_them_all() -> None:
    with pytest.raises(UnknownFormat, match="there are tweet, thread, "):
        find("haiku")


def test_no_two_formats_share_an_alias() -> None:
    words = [word.replace("-", " ") for form in FORMATS.values() for word in (form.name, *form.aliases)]

    assert len(words) == len(set(words)) == len(ALIASES)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("é" * 280, 280),
        ("日本語", 6),
        ("Ελλάδα", 6),
        ("see https://example.com/a/very/long/address/of/a/page", 27),
        ("see example.com.", 28),
        ("see brewline.coffee/" + "a" * 60, 27),
        ("see brewline.online, now", 32),
        ("www.brewline.se", 23),
        ("brewline.rs/menu", 23),
        ("main.rs", 7),
        ("etc.Then", 8),
        ("a@example.com", 13),
        ("☕", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇸🇪", 2),
        ("a" * 270 + "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 272),
        ("🏴‍☠️ and 🏴", 9),
        ("“quoted” – and…", 16),
        ("#popcorn @someone", 17),
    ],
)
def test_x_counts_addresses_wide_letters_and_emoji_its_own_way(text: str, length: int) -> None:
    assert count(text, "x") == length


@pytest.mark.parametrize(
    ("text", "taken", "number", "alphabet"),
    [
        ("a" * 160, 160, 1, "GSM-7"),
        ("a" * 161, 161, 2, "GSM-7"),
        ("a" * 306, 306, 2, "GSM-7"),
        ("a" * 307, 307, 3, "GSM-7"),
        ("€" * 80, 160, 1, "GSM-7"),
        ("a" * 152 + "€" + "a" * 152, 306, 3, "GSM-7"),
        ("£5 off & ñandú", 14, 1, "UCS-2"),
        ("£5 off & ñandu", 14, 1, "GSM-7"),
        ("a" * 69 + "ж", 70, 1, "UCS-2"),
        ("a" * 70 + "ж", 71, 2, "UCS-2"),
        ("🎉" * 35, 70, 1, "UCS-2"),
        ("it’s", 4, 1, "UCS-2"),
    ],
)
def test_a_text_message_is_counted_in_segments(text: str, taken: int, number: int, alphabet: str) -> None:
    found = segments(text)

    assert (found.characters, found.segments, found.alphabet) == (taken, number, alphabet)


def test_google_counts_wide_letters_twice() -> None:
    assert count("寿司 bar", "wide") == 8


@pytest.mark.parametrize(("counting", "length"), [("characters", 5), ("utf-16", 6), ("bytes", 9)])
def test_tiktok_and_youtube_count_what_their_interfaces_count(counting: Counting, length: int) -> None:
    assert count("caé 🎉", counting) == length


def test_words_keep_their_apostrophes_and_hyphens() -> None:
    assert count("Don't over-think it, at 9.30 or 24/7.", "words") == 8


def test_arrows_and_ticks_are_no_emoji() -> None:
    assert emoji("Book now → ✓ done 🎉 ☀️") == ["🎉", "☀️"]


def test_a_flag_of_a_part_of_a_country_is_one_emoji() -> None:
    scotland = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

    assert emoji(f"Hello {scotland}, hello 🏴, hello 🇸🇪.") == [scotland, "🏴", "🇸🇪"]


@given(st.text(max_size=400))
def test_counting_never_fails_and_segments_hold_what_they_count(text: str) -> None:
    found = segments(text)

    assert count(text, "x") >= 0
    assert found.characters <= found.capacity


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_what_is_parsed_is_rendered_the_same(form: Format) -> None:
    parts = parse(form.example_copy, form)

    again = parse(render(parts, form), form)

    assert again == parts


@pytest.mark.parametrize(
    "text",
    [
        "Subject: New hours\nPreheader: Open later\n\nHello,\n\nWe open at nine.",
        "**Subject:** New hours\n**Preheader:** Open later\n\nHello,\n\nWe open at nine.",
        "SUBJECT LINE: New hours\npreview text: Open later\nHello,\n\nWe open at nine.",
        "# Subject: New hours\n\nPreheader: Open later\n\nBody: Hello,\n\nWe open at nine.",
    ],
)
def test_labels_are_read_however_they_were_typed(text: str) -> None:
    found = parse(text, FORMATS["email"])

    assert found == {
        "subject": ("New hours",),
        "preheader": ("Open later",),
        "body": ("Hello,\n\nWe open at nine.",),
    }


def test_a_search_ad_is_read_line_by_line() -> None:
    found = parse("Headlines:\n1. One\n* Two\nThree\n\nDescriptions:\n- A line.\n- Another.", FORMATS["google-ad"])

    assert found == {"headlines": ("One", "Two", "Three"), "descriptions": ("A line.", "Another.")}


def test_numbered_labels_are_entries_of_a_list() -> None:
    found = parse("Headline 1: One\nHeadline 2: Two\nDescription 1: A line.", FORMATS["google-ad"])

    assert found == {"headlines": ("One", "Two"), "descriptions": ("A line.",)}


def test_a_thread_without_numbers_is_split_at_empty_lines() -> None:
    found = parse("First.\n\nSecond.\n\nThird.", FORMATS["thread"])

    assert found["posts"] == ("First.", "Second.", "Third.")
    assert render(found, FORMATS["thread"]) == "1/ First.\n\n2/ Second.\n\n3/ Third."


@pytest.mark.parametrize("line", ["10.30am tea", "24/7 help", "31/10 is the day", "12 buns", "9.45 sharp, 3.5 km"])
def test_a_line_of_a_thread_that_only_begins_with_a_figure_starts_no_post(line: str) -> None:
    text = f"1/ The day:\n{line}\n\n2/ The way.\n\n3/ The end."

    found = parse(text, FORMATS["thread"])

    assert found["posts"] == (f"1/ The day:\n{line}", "2/ The way.", "3/ The end.")
    assert render(found, FORMATS["thread"]) == text


def test_a_post_without_a_number_keeps_the_figure_that_it_begins_with() -> None:
    found = parse("24/7 help.\n\n10.30am tea.\n\nThe end.", FORMATS["thread"])

    assert render(found, FORMATS["thread"]) == "1/ 24/7 help.\n\n2/ 10.30am tea.\n\n3/ The end."


@pytest.mark.parametrize(
    "numbers", ["1/ 2/ 3/", "1. 2. 3.", "1) 2) 3)", "(1/3) (2/3) (3/3)", "1/3 2/3 3/3", "1/ 2/ 2/"]
)
def test_posts_are_numbered_in_many_ways(numbers: str) -> None:
    text = "\n".join(f"{number} Post." for number in numbers.split(" "))

    assert len(parse(text, FORMATS["thread"])["posts"]) == 3


def test_an_article_opens_with_its_title() -> None:
    found = parse("# On wood\n\nWet wood hisses.\n\n## Drying\n\nWait.", FORMATS["blog"])

    assert found == {"title": ("On wood",), "article": ("Wet wood hisses.\n\n## Drying\n\nWait.",)}


def test_a_missing_part_has_no_entries() -> None:
    assert parse("Just a sentence.", FORMATS["push"]) == {"title": (), "body": ()}
    assert parse("  ", FORMATS["tweet"]) == {"text": ()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_an_example_of_the_house(name: str) -> None:
    assert examples(name)
    assert all(one.brief and one.copy for one in examples(name))
