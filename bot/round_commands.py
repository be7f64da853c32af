"""`copydesk round`, `rounds` and `adapters`: fit and judge from the terminal, see what was decided, and go back."""

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from tqdm import tqdm

from bot import consent, learner, round_room, round_steps, round_words, workspaces
from bot import rounds as round_
from bot.command_line import RunError, errors_in_one_sentence, log_to, read_settings
from bot.fitting import Fitting, Progress
from bot.judging import Judging
from bot.round_parts import Parts, Pause, RoundWaits
from bot.rounds import RoundCut
from bot.settings import Settings
from bot.trials import Trials
from model import adapters
from model.adapters import AdapterError
from model.fingerprint import Base
from storage import rounds as rows
from storage.database import Storage

CUT = "The round was cut off. `copydesk round` goes on from here."
WAITS = "{reason} The round has begun, and the desk goes on with it at the quiet hour of any day."
PROMOTED = "{name} writes from the next brief on."
BACK = "{name} writes again, from the next brief on."
SHOWN = 10

WORKSPACE = click.option("--workspace", metavar="ID", help="Which workspace, where there are several.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.command("round")
@click.option("--dry-run", is_flag=True, help="Only say what a round would learn from.")
@click.option(
    "--promote", is_flag=True, help="Let what passes write at once, without a trial on a share of the briefs."
)
@WORKSPACE
@JSON
def round_command(dry_run: bool, promote: bool, workspace: str | None, as_json: bool) -> None:
    """Fine-tune on what people thought of drafts, judge the result, and put it on trial when it is better."""
    with errors_in_one_sentence():
        settings = read_settings()
        log_to(settings.copydesk_data)
        storage = workspaces.open_storage(settings)
        with storage.read() as db:
            chosen = workspaces.only(db, workspace)
            if forbidden := consent.why_not(db, chosen, settings.copydesk_training):
                raise RunError(forbidden)
        parts = build_parts(settings, storage)
        document, text = _preview(parts, chosen) if dry_run else _run(parts, chosen, trial=not promote)
        click.echo(_json(document) if as_json else text)
        if document["verdict"] == "failed":
            raise SystemExit(1)


@click.command("rounds")
@click.option("--limit", type=click.IntRange(1), default=SHOWN, show_default=True, help="How many, newest first.")
@WORKSPACE
@JSON
def rounds_command(limit: int, workspace: str | None, as_json: bool) -> None:
    """The rounds so far, each with its verdict."""
    with errors_in_one_sentence():
        storage = workspaces.open_storage(read_settings())
        with storage.read() as db:
            found = rows.recent(db, workspaces.only(db, workspace), limit)
    if as_json:
        click.echo(_json([round_words.document(row) for row in found]))
    else:
        click.echo("\n\n".join(map(round_words.lines, found)) or round_words.NO_ROUNDS)


@click.group("adapters")
def adapters_group() -> None:
    """What rounds have fitted, and which of it writes."""


@adapters_group.command("list")
@JSON
def list_command(as_json: bool) -> None:
    """Every adapter, what it was made from, and whether it writes, is on trial or can't be used."""
    with errors_in_one_sentence():
        settings = read_settings()
        with workspaces.open_storage(settings).read() as db:
            tried = rows.candidates(db)
        found = adapters.listed(settings.copydesk_data, learner.base_of(settings))
        serves = adapters.current(settings.copydesk_data)
    if as_json:
        click.echo(_json([round_words.listing(one, tried) for one in found]))
    else:
        click.echo(round_words.table(found, tried, serves=serves))


@adapters_group.command("promote")
@click.argument("name")
def promote_command(name: str) -> None:
    """Let the adapter NAME, or `house`, write from now on; a running desk needs no restart."""
    with errors_in_one_sentence(), _adapter_errors():
        settings = read_settings()
        base = learner.base_of(settings)
        adapters.promote(settings.copydesk_data, name, base)
        _end_trials(settings, base)
        click.echo(PROMOTED.format(name=name))


@adapters_group.command("rollback")
@WORKSPACE
def rollback_command(workspace: str | None) -> None:
    """Let what wrote for a workspace before write for it again; a running desk needs no restart."""
    with errors_in_one_sentence(), _adapter_errors():
        settings = read_settings()
        base = learner.base_of(settings)
        with workspaces.open_storage(settings).read() as db:
            chosen = workspaces.only(db, workspace)
        name = adapters.rollback(settings.copydesk_data, base, workspace=chosen)
        _end_trials(settings, base)
        click.echo(BACK.format(name=name))


def _end_trials(settings: Settings, base: Base | None) -> None:
    """End the trials against what served until now."""
    storage = workspaces.open_storage(settings)
    trials = Trials(storage, settings.copydesk_data, lambda: datetime.now(UTC), base, settings.copydesk_training)
    with storage.read() as db:
        known = rows.workspaces(db)
    for workspace in known:
        trials.notice(workspace)


def build_parts(settings: Settings, storage: Storage, pause: Pause | None = None) -> Parts:
    """What rounds need, from the settings; `pause` is for the process that serves."""
    return Parts(
        storage=storage,
        data=settings.copydesk_data,
        clock=lambda: datetime.now(UTC),
        setting=settings.copydesk_training,
        learner=lambda: learner.find(settings),
        fit=Fitting,
        measure=Judging,
        room=round_room.in_the_desk if pause else round_room.beside_the_desk,
        pause=pause,
        gpus=lambda: round_room.gpus(settings.copydesk_gpus, settings.copydesk_device),
        device=settings.copydesk_device,
    )


def _preview(parts: Parts, workspace: str) -> tuple[dict[str, Any], str]:
    report = round_.preview(parts, workspace).collected.report
    return round_words.previewed(report.as_json(), report.missing), report.as_text()


def _run(parts: Parts, workspace: str, *, trial: bool) -> tuple[dict[str, Any], str]:
    with _interrupted() as stop, tqdm(disable=not sys.stderr.isatty(), file=sys.stderr, unit="step") as bar:

        def tell(progress: Progress) -> None:
            bar.total, bar.n = progress.steps, progress.step
            bar.set_description(round_steps.in_words(progress))

        try:
            row = round_.run(parts, workspace, asked_by=round_steps.BY_HAND, stop=stop, trial=trial, tell=tell)
        except RoundCut as error:
            raise RunError(CUT) from error
        except RoundWaits as error:
            raise RunError(WAITS.format(reason=error)) from error
    return round_words.document(row), round_words.lines(row)


@contextmanager
def _interrupted() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set, for a round to be cut off cleanly."""
    stop = threading.Event()
    previous = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


@contextmanager
def _adapter_errors() -> Iterator[None]:
    try:
        yield
    except AdapterError as error:
        raise RunError(str(error)) from error


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)
