"""`copydesk sentiment train`: learn from corrections, judged before they count; and the commands beside it."""

import json
import os
import signal
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn, TextIO

import click
from tqdm import tqdm

from bot import consent, sentiment_correct_commands, workspaces
from bot.child import Child, ChildFailed, Task
from bot.command_line import RunError, errors_in_one_sentence, log_to, read_settings
from bot.sentiment_commands import sentiment as read_command
from bot.sentiment_version_commands import JSON, WORKSPACE, beginning, promote, rollback, sentences, versions_command
from bot.settings import Settings
from model import fetch
from model import sentiment_versions as versions
from model.finetune import spare_threads
from model.fitting_share import environment
from model.sentiment import EMBEDDED, SHIPPED
from model.sentiment_continuing import Correction, Job, too_few, write_job
from model.sentiment_versions import Version
from storage import sentiment as rows
from storage.database import stamp
from storage.sentiment import CorrectionRow

NAME = "The training of the sentiment model"
NOT_OURS = (
    "COPYDESK_SENTIMENT_MODEL is {model!r}: corrections can only train the model that comes with Copydesk. Leave the "
    "setting empty for that."
)
ONLY_IMPORTED = (
    "COPYDESK_TRAINING is 'imported': only votes from files train here, and corrections don't. Set it to 'ask', and "
    "let an admin switch training on in App Home."
)
NONE_YET = (
    "There are no corrections to learn from: press “Not right?” under an answer and say what would be right, or use "
    "`copydesk sentiment correct`."
)
SPLIT = (
    "There is nothing to learn from yet: of every text that was put right, as many people say one thing as another. "
    "Correct more texts first."
)
LEARNING = "Learning from {count}, beside what it learnt before, for at most {minutes:.0f} minutes…"
PROMOTED = "{name} reads from the next text on. {why}"
REFUSED = "{now} goes on reading, and what was learnt is left. {why}"
LOG = "{error} {log} may say more."
SECONDS = 900.0
UNCOUNTED = "{desc}…"
COUNTED = "{l_bar}{bar:-4}{r_bar}"
"""Shorter than the line, for a terminal writes ^C there: on the next line it would keep the bar from being cleared."""


class ReadsByDefault(click.Group):
    """`copydesk sentiment TEXT…` reads; one word that is the name of a command here, alone or before flags, is that.

    `correct` is one before a file or beside a label, too, and `promote` before one word, the name of a version.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `read` before whatever is to be read."""
        is_command = bool(args) and args[0] in self.commands and all(one.startswith("-") for one in args[1:2])
        if args[:1] == ["correct"]:
            is_command = sentiment_correct_commands.is_meant(args[1:])
        if args[:1] == ["promote"]:
            is_command = is_command or all(one.startswith("-") for one in args[2:3])
        is_own = is_command or args in (["-h"], ["--help"])
        return super().parse_args(ctx, args if is_own else ["read", *args])

    def get_help(self, ctx: click.Context) -> str:
        """How to read, and the commands beside it."""
        read, formatter = self.commands["read"], ctx.make_formatter()
        with click.Context(read, info_name=ctx.info_name, parent=ctx.parent) as reading:
            said = read.get_help(reading)
        self.format_commands(ctx, formatter)
        return f"{said}\n\n{formatter.getvalue().rstrip()}"


@click.command(short_help="Learn from the labels that people put right.")
@WORKSPACE
@JSON
def train(workspace: str | None, as_json: bool) -> None:
    """Let the model learn from the labels that people put right, and read with it when it is better.

    It takes about 20 corrected texts: a quarter of them judges what was learnt from the others. When that isn't better,
    what reads now goes on reading, and the sentence says why.
    """
    with errors_in_one_sentence(), sentences():
        settings = read_settings()
        log_to(settings.copydesk_data)
        if settings.copydesk_sentiment_model not in EMBEDDED:
            raise RunError(NOT_OURS.format(model=settings.copydesk_sentiment_model))
        workspace, lessons = _lessons(settings, workspace)
        if not as_json:
            texts = "1 correction" if len(lessons) == 1 else f"{len(lessons):,} corrections"
            click.echo(LEARNING.format(count=texts, minutes=SECONDS / 60), err=True)
        document = train_on(settings.copydesk_data, workspace, lessons, fetch.fetch_encoder(settings.copydesk_data))
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    sentence = PROMOTED if document["promoted"] else REFUSED
    click.echo(sentence.format(name=document["name"], now=beginning(document["before"]), why=document["reason"]))


sentiment = ReadsByDefault(
    "sentiment",
    commands={
        "read": read_command,
        "correct": sentiment_correct_commands.correct,
        "train": train,
        "promote": promote,
        "rollback": rollback,
        "versions": versions_command,
    },
    help=read_command.help,
)


def agreed(found: Iterable[CorrectionRow]) -> list[Correction]:
    """The label of each text and aspect on which most people agree; where they are split nothing is learnt."""
    said: dict[tuple[str, str], list[CorrectionRow]] = defaultdict(list)
    for row in found:
        said[row.digest, row.aspect.casefold()].append(row)
    lessons = []
    for same in said.values():
        ranked = Counter(row.label for row in same).most_common(2)
        if len(ranked) == 1 or ranked[0][1] > ranked[1][1]:
            lessons.append(Correction(same[-1].text, ranked[0][0], same[-1].aspect))
    return lessons


def _lessons(settings: Settings, wanted: str | None) -> tuple[str, list[Correction]]:
    """The workspace and what may be learnt there; raises RunError when that is nothing."""
    storage = workspaces.open_storage(settings)
    with storage.read() as db:
        workspace = workspaces.only(db, wanted)
        why_not = consent.why_not(db, workspace, settings.copydesk_training)
        found = list(rows.lessons(db, workspace))
    if settings.copydesk_training == "imported":
        raise RunError(ONLY_IMPORTED)
    if why_not:
        raise RunError(why_not)
    lessons = agreed(found)
    if not lessons:
        raise RunError(SPLIT if found else NONE_YET)
    if why_not := too_few(lessons):
        raise RunError(why_not)
    return workspace, lessons


def train_on(
    data: Path,
    workspace: str,
    lessons: list[Correction],
    encoder: Path,
    run: Callable[[Job], dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """Fit, in a process of its own unless `run` does it otherwise, and promote what the gate lets through."""
    before, home = versions.reads(data, workspace)[0], versions.home(data)
    home.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home, prefix="work-") as folder:
        # From the shipped weights each time, so that whoever is forgotten leaves the model with the next training.
        job = Job(
            encoder=encoder.absolute(),
            weights=SHIPPED.absolute(),
            out=(Path(folder) / "candidate").absolute(),
            corrections=tuple(lessons),
            seconds=SECONDS,
            threads=spare_threads(),
            serves=(versions.folder(data, before) or SHIPPED).absolute(),
        )
        done = (run or _run)(job)
        name, verdict = "", str(done["reason"])
        if done["ok"]:
            name = versions.next_name(data)
            made = Version(name, workspace, stamp(datetime.now(UTC)), len(lessons), before, verdict)
            versions.publish(data, job.out, made)
            versions.promote(data, name)
    return {"promoted": bool(done["ok"]), "name": name, "before": before, "corrections": len(lessons), **done}


def _run(job: Job) -> dict[str, Any]:
    asked = job.out.with_suffix(".job.json")
    write_job(job, asked)
    made = environment(os.environ, device="cpu", threads=job.threads)
    command = [sys.executable, "-m", "model.sentiment_continuing", str(asked), "--tethered"]
    # Beside the folder of the job, which goes: who is told that the log explains an error finds it.
    log = job.out.parent.parent / "training.log"
    with progress_bar(sys.stderr) as bar:
        child = Child(Task(NAME, command, made, log, job.seconds), partial(show_progress, bar))
        with _stopped_by_signals(child):
            try:
                return {name: value for name, value in child.run().items() if name != "event"}
            except ChildFailed as error:
                says_nothing = str(log) in str(error) or not log.exists() or not log.stat().st_size
                raise error if says_nothing else ChildFailed(LOG.format(error=error, log=log)) from error


def progress_bar(file: TextIO) -> "tqdm[NoReturn]":
    """A bar that goes with the training, and is drawn on a terminal only."""
    shown: dict[str, Any] = {"disable": not file.isatty(), "file": file, "dynamic_ncols": True, "leave": False}
    return tqdm(desc="preparing", bar_format=UNCOUNTED, unit="step", **shown)


def show_progress(bar: "tqdm[NoReturn]", event: Mapping[str, Any]) -> None:
    """Draw how far the learning is; nobody counts the steps of what comes before and after it."""
    if event["stage"] == "learning":
        if bar.total is None:
            # What went before, the first step and all, says nothing of how long a step takes.
            bar.reset(event["steps"])
            bar.initial = event["step"]
        bar.n, bar.bar_format = event["step"], COUNTED
    else:
        bar.bar_format = UNCOUNTED
    bar.set_description_str(event["stage"])


@contextmanager
def _stopped_by_signals(child: Child) -> Iterator[None]:
    def stop(*_: object) -> None:
        # On another thread: this one may hold what stopping waits for.
        threading.Thread(target=child.stop, daemon=True).start()

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
