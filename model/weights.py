"""A folder of weights to a model and a tokenizer on a device, in the arithmetic that is fastest there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError

from model.fingerprint import name_of as name_of  # found here too: it is a part of loading a model
from model.generation import EngineError
from model.packing import can_pack

END_TOKENS = ("<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|endoftext|>")


def load(folder: Path, device: str, *, as_saved: bool = False) -> tuple[Any, Any]:
    """The model and its tokenizer, to be packed where `can_pack`; raises EngineError when folder or device won't do.

    `as_saved` leaves the numbers as they lie in the folder, for a model whose layers are packed already: to make
    float32 of what is thrown away took a quarter of a second and 250 MiB.
    """
    from transformers import AutoModelForCausalLM, AutoTokenizer

    place = choose_device(device)
    dtype = "auto" if as_saved else torch.float32 if can_pack(place) else torch.bfloat16
    try:
        with without_bars():
            tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(
                folder, dtype=dtype, local_files_only=True, use_safetensors=True, attn_implementation="sdpa"
            )
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise EngineError(f"The model in {str(folder)!r} can't be loaded; fetch it again or name another.") from error
    return model.eval().requires_grad_(False).to(place), tokenizer


@contextmanager
def without_bars() -> Iterator[None]:
    """Keep transformers from drawing a bar for what takes a second."""
    from transformers.utils import logging

    library: Any = logging
    bars = library.is_progress_bar_enabled()
    library.disable_progress_bar()
    try:
        yield
    finally:
        if bars:
            library.enable_progress_bar()


def choose_device(device: str) -> torch.device:
    """`auto` is the GPU where there is one."""
    if device == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device != "cpu" and not (device.split(":")[0] == "cuda" and torch.cuda.is_available()):
        raise EngineError(f"The device {device!r} is not available here; use 'auto' or 'cpu'.")
    return torch.device(device)


def end_tokens(model: Any, tokenizer: Any) -> frozenset[int]:
    """The tokens that end an answer, by the generation config, the tokenizer and the usual names."""
    configured = model.generation_config.eos_token_id
    ends = {configured} if isinstance(configured, int) else set(configured or ())
    ends.add(tokenizer.eos_token_id)
    special = set(tokenizer.all_special_tokens) | set(tokenizer.get_added_vocab())
    ends.update(tokenizer.convert_tokens_to_ids(name) for name in END_TOKENS if name in special)
    return frozenset(token for token in ends if token is not None)


def context_of(config: Any, wanted: int) -> int:
    """How many tokens a slot may hold; raises EngineError for attention that the slots don't cover."""
    kinds = set(getattr(config, "layer_types", None) or ["full_attention"])
    if not kinds <= {"full_attention"}:
        raise EngineError(f"The model mixes {sorted(kinds)}; only models with full attention in every layer are run.")
    return min(wanted, int(config.max_position_embeddings))
