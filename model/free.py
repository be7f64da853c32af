"""What copy says is free, and whether the brief says so of the same thing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from model.words import stem

_KEPT = 256
_FREE = re.compile(
    r"(?<![\w-])free(?![\w-])|\b(?:free of charge|on the house|complimentary|at no (?:\w+ )?(?:cost|charge))\b"
)
_MAYBE = re.compile(r"free|complimentary|on the house|cost|charge")
# How a brief may put it too.
_GIVEN = re.compile(
    rf"{_FREE.pattern}|\bfree-(?=(?:of-charge|trial|entry|delivery)\b)|\bno (?:\w+ )?(?:cost|charge|fee)s?\b|"
    r"[£$€]0(?![\d.,])|\b(?:gratis|includ(?:ed|es|ing)|inc|nothing|on us|freebies?)\b"
)
# Free of something, free to do something or with nothing to do: none costs or saves money.
_WITHOUT = (
    r"gluten|sugar|dairy|lactose|alcohol|fat|nut|egg|meat|wheat|soya?|salt|caffeine|plastic|fragrance|scent|perfume|"
    r"cruelty|chemical|paraben|sulphate|sulfate|toxin|bpa|palm oil|additive|preservative|pesticide|allergen|lead|"
    r"carbon|emissions?|smoke|dust|fume|noise|odou?r|germ|ad|advert|stress|worry|hassle|fuss|pain|guilt|risk|"
    r"commitment|contract|hands|step|barrier|screen|powder|peat|worm|flea|bug|spam|debt|tax|duty|"
    r"interest|care|trouble|maintenance|rust|crease|wrinkle|streak|mess|waste|wobble|jargon|data"
)
_OTHER = re.compile(
    rf"\b(?:{_WITHOUT}) free\b(?! (?:delivery|shipping|entry))"
    r"|\b(?:feel|feels|felt|feeling|set|sets|setting|break|breaks|breaking|broke|cut|shake|pull|run|runs|running|roam|"
    r"roams|roaming|wander|hang|born|live|living|think)(?: \w+){0,3}? free\b(?= *(?:[.,!?;:\n]|$|to |from |and |"
    r"at last|of |"
    r"as |again))"
    r"|\b(?:has|have|keep|keeps|kept|leave|leaves)(?: (?:your|my|our|their|the|a|an|one|two))?(?: (?:diary|"
    r"calendar|hands?|"
    r"evenings?|weekends?|mornings?|afternoons?|\w+days?)) free\b"
    r"|\b(?:you|we|they|i|who|someone|anyone|nobody)(?:['’](?:re|m|s|ll be|d be)| are| am| were| is| will be)? free\b"
    r"|\b(?:(?:table|slot|seat|shift|plot|appointment)s? (?:of \d+ )?|"
    r"(?:diary|calendar|weekend|evening|morning|afternoon|hand|hour|chair|room|spot|space|place|lane|court|"
    r"[a-z]+day)s? "
    r"(?:is|are|has|have|['’]s|comes?|came|still|now) )(?:(?:is|are|has|have|['’]s|comes?|came|come|still|now) ){0,2}"
    r"free\b(?! (?:for|with|to|if|until|of charge|till)\b)"
    r"|\bfree (?:range|time|evenings?|weekends?|afternoons?|mornings?|hands?|spirits?|will|speech|fall|form|style|"
    r"standing|thinking|thinkers?|rein|kicks?|slots?|seats?|tables?|chairs?|place|spots?|spaces?|appointments?|days?|"
    r"verse|world|agents?|market|press|radicals?|throws?|wheel\w*|hour|minutes?|moments?|play|flow\w*|"
    r"second|wall|socket|corner|evening|love|roaming|for all)\b"
    r"|\bfree (?:from(?! (?:the )?(?:\d|noon|now|today|[a-z]+day))|up(?! to\b)|your(?:self)?|yourselves|their|"
    r"his|her|my|our|them|him|us|me|the|as|of(?! charge)|and (?:easy|clear|open|"
    r"fair|wild)|at last|spirited|again)\b"
    r"|\bfree to (?!\d|(?:use|cancel|do|join|download|enter|try|attend|all|everyone|anyone|members|watch|play|"
    r"park|visit|view|book|"
    r"register|sign|start|take|borrow|hire|collect|residents|students|read|keep|install|listen|browse|ship|send|"
    r"return|"
    r"\w+ (?:members|residents|students))\b)"
)
_TIMES = re.compile(
    r"\b(?:this|next|last|all|every|each|per|a|until|till|whole)\s+(?:\w+\s+)?(?:day|week|weekend|month|year|"
    r"night|morning|"
    r"evening|afternoon)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)*")
_FUNCTION = frozenset(
    _WORD.findall(
        "a about after again all also always an and any anyone are as at be because been before both but by came come "
        "comes coming did do does each either else every everybody everyone for from get gets getting give gives go "
        "goes going got had has have he her here him his how i if in into is isn't it it's its just keep let let's "
        "like may me most my no not now of off on once only onto or other our ours out over own per plus put than "
        "that that's the their them then there there's these they they're this those through throughout till to today "
        "tomorrow tonight too under until up us very via w was we we'll we're we've were what when where which while "
        "who why will with within without would yes yet you you'll you're you've your yours yourself"
    )
)
_IGNORED = _FUNCTION | frozenset(
    _WORD.findall(
        "absolutely ad am apr april aug august available blog brand calm can't caption charge completely cost dec "
        "december don't dry eighth email ends enjoy entirely ever everything facebook feb february few fifth first "
        "fourth fri friday friendly funny further gentle grab happy hour hours instagram jan january jul july jun "
        "june last limited linkedin made make many mar march min mins minute minutes mon monday more much nd need "
        "new next ninth nov november oct october offer offers one one's opens please pm post push rd really receive "
        "right s same sat saturday say says see sep sept september seventh she simply since sixth sms so some "
        "something soon st starts still sun sunday take takes tenth text th thanks third thread three thu thur "
        "thurs thursday time totally tue tues tuesday tweet two upbeat want warm wed wednesday won't"
    )
)
# Things of the same name, and what is done with them.
_ALIKE = (
    "delivery shipping ship deliver postage post dispatch despatch door courier",
    "entry entrance admission enter admit visit visitor access door ticket museum gallery exhibition show event",
    "trial try taster test tester sample start sign join begin day week month",
    "quote quotation estimate valuation value appraisal survey assessment consultation consult visit look",
    "check test checkup examination exam screening inspection mot review",
    "call chat talk consultation intro session half",
    "class lesson session course workshop lecture talk taster event meetup",
    "fit install installation set up mount",
    "collect collection pick pickup",
    "return refund exchange send swap replace replacement",
    "drink cocktail beer wine glass pint prosecco fizz coffee tea cup refill",
    "kid child children under junior",
    "guide ebook pdf download checklist report handbook template",
    "gift present goodie",
    "plan tier version account app tool software",
    "repair fix mend",
    "wash clean",
    "travel bus shuttle train tram ride transport",
    "parking park",
)
# What comes with a product, or lets one see it, and is hardly ever the product itself.
_EXTRAS = (
    "delivery shipping ship deliver postage dispatch despatch return refund exchange gift parking installation fitting "
    "collection sample quote estimate trial consultation upgrade refill wifi"
)
_CLAUSE = re.compile(r"[.!?;:,()|/\n•–—+]|\s-\s|\b(?:and|but|so|because|then|or|plus|when|if|while)\b")
_PHRASE = re.compile(r"[.!?;:,()|\n•–—+]|\s-\s")  # in a brief, "sofas and beds free" is of both
_LEFT, _RIGHT = re.compile(r" [^\W\d_]+ free$"), re.compile(r"free [^\W\d_]+\b")
_BEYOND = re.compile(r"free (?:over|above|within) [£$€]?\d+")
_SENTENCE = re.compile(r"[.!\n•]")  # a question may name what its answer says is free
_NEAR = 7


def _key(word: str) -> str:
    return stem(word)[:4]


def _groups() -> dict[str, frozenset[str]]:
    """Each word's groups, by number."""
    found: dict[str, frozenset[str]] = {}
    for at, line in enumerate(_ALIKE):
        for word in line.split():
            found[_key(word)] = found.get(_key(word), frozenset()) | {str(at)}
    return found


_GROUPS = _groups()
_EXTRA = frozenset(_key(word) for word in _EXTRAS.split())
# With these, nothing is named: "start free" is of the product.
_BEGINNING = frozenset(_key(word) for word in ("start", "sign", "join", "begin", "use", "try"))


@dataclass(frozen=True, slots=True)
class Freely:
    """What a brief says is free: `whole` where it names no thing, `main` where one may be the product, and things."""

    whole: bool
    main: bool
    things: frozenset[str]
    mentioned: frozenset[str]
    text: str


def promised(text: str, supplied: str) -> Iterator[str]:
    """Yield what a text says is free and what was supplied, in lower case, doesn't."""
    plain = text.lower()
    if not _MAYBE.search(plain) or not _FREE.search(plain):
        return
    facts = _freely(supplied)
    names = {word.lower() for word in _WORD.findall(text) if word[0].isupper()}
    for match in _claims(_FREE, plain):
        if shown := _unsettled(plain, match, facts, names):
            yield shown


def _unsettled(text: str, match: re.Match[str], facts: Freely, names: set[str]) -> str:
    """Quote a claim that the brief doesn't make; empty for one that it does."""
    before, after = _around(text, match, _CLAUSE)
    if _is_quoted(text, match, facts):
        return ""
    thing = _thing(after) if match.group() in ("free", "complimentary") else []
    keys, subject = _keys(thing or [*before, *after]), _keys(thing or before)
    if _wide(keys) & facts.things or (facts.whole and (not subject & _EXTRA or subject & facts.mentioned)):
        return ""
    if thing:
        return f"{match.group()} {' '.join(after[: after.index(thing[-1]) + 1])}"
    named = _keys(word for word in before if word in names) & facts.mentioned
    if _keys(before) <= named | _BEGINNING:
        begun = _SENTENCE.split(text[: match.start()])[-1]
        if facts.main or _wide(_keys(_WORD.findall(begun))) & facts.things:
            return ""
    return " ".join([*(before[-1:] if before[-1:] == ["for"] else before[-3:]), match.group()])


def _is_quoted(text: str, match: re.Match[str], facts: Freely) -> bool:
    """Whether the brief has the claim in these words, with the word on one side or with how much it takes."""
    found = (_LEFT.search(f" {text[: match.end()]}"), _RIGHT.match(text, match.start()))
    beside = [f" {one.group().strip()}" for one in found if one]
    beside = [one for one in beside if not set(_WORD.findall(one)) - {"free"} <= _IGNORED]
    beyond = _BEYOND.match(text, match.start())
    return any(one in f" {facts.text}" for one in beside) or bool(beyond and beyond.group()[5:] in facts.text)


@lru_cache(maxsize=_KEPT)
def _freely(supplied: str) -> Freely:
    """Read what a brief says is free."""
    whole, main, found = False, False, set[str]()
    for match in _claims(_GIVEN, supplied):
        before, after = _around(supplied, match, _PHRASE)
        # "Free shipping" makes nothing else free; of "removal free with any set" either side may be.
        thing, owner = _keys(_thing(after)), _keys(before)
        keys = thing if thing & _EXTRA else owner | _keys(after)
        whole |= not thing and not owner
        main |= bool(keys) and not keys & _EXTRA
        found |= _wide(keys)
    return Freely(whole, main, frozenset(found), _keys(_WORD.findall(supplied)), _OTHER.sub(" ", supplied))


def _claims(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield where a text speaks of what costs nothing."""
    others = [match.span() for match in _OTHER.finditer(text)]
    for match in pattern.finditer(text):
        if not any(start <= match.start() < end for start, end in others):
            yield match


def _around(text: str, match: re.Match[str], edge: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The words of the clause before and after the claim, without spans of time."""
    before, after = _TIMES.sub(" ", text[: match.start()]), _TIMES.sub(" ", text[match.end() :])
    return _WORD.findall(edge.split(before)[-1])[-_NEAR:], _WORD.findall(edge.split(after, maxsplit=1)[0])[:_NEAR]


def _thing(after: list[str]) -> list[str]:
    """The words that name what is free, where they follow at once."""
    end = next((at for at, word in enumerate(after) if word in _FUNCTION), len(after))
    return [word for word in after[:end] if word not in _IGNORED]


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(word) for word in words if word not in _IGNORED)


def _wide(keys: frozenset[str]) -> frozenset[str]:
    """The things themselves, and every group of which one is."""
    return keys.union(*(_GROUPS.get(key, frozenset()) for key in keys))
