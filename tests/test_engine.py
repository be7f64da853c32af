"""Requests join and leave a running batch, and each gets what it would get alone."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.engine import LocalEngine
from model.generation import EngineError, Message, Request, Sampling
from tests import tiny
from tests.tiny import texts

GREEDY = Sampling(temperature=0)
LONG = 60


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny.llama()


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tiny.tokenizer()


@pytest.fixture
def engine(model: Any, tokenizer: Any) -> Iterator[LocalEngine]:
    engine = LocalEngine(model, tokenizer, name="tiny", slots=3, limit=4)
    yield engine
    engine.close()


def alone(model: Any, tokenizer: Any, prompt: tuple[int, ...], tokens: int) -> str:
    """What transformers' own generate writes, one request at a time."""
    output = model.generate(
        torch.tensor([prompt]), attention_mask=torch.ones(1, len(prompt)), max_new_tokens=tokens, do_sample=False
    )
    text: str = tokenizer.decode(output[0, len(prompt) :].tolist(), skip_special_tokens=True)
    return text.rstrip("\ufffd")


PROMPTS = st.lists(st.integers(2, 299), min_size=1, max_size=40).map(tuple)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    requests=st.lists(st.tuples(PROMPTS, st.integers(1, 24)), min_size=1, max_size=4),
    n=st.integers(1, 5),
    shared=PROMPTS,
)
def test_greedy_text_is_what_generate_writes(
    engine: LocalEngine, model: Any, tokenizer: Any, requests: list[tuple[Any, int]], n: int, shared: Any
) -> None:
    """Whatever the lengths, who is beside it, who comes and goes, and what prefix was read before."""
    prompts = [(prompt if index % 2 else (*shared, *prompt), tokens) for index, (prompt, tokens) in enumerate(requests)]

    streams = [engine.submit(Request(prompt, n=n, max_tokens=tokens, sampling=GREEDY)) for prompt, tokens in prompts]

    for stream, (prompt, tokens) in zip(streams, prompts, strict=True):
        expected = alone(model, tokenizer, prompt, tokens)
        assert {text for text, _ in texts(stream).values()} == {expected}


def test_a_chat_is_written_with_the_template(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    chat: tuple[Message, ...] = ({"role": "user", "content": "bread"},)

    written = texts(engine.submit(Request(chat, max_tokens=8, sampling=GREEDY)))

    prompt = tokenizer.encode("<|im_start|>user\nbread<|im_end|>\n<|im_start|>assistant\n")
    assert written[0][0] == alone(model, tokenizer, tuple(prompt), 8)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prompt=PROMPTS, other=PROMPTS, top_p=st.sampled_from([0.3, 0.9, 1.0]), top_k=st.sampled_from([0, 5]))
def test_a_seed_repeats_alone_and_in_company(
    engine: LocalEngine, prompt: Any, other: Any, top_p: float, top_k: int
) -> None:
    sampling = Sampling(temperature=0.9, top_p=top_p, top_k=top_k, repetition_penalty=1.2, seed=7)
    request = Request(prompt, n=2, max_tokens=16, sampling=sampling)

    by_itself = texts(engine.submit(request))
    company = engine.submit(Request(other, n=3, max_tokens=20))
    beside_others = texts(engine.submit(request))
    texts(company)

    assert by_itself == beside_others


def test_sequences_of_one_seed_differ(engine: LocalEngine) -> None:
    request = Request((5, 6, 7), n=3, max_tokens=12, sampling=Sampling(temperature=1.5, top_p=1.0, seed=1))

    written = texts(engine.submit(request))

    assert len({text for text, _ in written.values()}) == 3


def test_each_sequence_is_warmer_than_the_one_before_it(engine: LocalEngine) -> None:
    """The first is written as it would be without, the last as at the temperature that is added up to."""

    def written(temperature: float, spread: float, n: int = 3) -> list[str]:
        sampling = Sampling(temperature=temperature, top_p=1.0, seed=1)
        found = texts(engine.submit(Request((5, 6, 7), n=n, max_tokens=12, sampling=sampling, spread=spread)))
        return [found[at][0] for at in range(n)]

    surest, middle, warmest = written(0.2, 1.8)

    assert surest == written(0.2, 0.0)[0]
    assert middle == written(1.1, 0.0)[1]
    assert warmest == written(2.0, 0.0)[2]
    assert warmest != written(0.2, 0.0)[2]
    assert written(0.0, 1.8) == written(0.0, 0.0)  # the likeliest token stays the likeliest
    assert written(0.2, 1.8, n=1) == [surest]


def test_a_stop_string_ends_the_text_before_it(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    whole = alone(model, tokenizer, (9, 10, 11), 24)
    assert len(whole) > 12, "the tiny model writes enough to cut"

    for start, length in itertools.product(range(3, 9), (1, 2, 4)):
        stop = whole[start : start + length]
        written = texts(engine.submit(Request((9, 10, 11), max_tokens=24, sampling=GREEDY, stop=(stop,))))
        assert written[0] == (whole[: whole.index(stop)], "stop")


def test_a_banned_phrase_never_appears(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    whole = alone(model, tokenizer, (9, 10, 11), 24)
    banned = tuple(whole[start : start + 2].upper() for start in range(2, 10))

    greedy = engine.submit(Request((9, 10, 11), max_tokens=24, sampling=GREEDY, banned=banned))
    sampled = engine.submit(Request((9, 10, 11), n=4, max_tokens=24, sampling=Sampling(seed=3), banned=banned))

    for text, _ in [*texts(greedy).values(), *texts(sampled).values()]:
        assert not any(phrase.casefold() in text.casefold() for phrase in banned)


def test_it_ends_at_the_end_token(engine: LocalEngine, model: Any) -> None:
    """A model that writes nothing else: its end token has the highest logit everywhere."""
    head = model.lm_head.register_forward_hook(lambda _, __, logits: logits.index_fill(-1, torch.tensor([1]), 1e4))

    written = texts(engine.submit(Request((5, 6), n=4, max_tokens=9, sampling=GREEDY)))

    head.remove()
    assert written == dict.fromkeys(range(4), ("", "stop"))


def test_the_end_of_the_context_ends_the_text(engine: LocalEngine) -> None:
    written = list(engine.submit(Request(tuple(range(2, 92)), max_tokens=50, sampling=GREEDY)))

    assert written[-1].finish == "length"


def test_it_says_how_much_room_a_prompt_leaves(engine: LocalEngine) -> None:
    assert [engine.room(tuple(range(2, 2 + length))) for length in (1, 90, 96, 120)] == [95, 6, 0, 0]


def test_a_prompt_without_room_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(EngineError, match=r"too long: 96 tokens, and 95 are allowed"):
        engine.submit(Request(tuple([5] * 96)))

    assert engine.state().queued == 0


@pytest.mark.parametrize(
    "request_",
    [
        Request(()),
        Request((5, 300)),
        Request((5,), n=0),
        Request((5,), max_tokens=0),
        Request((5,), sampling=Sampling(temperature=-1)),
        Request((5,), sampling=Sampling(temperature=float("nan"))),
        Request((5,), sampling=Sampling(top_p=0)),
        Request((5,), sampling=Sampling(top_k=-1)),
        Request((5,), sampling=Sampling(repetition_penalty=0)),
        Request((5,), adapter="none of this name"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(engine: LocalEngine, request_: Request) -> None:
    with pytest.raises(EngineError, match=r"[.;]"):
        engine.submit(request_)


def test_a_cancelled_request_leaves_others_alone(engine: LocalEngine, model: Any, tokenizer: Any) -> None:
    doomed = engine.submit(Request((5, 6, 7), n=2, max_tokens=LONG))
    kept = engine.submit(Request((8, 9), n=2, max_tokens=20, sampling=GREEDY))

    doomed.cancel()

    assert {text for text, _ in texts(kept).values()} == {alone(model, tokenizer, (8, 9), 20)}


def test_the_state_counts_tokens(engine: LocalEngine) -> None:
    texts(engine.submit(Request((5, 6), n=2, max_tokens=5, sampling=GREEDY)))

    state = engine.state()

    assert (state.queued, state.running, state.slots) == (0, 0, 3)
    assert state.tokens_per_second == pytest.approx(1.0)
