"""Which piece of text may come next, where numbers, addresses and marks must be those that were given."""

import re

_RUN = re.compile(r"[£$€¥]?\d[\d.,:]*%?|[£$€¥]|%")
_NUMBER_BEFORE = re.compile(r"[£$€¥]?(?:\d[\d.,:]*%?)?$")
_WORD_BEFORE = re.compile(r"\S*$")
_INSIDE = re.compile(r"@|://|^www\.|\w\.[A-Za-z]")
_ABBREVIATION = re.compile(r"^(?:[A-Za-z]\.)+[A-Za-z]?\W*$")
_EDGES = "()\"'“”‘’,;:!?."
MARKS = frozenset("[]{}<>«»|\\^~`=_*")
"""What copy has no use for: placeholders, markup and the marks that quote a brief."""


class Supplied:
    """Keeps numbers, links, e-mails, handles and marks to those in a text; a half of one is no whole one.

    >>> facts = Supplied("£15 a month, see brew.example")
    >>> facts.allows("Only £1", "5"), facts.allows("Only £1", " a"), facts.allows("Only £15", "0")
    (True, False, False)
    >>> facts.allows("at brew", ".example"), facts.allows("at beer", ".example")
    (True, False)
    """

    def __init__(self, text: str, *, pictures: bool = False) -> None:
        """`pictures` says that emoji may come."""
        self._pictures = pictures
        runs = {match.group().rstrip(".,:") for match in _RUN.finditer(text)}
        self._numbers = {run for run in runs if any(letter.isdigit() for letter in run)}
        self._beginnings = {run[:end] for run in self._numbers for end in range(1, len(run) + 1)}
        words = (word.strip(_EDGES).casefold() for word in text.split())
        self._addresses = {word for word in words if _INSIDE.search(word)}
        self._marks = MARKS - set(text)

    @property
    def has_numbers(self) -> bool:
        """Whether there is any number at all."""
        return bool(self._numbers)

    def allows(self, before: str, piece: str) -> bool:
        """Whether a piece may follow a text; only the text's last word matters."""
        if self._marks & set(piece):
            return False
        # Many tokenizers write a lone space before a figure or an emoji, and before nothing else.
        if before.endswith(" ") and not (piece[:1].isdigit() or piece[:1] in "£$€¥\ufffd"):
            return False
        if piece == " " and not (self._numbers or self._pictures):
            return False
        return self._numbers_hold(before, piece) and self._addresses_hold(before, piece)

    def _numbers_hold(self, before: str, piece: str) -> bool:
        found = _NUMBER_BEFORE.search(before)
        whole = (found.group() if found else "") + piece
        return all(
            run.group().rstrip(".,:") in self._numbers or (run.end() == len(whole) and run.group() in self._beginnings)
            for run in _RUN.finditer(whole)
        )

    def _addresses_hold(self, before: str, piece: str) -> bool:
        found = _WORD_BEFORE.search(before)
        whole = (found.group() if found else "") + piece
        words = whole.split()
        for at, word in enumerate(words):
            open_ = at == len(words) - 1 and not whole[-1].isspace()
            if not self._is_given(word.lstrip(_EDGES).casefold(), open_):
                return False
        return True

    def _is_given(self, word: str, open_: bool) -> bool:
        if not _INSIDE.search(word) or _ABBREVIATION.match(word):
            return True
        plain = word.rstrip(_EDGES)
        return any(
            address.startswith(word) if open_ and word == plain else _begins(address, plain)
            for address in self._addresses
        )


def _begins(address: str, word: str) -> bool:
    """Whether an address is the word, or goes on after it where an address may be cut."""
    return address == word or (address.startswith(word) and address[len(word)] in "/?#")
