"""Long texts at their edges: several, new versions of one, other languages, and paragraphs that come to nothing."""

import pytest

from model.articles import CANDIDATES, FEWER, OUTLINE, OUTLINES, PARAGRAPH_TOKENS, ROUNDS, first_paragraph
from model.brief import Brief
from model.counting import count
from model.generation import EngineUnavailable
from model.revision import revise
from model.words import sentences
from model.writer import Writer
from model.writing import Draft, Piece
from tests.fake_engine import FakeEngine
from tests.test_articles import BRIEF, HEADINGS, outline_text, paragraph, scripted, written

WHOLE = f"# Cold brew\n\n{paragraph(1, sentences=61)}"


def test_where_the_second_text_has_no_outline_the_first_one_stays() -> None:
    engine = FakeEngine(WHOLE)
    engine.scripts.clear()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    paragraphs = len(written(scripted(*HEADINGS))[0]) - 1
    for number in range(paragraphs):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    engine.enqueue(["# Cold brew\n\nIt is cold."] * OUTLINES * 2)
    engine.enqueue([WHOLE])

    pieces, drafts = written(engine, Brief(BRIEF.product, "blog", variants=2))

    assert [one.variant for one in drafts] == [1, 2]
    assert ["".join(one.text for one in pieces if one.variant == number) for number in (1, 2)] == [
        one.text for one in drafts
    ]


def test_a_paragraph_that_comes_to_nothing_keeps_nothing_from_being_said() -> None:
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(40):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    brief = Brief(BRIEF.product, "blog", variants=1, must_say=("order online",))
    written(engine, brief)
    asked = [one.guard for one in engine.requests if one.guard]
    before = next(at for at, one in enumerate(asked) if HEADINGS[-1] in one.brief.product)

    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(before - 1):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    engine.enqueue(["It costs £45 at the till of that shop."] * 2 * CANDIDATES)
    engine.enqueue([f"{paragraph(200, sentences=3)} Or simply order online."])
    _, drafts = written(engine, brief, seed=5)

    assert drafts[0].text.endswith("Or simply order online.")
    assert drafts[0].ok, [one for one in drafts[0].checks if not one.ok]
    seeds = [one.sampling.seed for one in engine.requests]
    assert len(set(seeds)) == len(seeds)


INVENTED = f"{paragraph(200, sentences=3)} It costs £45. Or simply order online."
"""Nothing of it can be taken off: what must be said stands behind the price."""


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        ([INVENTED] * 5 + [paragraph(201)], paragraph(201)),
        ([INVENTED] * CANDIDATES, ""),
        ([INVENTED] * 5 + ["Or simply order online."], "Or simply order online."),
    ],
    ids=["another one is good", "none is", "a fault that invents nothing"],
)
def test_what_must_be_said_excuses_no_invention(answers: list[str], end: str) -> None:
    """The last paragraph was kept with its price, because it said what must be said."""
    brief = Brief(BRIEF.product, "blog", variants=1, must_say=("order online",))
    engine = scripted(*HEADINGS)
    written(engine, brief)
    before = next(at for at, one in enumerate(engine.requests) if one.guard and one.guard.names_brand)

    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(before - 1):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    engine.enqueue(answers)
    _, drafts = written(engine, brief)

    must = next(one for one in drafts[0].checks if one.name == "must-say")
    assert "£45" not in drafts[0].text
    assert drafts[0].text.endswith(end)
    assert must.ok == ("order online" in end)


def test_an_engine_that_closes_leaves_no_torso_behind() -> None:
    """What there was came out as a finished draft."""
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(4):
        engine.enqueue([paragraph(number)] * CANDIDATES)
    engine.enqueue([paragraph(4)] * CANDIDATES, finish="cancelled")

    found = list[object]()
    with pytest.raises(EngineUnavailable, match="closed"):
        found.extend(Writer(engine).write(BRIEF))

    assert not any(isinstance(one, Draft) for one in found)


def test_a_heading_is_no_brand() -> None:
    engine = scripted("Choose Your First Jar", *HEADINGS[1:-1], "Keep The Last Of It")
    written(engine)

    guard = engine.requests[-1].guard
    assert guard is not None
    assert guard.names_brand
    assert guard.brief.product.startswith("article for Brewline")
    assert guard.brief.product.endswith("Keep The Last Of It")


def test_a_redesign_repeats_neither_the_title_nor_a_sentence_of_the_old_text() -> None:
    old = f"# Cold brew at home\n\n{paragraph(300, sentences=60)}"
    engine = FakeEngine()
    new = outline_text(*HEADINGS).replace("Cold brew at home", "A jar in the fridge tonight")
    engine.enqueue([outline_text(*HEADINGS), outline_text(*HEADINGS), new] * 2)
    for number in range(40):
        engine.enqueue([paragraph(number)] * CANDIDATES)

    _, drafts = written(engine, Brief(BRIEF.product, "blog", variants=1, rejected=old, revision="redesign"))

    assert drafts[0].text.startswith("# A jar in the fridge tonight")
    guard, said = engine.requests[-1].guard, sentences(paragraph(300))[0]
    assert guard is not None
    assert guard.fault(said, said)


@pytest.mark.parametrize(("kind", "length"), [("longer", 700), ("shorter", 780)])
def test_a_longer_and_a_shorter_version_are_that(kind: str, length: int) -> None:
    """Each had as many words as a first draft."""
    old = f"# Cold brew\n\n{paragraph(300, sentences=length // 10)}"
    brief = revise(old, BRIEF, kind)
    engine = scripted(*HEADINGS, paragraphs=80)

    drafts = [one for one in Writer(engine, adapter="house", taught=True).write(brief) if isinstance(one, Draft)]

    check = next(one for one in drafts[0].checks if one.name == "revised")
    assert check.ok, check.reason
    assert (count(drafts[0].text, "words") > count(old, "words")) == (kind == "longer")


def test_languages_without_spaces_are_written_in_one_go() -> None:
    """Their paragraphs counted as too short, and nothing but the title was left."""
    engine = FakeEngine("# 在家做冷萃\n\n先选好豆子，再把它们磨得粗一些。早上过滤，慢慢喝。")

    pieces, drafts = written(engine, Brief("Brewline 冷萃咖啡", "blog", variants=1, language="zh"))

    assert [one.n for one in engine.requests] == [1]
    assert "".join(one.text for one in pieces) == drafts[0].text
    assert "慢慢喝" in drafts[0].text


def test_a_text_without_a_good_paragraph_is_written_in_one_go() -> None:
    """In languages with many tokens a word every paragraph was cut, and nothing but the title was left.

    The title has been read by then: the text goes on under it, and its own is left out.
    """
    whole = "# Κρύος καφές\n\nΔιαλέξτε πρώτα τους κόκκους και αλέστε τους χοντρά. Το πρωί σουρώστε τον καφέ."
    engine = FakeEngine()
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for _ in range(2 * ROUNDS):
        engine.enqueue(["Διαλέξτε πρώτα τους κόκκους και"] * CANDIDATES, finish="length")
    engine.enqueue([whole])

    pieces, drafts = written(engine, Brief("Κρύος καφές Brewline", "blog", variants=1, language="el"))

    title, rest = "".join(one.text for one in pieces).split("\n\n", 1)
    assert title == "# Cold brew at home"
    assert rest == whole.split("\n\n", 1)[1]
    assert drafts[0].text == f"{title}\n\n{rest}"
    assert engine.requests[-1].n == 1


@pytest.mark.parametrize(("language", "times"), [("en", 1), ("el", 2)])
def test_other_languages_than_english_have_twice_the_tokens(language: str, times: int) -> None:
    engine = scripted(*HEADINGS)
    written(engine, Brief(BRIEF.product, "blog", variants=1, language=language))

    assert engine.requests[0].max_tokens == times * OUTLINE.max_tokens
    assert {one.max_tokens for one in engine.requests[1:]} == {times * PARAGRAPH_TOKENS}


@pytest.mark.parametrize(
    ("seed", "guards", "expected"), [(None, True, FEWER), (5, True, CANDIDATES), (None, False, CANDIDATES)]
)
def test_fewer_are_sampled_where_others_wait(seed: int | None, guards: bool, expected: int) -> None:
    """An article took six slots at every step, however many people waited."""
    engine = FakeEngine()
    engine.queued, engine.guards = 1, guards
    engine.enqueue([outline_text(*HEADINGS)] * expected)
    for number in range(40):
        engine.enqueue([paragraph(number)] * expected)

    _, drafts = written(engine, seed=seed)

    assert {one.n for one in engine.requests} == {expected}
    assert drafts[0].ok


def test_a_server_may_begin_with_the_empty_line_and_set_the_heading_again() -> None:
    engine = FakeEngine()
    engine.guards = False
    engine.enqueue([outline_text(*HEADINGS)] * OUTLINES)
    for number in range(40):
        text = f"\n\n## {HEADINGS[0]}\n\n{paragraph(number)}\n\n{paragraph(100 + number)} And"
        engine.enqueue([text] * CANDIDATES, finish="length")

    found = list(Writer(engine).write(BRIEF))

    text = next(one.text for one in found if isinstance(one, Draft))
    assert {one.stop for one in engine.requests} == {()}, "a stop at the empty line would end it before it begins"
    assert f"# Cold brew at home\n\n{paragraph(0)}\n\n" in text
    assert paragraph(100) not in text
    assert sum(isinstance(one, Piece) for one in found) > 2 * len(HEADINGS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bow is long.", ("The bow is long.", False)),
        ("\n\nThe bow is long.\n\n", ("The bow is long.", True)),
        ("The bow is long.\n\nIt bends.", ("The bow is long.", True)),
        ("## The bow\nIt is long.", ("It is long.", False)),
        ("", ("", False)),
    ],
)
def test_the_first_paragraph_of_a_text(text: str, expected: tuple[str, bool]) -> None:
    assert first_paragraph(text) == expected


def test_the_title_is_shown_before_a_paragraph_is_asked_for() -> None:
    engine = scripted(*HEADINGS)
    items = Writer(engine).write(BRIEF)

    first = next(one for one in items if isinstance(one, Piece))

    assert first.text == "# Cold brew at home"
    assert len(engine.requests) == 1
