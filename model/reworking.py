"""New versions made of the old draft by rule, for a model that can't be shown it: its own words, and no others."""

import re
from collections.abc import Iterator
from itertools import islice

from model.asked import has, sentence
from model.brief import Brief
from model.checks import check
from model.conventions import call_to_action
from model.cutting import cuts, without
from model.formality import calm, formal, without_emoji
from model.granting import is_known, put_in_place
from model.parts import parse, render
from model.shape import Format
from model.wishes import Wish, wishes
from model.words import says, sentences

MOST, TRIED = 3, 60
"""How many versions at most, and how many ways to cut a text are looked at to find them."""
WRITTEN_IN = "en"
"""The rules are those of English."""

_HASHTAG = re.compile(r"[ \t]*(?<![\w&])#(?!\d+\b)[^\W_]\w*")
_JOINT = re.compile(
    r"(?:;|,? [–—]|,(?= (?:and|but|so|because) (?:we|you|it|they|there|that|this|our|your|the|no ?body|every)))[ ]+"
    r"(?P<next>\w)"
)


def reworked(brief: Brief, form: Format) -> tuple[str, ...]:
    """The versions that pass every hard check, the one first that loses the least; often none.

    What needs new words, such as a longer version, is left to a writer.
    """
    if not brief.rejected.strip() or brief.language != WRITTEN_IN or form.streams:
        return ()
    made = dict.fromkeys(text for text in islice(_made(brief, form), TRIED) if text.strip())
    judged = [(text, check(text, brief, form)) for text in made]
    passing = [(text, checks) for text, checks in judged if all(one.ok for one in checks if one.hard)]
    passing.sort(key=lambda pair: sum(not one.ok for one in pair[1]) + _is_idle(pair[0], brief, form))
    return tuple(text for text, _ in passing[:MOST])


def _is_idle(text: str, brief: Brief, form: Format) -> bool:
    """Whether a text no longer asks the reader to do something; not every place has a check of that."""
    return bool(call_to_action(text, brief, parse(text, form)))


def _made(brief: Brief, form: Format) -> Iterator[str]:
    text = brief.rejected.strip()
    match brief.revision:
        case "shorter":
            yield from _cut(text, form)
        case "punchier":
            yield _split(text)
            yield from _cut(_split(text), form)
        case "more formal":
            yield formal(text, brief)
        case "another format" if len(form.parts) == 1 and form.parts[0].kind == "body":
            plain = _dressed(text, form)
            fits = all(one.ok for one in check(plain, brief, form) if one.hard)
            yield from (plain,) if fits else cuts(plain)
        case "in words":
            asked = wishes(brief.instruction)
            if all(_is_doable(one, brief) for one in asked):
                for one in asked:
                    text = _done(text, one)
                yield text


def _cut(text: str, form: Format) -> Iterator[str]:
    """Cut the text, or the body of one that has several parts; the rest of those stays as it is."""
    bodies = [part for part in form.parts if part.kind == "body"]
    if len(form.parts) == 1 and bodies:
        yield from cuts(text)
    elif len(bodies) == 1 and len(entries := (parts := parse(text, form))[bodies[0].name]) == 1:
        yield from (render({**parts, bodies[0].name: (body,)}, form) for body in cuts(entries[0]))


def _split(text: str) -> str:
    """A text whose long sentences end where their halves meet.

    >>> _split("We ship it free, because nobody should queue; come in.")
    'We ship it free. Because nobody should queue. Come in.'
    """
    return _JOINT.sub(lambda found: f". {found['next'].upper()}", text)


def _dressed(text: str, form: Format) -> str:
    """A text for another place: without the hashtags and the emoji that this place doesn't like."""
    if len(_HASHTAG.findall(text)) > form.hashtags[1]:
        text = _HASHTAG.sub("", text).strip()
    return text if form.emoji else without_emoji(text)


def _is_doable(wish: Wish, brief: Brief) -> bool:
    if wish.kind == "change":
        return is_known(wish, brief)
    return wish.kind in ("without", "never") or (wish.kind == "drop sentence" and bool(sentence(wish, brief.rejected)))


def _done(text: str, wish: Wish) -> str:
    """The text with one wish fulfilled: other words in place of some, or without what isn't wanted."""
    match wish.kind, wish.what:
        case "change", old:
            return put_in_place(text, old, wish.new)
        case "drop sentence", _:
            return without(text, sentence(wish, text))
        case "without", "emoji":
            return without_emoji(text)
        case "without", "hashtags":
            return _HASHTAG.sub("", text).strip()
        case "without", "exclamation marks":
            return calm(text)
    for one in sentences(text):
        is_meant = has(one, wish.what) if wish.kind == "without" else says(one, wish.what)
        text = without(text, one) if is_meant else text
    return text
