"""Which engine the settings ask for: one in this process over weights, or one behind a server's address."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from model import endpoint, fetch
from model.generation import Engine
from model.remote import RemoteEngine, is_address


@dataclass(frozen=True, slots=True)
class Source:
    """What `open` makes an engine from; `folder` holds the weights, or is None when a server has them."""

    open: Callable[[], Engine]
    folder: Path | None
    languages: frozenset[str] | None  # what the model writes; only the embedded one is known to write English alone


def find(settings: Settings) -> Source:
    """The engine that COPYDESK_MODEL names, its weights fetched; raises ModelError or EngineError."""
    if is_address(settings.copydesk_model):
        address = str(endpoint.parsed(settings.copydesk_model))
        return Source(lambda: RemoteEngine(address, key=settings.copydesk_api_key), None, None)
    folder = fetch.resolve(settings.copydesk_model, data=settings.copydesk_data, device=settings.copydesk_device)
    languages = frozenset({"en"}) if folder.is_relative_to(settings.copydesk_data) else None
    return Source(lambda: _in_process(folder, settings.copydesk_device), folder, languages)


def _in_process(folder: Path, device: str) -> Engine:
    from model.engine import open_engine  # torch takes seconds to import; help, errors and Slack don't wait for it

    return open_engine(folder, device=device)
