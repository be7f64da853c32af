"""Hashtags, emoji, calls to action and sections, as tables of true and false examples."""

import pytest

from model.brief import Brief
from model.checks import check
from model.conventions import call_to_action, emoji, hashtags, opt_out, sections
from model.formats import FORMATS
from model.parts import parse

ASKS = [
    "Come in and taste it.",
    "Book your place today.",
    "Try one on Saturday.",
    "Cold brew is here. Order now.",
    "Cold brew is here, so grab a can.",
    "It's cold out: put the kettle on and read the menu.",
    "Just ask at the counter.",
    "Please reply by Friday.",
    "Tickets at brew.example.",
    "Read more: https://brew.example/menu",
    "The link is in our bio.",
    "We'd love to see you.",
    "You can book online.",
    "Ready to try something colder?",
    "Use code BREW at the till.",
    "Headlines:\n- Call Brew Today",
    "Don't forget your cup.",
    "Sign up and save a seat.",
    "Call 01632 960114.",
    "Visit us on the quay.",
]
ASKS_NOTHING = [
    "Cold brew is here.",
    "Our coffee comes in cans.",
    "A can of quiet for a loud day.",
    "It tastes like the sea.",
    "You liked it last year, and it's back.",
    "The order of the day is coffee.",
    "Bookings have been good.",
    "Our visit to the farm was wet.",
    "The menu has changed.",
    "Nobody asked, but it's cold.",
    "Thank you for last night.",
    "We close at nine.",
    "A read for the train.",
    "Coffee, slowly.",
    "This is our can. There are many like it.",
    "The call came early.",
    "Everything we make is cold.",
    "Our shop is on the quay.",
    "Made by hand.",
    "Good things take time.",
]


@pytest.mark.parametrize("copy", ASKS)
def test_a_call_to_action_is_found(copy: str) -> None:
    assert call_to_action(copy, Brief("coffee"), {}) == ""


@pytest.mark.parametrize("copy", ASKS_NOTHING)
def test_copy_that_asks_for_nothing_is_told_so(copy: str) -> None:
    assert call_to_action(copy, Brief("coffee"), {})


def test_an_opt_out_is_no_call_to_action() -> None:
    assert call_to_action("Cold brew is here. Reply STOP to opt out.", Brief("coffee"), {})


@pytest.mark.parametrize(
    "copy",
    [
        "Reply STOP to opt out.",
        "Text STOP to end.",
        "Reply “STOP” to leave.",
        "Send END to 60114.",
        "Opt out: brew.example/stop",
        "Unsubscribe at brew.example/u",
        "STOP to 60114",
        "Txt STOP 2 end",
        "Stop to opt out",
        "To opt-out reply NO",
        "Reply END to leave.",
        "Reply QUIT to leave.",
        "Text OUT to 60114",
        "Txt STOP to 60114",
        "Reply UNSUB to leave.",
        "Stop to end",
        "Stop 2 stop",
        "Opt out any time: reply STOP",
        "To unsubscribe, reply STOP",
        "Abmelden: STOP an 60114",
    ],
)
def test_a_way_to_opt_out_is_found(copy: str) -> None:
    assert opt_out(f"Cold brew is here. {copy}") == ""


@pytest.mark.parametrize(
    "copy",
    [
        "Don't stop now.",
        "Reply YES to book.",
        "Stop by for a cup.",
        "The last stop before the sea.",
        "Text us a picture.",
        "Send cake.",
        "Non-stop coffee.",
        "Call us to book.",
        "We never stop at one.",
        "Out now.",
        "Reply to this message with your order.",
        "Opt for oat.",
        "The end of the week is near.",
        "Next stop: the quay.",
        "Subscribe at the counter.",
        "Send us your order.",
        "Text a friend.",
        "Quit the queue.",
        "We close at six, out of respect for our beds.",
        "Stop. Sip. Smile.",
    ],
)
def test_a_text_message_without_a_way_out_is_told_so(copy: str) -> None:
    assert opt_out(copy)


@pytest.mark.parametrize(
    ("name", "copy", "fine"),
    [
        ("tweet", "Cold brew.", True),
        ("tweet", "Cold brew. #coffee", True),
        ("tweet", "Cold brew. #coffee #bristol", True),
        ("tweet", "Cold brew. #a1 #b2 #c3", False),
        ("tweet", "We're #1 and no. #2", True),
        ("tweet", "C# and F#, R&D#x", True),
        ("instagram", "Cold brew. #a1 #b2 #c3 #d4 #e5", True),
        ("instagram", "Brew. " + " ".join(f"#tag{n}" for n in range(6)), False),
        ("linkedin", "Brew. " + " ".join(f"#tag{n}" for n in range(6)), False),
        ("push", "Title: Brew\nBody: It's #cold.", False),
        ("linkedin", "Cold brew. #a1 #b2 #c3", True),
        ("sms", "Cold brew. #coffee", False),
        ("email", "Cold brew. #coffee", False),
        ("google-ad", "Meetup #14", True),
        ("slogan", "#cold", False),
        ("tiktok", "Brew. #a1 #b2 #c3 #d4 #e5", True),
        ("tiktok", "Brew. #a1 #b2 #c3 #d4 #e5 #f6", False),
        ("youtube", "Title: Brew\n\nDescription: It's #cold.", True),
        ("product", "#cold brew", False),
        ("facebook", "#cold #brew", True),
        ("facebook", "#cold #brew #cans", False),
        ("meta-description", "#cold", False),
        ("blog", "## Heading\n\n# Title", True),
    ],
)
def test_hashtags_follow_the_place(name: str, copy: str, fine: bool) -> None:
    assert (hashtags(copy, FORMATS[name]) == "") is fine


@pytest.mark.parametrize(
    ("name", "copy", "fine"),
    [
        ("tweet", "Cold brew ☕", True),
        ("tweet", "☕🧊", True),
        ("tweet", "☕🧊🎉", False),
        ("tweet", "👨‍👩‍👧‍👦👍🏽", True),
        ("tweet", "1 → 2 ✓ ©", True),
        ("instagram", "☕🧊🎉🌊", True),
        ("instagram", "☕🧊🎉🌊🌞", False),
        ("google-ad", "Cold brew ☕", False),
        ("google-ad", "Cold brew.", True),
        ("sms", "☕", False),
        ("email", "☕🧊", True),
        ("email", "☕🧊🎉", False),
        ("push", "☕", True),
        ("push", "☕☕", False),
        ("press-release", "🎉", False),
        ("product", "Cold brew 🧊", False),
        ("landing", "Headline: Cold ☕", False),
        ("press-release", "Brew™ & Co.", True),
        ("linkedin", "☕🧊🎉", True),
        ("linkedin", "☕🧊🎉🎉", False),
        ("slogan", "☕", False),
        ("event", "☕☕", True),
    ],
)
def test_emoji_follow_the_place(name: str, copy: str, fine: bool) -> None:
    assert (emoji(copy, FORMATS[name]) == "") is fine


PARAGRAPH = "Wet wood hisses and gives little back. " * 45


SHORT = "Wet wood hisses. Short pieces need no headings."
ONE = "Wet wood hisses and gives little back. "  # seven words


@pytest.mark.parametrize(
    "divided",
    [
        f"## Dry it\n\n{PARAGRAPH}\n\n## Burn it\n\nSlowly.",
        f"{PARAGRAPH}\n## Dry it\n{PARAGRAPH}\n### Burn it\nSlowly.",
        f"**Dry it**\n\n{PARAGRAPH}\n\n**Burn it**\n\nSlowly.",
        f"Start.\n\nHow to dry it\n\n{PARAGRAPH}\n\nHow to burn it\n\nSlowly.",
        SHORT,
        ONE * 42,
        f"# Dry it\n\n{PARAGRAPH}\n\n# Burn it\n\nSlowly.",
        f"###### Dry it\n\n{PARAGRAPH}\n\n###### Burn it\n\nSlowly.",
        f"##\tDry it\n\n{PARAGRAPH}\n\n##\tBurn it\n\nSlowly.",
        f"## Dry it\n\n{PARAGRAPH}\n\n**Burn it**\n\nSlowly.",
        f"## Dry it\n\n{PARAGRAPH}\n\nBurn it slowly\n\nSlowly.",
        f"## 1. Dry it\n\n{PARAGRAPH}\n\n## 2. Burn it\n\nSlowly.",
        f"## Why dry it?\n\n{PARAGRAPH}\n\n## How long?\n\nA year.",
        f"Start.\n\n3 ways to dry it\n\n{PARAGRAPH}\n\n2 ways to burn it\n\nSlowly.",
        f"Start.\n\nÉtagères for logs\n\n{PARAGRAPH}\n\nOvens for logs\n\nSlowly.",
        f"## Dry it\n\n{PARAGRAPH}\n\n## Stack it\n\nNeatly.\n\n## Burn it\n\nSlowly.",
        f"## Dry it\n{PARAGRAPH}\n## Burn it\n{PARAGRAPH}",
        f"## Dry it #wood\n\n{PARAGRAPH}\n\n## Burn it #fire\n\nSlowly.",
        f"Start.\n\n**Dry it first**\n{PARAGRAPH}\n\n**Burn it second**\nSlowly.",
        f"Start.\n\nDry it for a year\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\nBurn it in a night\n\nSlowly.",
    ],
)
def test_a_long_article_has_sections(divided: str) -> None:
    form = FORMATS["blog"]

    assert sections(parse(f"# On wood\n\n{divided}", form), form) == ""


@pytest.mark.parametrize(
    ("undivided", "reason"),
    [
        (PARAGRAPH, "No headings"),
        (f"{PARAGRAPH}\n\n{PARAGRAPH}\n\nSlowly does it.", "No headings"),
        (f"## Dry it\n\n{PARAGRAPH}", "1 heading,"),
        (f"It hisses. #wood\n\n{PARAGRAPH}\n\nWe love wood.\n\nYou will too!", "No headings"),
        (ONE * 43, "No headings"),
        (f"**Dry it**\n\n{PARAGRAPH}\n\nSlowly.", "1 heading,"),
        (f"Start.\n\nHow to dry it\n\n{PARAGRAPH}", "1 heading,"),
        (f"{PARAGRAPH}\n\n## Burn it\n\nSlowly.", "1 heading,"),
        (f"**Dry it** and burn it.\n\n{PARAGRAPH}\n\n**Burn it** slowly.", "No headings"),
        (f"#Dry\n\n{PARAGRAPH}\n\n#Burn\n\nSlowly.", "No headings"),
        (f"##\n\n{PARAGRAPH}\n\n##\n\nSlowly.", "No headings"),
        (f"- Dry it\n- Burn it\n\n{PARAGRAPH}\n\n- Sweep up", "No headings"),
        (f"1. Dry it\n2. Burn it\n\n{PARAGRAPH}", "No headings"),
        (f"> Dry it\n\n{PARAGRAPH}\n\n> Burn it\n\nSlowly.", "No headings"),
        (f"Start.\n\nWhy dry it?\n\n{PARAGRAPH}\n\nHow long?\n\nA year.", "No headings"),
        (f"Dear reader,\n\n{PARAGRAPH}\n\nYours,\n\nThe woodman.", "No headings"),
        (f"Start.\n\nDry it:\n\n{PARAGRAPH}\n\nBurn it:\n\nSlowly.", "No headings"),
        (f"Start.\n\n“Dry wood”\n\n{PARAGRAPH}\n\n“Hot wood”\n\nSlowly.", "No headings"),
        (f"Start.\nHow to dry it\n{PARAGRAPH}\nHow to burn it\nSlowly.", "No headings"),
        (f"*Dry it*\n\n{PARAGRAPH}\n\n*Burn it*\n\nSlowly.", "No headings"),
    ],
)
def test_a_long_article_without_sections_is_told_so_softly(undivided: str, reason: str) -> None:
    text = f"# On wood\n\n{undivided}"
    found = next(one for one in check(text, Brief("wood", "blog"), FORMATS["blog"]) if one.name == "sections")

    assert (found.ok, found.hard) == (False, False)
    assert found.reason.startswith(reason)
