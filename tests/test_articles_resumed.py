"""Two articles written at once: when the engine goes away between them, the one that is missing is written after."""

from collections.abc import Callable, Iterator

from model.generation import Event, Request
from tests.fake_engine import FakeEngine, FakeStream
from tests.running_bot import RunningBot
from tests.test_articles import paragraph
from tests.thread_reading import wait_for_drafts
from tests.visitor import Visitor

FIRST, SECOND = (
    f"# Cold brew {name}\n\n{paragraph(at, sentences=61)}" for at, name in enumerate(("slowly", "at home"))
)


class BrokenStream(FakeStream):
    """Comes to the end of the second text, and of the first one no further than its title."""

    def __iter__(self) -> Iterator[Event]:
        yield Event(0, "# Cold brew")
        yield Event(1, SECOND, "stop")
        yield Event(0, "", "cancelled")


class BreakingEngine(FakeEngine):
    """Has no outline, and goes away when two texts are asked for at once."""

    def submit(self, request: Request) -> FakeStream:
        stream = super().submit(request)
        return BrokenStream(self, [], "stop") if request.n == 2 else stream


def test_the_number_that_is_free_is_given(start_bot: Callable[..., RunningBot], ana: Visitor) -> None:
    """The missing text was numbered behind those kept, and its number was taken: the brief failed."""
    bot = start_bot(engine=BreakingEngine(FIRST))

    ana.type("/copy blog about Brewline cold brew at home --variants 2")

    wait_for_drafts(ana, 2)
    bot.close()
    assert bot.rows("SELECT variant, text FROM drafts ORDER BY variant") == [
        {"variant": 1, "text": FIRST},
        {"variant": 2, "text": SECOND},
    ]
    assert bot.rows("SELECT status FROM briefs") == [{"status": "done"}]
