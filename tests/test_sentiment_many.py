"""Lines and files: progress, then counts with intervals, chart, aspects and comments, and the CSV back."""

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot import digest_learned, sentiment, sentiment_many, sentiment_request, sentiment_result, slack_files, weeks
from bot import sentiment_summary_words as words
from bot.digest_content import Sentiment
from bot.playground.server import PlaygroundServer
from bot.sentiment_answer import APOLOGY, POST
from bot.sentiment_progress import IN_DIRECT_MESSAGES, NOT_IN_CHANNEL
from tests.fake_sentiment import FakeSentiment
from tests.many_comments import CSV, HOME, LINES, result, send, status
from tests.running_bot import RunningBot
from tests.thread_reading import ephemerals, shown
from tests.visitor import Visitor

StartBot = Callable[..., RunningBot]


def learned(bot: RunningBot) -> Sentiment | None:
    """What this week's digest tells of customers."""
    week = weeks.ending(datetime.now(ZoneInfo("UTC")) + timedelta(days=1))
    return digest_learned.from_rows(bot.storage, lambda _: [])("T0PLAY", week).sentiment


def test_several_lines_become_a_message_in_private(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"/sentiment --aspects food,delivery {LINES}")

    ana.wait_for(lambda page: sentiment.READING in ephemerals(page))
    said = shown(result(ana))
    assert "Net sentiment −17" in said
    assert "6 comments read" in said
    assert "*Negative*\n3 · 50 % (19–81 %)" in said
    assert "delivery" in said
    assert sentiment_result.TYPICAL in said
    begins = IN_DIRECT_MESSAGES.partition("<")[0]
    ana.wait_for(lambda page: any(one.startswith(begins) for one in ephemerals(page)))


def test_the_chart_has_an_alternative_text_and_the_csv_stands_in_the_thread(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"/sentiment {LINES}")

    message = result(ana)
    chart = next(one for one in message["blocks"] if one["type"] == "image")
    assert "negative 50 % (19–81 %)" in chart["alt_text"]
    thread = ana.thread(HOME, message["ts"])
    (file,) = thread[0]["files"]
    assert file["name"] == "pasted-comments-sentiment.csv"
    rows = list(csv.DictReader(StringIO(ana.download(file).decode("utf-8-sig"))))
    assert [row["sentiment"] for row in rows] == ["positive"] * 2 + ["negative"] * 3 + ["neutral"]


def test_fewer_than_five_are_told_one_by_one(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment Great place\nAwful food")

    message = result(ana)
    said = shown(message)
    assert "Positive, 90 %: " in said
    assert "Negative, 90 %: " in said
    assert "Net sentiment" not in said
    assert not [one for one in message["blocks"] if one["type"] == "image"]
    assert ana.thread(HOME, message["ts"]) == []


def test_of_a_file_with_few_readable_rows_those_are_told_and_the_csv_says_why_the_others_are_not(
    bot: RunningBot, ana: Visitor
) -> None:
    """The first five rows were kept to be told, and where none of them could be read nothing was."""
    rows = [*["Das Essen war nicht gut"] * 5, "Awful food", "Great place"]
    send(ana, file=[ana.upload("may.csv", "\n".join(["review", *rows]).encode())])

    message = result(ana)
    assert "Negative, 90 %: " in shown(message)
    assert sentiment_result.NONE not in shown(message)
    (file,) = ana.thread(HOME, message["ts"])[0]["files"]
    back = list(csv.DictReader(StringIO(ana.download(file).decode("utf-8-sig"))))
    assert [bool(row["skipped"]) for row in back] == [True] * 5 + [False] * 2


def test_a_file_from_the_form_is_read_and_its_column_named(bot: RunningBot, ana: Visitor, data: Path) -> None:
    file = ana.upload("Reviews of May.csv", CSV.encode())

    assert send(ana, file=[file], set="restaurants") == {"ok": True}

    said = shown(result(ana))
    assert "How customers feel: Reviews of May.csv" in said
    assert "“review”" in said
    bot.close()  # for the reading ends a moment after its message says so
    assert bot.rows("SELECT kind, status, text, files FROM readings") == [
        {"kind": "file", "status": "done", "text": "", "files": "[]"}
    ]
    assert list((data / "sentiment-files").iterdir()) == []


def test_two_files_are_compared(bot: RunningBot, ana: Visitor) -> None:
    praise = "review\n" + "Great place and lovely food here\n" * 20
    files = [ana.upload("may.csv", CSV.encode()), ana.upload("june.csv", praise.encode())]

    send(ana, file=files)

    message = result(ana)
    said = shown(message)
    assert sentiment_result.BETWEEN in said
    assert "may.csv: more negative comments than june.csv" in said
    assert sorted(one["files"][0]["name"] for one in ana.thread(HOME, message["ts"])) == [
        "june-sentiment.csv",
        "may-sentiment.csv",
    ]


def test_two_files_of_one_name_are_told_apart(bot: RunningBot, ana: Visitor) -> None:
    """“reviews.csv: more negative comments than reviews.csv” told nobody anything."""
    praise = "review\n" + "Great place and lovely food here\n" * 20

    send(ana, file=[ana.upload("reviews.csv", text.encode()) for text in (CSV, praise)])

    message = result(ana)
    assert "reviews (1).csv: more negative comments than reviews (2).csv" in shown(message)
    assert sorted(one["files"][0]["name"] for one in ana.thread(HOME, message["ts"])) == [
        "reviews-(1)-sentiment.csv",
        "reviews-(2)-sentiment.csv",
    ]


def test_whoever_wants_to_shows_it_in_the_channel(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    send(ana, text=LINES, private=[])

    assert "6 comments read" in shown(result(ben, "C0LAUNCH"))
    bot.close()
    felt = learned(bot)
    assert felt is not None
    assert (felt.positive, felt.neutral, felt.negative, felt.unsure) == (2, 1, 3, 0)


def test_what_somebody_had_read_in_private_is_in_no_digest(bot: RunningBot, ana: Visitor) -> None:
    send(ana, text=LINES)

    result(ana)
    bot.close()
    assert learned(bot) is None


def test_one_comment_of_several_lines_is_one_text(bot: RunningBot, ana: Visitor) -> None:
    send(ana, text="Awful.\nThe food was cold.", each="one")

    ana.wait_for(lambda page: any(one.startswith("Negative") for one in ephemerals(page)))
    assert bot.rows("SELECT kind FROM readings") == [{"kind": "text"}]


def test_the_form_says_what_can_not_be_read(bot: RunningBot, ana: Visitor) -> None:
    assert send(ana, text="  ") == {"ok": False, "errors": {"text": sentiment_request.NOTHING}}
    picture = ana.upload("photo.csv.png", b"x")
    refused = ana.fill_and_submit({"file": [picture]})
    assert refused["ok"] is False
    both = ana.fill_and_submit({"text": "Great", "file": [ana.upload("a.csv", CSV.encode())]})
    assert both == {"ok": False, "errors": {"text": sentiment_request.ONE_OR_OTHER}}
    assert bot.rows("SELECT * FROM readings") == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ({"name": "a.xlsx", "size": 10}, slack_files.WRONG_TYPE.format(name="a.xlsx")),
        ({"name": "a.csv", "size": 314_572_800}, slack_files.TOO_LARGE.format(name="a.csv", size="300", limit=200)),
        ({"name": "a.csv", "size": 0}, slack_files.EMPTY.format(name="a.csv")),
        ({"name": "A.CSV", "size": 1}, ""),
    ],
)
def test_what_is_too_large_or_no_table_is_refused_by_its_description(file: dict[str, object], told: str) -> None:
    assert slack_files.refusal(file) == told


def test_a_file_that_can_not_be_read_is_said_where_the_result_would_be(bot: RunningBot, ana: Visitor) -> None:
    send(ana, file=[ana.upload("numbers.csv", b"a,b\n1,2\n3,4\n")])

    message = status(ana, "numbers.csv")
    ana.wait_for(lambda page: "No column of numbers.csv" in shown(page.messages(HOME)[-1]))
    assert message["ts"] == ana.messages(HOME)[-1]["ts"]
    bot.close()
    assert bot.rows("SELECT status FROM readings") == [{"status": "failed"}]


def test_a_reading_is_stopped_by_its_button_and_nothing_of_it_is_kept(
    start_bot: StartBot, ana: Visitor, data: Path
) -> None:
    felt = FakeSentiment()
    bot = start_bot(sentiment=felt)
    felt.released.clear()
    send(ana, file=[ana.upload("reviews.csv", CSV.encode())])
    message = status(ana, "reviews.csv")

    ana.click(message, "sentiment_stop")
    felt.released.set()

    status(ana, sentiment_many.STOPPED)
    ana.type(f"/sentiment {LINES}")
    result(ana)
    bot.close()
    assert [row["status"] for row in bot.rows("SELECT status FROM readings ORDER BY asked_at")] == ["cancelled", "done"]
    assert list((data / "sentiment-files").iterdir()) == []


def test_a_text_is_answered_while_a_file_is_read(start_bot: StartBot, ana: Visitor) -> None:
    felt = FakeSentiment()
    start_bot(sentiment=felt)
    felt.hold("review")
    send(ana, file=[ana.upload("reviews.csv", ("review\n" + "a review of the place\n" * 9).encode())])
    status(ana, "reviews.csv")
    felt.held.wait()

    ana.type("/sentiment Great")

    ana.wait_for(lambda page: any(one.startswith("Positive") for one in ephemerals(page)))
    felt.released.set()
    result(ana)


def test_behind_a_file_another_is_told_that_it_waits_and_pasted_lines_do_not(
    start_bot: StartBot, ana: Visitor, ben: Visitor
) -> None:
    felt = FakeSentiment()
    start_bot(sentiment=felt)
    felt.hold("a review of the place")
    send(ana, file=[ana.upload("first.csv", ("review\n" + "a review of the place\n" * 9).encode())])
    status(ana, "first.csv")
    felt.held.wait()

    send(ben, file=[ben.upload("second.csv", CSV.encode())])
    ben.wait_for(lambda page: sentiment.WAITING.format(count="One file is") in ephemerals(page))
    ben.type(f"/sentiment {LINES}")

    assert "6 comments read" in shown(result(ben, "D0BEN"))
    felt.released.set()
    result(ana)


def test_what_was_being_read_when_the_desk_closed_is_read_by_the_next(start_bot: StartBot, ana: Visitor) -> None:
    felt = FakeSentiment()
    bot = start_bot(sentiment=felt)
    felt.released.clear()
    send(ana, file=[ana.upload("reviews.csv", CSV.encode())])
    first = status(ana, "reviews.csv")
    felt.held.wait()
    bot.close()
    assert bot.rows("SELECT status FROM readings") == [{"status": "queued"}]

    felt.released.set()
    start_bot(sentiment=felt)

    assert result(ana)["ts"] == first["ts"]


def test_where_the_app_is_no_member_the_result_comes_in_private(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    ana.type("/sentiment", channel="C0RANDOM")
    ana.wait_for(lambda page: page.view)
    ana.fill_and_submit({"text": LINES, "private": []})

    result(ana)
    ana.wait_for(lambda page: NOT_IN_CHANNEL in ephemerals(page, "C0RANDOM"))


def test_slack_that_stumbles_while_it_is_read_is_asked_again(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    fault = {"fault": "refuse", "method": "files.completeUploadExternal", "error": "internal_error", "times": 1}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()

    ana.type(f"/sentiment {LINES}")

    assert words.count(6, "comment") in shown(result(ana))


@pytest.mark.parametrize(("label", "begins"), [(APOLOGY, "An apology to customers."), (POST, "A post from what")])
def test_copy_begins_with_what_many_said(bot: RunningBot, ana: Visitor, label: str, begins: str) -> None:
    ana.type(f"/sentiment --aspects food,delivery {LINES}")
    message = result(ana)
    button = next(
        one
        for block in message["blocks"]
        for one in block.get("elements", [])
        if one.get("text", {}) and label in str(one)
    )

    ana.click(message, button["action_id"])

    view = ana.wait_for(lambda page: page.view)
    product = next(one for one in view["blocks"] if one["block_id"] == "product")["element"]["initial_value"]
    assert product.startswith(begins)
    quoted = "delivery" if label == APOLOGY else "lovely"
    assert quoted in product
