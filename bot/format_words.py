"""Which format the words of a request name, and which known one is nearest to a place that the desk doesn't know."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from model.formats import ALIASES, FORMATS, Format

EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        "announcement article claim event google hero invitation landing listing mail meta motto notification press pr "
        "product push script text thread video x",
    )
)
"""Names of formats that people also say of what they sell: "our video course", "press the button"."""

_ASKING = (
    r"(?:(?:please|can|could|you|we|i|need|want|would|like|let['’]?s|write|draft|make|create|do|give|get|me|us|a|an|"
    r"some|few|another|one|two|three|four|five|[1-5]|new|short|shorter|long|longer|quick|brief|simple|little|punchy|fun|"
    r"funny|playful|warm|friendly|formal|bold|private|good|great|nice|catchy|launch|teaser|promo)[ ,]+)*"
)
_BEHIND = (
    r"(?=\s*$|\s*[.:,;–—](?!\w)|\s+-\s|\s+(?:for|about|announcing|promoting|introducing|inviting|"
    r"to (?:announce|promote|introduce|launch|invite|say|tell))\b)"
)
_ON, _SUBJECTS = r"(?=\s+on\b)", ("article", "thread", "video")
_SENT = r"(?=\s+to\s+(?!be\b|go\b|win\b|get\b|make\b|the\s+(?:next|test|limit|max)\b))"
_SENT_TO_PEOPLE = ("text", "mail", "push", "notification", "invitation", "announcement")
_OF_A_KIND = ("event", "video", "announcement", "invitation", "article")
_KIND = r"(?:(?!(?:our|my|your|their|the|this|that|every|no|free)\b)[\w-]+\s+)?"
# What "text for our website" asks for is no text message.
_NOT_A_PLACE = re.compile(
    r"\btexts?\s+(?:for|on|about|of)\s+(?:\w+\s+){0,2}(?:web\s?sites?|sites?|pages?|homepages?|flyers?|leaflets?|posters?|"
    r"banners?|menus?|brochures?|packag\w+|labels?|signs?|cards?|adverts?|ads?|posts?|shop|window)\b",
    re.IGNORECASE,
)

_NEAREST = {
    "sms": "WhatsApp, Telegram, Signal, Viber, WeChat, Discord",
    "instagram": "Pinterest, pin, reel, caption",
    "tweet": "Bluesky, Mastodon, Threads",
    "facebook": "Reddit, Nextdoor, Google Business, Quora",
    "tiktok": "Snapchat",
    "facebook-ad": "banner, banner ad, display ad, billboard, poster",
    "linkedin": "job ad, job advert, job post, job posting, vacancy, Xing, Product Hunt",
    "video-script": "radio ad, radio spot, TV ad, TV spot, commercial, podcast ad",
    "landing": "flyer, leaflet, brochure, website, web site, about page",
    "product": "menu, label, packaging, Etsy, eBay, Amazon, App Store, blurb",
    "email": "letter, mailing",
    "slogan": "headline, sign, sticker",
    "blog": "Medium, Substack",
}
PLACES: Mapping[str, str] = MappingProxyType(
    {place: name for name, places in _NEAREST.items() for place in places.split(", ")}
)
"""Places and pieces that people ask for and the desk has no format for, and the format that is nearest."""

NEAREST = "There is no format for {place} yet; the nearest is {title}: for that one begin with `{name} for …`."


def named(product: str) -> Format | None:
    """The format that a request names first; of two that begin together, the longer name.

    A name that is also an everyday word counts only where the request begins with it, and goes on with what the copy
    is for or about: "video for our course" asks for a script, "our video course" does not.

    >>> found = [named(text) for text in ("event: tea on Sunday", "our events are free", "short tweet about tea")]
    >>> [form.name if form else "" for form in found]
    ['event', '', 'tweet']
    """
    places = sorted((at, -len(name), name) for name in ALIASES if (at := _place(name, product)) is not None)
    return FORMATS[ALIASES[places[0][-1]]] if places else None


def nearest(product: str) -> tuple[str, Format] | None:
    """The place that a request names and the desk doesn't know, and the format nearest to it; None where none is named.

    >>> place, form = nearest("pinterest pin for Fern & Fold") or ("", None)
    >>> place, form and form.name
    ('Pinterest', 'instagram')
    """
    found = sorted((at, -len(place), place) for place in PLACES if (at := _asked_for(place, product)) is not None)
    return (found[0][-1], FORMATS[PLACES[found[0][-1]]]) if found else None


def note(product: str) -> str:
    """What to tell a person who named a place that the desk doesn't know; empty where none is named."""
    found = nearest(product)
    return NEAREST.format(place=found[0], title=found[1].title, name=found[1].name) if found else ""


def is_only(product: str, form: Format) -> bool:
    """Whether a request names a format and nothing else."""
    words = " ".join(re.sub(r"[\W_]+", " ", product.lower()).split())
    return any(ALIASES.get(name) == form.name for name in (words, words.removesuffix("s")))


def _pattern(name: str) -> str:
    """A name as people type it: with spaces, dashes or dots between its words, one or many."""
    return r"(?<![^\W_])(" + r"[\W_]+".join(map(re.escape, name.split())) + r")s?(?![^\W_])"


def _place(name: str, product: str) -> int | None:
    """Where a request names a format, None where it does not."""
    if name not in EVERYDAY:
        found = re.search(_pattern(name), product, re.IGNORECASE)
        return found.start(1) if found else None
    behind = "|".join((_BEHIND, *((_SENT,) if name in _SENT_TO_PEOPLE else ()), *((_ON,) if name in _SUBJECTS else ())))
    found = re.match(rf"\s*{_ASKING}{_pattern(name)}(?:{behind})", product, re.IGNORECASE)
    if found is None and name in _OF_A_KIND:
        found = re.match(rf"\s*{_ASKING}{_KIND}{_pattern(name)}(?=\s*[:,])", product, re.IGNORECASE)
    return found.start(1) if found and not (name == "text" and _NOT_A_PLACE.search(product)) else None


def _asked_for(place: str, product: str) -> int | None:
    """Where a request asks for copy in a place that the desk doesn't know: "banner for …", "text for our website"."""
    pieces = (
        r"(?:\s+(?:posts?|messages?|pins?|captions?|updates?|ads?|copy|texts?|launch|listings?|story|stories)){0,3}"
    )
    asked = re.match(rf"\s*{_ASKING}{_pattern(place)}{pieces}(?:{_BEHIND}|{_SENT}|{_ON})", product, re.IGNORECASE)
    text = re.match(
        rf"\s*{_ASKING}(?:texts?|copy|words) (?:for|on) (?:our |the |a )?{_pattern(place)}", product, re.IGNORECASE
    )
    found = asked or text
    return found.start(1) if found else None
