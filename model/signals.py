"""A signal: what one person thought of one draft and did with it, as the desk learns from it."""

from dataclasses import dataclass

from model.brief import Brief


@dataclass(frozen=True, slots=True)
class Signal:
    """What one person thought of one draft and did with it. Text order of `at` is time order."""

    draft: str
    """The draft's id."""
    brief: Brief
    """What was asked."""
    text: str
    """The draft as the desk wrote it."""
    user: str
    at: str
    """The stamp of the newest act."""
    value: int = 0
    """1, -1, or 0 when the person gave no vote on this text."""
    edited: str = ""
    """This person's rewrite."""
    used: bool = False
    """Whether this person shared it or marked it as shipped."""
    reason: str = ""
    """What was wrong, one of the reasons offered, or empty."""
    words: str = ""
    """What the person added to the reason."""
    model: str = ""
    adapter: str | None = None
    """The adapter that wrote the draft."""
    rank: int = 0
    """1 for the ranking's best of what was sampled; 0 where it isn't known."""
    propensity: float = 1.0
    """How likely the ranking was to show this draft, given those before it; above 0 and at most 1.

    Of what else was on offer nothing more is kept. Weighed by 1/propensity (Horvitz and Thompson 1952) signals say
    without bias what people would have thought had the ranking explored more, less or not at all: the best is shown
    with 0.85 or more, so the propensity tells it from what was tried. Adapters are compared without it, on briefs that
    are dealt out at random. What needs the other texts is a ranking that would order them anew; that one is judged by
    what people say of it from then on, rather than by keeping several texts for each shown one that nobody saw, made
    of a person's brief, which an export would have to hand out and `forget` to erase.
    """
    shown: str = ""
    """Somebody else's rewrite, where that was what the person voted on; `value` is 0 then."""
    shown_value: int = 0
    """That vote."""
    private: bool = False
    """Asked for in private: it may teach, and is never shown to others."""
    imported: bool = False
