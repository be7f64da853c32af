"""The peers that run on torch: our engine, transformers' generate one by one and batched, its continuous batching."""

import contextlib
import time
from pathlib import Path
from typing import Any, cast

import torch
import transformers

from bench import random_model
from bench.witness import Listener
from bot.engines import Encoder
from model.brief import Brief
from model.embedding import Vectors
from model.engine import LocalEngine
from model.generation import Engine, EngineError, Request, Sampling
from model.half_weights import can_multiply_bfloat16
from model.lean_layers import lighten
from model.lora import Adapted, Adapter
from model.packing import can_pack, pack
from model.threads import keep_to_one_core
from model.weights import load, name_of
from model.writer import Writer
from model.writing import Draft

ADAPTER = "house"
COPY_SIZE = 1 << 28  # bytes copied to learn how fast memory is; on a GPU four times as many


def open_peer(options: dict[str, Any]) -> Any:
    """The peer that the options name."""
    kinds = {"ours": Ours, "writer": OurWriter, "one by one": OneByOne, "batched": Batched, "continuous": Continuous}
    return kinds[options["kind"]](options)


class Endless:
    """A tokenizer that knows no end: every engine writes the same number of tokens."""

    eos_token_id = None
    all_special_tokens: tuple[str, ...] = ()

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)

    def __len__(self) -> int:
        return len(self._tokenizer)

    def get_added_vocab(self) -> dict[str, int]:
        """None that could be an end."""
        return {}


class Ours:
    """Our engine, with as many slots as there are drafts at once."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        keep_to_one_core()
        self._model, tokenizer = _loaded(options)
        self._model.generation_config.eos_token_id = None
        self._engine = _engine(self._model, Endless(tokenizer), options)
        self._adapter = ADAPTER if options.get("adapter") else None
        self.about = f"ours, {_arithmetic(self._model, options)}{_where(self._model.device)}"

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens; how many were written."""
        sampling = Sampling(**self._options["sampling"])
        streams = [
            self._engine.submit(
                Request(prompt=tuple(prompt), n=n, max_tokens=new, sampling=sampling, adapter=self._adapter)
            )
            for prompt in prompts
        ]
        finishes = [event.finish for stream in streams for event in stream if event.finish]
        if finishes != ["length"] * (len(prompts) * n):
            raise RuntimeError(f"sequences ended as {set(finishes)}")
        return len(finishes) * new

    def bandwidth(self) -> float:
        """Bytes a second that this device moves when it copies."""
        return _bandwidth(self._model.device)

    def close(self) -> None:
        """End the engine's thread."""
        self._engine.close()


class OurWriter:
    """The writer on our engine, as the desk runs it: natural ends, checks, ranking."""

    def __init__(self, options: dict[str, Any]) -> None:
        keep_to_one_core()
        model, tokenizer = load(Path(options["folder"]), options["device"])
        self._engine = _engine(model, tokenizer, options)
        self._tokenizer, self._sampling = tokenizer, options["sampling"]
        self._adapter = ADAPTER if options.get("adapter") else None
        self._encoder = Encoder(Path(options["data"]))
        self._encoder.settle()
        self.about = "the writer on our engine, adapter " + (options["adapter"] or "none")

    def _writer(self, engine: Engine, vectors: Vectors | None = None) -> Writer:
        return Writer(engine, adapter=self._adapter, taught=self._adapter is not None, vectors=vectors)

    def prompt(self, brief: dict[str, Any]) -> list[int]:
        """The tokens of what the writer asks the engine for this brief."""
        listener = Listener(self._engine)
        with contextlib.suppress(EngineError):
            list(self._writer(cast(Engine, listener)).write(_brief(brief)))
        chat = list(listener.asked.prompt)
        text = self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return tokens

    def copy(self, brief: dict[str, Any], candidates: int, seed: int) -> list[int]:
        """Write a brief's drafts; how many characters each has."""
        writer = self._writer(self._engine, self._encoder.vectors)
        items = writer.write(_brief(brief), seed=seed, candidates=candidates)
        return [item.characters for item in items if isinstance(item, Draft)]

    def first(self, prompt: list[int], most: int, n: int, enough: int, seed: int) -> None:
        """Sample n at once until enough of them have ended by themselves."""
        sampling = Sampling(**self._sampling, seed=seed)
        request = Request(prompt=tuple(prompt), n=n, max_tokens=most, sampling=sampling, adapter=self._adapter)
        stream = self._engine.submit(request)
        for event in stream:
            enough -= event.finish is not None
            if not enough:
                stream.cancel()
                return

    def close(self) -> None:
        """End the engine's thread."""
        self._engine.close()


class OneByOne:
    """transformers' generate, a draft after the other."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._model = _plain(options)
        # No end, and a filler that the mask hides.
        self._model.generation_config.eos_token_id = None
        self._model.generation_config.pad_token_id = 0
        self.about = f"transformers {transformers.__version__}, {options['dtype']}{_where(self._model.device)}"

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens; how many were written."""
        return sum(self._generate([prompt], new) for prompt in prompts for _ in range(n))

    def _generate(self, prompts: list[list[int]], new: int) -> int:
        longest = max(map(len, prompts))
        tokens = [[0] * (longest - len(prompt)) + prompt for prompt in prompts]
        mask = [[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts]
        sampling = _transformers(self._options["sampling"])
        place = self._model.device
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=torch.tensor(tokens, device=place),
                attention_mask=torch.tensor(mask, device=place),
                max_new_tokens=new,
                **sampling,
            )
        _catch_up(place)
        return int(output.shape[0] * (output.shape[1] - longest))


class Batched(OneByOne):
    """transformers' generate, all drafts in one call, padded on the left."""

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens; how many were written."""
        return self._generate([prompt for prompt in prompts for _ in range(n)], new)


class Continuous:
    """transformers' continuous batching, its manager kept between runs."""

    def __init__(self, options: dict[str, Any]) -> None:
        library: Any = transformers
        self._model = _plain(options)
        chosen = library.GenerationConfig(eos_token_id=-1, pad_token_id=0, **_transformers(options["sampling"]))
        # Left alone it takes all memory that is free, and the other peers are there as well.
        room = (
            {"num_blocks": 64, "max_batch_tokens": 512} if options["device"] == "cpu" else {"max_memory_percent": 0.3}
        )
        self._manager = self._model.init_continuous_batching(
            generation_config=chosen, continuous_batching_config=library.ContinuousBatchingConfig(**room)
        )
        self._manager.warmup()
        self._manager.start()
        about = f"transformers {transformers.__version__} continuous batching, {options['dtype']}"
        self.about = about + _where(self._model.device)

    def write(self, prompts: list[list[int]], new: int, n: int = 1) -> int:
        """Continue every prompt n times by exactly that many tokens; how many were written."""
        asked = [prompt for prompt in prompts for _ in range(n)]
        self._manager.add_requests(inputs=asked, max_new_tokens=new)
        written, ended = 0, 0
        while ended < len(asked):
            answer = self._manager.get_result(timeout=1)
            if answer is None and not self._manager.is_running():
                raise RuntimeError("transformers' manager stopped")
            if answer is not None and answer.is_finished():
                ended += 1
                written += len(answer.generated_tokens)
        return written

    def close(self) -> None:
        """End the manager's thread."""
        self._manager.stop(block=True)


def _transformers(sampling: dict[str, float]) -> dict[str, Any]:
    """The same sampling in transformers' words."""
    return {"do_sample": True, "top_k": 0, **sampling} if sampling["temperature"] else {"do_sample": False}


def _loaded(options: dict[str, Any]) -> tuple[Any, Any]:
    """Our model as the desk loads it, or one with random weights treated alike."""
    if not options["random"]:
        return load(Path(options["folder"]), options["device"])
    model = random_model.model(options["random"], options["device"], torch.bfloat16)
    return model, random_model.tokenizer(options["random"])


def _plain(options: dict[str, Any]) -> Any:
    """The model as transformers loads it."""
    dtype = getattr(torch, options["dtype"])
    if options["random"]:
        return random_model.model(options["random"], options["device"], dtype)
    model: Any = transformers.AutoModelForCausalLM.from_pretrained(options["folder"], dtype=dtype)
    return model.to(options["device"]).eval().requires_grad_(False)


def _engine(model: Any, tokenizer: Any, options: dict[str, Any]) -> LocalEngine:
    """An engine as the desk opens it, the adapter merged; the end of texts may be forgotten before."""
    name = options["random"] or name_of(Path(options["folder"]))
    adapted, adapters = Adapted(model, name), dict[str, Adapter]()
    if options.get("adapter"):
        adapters[ADAPTER] = adapted.load(Path(options["adapter"]))
        adapted.merge(adapters[ADAPTER])
    if can_pack(model.device):
        pack(model)
        lighten(model, adapted.adds)
    return LocalEngine(model, tokenizer, name=name, slots=options["slots"], adapted=adapted, adapters=adapters)


def _brief(fields: dict[str, Any]) -> Brief:
    values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in fields.items()}
    return Brief(**values)


def _arithmetic(model: Any, options: dict[str, Any]) -> str:
    if not can_pack(torch.device(options["device"])):
        return str(model.dtype)
    return f"packed {'bfloat16' if can_multiply_bfloat16() else 'float16'} weights"


def _bandwidth(device: torch.device) -> float:
    size = COPY_SIZE * (4 if device.type == "cuda" else 1)
    source = torch.ones(size, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    seconds = []
    for _ in range(8):
        _catch_up(device)
        started = time.perf_counter()
        target.copy_(source)
        _catch_up(device)
        seconds.append(time.perf_counter() - started)
    return 2 * size / min(seconds)


def _catch_up(device: torch.device) -> None:
    """Wait for what a GPU has been told to do: whoever only told it has not done it."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def _where(device: torch.device) -> str:
    return f", {torch.cuda.get_device_name(device)}" if device.type == "cuda" else ""
