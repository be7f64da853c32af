"""A brief: what a marketer asked for, in the words that the rest of the desk uses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brief:
    """What to write, for which format, and what it must and must not say.

    `product` is the request itself, in the marketer's words: what is advertised and every fact that may be used.
    `language` is an ISO 639-1 code. `rejected` and `instruction` are set when a draft is written anew: the text
    that was not good enough, and what to change.
    """

    product: str
    format: str = "tweet"
    variants: int = 3
    audience: str = ""
    tone: str = ""
    must_say: tuple[str, ...] = ()
    must_not_say: tuple[str, ...] = ()
    language: str = "en"
    rejected: str = ""
    instruction: str = ""
