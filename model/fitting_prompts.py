"""A prompt that leaves room for its answer: liked drafts go first, then the old text, examples, the brand's copy."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from model.brief import Brief
from model.generation import Engine, Message
from model.house_examples import Example
from model.prompts import messages
from model.revision import LONGER, is_fresh
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


def fitting_part(
    engine: Engine,
    brief: Brief,
    form: Format,
    shown: Sequence[Example] = (),
    begun: str = "",
    *,
    taught: bool,
    tokens: int,
) -> tuple[Message, ...]:
    """The fullest prompt for a part of a long text: its outline, or what follows the text that has `begun`."""

    def ask(brief: Brief, examples: Sequence[Example]) -> tuple[Message, ...]:
        chat = messages(brief, form, examples, taught=taught)
        return (*chat, {"role": "assistant", "content": begun}) if begun else chat

    return fitting(engine, ask, brief, shown, (), tokens=tokens)


def _lighter(
    brief: Brief, shown: Sequence[Example], liked: Sequence[Example]
) -> Iterator[tuple[Brief, tuple[Example, ...]]]:
    """Yield what a prompt may show, less and less."""
    for at in range(len(liked) + 1):
        yield brief, (*shown, *liked[at:])
    if is_fresh(brief):
        # Copy that is to be different needn't be shown what it must differ from: guards and checks see to that.
        brief = replace(brief, rejected="")
        yield brief, tuple(shown)
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
