"""Starts the playground from a terminal: `python -m bot.playground --port 8090`."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.playground import manifest
from bot.playground.server import PlaygroundServer


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal ends it; 0 is a clean end, 1 means that it could not start."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="port to listen on, 0 for any free one")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--manifest", type=Path, help="the app's manifest.json: commands, events, shortcuts")
    parser.add_argument("--data", type=Path, help="folder for uploaded files, emptied at the start and the end")
    options = parser.parse_args(arguments)
    try:
        known = manifest.read(options.manifest)
        server = PlaygroundServer(port=options.port, host=options.host, manifest=known, data=options.data)
    except (OSError, json.JSONDecodeError, KeyError) as error:
        print(f"The playground could not start: {error}.", file=sys.stderr)  # noqa: T201 - for people
        return 1
    # uvicorn raises the signal again after its clean end; that must not end us with an error.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    print(f"The playground is at {server.url}/", flush=True)  # noqa: T201 - the one line we promise
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
