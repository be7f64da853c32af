"""A brand's name in a brief as somebody typed it, found in the workspace's list; pure."""

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from bot.branding import NONE
from storage.brands import key

UNKNOWN = "I don't know the brand {value!r}.{hint} `/brand list` names those there are."
NO_BRANDS = "I don't know the brand {value!r}: there is none yet. An admin makes one with `/brand`."

ALIKE = 0.8
"""How much of a name must be there to be taken for it misspelt: "Northern" is no misspelt "North"."""

LONGEST = 200
"""No name is sought in more characters than these, however many blanks stand between its words."""

ENDS = re.compile(r",|[.;!?]+\s*\Z|(?=\s|\Z|[.;!?]\s)")
NONE_ALONE = re.compile(rf"{NONE}[,.;!?]?[^\S\n]*$", re.IGNORECASE | re.MULTILINE)


class UnknownBrand(Exception):
    """A brand is named that isn't there; the message is a sentence for the person."""


def find_brand(text: str, start: int, names: Sequence[str], *, is_flag: bool) -> tuple[str, int] | None:
    """The brand that is named at a place in a text, and where its name ends.

    None where "brand:" is followed by anything else, as in "tweet for our new brand: Zest": those are words of the
    brief. Raises UnknownBrand for a flag with a name that isn't there, and for what looks like a name misspelt.

    >>> find_brand("brand: north star tweet", 7, ["North Star", "North"], is_flag=False)
    ('North Star', 17)
    """
    known = {key(name): name for name in names}
    quoted = re.compile(r'"([^"]*)"').match(text, start)
    if is_flag or quoted or NONE_ALONE.match(text, start):
        known[NONE] = NONE
    if quoted:
        value, end = quoted[1].strip(), quoted.end()
    else:
        value, end = _longest(text, start, known) or _word(text, start)
    if found := known.get(key(value)):
        return found, end
    close = get_close_matches(key(value), list(known), n=1, cutoff=ALIKE)
    if not is_flag and (not close or _goes_on(key(value), known)):
        return None
    hint = f" Did you mean “{known[close[0]]}”?" if close else ""
    raise UnknownBrand((UNKNOWN if names else NO_BRANDS).format(value=value, hint=hint))


def _longest(text: str, start: int, known: Collection[str]) -> tuple[str, int] | None:
    """The longest name that stands there without quotes, compared as names are; a comma after it goes with it."""
    longest = None
    for end in ENDS.finditer(text, start):
        value = text[start : end.start()]
        if key(value) in known:
            longest = value, end.end()
        if len(value) > LONGEST:
            break
    return longest


def _goes_on(value: str, known: Collection[str]) -> bool:
    """Whether a word only begins with a name, as "Brewline's" does: that is no misspelt one."""
    return any(value.startswith(name) and not value.removeprefix(name)[:1].isalnum() for name in known)


def _word(text: str, start: int) -> tuple[str, int]:
    word = re.compile(r"\S*").match(text, start)
    assert word is not None, "it matches nothing, too"
    return word[0].rstrip(","), word.end()
