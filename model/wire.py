"""What is said to an OpenAI-compatible server and what it says back: bodies, events, refusals and load."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any

from model.generation import Event, Finish, Message, Request

# The server's templates end a turn unless told that it goes on.
CONTINUING: Mapping[str, bool] = MappingProxyType({"continue_final_message": True, "add_generation_prompt": False})
# vLLM's own, beyond what OpenAI has; a server that doesn't know one is asked again without it.
EXTENSIONS = ("top_k", "repetition_penalty", "bad_words", "cache_salt", "priority", *CONTINUING)
GO_ON: Message = {
    "role": "user",
    "content": "Go on exactly where your text ends. Write only what follows, in the same voice, and repeat nothing.",
}
# vLLM takes 128 sequences of tokens, and makes two of a phrase: at the start of the text and after a space.
MOST_BAD_WORDS = 64
UNKNOWN = re.compile(
    r"unrecogni[sz]ed|unknown|unexpected|unsupported|not supported|not permitted|forbidden|not allowed|not enabled",
    re.IGNORECASE,
)
FINISHES: Mapping[str, Finish] = {"stop": "stop", "length": "length"}
LOAD = re.compile(r"^vllm:num_requests_(running|waiting)(?:\{[^}]*\})? (\S+)$", re.MULTILINE)


class Garbled(Exception):
    """The server said something that an OpenAI-compatible server doesn't say."""


class Aborted(Exception):
    """The server ended what it was writing, because it shuts down or has failed."""


def body(request: Request, model: str, *, salt: str = "", without: Collection[str] = ()) -> dict[str, Any]:
    """What to post; `salt` keeps the server's prefix cache apart, `without` names the fields to leave out.

    Where a server can't be told that an answer goes on, it is asked for the rest in words, as a turn of its own.
    """
    sampling, begun = request.sampling, has_begun(request)
    in_words = begun and not CONTINUING.keys().isdisjoint(without)
    asked: dict[str, Any] = {
        "model": model,
        "prompt" if is_tokens(request) else "messages": [*request.prompt, *([GO_ON] if in_words else [])],
        "stream": True,
        "n": request.n,
        "max_tokens": request.max_tokens,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        # Said even where they change nothing: left out, vLLM takes what the model's own settings recommend.
        "top_k": sampling.top_k,
        "repetition_penalty": sampling.repetition_penalty,
    }
    wanted = {
        "seed": sampling.seed,
        "stop": list(request.stop) or None,
        "bad_words": bad_words(request.banned) or None,
        "cache_salt": salt or None,
        "priority": -request.priority or None,  # vLLM serves the lowest first
        **(CONTINUING if begun and not in_words else {}),
    }
    asked |= {name: value for name, value in wanted.items() if value is not None}
    return {name: value for name, value in asked.items() if name not in without}


def has_begun(request: Request) -> bool:
    """Whether the answer is to go on from a beginning that the request gives."""
    last = request.prompt[-1] if request.prompt else 0
    return not isinstance(last, int) and last["role"] == "assistant"


def is_tokens(request: Request) -> bool:
    """Whether the prompt is token ids rather than messages."""
    return bool(request.prompt) and isinstance(request.prompt[0], int)


def bad_words(phrases: Collection[str]) -> list[str]:
    """The phrases as a server is to avoid them: it compares letters exactly, so each comes in its usual cases.

    >>> bad_words(["cheap"])
    ['cheap', 'Cheap', 'CHEAP']
    """
    given = [phrase.strip() for phrase in phrases if phrase.strip()]
    cases = (str, str.lower, str.capitalize, str.title, str.upper)
    return list(dict.fromkeys(case(phrase) for case in cases for phrase in given))[:MOST_BAD_WORDS]


def payload(line: str) -> dict[str, Any] | None:
    """What a line of the event stream carries; None for one that carries nothing. Raises Garbled."""
    name, _, value = line.partition(":")
    value = value.strip()
    if name != "data" or value in ("", "[DONE]"):
        return None
    try:
        found = json.loads(value)
    except ValueError as error:
        raise Garbled(line[:200]) from error
    if not isinstance(found, dict):
        raise Garbled(line[:200])
    return found


def events(said: Mapping[str, Any], n: int) -> Iterator[Event]:
    """Yield the events of one payload; raises Aborted or Garbled."""
    if "error" in said:
        raise Aborted(str(said["error"])[:500])
    choices = said.get("choices", [])
    if not isinstance(choices, list):
        raise Garbled(str(choices)[:200])
    for choice in choices:
        try:
            number = choice["index"]
            text = choice["text"] if "text" in choice else choice["delta"].get("content")
            reason = choice.get("finish_reason")
        except (KeyError, TypeError, AttributeError) as error:
            raise Garbled(str(choice)[:200]) from error
        if not isinstance(number, int) or not 0 <= number < n or not isinstance(text, str | None):
            raise Garbled(str(choice)[:200])
        if reason == "abort":
            raise Aborted("finish_reason is 'abort'")
        yield Event(number, text or "", FINISHES.get(reason, "error") if reason else None)


def unknown_fields(text: str) -> set[str]:
    """Which of our fields a refusal says that it doesn't know; none when it refuses for another reason.

    >>> unknown_fields("Unrecognized request arguments supplied: repetition_penalty, top_k") == {
    ...     "repetition_penalty", "top_k"}
    True
    >>> unknown_fields("top_k must be at least -1")
    set()
    """
    if not UNKNOWN.search(text):
        return set()
    return {name for name in EXTENSIONS if re.search(rf"\b{name.replace('_', '[_ ]')}\b", text, re.IGNORECASE)}


def is_over_limit(text: str) -> bool:
    """Whether a refusal is about how long prompt and answer are together."""
    return "max_tokens" in text or "context length" in text


def seconds_until(retry_after: str | None, now: datetime) -> float | None:
    """How long a Retry-After header asks to wait, as seconds or as a date; None when it doesn't say.

    >>> seconds_until("2", datetime(2026, 1, 1))
    2.0
    """
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - now).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None


def load(metrics: str) -> tuple[int, int] | None:
    """How many sequences run and wait, by vLLM's metrics; None when they aren't vLLM's.

    >>> load('vllm:num_requests_running{engine="0"} 3.0\\nvllm:num_requests_waiting{engine="0"} 1.0')
    (3, 1)
    """
    found = [(name, int(float(value))) for name, value in LOAD.findall(metrics)]
    running, waiting = (sum(value for name, value in found if name == wanted) for wanted in ("running", "waiting"))
    return (running, waiting) if found else None
