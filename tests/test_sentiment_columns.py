"""Which columns are found, which are refused, and how dates are read."""

from datetime import date

import pytest

from bot import sentiment_columns, sentiment_dates
from bot.sentiment_columns import find
from bot.sentiment_encoding import SourceError

PROSE = ["The room was cold and small", "Lovely staff, we will come back", "It was fine I guess"]


def table(header: str, *columns: list[str]) -> list[list[str]]:
    return [header.split(","), *map(list, zip(*columns, strict=True))]


@pytest.mark.parametrize(
    "names", ["id,Review,link", "id,Customer comment,link", "id,feedbackText,link", "id,review_body,link"]
)
def test_the_comments_are_found_by_the_columns_name(names: str) -> None:
    found = find(table(names, ["1", "2"], ["ok", "no"], ["a b c d e f", "g h i j k l m"]), "a.csv")

    assert found.text == 1
    assert "by its name" in found.notes[0]


def test_the_comments_are_found_by_their_words_where_no_name_tells() -> None:
    found = find(table("id,q7,q8", ["1", "2", "3"], ["yes", "no", "yes"], PROSE), "a.csv")

    assert found.text == 2
    assert "words a cell" in found.notes[0]


def test_a_column_of_links_is_not_taken_for_comments() -> None:
    links = [f"https://example.com/{n}" for n in range(3)]

    assert find(table("text_link,q", links, PROSE), "a.csv").text == 1


OUR_WORDS = ["Dear guest, thank you so much for your kind words, we hope to see you again", "We are so very sorry"] * 2


@pytest.mark.parametrize("name", ["response from owner", "Our reply", "agentNotes", "management_response", "Answer"])
def test_what_the_company_wrote_is_not_read(name: str) -> None:
    """The replies were longer than the reviews, and so they were read."""
    rows = table(
        f"reviewer,rating,review,{name}", ["a1", "a2"] * 2, ["1", "5"] * 2, ["Awful", "Nice stay"] * 2, OUR_WORDS
    )

    assert find(rows, "a.csv").text == 2
    assert find(rows, "a.csv", text=name).text == 3


def test_what_the_company_wrote_is_read_where_nothing_else_is_there() -> None:
    assert find(table("id,Response from owner", ["1", "2"] * 2, OUR_WORDS), "a.csv").text == 1
    assert find(table("id,response", ["1", "2"] * 2, OUR_WORDS), "a.csv").text == 1


def test_an_empty_column_of_comments_is_said_so() -> None:
    """The towns were read in their stead."""
    towns = ["London", "Paris", "Rome"]

    with pytest.raises(SourceError, match=r"Column 'comment' of a\.csv holds nothing; name another"):
        find(table("id,comment,city", ["1", "2", "3"], ["", " ", ""], towns), "a.csv")
    assert find(table("id,note,q2", ["1", "2", "3"], ["", "", ""], PROSE), "a.csv").text == 2
    assert find(table("id,comment,text,city", ["1", "2", "3"], [""] * 3, PROSE, towns), "a.csv").text == 2
    assert find(table("id,comment,city", ["1", "2", "3"], ["😀", "👍", "😡"], towns), "a.csv").text == 1


def test_a_person_names_columns_in_any_case_or_by_number() -> None:
    rows = table("id,Review,Notes", ["1", "2"], ["ok fine", "no"], ["a b c d", "e f g"])

    assert find(rows, "a.csv", text="notes").text == 2
    assert find(rows, "a.csv", text="2").text == 1
    with pytest.raises(SourceError, match=r"a\.csv has no column 'body'; its columns are 'id', 'Review', 'Notes'\."):
        find(rows, "a.csv", text="body")


def test_the_column_of_comments_is_not_that_of_the_groups() -> None:
    """Each comment was a group of its own, and nothing was compared."""
    rows = table("shop,review", ["Leeds", "York", "Leeds"], PROSE)

    for text in ("review", "2", None):
        with pytest.raises(SourceError, match=r"Column 'review' of a\.csv can't hold the comments and the groups"):
            find(rows, "a.csv", text=text, group=" Review")


@pytest.mark.parametrize(
    "name",
    [
        *("agent", "Served by", "Employee name", "assigned_to", "Support rep", "userName", "barista", "Host", "server"),
        *(
            "Salesperson",
            "clerk",
            "stylist",
            "coach",
            "Personal trainer",
            "therapist",
            "chef",
            "Tour guide",
            "lecturer",
            "Dentist",
            "Supervisor",
            "Account executive",
            "Team lead",
            "CSR",
            "Bedienung",
            "Contact",
        ),
    ],
)
def test_people_are_not_compared_even_when_their_column_is_named(name: str) -> None:
    rows = table(f"comment,{name}", PROSE * 4, ["Ana", "Ben", "Ana"] * 4)

    assert find(rows, "a.csv").group is None
    with pytest.raises(SourceError, match="doesn't compare people"):
        find(rows, "a.csv", group=name)


def test_a_column_of_addresses_or_handles_names_people_whatever_it_is_called() -> None:
    for cells in (["a@x.com", "b@x.com", "a@x.com"], ["@ana", "@ben", "@ana"], ["U0ANA12345", "U0BEN12345"] * 2):
        assert sentiment_columns.is_people("team", cells)
    assert not sentiment_columns.is_people("team", ["North", "South"])


@pytest.mark.parametrize(
    "cells",
    [
        *(
            ["Anna Smith", "Bob Jones"],
            ["anna", "Bob", "New York"],
            ["Jones, Bob", "O'Neil, Pat"],
            ["Anna Smith", "Tom Smith"],
            ["Dr Wu", "Dr. Ng"],
        ),
        *(
            ["Anna S.", "Bob J."],
            ["Anna Park", "Tom Hill"],
            ["Svetlana Orlova", "Chidi Okafor", "Xu Bing"],
            ["Jean-Luc Picard", "Ana María Ruiz"],
        ),
    ],
)
def test_a_column_of_names_is_not_compared_whatever_it_is_called(cells: list[str]) -> None:
    rows = table("comment,q3", PROSE * 4, (cells * 6)[:12])

    with pytest.raises(SourceError, match=r"doesn't compare people.*call it “group”"):
        find(rows, "a.csv", group="q3")
    assert find(table("comment,group", PROSE * 4, (cells * 6)[:12]), "a.csv", group="group").group == 1


@pytest.mark.parametrize(
    "cells",
    [
        *(
            ["New York", "San Diego", "St Louis"],
            ["First Visit", "Every Week"],
            ["North Leeds", "South Leeds"],
            ["Red Widget", "Tin Widget"],
        ),
        *(["UK", "US"], ["18-24", "25-34"], ["yes", "no"], ["Main Street", "High Street"], ["iOS 17", "Android"]),
    ],
)
def test_what_is_no_name_is_compared(cells: list[str]) -> None:
    assert find(table("comment,q3", PROSE * 4, (cells * 6)[:12]), "a.csv", group="q3").group == 1


def test_groups_are_found_only_where_a_name_says_so_and_they_come_back() -> None:
    stores = ["Leeds", "York", "Leeds"] * 4

    assert find(table("comment,store", PROSE * 4, stores), "a.csv").group == 1
    assert find(table("comment,store", PROSE * 4, [f"store {n}" for n in range(12)]), "a.csv").group is None
    assert find(table("comment,q3", PROSE * 4, stores), "a.csv").group is None
    assert find(table("comment,q3", PROSE * 4, stores), "a.csv", group="q3").group == 1


def test_a_named_column_without_dates_is_a_sentence() -> None:
    rows = table("comment,store", PROSE, ["Leeds", "York", "Bath"])

    with pytest.raises(SourceError, match=r"Column 'store' of a\.csv holds no dates that can be read.*'Leeds'"):
        find(rows, "a.csv", date="store")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2026-11-02", date(2026, 11, 2)),
        ("2026/11/2", date(2026, 11, 2)),
        ("2026-11-02T10:00:00Z", date(2026, 11, 2)),
        ("2026-11-02 10:00:00.123+01:00", date(2026, 11, 2)),
        ("2 Nov 2026", date(2026, 11, 2)),
        ("2nd November 2026, 10:00", date(2026, 11, 2)),
        ("Nov 2, 2026", date(2026, 11, 2)),
        ("Monday, November 2, 2026", date(2026, 11, 2)),
        ("Mon, 02 Nov 2026 10:00:00 GMT", date(2026, 11, 2)),
        ("Mon Nov 02 10:00:00 +0000 2026", date(2026, 11, 2)),
        ("02.11.26", date(2026, 11, 2)),
        ("25/12/2025 09:30", date(2025, 12, 25)),
        ("12/25/2025 9:30 AM", date(2025, 12, 25)),
    ],
)
def test_a_date_is_read_as_people_write_it(cell: str, read: date) -> None:
    dates = sentiment_dates.recognise([cell])

    assert dates is not None
    assert dates.read(cell) == read


@pytest.mark.parametrize("cell", ["soon", "12", "2026-13-01", "31/02/2026", "1.5", "0001-01-01", "9" * 500, "3/4"])
def test_what_is_no_date_is_none(cell: str) -> None:
    assert sentiment_dates.recognise([cell]) is None


def test_day_and_month_are_told_by_the_whole_column() -> None:
    american = sentiment_dates.recognise(["03/04/2026", "03/25/2026"])
    european = sentiment_dates.recognise(["03/04/2026", "25/03/2026"])
    unknown = sentiment_dates.recognise(["03/04/2026", "05/04/2026"])

    assert american is not None
    assert american.read("03/04/2026") == date(2026, 3, 4)
    assert european is not None
    assert european.read("03/04/2026") == date(2026, 4, 3)
    assert (american.note, european.note) == ("", "")
    assert unknown is not None
    assert "03/04/2026 are read as day/month/year" in unknown.note


def test_bare_numbers_are_dates_only_where_the_column_says_so() -> None:
    assert sentiment_dates.recognise(["20261102", "20261103"]) is None
    for cell in ("20261102", "1793613600", "1793613600000"):
        dates = sentiment_dates.recognise([cell], numbers=True)
        assert dates is not None
        assert dates.read(cell) == date(2026, 11, 2)


def test_a_few_cells_that_are_no_dates_do_not_matter() -> None:
    dates = sentiment_dates.recognise(["2026-11-02"] * 19 + ["unknown", "", ""])

    assert dates is not None
    assert dates.read("unknown") is None
