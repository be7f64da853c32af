"""Tells one base model from another by its config, its tokenizer and a sample of its weights."""

import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NO_BASE = "The model in {!r} can't be read as safetensors; fetch it again or name another."
WANDERING = ("transformers_version", "_name_or_path", "dtype", "torch_dtype", "_attn_implementation_autoset")
"""What a config says of who saved it and in which arithmetic, which makes it no other model."""
SAMPLE = 4096  # bytes of each tensor
LONGEST_HEADER = 100_000_000  # bytes, as the safetensors library has it
TOKENIZERS = (("tokenizer.json",), ("vocab.json", "merges.txt"), ("tokenizer.model",))

Header = dict[str, dict[str, Any]]


class BadWeights(Exception):
    """A file is no safetensors, or not all of it."""


@dataclass(frozen=True, slots=True)
class Base:
    """What an adapter stands on: the model's name and SHA-256 sums, in hexadecimal, of its weights and tokenizer."""

    name: str
    weights: str
    tokenizer: str


def name_of(folder: str | Path) -> str:
    """What a folder's model is called: the hub's name in the hub's cache, else the folder's own.

    >>> name_of("/cache/models--Qwen--Qwen3-4B/snapshots/0a1b")
    'Qwen/Qwen3-4B'
    """
    for part in Path(folder).parts:
        if part.startswith("models--"):
            return part.removeprefix("models--").replace("--", "/")
    return Path(folder).name


def fingerprint(folder: Path) -> Base:
    """The fingerprint of the model in a folder; some milliseconds, whatever its size. Raises BadWeights.

    A sample of every tensor counts, by its name: neither the order in a file nor the files' number makes a difference.
    """
    try:
        return Base(name_of(folder), _weights(folder), _tokenizer(folder))
    except (OSError, ValueError) as error:
        raise BadWeights(NO_BASE.format(str(folder))) from error


def header(path: Path) -> Header:
    """Each tensor's dtype, shape and place in a safetensors file; raises BadWeights when the file is cut or another.

    The format: eight bytes with the length of a JSON text, that text, the tensors
    (https://huggingface.co/docs/safetensors/index#format).
    """
    try:
        with path.open("rb") as file:
            length = struct.unpack("<Q", file.read(8))[0]
            if length > LONGEST_HEADER:
                raise BadWeights(f"The file {path.name!r} is no safetensors.")
            found = json.loads(file.read(length))
        tensors = {name: one for name, one in found.items() if name != "__metadata__"}
        end = 8 + length + max((one["data_offsets"][1] for one in tensors.values()), default=0)
    except (OSError, ValueError, struct.error, KeyError, TypeError, AttributeError) as error:
        raise BadWeights(f"The file {path.name!r} is no safetensors, or cut off.") from error
    if path.stat().st_size != end:
        raise BadWeights(f"The file {path.name!r} has {path.stat().st_size} bytes where {end} are declared.")
    return tensors


def sha256(path: Path) -> str:
    """A file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _weights(folder: Path) -> str:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    kept = {name: value for name, value in config.items() if name not in WANDERING}
    total = hashlib.sha256(json.dumps(kept, sort_keys=True).encode())
    samples = dict(_samples(folder))
    if not samples:
        raise BadWeights(NO_BASE.format(str(folder)))
    for name in sorted(samples):
        total.update(name.encode() + samples[name])
    return total.hexdigest()


def _samples(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.glob("*.safetensors"):
        tensors = header(path)
        with path.open("rb") as file:
            start = 8 + struct.unpack("<Q", file.read(8))[0]
            for name, one in tensors.items():
                begin, end = one["data_offsets"]
                file.seek(start + begin)
                yield name, f"{one['dtype']}{one['shape']}".encode() + file.read(min(end - begin, SAMPLE))


def _tokenizer(folder: Path) -> str:
    """Of the vocabulary and the chat template: a prompt made otherwise is another prompt."""
    names = next((names for names in TOKENIZERS if all((folder / name).is_file() for name in names)), None)
    if names is None:
        raise BadWeights(NO_BASE.format(str(folder)))
    total = hashlib.sha256()
    for name in names:
        total.update((folder / name).read_bytes())
    total.update(_template(folder).encode())
    return total.hexdigest()


def _template(folder: Path) -> str:
    apart, config = folder / "chat_template.jinja", folder / "tokenizer_config.json"
    if apart.is_file():
        return apart.read_text("utf-8")
    inside = json.loads(config.read_text("utf-8")).get("chat_template") if config.is_file() else None
    return json.dumps(inside) if inside and not isinstance(inside, str) else inside or ""
