"""The bot as a process of its own that a test can kill; its words are scripted. Not a test itself."""

import signal
import sys
import threading
from pathlib import Path

from tests.running_bot import RunningBot


def main(url: str, data: str) -> None:
    """Run until a signal; `ready` on stdout tells the test that the desk has started."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    bot = RunningBot(url, Path(data))
    print("ready", flush=True)  # noqa: T201 - the test waits for it
    stop.wait()
    bot.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
