"""What people do with an answer about feelings: share it, put it right, ask how it works, write from it."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import blocks, drafting, sentiment_answer, sentiment_copy, sentiment_how
from bot.forms import open_modal
from bot.sentiment_answer import percent
from bot.sentiment_desk import SentimentDesk
from bot.sentiment_work import show_in_modal
from storage import brands, deliveries, readings, sentiment
from storage.database import Storage
from storage.readings import ReadingRow
from storage.sqlite import Database

GONE = (
    "This answer isn't kept any more: it is older than {days} days, or somebody wished to be forgotten. Check the text "
    "again with `/sentiment`."
)
SHARED = "Shared in the channel."


def register(
    app: App, storage: Storage, desk: SentimentDesk, clock: Callable[[], datetime], *, is_ours: bool = True
) -> None:
    """Listen for every button under an answer; `is_ours` says that the shipped model reads."""
    _register_sharing(app, storage, clock)
    _register_correcting(app, storage, clock, is_ours=is_ours)
    _register_going_on(app, storage, is_ours=is_ours)

    @app.action("sentiment_stop")
    def stop(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        row = find(storage, body)
        if row is not None:
            desk.cancel(row.id)


def _register_sharing(app: App, storage: Storage, clock: Callable[[], datetime]) -> None:
    @app.action("sentiment_share")
    def share(ack: Ack, body: dict[str, Any], respond: Any) -> None:
        row, user = find(storage, body), body["user"]["id"]
        with storage.write() as db:
            is_new = row is not None and deliveries.claim(db, f"share:{row.id}:{_channel(body)}", clock())
        ack()
        if row is None:
            tell_gone(respond)
        elif is_new:
            shown, text = sentiment_answer.shared(row, user=user), sentiment_answer.notice(row)
            # Slack's address for the answer works also where the app is no member.
            respond(text=text, blocks=shown, response_type="in_channel", replace_original=False)
            answer = [*sentiment_answer.answer(row, shareable=False), blocks.context(SHARED)]
            respond(text=text, blocks=answer, replace_original=True)


def _register_correcting(app: App, storage: Storage, clock: Callable[[], datetime], *, is_ours: bool) -> None:
    ask = partial(_show, asking=True, is_ours=is_ours)

    @app.action("sentiment_wrong")
    def wrong(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        ask(storage, client, body, respond)

    @app.action("sentiment_back")
    def back(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        _show(storage, client, body, respond)

    @app.action(re.compile(r"sentiment_right_(negative|neutral|positive)"))
    def right(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        row, user, label = find(storage, body), body["user"]["id"], body["actions"][0]["action_id"].rpartition("_")[2]
        if row is not None and row.user == user:
            with storage.write() as db:
                if label == row.label:
                    sentiment.withdraw(db, row, user=user)
                else:
                    sentiment.correct(db, row, user=user, label=label, at=clock())
        ack()
        _show(storage, client, body, respond)

    @app.action("sentiment_aspect")
    def right_aspect(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        row, user = find(storage, body), body["user"]["id"]
        if row is not None and row.result and row.user == user:
            _, at, label = value_of(body).split(":")
            with storage.write() as db:
                _correct_aspect(db, row, int(at), label, clock())
        ack()
        ask(storage, client, body, respond)

    @app.action("sentiment_take_back")
    def take_back(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        row = find(storage, body)
        if row is not None and row.user == body["user"]["id"]:
            with storage.write() as db:
                sentiment.withdraw(db, row, user=row.user)
        ack()
        _show(storage, client, body, respond)


def _correct_aspect(db: Database, row: ReadingRow, at: int, label: str, now: datetime) -> None:
    """Keep what is right of an aspect; whoever chooses nothing, or what it said at first, takes their word back."""
    one = json.loads(row.result)["aspects"][at]
    if not label or (one["sure"] and label == one["label"]):
        sentiment.withdraw(db, row, user=row.user, aspect=one["aspect"])
    else:
        sentiment.correct(db, row, user=row.user, label=label, at=now, aspect=one["aspect"])


def _register_going_on(app: App, storage: Storage, *, is_ours: bool) -> None:
    @app.action("sentiment_how")
    def how(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        row = find(storage, body)
        if row is None or not row.result:
            tell_gone(respond)
            return
        result = json.loads(row.result)
        page = sentiment_how.modal(
            model=row.model,
            about=result["about"],
            threshold=percent(result["threshold"]),
            days=readings.KEPT.days,
            is_ours=is_ours,
        )
        open_modal(client, body, page)

    @app.action(re.compile(r"sentiment_write_(reply|apology|post)"))
    def write(ack: Ack, body: dict[str, Any], client: WebClient, respond: Any) -> None:
        ack()
        row = find(storage, body)
        if row is None or not row.result:
            tell_gone(respond)
            return
        start = sentiment_copy.brief_of(row, body["actions"][0]["action_id"].rpartition("_")[2])
        channel, user = _channel(body), body["user"]["id"]
        with storage.read() as db:
            rows = brands.of_workspace(db, row.workspace)
        metadata = json.dumps({"channel": channel or user, "response_url": "", "quotes_others": True})
        open_modal(client, body, drafting.modal(start, private=not channel, metadata=metadata, brands=rows))


def _show(
    storage: Storage,
    client: WebClient,
    body: dict[str, Any],
    respond: Any,
    *,
    asking: bool = False,
    is_ours: bool = True,
) -> None:
    """Show the answer as its row is now, where it stands."""
    row, answer = find(storage, body), partial(sentiment_answer.answer, asking=asking, is_ours=is_ours)
    if row is None:
        tell_gone(respond)
    elif "view" in body:
        show_in_modal(client, body["view"]["id"], answer(row, shareable=False))
    else:
        respond(text=sentiment_answer.notice(row), blocks=answer(row), replace_original=True)


def find(storage: Storage, body: dict[str, Any]) -> ReadingRow | None:
    """The reading that a button stands for; None when nothing is kept of it any more."""
    with storage.read() as db:
        row = readings.get(db, value_of(body).partition(":")[0])
    if row is None or not row.user or row.workspace != body["team"]["id"]:
        return None
    # Of what failed or was stopped there is no answer; what is still read may be stopped.
    return row if row.result or row.finished_at is None else None


def value_of(body: dict[str, Any]) -> str:
    """What a button or a choice of a menu stands for; it begins with the reading's id."""
    act = body["actions"][0]
    return str(act["selected_option"]["value"] if "selected_option" in act else act["value"])


def _channel(body: dict[str, Any]) -> str:
    """Where the message is; empty in a modal."""
    return str(body.get("container", {}).get("channel_id") or "")


def tell_gone(respond: Any) -> None:
    """Say that nothing is kept of what a button stands for."""
    # In a modal there is no address to answer to; what is kept for a month outlives any modal.
    if respond.response_url:
        respond(text=GONE.format(days=readings.KEPT.days), replace_original=False, response_type="ephemeral")
