"""A whole round in the running desk: people vote, it learns, is judged and promoted, writes, and is taken back."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot import engines, round_commands, round_words
from bot.__main__ import main
from bot.engines import Source
from bot.fitting import Fitting
from bot.judging import Judging
from bot.learner import Learner
from bot.pausing import PausingEngine
from bot.round_parts import Parts, Pause
from bot.settings import Settings
from model.engine import open_engine
from model.fetch import fetch_embedded
from model.suite import SUITE
from storage import rounds
from storage.database import Storage
from storage.rounds import RoundRow
from tests import tiny
from tests.running_bot import RunningBot
from tests.team import add_votes
from tests.thread_reading import opener, shown, wait_for_drafts
from tests.visitor import Visitor

SHORT = ("tweet", "sms", "push", "slogan", "google-ad", "meta-description", "facebook-ad", "tiktok")
OPT_IN = "COPYDESK_TEST_ROUND"
PATIENCE = 120.0  # it takes a tenth of that on cores that do nothing else


@dataclass(frozen=True)
class Tiny:
    """A tiny model with a tiny house adapter; it learns faster than a large one may, from fewer briefs."""

    base: Path
    house: Path
    suite: Path

    def source(self) -> Source:
        merged = ("house", self.house)
        engine = PausingEngine(lambda: open_engine(self.base, device="cpu", slots=4, merged=merged))
        return Source(lambda: engine, self.base, "house", None, None)

    def parts(self, settings: Settings, storage: Storage, pause: Pause | None) -> Parts:
        return replace(
            round_commands.build_parts(settings, storage, pause),
            learner=lambda: Learner(self.base, self.house, frozenset({"en"})),
            fit=lambda job, tell: Fitting(replace(job, rate=1e-3), tell),
            measure=lambda job, tell: Judging(replace(job, suite=self.suite), tell),
        )


@pytest.fixture
def small(tmp_path: Path) -> Tiny:
    base = tmp_path / "tiny"
    tiny.llama(context=2048).save_pretrained(base)
    tiny.tokenizer().save_pretrained(base)
    suite = tmp_path / "suite.jsonl"
    lines = SUITE.read_text("utf-8").splitlines(keepends=True)
    suite.write_text("".join(line for line in lines if json.loads(line)["format"] in SHORT), "utf-8")
    # A random model of this seed writes twins of like length, with and without what the votes taught.
    return Tiny(base, tiny.adapter(tmp_path / "house", seed=4), suite)


def ask(page: Visitor, count: int) -> tuple[dict[str, Any], str]:
    """Type the next brief of so many; returns its draft, and who wrote it as its opener says."""
    page.type(f"/copy slogan for Fresh bread number {count} --variants 1")
    draft = wait_for_drafts(page, count, seconds=PATIENCE)[-1]
    opening = opener(page)
    assert opening is not None
    return draft, " · ".join(shown(opening).splitlines()[-1].split(" · ")[2:])


def home(page: Visitor, sentence: str, seconds: float = 10) -> dict[str, Any]:
    """App Home, once it says so."""
    page.open_home()
    view = page.wait_for(lambda one: one.home and sentence in shown(one.home) and one.home, seconds)
    assert view is not None
    return dict(view)


def learn(page: Visitor, seconds: float = PATIENCE) -> dict[str, Any]:
    """Switch training on and run a round, as an admin does; returns App Home with the verdict."""
    page.click(home(page, "Training is off"), "training_on")
    page.click(home(page, "Next round "), "round_now")
    return page.wait_for(lambda one: one.home and "Round 1: " in shown(one.home) and one.home, seconds)


def first_round(bot: RunningBot) -> RoundRow:
    with bot.storage.read() as db:
        row = rounds.get(db, 1)
    assert row is not None
    return row


def promote(data: Path, model: str) -> None:
    """Let what is on trial, or was not good enough, write at once, from another process's terminal."""
    environ = {"COPYDESK_DATA": str(data), "COPYDESK_MODEL": model, "COPYDESK_DEVICE": "cpu"}
    result = CliRunner().invoke(main, ["adapters", "promote", "v0001"], env=environ)
    assert result.exit_code == 0, result.output


def _lately() -> datetime:
    return datetime.now(UTC) - timedelta(days=20)


@pytest.mark.timeout(300)
def test_a_team_votes_and_the_next_copy_is_written_by_what_it_taught(
    small: Tiny, start_bot: Callable[..., RunningBot], data: Path, ana: Visitor
) -> None:
    model = str(small.base)
    bot = start_bot(source=small.source(), build_parts=small.parts, copydesk_model=model, copydesk_device="cpu")
    add_votes(bot.storage, since=_lately())
    draft, before = ask(ana, 1)
    ana.click(draft, "vote_up")

    view = learn(ana)

    row = first_round(bot)
    assert row.verdict == "canary", row.reason
    assert f"Round 1: on trial. {row.reason}" in shown(view)
    assert [(one["gate"], one["ok"]) for one in row.gates] == [("G0", True), ("G1", True), ("G2", True)]
    assert row.figures["examples_per_second"] > 0
    assert not list((data / "rounds").iterdir()), "nobody's words are left behind"
    promote(data, model)
    _, after = ask(ana, 2)
    ana.click(home(ana, "Now *v0001* writes: "), "adapter_rollback")
    home(ana, "Now *house* writes: ")
    _, again = ask(ana, 3)
    assert (before, after, again) == ("tiny · house", "tiny · v0001", "tiny · house")


@pytest.mark.slow
@pytest.mark.timeout(14400)
@pytest.mark.skipif(os.environ.get(OPT_IN) != "1", reason=f"takes half an hour on two cores: set {OPT_IN}=1")
def test_smollm2_learns_and_is_judged(
    start_bot: Callable[..., RunningBot], data: Path, embedded_data: Path, ana: Visitor
) -> None:
    """Whether it is better is the gates' to say; promoted by hand where they say no, it writes all the same."""
    fetch_embedded(embedded_data, quiet=True)
    data.mkdir()
    (data / "models").symlink_to((embedded_data / "models").absolute())
    chosen = {"copydesk_model": "embedded", "copydesk_device": "cpu"}
    source = engines.find(Settings(copydesk_data=data, **chosen))  # type: ignore[arg-type]
    bot = start_bot(source=source, **chosen)
    add_votes(bot.storage, 120, since=_lately())

    learn(ana, 12000)

    row = first_round(bot)
    print(round_words.lines(row), row.figures)  # noqa: T201 - what it came to is why somebody runs this
    assert row.verdict in ("canary", "rejected"), row.reason
    assert [one["gate"] for one in row.gates] == ["G0", "G1", "G2"]
    assert row.gates[0]["ok"], row.gates[0]["reason"]
    promote(data, "embedded")
    _, written = ask(ana, 1)
    ana.click(home(ana, "Now *v0001* writes: "), "adapter_rollback")
    home(ana, "Now *house* writes: ")
    _, again = ask(ana, 2)
    assert [one.split(" · ")[-1] for one in (written, again)] == ["v0001", "house"]
