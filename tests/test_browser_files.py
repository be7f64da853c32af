"""A person in a browser: attaches a file, fills a form with one, and uses shortcuts, by mouse and by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests import chromium
from tests.file_desk import CSV, FORM, Desk, open_desk

pytestmark = chromium.MARKS

ROWS: FilePayload = {"name": "rows.csv", "mimeType": "text/csv", "buffer": CSV}
PICTURE = Path(__file__).parent.parent / "docs" / "playground.png"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path / "files") as desk:
        yield desk


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    # Under this name the page's own addresses are not the ones in Slack's answers.
    with chromium.open_page(desk.url.replace("127.0.0.1", "localhost")) as found:
        # Whoever listens late misses a chooser that a key opens at once.
        found.on("filechooser", lambda _: None)
        expect(found.get_by_test_id("composer")).to_be_visible()
        # The box stands there before the page knows its channel, and a message that is sent meanwhile stays in it.
        expect(found.get_by_role("heading", name="# launch", level=1)).to_be_visible()
        yield found


def attach(page: Page, *files: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("attach").first.click()
    chooser.value.set_files(list(files))


def drop(page: Page, selector: str, file: FilePayload) -> None:
    """Let a file fall on an element, as from a folder's window."""
    script = """([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        return data;
    }"""
    data = page.evaluate_handle(script, [file["name"], file["buffer"].decode()])
    page.dispatch_event(selector, "drop", {"dataTransfer": data})


def test_files_are_attached_taken_out_sent_and_downloaded(page: Page, desk: Desk) -> None:
    attach(page, ROWS, {**ROWS, "name": "wrong.csv"})
    drop(page, "#channel-composer form", {**ROWS, "name": "dropped.csv"})
    expect(page.locator(".picked li")).to_have_count(3)
    page.get_by_role("button", name="Take out wrong.csv").click()
    page.get_by_test_id("composer").fill("@copydesk what do they say?")
    page.keyboard.press("Enter")

    files = desk.event("app_mention")["files"]
    assert [file["name"] for file in files] == ["rows.csv", "dropped.csv"]
    expect(page.locator(".picked li")).to_have_count(0)
    card = page.get_by_role("link", name="Download rows.csv, CSV · 19 bytes")
    with page.expect_download() as download:
        card.click()
    assert download.value.suggested_filename == "rows.csv"
    assert Path(download.value.path()).read_bytes() == CSV


def test_a_form_takes_a_file_by_keyboard_and_says_what_it_does_not_take(page: Page, desk: Desk) -> None:
    page.get_by_test_id("composer").fill("/form")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="File Choose files")
    expect(button).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files([FilePayload(name="rows.pdf", mimeType="text/csv", buffer=CSV)])
    expect(page.get_by_test_id("field-error")).to_have_text("rows.pdf can't be used here: choose csv, TXT.")
    expect(button).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("modal-submit").click()
    expect(page.get_by_test_id("field-error")).to_have_text("Please complete this required field.")

    drop(page, ".drop", ROWS)
    expect(page.get_by_role("button", name="Take out rows.csv")).to_be_visible()
    page.get_by_test_id("modal-submit").click()

    expect(page.get_by_test_id("modal")).to_be_hidden()
    (file,) = desk.interaction("view_submission")["view"]["state"]["values"]["file"]["rows"]["files"]
    assert (file["name"], file["user"]) == ("rows.csv", "U0ANA")


def test_a_message_shortcut_is_in_the_menu_and_can_be_reached_by_keyboard(page: Page, desk: Desk) -> None:
    page.get_by_test_id("composer").fill("is this good?")
    page.keyboard.press("Enter")
    message = page.get_by_test_id("message").filter(has_text="is this good?")
    expect(message).to_be_visible()
    message.get_by_role("button", name="More actions").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Check")).to_be_focused()
    page.keyboard.press("Enter")

    body = desk.interaction("message_action")
    assert body["message"]["text"] == "is this good?"
    desk.client.views_open(trigger_id=body["trigger_id"], view=FORM)
    expect(page.get_by_test_id("modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("modal")).to_be_hidden()

    page.get_by_test_id("composer").fill("")
    page.get_by_test_id("composer").press_sequentially("/every")
    page.keyboard.press("Enter")
    assert desk.interaction("shortcut")["callback_id"] == "everywhere"
    expect(page.get_by_test_id("composer")).to_have_value("")


def test_a_picture_of_the_bots_is_seen_with_its_words(page: Page, desk: Desk) -> None:
    desk.client.files_upload_v2(
        file=str(PICTURE), filename="chart.png", title="Net sentiment", alt_txt="It rose.", channel="C0LAUNCH"
    )

    picture = page.get_by_role("img", name="It rose.")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img.picture').naturalWidth > 0")
