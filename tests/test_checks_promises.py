"""Offers, crowds, prizes and shares that the brief speaks of, and those that copy made up."""

import pytest

from model.brief import Brief
from model.facts import invented

MADE_UP = [
    "Buy one, get one free.",
    "Buy two mugs and get a third.",
    "It's BOGOF week.",
    "Two for one on cups.",
    "Half off everything.",
    "All mugs at half price.",
    "Lunch at a tenner.",
    "Only a fiver each.",
    "For just a pound.",
    "Next-day delivery.",
    "Same day delivery in Leeds.",
    "Express shipping, too.",
    "We ship worldwide.",
    "Nationwide delivery.",
    "Join millions.",
    "Join thousands of early risers.",
    "Join the thousands who get up early.",
    "A quarter of all sales goes to charity.",
    "All profits go to charity.",
    "We donate a meal for every cup.",
    "A tenth of our profits is yours.",
    "The sale is on now.",
    "Our summer sale is here.",
    "Sale ends soon.",
    "Winter sale: come in.",
]
SUPPLIED = [
    ("buy 1 get 1 free on cups", "Buy one, get one free."),
    ("2for1 cups", "Two for one on cups."),
    ("50% off", "Half off everything."),
    ("lunch £10", "Lunch at a tenner."),
    ("mugs 5", "Only a fiver each."),
    ("next day delivery", "Next-day delivery."),
    ("order by 4, get it tomorrow", "Next-day delivery."),
    ("ships to the whole world", "We ship worldwide."),
    ("2m users", "Join millions."),
    ("10% of profits donated", "A tenth of our profits goes to charity."),
    ("25% to charity", "A quarter of all sales goes to charity."),
    ("charity shop", "All profits go to charity."),
    ("january sale", "The sale is on now."),
    ("20% off coats", "The sale is on now."),
    ("tickets", "Tickets are on sale now."),
    ("estate agent", "The sale of your home is our job, and the sale is agreed in person."),
    ("off-road tyres", "Half off-road, half town."),
    ("coffee", "Buy one for the desk and one for the train."),
    ("coffee", "Two for the road."),
    ("coffee", "Give it to a friend. Join the queue."),
    ("coffee", "A quarter of an hour, and half of it is foam."),
    ("coffee", "It's a day for delivery rooms and quiet nerves."),
    ("coffee", "We give one hour to every new face."),
    ("coffee", "A tenner says you'll be back."),
    ("coffee", "It weighs a pound. It costs nothing to look."),
]

CUT = "tweet for Brewline cold brew, 20% off on Friday"
OTHER_CUTS = [
    "A special discount for Brewline members all month.",
    "20% off for members.",
    "20% off for all our students on Friday.",
    "Members get 20% off.",
    "Student discount on Friday.",
    "20% off all month.",
    "Cold brew is 20% off the whole week.",
    "A special offer for new customers on Friday.",
    "Deals for loyal drinkers all summer.",
]
SAME_CUT = [
    (CUT, "A special discount on Friday."),
    (CUT, "20% off on Friday, for all of you."),
    (CUT, "Friday's discount is for everybody."),
    (CUT, "20% off cold brew. Members, students, cats: come on Friday."),
    (CUT, "20% off cold brew on Friday, then back to work all week."),
    ("20% off for members this month", "A discount for members all month."),
    ("10% student discount", "Students get 10% off."),
    ("new clients 15% off", "15% off for new clients."),
    ("all July: 20% off", "20% off all month."),
    ("Mon-Fri 20% off", "20% off all week."),
]


@pytest.mark.parametrize("copy", MADE_UP)
def test_an_offer_that_the_brief_lacks_is_quoted(copy: str) -> None:
    assert invented(copy, Brief("coffee and mugs from Brewline, Leeds"))


@pytest.mark.parametrize(("brief", "copy"), SUPPLIED)
def test_an_offer_that_the_brief_has_and_a_turn_of_phrase_are_fine(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""


@pytest.mark.parametrize("copy", OTHER_CUTS)
def test_a_lower_price_for_others_or_for_longer_is_another_offer(copy: str) -> None:
    assert invented(copy, Brief(CUT))


@pytest.mark.parametrize(("brief", "copy"), SAME_CUT)
def test_a_lower_price_as_the_brief_has_it_is_fine(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""
