"""What a format is made of: its parts, how each is counted, and what the place likes to see."""

from dataclasses import dataclass
from typing import Literal

Counting = Literal["characters", "x", "wide", "sms", "words", "utf-16", "bytes"]
Kind = Literal["line", "list", "posts", "heading", "body"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a format, as it is written, counted and cited.

    `line` is "Label: text", `list` is "Label:" and a line for each, `posts` are "1/ text", `heading` is the
    first line, `body` is the rest.
    `limit` is the most that one of them may count, `floor` the least, in the unit of `counting`: `x` is X's weighted
    count, `wide` counts double-width characters twice, `sms` counts what the segments of a text message hold,
    `utf-16` and `bytes` count as the interfaces of TikTok and YouTube do, where an emoji takes two or four.
    `cap` is set where the place takes more than `limit`, which is then only what it shows or advises: between the two
    a text is told so, not ruled out. `narrow` is the limit of a text message that leaves GSM-7.
    A `gathered` list may take entries of other drafts of its brief, for the place does best with as many as it takes.
    `sentence` parts must end as a sentence; `also` are other labels that people and models write.
    """

    name: str
    label: str = ""
    least: int = 1
    most: int = 1
    limit: int | None = None
    cap: int | None = None
    narrow: int | None = None
    floor: int = 0
    counting: Counting = "characters"
    kind: Kind = "body"
    sentence: bool = False
    gathered: bool = False
    also: tuple[str, ...] = ()
    source: str = ""

    @property
    def unit(self) -> str:
        """What the limit is counted in, for people."""
        return "words" if self.counting == "words" else "characters"


@dataclass(frozen=True, slots=True)
class Format:
    """Where copy will run and what that place allows; `hashtags` is how few and how many fit there, `emoji` how many.

    `streams` formats are long: one sequence a variant, shown while it is written. `sections` is how many a long text
    should have. `opt_out` copy must say how to leave. `source` is where the conventions come from; each part names the
    source of its own numbers.
    """

    name: str
    title: str
    about: str
    parts: tuple[Part, ...]
    example: str
    example_copy: str
    aliases: tuple[str, ...] = ()
    hashtags: tuple[int, int] = (0, 0)
    emoji: int = 0
    call_to_action: bool = False
    opt_out: bool = False
    streams: bool = False
    sections: int = 0
    variants: int = 3
    max_tokens: int = 160
    source: str = ""

    @property
    def limit(self) -> int | None:
        """The limit of the whole text, where the format is one text."""
        return self.parts[0].limit if len(self.parts) == 1 else None
