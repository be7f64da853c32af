"""Offers, crowds, prizes and shares that copy may only speak of when the brief does, in these or like words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that copy promises, and how a brief that means it may say so; both are sought in lower case."""

    said: re.Pattern[str]
    given: re.Pattern[str]


def _promise(said: str, given: str) -> Promise:
    return Promise(re.compile(said), re.compile(given))


_PEOPLE = (
    "customers?|people|users?|businesses|companies|teams?|families|members?|readers?|clients?|reviews?|fans|"
    "students?|"
    "subscribers?|homes|shoppers|professionals|patients|guests|brands|marketers|developers"
)
_MEASURED = (
    "calories|sugar|fat|salt|price|cost|time|size|power|speed|strength|protein|caffeine|carbon|energy|waste|plastic|"
    "weight|storage|battery|space|capacity|noise|emissions|effort|water|range"
)
# Days that have a name, and how else a brief may speak of them.
_HOLIDAYS = {
    r"(?:christmas|xmas)(?: eve| day)?|boxing day": r"christmas|xmas|festive|advent|boxing|\bdec\b|december|\b2[4-6]\b",
    r"new year['’]?s? (?:eve|day)|hogmanay": r"new year|hogmanay|nye|\bdec(?:ember)?\b|\bjan(?:uary)?\b|\b31\b",
    r"easter(?: sunday| monday)?|good friday": r"easter|good friday|\bapril|\bmarch",
    r"valentine['’]?s(?: day)?": r"valentine|\bfeb|\b14\b",
    r"(?:mother|father)['’]?s['’]? day": r"(?:mother|father)['’]?s|\bmum|\bmom|\bdad",
    r"hallowe['’]?en|bonfire night|guy fawkes": r"hallow|bonfire|guy fawkes|\boct|\bnov|spook|pumpkin|firework",
    r"black friday|cyber monday|thanksgiving": r"black friday|cyber|thanksgiving|\bnov",
    r"(?:the )?(?:\w+ )?bank holiday(?: monday)?": r"bank holiday|holiday",
    r"pancake day|shrove tuesday": r"pancake|shrove",
    r"(?:the )?(?:fourth|4th) of july|independence day": r"july|independence",
    r"diwali|eid|hanukkah|ramadan|passover": r"diwali|\beid\b|hanukkah|chanukah|ramadan|passover|pesach",
}
# For whom and for how long a lower price holds, and how else a brief may speak of them.
_CUT = (
    r"(?:discount\w*|offers?|deals?|savings?|money off|\d+\s?% off|per ?cent off|"
    r"(?:half|lower|special|reduced) prices?)"
)
_CUT_FOR = {
    "members?": "member|club|loyal",
    "students?": "student|pupil|universit|college|campus",
    "subscribers?": "subscri|newsletter|sign",
    "teachers?": "teacher|school",
    "(?:nhs(?: staff)?|nurses|key workers)": "nhs|nurse|worker|staff",
    r"(?:seniors|pensioners|over[ -]\d0s)": "senior|pension|over",
    "(?:new|first[ -]time) (?:customers?|clients?|members?|users?)": r"\bnew\b|first",
    "(?:locals|residents)": "local|resident|neighbour",
    r"(?:(?:loyal|regular|returning) \w+|regulars)": "loyal|regular|return",
}
_CUT_THROUGH = {
    "(?:weekend|saturday|sunday)": r"week|\bsat|\bsun",
    "week": r"week|\bdays?\b|daily|\bmon",
    "month": r"month|weeks|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    "(?:year|year round|year long)": r"year|always|every ?day|permanent|20\d\d",
    "(?:spring|summer|autumn|winter|season)": r"spring|summer|autumn|winter|season|\b(?:jun|jul|aug|sep|oct|nov|dec)",
}
_SHARES = {
    "third": r"\b33|1/3",
    "quarter": r"\b25 ?(?:%|per)|1/4",
    "fifth": r"\b20 ?(?:%|per)|1/5",
    "tenth": r"\b10 ?(?:%|per)",
}
_DECADES = {
    "2": "twenties",
    "3": "thirties",
    "4": "forties",
    "5": "fifties",
    "6": "sixties",
    "7": "seventies",
    "8": "eighties",
    "9": "nineties",
    "0": "noughties",
}
_NOURISHING = "calorie|sugar|alcohol|caffeine|carb|fat|salt|emission|carbon|plastic"
_SELDOM = (
    *(_promise(rf"\b(?:a|one) {share} off\b", rf"\b{share}\b|{figures}") for share, figures in _SHARES.items()),
    *(
        _promise(
            rf"\bsince the (?:(?:19|20|18)?{digit}0s|{name})\b", rf"\b{name}\b|{digit}0s|\b(?:1[89]|20){digit}\d\b"
        )
        for digit, name in _DECADES.items()
    ),
    *(
        _promise(rf"\bzero[ -]{one}s?\b", rf"\b(?:zero|no|0|without)[ -]?(?:\w+ )?{one}|{one}s?[ -]free|\b0 ?%|\b0\.0")
        for one in _NOURISHING.split("|")
    ),
    *(
        _promise(
            rf"\b{_CUT}\b[^.!?\n]{{0,25}}\bfor (?:all |our |every |any |fellow )*{said}\b|"
            rf"\b{said}['’]? (?:only )?{_CUT}\b|\b{said} (?:get|receive|enjoy|save)\b[^.!?\n]{{0,15}}\b{_CUT}\b",
            given,
        )
        for said, given in _CUT_FOR.items()
    ),
    *(
        _promise(rf"\b{_CUT}\b[^.!?\n]{{0,30}}\b(?:all|the whole|the entire|this whole) {said}\b", given)
        for said, given in _CUT_THROUGH.items()
    ),
)
# Most sentences have none of these, and must be told so fast.
_AT_ALL = re.compile(rf"{_CUT}|\b(?:zero|since the|(?:{'|'.join(_SHARES)}) off)\b")
PROMISES = (
    _promise(
        r"\bone in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty)\b"
        r"(?! (?:\w+ )?(?:colou?r|size|flavou?r|part|place|day|stage)s?\b)",
        r"\b(?:1|one) (?:in|out of) |%|per ?cent|\b(?:half|third|quarter|fifth|tenth)s?\b",
    ),
    *(
        _promise(rf"\b(?:on|until|till|by|before|from|opens?|close[sd]?|see you) (?:{said})\b", given)
        for said, given in _HOLIDAYS.items()
    ),
    _promise(r"\bhalf[ -](?:the )?price\b|\bhalf off\b(?![ -]road)", r"\bhalf\b|50\s?(?:%|per ?cent)"),
    _promise(
        r"\bbuy (?:one|two|three|four|any|[1-9])\b[^.!?\n]{0,25}\bget\b|\bbogof?\b|\b(?:two|three|"
        r"four)[ -]for[ -](?:the price of )?"
        r"(?:one|two|three|1|2|3)\b|\b(?:two|three|four|[2-5])(?: \w+){1,3} for the price of (?:one|two|three|[1-3])\b",
        r"\bbogo|\bbuy\b[^.\n]{0,30}\bget\b|\d[ -]?(?:for|4)[ -]?(?:the price of )?(?:\d|one|two)|\b(?:two|three|"
        r"four)[ -]for\b|\bfor the price of\b|\b\d \w+ for \d\b|\b(?:one|1|\dnd|\drd|\dth|"
        r"second|third|fourth|another) (?:\w+ )?free\b|half price|"
        r"\boffer|\bdeal",
    ),
    _promise(
        r"\b(?:(?:the|our|a|this|summer|winter|spring|autumn|january|clearance|flash|big|annual) )+sale (?:is|has|"
        r"starts?|ends?|"
        r"begins|finishes) (?:on|here|now|back|live|today|tomorrow|started|begun|over|in|soon)\b|\bsale (?:now on|"
        r"ends|must end)\b|"
        r"\b(?:summer|winter|spring|autumn|january|clearance|flash|closing[ -]down) sale\b|\bsale prices?\b",
        r"\bsales?\b|%|\boff\b|discount|reduc|\bhalf\b|clearance|\boffer|\bdeals?\b|\bsav(?:e|ings?)\b|promo|"
        r"per ?cent|black friday",
    ),
    _promise(
        r"\b(?:next|same|two|three|one)[ -](?:working |business )?days? (?:delivery|shipping|dispatch|despatch|"
        r"service)\b|"
        r"\b(?:overnight|express) (?:delivery|shipping|post)\b|\bdeliver(?:ed|s|y)? (?:the )?(?:next|same) day\b",
        r"\b(?:next|same|one|two|three|1|2|3)[ -](?:working |business )?days?\b|overnight|express|\btomorrow\b|"
        r"\btoday\b|24 ?h|"
        r"24 hours|within (?:a|one) day",
    ),
    _promise(
        r"\b(?:worldwide|international|nationwide) (?:delivery|shipping)\b|\b(?:ships?|shipp(?:ed|ing)|"
        r"delivers?) (?:worldwide|"
        r"internationally|nationwide|anywhere)\b",
        r"world|international|nationwide|global|\babroad\b|\banywhere\b|\bacross\b|\ball of\b|\beverywhere\b|\buk\b|"
        r"\beu",
    ),
    _promise(
        r"\b(?:go(?:es)?|going|donated?|given|gives?|pass(?:ed|es)?) (?:straight |directly |"
        r"back )?to (?:\w+ ){0,2}(?:charit(?:y|ies)|"
        r"good causes?)\b|\b(?:proceeds|profits?) (?:go|goes|will go|going|support|help)\b|"
        r"\bwe(?:'ll| will)? donate (?:\d|a (?:third|quarter|fifth|tenth|share|part|portion|pound|dollar|"
        r"meal)|half|every|all|"
        r"one)\b",
        r"charit|donat|good cause|proceeds|profit|fundrais|\brais|foundation|non-?profit|not-for-profit|\bgiv|appeal|"
        r"hospice|"
        r"food ?bank|shelter|cause",
    ),
    _promise(
        r"\b(?:a|one) (?:third|quarter|fifth|tenth) of (?:(?:all|our|your|the|every|its) )*(?:sales?|profits?|"
        r"proceeds|takings|"
        rf"prices?|{_PEOPLE})\b",
        r"\b(?:third|quarter|fifth|tenth)\b|\d/\d|%|per ?cent",
    ),
    _promise(
        r"\b(?:\w+ )?discount(?:s|ed)?\b|\b(?:special|exclusive|limited) (?:offers?|deals?|prices?)\b|\bmoney off\b",
        r"\bdiscount|\boff\b|\bsale\b|\boffers?\b|\bdeals?\b|\bpromo|\breduc|\bcode\b|\bvoucher|\bfor 1\b|\bspecial",
    ),
    _promise(
        r"\bmoney[ -]back (?:guarantee|promise)|\b(?:full|no-quibble|easy|instant) refunds?\b",
        r"\bmoney[ -]back|\brefund|\breturn|\bguarantee",
    ),
    _promise(
        r"\b(?:vouchers?|coupons?|promo(?:tional)? codes?|gift cards?)\b", r"\bvoucher|\bcoupon|\bcode\b|\bgift card"
    ),
    _promise(r"\b(?:lifetime|extended) (?:warranty|guarantee)\b|\bwarranty\b", r"\bwarrant|\bguarantee"),
    _promise(
        rf"\b(?:(?:tens|hundreds|thousands|millions|dozens|scores) of|(?:over |more than )?a (?:million|thousand|"
        rf"hundred))\s+"
        rf"(?:\w+\s+){{0,2}}(?:{_PEOPLE})\b|\bjoin (?:the )?(?:tens of |hundreds of )?(?:hundreds|thousands|millions|"
        rf"dozens)\b(?! of (?:\w+ ){{0,2}}(?:{_PEOPLE})\b)",
        r"\b(?:tens|hundreds?|thousands?|millions?|dozens?|scores)\b|\d[\d,.]*\s?(?:k|m|\+|,\d{3})|\d{3,}",
    ),
    _promise(
        r"\b(?:a|one) (?:dollar|pound|euro|quid|buck)s? (?:off|each|only|a \w+|per|less)\b|"
        r"\bsave (?:yourself )?(?:a|one) (?:dollar|pound|euro|quid|buck)\b|"
        r"\b(?:for|at) (?:just |only )?a (?:dollar|pound|euro|quid|buck)\b",
        r"[£$€]\s?\d|\b(?:dollar|pound|euro|quid|fiver|tenner|buck)",
    ),
    *(
        _promise(
            rf"\b(?:a|one) {note} (?:off|each|only|a \w+|per|less)\b|\b(?:for|at|under|from|only|just|costs?|"
            rf"save) (?:just |only |"
            rf"under |over )?a {note}\b",
            given,
        )
        for note, given in (
            ("fiver", r"[£€]\s?5\b|\bfiver|\bfive\b|\b5\b|4\.\d\d"),
            ("tenner", r"[£€]\s?10\b|\btenner|\bten\b|\b10\b|9\.\d\d"),
        )
    ),
    _promise(
        rf"\b(?:\d+|two|three|four|five|six|seven|eight|nine) (?:out of|in) (?:every )?(?:\d+|three|four|five|ten)\b"
        rf"(?= (?:of |our |\w+ )?(?:{_PEOPLE}|women|men|adults|parents|dentists|doctors|vets|owners|drivers|"
        rf"cats|dogs))|"
        r"\b(?:two|three|four)[ -](?:thirds|quarters|fifths)\b",
        r"\b(?:\d+|one|two|three|four|nine) (?:out of|in) (?:\d+|\w+)\b|%|\b(?:third|quarter|fifth)s\b|\d/\d",
    ),
    _promise(
        rf"\b(?:twice|double|triple|half|three times) the (?:\w+ )?(?:{_MEASURED})\b",
        r"\b(?:half|twice|doubl|tripl|three times)|\d ?x\b|50 ?%|100 ?%|200 ?%",
    ),
    _promise(
        r"\b(?:won|win(?:s|ning)?|earned|picked up|took home) (?:(?:an?|the|our|two|three|several|many|gold|\w+) )?"
        r"(?:\w+ ){0,2}(?:awards?|prizes?|medals?)\b|\baward[ -]winning\b|\bvoted (?:the )?best\b",
        r"\baward|\bprize|\bmedal|\bw[io]n\b|\bwinn|\bvoted\b|\bcompetition\b|\braffle\b|\bdraw\b|\bcontest\b",
    ),
    _promise(
        r"\b(?:(?:launch|land|open|arriv|begin|end|clos|return|drop|releas)(?:s|es|ing|ed)?|start(?:s|ing|"
        r"ed))\b[^.!?\n]{0,25}\b"
        r"(?:tomorrow|tonight|next (?:week|month|year|spring|summer|autumn|fall|winter)|this (?:weekend|month|week))\b",
        r"\b(?:tomorrow|tonight|today|week\w*|month\w*|next|season|spring|summer|autumn|winter|day)\b|"
        r"\b(?:mon|tues?|wed|thu|fri|sat|sun)(?:day|s|nesday|rsday|urday)?\b|\d",
    ),
    _promise(
        r"\b(?:at|until|till|from|by|before|after) (?:noon|midday|midnight)\b|"
        r"\bopen(?:s|ing)? (?:from )?(?:seven|eight|nine|ten|[789]|10) (?:to|till|until) (?:four|five|six|seven|"
        r"[4567])\b",
        r"\b(?:noon|midday|midnight|lunch\w*|night|late|12)\b|\d|24/7|\bhours\b",
    ),
)


def promised(text: str, supplied: str) -> Iterator[str]:
    """Yield what a text promises and what was supplied, in lower case, doesn't."""
    plain = text.lower()
    for promise in (*PROMISES, *_SELDOM) if _AT_ALL.search(plain) else PROMISES:
        match = promise.said.search(plain)
        if match and not promise.given.search(supplied):
            yield match.group().strip()
