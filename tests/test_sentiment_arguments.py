"""What the command line of `copydesk sentiment` makes of its arguments, and what it asks about when none says so."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.command_line import RunError
from bot.sentiment_commands import sentiment, show
from bot.sentiment_opening import brand_aspects
from bot.sentiment_source import from_texts
from bot.sentiment_wish import Wish
from bot.settings import read
from model.sentiment_aspects import SETS
from storage.database import Storage
from tests.brand_rows import add_brand
from tests.wordlist_sentiment import OpenWordList


@pytest.mark.parametrize(
    ("arguments", "texts"),
    [
        (["-5 stars, awful"], ("-5 stars, awful",)),
        (["-5", "stars"], ("-5", "stars")),
        (["good", "- too slow, horrible", "--json"], ("good", "- too slow, horrible")),
        (["--aspects", "food", "--meh, not for me", "nice"], ("--meh, not for me", "nice")),
        (["--", "--json"], ("--json",)),
        (["-"], ("-",)),
        (["nice", "--aspects=food, service"], ("nice",)),
    ],
)
def test_a_comment_may_begin_with_a_minus(arguments: list[str], texts: tuple[str, ...]) -> None:
    """It was no such option “-5”."""
    assert sentiment.make_context("read", arguments).params["texts"] == texts


def test_what_is_no_comment_is_an_option_still() -> None:
    found = sentiment.make_context("read", ["-1", "--json", "--out", "-a b.csv"]).params

    assert (found["texts"], found["as_json"], found["out"]) == (("-1",), True, Path("-a b.csv"))
    with pytest.raises(click.NoSuchOption, match="--colum"):
        sentiment.make_context("read", ["--colum", "a", "-5 stars"])


def test_the_default_brand_is_asked_about_unless_a_person_says_otherwise(storage: Storage, data: Path) -> None:
    settings = read({"COPYDESK_DATA": str(data)})
    assert brand_aspects(settings, None) == ()

    add_brand(storage, is_default=True, aspects=("food", "parking"))
    add_brand(storage, "Other", aspects=("taste",))

    assert brand_aspects(settings, None) == ("food", "parking")
    with pytest.raises(RunError, match="not known here"):
        brand_aspects(settings, "T0NONE")
    add_brand(storage, "Third", workspace="T0OTHER", is_default=True, aspects=("price",))
    assert brand_aspects(settings, None) == ()
    assert brand_aspects(settings, "T0OTHER") == ("price",)


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    assert brand_aspects(read({"COPYDESK_DATA": str(tmp_path / "none")}), None) == ()
    assert not (tmp_path / "none").exists()


def test_the_help_names_the_sets() -> None:
    said = " ".join(sentiment.get_help(sentiment.make_context("read", ["x"])).split())

    assert ", ".join(SETS) in said


@pytest.mark.parametrize(("texts", "is_read"), [(["!!"], False), (["!!", "..."], False), (["!!", "so nice"], True)])
def test_it_is_known_whether_anything_could_be_read(texts: list[str], is_read: bool) -> None:
    wish = Wish(**sentiment.make_context("read", texts).params)

    assert show(OpenWordList(), [from_texts(wish.texts)], (), wish) == is_read


@pytest.mark.slow
def test_where_nothing_could_be_read_the_exit_code_is_1(embedded_data: Path) -> None:
    told = CliRunner().invoke(
        main, ["sentiment", "Das Essen war leider kalt"], env={"COPYDESK_DATA": str(embedded_data)}
    )

    assert told.exit_code == 1
    assert "It seems to be in German" in told.output
