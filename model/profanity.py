"""Words that offend, however they are masked, and the many innocent words and names that only contain them."""

import re
import unicodedata
from dataclasses import dataclass

from model.brief import Brief
from model.given import given

SOURCE = (
    "Ofcom, Public attitudes towards offensive language on TV and radio (2021), for how strong; "
    "UK CAP Code section 4, Harm and offence; Meta Advertising standards, Adult content and profanity"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that offends: how it is found, how strong it is, and the neighbours that make it innocent."""

    pattern: re.Pattern[str]
    strong: bool = True
    slur: bool = False
    unless: re.Pattern[str] | None = None


def _word(pattern: str, *, strong: bool = True, slur: bool = False, unless: str = "") -> Word:
    innocent = re.compile(unless, re.IGNORECASE) if unless else None
    return Word(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), strong, slur, innocent)


_DOGS = r"\b(?:dogs?|pupp(?:y|ies)|breed\w*|litter|kennel|whelp\w*|spayed|in (?:heat|season))\b"
_SOMEBODY = r"(?:a|an|my|your|his|her|big|such a|massive|suck\w*|show(?:ed|ing)?|no)"
WORDS = (
    _word(
        r"\w*f+u+c+k+\w*|f+c+k+(?:ing|ed|er|s)?|fuk(?:k?ing|ked|s)?|fcuk(?:ing|ed|er|s)?|phuck\w*|fvck\w*|stfu|gtfo|milfs?"
    ),
    _word(r"(?:bull|horse|bat|dip|ape)?s+h+i+t+(?:s|ty|tier|tiest|ting|ter|show|storm|head|load|hole|faced|e|es)?"),
    _word(r"c+u+n+t+(?:s|y|ish)?"),
    _word(r"(?:son of a )?b+i+t+c+h+(?:es|y|ing|in|ass)?|biatch|beyotch", unless=_DOGS),
    _word(r"bastards?"),
    _word(r"wank(?:s|er|ers|ing|ed|y)?|tossers?|tosspots?", unless=r"\b(?:salad|pizza|pancake|caber|coin)\b"),
    _word(r"twat(?:s|ty)?|(?:bell|dick|knob|cock|piss)-?(?:ends?|heads?)", unless=r"\btents?\b|\bbell end tent"),
    _word(r"(?:arse|ass)-?holes?|dumb-?ass(?:es)?|jack-?ass(?:es)?|cocksuck\w+|mother-?f\w+er"),
    _word(
        rf"{_SOMEBODY} (?:(?-i:dick|cock)|DICK|COCK)s?",
        unless=r"\bcock(?:-a-| of |-up)|\bcrow(?:s|ed|ing)?\b|\bhens?\b|\bfarm\w*|\bpoultry\b|\binn\b|\bdawn\b",
    ),
    _word(r"(?:you|an? (?:total|absolute|utter|complete|right)|such a|little) pricks?"),
    _word(
        r"(?:nice|big|huge|fake|your|her|show us your|great big) tits|titt(?:y|ies)", unless=r"\btitty (?:ho|hill)\b"
    ),
    _word(r"(?:your|her|eat|some|wet) pussy", unless=r"\bpussy[ -]?(?:cat|willow|riot|foot)"),
    _word(r"piss(?:ed)? off|pissed|pissing|taking the piss|piss-?up"),
    _word(r"sluts?|slutty|whores?|skanks?|blow-?jobs?|hand-?jobs?|cumshots?"),
    _word(r"jerk(?:s|ed|ing)?[ -]off", unless=r"\b(?:chicken|pork|goat|marinade|seasoning|grill|barbecue|bbq|rub)\b"),
    _word(r"nigg(?:er|ers|a|as|az)|kikes?|gooks?|wogs?|pak(?:i|is)|raghead\w*|towelhead\w*|japs|wetbacks?", slur=True),
    _word(r"fagg?ots?|fagg?y", slur=True, unless=r"\b(?:peas?|gravy|pork|butcher\w*|onions?|meatballs?|mushy)\b"),
    _word(r"(?<!maine )coons?", slur=True, unless=r"\bmaine coons?\b"),
    _word(r"spics?", slur=True, unless=r"\bspic(?:k)?(?: and |-and-|-n-)span\b"),
    _word(r"chink(?:s|y|ies)?", slur=True, unless=r"\bchinks? (?:in|of|between)\b"),
    _word(r"trann(?:y|ies)", slur=True, unless=r"\b(?:vans?|gearbox|transmission|fluid|ford|transit)\b"),
    _word(r"retards?|retarded|spastics?|spaz|spazz", slur=True, unless=r"\bretards? (?:the|growth|fire)|\bfire\b"),
    _word(r"gyppos?|pikeys?|shemales?|half-?breeds?", slur=True),
    _word(
        r"(?:god-?)?damn(?:ed|it)?|crap(?:py)?|arses?|bugger(?:s|ed|ing)?(?: off| all)?|bollocks|sod off|"
        r"feck(?:in|ing)?|"
        r"(?:kick|bad|smart|hard|half)-?ass(?:es|ed)?|pain in the ass|your ass|my ass|wtf|lmfao|effing|freaking|"
        r"cock-?ups?|boobs|turds?|douche-?bags?|"
        r"(?<!the )(?<!a )(?<!each )(?<!every )(?<!any )screw you(?= all\b| guys\b|\s*(?:[,.!?]|$))",
        strong=False,
    ),
    _word(r"bloody", strong=False, unless=r"\bbloody (?:mary|marys|maries)\b|\bsteak|\bbloody sunday\b"),
    _word(
        r"hell",
        strong=False,
        unless=r"\bhell['’]?s (?:kitchen|angels|gate|canyon)|\bto hell and back\b|\bheaven\b|\bhell ?boy\b|"
        r"\bhell creek\b|"
        r"\bhell, (?:norway|"
        r"michigan)",
    ),
)
# Words that people mask letter for letter; the rest make no sense with a star in them.
_MASKED = re.findall(
    r"\w+",
    "fuck fucks fucked fucker fuckers fucking fuckin shit shits shitty cunt cunts bitch bitches bastard bastards wank "
    "wanker wankers twat twats dick dickhead cock arsehole asshole bollocks whore slut pussy nigger nigga faggot "
    "motherfucker bullshit prick piss pissed",
)
_MASK = "*@#$%!_•.-"
_STAR = re.compile(r"[*#@$%!•_.-]")
_STARRED = re.compile(rf"(?<![\w@#/.])[a-z][a-z{re.escape(_MASK)}]*[*#@$%!•_][a-z{re.escape(_MASK)}]*", re.IGNORECASE)
_SPACED = re.compile(
    r"(?<!\w)(?:f[ ._-]{1,2}u[ ._-]{1,2}c[ ._-]{1,2}k|s[ ._-]h[ ._-]i[ ._-]t|c[ ._-]u[ ._-]n[ ._-]t)(?!\w)", re.I
)
_MIXED = re.compile(r"(?<![\w@#/.£$€])(?=[\w@$!]*[a-z])(?=[\w@$!]*[\d@$!])[\w@$!]{3,}", re.IGNORECASE)
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})


def judged(text: str, brief: Brief) -> tuple[str, bool]:
    """Quote the strongest word that offends and say whether it is strong; ("", False) when there is none.

    A word that the brief itself uses is the brand's own choice, unless it is a slur.
    """
    plain = _unmasked(text)
    mild = ""
    for word in WORDS:
        match = word.pattern.search(plain)
        if not match or (word.unless and word.unless.search(plain)):
            continue
        if not word.slur and _chosen(match.group(), brief):
            continue
        if word.strong:
            return f"“{match.group().strip()}” offends; few places take it.", True
        mild = mild or f"“{match.group().strip()}” is mild, but not for every reader."
    return mild, False


def _chosen(word: str, brief: Brief) -> bool:
    """Whether the brief has the word, whole and masked or not: "Scunthorpe" gives none."""
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?:e?s)?(?!\w)", _unmasked(given(brief).text), re.IGNORECASE))


def _unmasked(text: str) -> str:
    """Write out what letters were swapped, starred, spaced or stretched."""
    text = unicodedata.normalize("NFKC", text)
    text = _STARRED.sub(lambda found: _guess(found.group()), text)
    text = _MIXED.sub(lambda found: found.group().translate(_LEET), text)
    return _SPACED.sub(lambda found: re.sub(r"[ ._-]", "", found.group()), text)


def _guess(token: str) -> str:
    """The word that a starred token stands for, or each of its pieces does, or the token as it is."""
    whole = token.rstrip(".-!") if _STAR.search(token.rstrip(".-!")) else token
    if word := _masked(whole):
        return word
    return re.sub(r"[^.-]+", lambda piece: _masked(piece.group()) or piece.group(), token)


def _masked(token: str) -> str:
    """The word of the same length with the same letters where there is no star."""
    shape = re.compile("".join("." if letter in _MASK else re.escape(letter) for letter in token), re.IGNORECASE)
    starred = _STAR.search(token) and re.search("[a-z]", token, re.IGNORECASE)
    return next((word for word in _MASKED if starred and len(word) == len(token) and shape.fullmatch(word)), "")
