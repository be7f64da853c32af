"""A text made formal by rule: contractions spelled out, no exclamation marks, no emoji."""

import re

from model.brief import Brief
from model.counting import emoji

CONTRACTION = re.compile(
    r"\b(?:\w+(?:n['’]t|['’](?:re|ve|ll|d|m))|(?:it|that|there|here|what|who|he|she|let|where|how)['’]s"
    r"|gonna|wanna|gotta|y['’]all)\b",
    re.IGNORECASE,
)
"""A word that a formal letter would have in full."""

_WHOLE = {
    "won't": "will not",
    "can't": "cannot",
    "shan't": "shall not",
    "let's": "let us",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "have to",
    "y'all": "you all",
}
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am"}
_PRONOUN = r"(?:I|you|we|they|he|she|it|this|that|there)"
_ASKED = re.compile(rf"\b(\w+n['’]t) ({_PRONOUN})\b(?=[^.!?\n]*\?)", re.IGNORECASE)
_OPENS_A_QUESTION = re.compile(r"(?:^|[.!?…]\s+|\n)(?!don|can)\w+n['’]t (?=[^.!?\n]*\?)", re.IGNORECASE)
_PAST = "been|got|had|become|come|gone|grown|arrived|landed|returned|begun|started|better"
_DONE = re.compile(rf"['’][sd] (?:\w+ly |just |now )?(?:{_PAST})\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\?*[!！][!?！]*")
_HEARTS = frozenset("❤💙💚💛🧡💜🖤🤍🤎♥")
_WORD_END = re.compile(r"(?<![#@.\w])[A-Za-z][A-Za-z'’-]*$")


def formal(text: str, brief: Brief) -> str:
    """The text in formal dress, or nothing where only a writer could tell how; names and what must be said stay.

    >>> formal("It's here! Don't you want one? We've baked it.", Brief("bread"))
    'It is here. Do you not want one? We have baked it.'
    """
    if _OPENS_A_QUESTION.search(_ASKED.sub("", text)):
        return ""
    held = [phrase for phrase in brief.must_say if phrase.strip()]
    for at, phrase in enumerate(held):
        text = re.sub(re.escape(phrase), chr(0xE000 + at), text, flags=re.IGNORECASE)
    text = _ASKED.sub(lambda found: f"{_negated(found[1])} {_as_in(found[2])} not", text)
    text = CONTRACTION.sub(lambda found: _spelled(found, brief), text)
    text = calm(without_emoji(text))
    for at, phrase in enumerate(held):
        text = text.replace(chr(0xE000 + at), phrase)
    return text


def calm(text: str) -> str:
    """A text without its exclamation marks.

    >>> calm("Fresh bread!! Really?!")
    'Fresh bread. Really?'
    """
    return _SHOUTED.sub(lambda found: "?" if "?" in found.group() else ".", text)


def without_emoji(text: str) -> str:
    """A text without its emoji; a sentence that only they had ended gets its full stop, and a heart stays a verb.

    >>> without_emoji("Order today ☕\\nWe bake 🍞 daily.")
    'Order today.\\nWe bake daily.'
    """
    for one in emoji(text):
        if one[0] not in _HEARTS:
            text = text.replace(one, "\0", 1)
    return "\n".join(_tidied(line) for line in text.split("\n"))


def _tidied(line: str) -> str:
    if "\0" not in line:
        return line
    ends = line.rstrip().endswith("\0")
    line = re.sub(r"(?<=[a-z]) ?\0+ ?(?=[A-Z])", ". ", line)
    line = re.sub(r"[ \t]{2,}", " ", line.replace("\0", " ")).strip()
    line = re.sub(r" (?=[.,;:!?])", "", line)
    return f"{line}." if ends and _WORD_END.search(line) else line


def _spelled(found: re.Match[str], brief: Brief) -> str:
    """One contraction in full; as it is in a name that the brief has."""
    said = found.group()
    plain = said.replace("’", "'").lower()
    if not said.islower() and said in brief.product:
        return said
    if plain in _WHOLE:
        full = _WHOLE[plain]
    elif plain.endswith(("'s", "'d")):
        is_done = _DONE.match(found.string, found.end() - 2)
        full = plain[:-2] + (
            (" has" if is_done else " is") if plain.endswith("'s") else " had" if is_done else " would"
        )
    else:
        ending = next(one for one in _ENDINGS if plain.endswith(one))
        full = plain.removesuffix(ending) + _ENDINGS[ending]
    full = f"I{full[1:]}" if full.startswith("i ") else full
    return (
        full.upper()
        if said.isupper() and len(plain) > 3
        else full[:1].upper() + full[1:]
        if said[0].isupper()
        else full
    )


def _negated(verb: str) -> str:
    """The verb of a question without its "not".

    >>> _negated("Can't"), _negated("won't")
    ('Can', 'will')
    """
    plain = verb.replace("’", "'")
    special = {"won't": "will", "can't": "can", "shan't": "shall"}.get(plain.lower(), plain[:-3].lower())
    return special[:1].upper() + special[1:] if verb[0].isupper() else special


def _as_in(pronoun: str) -> str:
    return "I" if pronoun.lower() == "i" else pronoun
