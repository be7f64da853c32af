"""Votes go to files as they can be imported again, without what is private or belongs to people who said no."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bot import brief as briefs
from bot import rows, vote_commands, vote_lines
from bot.slack_text import escape
from model.brief import Brief
from storage import consent, drafts, signals, votes
from storage.database import Storage
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at

Run = Callable[..., Result]


@pytest.fixture
def run(data: Path) -> Run:
    """Runs `copydesk votes …` on the data folder."""

    def run(*arguments: object) -> Result:
        words = [str(one) for one in arguments]
        return CliRunner(env={"COPYDESK_DATA": str(data)}).invoke(vote_commands.votes, words)

    return run


def everything(storage: Storage) -> dict[str, list[dict[str, Any]]]:
    with storage.read() as db:
        return {name: list(db.query(f"SELECT * FROM {name}")) for name in ("briefs", "drafts", "votes", "edits")}


def test_what_is_exported_is_imported_as_it_was(storage: Storage, run: Run, tmp_path: Path) -> None:
    with storage.write() as db:
        wishes = {"tone": 'a "dry" one', "must_say": ("free", "50 % off"), "audience": "busy people", "language": "de"}
        draft = add_draft(db, add_brief(db, "brew & <tea>", product="tweet for R&D, brew <now>", **wishes))
        votes.cast(db, draft, user="U1", value=-1, source="button", at=at(0))
        votes.give_reason(db, draft.id, user="U1", reason="too long", words="secret")
        drafts.save_edit(db, draft, user="U1", text="Shorter.", at=at(1))
        before = rows.to_signal(signals.of_workspace(db, WORKSPACE)[0])
    file = tmp_path / "votes.jsonl"

    assert run("export", "--out", file).exit_code == 0
    assert run("import", file, "--workspace", "T1").exit_code == 0

    with storage.read() as db:
        after = rows.to_signal(signals.of_workspace(db, "T1")[0])
    assert after.brief == Brief(
        product="tweet for R&D, brew <now>",
        tone="a 'dry' one",
        must_say=("free", "50 % off"),
        audience="busy people",
        language="de",
    )
    same = ("text", "user", "value", "edited", "reason")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert "secret" not in file.read_text("utf-8")


def test_how_a_draft_was_chosen_goes_with_it_and_comes_back(storage: Storage, run: Run, tmp_path: Path) -> None:
    chosen = [("v0003", 2, 0.0625), (None, 1, 1.0), (None, 0, 1.0)]
    with storage.write() as db:
        brief = add_brief(db, "tea")
        for variant, (adapter, rank, propensity) in enumerate(chosen, 1):
            draft = add_draft(db, brief, variant, adapter=adapter, rank=rank, propensity=propensity)
            votes.cast(db, draft, user="U1", value=1, source="button", at=at(variant))
    file = tmp_path / "votes.jsonl"

    assert run("export", "--out", file).exit_code == 0
    assert run("import", file, "--workspace", "T1").exit_code == 0

    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(line["adapter"], line["rank"], line["propensity"]) for line in lines] == [
        ("v0003", 2, 0.0625),
        (None, 1, 1.0),
        (None, None, None),
    ]
    with storage.read() as db:
        assert [(row.adapter, row.rank, row.propensity) for row in signals.of_workspace(db, "T1")] == chosen


def test_importing_what_was_exported_here_changes_nothing(storage: Storage, run: Run, tmp_path: Path) -> None:
    with storage.write() as db:
        for variant in (1, 2):
            brief = add_brief(db, f"tea {variant}")
            draft = add_draft(db, brief)
            votes.cast(db, draft, user="U1", value=1, source="button", at=at(0))
            drafts.save_edit(db, draft, user="U1", text="Rewritten.", at=at(5))
    before = everything(storage)
    run("export", "--out", tmp_path / "votes.jsonl")

    answer = run("import", tmp_path / "votes.jsonl")

    assert answer.stdout == "2 lines: 0 new, 2 known before.\n"
    assert everything(storage) == before


def test_what_is_private_or_withheld_is_not_exported(storage: Storage, run: Run) -> None:
    with storage.write() as db:
        places: dict[str, dict[str, Any]] = {"open": {}, "secret": {"private": True}, "bens": {"user": "U0BEN"}}
        for name, fields in places.items():
            votes.cast(db, add_draft(db, add_brief(db, name, **fields)), user="U1", value=1, source="button", at=at(0))
        consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=at(1))

    answer = run("export")

    assert [json.loads(line)["brief"] for line in answer.stdout.splitlines()] == ["tweet for open"]
    assert answer.stderr == vote_commands.LEFT_OUT.format(private=1, withheld=1) + "\n"


@given(
    product=st.text(st.sampled_from("abé <>&'-, ."), min_size=1, max_size=30).map(lambda text: f"tea {text}".strip()),
    tone=st.text(st.sampled_from("ab <>&',.-"), max_size=20).map(str.strip),
    must_say=st.lists(st.text("ab %&'", min_size=1, max_size=10).map(str.strip).filter(bool), max_size=2),
)
def test_an_exported_brief_is_always_understood(product: str, tone: str, must_say: list[str]) -> None:
    wish = Brief(product=product, tone=tone, must_say=tuple(dict.fromkeys(must_say)))

    understood = briefs.parse(escape(vote_lines.typed(wish))).brief

    assert understood.product.split() == product.split()
