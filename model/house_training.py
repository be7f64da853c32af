"""Fits the house adapter: the embedded model, fine-tuned on the house's own examples; also a program."""

import argparse
import json
import math
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.brief import Brief
from model.formats import FORMATS
from model.house_examples import Example, examples
from model.prompts import messages

HELD_OUT_EVERY = 10
LONGEST = 320
RANK, SCALE = 16, 32
BATCH = 8
WARM_UP_STEPS = 20
MUST_SAY_SHARE = 0.3
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Lesson:
    """One example as tokens; `start` is where the copy begins, and only the copy is learnt."""

    tokens: tuple[int, ...]
    start: int


def split(held_out: bool) -> Iterator[tuple[str, Example]]:
    """The examples of every format, by name: every tenth is held out and never learnt."""
    for name in FORMATS:
        for number, example in enumerate(examples(name)):
            if (number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1) == held_out:
                yield name, example


def phrase_in_both(example: Example, random_: random.Random) -> tuple[str, ...]:
    """A few words of the brief that the copy says too, so that "must say" is learnt as well."""
    words = re.findall(r"[\w'&%£$€.-]+", example.brief)
    found = [
        phrase
        for length in (4, 3, 2)
        for at in range(len(words) - length + 1)
        if (phrase := " ".join(words[at : at + length])).casefold() in example.copy.casefold()
    ]
    return (random_.choice(found),) if found and random_.random() < MUST_SAY_SHARE else ()


def lesson(tokenizer: Any, name: str, example: Example, must_say: tuple[str, ...]) -> Lesson:
    """The chat that asks for the example's copy, and the copy with its end token, as token ids."""
    brief = Brief(product=example.brief, format=name, must_say=must_say)
    chat = messages(brief, FORMATS[name])
    asked = tokenizer.apply_chat_template(list(chat), tokenize=False, add_generation_prompt=True)
    prompt = tokenizer(asked, add_special_tokens=False)["input_ids"]
    copy = tokenizer(f"{example.copy}{tokenizer.eos_token}", add_special_tokens=False)["input_ids"]
    return Lesson((*prompt, *copy), len(prompt))


def fit(base: Path, out: Path, *, epochs: int, rate: float, seed: int) -> None:
    """Fine-tune a LoRA adapter on the lessons and save it in half precision; prints a line every 5 steps.

    Lessons over LONGEST tokens are left out: cut copy would teach to stop in the middle. About twelve seconds a step
    on two cores, 98 steps an epoch.
    """
    import torch

    torch.manual_seed(seed)
    order = random.Random(seed)
    tokenizer, model = _load(base)
    optimizer = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=rate, weight_decay=0.0)
    held = _short([lesson(tokenizer, name, one, ()) for name, one in split(held_out=True)])
    started, step = time.monotonic(), 0
    for epoch in range(epochs):
        taught = [lesson(tokenizer, name, one, phrase_in_both(one, order)) for name, one in split(held_out=False)]
        lessons = _short(taught)
        steps = epochs * math.ceil(len(lessons) / BATCH)
        for batch in batches(lessons, order):
            for group in optimizer.param_groups:
                group["lr"] = rate * _warm(step) * 0.5 * (1 + math.cos(math.pi * step / steps))
            loss = _step(model, optimizer, batch)
            step += 1
            if step % 5 == 0:
                print(f"step {step}/{steps} loss {loss:.3f} {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
        save(model, out)
        print(f"epoch {epoch + 1} held-out loss {held_out_loss(model, held):.4f}", flush=True)  # noqa: T201


def batches(lessons: Sequence[Lesson], order: random.Random) -> Iterator[list[Lesson]]:
    """Batches of lessons of like length, in a random order: little is padded."""
    ranked = sorted(lessons, key=lambda one: len(one.tokens) + order.random() * 20)
    groups = [ranked[at : at + BATCH] for at in range(0, len(ranked), BATCH)]
    order.shuffle(groups)
    yield from groups


def loss_of(model: Any, batch: Sequence[Lesson]) -> Any:
    """Mean cross-entropy over the copies' tokens; the head is applied to those alone."""
    import torch

    width = min(LONGEST, max(len(one.tokens) for one in batch))
    tokens = torch.zeros(len(batch), width, dtype=torch.long)
    labels = torch.full((len(batch), width), IGNORED)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    for row, one in enumerate(batch):
        cut = torch.tensor(one.tokens[:width])
        tokens[row, : len(cut)], mask[row, : len(cut)] = cut, 1
        labels[row, one.start : len(cut)] = cut[one.start :]
    inner = model.base_model.model
    hidden = inner.model(input_ids=tokens, attention_mask=mask).last_hidden_state[:, :-1]
    wanted = labels[:, 1:]
    counts = wanted != IGNORED
    return torch.nn.functional.cross_entropy(inner.lm_head(hidden[counts]), wanted[counts])


def _load(base: Path) -> tuple[Any, Any]:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    config = LoraConfig(r=RANK, lora_alpha=SCALE, target_modules="all-linear", task_type="CAUSAL_LM")
    model: Any = AutoModelForCausalLM.from_pretrained(base, dtype="float32", local_files_only=True)
    return AutoTokenizer.from_pretrained(base, local_files_only=True), get_peft_model(model, config)


def _short(lessons: Sequence[Lesson]) -> list[Lesson]:
    return [one for one in lessons if len(one.tokens) <= LONGEST]


def _warm(step: int) -> float:
    return min(1.0, (step + 1) / WARM_UP_STEPS)


def _step(model: Any, optimizer: Any, batch: Sequence[Lesson]) -> float:
    import torch

    loss = loss_of(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return float(loss.item())


def held_out_loss(model: Any, held: Sequence[Lesson]) -> float:
    """Mean loss over the held-out examples, batch by batch."""
    import torch

    with torch.inference_mode():
        losses = [loss_of(model, held[at : at + BATCH]).item() for at in range(0, len(held), BATCH)]
    return float(sum(losses) / len(losses))


def save(model: Any, out: Path) -> None:
    """Keep the adapter as float16 safetensors: half the size, and within rounding of what was learnt."""
    import torch
    from safetensors.torch import load_file, save_file

    model.save_pretrained(out)
    weights = out / "adapter_model.safetensors"
    save_file({name: one.to(torch.float16) for name, one in load_file(weights).items()}, weights)
    config = json.loads((out / "adapter_config.json").read_text("utf-8"))
    config["base_model_name_or_path"] = "SmolLM2-135M-Instruct"
    (out / "adapter_config.json").write_text(json.dumps(config, indent=2, sort_keys=True), "utf-8")


def main() -> None:
    """`python -m model.house_training --base data/models/SmolLM2-135M-Instruct --out model/house/adapter`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder of the embedded model")
    parser.add_argument("--out", type=Path, required=True, help="folder for the adapter")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    fit(chosen.base, chosen.out, epochs=chosen.epochs, rate=chosen.rate, seed=chosen.seed)


if __name__ == "__main__":
    main()
