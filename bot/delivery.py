"""Writes a brief and delivers it: the opener, its progress, and one message per draft in the thread."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from slack_sdk.errors import SlackApiError

from bot import draft_message, rows, serving, tastes, whisper
from bot.desk import Job, Outcome, SlackUnavailable
from bot.live import LiveDraft
from bot.opener import Opener, retry_button, stop_button
from bot.reaching import Clients, reaching_slack
from bot.slack_text import escape
from model.brief import Brief
from model.embedding import Vectors
from model.fetch import ModelError
from model.formats import FORMATS
from model.generation import EngineError, EngineUnavailable
from model.revision import is_fresh
from model.taste import Preference
from model.writer import Writer
from model.writing import BY_RULE, Draft, Piece, Progress
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
WAITS = "{fact}; your brief waits and is written as soon as it can be."
FAILED = "Something went wrong here; the details are in the desk's log. Nothing of your brief is lost: try again."
NEVER_BEGUN = "Your brief “{brief}” could not be written. {failed}"
IN_DIRECT_MESSAGES = "The drafts are in our <{link}|direct messages>."

OTHERS = 12
"""Drafts of a thread that a new one must differ from, the newest ones: where facts are few, there are not many ways."""

Item = Draft | Progress | Piece

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the desk's workers do; the writer arrives when the model is loaded, `vectors` tell which briefs are near.

    `adapter_for` names the adapter that writes a brief, None for the writer's own, and waits for the engine;
    `preference_for` tells how the team would like drafts for it, None while nothing is known.
    """

    clients: Clients
    storage: Storage
    writer: Future[Writer]
    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    vectors: Vectors | None = None
    adapter_for: Callable[[BriefRow], str | None] | None = None
    preference_for: Callable[[BriefRow], Preference | None] | None = None

    def write(self, job: Job) -> Outcome:
        """Write a brief, from where an earlier attempt stopped; returns how it ended."""
        opener = Opener(self.clients, self.storage, job.brief, self.monotonic)
        count = _count(job.brief.variants)
        brief = opener.post(WRITING.format(count=count) if self.writer.done() else LOADING)
        if job.brief.opener_ts is None and brief.private:
            self._say_where(brief)
        self._show_typing(brief)
        started = self.monotonic()
        earlier = self._deliver_saved(brief)
        try:
            if len(earlier) < brief.variants:
                self._write_rest(job, opener, earlier)
        except EngineUnavailable as error:
            opener.show(WAITS.format(fact=error.fact), [stop_button(brief)])
            raise
        except (EngineError, ModelError) as error:
            logger.warning("Brief %s could not be written: %s", brief.id, error)
            if not opener.show(str(error), [retry_button(brief)]):
                self._whisper(brief, str(error))
            return "failed"
        return self._close(job, opener, self.monotonic() - started)

    def apologise(self, brief: BriefRow) -> None:
        """Say on the opener that the brief failed, or to the person where there is none."""
        if not self._show(brief, FAILED):
            self._whisper(brief, FAILED)

    def end(self, brief: BriefRow) -> None:
        """Say on the opener that the brief was stopped while no worker had it."""
        with self.storage.read() as db:
            written = drafts.of_brief(db, brief.id)
        self._show(brief, STOPPED.format(count=_count(len(written))))

    def _show(self, brief: BriefRow, status: str) -> bool:
        """Show how a brief ended on its opener; False when there is none, or Slack would not."""
        with self.storage.read() as db:
            kept = briefs.get(db, brief.id)
        if kept is None or kept.opener_ts is None:
            return False
        return Opener(self.clients, self.storage, kept, self.monotonic).show(status, [retry_button(kept)])

    def _whisper(self, brief: BriefRow, failed: str) -> None:
        told = NEVER_BEGUN.format(brief=escape(shorten(brief.product, 80, placeholder="…")), failed=failed)
        whisper.answer(self.clients.patient, brief, told, buttons=[retry_button(brief)])

    def _say_where(self, brief: BriefRow) -> None:
        """Tell in the channel where it was typed, to that person alone, where the private drafts are."""
        if brief.channel.startswith("D") or brief.channel == brief.user:
            return
        try:
            with reaching_slack():
                found = self.clients.patient.chat_getPermalink(
                    channel=brief.opener_channel or "", message_ts=brief.opener_ts or ""
                )
        except (SlackApiError, SlackUnavailable) as error:
            logger.warning("The opener of brief %s can't be linked to: %s", brief.id, type(error).__name__)
            return
        whisper.answer(self.clients.patient, brief, IN_DIRECT_MESSAGES.format(link=found["permalink"]))

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
                if FORMATS[brief.format].streams:
                    LiveDraft.resume(self.clients.patient, self.storage, draft)
                kept.append(draft)
        return kept

    def _write_rest(self, job: Job, opener: Opener, earlier: list[DraftRow]) -> None:
        live: dict[int, LiveDraft] = {}
        writer = self.writer.result()
        opener.progress(WRITING.format(count=_count(opener.brief.variants)))
        brief, texts = self._brief(opener.brief), [draft.text for draft in earlier]
        adapter = (self.adapter_for(opener.brief) if self.adapter_for else None) or writer.adapter
        preference = self.preference_for(opener.brief) if self.preference_for else None
        row, vectors = opener.brief, self.vectors
        liked = tastes.liked(
            self.storage, brief, workspace=row.workspace, user=row.user, vectors=vectors, preference=preference
        )
        asked = writer.write(
            brief,
            earlier=texts,
            unlike=self._others(opener.brief, brief),
            liked=liked,
            cancelled=job.cancelled,
            preference=preference,
            adapter=adapter,
        )
        try:
            for item in _numbered(asked, [draft.variant for draft in earlier], brief.variants):
                self._deliver(item, opener, live)
        finally:
            # What was cut off, by whatever, must not stand there as if somebody were still writing it.
            for cut in live.values():
                self._end_early(cut, opener.brief, writer.model, adapter)

    def _end_early(self, cut: LiveDraft, brief: BriefRow, model: str, adapter: str | None) -> None:
        """Keep what a person stopped, because they have read it; what anything else cut off is written anew."""
        with self.storage.read() as db:
            row = briefs.get(db, brief.id)
        if row is not None and row.status == "cancelled" and cut.text.strip():
            cut.finish(rows.stopped(cut.draft, brief, cut.text, model=model, adapter=adapter))
        else:
            LiveDraft.abandon(self.clients.patient, self.storage, cut.draft)

    def _deliver(self, item: Item, opener: Opener, live: dict[int, LiveDraft]) -> None:
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
            credit = serving.credit(db, _by_model(written)) if written else ""
        count = _count(len(written))
        if kept is None or kept.status == "cancelled":
            opener.show(STOPPED.format(count=count), [retry_button(opener.brief)])
            return "stopped"
        if len(written) < opener.brief.variants and job.cancelled.is_set():
            opener.show(PAUSED, [])
            return "stopped"
        opener.show(DONE.format(count=count, seconds=seconds, model=credit), [])
        return "done"

    def _brief(self, row: BriefRow) -> Brief:
        with self.storage.read() as db:
            rejected = drafts.get(db, row.redesign_of) if row.redesign_of else None
            return rows.to_brief(row, rejected=drafts.current_text(db, rejected) if rejected else "")

    def _others(self, row: BriefRow, brief: Brief) -> tuple[str, ...]:
        """What the other drafts of the thread say, newest first: copy that is to be different repeats none of them."""
        if not is_fresh(brief):
            return ()
        with self.storage.read() as db:
            found = drafts.texts_of_thread(db, row.id)
        return tuple(text for text in found if text != brief.rejected)[:OTHERS]

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


def _by_model(written: list[DraftRow]) -> DraftRow:
    """The last draft that a model wrote; the last of all where a rule made them."""
    return next((one for one in reversed(written) if one.model != BY_RULE), written[-1])


def _numbered(items: Iterable[Item], kept: Collection[int], variants: int) -> Iterator[Item]:
    """What is written, by the numbers that no draft has: of two written at once the second may have been kept alone."""
    free = [number for number in range(1, variants + 1) if number not in kept]
    for item in items:
        yield item if isinstance(item, Progress) else replace(item, variant=free[item.variant - len(kept) - 1])


def _count(number: int) -> str:
    return f"{number} draft" if number == 1 else f"{number} drafts"
