"""Brands as rows, for tests that begin where an admin has made them."""

from typing import Any

from storage import brands
from storage.brands import Brand, BrandRow
from storage.database import Storage
from tests.desk_rows import NOON, WORKSPACE

VOICE = "Short words. No jokes about mornings."


def add_brand(storage: Storage, name: str = "Brewline", **fields: Any) -> BrandRow:
    """A brand with a voice, a fact and a banned word; the fields of a row or of its brand win."""
    of_row = {one: fields.pop(one) for one in ("workspace", "aspects", "is_default", "user") if one in fields}
    told = {"voice": VOICE, "known": ("Roasting since 1987",), "banned": ("cheap",), **fields}
    given = {"workspace": WORKSPACE, "user": "U0ANA", **of_row}
    row = BrandRow(id=name.casefold()[:40], brand=Brand(name, **told), **given)
    with storage.write() as db:
        assert brands.save(db, row, at=NOON)
    return row
