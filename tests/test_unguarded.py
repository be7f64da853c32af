"""Where the engine keeps no guards, people read so at each draft, beside the checks that it passed."""

import pytest

from bot import blocks, rows, terminal
from model.brief import Brief
from model.writer import Writer
from model.writing import UNGUARDED
from storage.briefs import BriefRow
from storage.votes import Tally
from tests.desk_rows import NOON
from tests.fake_engine import FakeEngine
from tests.test_writer import BRIEF, GOOD, drafts
from tests.thread_reading import shown


class Unguarded(FakeEngine):
    guards = False


@pytest.mark.parametrize(("engine", "said"), [(Unguarded(*GOOD), True), (FakeEngine(*GOOD), False)])
def test_the_terminal_says_so(engine: FakeEngine, said: bool) -> None:
    document = terminal.write(Writer(engine), Brief(BRIEF.product, variants=1), seed=None, live=print)

    headline = terminal.to_text(document).splitlines()[0]

    assert "✓ all checks" in headline
    assert (f"guards: {UNGUARDED.reason}" in headline) is said


@pytest.mark.parametrize(("engine", "said"), [(Unguarded(*GOOD), True), (FakeEngine(*GOOD), False)])
def test_the_draft_in_slack_says_so(engine: FakeEngine, said: bool) -> None:
    draft = drafts(Writer(engine).write(BRIEF))[0]
    brief = BriefRow("b", "T0PLAY", "C0LAUNCH", "U0ANA", BRIEF.product, "tweet", 3, "2026-11-23T12:00:00Z")

    posted = blocks.draft_blocks(
        rows.from_draft(brief, 1, draft, at=NOON), brief=brief, tally=Tally(0, 0), edited_by=""
    )

    read = shown({"blocks": posted})
    assert "✓ all checks" in read
    assert (f"guards: {UNGUARDED.reason}" in read) is said
