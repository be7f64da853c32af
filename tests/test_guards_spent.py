"""How often a guarded text goes back: a few times for a short sentence, fewer for a long one."""

import pytest
import torch

from model.brief import Brief
from model.formats import find
from model.guarding import SPENT, TRIES, Guarding
from model.guards import Guard, plan
from model.vocabulary import Vocabulary
from tests import tiny

MOST = 200
GOOD = "Bread is here."


def took_back(words: int) -> int:
    """How often a sentence of so many words that fails each time is begun anew before the text is closed."""
    brief, tokenizer = Brief("tweet for Brewline"), tiny.tokenizer()
    end = tokenizer.eos_token_id
    vocabulary = Vocabulary(tokenizer, len(tokenizer), frozenset({end}), torch.device("cpu"))
    guard = Guarding(plan(Guard(brief, find("tweet")), tokenizer), vocabulary, MOST)
    sentence = f" Get 50 {'so ' * words}now."
    for token in tokenizer.encode(GOOD, add_special_tokens=False):
        guard.add(token)
    for times in range(20):
        if guard.steer(torch.zeros(len(vocabulary.texts))) == end:
            return times
        for token in tokenizer.encode(f"{sentence} And", add_special_tokens=False):
            guard.add(token)
            if guard.back:
                guard.rewind()
                break
    raise AssertionError("it went on and on")


def test_a_short_sentence_is_tried_a_few_times() -> None:
    assert took_back(2) == TRIES + 1


@pytest.mark.parametrize("words", [30, 60])
def test_a_text_that_took_back_half_its_length_is_closed_at_the_next_fault(words: int) -> None:
    """One tweet of 35 took 12 s, of which its last candidate took 10 for a sentence of eighty tokens."""
    tokens = len(tiny.tokenizer().encode(f" Get 50 {'so ' * words}now.", add_special_tokens=False))

    assert took_back(words) == min(TRIES, int(SPENT * MOST / tokens) + 1) + 1
