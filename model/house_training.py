"""Fits the house adapter: the embedded model, fine-tuned on the house's own examples; also a program."""

import argparse
import json
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
from model.words import says

HELD_OUT_EVERY = 10
LONGEST = 1300
RANK, SCALE = 16, 32
BATCH_TOKENS = 1600
WARM_UP_STEPS = 20
MUST_SAY_SHARE = 0.4
NEVER_SAY_SHARE = 0.15
TONE_SHARE = 0.5
_LAST_WORDS = re.compile(r"[.,;]\s+([A-Za-z][a-z]+(?:,? [a-z-]+){0,3})\W*$")
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


def tone_apart(example: Example, random_: random.Random) -> tuple[str, str]:
    """The brief, and the tone with which it ends where it does: a few last words that the copy doesn't repeat."""
    found = _LAST_WORDS.search(example.brief)
    if not found or random_.random() >= TONE_SHARE or any(says(example.copy, word) for word in found[1].split()):
        return example.brief, ""
    return example.brief[: found.start()], found[1]


def word_in_neither(example: Example, others: Sequence[str], random_: random.Random) -> tuple[str, ...]:
    """A word that the copy keeps away from, so that "never say" is known."""
    if random_.random() >= NEVER_SAY_SHARE:
        return ()
    word = random_.choice(others)
    return () if says(f"{example.brief} {example.copy}", word) else (word,)


def lesson(
    tokenizer: Any,
    name: str,
    example: Example,
    must_say: tuple[str, ...] = (),
    never_say: tuple[str, ...] = (),
    tone: str = "",
) -> Lesson:
    """The chat that asks for the example's copy, and the copy with its end token, as token ids."""
    brief = Brief(example.brief, name, tone=tone, must_say=must_say, must_not_say=never_say)
    chat = messages(brief, FORMATS[name], taught=True)
    asked = tokenizer.apply_chat_template(list(chat), tokenize=False, add_generation_prompt=True)
    prompt = tokenizer(asked, add_special_tokens=False)["input_ids"]
    copy = tokenizer(f"{example.copy}{tokenizer.eos_token}", add_special_tokens=False)["input_ids"]
    return Lesson((*prompt, *copy), len(prompt))


def fit(base: Path, out: Path, *, epochs: int, rate: float, seed: int, bfloat16: bool = False) -> None:
    """Fine-tune a LoRA adapter on the lessons and save it in half precision; prints a line every 5 steps.

    `bfloat16` multiplies in half precision, which takes 0.6 of the time where the CPU has AVX512-BF16.
    Lessons over LONGEST tokens are left out: cut copy would teach to stop in the middle.
    """
    import torch

    torch.manual_seed(seed)
    order = random.Random(seed)
    tokenizer, model = _load(base)
    quick = torch.autocast("cpu", torch.bfloat16, enabled=bfloat16)
    optimizer = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=rate, weight_decay=0.0)
    held = _short([lesson(tokenizer, name, one) for name, one in split(held_out=True)])
    started, step = time.monotonic(), 0
    for epoch in range(epochs):
        groups = list(batches(_short(_taught(tokenizer, order)), order))
        order.shuffle(groups)
        steps = epochs * len(groups)
        for batch in groups:
            for group in optimizer.param_groups:
                group["lr"] = rate * share_of_rate(step, steps)
            with quick:
                loss = loss_of(model, batch)
            _step(model, optimizer, loss)
            step += 1
            if step % 5 == 0:
                _say(f"step {step}/{steps} loss {loss.item():.3f} {time.monotonic() - started:.0f} s")
        save(model, out)
        with quick:
            _say(f"epoch {epoch + 1} held-out loss {held_out_loss(model, held):.4f}")


def batches(lessons: Sequence[Lesson], order: random.Random) -> Iterator[list[Lesson]]:
    """Batches of lessons of like length, each of at most BATCH_TOKENS with its padding."""
    batch: list[Lesson] = []
    for one in sorted(lessons, key=lambda one: len(one.tokens) + order.random() * 20):
        width = max((len(other.tokens) for other in (*batch, one)), default=0)
        if batch and width * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


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


def _taught(tokenizer: Any, order: random.Random) -> list[Lesson]:
    """One epoch's lessons: the same examples, asked for with other phrases each time."""
    found = list(split(held_out=False))
    vocabulary = sorted({word for _, one in found for word in re.findall("[a-z]{4,}", one.copy)})
    lessons = []
    for name, one in found:
        product, tone = tone_apart(one, order)
        asked = Example(product, one.copy)
        must_say, never_say = phrase_in_both(asked, order), word_in_neither(asked, vocabulary, order)
        lessons.append(lesson(tokenizer, name, asked, must_say, never_say, tone))
    return lessons


def _load(base: Path) -> tuple[Any, Any]:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    config = LoraConfig(r=RANK, lora_alpha=SCALE, target_modules="all-linear", task_type="CAUSAL_LM")
    model: Any = AutoModelForCausalLM.from_pretrained(base, dtype="float32", local_files_only=True)
    return AutoTokenizer.from_pretrained(base, local_files_only=True), get_peft_model(model, config)


def _short(lessons: Sequence[Lesson]) -> list[Lesson]:
    return [one for one in lessons if len(one.tokens) <= LONGEST]


def share_of_rate(step: int, steps: int) -> float:
    """The rate's share at a step: up to 1 in a line, held for the first half, then down to 0 in a line."""
    return min(1.0, (step + 1) / WARM_UP_STEPS, 2 * (steps - step) / steps)


def _step(model: Any, optimizer: Any, loss: Any) -> None:
    import torch

    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def held_out_loss(model: Any, held: Sequence[Lesson]) -> float:
    """Mean loss over the held-out examples, batch by batch."""
    import torch

    with torch.inference_mode():
        losses = [loss_of(model, batch).item() for batch in batches(held, random.Random(0))]
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
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--bfloat16", action="store_true", help="multiply in bfloat16: faster with AVX512-BF16")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    fit(chosen.base, chosen.out, epochs=chosen.epochs, rate=chosen.rate, seed=chosen.seed, bfloat16=chosen.bfloat16)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
