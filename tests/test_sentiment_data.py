"""What sentiment is learnt from: open sets and comments become rows, and whatever is left out is counted."""

import csv
import gzip
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from model.sentiment_data import (
    Comment,
    Row,
    alike,
    blocks,
    certain,
    comments,
    emotions,
    read,
    rows,
    split,
    terms,
    uci,
    xed,
)
from model.sentiment_questions import absent, general

ABSENT = 3


def packed(file: Path, head: list[str], lines: list[list[str]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *lines])
    return file


def sentences(file: Path, *found: tuple[str, dict[str, str]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {"text": text, "terms": [{"term": term, "polarity": label} for term, label in labels.items()]}
        for text, labels in found
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


def house(folder: Path, *found: dict[str, object], name: str = "comments_a.jsonl") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(json.dumps(one) + "\n" for one in found), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("found", "target"),
    [
        ({1, 3}, (0.95, 0.04, 0.01)),
        ({4, 7}, (0.85, 0.12, 0.03)),
        ({5}, (0.03, 0.1, 0.87)),
        ({8}, (0.07, 0.25, 0.68)),
        ({5, 8, 2}, (0.03, 0.1, 0.87)),
        ({6, 8}, None),
        ({0}, None),
        ({2}, (0.15, 0.6, 0.25)),
        ({7}, (0.35, 0.5, 0.15)),
        ({2, 7}, (0.25, 0.55, 0.2)),
    ],
)
def test_emotions_are_a_label_a_doubt_or_nothing(found: set[int], target: tuple[float, ...] | None) -> None:
    assert emotions(frozenset(found)) == target


def test_movie_lines_without_a_text_or_with_both_signs_are_counted_out(tmp_path: Path) -> None:
    lines = [["5, 8", "[PERSON] , I love it !"], ["0", "9"], ["1, 5", "so so good bad"], ["1", "!"]]
    dropped: Counter[str] = Counter()

    found = list(xed(packed(tmp_path / "en.csv.gz", ["emotions", "text"], lines), dropped))

    assert found == [Row("@user , I love it !", "", (0.03, 0.1, 0.87), "xed")]
    assert dropped == {
        "xed: neutral without a text": 1,
        "xed: emotions of both signs": 1,
        "xed: fewer than two words": 1,
    }


def test_reviews_are_negative_or_positive(tmp_path: Path) -> None:
    file = tmp_path / "sentences.csv"
    file.write_text('source,label,text\namazon,0,"Bad, really."\namazon,1,Fine.\n', "utf-8")

    assert [(row.text, row.label) for row in uci(file)] == [("Bad, really.", 0), ("Fine.", 2)]


def test_a_term_with_two_labels_and_one_in_conflict_are_counted_out(tmp_path: Path) -> None:
    file = tmp_path / "terms.jsonl"
    twice = [{"term": "soup", "polarity": "positive"}, {"term": "soup", "polarity": "negative"}]
    others = [{"term": "rice", "polarity": "conflict"}, {"term": "bread", "polarity": "neutral"}]
    file.write_text(json.dumps({"text": "soup rice bread", "terms": twice + others}), "utf-8")
    dropped: Counter[str] = Counter()

    found = list(terms(file, "mams", dropped))

    assert [(row.aspect, row.target) for row in found] == [("bread", (0.0, 1.0, 0.0, 0.0))]
    assert dropped == {"mams: aspect with several labels": 1, "mams: polarity conflict": 1}


def test_a_comment_is_read_once_and_an_aspect_whose_span_is_missing_is_counted_out(tmp_path: Path) -> None:
    aspects = [
        {"aspect": "tea", "label": "positive", "span": "tea"},
        {"aspect": "cake", "label": "negative", "span": "scone"},
    ]
    one: dict[str, object] = {"text": "Good tea.", "label": "positive", "aspects": aspects, "place": "review"}
    dropped: Counter[str] = Counter()

    found = comments(dropped, house(tmp_path, one, {**one, "text": "good TEA!"}))

    assert found == [[Comment("Good tea.", "positive", (("tea", "positive"),), "", "review", "")]]
    assert dropped["comments: span that isn't in the text"] == 1
    assert dropped["comments: the same text again"] == 1


def test_a_tenth_is_held_out_and_contrasts_stay_together() -> None:
    pairs = [
        Comment(f"{number} soup{number} place{number} is{number} {label}", label, ())
        for number in range(300)
        for label in ("positive", "negative")
    ]
    learnt, held = split([pairs])

    assert 0.08 * len(pairs) < len(held) < 0.12 * len(pairs)
    assert not {one.text.split()[0] for one in held} & {one.text.split()[0] for one in learnt}


def test_blocks_keep_every_comment_in_its_order() -> None:
    file = [Comment(f"word{number}", "neutral", ()) for number in range(11)]

    found = list(blocks(file))

    assert [one for block in found for one in block] == file
    assert [len(block) for block in found] == [4, 4, 3]


def test_texts_are_alike_by_the_words_they_share() -> None:
    assert alike("The bus was on time", "the bus was late")
    assert not alike("The bus was on time", "My gran bakes bread")


def test_a_comment_is_a_row_for_the_text_and_one_for_each_aspect() -> None:
    found = list(rows([Comment("t", "negative", (("a", "positive"),))]))

    assert [(row.aspect, row.target) for row in found] == [("", (1.0, 0.0, 0.0)), ("a", (0.0, 0.0, 1.0, 0.0))]


def test_what_is_held_out_is_not_learnt_from_another_set(tmp_path: Path) -> None:
    ours: list[dict[str, object]] = [
        {"text": f"comment{number} word{number}", "label": "neutral"} for number in range(40)
    ]
    folder = house(tmp_path / "house", *ours)
    packed(tmp_path / "xed_english" / "en.csv.gz", ["emotions", "text"], [["5", "comment39 word39"], ["1", "so bad"]])
    (tmp_path / "uci_reviews").mkdir()
    (tmp_path / "uci_reviews" / "sentences.csv").write_text("source,label,text\n", "utf-8")
    sentences(tmp_path / "mams" / "atsa_train.jsonl")

    data = read(tmp_path, folder)

    assert "comment39 word39" in {row.text for row in data.held}
    assert "comment39 word39" not in {row.text for row in data.learnt}
    assert "so bad" in {row.text for row in data.learnt}


def test_a_general_aspect_is_answered_by_terms_that_agree_and_absent_where_nothing_hints_at_it() -> None:
    text = "Crisp pizza, burnt fries."
    found = general(
        [Row(text, "pizza", certain("positive", 4), "mams"), Row(text, "fries", certain("positive", 4), "m")]
    )

    assert {row.aspect: row.label for row in found} == {
        "food": 2,
        "service": ABSENT,
        "prices": ABSENT,
        "atmosphere": ABSENT,
    }


def test_a_general_aspect_on_which_the_terms_differ_is_not_asked() -> None:
    text = "Crisp pizza, burnt fries."
    found = general([Row(text, "pizza", certain("positive", 4), "m"), Row(text, "fries", certain("negative", 4), "m")])

    assert "food" not in {row.aspect for row in found}


def test_an_absent_aspect_shares_no_stem_with_the_text() -> None:
    told = [
        Row("The waiters smiled.", "waiters", certain("positive", 4), "m"),
        Row("Cold soup.", "soup", certain("negative", 4), "m"),
        Row("The waiter left.", "waiter", certain("negative", 4), "m"),
    ]

    found = [(row.text, row.aspect) for seed in range(20) for row in absent(told, 1.0, random.Random(seed))]

    assert ("Cold soup.", "waiter") in found
    assert not {("The waiters smiled.", "waiter"), ("The waiter left.", "waiters")} & set(found)
