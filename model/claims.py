"""Claims that advertising law looks at: rules as data, each with where it holds, what to do, and its source."""

from model.brief import Brief
from model.given import given
from model.rules import Rule, quoted, rule

_FTC = "FTC Act section 5; FTC, Policy statement regarding advertising substantiation (1984)"
_FTC_HEALTH = "FTC, Health products compliance guidance (2022)"
_FTC_MONEY = "16 CFR part 437, Business opportunity rule; FTC, Notice of penalty offenses: money-making opportunities"
_CAP_MISLEAD = "UK CAP Code section 3, Misleading advertising; UK DMCC Act 2024 part 4 chapter 1; CMA207 (2025)"
_CAP_HEALTH = "UK CAP Code section 12, Medicines, medical devices, health-related products and beauty products"
_UNFAIR = "EU Directive 2005/29, Unfair commercial practices"
_BODY = (
    "acne|anxiety|arthritis|asthma|back pain|cancer|colds?|covid|depression|diabetes|diseases?|eczema|fatigue|flu|"
    "hair loss|hangovers?|headaches?|heartburn|ibs|infections?|inflammation|insomnia|migraines?|pain|psoriasis|"
    "snoring|stress|wrinkles"
)
# What is cured or healed without any medicine: food, glue, old quarrels; "cures in a day" has no object at all.
_NO_PATIENT = (
    "ham|gammon|bacon|salmon|trout|fish|meats?|pork|beef|eggs?|yolks?|cheeses?|sausages?|chorizo|olives|garlic|leather|"
    "tobacco|hay|resin|concrete|cement|mortar|paint|varnish|glue|gel|ink|nails|rubber|timber|wood|"
    "boredom|mondays?|winter|blues|wanderlust|cravings|silence|hearts?|souls?|wounds|rifts?|divides?|divisions|"
    "families|friendships?|relationships?|nations?|communit(?:y|ies)|towns?|worlds?|planets?|land|"
    "for|in|at|over|under|within|to|of|on|by|from|with|like|as|and|or|but|than|that|is|was|are|isn['’]t|overnight|"
    "slowly|quickly|fast|faster|well|hard|naturally|itself|themselves|who|when|while|until|before|after|up|rooms?"
)
_OBJECT = r"(?:(?:your|our|my|the|its|their|his|her|an?|all|any|every|own|some|most|old|broken|whole)\s+)*"
_FEW = "a few|a handful|\\d+|one|two|three|four|five|six|seven|eight|nine|ten|a dozen"
_DOCTORS = "doctors|dentists|dermatologists|gps|midwives|nurses|nutritionists|pharmacists|vets"
# What stands beside "free" where its conditions are stated: what to buy, from how much on, until when, for whom.
_CONDITION = (
    r"\b(?:(?:when|if|once) you(?:['’]re| are)? (?:book|bring|buy|come|join|new|order|over|pay|refer|register|show|"
    r"sign|spend|subscribe|under)|buy (?:any|one|two|three|\d)|with (?:every|each|any)\b|free with (?:an?|all|your)\b|"
    r"orders? (?:over|above|of|from)|(?:over|above|at least|from) [£$€]\s?\d|minimum|your first|spend|"
    r"for (?:members|students|children|kids|under|over|the first|new)|first \d+|(?:until|till|ends|before|by) "
    r"(?:on )?(?:\d|noon|midnight|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|"
    r"terms|T&Cs|conditions|subject to|excluding|excludes)"
)
_NO_COST = (
    "to|from|of (?!charge)|your|up|time|hand|range|weekend|evening|spirit|fall|speech|will|kicks?|agent|verse|"
    "standing|form|flow(?:ing)?|wheel(?:ing)?|thinking|diving|style|trade|market|press|as a bird"
)

_BESIDE = 120  # characters: what settles a claim stands in its own sentence or the next

RULES = (
    rule(
        "medical",
        rf"\b(?:cur(?:es?|ed|ing)|treat(?:s|ed|ing)?|heal(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reverse[sd]?|"
        rf"eliminat\w+|fights?|get rid of|(?:relieves?|remed(?:y|ies) for))\s+(?:\w+\s+){{0,2}}(?:{_BODY})\b|"
        rf"(?<!the )(?<!an )(?<!a )(?<!-)\b(?:cure|heal)s?\s+(?!{_OBJECT}(?:{_NO_PATIENT})\b){_OBJECT}[a-z]+|"
        r"\b(?:lower|reduce|ease)(?:s|d)?\s+(?:\w+\s+){0,2}(?:cholesterol|blood (?:pressure|sugar)|anxiety|depression|"
        r"inflammation|bloating|joint pain|symptoms)\b|\bmiracle (?:cure|drug|remedy)\b",
        "needs competent scientific evidence, and for medicines a licence",
        f"{_FTC_HEALTH}; {_CAP_HEALTH}; EU Directive 2001/83 title VIII",
    ),
    rule(
        "safety",
        r"\b(?:no|zero|without(?: any)?|free (?:of|from)) side[ -]effects?\b|\b(?:100%|completely|totally|perfectly) "
        r"safe\b",
        "needs evidence, and a medicine may not say it",
        f"{_FTC_HEALTH}; {_CAP_HEALTH}; EU Directive 2001/83 article 90",
    ),
    rule(
        "germs",
        r"\bkills? (?:up to |over )?(?:\d+(?:[.,]\d+)?\s?% of |all |most )?(?:\w+ )?(?:germs|bacteria|viruses|mould|"
        r"mold|bugs)\b",
        "needs tests, and a product that is registered for it",
        f"US FIFRA, 40 CFR part 152; {_FTC}; {_CAP_MISLEAD}; EU Regulation 528/2012 article 72",
    ),
    rule(
        "wellness",
        r"\b(?:boosts?|strengthens?|supports?|improves?) (?:your |the )?(?:immunity|immune|metabolism|gut health|"
        r"digestion|brain|memory|energy levels?)\b|\bimmune[ -]boosting\b|\banti-inflammatory\b|"
        r"\bsuperfoods?\b|\bdetox(?:es|ing|ify\w*)?\b|\banti[ -]?ageing\b|\banti[ -]?aging\b",
        "on food only a health claim from the register, elsewhere the evidence",
        f"{_FTC_HEALTH}; UK CAP Code sections 12 and 15; EU Regulation 1924/2006",
    ),
    rule(
        "proof",
        r"\b(?:clinically|scientifically|medically|laboratory|lab|dermatologically|dermatologist)[ -](?:proven|"
        r"tested|shown|approved|recommended)\b|\bproven (?:to|results|formula)\b|\bstudies (?:show|prove)\b|"
        r"\bscience[ -]backed\b|\bbacked by science\b",
        "name the study and keep it on file",
        f"{_FTC_HEALTH}; {_CAP_MISLEAD}; {_UNFAIR}, article 12",
    ),
    rule(
        "approval",
        r"\b(?:FDA|MHRA|NHS|EPA|government|doctor|dentist|vet)[ -](?:approved|endorsed|recommended|certified|"
        r"registered)\b|\b(?:approved|endorsed|recommended|backed) by (?:the )?(?:FDA|MHRA|NHS|EPA|government|"
        rf"doctors|dentists|vets)\b|\b(?:{_DOCTORS}) (?:\w+ )?(?:recommend|endorse|approve of|prescribe|trust)\b",
        "only with the approval itself, for this product",
        f"{_FTC_HEALTH}; {_CAP_MISLEAD}; {_UNFAIR}, annex I points 2 and 4",
    ),
    rule(
        "weight",
        r"\b(?:lose|drop|shed|burns?)\s+(?:up to\s+)?(?:\w+\s+){0,3}(?:pounds?|lbs?|kilos?|kgs?|stone|weight|"
        r"(?:belly )?fat|inches)\b",
        "needs evidence that it is typical",
        f"{_FTC_HEALTH}; UK CAP Code section 13, Weight control and slimming",
        ("US", "UK"),
    ),
    rule(
        "guarantee",
        r"\bguaranteed?\b(?!\s+(?:irish|sustainable))|\bguarantees\b",
        "state the terms, and only what you can always keep",
        f"16 CFR part 239, Advertising of warranties and guarantees; {_CAP_MISLEAD}; EU Directive 2019/771 article 17",
    ),
    rule(
        "risk",
        r"\b(?:risk|hassle-and-risk)[ -]free\b|\bno[ -]risk\b|\bzero[ -]risk\b|\b(?:you(?:'ve|’ve| have) )?nothing to "
        r"lose\b|\bcan(?:'t|’t|not) lose\b",
        "say what it costs to leave",
        f"{_FTC}; {_CAP_MISLEAD}; {_UNFAIR}, articles 6 and 7",
    ),
    rule(
        "superlative",
        r"(?<!\w)#1\b|\bnumber[ -]one\b(?! (?:fan|rule|tip|priority|reason|question|enemy|job|thing|hit|goal))|"
        r"\bno\. ?1\b(?! (?-i:[A-Z]))|\b(?:the )?(?:world|uk|america|country|city|nation|industry|market)(?:'s|’s)? "
        r"(?:best|leading|favou?rite|finest|fastest|cheapest|most)\b|\b(?:market|industry|world)[ -]leading\b|"
        r"\bthe (?:very )?best\b[^.!?\n]{0,30}\b(?:in (?:the )?\w+|money can buy|on the market|ever|around|"
        r"available)\b|\bwe(?:'re|’re| are) (?:simply )?the best\b|\bunbeatable\b|\bunrivall?ed\b|"
        r"\b(?:cheapest|finest|fastest|quickest|tastiest|freshest|smoothest|strongest|friendliest|safest|softest|"
        r"purest)\b[^.!?\n]{0,20}\b(?:in (?:town|the (?:city|country|county|world|area|land|uk))|on the market|"
        r"around|anywhere)\b|\b(?:lowest|cheapest|best) prices?\b|\bbest[ -]in[ -]class\b|"
        r"\bbest[ -]?selling\b|\bsecond to none\b",
        "a comparison needs its basis and proof",
        f"{_FTC}; {_CAP_MISLEAD}; EU Directive 2006/114 article 4",
    ),
    rule(
        "free",
        rf"(?<![\w-])free\b(?![ -](?:{_NO_COST})\b)(?<!feel free)(?<!set free)(?<!for free)(?<!toll free)",
        "state the conditions beside it",
        "16 CFR part 251, Guide concerning use of the word “free”; UK CAP Code section 3, Free; "
        f"{_UNFAIR}, annex I point 20",
        unless=_CONDITION,
    ),
    rule(
        "up to",
        r"\bup to (?:\w+ )?\d+(?:[.,]\d+)?\s?(?:%|per ?cent|x\b|times)|\bup to (?:half[ -]price|(?:a )?(?:half|third|"
        r"quarter) off)|\b(?:save|savings? of|discounts? of) up to (?:half|[£$€]\s?\d+(?:[.,]\d+)*)|\bup to "
        r"[£$€]\s?\d[\d,.]* off",
        "many must get the most",
        f"{_FTC}; UK CAP Code section 3, Prices; {_UNFAIR}, article 6",
    ),
    rule(
        "was/now",
        r"\bwas\s+[£$€]\s?\d[\d.,]*[^.\n]{0,12}\bnow\s+[£$€]\s?\d|\b(?:RRP|reduced from|usual(?:ly)?|"
        r"normally)\s+[£$€]\s?\d",
        "the old price must have been asked, in the EU the lowest of 30 days",
        "16 CFR part 233, Guides against deceptive pricing; UK CAP Code section 3; EU Directive 98/6, article 6a",
    ),
    rule(
        "scarcity",
        rf"\b(?:only|just) (?:{_FEW}) (?:\w+ )?"
        r"(?:left(?!-| (?:foot|hand|shoe|side|sock|turn)\b)|remaining|available)\b|"
        r"(?:^|[.!?]\s+)(?:nearly|almost) gone\b|\blast few (?!minutes|hours|days|weeks|months|years|times)[a-z]|"
        r"\b(?:while|until) (?:stocks?|supplies) lasts?\b|"
        r"\bselling (?:out )?fast\b|\bgoing fast\b|\blast chance\b|\blimited[ -]time\b|"
        r"\blimited (?:stock|availability|places|spots|supply)\b|(?:^|[.!?]\s+)hurry\b|\bact (?:now|fast)\b|"
        r"\bbefore it'?s too late\b|\bdon['’]t miss out\b",
        "must be true when it is read",
        f"{_FTC}; UK CAP Code section 3, Availability; UK DMCC Act 2024 schedule 20; {_UNFAIR}, annex I point 7",
    ),
    rule(
        "income",
        r"\b(?:earn|make)\s+(?:up to\s+)?[£$€]\s?\d[\d,.]*|\b(?:passive income|financial freedom|get rich|"
        r"six[ -]figure|"
        r"quit your job|double your (?:money|income|sales|revenue)|beat the market|(?:guaranteed|"
        r"risk-free) returns?)\b",
        "needs proof of what people typically earn",
        f"{_FTC_MONEY}; UK CAP Code sections 14, Financial products, and 20, Employment, homework schemes and business "
        "opportunities",
        ("US", "UK"),
    ),
    rule(
        "green",
        r"\b(?:eco|environmentally|planet|climate|earth|ocean)[ -](?:friendly|safe|conscious|positive|neutral)\b|"
        r"\bcarbon[ -](?:neutral|negative|positive|free)\b|\bnet[ -]zero\b|\bsustainabl[ey]\b|"
        r"\b(?:biodegrad|compost|recycl)able\b|"
        r"\bzero[ -](?:waste|emissions?)\b|\b(?:good|kind|better) (?:for|to) the (?:planet|environment|earth)\b|"
        r"\bgreen(?:er)? (?:product|choice|energy|alternative|option)s?\b|\b(?:all|100%|completely)[ -]natural\b|"
        r"\b(?:chemical|toxin|plastic)[ -]free\b|\bnon[ -]?toxic\b",
        "say which part, compared with what, and prove it",
        "16 CFR part 260, Green guides; UK CAP Code section 11, Environmental claims; "
        "EU Directive 2005/29 annex I points 2a and 4a to 4c, by Directive 2024/825, since 27 September 2026",
    ),
    rule(
        "origin",
        r"\b(?:made|built|manufactured|assembled) in (?:the )?(?:USA?|U\.S\.A?\.?|America|United States)\b|"
        r"\ball[ -]american[ -]made\b",
        "all or virtually all of it must be made there",
        "16 CFR part 323, Made in USA labeling rule",
        ("US",),
        unless=r"\bimported\b",
    ),
    rule(
        "award",
        r"\baward[ -]winning\b|\bvoted (?:the )?(?:best|number|favou?rite)\b|\bprize[ -]winning\b",
        "name the award and its year",
        f"{_FTC}; {_CAP_MISLEAD}; {_UNFAIR}, article 6",
        unless=r"\b(?:19|20)\d\d\b",
    ),
    rule(
        "always there",
        r"\b24[/-]7\b|\baround[ -]the[ -]clock\b|\bround the clock\b|\b24[ -]hours? a day\b|\bany time of day or "
        r"night\b",
        "only when somebody always answers",
        f"{_FTC}; {_CAP_MISLEAD}; {_UNFAIR}, article 6",
    ),
)


def risky(text: str, brief: Brief) -> tuple[str, bool]:
    """Quote each kind of risky claim with what to do about it and where, and say whether the brief makes them all.

    What the brief says is no proof of it, so it is quoted all the same; only what stands beside a claim in the copy
    itself settles it, such as the conditions of what is free.
    """
    asked = given(brief).text
    found = [(one, said) for one in RULES if (said := _unsettled(one, text))]
    return "; ".join(quoted(said, one) for one, said in found), all(one.pattern.search(asked) for one, _ in found)


def _unsettled(one: Rule, text: str) -> str:
    """The first wording of a kind that nothing beside it settles."""
    for match in one.pattern.finditer(text):
        beside = text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
        if not (one.unless and one.unless.search(beside)):
            return match.group()
    return ""
