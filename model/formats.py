"""The formats the desk writes, by name: what `/copy tweet …` and `google ad` mean."""

import difflib
import re
from collections.abc import Mapping
from types import MappingProxyType

from model.formats_ads import ADS
from model.formats_direct import DIRECT
from model.formats_long import LONG
from model.formats_social import SOCIAL
from model.shape import Format, Part

__all__ = ["ALIASES", "FORMATS", "Format", "Part", "UnknownFormat", "find"]

FORMATS: Mapping[str, Format] = MappingProxyType({form.name: form for form in (*SOCIAL, *ADS, *DIRECT, *LONG)})


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip(" .:,;!?'\"").casefold()


ALIASES: Mapping[str, str] = MappingProxyType(
    {_plain(word): form.name for form in FORMATS.values() for word in (form.name, *form.aliases)}
)
"""Every word or few by which people call a format, in lower case with spaces, and the format's name."""


class UnknownFormat(LookupError):
    """No format goes by that name; the message is a sentence for people."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.close = tuple(
            dict.fromkeys(ALIASES[word] for word in difflib.get_close_matches(_plain(name), ALIASES, 3, 0.6))
        )
        hint = f"did you mean {' or '.join(self.close)}?" if self.close else f"there are {', '.join(FORMATS)}."
        super().__init__(f"No format is called {name!r}: {hint}")


def find(name: str) -> Format:
    """Find a format by its name or one of its aliases, in any case, one or many, with spaces or dashes.

    >>> find("Google Ads").name
    'google-ad'
    """
    plain = _plain(name)
    for word in (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix(" post")):
        if word in ALIASES:
            return FORMATS[ALIASES[word]]
    raise UnknownFormat(name)
