"""Praise that nobody gave: quotations, customers' words, ratings and tales of success that the brief doesn't have."""

import re
from collections.abc import Iterator

from model.brief import Brief
from model.given import Given, given
from model.rules import quoted, rule
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
_TOLD = r"\breviews?\b|\brat(?:ed|ings?)\b|\bstars?\b|\bsurvey|\bpoll\b|\btestimonial|\bquot|\bfeedback\b"
_OWN_VOICE = r"\bfirst[ -]person\b|\bfounder\b|\bCEO\b|\bowner|\bpersonal\b|\bmy (?:story|journey)\b|\bdiary\b"

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
        unless=_TOLD + r"|\b(?:customers?|clients?|users?|people|readers|guests|members)\b[^.!?\n]{0,20}\b"
        r"(?:say|said|love|rave|tell|told|recommend|prefer|agree)",
    ),
    rule(
        "endorsed",
        rf"\b(?:rated|loved|trusted|recommended|praised|reviewed|used and loved|adored|chosen|voted \w+(?: \w+)?) by "
        rf"(?:(?:our|over|more than|thousands of|millions of|hundreds of|leading|top|real|happy|\d[\d,.]*\+?) )*"
        rf"(?:\w+ )?(?:{_PEOPLE}|thousands|millions|hundreds)\b",
        _ADVICE,
        _LAW,
        unless=_TOLD + r"|\b(?:trusted|loved|recommended|used|chosen|praised|voted)\b",
    ),
    rule(
        "rating",
        r"\b(?:five|5|4[.,]\d)[ -]?stars?(?:[ -](?:reviews?|ratings?|rated|service|experience|feedback))?\b(?!-)|"
        r"\b[45](?:[.,]\d)? ?(?:/|out of) ?5\b(?! \w*(?:people|days|weeks))|★{3,}|⭐{3,}|"
        rf"\b\d+ (?:out of|in) \d+ (?:\w+ )?(?:{_PEOPLE})\b|\b(?:rated|voted) (?:excellent|outstanding|"
        rf"number one|#1|best)\b|"
        r"\b(?:glowing|rave|top|positive|great|amazing) reviews\b|\bread (?:our|the) reviews\b",
        _ADVICE,
        _LAW,
        unless=_TOLD,
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
        r"\bbest \w+ I(?:'ve|’ve| have) ever (?:had|used|bought|tried|tasted|owned|eaten|drunk|worn)\b",
        _ADVICE,
        _LAW,
        unless=_TOLD + "|" + _OWN_VOICE,
    ),
    rule(
        "signed",
        r"(?:^|[.!?\"”’]\s*)[—–-]{1,2}\s?(?-i:[A-Z][a-z]+ [A-Z]\.)(?=$|[\s,])(?:, [^\n]{2,40}$)?",
        _ADVICE,
        _LAW,
    ),
)

_QUOTATION = re.compile(
    r"[“\"«](?P<words>[^“”\"«»\n]{6,}?)[”\"»]|(?<!\w)‘(?P<single>[^‘’\n]{6,}(?:’\w[^‘’\n]*)*)’(?!\w)"
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
        if match and not (one.unless and one.unless.search(facts.text)) and not _has(match.group(), facts):
            return quoted(match.group(), one)
    return ""


def _quotations(text: str, facts: Given) -> Iterator[str]:
    """Yield what somebody is said to have said, and the brief doesn't have them say."""
    for match in _QUOTATION.finditer(text):
        said = match["words"] or match["single"]
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
