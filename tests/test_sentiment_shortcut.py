"""The message shortcut "Check sentiment": a private modal about one chosen message, and about nobody."""

import httpx

from bot import sentiment, sentiment_answer, sentiment_how
from bot.playground.server import PlaygroundServer
from tests.running_bot import RunningBot
from tests.thread_reading import Message, ephemerals, shown
from tests.visitor import Visitor

COMPLAINT = "The delivery was slow & the box <b>broken</b>"


def said(page: Visitor, text: str) -> Message:
    """Write a message, and return it as the channel shows it."""
    page.type(text)
    found = page.wait_for(lambda visitor: next((one for one in visitor.messages() if one["user"] == page.user), None))
    assert found is not None
    return found


def answered(page: Visitor, holding: str) -> Message:
    """The modal on top, once it holds a text."""
    view = page.wait_for(lambda visitor: visitor.view if visitor.view and holding in shown(visitor.view) else None)
    assert view is not None
    return view


def test_a_chosen_message_is_read_in_a_modal_of_ones_own(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    message = said(ben, COMPLAINT)
    ana.wait_for(lambda page: page.messages())

    assert ana.shortcut(message, sentiment.SHORTCUT) == {"ok": True}

    view = answered(ana, "*Negative* · 90 %")
    assert "slow & the box <b>" in "".join(one["text"] for one in view["blocks"][0]["elements"][0]["elements"])
    assert "sentiment_share" not in str(view["blocks"])
    assert len(ana.messages()) == 1
    row = bot.rows("SELECT user, text FROM readings")[0]
    assert row == {"user": "U0ANA", "text": COMPLAINT}
    assert "U0BEN" not in str(bot.rows("SELECT * FROM readings")), "who wrote it is not kept"


def test_it_is_put_right_and_written_from_inside_the_modal(bot: RunningBot, ana: Visitor) -> None:
    message = said(ana, COMPLAINT)
    ana.shortcut(message, sentiment.SHORTCUT)

    ana.click(answered(ana, "Negative"), "sentiment_wrong")
    ana.click(answered(ana, sentiment_answer.ASK), "sentiment_right_neutral")
    view = answered(ana, sentiment_answer.CORRECTED.format(label="neutral"))
    assert [row["label"] for row in bot.rows("SELECT label FROM sentiment_corrections")] == ["neutral"]

    ana.click(view, "sentiment_how")
    how = ana.wait_for(lambda page: page.view if len(page.views) == 2 else None)
    assert how["title"]["text"] == sentiment_how.TITLE
    ana.close_view()
    ana.click(answered(ana, "Negative"), "sentiment_write_apology")
    form = ana.wait_for(lambda page: page.view if len(page.views) == 2 else None)
    assert form["callback_id"] == "brief"
    private = next(one for one in form["blocks"] if one["block_id"] == "private")
    assert private["element"]["initial_options"], "what began in private stays so"


def test_a_message_without_words_is_said_to_have_none(bot: RunningBot, ana: Visitor) -> None:
    ts = ana.type("", files=[ana.upload("photo.png", b"x")])["ts"]
    message = ana.wait_for(lambda page: next((one for one in page.messages() if one["ts"] == ts), None))

    ana.shortcut(message, sentiment.SHORTCUT)

    answered(ana, sentiment.NO_TEXT)
    assert bot.rows("SELECT * FROM readings") == []


def test_a_file_in_a_message_is_read_whole_and_its_result_comes_in_private(bot: RunningBot, ana: Visitor) -> None:
    rows = "review\n" + "Great place and lovely food\n" * 6
    files = [ana.upload("photo.png", b"x"), ana.upload("may & june.csv", rows.encode())]
    ts = ana.type("look", files=files)["ts"]
    message = ana.wait_for(lambda page: next((one for one in page.messages() if one["ts"] == ts), None))

    ana.shortcut(message, sentiment.SHORTCUT)

    answered(ana, "may &amp; june.csv")
    ana.wait_for(lambda page: any("How customers feel: may" in one["text"] for one in page.messages("D0ANA")), 30)
    assert bot.rows("SELECT text, kind FROM readings") == [{"text": "", "kind": "file"}]


def test_a_shortcut_delivered_four_times_is_one_reading(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    message = said(ana, COMPLAINT)
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.shortcut(message, sentiment.SHORTCUT)
    answered(ana, "Negative")
    ana.type("/sentiment Great")
    ana.wait_for(lambda page: any(one.startswith("Positive") for one in ephemerals(page)))

    assert len(ana.views) == 1
    assert len(bot.rows("SELECT * FROM readings WHERE kind = 'text'")) == 2
