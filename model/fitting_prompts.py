"""A prompt that leaves room for its answer: liked drafts give way first, then examples, then the brand's own copy."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from model.brief import Brief
from model.generation import Engine, Message
from model.house_examples import Example
from model.prompts import messages
from model.revision import LONGER
from model.shape import Format

Ask = Callable[[Brief, Sequence[Example]], tuple[Message, ...]]


def fitting(
    engine: Engine, ask: Ask, brief: Brief, shown: Sequence[Example], liked: Sequence[Example], *, tokens: int
) -> tuple[Message, ...]:
    """The fullest prompt that leaves so many tokens to its answer, or else the shortest.

    `ask` makes a prompt; of the `liked` the last is nearest to the brief, and so the last to go.
    """
    chat: tuple[Message, ...] = ()
    for lighter, examples in _lighter(brief, shown, liked):
        chat = ask(lighter, examples)
        room = engine.room(chat)
        if room is None or room >= tokens:
            break
    return chat


def _lighter(
    brief: Brief, shown: Sequence[Example], liked: Sequence[Example]
) -> Iterator[tuple[Brief, tuple[Example, ...]]]:
    """Yield what a prompt may show, less and less."""
    for at in range(len(liked) + 1):
        yield brief, (*shown, *liked[at:])
    for at in range(1, len(shown) + 1):
        yield brief, tuple(shown[at:])
    for left in reversed(range(len(brief.examples))):
        yield replace(brief, examples=brief.examples[:left]), ()


def keeps_old(engine: Engine, brief: Brief, form: Format) -> bool:
    """Whether a prompt that shows the old text leaves room for a new one as long, or longer where that is asked."""
    plain = replace(brief, examples=())
    without, beside = (engine.room(messages(one, form)) for one in (replace(plain, rejected=""), plain))
    if without is None or beside is None:
        return True
    return beside >= (without - beside) * (LONGER if brief.revision == "longer" else 1)
