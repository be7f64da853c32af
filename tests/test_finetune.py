"""A fine-tuning is TRL's own, only faster; it learns what was liked, or says why it came to nothing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import Dataset
from peft import LoraConfig
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import AutoTokenizer
from trl.trainer.kto_config import KTOConfig
from trl.trainer.kto_trainer import KTOTrainer

from model.engine import LocalEngine
from model.finetune import ALPHA, RANK, FitError, Job, rate_for
from model.fitting import base_model, fit, read_material, require_learning
from model.fitting_blocks import Plan
from model.fitting_checkpoints import Partial
from model.fitting_events import Progress
from model.fitting_trainer import Fitter, settings
from model.half_weights import can_multiply_bfloat16
from model.stacking import merge
from tests import tiny
from tests.tiny_job import DISLIKED, LIKED, job, lesson

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")  # TRL and transformers speak of each other's old names
LOSSES = ("kto", "apo_zero_unpaired")


@pytest.fixture(autouse=True)
def trl_stays_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """TRL's own trainer reports each time it is made, except under CI; its bars are not wanted."""
    monkeypatch.setenv("CI", "1")
    monkeypatch.setenv("TQDM_DISABLE", "1")


def silent(*_: object, **__: object) -> None:
    """Tell nothing."""


def fitter_of(made: Job) -> Any:
    partial = Partial(made)
    partial.open()
    tokenizer: Any = AutoTokenizer.from_pretrained(made.base)
    material = read_material(made, tokenizer)
    plan = Plan(material.learnt, made)
    return Fitter(base_model(made, "cpu"), tokenizer, material, plan, made, partial, Progress(silent, plan.work))


def trls_own(made: Job, ordered: list[int], output: Path) -> KTOTrainer:
    """TRL's trainer as it comes, on the same lessons as text, in that order, over the same base."""
    tokenizer: Any = AutoTokenizer.from_pretrained(made.base)
    lessons = [lesson(number) for number in ordered]
    chats = [list(one.prompt) for one in lessons]
    asked = [tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True) for chat in chats]
    told = [
        {"prompt": text, "completion": one.completion, "label": one.label}
        for text, one in zip(asked, lessons, strict=True)
    ]
    material = read_material(made, tokenizer)
    same = ("learning_rate", "lr_scheduler_type", "warmup_steps", "loss_type", "beta", "seed", "max_grad_norm")
    ours = settings(made, material.learnt, output)
    config = KTOConfig(
        output_dir=str(output),
        per_device_train_batch_size=made.batch,
        num_train_epochs=1,
        use_cpu=True,
        bf16=False,
        save_strategy="no",
        report_to="none",
        dataloader_pin_memory=False,
        **{name: getattr(ours, name) for name in same},
    )
    lora = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules="all-linear", task_type="CAUSAL_LM")
    model = base_model(made, "cpu")
    return KTOTrainer(
        model, args=config, train_dataset=Dataset.from_list(told), processing_class=tokenizer, peft_config=lora
    )


def learnt(trainer: Any) -> dict[str, torch.Tensor]:
    return {name: one.detach() for name, one in trainer.model.named_parameters() if one.requires_grad}


class Scored(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Notes for how many tokens the whole vocabulary is scored, in each multiplication."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.vocabulary = vocabulary
        self.tokens: list[int] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func is torch.ops.aten.mm.out and args[1].shape[1] == self.vocabulary:
            self.tokens.append(args[0].shape[0])
        return func(*args, **(kwargs or {}))


def test_only_the_texts_tokens_are_scored(tmp_path: Path) -> None:
    ours = fitter_of(job(tmp_path, loss="apo_zero_unpaired"))
    batch = next(iter(ours.get_train_dataloader()))

    with Scored(300) as scored:
        ours.compute_loss(ours.model, batch)

    assert scored.tokens == [int(batch["completion_mask"].sum())]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("at_once", [1, 200, 10_000])
def test_an_epoch_ends_in_the_weights_that_trls_own_trainer_ends_in(tmp_path: Path, at_once: int, loss: Any) -> None:
    """To rounding, from text to weights: so the loss, its KL, the reference and the gradients are TRL's.

    However few tokens go at once: each lesson alone, its activations computed twice; some together; whole blocks.
    """
    made = job(tmp_path, loss=loss, epochs=1, at_once=at_once, exact=True)
    ours = fitter_of(made)
    theirs = trls_own(made, [at for block in ours.plan.laps for at in block], tmp_path / "trl")

    ours.train()
    theirs.train()

    before, after = learnt(theirs), learnt(ours)
    assert ours.args.gradient_checkpointing == (at_once == 1)
    assert before.keys() == after.keys()
    worst = max(float((before[name] - after[name]).abs().max()) for name in before)
    moved = max(float(one.abs().max()) for name, one in after.items() if "lora_B" in name)
    assert worst < 1e-4 < 0.01 < moved


@pytest.mark.parametrize("exact", [True, False])
def test_it_multiplies_in_bfloat16_where_the_cpu_can_unless_told_otherwise(tmp_path: Path, exact: bool) -> None:
    made = job(tmp_path, loss="kto", exact=exact)
    found = settings(made, read_material(made, AutoTokenizer.from_pretrained(made.base)).learnt, tmp_path / "out")

    assert found.bf16 is (not exact and can_multiply_bfloat16())


def test_the_houses_lessons_are_replayed_as_plain_text(tmp_path: Path) -> None:
    """What is added to the loss is their mean cross-entropy, as transformers has it, times its weight."""
    lessons = [
        *(lesson(number) for number in range(8)),
        *(lesson(number, source="house") for number in range(0, 16, 2)),
    ]
    ours = fitter_of(job(tmp_path, lessons, replay=0.5, at_once=100))
    batch = next(iter(ours.get_train_dataloader()))
    columns = [{"prompt_ids": list(row.prompt), "completion_ids": list(row.text), "label": True} for row in ours.house]
    house = ours.data_collator(columns[:4])
    labels = house["input_ids"].masked_fill(house["completion_mask"] == 0, -100)
    with torch.no_grad():
        expected = ours.model(input_ids=house["input_ids"], attention_mask=house["attention_mask"], labels=labels).loss

    ours.current_gradient_accumulation_steps = 1  # set by `train` before the first step
    both = ours.training_step(ours.model, batch)
    ours.house = []
    alone = ours.training_step(ours.model, batch)

    assert len(ours.train_dataset) == 8, "they are no votes"
    assert float(both - alone) == pytest.approx(0.5 * float(expected), rel=1e-5)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Job, dict[str, Any]]:
    made = job(tmp_path_factory.mktemp("fitted"))
    return made, fit(made, silent)


def test_what_was_liked_becomes_likelier_and_what_was_not_less_likely(fitted: tuple[Job, dict[str, Any]]) -> None:
    made, _ = fitted
    engine_model = tiny.llama(context=512)
    tokenizer = tiny.tokenizer()

    def score(model: Any, text: str) -> float:
        prompt = tokenizer.apply_chat_template(list(lesson(0).prompt), tokenize=False, add_generation_prompt=True)
        start, tokens = len(tokenizer.encode(prompt)), torch.tensor([tokenizer.encode(prompt + text)])
        with torch.inference_mode():
            logits = model(input_ids=tokens).logits.log_softmax(-1)[0, start - 1 : -1]
        return float(logits.gather(1, tokens[0, start:, None]).sum())

    before = base_model(made, "cpu")
    merge(engine_model, made.out)

    assert score(engine_model, LIKED) > score(before, LIKED) + 1
    assert score(engine_model, DISLIKED) < score(before, DISLIKED) - 1


def test_the_engine_serves_what_came_out(fitted: tuple[Job, dict[str, Any]]) -> None:
    made, figures = fitted
    engine = LocalEngine(tiny.llama(context=512), tiny.tokenizer(), name="tiny", slots=1)
    try:
        engine.load_adapter("v0001", made.out)
        assert engine.adapters() == ("v0001",)
    finally:
        engine.close()
    config = json.loads((made.out / "adapter_config.json").read_text("utf-8"))
    assert config["r"] == 16 + 4, "the start's ranks are in it"
    assert not made.partial.exists()
    assert figures["epochs"] == 3
    assert figures["examples_per_second"] > 0
    assert figures["peak_mib"] > 100


def test_a_job_that_is_done_is_not_done_again(fitted: tuple[Job, dict[str, Any]]) -> None:
    made, figures = fitted
    before = (made.out / "adapter_model.safetensors").stat()

    assert fit(made, silent) == figures
    assert (made.out / "adapter_model.safetensors").stat() == before


def test_a_job_that_names_no_rate_takes_the_one_for_its_models_size(tmp_path: Path) -> None:
    figures = fit(job(tmp_path, rate=None, epochs=1), silent)

    assert figures["rate"] == rate_for(tiny.llama().num_parameters())


def test_weights_that_did_not_change_are_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FitError, match="changed no weight"):
        fit(job(tmp_path, rate=0.0), silent)
    assert not (tmp_path / "out").exists()


def test_a_loss_that_blows_up_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(FitError, match="lower rate than"):
        fit(job(tmp_path, rate=1e30), silent)
    assert not (tmp_path / "out").exists()


def test_a_model_in_which_nothing_can_learn_is_a_failure() -> None:
    with pytest.raises(FitError, match="No weight of the model is free to learn"):
        require_learning(tiny.llama())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"longest": 3}, "Only 0 of 24 lessons have room in 3 tokens"),
        ({"lessons": Path("nowhere.jsonl")}, "The lessons in 'nowhere.jsonl' can't be read"),
        ({"base": Path("nowhere")}, "The model in 'nowhere' can't be loaded"),
        ({"start": Path("nowhere")}, "nowhere"),
        ({"device": "cuda:7"}, "The device 'cuda' is not available here"),
    ],
)
def test_what_it_cannot_begin_with_is_said(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(FitError, match=says):
        fit(replace(job(tmp_path), **changes), silent)
