"""Which weights a round is fitted over: those that serve, without what earlier rounds have added to them."""

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import httpx

from bot.settings import Settings
from model import endpoint, fetch
from model.download import ModelError
from model.fingerprint import BadWeights, Base, fingerprint
from model.remote import is_address

ELSEWHERE = (
    "The model server at {address} serves {model!r}, and its weights are not on this machine. Run rounds where they "
    "are, or start the server from a folder that both see."
)
SILENT = "The model server at {address} doesn't say what it serves; check that it runs, and COPYDESK_MODEL."
SERVES = "serves.json"
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Learner:
    """What a round fits: the model in a folder, going on from the shipped adapter where there is one.

    `languages` are those that the model writes, None where that is not known.
    """

    base: Path
    start: Path | None
    languages: frozenset[str] | None = None

    @property
    def taught(self) -> bool:
        """Whether what is fitted stands on the house's adapter, and so is asked in its short chat."""
        return self.start is not None


def find(settings: Settings) -> Learner:
    """The weights that rounds are fitted over; raises ModelError where they are not here."""
    folder = _folder(settings)
    if not fetch.is_embedded(folder, settings.copydesk_data):
        return Learner(folder, None)
    # A server has no house adapter beneath, not even where it serves the embedded model.
    return Learner(folder, None if is_address(settings.copydesk_model) else _house(), fetch.EMBEDDED_WRITES)


def base_of(settings: Settings) -> Base | None:
    """What adapters are held against; None where a server has the weights, or they can't be found."""
    if is_address(settings.copydesk_model):
        return None
    try:
        return fingerprint(_folder(settings))
    except (ModelError, BadWeights):
        return None


def remember(settings: Settings, folder: Path | None) -> None:
    """Note what the desk serves: `auto` goes by the GPU's free memory, and beside a running desk it would go wrong."""
    path = settings.copydesk_data / SERVES
    path.parent.mkdir(parents=True, exist_ok=True)
    if folder is None:
        path.unlink(missing_ok=True)
        return
    note = {"model": settings.copydesk_model, "device": settings.copydesk_device, "folder": str(folder.absolute())}
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(note), "utf-8")
    unfinished.replace(path)


def _folder(settings: Settings) -> Path:
    if is_address(settings.copydesk_model):
        return _served(settings)
    try:
        note = json.loads((settings.copydesk_data / SERVES).read_text("utf-8"))
        known = (note["model"], note["device"]) == (settings.copydesk_model, settings.copydesk_device)
        if known and Path(note["folder"]).is_dir():
            return Path(note["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never noted, or not whole: the settings say it too
    return fetch.resolve(settings.copydesk_model, data=settings.copydesk_data, device=settings.copydesk_device)


def _served(settings: Settings) -> Path:
    """The folder that a server was started from, where this machine has it too."""
    address = str(endpoint.parsed(settings.copydesk_model))
    key = settings.copydesk_api_key
    try:
        answer = httpx.get(
            f"{address.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"} if key else {}, timeout=SECONDS
        )
        cards = answer.raise_for_status().json()["data"]
        card = next(one for one in cards if not one.get("parent"))
        names = [name for name in (card.get("root"), card["id"]) if name]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise ModelError(SILENT.format(address=address)) from error
    for name in names:
        try:
            return fetch.resolve(name, data=settings.copydesk_data, device=settings.copydesk_device)
        except ModelError:
            continue
    raise ModelError(ELSEWHERE.format(address=address, model=names[-1]))


def _house() -> Path:
    return Path(str(resources.files("model").joinpath("house", "adapter")))
