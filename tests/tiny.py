"""Tiny models made in code: a llama, its tokenizer with a chat template, LoRA adapters, and a sentence encoder."""

import json
import re
import threading
import warnings
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BertConfig,
    BertModel,
    BertTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
)

from model.generation import Finish, Stream

TEXTS = [
    "Fresh bread every morning, baked by people who care.",
    "A jacket for rain and wind: light, warm, and made to last.",
    "Café crème brûlée, naïve and piñata; 👍🏽 and 🇩🇪, 新鮮なパン.",
]
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
BOS, EOS = "<|im_start|>", "<|im_end|>"
LINEARS = ("q_proj", "v_proj", "down_proj")


def tokenizer(*more: str) -> Any:
    """Byte-level BPE with a few merges, so that characters are split over tokens; `more` texts make other merges."""
    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=[BOS, EOS], initial_alphabet=alphabet, show_progress=False
    )
    inner.train_from_iterator([*TEXTS, *more], trainer)
    fast: Any = PreTrainedTokenizerFast
    return fast(tokenizer_object=inner, bos_token=BOS, eos_token=EOS, pad_token=EOS, chat_template=TEMPLATE)


def llama(*, seed: int = 0, context: int = 96, vocabulary: int = 300) -> Any:
    """Two layers in float32; the weights are large enough that greedy text doesn't repeat one token."""
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=context,
        initializer_range=0.4,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    torch.manual_seed(seed)
    model: Any = LlamaForCausalLM(config)
    return model.eval().requires_grad_(False)


def adapter(folder: Path, *, seed: int, rank: int = 4, width: int = 32, **changes: object) -> Path:
    """A LoRA adapter for `llama()` as peft would save it; `changes` go into its config."""
    torch.manual_seed(seed)
    sizes = {"q_proj": (32, 32), "v_proj": (32, 16), "down_proj": (48, 32)}
    tensors = {}
    for layer in range(2):
        for name, (inner, outer) in sizes.items():
            block = "mlp" if name == "down_proj" else "self_attn"
            key = f"base_model.model.model.layers.{layer}.{block}.{name}"
            tensors[f"{key}.lora_A.weight"] = torch.randn(rank, inner * width // 32)
            tensors[f"{key}.lora_B.weight"] = torch.randn(outer, rank) * 0.3
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": 8, "bias": "none"}
    config |= {"target_modules": list(LINEARS), "base_model_name_or_path": "tiny", **changes}
    folder.mkdir(parents=True)
    save_file(tensors, folder / "adapter_model.safetensors", {"format": "pt"})
    (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def with_adapter(folder: Path, *, context: int = 96) -> Any:
    """The tiny llama with an adapter on it, as peft runs it."""
    from peft import PeftModel  # a second's import, which most tests don't need

    with warnings.catch_warnings():
        # peft asks transformers by the old name; it is peft's to mend.
        warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)
        return PeftModel.from_pretrained(llama(context=context), str(folder)).eval()


def save(folder: Path) -> Path:
    """The tiny model and its tokenizer as a folder."""
    llama().save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


class Gate:
    """Lets a test stand still between two steps: the model runs only while the gate is open.

    Before the step `closes_before` it closes by itself, so that a test stands there however slow it is.
    """

    def __init__(self, model: Any) -> None:
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()
        self.failure: Exception | None = None
        self.steps = 0
        self.closes_before = -1
        model.register_forward_pre_hook(self._wait)

    def _wait(self, *_: object) -> None:
        if self.steps == self.closes_before:
            self.open.clear()
        if self.steps >= self.closes_before:
            self.reached.set()
        assert self.open.wait(10), "the test never opened the gate"
        self.steps += 1
        if self.failure:
            raise self.failure


def texts(stream: Stream) -> dict[int, tuple[str, Finish | None]]:
    """Each sequence's whole text and why it ended."""
    found: dict[int, tuple[str, Finish | None]] = {}
    for event in stream:
        before, finish = found.get(event.sequence, ("", None))
        assert finish is None, "nothing comes after the finish"
        found[event.sequence] = (before + event.text, event.finish)
    return found


def encoder(folder: Path) -> Path:
    """A BERT with random weights and a word a token, as the folder of the sentence encoder is."""
    words = sorted({word for text in TEXTS for word in re.findall("[a-z]+", text.lower())})
    vocabulary = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words])}
    fast: Any = BertTokenizer
    torch.manual_seed(0)
    sizes: Any = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(vocabulary), max_position_embeddings=512, initializer_range=0.4, **sizes)
    BertModel(config).save_pretrained(folder)
    fast(vocab=vocabulary).save_pretrained(folder)
    return folder
