"""What a guard keeps while a model writes: the rules of one request, and what is wrong with a sentence just written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from model import attributes, conventions, facts, faults, names, profanity, testimonials
from model.addresses import taken_out
from model.brief import Brief
from model.given import given
from model.layout import literals
from model.shape import Format, Part
from model.supplied import Supplied
from model.words import says, sentences, words

OPT_OUT = "Reply STOP to opt out."
_LEADS = {"e-mail": "Write to", "link": "More at", "phone": "Call", "handle": "Find"}
_SAID_BEFORE = 5  # a sentence of so many words may not come twice, in this draft or an earlier one


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules that one request is written under; `earlier` are drafts of the same brief, or what precedes this text.

    `names_brand` makes the brand's name likelier until it is said.
    """

    brief: Brief
    form: Format
    earlier: tuple[str, ...] = ()
    names_brand: bool = True

    def fault(self, sentence: str, entry: str, before: str = "") -> str:
        """Say what is wrong with a sentence that ends an entry so far, by the same checks that judge a draft.

        `before` is the text in front of the sentence.
        """
        brief = self.brief
        return (
            facts.invented(sentence, brief)
            or faults.assistant_talk(sentence)
            or faults.of_the_task(sentence, brief)
            or faults.placeholder(sentence, brief)
            or testimonials.invented(sentence, brief)
            or _if_hard(attributes.judged(sentence, brief))
            or _if_hard(profanity.judged(sentence, brief))
            or _if_hard(names.judged(sentence, brief))
            or faults.circling(entry)
            or _twice(sentence, before)
            or self._said_before(sentence)
        )

    def _said_before(self, sentence: str) -> str:
        plain = " ".join(words(sentence))
        long = len(plain.split()) >= _SAID_BEFORE
        return sentence if long and any(plain in " ".join(words(text)) for text in self.earlier) else ""


def _twice(sentence: str, before: str) -> str:
    """Whether a line or sentence stands in the text already."""
    plain = words(sentence)
    return sentence if plain and any(words(line) == plain for line in sentences(before)) else ""


def _if_hard(found: tuple[str, bool]) -> str:
    fault, hard = found
    return fault if hard else ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be said: its tokens within a sentence and as a sentence's beginning; `certain` ones never fail."""

    text: str
    inline: tuple[int, ...]
    opening: tuple[int, ...]
    certain: bool

    def said(self, text: str) -> bool:
        """Whether a text says it."""
        return not conventions.opt_out(text) if self.text == OPT_OUT else says(text, self.text)


@dataclass(frozen=True, slots=True)
class Plan:
    """A guard made ready for one model's tokens; shared by all sequences of a request."""

    guard: Guard
    given: str
    supplied: Supplied
    phrases: tuple[Phrase, ...]
    literals: dict[str, tuple[int, ...]]
    target: Part = field(repr=False)


def plan(guard: Guard, tokenizer: Any) -> Plan:
    """Make a guard ready; encodes its phrases and the literals of its format."""

    def encode(text: str) -> tuple[int, ...]:
        return tuple(tokenizer.encode(text, add_special_tokens=False))

    ready = {literal: _before_text(encode, literal) for literal in literals(guard.form)}
    roomiest = max(guard.form.parts, key=_room)
    found = tuple(_phrases(guard, encode))
    text = given(guard.brief).text
    return Plan(guard, text, Supplied(text, pictures=guard.form.emoji > 0), found, ready, roomiest)


def _before_text(encode: Callable[[str], tuple[int, ...]], literal: str) -> tuple[int, ...]:
    """A literal's tokens as they are when text follows: alone, its line ends may be one token."""
    return encode(f"{literal}x" if literal.endswith("\n") else f"{literal} x")[:-1]


def _room(part: Part) -> float:
    words_each = 6 if part.counting == "words" else 1
    return (part.limit or 10**6) * words_each + (part.kind != "list")


def _phrases(guard: Guard, encode: Callable[[str], tuple[int, ...]]) -> Iterator[Phrase]:
    wanted: Sequence[str] = (*guard.brief.must_say, *([OPT_OUT] if guard.form.opt_out else []))
    for text in wanted:
        plain = text.strip()
        opening = _led(plain) if guard.brief.language == "en" else _capital(plain)
        yield Phrase(plain, encode(f" {plain}"), encode(f" {opening}"), certain=True)
    brand = next(iter(names.names(guard.brief)), "") if guard.names_brand else ""
    if brand and brand not in wanted:
        yield Phrase(brand, encode(f" {brand}"), (), certain=False)


def _led(phrase: str) -> str:
    """The phrase as a sentence begins with it: an address alone is none.

    >>> _led("jobs@loxleybread.example"), _led("free swab kit")
    ('Write to jobs@loxleybread.example', 'Free swab kit')
    """
    _, found = taken_out(phrase)
    if len(found) == 1 and found[0].shown == phrase and found[0].kind in _LEADS:
        return f"{_LEADS[found[0].kind]} {phrase}"
    return _capital(phrase)


def _capital(text: str) -> str:
    """The phrase as a sentence begins; an address, a hashtag or a code stays as it is."""
    first = text.split()[0] if text.split() else ""
    return text if not first.isalpha() else text[:1].upper() + text[1:]
