"""Letters and emoji that take several tokens are written whole under a guard, or not at all."""

from collections.abc import Iterator

import pytest
import torch

from model.brief import Brief
from model.counting import emoji
from model.engine import LocalEngine
from model.faults import placeholder
from model.formats import find
from model.generation import Request, Sampling
from model.guarding import Guarding
from model.guards import Guard, plan
from model.transcript import BROKEN
from model.vocabulary import Vocabulary
from tests import tiny

INSTAGRAM = Brief("instagram post for Brewline", "instagram")
GREEK = Brief("instagram post for Brewline", "instagram", language="el")


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """A tiny random model, which would begin any letter and end none."""
    running = LocalEngine(tiny.llama(context=2048), tiny.tokenizer(), name="tiny", slots=4)
    yield running
    running.close()


@pytest.mark.parametrize("brief", [INSTAGRAM, GREEK], ids=lambda one: one.language)
@pytest.mark.parametrize("seed", range(6))
def test_a_random_model_leaves_no_letter_in_part(engine: LocalEngine, brief: Brief, seed: int) -> None:
    guard = Guard(brief, find(brief.format))
    request = Request((5, 6, 7), 2, 60, Sampling(temperature=1.0, seed=seed), guard=guard)

    texts = [text for text, _ in tiny.texts(engine.submit(request)).values()]

    assert not any(BROKEN in text for text in texts), texts
    assert any(not text.isascii() for text in texts) or seed, "some seed writes letters of several tokens"


def guarding(brief: Brief = INSTAGRAM) -> tuple[Guarding, list[int], Vocabulary]:
    tokenizer = tiny.tokenizer()
    vocabulary = Vocabulary(tokenizer, len(tokenizer), frozenset({tokenizer.eos_token_id}), torch.device("cpu"))
    ready = plan(Guard(brief, find(brief.format)), tokenizer)
    return Guarding(ready, vocabulary, 200), tokenizer.encode("Bread 🥖", add_special_tokens=False), vocabulary


def test_what_has_begun_goes_on_and_nothing_else() -> None:
    guard, tokens, vocabulary = guarding()
    for token in tokens[:-2]:
        guard.add(token)
    logits = torch.zeros(len(vocabulary.texts))

    assert guard.steer(logits) is None

    allowed = [at for at, value in enumerate(logits) if value == 0]
    assert tokens[-2] in allowed
    assert all(BROKEN in vocabulary.texts[at] for at in allowed)
    assert guard.accept(tokens[-2]) == tokens[-2]
    assert guard.accept(tokens[-4]) is None, "it would begin another letter in the midst of this one"


def test_an_emoji_counts_once_however_many_tokens_it_takes() -> None:
    most = find("instagram").emoji
    guard, _, vocabulary = guarding()
    emojis = tiny.tokenizer().encode("🥖", add_special_tokens=False)
    assert len(emojis) > 1
    for number in range(most):
        logits = torch.zeros(len(vocabulary.texts))
        guard.steer(logits)
        assert logits[emojis[0]] == 0, f"there is room for {most}, and {number} stand there"
        for token in emojis:
            guard.add(token)

    logits = torch.zeros(len(vocabulary.texts))
    guard.steer(logits)
    assert logits[emojis[0]] == float("-inf")
    assert len(emoji(vocabulary.read(emojis * most))) == most


def test_a_broken_letter_is_a_fault_unless_the_brief_has_it() -> None:
    assert placeholder("Fresh bread 🥖�ppers.", INSTAGRAM)
    assert not placeholder("Fresh bread 🥖", INSTAGRAM)
    assert not placeholder("Fresh � bread", Brief("post about the letter � for Brewline", "instagram"))


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("jobs@loxleybread.example", "Write to jobs@loxleybread.example"),
        ("girder.example/report", "More at girder.example/report"),
        ("01632 960733", "Call 01632 960733"),
        ("free swab kit", "Free swab kit"),
    ],
)
def test_a_sentence_that_an_address_begins_leads_to_it(phrase: str, said: str) -> None:
    """Alone, behind a full stop, the address of a brief was no sentence: 'Four nights on. jobs@loxley.example.'"""
    tokenizer = tiny.tokenizer()
    for language, expected in (("en", said), ("de", phrase[:1].upper() + phrase[1:] if " kit" in phrase else phrase)):
        brief = Brief("post for Brewline", "facebook", must_say=(phrase,), language=language)
        found = plan(Guard(brief, find("facebook")), tokenizer).phrases[0]
        assert tokenizer.decode(found.opening).strip() == expected
