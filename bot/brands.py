"""Answers /brand: everybody sees the brands, and admins add, change and delete them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import brand_form, brand_list, consent
from bot.brand_list import ADD, DELETE, LIST, OPEN
from bot.consent import Republish
from bot.forms import Wrong, change_modal, filled_in, open_modal
from bot.rounds_home import ADMINS_ONLY, NOT_KNOWN
from bot.slack_text import escape, unescape
from storage import brands
from storage.brands import BrandRow
from storage.database import Storage

COMMAND = "/brand"
HELP = """`/brand` opens the list of brands, `/brand Brewline` one of them, and `/brand list` names them here.

A brand is a voice, facts that copy may use, words it never says and lines that every draft needs. `/copy … brand: \
Brewline` writes in its voice; the one marked so is used where a brief names none, and `brand: none` goes without. \
Everybody sees brands; admins and owners of the workspace change them."""
NO_MODAL = "The form could not be opened: Slack allows three seconds for it. Type `/brand` again."
NOT_THERE = "There is no brand “{name}”. `/brand list` names those there are; an admin can add it."
GONE = "This brand isn't there any more."
FULL = "There are {most} brands, and no more than that. Delete one that nobody uses."
SAVED, DELETED = "{name} is saved.", "{name} is deleted."
MEANWHILE = "“{name}” was changed or deleted meanwhile. Open it again with `/brand`: this form would undo that."
DEFAULT_TAKEN = "Meanwhile “{name}” is the one that is used there. Untick this, or open the form again."
TITLE = "Brands"


@dataclass(frozen=True, slots=True)
class Brands:
    """Shows and changes brands; `republish` shows a person's App Home anew."""

    storage: Storage
    clock: Callable[[], datetime]
    republish: Republish

    def rows(self, workspace: str) -> list[BrandRow]:
        """The workspace's brands."""
        with self.storage.read() as db:
            return brands.of_workspace(db, workspace)

    def find(self, workspace: str, brand: str) -> BrandRow | None:
        """One of them by its id."""
        with self.storage.read() as db:
            return brands.get(db, workspace, brand)

    def listed(self, workspace: str, *, may_change: bool, note: str = "") -> dict[str, Any]:
        """The list's modal as the rows are now."""
        return brand_list.view(self.rows(workspace), may_change=may_change, note=note)

    def opened(self, workspace: str, name: str, *, may_change: bool) -> dict[str, Any] | None:
        """What `/brand NAME` shows; None where it isn't there and the person can't add it."""
        rows = self.rows(workspace)
        if not name and (rows or not may_change):
            return self.listed(workspace, may_change=may_change)
        found = next((row for row in rows if brands.key(row.brand.name) == brands.key(name)), None)
        if found is None and may_change:
            return self.blank(workspace, name)
        return shown(found, may_change=may_change) if found else None

    def blank(self, workspace: str, name: str = "") -> dict[str, Any]:
        """The form of a new brand, or a sentence where there is no room for one."""
        rows = self.rows(workspace)
        if len(rows) >= brand_list.MOST:
            return consent.told(FULL.format(most=brand_list.MOST), title=TITLE)
        return brand_form.form(
            brand_form.fresh(workspace, name[: brand_form.LIMITS[brand_form.NAME]].strip(), is_first=not rows)
        )

    def save(self, row: BrandRow, *, is_first: bool) -> None:
        """Keep what the form says; raises Wrong where it can't be kept.

        `row.at` is when it was changed last as the form knows it, `is_first` that there was no other brand then.
        """
        with self.storage.write() as db:
            now = brands.get(db, row.workspace, row.id)
            if (now.at if now else "") != row.at:
                raise Wrong(brand_form.NAME, MEANWHILE.format(name=row.brand.name))
            default = brands.default(db, row.workspace)
            if is_first and row.is_default and default:
                raise Wrong(brand_form.DEFAULT, DEFAULT_TAKEN.format(name=default.brand.name))
            if not brands.save(db, row, at=self.clock()):
                raise Wrong(brand_form.NAME, brand_form.NAME_TAKEN.format(name=row.brand.name))


def shown(row: BrandRow, *, may_change: bool) -> dict[str, Any]:
    """A brand's modal: the form for who may change it, else what is there."""
    return brand_form.form(row) if may_change else brand_form.look(row)


def register(app: App, service: Brands) -> None:
    """Listen for the command, the buttons of the list and of App Home, and the form."""
    _register_command(app, service)
    _register_buttons(app, service)
    _register_form(app, service)


def _register_command(app: App, service: Brands) -> None:
    @app.command(COMMAND)
    def brand(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        name = " ".join(unescape(body.get("text", "")).split()).strip("\"“”'")
        if name.lower() in ("help", "--help", "?"):
            ack(text=HELP)
            return
        workspace = body["team_id"]
        if name.lower() == "list":
            ack(text=brand_list.words(service.rows(workspace)))
            return
        view = service.opened(workspace, name, may_change=bool(consent.is_admin(client, body["user_id"])))
        if view is None:
            ack(text=escape(NOT_THERE.format(name=name)))
            return
        # Opened before acknowledging, so that a failure can still be told.
        ack() if open_modal(client, body, view) else ack(text=NO_MODAL)


def _register_buttons(app: App, service: Brands) -> None:
    @app.action(LIST)
    def list_brands(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        is_theirs = bool(consent.is_admin(client, body["user"]["id"]))
        open_modal(client, body, service.listed(body["team"]["id"], may_change=is_theirs))

    @app.action(OPEN)
    def open_brand(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        row = service.find(body["team"]["id"], action["value"])
        is_theirs = bool(consent.is_admin(client, body["user"]["id"]))
        gone = consent.told(GONE, title=TITLE)
        open_modal(client, body, shown(row, may_change=is_theirs) if row else gone)

    @app.action(ADD)
    def add_brand(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        refused = _refusal(client, body)
        workspace = body["team"]["id"]
        open_modal(client, body, consent.told(refused, title=TITLE) if refused else service.blank(workspace))

    @app.action(DELETE)
    def delete_brand(ack: Ack, body: dict[str, Any], client: WebClient, action: dict[str, Any]) -> None:
        ack()
        workspace, refused = body["team"]["id"], _refusal(client, body)
        row = service.find(workspace, action["value"])
        if row and not refused:
            with service.storage.write() as db:
                brands.delete(db, workspace, row.id)
        told = refused or (DELETED.format(name=escape(row.brand.name)) if row else GONE)
        change_modal(client, body["view"]["id"], consent.told(told, title=TITLE))
        _refresh(service, client, body, note="")


def _register_form(app: App, service: Brands) -> None:
    @app.view("brand")
    def brand_filled(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        workspace, user = body["team"]["id"], body["user"]["id"]
        opened = json.loads(view["private_metadata"])
        try:
            if refused := _refusal(client, body):
                raise Wrong(brand_form.NAME, refused)
            row = brand_form.filled(filled_in(view), brand=opened["id"], workspace=workspace, user=user)
            service.save(replace(row, at=opened["at"]), is_first=opened["is_first"])
        except Wrong as wrong:
            ack(response_action="errors", errors={wrong.block: str(wrong)})
            return
        note = SAVED.format(name=row.brand.name)
        if view.get("previous_view_id"):
            ack()
        else:
            ack(response_action="update", view=service.listed(workspace, may_change=True, note=note))
        _refresh(service, client, body, note=note)


def _refresh(service: Brands, client: WebClient, body: dict[str, Any], *, note: str) -> None:
    """Show the list below the form, and App Home, as the rows are now."""
    workspace = body["team"]["id"]
    if below := body["view"].get("previous_view_id"):
        change_modal(client, below, service.listed(workspace, may_change=True, note=note))
    service.republish(client, workspace, body["user"]["id"])


def _refusal(client: WebClient, body: dict[str, Any]) -> str:
    """Why a person may not change brands; empty when they may."""
    is_theirs = consent.is_admin(client, body["user"]["id"])
    return NOT_KNOWN if is_theirs is None else "" if is_theirs else ADMINS_ONLY
