"""The suite is broad, well formed and unlearnt; its pairs differ in the group alone; the prose beside it is plain."""

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench import briefs
from model import language
from model.formats import FORMATS
from model.house_examples import examples
from model.measured import Both, Evidence
from model.mood import mood
from model.regression import findings
from model.scoring import fixed_lessons
from model.suite import GENERAL, SUITE, Asked, read
from model.words import says, shingles, words
from tests.evidence_made import PLAIN, evidence

ASKED = read()
ENGLISH = frozenset({"en"})
FEWEST, FEWEST_PAIRS, FEWEST_WORDS = 24, 12, 3000
LIKE = 0.5
FIELDS = {"format", "language", "brief", "audience", "tone", "must_say", "must_not_say", "groups"}


def singles() -> list[Asked]:
    return [one for one in read(languages=ENGLISH) if not one.pair]


def foreign() -> dict[str, list[Asked]]:
    found = defaultdict(list)
    for one in ASKED:
        if one.brief.language not in ENGLISH:
            found[one.brief.language].append(one)
    return found


def pairs() -> list[tuple[Asked, Asked]]:
    found = [one for one in ASKED if one.pair]
    return [(one, other) for one, other in itertools.combinations(found, 2) if one.pair == other.pair]


def shared(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / min(len(one), len(other))


def test_there_are_briefs_of_every_format() -> None:
    assert len(singles()) >= FEWEST
    assert {one.brief.format for one in singles()} == set(FORMATS)
    assert max(Counter(one.brief.format for one in singles()).values()) == 2


def test_a_model_that_writes_english_alone_is_asked_for_nothing_else() -> None:
    asked = read(languages=ENGLISH)

    assert {one.brief.language for one in asked} == ENGLISH
    assert list(asked) == list(ASKED[: len(asked)]), (
        "those in other languages come last, and change no name and no seed"
    )
    assert len(asked) + sum(map(len, foreign().values())) == len(ASKED)


def test_other_languages_can_be_told_apart_and_are_asked_for_in_their_own_words_and_in_english() -> None:
    assert len(foreign()) >= 3
    for name, briefs_in_it in foreign().items():
        assert name in language.SMALL
        told = Counter(bool(language.other(one.brief.product, name)) for one in briefs_in_it)
        assert told[False] > told[True] > 0
        assert not any(one.pair for one in briefs_in_it)


@pytest.mark.parametrize("lost", foreign())
def test_the_loss_of_one_language_is_seen(lost: str) -> None:
    """The suite was in English alone."""

    def texts(fitting: Callable[[Asked], bool]) -> tuple[Both, ...]:
        return tuple(Both(one.name, one.pair, PLAIN, replace(PLAIN, fitting=fitting(one))) for one in ASKED)

    gone = findings(evidence(texts=texts(lambda one: one.brief.language != lost)))
    slip = findings(evidence(texts=texts(lambda one: one is not foreign()[lost][0])))

    assert [one.name for one in gone if not one.ok] == ["language"]
    assert all(one.ok for one in slip), "a single text may slip"


def test_each_line_is_well_formed() -> None:
    for line in SUITE.read_text("utf-8").splitlines():
        row = json.loads(line)
        assert set(row) <= FIELDS
        assert ("{group}" in row["brief"]) == (len(row.get("groups", ())) == 2), line


def test_names_are_different_and_one_text_is_wanted_of_each() -> None:
    assert len({one.name for one in ASKED}) == len(ASKED)
    assert {one.brief.variants for one in ASKED} == {1}


def test_what_must_be_said_is_in_the_brief() -> None:
    for one in ASKED:
        assert all(says(one.brief.product, phrase) for phrase in one.brief.must_say), one.name
        assert not any(says(one.brief.product, phrase) for phrase in one.brief.must_not_say), one.name


def test_a_pair_differs_in_the_group_alone() -> None:
    assert len(pairs()) >= FEWEST_PAIRS
    for one, other in pairs():
        here, there = one.brief.product.split(), other.brief.product.split()
        assert here != there
        assert len(here) == len(there), "a longer brief would make a longer text"
        assert sum(a != b for a, b in zip(here, there, strict=True)) <= 2
        assert replace(one.brief, product="") == replace(other.brief, product="")


def test_no_brief_has_been_learnt_or_is_measured_elsewhere() -> None:
    known = [row["brief"] for row in briefs.rows()] + [one.brief for name in FORMATS for one in examples(name)]
    others = [shingles(text, 2) for text in known]
    close = [one.name for one in ASKED if max(shared(shingles(one.brief.product, 2), other) for other in others) > LIKE]

    assert close == []


def test_briefs_are_unlike_each_other() -> None:
    mine = [(one, shingles(one.brief.product, 2)) for one in ASKED]
    close = [
        (one.name, other.name)
        for (one, here), (other, there) in itertools.combinations(mine, 2)
        if (not one.pair or one.pair != other.pair) and shared(here, there) > LIKE / 2
    ]

    assert close == []


def test_the_general_prose_is_long_and_repeats_nothing() -> None:
    text = GENERAL.read_text("utf-8")
    sentences = re.split(r"(?<=[.?!])\s+", text)

    assert len(words(text)) >= FEWEST_WORDS
    assert len(set(sentences)) == len(sentences)
    assert len(shingles(text, 4)) > 0.99 * (len(words(text)) - 3)


def test_the_drift_is_measured_on_copy_that_the_house_holds_out() -> None:
    lessons = fixed_lessons(taught=True)
    taught = {one.copy for name in FORMATS for number, one in enumerate(examples(name)) if number % 10 != 9}

    assert len(lessons) == len(FORMATS)
    assert not taught & {copy for _, copy in lessons}


@pytest.mark.parametrize(
    ("warmer", "colder"),
    [
        ("A lovely evening with friends.", "An evening with friends."),
        ("An evening with friends.", "A terrible evening."),
        ("Not boring.", "Boring."),
        ("It isn't boring.", "It's boring."),
        ("It isn\u2019t awful.", "It\u2019s awful."),
        ("See you there \U0001f60a", "See you there \U0001f620"),
        ("Never a problem.", "Always a problem."),
        ("Good. Not long.", "Not good. Long."),
    ],
)
def test_the_mood_tells_warm_from_cold(warmer: str, colder: str) -> None:
    assert mood(warmer) > mood(colder)


def test_what_is_said_of_people_counts_and_what_they_are_called_does_not() -> None:
    """A list of 150 words knew nothing of it."""
    assert mood("Strange, suspicious, unreliable and aggressive.") < -0.5
    assert mood("") == mood("The train leaves at eight.") == 0
    assert all(mood(one.brief.product) == mood(other.brief.product) for one, other in pairs())


def test_unkind_words_for_one_group_are_refused_and_the_same_words_for_both_are_not() -> None:
    """A list of 150 words knew none of them, so both passed."""
    kind, unkind = ("Come as you are.", "They are strange, suspicious and aggressive.")

    def written(colder: Callable[[Asked], bool]) -> Evidence:
        texts = []
        for one in ASKED:
            said = unkind if one.pair and colder(one) else kind
            before, now = (mood(f"{one.brief.product} {end}") for end in (kind, said))
            texts.append(Both(one.name, one.pair, replace(PLAIN, mood=before), replace(PLAIN, mood=now)))
        return evidence(texts=tuple(texts))

    def failing(colder: Callable[[Asked], bool]) -> list[str]:
        return [one.name for one in findings(written(colder)) if not one.ok]

    assert failing(lambda one: one.name.endswith("b")) == ["fair mood"]
    assert failing(lambda _: True) == []
