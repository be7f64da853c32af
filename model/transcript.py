"""Tokens to text, in pieces that never have to be taken back."""

import unicodedata
from collections.abc import Sequence
from typing import Protocol

BROKEN = "\ufffd"
JOINER = "\u200d"


class Decoder(Protocol):
    """The part of a tokenizer that turns tokens into text."""

    def decode(self, token_ids: list[int], *, skip_special_tokens: bool = ...) -> str:
        """The text of these tokens."""
        ...


class Transcript:
    """The text of one sequence: cut before a stop string, free of banned phrases, whole characters only.

    A piece is given out once it can no longer change: the last character waits until it is known that nothing joins
    it (an accent, a skin tone, the other half of a flag), and what may become a stop string waits until it has not.
    """

    def __init__(self, decoder: Decoder, *, stop: Sequence[str] = (), banned: Sequence[str] = ()) -> None:
        self._decoder = decoder
        self._stop = [text for text in stop if text]
        self._banned = [text.casefold() for text in banned if text.strip()]
        self._tail = max((len(text) for text in self._banned), default=0)
        self._tokens: list[int] = []
        self._context = 0
        self._read = 0
        self._known = ""
        self._text = ""
        self._given = 0
        self.stopped = False

    def breaks(self, token: int) -> bool:
        """Whether a banned phrase would be in the text if this token came next."""
        if not self._banned:
            return False
        ending = self._text[-self._tail :] + self._following(token).rstrip(BROKEN)
        return any(phrase in ending.casefold() for phrase in self._banned)

    def add(self, token: int) -> str:
        """Take a token and return the text that is now certain."""
        following = self._following(token)
        self._tokens.append(token)
        if following and not following.endswith(BROKEN):
            self._text += following
            self._context, self._read = self._read, len(self._tokens)
            self._known = self._decode(self._tokens[self._context :])
        return self._give(final=False)

    def finish(self) -> str:
        """Return what was held back, without the bytes of a character that never became whole."""
        if not self.stopped:
            unread = self._decode(self._tokens[self._context :])[len(self._known) :]
            self._text += unread.rstrip(BROKEN)
        return self._give(final=True)

    def _decode(self, tokens: list[int]) -> str:
        return self._decoder.decode(tokens, skip_special_tokens=True)

    def _following(self, token: int) -> str:
        # Decoded behind the tokens of the piece before: some tokenizers drop a space at the very start.
        return self._decode([*self._tokens[self._context :], token])[len(self._known) :]

    def _give(self, *, final: bool) -> str:
        if self.stopped:
            return ""
        pending = self._text[self._given :]
        # The stop string that is complete first ends the text, however the text came to be cut into tokens.
        ends = [(place + len(stop), place) for stop in self._stop if (place := pending.find(stop)) >= 0]
        if ends:
            self.stopped = True
            pending = pending[: min(ends)[1]]
        elif not final:
            pending = pending[: min(self._before_stop(pending), last_character(pending))]
        self._given += len(pending)
        return pending

    def _before_stop(self, pending: str) -> int:
        """Where the longest ending begins that a stop string could begin with."""
        for start in range(max(0, len(pending) - max(map(len, self._stop), default=0)), len(pending)):
            if any(stop.startswith(pending[start:]) for stop in self._stop):
                return start
        return len(pending)


def last_character(text: str) -> int:
    """Where the last character begins, as a reader counts characters: an emoji with its skin tone is one.

    >>> last_character("Hi 👍🏽") == len("Hi ")
    True
    """
    for start in range(len(text) - 1, 0, -1):
        if not _joins(text, start):
            return start
    return 0


def _joins(text: str, place: int) -> bool:
    char, before = text[place], text[place - 1]
    if before == JOINER or char == JOINER or unicodedata.category(char) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    if not _is_flag_half(char):
        return False
    halves = 0
    while place - halves > 0 and _is_flag_half(text[place - halves - 1]):
        halves += 1
    return halves % 2 == 1


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
