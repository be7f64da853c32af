"""`copydesk votes import` and `votes export`: votes and rewrites in a file, a line of JSON each."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import click
from tqdm import tqdm

from bot import rows, vote_lines, workspaces
from bot.command_line import RunError, errors_in_one_sentence, read_settings
from bot.vote_lines import BadLine, Line
from model.checks import characters
from model.formats import FORMATS
from storage import imports, signals
from storage.briefs import BriefRow
from storage.database import Storage, stamp
from storage.drafts import DraftRow
from storage.imports import Act

BATCH = 200
"""Lines in one transaction: a desk that runs beside it waits for a fraction of a second."""

SHOWN = 20
UNREADABLE = "{path} can't be read: {reason}."
EMPTY = "{path} is empty; a line for each vote is expected, as `copydesk votes export` writes them."
NOT_UTF8 = "{path} is UTF-16 text; save it as UTF-8 and import it again."
NOT_TEXT = "{path} is no text: it holds NUL bytes. A file of JSON lines in UTF-8 is expected."
NOTHING_KEPT = "{bad} of {lines} lines can't be used, so with --strict none was imported."
SOME_BAD = "{bad} of {lines} lines can't be used; the other {good} are in."
DONE = "{lines}: {new} new, {known} known before."
NO_FILE = "{path} can't be written: {reason}."
LEFT_OUT = "Left out: {private} asked for in private, {withheld} that somebody does not want learnt from."


Batch = list[tuple[int, bytes]]


@dataclass(slots=True)
class Report:
    """What came of a file; of the bad lines the first `SHOWN` are told, all are counted."""

    lines: int = 0
    new: int = 0
    bad: int = 0
    reasons: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, number: int, reason: str) -> None:
        """Count a bad line."""
        self.bad += 1
        if len(self.reasons) < SHOWN:
            self.reasons.append((number, reason))


@click.group()
def votes() -> None:
    """Votes and rewrites in files."""


@votes.command("import")
@click.argument("path", metavar="F.jsonl", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Import nothing when a line can't be used.")
@click.option("--workspace", metavar="ID", help="Whose votes they are; may be left out when there is one workspace.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_command(path: Path, strict: bool, workspace: str | None, as_json: bool) -> None:
    """Import votes and rewrites from F.jsonl; importing a file again changes nothing."""
    with errors_in_one_sentence():
        storage = workspaces.open_storage(read_settings())
        if workspace is None:
            with storage.read() as db:
                workspace = workspaces.only(db, None, may_be_new=True)
        report = import_file(storage, path, workspace=workspace, strict=strict, now=datetime.now(UTC))
        _tell(report, as_json=as_json, is_kept=not (strict and report.bad))
        if report.bad:
            good = report.lines - report.bad
            words = NOTHING_KEPT if strict else SOME_BAD
            raise RunError(words.format(bad=report.bad, lines=report.lines, good=good))


@votes.command("export")
@click.option("--out", metavar="F.jsonl", type=click.Path(path_type=Path), help="A file; else the terminal.")
@click.option("--workspace", metavar="ID", help="May be left out when there is one workspace.")
def export_command(out: Path | None, workspace: str | None) -> None:
    """Export votes and rewrites, a line each; private ones and those of people who said no stay here."""
    with errors_in_one_sentence():
        storage = workspaces.open_storage(read_settings())
        with storage.read() as db:
            workspace = workspaces.only(db, workspace)
            everything = len(signals.of_workspace(db, workspace, learnable=False))
            learnable = signals.of_workspace(db, workspace)
        shown = [row for row in learnable if not row.private]
        lines = (vote_lines.to_json(row, rows.to_signal(row).brief) for row in shown if row.value or row.edited)
        _write(lines, out)
        private, withheld = len(learnable) - len(shown), everything - len(learnable)
    if private or withheld:
        click.echo(LEFT_OUT.format(private=private, withheld=withheld), err=True)


def import_file(storage: Storage, path: Path, *, workspace: str, strict: bool, now: datetime) -> Report:
    """Read a file of votes, however long, and keep its lines; raises RunError for a file that is none.

    With `strict` the file is read once before anything is kept.
    """

    def check(batch: Batch, report: Report) -> None:
        for _ in _parsed(batch, report, now):
            pass

    def keep(batch: Batch, report: Report) -> None:
        with storage.write() as db:
            for line in _parsed(batch, report, now):
                brief, draft, act = _as_rows(line, workspace)
                report.new += imports.keep(db, brief, draft, act, known=known, now=now)

    if strict and (report := _go_through(path, check)).bad:
        return report
    with storage.read() as db:
        known = imports.written_here(db, workspace)
    return _go_through(path, keep)


def _go_through(path: Path, work: Callable[[Batch, Report], None]) -> Report:
    """Read a file in batches, with a progress bar on a terminal."""
    report = Report()
    try:
        size = path.stat().st_size
        with (
            path.open("rb") as file,
            tqdm(total=size, desc=path.name, unit="B", unit_scale=True, file=sys.stderr, disable=None) as bar,
        ):
            _refuse_other_files(path, file)
            numbered = vote_lines.lines(file)
            while batch := list(islice(numbered, BATCH)):
                report.lines += len(batch)
                work(batch, report)
                bar.update(file.tell() - bar.n)
    except OSError as error:
        raise RunError(UNREADABLE.format(path=path, reason=error.strerror)) from error
    if not report.lines:
        raise RunError(EMPTY.format(path=path))
    return report


def _refuse_other_files(path: Path, file: BinaryIO) -> None:
    """Say at once what would make every line a bad one."""
    begins = file.read(4096)
    file.seek(0)
    if begins.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RunError(NOT_UTF8.format(path=path))
    if b"\0" in begins:
        raise RunError(NOT_TEXT.format(path=path))


def _parsed(batch: Batch, report: Report, now: datetime) -> Iterator[Line]:
    for number, raw in batch:
        try:
            line = vote_lines.parse(raw, now=now)
        except BadLine as bad:
            report.refuse(number, str(bad))
        else:
            yield line


def _as_rows(line: Line, workspace: str) -> tuple[BriefRow, DraftRow, Act]:
    """A line as the desk keeps briefs, drafts and what people do with them; nobody is known to have asked for it."""
    brief = rows.from_brief(line.brief, workspace=workspace, channel="", user="", at=line.at, private=line.private)
    at = stamp(line.at)
    brief = replace(brief, id=imports.brief_id(brief), status="done", finished_at=at)
    draft = DraftRow(
        id=imports.draft_id(brief, line.text),
        workspace=workspace,
        brief=brief.id,
        variant=0,
        text=line.text,
        characters=characters(line.text, FORMATS[brief.format]),
        checks=(),
        taste=0.0,
        model="",
        adapter=line.adapter,
        written_at=at,
        rank=line.rank,
        propensity=line.propensity,
        imported=True,
    )
    return brief, draft, Act(line.user, line.value, line.reason, line.edited, line.at)


def _tell(report: Report, *, as_json: bool, is_kept: bool) -> None:
    """Say what came of it: the document or the sum on stdout, the bad lines on stderr."""
    known = report.lines - report.bad - report.new if is_kept else 0
    if as_json:
        reasons = [{"line": number, "reason": reason} for number, reason in report.reasons]
        document = {"lines": report.lines, "new": report.new, "known": known, "bad": report.bad, "reasons": reasons}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for number, reason in report.reasons:
        click.echo(f"Line {number}: {reason}.", err=True)
    if report.bad > len(report.reasons):
        click.echo(f"… and {report.bad - len(report.reasons):,} more.", err=True)
    if is_kept:
        lines = f"{report.lines:,} line{'' if report.lines == 1 else 's'}"
        click.echo(DONE.format(lines=lines, new=report.new, known=known))


def _write(lines: Iterable[str], out: Path | None) -> None:
    if out is None:
        for line in lines:
            click.echo(line)
        return
    try:
        with out.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise RunError(NO_FILE.format(path=out, reason=error.strerror)) from error
