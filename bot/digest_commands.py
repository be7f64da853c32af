"""`copydesk digest`: show a week's digest in the terminal, or post it now."""

import re
import time as clock_time
from datetime import UTC, datetime, time
from pathlib import Path

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import digest_chart, digest_learned, local_slack, weeks, workspaces
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.desk import SlackUnavailable
from bot.digest import Outcome, Poster, Target
from bot.digest_content import Digest, Places, gather
from bot.digest_learned import Knows
from bot.digest_places import NoPlaces, SlackPlaces
from bot.digest_text import to_text
from bot.digest_words import appointment
from bot.engines import Encoder
from bot.reaching import build_clients, reaching_slack
from bot.settings import Settings
from bot.tastes import Tastes
from bot.weeks import Appointment, Week
from model.packages import ENCODER
from storage import digests
from storage.database import Storage
from storage.sqlite import Database

CALENDAR = Appointment(0, time(0), "UTC")
"""The weeks of a channel that nobody has subscribed: ISO weeks, in UTC."""

CHANNEL = re.compile(r"[CG][A-Z0-9]+")
NO_CHANNEL = (
    "--channel is {channel!r}; give the channel's id, such as C0123ABCD (in Slack: its name, About, at the end)."
)
NO_WEEK = "--week is {week!r}; write a week as its year and number, such as 2026-W47."
TO_COME = "--week is {week!r}, which has not begun."
NOBODY = "No channel has subscribed. Name one with --channel, or type `/copy digest here` in it."
NO_SLACK = "Slack can't be reached, so drafts of other channels are left out, and none has a link."
CANT_POST = "Slack can't be reached at {url}. Nothing was posted."
NOTHING_TO_DRAW = "There is nothing to draw: no votes."
WRITTEN = "The chart is in {path}."
NO_FILE = "{path} can't be written: {reason}."
SAID: dict[Outcome, str] = {
    "posted": "Posted the digest of {week} in {channel}.",
    "updated": "The digest of {week} in {channel} shows the numbers of now.",
}
NOT_POSTED: dict[Outcome, str] = {
    "taken": "The digest of {week} for {channel} is being posted by another process.",
    "refused": "The digest of {week} could not be posted in {channel}: {reason}.",
    "unsure": "Nobody knows whether the digest of {week} stands in {channel}: {reason} Look there, then try again.",
}


@click.command("digest")
@click.option("--channel", metavar="C", help="The channel's id; else every subscribed channel.")
@click.option("--week", metavar="2026-W47", help="The ISO week; else the last that ended.")
@click.option("--workspace", metavar="ID", help="May be left out when there is one workspace.")
@click.option("--dry-run", is_flag=True, help="Print it and post nothing.")
@click.option("--chart", metavar="F.png", type=click.Path(path_type=Path), help="With --dry-run: write the picture.")
def digest(channel: str | None, week: str | None, workspace: str | None, dry_run: bool, chart: Path | None) -> None:
    """Post the weekly digest now; a digest that was posted before is brought up to date."""
    if chart is not None and not dry_run:
        raise click.UsageError("--chart goes with --dry-run.")
    if channel is not None and not CHANNEL.fullmatch(channel):
        raise click.UsageError(NO_CHANNEL.format(channel=channel))
    with errors_in_one_sentence():
        settings = read_settings()
        storage = workspaces.open_storage(settings)
        with storage.read() as db:
            workspace = workspaces.only(db, workspace)
            targets = _targets(db, workspace, channel, dry_run=dry_run)
        chosen = [(target, _week(target, week)) for target in targets]
        client, knows = _client(settings), _knows(settings, storage, workspace)
        if not dry_run:
            _post(Poster(storage, client, _now, knows, clock_time.sleep), chosen)
            return
        places = _places(client)
        with storage.read() as db:
            for target, week_of in chosen:
                _show(_gather(db, target, week_of, places, knows), workspace, chart)


def _targets(db: Database, workspace: str, channel: str | None, *, dry_run: bool) -> list[Target]:
    if channel is not None:
        return [Target(workspace, channel, digests.subscription(db, workspace, channel))]
    found = [Target(workspace, row.channel, row) for row in digests.subscriptions(db, workspace)]
    if found:
        return found
    if not dry_run:
        raise RunError(NOBODY)
    return [Target(workspace, "", None)]


def _week(target: Target, name: str | None) -> Week:
    """The week that was named, or the last that has ended, as this channel's digest tells it."""
    calendar = appointment(target.subscription) if target.subscription else CALENDAR
    if name is None:
        return weeks.ending(weeks.latest(calendar, _now()))
    try:
        found = weeks.named(name, calendar)
    except ValueError as error:
        raise click.UsageError(NO_WEEK.format(week=name)) from error
    if found.start > _now():
        raise click.UsageError(TO_COME.format(week=name))
    return found


def _knows(settings: Settings, storage: Storage, workspace: str) -> Knows:
    """What a running desk's own digest would tell; the encoder is used where it has been fetched."""
    is_there = (settings.copydesk_data / "models" / ENCODER.folder).is_dir()
    tastes = Tastes(storage, Encoder(settings.copydesk_data).vectors if is_there else None)
    tastes.learn(workspace)
    return digest_learned.from_rows(storage, tastes.sentences)


def _client(settings: Settings) -> WebClient:
    """Slack, or the playground that a running desk has opened."""
    if settings.is_playground:
        url = f"http://127.0.0.1:{settings.copydesk_playground_port}/api/"
        return build_clients(local_slack.BOT_TOKEN, url).patient
    return build_clients(settings.slack_bot_token, settings.slack_api_url).patient


def _places(client: WebClient) -> Places:
    try:
        with reaching_slack():
            client.auth_test()
    except (SlackApiError, SlackUnavailable):
        click.echo(NO_SLACK, err=True)
        return NoPlaces()
    return SlackPlaces(client)


def _gather(db: Database, target: Target, week: Week, places: Places, knows: Knows) -> Digest:
    learned = knows(target.workspace, week)
    place = (target.workspace, target.channel)
    return gather(db, *place, week, places=places, learned=learned, subscription=target.subscription)


def _show(shown: Digest, workspace: str, chart: Path | None) -> None:
    click.echo(to_text(shown, workspace))
    if chart is None:
        return
    picture = digest_chart.draw(shown)
    if picture is None:
        click.echo(NOTHING_TO_DRAW, err=True)
        return
    try:
        chart.write_bytes(picture)
    except OSError as error:
        raise RunError(NO_FILE.format(path=chart, reason=error.strerror)) from error
    click.echo(WRITTEN.format(path=chart), err=True)


def _post(poster: Poster, chosen: list[tuple[Target, Week]]) -> None:
    for target, week in chosen:
        where = {"week": week.name, "channel": target.channel}
        try:
            outcome = poster.post_again(target, week)
        except SlackUnavailable as error:
            raise RunError(CANT_POST.format(url=poster.client.base_url)) from error
        except SlackApiError as error:
            raise RunError(NOT_POSTED["refused"].format(**where, reason=error.response["error"])) from error
        if outcome in SAID:
            click.echo(SAID[outcome].format(**where))
            continue
        with poster.storage.read() as db:
            known = digests.digest(db, target.workspace, target.channel, week.name)
        raise RunError(NOT_POSTED[outcome].format(**where, reason=known.reason if known else ""))


def _now() -> datetime:
    return datetime.now(UTC)
