"""Which engine the settings ask for: one in this process over weights, or one behind a server's address."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from threading import Thread

from bot.pausing import PausingEngine
from bot.settings import Settings
from model import endpoint, fetch
from model.embedding import Embedder, Vector, Vectors
from model.generation import Engine
from model.remote import RemoteEngine, is_address
from model.writer import Writer

HOUSE = "house"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What `open` makes an engine from; `folder` holds the weights, or is None when a server has them."""

    open: Callable[[], Engine]
    folder: Path | None
    adapter: str | None  # what writes beside the base: the house's own, which belongs to the embedded model
    encoder: "Encoder | None"  # ranks drafts; none for one command with a server, which then needs no torch
    languages: frozenset[str] | None  # what the model writes; None where that is not known

    @property
    def taught(self) -> bool:
        """Whether the house's adapter is beneath all that writes, so that a short chat says all that it must know."""
        return self.adapter is not None

    def writer(self, engine: Engine, adapter: str | None = None) -> Writer:
        """What writes on the opened engine, with another adapter than the house's where one is named."""
        vectors = self.encoder.vectors if self.encoder else None
        return Writer(engine, adapter=adapter or self.adapter, taught=self.taught, vectors=vectors)

    @property
    def vectors(self) -> Vectors | None:
        """What gives texts their vectors, where there is an encoder."""
        return self.encoder.vectors if self.encoder else None

    def warm_up(self) -> None:
        """Begin to load the encoder, where there is one."""
        if self.encoder:
            self.encoder.warm_up()


class Encoder(Embedder):
    """The encoder in a data folder; it may be loaded beside the writer's model."""

    def __init__(self, data: Path) -> None:
        super().__init__(lambda: fetch.fetch_encoder(data, quiet=True))
        self._refusal = ""

    def warm_up(self) -> None:
        """Load it in a thread of its own; what asks it meanwhile waits, and ranking does without where that fails."""
        Thread(target=self.settle, name="load-encoder", daemon=True).start()

    def settle(self) -> None:
        """Wait until it is loaded, or can't be; the log says why."""
        try:
            self.warm()
        except fetch.ModelError as error:
            self._refusal = str(error)
            log.warning("Drafts are ranked without vectors until the next start: %s", error)

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """A vector per text; where it could not be loaded, no brief waits until that fails again."""
        if self._refusal:
            raise fetch.ModelError(self._refusal)
        return super().vectors(texts)


def find(settings: Settings, *, stays: bool = False) -> Source:
    """The engine that COPYDESK_MODEL names, its weights fetched; raises ModelError or EngineError.

    What `stays` up has an encoder beside a server, too: one command would wait for it longer than for its drafts.
    """
    encoder = Encoder(settings.copydesk_data)
    if is_address(settings.copydesk_model):
        address, beside = str(endpoint.parsed(settings.copydesk_model)), encoder if stays else None
        return Source(lambda: RemoteEngine(address, key=settings.copydesk_api_key), None, None, beside, None)
    folder = fetch.resolve(settings.copydesk_model, data=settings.copydesk_data, device=settings.copydesk_device)
    if not fetch.is_embedded(folder, settings.copydesk_data):
        return Source(lambda: PausingEngine(lambda: _in_process(folder, settings)), folder, None, encoder, None)
    writes = fetch.EMBEDDED_WRITES
    return Source(lambda: PausingEngine(lambda: _with_house(folder, settings)), folder, HOUSE, encoder, writes)


def _in_process(folder: Path, settings: Settings, merged: tuple[str, Path] | None = None) -> Engine:
    from model.engine import open_engine  # torch takes seconds to import; help, errors and Slack don't wait for it

    size = {"context": settings.context, "slots": settings.slots}
    return open_engine(folder, device=settings.copydesk_device, merged=merged, **size)


def _with_house(folder: Path, settings: Settings) -> Engine:
    with resources.as_file(resources.files("model").joinpath("house", "adapter")) as adapter:
        return _in_process(folder, settings, (HOUSE, adapter))
