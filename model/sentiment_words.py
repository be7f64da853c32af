"""The words that moved a label: what its probability loses when each is left out."""

import re
from collections.abc import Callable, Sequence

from model.sentiment import WordWeight

ROWS = 64  # that are read at most to explain one text
GROUPS = 24
MOST_PARTS = 24  # of a text of more windows, every second part or fewer is looked at

Chances = Callable[[Sequence[str]], Sequence[float]]
"""The probability of the label for each of some texts, which are read in one forward."""

_WORD = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[@#]?[^\W_]+(?:[-'\u2019._][^\W_]+)*"
    r"|<3+|[:;=][-^']?[()\[\]DPpO/\\|*]+(?![^\W_])"
    "|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff]*"
)

Span = tuple[int, int]


def spans(text: str) -> list[Span]:
    """Where a text's words are: words, handles, hashtags, addresses, emoticons, emoji."""
    return [found.span() for found in _WORD.finditer(text)]


def explain(text: str, chances: Chances, *, windows: Callable[[str], int] = lambda _: 1) -> tuple[WordWeight, ...]:
    """The words' weights in the text's order, each what leaving it out takes off the probability of the label.

    One pass for up to ROWS - 1 words. Of more, GROUPS runs of words are left out first, and then each word of the runs
    that moved most, ROWS rows in all; the others have no weight. A text that needs several windows is explained by
    its part that speaks most for the label, and the weights are divided by the number of parts, as the answer is.
    """
    words, rows = spans(text), ROWS
    parts = windows(text) if words else 1
    if parts > 1:
        words, looked_at = _telling(text, words, parts, chances)
        rows -= looked_at
    if not words:
        return ()
    start, end = (0, len(text)) if parts == 1 else (words[0][0], words[-1][1])
    piece = text[start:end]
    moved = _moved(piece, [(at - start, to - start) for at, to in words], chances, rows)
    return tuple(WordWeight(piece[at:to], at + start, to + start, weight / parts) for (at, to), weight in moved)


def _telling(text: str, words: list[Span], parts: int, chances: Chances) -> tuple[list[Span], int]:
    """The words of the part, of so many equal ones, that speaks most for the label; and how many parts were read."""
    size = -(-len(words) // parts)
    cut = [words[at : at + size] for at in range(0, len(words), size)]
    cut = cut[:: -(-len(cut) // MOST_PARTS)]
    found = chances([text[one[0][0] : one[-1][1]] for one in cut])
    return cut[max(range(len(cut)), key=lambda at: found[at])], len(cut)


def _moved(text: str, words: list[Span], chances: Chances, rows: int) -> list[tuple[Span, float]]:
    if len(words) < rows:
        return list(zip(words, _taken(text, [[one] for one in words], chances), strict=True))
    size = -(-len(words) // GROUPS)
    groups = [words[at : at + size] for at in range(0, len(words), size)]
    weights = _taken(text, groups, chances)
    order = sorted(range(len(groups)), key=lambda at: -abs(weights[at]))
    left = rows - len(groups) - 2
    best = sorted(order[: max(1, left // size)])
    chosen = [word for at in best for word in groups[at]][:left]
    return list(zip(chosen, _taken(text, [[one] for one in chosen], chances), strict=True))


def _taken(text: str, groups: Sequence[Sequence[Span]], chances: Chances) -> list[float]:
    whole, *without = chances([text, *(left_out(text, group) for group in groups)])
    return [whole - one for one in without]


def left_out(text: str, words: Sequence[Span]) -> str:
    """The text without some of its words, which are given in its order."""
    kept, end = [], 0
    for start, stop in words:
        kept.append(text[end:start])
        end = stop
    return "".join([*kept, text[end:]])
