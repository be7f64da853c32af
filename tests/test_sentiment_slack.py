"""/sentiment on one text: a private answer that says why, can be shared, put right, and written from."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot import sentiment, sentiment_answer, sentiment_how, sentiment_request
from bot.playground.server import PlaygroundServer
from model import sentiment_aspects
from storage import sentiment as sentiment_rows
from tests.fake_sentiment import FakeSentiment
from tests.running_bot import RunningBot
from tests.thread_reading import Message, ephemerals, shown
from tests.visitor import Visitor

WAITER = "Lovely waiter, but shame about the cold food"
ASPECTS = f"/sentiment --aspects food,waiter {WAITER}"
MANY = ",".join(f"a{number}" for number in range(21))
StartBot = Callable[..., RunningBot]


@pytest.fixture
def answered(bot: RunningBot, ana: Visitor) -> Message:
    ana.type(ASPECTS)
    return wait_for_answer(ana)


def wait_for_answer(page: Visitor, holding: str = "Negative") -> Message:
    """The newest answer that only this person sees, once it holds a text."""

    def look(visitor: Visitor) -> Message | None:
        found = [one for one in visitor.messages() if one.get("ephemeral") and holding in shown(one)]
        return found[-1] if found else None

    found = page.wait_for(look)
    assert found is not None
    return found


def corrections(bot: RunningBot) -> list[tuple[str, str, str, str]]:
    rows = bot.rows("SELECT * FROM sentiment_corrections ORDER BY at")
    return [(row["user"], row["text"], row["was"], row["label"]) for row in rows]


def test_a_text_is_answered_for_one_persons_eyes(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ana.type(ASPECTS)

    said = shown(wait_for_answer(ana))
    assert "*Negative* · 90 %" in said
    assert "negative      90 % █████████░" in said
    assert "waiter: *positive* (90 %)" in said
    assert "food: *negative* (90 %)" in said
    assert " −0.33" in said
    assert " +0.41" in said
    assert sentiment_answer.BY_MACHINE.format(model="counted words") in said
    ben.type("hello")
    ben.wait_for(lambda page: any(one["text"] == "hello" for one in page.messages()))
    assert ephemerals(ben) == []


def test_without_aspects_it_is_asked_about_what_its_words_name(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"/sentiment {WAITER}")

    said = shown(wait_for_answer(ana))
    assert "food: *negative* (90 %)" in said
    ana.type("/sentiment Great, I love it")
    assert sentiment_answer.ABOUT not in shown(wait_for_answer(ana, "Positive"))


def test_the_words_that_moved_it_are_bold_in_the_text(answered: Message) -> None:
    pieces = answered["blocks"][0]["elements"][0]["elements"]

    assert [one["text"] for one in pieces if one.get("style")] == ["Lovely", "shame", "cold"]
    assert "".join(one["text"] for one in pieces) == WAITER


def test_what_is_below_the_threshold_is_unsure_and_says_so(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment Great, but slow")

    said = shown(wait_for_answer(ana, "Unsure"))
    assert sentiment_answer.UNSURE_OF.format(label="neutral", share="50 %", threshold="55 %") in said


def test_another_language_gets_a_sentence_and_no_guess(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment Das war nicht gut")

    answer = wait_for_answer(ana, "German")
    assert [one["action_id"] for one in answer["blocks"][-1]["elements"]] == ["sentiment_how"]


def test_what_customers_write_is_never_acted_on(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment *Awful* & <rude> to @ana, see https://brew.example/x <!channel>")

    answer = wait_for_answer(ana)
    pieces = answer["blocks"][0]["elements"][0]["elements"]
    assert {one["type"] for one in pieces} == {"text"}
    assert "*Awful* & <rude> to @" in "".join(one["text"] for one in pieces)
    assert "&lt;rude&gt;" in answer["text"]


def test_sharing_shows_it_to_the_channel_once_and_says_who_did(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor, ben: Visitor, answered: Message
) -> None:
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.click(answered, "sentiment_share")

    def shared(page: Visitor) -> list[Message]:
        return [one for one in page.messages() if not one.get("ephemeral") and "shared by <@U0ANA>" in shown(one)]

    ben.wait_for(shared)
    ana.wait_for(lambda page: "Shared in the channel." in shown(wait_for_answer(page)))
    assert len(shared(ana)) == 1
    assert WAITER in "".join(one.get("text", "") for one in shared(ben)[0]["blocks"][0]["elements"][0]["elements"])
    assert "sentiment_share" not in str(wait_for_answer(ana)["blocks"])
    assert "action_id" not in str(shared(ben)[0]["blocks"])


def test_a_wrong_label_is_put_right_and_taken_back(bot: RunningBot, ana: Visitor, answered: Message) -> None:
    ana.click(answered, "sentiment_wrong")
    asking = wait_for_answer(ana, sentiment_answer.ASK)
    assert "sentiment_right_negative" not in str(asking["blocks"]), "that is what it says already"

    ana.click(asking, "sentiment_right_positive")
    right = wait_for_answer(ana, sentiment_answer.CORRECTED.format(label="positive"))
    assert corrections(bot) == [("U0ANA", WAITER, "negative", "positive")]

    ana.click(right, "sentiment_take_back")
    ana.wait_for(lambda page: "You said" not in shown(wait_for_answer(page)))
    assert corrections(bot) == []


def test_the_last_word_of_a_person_on_a_text_counts(bot: RunningBot, ana: Visitor, answered: Message) -> None:
    for label in ("positive", "neutral"):
        ana.click(wait_for_answer(ana), "sentiment_wrong")
        ana.click(wait_for_answer(ana, sentiment_answer.ASK), f"sentiment_right_{label}")
        wait_for_answer(ana, sentiment_answer.CORRECTED.format(label=label))

    assert corrections(bot) == [("U0ANA", WAITER, "negative", "neutral")]


def test_what_it_says_of_an_aspect_is_put_right_and_taken_back(
    bot: RunningBot, ana: Visitor, answered: Message
) -> None:
    def choose(at: int, label: str) -> None:
        asking = wait_for_answer(ana, sentiment_answer.ASK)
        menu = next(one for one in asking["blocks"] if one["block_id"].startswith(f"sentiment-aspect-{at}-"))
        reading = menu["accessory"]["options"][0]["value"].partition(":")[0]
        ana.click({**asking, "blocks": [menu]}, "sentiment_aspect", f"{reading}:{at}:{label}")

    ana.click(answered, "sentiment_wrong")
    choose(0, "neutral")
    wait_for_answer(ana, "food: *negative* (90 %) · put right: *neutral*")
    choose(1, "absent")
    said = shown(wait_for_answer(ana, "waiter: *positive* (90 %) · put right: *not mentioned*"))

    assert "food: *negative* (90 %) · put right: *neutral*" in said
    rows = bot.rows("SELECT aspect, was, label FROM sentiment_corrections ORDER BY aspect")
    assert [tuple(row.values()) for row in rows] == [("food", "negative", "neutral"), ("waiter", "positive", "absent")]
    with bot.storage.read() as db:
        since = datetime.now(UTC) - timedelta(days=1)
        assert sentiment_rows.aspect_precision(db, "T0PLAY", since=since) == (2, 2)
    choose(0, "negative")
    ana.wait_for(lambda page: "put right: *neutral*" not in shown(wait_for_answer(page)))
    choose(1, "")
    ana.wait_for(lambda page: "put right" not in shown(wait_for_answer(page)))
    assert bot.rows("SELECT * FROM sentiment_corrections") == []


def test_how_it_works_is_one_click_away(bot: RunningBot, ana: Visitor, answered: Message) -> None:
    ana.click(answered, "sentiment_how")

    view = ana.wait_for(lambda page: page.view)
    said = shown(view)
    assert view["title"]["text"] == sentiment_how.TITLE
    assert {"counted words", "55 %", "sarcasm", "English", "fitted", "ranks nobody"} <= {
        word for word in ("counted words", "55 %", "sarcasm", "English", "fitted", "ranks nobody") if word in said
    }


def test_of_somebody_elses_model_no_learning_is_promised(start_bot: StartBot, ana: Visitor) -> None:
    """It was said to learn, and `copydesk sentiment train` refuses it."""
    start_bot(copydesk_sentiment_model="someone/model")
    ana.type(ASPECTS)
    ana.click(wait_for_answer(ana), "sentiment_wrong")

    asking = wait_for_answer(ana, sentiment_answer.ASK_OF_OTHERS)
    menu = next(one for one in asking["blocks"] if one["block_id"].startswith("sentiment-aspect-0-"))
    reading = menu["accessory"]["options"][0]["value"].partition(":")[0]
    ana.click({**asking, "blocks": [menu]}, "sentiment_aspect", f"{reading}:0:neutral")
    again = wait_for_answer(ana, "put right: *neutral*")

    assert sentiment_answer.ASK_OF_OTHERS in shown(again)
    ana.click(again, "sentiment_how")
    assert sentiment_how.LEARNS_NOT in shown(ana.wait_for(lambda page: page.view))


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("reply", "A reply to a customer who wrote: “Lovely"), ("apology", "An apology to"), ("post", "A post from what")],
)
def test_copy_begins_with_what_was_read(
    bot: RunningBot, ana: Visitor, answered: Message, kind: str, begins: str
) -> None:
    ana.click(answered, f"sentiment_write_{kind}")

    view = ana.wait_for(lambda page: page.view)
    product = next(one for one in view["blocks"] if one["block_id"] == "product")["element"]["initial_value"]
    assert view["callback_id"] == "brief"
    assert product.startswith(begins)
    assert "They like: waiter." in product
    assert ("They don't like: food." in product) == (kind != "post")
    ana.fill_and_submit({"format": "tweet"})
    ana.wait_for(lambda page: any("asked for copy" in one["text"] for one in page.messages()))
    assert begins in bot.rows("SELECT product FROM briefs")[0]["product"]


def test_nobody_is_offered_an_apology_for_praise(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment Great, I love it")

    ids = str(wait_for_answer(ana, "Positive")["blocks"])
    assert "sentiment_write_post" in ids
    assert "sentiment_write_apology" not in ids


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/sentiment --aspects , Great", sentiment_request.NO_ASPECT),
        ("/sentiment help", sentiment.help_text()),
        (
            "/sentiment --file a.csv",
            f"{sentiment_request.UNKNOWN.format(flag='--file')}\n\n{sentiment.help_text()}",
        ),
        (
            f"/sentiment --aspects {MANY} Great",
            sentiment_aspects.TOO_MANY.format(21, MANY[: sentiment_aspects.LONGEST], sentiment_aspects.MOST),
        ),
        ("/sentiment --aspects food", sentiment_request.NO_WORDS),
    ],
)
def test_what_can_not_be_read_is_said_at_once(bot: RunningBot, ana: Visitor, typed: str, told: str) -> None:
    ana.type(typed)

    ana.wait_for(lambda page: told in ephemerals(page))
    assert bot.rows("SELECT * FROM readings") == []


def test_a_command_delivered_four_times_is_one_answer(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    httpx.post(f"{playground.url}/playground/faults", json={"fault": "duplicate", "times": 3}).raise_for_status()

    ana.type(ASPECTS)
    wait_for_answer(ana)
    ana.type("/sentiment Great")
    wait_for_answer(ana, "Positive")

    assert len([one for one in ana.messages() if one.get("ephemeral") and "Negative" in shown(one)]) == 1
    assert len(bot.rows("SELECT * FROM readings")) == 2


def test_commands_are_acknowledged_while_the_model_reads(start_bot: StartBot, ana: Visitor) -> None:
    felt = FakeSentiment()
    bot = start_bot(sentiment=felt, copydesk_queue=3)
    felt.released.clear()

    answers = [ana.type(f"/sentiment Great {number}") for number in range(20)]

    full = sentiment.FULL.format(limit=3)
    assert all(answer["ok"] for answer in answers)
    ana.wait_for(lambda page: ephemerals(page).count(full) == 17)
    felt.released.set()
    ana.wait_for(lambda page: len([one for one in ephemerals(page) if one.startswith("Positive")]) == 3)
    assert len(bot.rows("SELECT * FROM readings")) == 3


def test_what_a_dead_process_had_not_answered_is_answered_by_the_next(start_bot: StartBot, ana: Visitor) -> None:
    felt = FakeSentiment()
    bot = start_bot(sentiment=felt)
    bot.close()
    with bot.storage.write() as db:
        row = {"id": "r1", "workspace": "T0PLAY", "channel": "C0LAUNCH", "user": "U0ANA", "kind": "text"}
        more = {"text": "Awful", "aspects": "[]", "files": "[]", "column": "", "response_url": "", "view": ""}
        blank = dict.fromkeys(("place", "ts", "result", "label", "model", "corrected"), "")
        at = {"status": "reading", "asked_at": "2026-11-23", "private": 1, "attempts": 1, "probability": 0.0}
        db.table("readings").insert({**row, **more, **blank, **at})

    start_bot(sentiment=felt)

    wait_for_answer(ana, "Awful")
