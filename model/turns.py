"""Whose turn it is: a queue that is fair between requests and serves a higher priority first."""

from collections import deque
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Waiting(Protocol):
    """Something that waits for its turn."""

    @property
    def priority(self) -> int:
        """Higher ones come first."""
        ...


T = TypeVar("T", bound=Waiting)


class Turns(Generic[T]):
    """Within a priority, first come first served; one that needs more turns goes to the back each time."""

    def __init__(self) -> None:
        self._lanes: dict[int, deque[T]] = {}
        self._count = 0

    def __len__(self) -> int:
        """How many wait; may be asked from any thread."""
        return self._count

    def __iter__(self) -> Iterator[T]:
        for priority in sorted(self._lanes, reverse=True):
            yield from self._lanes[priority]

    def add(self, item: T) -> None:
        """Wait at the back of one's priority."""
        self._lanes.setdefault(item.priority, deque()).append(item)
        self._count += 1

    def take(self) -> T | None:
        """The next one, or None when nobody waits."""
        first = next(iter(self), None)
        if first is not None:
            self.remove(first)
        return first

    def remove(self, item: T) -> None:
        """Leave without having had one's turn."""
        lane = self._lanes[item.priority]
        lane.remove(item)
        self._count -= 1
        if not lane:
            del self._lanes[item.priority]
