"""Which adapter writes a brief: the promoted one, or for a share of the briefs the one on trial."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model import adapters, canary
from model.adapters import HOUSE, AdapterError
from model.fingerprint import Base
from model.generation import Engine, EngineError, EngineUnavailable
from model.manifest import MANIFEST, WEIGHTS
from model.writing import BY_RULE
from storage import briefs, drafts, rounds
from storage.briefs import BriefRow
from storage.database import Storage
from storage.drafts import DraftRow
from storage.sqlite import Database

TRIAL = "{name} (trial)"
OTHERS = "The adapter {!r} learnt from another workspace and writes for that one alone."
LONGEST_CHAIN = 100  # new versions of new versions

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Now:
    """What writes in a workspace; `problem` says why it isn't what was promoted, or is empty."""

    adapter: str
    candidate: str = ""
    problem: str = ""


class Serving:
    """Chooses an adapter per brief and has it ready in the engine; safe to call from several threads.

    What another process promotes is noticed when the next brief starts. A brief stays with the adapter that its first
    draft was written by, and no adapter is unloaded that a brief being written began with.
    """

    def __init__(
        self, storage: Storage, data: Path, *, engine: Callable[[], Engine], base: Base | None, house: str | None
    ) -> None:
        """`base` is None where a server has the weights; `house` is the shipped adapter's name, if there is one."""
        self._storage, self._data, self._engine, self._base, self._house = storage, data, engine, base, house
        self._lock = threading.Lock()
        self._writing: dict[str, str] = {}
        self._loaded: set[str] = set()
        self._unloaded: dict[str, str] = {}  # what the engine would not load, and why
        self._verified: dict[
            str, tuple[object, str, str]
        ] = {}  # as which files, the problem, whose votes it learnt from
        self._preferred = house
        self._told = ""

    def adapter_for(self, brief: BriefRow) -> str | None:
        """The name of the adapter that writes a brief, loaded; None for what writes without any version.

        Called on the desk's threads when a brief starts; waits for the engine. Raises EngineUnavailable.
        """
        engine = self._engine()
        with self._storage.read() as db:
            root = _root(db, brief)
            trial = rounds.on_trial(db, brief.workspace)
            saved = drafts.of_brief(db, brief.id)
            begun = [one.adapter or HOUSE for one in saved if one.text and one.model != BY_RULE]
        with self._lock:
            incumbent = self._incumbent(engine, brief.workspace)
            candidate = trial.adapter if trial and trial.adapter and trial.incumbent == incumbent else incumbent
            wishes = [*begun[:1], *([candidate] if canary.on_trial(root, candidate) else []), incumbent, HOUSE]
            chosen = next(name for name in wishes if self._is_ready(engine, name, brief.workspace))
            self._writing[brief.id] = chosen
            self._unload(engine, {incumbent, candidate})
        return None if chosen == HOUSE else chosen

    def look(self) -> None:
        """Load what serves before the first brief asks for it; the log says where that isn't what was promoted."""
        engine = self._engine()
        try:
            with self._lock:
                self._incumbent(engine, "")
        except EngineUnavailable as error:
            logger.warning("The adapter that serves is loaded later: %s", error)

    def now(self, workspace: str) -> Now:
        """What writes in a workspace now, as far as the files and the last brief tell; never waits for the engine."""
        with self._storage.read() as db:
            trial = rounds.on_trial(db, workspace)
        names = adapters.line(self._data, workspace)
        problems = {name: self._problem(name, workspace) or self._unloaded.get(name, "") for name in names}
        writes = next(name for name in names if name == HOUSE or not problems[name])
        candidate = trial.adapter if trial and trial.incumbent == writes else None
        return Now(writes, candidate or "", problems[names[0]])

    def go_back(self, workspace: str, to: str) -> str:
        """Let what served a workspace before serve it again, if that is this one; returns what serves it.

        Raises AdapterError.
        """
        return adapters.rollback(self._data, self._base, workspace=workspace, to=to)

    def _incumbent(self, engine: Engine, workspace: str) -> str:
        """The first of the line that is whole and that the engine takes."""
        names = adapters.line(self._data)
        writes = next(name for name in names if self._is_ready(engine, name, workspace))
        problem = "" if writes == names[0] else self._problem(names[0], workspace) or self._unloaded.get(names[0], "")
        if problem and problem != self._told:
            logger.warning("%s Until then %s writes.", problem, writes)
        self._told = problem
        preferred = self._house if writes == HOUSE else writes
        if writes == names[0] and preferred and preferred != self._preferred:
            engine.merge_adapter(preferred)
            self._preferred = preferred
        return writes

    def _is_ready(self, engine: Engine, name: str, workspace: str) -> bool:
        """Whether an adapter may write in a workspace, and is in the engine now."""
        if name == HOUSE or (name in self._loaded and not self._problem(name, workspace)):
            return True
        if self._problem(name, workspace):
            return False
        try:
            engine.load_adapter(name, adapters.folder(self._data, name).absolute())
        except EngineUnavailable:
            raise
        except EngineError as error:
            # Asked again with the next brief: a server may be started anew with room for adapters.
            self._unloaded[name] = str(error)
            return False
        self._unloaded.pop(name, None)
        self._loaded.add(name)
        return True

    def _problem(self, name: str, workspace: str) -> str:
        """Why a version's files, as they are now, may not write in a workspace; an empty one stands for any."""
        if name == HOUSE:
            return ""
        files = tuple(_identity(adapters.folder(self._data, name) / part) for part in (MANIFEST, WEIGHTS))
        known = self._verified.get(name)
        if known is None or known[0] != files:
            known = self._verified[name] = (files, *self._verify(name))
        _, problem, whose = known
        return problem or (OTHERS.format(name) if workspace and whose != workspace else "")

    def _verify(self, name: str) -> tuple[str, str]:
        try:
            return "", adapters.verify(adapters.folder(self._data, name), self._base).workspace
        except AdapterError as error:
            return str(error), ""

    def _unload(self, engine: Engine, wanted: set[str]) -> None:
        """Unload what nothing is written by any more, and no brief being written began with."""
        if not self._loaded - wanted:
            return
        with self._storage.read() as db:
            rows = {brief: briefs.get(db, brief) for brief in self._writing}
        self._writing = {one: self._writing[one] for one, row in rows.items() if row and row.status == "writing"}
        for name in self._loaded - wanted - set(self._writing.values()):
            self._loaded.discard(name)
            try:
                engine.unload_adapter(name)
            except EngineError as error:
                logger.info("The adapter %s stays loaded: %s", name, error)


def load_promoted(engine: Engine, data: Path, base: Base | None, workspace: str) -> str | None:
    """Load what serves a workspace into an engine that writes for the terminal alone.

    None for what writes without any version; that also writes where no workspace is known, given as an empty one.
    """
    for name in adapters.line(data, workspace) if workspace else ():
        if name == HOUSE:
            break
        try:
            adapters.verify(adapters.folder(data, name), base)
            engine.load_adapter(name, adapters.folder(data, name).absolute())
        except (AdapterError, EngineError) as error:
            logger.warning("%s", error)
            continue
        return name
    return None


def credit(db: Database, draft: DraftRow) -> str:
    """Who wrote a draft, as its brief's opener says it: the model, the adapter, and whether that is on trial."""
    if not draft.adapter:
        return draft.model
    trial = rounds.on_trial(db, draft.workspace)
    is_on = trial is not None and trial.adapter == draft.adapter
    return f"{draft.model} · {TRIAL.format(name=draft.adapter) if is_on else draft.adapter}"


def _root(db: Database, brief: BriefRow) -> str:
    """The brief that a chain of new versions began with: its drafts are compared, so one adapter writes them all."""
    for _ in range(LONGEST_CHAIN):
        draft = drafts.get(db, brief.redesign_of) if brief.redesign_of else None
        earlier = briefs.get(db, draft.brief) if draft else None
        if earlier is None:
            break
        brief = earlier
    return brief.id


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file does; None for no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
