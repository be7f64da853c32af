"""What `copydesk sentiment correct` says of learning, by the model that reads."""

from dataclasses import replace

import pytest

from bot import sentiment_correct_commands as commands
from bot.sentiment_train_commands import agreed
from storage import sentiment
from storage.database import Storage, stamp
from storage.sentiment import CorrectionRow
from tests.desk_rows import NOON, WORKSPACE


@pytest.mark.parametrize("model", ["embedded", "auto"])
def test_our_model_learns_from_what_is_put_right(model: str) -> None:
    assert commands._after(model) == commands.LEARNT


def test_no_learning_is_promised_where_somebody_elses_model_reads() -> None:
    """The next command, `copydesk sentiment train`, refused what this one had promised."""
    said = commands._after("their/model")

    assert "COPYDESK_SENTIMENT_MODEL is 'their/model'" in said
    assert commands.LEARNT not in said


def test_an_aspect_is_the_same_however_it_is_written(storage: Storage) -> None:
    """Two people's words of one aspect were two lessons, that said the opposite of each other."""
    text = "Well made, I suppose"
    one = CorrectionRow(
        WORKSPACE, "U0ANA", sentiment.digest(text), text, "neutral", "positive", "m", 0.6, stamp(NOON), "Quality"
    )
    with storage.write() as db:
        for row in (one, replace(one, label="negative", aspect="quality", at=stamp(NOON.replace(hour=20)))):
            sentiment.keep(db, row)
    with storage.read() as db:
        kept = list(sentiment.lessons(db, WORKSPACE))

    assert [row.label for row in kept] == ["negative"]
    assert agreed([one, replace(one, user="U0BEN", label="negative", aspect="quality")]) == []
