"""A sentiment model of somebody else's: any sequence classifier whose labels say negative, neutral or positive."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from model.download import ModelError
from model.fetch import from_hub, resolve
from model.sentiment import LABELS, Label
from model.sentiment_judge import Judge, Shares, tensors, working
from model.sentiment_rows import Row, frame_of

UNMAPPED = (
    "COPYDESK_SENTIMENT_MODEL is {!r}, whose labels are {}; they must say negative and positive: as names, as "
    "stars, or as LABEL_0 to LABEL_2."
)
NO_CLASSIFIER = "COPYDESK_SENTIMENT_MODEL is {!r}, which is no sequence classifier; name one that tells sentiment."
UNUSABLE = "COPYDESK_SENTIMENT_MODEL can't be used. {}"
BROKEN = "The sentiment model in {!r} can't be loaded; fetch it again or name another in COPYDESK_SENTIMENT_MODEL."
NO_TOKENIZER = "The sentiment model in {!r} has no fast tokenizer (tokenizer.json); name one that has."
ABOUT = (
    "{name} reads any language that it was trained on. Its labels: {labels}. Its probabilities are taken as they come; "
    "below {threshold:.0%} it says unsure. {aspects}"
)
ANSWERS = "It is asked about the aspects whose words stand in a text, with the aspect beside the text."
NO_ANSWERS = "It doesn't answer about aspects."
THRESHOLD = 0.5
LONGEST = 512

_NAMED: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("negative", re.compile(r"(?:very|extremely|slightly|mostly)?[ _-]*neg(?:ative)?")),
    ("neutral", re.compile(r"neu(?:tral)?|mixed|obj(?:ective)?")),
    ("positive", re.compile(r"(?:very|extremely|slightly|mostly)?[ _-]*pos(?:itive)?")),
)
_NUMBERED = re.compile(r"label[ _-]?(\d+)|(\d+)(?: ?stars?)?")
_ABSA = re.compile(r"absa|aspect|(?:^|[^a-z])atsc?(?:$|[^a-z])", re.IGNORECASE)


def open_external(model: str, data: Path, place: Any, threads: int, *, hub: Callable[[str], Path] = from_hub) -> Judge:
    """Load a folder or a hub model, never its code or its pickles; raises ModelError."""
    try:
        folder = resolve(model, data=data, device=str(place), hub=hub)
    except ModelError as error:
        raise ModelError(UNUSABLE.format(error)) from error
    name = folder.name if Path(model).expanduser().is_dir() else model
    meanings = labels_of(folder, model)
    network, tokenizer, padding = _load(folder, model)
    classifier = Classifier(network.to(place), place, list(meanings.values()), padding)
    answers = bool(_ABSA.search(name))
    shown = ", ".join(f"{label} is read as {meaning}" for label, meaning in meanings.items())
    about = ABOUT.format(name=name, labels=shown, threshold=THRESHOLD, aspects=ANSWERS if answers else NO_ANSWERS)
    return Judge(
        name,
        about.replace("%", " %"),
        classifier,
        tokenizer,
        frame_of(tokenizer),
        _length(network.config),
        THRESHOLD,
        *working(place, threads),
        answers_aspects=answers,
        named_only=True,
        spells_emoji=False,
        labels=meanings,
    )


def labels_of(folder: Path, model: str) -> Mapping[str, Label]:
    """What each label of a folder's model means, in the order of its outputs; raises ModelError."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        names = [name for _, name in sorted((int(at), str(one)) for at, one in config["id2label"].items())]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(BROKEN.format(str(folder))) from error
    except KeyError:
        names = [f"LABEL_{at}" for at in range(int(config.get("num_labels", 2)))]
    if not any("SequenceClassification" in one for one in config.get("architectures") or ()):
        raise ModelError(NO_CLASSIFIER.format(model))
    meanings = meanings_of(names)
    if meanings is None:
        raise ModelError(UNMAPPED.format(model, ", ".join(map(repr, names))))
    return dict(zip(names, meanings, strict=True))


def meanings_of(names: Sequence[str]) -> list[Label] | None:
    """What labels mean, by their names, their stars or their numbers; None where that can't be told.

    >>> meanings_of(["NEGATIVE", "POSITIVE"]), meanings_of(["1 star", "2 stars", "3 stars"])
    (['negative', 'positive'], ['negative', 'neutral', 'positive'])
    >>> meanings_of(["joy", "anger"])
    """
    plain = [name.strip().casefold() for name in names]
    found = [next((label for label, said in _NAMED if said.fullmatch(name)), None) for name in plain]
    if None in found:
        numbers = [_NUMBERED.fullmatch(name) for name in plain]
        values = [int(one[1] or one[2]) for one in numbers if one]
        # Two, three or five in rising order, as everybody writes them who leaves the names out.
        if len(values) != len(names) or len(names) not in (2, 3, 5) or values != sorted(set(values)):
            return None
        middle = (len(names) - 1) / 2
        return [LABELS[1 + (at > middle) - (at < middle)] for at in range(len(names))]
    meanings = [one for one in found if one]
    return meanings if {"negative", "positive"} <= set(meanings) else None


class Classifier:
    """A sequence classifier: the shares of its labels summed into negative, neutral and positive."""

    def __init__(self, network: Any, place: Any, meanings: Sequence[Label], padding: int) -> None:
        from model.packing import can_pack, pack

        self._network, self._place, self._padding = network, place, padding
        self._places = [LABELS.index(one) for one in meanings]
        self._typed = getattr(network.config, "type_vocab_size", 0) > 1
        if can_pack(place):
            pack(network)

    def __call__(self, rows: Sequence[Row]) -> list[Shares]:
        """The shares of a batch; an aspect that is asked about counts as mentioned."""
        import torch

        tokens, mask, types = tensors(rows, self._padding, self._place)
        typed = {"token_type_ids": types} if self._typed else {}
        with torch.inference_mode():
            logits = self._network(input_ids=tokens, attention_mask=mask, **typed).logits.float()
            summed = torch.zeros(len(rows), len(LABELS), device=logits.device)
            summed.index_add_(1, torch.tensor(self._places, device=logits.device), logits.softmax(-1))
        return [
            (*shares, 0.0) if row.asks else tuple(shares) for row, shares in zip(rows, summed.tolist(), strict=True)
        ]


def _load(folder: Path, model: str) -> tuple[Any, Any, int]:
    from safetensors import SafetensorError
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from model.weights import without_bars

    try:
        with without_bars():
            wrapped: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
            network: Any = AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
            )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(BROKEN.format(str(folder))) from error
    tokenizer = getattr(wrapped, "backend_tokenizer", None)
    if tokenizer is None:
        raise ModelError(NO_TOKENIZER.format(model))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return network.float().eval().requires_grad_(False), tokenizer, int(wrapped.pad_token_id or 0)


def _length(config: Any) -> int:
    """How many tokens it reads at once; RoBERTa's positions begin after its padding's number."""
    positions = int(getattr(config, "max_position_embeddings", LONGEST))
    shifted = config.model_type in ("roberta", "xlm-roberta", "camembert", "mpnet")
    return min(LONGEST, positions - 2 if shifted else positions)
