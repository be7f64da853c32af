"""An entry that is still being written: whether it is whole, how much room it has, and which piece may follow."""

import re
from functools import cached_property

from model.conventions import hashtags_in
from model.counting import count, emoji, segments
from model.faults import breaks_off, dangles
from model.guards import Phrase, Plan
from model.shape import Part
from model.words import uses

TAIL = 80  # how much of a text a piece is judged with
SMS = 160  # one segment, for each is paid for
ONE_LINE = 160  # a text that may be no longer than this has one line, unless it is a text message
SHORTEST = {"words": 10}  # with less room than this no further sentence is begun
_SHORTEST_CHARACTERS = 34
_ENDED = re.compile(r"[.!?…][\"'”’)]*$")
_ENDER = re.compile(r"^[.!?,;:]")


class Unended:
    """The text of one entry so far, in its part of a planned format."""

    def __init__(self, plan: Plan, part: Part, whole: str, start: int) -> None:
        self._plan, self.part, self._whole = plan, part, whole
        self.raw = whole[start:]
        self.text = self.raw.strip()

    def is_closed(self) -> bool:
        """Whether it ends as a sentence does, with nothing after it."""
        return bool(_ENDED.search(self.raw))

    def may_settle(self) -> bool:
        """Whether a sentence has ended that can be judged by itself; a title is judged whole."""
        return self.part.sentence and self.is_closed()

    def is_whole(self) -> bool:
        """Whether it could end here: neither cut nor too long nor too short."""
        if not self.text or not self._number_is_whole():
            return False
        number, limit = count(self.text, self.part.counting), self._limit()
        fits = number >= self.part.floor and (limit is None or number <= limit)
        return fits and not breaks_off(self.text, self.part.sentence)

    def is_one_line(self) -> bool:
        """Whether a line's end is its end."""
        return self.part.kind != "body" or (self.part.limit or ONE_LINE + 1) <= ONE_LINE

    def is_full(self) -> bool:
        """Whether there is no room for a further sentence."""
        limit = self._limit()
        if limit is None or not self.part.sentence:
            return False
        return limit - self._taken < SHORTEST.get(self.part.counting, _SHORTEST_CHARACTERS)

    def used(self) -> float:
        """How much of the limit is used, from 0; what is still to be said counts as used."""
        limit = self._limit()
        return self._taken / limit if limit else 0.0

    def may_stop(self) -> bool:
        """Whether a full stop could come next."""
        return self.part.sentence and self.raw[-1:].isalnum() and not dangles(self.text) and self._number_is_whole()

    @cached_property
    def wanted(self) -> list[Phrase]:
        """The phrases that are still to be said, certain or not."""
        return [phrase for phrase in self._plan.phrases if not phrase.said(self._whole)]

    def unsaid(self) -> list[Phrase]:
        """Those that must be said in this part, before it ends."""
        if self.part is not self._plan.target:
            return []
        return [phrase for phrase in self.wanted if phrase.certain]

    def takes_hashtag(self) -> bool:
        """Whether a further hashtag may begin."""
        return hashtags_in(self._whole) < self._plan.guard.form.hashtags[1] or "#" in self._plan.given

    def takes_emoji(self) -> bool:
        """Whether a further emoji may come."""
        most = self._plan.guard.form.emoji
        return most > 0 and len(emoji(self._whole)) < most

    def may_say(self, piece: str) -> bool:
        """Whether a piece of text holds nothing that isn't given, and makes nothing that may not be said."""
        if not self._plan.supplied.allows(self.raw[-TAIL:], piece):
            return False
        ending = (self.raw[-TAIL:] + piece).rstrip()
        return not any(uses(ending, phrase) for phrase in self._plan.guard.brief.unwanted)

    def allows(self, piece: str) -> bool:
        """Whether a piece of text may come next."""
        if not self._fits(piece) or not self.may_say(piece):
            return False
        if "\n" in piece and not self._may_break(piece):
            return False
        if self.raw.endswith("\n") and piece[:1] == " ":
            return False
        return not (self.part.sentence and _ENDER.match(piece) and dangles(self.text))

    def _number_is_whole(self) -> bool:
        return self._plan.supplied.allows(self.raw[-TAIL:], "\n")

    def _may_break(self, piece: str) -> bool:
        """Whether a line or paragraph may end here."""
        if (self.raw + piece).endswith("\n\n\n") or "\n\n\n" in piece:
            return False
        return not self.part.sentence or not breaks_off(self.text, sentence=True)

    def _limit(self) -> int | None:
        return SMS if self.part.counting == "sms" else self.part.limit

    def _fits(self, piece: str) -> bool:
        limit = self._limit()
        english = self._plan.guard.brief.language == "en"
        if self.part.counting == "sms" and english and segments(piece).alphabet != "GSM-7":
            return False
        if limit is None or (len(self.text) + len(piece)) * 2 < limit:
            return True
        return count((self.raw + piece).strip(), self.part.counting) + self._kept() <= limit

    @cached_property
    def _taken(self) -> int:
        return count(self.text, self.part.counting) + self._kept()

    def _kept(self) -> int:
        """The room that is kept for what must still be said."""
        phrases = self.unsaid() if self.part.kind not in ("list", "posts") else []
        return sum(count(phrase.text, self.part.counting) + 2 for phrase in phrases)
