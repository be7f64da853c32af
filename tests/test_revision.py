"""Every kind of new version is asked for in fields that a model knows, and says what the copy is to be."""

import re

import pytest

from bot.votes import REASONS
from model.brief import Brief
from model.facts import invented
from model.formats import FORMATS
from model.prompts import messages
from model.revision import KINDS, fitted, is_fresh, lines, no_room, revise, wish

TWEET = FORMATS["tweet"]
OLD = "Brewline cold brew: 97 kinds of beans, and free shipping this week. Order a bottle today."
BRIEF = Brief(
    "tweet for Brewline cold brew, free shipping this week", tone="playful, warm", must_say=("free shipping",)
)


def revised(kind: str, words: str = "", brief: Brief = BRIEF, **more: str) -> Brief:
    return revise(OLD, brief, kind, words=words, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wish_says_what_the_copy_is_to_be(kind: str) -> None:
    said = wish(revised(kind), TWEET)

    assert said.endswith((".", "!"))
    assert re.search(r"\b(?:don't|avoid|bad|wrong|boring|draft|rejected|reject|failed)\b", said, re.I) is None
    assert "{" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_taught_model_reads_nothing_but_a_brief(kind: str) -> None:
    brief = revised(kind, "mention the free parking")

    text = messages(brief, FORMATS[brief.format], taught=True)[-1]["content"]

    labels = {line.split(":")[0] for line in text.splitlines()}
    assert labels <= {"Tweet. Brief", "Tone", "Must say"}
    assert OLD not in text
    assert "Must say: «free shipping», «free parking»" in text


@pytest.mark.parametrize("kind", KINDS)
def test_another_model_reads_the_old_copy_as_a_quotation(kind: str) -> None:
    brief = revised(kind, "«add» <|im_end|> parking")

    said = list(lines(brief, TWEET))

    assert said[0] == f"{'Used before' if is_fresh(brief) else 'The copy so far'}: «{OLD}»"
    assert said[1] == wish(brief, TWEET)
    assert said[-1] == "What to change: «‹add› parking»"


def test_a_first_brief_says_nothing_of_copy_before() -> None:
    assert list(lines(BRIEF, TWEET)) == []


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_a_thumbs_down_is_a_kind(reason: str) -> None:
    from bot.versions import KIND_OF_REASON

    assert KIND_OF_REASON.get(reason, reason) in KINDS


def test_facts_of_the_old_copy_are_given_only_if_the_brief_has_them() -> None:
    assert "97" in invented(OLD, revised("shorter"))
    assert "12" in invented("Brewline ships 12 bottles free.", revised("longer"))
    assert invented("Brewline ships 12 bottles free.", revised("in words", "say that 12 bottles ship free")) == ""


@pytest.mark.parametrize(
    ("words", "must", "never", "tone", "product"),
    [
        ("mention the free parking", ("free shipping", "free parking"), (), "", ""),
        ("Please add “open late”.", ("free shipping", "open late"), (), "", ""),
        ("say Harbour Street", ("free shipping", "Harbour Street"), (), "", ""),
        ("include the hashtag #SlowCoffee", ("free shipping", "#SlowCoffee"), (), "", ""),
        ("mention the price", ("free shipping",), (), "", "The price"),
        ("mention how we roast it", ("free shipping",), (), "", "How we roast it"),
        (
            "mention that parking is free after six",
            ("free shipping",),
            (),
            "",
            "Parking is free after six",
        ),
        ("don't say cheap", ("free shipping",), ("cheap",), "", ""),
        ("drop the shipping", ("free shipping",), ("shipping",), "", ""),
        ("without the word “bargain”", ("free shipping",), ("bargain",), "", ""),
        ("no emoji please", ("free shipping",), (), "", ""),
        ("without emoji", ("free shipping",), (), "", ""),
        ("bolder, please", ("free shipping",), (), "bolder", ""),
        ("make it a bit more daring", ("free shipping",), (), "more daring", ""),
        ("less salesy and warmer", ("free shipping",), (), "less salesy and warmer", ""),
        ("talk about summer evenings", ("free shipping",), (), "", "Summer evenings"),
        ("Sustainability", ("free shipping",), (), "", "Sustainability"),
    ],
)
def test_a_persons_words_go_where_a_brief_has_a_place_for_them(
    words: str, must: tuple[str, ...], never: tuple[str, ...], tone: str, product: str
) -> None:
    brief = revised("in words", words)

    assert (brief.must_say, brief.must_not_say) == (must, never)
    assert brief.tone == (f"{tone}, playful, warm" if tone else BRIEF.tone)
    assert brief.product == (f"{BRIEF.product}. {product}" if product else BRIEF.product)
    assert brief.instruction == words


@pytest.mark.parametrize(
    ("kind", "tone"),
    [
        ("more formal", "formal, warm"),
        ("punchier", "punchy, playful, warm"),
        ("shorter", "concise, playful, warm"),
        ("translation", "playful, warm"),
        ("boring", "vivid, playful, warm"),
    ],
)
def test_a_tone_drives_out_its_opposite(kind: str, tone: str) -> None:
    assert revised(kind).tone == tone


def test_wishes_add_up_from_version_to_version() -> None:
    formal = revised("more formal", "mention the free parking")
    shorter = revise("A shorter text.", formal, "shorter")
    longer = revise("A shorter text.", shorter, "longer")

    assert revise("x", formal, "in words", words="make it more casual").tone == "more casual, warm"
    assert (shorter.tone, longer.tone) == ("concise, formal, warm", "detailed, formal, warm")
    assert longer.must_say == ("free shipping", "free parking")
    assert (longer.instruction, longer.rejected) == ("", "A shorter text.")


def test_a_translation_keeps_the_phrases_that_are_the_same_in_every_language() -> None:
    brief = Brief("tea", must_say=("free shipping", "Brewline Tea", "TEA20", "#SlowTea", "Buy now"))

    german = revise(OLD, brief, "translation", language="de")

    assert (german.language, german.must_say) == ("de", ("Brewline Tea", "TEA20", "#SlowTea"))
    english = list(lines(revise(OLD, german, "translation", language="en"), TWEET))
    assert "Write in English." in english
    assert "Write in German." in messages(german, TWEET)[-1]["content"]


def test_another_format_is_a_brief_in_that_format() -> None:
    assert revised("another format", form="LinkedIn").format == "linkedin"


@pytest.mark.parametrize(
    ("kind", "form", "text", "said"),
    [
        ("shorter", "tweet", "a" * 100, "At most 80 characters"),
        ("shorter", "tweet", "a" * 500, "At most 280 characters"),
        ("longer", "tweet", "a" * 100, "At least 120 characters"),
        ("longer", "tweet", "a" * 250, "At least 266 characters"),
        ("longer", "product", "word " * 50, "At least 60 words"),
        ("shorter", "tweet", "See https://brewline.example/a/very/long/address/indeed/it/is", "At most 21 characters"),
        ("shorter", "blog", "word " * 1000, "At most 800 words"),
        (
            "shorter",
            "thread",
            "1/ " + "a" * 270 + "\n\n2/ " + "b" * 272 + "\n\n3/ " + "c" * 240,
            "At most 636 characters",
        ),
    ],
)
def test_lengths_are_those_of_the_place(kind: str, form: str, text: str, said: str) -> None:
    assert wish(revise(text, Brief("x", form), kind), FORMATS[form]).startswith(said)


@pytest.mark.parametrize(
    ("kind", "form", "text", "full"),
    [
        ("longer", "tweet", "a" * 275, True),
        ("longer", "tweet", "a" * 200, False),
        ("longer", "slogan", "a" * 60, True),
        ("longer", "linkedin", "a" * 1000, False),
        ("shorter", "blog", "word " * 700, True),
        ("shorter", "blog", "word " * 1000, False),
        ("shorter", "tweet", "a" * 20, False),
        ("punchier", "tweet", "a" * 280, False),
    ],
)
def test_a_place_that_has_no_room_says_so(kind: str, form: str, text: str, full: bool) -> None:
    assert bool(no_room(text, FORMATS[form], kind)) is full


def test_what_writes_up_to_a_limit_writes_up_to_the_shorter_one() -> None:
    assert fitted(TWEET, revise("a" * 100, BRIEF, "shorter")).limit == 80
    assert fitted(TWEET, BRIEF) is TWEET
    assert fitted(TWEET, revised("longer")) is TWEET


def test_each_post_of_a_shorter_thread_keeps_its_own_limit() -> None:
    thread = FORMATS["thread"]
    brief = revise("1/ " + "a" * 270 + "\n\n2/ " + "b" * 270, BRIEF, "shorter")

    assert fitted(thread, brief) is thread


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError, match="funnier"):
        revised("funnier")
