"""Reads what a marketer typed or filled in and makes a brief of it, or says what is missing."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot import format_words
from bot.brand_words import UnknownBrand, find_brand
from bot.slack_text import unescape
from model.brief import Brief
from model.formats import FORMATS, Format, UnknownFormat, find
from storage.brands import QUOTES

MAX_CHARACTERS = 2000
MAX_VARIANTS = 5
DEFAULT_FORMAT = "tweet"
EXAMPLE = "tweet for Brewline cold brew, free shipping this week"

TOO_LONG = "That brief has {count:,} characters; I read at most {limit:,}. Keep the facts and leave the rest out."
NO_WORDS = "I found no words in that brief. Tell me what to write about, for example `/copy {example}`."
NO_PRODUCT = "What is it about? Say it after the format, for example `/copy {example}`."
UNKNOWN_FLAG = "I don't know `--{flag}`.{hint} `/copy help` lists what I understand."
NO_VALUE = "`--{flag}` needs a value, for example `--{flag} {sample}`."
BAD_VARIANTS = "`--variants` is {value!r}; it must be a whole number from 1 to {limit}."
BAD_FORMAT = "I don't know the format {value!r}.{hint} `/copy help` lists the formats."
BAD_LANGUAGE = "`--language` is {value!r}; it must be a two-letter code such as `en` or `de`."

SAMPLES = {
    "format": "linkedin",
    "variants": "3",
    "audience": '"busy parents"',
    "tone": "playful",
    "must-say": '"free shipping"',
    "must-not-say": "cheap",
    "language": "en",
    "brand": "Brewline",
}
FLAG_ALIASES = {
    "must": "must-say",
    "include": "must-say",
    "not": "must-not-say",
    "avoid": "must-not-say",
    "lang": "language",
}
SWITCHES = ("private",)
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

NAMES = "|".join((*SAMPLES, *FLAG_ALIASES))
FLAG = re.compile(rf"(?:^|(?<=\s))(?:--([A-Za-z][\w-]*)(?:=|\s+|$)|({NAMES}):\s*(?=\S))", re.IGNORECASE)
MUST_SAY = re.compile(
    r"\bmust (?:include|say|mention|contain|have):?\s+(?:the\s+)?(?:words?\s+|phrase\s+|line\s+|hashtag\s+)?"
    r"(?:\"([^\"]+)\"|'([^']+)'|([^\s,.;]+))",
    re.IGNORECASE,
)
# What somebody says of themselves or of the product is a fact, and is read before a ban can be: "we never use …".
FACT = (
    r"\b(?:i|we|you|they|it|who|that|our\s+\w+)(?:'d|'ll)?\s+(?:(?:also|still|just|simply|would|will)\s+)*"
    r"(?:don't|do not|never)\b"
)
# What is not to be used may be a thing; it is a word where "the word" or quotation marks say so.
BAN = (
    r"\b(?:don't|do not|never)\s+"
    r"(?:(?:say|mention):?\s+(?:the\s+)?(?:(?:words?|phrases?)\s+)?"
    r"|use:?\s+(?:the\s+)?(?:(?:words?|phrases?):?\s+|(?=\"[^\"]+\"|'[^']+')))"
    r"(?:\"([^\"]+)\"|'([^']+)'|([^\s,.;]+))"
)
MUST_NOT_SAY = re.compile(f"{FACT}|{BAN}", re.IGNORECASE)
# Phones and Slack's editor turn double hyphens into dashes.
DASH_FLAG = re.compile(r"(?:^|(?<=\s))[—–](?=[A-Za-z])")
SCRIPTS = {
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
}


class BriefError(Exception):
    """The brief can't be read; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A brief as understood, and what was assumed: no format named, or no product yet (then a modal asks).

    `brand` is the name of the brand as its list has it, "none" where none is wanted, and empty where none is named;
    `language` is the one that is named, and empty where the brief's own words say it.
    """

    brief: Brief
    private: bool = False
    is_format_assumed: bool = False
    is_complete: bool = True
    brand: str = ""
    language: str = ""


@dataclass(slots=True)
class _Flags:
    values: dict[str, list[str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    def last(self, name: str) -> str:
        return self.values.get(name, [""])[-1]


def parse(text: str, brands: Sequence[str] = ()) -> Typed:
    """Read the text after `/copy`, as Slack sends it; raises BriefError with what to do.

    Flags may be written `--tone playful` or `tone:playful`; everything else is the product, kept word for word.
    `brands` are the names of the workspace's brands.
    """
    plain = unescape(text).translate(QUOTES).strip()
    if len(plain) > MAX_CHARACTERS:
        raise BriefError(TOO_LONG.format(count=len(plain), limit=MAX_CHARACTERS))
    flags = _flags(DASH_FLAG.sub("--", plain), brands)
    product = " ".join(flags.rest).strip()
    named = format_words.named(product)
    chosen = _find(flags.last("format")) if flags.last("format") else named or FORMATS[DEFAULT_FORMAT]
    if plain and not any(character.isalnum() for character in plain):
        raise BriefError(NO_WORDS.format(example=EXAMPLE))
    is_complete = bool(product) and not format_words.is_only(product, chosen)
    brief = Brief(
        product=product if is_complete else "",
        format=chosen.name,
        variants=_variants(flags.last("variants"), product, chosen),
        audience=flags.last("audience"),
        tone=flags.last("tone"),
        must_say=_with_phrases(flags.values.get("must-say", []), MUST_SAY, product),
        must_not_say=_with_phrases(flags.values.get("must-not-say", []), MUST_NOT_SAY, product),
        language=_language(flags.last("language"), product),
    )
    return Typed(
        brief=brief,
        private="private" in flags.values,
        is_format_assumed=named is None and not flags.last("format"),
        is_complete=is_complete,
        brand=flags.last("brand"),
        language=flags.last("language").lower(),
    )


def from_fields(fields: Mapping[str, str], *, quotes_others: bool = False) -> Brief:
    """A brief from the modal's fields, named as Brief's; lists are one phrase a line; raises BriefError.

    What the product says must be said counts as where it is typed, unless it `quotes_others`: they ask for nothing.
    """
    product = fields["product"].strip()
    asking = "" if quotes_others else product.translate(QUOTES)
    if not any(character.isalnum() for character in product):
        raise BriefError(NO_WORDS.format(example=EXAMPLE))
    return Brief(
        product=product,
        format=_find(fields["format"]).name,
        variants=_variants(fields.get("variants", ""), "", _find(fields["format"])),
        audience=fields.get("audience", "").strip(),
        tone=fields.get("tone", "").strip(),
        must_say=_with_phrases(_lines(fields.get("must_say", "")), MUST_SAY, asking),
        must_not_say=_with_phrases(_lines(fields.get("must_not_say", "")), MUST_NOT_SAY, asking),
        language=_language(fields.get("language", ""), product),
    )


def _flags(text: str, brands: Sequence[str]) -> _Flags:
    found = _Flags()
    position = 0
    while match := FLAG.search(text, position):
        written = match.group(1) or match.group(2)
        name = FLAG_ALIASES.get(written.lower(), written.lower())
        if name not in SAMPLES and name not in SWITCHES:
            raise BriefError(UNKNOWN_FLAG.format(flag=written, hint=_hint(name, [*SAMPLES, *SWITCHES], "--")))
        named = _brand(text, match, brands) if name == "brand" else None
        if name == "brand" and named is None:
            found.rest.append(text[position : match.end()].strip())
            position = match.end()
            continue
        found.rest.append(text[position : match.start()].strip())
        value, position = named or (("", match.end()) if name in SWITCHES else _value(text, match.end(), written))
        found.values.setdefault(name, []).append(value)
    found.rest.append(text[position:].strip())
    found.rest = [part for part in found.rest if part]
    return found


def _brand(text: str, match: re.Match[str], brands: Sequence[str]) -> tuple[str, int] | None:
    """The brand that is named, and where its name ends; None where only the word "brand" stands there."""
    _value(text, match.end(), "brand")
    try:
        return find_brand(text, match.end(), brands, is_flag=match.group(1) is not None)
    except UnknownBrand as unknown:
        raise BriefError(str(unknown)) from unknown


def _value(text: str, start: int, flag: str) -> tuple[str, int]:
    quoted = re.compile(r'"([^"]*)"|(\S+)').match(text, start)
    value = (quoted.group(1) or quoted.group(2) or "").strip() if quoted else ""
    if quoted is None or not value or value.startswith("--"):
        name = FLAG_ALIASES.get(flag.lower(), flag.lower())
        raise BriefError(NO_VALUE.format(flag=flag, sample=SAMPLES[name]))
    return value.rstrip(","), quoted.end()


def _find(name: str) -> Format:
    try:
        return find(name)
    except UnknownFormat as unknown:
        hint = _hint(name.lower(), list(FORMATS), "")
        raise BriefError(BAD_FORMAT.format(value=name, hint=hint)) from unknown


def _variants(value: str, product: str, chosen: Format) -> int:
    if value:
        if not value.isdecimal() or not 1 <= int(value) <= MAX_VARIANTS:
            raise BriefError(BAD_VARIANTS.format(value=value, limit=MAX_VARIANTS))
        return int(value)
    first, _, rest = product.lower().partition(" ")
    count = COUNTS.get(first) or (int(first) if first.isdecimal() else 0)
    if 1 <= count <= MAX_VARIANTS and format_words.named(" ".join(rest.split()[:3])) == chosen:
        return count
    return chosen.variants


def _language(value: str, product: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z]{2}", value):
        raise BriefError(BAD_LANGUAGE.format(value=value))
    return value.lower() or _script_language(product)


def _script_language(product: str) -> str:
    """The language that a script suggests when most letters are in it; English for Latin letters."""
    letters = [unicodedata.name(character, "").split(" ")[0] for character in product if character.isalpha()]
    for script, language in SCRIPTS.items():
        if letters and letters.count(script) * 2 > len(letters):
            return language
    return "en"


def _with_phrases(given: Sequence[str], pattern: re.Pattern[str], product: str) -> tuple[str, ...]:
    """What was given apart from the product, and what the product itself asks for."""
    return tuple(dict.fromkeys([*given, *_phrases(pattern, product)]))


def _phrases(pattern: re.Pattern[str], product: str) -> Iterator[str]:
    for match in pattern.finditer(product):
        yield from filter(None, match.groups())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _hint(name: str, known: list[str], prefix: str) -> str:
    close = get_close_matches(name, known, n=1)
    return f" Did you mean `{prefix}{close[0]}`?" if close else ""
