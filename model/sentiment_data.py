"""What the sentiment model learns from: open sets and our own labelled comments, as rows; nothing dropped unsaid."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

Target = tuple[float, ...]

NUMBER = {"negative": 0, "neutral": 1, "positive": 2, "absent": 3}
NEGATIVE, POSITIVE = frozenset({1, 3, 4, 6}), frozenset({5, 8})  # anger, disgust, fear, sadness; joy, trust
ANTICIPATION, JOYFUL = 2, 5
# The emotions of a line were felt by its annotators, who saw the film's lines one by one; many lines show none of it.
# Our judgement, from reading samples of lines: how often lines with such emotions are negative, neutral, positive.
ONE_NEGATIVE, SEVERAL_NEGATIVE = (0.85, 0.12, 0.03), (0.95, 0.04, 0.01)
TRUST_ALONE, JOY = (0.07, 0.25, 0.68), (0.03, 0.1, 0.87)
ANTICIPATED, SURPRISED, BOTH = (0.15, 0.6, 0.25), (0.35, 0.5, 0.15), (0.25, 0.55, 0.2)
DOUBTS = (ANTICIPATED, SURPRISED, BOTH)
HELD_OUT_EVERY = 10
BLOCK = 4  # comments at least that are held out together
ALIKE = 0.25  # share of words from which on neighbours count as one pair that differs in what matters

_WORD = re.compile(r"\w+")
_PLACEHOLDER = re.compile(r"\[(?:PERSON|LOCATION|ORGANIZATION)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A text, the aspect that is asked about ("" for the whole text), and the share of each label."""

    text: str
    aspect: str
    target: Target
    source: str
    weight: float = 1.0

    @property
    def label(self) -> int:
        """The number of the likeliest label: negative, neutral, positive, absent."""
        return max(range(len(self.target)), key=self.target.__getitem__)


@dataclass(frozen=True, slots=True)
class Comment:
    """One of our comments: its label, what it says about what, and how it was written."""

    text: str
    label: str
    aspects: tuple[tuple[str, str], ...]
    kind: str = ""
    place: str = ""
    domain: str = ""


def certain(label: str, of: int) -> Target:
    """The target that says a label for sure.

    >>> certain("neutral", 3)
    (0.0, 1.0, 0.0)
    """
    return tuple(float(number == NUMBER[label]) for number in range(of))


def xed(file: Path, dropped: Counter[str]) -> Iterator[Row]:
    """Movie lines by their emotions: of both signs are left out, anticipation and surprise are soft.

    The lines that the set calls neutral lost their text (nearly all are "9"), and are left out too.
    """
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found = frozenset(int(one) for one in row["emotions"].split(","))
            target = emotions(found)
            text = _PLACEHOLDER.sub("@user", row["text"]).strip()
            if target is None:
                dropped["xed: neutral without a text" if 0 in found else "xed: emotions of both signs"] += 1
            elif len(_WORD.findall(text)) < 2:
                dropped["xed: fewer than two words"] += 1
            else:
                yield Row(text, "", target, "xed", 0.6 if target in DOUBTS else 1.0)


def emotions(found: frozenset[int]) -> Target | None:
    """Plutchik's numbers to shares of labels, None where they contradict or say nothing.

    >>> emotions(frozenset({1, 7})), emotions(frozenset({1, 5})), emotions(frozenset({2}))
    ((0.85, 0.12, 0.03), None, (0.15, 0.6, 0.25))
    """
    if 0 in found or (found & NEGATIVE and found & POSITIVE):
        return None
    if found & NEGATIVE:
        return SEVERAL_NEGATIVE if len(found & NEGATIVE) > 1 else ONE_NEGATIVE
    if found & POSITIVE:
        return JOY if JOYFUL in found else TRUST_ALONE
    return BOTH if len(found) > 1 else ANTICIPATED if ANTICIPATION in found else SURPRISED


def uci(file: Path) -> Iterator[Row]:
    """Sentences of reviews, negative or positive."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Row(row["text"], "", certain("positive" if row["label"] == "1" else "negative", 3), "uci")


def terms(file: Path, source: str, dropped: Counter[str]) -> Iterator[Row]:
    """Sentences with the terms they judge; one with several judgements of the same term is left out."""
    for line in file.read_text("utf-8").splitlines():
        found = json.loads(line)
        pairs = [(one["term"], one["polarity"]) for one in found["terms"]]
        for aspect, label in consistent(pairs, dropped, source):
            if label in NUMBER:
                yield Row(found["text"], aspect, certain(label, 4), source)
            else:
                dropped[f"{source}: polarity {label}"] += 1


def consistent(pairs: Iterable[tuple[str, str]], dropped: Counter[str], source: str) -> list[tuple[str, str]]:
    """The aspects of a text, each once; one that has several labels is dropped and counted."""
    labels: dict[str, set[str]] = {}
    for aspect, label in pairs:
        labels.setdefault(aspect.strip(), set()).add(label)
    dropped[f"{source}: aspect with several labels"] += sum(len(found) > 1 for found in labels.values())
    return [(aspect, found.pop()) for aspect, found in labels.items() if len(found) == 1 and aspect]


def comments(dropped: Counter[str], folder: Any = None) -> list[list[Comment]]:
    """Our comments, file by file, in the files' order; the same text twice is dropped and counted."""
    where = folder or resources.files("model").joinpath("house")
    files = sorted((one for one in where.iterdir() if one.name.startswith("comments_")), key=lambda one: one.name)
    seen: set[str] = set()
    return [list(_comments(file.read_text("utf-8"), seen, dropped)) for file in files]


def _comments(lines: str, seen: set[str], dropped: Counter[str]) -> Iterator[Comment]:
    for line in lines.splitlines():
        row = json.loads(line)
        key = " ".join(_WORD.findall(row["text"].casefold()))
        if key in seen and key:
            dropped["comments: the same text again"] += 1
            continue
        seen.add(key)
        pairs = []
        for one in row.get("aspects", ()):
            if one.get("span") and one["span"] not in row["text"]:
                dropped["comments: span that isn't in the text"] += 1
            else:
                pairs.append((one["aspect"], one["label"]))
        aspects = tuple(consistent(pairs, dropped, "comments"))
        yield Comment(row["text"], row["label"], aspects, *(row.get(name, "") for name in ("kind", "place", "domain")))


def split(files: Sequence[Sequence[Comment]]) -> tuple[list[Comment], list[Comment]]:
    """The comments to learn from and the tenth that is held out; neighbours that are alike stay on one side."""
    learnt, held, number = list[Comment](), list[Comment](), 0
    for file in files:
        for block in blocks(file):
            number += 1
            (held if number % HELD_OUT_EVERY == 0 else learnt).extend(block)
    return learnt, held


def blocks(file: Sequence[Comment]) -> Iterator[list[Comment]]:
    """Neighbours in blocks of BLOCK or more, never cut between two that are alike."""
    block: list[Comment] = []
    for one in file:
        if len(block) >= BLOCK and not any(alike(one.text, other.text) for other in block[-3:]):
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def alike(one: str, other: str, share: float = ALIKE) -> bool:
    """Whether two texts share so many of their words that one may have been written as the other's contrast."""
    mine, yours = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return len(mine & yours) >= share * max(1, len(mine | yours))


def rows(found: Iterable[Comment]) -> Iterator[Row]:
    """A comment as rows: the whole text, and each of its aspects."""
    for one in found:
        yield Row(one.text, "", certain(one.label, 3), "comments")
        yield from (Row(one.text, aspect, certain(label, 4), "comments") for aspect, label in one.aspects)


def held_out() -> tuple[Row, ...]:
    """The rows of our comments that nothing learns from."""
    return tuple(rows(split(comments(Counter()))[1]))


@dataclass(frozen=True, slots=True)
class Data:
    """Everything that is learnt from, what is held out, and how many of what were left out."""

    learnt: tuple[Row, ...]
    held: tuple[Row, ...]
    comments: tuple[Comment, ...]
    dropped: Mapping[str, int]


def read(folder: Path, house: Any = None) -> Data:
    """The open sets of a folder and our comments; rows that stand on both sides leave the learnt side."""
    dropped: Counter[str] = Counter()
    learnt, held = split(comments(dropped, house))
    found = [
        *xed(folder / "xed_english" / "en.csv.gz", dropped),
        *uci(folder / "uci_reviews" / "sentences.csv"),
        *terms(folder / "mams" / "atsa_train.jsonl", "mams", dropped),
        *rows(learnt),
    ]
    kept = [row for row in once(found, dropped) if row.text not in {one.text for one in held}]
    return Data(tuple(kept), tuple(rows(held)), tuple(learnt), {name: n for name, n in dropped.items() if n})


def once(found: Iterable[Row], dropped: Counter[str]) -> list[Row]:
    """Each question once: the same text and aspect with the same answer is dropped, with other answers averaged."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        groups.setdefault((row.text, row.aspect), []).append(row)
    dropped["the same question again"] += sum(len(group) - 1 for group in groups.values())
    return [_averaged(group) for group in groups.values()]


def _averaged(group: Sequence[Row]) -> Row:
    if len(group) == 1:
        return group[0]
    shares = zip(*(row.target for row in group), strict=True)
    return replace(group[0], target=tuple(sum(share) / len(group) for share in shares))
