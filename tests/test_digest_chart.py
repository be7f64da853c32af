"""The digest's picture: its size, its colours, its words, and when there is none."""

import struct
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import digest_blocks, digest_chart
from bot.digest_content import Digest, Learned, Past
from bot.weeks import ending
from storage.weeks import Numbers

ROOT = Path(__file__).parent.parent
LIGHT = 0xE0


def digest(*votes: tuple[int, int], reasons: dict[str, int] | None = None) -> Digest:
    """A digest whose weeks held these votes up and down, this week's last."""
    week = ending(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London")))
    history = []
    for up, down in reversed(votes):
        people = min(5, up + down)
        history.append(Past(week, Numbers(drafts=up + down, people=people, up=up, down=down, edits=0, uses=0)))
        week = week.before
    return Digest(tuple(reversed(history)), reasons or {}, (), (), Learned(), None)


def pixels(png: bytes) -> Any:
    """The colours as an array of rows, columns and red, green, blue, from 0 to 255."""
    from matplotlib.image import imread

    return (imread(BytesIO(png))[:, :, :3] * 255).round().astype(int)


def test_it_is_as_wide_as_a_phone_needs_and_its_edges_are_a_solid_light_card() -> None:
    png = digest_chart.draw(digest((3, 5), (52, 19), reasons={"boring": 7, "": 2}))

    assert png is not None
    found = pixels(png)
    height, width, _ = found.shape
    assert width == 1200
    assert 700 < height < 1600
    for edge in (found[0], found[-1], found[:, :8], found[:, -8:]):
        assert edge.min() >= LIGHT


def test_the_two_kinds_of_marks_have_the_colours_that_colour_blind_people_tell_apart() -> None:
    png = digest_chart.draw(digest((52, 19), reasons={"boring": 7}))

    assert png is not None
    found = pixels(png)
    for colour in (digest_chart.BLUE, digest_chart.VERMILION):
        assert (found == list(bytes.fromhex(colour[1:]))).all(axis=2).sum() > 100


def test_the_same_week_is_the_same_picture() -> None:
    assert digest_chart.draw(digest((3, 5), (5, 3))) == digest_chart.draw(digest((3, 5), (5, 3)))


def test_more_reasons_make_it_taller_and_none_leaves_that_part_out() -> None:
    heights = []
    for reasons in ({}, {"boring": 1}, {"boring": 1, "too long": 2}):
        png = digest_chart.draw(digest((5, 3), reasons=reasons))
        assert png is not None
        heights.append(struct.unpack(">I", png[20:24])[0])

    assert heights == sorted(set(heights))


@pytest.mark.parametrize("votes", [[(0, 0)], [(0, 0), (0, 0)], [(3, 1), (0, 0)]])
def test_a_week_in_which_nobody_did_anything_has_no_picture(votes: list[tuple[int, int]]) -> None:
    assert digest_chart.draw(digest(*votes)) is None


def test_the_words_hold_every_number_and_fit_slack() -> None:
    shown = digest((3, 5), (0, 0), (1200, 800), (52, 19), reasons={"boring": 7, "too long": 5, "": 2})

    words = digest_chart.alt_text(shown)

    assert "26 October – 1 November: 38 % (14–69 %) of 8 votes." in words
    assert "2–8 November: no votes." in words
    assert "9–15 November: 60 % (58–62 %) of 2,000 votes." in words
    assert "16–22 November: 73 % (62–82 %) of 71 votes." in words
    assert words.endswith("Why drafts were voted down: boring 7, too long 5, no reason given 2.")
    longest = digest_chart.alt_text(digest(*[(10_000, 10_000)] * 8, reasons={f"reason {n}": 9999 for n in range(9)}))
    assert len(longest) <= 1000 < digest_blocks.ALT_LIMIT


def test_the_extremes_are_drawn_without_a_warning() -> None:
    for votes in ([(1, 0)], [(0, 1)], [(10**6, 1)] * 8, [(0, 0)] * 7 + [(1, 1)]):
        assert digest_chart.draw(digest(*votes, reasons={"a $reason$ of _any_ kind": 1})) is not None


def test_the_drawing_library_is_loaded_only_to_draw() -> None:
    check = "import sys, bot.digest_chart, bot.digest; sys.exit('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT).returncode == 0
