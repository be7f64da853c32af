"""The command line, and the only place where the parts meet."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from filelock import FileLock, Timeout
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import (
    app,
    digest_commands,
    draft_commands,
    engines,
    learning,
    loading,
    local_slack,
    model_commands,
    privacy_commands,
    round_commands,
    rounds_part,
    schedule,
    sentiment_parts,
    sentiment_train_commands,
    server,
    taste_commands,
    vote_commands,
    workspaces,
)
from bot.command_line import RunError, errors_in_one_sentence, log_to, read_settings
from bot.delivery import Delivery
from bot.desk import Desk
from bot.engines import Source
from bot.intake import Intake
from bot.learning import Learning
from bot.reaching import Clients, build_clients
from bot.refresher import Refresher
from bot.rounds_part import BuildParts
from bot.sentiment_readers import Readers
from bot.settings import WHERE, Settings
from bot.socket_mode import SocketMode
from model.embedding import Vectors
from model.writer import Writer
from storage.database import Storage

MANIFEST = Path(__file__).with_name("manifest.json")
HOST = "127.0.0.1"
OPEN = "Copydesk is open: {url}"
CONNECTED = "Copydesk is connected to {team} as @{name}."
WAITING_FOR_SLACK = "Copydesk waits for Slack at {url}"
IN_USE = "Another Copydesk is running on the data folder {data}. Stop it, or set COPYDESK_DATA to another folder."
PORT_TAKEN = "Port {port} is taken by another program. Set COPYDESK_PORT to a free port."
REFUSED = "Slack refused {name}: {error}. Copy it again from {where}."
UNREACHABLE = "Slack can't be reached at {url}: {reason}. Check the network and SLACK_API_URL."
FIRST_WAIT_SECONDS = 5.0
SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter to itself while others wait; Python's own is ten times as long.

An acknowledgement needs it a few dozen times, and the engine's thread wants it all the while.
"""

logger = logging.getLogger(__name__)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="copydesk")
def main() -> None:
    """A copy desk that lives in Slack and runs on the team's own GPU."""


@main.command("run")
def run_command() -> None:
    """Run the desk: in Slack when tokens are set, else in the playground."""
    with errors_in_one_sentence(), _until_signalled() as stop:
        chosen = read_settings()
        log_to(chosen.copydesk_data)
        run(chosen, say=click.echo, stop=stop)


def run(settings: Settings, *, say: Callable[[str], None], stop: threading.Event) -> None:
    """Run until `stop` is set; `say` tells the one line that a person needs."""
    data = settings.copydesk_data
    sys.setswitchinterval(SWITCH_SECONDS)
    with ExitStack() as stack:
        stack.enter_context(_only_one(data))
        source, is_open = engines.find(settings, stays=True), threading.Event()
        readers = sentiment_parts.open_readers(settings)
        if settings.is_playground:
            writer = loading.load(source, readers, stack, is_open=is_open)  # while the playground starts
            settings, line = _in_playground(settings, stack)
            clients = build_clients(settings.slack_bot_token, settings.slack_api_url)
        else:
            clients = build_clients(settings.slack_bot_token, settings.slack_api_url)
            line = _introduce(clients.patient, settings)
            writer = loading.load(source, readers, stack, is_open=is_open)
        open_desk(settings, clients=clients, source=source, writer=writer, stack=stack, readers=readers)
        say(line)
        is_open.set()
        stop.wait()


def open_desk(
    settings: Settings,
    *,
    clients: Clients,
    source: Source,
    writer: Future[Writer],
    stack: ExitStack,
    first_wait: float = FIRST_WAIT_SECONDS,
    build_parts: BuildParts = round_commands.build_parts,
    readers: Readers | None = None,
) -> Desk:
    """Start everything on a stack: what starts last stops first, so the desk closes while Slack still hears."""
    storage = _open_storage(settings, stack)
    limit, workers = settings.copydesk_queue, settings.copydesk_workers
    desk = Desk(storage, clock=_now, limit=limit, workers=workers, first_wait=first_wait)
    intake = Intake(desk=desk, clock=_now, limit=limit, languages=source.languages, storage=storage)
    tastes = learning.open_tastes(storage, source.vectors, stack)
    refresher = _started(Refresher(clients.patient, storage, judged=tastes.soon), stack)
    rounds = rounds_part.build(settings, storage, clients.patient, _now, source, writer, stack, build_parts)
    readers = readers or sentiment_parts.open_readers(settings)
    felt = sentiment_parts.build(storage, readers, clock=_now, limit=limit, first_wait=first_wait)
    setting, secret = settings.copydesk_training, settings.slack_signing_secret
    learnt = learning.build(storage, tastes, rounds, felt, desk=desk, refresher=refresher, clock=_now, setting=setting)
    bolt = app.build(
        clients.patient, signing_secret=secret, intake=intake, storage=storage, refresher=refresher, learnt=learnt
    )
    _connect(bolt, settings, {"database": storage.is_writable, "model": lambda: loading.is_loaded(writer)}, stack)
    _tick(storage, clients, learnt, stack)
    felt.start(clients, settings.copydesk_data, stack)
    _begin(desk, _delivery(clients, storage, writer, source.vectors, learnt), stack)
    return desk


def _open_storage(settings: Settings, stack: ExitStack) -> Storage:
    storage = Storage(workspaces.database(settings))
    storage.migrate()
    stack.enter_context(storage.kept_open())
    return storage


def _delivery(
    clients: Clients, storage: Storage, writer: Future[Writer], vectors: Vectors | None, learnt: Learning
) -> Delivery:
    """What the desk's workers do: the version that serves writes, and the team's taste chooses."""
    adapter_for, preference_for = learnt.rounds.serving.adapter_for, learnt.tastes.preference
    return Delivery(clients, storage, writer, _now, time.monotonic, vectors, adapter_for, preference_for)


def _begin(desk: Desk, delivery: Delivery, stack: ExitStack) -> None:
    if resumed := desk.start(delivery):
        logger.warning("%d unfinished briefs are resumed.", resumed)
    stack.callback(desk.close)


def _started(refresher: Refresher, stack: ExitStack) -> Refresher:
    refresher.start()
    stack.callback(refresher.close)
    return refresher


def _tick(storage: Storage, clients: Clients, learnt: Learning, stack: ExitStack) -> None:
    """Begin what happens by the clock."""
    clockwork = schedule.build(storage, _now, learning.tasks(learnt, storage, clients, _now))
    clockwork.start()
    stack.callback(clockwork.shutdown)


@contextmanager
def _until_signalled() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set."""
    stop = threading.Event()
    previous = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    """One process owns the queue; the lock ends with the process, however it ends."""
    try:
        with FileLock(data / "desk.lock", timeout=0):
            yield
    except Timeout as taken:
        raise RunError(IN_USE.format(data=data)) from taken


def _in_playground(settings: Settings, stack: ExitStack) -> tuple[Settings, str]:
    """The same settings with a Slack on this laptop: nothing else differs."""
    port = settings.copydesk_playground_port
    playground = local_slack.open_playground(port, manifest=MANIFEST, data=settings.copydesk_data)
    stack.callback(playground.stop)
    local = replace(
        settings,
        slack_bot_token=local_slack.BOT_TOKEN,
        slack_app_token=local_slack.APP_TOKEN,
        slack_api_url=f"{playground.url}/api/",
    )
    return local, OPEN.format(url=playground.url)


def _introduce(client: WebClient, settings: Settings) -> str:
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        raise _refused("SLACK_BOT_TOKEN", error) from error
    except OSError as error:
        raise RunError(UNREACHABLE.format(url=settings.slack_api_url, reason=error)) from error
    if not settings.is_socket_mode:
        return WAITING_FOR_SLACK.format(url=f"http://{HOST}:{settings.copydesk_port}/slack/events")
    return CONNECTED.format(team=answer["team"], name=answer["user"])


def _connect(bolt: App, settings: Settings, probes: dict[str, server.Probe], stack: ExitStack) -> None:
    """Listen for health, and to Slack: by Socket Mode, or on the same server where Slack calls us."""
    if settings.is_socket_mode:
        link = SocketMode(bolt, settings.slack_app_token)
        try:
            link.connect()
        except SlackApiError as error:
            raise _refused("SLACK_APP_TOKEN", error) from error
        stack.callback(link.close)
        web = server.build(None, {"slack": link.is_connected, **probes})
    else:
        web = server.build(bolt, {"slack": lambda: True, **probes})
        stack.callback(bolt.listener_runner.listener_executor.shutdown)
    try:
        listening = server.Server(web, host=HOST, port=settings.copydesk_port)
    except OSError as error:
        raise RunError(PORT_TAKEN.format(port=settings.copydesk_port)) from error
    listening.start()
    stack.callback(listening.stop)


def _refused(name: str, error: SlackApiError) -> RunError:
    answer = error.response.get("error", "no answer that Slack would give")
    return RunError(REFUSED.format(name=name, error=answer, where=WHERE[name]))


def _now() -> datetime:
    return datetime.now(UTC)


for _command in (
    digest_commands.digest,
    draft_commands.draft,
    model_commands.models,
    privacy_commands.privacy,
    round_commands.round_command,
    round_commands.rounds_command,
    round_commands.adapters_group,
    sentiment_train_commands.sentiment,
    taste_commands.taste,
    vote_commands.votes,
):
    main.add_command(_command)


if __name__ == "__main__":
    main(prog_name="copydesk")
