"""Brands: how each one sounds, what copy may and may not say for it, and which one is meant where none is named."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storage.database import stamp
from storage.sqlite import Database

# Phones turn quotes into typographic ones.
QUOTES = str.maketrans("‘’“”„", '\'\'"""')
LISTS = ("known", "banned", "must_say", "examples")


@dataclass(frozen=True, slots=True)
class Brand:
    """What a writer is told of a brand; a brief keeps it as it was when the brief was asked for.

    `known` are facts that copy may use, `banned` what it never says, `must_say` the lines that every draft needs, and
    `examples` copy that sounds right.
    """

    name: str
    voice: str = ""
    known: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    must_say: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrandRow:
    """A workspace's brand: `aspects` is what its reviews are asked about, `user` who changed it last.

    `user` is empty when they are forgotten. At most one brand of a workspace is the default.
    """

    id: str
    workspace: str
    brand: Brand
    aspects: tuple[str, ...] = ()
    is_default: bool = False
    user: str = ""
    at: str = ""


def key(name: str) -> str:
    """A name as names compare: in any case, however its spaces, quotes and accents are typed.

    >>> key(" Petal  & STEM ")
    'petal & stem'
    """
    return unicodedata.normalize("NFC", " ".join(name.translate(QUOTES).casefold().split()))


def of_workspace(db: Database, workspace: str) -> list[BrandRow]:
    """The brands of a workspace, by name."""
    sql = "SELECT * FROM brands WHERE workspace = ? ORDER BY key"
    return [_row(found) for found in db.query(sql, [workspace])]


def get(db: Database, workspace: str, brand: str) -> BrandRow | None:
    """The brand with this id, where it is the workspace's own."""
    return next((row for row in of_workspace(db, workspace) if row.id == brand), None)


def default(db: Database, workspace: str) -> BrandRow | None:
    """The brand that is meant where none is named."""
    return next((row for row in of_workspace(db, workspace) if row.is_default), None)


def save(db: Database, row: BrandRow, *, at: datetime) -> bool:
    """Keep a brand, new or changed; False when another one of the workspace has the name."""
    own = key(row.brand.name)
    if any(key(other.brand.name) == own and other.id != row.id for other in of_workspace(db, row.workspace)):
        return False
    if row.is_default:
        # A form of the one that was the default is behind now, and would make it so again.
        sql = "UPDATE brands SET is_default = 0, user = ?, at = ? WHERE workspace = ? AND is_default AND id <> ?"
        db.execute(sql, [row.user, stamp(at), row.workspace, row.id])
    record = {
        "id": row.id,
        "workspace": row.workspace,
        "key": own,
        "name": row.brand.name,
        "voice": row.brand.voice,
        "aspects": _json(row.aspects),
        "is_default": int(row.is_default),
        "user": row.user,
        "at": stamp(at),
    }
    db.table("brands").upsert(record | {name: _json(getattr(row.brand, name)) for name in LISTS}, pk="id")
    return True


def delete(db: Database, workspace: str, brand: str) -> None:
    """Forget a brand; briefs that were asked for it keep what they were told."""
    db.execute("DELETE FROM brands WHERE workspace = ? AND id = ?", [workspace, brand])


def to_text(brand: Brand | None) -> str:
    """A brand as a brief's row keeps it; empty for none."""
    return json.dumps(asdict(brand), ensure_ascii=False) if brand else ""


def from_text(text: str) -> Brand | None:
    """The brand that a brief's row keeps."""
    return _brand(json.loads(text)) if text else None


def _row(found: Mapping[str, Any]) -> BrandRow:
    lists = {name: json.loads(found[name]) for name in LISTS}
    return BrandRow(
        id=found["id"],
        workspace=found["workspace"],
        brand=_brand({**found, **lists}),
        aspects=tuple(json.loads(found["aspects"])),
        is_default=bool(found["is_default"]),
        user=found["user"],
        at=found["at"],
    )


def _brand(fields: Mapping[str, Any]) -> Brand:
    return Brand(fields["name"], fields["voice"], **{name: tuple(fields[name]) for name in LISTS})


def _json(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False)
