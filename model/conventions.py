"""What a place likes to see: hashtags, emoji, a call to action, a way to opt out."""

import re

from model.brief import Brief
from model.counting import URL
from model.counting import emoji as emoji_in
from model.parts import Parts
from model.shape import Format
from model.words import sentences, words

ORDERS = frozenset(
    re.findall(
        r"\w+",
        "add apply ask bag book bring browse build buy call catch check choose claim click collect come compare "
        "contact "
        "create customise customize dial discover dm do donate download drop email enjoy enter explore fill find "
        "follow "
        "get give go grab have head hear help hire hold hop hurry join keep learn leave let like listen look "
        "make meet "
        "message open order pick plan play pop pre preorder press read redeem refer register renew rent reply "
        "request "
        "reserve ring save scan schedule see send set share shop show sign sit skip spend start stay step stop "
        "subscribe "
        "swap swing swipe switch take talk tap taste tell text treat try tune turn upgrade use view visit vote "
        "walk watch "
        "win write",
    )
)
"""Verbs that open a call to action."""

_SOFT_ORDER = re.compile(
    r"\b(?:link (?:is )?in (?:our |the |my )?bio|(?:book|booking|order|register|sign up|apply|reserve|call|try|"
    r"visit|join|tickets?|entries) "
    r"(?:is |are )?(?:now|today|online|at|on|by|here|open|via|with)\b|(?:we'd|we would|we’d) (?:love|like) to "
    r"(?:hear|see|show|meet)|"
    r"you can (?:book|order|try|join|apply|register|sign|reserve|buy|find|get)|(?:use|with) code\b|bookable|"
    r"(?:why not|how about|ready to|want to|fancy)\b[^.!\n]*\?)",
    re.IGNORECASE,
)
_HASHTAG = re.compile(r"(?<![\w&])#(?!\d+\b)[^\W_]\w*")
_OPT_OUT = re.compile(
    r"\b(?:reply|text|send|txt)\s+[\"“']?(?:stop|end|quit|out|unsub\w*)\b|\bstop\s+(?:to|at)\b[^.\n]*\d|\bopt[ "
    r"-]?out\b|"
    r"\bunsubscribe\b|\bstop (?:2|to) (?:end|opt|stop|cancel|quit)\b|\babmelden\b|\bstop al?\b|\bstop au\b",
    re.IGNORECASE,
)

_HEADING = re.compile(
    r"^#{1,6}[ \t]+\S.*$|^\*\*[^*\n]+\*\*$|(?<=\n\n)[^\W_][^\n]{2,60}(?<![.!?…:;,)\"”])(?=\n\n\S)", re.MULTILINE
)
_LONG = 300
"""Words from which a text needs sections."""


def hashtags_in(text: str) -> int:
    """How many hashtags a text has; one that has only begun counts."""
    return max(len(_HASHTAG.findall(text)), text.count("#"))


def hashtags(text: str, form: Format) -> str:
    """Say when there are more or fewer hashtags than the place likes."""
    number = len(_HASHTAG.findall(text))
    fewest, most = form.hashtags
    if number > most:
        return f"{number} hashtags, {form.title} takes {most or 'none'}."
    return f"{number} hashtags, {form.title} likes at least {fewest}." if number < fewest else ""


def emoji(text: str, form: Format) -> str:
    """Say when there are more emoji than the place likes."""
    number = len(emoji_in(text))
    return f"{number} emoji, {form.title} takes {form.emoji or 'none'}." if number > form.emoji else ""


def call_to_action(text: str, brief: Brief, parts: Parts) -> str:
    """Say when nothing asks the reader to do something; English only, other languages pass."""
    text = "\n".join(sentence for sentence in sentences(text) if not _OPT_OUT.search(sentence))
    if brief.language != "en" or parts.get("call to action") or URL.search(text) or _SOFT_ORDER.search(text):
        return ""
    for sentence in sentences(re.sub(r"[,:;–—]\s+(?:so |and |then |but )?|\band\s+|^\s*-\s+", "\n", text, flags=re.M)):
        found = words(sentence)
        if found and (found[0] in ORDERS or (found[0] in ("just", "please", "now", "don't", "so") and len(found) > 1)):
            return ""
    return "Nothing asks the reader to do something."


def sections(parts: Parts, form: Format) -> str:
    """Say when a long text isn't divided by headings, marked as such or short lines that stand alone."""
    text = "\n\n".join(parts[form.parts[-1].name])
    number = len(_HEADING.findall(text))
    if len(words(text)) < _LONG or number >= form.sections:
        return ""
    return f"{number or 'No'} heading{'' if number == 1 else 's'}, {form.title} likes at least {form.sections}."


def room(parts: Parts, form: Format) -> str:
    """Say how much room is left in lists of which the place does best with as many entries as it takes."""
    counted = [(len(parts[part.name]), part) for part in form.parts if part.gathered]
    short = [f"{number} of {part.most} {part.label.lower()}" for number, part in counted if number < part.most]
    return f"{', '.join(short)}: there is room for more." if short else ""


def opt_out(text: str) -> str:
    """Say when a text message doesn't tell how to leave."""
    return "" if _OPT_OUT.search(text) else "It doesn't say how to opt out, for example “Reply STOP to opt out.”"
