"""What a person's own words ask of a new version, as far as a rule can tell: each wish by itself, the rest as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Thing = Literal["emoji", "hashtags", "exclamation marks", "questions", "links", "prices"]
Kind = Literal[
    "without", "question last", "change", "drop sentence", "never", "must", "tone", "about", "fact", "unknown"
]
"""What a wish may be."""

_KEPT = 256
_VAGUE = ("about", "fact", "unknown")
_PLEASE = re.compile(r"^(?:(?:please|and|but|also|can you|could you|just)[, ]+)+|[, ]+please$", re.IGNORECASE)
_SEVERAL = re.compile(r"[.;\n]+\s*|,? (?:and|but)(?: also)? |, (?=[a-z]+ )", re.IGNORECASE)

_THINGS: tuple[tuple[Thing, str], ...] = (
    ("emoji", r"emojis?|smileys?"),
    ("hashtags", r"hashtags?"),
    ("exclamation marks", r"exclamation (?:marks?|points?)|exclamations?"),
    ("questions", r"questions?|question marks?"),
    ("links", r"links?|urls?|web ?addresse?s?"),
    ("prices", r"prices?|pricing|costs?|prices? or costs?|amounts?"),
)
_THING = "|".join(pattern for _, pattern in _THINGS)
_OFF = (
    r"(?:no|without|zero|drop|remove|delete|lose|cut|skip|avoid|take out|leave out|get rid of|"
    r"(?:do not|don['’]t|never|stop) (?:use|using|say|saying|mention|mentioning|include|including|give|giving|add|"
    r"adding|have|having))"
)
_ALL = r"(?:(?:more|further|the|any|all|of|our|its?) )*"
_WITHOUT = re.compile(
    rf"{_OFF} {_ALL}((?:{_THING})(?:(?:, | or | and |, or |, and ){_ALL}(?:{_THING}))*)", re.IGNORECASE
)
_QUESTION_LAST = re.compile(
    r"(?:(?:add|put|ask|have|include|use) (?:a|one|some) (?:\w+ )?question (?:at|as|to) (?:the|its) (?:very )?"
    r"(?:end|close|finish)|(?:end|close|finish)(?: it)? (?:with|on) (?:a|one) (?:\w+ )?question)",
    re.IGNORECASE,
)
_CHANGE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:change|replace|swap|switch|correct) (?P<old>.+?) (?:to|with|for|into|by) (?P<new>.+)",
        r"(?:use|say|write|put) (?P<new>.+?),? (?:instead of|rather than) (?P<old>.+)",
        r"(?P<new>[^,]+?),? instead of (?P<old>.+)",
    )
)
_PLACES = ("first", "second", "third", "fourth", "fifth")
_SENTENCE = re.compile(
    rf"(?:drop|remove|delete|lose|cut|skip|take out|leave out|get rid of|without) (?:the |that )?({'|'.join(_PLACES)}|"
    r"last|final|opening|closing) sentence",
    re.IGNORECASE,
)
_WORD = r"[\w&'’%€£$.-]*[\w%€£$]"
_PHRASE = (
    r"(?:[\"“'‘]([^\"”]+?)[\"”'’]|"
    rf"(?:the |our |a |an |that there is |that there's )?({_WORD}(?: {_WORD}){{0,3}}))"
)
_WORDS = r"(?: the (?:words?|phrase))?"
_NEVER = re.compile(
    r"(?:do not|don['’]t|never|without|drop|remove|leave out|avoid|take out|stop)"
    rf"(?: (?:say|saying|mention|mentioning|use|using))?{_WORDS} {_PHRASE}",
    re.IGNORECASE,
)
_MENTION = re.compile(rf"(?:mention|include|say|add|name|work in|bring in){_WORDS} {_PHRASE}", re.IGNORECASE)
_HASHTAG = re.compile(r"(?:mention|include|use|add)(?: the)?(?: hashtag)? (#\w+)", re.IGNORECASE)
_TONE = re.compile(
    r"(?:make (?:it|this) |sound |be |a (?:bit|little|touch) |much |way )*"
    r"((?:(?:more|less|not so|not too) [a-z-]+|"
    r"(?!easter|(?:sum|win|wa|din|of|af|or|pa|let|num|mem|un|wea)[a-z]*er)[a-z]+er)"
    r"(?:(?:,| and|, and) (?!please)(?:more |less )?[a-z-]+)?)",
    re.IGNORECASE,
)
_TONE_IS = re.compile(
    r"(?:change|make|keep) the (?:tone|voice)(?: (?:to|into|be))? (?P<tone>(?:more |less )?[a-z-]+)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:(?:make it|talk|write|speak|tell(?: them| people)?)(?: more)? (?:about|of|on)|"
    r"(?:focus|concentrate)(?: more)? on|"
    r"mention|include|say|add|name|work in|bring in|explain)(?! it)(?: something about)?(?: that)? (?P<what>.+)",
    re.IGNORECASE,
)
# Whoever speaks of these speaks of the copy; the words themselves are not meant to stand in it.
_FORM = re.compile(
    r"\b(?:emojis?|hashtags?|exclamations?|capitals?|caps|questions?|sentences?|paragraphs?|bullets?|puns?|"
    r"jokes?|rhymes?|headlines?|hooks?|call to action|cta|spelling|grammar|tone)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"\b(?:opening|opener|ending|beginning|start|end|lines?|words?|phrases?|parts?|bits?|titles?|style|voice|tense|draft|"
    r"version|copy|prices?|costs?)$|^(?:first|second|third|fourth|last)$|"
    r"^(?:the |your )?(?:opening|opener|ending|beginning|first|second|last|whole) (?:\w+ )?(?:is|are|sounds?|needs?)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:it|this|that|how|why|what|who|numbers?|links?|prices?|costs?)\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?:it|this|that|everything|all|them|the)", re.IGNORECASE)
# What begins so is an order to the writer, or an opinion of the copy; all else tells something of the product.
_ORDER = re.compile(
    r"(?:add|avoid|be|begin|better|boring|bring|can|capitali[sz]e|change|close|combine|condense|could|cut|delete|do|does|"
    r"doesn['’]t|don['’]t|drop|end|expand|feels?|fewer|finish|fix|focus|get|give|go|have|i|include|insert|is|isn['’]t|it|"
    r"keep|leave|less|longer|looks?|lose|make|maybe|mention|merge|more|move|name|needs?|never|no|not|only|open|please|put|"
    r"reads?|reduce|remove|rename|reorder|repeat|rephrase|replace|restructure|reverse|reword|rewrite|say|shorten|shorter|"
    r"simplify|skip|sounds?|speak|split|start|stop|swap|switch|take|talk|tell|that|there|this|too|translate|trim|try|turn|"
    r"use|vary|was|with|without|work|write|you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: its kind, the person's words for it, and what they name.

    `without` names a Thing in `what`; `change` has the old words in `what` and the new ones in `new`; `drop sentence`
    its place, "0" for the first and "-1" for the last; `never`, `must` and `tone` have the phrase, `about` what the
    copy is to speak of, and `fact` what is said of the product itself. `unknown` is what no rule understands.
    """

    kind: Kind
    words: str
    what: str = ""
    new: str = ""


@lru_cache(maxsize=_KEPT)
def wishes(words: str) -> tuple[Wish, ...]:
    """The wishes in a person's words; one that isn't understood in parts stays whole.

    >>> [(one.kind, one.what) for one in wishes("No emojis or hashtags, and mention free parking.")]
    [('without', 'emoji'), ('without', 'hashtags'), ('must', 'free parking')]
    """
    plain = words.strip().rstrip(".! ")
    if not plain:
        return ()
    whole = tuple(_read(plain))
    if whole[0].kind not in _VAGUE:
        return whole
    pieces = [piece.strip() for piece in _SEVERAL.split(plain) if piece.strip()]
    apart = tuple(wish for piece in pieces for wish in _read(piece))
    return apart if len(pieces) > 1 and not any(one.kind in _VAGUE for one in apart) else whole


def _read(words: str) -> Iterator[Wish]:
    """The wishes in one clause, several where several things are named at once."""
    plain = _PLEASE.sub("", words).strip()
    if found := _WITHOUT.fullmatch(plain):
        yield from (
            Wish("without", words, thing) for thing, name in _THINGS if re.search(rf"\b(?:{name})\b", found[1], re.I)
        )
    elif _QUESTION_LAST.fullmatch(plain):
        yield Wish("question last", words)
    elif sentence := _SENTENCE.fullmatch(plain):
        yield Wish("drop sentence", words, _place(sentence[1].lower()))
    else:
        yield _one(plain, words)


def _one(plain: str, words: str) -> Wish:
    if tone := _TONE_IS.fullmatch(plain):
        return Wish("tone", words, tone["tone"].lower())
    change = next((found for one in _CHANGE if (found := one.fullmatch(plain))), None)
    if change and not _NOTHING.fullmatch(old := _bare(change["old"])):
        return Wish("change", words, old, _bare(change["new"]))
    if (never := _NEVER.fullmatch(plain)) and (never[1] or not _is_of_copy(never[2])):
        return Wish("never", words, (never[1] or never[2]).strip())
    if hashtag := _HASHTAG.fullmatch(plain):
        return Wish("must", words, hashtag[1])
    if (mention := _MENTION.fullmatch(plain)) and (mention[1] or _is_phrase(mention[2])):
        return Wish("must", words, (mention[1] or mention[2]).strip())
    if tone := _TONE.fullmatch(plain):
        return Wish("tone", words, tone[1].lower())
    if (about := _ABOUT.fullmatch(plain)) and not _FORM.search(about["what"]):
        return Wish("about", words, about["what"].strip())
    is_fact = (" " in plain or plain[0].isupper()) and not _ORDER.match(plain) and not _is_of_copy(plain)
    return Wish("fact", words, plain) if is_fact else Wish("unknown", words)


def _is_phrase(said: str) -> bool:
    """Whether the very words are meant, a name or several words; "mention the price" asks for the price itself."""
    return (said[:1].isupper() or " " in said) and not _FORM.search(said) and not _POINTING.search(said)


def _is_of_copy(said: str) -> bool:
    return bool(_FORM.search(said) or _PIECE.search(said) or _NOTHING.fullmatch(said))


def _bare(words: str) -> str:
    """Words without the quotation marks around them or the article before them."""
    return re.sub(r"^(?:the word |the )", "", words.strip(), flags=re.IGNORECASE).strip(" \"“”'‘’")


def _place(name: str) -> str:
    return str(_PLACES.index(name)) if name in _PLACES else "0" if name == "opening" else "-1"
