"""Length, parts, must-say and the other checks that every draft gets, as tables of true and false examples."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.brief import Brief
from model.checks import Check, check
from model.formats import FORMATS, find


def judged(text: str, brief: Brief, *, earlier: tuple[str, ...] = (), cut: bool = False) -> dict[str, Check]:
    return {one.name: one for one in check(text, brief, find(brief.format), earlier=earlier, cut=cut)}


SMS = "Reply STOP to opt out."


@pytest.mark.parametrize(
    ("name", "text", "ok", "reason"),
    [
        ("tweet", "a" * 212, True, "212 of 280"),
        ("tweet", "a" * 280, True, "280 of 280"),
        ("tweet", "a" * 281, False, "281 of 280"),
        ("tweet", "日" * 140, True, "280 of 280"),
        ("tweet", "日" * 141, False, "282 of 280"),
        ("tweet", "a" * 250 + " https://example.com/" + "b" * 200, True, "274 of 280"),
        ("tweet", "", False, "There is no text."),
        ("linkedin", "a" * 3000, True, "3,000 of 3,000"),
        ("linkedin", "a" * 3001, False, "3,001 of 3,000"),
        ("facebook", "a" * 2201, False, "2,201 of 2,200 advised"),
        ("facebook", "a" * 63207, False, "63,207 of 63,206"),
        (
            "linkedin-ad",
            f"Intro: {'a' * 151}\nHeadline: {'b' * 71}",
            False,
            "Intro 151 of 150 advised; Headline 71 of 70 advised",
        ),
        ("linkedin-ad", f"Intro: a\nHeadline: {'b' * 201}", False, "Headline 201 of 200"),
        ("meta-description", "a" * 156, False, "156 of 155"),
        ("sms", "a" * 160, True, "160 of 160"),
        ("sms", "a" * 161, True, "161 of 306"),
        ("sms", "a" * 307, False, "307 of 306"),
        ("sms", "ж" * 70, True, "70 of 70"),
        ("sms", "ж" * 71, True, "71 of 134"),
        ("sms", "ж" * 135, False, "135 of 134"),
        ("slogan", "a" * 61, False, "61 of 60"),
        ("push", f"Title: {'a' * 40}\nBody: {'b' * 120}", True, "Title 40 of 40; Body 120 of 120"),
        ("push", f"Title: {'a' * 41}\nBody: {'b' * 120}", False, "Title 41 of 40"),
        ("email", f"Subject: {'a' * 61}\nPreheader: b\n\n{'word ' * 30}", False, "Subject 61 of 60"),
        ("email", f"Subject: a\nPreheader: b\n\n{'word ' * 401}", False, "body 401 of 400 words"),
        ("email", "Subject: a\nPreheader: b\n\nShort.", False, "body 1 words, at least 20"),
        ("google-ad", "Headlines:\n- " + "寿" * 16 + "\nDescriptions:\n- a", False, "Headlines 32 of 30"),
        ("thread", "1/ " + "a" * 277 + "\n\n2/ b\n\n3/ c", True, "Posts 280 of 280; Posts 4 of 280; Posts 4 of 280"),
        ("blog", "# A title\n\n" + "word " * 599, False, "article 599 words, at least 600"),
    ],
    ids=itertools.count(),
)
def test_the_first_check_counts_as_the_place_does(name: str, text: str, ok: bool, reason: str) -> None:
    first = check(text, Brief("coffee", name), FORMATS[name])[0]

    assert (first.name, first.ok, first.reason) == ("length", ok, reason)


@pytest.mark.parametrize(
    ("name", "text", "hard"),
    [
        ("facebook", "a" * 2201, False),
        ("facebook", "a" * 63206, False),
        ("facebook", "a" * 63207, True),
        ("linkedin-ad", f"Intro: {'a' * 3000}\nHeadline: b", False),
        ("linkedin-ad", f"Intro: {'a' * 151}\nHeadline: {'b' * 201}", True),
        ("tweet", "a" * 281, True),
        ("facebook-ad", f"Primary text: {'a' * 126}\nHeadline: b\nDescription: c", True),
    ],
)
def test_more_than_a_place_advises_is_told_and_more_than_it_takes_is_ruled_out(
    name: str, text: str, hard: bool
) -> None:
    found = judged(text, Brief("coffee", name))["length"]

    assert (found.ok, found.hard) == (False, hard)


def test_a_long_list_of_lengths_is_shortened() -> None:
    ad = "Headlines:\n" + "- one\n" * 6 + "Descriptions:\n- a\n- b"

    assert check(ad, Brief("coffee", "google-ad"), FORMATS["google-ad"])[0].reason.endswith("and 4 more")


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("🎉" * 35, True),
        ("🎉" * 36, False),
        ("€" * 80, True),
        ("€" * 81, False),
        ("a" * 69 + "ж", True),
        ("a" * 70 + "ж", False),
    ],
)
def test_a_second_segment_of_a_text_message_is_told_softly(text: str, ok: bool) -> None:
    found = judged(text, Brief("coffee", "sms"))["segments"]

    assert (found.ok, found.hard) == (ok, False)


AD = "Headlines:\n{}\nDescriptions:\n{}"


@pytest.mark.parametrize(
    ("name", "text", "ok", "reason"),
    [
        ("push", "Title: a\nBody: b", True, "all there"),
        ("push", "Body: b", False, "Title is missing"),
        ("push", "Title: a", False, "Body is missing"),
        ("push", "Just words.", False, "Title is missing; Body is missing"),
        ("push", "**Title:** a\n**Body:** b", True, "all there"),
        ("push", "Title: a\nTitle: b\nBody: c", False, "Title: 2, at most 1"),
        ("email", "Subject: a\nPreheader: b\n\nHello.", True, "all there"),
        ("email", "Subject: a\n\nHello.", False, "Preheader is missing"),
        ("email", "Hello.", False, "Subject is missing; Preheader is missing"),
        ("google-ad", AD.format("- a\n- b\n- c", "- d\n- e"), True, "3 headlines; 2 descriptions"),
        ("google-ad", AD.format("- a\n- b", "- d\n- e"), False, "Headlines: 2, at least 3"),
        ("google-ad", AD.format("- a\n- b\n- c", "- d"), False, "Descriptions: 1, at least 2"),
        ("google-ad", AD.format("- a\n" * 16, "- d\n- e"), False, "Headlines: 16, at most 15"),
        ("google-ad", AD.format("- a\n" * 15, "- d\n" * 4), True, "15 headlines; 4 descriptions"),
        ("landing", "Headline: a\nSubheadline: b\nBullets:\n- c\n- d\n- e\nCTA: f", True, "3 bullets"),
        ("landing", "Headline: a\nSub: b\nBenefits:\n- c\n- d\n- e\nButton: f", True, "3 bullets"),
        ("landing", "Headline: a\nSubheadline: b\nBullets:\n- c\n- d\n- e", False, "CTA is missing"),
        ("thread", "1/ a\n\n2/ b\n\n3/ c", True, "3 posts"),
        ("thread", "1/ a\n\n2/ b", False, "Posts: 2, at least 3"),
        ("press-release", "Headline: a\n\nBody.", True, "all there"),
        ("video-script", "Visual: a\nVoice: b\nVisual: c\nVoice: d", True, "2 visual; 2 voice"),
        ("video-script", "Voice: b", False, "Visual: 0, at least 2"),
    ],
)
def test_every_part_must_be_there(name: str, text: str, ok: bool, reason: str) -> None:
    found = judged(text, Brief("coffee", name))["parts"]

    assert (found.ok, found.reason) == (ok, reason)


def test_a_format_of_one_text_has_no_parts_to_miss() -> None:
    assert "parts" not in judged("Come in.", Brief("coffee"))


def test_every_missing_phrase_is_named() -> None:
    found = judged("Come in.", Brief("x", must_say=("tea", "come", "cake")))

    assert found["must-say"].reason == "missing: “tea”, “cake”"


def test_a_brands_banned_words_are_kept_as_the_briefs_own() -> None:
    found = judged("A cheap, artisan brew.", Brief("x", must_not_say=("artisan",), banned=("cheap", "luxury")))

    assert not found["must-not-say"].ok
    assert found["must-not-say"].reason == "says “artisan”, “cheap”"
    assert judged("A fine brew.", Brief("x", banned=("cheap",)))["must-not-say"].ok


def test_a_good_draft_passes_everything() -> None:
    brief = Brief("sms for Bento & Bloom: free delivery until 2pm today", "sms", must_say=("free delivery",))
    copy = "It's raining, so stay in. Bento & Bloom has free delivery until 2pm today. Order from your desk. " + SMS

    assert [one for one in check(copy, brief, FORMATS["sms"]) if not one.ok] == []


def test_what_convention_and_caution_say_is_soft() -> None:
    found = judged("The world's best coffee ☕☕☕☕ #a1 #b2 #c3", Brief("tweet for Brewline, cold brew"))

    soft = {one.name for one in found.values() if not one.ok and not one.hard}
    assert soft == {"product", "hashtags", "emoji", "claims"}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=20)
@given(text=st.text(max_size=300))
def test_any_text_can_be_judged_in_any_format(name: str, text: str) -> None:
    checks = check(text, Brief("coffee from 9am", name, must_say=("cold",)), FORMATS[name])

    assert checks[0].name == "length"
    assert all(one.reason for one in checks)
    assert len({one.name for one in checks}) == len(checks)
