"""Which sentiment model reads for a workspace: loaded once, and anew when corrections made a better one."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from model import sentiment_versions as versions
from model.sentiment import OpenSentiment, Reading, SentimentError

Open = Callable[[Path | None], OpenSentiment]
"""Loads a model: from the folder of a version, or the one that the settings name."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Loaded:
    """A model, how many read with it now, and whether another has taken its place."""

    model: OpenSentiment
    readings: int = 0
    is_replaced: bool = False


class Readers:
    """Loads what reads, and notices what another process promotes when the next reading starts."""

    def __init__(self, open_: Open, data: Path, *, learns: bool = True) -> None:
        """`learns` says that the settings name the model that corrections make versions of."""
        self._open, self._data, self.learns = open_, data, learns
        self._lock = threading.Lock()
        self._loaded: dict[str, _Loaded] = {}
        self._told = ""
        self.after: Future[object] | None = None
        """What is waited for first: two threads that import transformers at once break each other."""

    @property
    def is_ready(self) -> bool:
        """Whether a text is answered at once."""
        return bool(self._loaded)

    def warm_up(self) -> None:
        """Load what reads before the first text comes; what is wrong is said when one does."""
        try:
            self._give_back(self._take(versions.HOUSE))
        except SentimentError as error:
            logger.warning("%s", error)

    def close(self) -> None:
        """Let go of what is loaded."""
        with self._lock:
            for one in self._loaded.values():
                one.model.close()
            self._loaded = {}

    @contextmanager
    def using(self, workspace: str) -> Iterator[OpenSentiment]:
        """What reads for a workspace, open as long as the block lasts; waits until it is loaded. Raises SentimentError.

        A file takes hours, and another version may be promoted meanwhile: it is read to its end by what began it.
        """
        found = self._of(workspace)
        try:
            yield found.model
        finally:
            self._give_back(found)

    def _of(self, workspace: str) -> _Loaded:
        if self.after is not None:
            # Whether it went well is said by loading again.
            self.after.exception()
        name, problem = versions.reads(self._data, workspace) if self.learns else (versions.HOUSE, "")
        if problem and problem != self._told:
            logger.warning("%s", problem)
        self._told = problem
        try:
            return self._take(name)
        except SentimentError as error:
            if name == versions.HOUSE:
                raise
            logger.warning("The version %s does not load, so the shipped model reads: %s", name, error)
            return self._take(versions.HOUSE)

    def _take(self, name: str) -> _Loaded:
        with self._lock:
            if name not in self._loaded:
                opened = self._open(versions.folder(self._data, name))
                # Two at most, beside one that a file is still read with: the shipped one, and the one that learnt.
                for old in [one for one in self._loaded if versions.HOUSE not in (one, name)]:
                    self._replace(self._loaded.pop(old))
                self._loaded[name] = _Loaded(opened if name == versions.HOUSE else _Version(opened, name))
            found = self._loaded[name]
            found.readings += 1
            return found

    def _replace(self, old: _Loaded) -> None:
        old.is_replaced = True
        if not old.readings:
            old.model.close()

    def _give_back(self, found: _Loaded) -> None:
        with self._lock:
            found.readings -= 1
            if found.is_replaced and not found.readings:
                found.model.close()


class _Version:
    """A model that learnt from corrections, called by its version, too."""

    def __init__(self, inner: OpenSentiment, version: str) -> None:
        self._inner = inner
        self.name = f"{inner.name} · {version}"
        self.threshold, self.about, self.answers_aspects = inner.threshold, inner.about, inner.answers_aspects
        self.labels = inner.labels

    def read(
        self,
        texts: Sequence[str],
        aspects: Sequence[str] = (),
        *,
        explain: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> list[Reading]:
        return self._inner.read(texts, aspects, explain=explain, progress=progress)

    def close(self) -> None:
        self._inner.close()
