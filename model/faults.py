"""Faults of a machine's writing: cut off, assistant talk, talk of its task, placeholders, going in circles."""

import re
from collections import Counter

from model import asides
from model.brief import Brief
from model.conventions import ORDERS
from model.counting import EMOJI, URL, emoji
from model.given import given
from model.parts import Parts
from model.shape import Format
from model.transcript import BROKEN
from model.words import sentences, words

_TAIL = re.compile(r"(?:\s*(?:#[^\s#]+|[\s\ufe0f\u200d>→➡👉👇⬇~*_-]+))+$")
_ENDED = re.compile(r"[.!?…。！？:)\]\"'”’»]$")
_DANGLING = frozenset(
    re.findall(
        r"[\w']+",
        "a an the and or but nor of to in on at by for from with into onto about as than that which who whose "
        "this these "
        "those your our their its my his her is are was were will would can could should might must if when while "
        "because although unless until between during without within upon not very just even only also such each "
        "every "
        "either neither what where how why we they i it's you're we're don't can't isn't",
    )
)
_DANGLING_TITLE = frozenset(
    re.findall(
        r"\w+",
        "a an the and or but nor of with your our my his than via its who whose because if while although every",
    )
)
# A title may end with one of these where it is stranded: "The gym you come back to", "Something to look forward to".
_STRANDED = frozenset(re.findall(r"\w+", "at to from by into onto for"))
_STRANDS = re.compile(
    r"\b(?:to \w+|what|where|whom?|which|that|(?<!before )(?<!when )(?<!if )(?<!until )(?:you|we)|it['’]s|place|worth|"
    r"(?:some|any|no|every)(?:thing|one|body|where)|(?:is|are|was|were|been) (?:\w+ed|paid|seen|made|dealt))\b",
    re.IGNORECASE,
)
_SHORT_LINE = 8
_RUN = 5
_PHRASE = 6

_SPEAKS_OF_ITSELF = (
    r"(?:is|uses|aims|should|must|highlights|emphasi[sz]es|captures|conveys|includes|mentions|has|contains)\b"
    r"[^.\n]{0,60}\b(?:brief|tone|audience|characters?|brand|product|words?|limit|engaging)"
)
# What an assistant calls its work: plainly, or by a word that copy uses of other things too.
_WORK = r"(?:tweets?|captions?|slogans?|taglines?|headlines?|drafts?|variations?|rewrites?)"
_PIECE = (
    r"(?:posts?|versions?|options?|ads?|copy|emails?|threads?|scripts?|articles?|descriptions?|messages?|texts?|"
    r"releases?|responses?|examples?|brief(?=:))"
)
_PLACE = (
    r"(?:linkedin|facebook|instagram|twitter|google|blog|marketing|product|meta|press|landing|sms|push|video|possible|"
    r"potential|suggested|sample|revised|rewritten)"
)
# What follows such a word where it names the work: nothing, a colon with the work behind it, or whom it is for.
_HANDED_OVER = (
    r"(?=[.!]?\s*(?:\n|$)|[^.!?:\n]{0,80}:(?:\s*$|\s*\n|\s*[\"“*]|(?-i:\s+[A-Z]))|,? (?:as requested|based on|"
    r"for you\b|you (?:requested|asked)|for your (?:brand|company|business|product|campaign)))"
)
# What an assistant says first; behind it comes the copy, or more of the like, which is judged for itself.
_COURTESY = re.compile(
    r"^\W*(?:sure(?: thing)?|certainly|of course|absolutely|gladly|(?:(?:i(?:'m|’m|'d be|’d be) )?(?:always )?"
    r"(?:happy|glad|pleased) to (?:help|assist)))(?:[.!]\s*\n|!)\s*"
    r"(?!(?:here|i|let me|below|this is)\b)(?=\S)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:"
    r"(?:sure(?: thing)?|certainly|absolutely|of course|great|okay|ok|no problem|understood|got it|alright)\b[,.!: ]+"
    r"(?:(?:thing|no problem)[,.! ]+)?(?:here(?:'s|’s| is| are| you go)|i(?:'ll|’ll| will| can|'d|’d| would| "
    r"have)|let me|below|this is)\b"
    r"|(?:sure|certainly|of course|absolutely)[!.]\s*(?:\n|$)"
    r"|here(?:'s|’s| is| are)\s+(?!the short version)(?:(?:a|an|the|your|my|some|one|two|three|four|five|\d+|another|"
    r"few|example|updated|new|short|brief|final|improved|engaging|compelling|catchy|version of (?:a|the|your))\s+)*"
    rf"(?:(?:{_PLACE} )*{_WORK}(?![\w’'-])(?!\s+(?:that|you|we|which|from|every|stays?|beer|of the year))|"
    rf"(?:{_PLACE} )+{_PIECE}(?![\w’'-])(?!\s+(?:that|you|we|which|from))|{_PIECE}(?![\w’'-]){_HANDED_OVER})"
    r"|(?:draft|option|variant|version|variation)\s*(?:#?\d+|[a-c])\s*[:.)-](?!\d)"
    r"|(?:tweet|caption|copy|sms|output|response|answer|assistant|brief|format|tone|audience|must say|slogan|"
    r"tagline)(?: ideas?)?\s*:"
    rf"|(?:your|the|my)\s+(?:(?:new|final|short|updated|requested|finished) )?(?:{_PLACE} )*(?:{_WORK}|{_PIECE})\s*:"
    r"\s*(?:$|\n|[\"“])"
    rf"|(?:please find|below (?:is|are))\s+(?:\w+\s+){{0,2}}(?:{_PLACE} )*(?:{_WORK}|{_PIECE})\b{_HANDED_OVER}"
    r"|(?:subject:\s*)?(?:sms|tweet|email|linkedin post|instagram (?:post|caption)|landing page|press release|"
    r"google ads?|"
    r"meta description|push notification|facebook ad) (?:for|to|about)\b"
    # An order to the writer names a subject; one to the reader of copy does not: "Create a post in seconds."
    rf"|(?:write|create|generate|compose|craft)\s+(?:a|an|the|\d+|one|two|three)\s+(?:[\w-]+\s+){{0,3}}"
    r"(?:tweet|post|caption|email|ad|slogan|copy|script|thread|article|description)s?"
    r"(?:\s*:|\s+(?:for (?!every|each|any|all|your|you\b|free|less|both)|about (?!you|anything|it\b)|"
    r"announcing|promoting|advertising|introducing|to (?:promote|announce|advertise|introduce)\b))"
    r")",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"\bas an? (?:ai|artificial intelligence|large language|language)\b(?: language)?(?: model| assistant)?"
    r"|\bI(?:'m| am|’m) (?:an? (?:ai|language model|virtual assistant)|sorry,? (?:but|I) )\b"
    r"|\bI(?: can(?:not|'t|’t)| am unable to|'m unable to) (?:fulfil|assist|help with|write|create|generate|"
    r"provide)\b"
    r"|\b(?:hope|trust) (?:this|that) (?:helps|meets your|works for you|is what you)"
    r"|\blet me know if you(?:'d| would|’d)? (?:like|need|want)[^.!?\n]{0,40}\b(?:changes?|revis\w+|adjust\w*|"
    r"tweaks?|versions?|"
    r"edits?|variations?|modif\w+|else|rewrite)"
    r"|\b(?:feel free to|you can) (?:adjust|customi[sz]e|edit|modify|tweak|adapt) (?:this|it|the (?:text|copy|"
    r"tweet|draft|tone))\b"
    rf"|\b(?:this|the) (?:tweet|copy|caption|post|slogan|email) {_SPEAKS_OF_ITSELF}"
    r"|\bwould you like me to\b|\bI(?:'m|’m| am) (?:not sure how to|going to need to|here to) (?:write|give you|"
    r"respond|say that)\b"
    r"|\bI(?:'m|’m| am) here to (?:help|assist)(?: you)?(?: with)? (?:(?:writ|creat|craft|draft)\w+ |your |this |that )"
    rf"(?:(?:an?|the|your|this) )?(?:\w+ )?(?:{_WORK}|{_PIECE}|requests?|prompts?|tasks?)\b"
    r"|\bthis is a (?:tweet|caption|draft) (?:about|for)\b|\bthis is a post for (?!any|every|people|all|those|you|my)"
    r"|\bthe (?:post|caption|tweet) has\b"
    r"|^\s*(?:\*\*)?(?:explanation|rationale|character count|word count|hashtags?)(?:\*\*)?\s*:"
    rf"|^\W*note(?:\*\*)?\s*:\W*(?:I\b|(?:this|the|above) (?:\w+ )?(?:{_WORK}|{_PIECE})\b|as requested|feel free|"
    r"(?:please |you (?:can|may|should) |make sure to )*(?:adjust|replace|customi[sz]e|fill in|edit|insert|add)\b|"
    r"[^.!?\n]{0,40}\b(?:characters?|word count|placeholders?)\b)"
    r"|<\|[a-z_]+\|>|\((?:\w+ )?\d+ (?:characters|chars)\)\s*$",
    re.IGNORECASE | re.MULTILINE,
)

# What a small model says of its own task; copy for makers of tones, prompts and briefs may speak of those.
_OF_THE_TASK = re.compile(
    rf"\b(?:this|the) (?P<piece>draft|brief) {_SPEAKS_OF_ITSELF}"
    r"|\b(?:in|as per|per|from|with|by|on|to|follow(?:s|ing)?|match(?:es|ing)?|based on) (?:the|this|your) "
    r"(?P<brief>brief|prompt|draft)\b"
    r"|\bthe (?P<asks>brief|prompt) (?:says?|asks?|calls|mentions|states|requires|needs|wants|is (?:for|about|"
    r"to|a|an|not))\b"
    r"|\b(?:this|the|that|my) (?:(?:first|second|new|final|rejected|earlier|previous|different) )?(?P<draft>draft) "
    r"(?:is|was|will|should|must|has|does|doesn't|needs|aims|reads|for|of the|about|from the)\b"
    r"|\b(?:the )?(?:target )?(?P<tone>audience|tone|character limit|word count|word limit)(?: of voice)? "
    r"(?:is|should be|must be|of the|are)\b",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(
    r"\b(?:this|the) copy (?:should|must|aims|needs|is (?:for|about|to|too|meant|written))\b"
    r"|\bthis (?:tweet|caption|slogan|script|headline|sms|meta description) (?:is (?:for|about|a|an|to|meant|designed|"
    r"intended|written)|was written|should|must|aims|needs)\b|\bcall[ -]to[ -]action:(?=\s*\S)"
    r"|\brewrit(?:e|ten|ing) (?:the|this|it|of the) (?:draft|copy|tweet|post|text)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[\[{<(](?:\[|\{)?\s*((?:your|the|target|insert|enter|add|company|benefit|feature|offer|brand|product|"
    r"customer|first|last|full|recipient|"
    r"sender|user|store|"
    r"shop|business|city|location|venue|date|time|day|month|year|price|amount|number|phone|email|e-mail|address|"
    r"website|web|url|link|"
    r"hashtag|name|title|headline|discount|code|cta|logo|image|photo|contact|percentage|event|speaker|x+|n|tbd|tbc)"
    r"(?:[\s_’'-]\w+){0,4})\s*(?:\]|\})?[\]}>)]",
    re.IGNORECASE,
)
# A slot whose last word says what belongs there: "[Agent Name]", "[hero image]"; and the fields of mailing tools.
_SLOT = re.compile(
    r"[\[{<](?:[\w’'-]+\s){0,3}(?:name|image|photo|picture|video|gif|logo|link|url|date|time|address|number|location|"
    r"title|price|amount|code|email|phone|company|website|handle|button|here|placeholder)[\]}>]|"
    r"\[(?:image|photo|picture|video|visual|gif|logo|link|cta|button|emoji)\s*:[^\]\n]*\]|"
    r"\*\|\w+\|\*|%%?(?-i:[A-Z][A-Z_]{2,})%%?|"
    r"\b(?:dear|hi|hello|hey) (?:customer|client|recipient|user|subscriber|member|guest|contact|first|last|"
    r"full) name\b",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\b(?:TBD|TBC|TO-?DO|FIX-?ME)\b|(?i:\blorem ipsum|\binsert [a-z]+ here|\byour (?:company|brand|product|"
    r"business) name)"
    r"|@your\w+|\byour(?:website|brand|company|store|domain|site)\.\w+|\bXX+%?(?![\w-])|[$£€][Xx]{1,3}\b|_{3,}|"
    r"\b\d?[Xx]{2,}[ -]?%"
)
# Round brackets are a writer's own; in them only a slot's name is one: "(your link)", not "(your dog too)".
_IN_ROUND = re.compile(
    r"^\((?!\s*(?:insert|enter|x+\s*\)|tbd|tbc|your (?:\w+ ){0,2}(?:name|company|brand|business|product|e-?mail|phone|"
    r"number|website|url|link|logo|address|store|shop|city|location|handle|hashtag|title|code|price|here)\s*\)))",
    re.IGNORECASE,
)


def unfinished(parts: Parts, form: Format, cut: bool = False) -> str:
    """Say where the text breaks off; an own short line, a sign-off, hashtags or an address may end without a stop."""
    if cut:
        return "The text breaks off at its greatest length."
    for part in form.parts:
        for entry in parts[part.name] if part.sentence else parts[part.name][-1:]:
            if broken := breaks_off(entry, part.sentence):
                return f"“{broken}” ends without an end."
    return ""


def breaks_off(entry: str, sentence: bool) -> str:
    """Quote how one entry breaks off; `sentence` says that it must end as a sentence."""
    if entry and emoji(entry[-2:]):
        return ""
    body = _TAIL.sub("", EMOJI.sub(" ", entry).rstrip()).rstrip()
    addresses = [found.group().rstrip(".,;:!?'’") for found in URL.finditer(body)]
    if not body or _ENDED.search(body) or (addresses and body.endswith(addresses[-1])):
        return ""
    last = re.split(r"(?<=[.!?…])[\"'”’)]*\s+|\n+", body)[-1]
    found = words(last)
    own_line = "\n" in body or last == body
    dangling = not found or body[-1] in ",;-–—&(" or (found[-1] in _DANGLING if sentence else _hangs(last, found[-1]))
    if dangling or (sentence and not (len(found) <= _SHORT_LINE and (own_line or _opens_with_order(found)))):
        return last[-60:]
    return ""


def _hangs(title: str, last: str) -> bool:
    is_open = last in _DANGLING_TITLE or re.search(r"(?:['’]ll|\bwill) be$", title) is not None
    return is_open or (last in _STRANDED and not _STRANDS.search(title))


def dangles(text: str) -> bool:
    """Whether a text ends with a word that something must follow: "with", "your", "and".

    >>> dangles("Bread with"), dangles("Bread with butter")
    (True, False)
    """
    found = words(text[-40:])
    return not found or found[-1] in _DANGLING


def _opens_with_order(found: list[str]) -> bool:
    return found[0] in ORDERS


def assistant_talk(text: str) -> str:
    """Quote what an assistant says about the copy instead of the copy."""
    found = _COURTESY.search(text) or _OPENING.search(text.strip()) or _ANYWHERE.search(text)
    return f"“{found.group().strip()}” is not copy." if found else ""


def without_courtesy(text: str) -> str:
    """Take off what an assistant says first.

    >>> without_courtesy("Sure! Cold brew is here."), without_courtesy("Sure, it's cold.")
    ('Cold brew is here.', "Sure, it's cold.")
    """
    return _COURTESY.sub("", text)


def of_the_task(text: str, brief: Brief) -> str:
    """Quote an aside, or copy that speaks of itself, or of brief, draft and tone unless the brief is about those."""
    known = given(brief).plain
    for match in (*_OF_ITSELF.finditer(text), *_OF_THE_TASK.finditer(text)):
        if not any(
            word and re.search(rf"\b{re.escape(word.casefold())}(?:s|ing)?\b", known) for word in match.groups()
        ):
            return f"“{match.group()}” speaks of the task, not to the reader."
    return asides.repeated(text, brief)


def placeholder(text: str, brief: Brief) -> str:
    """Quote what somebody would still have to fill in, unless the brief itself has it."""
    known = given(brief).text
    for found in (*_BRACKETED.finditer(text), *_SLOT.finditer(text), *_BLANK.finditer(text)):
        if found.group() not in known and not _IN_ROUND.match(found.group()):
            return f"“{found.group()}” is still to be filled in."
    broken = BROKEN in text and BROKEN not in known
    return f"“{BROKEN}” stands where a letter or an emoji is broken." if broken else ""


def repetition(parts: Parts) -> str:
    """Quote what a part says twice, or a run of words that comes again and again."""
    for entries in parts.values():
        said = Counter(" ".join(words(entry)) for entry in entries)
        twice = next((line for line, times in said.items() if times > 1), "")
        if twice:
            return f"“{_short(twice)}” is said {said[twice]} times."
    return next(filter(None, (circling(entry) for entries in parts.values() for entry in entries)), "")


def circling(text: str) -> str:
    """Quote a sentence said twice, or a run of words said more often than a text of that length may."""
    said = Counter(" ".join(words(line)) for line in sentences(text))
    for line, times in said.items():
        if times > 1 and len(line.split()) > 3:
            return f"“{_short(line)}” is said {times} times."
    found = words(text)
    for size, most in ((_PHRASE, 1 + len(found) // 80), (_RUN, 2 + len(found) // 150)):
        runs = Counter(tuple(found[at : at + size]) for at in range(len(found) - size + 1))
        run, times = runs.most_common(1)[0] if runs else ((), 0)
        if times > most:
            return f"“{' '.join(run)}” is said {times} times."
    over = next((found[at] for at in range(len(found) - 3) if len(set(found[at : at + 4])) == 1), "")
    return f"“{over}” is said over and over." if over else ""


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:57] + "…"
