"""One peer in a process of its own: a line of JSON in, a line of JSON out; needs nothing but the standard library.

It runs with the peer's own Python, so it imports nothing of ours but the peer's module. A peer is opened by its
module's `open_peer(options)`; each question names a method of it, and the answer says how long the call took.
"""

import importlib
import json
import os
import sys
import time
from typing import Any


def main() -> int:
    """Open the peer that the first argument describes and answer until nobody asks."""
    # Libraries print what they like: the answers get the real stdout, everything else goes to stderr.
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    options = json.loads(sys.argv[1])
    try:
        peer = importlib.import_module(f"bench.{options['module']}").open_peer(options)
    except Exception as error:  # whatever the library raises, the bench goes on without this peer
        _say(answers, {"error": f"{type(error).__name__}: {error}"})
        raise
    _say(answers, {"about": peer.about})
    for line in sys.stdin:
        _say(answers, _answer(peer, json.loads(line)))
    close = getattr(peer, "close", None)
    if close:
        close()
    return 0


def _answer(peer: Any, asked: dict[str, Any]) -> dict[str, Any]:
    method = getattr(peer, asked.pop("method"))
    started = time.perf_counter()
    try:
        value = method(**asked)
    except Exception as error:  # as above
        return {"error": f"{type(error).__name__}: {error}"}
    return {"seconds": time.perf_counter() - started, "value": value}


def _say(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    sys.exit(main())
