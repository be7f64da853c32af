"""The lexicon's share in an answer: the formula at values worked out on paper, and nothing where it doesn't count."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model.sentiment_lexicon import Lexicon, lexicon_of
from model.sentiment_scores import softmax

IDLE = """
import sys
from model.sentiment_lexicon import Lexicon, lexicon_of
lexicon_of({"threshold": 0.5}).hears("lovely")
print("vaderSentiment" in sys.modules)
Lexicon(0.3)
print(*sorted({"vaderSentiment", "requests", "nltk"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("weight", "network", "compound", "pooled"),
    [
        (0.27, (0.5, 0.3, 0.2), -0.5, (0.5, 0.354, 0.146)),
        (0.27, (0.6, 0.3, 0.1), 0.8, (0.438, 0.273, 0.289)),
        (0.27, (0.2, 0.2, 0.6), 0.0, (0.146, 0.416, 0.438)),
        (0.5, (0.1, 0.1, 0.8), -1.0, (0.55, 0.05, 0.4)),
        (0.0, (0.1, 0.1, 0.8), -1.0, (0.1, 0.1, 0.8)),
    ],
)
def test_an_answer_is_the_mean_by_weight(
    weight: float, network: tuple[float, ...], compound: float, pooled: tuple[float, ...]
) -> None:
    found = Lexicon(weight).pooled(np.log([network, network]), [compound, 0.0])

    assert softmax(found)[0] == pytest.approx(pooled)


def test_it_hears_negation_and_emphasis_and_nothing_in_plain_words() -> None:
    lexicon = Lexicon(0.27)
    good, better, bad, plain, nothing = (
        lexicon.hears(text)[0] for text in ("It was good.", "It was GOOD!!!", "It wasn't good.", "It was Monday.", "")
    )

    assert -1 <= bad < 0 == plain == nothing < good < better <= 1


def test_what_people_are_called_says_nothing() -> None:
    assert Lexicon(0.3).hears("My brother is blind and his neighbour is straight.") == [0.0]
    assert Lexicon(0.3).hears("My brother is rude and his neighbour is rude.") != [0.0]


def test_a_long_text_is_heard_in_parts_of_as_many_words() -> None:
    lexicon = Lexicon(0.27)
    alone = [lexicon.hears(text)[0] for text in ("awful food", "on Monday we", "were very happy")]

    assert lexicon.hears("awful food on Monday we were very happy", 3) == alone
    assert lexicon.hears("lovely", 3) == [0.0, 0.0, *lexicon.hears("lovely")]


def test_where_the_facts_do_not_name_it_nothing_is_changed() -> None:
    silent, logits = lexicon_of({"threshold": 0.5}), np.array([[1.0, 2.0, 3.0]])

    assert (silent.weight, silent.hears("lovely", 2)) == (0.0, [0.0, 0.0])
    assert silent.pooled(logits, [0.9]) is logits
    assert lexicon_of({"lexicon": 0.27}).weight == 0.27


def test_it_is_loaded_only_where_it_counts_and_brings_no_client_of_the_web() -> None:
    found = subprocess.run(
        [sys.executable, "-c", IDLE], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True
    )

    assert found.stdout == "False\nvaderSentiment\n"


@pytest.mark.parametrize("weight", [-0.1, 1.0, 27.0])
def test_a_weight_that_is_no_share_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match=rf"The lexicon's weight is {weight}; give a share from 0 to below 1\."):
        Lexicon(weight)
