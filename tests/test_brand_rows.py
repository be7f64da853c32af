"""Brands are kept once a name, one of them as the default, and a brief keeps the one that it was asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage import brands, briefs, privacy
from storage.brands import Brand, BrandRow
from storage.database import Storage
from tests.brand_rows import add_brand
from tests.desk_rows import WORKSPACE, add_brief, add_draft, at


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    found = Storage(tmp_path / "copydesk.db")
    found.migrate()
    return found


def names(storage: Storage, workspace: str = WORKSPACE) -> list[tuple[str, bool]]:
    with storage.read() as db:
        return [(row.brand.name, row.is_default) for row in brands.of_workspace(db, workspace)]


def test_a_brand_comes_back_as_it_was_put(storage: Storage) -> None:
    full = Brand("Petal & Stem", "Warm.", ("Since 1987",), ("cheap",), ("#petal",), ("A rose.\nIt is red.",))
    row = BrandRow("b1", WORKSPACE, full, ("price", "bouquet"), is_default=True, user="U0ANA")

    with storage.write() as db:
        assert brands.save(db, row, at=at(1))

    with storage.read() as db:
        kept = brands.get(db, WORKSPACE, "b1")
        assert kept is not None
        assert replace(kept, at="") == row
        assert brands.get(db, "T1", "b1") is None, "another workspace has none of it"


def test_a_name_is_there_once_in_any_case_and_may_change(storage: Storage) -> None:
    row = add_brand(storage, "Brewline")
    add_brand(storage, "North Star")
    add_brand(storage, "brewline!", workspace="T1")

    with storage.write() as db:
        assert not brands.save(db, replace(row, id="new", brand=Brand("BREW LINE".replace(" ", ""))), at=at(1))
        assert not brands.save(db, replace(row, brand=Brand("north  star")), at=at(1))
        assert brands.save(db, replace(row, brand=Brand("brewLine")), at=at(1))

    assert names(storage) == [("brewLine", False), ("North Star", False)]


@pytest.mark.parametrize("name", ["Levi’s Café", "LEVI'S CAFE\u0301", "levi‘s  café"])
def test_a_name_compares_however_its_quotes_and_accents_are_typed(name: str) -> None:
    assert brands.key(name) == brands.key("Levi's Café")


def test_at_most_one_brand_of_a_workspace_is_the_default(storage: Storage) -> None:
    add_brand(storage, "Elsewhere", workspace="T1", is_default=True)
    add_brand(storage, "Brewline", is_default=True)

    add_brand(storage, "North Star", is_default=True)

    assert names(storage) == [("Brewline", False), ("North Star", True)]
    with storage.read() as db:
        found = brands.default(db, "T1")
    assert found is not None
    assert found.brand.name == "Elsewhere"


def test_a_brief_keeps_its_brand_when_the_brand_changes_or_goes(storage: Storage) -> None:
    row = add_brand(storage)
    with storage.write() as db:
        add_brief(db, "tea", brand=row.brand)
        brands.save(db, replace(row, brand=Brand("Brewline", "Loud.")), at=at(1))
        brands.delete(db, "T1", row.id)
        assert len(brands.of_workspace(db, WORKSPACE)) == 1, "another workspace can't delete it"
        brands.delete(db, WORKSPACE, row.id)

    with storage.read() as db:
        kept = briefs.get(db, "tea")
    assert kept is not None
    assert kept.brand == row.brand


def test_who_changed_a_brand_is_handed_out_and_forgotten_and_the_brand_stays(storage: Storage) -> None:
    row = add_brand(storage)
    with storage.write() as db:
        add_draft(db, brief := add_brief(db, "tea", brand=row.brand))
        add_draft(db, add_brief(db, "bens", user="U0BEN", brand=row.brand))
        db.execute(
            "INSERT INTO uses (draft, user, workspace, channel, at) VALUES ('tea-1', 'U0BEN', 'T0PLAY', 'C', '')"
        )
        exported = privacy.export(db, WORKSPACE, "U0ANA")

        forgotten = privacy.forget(db, WORKSPACE, "U0ANA", at(9))

        kept, own, other = brands.get(db, WORKSPACE, row.id), briefs.get(db, brief.id), briefs.get(db, "bens")
    assert [one["name"] for one in exported["brands"]] == ["Brewline"]
    assert exported["briefs"][0]["brand"] == "Brewline"
    assert forgotten.erased.others == 1
    assert kept is not None
    assert (kept.user, kept.brand) == ("", row.brand)
    assert own is not None
    assert own.brand is None
    assert other is not None
    assert other.brand == row.brand
