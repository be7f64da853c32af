"""Lessons become the tokens that serving sends, and learn together in blocks that are good for them."""

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import AutoModelForCausalLM, AutoTokenizer

from model.fetch import fetch_embedded
from model.fitting_blocks import blocks, laps, mismatched, weights
from model.fitting_rows import Row, end_of_turn, rows
from model.generation import Request
from model.intake import Intake
from model.weights import end_tokens
from tests import tiny
from tests.tiny_job import lesson


def row(prompt: int, length: int, label: bool = True) -> Row:
    return Row((prompt,), tuple(range(length)), label)


def test_the_prompt_is_what_serving_sends_and_the_text_ends_its_turn() -> None:
    tokenizer, wanted = tiny.tokenizer(), lesson(1)
    intake = Intake(tokenizer, capacity=512, vocabulary=300, ends=frozenset(), device=torch.device("cpu"))

    found = rows(tokenizer, [wanted], longest=512)[0]

    assert list(found.prompt) == intake.tokens(Request(wanted.prompt))
    assert tokenizer.decode(found.text) == f"{wanted.completion}{tiny.EOS}"


@pytest.mark.slow
def test_smollm2s_prompt_is_what_serving_sends_and_its_text_ends_its_turn(embedded_data: Path) -> None:
    folder = fetch_embedded(embedded_data)
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    model: Any = AutoModelForCausalLM.from_pretrained(folder)
    ends, wanted = end_tokens(model, tokenizer), lesson(1)
    intake = Intake(tokenizer, capacity=512, vocabulary=49152, ends=ends, device=torch.device("cpu"))

    found = rows(tokenizer, [wanted], longest=512)[0]

    assert list(found.prompt) == intake.tokens(Request(wanted.prompt))
    assert tokenizer.decode(found.text) == f"{wanted.completion}<|im_end|>"
    assert found.text[-1] in ends


def test_a_turn_ends_as_the_template_ends_it_not_as_a_document_does() -> None:
    tokenizer = tiny.tokenizer()
    tokenizer.add_special_tokens({"additional_special_tokens": ["<end_of_turn>"]})
    tokenizer.chat_template = tiny.TEMPLATE.replace("<|im_end|>", "<end_of_turn>")

    assert end_of_turn(tokenizer) == tokenizer.convert_tokens_to_ids("<end_of_turn>") != tokenizer.eos_token_id


def test_a_lesson_without_room_is_left_out_not_cut() -> None:
    short, long = lesson(0), lesson(1, completion="Fresh bread. " * 40)
    whole = rows(tiny.tokenizer(), [short, long], longest=10_000)

    found = rows(tiny.tokenizer(), [short, long], longest=whole[1].length - 1)

    assert found == whole[:1]


@given(st.lists(st.integers(1, 400), min_size=2, max_size=90), st.integers(1, 12), st.integers(0, 3))
def test_blocks_hold_every_row_once_and_never_one_alone(lengths: list[int], size: int, seed: int) -> None:
    made = [row(number, length) for number, length in enumerate(lengths)]

    found = blocks(made, size, seed)

    assert sorted(at for block in found for at in block) == list(range(len(made)))
    sizes = {len(block) for block in found}
    assert min(sizes) >= 2
    assert max(sizes) - min(sizes) <= 1


def test_blocks_are_of_like_length() -> None:
    made = [row(number, 10 if number % 2 else 300) for number in range(32)]

    padded = sum(len(block) * max(made[at].length for at in block) for block in blocks(made, 8, 0))

    assert padded == sum(one.length for one in made)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=12))
def test_no_text_is_paired_with_its_own_prompt_where_another_is_there(prompts: list[int]) -> None:
    made, block = [row(prompt, 5) for prompt in prompts], list(range(len(prompts)))

    others = mismatched(made, block)

    assert sorted(others) == block, "the same texts, answering other prompts"
    same = sum(prompts[one] == prompts[other] for one, other in zip(block, others, strict=True))
    if len(set(prompts)) == len(prompts):
        assert same == 0
        assert others == [block[-1], *block[:-1]], "turned by one, as TRL does"
    assert same <= sum(a == b for a, b in zip(prompts, [prompts[-1], *prompts[:-1]], strict=True))


def test_an_edit_and_its_original_do_not_answer_for_each_other() -> None:
    made = [row(0, 5), row(0, 6, label=False), row(1, 5), row(1, 6, label=False)]

    others = mismatched(made, [0, 1, 2, 3])

    assert all(made[one].prompt != made[other].prompt for one, other in enumerate(others))


def test_every_epoch_has_all_blocks_in_another_order() -> None:
    made = [[number] for number in range(12)]

    found = laps(made, 3, seed=0)

    epochs = [found[start : start + 12] for start in (0, 12, 24)]
    assert all(sorted(epoch) == made for epoch in epochs)
    assert len({str(epoch) for epoch in epochs}) == 3
    assert found == laps(made, 3, seed=0)
    assert len(laps(made, 1, seed=0, processes=5)) == 15, "each process has as many"


@given(st.integers(1, 500), st.integers(1, 500))
def test_both_kinds_weigh_about_the_same(up: int, down: int) -> None:
    liked, disliked = weights(up, down)

    assert 1 - 1e-9 <= liked * up / (disliked * down) <= 4 / 3 + 1e-9


def test_a_kind_that_is_missing_changes_no_weight() -> None:
    assert weights(0, 9) == weights(9, 0) == (1.0, 1.0)
