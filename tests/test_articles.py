"""Long texts are written by outline and paragraph: what is asked of the engine, and what becomes of its answers."""

import random
import threading

import pytest

from model.articles import (
    CANDIDATES,
    CONTEXT,
    EXAMPLE_CHARACTERS,
    EXAMPLES,
    OUTLINE,
    OUTLINES,
    PARAGRAPHS,
    choppy,
    outlined,
    shortened,
)
from model.brief import Brief
from model.formats import FORMATS
from model.generation import Request
from model.house_examples import Example, choose, examples
from model.parts import parse
from model.words import sentences, words
from model.writer import Writer
from model.writing import Draft, Piece
from tests.fake_engine import FakeEngine

HEADINGS = ("Begin with the beans", "Grind them coarsely", "Let the jar stand", "Pour it slowly", "Keep what is left")
WORDS = words(
    "jar lid spoon morning kitchen window patience filter glass neighbour garden evening shelf basket "
    "towel corner bottle drawer ladder winter summer market street bakery kettle butter pepper orchard "
    "river meadow candle blanket pillow pocket ribbon button letter pencil paper novel poem music violin "
    "piano drum whistle lantern bridge tunnel harbour ferry island village barn stable saddle wagon wheel "
    "hammer needle thread cotton linen velvet leather "
)
BRIEF = Brief("article for Brewline: cold brew at home, begin with beans", "blog", variants=1)


def outline_text(*headings: str) -> str:
    return "\n".join(("# Cold brew at home", "Sections:", *(f"- {one}" for one in headings)))


def paragraph(number: int, *, sentences: int = 5) -> str:
    """Sentences of ten words that no other number's share."""
    order = random.Random(number)
    return " ".join(f"The {' '.join(order.sample(WORDS, 9))}." for _ in range(sentences))


def scripted(*headings: str, paragraphs: int = 40) -> FakeEngine:
    engine = FakeEngine()
    engine.enqueue([outline_text(*headings)] * OUTLINES)
    for number in range(paragraphs):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    return engine


def written(engine: FakeEngine, brief: Brief = BRIEF, seed: int | None = None) -> tuple[list[Piece], list[Draft]]:
    found = list(Writer(engine).write(brief, seed=seed))
    return [one for one in found if isinstance(one, Piece)], [one for one in found if isinstance(one, Draft)]


def begun(request: Request) -> str:
    last = request.prompt[-1]
    assert not isinstance(last, int)
    assert last["role"] == "assistant"
    return last["content"]


def test_an_article_has_its_outlines_title_and_headings_and_the_words_it_needs() -> None:
    pieces, drafts = written(scripted(*HEADINGS))

    text = drafts[0].text
    assert "".join(one.text for one in pieces) == text
    assert text.startswith("# Cold brew at home\n\nThe ")
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == list(HEADINGS)
    assert 600 <= len(text.split()) <= 1200
    assert drafts[0].ok, [one for one in drafts[0].checks if not one.ok]
    assert {one.variant for one in pieces} == {drafts[0].variant} == {1}


def test_words_are_shown_paragraph_by_paragraph() -> None:
    pieces, _ = written(scripted(*HEADINGS))

    assert pieces[0].text == "# Cold brew at home"
    assert len(pieces) > 2 * len(HEADINGS)
    assert all(one.text.startswith("\n\n") for one in pieces[1:])


def test_each_paragraph_continues_the_text_so_far() -> None:
    engine = scripted(*HEADINGS)
    pieces, _ = written(engine)

    _, *asked = engine.requests
    text = ""
    for request, before, after in zip(asked, pieces, pieces[1:], strict=False):
        text += before.text
        heading = after.text.partition("\n\n")[2].rpartition("\n\n")[0]
        assert begun(request) == shortened(f"{text}\n\n{heading}\n\n" if heading else f"{text}\n\n")
        assert request.n == CANDIDATES


def test_a_sentence_that_stands_there_may_not_come_again() -> None:
    engine = scripted(*HEADINGS)
    written(engine)

    guard = engine.requests[-1].guard
    assert guard is not None
    said = next(one for one in sentences(paragraph(0)))
    assert guard.fault(said, said)


def test_what_must_be_said_is_asked_of_the_last_paragraph_alone() -> None:
    engine = scripted(*HEADINGS)
    written(engine, Brief(BRIEF.product, "blog", variants=1, must_say=("order online",)))

    _, *asked = [one.guard for one in engine.requests if one.guard]
    assert {one.brief.must_say for one in asked[:-2]} == {()}
    assert asked[-1].brief.must_say == ("order online",)
    assert [one.names_brand for one in asked[:-2]] == [False] * len(asked[:-2])
    assert asked[-1].names_brand


def test_a_paragraph_with_a_fault_is_left_out() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    engine.enqueue([paragraph(0) + " It costs £45."] * 2 * CANDIDATES)
    for number in range(1, 40):
        engine.enqueue([paragraph(number)] * CANDIDATES)

    _, drafts = written(engine)

    assert "£45" not in drafts[0].text
    assert drafts[0].ok


def test_one_good_paragraph_of_several_is_found() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(40):
        bad = [f"{paragraph(number)} It costs £45.", "A jar. A lid. A spoon. There. You. If. The morning. The glass."]
        engine.enqueue([bad[0], bad[1], bad[0], paragraph(100 + number), bad[1], bad[0]])

    _, drafts = written(engine)

    assert paragraph(100) in drafts[0].text
    assert "£45" not in drafts[0].text
    assert "There." not in drafts[0].text


def test_a_paragraph_that_goes_in_circles_with_those_before_it_is_left_out() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(40):
        engine.enqueue([f"{paragraph(number)} It is called rent."] * 2 + [paragraph(100 + number)] * (CANDIDATES - 2))

    _, drafts = written(engine)

    assert drafts[0].text.count("It is called rent.") <= 1
    assert drafts[0].ok


def test_of_good_paragraphs_the_one_with_most_news_is_taken() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    engine.enqueue([paragraph(0)] * CANDIDATES)
    again = f"{paragraph(1, sentences=1)} The spoon jar lid kitchen morning window filter patience glass."
    new = (
        "Whoever likes bitter chocolate should try longer. "
        "Somebody sleepy prefers quick results instead, as hurried people do every day."
    )
    engine.enqueue([again, again, new, again, again, again])
    for number in range(2, 40):
        engine.enqueue([paragraph(number)] * CANDIDATES)

    _, drafts = written(engine)

    assert new in drafts[0].text
    assert again not in drafts[0].text


def test_without_headings_it_is_written_in_one_go() -> None:
    engine = FakeEngine()
    engine.enqueue(["# Cold brew\n\nIt is cold."] * OUTLINES * 2)
    engine.enqueue([f"# Cold brew\n\n{paragraph(1, sentences=61)}"])

    pieces, drafts = written(engine)

    assert [one.n for one in engine.requests] == [OUTLINES, OUTLINES, 1]
    assert "".join(one.text for one in pieces) == drafts[0].text == f"# Cold brew\n\n{paragraph(1, sentences=61)}"


def test_a_seed_is_another_one_in_each_step() -> None:
    engine = scripted(*HEADINGS)
    written(engine, seed=5)

    seeds = [one.sampling.seed for one in engine.requests]
    assert seeds[0] == 5
    assert len(set(seeds)) == len(seeds)


def test_with_one_candidate_it_is_written_in_one_go() -> None:
    """What judges a model by its first sample, as a round does, gets that sample and no choice."""
    engine = FakeEngine(f"# Cold brew\n\n{paragraph(1, sentences=61)}")

    found = list(Writer(engine).write(BRIEF, candidates=1))

    assert [one.n for one in engine.requests] == [1]
    assert isinstance(found[-1], Draft)


def test_a_stopped_article_is_no_draft() -> None:
    engine, stop = scripted(*HEADINGS), threading.Event()
    found = []
    for one in Writer(engine).write(BRIEF, cancelled=stop):
        found.append(one)
        if len(found) == 3:
            stop.set()

    assert len(found) == 3
    assert all(isinstance(one, Piece) for one in found)


def test_a_server_is_told_what_must_not_be_said() -> None:
    engine = scripted(*HEADINGS)
    engine.guards = False
    _, drafts = written(engine, Brief(BRIEF.product, "blog", variants=1, must_not_say=("hack",)))

    assert {one.banned for one in engine.requests} == {("hack",)}
    assert drafts[0].ok


def test_a_version_that_keeps_the_text_is_written_in_one_go_by_models_that_see_it() -> None:
    engine = FakeEngine(f"# Cold brew\n\n{paragraph(1, sentences=61)}")
    kept = Brief(BRIEF.product, "blog", variants=1, rejected="# Old\n\nOld words.", revision="more formal")

    written(engine, kept)

    assert [one.n for one in engine.requests] == [1]


@pytest.mark.parametrize("example", examples("blog"), ids=lambda one: one.brief[:30])
def test_the_houses_articles_have_outlines(example: Example) -> None:
    found = parse(outlined(example).copy, OUTLINE)

    assert len(found["title"]) == 1
    assert 3 <= len(found["headings"]) <= OUTLINE.parts[1].most


def test_no_heading_is_taken_from_the_examples() -> None:
    """A small model copies them: an article on e-mails told to turn the power off, as one on floods had."""
    shown = outlined(choose(FORMATS["blog"], BRIEF, EXAMPLES, EXAMPLE_CHARACTERS)[0]).copy
    borrowed = shown.splitlines()[-1].removeprefix("- ")
    engine = scripted(*HEADINGS[:4], borrowed)

    _, drafts = written(engine)

    assert borrowed in str(engine.requests[0].prompt)
    assert [line[3:] for line in drafts[0].text.splitlines() if line.startswith("## ")] == list(HEADINGS[:4])


def test_a_long_text_is_shortened_to_its_title_and_its_last_sections() -> None:
    sections = [f"## Heading {number}\n\n{paragraph(number, sentences=12)}" for number in range(8)]
    text = "\n\n".join(("# Title", *sections, "## Last\n\n"))

    found = shortened(text)

    assert found.startswith("# Title\n\n## Heading ")
    assert found.endswith(f"{sections[-1]}\n\n## Last\n\n")
    assert len(found) <= CONTEXT + len("# Title\n\n")
    assert shortened("# Title\n\nShort.") == "# Title\n\nShort."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bow. The rosin. There. You. If you do.", True),
        ("Rent before you buy, because arms grow faster than wallets do.", False),
        ("", False),
        ("Wait. Then let the jar stand on the cold shelf until the morning comes.", False),
    ],
)
def test_fragments_are_choppy(text: str, expected: bool) -> None:
    assert choppy(text) is expected


def test_paragraphs_are_bounded() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(80):
        engine.enqueue([paragraph(number, sentences=2)] * CANDIDATES)

    written(engine)

    assert len(engine.requests) <= 1 + PARAGRAPHS * (1 + len(HEADINGS))
    assert FORMATS["blog"].parts[-1].floor == 600
