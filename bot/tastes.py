"""Keeps the taste of every workspace in memory: learnt from the rows at the start, and again after each vote."""

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot import rows
from model import recall
from model.beliefs import Belief, beliefs
from model.brief import Brief
from model.download import ModelError
from model.embedding import Vector, Vectors
from model.house_examples import Example
from model.judgements import judgements
from model.taste import MOST, Preference, Taste
from storage import judged, signals
from storage import taste as kept
from storage.briefs import BriefRow
from storage.database import Storage

PATIENCE_SECONDS = 2.0
"""How long a brief waits for a taste that is being learnt anew, before it is written with the one before."""
ENCODER = "all-minilm-l6-v2"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a workspace: its taste, what that believes, and from which stamp on people's acts count."""

    taste: Taste
    beliefs: tuple[Belief, ...] = ()
    since: str = ""

    @property
    def votes(self) -> int:
        """How many votes, rewrites and uses it was learnt from."""
        return len(self.taste.told)


class Tastes:
    """The rows are what counts: a taste is brought in line with them, whatever happened, and never saved itself.

    Learning runs on a thread of its own, because it may need the encoder; a brief that starts learns first what has
    come meanwhile. Safe to call from several threads.
    """

    def __init__(self, storage: Storage, vectors: Vectors | None = None, *, most: int = MOST) -> None:
        """`vectors` are of meaning; without them a taste goes by the readable features and the words alone."""
        self._storage, self._vectors, self._most = storage, vectors, most
        self._known: dict[str, Known] = {}
        self._learning = threading.Lock()
        self._changed = threading.Condition()
        self._waiting: dict[str, None] = {}
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="tastes", daemon=True)

    def start(self) -> None:
        """Learn every workspace's taste in the background, and go on as people vote."""
        with self._storage.read() as db:
            known = kept.judged_workspaces(db)
        self._thread.start()
        for workspace in known:
            self.soon(workspace)

    def soon(self, workspace: str) -> None:
        """Learn what has changed in a workspace, in the background; costs the caller nothing."""
        with self._changed:
            self._waiting[workspace] = None
            self._changed.notify()

    def close(self) -> None:
        """Stop; what wasn't learnt yet is in the rows."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def known(self, workspace: str) -> Known | None:
        """What was known when somebody learnt last; None before that."""
        return self._known.get(workspace)

    def preference(self, brief: BriefRow) -> Preference | None:
        """How the team would like drafts for a brief; None while nobody has judged anything."""
        self.learn(brief.workspace, patience=PATIENCE_SECONDS)
        found = self.known(brief.workspace)
        return found.taste.preference(brief.format) if found else None

    def sentences(self, workspace: str) -> list[str]:
        """What is believed of a workspace, the strongest first."""
        found = self.known(workspace)
        return [one.sentence for one in found.beliefs] if found else []

    def learn(self, workspace: str, *, patience: float = -1) -> None:
        """Bring a workspace's taste in line with its rows; waits so many seconds for another that learns."""
        if not self._learning.acquire(timeout=patience):
            return
        try:
            self._known[workspace] = self._learnt(workspace)
        finally:
            self._learning.release()

    def _learnt(self, workspace: str) -> Known:
        with self._storage.read() as db:
            since = kept.since(db, workspace)
            found = signals.of_workspace(db, workspace, since=since)
            corrected = frozenset(one.feature for one in kept.corrections(db, workspace))
        told = judgements((rows.to_signal(row) for row in found), most=self._most)
        before = self._known.get(workspace, Known(Taste(), since=since))
        start = before.taste if before.taste.corrected == corrected else Taste(corrected=corrected)
        taste = start.learn(told, self._lookup(workspace))
        if taste is before.taste and since == before.since:
            return before
        texts = {text for one in told for text in (one.text, one.worse) if text}
        with self._storage.write() as db:
            kept.drop_vectors(db, workspace, but={_digest(text) for text in texts})
        return Known(taste, beliefs(taste), since)

    def _lookup(self, workspace: str) -> Callable[[Sequence[str]], list[Vector | None]]:
        """Vectors from the rows, and from the encoder what isn't there yet; none where the encoder can't be had."""

        def lookup(texts: Sequence[str]) -> list[Vector | None]:
            digests = {text: _digest(text) for text in texts}
            with self._storage.read() as db:
                found = kept.vectors(db, workspace, list(digests.values()))
            made = self._made([text for text in texts if digests[text] not in found])
            if made:
                packed = {digests[text]: np.array(vector, np.float32).tobytes() for text, vector in made.items()}
                found |= packed
                with self._storage.write() as db:
                    kept.keep_vectors(db, workspace, packed)
            return [_vector(found.get(digests[text])) for text in texts]

        return lookup

    def _made(self, texts: Sequence[str]) -> dict[str, Vector]:
        if self._vectors is None or not texts:
            return {}
        try:
            return dict(zip(texts, self._vectors(texts), strict=True))
        except ModelError as error:
            logger.warning("Taste is learnt without vectors: %s", error)
            return {}

    def _serve(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if self._closing:
                    return
                workspace = next(iter(self._waiting))
                del self._waiting[workspace]
            self.learn(workspace)


def liked(
    storage: Storage,
    brief: Brief,
    *,
    workspace: str,
    user: str,
    vectors: Vectors | None,
    preference: Preference | None,
) -> tuple[Example, ...]:
    """What a team liked, rewrote and used for briefs like this one, since an admin let it begin anew.

    What was asked for in private is shown to the `user` who asked alone.
    """
    with storage.read() as db:
        since = kept.since(db, workspace)
        found = [rows.to_judged(one) for one in judged.recent(db, workspace, user=user, since=since)]
    return recall.nearest(brief, found, vectors=vectors, preference=preference)


def _digest(text: str) -> str:
    return hashlib.blake2b(f"{ENCODER}\n{text}".encode(), digest_size=16).hexdigest()


def _vector(packed: bytes | None) -> Vector | None:
    return None if packed is None else np.frombuffer(packed, np.float32).tolist()
