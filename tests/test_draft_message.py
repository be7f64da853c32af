"""A draft says which model wrote it, and which version; the house is named only beside a version's drafts."""

from pathlib import Path

import pytest

from bot import blocks, draft_message
from model.adapters import HOUSE
from model.writing import BY_RULE
from storage.database import Storage
from storage.votes import Tally
from tests.desk_rows import add_brief, add_draft
from tests.thread_reading import shown

BY = "somebody/Tiny-1B"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (None, None, ["Tiny-1B", "Tiny-1B"]),
        ("v0007", "v0007", ["Tiny-1B · v0007", "Tiny-1B · v0007"]),
        ("v0007", None, ["Tiny-1B · v0007", f"Tiny-1B · {HOUSE}"]),
        ("v0007", "v0008", ["Tiny-1B · v0007", "Tiny-1B · v0008"]),
    ],
)
def test_a_draft_names_the_model_and_the_version_that_wrote_it(
    tmp_path: Path, first: str | None, second: str | None, said: list[str]
) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        asked = add_brief(db, "tea")
        anew = add_brief(db, "anew", redesign_of="tea-1")
        written = [
            (add_draft(db, asked, adapter=first, model=BY), asked),
            (add_draft(db, anew, adapter=second, model=BY), anew),
        ]

        assert [draft_message.written_by(db, *one) for one in written] == said


def test_a_draft_that_a_rule_made_names_no_version_and_says_how_it_was_made(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    made = {"name": "made", "ok": True, "reason": "made of the draft's own words", "hard": False}
    with storage.write() as db:
        add_draft(db, add_brief(db, "tea"), adapter="v0007")
        brief = add_brief(db, "anew", redesign_of="tea-1")
        draft = add_draft(db, brief, model=BY_RULE, checks=(made,))

        assert draft_message.written_by(db, draft, brief) == ""

    message = {"blocks": blocks.draft_blocks(draft, brief=brief, tally=Tally(0, 0), edited_by="")}
    assert "✓ all checks · made: made of the draft's own words" in shown(message)


def test_the_version_stands_in_the_small_print(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    with storage.write() as db:
        brief = add_brief(db, "tea")
        draft = add_draft(db, brief)

    message = {"blocks": blocks.draft_blocks(draft, brief=brief, tally=Tally(1, 0), edited_by="U1", written_by="v0007")}

    assert "Draft 1 of 3 · 18 of 280 · ✓ all checks · v0007 · edited by <@U1> · 👍 1 · 👎 0" in shown(message)
