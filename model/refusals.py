"""What every engine refuses before it begins: requests that no model could answer."""

from model.generation import EngineError, Request


def refuse_nonsense(request: Request) -> None:
    """Raise EngineError for what no model could answer."""
    if not request.prompt:
        raise EngineError("The prompt is empty; say what to write.")
    if len({isinstance(part, int) for part in request.prompt}) > 1:
        raise EngineError("A prompt is messages or tokens, not both.")
    sampling = request.sampling
    rules = (
        ("n", request.n, request.n >= 1, "1 or more"),
        ("max_tokens", request.max_tokens, request.max_tokens >= 1, "1 or more"),
        ("temperature", sampling.temperature, 0 <= sampling.temperature <= 100, "0 to 100"),
        ("top_p", sampling.top_p, 0 < sampling.top_p <= 1, "more than 0 and at most 1"),
        ("top_k", sampling.top_k, sampling.top_k >= 0, "0 (all tokens) or more"),
        ("repetition_penalty", sampling.repetition_penalty, sampling.repetition_penalty > 0, "more than 0"),
    )
    for name, value, allowed, rule in rules:
        if not allowed:
            raise EngineError(f"The request has {name} {value!r}; it must be {rule}.")
