"""What a person typed after /sentiment, or filled in, → what is to be read; pure."""

import re
from dataclasses import dataclass

from bot.slack_text import unescape
from model import sentiment_aspects
from model.sentiment import SentimentError
from model.sentiment_aspects import SETS

LONGEST = 12_000
# Phones and Slack's editor turn quotes and double hyphens into typographic ones.
TYPOGRAPHIC = str.maketrans({"“": '"', "”": '"', "„": '"'})
# A name is a word, or one of the sets' names of several; after a comma comes another, with a blank before it or not.
_NAME = "|".join([*(one for found in SETS.values() for one in found if " " in one), r"(?!--|—|–)[^\s,;:]+"])
_GAP = r"[^\S\n]*"
_NAMES = rf"(?:{_NAME})(?:{_GAP}[,;]{_GAP}(?:{_NAME}))*"
_FLAG = r"(?:--|—|–)aspects?(?![\w-])"
_OF_IT = rf"=?{_GAP}(?:\"([^\"]*)\"|({_NAMES}|))[,;:]*"
FIRST = re.compile(rf"\s*{_FLAG}{_OF_IT}\s*", re.IGNORECASE)
LAST = re.compile(rf"(?<=\s){_FLAG}{_OF_IT}\s*\Z", re.IGNORECASE)
# In the terminal it is a wish; here every answer says which words moved it.
EXPLAIN = re.compile(r"\s*(?:--|—|–)explain(?![\w-])", re.IGNORECASE)
EXPLAIN_LAST = re.compile(r"(?<=\s)(?:--|—|–)explain\s*\Z", re.IGNORECASE)
# With two hyphens only: customers write dashes.
MIDDLE = re.compile(r"(?<=\s)--aspects?(?![\w-])", re.IGNORECASE)
OTHER = re.compile(r"\s*(--[a-z][\w-]*)", re.IGNORECASE)

NO_WORDS = "I found no words in that. Type a comment after `/sentiment`, or `/sentiment` alone for a form."
NO_ASPECT = "`--aspects` needs names, for example `--aspects food,service` or `--aspects restaurants`."
ASPECTS_AT_AN_END = (
    "`--aspects` stands before the text or after it, with commas between the names; put several words of one name in "
    "quotation marks."
)
UNKNOWN = "There is no `{flag}` here."
TOO_LONG = "That has {count:,} characters; I read at most {limit:,} here. `/sentiment` alone takes a file."
NOTHING = "Paste a comment, or choose a file."
ONE_OR_OTHER = "Choose a file or paste comments, not both: they would be counted together."


class NotUnderstood(Exception):
    """There is nothing to read; the message is a sentence for the person."""


class UnknownFlag(NotUnderstood):
    """What was typed begins with a flag that is none of these; whoever typed it is helped by all there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be read: one text, or a comment a line, and the aspects to look for."""

    text: str
    is_lines: bool
    aspects: tuple[str, ...] = ()


def parse(typed: str) -> Request:
    """What the words after the command ask for, as Slack sends them; raises NotUnderstood.

    >>> parse("--aspects food,service Lovely waiter")
    Request(text='Lovely waiter', is_lines=False, aspects=('food', 'service'))
    >>> parse("Great\\nAwful").is_lines
    True
    """
    text, names = _without_flags(unescape(typed))
    if found := OTHER.match(text):
        raise UnknownFlag(UNKNOWN.format(flag=found[1]))
    if MIDDLE.search(text):
        raise NotUnderstood(ASPECTS_AT_AN_END)
    return of_text(text, aspects(",".join(names)))


def _without_flags(text: str) -> tuple[str, list[str]]:
    """The text between the flags at its ends, and what they name; raises NotUnderstood for aspects without a name."""
    names: list[str] = []
    while True:
        plain = text.translate(TYPOGRAPHIC)
        if not (found := EXPLAIN.match(plain) or EXPLAIN_LAST.search(plain)):
            if not (found := FIRST.match(plain) or LAST.search(plain)):
                return text, names
            names.append(found[1] or found[2] or "")
            if not aspects(names[-1]):
                raise NotUnderstood(NO_ASPECT)
        text = text[: found.start()] + text[found.end() :]


def of_text(text: str, wanted: tuple[str, ...], *, is_one: bool = False) -> Request:
    """What a text asks for: several lines are a comment each, unless it is said to be one; raises NotUnderstood."""
    text = text.strip()
    if len(text) > LONGEST:
        raise NotUnderstood(TOO_LONG.format(count=len(text), limit=LONGEST))
    # Emoji alone may say a lot; the model says what it makes of them.
    if not any(not one.isspace() for one in text):
        raise NotUnderstood(NO_WORDS)
    lines = [line for line in text.splitlines() if line.strip()]
    return Request(text, len(lines) > 1 and not is_one, wanted)


def aspects(words: str, chosen: str = "") -> tuple[str, ...]:
    """Aspects by name, or by their sets, one of which may be chosen; raises NotUnderstood for too many or too long."""
    try:
        return sentiment_aspects.parse(words, chosen)
    except SentimentError as error:
        raise NotUnderstood(str(error)) from error
