"""Claims that advertising law looks at: rules as data, each with where it holds, what to do, and its source."""

import re
from dataclasses import dataclass
from typing import Literal

from model.brief import Brief

_FTC = "FTC Act section 5; FTC, Policy statement on advertising substantiation"
_FTC_HEALTH = "FTC, Health products compliance guidance (2022)"
_FTC_REVIEWS = "16 CFR part 465, Consumer reviews and testimonials (2024)"
_FTC_ENDORSE = "16 CFR part 255, Endorsements and testimonials"
_FTC_FREE = "16 CFR part 251, Use of the word free"
_FTC_GREEN = "16 CFR part 260, Green guides"
_FTC_MONEY = "FTC, Business opportunity rule, 16 CFR part 437; Notice of penalty offenses, money-making claims"
_CAP_MISLEAD = "UK CAP Code section 3, Misleading advertising"
_CAP_HEALTH = "UK CAP Code section 12, Medicines and health"
_CAP_GREEN = "UK CAP Code section 11, Environmental claims; EU Directive 2024/825"
_CAP_PRICE = "UK CAP Code section 3, Prices and availability; EU Directive 98/6, Omnibus"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of claim; `unless` names what in the brief settles it, when anything does."""

    name: str
    pattern: re.Pattern[str]
    advice: str
    where: Literal["US", "UK", "EU", "US, UK", "US, UK, EU"]
    source: str
    unless: re.Pattern[str] | None = None


def _rule(
    name: str,
    pattern: str,
    advice: str,
    source: str,
    where: Literal["US", "UK", "EU", "US, UK", "US, UK, EU"] = "US, UK, EU",
    unless: str = "",
) -> Rule:
    settled = re.compile(unless, re.IGNORECASE) if unless else None
    return Rule(name, re.compile(pattern, re.IGNORECASE), advice, where, source, settled)


_BODY = (
    "acne|anxiety|arthritis|asthma|back pain|cancer|cold|colds|covid|depression|diabetes|disease|eczema|fatigue|"
    "flu|hair loss|"
    "headaches?|heartburn|ibs|infections?|inflammation|insomnia|migraines?|pain|psoriasis|snoring|stress|wrinkles"
)
RULES = (
    _rule(
        "medical",
        rf"\b(?:cur(?:es?|ed|ing)|treat(?:s|ed|ing)?|heal(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reverse[sd]?|"
        rf"eliminat\w+|fights?|"
        rf"get rid of)\s+(?:\w+\s+){{0,2}}(?:{_BODY})\b|\bmiracle (?:cure|drug|remedy)\b",
        "needs competent scientific evidence, and for medicines a licence",
        f"{_FTC_HEALTH}; {_CAP_HEALTH}",
    ),
    _rule(
        "proof",
        r"\b(?:clinically|scientifically|medically|laboratory|lab|dermatologically|dermatologist)[ -](?:proven|"
        r"tested|shown|"
        r"approved|recommended)\b|\bproven (?:to|results|formula)\b|\bstudies (?:show|prove)|\bscience[ -]backed\b",
        "name the study and keep it on file",
        f"{_FTC_HEALTH}; {_CAP_MISLEAD}",
    ),
    _rule(
        "approval",
        r"\b(?:FDA|MHRA|NHS|EPA|government|doctor)[ -](?:approved|endorsed|recommended|certified|registered)\b",
        "only with the approval itself, for this product",
        _FTC_HEALTH,
        "US, UK",
    ),
    _rule(
        "weight",
        r"\b(?:lose|drop|shed|burn)\s+(?:up to\s+)?(?:\w+\s+){0,3}(?:pounds?|lbs?|kilos?|kgs?|stone|weight|belly "
        r"fat|inches)\b",
        "needs evidence that it is typical",
        f"{_FTC_HEALTH}; UK CAP Code section 13, Weight control",
    ),
    _rule(
        "guarantee",
        r"\bguaranteed?\b(?!\s+(?:irish|sustainable))|\bguarantees\b|\bwe guarantee\b",
        "state the terms, and only what you can always keep",
        f"16 CFR part 239, Warranties and guarantees; {_CAP_MISLEAD}",
    ),
    _rule(
        "risk", r"\brisk[ -]free\b|\bno risk\b|\bzero risk\b|\bnothing to lose\b", "say what it costs to leave", _FTC
    ),
    _rule(
        "superlative",
        r"(?<!\w)#1\b|\bnumber one\b|\bno\. ?1\b|\b(?:the )?(?:world|uk|america|country|city|nation|industry|"
        r"market)(?:'s|’s)? "
        r"(?:best|leading|favou?rite|finest|fastest|cheapest)\b|\b(?:market|industry|world)[ -]leading\b|"
        r"\bthe (?:very )?best\b[^.!?\n]{0,30}\b(?:in (?:the )?\w+|money can buy|on the market|ever|around|"
        r"available)\b|"
        r"\bwe(?:'re|’re| are) (?:simply )?the best\b|\bunbeatable\b|\bunrivall?ed\b|"
        r"\b(?:lowest|cheapest|best) prices?\b|\bbest[ -]in[ -]class\b|\bbest[ -]selling\b|\bsecond to none\b",
        "a comparison needs its basis and proof",
        f"{_FTC}; {_CAP_MISLEAD}",
    ),
    _rule(
        "free",
        r"(?<![\w-])free\b(?! (?:to|from|of (?!charge)|your|up|time|hand|range|weekend|evening|spirit|fall|"
        r"speech|will))"
        r"(?<!feel free)(?<!set free)(?<!for free)",
        "state the conditions beside it",
        f"{_FTC_FREE}; {_CAP_PRICE}",
        unless=r"(?<!-)\bfree\b",
    ),
    _rule(
        "up to",
        r"\bup to (?:\w+ )?\d+(?:[.,]\d+)?\s?(?:%|per ?cent|x\b|times)",
        "many must get the most",
        f"{_FTC}; {_CAP_PRICE}",
    ),
    _rule(
        "was/now",
        r"\bwas\s+[£$€]\s?\d[\d.,]*[^.\n]{0,12}\bnow\s+[£$€]\s?\d|\b(?:RRP|reduced from|usual(?:ly)?|"
        r"normally)\s+[£$€]\s?\d",
        "the old price must have been asked, in the EU the lowest of 30 days",
        _CAP_PRICE,
    ),
    _rule(
        "scarcity",
        r"\bonly \d+ (?:\w+ )?(?:left|remaining|available)\b|\b(?:while|until) (?:stocks?|supplies) lasts?\b|"
        r"\bselling (?:out )?fast\b|"
        r"\bgoing fast\b|\blast chance\b|\blimited[ -]time\b|\blimited (?:stock|availability|places|spots|"
        r"supply)\b|(?:^|[.!?]\s+)hurry\b|"
        r"\bact (?:now|fast)\b|\bbefore it'?s too late\b|\bdon['’]t miss out\b",
        "must be true when it is read",
        f"{_CAP_MISLEAD}; EU Directive 2005/29 annex I point 7",
        unless=r"\blimited\b|\blast\b|\bonly \d|\bleft\b|\bwhile stocks\b|\bends?\b|\bhurry\b",
    ),
    _rule(
        "income",
        r"\b(?:earn|make)\s+(?:up to\s+)?[£$€]\s?\d[\d,.]*|\b(?:passive income|financial freedom|get rich|six[ "
        r"-]figure|quit your job|"
        r"double your (?:money|income|sales|revenue))\b",
        "needs proof of what people typically earn",
        _FTC_MONEY,
        "US, UK",
    ),
    _rule(
        "green",
        r"\b(?:eco|environmentally|planet|climate|earth)[ -](?:friendly|safe|conscious|positive|neutral)\b|"
        r"\bcarbon[ -](?:neutral|"
        r"negative|free)\b|\bnet[ -]zero\b|\bsustainabl[ey]\b|\bbiodegradable\b|\bzero[ -](?:waste|emissions?)\b|"
        r"\bgood for the planet\b|"
        r"\bgreen(?:er)? (?:product|choice|energy|alternative|option)s?\b|\b(?:all|100%|completely) natural\b|"
        r"\bchemical[ -]free\b",
        "say which part, compared with what, and prove it",
        f"{_FTC_GREEN}; {_CAP_GREEN}",
    ),
    _rule(
        "testimonial",
        r"[\"“][^\"”]{8,}[\"”]\s*(?:\n\s*)?(?:[-–—~]\s*[A-Z][\w.]+|(?:said|says|raves|writes)\s+[A-Z]\w+)|"
        r"\b(?:our|my|happy|satisfied) (?:customers?|clients?|users?) (?:say|rave|love|tell|swear|agree|report)\b|"
        r"\b(?:five|5|4\.\d)[ -]stars?(?: reviews?| ratings?| rated)?\b|★{3,}|⭐{3,}|\baward[ -]winning\b|\bvoted "
        r"(?:best|the best|number)\b",
        "only a real one that is on file",
        f"{_FTC_REVIEWS}; {_FTC_ENDORSE}",
        unless=r"[\"“][^\"”]{8,}[\"”]|\bstars?\b|\baward|\bvoted\b|\bsaid\b|\bquote\b|\btestimonial\b|\breviews?\b",
    ),
    _rule(
        "always there",
        r"\b24[/-]7\b|\baround[ -]the[ -]clock\b|\bround the clock\b|\b24[ -]hours? a day\b|\bany time of day or "
        r"night\b",
        "only when somebody always answers",
        _CAP_MISLEAD,
        unless=r"\b24[/-]7\b|\b24[ -]?h|\bround the clock\b|\bday (?:and|&|or) night\b|\banytime\b|\balways\b",
    ),
    _rule(
        "personal attribute",
        r"\b(?:are you|you're|you are|as an?|fellow|other)\s+(?:an?\s+)?(?:\w+\s+)?(?:diabetic|alcoholic|"
        r"bankrupt|obese|overweight|gay|"
        r"lesbian|trans(?:gender)?|muslim|christian|jewish|hindu|disabled|depressed|pregnant|in debt|infertile|"
        r"black|hispanic|asian)\b",
        "ads may not say that they know this of the reader",
        "Meta Advertising standards, Privacy violations and personal attributes",
    ),
    _rule(
        "exclusion",
        r"\b(?:no (?:kids|children|dss|benefits|families|immigrants|foreigners|over[ -]?\d\ds)|(?:young|male|"
        r"female|native[ -]speaking|"
        r"able[ -]bodied|digital[ -]native) (?:applicants?|candidates?|professionals? only|tenants?|only)|"
        r"(?:women|men|christians|whites?|under[ -]?\d\ds) only)\b",
        "housing, jobs and credit may not shut out groups",
        "US Fair Housing Act, ECOA and ADEA; UK Equality Act 2010",
        "US, UK",
    ),
)


def risky(text: str, brief: Brief) -> tuple[str, ...]:
    """Quote each kind of risky claim in the copy, with what to do about it."""
    given = f"{brief.product}\n{brief.instruction}\n{' '.join(brief.must_say)}"
    return tuple(
        f"“{found.group().strip()}”: {rule.advice}"
        for rule in RULES
        if (found := rule.pattern.search(text)) and not (rule.unless and rule.unless.search(given))
    )
