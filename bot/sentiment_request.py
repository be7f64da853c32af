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
_NAME = "|".join([*(one for found in SETS.values() for one in found if " " in one), r"[^\s,;]+"])
_GAP = r"[^\S\n]*"
_NAMES = rf"(?:{_NAME})(?:{_GAP}[,;]{_GAP}(?:{_NAME}))*[,;]*"
ASPECTS = re.compile(rf"^\s*(?:--|—|–)aspects?(?:=|\s+)(?:\"([^\"]*)\"|({_NAMES}|\S+))\s*", re.IGNORECASE)

NO_WORDS = "I found no words in that. Type a comment after `/sentiment`, or `/sentiment` alone for a form."
NO_ASPECT = "`--aspects` needs names, for example `--aspects food,service` or `--aspects restaurants`."
TOO_LONG = "That has {count:,} characters; I read at most {limit:,} here. `/sentiment` alone takes a file."
NOTHING = "Paste a comment, or choose a file."
ONE_OR_OTHER = "Choose a file or paste comments, not both: they would be counted together."


class NotUnderstood(Exception):
    """There is nothing to read; the message is a sentence for the person."""


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
    plain = unescape(typed).strip()
    wanted = ASPECTS.match(plain.translate(TYPOGRAPHIC))
    names = (wanted[1] or wanted[2] or "") if wanted else ""
    if wanted and not aspects(names):
        raise NotUnderstood(NO_ASPECT)
    return of_text(plain[wanted.end() :] if wanted else plain, aspects(names))


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
