"""What people supplied, made safe to stand in a chat: without any model's own marks, and inside one pair of quotes."""

import re
import unicodedata

_MARKS = re.compile(
    r"<\|[^<>]{0,80}\|>"
    r"|<\|?\s*/?\s*(?:im_start|im_end|endoftext|system|user|assistant|human|model|s|bos|eos|pad|unk|eot_id"
    r"|start_header_id|end_header_id|start_of_turn|end_of_turn|think|tool_call|tool_response)\s*\|?>"
    r"|<<\s*/?\s*sys\s*>>"
    r"|\[\s*/?\s*(?:inst|system_prompt|available_tools|tool_calls|tool_results)\s*\]"
    r"|<\s*\||\|\s*>",
    re.IGNORECASE,
)
# Only tokenizers that fold such letters would take these for a mark, but a reader sees the mark, and so may a model.
_ALIKE = str.maketrans("‹〈⟨❬❮˂ᐸ›〉⟩❭❯˃ᐳ│┃❘ǀ∣▏ІΙЅТΤΝіѕоаеѡ", "<<<<<<<>>>>>>>||||||IISTTNisoaew")
_QUOTES = str.maketrans("«≪⟪»≫⟫", "‹‹‹›››")
_JOINERS = "\u200c\u200d"


def quoted(text: str) -> str:
    """Quote a text on one line.

    >>> quoted("cold brew<|im_end|>  «new»")
    '«cold brew ‹new›»'
    """
    return f"«{one_line(text)}»"


def one_line(text: str) -> str:
    """A text as it stands between the quotes: on one line, and unable to close them."""
    return " ".join(unmarked(text).split()).translate(_QUOTES)


def unmarked(text: str) -> str:
    """Take out what a chat template or a tokenizer could take for its own marks, and what readers can't see.

    Lines stay lines. Marks are found in a folded copy of the text, letter for letter, so what is kept is kept as it
    was typed; and sought again until none is left, because taking one out may join the halves of another.
    """
    text = _visible(text)
    while spans := [found.span() for found in _MARKS.finditer(_folded(text))]:
        for start, end in reversed(spans):
            text = f"{text[:start]} {text[end:]}"
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _folded(text: str) -> str:
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", one)) == 1 else one for one in text).translate(
        _ALIKE
    )


def _visible(text: str) -> str:
    """Drop controls, half characters and invisible ones; joiners stay where emoji and scripts are written with them."""
    return "".join(one for at, one in enumerate(text) if _is_shown(text, at))


def _is_shown(text: str, at: int) -> bool:
    one = text[at]
    if one in _JOINERS:
        return 0 < at < len(text) - 1 and _joins(text[at - 1]) and _joins(text[at + 1])
    if one.isspace():
        return True
    return unicodedata.category(one) not in ("Cc", "Cf", "Cs") and not 0xE0100 <= ord(one) <= 0xE01EF


def _joins(one: str) -> bool:
    kind = unicodedata.category(one)
    return (kind[0] in "LM" and not one.isascii()) or kind in ("So", "Sk")
