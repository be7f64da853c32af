"""Lessons as tokens: the prompt as serving sends it, the text with the token that ends a turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.lessons import Lesson

PROBE = "copy"


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson as token ids; the text's last token ends the turn, so that stopping is learnt as well."""

    prompt: tuple[int, ...]
    text: tuple[int, ...]
    label: bool
    house: bool = False

    @property
    def length(self) -> int:
        """Tokens of prompt and text."""
        return len(self.prompt) + len(self.text)


@dataclass(frozen=True, slots=True)
class Material:
    """The lessons of a job: those to learn, the house's to replay, and how many were too long."""

    learnt: list[Row]
    house: list[Row]
    left_out: int


def rows(tokenizer: Any, lessons: Sequence[Lesson], *, longest: int) -> list[Row]:
    """The lessons that have room in so many tokens, in their order."""
    end = end_of_turn(tokenizer)
    found = [_row(tokenizer, lesson, end) for lesson in lessons]
    return [row for row in found if row.length <= longest]


def end_of_turn(tokenizer: Any) -> int:
    """The token that the chat template writes after an answer: not every model's is its tokenizer's EOS."""
    chat = [{"role": "user", "content": PROBE}, {"role": "assistant", "content": PROBE}]
    after = tokenizer.apply_chat_template(chat, tokenize=False).rpartition(PROBE)[2]
    special = {*tokenizer.all_special_ids, *tokenizer.get_added_vocab().values()}
    tokens = tokenizer.encode(after, add_special_tokens=False)
    return int(next((token for token in tokens if token in special), tokenizer.eos_token_id))


def _row(tokenizer: Any, lesson: Lesson, end: int) -> Row:
    asked = tokenizer.apply_chat_template(list(lesson.prompt), tokenize=False, add_generation_prompt=True)
    # Apart, for a model writes after the prompt's last token: together, tokens could merge across the seam.
    prompt = tokenizer.encode(asked, add_special_tokens=False)
    text = tokenizer.encode(lesson.completion, add_special_tokens=False)
    return Row(tuple(prompt), (*text, end), lesson.label, lesson.source == "house")
