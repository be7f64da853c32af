"""Shows changed drafts in Slack, one after another and each as its rows are last, away from the listeners."""

import logging
import threading
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import draft_message
from bot.desk import SlackUnavailable
from storage import drafts
from storage.database import Storage

logger = logging.getLogger(__name__)


class Refresher:
    """Ten quick votes are one or two updates: a draft that waits already is not queued again.

    Updates from several threads could arrive out of order, and one that Slack asks to wait would hold up listeners.
    """

    def __init__(self, client: WebClient, storage: Storage, *, judged: Callable[[str], None] = lambda _: None) -> None:
        """`judged` is called with the workspace of each draft that people voted on, rewrote or used."""
        self._client, self._storage, self._judged = client, storage, judged
        self._changed = threading.Condition()
        self._waiting: dict[str, None] = {}
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="refresher", daemon=True)

    def start(self) -> None:
        """Start showing changes in the background."""
        self._thread.start()

    def soon(self, draft: str) -> None:
        """Show a draft as soon as its turn comes."""
        with self._changed:
            self._waiting[draft] = None
            self._changed.notify()

    def close(self) -> None:
        """Show what waits, and stop."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closing:
                    self._changed.wait()
                if not self._waiting:
                    return
                draft = next(iter(self._waiting))
                del self._waiting[draft]
            self._show(draft)

    def _show(self, name: str) -> None:
        with self._storage.read() as db:
            draft = drafts.get(db, name)
        if draft is None:
            return
        self._judged(draft.workspace)
        try:
            draft_message.refresh(self._client, self._storage, draft)
        except SlackApiError as error:
            logger.warning("Draft %s could not be shown: %s", name, error.response["error"])
        except SlackUnavailable as error:
            # What changed is in the rows; the next vote or edit shows it.
            logger.warning("Draft %s could not be shown: %s", name, error)
