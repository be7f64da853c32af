"""`copydesk sentiment train`: only where it may, from what people agree on, and what is better reads."""

import json
import os
import pty
import termios
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from bot import consent as switch
from bot import sentiment_train_commands as commands
from bot import sentiment_version_commands
from bot.__main__ import main
from bot.child import ChildFailed
from bot.command_line import RunError
from bot.sentiment_opening import READS, SHIPPED_READS, opened
from bot.settings import Settings
from model import sentiment_versions as versions
from model.sentiment import SHIPPED
from model.sentiment_continuing import Correction, Job
from model.sentiment_versions import Version
from storage import consent, readings, sentiment
from storage.database import Storage, stamp
from storage.readings import ReadingRow
from tests.desk_rows import NOON, WORKSPACE
from tests.fake_sentiment import FakeSentiment

BETTER = "It is right on 6 of 7 held-out corrections instead of 3."


@pytest.fixture
def storage(storage: Storage, data: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    monkeypatch.setenv("COPYDESK_DATA", str(data))
    return storage


def add_correction(storage: Storage, workspace: str = WORKSPACE) -> None:
    row = ReadingRow(
        f"r-{workspace}", workspace, "U0ANA", "C0LAUNCH", "text", stamp(NOON), text="Slow again", label="positive"
    )
    with storage.write() as db:
        readings.insert(db, row)
        sentiment.correct(db, row, user="U0ANA", label="negative", at=NOON)


def allow(storage: Storage) -> None:
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=NOON)


def train(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["sentiment", "train", *arguments])
    return done.exit_code, done.output


def test_nothing_is_learnt_before_an_admin_has_allowed_training(storage: Storage) -> None:
    add_correction(storage)

    assert train() == (1, f"Error: {switch.NOT_ON}\n")


def test_nothing_is_learnt_where_only_imported_files_may_teach(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_correction(storage)
    monkeypatch.setenv("COPYDESK_TRAINING", "imported")

    assert train() == (1, f"Error: {commands.ONLY_IMPORTED}\n")


def test_without_corrections_it_says_how_to_make_them(storage: Storage) -> None:
    allow(storage)
    add_correction(storage)
    with storage.write() as db:
        consent.object_to_learning(db, WORKSPACE, user="U0ANA", at=NOON)

    assert train("--json") == (1, f"Error: {commands.NONE_YET}\n")


def test_a_split_is_no_lack_of_corrections(storage: Storage) -> None:
    """It was said that nobody had put a label right."""
    allow(storage)
    with storage.write() as db:
        for user, label in (("U0ANA", "negative"), ("U0BEN", "neutral")):
            row = ReadingRow(f"r-{user}", WORKSPACE, user, "C0", "text", stamp(NOON), text="Well", label="positive")
            readings.insert(db, row)
            sentiment.correct(db, row, user=user, label=label, at=NOON)

    assert train() == (1, f"Error: {commands.SPLIT}\n")


def test_three_corrections_are_too_few_and_it_says_how_many_are_missing(storage: Storage) -> None:
    allow(storage)
    add_correction(storage)

    code, said = train()

    assert code == 1
    assert said.startswith("Error: 1 correction is too few to learn from. About a quarter of the corrected texts judge")
    assert "Learning" not in said, "nothing was begun"


def test_why_a_training_broke_off_stays_in_its_log(data: Path) -> None:
    """The sentence spoke of a log, and the log was gone with the folder of the job."""
    versions.home(data).mkdir(parents=True)
    learnt = tuple(Correction(f"{at}", "neutral") for at in range(20))
    with TemporaryDirectory(dir=versions.home(data)) as folder:
        job = Job(data / "none", data / "none", Path(folder) / "candidate", learnt)
        with pytest.raises(ChildFailed) as failed:
            commands._run(job)

    log = versions.home(data) / "training.log"
    assert str(failed.value).endswith(commands.LOG.format(error="", log=log))
    assert "Traceback" in log.read_text("utf-8")


def drawn(stages: Iterable[tuple[str, int]], columns: int = 60) -> list[str]:
    """What a training with these stages and steps writes to a terminal, from one return of the carriage to the next."""
    terminal, ours = pty.openpty()
    termios.tcsetwinsize(ours, (24, columns))
    with os.fdopen(ours, "w", encoding="utf-8") as file, os.fdopen(terminal, "rb") as screen:
        with commands.progress_bar(file) as bar:
            # As if preparing had taken an hour.
            bar.start_t -= 3600
            for stage, step in stages:
                commands.show_progress(bar, {"stage": stage, "step": step, "steps": 8})
        file.write("END")
        file.flush()
        found = b""
        while not found.endswith(b"END"):
            found += screen.read1()
    return found.decode().removesuffix("END").split("\r")


def test_the_bar_counts_only_what_is_counted_and_leaves_nothing_behind() -> None:
    """It began with “0step”, told how long all takes by how long preparing took, and stood at 100 % for the rest."""
    lines = [line.strip() for line in drawn([*(("learning", step) for step in range(1, 9)), ("judging", 8)])]

    counted = [line for line in lines if line.startswith("learning")]
    assert lines[1] == "preparing…"
    assert counted[0].startswith("learning:  12%|")
    assert counted[0].endswith("1/8 [00:00<?, ?step/s]")
    assert counted[-1].startswith("learning: 100%|")
    assert not [line for line in counted if "[00:00<" not in line], "the hour is not among it"
    assert lines[-3:] == ["judging…", "", ""]


def test_there_is_room_beside_the_bar_for_what_a_terminal_writes_of_ctrl_c() -> None:
    """On the next line it kept the bar from being cleared."""
    lines = drawn([("learning", step) for step in range(1, 5)])

    widths = [len(line) for line in lines if line.startswith("learning")]
    assert widths
    assert max(widths) <= 60 - len("^C") - 1
    assert not lines[-2].strip()


def test_the_commands_beside_reading_are_told_in_a_line(data: Path) -> None:
    """Their sentences were cut off in the midst."""
    done = CliRunner().invoke(main, ["sentiment", "--help"])

    listed = done.output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == ["correct", "promote", "read", "rollback", "train", "versions"]
    assert all(line.endswith(".") and not line.endswith("...") for line in listed)


def test_somebody_elses_model_is_not_trained(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SENTIMENT_MODEL", "someone/model")

    assert train() == (1, f"Error: {commands.NOT_OURS.format(model='someone/model')}\n")


def test_one_word_is_a_command_and_a_sentence_that_begins_with_it_is_a_comment(storage: Storage) -> None:
    told = CliRunner().invoke(main, ["sentiment", "train", "was", "late", "--explain", "--column", "x"])

    assert "--column needs --file" in told.output


def fitting(*, ok: bool, serves: Path = SHIPPED) -> Any:
    """What a process would do, at once."""

    def run(job: Job) -> dict[str, Any]:
        assert job.weights == SHIPPED.absolute()
        assert job.serves == serves.absolute()
        assert job.corrections == (Correction("Slow again", "negative"),)
        job.out.mkdir()
        for name in versions.WEIGHTS:
            (job.out / name).write_text(name)
        return {"ok": ok, "reason": BETTER, "steps": 3}

    return run


def test_what_the_gate_lets_through_reads_and_can_be_taken_back(storage: Storage, data: Path) -> None:
    add_correction(storage)
    document = commands.train_on(data, WORKSPACE, [Correction("Slow again", "negative")], data, fitting(ok=True))

    assert (document["promoted"], document["name"], document["before"]) == (True, "v0001", versions.HOUSE)
    assert versions.reads(data, WORKSPACE) == ("v0001", "")
    listed = json.loads(CliRunner().invoke(main, ["sentiment", "versions", "--json"]).output)
    assert (listed["reads"], listed["versions"][0]["verdict"]) == ("v0001", BETTER)
    assert sorted(one.name for one in versions.home(data).iterdir() if one.is_dir()) == ["v0001"]
    back = CliRunner().invoke(main, ["sentiment", "rollback"])
    assert back.output == f"{sentiment_version_commands.BACK.format(name='House')}\n"
    again = CliRunner().invoke(main, ["sentiment", "rollback"])
    assert (again.exit_code, again.output) == (1, f"Error: {versions.NOWHERE.format('house')}\n")


def test_a_candidate_is_judged_beside_what_reads_in_its_workspace_now(storage: Storage, data: Path) -> None:
    """It was once judged beside the shipped weights, so that a worse version could take a better one's place."""
    lesson = [Correction("Slow again", "negative")]
    for number, serves in enumerate((SHIPPED, versions.home(data) / "v0001")):
        made = commands.train_on(data, WORKSPACE, lesson, data, fitting(ok=True, serves=serves))
        assert made["name"] == f"v{number + 1:04}"

    refused = commands.train_on(data, WORKSPACE, lesson, data, fitting(ok=False, serves=versions.home(data) / "v0002"))
    versions.rollback(data, WORKSPACE)
    after = commands.train_on(data, WORKSPACE, lesson, data, fitting(ok=False, serves=versions.home(data) / "v0001"))
    other = commands.train_on(data, "T0OTHER", lesson, data, fitting(ok=False))

    assert [refused["before"], after["before"], other["before"]] == ["v0002", "v0001", versions.HOUSE]


def add_version(data: Path, workspace: str) -> None:
    made = data / "made"
    made.mkdir(exist_ok=True)
    for name in versions.WEIGHTS:
        (made / name).write_text(name)
    name = versions.next_name(data)
    versions.publish(data, made, Version(name, workspace, "2026-11-23", 7, versions.HOUSE, BETTER))
    versions.promote(data, name)


def reading(data: Path, workspace: str | None = None) -> tuple[list[Path | None], str]:
    """The weights that the terminal loads, and what it says of them."""
    loaded: list[Path | None] = []

    def load(*_: object, weights: Path | None, **__: object) -> FakeSentiment:
        loaded.append(weights)
        return FakeSentiment()

    with ExitStack() as stack:
        _, note = opened(Settings(copydesk_data=data), workspace, stack, load)
    return loaded, note


def test_versions_and_the_way_back_are_a_workspaces_own(storage: Storage, data: Path) -> None:
    def run(*arguments: str) -> str:
        return CliRunner().invoke(main, ["sentiment", *arguments]).output

    assert run("versions") == f"{sentiment_version_commands.NO_VERSIONS}\n"
    for workspace in (WORKSPACE, "T0OTHER"):
        add_correction(storage, workspace)
        add_version(data, workspace)

    assert "name one with --workspace" in run("versions")
    assert "name one with --workspace" in run("rollback")
    assert run("versions", "--workspace", WORKSPACE).startswith("v0001  2026-11-23  7 corrections  reads\n")
    assert run("rollback", "--workspace", WORKSPACE) == f"{sentiment_version_commands.BACK.format(name='House')}\n"
    assert json.loads(run("versions", "--json", "--workspace", "T0OTHER"))["reads"] == "v0002"
    assert json.loads(run("versions", "--json", "--workspace", WORKSPACE))["reads"] == versions.HOUSE


def test_the_terminal_reads_with_the_version_of_the_only_workspace_and_says_so(storage: Storage, data: Path) -> None:
    assert reading(data) == ([None], "")
    add_correction(storage)
    add_version(data, WORKSPACE)

    told = READS.format(name="counted words · v0001", workspace=WORKSPACE)
    assert reading(data) == ([versions.home(data) / "v0001"], told)
    add_correction(storage, "T0OTHER")
    assert reading(data) == ([None], SHIPPED_READS)
    assert reading(data, WORKSPACE) == ([versions.home(data) / "v0001"], told)
    assert reading(data, "T0OTHER") == ([None], "")
    with pytest.raises(RunError, match="is not known here"):
        reading(data, "T0NONE")


def test_what_is_not_better_does_not_read(storage: Storage, data: Path) -> None:
    document = commands.train_on(data, WORKSPACE, [Correction("Slow again", "negative")], data, fitting(ok=False))

    assert (document["promoted"], document["name"]) == (False, "")
    assert versions.reads(data, WORKSPACE) == (versions.HOUSE, "")
    assert versions.listed(data) == []
