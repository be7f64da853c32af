"""Fits the sentiment network to rows: batches by length, both questions at once, an average of the last weights."""

import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from model.fitting_events import untold
from model.sentiment_data import Row
from model.sentiment_lexicon import Lexicon
from model.sentiment_network import SentimentNetwork
from model.sentiment_text import normalise

FROZEN = ("word_embeddings", "position_embeddings")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the network is fitted. Rates are AdamW's; `decay` is the rate's factor per layer downwards.

    `bfloat16` multiplies in half precision, which takes 0.6 of the time where the CPU has AVX512-BF16. With no
    `threads` torch chooses.
    """

    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    smoothing: float = 0.05
    warm_up: float = 0.06
    average: float = 0.998
    batch_tokens: int = 1600
    max_length: int = 128
    seconds: float = math.inf
    seed: int = 0
    weight_decay: float = 0.01
    bfloat16: bool = False
    threads: int = 0


@dataclass(frozen=True, slots=True)
class Encoded:
    """A row as tokens; `types` is 1 for the aspect's."""

    tokens: tuple[int, ...]
    types: tuple[int, ...]
    row: Row


def encode(tokenizer: Any, rows: Sequence[Row], max_length: int) -> list[Encoded]:
    """Rows as token ids, the text cut to `max_length` with its aspect whole."""
    found = list[Encoded]()
    for aspect in (False, True):
        chosen = [row for row in rows if bool(row.aspect) == aspect]
        texts = [normalise(row.text) for row in chosen]
        pairs = [row.aspect for row in chosen] if aspect else None
        if not chosen:
            continue
        made = tokenizer(
            texts, pairs, truncation="only_first" if aspect else True, max_length=max_length, return_token_type_ids=True
        )
        both = zip(made["input_ids"], made["token_type_ids"], chosen, strict=True)
        found.extend(Encoded(tuple(tokens), tuple(types), row) for tokens, types, row in both)
    return found


def batches(rows: Sequence[Encoded], most_tokens: int, order: random.Random | None) -> Iterator[list[Encoded]]:
    """Batches of rows of like length, each of at most so many tokens with its padding."""
    batch, width = list[Encoded](), 0
    for one in sorted(rows, key=lambda one: len(one.tokens) + (order.random() * 4 if order else 0)):
        wider = max(width, len(one.tokens))
        if batch and wider * (len(batch) + 1) > most_tokens:
            yield batch
            batch, wider = [], len(one.tokens)
        batch.append(one)
        width = wider
    if batch:
        yield batch


def tensors(batch: Sequence[Encoded]) -> dict[str, Tensor]:
    """Tokens, mask and types of a batch, padded with zeros to its longest row."""
    width = max(len(one.tokens) for one in batch)

    def padded(rows: Iterator[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (width - len(row))] for row in rows])

    return {
        "input_ids": padded(one.tokens for one in batch),
        "attention_mask": padded((1,) * len(one.tokens) for one in batch),
        "token_type_ids": padded(one.types for one in batch),
    }


def loss_of(network: SentimentNetwork, batch: Sequence[Encoded], smoothing: float) -> Tensor:
    """Mean cross-entropy against the rows' shares of labels, by their weights; each row is asked its own question."""
    text, aspect = network(**tensors(batch))
    total, weight = torch.zeros(()), 0.0
    for logits, asked in ((text, False), (aspect, True)):
        places = [at for at, one in enumerate(batch) if bool(one.row.aspect) == asked]
        if not places:
            continue
        wanted = torch.tensor([batch[at].row.target for at in places])
        weights = torch.tensor([batch[at].row.weight for at in places])
        wanted = wanted * (1 - smoothing) + smoothing / wanted.shape[1]
        losses = -(wanted * logits[places].log_softmax(-1)).sum(-1)
        total, weight = total + (losses * weights).sum(), weight + float(weights.sum())
    return total / weight


def fit(
    network: SentimentNetwork,
    epochs: Sequence[Sequence[Encoded]],
    plan: Plan,
    *,
    say: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
    step: Callable[[int, int], None] = untold,
) -> int:
    """Train on the epochs in turn, telling `step`; the network ends with the averaged weights. The steps it took.

    After `plan.seconds` it stops where it is. The same seed, epochs and threads give the same weights.
    """
    torch.manual_seed(plan.seed)
    steps = _steps(epochs, plan)
    optimizer = torch.optim.AdamW(parameters(network, plan), weight_decay=plan.weight_decay)
    weights = [weight for group in optimizer.param_groups for weight in group["params"]]
    averaged = [weight.detach().clone() for weight in weights]
    network.train()
    done, began, seen = 0, clock(), 0.0
    for batch in steps:
        if clock() - began > plan.seconds:
            say(f"stopped after {done} of {len(steps)} steps: the time is over")
            break
        loss = _step(network, optimizer, batch, plan, share_of_rate(done, len(steps), plan.warm_up))
        done, seen = done + 1, seen + 0.02 * (loss - seen) if done else loss
        torch._foreach_lerp_(averaged, weights, 1 - min(plan.average, done / (done + 9)))
        step(done, len(steps))
        if done % 100 == 0:
            say(f"step {done} of {len(steps)}, loss {seen:.3f}, {clock() - began:.0f} s")
    with torch.no_grad():
        torch._foreach_copy_(weights, averaged)
    network.eval()
    return done


def _steps(epochs: Sequence[Sequence[Encoded]], plan: Plan) -> list[list[Encoded]]:
    """The batches of all epochs, in the order of their epochs."""
    order = random.Random(plan.seed)
    return [batch for epoch in epochs for batch in _shuffled(batches(epoch, plan.batch_tokens, order), order)]


def _step(network: SentimentNetwork, optimizer: Any, batch: Sequence[Encoded], plan: Plan, share: float) -> float:
    for group in optimizer.param_groups:
        group["lr"] = group.setdefault("peak", group["lr"]) * share
    with torch.autocast("cpu", torch.bfloat16, enabled=plan.bfloat16):
        loss = loss_of(network, batch, plan.smoothing)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_([one for group in optimizer.param_groups for one in group["params"]], 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def share_of_rate(step: int, steps: int, warm_up: float) -> float:
    """The rate's share at a step: up to 1 in a line, then down to 0 along a cosine."""
    warm = max(1, round(steps * warm_up))
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def parameters(network: SentimentNetwork, plan: Plan) -> list[dict[str, Any]]:
    """All weights but the frozen ones, with a smaller rate for the lower layers and a larger one for the heads."""
    layers = int(network.encoder.config.num_hidden_layers)
    groups: dict[float, list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        weight.requires_grad_(not any(part in name for part in FROZEN))
        if weight.requires_grad:
            groups.setdefault(_rate(name, layers, plan), []).append(weight)
    return [{"params": found, "lr": rate} for rate, found in groups.items()]


def _rate(name: str, layers: int, plan: Plan) -> float:
    if name.startswith(("text_head.", "aspect_head.")):
        return plan.head_rate
    parts = name.split(".")
    depth = int(parts[parts.index("layer") + 1]) + 1 if "layer" in parts else 0
    return float(plan.rate * plan.decay ** (layers - depth))


def _shuffled(found: Iterator[list[Encoded]], order: random.Random) -> list[list[Encoded]]:
    ready = list(found)
    order.shuffle(ready)
    return ready


@torch.inference_mode()
def predict(network: SentimentNetwork, rows: Sequence[Encoded], most_tokens: int = 4096) -> Mapping[str, Tensor]:
    """Logits of both questions for the rows, in the rows' order: `text` (n, 3) and `aspect` (n, 4)."""
    network.eval()
    places = {id(one): at for at, one in enumerate(rows)}
    text, aspect = torch.zeros(len(rows), 3), torch.zeros(len(rows), 4)
    for batch in batches(rows, most_tokens, None):
        where = [places[id(one)] for one in batch]
        text[where], aspect[where] = network(**tensors(batch))
    return {"text": text, "aspect": aspect}


def answers(network: SentimentNetwork, rows: Sequence[Encoded], lexicon: Lexicon) -> Mapping[str, Any]:
    """What people get, but for the temperature: `predict`'s logits, those of texts pooled with a lexicon; as arrays."""
    said = predict(network, rows)
    heard = [0.0 if one.row.aspect else lexicon.hears(normalise(one.row.text))[0] for one in rows]
    return {"text": lexicon.pooled(said["text"].numpy(), heard), "aspect": said["aspect"].numpy()}
