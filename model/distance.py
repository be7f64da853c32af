"""How far a rewrite is from its original, by the characters that have to change."""


def distance(one: str, other: str) -> float:
    """The Levenshtein distance of two texts over the length of the longer: 0.0 the same, 1.0 nothing in common.

    Myers' bit vectors in Hyyrö's form (2003), one long integer a column, so that an article takes milliseconds.

    >>> distance("kitten", "sitting") == 3 / 7, distance("", "")
    (True, 0.0)
    """
    longest = max(len(one), len(other))
    return _edits(one, other) / longest if longest else 0.0


def _edits(one: str, other: str) -> int:
    if not one or not other:
        return max(len(one), len(other))
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    whole, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    more, less, edits = whole, 0, len(one)
    for letter in other:
        same = places.get(letter, 0)
        equal = (((same & more) + more) ^ more) | same | less
        rises, falls = less | (~(equal | more) & whole), more & equal
        edits += bool(rises & last) - bool(falls & last)
        # The first row counts the letters of the other text, so it rises with every column.
        rises, falls = (rises << 1 | 1) & whole, (falls << 1) & whole
        more, less = falls | (~(equal | rises) & whole), rises & equal
    return edits
