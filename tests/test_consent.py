"""Training is off until an admin switches it on; who did and when is shown, and settings can forbid it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from bot import consent as words
from bot.playground.server import PlaygroundServer
from bot.settings import SettingsError, read
from storage import consent, drafts, imports, signals, votes
from storage.brands import Brand
from storage.database import Storage
from storage.imports import Act
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at
from tests.running_bot import RunningBot
from tests.thread_reading import shown
from tests.visitor import Visitor

BY_ANA = "<@U0ANA> switched it on"


@pytest.fixture
def chloe(playground: PlaygroundServer) -> Iterator[Visitor]:
    with Visitor(playground.url, "U0CHLOE") as visitor:
        yield visitor


def home(page: Visitor, *sentences: str) -> dict[str, Any]:
    """App Home, once it says all of these."""

    def says(visitor: Visitor) -> dict[str, Any] | None:
        view = visitor.home
        return view if view and all(sentence in shown(view) for sentence in sentences) else None

    page.open_home()
    view = page.wait_for(says)
    assert view is not None
    return view


def refuse(playground: PlaygroundServer, method: str) -> None:
    """Let Slack say once that the app lacks a scope."""
    fault = {"fault": "refuse", "method": method, "error": "missing_scope"}
    httpx.post(f"{playground.url}/playground/faults", json=fault).raise_for_status()


def decisions(bot: RunningBot) -> list[tuple[int, str]]:
    return [(row["trains"], row["user"]) for row in bot.rows("SELECT * FROM consents ORDER BY at")]


def test_training_is_off_until_an_admin_switches_it_on(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    view = home(ana, words.EXPLAINED, words.NEVER_ON)
    button = next(one for block in view["blocks"] for one in block.get("elements", []) if one.get("confirm"))
    assert button["confirm"]["text"]["text"] == words.SURE, "what Slack's terms say is said before it is on"

    ana.click(view, "training_on")

    on = ana.wait_for(lambda page: page.home and BY_ANA in shown(page.home) and page.home)
    assert words.SWITCH_OFF in shown(on)
    home(ben, BY_ANA)
    assert decisions(bot) == [(1, "U0ANA")]
    with bot.storage.read() as db:
        assert words.why_not(db, WORKSPACE, "ask") == ""

    ana.click(on, "training_off")
    ana.wait_for(lambda page: page.home and "<@U0ANA> switched it off" in shown(page.home))
    assert decisions(bot) == [(1, "U0ANA"), (0, "U0ANA")], "every decision stays on record"


def test_who_is_no_admin_is_told_and_nothing_changes(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    ben.click(home(ben, words.NEVER_ON), "training_on")

    ben.wait_for(lambda page: page.view and words.ADMINS_ONLY in shown(page.view))
    assert decisions(bot) == []
    ben.close_view()

    ana.click(home(ana, words.NEVER_ON), "training_on")
    ana.wait_for(lambda page: page.home and BY_ANA in shown(page.home))
    ben.click(home(ben, BY_ANA), "training_off")
    ben.wait_for(lambda page: page.view and words.ADMINS_ONLY in shown(page.view))
    assert decisions(bot) == [(1, "U0ANA")]


def test_an_owner_may_switch_too(bot: RunningBot, chloe: Visitor) -> None:
    chloe.click(home(chloe, words.NEVER_ON), "training_on")

    chloe.wait_for(lambda page: page.home and "<@U0CHLOE> switched it on" in shown(page.home))


def test_without_slacks_word_training_can_only_be_switched_off(
    bot: RunningBot, ana: Visitor, playground: PlaygroundServer
) -> None:
    """An app installed without the scope users:read hears nothing about admins."""
    view = home(ana, words.NEVER_ON)
    refuse(playground, "users.info")
    ana.click(view, "training_on")
    ana.wait_for(lambda page: page.view and words.NOT_KNOWN in shown(page.view))
    assert decisions(bot) == []
    ana.close_view()
    ana.click(view, "training_on")
    on = ana.wait_for(lambda page: page.home and BY_ANA in shown(page.home) and page.home)

    refuse(playground, "users.info")
    ana.click(on, "training_off")

    ana.wait_for(lambda page: page.home and "<@U0ANA> switched it off" in shown(page.home))


@pytest.mark.parametrize(("setting", "sentence"), [("off", words.SET_OFF), ("imported", words.SET_IMPORTED)])
def test_where_the_setting_decides_there_is_no_switch(
    start_bot: Callable[..., RunningBot], ana: Visitor, setting: str, sentence: str
) -> None:
    start_bot(copydesk_training=setting)

    view = home(ana, words.EXPLAINED, sentence)

    assert words.SWITCH_ON not in shown(view)


def test_an_old_button_switches_nothing_on_where_the_setting_forbids_it(
    start_bot: Callable[..., RunningBot], ana: Visitor
) -> None:
    first = start_bot()
    view = home(ana, words.NEVER_ON)
    first.close()
    bot = start_bot(copydesk_training="off")

    ana.click(view, "training_on")

    ana.wait_for(lambda page: page.home and words.SET_OFF in shown(page.home))
    assert decisions(bot) == []


def fill(storage: Storage) -> None:
    """One vote from Slack and one from a file."""
    with storage.write() as db:
        for name, fields in {"slack": {}, "file": {"imported": True}}.items():
            draft = add_draft(db, add_brief(db, name), **fields)
            source = "imported" if fields else "button"
            votes.cast(db, draft, user="U0BEN", value=1, source=source, at=at(1))


@pytest.mark.parametrize(
    ("setting", "is_on", "those"),
    [
        ("ask", False, []),
        ("ask", True, ["file-1", "slack-1"]),
        ("imported", False, ["file-1"]),
        ("imported", True, ["file-1"]),
        ("off", False, []),
        ("off", True, []),
    ],
)
def test_what_may_train(storage: Storage, setting: str, is_on: bool, those: list[str]) -> None:
    fill(storage)
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=is_on, user="U0ANA", at=at(2))

        found = [row.draft for row in words.training_rows(db, WORKSPACE, setting)]

        assert found == those
        assert bool(words.why_not(db, WORKSPACE, setting)) == (not those)
        assert len(signals.of_workspace(db, WORKSPACE)) == 2, "ranking needs no switch"


def test_a_file_may_speak_of_the_desks_own_draft_and_brings_nothing_from_slack_with_it(storage: Storage) -> None:
    with storage.write() as db:
        brief = add_brief(db, "slack", tone="dry", must_say=("free",), brand=Brand("Brewline", voice="Calm."))
        first, second = (add_draft(db, brief, variant) for variant in (1, 2))
        known = imports.written_here(db, WORKSPACE)
        for draft, value, edited in ((first, -1, "Rewritten in the file."), (second, 1, "")):
            imports.keep(db, brief, draft, Act("ben", value, "", edited, at(1)), known=known, now=at(9))
            votes.cast(db, draft, user="U0ANA", value=1, source="button", at=at(2))
            drafts.save_shipment(db, draft, user="ben", at=at(3))
        drafts.save_edit(db, second, user="ben", text="Rewritten here.", at=at(4))

        found = words.training_rows(db, WORKSPACE, "imported")

    said = {row.draft: (row.user, row.value, row.edited, row.used) for row in found}
    assert said == {
        "slack-1": ("ben", -1, "Rewritten in the file.", False),
        "slack-2": ("ben", 1, "", False),
    }
    assert [(row.brief.product, row.brief.tone, row.brief.must_say, row.brief.brand) for row in found] == [
        ("tweet for slack", "", (), None)
    ] * 2


def test_one_workspace_says_nothing_for_another(storage: Storage) -> None:
    with storage.write() as db:
        consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=at(1))
        consent.object_to_learning(db, WORKSPACE, user="U0BEN", at=at(1))

        assert not consent.trains(db, "T1")
        assert consent.teaches(db, "T1", "U0BEN")


def test_switching_what_is_switched_so_is_no_new_decision(storage: Storage) -> None:
    with storage.write() as db:
        assert not consent.switch(db, WORKSPACE, on=False, user="U0ANA", at=at(1))
        assert consent.switch(db, WORKSPACE, on=True, user="U0ANA", at=at(2))
        assert not consent.switch(db, WORKSPACE, on=True, user="U0CHLOE", at=at(3))

        found = consent.last(db, WORKSPACE)
        assert found is not None
        assert found.user == "U0ANA"


def test_the_setting_is_one_of_three() -> None:
    assert read({}).copydesk_training == "ask"
    assert read({"COPYDESK_TRAINING": "imported"}).copydesk_training == "imported"
    with pytest.raises(SettingsError, match="COPYDESK_TRAINING is 'yes'; it must be one of ask, off, imported"):
        read({"COPYDESK_TRAINING": "yes"})
