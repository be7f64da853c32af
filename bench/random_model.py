"""Models of a known shape with random weights, for speed alone: made from their configuration, nothing is fetched."""

from typing import Any

SHAPES: dict[str, dict[str, Any]] = {
    "1.5b": {
        "kind": "Qwen2Config",
        "hidden_size": 1536,
        "intermediate_size": 8960,
        "num_hidden_layers": 28,
        "num_attention_heads": 12,
        "num_key_value_heads": 2,
        "vocab_size": 151_936,
    },
    "4b": {
        "kind": "Qwen3Config",
        "hidden_size": 2560,
        "intermediate_size": 9728,
        "num_hidden_layers": 36,
        "num_attention_heads": 32,
        "num_key_value_heads": 8,
        "head_dim": 128,
        "vocab_size": 151_936,
    },
    "tiny": {
        "kind": "Qwen2Config",
        "hidden_size": 64,
        "intermediate_size": 128,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "vocab_size": 2000,
    },
}
"""The shapes of Qwen2.5-1.5B and Qwen3-4B, and one for trying the bench itself."""


def config(name: str) -> Any:
    """The configuration of a shape; its embeddings are tied, as in the models it is like."""
    import transformers

    shape = dict(SHAPES[name])
    kind = getattr(transformers, shape.pop("kind"))
    return kind(**shape, tie_word_embeddings=True, max_position_embeddings=4096, bos_token_id=None, eos_token_id=None)


def model(name: str, device: str, dtype: Any) -> Any:
    """The model on its device."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    library: Any = AutoModelForCausalLM
    with torch.device(device):
        made = library.from_config(config(name), dtype=dtype, attn_implementation="sdpa")
    return made.eval().requires_grad_(False)


def tokenizer(name: str) -> Any:
    """As many made-up words as the vocabulary has, so that every token can be read back."""
    from tokenizers import Tokenizer, decoders, models
    from transformers import PreTrainedTokenizerFast

    words = {f"Ġw{number}": number for number in range(SHAPES[name]["vocab_size"])}
    inner = Tokenizer(models.WordLevel(words, unk_token="Ġw0"))
    inner.decoder = decoders.ByteLevel()
    fast: Any = PreTrainedTokenizerFast
    return fast(tokenizer_object=inner)


def step_bytes(name: str, concurrent: int, context: float) -> float:
    """What one step must read from memory at least: all weights once, and each sequence's keys and values."""
    shape = config(name)
    head = getattr(shape, "head_dim", None) or shape.hidden_size // shape.num_attention_heads
    queries, keys = shape.num_attention_heads * head, shape.num_key_value_heads * head
    layer = shape.hidden_size * (2 * queries + 2 * keys + 3 * shape.intermediate_size)
    weights = shape.num_hidden_layers * layer + shape.vocab_size * shape.hidden_size
    cached = 2 * shape.num_hidden_layers * keys * context * concurrent
    return 2.0 * float(weights + cached)
