"""llama.cpp through llama-cpp-python, in its own environment: the model's Q4_1 GGUF, one text after another."""

import importlib
from typing import Any


def open_peer(options: dict[str, Any]) -> "Llama":
    """Load the GGUF on as many threads as there are cores."""
    return Llama(options)


class Llama:
    """One context: it keeps the beginning that a prompt shares with the one before it."""

    def __init__(self, options: dict[str, Any]) -> None:
        llama_cpp = importlib.import_module("llama_cpp")
        self._sampling = {
            "temp": options["sampling"]["temperature"],
            "top_p": options["sampling"]["top_p"],
            "top_k": 40,  # its own default: it would sort the whole vocabulary for each token
            "min_p": 0.0,
            "repeat_penalty": 1.0,
        }
        self._llama = llama_cpp.Llama(
            options["gguf"], n_ctx=2048, n_threads=options["threads"], n_threads_batch=options["threads"], verbose=False
        )
        self.about = f"llama-cpp-python {llama_cpp.__version__}, Q4_1, {options['threads']} threads"

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens, one after another; how many were written."""
        for prompt in prompts:
            for _ in range(n):
                self._continue(prompt, new, frozenset())
        return len(prompts) * n * new

    def until_end(self, prompt: list[int], most: int, ends: list[int], n: int) -> list[int]:
        """Continue a prompt n times, each until its natural end; the tokens of each."""
        return [self._continue(prompt, most, frozenset(ends)) for _ in range(n)]

    def _continue(self, prompt: list[int], most: int, ends: frozenset[int]) -> int:
        written = 0
        for token in self._llama.generate(prompt, **self._sampling):
            if token in ends:
                break
            written += 1
            if written == most:
                break
        return written
