"""A model without the house's adapter reads the whole prompt, also once an adapter is fitted to it."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot import learner, rounds
from bot.engines import Source
from bot.learner import Learner
from bot.settings import Settings
from model.audition import audition
from model.brief import Brief
from model.examples import Lesson, from_jsonl
from model.fetch import is_embedded
from model.generation import Message, Request
from model.house_examples import Example
from model.packages import WRITER
from model.prompts import RULES, TAUGHT
from model.revision import revise
from model.scoring import fixed_lessons
from model.suite import read
from storage import briefs
from tests import published, scripted_steps
from tests.desk_rows import WORKSPACE
from tests.fake_engine import FakeEngine
from tests.model_server import ModelServer
from tests.running_bot import TWEETS
from tests.scripted_steps import Scripted
from tests.team import SUNDAY, add_votes
from tests.test_articles import HEADINGS, scripted

BRIEF = Brief(
    "tweet for Brewline cold brew, free shipping this week",
    voice="Dry and short.",
    examples=("Cold. Slow. Yours.",),
    brand="Brewline",
)
OLD = "Cold brew that waited all night for you, and free shipping this week."


def bare(engine: FakeEngine) -> Source:
    """A model from the hub, or one behind a server."""
    return Source(lambda: engine, None, None, None, None)


def asked(engine: FakeEngine, brief: Brief, adapter: str = "v0001") -> list[Request]:
    """What the engine is asked where a fitted adapter writes."""
    writer = bare(engine).writer(engine)
    for _ in writer.write(brief, adapter=adapter, seed=1, liked=[Example("tweet for Alder", "Walk on.")]):
        pass
    return engine.requests


def chat(request: Request) -> list[Message]:
    return [turn for turn in request.prompt if not isinstance(turn, int)]


def test_a_fitted_adapter_keeps_the_rules_the_limits_and_the_examples() -> None:
    """With its first adapter a larger model lost them all."""
    request = asked(FakeEngine(*TWEETS), BRIEF)[0]

    system, *turns, last = chat(request)
    assert request.adapter == "v0001"
    assert system["content"].startswith(RULES)
    assert "at most 280 characters" in system["content"]
    assert len(turns) == 6, "two of the house's examples and the liked one"
    assert turns[-1]["content"] == "Walk on."
    assert "Voice of the brand: «Dry and short.»" in last["content"]
    assert "«Cold. Slow. Yours.»" in last["content"]


def test_the_terminal_asks_a_fitted_adapter_as_the_desk_does() -> None:
    engine = FakeEngine(*TWEETS)

    list(bare(engine).writer(engine, "v0001").write(BRIEF, seed=1))

    assert engine.requests[0].adapter == "v0001"
    assert chat(engine.requests[0])[0]["content"].startswith(RULES)
    assert len(chat(engine.requests[0])) == 6


@pytest.mark.parametrize("kind", ["shorter", "translation", "more formal"])
def test_a_new_version_is_written_with_the_old_copy_before_it(kind: str) -> None:
    brief = revise(OLD, BRIEF, kind, language="de" if kind == "translation" else "")

    last = chat(asked(FakeEngine(*TWEETS), brief)[0])[-1]

    assert f"The copy so far: «{OLD}»" in last["content"]


def test_a_long_text_is_asked_for_by_the_rules_too_and_its_new_version_at_once() -> None:
    blog = Brief("blog post for Brewline on cold brew at home", "blog", variants=1)

    by_parts = asked(scripted(*HEADINGS), blog)
    at_once = asked(FakeEngine(OLD), revise(OLD, blog, "more formal"))

    assert len(by_parts) > 2
    assert all(chat(one)[0]["content"].startswith(RULES) for one in by_parts)
    assert len(at_once) == 1
    assert OLD in chat(at_once[0])[-1]["content"]


def test_the_house_is_asked_in_the_chat_that_it_has_learnt_whatever_writes_above_it() -> None:
    engine = FakeEngine(*TWEETS)
    writer = replace(bare(engine), adapter="house").writer(engine)

    for adapter in (None, "v0001"):
        list(writer.write(BRIEF, adapter=adapter, seed=1))

    assert {one.adapter for one in engine.requests} == {"house", "v0001"}
    assert all(len(chat(one)) == 2 and chat(one)[0]["content"].startswith(TAUGHT) for one in engine.requests)


@pytest.mark.parametrize("house", [True, False])
def test_lessons_ask_as_the_writer_asks_but_for_the_examples(data: Path, tmp_path: Path, house: bool) -> None:
    script, lessons = Scripted(), list[Lesson]()
    parts = scripted_steps.parts(data, tmp_path / "tiny", script, [SUNDAY])
    start = published.fitted(tmp_path / "house") if house else None
    add_votes(parts.storage)
    with parts.storage.read() as db:
        one = briefs.get(db, "s0-0")
    folder = data / "rounds" / "1"

    def look() -> None:
        for name in ("train", "held"):
            lessons.extend(from_jsonl(folder / f"{name}.jsonl"))

    script.during = look

    rounds.run(
        replace(parts, learner=lambda: Learner(tmp_path / "tiny", start)),
        WORKSPACE,
        asked_by="terminal",
        stop=threading.Event(),
    )

    assert one is not None
    engine = FakeEngine(*TWEETS)
    source = replace(bare(engine), adapter="house" if house else None)
    list(source.writer(engine).write(Brief(one.product), adapter="v0001", seed=1))
    system, *_, last = chat(engine.requests[0])
    lesson = next(each for each in lessons if each.draft == "s0-0-1")
    assert list(lesson.prompt) == [system, last]
    assert {len(each.prompt) for each in lessons} == {2}


def test_the_gate_asks_as_the_writer_asks(tmp_path: Path) -> None:
    suite = tmp_path / "suite.jsonl"
    suite.write_text(json.dumps({"format": "tweet", "brief": BRIEF.product}), "utf-8")
    asked_by = {}

    for taught in (True, False):
        engine = FakeEngine(*TWEETS)
        audition(engine, read(suite), (None, "v0001"), taught=taught, seed=1, seconds=30)
        asked_by[taught] = {str(one.prompt) for one in engine.requests}

    assert [len(one) for one in asked_by.values()] == [1, 1], "both sides are asked alike"
    assert TAUGHT in str(asked_by[True])
    assert RULES in str(asked_by[False])
    for taught, said in ((True, TAUGHT), (False, RULES)):
        assert all(prompt[0]["content"].startswith(said) for prompt, _ in fixed_lessons(taught=taught))


def test_behind_a_server_no_house_is_beneath_whatever_it_serves(data: Path) -> None:
    """The server wrote with the bare model, while rounds went on from the house's adapter and judged against it."""
    embedded = data / "models" / WRITER.folder
    published.base(embedded)
    with ModelServer() as server:
        server.root = str(embedded)
        found = learner.find(Settings(copydesk_data=data, copydesk_model=server.url))

    assert is_embedded(found.base, data)
    here = learner.find(Settings(copydesk_data=data, copydesk_model=str(embedded)))
    assert (found.start, found.taught) == (None, False)
    assert here.taught
    assert found.languages == here.languages == frozenset({"en"})
