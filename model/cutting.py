"""A text made of some of its own sentences, in their order and on their lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from model.words import sentences, words

EVERY = 10
"""Of so many sentences every choice is looked at; of more, the least telling one goes, then the next."""

_POINTS_BACK = re.compile(
    r"(?:it|its|they|their|them|he|she|his|her|that|this|these|those|so|and|but|or|because|then|both|either|also|too|"
    r"which|instead|otherwise|still|there)\b(?!’s a|'s a)",
    re.IGNORECASE,
)


def cuts(text: str) -> Iterator[str]:
    """Every text that is made by leaving some sentences out, the one that keeps the most words first.

    A sentence that points back to the one before it stays only together with that one.

    >>> list(cuts("We bake. It is bread. Come in."))
    ['We bake. It is bread.', 'We bake. Come in.', 'We bake.', 'Come in.']
    """
    lines = [sentences(line) for line in text.split("\n")]
    places = [(at, number) for at, line in enumerate(lines) for number in range(len(line))]
    kept = [lines[at][number] for at, number in places]
    choices = _choices(kept) if len(kept) <= EVERY else _chain(kept)
    sizes = [len(words(one)) for one in kept]
    whole = [one for one in choices if _holds_together(kept, one)]
    for choice in sorted(whole, key=lambda one: -sum(sizes[at] for at in one)):
        yield _joined(lines, {places[at] for at in choice})


def without(text: str, sentence: str) -> str:
    """A text without one of its sentences, wherever it stands.

    >>> without("Cold.\\n\\nBlack. Here.", "Black.")
    'Cold.\\n\\nHere.'
    """
    lines = [sentences(line) for line in text.split("\n")]
    places = {(at, number) for at, line in enumerate(lines) for number in range(len(line))}
    gone = next((place for place in sorted(places) if lines[place[0]][place[1]] == sentence), None)
    return _joined(lines, places - {gone}) if gone else text


def _choices(kept: Sequence[str]) -> Iterator[tuple[int, ...]]:
    for size in range(1, len(kept)):
        yield from combinations(range(len(kept)), size)


def _chain(kept: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Leave out one after another, the one whose words are said elsewhere the most."""
    left = list(range(len(kept)))
    while len(left) > 1:
        rest = {at: set(words(" ".join(kept[one] for one in left if one != at))) for at in left}
        left.remove(min(left, key=lambda at: len(set(words(kept[at])) - rest[at])))
        yield tuple(left)


def _holds_together(kept: Sequence[str], choice: tuple[int, ...]) -> bool:
    return all(at - 1 in choice for at in choice if at and _POINTS_BACK.match(kept[at]))


def _joined(lines: Sequence[Sequence[str]], places: set[tuple[int, int]]) -> str:
    """The lines with the sentences at these places; a line that has lost all of them goes."""
    left = [[said for number, said in enumerate(line) if (at, number) in places] for at, line in enumerate(lines)]
    shown = [" ".join(line) for line, before in zip(left, lines, strict=True) if line or not before]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()
