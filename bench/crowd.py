"""A playground with sixteen people in four teams, for asking all at once: `python -m bench.crowd --port 0`."""

import argparse
import socket
import sys
import time
from collections.abc import Sequence

import uvicorn

from bench.results import ROOT
from bot.playground import manifest
from bot.playground.clock import Patience
from bot.playground.server import config
from bot.playground.slack import Slack
from bot.playground.state import BOT_USER, Channel, State, User

PEOPLE = tuple(f"U0P{number:02d}" for number in range(1, 17))
TEAMS = tuple(f"C0TEAM{number}" for number in range(1, 5))
WATCHER, PROBE = "U0ANA", "U0BEN"
LAUNCH = "C0LAUNCH"


def team_of(person: int) -> str:
    """The channel in which the person with this number asks: Slack takes one message a second in a channel."""
    return TEAMS[person % len(TEAMS)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal; the first line on stdout is the address."""
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    listener = socket.create_server(("127.0.0.1", parser.parse_args(arguments).port))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    known = manifest.read(ROOT / "bot" / "manifest.json")
    slack = Slack(address=url, clock=time.time, patience=Patience(), manifest=known)
    _fill(slack.state)
    print(url, flush=True)
    uvicorn.Server(config(slack)).run(sockets=[listener])
    return 0


def _fill(state: State) -> None:
    for person in PEOPLE:
        state.users[person] = User(person, person.lower(), person, "9f69e7", "Europe/London", 0)
    members = [person for person in state.users if person != BOT_USER]
    channels = [Channel(team, team.lower(), [*members, BOT_USER]) for team in TEAMS]
    channels += [Channel(f"D{person[1:]}", "directmessage", [person, BOT_USER], user=person) for person in PEOPLE]
    for channel in channels:
        state.channels[channel.id] = channel
        state.messages[channel.id] = {}


if __name__ == "__main__":
    sys.exit(main())
