"""Copy that tells readers who they are, or shuts some of them out of a home, a job or credit."""

import re

from model.brief import Brief
from model.given import given
from model.rules import Rule, quoted, rule

_META = "Meta Advertising standards, Privacy violations and personal attributes"
_ASSERTED = "speak of the product, not of who the reader is"
_SHUT_OUT = "describe the place or the work, not the person"
_HOMES_AND_JOBS = (
    "US Fair Housing Act, 42 USC 3604(c), 24 CFR 100.75; Title VII, 42 USC 2000e-3(b); ADEA, 29 CFR 1625.4; "
    "ECOA, 12 CFR 1002.4(b); UK Equality Act 2010 sections 13, 19, 29, 33 and 39; UK Renters' Rights Act 2025 part 1 "
    "chapter 3; EU Directives 2000/43, 2000/78 and 2004/113"
)
_KIND = (
    "diabetics?|asthmatics?|epileptics?|obese|overweight|depressed(?! (?:by|about)\\b)|bipolar|autistic|dyslexic|adhd|"
    "disabled|infertile|pregnant|menopausal|hiv[ -]positive|anorexic|bulimic|alcoholics?|impotent|incontinent|"
    "(?:drug|gambling|recovering|opioid) addicts?|(?<=an )addict|addicted to (?:alcohol|cigarettes|cocaine|drink|drugs|"
    "gambling|heroin|nicotine|opioids|painkillers|porn|smoking)|"
    "muslims?|christians?|catholics?|protestants?|jew(?:s|ish)|hindus?|sikhs?|buddhists?|mormons?|atheists?|"
    "hispanics?|latin[oax]s?|african[ -]american|arabs?|gay|lesbians?|bisexuals?|queer|transgender|"
    "trans(?!-)|non-?binary|"
    "bankrupt|in debt(?! (?:collect|recover|manage|advice|sale)\\w*)|"
    "in arrears|unemployed|jobless|on benefits|convicted|felons?|ex-(?:offenders?|convicts?)|"
    "divorced(?! from\\b)|widow(?:ed|er|ers|s)?|elderly|middle-aged|pensioners?|seniors|senior citizens?|"
    "senior(?=\\s*[?!.,])|"
    "(?:a )?single (?:mums?|moms?|mothers?|dads?|fathers?|parents?)|(?:an? )?immigrants?|refugees?|union members?"
)
_MANY = (
    "muslims|christians|catholics|protestants|jews|hindus|sikhs|buddhists|mormons|atheists|hispanics|latin[oax]s|arabs|"
    "lesbians|pensioners|seniors|diabetics|asthmatics|disabled people|single (?:mums|moms|mothers|dads|parents)|"
    "immigrants|refugees|people of colou?r"
)
# Adjectives with another everyday sense: they tell of a person only where nothing else follows.
_ALSO = "black|white|asian|straight|blind|deaf|broke|poor|fat"
_ILL = (
    "debts?|arrears|bad credit|poor credit|depression|anxiety|diabetes|cancer|adhd|autism|ibs|arthritis|eczema|"
    "psoriasis|acne|infertility|addiction|alcoholism|dementia|hiv|epilepsy|insomnia|obesity|an eating disorder|"
    "erectile dysfunction|incontinence|menopause|hair loss|migraines?|chronic (?:pain|fatigue)|ptsd|asthma|bankruptcy|"
    "panic attacks|high blood pressure|(?:a|your) criminal record"
)
# A trade, not an ailment of the reader's: "your debt collection team", "your cancer charity".
_TRADE = (
    r"(?![ -](?:advis|aware|books?|charit|clinic|collect|fund|ledger|manage|patient|recover|research|screening|servic|"
    r"softw|team|ward)\w*)"
)
_HAVING = (
    "suffer(?:ing)?(?: from| with)?|struggl(?:e|ing) with|liv(?:e|ing) with|battl(?:e|ing)|coping with|cope with|"
    "dealing with|drowning in|buried in|worried about|recovering from|diagnosed with|sick of|tired of|plagued by"
)
_NEXT = r"(?=\s*(?:[?,.!;:…]|$|and\b|or\b|but\b|with\b|who\b|trying\b|looking\b|in\b|person|people|man|woman|wom[ae]n))"

ADDRESS = (
    rule(
        "kind",
        rf"\b(?:are|aren['’]t) you (?:(?:an?|also|still|really|newly|currently|one of the|secretly|like me,?) )*"
        rf"(?:(?:{_KIND})\b|(?:{_ALSO})\s*\?)|\byou(?:'re|’re| are) (?:an? |still |"
        rf"also )?(?:\w+ )?(?:{_KIND})\b{_NEXT}|"
        rf"\bas an? (?:\w+ )?(?:{_KIND})\b{_NEXT}|\bas an? (?:{_ALSO}) (?:person|man|woman|mother|father|"
        rf"professional)\b|"
        rf"\b(?:for|to) (?:{_KIND}) like you\b|\byou,? (?:as )?an? (?:{_KIND})\b|\byou (?:{_MANY})\b|"
        rf"(?:^|[.!?:]\s+)(?:feeling |still |newly |recently )?(?:{_KIND})\s*\?",
        _ASSERTED,
        _META,
        ("Meta",),
    ),
    rule(
        "others",
        rf"\b(?:fellow|other|meet|date|join) (?:other |local )?(?:{_KIND}|black|white|asian) "
        rf"(?:singles|people|men|women|guys|girls|believers|professionals)\b|\b(?:fellow|other) (?:{_KIND})\b",
        _ASSERTED,
        _META,
        ("Meta",),
    ),
    rule(
        "condition",
        rf"\b(?:do|are|have|did) you (?:been )?(?:still |also |often )?(?:{_HAVING}|have|"
        rf"got)\s+(?:\w+ ){{0,2}}(?:{_ILL})\b|"
        rf"(?:^|[.!?:]\s+)(?:still |always )?(?:{_HAVING}|got|in)\s+(?:\w+ ){{0,2}}(?:{_ILL})\b[^.!?\n]{{0,40}}\?|"
        rf"\byour (?:own )?(?:{_ILL})\b{_TRADE}|(?:^|[.!?:]\s+)you(?:['’]ve| have)(?: got)? (?!no\b|less\b|beaten\b|"
        rf"paid\b|cleared\b)(?:\w+ ){{0,2}}(?:{_ILL})\b{_TRADE}|"
        rf"\b(?:{_ILL}) (?:getting you down|holding you back|keeping you (?:up|awake)|"
        rf"ruining your|taking over your|got you)\b|\bif you(?:'re|’re|"
        rf" are)? (?:{_HAVING}) (?:\w+ ){{0,1}}(?:{_ILL})\b",
        _ASSERTED,
        _META,
        ("Meta",),
    ),
    rule(
        "age",
        r"\b(?:are|aren['’]t) you (?:over|under|aged|turning|in your|above|nearly|almost|approaching) "
        r"(?!16|18|21)(?:\d\d|(?:early |late |mid-?)?(?:twent|thirt|fort|fift|sixt|sevent|eight)\w+)\b|"
        r"(?:^|[.!?]\s+)(?:over|turning|aged|nearly|approaching) (?:the age of )?(?!16|18|21)\d\ds?\s?\?|"
        r"(?:^|[.!?:]\s+)you(?:'re|’re| are) (?:over|under|nearly|almost|turning|past) (?!16|18|21)\d\d"
        r"(?=\s*(?:[?,!;:…]|\.(?!\d)|$|(?:and|but|so)\b))|"
        r"\byou(?:'ve|’ve| have| who)? (?:just )?turned? (?!16|18|21)\d\d\b|\bat your age\b",
        _ASSERTED,
        _META,
        ("Meta",),
    ),
)

_GROUP = (
    r"christians?|muslims?|catholics?|jews|jewish (?:people|tenants|families)|hindus?|sikhs?|whites|"
    r"white people|blacks|black people|asians?"
)
_FAITH_OR_ORIGIN = (
    "christian|muslim|catholic|jewish|hindu|sikh|buddhist|white|black|asian|english|british|irish|polish|indian|"
    "european"
)
_WHO = (
    "households?|homes?|famil(?:y|ies)|couples?|tenants?|applicants?|candidates?|staff|workers?|people|persons?|"
    "gentlem[ae]n|lad(?:y|ies)|girls?|m[ae]n|wom[ae]n"
)
ALWAYS = (
    rule(
        "group",
        rf"\b(?:ideal|perfect|suited|suitable|best|great|preferred|only) for (?:{_GROUP})\b|\b(?:{_GROUP})[ -]only\b|"
        rf"\bno (?:{_GROUP}|immigrants?|foreigners|gays|gyps(?:y|ies)|roma(?! tomato)|"
        rf"irish(?=[.,!;]| need| people| travellers|$))\b|"
        rf"\b(?:{_FAITH_OR_ORIGIN}) (?:{_WHO}) (?:is |are )?(?:preferred|only|wanted|sought)\b|"
        rf"\bmust be (?:{_GROUP}|british[ -]born|"
        rf"american[ -]born)\b",
        _SHUT_OUT,
        _HOMES_AND_JOBS,
    ),
    rule(
        "households",
        r"\bnot (?:available |open )?(?:to|for) (?:people on|anyone on) benefits\b|"
        r"\bno (?:kids|children|dss|housing benefit|benefits?(?: claimants)?|universal credit|section 8|families|"
        r"pensioners|over[ -]?\d\ds|under[ -]?\d\ds)\b(?! (?:menu|problem|required|needed|\?))",
        _SHUT_OUT,
        _HOMES_AND_JOBS,
    ),
    rule(
        "youth",
        r"\b(?:young|youthful)(?:,| and|, and)? (?:energetic|dynamic|vibrant|hungry|fun|ambitious|enthusiastic|"
        r"motivated|"
        r"talented|hip|lively)(?:,? (?:and )?\w+)? (?:team|staff|people|crew|workforce|candidates?|individuals?|person|"
        r"professionals?)\b|\b(?:young|youthful|male|female|native[ -]speaking|able[ -]bodied|digital[ -]native|white|"
        r"childless|unmarried) (?:applicants?|candidates?|tenants?|staff|workers)\b",
        _SHUT_OUT,
        _HOMES_AND_JOBS,
    ),
)
# Men or women, not both.
_ONE_SEX = (
    r"(?<!and )(?<!or )(?<!& )\b(?:(?:strong|young|fit|big|pretty|hard-?working|good|able) )?"
    r"(?:m[ae]n|wom[ae]n|girls?|guys|lads|boys|lad(?:y|ies)|gentlem[ae]n|males?|females?)"
)
REGULATED = (
    rule(
        "preference",
        r"\b(?:recent|new|fresh|college|university) (?:college |university )?grad(?:uate)?s?(?: only)?\b|"
        r"\byoung (?:team|company|workforce|people (?:wanted|only)|professionals?)\b|"
        r"\bdigital natives? (?:wanted|only|preferred|welcome)\b|"
        r"\b(?:men|women|ladies|males?|females?|adults|professionals?|working professionals|couples|singles|"
        r"english speakers|under[ -]?\d\ds|over[ -]?\d\ds)[ -]only\b|\bnative (?:\w+ )?speakers?\b|"
        r"\b(?:ideal|perfect|suited|suitable|great|best) for (?:an? )?(?:young |single |working |mature |retired )*"
        r"(?:couples?|singles?|bachelors?|professionals?|empty nesters|retirees|gentlem[ae]n|lad(?:y|ies)|men|women|"
        r"students|persons?|tenants?)\b|\bmature (?:tenants?|applicants?|persons?|couples?)\b|"
        r"\b(?:aged?|ages?) (?:between )?\d\d ?(?:to|-|–) ?\d\d\b|"
        r"\bbetween (?:the ages of )?\d\d and \d\d(?! (?:hours|weeks|days))\b|"
        r"\bsuits? (?:an? )?(?:(?:young|single|working|mature|retired|quiet|professional|married),? )*"
        r"(?:couples?|singles?|bachelors?|professionals?|retirees|gentlem[ae]n|lad(?:y|ies)|men|women|students?|persons?|"
        r"tenants?)\b|\bno (?:irish )?travellers\b(?!['’]| left)|"
        rf"{_ONE_SEX} (?:wanted|needed|required|preferred|sought)\b|"
        r"\b(?:want|need|seek|seeking|looking for|hire|hiring) (?:an? )?(?:\w+ )?(?:girl|boy|man|woman|lad|lady|guy|"
        r"gentleman)s?\b(?!['’]| (?:and|or) )|"
        r"\bmust be (?:able[ -]bodied|fit and healthy|in good health|unmarried|single|attractive|slim|childless|male|"
        r"female)\b|"
        r"\bmust be (?:under|over|younger than|older than|between) (?!16|18|21)\d\d\b|"
        r"\b(?:physically fit|no (?:disabilities|health (?:problems|conditions|issues)))\b",
        _SHUT_OUT,
        _HOMES_AND_JOBS,
    ),
)
# A job that somebody may have, not one that is big, done, or done well.
_JOB = r"(?<!big )(?<!small )(?<!good )(?<!great )(?<!hard )(?<!easy )(?<!odd )(?<!do the )(?<!does the )jobs?(?! done)"
TITLES = (
    rule(
        "title",
        r"\b(?:waitress(?:es)?|barmaids?|salesm[ae]n|salesgirls?|cleaning lad(?:y|ies)|handyman|hostess(?:es)?)\b",
        _SHUT_OUT,
        _HOMES_AND_JOBS,
    ),
)
# Who takes people on, not who advises readers to ask a handyman.
_HIRING = re.compile(
    r"\b(?:(?:we|are|is)(?:['’]re|['’]s)? (?:\w+ )?hiring|hiring:?|recruit\w*|vacanc(?:y|ies)|apprentice\w*|"
    r"join (?:our|the) team|wanted|job (?:ads?|posts?|openings?|offers?|roles?|descriptions?)|jobs|careers?|"
    r"salary|per hour|/hr|apply)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:to let|to rent|for rent|renting|rental (?:home|flat|property)|lett?ings?|landlords?|tenants?|"
    r"tenanc(?:y|ies)|"
    r"(?:flat|house|room)mates?|apartments?|flats?(?! (?:white|pack|shoes?|rate|fee|tyre|cap|screen))|housing|bedsits?|"
    r"estate agents?|realtors?|(?:homes?|houses?) for sale|new homes|condos?|\d[ -]bed(?:room)?s?|property listing|"
    rf"hiring|hire (?:a|an|more)|recruit\w*|vacanc(?:y|ies)|{_JOB}|careers?|apprentice\w*|join (?:our|the) team|"
    r"(?:team|staff|drivers?|chefs?|cleaners?|nurses?|waiters?|baristas?|sales\w*) wanted|wanted:|job role|salary|"
    r"per hour|/hr|"
    r"loans?|credit cards?|credit union|mortgages?|lend(?:er|ers|ing)|overdrafts?|borrow\w*|apr)\b",
    re.IGNORECASE,
)


def judged(text: str, brief: Brief) -> tuple[str, bool]:
    """Quote what tells or shuts out readers, and say whether it rules the copy out; ("", False) when nothing does.

    Direct address always does; exclusion does where the law names the trade: homes, jobs and credit.
    """
    if told := _first(text, ADDRESS):
        return told, True
    shut = _first(text, ALWAYS)
    regulated = bool(_TOPIC.search(given(brief).text) or _TOPIC.search(text))
    if regulated:
        titled = _first(text, TITLES) if _HIRING.search(given(brief).text) or _HIRING.search(text) else ""
        shut = shut or _first(text, REGULATED) or titled
    return shut, bool(shut) and regulated


def _first(text: str, rules: tuple[Rule, ...]) -> str:
    return next((quoted(found.group(), one) for one in rules if (found := one.pattern.search(text))), "")
