"""Starts the playground's process, or finds the one that a killed bot has left running."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

BOT_TOKEN, APP_TOKEN = "xoxb-playground", "xapp-playground"
START_SECONDS = 20.0
PORT_TAKEN = (
    "Port {port} is taken by another program, so the playground can't start. "
    "Set COPYDESK_PLAYGROUND_PORT to a free port."
)
DID_NOT_START = "The playground did not start; its output is in {log}."


class PlaygroundError(Exception):
    """The playground can't be had; the message is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Playground:
    """A running playground and the process to stop, if it is ours."""

    url: str
    pid_file: Path

    def stop(self) -> None:
        """End the playground that this data folder has started, by whichever run of the bot."""
        if _health(self.url) != "playground":
            self.pid_file.unlink(missing_ok=True)  # gone by itself; its number may be another program's by now
            return
        try:
            os.kill(int(self.pid_file.read_text()), signal.SIGTERM)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return
        finally:
            self.pid_file.unlink(missing_ok=True)


def open_playground(port: int, *, manifest: Path, data: Path) -> Playground:
    """The playground at this port, started when it isn't there; raises PlaygroundError when it can't be."""
    playground = Playground(f"http://127.0.0.1:{port}", data / "playground.pid")
    found = _health(playground.url)
    if found == "playground":
        return playground
    if found == "other":
        raise PlaygroundError(PORT_TAKEN.format(port=port))
    log = data / "playground.log"
    places = ["--manifest", str(manifest), "--data", str(data / "playground")]
    with log.open("ab") as output:
        # A session of its own: it goes on when the bot is killed, so that the page lives on.
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.playground", "--port", str(port), *places],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    playground.pid_file.write_text(str(process.pid))
    for _ in range(int(START_SECONDS / 0.1)):
        if _health(playground.url) == "playground":
            return playground
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    playground.stop()
    raise PlaygroundError(DID_NOT_START.format(log=log))


def _health(url: str) -> str:
    """Who answers at an address: "playground", "other", or "" for nobody."""
    try:
        answer = httpx.get(f"{url}/playground/health", timeout=5.0)
        return "playground" if answer.json().get("ok") is True else "other"
    except httpx.ConnectError:
        return ""
    except (httpx.HTTPError, ValueError, AttributeError):
        return "other"
