"""Tokens a second of our engine beside its peers, and three tweets beside llama.cpp's; the same prompts for all.

Every peer has a process of its own; within a run each writes for the same prompts in an order that changes from run
to run, and every figure is also the ratio to ours within that run. Ends are ignored, so that all write the same number
of tokens; the seconds hold the reading of the prompts.

`--random` takes models of random weights instead, and says which share of the memory's speed each reaches; it is what
`--device cuda` is for. All peers lie in memory at once, each with weights of its own and transformers' continuous
batching with three tenths of what the card has: 1.5b wants a card of 24 GB, 4b one of 64 GB, or fewer `--peers`.
"""

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import briefs, engine_summary, peers, plots, random_model, results
from bench.peers import Kind, Peer, PeerError, Setting
from bench.three_tweets import measure_copy
from model.fetch import fetch_embedded
from model.formats import find
from model.prompts import messages

SEQUENTIAL_MOST = 8  # a draft after the other takes as long for the ninth as for the first
WARM_UP_TOKENS = 8
REST = 2.0  # seconds: vLLM's worker keeps a core busy for up to one after its last answer, which who follows would feel
RANDOM_PROMPT = 160
TWEET = "tweet"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the peers, measure, and write engine.json, .md and .png."""
    options = _options(arguments)
    results.end_cleanly()
    setting = _setting(options)
    with tempfile.TemporaryDirectory() as logs, contextlib.ExitStack() as stack:
        chosen = [kind for kind in peers.kinds(setting) if not options.peers or kind.name in options.peers]
        opened, skipped = open_peers(chosen, Path(logs), stack)
        rows: list[dict[str, Any]] = []
        prompts = Prompts(setting)
        _warm_up(opened, prompts, options)
        about = {peer.kind.name: peer.about for peer in opened}
        moved = _bandwidth(opened) if setting.random else None
        for run in range(options.runs):
            rows += measure(run, opened, prompts, options)
            _report(engine_summary.summarise(rows, [], skipped, about), run + 1, moved, options)
        if options.copy and not setting.random:
            copies = measure_copy(opened, setting, Path(logs), options.runs)
            _report(engine_summary.summarise(rows, copies, skipped, about), options.runs, moved, options)
    return 0


def _report(document: dict[str, Any], runs: int, moved: float | None, options: argparse.Namespace) -> None:
    """Write what is known so far, so that a run that is cut short leaves its figures."""
    document |= {
        "greedy": options.greedy,
        "tokens": options.tokens,
        "device": options.device,
        "random": options.random,
        "runs": runs,
    }
    if moved:
        engine_summary.add_limit(document, options.random, moved, RANDOM_PROMPT + options.tokens / 2)
    parts = ("engine", options.random, options.random and options.device, "greedy" if options.greedy else "")
    name = "-".join(filter(None, parts))
    results.save(name, document, f"{engine_summary.markdown(document)}\n\n{plots.picture(name)}", options.out)
    plots.save(name, document, options.out)


def open_peers(kinds: Sequence[Kind], logs: Path, stack: contextlib.ExitStack) -> tuple[list[Peer], dict[str, str]]:
    """Those that can be opened, and why the others can't."""
    opened, skipped = [], {}
    for kind in kinds:
        try:
            peer = Peer(kind, logs)
        except PeerError as error:
            skipped[kind.name] = str(error)
            results.say(f"without {kind.name}: {error}")
            continue
        stack.callback(peer.close)
        opened.append(peer)
        results.say(f"open: {kind.name} ({peer.about})")
    return opened, skipped


class Prompts:
    """What is asked, as tokens: the desk's own chats for its tweets' briefs, numbered so that none comes twice."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        if setting.random:
            return
        from transformers import AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(setting.folder)
        self._briefs = briefs.read()

    def take(self, run: int, number: int) -> list[list[int]]:
        """That many prompts, other ones for every run and number, so that nothing is known from before."""
        if self._setting.random:
            drawn, known = random.Random(f"{run}/{number}"), random_model.SHAPES[self._setting.random]["vocab_size"]
            return [[drawn.randrange(known) for _ in range(RANDOM_PROMPT)] for _ in range(number)]
        return [self._chat(run, number, at) for at in range(number)]

    def _chat(self, run: int, number: int, at: int) -> list[int]:
        brief = self._briefs[at % len(self._briefs)]
        chat = [dict(one) for one in messages(brief, find(TWEET), taught=True)]
        chat[-1]["content"] = f"No. {run}.{number}.{at}. {chat[-1]['content']}"
        text = self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return tokens


def measure(run: int, opened: Sequence[Peer], prompts: Prompts, options: argparse.Namespace) -> list[dict[str, Any]]:
    """One run: every peer at every number of drafts, in an order of its own."""
    rows = []
    for number in options.concurrency:
        asked = prompts.take(run, number)
        order = random.Random(f"{run}/{number}").sample(list(opened), len(opened))
        for peer in order:
            time.sleep(REST)
            own = asked[:SEQUENTIAL_MOST] if peer.kind.turns else asked
            try:
                seconds, written = peer.ask("write", prompts=own, new=options.tokens)
            except PeerError as error:
                results.say(f"{peer.kind.name} at {number}: {error}")
                continue
            row = {"run": run, "drafts": number, "peer": peer.kind.name, "tokens_per_second": written / seconds}
            rows.append({**row, "seconds": seconds, "tokens": written})
            results.say(f"run {run + 1}, {number} at once: {written / seconds:7.1f} tokens/s  {peer.kind.name}")
    return rows


def _warm_up(opened: Sequence[Peer], prompts: Prompts, options: argparse.Namespace) -> None:
    """Let each meet every shape once: kernels are chosen and buffers made the first time."""
    for peer in opened:
        for number in options.concurrency:
            asked = prompts.take(-1, number)
            with contextlib.suppress(PeerError):
                peer.ask("write", prompts=asked[:1] if peer.kind.turns else asked, new=WARM_UP_TOKENS)


def _bandwidth(opened: Sequence[Peer]) -> float | None:
    ours = next((peer for peer in opened if peer.kind.name == peers.OURS), None)
    return float(ours.ask("bandwidth")[1]) if ours else None


def _setting(options: argparse.Namespace) -> Setting:
    folder = options.model or ("" if options.random else fetch_embedded(options.data))
    return Setting(
        folder=str(folder and Path(folder).resolve()),
        random=options.random or "",
        device=options.device,
        slots=max(options.concurrency),
        adapter=str(options.adapter.resolve()) if options.adapter and not options.random else "",
        data=options.data.resolve(),
        greedy=options.greedy,
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    assert __doc__ is not None, "this file has one"
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--concurrency", type=int, nargs="+", default=[1, 4, 16, 32], metavar="DRAFTS")
    parser.add_argument("--tokens", type=int, default=64, help="new tokens a draft")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", nargs="+", default=[], metavar="NAME", help="only these, by the names in the table")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--random", choices=list(random_model.SHAPES), help="random weights of this shape")
    parser.add_argument("--greedy", action="store_true", help="the likeliest token, so that no sampling is timed")
    parser.add_argument("--no-copy", dest="copy", action="store_false", help="without the three tweets")
    results.add_adapter(parser)
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="another model than the embedded one")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder that holds the models")
    parser.add_argument("--out", type=Path, default=results.FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
