"""TRL's KTO trainer over fixed blocks of tokens; only the process of a fine-tuning imports it, for TRL takes long."""

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
import trl.trainer.utils
from datasets import Dataset
from peft import LoraConfig
from torch import Tensor
from torch.utils.data import DataLoader
from transformers import PrinterCallback, TrainerCallback
from trl.models.utils import disable_gradient_checkpointing
from trl.trainer.kto_config import KTOConfig
from trl.trainer.kto_trainer import KTOTrainer

from model.finetune import ALPHA, AT_ONCE, RANK, Job, rate_for
from model.fitting_blocks import Plan, mismatched, weights
from model.fitting_checkpoints import Partial, write_whole
from model.fitting_events import Progress
from model.fitting_passes import Batch, passes
from model.fitting_rows import Material, Row
from model.half_weights import can_multiply_bfloat16

WARM_UP = 0.1
IGNORED = -100


class Fitter(KTOTrainer):
    """TRL's trainer and loss, with the tokens, the batches and the reference that it is given.

    The overridden hooks are TRL 1.16's: nothing is tokenized again, so that the prompt is what serving sends.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        material: Material,
        plan: Plan,
        job: Job,
        partial: Partial,
        progress: Progress,
        callbacks: Sequence[TrainerCallback] = (),
    ) -> None:
        if job.rate is None:
            job = replace(job, rate=rate_for(model.num_parameters()))
        self.plan = plan
        self.house = material.house
        self._job, self._partial, self._progress = job, partial, progress
        self._most = job.at_once or AT_ONCE["cuda" if torch.cuda.is_available() else "cpu"]
        self._share = 1.0
        self._lift: Tensor | None = None
        _score_texts_alone()
        lora = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules="all-linear", task_type="CAUSAL_LM")
        super().__init__(
            model=model,
            args=settings(job, material.learnt, partial.writing, roomy=self._is_roomy()),
            train_dataset=table(material.learnt, plan, pairs=job.loss == "kto"),
            processing_class=tokenizer,
            peft_config=lora,
            callbacks=list(callbacks),
        )
        self.remove_callback(PrinterCallback)

    def _is_roomy(self) -> bool:
        """Whether every pass has room."""
        alone = len(self.plan.blocks[0]) if self._job.processes > 1 else 1
        return self.plan.longest * alone <= self._most

    def get_train_dataloader(self) -> Any:
        """The blocks in their order."""
        rows: Any = self.train_dataset
        loader: Any = DataLoader(rows, batch_sampler=self.plan.laps, collate_fn=self.data_collator)
        return self.accelerator.prepare(loader)

    def training_step(self, model: Any, inputs: Any, num_items_in_batch: Any = None) -> Tensor:
        """A block in passes, each with its own way back; their losses add up to the block's."""
        parts, everything = self._passes(self._prepare_inputs(inputs)), len(inputs["label"])
        self._lift = self._lift_of(model, parts) if len(parts) > 1 and self.calculate_KL else None
        total = self._replayed(model)
        for part in parts:
            self._share = len(part["label"]) / everything
            total += super().training_step(model, part, num_items_in_batch)  # type: ignore[no-untyped-call]
        self._share, self._lift = 1.0, None
        return total

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """TRL's loss, as its rows' share of the block."""
        with self._keeping(inputs):
            loss = super().compute_loss(model, inputs, return_outputs, num_items_in_batch)  # type: ignore[no-untyped-call]
        return loss * self._share

    def _keeping(self, batch: Any) -> Any:
        """Keep the activations of what has room."""
        mine: Any = self.model
        return disable_gradient_checkpointing(mine) if batch["input_ids"].numel() <= self._most else nullcontext()

    def _passes(self, batch: Any) -> list[Batch]:
        # Several processes gather their KL in every pass, and so need equally many of them.
        return [batch] if self.accelerator.num_processes > 1 else passes(batch, self._most)

    def _lift_of(self, model: Any, parts: Sequence[Batch]) -> Tensor:
        """How much likelier than in the reference the block's mismatched texts are: KTO's KL, before it is clamped."""
        with self.compute_loss_context_manager():
            logps = [
                super(Fitter, self)._compute_kl_logps(model, part)  # type: ignore[no-untyped-call]
                for part in parts
            ]
        return torch.cat([own - part["ref_KL_logps"] for own, part in zip(logps, parts, strict=True)]).mean()

    def _compute_kl_logps(self, model: Any, batch: Any) -> Any:
        """What TRL takes the KL's mean of: of the whole block's, whichever pass it is in."""
        if self._lift is not None:
            return batch["ref_KL_logps"] + self._lift
        return super()._compute_kl_logps(model, batch)  # type: ignore[no-untyped-call]

    def _replayed(self, model: Any) -> Tensor:
        """Mean cross-entropy of a few of the house's texts, with its weight; it has gone back when this returns."""
        total = torch.zeros((), device=self.args.device)
        for part, share in self._house_passes():
            labels = part["input_ids"].masked_fill(part["completion_mask"] == 0, IGNORED)
            given = {"input_ids": part["input_ids"], "attention_mask": part["attention_mask"], "labels": labels}
            with self.compute_loss_context_manager(), self._keeping(part):
                loss = model(**given, fused_lm_head=True).loss * (share * self._job.replay)
            self.accelerator.backward(loss)
            total += loss.detach()
        return total

    def _house_passes(self) -> list[tuple[Batch, float]]:
        """The house's texts whose turn it is, half as many as lessons, and each pass's share of their tokens."""
        if not self.house:
            return []
        count = max(1, self._job.batch // 2)
        at = self.state.global_step * count
        chosen = [_columns(self.house[(at + number) % len(self.house)]) for number in range(count)]
        batch = self._prepare_inputs(self.data_collator(chosen))
        tokens = int(batch["completion_mask"].sum())
        return [(part, float(part["completion_mask"].sum()) / tokens) for part in passes(batch, self._most)]

    def _send_telemetry(self) -> None:
        """Nothing leaves the machine, whatever the environment says."""

    def _prepare_dataset(self, dataset: Dataset, *_: object) -> Dataset:
        return dataset

    def _precompute_ref_logps(self, dataset: Dataset, *_: object) -> Dataset:
        """What the model says without the adapter, block by block; an earlier run's is taken where there is one."""
        with self.accelerator.main_process_first():
            kept = self._partial.reference
            if not kept.is_file():
                write_whole(kept, json.dumps(self._scored(dataset)))
            found = json.loads(kept.read_text("utf-8"))
        for name, values in found.items():
            dataset = dataset.add_column(name, values)
        return dataset

    def _scored(self, dataset: Dataset) -> dict[str, list[float]]:
        own, others = [0.0] * len(dataset), [0.0] * len(dataset)
        for number, block in enumerate(self.plan.blocks, 1):
            batch = self.data_collator([dataset[at] for at in block])
            placed = {name: one.to(self.args.device) for name, one in batch.items()}
            for part in passes({**placed, "at": torch.tensor(block)}, self._most):
                mine, theirs = self.compute_ref_log_probs(self.model, part)  # type: ignore[no-untyped-call]
                for place, at in enumerate(part["at"].tolist()):
                    own[at] = mine[place].item()
                    others[at] = theirs[place].item() if theirs is not None else 0.0
            self._progress.step("reference", number, len(self.plan.blocks), self.plan.reference_work(block))
        return {"ref_logps": own} | ({"ref_KL_logps": others} if self.calculate_KL else {})


def _columns(row: Row) -> dict[str, object]:
    return {"prompt_ids": list(row.prompt), "completion_ids": list(row.text), "label": row.label}


def table(rows: Sequence[Row], plan: Plan, *, pairs: bool) -> Dataset:
    """The rows as TRL has them once they are tokenized."""
    found = [_columns(row) for row in rows]
    for block in plan.blocks if pairs else ():
        for at, other in zip(block, mismatched(rows, block), strict=True):
            found[at]["KL_completion_ids"] = list(rows[other].text)
    return Dataset.from_list(found)


def settings(job: Job, rows: Sequence[Row], output: Path, *, roomy: bool = True) -> KTOConfig:
    """What TRL is told; what differs from its defaults, and isn't the job's own wish, has its reason beside it."""
    quiet: dict[str, Any] = {"report_to": "none", "disable_tqdm": True, "logging_steps": 1, "save_strategy": "no"}
    on_cpu = not torch.cuda.is_available()
    assert job.rate is not None, "the trainer chooses one where the job doesn't"
    return KTOConfig(
        output_dir=str(output),
        loss_type=job.loss,
        beta=job.beta,
        **_weighing(rows),
        learning_rate=job.rate,
        lr_scheduler_type="cosine",
        warmup_steps=WARM_UP,
        weight_decay=0.0,
        max_grad_norm=1.0,
        num_train_epochs=1,  # the plan holds all epochs
        per_device_train_batch_size=max(2, job.batch),
        max_length=None,  # what is too long was left out
        precompute_ref_log_probs=True,
        gradient_checkpointing=not roomy,
        seed=job.seed,
        use_cpu=on_cpu,
        bf16=not job.exact and (not on_cpu or can_multiply_bfloat16()),
        logging_nan_inf_filter=False,  # it would hide a loss that is no number
        **quiet,  # the watch says when to save
        dataloader_pin_memory=not on_cpu,
        remove_unused_columns=False,
        ddp_find_unused_parameters=False,
    )


def _weighing(rows: Sequence[Row]) -> dict[str, Any]:
    """How much a liked and a disliked text count, in TRL's words."""
    up = sum(row.label for row in rows)
    liked, disliked = weights(up, len(rows) - up)
    return {"desirable_weight": liked, "undesirable_weight": disliked}


def _score_texts_alone() -> None:
    """Let TRL apply the head to the texts' tokens alone on every device.

    It does so where Triton runs, and scores prompts too elsewhere, since a change of shape costs a compilation on some
    accelerators; on a CPU it costs nothing.
    """
    parts: Any = trl.trainer.utils
    parts._use_triton = lambda _: True
