"""A brief from what was read: a reply, an apology, or a post from what people love, their words as facts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import Any

from bot.brief import MAX_CHARACTERS
from model.brief import Brief
from model.sentiment import UNSURE
from storage.readings import ReadingRow

QUOTED = 500
MOST_QUOTES = 3
FORMATS = {"reply": "email", "apology": "email", "post": "linkedin"}
TONES = {"reply": "warm, factual", "apology": "sincere, plain", "post": "grateful, concrete"}
OPENINGS = {
    "reply": "A reply to a customer who wrote: {quotes}",
    "apology": "An apology to a customer who wrote: {quotes}",
    "post": "A post from what customers love. They wrote: {quotes}",
}
TO_MANY = {
    "reply": "A reply to customers who wrote, among other things: {quotes}",
    "apology": "An apology to customers. They wrote, among other things: {quotes}",
}
FEEL = {"positive": "They like: {aspects}.", "negative": "They don't like: {aspects}."}
NAMED = "Words that they use most: {phrases}."
"""Facts alone: what is promised is for whoever sends the form to add."""


def brief_of(row: ReadingRow, kind: str) -> Brief:
    """The beginning of a brief; `kind` is reply, apology or post."""
    result = json.loads(row.result)
    if row.kind == "text":
        return _brief(kind, OPENINGS[kind], [row.text], result["aspects"], ())
    opening = TO_MANY.get(kind, OPENINGS[kind])
    return _brief(kind, opening, result["quotes"][kind], result["aspects"], result["phrases"][kind])


def stands(one: Mapping[str, Any]) -> str:
    """What counts of an answer about an aspect: what a person put right, else the label, or unsure."""
    return str(one.get("corrected") or shown(one))


def shown(one: Mapping[str, Any]) -> str:
    """The label that an answer about an aspect shows."""
    return str(one["label"] if one["sure"] else UNSURE)


def _brief(
    kind: str, opening: str, quotes: Sequence[str], aspects: Sequence[Mapping[str, Any]], phrases: Sequence[str]
) -> Brief:
    longest = QUOTED * 2 if len(quotes) == 1 else QUOTED // 2
    said = " / ".join(f"“{shorten(one, longest, placeholder='…')}”" for one in quotes[:MOST_QUOTES])
    feelings = {
        label: ", ".join(str(one["aspect"]) for one in aspects if stands(one) == label)
        for label in ("positive", "negative")
    }
    wanted = ("positive",) if kind == "post" else ("negative", "positive")
    parts = [opening.format(quotes=said)]
    parts += [FEEL[label].format(aspects=feelings[label]) for label in wanted if feelings[label]]
    parts += [NAMED.format(phrases=", ".join(phrases))] if phrases else []
    return Brief(product=_fitting(parts), format=FORMATS[kind], tone=TONES[kind])


def _fitting(parts: Iterable[str]) -> str:
    """As many of the parts as a brief takes, the first ones first."""
    text = ""
    for part in parts:
        if len(text) + 1 + len(part) > MAX_CHARACTERS:
            break
        text = f"{text}\n{part}".strip()
    return text
