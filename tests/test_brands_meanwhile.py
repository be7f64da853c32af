"""A brand's form that was open while somebody else changed brands undoes nothing of theirs."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot import brands
from storage import brands as rows
from storage.brands import Brand, BrandRow
from storage.database import Storage
from tests.brand_rows import add_brand
from tests.desk_rows import WORKSPACE, at
from tests.running_bot import RunningBot
from tests.visitor import Visitor


def kept(storage: Storage) -> list[BrandRow]:
    with storage.read() as db:
        return rows.of_workspace(db, WORKSPACE)


def changed(storage: Storage, row: BrandRow) -> None:
    with storage.write() as db:
        rows.save(db, replace(row, brand=Brand("Brewline", "Theirs.")), at=at(1))


def deleted(storage: Storage, row: BrandRow) -> None:
    with storage.write() as db:
        rows.delete(db, WORKSPACE, row.id)


def no_default(storage: Storage, _: BrandRow) -> None:
    with storage.write() as db:
        rows.save(db, BrandRow("north", WORKSPACE, Brand("North Star"), is_default=True, user="U0BEN"), at=at(1))


@pytest.mark.parametrize("meanwhile", [changed, deleted, no_default])
def test_a_form_that_is_behind_is_refused(
    bot: RunningBot, ana: Visitor, meanwhile: Callable[[Storage, BrandRow], None]
) -> None:
    row = add_brand(bot.storage, is_default=True)
    ana.type("/brand Brewline")
    ana.wait_for(lambda page: page.view)
    meanwhile(bot.storage, row)
    before = kept(bot.storage)

    answer = ana.fill_and_submit({"voice": "Mine."})

    assert answer["errors"] == {"name": brands.MEANWHILE.format(name="Brewline")}
    assert kept(bot.storage) == before


def test_two_forms_of_a_first_brand_make_one_default(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/brand Brewline")
    ana.wait_for(lambda page: page.view)
    no_default(bot.storage, add_brand(bot.storage, "Zest"))

    answer = ana.fill_and_submit({"voice": "Mine."})

    assert answer["errors"] == {"default": brands.DEFAULT_TAKEN.format(name="North Star")}
    assert ana.fill_and_submit({"default": []}) == {"ok": True}
    assert [row.brand.name for row in kept(bot.storage) if row.is_default] == ["North Star"]
