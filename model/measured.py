"""What a candidate was measured at, beside the incumbent and the round's base, as plain numbers."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Integrity:
    """What the candidate's files are like; `fault` is the sentence why they can't be used, or empty.

    `bad` counts the numbers among its `tensors` that aren't finite. `change` is the Frobenius norm of what it adds to
    the weights beyond the round's base, `size` that of all that it adds to the bare model.
    """

    fault: str
    tensors: int
    bad: int
    change: float
    size: float


@dataclass(frozen=True, slots=True)
class Text:
    """What one adapter wrote for one brief of the suite.

    `ok` is whether every hard check passes, `distinct` the share of its word pairs that differ from each other
    (distinct-2, arXiv:1510.03055), `shared` how much of it another brief's text says too (0 to 1), `fitting` whether it
    is in the brief's language, `mood` how warm it sounds, from -1 to 1.
    """

    ok: bool
    characters: int
    distinct: float
    shared: float
    fitting: bool
    mood: float


@dataclass(frozen=True, slots=True)
class Both:
    """One brief of the suite and its two texts; the two briefs of a counterfactual pair carry the pair's name."""

    brief: str
    pair: str
    incumbent: Text
    candidate: Text


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the candidate is from the round's base: KL divergence in nats a token, over so many tokens."""

    kl: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Perplexity:
    """Of general text, over so many tokens, under each of the three."""

    base: float
    incumbent: float
    candidate: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Score:
    """A held-out lesson: whether somebody liked it, and its log-probability in nats under incumbent and candidate.

    `brief` is the same for lessons that answer the same prompt.
    """

    user: str
    brief: str
    format: str
    liked: bool
    tokens: int
    incumbent: float
    candidate: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the gate looks at; `incumbent` and `candidate` are the names of adapters.

    `asked` is how many texts the suite wanted, `left_out` how many held-out lessons found no room or no time.
    """

    incumbent: str
    candidate: str
    integrity: Integrity
    texts: tuple[Both, ...] = ()
    asked: int = 0
    drift: Drift = Drift(0.0, 0)
    perplexity: Perplexity = Perplexity(0.0, 0.0, 0.0, 0)
    scores: tuple[Score, ...] = ()
    left_out: int = 0
    seconds: float = 0.0

    def to_json(self) -> str:
        """The evidence as a JSON document."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Evidence":
        """Read what to_json wrote; raises ValueError when it is no evidence."""
        try:
            return _read(json.loads(text))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"This is no evidence of a round: {error!r}. Judge the candidate anew.") from error


def _read(found: dict[str, Any]) -> Evidence:
    parts = {
        "integrity": Integrity(**found["integrity"]),
        "texts": tuple(_both(one) for one in found["texts"]),
        "drift": Drift(**found["drift"]),
        "perplexity": Perplexity(**found["perplexity"]),
        "scores": tuple(Score(**one) for one in found["scores"]),
    }
    return Evidence(**{**found, **parts})


def _both(found: dict[str, Any]) -> Both:
    written = {name: Text(**found[name]) for name in ("incumbent", "candidate")}
    return Both(**{**found, **written})
