"""Copy in a brand's voice: by name, by default, in the form, in new versions, after a crash, in the terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import brand_words, branding, draft_team, intake, terminal
from bot.__main__ import main
from bot.branding import NONE
from bot.brief import BriefError
from bot.settings import Settings
from model.formats import FORMATS
from model.generation import Request
from model.prompts import messages
from storage import brands
from storage.database import Storage
from tests.brand_rows import VOICE, add_brand
from tests.desk_rows import WORKSPACE
from tests.fake_engine import FakeEngine
from tests.running_bot import TWEETS, RunningBot
from tests.thread_reading import drafts, ephemerals, opener, shown, wait_for_drafts
from tests.visitor import Visitor

COPY = "/copy tweet for Brewline cold brew, free shipping this week"
CHEAP = "Cheap cold brew from Brewline: free shipping this week on every bottle you order."
StartBot = Callable[..., RunningBot]


def asked(bot: RunningBot) -> str:
    """The last request as the model reads it."""
    request: Request = bot.engine.requests[-1]
    assert not isinstance(request.prompt[0], int)
    return "\n".join(str(turn["content"]) for turn in request.prompt if not isinstance(turn, int))


def opening(page: Visitor) -> str:
    found = page.wait_for(opener)
    assert found is not None
    return shown(found)


@pytest.mark.parametrize(
    ("field", "phrase", "sentence"),
    [
        ("must_say", "the cheapest", branding.BANNED.format(name="Brewline", word="cheapest")),
        ("must_not_say", "slow", branding.NEEDED.format(name="Brewline", line="Slow is good.", word="slow")),
    ],
)
def test_a_brief_that_its_brand_makes_impossible_is_refused_at_once(
    bot: RunningBot, ana: Visitor, field: str, phrase: str, sentence: str
) -> None:
    row = add_brand(bot.storage, banned=("cheapest",), must_say=("Slow is good.",))
    flag = f'--{field.replace("_", "-")} "{phrase}"'
    ana.type(f"{COPY} {flag} --brand Brewline")
    ana.wait_for(lambda page: sentence in ephemerals(page))
    ana.type("/copy")
    ana.wait_for(lambda page: page.view)

    answer = ana.fill_and_submit({"product": "cold brew", "brand": "brewline", field: phrase})

    assert answer["errors"] == {field: sentence}
    assert bot.rows("SELECT id FROM briefs") == []
    with pytest.raises(BriefError, match="Brewline"):
        terminal.read_brief(f"tweet for tea {flag}", [row], brand="Brewline")


def test_a_brief_that_names_a_brand_is_written_in_its_voice(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, must_say=("#brew",), examples=("Be cold. Be quick.",))
    bot.engine.script([f"{text} #brew" for text in TWEETS])

    ana.type(f"{COPY} brand: brewline")

    wait_for_drafts(ana, 3)
    said = asked(bot)
    assert f"Voice of the brand: «{VOICE}»" in said
    assert "Facts: «Roasting since 1987»" in said
    assert "Must say: «#brew»" in said
    assert "Never say: «cheap»" in said
    assert "Copy in that voice, for its manner alone: «Be cold. Be quick.»" in said
    assert "in the voice of *Brewline*" in opening(ana)
    assert all("#brew" in shown(draft) for draft in drafts(ana))
    assert bot.rows("SELECT product FROM briefs") == [{"product": COPY.removeprefix("/copy ")}]


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("tweet for the summer sale brand: Brewline", "«Brewline: tweet for the summer sale»"),
        ("Brand: Brewline\nProduct: cold brew", "«Brewline: Product: cold brew»"),
    ],
)
def test_the_writer_is_told_the_brands_name_and_may_use_it(
    bot: RunningBot, ana: Visitor, typed: str, request_: str
) -> None:
    add_brand(bot.storage)
    bot.engine.script(["Cold brew, steeped slowly by Brewline, for people who like their mornings long and quiet."] * 3)

    ana.type(f"/copy {typed}")

    (draft, *_) = wait_for_drafts(ana, 1)
    assert request_ in asked(bot)
    assert "✗" not in shown(draft)


def test_the_default_brand_is_used_where_none_is_named_and_can_be_left_out(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, is_default=True)
    ana.type(COPY)
    wait_for_drafts(ana, 3)
    assert f"«{VOICE}»" in asked(bot)
    assert "in the voice of *Brewline*" in opening(ana)

    ana.type(f"{COPY} --brand none")

    wait_for_drafts(ana, 6)
    assert VOICE not in asked(bot)
    assert "in the voice of" not in opening(ana)


def test_a_draft_with_a_word_that_the_brand_never_says_is_refused(start_bot: StartBot, ana: Visitor) -> None:
    bot = start_bot(CHEAP)
    add_brand(bot.storage, is_default=True)

    ana.type(COPY)

    found = wait_for_drafts(ana, 1)
    assert "✗ must-not-say: says “cheap”" in shown(found[0])


def test_the_form_offers_the_brands_and_begins_with_the_default(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, "North Star", is_default=True, voice="Bright.")
    add_brand(bot.storage, "Brewline")
    ana.type("/copy")
    view = ana.wait_for(lambda page: page.view)
    field = next(block for block in view["blocks"] if block["block_id"] == "brand")["element"]
    assert [one["value"] for one in field["options"]] == ["brewline", "north star", NONE]
    assert field["initial_option"]["value"] == "north star"

    assert ana.fill_and_submit({"product": "cold brew, free shipping", "brand": "brewline"}) == {"ok": True}

    wait_for_drafts(ana, 3)
    assert f"«{VOICE}»" in asked(bot)


def test_without_brands_the_form_asks_for_none(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")

    view = ana.wait_for(lambda page: page.view)

    assert "brand" not in [block["block_id"] for block in view["blocks"]]


def test_a_brand_that_goes_while_the_form_is_open_is_told(bot: RunningBot, ana: Visitor) -> None:
    row = add_brand(bot.storage)
    ana.type("/copy")
    ana.wait_for(lambda page: page.view)
    with bot.storage.write() as db:
        brands.delete(db, WORKSPACE, row.id)

    answer = ana.fill_and_submit({"product": "cold brew", "brand": "brewline"})

    assert answer["errors"] == {"brand": intake.BRAND_GONE}
    assert bot.rows("SELECT id FROM briefs") == []


def test_a_brand_that_is_not_there_is_told_and_nothing_is_written(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage)

    ana.type("/copy tweet for tea --brand Brewlin")

    sentence = brand_words.UNKNOWN.format(value="Brewlin", hint=" Did you mean “Brewline”?")
    ana.wait_for(lambda page: sentence in ephemerals(page))
    assert bot.rows("SELECT id FROM briefs") == []


def test_a_message_in_the_direct_channel_names_brands_too(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage)
    channel = next(one["id"] for one in ana.channels if one["is_im"])

    ana.type("tweet for cold brew, free shipping, brand: Brewline", channel=channel)

    wait_for_drafts(ana, 3, channel)
    assert f"«{VOICE}»" in asked(bot)


def test_a_new_version_keeps_the_brand_as_the_brief_had_it(bot: RunningBot, ana: Visitor) -> None:
    row = add_brand(bot.storage, is_default=True)
    ana.type(COPY)
    draft = wait_for_drafts(ana, 3)[0]
    with bot.storage.write() as db:
        brands.delete(db, WORKSPACE, row.id)
    bot.engine.script(["Brewline cold brew. Free shipping.", "Free shipping on Brewline cold brew."])

    ana.click(draft, "make_it", f"shorter:{draft['metadata']['event_payload']['draft']}")

    wait_for_drafts(ana, 5)
    assert f"«{VOICE}»" in asked(bot)
    assert "Never say: «cheap»" in asked(bot)


def test_a_brief_that_waited_when_the_bot_died_keeps_its_brand(start_bot: StartBot, ana: Visitor) -> None:
    engine = FakeEngine(*TWEETS)
    engine.released.clear()
    first = start_bot(engine=engine)
    row = add_brand(first.storage, is_default=True)
    ana.type(COPY)
    ana.wait_for(opener)
    first.close()
    with first.storage.write() as db:
        brands.delete(db, WORKSPACE, row.id)

    bot = start_bot()

    wait_for_drafts(ana, 3)
    assert f"«{VOICE}»" in asked(bot)


def test_the_terminal_writes_in_a_brands_voice(data: Path) -> None:
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    row = add_brand(storage, is_default=True)

    plain = terminal.read_brief(COPY, [row], brand=NONE)
    branded = terminal.read_brief("tweet for cold brew", [row], brand="brewline")

    assert plain.voice == ""
    assert (branded.voice, branded.banned, branded.known) == (VOICE, ("cheap",), ("Roasting since 1987",))
    assert f"«{VOICE}»" in messages(branded, FORMATS["tweet"])[-1]["content"]


@pytest.mark.parametrize(
    ("arguments", "names", "told"),
    [
        (("tweet for tea",), ["Brewline"], VOICE),
        (("tweet for tea brand: north star",), ["Brewline", "North Star"], "Bright."),
        (("tweet for tea", "--brand", "none"), ["Brewline"], ""),
        (("tweet for tea", "--brand", "none"), [], ""),
        (("tweet for tea",), [], ""),
        (("tweet for tea",), ["Brewline", "elsewhere"], ""),
        (("tweet for tea", "--workspace", WORKSPACE), ["Brewline", "elsewhere"], VOICE),
    ],
)
def test_the_terminal_uses_the_brands_of_the_only_workspace(
    data: Path, arguments: tuple[str, ...], names: list[str], told: str
) -> None:
    if names:
        Storage(data / "copydesk.db").migrate()
    for name in names:
        place = "T1" if name == "elsewhere" else WORKSPACE
        voice = {"North Star": "Bright."}.get(name, VOICE)
        add_brand(Storage(data / "copydesk.db"), name, workspace=place, is_default=name == "Brewline", voice=voice)
    text, *options = arguments
    chosen = dict(zip(options[::2], options[1::2], strict=True))
    settings = Settings(copydesk_data=data)

    rows = draft_team.find(settings, chosen.get("--workspace"), chosen.get("--brand")).brands

    assert terminal.read_brief(text, rows, brand=chosen.get("--brand")).voice == told
    assert (data / "copydesk.db").exists() == bool(names)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--brand", "Zest"), "I don't know the brand 'Zest'. `/brand list` names those there are."),
        (("--brand", "Brewline", "--workspace", "T9"), "The workspace 'T9' is not known here"),
    ],
)
def test_the_terminal_says_what_it_does_not_know(data: Path, arguments: tuple[str, ...], sentence: str) -> None:
    storage = Storage(data / "copydesk.db")
    storage.migrate()
    add_brand(storage)

    answer = CliRunner(env={"COPYDESK_DATA": str(data)}).invoke(main, ["draft", "tweet for tea", *arguments])

    assert answer.exit_code in (1, 2)
    assert sentence in answer.output
