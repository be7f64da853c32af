"""Claims that advertising law looks at: rules as data, each with where it holds, what to do, and its source."""

from model.brief import Brief
from model.given import given
from model.rules import quoted, rule

_FTC = "FTC Act section 5; FTC, Policy statement regarding advertising substantiation (1984)"
_FTC_HEALTH = "FTC, Health products compliance guidance (2022)"
_FTC_MONEY = "16 CFR part 437, Business opportunity rule; FTC, Notice of penalty offenses: money-making opportunities"
_CAP_MISLEAD = "UK CAP Code section 3, Misleading advertising; UK DMCC Act 2024 part 4 chapter 1; CMA207 (2025)"
_CAP_HEALTH = "UK CAP Code section 12, Medicines, medical devices, health-related products and beauty products"
_UNFAIR = "EU Directive 2005/29, Unfair commercial practices"
_BODY = (
    "acne|anxiety|arthritis|asthma|back pain|cancer|colds?|covid|depression|diabetes|diseases?|eczema|fatigue|flu|"
    "hair loss|headaches?|heartburn|ibs|infections?|inflammation|insomnia|migraines?|pain|psoriasis|snoring|stress|"
    "wrinkles"
)
_NO_COST = (
    "to|from|of (?!charge)|your|up|time|hand|range|weekend|evening|spirit|fall|speech|will|kicks?|agent|verse|"
    "standing|form|flow(?:ing)?|wheel(?:ing)?|thinking|diving|style|trade|market|press|as a bird"
)

RULES = (
    rule(
        "medical",
        rf"\b(?:cur(?:es?|ed|ing)|treat(?:s|ed|ing)?|heal(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reverse[sd]?|"
        rf"eliminat\w+|fights?|get rid of|(?:relieves?|remed(?:y|ies) for))\s+(?:\w+\s+){{0,2}}(?:{_BODY})\b|"
        r"\bmiracle (?:cure|drug|remedy)\b",
        "needs competent scientific evidence, and for medicines a licence",
        f"{_FTC_HEALTH}; {_CAP_HEALTH}; EU Directive 2001/83 title VIII",
    ),
    rule(
        "wellness",
        r"\b(?:boosts?|strengthens?|supports?|improves?) (?:your |the )?(?:immunity|immune|metabolism|gut health|"
        r"digestion|brain|memory)\b|\bsuperfoods?\b|\bdetox(?:es|ing|ify\w*)?\b|\banti[ -]?ageing\b|\banti[ -]?aging\b",
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
        r"doctors|dentists|vets)\b",
        "only with the approval itself, for this product",
        f"{_FTC_HEALTH}; {_CAP_MISLEAD}; {_UNFAIR}, annex I points 2 and 4",
        unless=r"\b(?:approv|endors|recommend|certif|regist)\w+",
    ),
    rule(
        "weight",
        r"\b(?:lose|drop|shed|burn)\s+(?:up to\s+)?(?:\w+\s+){0,3}(?:pounds?|lbs?|kilos?|kgs?|stone|weight|"
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
        r"\b(?:lowest|cheapest|best) prices?\b|\bbest[ -]in[ -]class\b|\bbest[ -]?selling\b|\bsecond to none\b",
        "a comparison needs its basis and proof",
        f"{_FTC}; {_CAP_MISLEAD}; EU Directive 2006/114 article 4",
    ),
    rule(
        "free",
        rf"(?<![\w-])free\b(?![ -](?:{_NO_COST})\b)(?<!feel free)(?<!set free)(?<!for free)(?<!toll free)",
        "state the conditions beside it",
        "16 CFR part 251, Guide concerning use of the word “free”; UK CAP Code section 3, Free; "
        f"{_UNFAIR}, annex I point 20",
        unless=r"(?<!-)\bfree\b",
    ),
    rule(
        "up to",
        r"\bup to (?:\w+ )?\d+(?:[.,]\d+)?\s?(?:%|per ?cent|x\b|times)",
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
        r"\bonly (?:a few|\d+) (?:\w+ )?(?:left|remaining|available)\b|\b(?:while|until) (?:stocks?|supplies) lasts?\b|"
        r"\bselling (?:out )?fast\b|\bgoing fast\b|\blast chance\b|\blimited[ -]time\b|"
        r"\blimited (?:stock|availability|places|spots|supply)\b|(?:^|[.!?]\s+)hurry\b|\bact (?:now|fast)\b|"
        r"\bbefore it'?s too late\b|\bdon['’]t miss out\b",
        "must be true when it is read",
        f"{_FTC}; UK CAP Code section 3, Availability; UK DMCC Act 2024 schedule 20; {_UNFAIR}, annex I point 7",
        unless=r"\blimited\b|\blast\b|\bonly \d|\bleft\b|\bwhile stocks\b|\bends?\b|\bhurry\b",
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
        r"\bcarbon[ -](?:neutral|negative|positive|free)\b|\bnet[ -]zero\b|\bsustainabl[ey]\b|\bbiodegradable\b|"
        r"\bzero[ -](?:waste|emissions?)\b|\b(?:good|kind|better) (?:for|to) the (?:planet|environment|earth)\b|"
        r"\bgreen(?:er)? (?:product|choice|energy|alternative|option)s?\b|\b(?:all|100%|completely)[ -]natural\b|"
        r"\b(?:chemical|toxin)[ -]free\b|\bnon[ -]?toxic\b",
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
        unless=r"\bin (?:the )?(?:USA?|America|United States)\b|\bU\.S\.",
    ),
    rule(
        "award",
        r"\baward[ -]winning\b|\bvoted (?:the )?(?:best|number|favou?rite)\b|\bprize[ -]winning\b",
        "name the award and its year",
        f"{_FTC}; {_CAP_MISLEAD}; {_UNFAIR}, article 6",
        unless=r"\baward|\bvoted\b|\bprize|\bwon\b|\bwinner\b",
    ),
    rule(
        "always there",
        r"\b24[/-]7\b|\baround[ -]the[ -]clock\b|\bround the clock\b|\b24[ -]hours? a day\b|\bany time of day or "
        r"night\b",
        "only when somebody always answers",
        f"{_FTC}; {_CAP_MISLEAD}; {_UNFAIR}, article 6",
        unless=r"\b24[/-]7\b|\b24[ -]?h|\bround the clock\b|\bday (?:and|&|or) night\b|\banytime\b|\balways\b",
    ),
)


def risky(text: str, brief: Brief) -> tuple[str, ...]:
    """Quote each kind of risky claim in the copy, with what to do about it and where."""
    settled = given(brief).text
    return tuple(
        quoted(found.group(), one)
        for one in RULES
        if (found := one.pattern.search(text)) and not (one.unless and one.unless.search(settled))
    )
