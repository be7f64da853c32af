"""A fault in what belongs to one request ends that request, and those beside it are written as if it weren't there."""

import pytest

from model.batch import FAULT
from model.brief import Brief
from model.engine import LocalEngine
from model.formats import find
from model.generation import EngineError, Request, Sampling
from model.guards import Guard
from tests import tiny


class Faulty(Guard):
    """A guard with a fault of its own."""

    def fault(self, sentence: str, entry: str, before: str = "") -> str:
        """Judge nothing."""
        raise ZeroDivisionError(len(sentence + entry + before))


BRIEF = Brief("Tea from Ferrow")
ASKED = Request((5, 6, 7), n=2, max_tokens=40, sampling=Sampling(temperature=1.0, seed=4))


def test_a_guard_that_fails_ends_its_own_request_alone(caplog: pytest.LogCaptureFixture) -> None:
    engine = LocalEngine(tiny.llama(), tiny.tokenizer(), name="tiny", slots=6)
    wanted = tiny.texts(engine.submit(ASKED))
    guard = Faulty(BRIEF, find("tweet"))

    faulty = engine.submit(
        Request((5, 6, 7), n=3, max_tokens=120, sampling=Sampling(temperature=1.0, seed=1), guard=guard)
    )
    beside = engine.submit(ASKED)

    with pytest.raises(EngineError, match=FAULT):
        list(faulty)
    assert tiny.texts(beside) == wanted
    assert tiny.texts(engine.submit(ASKED)) == wanted
    assert engine.state().running == 0
    engine.close()
    caplog.clear()
