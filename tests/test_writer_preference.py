"""A team's taste ranks candidates that pass, explores a little, and says how likely each draft was to be shown."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import pytest

from model.brief import Brief
from model.checks import check
from model.choosing import EXPLORED, Candidate, Choosing, Chosen
from model.embedding import Vector
from model.formats import FORMATS
from model.taste import Preference
from model.writer import Writer
from model.writing import Draft
from tests.fake_engine import FakeEngine
from tests.test_writer import BRIEF, GOOD, drafts

LIKED = GOOD[4]


class Likes:
    """Likes one text, knows nothing of the others, and keeps what it was asked."""

    def __init__(self, text: str = LIKED, mean: float = 3.0, deviation: float = 0.0) -> None:
        self.text, self.mean, self.deviation = text, mean, deviation
        self.asked: list[Sequence[Vector] | None] = []

    def __call__(self, texts: Sequence[str], vectors: Sequence[Vector] | None) -> Sequence[tuple[float, float]]:
        self.asked.append(vectors)
        return [(self.mean if text == self.text else 0.0, self.deviation) for text in texts]


def write(engine: FakeEngine, preference: Preference | None = None, brief: Brief = BRIEF, seed: int = 0) -> list[Draft]:
    return drafts(Writer(engine).write(brief, preference=preference, candidates=6, seed=seed))


def test_without_votes_the_ranking_is_what_it_was() -> None:
    plain = write(FakeEngine(*GOOD))

    indifferent = write(FakeEngine(*GOOD), Likes(mean=0.0))

    assert [one.text for one in plain] == [one.text for one in indifferent]
    assert [one.rank for one in plain] == [1, 2, 3]
    assert {one.propensity for one in plain} == {1.0}
    assert {one.taste for one in plain} == {0.0}


def test_what_the_team_likes_comes_first() -> None:
    assert LIKED not in [one.text for one in write(FakeEngine(*GOOD))]

    written = write(FakeEngine(*GOOD), Likes())

    assert written[0].text == LIKED
    assert (written[0].taste, written[0].rank, written[0].propensity) == (3.0, 1, 1.0)
    assert [one.taste for one in written[1:]] == [0.0, 0.0]


def test_what_breaks_a_hard_check_is_never_lifted() -> None:
    bad = "Now 50% off at Brewline."

    written = write(FakeEngine(bad, *GOOD[:5]), Likes(bad, mean=50.0))

    assert bad not in [one.text for one in written]
    assert all(one.ok for one in written)


def test_what_says_the_same_twice_is_not_lifted_either() -> None:
    near = GOOD[0].replace("Bring", "So bring")

    written = write(FakeEngine(GOOD[0], near, *GOOD[1:5]), Likes(near))

    assert written[0].text == near
    assert GOOD[0] not in [one.text for one in written]


def test_a_taste_has_more_to_choose_from() -> None:
    engine = FakeEngine(*GOOD)

    list(Writer(engine).write(BRIEF, preference=Likes()))

    assert engine.requests[0].n == 9


def test_a_taste_is_asked_with_the_vectors_where_there_are_any() -> None:
    def vectors(texts: Sequence[str]) -> list[Vector]:
        return [[float(len(text) % 7), 1.0] for text in texts]

    with_them, without = Likes(), Likes()
    list(Writer(FakeEngine(*GOOD), vectors=vectors).write(BRIEF, preference=with_them))
    list(Writer(FakeEngine(*GOOD)).write(BRIEF, preference=without))

    assert {tuple(one) for one in with_them.asked[0] or ()} == {tuple(one) for one in vectors(GOOD)}
    assert without.asked == [None]


def test_an_adapter_chosen_for_a_brief_writes_it() -> None:
    engine = FakeEngine(*GOOD)
    writer = Writer(engine, adapter="house")

    trial = drafts(writer.write(BRIEF, adapter="v0002"))
    usual = drafts(writer.write(BRIEF))

    assert {one.adapter for one in trial} == {"v0002"}
    assert {one.adapter for one in usual} == {"house"}
    assert [request.adapter for request in engine.requests] == ["v0002", "house"]


def chosen(seed: int, *, wanted: int = 2, preference: Preference | None = None) -> list[Chosen]:
    """What is chosen of six good texts, of which nobody knows well how they are liked."""
    form = FORMATS["tweet"]
    pool = [Candidate(text, False, check(text, BRIEF, form)) for text in GOOD]
    choosing = Choosing(BRIEF, form, (), None, preference or Likes(mean=0.0, deviation=0.5), seed)
    return choosing.best(pool, wanted)


def test_a_seeded_choice_repeats() -> None:
    assert chosen(5) == chosen(5)


def test_only_the_last_draft_is_explored_and_mostly_it_is_the_best() -> None:
    runs = [chosen(seed) for seed in range(300)]

    assert len({run[0].candidate.text for run in runs}) == 1
    assert {run[0].propensity for run in runs} == {1.0}
    last = Counter(run[1].candidate.text for run in runs)
    assert len(last) > 2
    assert last.most_common(1)[0][1] / 300 > 1 - EXPLORED


def test_the_propensity_is_how_often_a_draft_is_shown() -> None:
    times: dict[str, int] = defaultdict(int)
    said: dict[str, list[float]] = defaultdict(list)
    for seed in range(1500):
        last = chosen(seed, wanted=1)[0]
        times[last.candidate.text] += 1
        said[last.candidate.text].append(last.propensity)

    assert set(times) == set(GOOD)
    for text, propensities in said.items():
        assert min(propensities) > 0
        assert times[text] / 1500 == pytest.approx(sum(propensities) / len(propensities), rel=0.4, abs=0.012)
    assert sum(sum(1 / one for one in some) for some in said.values()) / 1500 == pytest.approx(len(GOOD), rel=0.25)


def test_what_is_surely_liked_less_is_not_explored() -> None:
    sure = Likes(GOOD[0], mean=50.0, deviation=0.1)

    assert {chosen(seed, wanted=1, preference=sure)[0].candidate.text for seed in range(200)} == {GOOD[0]}


def test_a_long_draft_is_shown_as_it_comes_and_nothing_was_chosen() -> None:
    written = drafts(
        Writer(FakeEngine("# Cold brew\n\nIt is cold.")).write(Brief("cold brew", "blog", 1), preference=Likes())
    )

    assert [(one.rank, one.propensity) for one in written] == [(0, 1.0)]


@pytest.mark.parametrize(
    ("wanted", "running", "queued", "candidates"), [(3, 0, 0, 15), (4, 0, 0, 16), (3, 4, 0, 9), (3, 4, 1, 3)]
)
def test_a_taste_has_more_to_choose_from_the_less_others_write(
    wanted: int, running: int, queued: int, candidates: int
) -> None:
    engine = FakeEngine(*GOOD)
    engine.running, engine.queued = running, queued

    list(Writer(engine).write(Brief(BRIEF.product, variants=wanted), preference=Likes()))

    assert engine.requests[0].n == candidates
