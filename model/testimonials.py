"""Praise that nobody gave: quotations, customers' words, ratings and tales of success that the brief doesn't have."""

import re
from collections.abc import Iterator

from model.brief import Brief
from model.given import Given, given
from model.names import names
from model.rules import Rule, quoted, rule
from model.words import words

_LAW = (
    "16 CFR part 465, Consumer reviews and testimonials (2024); 16 CFR part 255, Endorsements and testimonials; "
    "UK DMCC Act 2024 schedule 20; UK CAP Code section 3, Endorsements and testimonials; "
    "EU Directive 2005/29 annex I points 23b and 23c"
)
_ADVICE = "only real praise that is on file"
_PEOPLE = (
    "customers?|clients?|users?|members|readers|guests|patients|shoppers|reviewers|buyers|subscribers|students|"
    "diners|drivers|owners|parents|mums|moms|people|women|men|families|businesses|teams|companies|experts|"
    "professionals|doctors|dentists|dermatologists|vets|chefs|critics"
)
_PRAISE = r"rave|love|adore|swear by|rate|recommend|prefer|can(?:no|'|’)t (?:stop|get enough)|keep coming back|trust us"
_SAY = r"sa(?:y|ys|id)|agree|report|call (?:it|us)|think"
# Anybody may say or think anything, and customers tell a shop what to stock: praise has to follow.
_PRAISING = (
    r"\b[^.!?\n]{0,60}?(?:[“\"]|\b(?:best|better|great\w*|good|lov\w+|amazing|brilliant|fantastic|awesome|incredible|"
    r"wonderful|excellent|perfect|delicious|favou?rite|finest|smooth\w*|easi\w+|calm\w*|happ(?:y|ier)|chang\w+|saved|"
    r"transform\w+|recommend\w*|never looked back|can(?:no|'|’)t (?:stop|live|imagine))\b)"
)
# Praise that a brief has: somebody's words, a rating or a count of voices. That it asks for reviews is none.
_SPOKEN = (
    r"(?<!leave a )(?<!leave us a )(?<!write a )(?<!give us a )(?<!post a )\b"
    r"(?:reviews?|testimonials?|quotes?|feedback)(?: (?:of|from|by) [^:\n]{2,40})?:\s*"
    r"(?!https?:|\w+\.\w+/|\[|\{)\S+ \S+ \S+|"
    r"\b(?:reviews?|testimonials?|quotes?|feedback) (?:from|by) (?!(?-i:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|"
    r"May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))(?-i:[A-Z])|"
    r"\b(?:reviews?|testimonials?|quotes?|feedback|customers?|clients?|guests?|says?|said|wrote)\b[^“\"\n]{0,40}"
    r"[“\"][^“”\"\n]{12,}[”\"]|[“\"][^“”\"\n]{12,}[”\"],?\s?(?:[-–—]\s?(?-i:[A-Z])|says\b|said\b)"
)
_RATED = (
    r"\b(?:\d(?:[.,]\d)?|five|four)[ -]?stars?\b|[★⭐]{2,}|\b[1-5](?:[.,]\d)?\s?(?:/|out of)\s?5\b|"
    r"\brated (?:\d|excellent|outstanding|good|best|top|number one|#1|by)\b|"
    rf"\b(?:\d+\s?%|\d+ (?:out of|in) \d+) (?:of )?(?:our |the )?(?:\w+ )?(?:{_PEOPLE})\b"
)
_PRAISED = (
    rf"{_SPOKEN}|{_RATED}|(?<!what )(?<!what our )(?<!how )(?<!how our )(?<!if )(?<!whether )(?<!ask )(?<!asking )"
    rf"(?<!ask our )(?<!asking our )\b(?:our )?(?:{_PEOPLE}) "
    r"(?:(?!to\b|who\b)\w+ ){0,2}(?:says?|said|loves?|raves?|tells?|told us|recommends?|prefers?|agrees?|swears? by)\b|"
    r"\b(?:great|rave|glowing|top|positive|excellent|good) (?:reviews|feedback)\b"
)
_OWN_VOICE = (
    r"\bfirst[ -]person\b|\bfounder\b|\bCEO\b|\b(?:the|our|by|from) owner\b|\bowner['’]s\b|"
    r"\bpersonal (?:story|post|note|account|essay|tone|voice|view)\b|\bmy (?:story|journey)\b|\bdiary\b"
)
# Whom praise is for: "everyone loves Fridays" praises nobody, so a name counts only where it is the brief's.
_US = r"(?:us\b|it\b(?! when\b)|our \w+|(?P<whom>(?-i:[A-Z][\w’'&-]*)))"

RULES = (
    rule(
        "customers",
        rf"\b(?:our|my|happy|satisfied|loyal|real|past|thousands of|millions of|"
        rf"\d[\d,.]*(?:\+|%)?(?: of| in \d+| out of \d+)?) (?:our |the |happy |satisfied |loyal )?(?:{_PEOPLE}) "
        rf"(?:\w+ )?(?:{_PRAISE}|{_SAY}|(?:tell|told) us{_PRAISING})\b|"
        rf"\b(?:many|most|other|fellow) (?:our |the |happy |satisfied |loyal )?(?:{_PEOPLE}) "
        rf"(?:\w+ )?(?:{_PRAISE}|(?:{_SAY}|tell us|told us){_PRAISING})\b|"
        rf"\b(?:customers|clients|users|reviewers|guests|critics|readers) "
        rf"(?:everywhere |all over |already )?(?:{_PRAISE}|{_SAY}|(?:tell|told) us{_PRAISING})\b|"
        r"\b(?:as one|one of our|as a|a) (?:\w+ )?(?:customer|client|guest|user|reader|patient|member)s? "
        r"(?:put it|said|says|told us|wrote)\b",
        _ADVICE,
        _LAW,
        unless=_PRAISED,
    ),
    rule(
        "endorsed",
        rf"\b(?:rated|loved|trusted|recommended|praised|reviewed|used and loved|adored|chosen|"
        rf"voted (?!for\b|on\b)\w+(?: \w+)?) by "
        rf"(?:(?:our|over|more than|thousands of|millions of|hundreds of|leading|top|real|happy|\d[\d,.]*\+?) )*"
        rf"(?:\w+ )?(?:{_PEOPLE}|thousands|millions|hundreds|\w+s everywhere)\b|"
        rf"\b(?:hundreds|thousands|millions|\d[\d,.]*\+?) (?:of )?(?:happy|satisfied|delighted|loyal) (?:{_PEOPLE})\b",
        _ADVICE,
        _LAW,
        unless=_PRAISED + r"|\b(?:trusted|loved|recommended|used|chosen|praised|voted \w+) by\b|\b(?:happy|satisfied|"
        r"delighted|loyal) (?:customers|clients|users|members|guests)\b",
    ),
    rule(
        "fans",
        rf"\b(?:(?:everyone|everybody|the internet|the (?:whole|entire) \w+) (?:\w+ )?(?:loves|adores|swears by|"
        rf"recommends|raves about|is raving about)|(?:{_PEOPLE}) (?:\w+ )?(?:love|adore|recommend|prefer)|"
        rf"\w+s (?:\w+ )?(?:swear by|rave about|can(?:no|'|’)t get enough of)) {_US}|"
        rf"\bpeople (?:\w+ )?(?:say|tell us) (?:that )?(?:it|we|our)(?:['’](?:s|re))?\b{_PRAISING}",
        _ADVICE,
        _LAW,
        unless=_PRAISED,
    ),
    rule(
        "somebody",
        r"(?P<who>\b(?:Dr|Doctor|Prof(?:essor)?|Chef|Nurse|Coach)\.? (?-i:[A-Z][a-z]+)|\b(?-i:(?!Every|No|Who|The )"
        r"[A-Z][a-z]+ (?:from|in|of) [A-Z][a-z]+)),? (?:\w+ )?(?:loves|adores|recommends|swears by|raves about|"
        r"approves|trusts|can(?:no|'|’)t get enough)\b",
        _ADVICE,
        _LAW,
        unless=_SPOKEN,
    ),
    rule(
        "rating",
        r"\b(?:five|5|4[.,]\d)[ -]?stars?(?:[ -](?:reviews?|ratings?|rated|service|experience|feedback))?\b(?!-)|"
        r"\b[45](?:[.,]\d)? ?(?:/|out of) ?5\b(?! \w*(?:people|days|weeks))|★{3,}|⭐{3,}|"
        rf"\b\d+ (?:out of|in) \d+ (?:\w+ )?(?:{_PEOPLE})\b|\b(?:rated|voted) (?:excellent|outstanding|"
        rf"number one|#1|best)\b|"
        r"\b(?:glowing|rave|top|positive|great|amazing) reviews\b",
        _ADVICE,
        _LAW,
        unless=_PRAISED,
    ),
    rule(
        "reviews",
        r"\bread (?:our|the) reviews\b",
        _ADVICE,
        _LAW,
        unless=r"\breviews\b|\bratings\b|\btestimonials\b",
    ),
    rule(
        "success",
        r"\bI(?:'ve|’ve| have)? (?:lost|shed|dropped|gained|earned|saved|paid off|made|went from|doubled|quit) "
        r"(?:(?:over|almost|nearly|about|more than) )?(?:[£$€]?\d|\w+ (?:pounds|kilos|stone|inches)|weight|"
        r"my (?:job|debt))|"
        r"\b(?:it|they|th(?:is|at)(?: \w+)?)(?:'s|’s| has| have)? (?:completely |totally |really )?(?:changed|"
        r"saved|transformed) "
        r"my (?:life|skin|hair|business|marriage|sleep|mornings?)\b|"
        r"\bI(?:'d|’d| would)? (?:highly |definitely |thoroughly |totally )recommend\b|"
        r"\bI (?:was|used to be) (?:very |so |a bit |really )?(?:s[ck]eptical|hesitant|doubtful|unsure)\b|"
        r"\bI(?:'ve|’ve| have) (?:tried (?:them all|everything|so many|dozens|every)|been (?:using|a customer))\b|"
        r"\bI(?: absolutely| just| really)? (?:love|adore) (?:this|my new|these|their|the) \w+|"
        r"\b(?:then|until|till) I (?:found|discovered|tried|met|bought|switched to) "
        rf"{_US}|"
        r"\bI\b[^.!?\n]{0,60}\bnever looked back\b|\bI (?:sleep|feel|look|work|run|eat) (?:(?:so )?much |far |a lot )?"
        r"better (?:since|with|thanks to|now)\b|\bmy (?:skin|hair|back|sleep|home|house|kitchen|garden|business|"
        r"mornings?|feet|nails|teeth) (?:has|have) never (?:looked|felt|been|smelled|smelt) (?:so |this )?\w+|"
        r"\bbest \w+ I(?:'ve|’ve| have) ever (?:had|used|bought|tried|tasted|owned|eaten|drunk|worn)\b",
        _ADVICE,
        _LAW,
        unless=f"{_SPOKEN}|{_OWN_VOICE}",
    ),
    rule(
        "signed",
        r"(?:^|[.!?\"”’]\s*)[—–-]{1,2}\s?(?-i:[A-Z][a-z]+ [A-Z]\.)(?=$|[\s,])(?:, [^\n]{2,40}$)?",
        _ADVICE,
        _LAW,
    ),
)

_QUOTATION = re.compile(
    r"[“\"«](?P<words>[^“”\"«»\n]{6,}?)[”\"»]|(?<!\w)‘(?P<single>[^‘’\n]{6,}(?:’\w[^‘’\n]*)*)’(?!\w)|"
    r"(?<![\w'’])'(?P<plain>(?:[^'\n]|(?<=\w)'(?=\w)){6,})'(?!\w)"
)
_SAYS = r"(?:said|says|adds?|added|explain(?:s|ed)|comment(?:s|ed)|told|tells|writes|wrote|raves?|put it|according to)"
_BEFORE = re.compile(rf"\b{_SAYS}(?: us)?(?: it)?(?: \w+)?[,:]?\s*$", re.IGNORECASE)
_AFTER = re.compile(
    rf"^\s*,?\s*(?:{_SAYS}\b|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*,? {_SAYS}\b|\n?\s*[—–~-]{{1,2}}\s?[A-Z]|(?:she|he|"
    rf"they) {_SAYS}\b)"
)
_THING = re.compile(
    r"\b(?:sign|label|tin|tag|note|card|box|door|badge|mug|poster|menu|clock|map|book|song|saying|name)s? \w+[,:]?\s*$",
    re.I,
)
_PULLED = re.compile(
    r"\b(?:I|I'm|I’m|I've|I’ve|my|me)\b|\b(?:amazing|brilliant|fantastic|recommend|awesome|incredible|life-changing|"
    r"loved? (?:it|this|them)|best \w+ ever|can't live without|changed my)\b"
)
_FEWEST = 4
_WHOLE = 0.8


def invented(text: str, brief: Brief) -> str:
    """Quote the praise that isn't from the brief; a quotation that the brief has is fine."""
    facts = given(brief)
    found = next(_quotations(text, facts), "")
    if found:
        return f"“{found[:80]}” are nobody's words in the brief: {_ADVICE} (US, UK, EU)"
    for one in RULES:
        match = one.pattern.search(text)
        if match and not _given(match, one, brief, facts):
            return quoted(match.group(), one)
    return ""


def _given(match: re.Match[str], one: Rule, brief: Brief, facts: Given) -> bool:
    """Whether the brief has that praise or the like of it, knows who gives it, or it is for nobody that it names."""
    settled = one.unless and one.unless.search(facts.text)
    groups = match.groupdict()
    whom, who = groups.get("whom"), groups.get("who")
    elsewhere = whom and whom not in {word for name in names(brief) for word in name.split()}
    return bool(settled or elsewhere or (who and _has(who, facts)) or _has(match.group(), facts))


def _quotations(text: str, facts: Given) -> Iterator[str]:
    """Yield what somebody is said to have said, and the brief doesn't have them say."""
    for match in _QUOTATION.finditer(text):
        said = match["words"] or match["single"] or match["plain"]
        whole = len(said) > _WHOLE * len(text.strip())
        before = text[: match.start()]
        spoken = (_BEFORE.search(before) and not _THING.search(before)) or _AFTER.match(text[match.end() :])
        pulled = _alone(text, match) and _PULLED.search(said)
        if len(words(said)) >= _FEWEST and not whole and (spoken or pulled) and not _has(said, facts):
            yield said


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a quotation is a line of its own, as pulled quotes are."""
    before, after = text[: match.start()].rpartition("\n")[2], text[match.end() :].partition("\n")[0]
    return not re.search(r"\w", before.rpartition(":")[2]) and not re.search(r"\w", after)


def _has(said: str, facts: Given) -> bool:
    return f" {' '.join(words(said))} " in facts.said
