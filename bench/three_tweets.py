"""What `/copy` of three tweets costs on our engine, six candidates at once, beside llama.cpp writing three in turn."""

import contextlib
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import briefs
from bench.peers import LLAMA, OURS, SAMPLING, WRITING, Kind, Peer, PeerError, Setting
from bench.results import say
from model.weights import END_TOKENS

CANDIDATES, WANTED = 6, 3
FIXED_TOKENS, MOST_TOKENS = 40, 96
SLOTS = 16
OURS_FIXED, LLAMA_FIXED = f"ours, six of {FIXED_TOKENS} tokens", f"llama.cpp, three of {FIXED_TOKENS} tokens"
OURS_FIRST, OURS_WRITER = "ours, first three of six", "ours, checked and ranked"
LLAMA_NATURAL = "llama.cpp, three in turn"
PAIRS = ((OURS_FIXED, LLAMA_FIXED), (OURS_FIRST, LLAMA_NATURAL), (OURS_WRITER, LLAMA_NATURAL))
Row = dict[str, Any]


def measure_copy(opened: Sequence[Peer], setting: Setting, logs: Path, runs: int) -> list[Row]:
    """A row for each run and tweet brief: seconds of ours and of llama.cpp, with fixed and with natural lengths."""
    found = {peer.kind.name: peer for peer in opened}
    if OURS not in found or LLAMA not in found:
        say("three tweets are not measured: ours and llama.cpp are both needed")
        return []
    options = {"kind": "writer", "sampling": SAMPLING, "slots": SLOTS, "random": ""}
    options |= {
        "folder": setting.folder,
        "device": setting.device,
        "adapter": setting.adapter,
        "data": str(setting.data),
    }
    with contextlib.ExitStack() as stack:
        writer = Peer(Kind(WRITING, "worker_torch", options), logs)
        stack.callback(writer.close)
        ends = _ends(setting.folder)
        rows = []
        for run in range(-1, runs):  # the first one is to warm up
            for at, brief in enumerate(briefs.read(("tweet",))):
                row = _one(run, at, asdict(brief), (found[OURS], writer, found[LLAMA]), ends)
                rows += [row] if run >= 0 else []
    return rows


def _one(run: int, at: int, brief: Row, three: tuple[Peer, Peer, Peer], ends: list[int]) -> Row:
    """One brief, written each way in an order of its own; a number in it keeps each from knowing the prompt already."""
    ours, writer, llama = three
    seed = 100 * run + at
    asked = [{**brief, "product": f"No. {run}.{at}.{way}. {brief['product']}", "variants": WANTED} for way in range(5)]
    prompts = [writer.ask("prompt", brief=one)[1] for one in asked]
    until = {"most": MOST_TOKENS}
    ways = {
        OURS_FIXED: lambda: ours.ask("write", prompts=prompts[:1], new=FIXED_TOKENS, n=CANDIDATES),
        LLAMA_FIXED: lambda: llama.ask("write", prompts=prompts[1:2], new=FIXED_TOKENS, n=WANTED),
        OURS_FIRST: lambda: writer.ask("first", prompt=prompts[2], n=CANDIDATES, enough=WANTED, seed=seed, **until),
        LLAMA_NATURAL: lambda: llama.ask("until_end", prompt=prompts[3], ends=ends, n=WANTED, **until),
        OURS_WRITER: lambda: writer.ask("copy", brief=asked[4], candidates=CANDIDATES, seed=seed),
    }
    row: Row = {"run": run, "brief": at, "prompt": len(prompts[0])}
    for name in random.Random(seed).sample(list(ways), len(ways)):
        try:
            row[name], row[f"{name}: wrote"] = ways[name]()
        except PeerError as error:
            say(f"{name}: {error}")
    say(", ".join(f"{name} {row[name]:.2f} s" for name in ways if name in row))
    return row


def _ends(folder: str) -> list[int]:
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    known = tokenizer.get_vocab()
    return sorted({tokenizer.eos_token_id, *(known[name] for name in END_TOKENS if name in known)})
