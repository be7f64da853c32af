"""A person in a browser: types /copy, reads three drafts, clicks 👎, and the row changes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot import blocks
from bot.playground.server import PlaygroundServer
from tests import chromium
from tests.running_bot import RunningBot

pytestmark = chromium.MARKS


@pytest.fixture
def page(playground: PlaygroundServer, bot: RunningBot) -> Iterator[Page]:
    with chromium.open_page(playground.url) as found:
        yield found


def ask(page: Page) -> None:
    composer = page.get_by_test_id("composer")
    composer.fill("/copy tweet for Brewline cold brew, free shipping this week")
    composer.press("Enter")
    expect(page.get_by_test_id("thread-message").filter(has_text="Draft 3 of 3")).to_be_visible()


def test_copy_in_the_page_and_a_thumbs_down(page: Page, bot: RunningBot) -> None:
    ask(page)
    first = page.get_by_test_id("thread-message").filter(has_text="Draft 1 of 3")

    first.locator("[data-action-id=vote_down]").click()

    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_contain_text("👎 1")
    assert bot.rows("SELECT user, value, source FROM votes") == [{"user": "U0ANA", "value": -1, "source": "button"}]


def test_a_shorter_version_is_chosen_from_the_menu_which_can_be_used_again(page: Page, bot: RunningBot) -> None:
    ask(page)
    bot.engine.script(["Brewline cold brew. Free shipping this week.", "Free shipping, this week only: Brewline."])
    second = page.get_by_test_id("thread-message").filter(has_text="Draft 2 of 3")
    menu = second.get_by_role("combobox", name=blocks.MAKE_IT)

    menu.select_option(label="Shorter")

    shorter = page.get_by_test_id("thread-message").filter(has_text="Shorter version of draft 2 · 2 of 2")
    expect(shorter).to_be_visible()
    expect(menu).to_have_value("")
    menu.select_option(label="In your words…")
    expect(page.get_by_test_id("modal")).to_be_visible()


def test_a_thumb_on_a_draft_can_be_given_changed_and_taken_back(page: Page, bot: RunningBot) -> None:
    ask(page)
    first = page.get_by_test_id("thread-message").filter(has_text="Draft 1 of 3")
    for name, tally in (("+1", "👍 1 · 👎 0"), ("-1", "👍 0 · 👎 1")):
        first.hover()
        first.get_by_test_id("add-reaction").click()
        page.locator(f'[data-testid=pick-reaction][data-name="{name}"]').click()
        expect(first).to_contain_text(tally)

    for name in ("+1", "-1"):
        first.locator(f'[data-testid=reaction][data-name="{name}"]').click()
        expect(first.locator(f'[data-testid=reaction][data-name="{name}"]')).to_have_count(0)

    expect(first).not_to_contain_text("👎 1")
    assert bot.rows("SELECT * FROM votes") == []


def test_the_whole_job_by_keyboard_on_a_phone(page: Page, bot: RunningBot) -> None:
    page.set_viewport_size({"width": 375, "height": 740})

    ask(page)

    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
    button = page.get_by_test_id("thread-message").filter(has_text="Draft 1 of 3").locator("[data-action-id=vote_up]")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("thread-message").filter(has_text="Draft 1 of 3")).to_contain_text("👍 1")
    assert bot.rows("SELECT value FROM votes") == [{"value": 1}]
