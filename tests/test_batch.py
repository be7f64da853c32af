"""The running batch moves sequences into free slots, and only ever downwards."""

from types import SimpleNamespace
from typing import Any

from model.batch import Batch


def test_compacting_ends_while_a_prompt_is_read_in_a_low_slot() -> None:
    """Four sequences ran in slots 1 to 4 and slot 0 was being read: the first free slot lay above the last one, and
    the batch moved a sequence up and down between the two for ever, while every brief waited."""
    moves: list[tuple[int, int]] = []

    def copy(source: int, target: int, length: int) -> None:
        moves.append((source, target))
        assert len(moves) < 10, f"it does not end: {moves}, {length}"

    cache: Any = SimpleNamespace(slots=16, tokens=[[] for _ in range(16)], copy=copy)
    nothing: Any = None
    batch = Batch(nothing, cache, nothing, ends=frozenset())
    running: Any = [SimpleNamespace(slot=slot) for slot in (1, 2, 3, 4)]
    reading: Any = {0: None}
    batch.running, batch._reading = running, reading

    batch._compact()

    assert moves == []
