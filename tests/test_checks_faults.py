"""Cut texts and assistant talk, and copy that is neither."""

import pytest

from model.faults import assistant_talk, unfinished
from model.formats import FORMATS
from model.parts import parse

COMPLETE = [
    "Come in.",
    "Coming?",
    "Come in!",
    "It never ends…",
    "“It's good,” she said.",
    "He said “come in.”",
    "Come in (we're open).",
    "Come in. #coffee #bristol",
    "Come in. ☕",
    "Come in ☕",
    "Come in. 👉 brew.example",
    "Book at brew.example/menu",
    "Book your place: https://brew.example",
    "Cold brew is here. Shop now",
    "Cold brew is here. Shop now →",
    "Cold brew is here.\n\nOrder yours today",
    "Dear reader,\n\nIt's here.\n\nWarmly,\nTidewell Books",
    "It's here.\n\n#TidewellBooks",
    "コーヒーが届きました。",
    "Cold brew from £3.",
    "Say hello to @brewbar",
    "Open 9–5.",
    "Open studio\nSaturday, 2pm",
]
CUT = [
    "Come in and try the",
    "Come in and",
    "We have been making coffee for people who like to",
    "Cold brew is here. Visit our",
    "Cold brew is here. Shop the new range of cups and saucers and plates today with",
    "Cold brew is here, and it's",
    "Cold brew is here, which means that your mornings will be a little slower than they used to be",
    "Cold brew is here,",
    "Cold brew is here –",
    "Cold brew is here. It tastes like nothing else on",
    "It's made slowly, served cold and",
    "Come in. We",
    "Dear reader,\n\nWe are delighted to tell you that the",
    "Discover the",
    "Your morning deserves better than a coffee that",
    "Cold brew is here (in",
    "Cold brew is here; order from",
    "It's cold, it's slow and it comes in cans that fit in every bag on every train to every office in",
    "Cold brew is here. Come in when",
    "Cold brew is here.\n\nIf you're on the quay this week, come and say hello to the people who",
    "Cold brew is here. 20% off until",
]


@pytest.mark.parametrize("text", COMPLETE)
def test_a_complete_text_may_end_in_many_ways(text: str) -> None:
    assert unfinished(parse(text, FORMATS["tweet"]), FORMATS["tweet"]) == ""


@pytest.mark.parametrize("text", CUT)
def test_a_text_that_breaks_off_is_found(text: str) -> None:
    assert unfinished(parse(text, FORMATS["tweet"]), FORMATS["tweet"])


@pytest.mark.parametrize(
    "text",
    [
        "Made for rain",
        "Put the kettle on",
        "Gull Point. Closer than it looks",
        "Let it blow",
        "The gym you come back to",
        "Something to look forward to",
        "Bread worth waiting for",
        "A place to stop at",
        "Where it's at",
        "What you're made for",
        "The town that we come from",
        "Come on in",
        "The swings and slide are paid for",
        "Teams of 2–6, £24 each",
        "Be",
    ],
)
def test_a_slogan_needs_no_stop(text: str) -> None:
    assert unfinished(parse(text, FORMATS["slogan"]), FORMATS["slogan"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Made for the",
        "Closer and",
        "The taste of",
        "Quench. Water in every station, every day. Refill station at",
        "Middle Eight. A firm that helps musicians make music, or who",
        "Pomfret. Care for the little before you come up to",
        "Quench. Refill your tank, and we'll be",
        "Bread from",
        "Chips, because",
    ],
)
def test_a_slogan_may_still_be_cut(text: str) -> None:
    assert unfinished(parse(text, FORMATS["slogan"]), FORMATS["slogan"])


def test_what_the_model_was_stopped_in_is_cut_whatever_it_looks_like() -> None:
    assert unfinished(parse("Come in.", FORMATS["tweet"]), FORMATS["tweet"], cut=True)


def test_each_part_that_is_a_sentence_is_judged() -> None:
    text = "Title: Your table is ready\nBody: Bellini is holding it for the"

    assert "holding it for the" in unfinished(parse(text, FORMATS["push"]), FORMATS["push"])


ASSISTANT = [
    "Sure! Here's a tweet for you:",
    "Sure, here is your caption: Cold brew!",
    "Certainly! Here are three options.",
    "Of course! I'd be happy to help.",
    "Here's a tweet for Brewline:",
    "Here is a possible LinkedIn post:",
    "Here are 3 headlines:",
    "Here is the revised draft:",
    "Absolutely! Here you go.",
    "Tweet: Cold brew is here.",
    "Caption: Cold brew.",
    "Option 1: Cold brew.",
    "Draft 2. Cold brew.",
    "As an AI language model, I can't drink coffee.",
    "I'm sorry, but I can't help with that.",
    "I cannot write that.",
    "Cold brew is here. I hope this helps!",
    "Cold brew is here. Let me know if you'd like any changes.",
    "Feel free to adjust the tone.",
    "Cold brew. This tweet is within the character limit.",
    "Write a tweet for Brewline cold brew.",
    "Cold brew.\n\nNote: I kept it short.",
    "Cold brew<|im_end|>",
    "This tweet highlights the product and its tone.",
    "SMS for Nova Yoga, class moved to 6pm.",
    "Subject: Email to customers of Oakline Bikes",
    "I'm going to need to write that again.",
    "Here is a brief LinkedIn post about the menu.",
    "Here's a post: Cold brew is here.",
    "Here's an email for you.",
    "Here are a few options based on the brief.",
    "Create a post about Brewline cold brew.",
    "Write a 280-character tweet announcing cold brew.",
    "Version 2: Cold brew.",
    "Cold brew.\n\nNote: This post is under the limit.",
    "Cold brew.\nNote: please replace the link.",
    "I'm here to help you write a tweet.",
    "I'm here to assist with your request.",
    "This is a tweet about cold brew.",
    "This is a post for Brewline.",
    "Sure! Cold brew is here.",
    "Certainly! Brewline cold brew is here.",
    "Absolutely! It's cold.",
    "Sure thing!\nCold brew is here.",
    "Happy to help! Cold brew is here.",
    "I'd be happy to help! Cold brew is here.",
    "Your tweet:\nCold brew is here.",
    "The final caption:\n\nCold brew.",
    "Your LinkedIn post: “Cold brew is here.”",
    "Caption idea: cold.",
    "Please find the tweet below:",
    "Below is a draft for you.",
    "Cold brew is here. (98 characters)",
]
COPY = [
    "Here's to slow mornings.",
    "Here's why we roast on Tuesdays.",
    "Here is your chance to sleep in.",
    "Here's the coffee that you asked for.",
    "Here's a post that stays in the ground: our new fence post.",
    "Sure, you could make it at home.",
    "Sure. And pigs might fly.",
    "Of course it's cold.",
    "Certainly not your grandmother's tea.",
    "Absolutely nothing to do but paddle.",
    "Great coffee takes time.",
    "Okay, so it rained.",
    "Let me know if you see Dave.",
    "Let us know if you need a hand at checkout.",
    "Feel free to bring your dog.",
    "I can't stop drinking this.",
    "I'm sorry about the noise: we're grinding.",
    "Write to us at the usual address.",
    "Write a letter to your future self.",
    "An option for every morning.",
    "Our AI assistant finds your invoices.",
    "Note to self: buy more cups.",
    "Create a playlist for your team.",
    "Hopeful people drink cold brew.",
    "Here's a brief history of the pasty.",
    "Here's a post-work pint.",
    "Here's an ad-free radio station.",
    "Here's our response to winter.",
    "Here's the short version: We're shut on Monday.",
    "Here's an option for early risers.",
    "Here's the new email address.",
    "Here are some examples of our work.",
    "Version 2.0 is here.",
    "Create a post in seconds.",
    "Write an email in seconds.",
    "Create a post for every channel at once.",
    "Write a post about your day.",
    "Note: parking is limited.",
    "Note: the kitchen closes early.",
    "I'm here to help you move house.",
    "I'm here to help you write your will.",
    "I'm here to help.",
    "This is a post about kindness.",
    "When the draft is done, send us the first ten thousand words.",
    "Certainly, it's cold. Surely it's good.",
    "Of course. What else?",
    "Absolutely everything is cold.",
    "Happy to help, seven days a week.",
    "We're happy to help. Call us.",
    "Great! Let's get cold.",
    "Questions? Happy to help!",
    "Sure-footed shoes are here!",
    "Your post: where it goes and who carries it.",
    "The script: a short history of handwriting.",
    "Below is the river, above is the sky.",
    "Please find a seat.",
    "A play (12 characters) for children.",
    "Thank you for your first order.",
]


@pytest.mark.parametrize("text", ASSISTANT)
def test_assistant_talk_is_found(text: str) -> None:
    assert assistant_talk(text)


@pytest.mark.parametrize("text", COPY)
def test_copy_that_sounds_like_it_is_no_assistant_talk(text: str) -> None:
    assert assistant_talk(text) == ""
