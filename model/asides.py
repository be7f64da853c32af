"""What a brief says to the writer alone, "keep it wry", "don't be salesy", which copy must not say to its readers."""

import re

from model.brief import Brief
from model.words import sentences, words

# How writing can sound. Left out is what a product can be as well: light, warm, simple, clean, fresh, smooth.
_SOUND = (
    r"(?:so |too |very |a bit |nice and )?(?:wry|dry|witty|funny|humorous|cheeky|playful|punchy|snappy|brief|concise|"
    r"factual|neutral|formal|informal|casual|conversational|chatty|professional|businesslike|upbeat|understated|"
    r"low[- ]key|matter[- ]of[- ]fact|salesy|pushy|twee|corny|cheesy|preachy|pompous|gushing|clich[eé]d?|"
    r"sincere|heartfelt|deadpan|ironic|sarcastic|serious|short and [a-z]+)"
)
_ASIDES = re.compile(
    rf"\b(?:keep|make) (?:it|this|them|things|the tone) (?P<like>{_SOUND})"
    rf"|\b(?:do not|don['’]t|never) (?:be|sound|get|go|make it) (?P<unlike>{_SOUND})"
    rf"|\b(?P<so>{_SOUND},? (?:but|not) [a-z]+)(?=[\s.!?]*$)"
    r"|\b(?:can|could|will|would) (?:you|u) (?:please |pls |plz )?(?:do|write|make|draft|create|knock up) (?:us |me )?"
    r"(?:a|an|some|one)\b"
    r"|\bno (?:numbers|prices|figures|emojis?|hashtags?|jargon|clich[eé]s|exclamation marks?|puns|buzzwords) please\b",
    re.IGNORECASE,
)


def shortened(text: str) -> str:
    """A brief with its asides as the house's briefs have them, as bare words at most.

    >>> shortened("tweet for Brewline, new cans. Keep it wry, don't be pushy, no puns please")
    'tweet for Brewline, new cans. wry, not pushy, '
    """
    return _ASIDES.sub(_bare, text)


def _bare(aside: re.Match[str]) -> str:
    return aside["like"] or (f"not {aside['unlike']}" if aside["unlike"] else aside["so"] or "")


def repeated(text: str, brief: Brief) -> str:
    """Quote what the brief asks of the writer where the copy says it too, in the same words.

    >>> repeated("Open all night. Keep it wry.", Brief("tweet, launderette opens all night. keep it wry"))
    '“keep it wry” is said to the writer, not to the reader.'
    """
    for source in (brief.product, brief.tone, brief.instruction):
        for found in _ASIDES.finditer(source):  # hardly any brief has one
            if any(_plain(found.group()) in _plain(sentence) for sentence in sentences(text)):
                return f"“{found.group()}” is said to the writer, not to the reader."
    return ""


def _plain(text: str) -> str:
    return f" {' '.join('you' if word == 'u' else word for word in words(text))} "
