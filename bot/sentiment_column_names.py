"""What columns are called that hold comments, dates, groups or people, in the words of their names; pure."""

import re

from bot.sentiment_people import PEOPLE


def _set(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", words))


COMMENTS = _set(
    "comment comments text review reviews feedback message tweet post verbatim remark remarks opinion testimonial "
    "complaint suggestion"
)
"""What customers' words are called."""
PERHAPS = _set("response answer reply body content note notes caption sentence description transcript")
"""What they may be called, where no column has one of those names."""
TEXTS = COMMENTS | PERHAPS
DATES = _set("date datetime day time timestamp created submitted posted published at when month week")
GROUPS = _set(
    "group product store shop branch location site city region country market channel platform source brand version "
    "plan segment category department outlet restaurant hotel campaign device language type"
)
"""What is compared unasked."""
THINGS = GROUPS | _set(
    "company organisation organization firm business industry sector division unit team topic theme reason subject "
    "issue method mode medium item dish meal menu sku model make article service treatment procedure course class "
    "module event session show film movie series book game album song title airline carrier route line area zone "
    "district territory province state county town village suburb airport station venue hall school university campus "
    "faculty clinic hospital ward gym bank warehouse depot franchise chain cohort wave period quarter year season size "
    "colour color tier level status stage age gender role rating score count number nps flag"
)
"""What may be compared where somebody asks for it."""
HEADERS = TEXTS | DATES | GROUPS | PEOPLE | {"id", "rating", "score", "stars", "title", "label", "number"}

_REPLIES = _set("response responses reply replies answer answers responded replied answered")
_REPLIERS = _set(
    "owner agent company business manager management merchant seller vendor host staff employee rep representative "
    "brand property provider admin moderator operator hotel restaurant support our ours team"
)
_INSIDE = _set("owner agent internal management merchant employee rep representative admin moderator private")


LONGEST = 5
"""Words of the name of a column that isn't a question."""


def words(name: str) -> list[str]:
    """The words of a column's name, however they are joined.

    >>> words("createdAt"), words("created_at"), words("Created at")
    (['created', 'at'], ['created', 'at'], ['created', 'at'])
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word.casefold() for word in re.findall(r"[^\W\d_]+", parted)]


def is_called(cell: str) -> bool:
    """Whether a cell is what a column would be called: "Order date" is, "great product" isn't."""
    found = words(cell)
    if not found or len(found) > 4 or cell[-1] in ".!":
        return False
    return found[-1] in TEXTS | DATES if len(found) > 1 else found[0] in HEADERS


def is_ours(name: str) -> bool:
    """Whether a column holds what the company wrote: its answers to customers, or notes for itself.

    >>> [is_ours(name) for name in ("response from owner", "Our reply", "agent notes", "What do you want from us?")]
    [True, True, True, False]
    >>> [is_ours(name) for name in ("Review", "Hotel review", "Response", "Comments about our staff")]
    [False, False, False, False]
    >>> is_ours("What would be your answer to our question?")
    False
    """
    named = words(name)
    found = set(named)
    # A longer one is a question to customers.
    if len(named) > LONGEST:
        return False
    return bool(found & _REPLIES and found & _REPLIERS) or bool(found & _INSIDE and found & TEXTS)
