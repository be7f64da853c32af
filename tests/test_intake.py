"""What a request says as tokens: an answer that has begun goes on as if its model had written the beginning."""

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from model.engine import LocalEngine
from model.generation import Message, Request, Sampling
from tests import tiny
from tests.tiny import texts

ASKED: Message = {"role": "user", "content": "bread"}
OPENED = "<|im_start|>user\nbread<|im_end|>\n<|im_start|>assistant\n"
BEGUN = ["Fresh", "Fresh bread ", "# Fresh bread\n\n", "Fresh bread:\n", "Fresh.\n\n## Warm\n\n", ""]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    """Two line ends are one token at the end of a text, and two tokens with text behind, as in SmolLM2's."""
    found = tiny.tokenizer(*["\n\n"] * 100)
    assert len(found.encode("\n\n", add_special_tokens=False)) == 1
    assert len(found.encode("\n\nF", add_special_tokens=False)) == 3
    return found


@pytest.fixture
def engine(tokenizer: Any) -> Iterator[LocalEngine]:
    engine = LocalEngine(tiny.llama(), tokenizer, name="tiny", slots=2)
    yield engine
    engine.close()


@pytest.mark.parametrize("begun", BEGUN)
def test_an_answer_that_has_begun_goes_on_as_one_text(engine: LocalEngine, tokenizer: Any, begun: str) -> None:
    """Read as it would be with text behind: else the model meets a line end that it never wrote like that."""
    prompt = tokenizer.encode(f"{OPENED}{begun}Fresh", add_special_tokens=False)
    behind = len(tokenizer.encode("Fresh", add_special_tokens=False))
    # A space at the end is the next word's in the whole text, and so can't be compared with it.
    whole = tokenizer.encode(OPENED + begun, add_special_tokens=False) if begun[-1:] != "\n" else prompt[:-behind]
    output = tiny.llama().generate(
        torch.tensor([whole]), attention_mask=torch.ones(1, len(whole)), max_new_tokens=12, do_sample=False
    )
    expected = tokenizer.decode(output[0, len(whole) :].tolist(), skip_special_tokens=True).rstrip("\ufffd")

    chat: tuple[Message, ...] = (ASKED, {"role": "assistant", "content": begun})
    written = texts(engine.submit(Request(chat, max_tokens=12, sampling=Sampling(temperature=0))))

    assert written[0][0] == expected
    assert expected


def test_what_a_user_says_last_is_answered_and_not_continued(engine: LocalEngine, tokenizer: Any) -> None:
    def write(*chat: Message) -> str:
        return texts(engine.submit(Request(chat, max_tokens=12, sampling=Sampling(temperature=0))))[0][0]

    assert write(ASKED) == write(ASKED, {"role": "assistant", "content": ""})
    assert write(ASKED) != write(ASKED, {"role": "assistant", "content": "Fresh"})
