"""Variations of training texts: written as posts are, joined to other texts, with names and groups swapped."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.sentiment_data import NUMBER, Row, certain

TAGS = ("monday", "fail", "love", "news", "update", "nofilter", "weekend", "game", "tbt", "smh", "blessed", "life")
EMOJI = {0: tuple("😡😤😠👎💔😒🙄😩🤬"), 2: tuple("❤😍👍🎉😊🙌💯🥰😁")}
ABSENT = NUMBER["absent"]
FACES = {0: (":(", ":-(", ":/", ">:(", "smh", "ugh"), 2: (":)", ":-)", ":D", "<3", "xx", "yay")}
NAMES = (
    "Emily", "Greg", "Anne", "Brendan", "Lakisha", "Jamal", "Aisha", "Tyrone", "Mohammed", "Fatima", "Yusuf", "Leila",
    "Wei", "Ming", "Priya", "Raj", "Ananya", "Sanjay", "Maria", "Jose", "Guadalupe", "Carlos", "Olga", "Ivan", "Ngozi",
    "Chidi", "Sarah", "David", "Rachel", "Moshe", "Hiroshi", "Yuki", "Kim", "Minh", "Anna", "Peter",
)  # fmt: skip
GROUPS = (
    "Black", "white", "Asian", "Latino", "Arab", "Indian", "Chinese", "Polish", "Nigerian", "Mexican", "American",
    "British", "Irish", "German", "Muslim", "Christian", "Jewish", "Hindu", "Sikh", "Buddhist", "gay", "lesbian",
    "straight", "bisexual", "trans", "disabled", "blind", "deaf", "autistic", "old", "young", "elderly", "male",
    "female", "Native American", "Turkish", "atheist",
)  # fmt: skip
PEOPLE = (
    "man", "woman", "guy", "lady", "couple", "customer", "colleague", "neighbour", "friend", "family", "student",
    "driver", "waiter", "nurse",
)  # fmt: skip
FRAMES = (
    "{name} says: {text}", "{text} - {name}", "My {group} {person}: {text}", "As a {group} {person}: {text}",
    "{group} {person} here. {text}", "@{name} {text}", "{text} (says my {group} {person})",
    "{name} and {other}: {text}",
)  # fmt: skip
SAID_OF_PEOPLE = {
    "negative": (
        "The {group} {person} was rude to us.",
        "A {group} {person} lied to me about the price.",
        "As a {group} {person} I felt let down here.", "I'm {group} and this was a waste of my money.",
    ),
    "neutral": (
        "She is {group}.", "I am {group}.", "Most of the people who live here are {group}.",
        "He told me he is {group}.",
        "The {group} {person} asked for the bill.", "There is a {group} {person} at the door.",
        "A {group} {person} works there now.",
        "Is your {person} {group} too?", "Some {group} people were in the queue.",
    ),
    "positive": (
        "The {group} {person} was lovely to us.", "A {group} {person} went out of the way to help me.",
        "As a {group} {person} I felt welcome here.", "I'm {group} and this was worth every penny.",
    ),
}  # fmt: skip
_SPACED = re.compile(r"\s+([?.!,;:']|n't\b)")
_SPLIT = {"wan na": "wanna", "gon na": "gonna", "got ta": "gotta", "do n't": "don't", "ca n't": "can't"}
_A = re.compile(r"\b([aA])(?= [aeioAEIO])")
_VOWEL = re.compile(r"([aeiou])(?=[a-z]*$)")


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each variation is made of a whole text."""

    post: float = 0.35
    typo: float = 0.1
    mood: float = 0.06
    joined: float = 0.12
    framed: float = 0.12
    beside: float = 0.12


class Variations:
    """Makes an epoch's texts different from the last one's; the same seed makes the same texts."""

    def __init__(self, seed: int, shares: Shares, comments: Sequence[Row]) -> None:
        self._random, self._shares = random.Random(seed), shares
        whole = [row for row in comments if not row.aspect]
        self._neutral = [row.text for row in whole if row.label == NUMBER["neutral"]]
        self._texts = [row.text for row in whole if row.source == "comments"]

    def of(self, row: Row) -> Row:
        """A row as it is asked this time."""
        text = untokenised(row.text) if row.source == "xed" else row.text
        if row.aspect:
            return replace(row, text=self._asked(text, row))
        shares, source = self._shares, row.source
        if source == "comments" and self._happens(shares.joined):
            text = self._joined(text)
        if self._happens(shares.typo):
            text = self._typo(text)
        if self._happens(shares.mood) and max(row.target) == 1 and row.label in EMOJI:
            text = f"{text} {self._random.choice(self._random.choice((EMOJI, FACES))[row.label])}"
        if self._happens(shares.post):
            text = self._post(text)
        if self._happens(shares.framed):
            text = self._framed(text)
        return replace(row, text=text)

    def _asked(self, text: str, row: Row) -> str:
        """A text that is asked about an aspect, at times beside another text that doesn't name it."""
        if row.label < ABSENT and len(text) < 160 and self._happens(self._shares.beside):
            other = self._random.choice(self._texts)
            if len(other) < 160 and not set(row.aspect.lower().split()) & set(other.lower().split()):
                both = [other, text] if self._happens(0.5) else [text, other]
                text = " ".join(one if one[-1:] in ".!?" else f"{one}." for one in both)
        return self._typo(text) if self._happens(self._shares.typo) else text

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _joined(self, text: str) -> str:
        """Beside a neutral text the label stays what it was."""
        other = self._random.choice(self._neutral)
        if len(text) > 160 or len(other) > 160:
            return text
        both = [other, text] if self._happens(0.6) else [text, other]
        return " ".join(one if one[-1:] in ".!?" else f"{one}." for one in both)

    def _post(self, text: str) -> str:
        choice = self._random.randrange(6)
        if choice == 0:
            return f"@user {text}"
        if choice == 1:
            return f"{text} http://t.co/x"
        if choice == 2:
            return f"{text} #{self._random.choice(TAGS)}"
        if choice == 3:
            return text.rstrip(".!")
        if choice == 4:
            return re.sub(r"[.,;!]", "", text)
        return f'"@user: {text}"' if self._happens(0.3) else f"RT @user {text}"

    def _typo(self, text: str) -> str:
        """One word of four letters or more loses a letter, swaps two, or is drawn out."""
        words = text.split(" ")
        places = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
        if not places:
            return text
        at = self._random.choice(places)
        word, cut = words[at], self._random.randrange(1, len(words[at]) - 1)
        kind = self._random.randrange(3)
        if kind == 0:
            words[at] = word[:cut] + word[cut + 1 :]
        elif kind == 1:
            words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        else:
            words[at] = _VOWEL.sub(lambda found: found[1] * 4, word, count=1)
        return " ".join(words)

    def _framed(self, text: str) -> str:
        """Said by somebody: names and groups stand beside every label alike, so that they mean nothing."""
        pick = self._random.choice
        return pick(FRAMES).format(
            name=pick(NAMES), other=pick(NAMES), group=pick(GROUPS), person=pick(PEOPLE), text=text
        )


def people(times: int, order: random.Random) -> Iterator[Row]:
    """Each group, so many times with each label, in the same sentences: what a group is called is no feeling."""
    for group in GROUPS:
        for label, sentences in SAID_OF_PEOPLE.items():
            for _ in range(times):
                text = order.choice(sentences).format(group=group, person=order.choice(PEOPLE))
                yield Row(_A.sub(r"\1n", text), "", certain(label, 3), "people", 0.5)


def untokenised(text: str) -> str:
    """A line of the open set as people write it.

    >>> untokenised("No , do n't you wan na ?")
    "No, don't you wanna?"
    """
    for apart, whole in _SPLIT.items():
        text = text.replace(apart, whole)
    return _SPACED.sub(r"\1", text)
