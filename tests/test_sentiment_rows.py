"""Texts become rows of tokens as the tokenizer itself would frame them, and none is lost on the way."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, processors

from model.sentiment_rows import OVERLAP, WASTE, Row, batches, frame_of, windows
from tests import tiny


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tiny.encoder(tmp_path_factory.mktemp("encoder"))
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


@pytest.fixture
def roberta() -> Any:
    """Two marks between a text and its pair, and one type."""
    words = {word: number for number, word in enumerate(["<s>", "</s>", "<unk>", "bread", "rain"])}
    made = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 1)]
    )
    return made


def row(length: int) -> Row:
    return Row(list(range(length)), [0] * length, asks=False)


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_a_row_is_what_the_tokenizer_makes(kind: str, request: pytest.FixtureRequest) -> None:
    tokenizer = request.getfixturevalue(kind)
    frame = frame_of(tokenizer)
    text, aspect = (tokenizer.encode(one, add_special_tokens=False).ids for one in ("bread", "rain"))

    alone, pair = frame.row(text), frame.row(text, aspect)

    assert (alone.tokens, alone.asks) == (tokenizer.encode("bread").ids, False)
    assert (pair.tokens, pair.asks) == (tokenizer.encode("bread", "rain").ids, True)
    assert pair.types == tokenizer.encode("bread", "rain").type_ids


def test_room_is_what_a_row_leaves(bert: Any) -> None:
    frame = frame_of(bert)

    assert len(frame.row([7] * frame.room(20)).tokens) == 20
    assert len(frame.row([7] * frame.room(20, [8, 9]), [8, 9]).tokens) == 20


@given(st.integers(0, 2000), st.integers(1, 300))
def test_windows_hold_every_token_in_order_and_share_some(length: int, room: int) -> None:
    tokens = list(range(length))

    found = windows(tokens, room)

    assert {token for one in found for token in one} == set(tokens)
    assert all(one == tokens[one[0] : one[0] + len(one)] for one in found if one)
    assert all(len(one) == min(length, room) for one in found)
    if room > OVERLAP:
        assert all(one[-1] - two[0] + 1 >= OVERLAP for one, two in pairwise(found))


@given(st.lists(st.integers(1, 256), max_size=200), st.integers(256, 4096))
def test_batches_hold_every_row_once_with_little_padding(lengths: list[int], limit: int) -> None:
    rows = [row(length) for length in lengths]

    found = list(batches(rows, limit))

    assert sorted(at for batch in found for at in batch) == list(range(len(rows)))
    for batch in found:
        longest = max(lengths[at] for at in batch)
        assert longest * len(batch) <= limit
        assert longest * len(batch) - sum(lengths[at] for at in batch) <= limit // WASTE
