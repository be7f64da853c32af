"""The product as people start it: the bot's own process on a data folder of its own, with the models that are there."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from bench.results import ROOT
from bot.local_slack import APP_TOKEN, BOT_TOKEN
from model.fetch import fetch_embedded, fetch_encoder

START_SECONDS, STOP_SECONDS, POLL_SECONDS = 180.0, 30.0, 0.02


class ProductError(Exception):
    """The product did not start; the message says where its log is."""


class Product:
    """`copydesk run` between `with` and its end; `ready_seconds` is from its start to a healthy /healthz.

    Without a `slack` address the bot starts the playground itself, as a newcomer's does.
    """

    def __init__(
        self, data: Path, *, slack: str = "", model: str = "embedded", settings: Mapping[str, str] | None = None
    ) -> None:
        self._data, self._slack, self._model, self._settings = data, slack, model, settings or {}
        self._open = ExitStack()
        self.port, self.playground_port = free_port(), free_port()
        self.url = slack or f"http://127.0.0.1:{self.playground_port}"
        self.ready_seconds = 0.0

    def __enter__(self) -> Self:
        self.folder = folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        fetch_embedded(self._data)
        fetch_encoder(self._data)
        (folder / "models").symlink_to((self._data / "models").resolve())
        started = time.perf_counter()
        with (folder / "output").open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=folder,
                env=self._environment(folder),
                stdout=output,
                stderr=output,
            )
        self._open.callback(self._stop)
        # One client: each makes a TLS context, which takes as long as a poll's pause.
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=5.0) as client:
            while not _healthy(client):
                if self.process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                    said = (folder / "output").read_text("utf-8")
                    self._open.close()
                    raise ProductError(f"the bot did not start: {said[-2000:]}")
                time.sleep(POLL_SECONDS)
        self.ready_seconds = time.perf_counter() - started
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def memory(self) -> dict[str, int]:
        """Bytes of the bot's process now and at its peak; reads /proc, so Linux only."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines()
        sizes = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith(("VmRSS", "VmHWM"))}
        return {"now": int(sizes["VmRSS"]) * 1024, "peak": int(sizes["VmHWM"]) * 1024}

    def copydesk(self, *words: str) -> None:
        """Run a command on the bot's data folder, from another terminal."""
        command = [sys.executable, "-m", "bot", *words]
        subprocess.run(command, cwd=self.folder, env=self._environment(self.folder), stdout=sys.stderr, check=True)

    def _environment(self, folder: Path) -> dict[str, str]:
        ours = {
            "COPYDESK_DATA": str(folder),
            "COPYDESK_MODEL": self._model,
            "COPYDESK_PORT": str(self.port),
            "COPYDESK_PLAYGROUND_PORT": str(self.playground_port),
            "PYTHONPATH": str(ROOT),
        }
        if self._slack:
            tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
            ours |= {**tokens, "SLACK_API_URL": f"{self._slack}/api/"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "COPYDESK_"))}
        return {**kept, **ours, **self._settings}

    def _stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _healthy(client: httpx.Client) -> bool:
    try:
        return client.get("/healthz").is_success
    except httpx.HTTPError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
