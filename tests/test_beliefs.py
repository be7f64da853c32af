"""What a taste believes, in words: only what it is sure of, with the votes that carry it."""

from dataclasses import replace

import numpy as np

from model.beliefs import FEWEST, MOST, beliefs
from model.judgements import Judgement
from model.taste import Taste
from tests.test_taste import no_vectors, vectors, votes


def test_a_team_that_votes_up_questions_is_believed_to() -> None:
    found = {one.feature: one for one in beliefs(Taste().learn(votes(120), vectors))}

    question = found["question"]
    assert (question.phrase, question.votes, question.up) == ("questions", 60, 60)
    assert (question.others, question.others_up) == (60, 0)
    assert question.weight > 0.5
    assert question.sentence == "This team votes up questions (60 votes, 100 % of them 👍; 0 % of the other 60)."


def test_a_team_that_votes_them_down_is_believed_to() -> None:
    found = {one.feature: one for one in beliefs(Taste().learn(votes(120, liked="."), no_vectors))}

    assert found["question"].weight < -0.5
    assert found["question"].sentence.startswith("This team votes down questions (60 votes, 0 % of them 👍; 100 %")


def test_what_is_said_of_urgency_is_true_of_the_texts() -> None:
    calm = [
        replace(
            one,
            text=f"Bread made to last {one.text}" if at % 2 else f"Hurry, hurry! {one.text}",
            value=at % 2 * 2 - 1,
        )
        for at, one in enumerate(votes(120))
    ]

    found = {one.feature: one for one in beliefs(Taste().learn(calm, no_vectors))}

    assert found["urgency"].sentence.startswith("This team votes down words that hurry people, such as “last chance” (")
    assert (found["urgency"].votes, found["urgency"].up) == (60, 0)
    assert "time" not in found


def test_a_feature_of_degrees_is_named_by_what_is_liked() -> None:
    short = [
        replace(
            one,
            text="Ripe pears, all soft." if at % 2 else f"{one.text[:-1]}, and {'so ' * 9}on.",
            value=at % 2 * 2 - 1,
        )
        for at, one in enumerate(votes(120))
    ]

    phrases = [one.phrase for one in beliefs(Taste().learn(short, no_vectors))]

    assert {"short drafts", "short openings"} & set(phrases)
    assert not {"long drafts", "long openings"} & set(phrases)


def test_a_few_votes_are_no_belief() -> None:
    assert beliefs(Taste().learn(votes(FEWEST), vectors)) == ()
    assert beliefs(Taste()) == ()


def test_shuffled_votes_are_hardly_ever_a_belief() -> None:
    held = []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        shuffled = [replace(one, value=int(draw.choice((1, -1)))) for one in votes(150, seed=seed)]
        held.append(len(beliefs(Taste().learn(shuffled, vectors))))

    assert sum(held) <= 4


def test_a_belief_counts_the_votes_that_carry_it_whoever_is_held_down() -> None:
    loud = [replace(one, user="ULOUD") for one in votes(60, seed=7)]

    found = {one.feature: one for one in beliefs(Taste().learn([*votes(60), *loud], no_vectors))}

    assert found["question"].votes == 60


def test_rewrites_count_for_what_they_brought() -> None:
    edits = [
        Judgement(f"d{at}", f"U{at % 4}", "edit", f"{at:04d}", "tweet", f"b{at}", f"Why not {one.text}?", one.text)
        for at, one in enumerate(votes(120))
        if "?" not in one.text
    ]

    found = {one.feature: one for one in beliefs(Taste().learn(edits, no_vectors))}

    assert (found["question"].votes, found["question"].up, found["question"].others) == (60, 60, 0)
    assert found["question"].sentence == "This team votes up questions (60 votes and edits, 100 % of them for it)."


def test_what_only_one_format_is_like_is_said_of_it_alone() -> None:
    mixed = [*votes(150), *votes(150, liked=".", seed=1, format="email")]

    found = [(one.format, one.feature, one.weight > 0) for one in beliefs(Taste().learn(mixed, no_vectors))]

    assert ("", "question", True) not in found
    assert ("tweet", "question", True) in found
    assert ("email", "question", False) in found
    assert any(
        one.sentence.startswith("Tweet: this team votes up questions")
        for one in beliefs(Taste().learn(mixed, no_vectors))
    )


def test_what_an_admin_has_corrected_is_not_believed() -> None:
    corrected = Taste(corrected=frozenset({"question"})).learn(votes(120), no_vectors)

    assert "question" not in {one.feature for one in beliefs(corrected)}


def test_the_strongest_come_first_and_not_too_many() -> None:
    found = beliefs(Taste().learn(votes(300), no_vectors), sure=0.5)

    assert len(found) <= MOST
    strengths = [abs(one.weight) for one in found]
    assert strengths == sorted(strengths, reverse=True)
    assert len(found) > 2
