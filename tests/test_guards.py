"""What is kept while a model writes: facts, limits, parts in order, banned and must-say phrases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, settings
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from bot import engines
from bot.settings import read
from model.brief import Brief
from model.engine import LocalEngine
from model.fetch import fetch_embedded
from model.formats import FORMATS, find
from model.generation import Request, Sampling
from model.guards import Guard, plan
from model.layout import Layout, literals
from model.supplied import Supplied
from model.unended import Unended
from model.words import says, uses, words
from model.writing import Draft
from tests import tiny

BRIEF = Brief("tweet for Brewline, cold brew, £15 a month, 20% off until 4 May, brew.example, @brewline", variants=1)


@pytest.mark.parametrize(
    ("before", "piece", "allowed"),
    [
        ("Only £1", "5", True),
        ("Only £15", " a", True),
        ("Only £1", " a", False),
        ("Only £15", "0", False),
        ("Only £", "2", False),
        ("Only", " £", True),
        ("Only", " €", False),
        ("Take 20", "%", True),
        ("Take 20", " off", False),
        ("Take 2", "1", False),
        ("on 4", " May", True),
        ("on 4", ".", True),
        ("see brew", ".example", True),
        ("see beer", ".example", False),
        ("see brew.example", "/menu", False),
        ("ask @", "brew", True),
        ("ask @", "beer", False),
        ("ask", " [", False),
        ("at", " 7", False),
        ("good", ", cold", True),
        ("good.", " Cold", True),
        ("Fine", ".Then", False),
    ],
)
def test_only_what_was_given_may_follow(before: str, piece: str, allowed: bool) -> None:
    assert Supplied(BRIEF.product).allows(before, piece) is allowed


def test_a_text_without_numbers_gets_none() -> None:
    assert not Supplied("tweet for Brewline").has_numbers
    assert not Supplied("tweet for Brewline").allows("for", " 3")


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_way_through_a_format_has_its_parts_in_order_and_ends(name: str) -> None:
    layout = Layout(find(name))
    place, literal = layout.opening()
    parts, text = [place.part], literal
    for _ in range(80):
        if layout.may_end(place):
            break
        place, literal = (layout.onward(place) or layout.again(place))[0]
        parts.append(place.part)
        text += literal
    assert layout.may_end(place)
    assert literals(find(name)) >= {layout.opening()[1]}
    if name != "video-script":
        assert parts == sorted(parts)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """A tiny random model: it would write anything, so whatever holds is the guard's doing."""
    running = LocalEngine(tiny.llama(context=2048), tiny.tokenizer(), name="tiny", slots=4)
    yield running
    running.close()


def written(engine: LocalEngine, brief: Brief, seed: int, *, guarded: bool) -> list[str]:
    form = find(brief.format)
    guard = Guard(brief, form) if guarded else None
    request = Request((5, 6, 7), 2, 60, Sampling(temperature=1.0, seed=seed), guard=guard)
    return [text for text, _ in tiny.texts(engine.submit(request)).values()]


@settings(max_examples=10, deadline=None)
@example(1697)  # it is stuck so often that its parts and limits hold no longer
@hypothesis_given(st.integers(0, 10_000))
def test_a_random_model_writes_no_number_and_no_mark_that_was_not_given(engine: LocalEngine, seed: int) -> None:
    brief = Brief("tweet for Brewline cold brew", must_not_say=("the",))

    texts = written(engine, brief, seed, guarded=True)

    assert not any(letter.isdigit() or letter in "[]{}<>@" for text in texts for letter in text), texts
    assert not any(uses(text, "the") for text in texts), texts


def test_without_a_guard_it_writes_them(engine: LocalEngine) -> None:
    texts = [text for seed in range(5) for text in written(engine, BRIEF, seed, guarded=False)]

    assert any(letter.isdigit() or letter in "[]{}<>@" for text in texts for letter in text)


def test_banned_phrases_of_a_request_hold_beside_its_guard(engine: LocalEngine) -> None:
    guard = Guard(BRIEF, find("tweet"))
    request = Request((5, 6, 7), 2, 60, Sampling(temperature=1.0, seed=3), guard=guard)
    plain = [text for text, _ in tiny.texts(engine.submit(request)).values()]
    said = max(words(" ".join(plain)), key=len)

    banned = [text for text, _ in tiny.texts(engine.submit(replace(request, banned=(said,)))).values()]

    assert any(says(text, said) for text in plain)
    assert not any(says(text, said) for text in banned)


def test_a_seeded_guarded_run_repeats(engine: LocalEngine) -> None:
    assert written(engine, BRIEF, 3, guarded=True) == written(engine, BRIEF, 3, guarded=True)


@pytest.mark.parametrize(
    ("sentence", "before", "wrong"),
    [
        ("Cold brew from Brewline, £15 a month.", "", False),
        ("Cold brew from Brewline, £25 a month.", "", True),
        ("Get a free can of Brewline.", "", True),
        ("Feel free to take 20% off.", "", False),
        ("Cold brew in 15 flavours.", "", True),
        ("Here is your tweet:", "", True),
        ("Call [Your Name] today.", "", True),
        ("It is cold.", "It is cold. ", True),
    ],
)
def test_a_sentence_is_judged_by_the_checks_of_a_draft(sentence: str, before: str, wrong: bool) -> None:
    assert bool(Guard(BRIEF, find("tweet")).fault(sentence, sentence, before)) is wrong


@pytest.mark.parametrize(
    ("text", "piece", "allowed"),
    [
        ("The cold", "est", False),
        ("A", " cold", False),
        ("The brew", "est", True),
        ("A", " C", True),
        ("A C", "#", False),
        ("A C", "++", True),
    ],
)
def test_a_guard_refuses_a_banned_word_as_the_check_does(text: str, piece: str, allowed: bool) -> None:
    brief = Brief("tweet for Brewline, C# and C++", must_not_say=("cold", "C#"))
    ready = plan(Guard(brief, find("tweet")), tiny.tokenizer())

    assert Unended(ready, ready.target, text, 0).allows(piece) is allowed


def test_a_phrase_with_a_sign_is_wanted_until_it_is_said_with_it() -> None:
    ready = plan(Guard(Brief("tweet for Brewline", must_say=("20% off",)), find("tweet")), tiny.tokenizer())

    wanted = [Unended(ready, ready.target, text, 0).unsaid() != [] for text in ("Take 20 off.", "Take 20% off.")]

    assert wanted == [True, False]


def test_a_sentence_of_an_earlier_draft_is_not_written_again() -> None:
    guard = Guard(BRIEF, find("tweet"), ("Brewline brews it slowly and cold.",))

    assert guard.fault("Brewline brews it slowly and cold.", "", "")


@pytest.mark.slow
def test_the_house_writes_what_the_checks_ask(embedded_data: Path) -> None:
    fetch_embedded(embedded_data)
    settings_ = read({"COPYDESK_DATA": str(embedded_data), "COPYDESK_MODEL": "embedded"})
    source = engines.find(settings_)
    running = source.open()
    briefs = (
        Brief("push for Bento & Bloom lunch app, free delivery until 2pm", "push", 2, must_say=("free delivery",)),
        Brief("landing page for Divvo, an app that splits the bill, no account needed", "landing", 1),
    )
    try:
        drafts = [
            one for brief in briefs for one in source.writer(running).write(brief, seed=1) if isinstance(one, Draft)
        ]
    finally:
        running.close()

    assert [one.adapter for one in drafts] == [engines.HOUSE] * 3
    assert [fault for one in drafts for fault in one.checks if fault.hard and not fault.ok] == []


@pytest.mark.slow
def test_a_slogan_goes_on_behind_the_name_that_it_begins_with(embedded_data: Path) -> None:
    """The guard closed texts thirty tokens before their greatest length; a slogan has fewer, so only the name stood."""
    source = engines.find(read({"COPYDESK_DATA": str(embedded_data)}))
    engine = source.open()
    try:
        brief = Brief("slogan for Blister & Char, wood fired pizza van", "slogan", variants=3)
        drafts = [one for one in source.writer(engine).write(brief, seed=1) if isinstance(one, Draft)]
    finally:
        engine.close()

    assert all(len(words(draft.text)) > len(words("Blister & Char.")) for draft in drafts), drafts
    assert all(draft.ok for draft in drafts)
