"""A candidate is measured beside the incumbent: what it writes, what it makes of given texts, how far it has moved."""

import math
import shutil
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

from model import adapters
from model.audition import audition, distinct
from model.evidence import Job
from model.fingerprint import fingerprint
from model.gate import Evidence, judge
from model.generation import Message
from model.integrity import integrity
from model.lessons import to_jsonl
from model.lora import Adapted
from model.measuring import measure
from model.scoring import Scorer, drift, perplexities
from model.suite import read
from tests import published, tiny, tiny_job
from tests.fake_engine import FakeEngine

GENERAL = "Fresh bread every morning, and a jacket for rain and wind. " * 8
CHAT: tuple[Message, ...] = ({"role": "user", "content": "bread"},)
BRIEFS = """\
{"format": "slogan", "brief": "slogan for a bakery"}
{"format": "push", "brief": "push about bread"}
{"format": "push", "groups": ["men", "women"], "brief": "bread for {group}"}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model, the house's adapter and two candidates, lessons, and a small suite."""
    root = tmp_path_factory.mktemp("evidence")
    tiny.llama(context=1024).save_pretrained(root / "tiny")
    tiny.tokenizer().save_pretrained(root / "tiny")
    for seed, name in enumerate(("house", "one", "other")):
        tiny.adapter(root / name, seed=seed)
    to_jsonl([tiny_job.lesson(number) for number in range(12)], root / "held.jsonl")
    (root / "suite.jsonl").write_text(BRIEFS, "utf-8")
    (root / "general.txt").write_text(GENERAL, "utf-8")
    return root


def job(root: Path, candidate: str = "one", **changes: Any) -> Job:
    made = Job(
        base=root / "tiny",
        start=root / "house",
        incumbent="house",
        incumbent_folder=root / "house",
        candidate=candidate,
        candidate_folder=root / candidate,
        held=root / "held.jsonl",
        out=root / "evidence.json",
        seed=5,
        seconds=600.0,
        device="cpu",
        suite=root / "suite.jsonl",
        general=root / "general.txt",
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def found(root: Path) -> Evidence:
    return measure(job(root))


@pytest.fixture(scope="module")
def same(root: Path) -> Evidence:
    """The incumbent as its own candidate."""
    return measure(job(root, "house", start=None))


def scorer(root: Path, *names: str) -> Scorer:
    model = tiny.llama(context=1024)
    adapted = Adapted(model, "tiny")
    return Scorer(model, tiny.tokenizer(), adapted, [adapted.load(root / name) if name else None for name in names])


def logs_of(root: Path, name: str, tokens: Sequence[int]) -> torch.Tensor:
    """Log-probabilities after each token, as transformers and peft have them."""
    model = tiny.llama(context=1024)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
        whole = PeftModel.from_pretrained(model, str(root / name)).eval() if name else model
    with torch.inference_mode():
        found: torch.Tensor = whole(input_ids=torch.tensor([list(tokens)])).logits[0].log_softmax(dim=1)
    return found


# Given texts


@pytest.mark.parametrize("completion", ["Fresh bread, made to last.", "bread " * 40, ""])
def test_a_completion_is_worth_what_transformers_and_peft_say(root: Path, completion: str) -> None:
    tokenizer = tiny.tokenizer()
    asked = tokenizer.apply_chat_template(list(CHAT), tokenize=False, add_generation_prompt=True)
    before = tokenizer.encode(asked, add_special_tokens=False)
    answer = tokenizer.encode(completion + tiny.EOS, add_special_tokens=False)

    scored = scorer(root, "", "house", "one").lesson(CHAT, completion)

    assert scored is not None
    assert scored[0] == len(answer)
    for name, mine in zip(("", "house", "one"), scored[1], strict=True):
        logs = logs_of(root, name, [*before, *answer])
        theirs = sum(float(logs[len(before) + at - 1, token]) for at, token in enumerate(answer))
        assert mine == pytest.approx(theirs, rel=1e-4)


def test_a_lesson_without_room_is_left_out(root: Path) -> None:
    long: tuple[Message, ...] = ({"role": "user", "content": "jacket " * 400},)

    assert scorer(root, "").lesson(long, "bread") is None


def test_general_text_is_read_in_windows(root: Path) -> None:
    tokens = tiny.tokenizer().encode(GENERAL, add_special_tokens=False)
    pieces = [tokens[at : at + 256] for at in range(0, len(tokens), 256)]
    nats = 0.0
    for piece in pieces:
        logs = logs_of(root, "one", piece)
        nats -= sum(float(logs[at, token]) for at, token in enumerate(piece[1:]))

    number, (mine,) = perplexities(scorer(root, "one").general(GENERAL))

    assert number == len(tokens) - len(pieces)
    assert mine == pytest.approx(math.exp(nats / number), rel=1e-4)


def test_the_drift_is_the_divergence_of_whole_distributions(root: Path) -> None:
    tokenizer = tiny.tokenizer()
    asked = tokenizer.apply_chat_template(list(CHAT), tokenize=False, add_generation_prompt=True)
    before = tokenizer.encode(asked, add_special_tokens=False)
    answer = tokenizer.encode("Fresh bread", add_special_tokens=False)
    first, last = (logs_of(root, name, [*before, *answer])[len(before) - 1 : -1] for name in ("house", "one"))

    measured = drift(scorer(root, "house", "one"), [(CHAT, "Fresh bread")])

    assert measured.tokens == len(answer)
    assert measured.kl == pytest.approx(float((first.exp() * (first - last)).sum()) / len(answer), rel=1e-3)
    assert drift(scorer(root, "one", "one"), [(CHAT, "Fresh bread")]).kl == pytest.approx(0, abs=1e-6)


# Written texts


def asked_of(engine: FakeEngine) -> list[str | None]:
    return [request.adapter for request in engine.requests]


def test_each_brief_is_written_once_by_each(root: Path) -> None:
    engine = FakeEngine("Too many, many, many words that stop in the middle of")
    suite = read(root / "suite.jsonl")

    texts = audition(engine, suite, ("house", "one"), taught=True, seed=5, seconds=30)

    assert [(one.brief, one.pair) for one in texts] == [("s01", ""), ("s02", ""), ("s03a", "s03"), ("s03b", "s03")]
    assert sorted(map(str, asked_of(engine))) == ["house"] * 4 + ["one"] * 4
    assert not any(one.candidate.ok for one in texts), "a sample that fails is what is judged, not a second try"
    seeds = {(str(one.prompt), one.sampling.seed) for one in engine.requests}
    assert len(seeds) == 4, "both write a brief with one seed"
    assert {one.n for one in engine.requests} == {1}


def test_twins_may_be_alike_and_others_may_not(root: Path) -> None:
    alone = audition(
        FakeEngine("Bread for all."), read(root / "suite.jsonl")[2:], (None, "one"), taught=False, seed=1, seconds=30
    )
    all_of_them = audition(
        FakeEngine("Bread for all."), read(root / "suite.jsonl"), (None, "one"), taught=False, seed=1, seconds=30
    )

    assert [one.candidate.shared for one in alone] == [0, 0]
    assert {one.candidate.shared for one in all_of_them} == {1}
    assert distinct("Bread for all.") == all_of_them[0].candidate.distinct == 1


def test_what_is_not_written_in_time_is_left_out(root: Path) -> None:
    engine = FakeEngine("Bread for all.")
    engine.released.clear()

    assert audition(engine, read(root / "suite.jsonl"), (None, "one"), taught=False, seed=1, seconds=0.3) == ()


def test_a_brief_that_cannot_be_written_is_missing(root: Path) -> None:
    engine = FakeEngine("Bread.")
    engine.failure = "The model stopped."

    assert audition(engine, read(root / "suite.jsonl"), (None, "one"), taught=False, seed=1, seconds=5) == ()


def test_the_incumbent_beside_itself_writes_the_same(same: Evidence) -> None:
    assert len(same.texts) == same.asked == 4
    assert all(one.incumbent == one.candidate for one in same.texts)


# Files


def test_what_a_candidate_adds_is_measured_beyond_where_it_began(root: Path) -> None:
    one, house = (load_file(root / name / "adapter_model.safetensors") for name in ("one", "house"))

    def added(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        ups = [name for name in tensors if name.endswith("lora_B.weight")]
        return {up: tensors[up] @ tensors[up.replace("lora_B", "lora_A")] * 8 / 4 for up in ups}

    mine, theirs = added(one), added(house)
    change = math.sqrt(sum(float(((mine[name] - theirs[name]) ** 2).sum()) for name in mine))
    size = math.sqrt(sum(float((one**2).sum()) for one in mine.values()))

    measured = integrity(root / "one", base=root / "tiny", start=root / "house")

    assert (measured.fault, measured.bad, measured.tensors) == ("", 0, len(one))
    assert measured.change == pytest.approx(change, rel=1e-5)
    assert measured.size == pytest.approx(size, rel=1e-5)
    assert integrity(root / "one", base=root / "tiny", start=None).change == pytest.approx(size, rel=1e-5)


def test_a_fit_that_changed_nothing_is_refused(root: Path) -> None:
    measured = measure(job(root, "house", candidate_folder=root / "house"))

    assert [(one.gate, one.ok) for one in judge(measured)] == [("G0", False)]
    assert "changed nothing" in judge(measured)[0].reason


def broken(root: Path, to: Path, value: float) -> Path:
    to.mkdir()
    tensors = load_file(root / "one" / "adapter_model.safetensors")
    next(iter(tensors.values()))[0, 0] = value
    save_file(tensors, to / "adapter_model.safetensors", {"format": "pt"})
    (to / "adapter_config.json").write_text((root / "one" / "adapter_config.json").read_text("utf-8"), "utf-8")
    return to


def test_numbers_that_are_not_finite_are_counted(root: Path, tmp_path: Path) -> None:
    measured = measure(job(root, candidate_folder=broken(root, tmp_path / "broken", math.nan)))

    assert measured.integrity.bad == 1
    assert measured.texts == ()


def test_an_adapter_for_another_model_is_refused_in_a_sentence(root: Path, tmp_path: Path) -> None:
    wide = tiny.adapter(tmp_path / "wide", seed=1, width=64)

    gates = judge(measure(job(root, candidate_folder=wide)))

    assert [(one.gate, one.ok) for one in gates] == [("G0", False)]
    assert "doesn't fit" in gates[0].reason


def test_a_cut_file_is_refused_in_a_sentence(root: Path, tmp_path: Path) -> None:
    cut = broken(root, tmp_path / "cut", 1.0) / "adapter_model.safetensors"
    cut.write_bytes(cut.read_bytes()[:-9])

    assert "are declared" in measure(job(root, candidate_folder=cut.parent)).integrity.fault


def test_a_published_candidate_is_held_against_its_manifest(root: Path, tmp_path: Path) -> None:
    made = shutil.copytree(root / "one", tmp_path / "made")
    name = published.publish(tmp_path, fingerprint(root / "tiny"), made)
    version = adapters.folder(tmp_path, name)
    assert integrity(version, base=root / "tiny", start=None).fault == ""

    weights = version / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")

    assert "corrupt" in integrity(version, base=root / "tiny", start=None).fault


# The whole


def test_the_incumbent_as_its_own_candidate_is_no_worse_and_no_better(same: Evidence) -> None:
    assert same.perplexity.candidate == same.perplexity.incumbent
    assert all(one.candidate == pytest.approx(one.incumbent, abs=1e-3) for one in same.scores)
    assert {one.gate: one.ok for one in judge(same)}["G2"] is False
    assert "0.50" in judge(same)[-1].reason


def test_everything_is_measured_of_another_candidate(found: Evidence) -> None:
    assert found.perplexity.candidate != found.perplexity.incumbent == found.perplexity.base
    assert found.drift.kl > 0.05
    assert len(found.scores) == 12
    assert sum(one.liked for one in found.scores) == 6
    assert {one.user for one in found.scores} == {"U0", "U1", "U2"}
    assert len({one.brief for one in found.scores}) == 12
    assert (found.left_out, found.asked) == (0, 4)
    assert found.seconds > 0
