"""The form of /sentiment: which columns of a file are meant, where somebody says so."""

import pytest

from tests.many_comments import CSV, LINES, result, send, status
from tests.running_bot import RunningBot
from tests.thread_reading import shown
from tests.visitor import Visitor


def test_columns_are_named_in_the_form(bot: RunningBot, ana: Visitor) -> None:
    """Only the column of comments could be named; the dates and the groups were always a guess."""
    rows = [
        f'"{line}",{"north" if at % 2 else "south"},{at % 3},2026-05-04,2026-06-0{at % 9 + 1},x'
        for at, line in enumerate(LINES.splitlines() * 4)
    ]
    table = "one,two,three,four,five,review\n" + "\n".join(rows) + "\n"
    file = ana.upload("may.csv", table.encode())

    send(ana, file=[file], column="one", date="five", group="Two")

    said = shown(result(ana))
    assert "The comments are in column “one” (as you said)." in said
    assert "The dates are in column “five”." in said, "found alone it would be “four”"
    assert "The groups are in column “two”" in said


@pytest.mark.parametrize("field", ["column", "date", "group"])
def test_a_column_that_is_not_there_is_a_sentence_with_those_that_are(
    bot: RunningBot, ana: Visitor, field: str
) -> None:
    send(ana, file=[ana.upload("may.csv", CSV.encode())], **{field: "store"})

    status(ana, "may.csv has no column 'store'; its columns are 'shop', 'review'.")


def test_one_column_for_comments_and_groups_is_refused(bot: RunningBot, ana: Visitor) -> None:
    send(ana, file=[ana.upload("may.csv", CSV.encode())], column="review", group="Review")

    status(ana, "Column 'review' of may.csv can't hold the comments and the groups, too; name another for one of them.")
