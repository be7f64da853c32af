"""A real vLLM server on this machine's CPU, and an adapter for the model that it serves."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import torch
from safetensors.torch import save_file

from tests.running_bot import free_port

PYTHON = os.environ.get("COPYDESK_VLLM_PYTHON", "")
CONTEXT = 1024
START_SECONDS = 600


@contextmanager
def serving(folder: Path, log: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A server's address and its process, once it answers."""
    port = free_port()
    options = {
        "model": folder,
        "served-model-name": "smol",
        "dtype": "float32",  # as exact as it gets, so that its words can be compared with ours
        "max-model-len": CONTEXT,
        "host": "127.0.0.1",
        "port": port,
        "max-loras": 2,
        "max-lora-rank": 16,
    }
    command = [str(Path(PYTHON).absolute()), "-m", "vllm.entrypoints.openai.api_server", "--enforce-eager"]
    command += ["--enable-lora", *(word for name, value in options.items() for word in (f"--{name}", str(value)))]
    environ = {
        "VLLM_CPU_KVCACHE_SPACE": "1",
        "VLLM_CPU_OMP_THREADS_BIND": "nobind",
        "VLLM_NO_USAGE_STATS": "1",
        "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "1",
        "HF_HUB_OFFLINE": "1",
    }
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, env={**os.environ, **environ}, cwd=log.parent, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}/v1", process
        finally:
            process.terminate()


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(START_SECONDS):
        try:
            process.wait(1.0)
        except subprocess.TimeoutExpired:
            try:
                if httpx.get(f"{url}/health", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                continue
        else:
            break
    raise AssertionError(f"vLLM did not start; the end of its log:\n{log.read_text('utf-8')[-3000:]}")


def adapter(folder: Path, base: Path, *, seed: int) -> Path:
    """A LoRA adapter for the embedded model, strong enough that greedy words change."""
    config = json.loads((base / "config.json").read_text("utf-8"))
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    outer = {"q_proj": hidden, "v_proj": hidden // heads * config["num_key_value_heads"]}
    random = torch.Generator().manual_seed(seed)
    tensors = {}
    for layer in range(config["num_hidden_layers"]):
        for name, size in outer.items():
            key = f"base_model.model.model.layers.{layer}.self_attn.{name}"
            tensors[f"{key}.lora_A.weight"] = torch.randn(8, hidden, generator=random) * 0.05
            tensors[f"{key}.lora_B.weight"] = torch.randn(size, 8, generator=random) * 0.02
    said = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 8, "lora_alpha": 16, "bias": "none"}
    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / "adapter_model.safetensors", {"format": "pt"})
    (folder / "adapter_config.json").write_text(json.dumps({**said, "target_modules": list(outer)}), "utf-8")
    return folder
