"""Writes a brief and delivers it: the opener, its progress, and one message per draft in the thread."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot import draft_message, rows
from bot.desk import Job, Outcome
from bot.live import LiveDraft
from bot.opener import Opener, retry_button
from bot.reaching import Clients, reaching_slack
from model.brief import Brief
from model.fetch import ModelError
from model.generation import EngineError
from model.writer import Draft, Piece, Progress, Writer
from storage import briefs, drafts
from storage.briefs import BriefRow
from storage.database import Storage
from storage.drafts import DraftRow

LOADING = "The model is still being loaded; your drafts come right after."
WRITING = "Writing {count}…"
WRITING_MORE = "Writing {count}… {done} of {total} candidates"
DONE = "{count} in the thread · {seconds:.0f} s · {model}"
STOPPED = "Stopped. {count} in the thread."
PAUSED = "Paused: the desk is closing for a moment. It goes on when the desk is back."
FAILED = "Something went wrong here; the details are in the desk's log. Nothing of your brief is lost: try again."

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the desk's workers do; the writer arrives when the model is loaded."""

    clients: Clients
    storage: Storage
    writer: Future[Writer]
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]

    def write(self, job: Job) -> Outcome:
        """Write a brief, from where an earlier attempt stopped; returns how it ended."""
        opener = Opener(self.clients, self.storage, job.brief, self.monotonic)
        count = _count(job.brief.variants)
        brief = opener.post(WRITING.format(count=count) if self.writer.done() else LOADING)
        self._show_typing(brief)
        started = self.monotonic()
        earlier = self._deliver_saved(brief)
        try:
            if len(earlier) < brief.variants:
                self._write_rest(job, opener, earlier)
        except (EngineError, ModelError) as error:
            logger.warning("Brief %s could not be written: %s", brief.id, error)
            opener.show(str(error), [retry_button(brief)])
            return "failed"
        return self._close(job, opener, self.monotonic() - started)

    def apologise(self, brief: BriefRow) -> None:
        """Say on the opener that the brief failed."""
        with self.storage.read() as db:
            kept = briefs.get(db, brief.id)
        if kept is None or kept.opener_ts is None:
            return
        try:
            Opener(self.clients, self.storage, kept, self.monotonic).show(FAILED, [retry_button(kept)])
        except SlackApiError as error:
            logger.warning("Brief %s failed, and Slack refused to say so: %s", brief.id, error.response["error"])

    def _deliver_saved(self, brief: BriefRow) -> list[DraftRow]:
        """Post what was saved but not posted before the process died; drop what was cut off while streaming."""
        with self.storage.read() as db:
            saved = drafts.of_brief(db, brief.id)
        kept = []
        for draft in saved:
            if not draft.text:
                LiveDraft.abandon(self.clients.patient, self.storage, draft)
            elif draft.ts is None:
                kept.append(draft_message.post(self.clients.patient, self.storage, draft, brief))
            else:
                kept.append(draft)
        return kept

    def _write_rest(self, job: Job, opener: Opener, earlier: list[DraftRow]) -> None:
        live: dict[int, LiveDraft] = {}
        writer = self.writer.result()
        opener.progress(WRITING.format(count=_count(opener.brief.variants)))
        texts = [draft.text for draft in earlier]
        try:
            for item in writer.write(self._brief(opener.brief), earlier=texts, cancelled=job.cancelled):
                self._deliver(item, opener, live)
        finally:
            # What was cut off, by whatever, must not stand there as if somebody were still writing it.
            for cut in live.values():
                LiveDraft.abandon(self.clients.patient, self.storage, cut.draft)

    def _deliver(self, item: Draft | Progress | Piece, opener: Opener, live: dict[int, LiveDraft]) -> None:
        brief = opener.brief
        match item:
            case Progress(done=done, total=total):
                count = _count(brief.variants)
                opener.progress(WRITING_MORE.format(count=count, done=done, total=total))
            case Piece(variant=variant, text=text):
                if variant not in live:
                    row = self._row(brief, variant)
                    live[variant] = LiveDraft.start(self.clients.patient, self.storage, row, brief)
                live[variant].append(text)
            case Draft(variant=variant) if variant in live:
                # Out of the way first: a complete draft is kept, even when Slack refuses its last update.
                live.pop(variant).finish(self._row(brief, variant, item))
            case Draft(variant=variant):
                self._keep_and_post(self._row(brief, variant, item), brief)

    def _keep_and_post(self, row: DraftRow, brief: BriefRow) -> None:
        with self.storage.write() as db:
            drafts.insert(db, row)
        draft_message.post(self.clients.patient, self.storage, row, brief)

    def _close(self, job: Job, opener: Opener, seconds: float) -> Outcome:
        with self.storage.read() as db:
            written, kept = drafts.of_brief(db, opener.brief.id), briefs.get(db, opener.brief.id)
        count = _count(len(written))
        if len(written) < opener.brief.variants and job.cancelled.is_set():
            if kept is not None and kept.status == "writing":
                opener.show(PAUSED, [])
            else:
                opener.show(STOPPED.format(count=count), [retry_button(opener.brief)])
            return "stopped"
        opener.show(DONE.format(count=count, seconds=seconds, model=written[-1].model), [])
        return "done"

    def _brief(self, row: BriefRow) -> Brief:
        with self.storage.read() as db:
            rejected = drafts.get(db, row.redesign_of) if row.redesign_of else None
        return rows.to_brief(row, rejected=rejected.text if rejected else "")

    def _row(self, brief: BriefRow, variant: int, draft: Draft | None = None) -> DraftRow:
        return rows.from_draft(brief, variant, draft, at=self.clock())

    def _show_typing(self, brief: BriefRow) -> None:
        """Slack's own "is writing" line exists in threads of the direct message only."""
        if not (brief.opener_channel or "").startswith("D") or brief.thread_ts is None:
            return
        try:
            with reaching_slack():
                self.clients.patient.assistant_threads_setStatus(
                    channel_id=brief.opener_channel or "", thread_ts=brief.thread_ts, status="is writing…"
                )
        except SlackApiError as error:
            logger.info("The status of brief %s was refused: %s", brief.id, error.response["error"])


def _count(number: int) -> str:
    return f"{number} draft" if number == 1 else f"{number} drafts"
