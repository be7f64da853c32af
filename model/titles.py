"""Takes its own title off an article that goes on under another one, while it is being written."""

from collections.abc import Iterator
from dataclasses import replace

from model.generation import Event


def under_title(events: Iterator[Event]) -> Iterator[Event]:
    """The events of a text, its first sequence without the title that it opens with; nothing else is held back.

    >>> events = [Event(0, "# Two"), Event(0, " titles\\n\\nOne"), Event(0, " text.", "stop")]
    >>> [one.text for one in under_title(iter(events))]
    ['One', ' text.']
    """
    held, is_open = "", True
    for event in events:
        if event.sequence or not is_open:
            yield event
            continue
        held = (held + event.text).lstrip()
        line, end, rest = held.partition("\n")
        is_title = line.startswith("# ")
        if not event.finish and (held in ("", "#") or (is_title and not (end and rest.strip()))):
            continue
        is_open = False
        yield replace(event, text=rest.lstrip() if is_title else held)
