"""Whether copy hurries its reader: by a deadline, a last chance, few left or "act now", not by telling a time."""

import re

from model.claims import RULES
from model.moments import DAYS, MONTHS

_DAY = "|".join(DAYS)
_WHEN = rf"(?:tonight|today|tomorrow|soon|midnight|noon|this|next|{_DAY}|{'|'.join(MONTHS)}|\d{{1,2}}\b)"
_OFFER = (
    r"(?:sales?|offers?|deals?|discounts?|promotions?|prices?|savings|registrations?|bookings?|entries|tickets|"
    r"applications|early[ -]bird)"
)
_GOODS = r"(?:ones?|tickets?|places?|spots?|seats?|pieces?|pairs?|tables?|rooms?|copies|boxes|left|remaining)"
_ASKED = r"(?:act|order|buy|book|shop|call|claim|reserve|register|apply|enrol|sign up|get yours|grab yours)"
_PATTERNS = (
    r"\bhurry\b",
    r"\b(?:application|booking|entry|final|order|registration)s? deadline\b|\bdeadline(?: is\b| for\b|:)|"
    r"\b(?:ahead of|before|by|until) the deadline\b",
    r"\blast[ -](?:chances?|calls?|orders)\b",
    rf"\blast few (?:hours|days|{_GOODS})\b|\blast {_GOODS} (?:left|remaining|available)\b",
    rf"\b(?:last|final) (?:days?|hours?)\b(?: (?:to|for) \w+|(?= of (?:the |our |this )?(?:\w+ )?{_OFFER}\b)|"
    r"(?=\s*(?:[.!:…–—]|$)))",
    r"\blimited[ -](?:time|offers?|places|stocks?)\b",
    rf"\b(?:ends?|ending|expires?|expiring)\s+(?:(?:at|on|by|in)\s+)?{_WHEN}",
    rf"\b{_OFFER}(?: \w+)? (?:end|close|expire)s?\b",
    r"\bbefore (?:it(?:['’]s| is)|they(?:['’]re| are)) (?:all )?gone\b|\bbefore it (?:ends|closes)\b",
    r"\bmiss out\b|\bnow or never\b|\b(?:don['’]t|do not|no time to|why) wait\b",
    r"\btime(?:['’]s| is) running out\b|\brunning out of time\b|\bclock(?:['’]s| is) ticking\b|\bcountdown\b",
    r"\b(?:nearly|almost) (?:gone|sold out)\b|\b(?:selling|going|running) (?:out |low )?(?:fast|quickly|soon)\b",
    r"\b(?:only|just) (?:a few|\w+) (?:\w+ )?(?:left|remaining|to go)\b",
    r"\b\d+ (?:days?|hours?|minutes?) (?:left|to go)\b",
    r"\b(?:today|tonight|tomorrow|weekend|week|day|night) only\b|\bonly (?:today|tonight)\b",
    rf"\b{_ASKED}\b(?: (?!from\b|for\b)\w+){{0,2}} (?:now|today|tonight|fast)\b",
    rf"\b{_ASKED}\b(?: \w+){{0,3}} (?:by|before) (?:{_DAY}|midnight|noon|tomorrow|tonight)\b",
)
# What advertising law calls false scarcity when it isn't true hurries people whether it is true or not.
_HURRIES = (
    *(one.pattern for one in RULES if one.name == "scarcity"),
    re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.MULTILINE),
)
_CALM = re.compile(
    r"\b(?:no|without|any|in a|the|to|never|not|don['’]t|needn['’]t|won['’]t|can['’]t) hurry\b|"
    r"\b(?:in|over|for|of|during|within|from) (?:the|these|our|my) last (?:few )?\w+",
    re.IGNORECASE,
)
"""Nobody is hurried by "no hurry", nor by what "the last few days" were like."""


def hurries(text: str) -> bool:
    """Whether a text presses its reader to be quick.

    >>> hurries("Hurry, the sale ends at midnight"), hurries("Fresh bread, made to last all week")
    (True, False)
    """
    pressing = _CALM.sub(" ", text)
    return any(pattern.search(pressing) for pattern in _HURRIES)
