"""What `copydesk sentiment correct` says of learning, by the model that reads."""

import pytest

from bot import sentiment_correct_commands as commands


@pytest.mark.parametrize("model", ["embedded", "auto"])
def test_our_model_learns_from_what_is_put_right(model: str) -> None:
    assert commands._after(model) == commands.LEARNT


def test_no_learning_is_promised_where_somebody_elses_model_reads() -> None:
    """The next command, `copydesk sentiment train`, refused what this one had promised."""
    said = commands._after("their/model")

    assert "COPYDESK_SENTIMENT_MODEL is 'their/model'" in said
    assert commands.LEARNT not in said
