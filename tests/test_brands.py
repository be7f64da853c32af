"""/brand: everybody sees the brands, admins make and change them in a form, and App Home names them."""

from typing import Any

import pytest

from bot import blocks, brand_form, brand_list, branding, brands, rounds_home
from bot.brand_list import ADD, DELETE, LIST, OPEN
from bot.playground.server import PlaygroundServer
from model.brief import Brief
from model.formats import FORMATS
from model.prompts import messages
from model.sentiment_aspects import LONGEST, TOO_LONG
from storage.brands import Brand, BrandRow, of_workspace
from tests.brand_rows import VOICE, add_brand
from tests.desk_rows import WORKSPACE
from tests.digest_desk import fault
from tests.running_bot import RunningBot
from tests.thread_reading import ephemerals, shown
from tests.visitor import Visitor

FILLED = {
    "name": " Brewline ",
    "voice": "Short words.\n",
    "known": "Roasting since 1987\n\nTwelve cafes",
    "banned": "cheap, “world-class”\njava,, cheap",
    "must_say": "#brewline",
    "examples": "Mornings are loud.\nBrewline is quiet.\n \nCold, and in no hurry.",
    "aspects": "taste, delivery",
}


def rows(bot: RunningBot) -> list[BrandRow]:
    with bot.storage.read() as db:
        return of_workspace(db, WORKSPACE)


def opened(page: Visitor, callback: str) -> dict[str, Any]:
    """The modal on top, once it is that one."""
    found = page.wait_for(lambda visitor: visitor.view and visitor.view["callback_id"] == callback and visitor.view)
    assert found is not None
    return dict(found)


def actions(view: dict[str, Any]) -> list[str]:
    """The buttons of a view."""
    found = [one for block in view["blocks"] for one in (*block.get("elements", []), block.get("accessory", {}))]
    return [one["action_id"] for one in found if "action_id" in one]


def test_an_admin_makes_the_first_brand_and_sees_it_in_the_list(bot: RunningBot, ana: Visitor) -> None:
    assert ana.type("/brand") == {"ok": True}
    assert opened(ana, "brand")["title"]["text"] == "New brand"

    assert ana.fill_and_submit(FILLED) == {"ok": True}

    view = opened(ana, "brands")
    assert brands.SAVED.format(name="Brewline") in shown(view)
    assert f"*Brewline* · {brand_list.DEFAULT}\nShort words." in shown(view)
    (row,) = rows(bot)
    known, banned = ("Roasting since 1987", "Twelve cafes"), ("cheap", "world-class", "java")
    examples = ("Mornings are loud.\nBrewline is quiet.", "Cold, and in no hurry.")
    assert row.brand == Brand("Brewline", "Short words.", known, banned, ("#brewline",), examples)
    assert (row.aspects, row.is_default, row.user) == (("taste", "delivery"), True, "U0ANA")


def test_a_brand_is_changed_from_the_list_which_shows_the_change(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, "North Star", is_default=True)
    add_brand(bot.storage, "Brewline", must_say=("#brew",), aspects=("taste",))
    ana.type("/brand")
    view = opened(ana, "brands")
    assert actions(view) == [OPEN, OPEN, ADD]

    ana.click(view, OPEN)
    form = opened(ana, "brand")
    begins = {one["block_id"]: one["element"].get("initial_value") for one in form["blocks"] if one["type"] == "input"}
    assert begins == {
        "name": "Brewline",
        "voice": VOICE,
        "known": "Roasting since 1987",
        "banned": "cheap",
        "must_say": "#brew",
        "examples": None,
        "aspects": "taste",
        "default": None,
    }
    assert "Changed last by <@U0ANA>" in shown(form)
    assert ana.fill_and_submit({"name": "Brewline Coffee", "default": ["yes"]}) == {"ok": True}

    ana.wait_for(lambda page: len(page.views) == 1 and "*Brewline Coffee* · used" in shown(page.views[0]))
    assert [(one.brand.name, one.is_default) for one in rows(bot)] == [("Brewline Coffee", True), ("North Star", False)]
    assert rows(bot)[0].brand.must_say == ("#brew",), "what isn't touched stays"


@pytest.mark.parametrize(
    ("values", "block", "sentence"),
    [
        ({"name": "north STAR"}, "name", brand_form.NAME_TAKEN.format(name="north STAR")),
        ({"name": "…"}, "name", brand_form.NO_NAME),
        ({"name": "None"}, "name", brand_form.RESERVED_NAME.format(name="None")),
        ({"name": "The “Old” Bakery"}, "name", brand_form.QUOTED_NAME),
        (
            {"must_say": "Never cheaper", "banned": "java, cheaper"},
            "must_say",
            brand_form.SAYS_BANNED.format(line="Never cheaper", word="cheaper"),
        ),
        ({"banned": "java, brewline"}, "banned", brand_form.OWN_NAME.format(word="brewline")),
        ({"aspects": "x" * 61}, "aspects", TOO_LONG.format("x" * LONGEST + "…", LONGEST)),
    ],
)
def test_what_can_not_be_kept_is_said_at_its_field(
    bot: RunningBot, ana: Visitor, values: dict[str, str], block: str, sentence: str
) -> None:
    add_brand(bot.storage, "North Star")
    ana.type("/brand Brewline")
    opened(ana, "brand")

    answer = ana.fill_and_submit(values)

    assert answer["errors"] == {block: sentence}
    assert [one.brand.name for one in rows(bot)] == ["North Star"]


def test_a_name_that_is_typed_too_long_is_cut_to_what_a_name_may_be(bot: RunningBot, ana: Visitor) -> None:
    ana.type(f"/brand {'x' * 39} {'y' * 130}")
    field = opened(ana, "brand")["blocks"][0]["element"]

    assert (field["initial_value"], field["max_length"]) == ("x" * 39, 40)


def test_a_field_that_begins_with_too_much_is_kept_no_longer(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, name := "x" * 160)
    ana.type("/copy")
    assert opened(ana, "brief")["callback_id"] == "brief"
    ana.close_view()
    ana.type(f"/brand {name}")
    opened(ana, "brand")

    answer = ana.fill_and_submit({"voice": "Dry."})

    assert answer["errors"] == {"name": brand_form.TOO_MUCH.format(count=160, limit=40)}


def test_the_writer_reads_all_that_the_form_takes_and_the_form_says_how_much_that_is() -> None:
    known, example = "A fact of 39 characters that is a fact.", "Copy of 29 characters, quiet."
    limits = brand_form.LIMITS
    facts = [f"{number:02} {known}" for number in range(limits["known"] // 43)]
    pieces = [f"{number:02} {example}" for number in range(limits["examples"] // 34)]
    fields = dict.fromkeys((*brand_form.LABELS, "default"), "") | {"name": "Brewline"}
    fields |= {"known": "\n".join(facts), "examples": "\n\n".join(pieces), "voice": "v" * limits["voice"]}

    row = brand_form.filled(fields, brand="b1", workspace="T1", user="U1")

    told = messages(branding.dressed(Brief("tea"), row.brand), FORMATS["tweet"])[-1]["content"]
    assert facts[-1] in told
    assert pieces[-1] in told
    assert fields["voice"] in told
    hints = [one.get("hint", {}).get("text", "") for one in brand_form.form(row)["blocks"][1:6]]
    assert [any(f"{limits[name]:,} characters" in one for one in hints) for name in ("voice", "known", "examples")] == [
        True
    ] * 3


def test_a_brand_opens_by_its_name_in_any_case(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, "O'Neill & Co.")

    ana.type("/brand o’neill  & co.")

    assert opened(ana, "brand")["title"]["text"] == "Brand"


def test_a_brand_is_deleted_after_a_question(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage)
    ana.type("/brand")
    ana.click(opened(ana, "brands"), OPEN)
    form = opened(ana, "brand")
    (button,) = form["blocks"][-1]["elements"]
    assert button["confirm"]["text"]["text"] == brand_form.SURE

    ana.click(form, DELETE)

    ana.wait_for(lambda page: page.view and brands.DELETED.format(name="Brewline") in shown(page.view))
    assert rows(bot) == []
    ana.wait_for(lambda page: brand_list.NONE_YET in shown(page.views[0]))


def test_who_is_no_admin_looks_and_changes_nothing(bot: RunningBot, ana: Visitor, ben: Visitor) -> None:
    add_brand(bot.storage, must_say=("#brew",), is_default=True)
    ben.type("/brand")
    view = opened(ben, "brands")
    assert actions(view) == [OPEN]
    assert brand_list.ADMINS_ADD in shown(view)

    ben.click(view, OPEN)

    look = opened(ben, "brand_look")
    assert not look["submit"]
    assert {VOICE, "cheap", "#brew", brand_form.USED} <= set(shown(look).split("\n"))
    assert actions(look) == []


def test_without_any_brand_who_is_no_admin_sees_that(bot: RunningBot, ben: Visitor) -> None:
    ben.type("/brand")
    assert brand_list.NONE_YET in shown(opened(ben, "brands"))

    ben.type("/brand Brewline")

    ben.wait_for(lambda page: brands.NOT_THERE.format(name="Brewline") in ephemerals(page))


def test_nothing_is_kept_when_slack_does_not_say_who_is_an_admin(
    playground: PlaygroundServer, bot: RunningBot, ana: Visitor
) -> None:
    ana.type("/brand")
    opened(ana, "brand")
    fault(playground, "refuse", method="users.info", error="missing_scope")

    answer = ana.fill_and_submit({"name": "Brewline"})

    assert answer["errors"] == {"name": rounds_home.NOT_KNOWN}
    assert rows(bot) == []


def test_the_list_and_the_help_are_words(bot: RunningBot, ben: Visitor) -> None:
    add_brand(bot.storage, "Tea & <Co>", is_default=True)

    ben.type("/brand list")
    ben.type("/brand help")

    ben.wait_for(lambda page: brands.HELP in ephemerals(page))
    assert f"• *Tea &amp; &lt;Co&gt;* · {brand_list.DEFAULT}" in ephemerals(ben)[0]


def test_app_home_names_the_brands_and_opens_them(bot: RunningBot, ana: Visitor) -> None:
    add_brand(bot.storage, "North Star")
    add_brand(bot.storage, "Brewline", is_default=True)
    ana.open_home()
    home = ana.wait_for(lambda page: page.home)
    assert home is not None
    assert "Brands\nBrewline (default) · North Star" in shown(home)

    ana.click(home, LIST)

    assert actions(opened(ana, "brands")) == [OPEN, OPEN, ADD]


def test_app_home_names_as_many_brands_as_have_room_and_counts_the_rest(bot: RunningBot, ana: Visitor) -> None:
    for number in range(brand_list.MOST):
        add_brand(bot.storage, f"Brand {number:02} {'&' * 31}")
    add_brand(bot.storage, "Zest", is_default=True)

    with bot.storage.read() as db:
        text = brand_list.home(db, WORKSPACE)[1]["text"]["text"]

    *named, rest = text.split(" · ")
    assert len(text) <= blocks.SECTION_LIMIT
    assert named[0] == "Zest (default)"
    assert {one[8:] for one in named[1:]} == {" " + "&amp;" * 31}
    assert rest == f"and {brand_list.MOST + 1 - len(named)} more"


def test_there_is_room_for_so_many_brands_and_no_more(bot: RunningBot, ana: Visitor) -> None:
    for number in range(brand_list.MOST):
        add_brand(bot.storage, f"Brand {number:02} {'x' * 30}", voice="y" * 600)
    ana.type("/brand")
    assert actions(opened(ana, "brands")) == [OPEN] * brand_list.MOST

    ana.type("/brand One more")

    ana.wait_for(lambda page: page.view and brands.FULL.format(most=brand_list.MOST) in shown(page.view))
    ana.type("/copy")
    ana.wait_for(lambda page: page.view and page.view["callback_id"] == "brief")
