"""What a version of the adapter says of itself, held against its files and the model that it is to serve over."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.fingerprint import BadWeights, Base, header, sha256

CONFIG, WEIGHTS, MANIFEST = "adapter_config.json", "adapter_model.safetensors", "manifest.json"
MAX_RANK = 64
"""What the engines keep room for; a server such as vLLM has to be started with `--max-lora-rank` of as much."""

RETIRED = "retired"
"""The name of a file in the folder of a version that must not serve again."""

PICKLES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})

UNFINISHED = "The adapter {!r} is half-written: its {!r} is missing. Run a round again, or copy the folder anew."
UNREADABLE = "The adapter {!r} can't be read: {} Run a round again, or copy the folder anew."
LEFT = "The adapter {!r} learnt from somebody who has asked to be left out since, so it never serves again."
PICKLED = "The adapter {!r} holds {!r}, which may run code when it is loaded; only safetensors are served."
MISNAMED = "The folder {!r} holds the adapter {!r}; give the folder its name back."
CHANGED = "The adapter {!r} is corrupt: its weights are not those that were published. Copy the folder anew."
FOREIGN = "The adapter {!r} was made for the model {!r}, and here {!r} serves. Run a round for this model."
OTHER_WEIGHTS = "The adapter {!r} was made for other weights of {!r} than serve here. Run a round for these."
OTHER_TOKENIZER = "The adapter {!r} was made with another tokenizer of {!r} than serves here. Run a round anew."
RANK = "The adapter {!r} has rank {}, and its files speak of {}; at most {} is served, the same in every layer."


class AdapterError(Exception):
    """An adapter can't be used; the message is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version is: SHA-256 sums in hexadecimal, `made_at` a stamp in UTC, `round` the round that fitted it.

    `workspace` is whose votes it learnt from; it writes for nobody else.
    """

    name: str
    base: Base
    weights: str
    rank: int
    round: int
    workspace: str
    made_at: str


def described(made: Path, *, name: str, base: Base, round_: int, workspace: str, made_at: str) -> Manifest:
    """The manifest of a fitted adapter that isn't published yet; raises AdapterError where files are missing."""
    config = _json(made / CONFIG, name)
    if not (made / WEIGHTS).is_file():
        raise AdapterError(UNFINISHED.format(name, WEIGHTS))
    return Manifest(name, base, sha256(made / WEIGHTS), int(config.get("r", 0)), round_, workspace, made_at)


def verify(version: Path, base: Base | None) -> Manifest:
    """The manifest of a version that may serve over a base; raises AdapterError.

    Without a base, as where a server has the weights, what the version stands on can't be compared.
    """
    manifest = read_manifest(version)
    if (version / RETIRED).exists():
        raise AdapterError(LEFT.format(manifest.name))
    for path in sorted(version.iterdir()):
        if path.suffix in PICKLES:
            raise AdapterError(PICKLED.format(manifest.name, path.name))
    config = _json(version / CONFIG, manifest.name)
    _verify_weights(version / WEIGHTS, manifest, config)
    if base is not None:
        _verify_base(manifest, base)
    return manifest


def read_manifest(version: Path) -> Manifest:
    """What a version says of itself; raises AdapterError where it is half-written or garbled."""
    found = _json(version / MANIFEST, version.name)
    try:
        base = Base(**found.pop("base"))
        manifest = Manifest(base=base, **found)
    except (KeyError, TypeError) as error:
        raise AdapterError(UNREADABLE.format(version.name, f"its {MANIFEST!r} is of another form.")) from error
    if manifest.name != version.name:
        raise AdapterError(MISNAMED.format(version.name, manifest.name))
    return manifest


def _verify_weights(weights: Path, manifest: Manifest, config: dict[str, Any]) -> None:
    if not weights.is_file():
        raise AdapterError(UNFINISHED.format(manifest.name, WEIGHTS))
    try:
        tensors = header(weights)
    except BadWeights as error:
        raise AdapterError(UNREADABLE.format(manifest.name, error)) from error
    if sha256(weights) != manifest.weights:
        raise AdapterError(CHANGED.format(manifest.name))
    ranks = {one["shape"][0] for name, one in tensors.items() if name.endswith(".lora_A.weight")}
    if ranks != {manifest.rank} or config.get("r") != manifest.rank or manifest.rank > MAX_RANK:
        spoken = ", ".join(str(rank) for rank in sorted({*ranks, config.get("r", 0)}))
        raise AdapterError(RANK.format(manifest.name, manifest.rank, spoken, MAX_RANK))


def _verify_base(manifest: Manifest, base: Base) -> None:
    made = manifest.base
    if made.name != base.name:
        raise AdapterError(FOREIGN.format(manifest.name, made.name, base.name))
    if made.weights != base.weights:
        raise AdapterError(OTHER_WEIGHTS.format(manifest.name, base.name))
    if made.tokenizer != base.tokenizer:
        raise AdapterError(OTHER_TOKENIZER.format(manifest.name, base.name))


def _json(path: Path, name: str) -> dict[str, Any]:
    if not path.is_file():
        raise AdapterError(UNFINISHED.format(name, path.name))
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AdapterError(UNREADABLE.format(name, f"its {path.name!r} is no JSON.")) from error
    if not isinstance(found, dict):
        raise AdapterError(UNREADABLE.format(name, f"its {path.name!r} is no JSON object."))
    return found
