"""`copydesk sentiment correct`: put a label right, of a text here, or of many in the CSV that came back."""

import getpass
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from bot import sentiment_returned, workspaces
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.sentiment_encoding import SourceError
from bot.sentiment_opening import opened
from bot.sentiment_returned import Answer
from bot.settings import Settings
from model.sentiment import EMBEDDED, LABELS, OpenSentiment, SentimentError, open_sentiment
from storage import sentiment as rows
from storage.database import Storage, stamp
from storage.sentiment import ABSENT, ASPECT, TEXT, Check, CorrectionRow

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
"""Of files; those that can't be read are told so, and how to save them."""
QUOTED = 80
FROM_FILE = "a CSV"
"""What stands for the model where a file doesn't say which one it was."""

NO_FILE = "There is no file {name!r}. To put one text right, say how: --label negative."
NOBODY = "This machine doesn't say who you are; name yourself with --user."
ABSENT_ALONE = "--label absent says that an aspect isn't mentioned; name it with --aspect."
ASPECT_ALONE = "--aspect goes with --label; in a CSV each aspect has a column, where its labels are put right."
LABEL_OF_FILE = "{name} is a file, and --label is of one text. Put the labels right in the file, and leave --label out."
NOT_READ = "It was not read, so there is nothing to put right. {why}"
RIGHT_ALREADY = "It is read as {label} already; nothing is kept."
KEPT = "Kept: {about} is {label}, and was read as {was}. {after}"
LEARNT = "`copydesk sentiment train` learns from that."
UNLEARNT = (
    "It counts in how often the model is right; `copydesk sentiment train` teaches only the model that comes with "
    "Copydesk, and COPYDESK_SENTIMENT_MODEL is {model!r}."
)
TAKEN = "Row {row}: {about}{was} → {label}. “{text}”"
NOT_TAKEN = "Row {row}: not taken, for {why}."
DONE = "{taken} kept, {stood} stood as they were. {after}"
NONE_KEPT = "No label was kept; {stood} stand as they were."
NOTHING_CHANGED = "No label was changed in {name}: {stood} stand as they were."
STILL = "Row {row}: {about}{label} still counts, as you said before; to change it, put that text right alone. “{text}”"
SOME_LEFT = "{refused} of {changed} changed labels could not be taken."


def is_meant(arguments: Sequence[str]) -> bool:
    """Whether what follows the word `correct` is this command, and not a comment that begins with it."""
    first = arguments[0] if arguments else "--help"
    flags = any(one == "--label" or one.startswith("--label=") for one in arguments)
    return first.startswith("-") or flags or Path(first).suffix.casefold() in SUFFIXES


def is_file(what: str) -> bool:
    """Whether a file is meant; a text, too, may end in the name of one."""
    if Path(what).suffix.casefold() not in SUFFIXES:
        return False
    return len(what.split()) == 1 or os.path.exists(what)  # noqa: PTH110 - Path's fails where the text is long


@click.command(short_help="Put a label right, of a text or of many in a CSV.")
@click.argument("what", metavar="FILE.csv|TEXT")
@click.option("--label", type=click.Choice([*LABELS, ABSENT]), help="What is right of TEXT.")
@click.option("--aspect", metavar="A", default="", help="Of what in TEXT; of all of it when left out.")
@click.option("--user", metavar="ID", help="Who says so; your name on this machine when left out.")
@click.option("--workspace", metavar="ID", help="Which workspace, where there are several.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def correct(
    what: str, label: str | None, aspect: str, user: str | None, workspace: str | None, *, as_json: bool
) -> None:
    """Say which label is right: of TEXT with --label, or of the rows of a CSV that came back from `--out` or Slack."""
    aspect = aspect.strip()
    _refuse(what, label, aspect)
    with errors_in_one_sentence(), ExitStack() as stack:
        settings = read_settings()
        storage, at = workspaces.open_storage(settings), datetime.now(UTC)
        with storage.read() as db:
            workspace = workspaces.only(db, workspace)
        who, after = user or _login(), _after(settings.copydesk_sentiment_model)
        try:
            if label is None:
                correct_file(storage, workspace, Path(what), user=who, at=at, after=after, as_json=as_json)
                return
            answer, model = _read(settings, workspace, what, aspect, label, stack)
        except (SourceError, SentimentError) as error:
            raise RunError(str(error)) from error
        _correct_text(storage, workspace, answer, model, user=who, at=at, after=after, as_json=as_json)


def _after(model: str) -> str:
    return LEARNT if model in EMBEDDED else UNLEARNT.format(model=model)


def _refuse(what: str, label: str | None, aspect: str) -> None:
    """Raise click's UsageError for what can't be asked."""
    if label == ABSENT and not aspect:
        raise click.UsageError(ABSENT_ALONE)
    if label is None and aspect:
        raise click.UsageError(ASPECT_ALONE)
    if label is not None and is_file(what):
        raise click.UsageError(LABEL_OF_FILE.format(name=what))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise RunError(NOBODY) from error


def _read(
    settings: Settings,
    workspace: str,
    text: str,
    aspect: str,
    label: str,
    stack: ExitStack,
    load: Callable[..., OpenSentiment] = open_sentiment,
) -> tuple[Answer, str]:
    """How the text is read now, beside what is right, and the model's name."""
    model, _ = opened(settings, workspace, stack, load)
    (found,) = model.read([text], (aspect,) if aspect else ())
    if found.feeling is None:
        raise RunError(NOT_READ.format(why=found.skipped))
    felt = found.feeling if not aspect else next((one.feeling for one in found.aspects), None)
    was, share = (felt.shown, felt.probability) if felt else (ABSENT, 0.0)
    return Answer(1, text, aspect, was, label, share), model.name


def _correct_text(
    storage: Storage, workspace: str, answer: Answer, model: str, *, user: str, at: datetime, after: str, as_json: bool
) -> None:
    with storage.write() as db:
        before = rows.said(db, workspace, user=user, text=answer.text, aspect=answer.aspect)
        # Whoever said something else before has changed their mind, and that counts though it is read so by now.
        is_kept = answer.is_changed or before not in ("", answer.label)
        if is_kept:
            rows.keep(db, _row(workspace, answer, model, user=user, at=at))
        rows.check(db, workspace, _source(user, [answer]), _checks([answer]), user=user, at=at)
    if as_json:
        click.echo(json.dumps({"kept": is_kept, **asdict(answer)}, ensure_ascii=False, indent=2))
    elif is_kept:
        click.echo(KEPT.format(about=answer.aspect or "it", label=answer.label, was=answer.was, after=after))
    else:
        click.echo(RIGHT_ALREADY.format(label=answer.label))


def correct_file(
    storage: Storage, workspace: str, path: Path, *, user: str, at: datetime, after: str = LEARNT, as_json: bool = False
) -> None:
    """Keep what was changed in a CSV that came back, and tell line by line; raises SourceError, and RunError at last.

    The second is raised when a change could not be taken; the others are kept.
    """
    if not path.exists():
        raise RunError(NO_FILE.format(name=str(path)))
    answers = list(sentiment_returned.open_file(path).answers())
    changed = [one for one in answers if one.is_changed]
    taken, refused = [one for one in changed if not one.refused], [one for one in changed if one.refused]
    stood = [one for one in answers if not one.is_changed]
    with storage.write() as db:
        still = _still(rows.all_said(db, workspace, user=user), taken, stood)
        for one in taken:
            rows.keep(db, _row(workspace, one, FROM_FILE, user=user, at=at))
        rows.check(db, workspace, _source(user, answers), _checks([*taken, *stood]), user=user, at=at)
    if as_json:
        document: dict[str, Any] = {"kept": [asdict(one) for one in taken], "refused": [asdict(one) for one in refused]}
        document |= {"stood": len(stood), "still": [asdict(one) for one in still]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _tell(path, changed, len(taken), len(stood), after)
        for one in still:
            click.echo(STILL.format(row=one.row, about=_about(one), label=one.label, text=_quoted(one)))
    if refused:
        raise RunError(SOME_LEFT.format(refused=f"{len(refused):,}", changed=f"{len(changed):,}"))


def _still(before: Mapping[tuple[str, str], str], taken: Sequence[Answer], stood: Sequence[Answer]) -> list[Answer]:
    """What a person put right earlier and the file shows as it was read: it may be older, so it takes nothing back."""
    now = {(rows.digest(one.text), one.aspect) for one in taken}
    found: dict[tuple[str, str], Answer] = {}
    for one in stood if before else ():
        key = rows.digest(one.text), one.aspect
        if key not in now and before.get(key, one.label) != one.label:
            found.setdefault(key, replace(one, label=before[key]))
    return list(found.values())


def _tell(path: Path, changed: Sequence[Answer], taken: int, stood: int, after: str) -> None:
    for one in changed:
        about = _about(one)
        if one.refused:
            click.echo(NOT_TAKEN.format(row=one.row, why=f"{about}{one.refused}"), err=True)
        else:
            click.echo(TAKEN.format(row=one.row, about=about, was=one.was, label=one.label, text=_quoted(one)))
    if not changed:
        click.echo(NOTHING_CHANGED.format(name=path.name, stood=_labels(stood)))
    elif not taken:
        click.echo(NONE_KEPT.format(stood=_labels(stood)))
    else:
        click.echo(DONE.format(taken=_labels(taken), stood=f"{stood:,}", after=after))


def _about(one: Answer) -> str:
    return f"{one.aspect}: " if one.aspect else ""


def _quoted(one: Answer) -> str:
    text = " ".join(one.text.split())
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


def _labels(number: int) -> str:
    return "1 label" if number == 1 else f"{number:,} labels"


def _row(workspace: str, one: Answer, model: str, *, user: str, at: datetime) -> CorrectionRow:
    return CorrectionRow(
        workspace=workspace,
        user=user,
        digest=rows.digest(one.text),
        text=one.text,
        was=one.was,
        label=one.label,
        model=model,
        probability=one.probability,
        at=stamp(at),
        aspect=one.aspect,
    )


def _checks(answers: Sequence[Answer]) -> list[Check]:
    """How many labels of each kind were given, and how many of them a person put right."""
    given = Counter((ASPECT if one.aspect else TEXT, one.was) for one in answers)
    wrong = Counter((ASPECT if one.aspect else TEXT, one.was) for one in answers if one.is_changed)
    return [Check(question, label, number, wrong[question, label]) for (question, label), number in given.items()]


def _source(user: str, answers: Sequence[Answer]) -> str:
    """The same for the same labels of the same comments by the same person: a file that comes back twice counts once.

    What was written beside no label, as of an aspect that isn't mentioned, may differ from one time to the next.
    """
    given = [one for one in answers if one.was not in ("", ABSENT)] or answers
    asked = sorted({f"{rows.digest(one.text)} {one.was} {one.aspect}" for one in given})
    return sha256("\n".join([user, *asked]).encode("utf-8", "replace")).hexdigest()
