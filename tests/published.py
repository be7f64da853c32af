"""Publishes tiny adapters as a round does; not a test itself."""

import json
import struct
from datetime import UTC, datetime
from pathlib import Path

from model import adapters, manifest
from model.fingerprint import Base, fingerprint
from storage.database import stamp

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORKSPACE = "T0DESK"


def base(folder: Path, *, config: str = "one", weights: bytes = b"weights!", template: str = "{{ chat }}") -> Base:
    """The fingerprint of a model that is nothing but its files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps({"kind": config, "transformers_version": "5"}), "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    (folder / "chat_template.jinja").write_text(template, "utf-8")
    tensors(folder / "model.safetensors", {"a": ((8,), weights)})
    return fingerprint(folder)


def tensors(path: Path, content: dict[str, tuple[tuple[int, ...], bytes]]) -> None:
    """A safetensors file of bytes, made without torch."""
    head, at = {}, 0
    for name, (shape, raw) in content.items():
        head[name] = {"dtype": "U8", "shape": shape, "data_offsets": [at, at + len(raw)]}
        at += len(raw)
    text = json.dumps(head).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(raw for _, raw in content.values()))


def fitted(folder: Path, *, rank: int = 2, says: int = 0, fill: int = 1) -> Path:
    """What the fitting process leaves: a LoRA's two files, `fill` its every byte; `says` is the rank in the config."""
    folder.mkdir(parents=True)
    block = "base_model.model.model.layers.0.q_proj.lora_"
    down, up = ((rank, 8), bytes([fill]) * rank * 8), ((8, rank), bytes([fill]) * rank * 8)
    tensors(folder / manifest.WEIGHTS, {f"{block}A.weight": down, f"{block}B.weight": up})
    config = {"peft_type": "LORA", "r": says or rank, "lora_alpha": 4, "base_model_name_or_path": "tiny"}
    (folder / manifest.CONFIG).write_text(json.dumps(config), "utf-8")
    return folder


def publish(data: Path, on: Base, made: Path | None = None, *, workspace: str = WORKSPACE, fill: int = 1) -> str:
    """Publish a version, of files or of what is made up for it; returns its name."""
    name = adapters.next_name(data)
    made = made or fitted(data / "rounds" / f"made-{name}", fill=fill)
    about = manifest.described(made, name=name, base=on, round_=1, workspace=workspace, made_at=stamp(NOON))
    adapters.publish(data, made, about)
    return name
