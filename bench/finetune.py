"""Examples a second and peak memory of a fine-tuning, beside TRL's trainer with its defaults on the same lessons."""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import results
from bench.results import table
from model.brief import Brief
from model.fetch import fetch_embedded
from model.finetune import ALPHA, RANK, Job, spare_threads, write_job
from model.fitting_share import environment, peak_mib
from model.formats import FORMATS
from model.house_examples import examples
from model.lessons import Lesson, from_jsonl, to_jsonl
from model.prompts import messages

TRL, TRL_FLOAT32, OURS = "TRL's defaults", "TRL's defaults, float32", "Copydesk"
VARIANTS = (OURS, TRL_FLOAT32, TRL)
LONGEST = 1024  # TRL cuts longer ones, so that it would learn fewer tokens
LATE_EPOCHS = 3
TEXT = """# Fine-tuning

{lessons} lessons of {tokens} tokens in all, as long as the house's examples are; {loss}; LoRA of rank 16 over all
linear layers of {model} with the house adapter merged; {threads} thread(s). Each trainer went once through all
lessons in a process of its own, the reference counted, the imports and the model's loading not. On a CPU, seconds are
those that it worked for the process, so that what else runs on the machine counts little. What {late} epochs take
is computed from the two phases measured: Copydesk scores the reference once, TRL anew in every step.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fine-tune in each way, and write finetune.json and finetune.md."""
    options = _options(arguments)
    if options.variant:
        print(json.dumps(_measured(options.variant, options.job)))
        return 0
    results.end_cleanly()
    with tempfile.TemporaryDirectory() as folder:
        job = _job(options, Path(folder))
        found = {}
        for variant in VARIANTS:
            found[variant] = _in_a_process(variant, job, Path(folder))
            results.say(f"{variant}: {found[variant]}")
        _save(found, job, options)
    return 0


def _job(options: argparse.Namespace, folder: Path) -> Job:
    """The same job for all: lessons drawn evenly from all formats, liked and disliked in turns."""
    to_jsonl(_lessons(options.examples, options.seed), folder / "lessons.jsonl")
    return Job(
        base=fetch_embedded(options.data),
        start=results.SHIPPED_ADAPTER,
        lessons=folder / "lessons.jsonl",
        out=folder / "adapter",
        loss=options.loss,
        seed=options.seed,
        threads=options.threads,
        device=options.device,
        epochs=1,
        longest=LONGEST,
    )


def _lessons(count: int, seed: int) -> list[Lesson]:
    draw = random.Random(seed)
    shuffled = {name: draw.sample(examples(name), len(examples(name))) for name in FORMATS}
    ranked = [(name, one) for place in range(count) for name in FORMATS for one in shuffled[name][place : place + 1]]
    chosen = [
        Lesson(
            messages(Brief(one.brief, name), FORMATS[name], taught=True),
            one.copy,
            at % 2 == 0,
            "U0",
            "",
            "",
            name,
            "vote",
        )
        for at, (name, one) in enumerate(ranked[:count])
    ]
    return draw.sample(chosen, len(chosen))


def _in_a_process(variant: str, job: Job, folder: Path) -> dict[str, float]:
    path = folder / "job.json"
    write_job(job, path)
    made = environment(os.environ, device=job.device, threads=job.threads) | {"CI": "1"}
    command = [sys.executable, "-m", "bench.finetune", "--variant", variant, "--job", str(path)]
    done = subprocess.run(command, env=made, cwd=results.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measured(variant: str, path: Path) -> dict[str, float]:
    """One run: seconds of the reference and of the training, lessons, their tokens, peak MiB."""
    import torch

    from model.finetune import read_job

    job = read_job(path)
    torch.set_num_threads(job.threads)
    return _ours(job) if variant == OURS else _trls(job, float32=variant == TRL_FLOAT32)


def _seconds(job: Job) -> float:
    """On a CPU its own time for this process, which other programs hardly change; on a GPU the clock's."""
    from model.fitting import place

    return time.process_time() / job.threads if place(job.device) == "cpu" else time.perf_counter()


def _ours(job: Job) -> dict[str, float]:
    from transformers import AutoTokenizer

    from model.fitting import base_model, place, read_material
    from model.fitting_blocks import Plan
    from model.fitting_checkpoints import Partial
    from model.fitting_events import Progress
    from model.fitting_trainer import Fitter

    partial, tokenizer = Partial(job), AutoTokenizer.from_pretrained(job.base)
    partial.open()
    material = read_material(job, tokenizer)
    plan, model = Plan(material.learnt, job), base_model(job, place(job.device))
    began = _seconds(job)
    fitter = Fitter(model, tokenizer, material, plan, job, partial, Progress(lambda *_, **__: None, plan.work))
    scored = _seconds(job)
    fitter.train()
    ended = _seconds(job)
    tokens = sum(row.length for row in material.learnt)
    return _figures(scored - began, ended - scored, len(material.learnt), tokens, place(job.device))


def _trls(job: Job, *, float32: bool) -> dict[str, float]:
    import torch
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import AutoTokenizer
    from trl.trainer.kto_config import KTOConfig
    from trl.trainer.kto_trainer import KTOTrainer

    from model.fitting import base_model, place

    tokenizer: Any = AutoTokenizer.from_pretrained(job.base)
    told = [
        {
            "prompt": list(one.prompt),
            "completion": [{"role": "assistant", "content": one.completion}],
            "label": one.label,
        }
        for one in from_jsonl(job.lessons)
    ]
    on_cpu = place(job.device) == "cpu"
    changed: dict[str, Any] = {"bf16": False} if float32 else {}
    config = KTOConfig(
        output_dir=str(job.out), loss_type=job.loss, num_train_epochs=1, use_cpu=on_cpu, report_to="none",
        disable_tqdm=True, save_strategy="no", dataloader_pin_memory=not on_cpu, seed=job.seed, **changed,
    )  # fmt: skip
    lora = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules="all-linear", task_type="CAUSAL_LM")
    model, data = base_model(job, place(job.device)).to(torch.float32), Dataset.from_list(told)
    began = _seconds(job)
    trainer: Any = KTOTrainer(model, args=config, train_dataset=data, processing_class=tokenizer, peft_config=lora)
    trainer.train()
    seconds = _seconds(job) - began
    lengths = [len(row["prompt_ids"]) + len(row["completion_ids"]) for row in trainer.train_dataset]
    return _figures(0.0, seconds, len(lengths), sum(lengths), place(job.device))


def _figures(reference: float, training: float, lessons: int, tokens: int, device: str) -> dict[str, float]:
    return {
        "reference_seconds": reference,
        "training_seconds": training,
        "lessons": lessons,
        "tokens": tokens,
        "peak_mib": peak_mib(device),
    }


def _rate(found: dict[str, float], epochs: int) -> float:
    return found["lessons"] * epochs / (found["reference_seconds"] + found["training_seconds"] * epochs)


def _save(found: dict[str, dict[str, float]], job: Job, options: argparse.Namespace) -> None:
    ours = found[OURS]
    body = [
        (
            name,
            f"{_rate(one, 1):.2f}",
            f"{_rate(ours, 1) / _rate(one, 1):.1f}",
            f"{_rate(one, LATE_EPOCHS):.2f}",
            f"{_rate(ours, LATE_EPOCHS) / _rate(one, LATE_EPOCHS):.1f}",
            f"{one['peak_mib']:.0f}",
        )
        for name, one in found.items()
    ]
    head = (
        "",
        "examples/s",
        "Copydesk's times",
        f"examples/s, {LATE_EPOCHS} epochs",
        "Copydesk's times",
        "peak MiB",
    )
    told = {"lessons": ours["lessons"], "tokens": ours["tokens"], "threads": job.threads, "loss": job.loss}
    text = f"{TEXT.format(**told, model=job.base.name, late=LATE_EPOCHS)}\n{table(head, body)}\n"
    if options.note:
        text += f"\n{options.note}\n"
    document = {"loss": job.loss, "threads": job.threads, "note": options.note, "runs": found}
    results.save("finetune", document, text, options.out)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.finetune", description=__doc__)
    parser.add_argument("--examples", type=int, default=64)
    parser.add_argument("--loss", choices=("kto", "apo_zero_unpaired"), default="kto")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=spare_threads())
    parser.add_argument("--device", default="auto")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    parser.add_argument("--note", default="", help="what the table says of the circumstances")
    parser.add_argument("--variant", choices=VARIANTS, help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
