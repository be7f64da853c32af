"""A prompt gives way to its answer, and what is worth least in it goes first."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from model.articles import CONTEXT
from model.brief import Brief
from model.counting import count
from model.fitting_prompts import keeps_old
from model.formats import FORMATS
from model.generation import Request
from model.house_examples import Example
from model.prompts import messages
from model.revision import revise
from model.writer import Writer
from model.writing import ANEW, Draft, Piece
from tests.fake_engine import FakeEngine
from tests.test_articles import BRIEF as ARTICLE
from tests.test_articles import HEADINGS, paragraph, scripted, written
from tests.test_writer import GOOD

LIKED = (Example("tweet for Alder shoes", "Alder: shoes that stay."), Example("tweet for Elm hats", "Elm keeps it on."))
BRANDED = Brief("tweet for Brewline cold brew, from Monday", "tweet", examples=("Brewline. Cold since Monday.", "Sip."))
NEEDED = FORMATS["tweet"].max_tokens


def asked(context: int | None, *, adapter: str | None = None) -> str:
    """What the model was shown, where so many characters have room."""
    engine = FakeEngine(*GOOD)
    engine.context = context
    list(Writer(engine, adapter=adapter, taught=adapter is not None).write(BRANDED, liked=LIKED))
    return shown(engine.requests[0])


def shown(request: Request) -> str:
    return "\n".join(one["content"] for one in request.prompt if not isinstance(one, int))


def marks(prompt: str) -> list[str]:
    """Which of the things that may go a prompt still has."""
    known = {
        "far": "Alder: shoes",
        "near": "Elm keeps",
        "copy": "Cold since Monday",
        "more copy": "Sip.",
        "brief": "Brewline cold brew",
    }
    found = [name for name, words in known.items() if words in prompt]
    return found + ["example"] * (prompt.count("Brief: «") - 1 - ("far" in found) - ("near" in found))


def steps() -> Sequence[list[str]]:
    """What prompts show as room gets less, each once."""
    full, found = len(asked(None)) + NEEDED, list[list[str]]()
    for context in range(full + 100, NEEDED, -20):
        if (one := marks(asked(context))) not in found:
            found.append(one)
    return found


def test_liked_drafts_go_first_then_examples_then_the_brands_copy() -> None:
    assert steps() == [
        ["far", "near", "copy", "more copy", "brief", "example", "example"],
        ["near", "copy", "more copy", "brief", "example", "example"],
        ["copy", "more copy", "brief", "example", "example"],
        ["copy", "more copy", "brief", "example"],
        ["copy", "more copy", "brief"],
        ["copy", "brief"],
        ["brief"],
    ]


def test_a_prompt_with_room_stays_whole() -> None:
    whole = asked(None)

    assert asked(100_000) == whole
    assert len(marks(whole)) == 7


def test_the_answer_has_all_its_tokens_where_that_can_be() -> None:
    for context in range(NEEDED + len(asked(0)), 4000, 300):
        assert context - len(asked(context).replace("\n", "")) >= NEEDED - 40


def test_a_model_that_was_taught_keeps_what_it_likes_as_long_as_it_fits() -> None:
    assert marks(asked(None, adapter="house")) == ["far", "near", "brief"]
    assert marks(asked(1, adapter="house")) == ["brief"]


@pytest.mark.parametrize("kind", ["longer", "more formal"])
def test_an_article_that_does_not_fit_beside_a_new_one_is_written_anew_and_says_so(kind: str) -> None:
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    engine = scripted(*HEADINGS, paragraphs=60)
    engine.context = int(1.5 * len(old))

    _, drafts = written(engine, revise(old, ARTICLE, kind))

    assert old[:60] not in "".join(shown(one) for one in engine.requests)
    assert ANEW in drafts[0].checks
    assert drafts[0].ok or kind == "more formal"
    assert (count(drafts[0].text, "words") >= 1.2 * count(old, "words")) == (kind == "longer")


@pytest.mark.parametrize("kind", ["redesign", "boring"])
def test_every_step_of_an_article_leaves_room_for_its_answer(kind: str) -> None:
    """The old text stood in each, so that there was no room for the text so far, and the brief failed partway."""
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    brief = replace(revise(old, ARTICLE, kind), examples=BRANDED.examples)
    engine = scripted(*HEADINGS)
    engine.context = CONTEXT + 1600

    _, drafts = written(engine, brief)

    rooms = [engine.room(one.prompt) or 0 for one in engine.requests]
    assert min(room - one.max_tokens for room, one in zip(rooms, engine.requests, strict=True)) >= 0
    assert old[14:60] not in drafts[0].text


def test_an_article_is_shown_what_it_must_differ_from_where_there_is_room() -> None:
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    engine = scripted(*HEADINGS)
    engine.context = 3 * len(old)

    written(engine, revise(old, ARTICLE, "redesign"))

    assert all(old[14:60] in shown(one) for one in engine.requests)


@pytest.mark.parametrize("way", ["one candidate", "no spaces", "no outline"])
def test_what_is_written_anew_in_one_go_says_so_too(way: str) -> None:
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    engine = FakeEngine(f"# Cold brew\n\n{paragraph(7, sentences=100)}")
    engine.context = int(1.5 * len(old))
    brief = replace(revise(old, ARTICLE, "more formal"), language="zh" if way == "no spaces" else "en")

    found = list(Writer(engine).write(brief, candidates=1 if way == "one candidate" else None))

    (draft,) = (one for one in found if isinstance(one, Draft))
    assert engine.requests[-1].n == 1
    assert old[14:60] not in "".join(shown(one) for one in engine.requests)
    assert ANEW in draft.checks


@pytest.mark.parametrize(
    ("kind", "share", "fits"), [("longer", 1.1, False), ("longer", 1.4, True), ("in words", 1.1, True)]
)
def test_a_longer_article_needs_more_room_than_another(kind: str, share: float, fits: bool) -> None:
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    brief, engine = revise(old, ARTICLE, kind), FakeEngine()
    said = sum(len(one["content"]) for one in messages(brief, FORMATS["blog"]))
    engine.context = said + int(share * len(old))

    assert keeps_old(engine, brief, FORMATS["blog"]) == fits


def test_an_article_that_fits_beside_a_new_one_is_kept_to() -> None:
    old = f"# Cold brew\n\n{paragraph(900, sentences=79)}"
    engine = FakeEngine(f"# Cold brew\n\n{paragraph(7, sentences=100)}")
    engine.context = int(4 * len(old))

    found = list(Writer(engine).write(revise(old, ARTICLE, "longer")))

    (draft,) = (one for one in found if isinstance(one, Draft))
    assert any(isinstance(one, Piece) for one in found)
    assert len(engine.requests) == 1
    assert old[14:60] in shown(engine.requests[0])
    assert ANEW not in draft.checks
