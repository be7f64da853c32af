"""Numbers that keep what they count, and numbers that the copy made into something else."""

import pytest

from model.brief import Brief
from model.facts import invented

KEPT = [
    ("mugs 12", "A mug is £12."),
    ("mugs 12 bowls 18", "Bowls are £18, mugs £12."),
    ("price 12.99 free delivery", "It's £12.99."),
    ("from 1450 a week", "From £1,450 a week."),
    ("workshop, max 4", "Never more than 4 of you, or 4 people."),
    ("warranty 5", "Covered for 5 years."),
    ("ready in ten", "Ready in ten minutes."),
    ("5 yr warranty", "A five-year warranty."),
    ("5-year warranty", "Covered for 5 years."),
    ("two week trial", "Two weeks to try it. 2 weeks!"),
    ("6-8 weeks", "It takes 6 weeks, or 8."),
    ("90 min film", "90 minutes of sea."),
    ("45mins", "In 45 minutes."),
    ("24h delivery", "Within 24 hours."),
    ("3 working days", "In 3 days."),
    ("5k run", "A run of 5 km."),
    ("5 km run", "A 5K through the park."),
    ("20m pool", "A 20-metre pool."),
    ("20 metre pool", "A 20m pool."),
    ("5m walk", "A 5 minute walk."),
    ("10 lbs of apples", "10 pounds of apples."),
    ("2 litres", "2l of it."),
    ("500g bag", "500 grams of beans."),
    ("3 x 330ml", "Three cans of 330 ml."),
    ("16gb memory", "16 GB of memory."),
    ("99p coffee", "Coffee for £0.99."),
    ("coffee £0.99", "Coffee for 99p."),
    ("20yo whisky", "Left alone for 20 years."),
    ("5 Jahre Garantie", "5 years of guarantee."),
    ("1000 seats", "1,000 places to sit, a thousand stories."),
    ("20% off", "20 reasons to come."),
    ("opens 5 May", "Come on the 5th."),
    ("seven speakers, one stage", "Seven voices on one stage."),
    ("£5-10 mugs", "Mugs from £5 to £10."),
    ("10 classes for £95", "10 classes, £95."),
    ("120 km of trails, 5 lifts", "120 kilometres, five lifts."),
    ("3 bed house 250000", "3 beds for £250,000."),
    ("café est 1987", "Here since 1987."),
]
CHANGED = [
    ("opens 5 May", "Ready in 5 minutes.", "5"),
    ("opens 5 May", "Ready in five minutes.", "five minutes"),
    ("doors 7pm", "It lasts 7 hours.", "7"),
    ("20% off", "Over 20 years of coffee.", "20"),
    ("20% off", "Twenty years of coffee.", "Twenty years"),
    ("1000 seats", "Win £1,000.", "£1,000"),
    ("200 classes", "Only £200.", "£200"),
    ("5.99 km run", "Only $5.99.", "$5.99"),
    ("12 mugs", "For £12.", "£12"),
    ("12 new mugs", "In 12 hours.", "12"),
    ("room 12", "For £12.", "£12"),
    ("ages over 40", "For £40.", "£40"),
    ("meetup #14", "For $14.", "$14"),
    ("5 km run", "5 miles of it.", "5"),
    ("10 minutes by bus", "10 hours of fun.", "10"),
    ("3 weeks", "For three days.", "three days"),
    ("4 GB", "4 TB of room.", "4"),
    ("five speakers", "Only five dollars.", "five dollars"),
    ("£12 mugs", "12% off.", "12%"),
    ("open 9-17 on 3 June", "3 months free of worry.", "3"),
    ("250 g bag", "250 kg of beans.", "250"),
    ("BREWLINE sale", "Use code BREW.", "code BREW"),
    ("SUMMERTIME fair", "With code SUMMER you save.", "code SUMMER"),
]


@pytest.mark.parametrize(("brief", "copy"), KEPT)
def test_a_number_may_be_said_in_other_forms_and_may_count_what_a_terse_brief_leaves_open(
    brief: str, copy: str
) -> None:
    assert invented(copy, Brief(brief)) == ""


@pytest.mark.parametrize(("brief", "copy", "fact"), CHANGED)
def test_a_number_that_counts_something_else_is_quoted(brief: str, copy: str, fact: str) -> None:
    assert f"“{fact}" in invented(copy, Brief(brief))
