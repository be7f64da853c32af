"""What copy says is free: the thing that the brief gives away, and what it doesn't."""

import pytest

from model.brief import Brief
from model.facts import invented

SHIPPING = "tweet for Brewline cold brew, free shipping this week"
GIVEN = [
    (SHIPPING, "Free shipping on Brewline cold brew this week."),
    (SHIPPING, "Free delivery all week from Brewline."),
    (SHIPPING, "We ship it free this week."),
    (SHIPPING, "Brewline ships free this week."),
    (SHIPPING, "Shipping is free this week."),
    (SHIPPING, "Delivered free to your door, this week only."),
    (SHIPPING, "Your cold brew ships for free."),
    (SHIPPING, "Postage is on the house."),
    (SHIPPING, "Complimentary shipping on cold brew."),
    ("Brewline ships free", "Free delivery from Brewline."),
    ("no delivery charge", "Free delivery."),
    ("delivery included", "Free delivery."),
    ("delivery £3, free over £40", "Delivery is £3. Free over £40."),
    ("Shutter, free photo app", "Shutter is free."),
    ("Shutter, free photo app", "Get Shutter free today."),
    ("Shutter, photo app, free on iOS", "It's free, on iOS."),
    ("Shutter, photo app, free on iOS", "Free to download on iOS."),
    ("gig at the Loft, 7pm, free", "Entry is free."),
    ("gig at the Loft, 7pm, free", "Come in free at 7pm."),
    ("gig at the Loft, free entry", "Admission is free at the Loft."),
    ("first lesson free", "Your first lesson is free."),
    ("first lesson free", "A free first lesson for you."),
    ("free 30 day trial", "Try it free for 30 days."),
    ("buy 8 get the 9th free", "The next one is free."),
    ("adults £6, kids free", "Children go free."),
    ("adults £6, kids under 5 free", "Under 5s go free."),
    ("free home survey", "We visit your home for free."),
    ("free valuations every Tuesday", "We value your items for free every Tuesday."),
    ("we pick up sofas and beds free", "Free sofa collection."),
    ("members free, guests £8", "Entry is free to members."),
    ("library card gets you a laptop, free w/ card", "Borrow a laptop free with your card."),
    ("free mug with every bag", "Get a free mug with your bag."),
    ("coffee, on us", "Your coffee is free."),
    ("peat free compost", "Peat free compost for pots."),
    ("accounting app, free plan available", "Start free. Sign up for free."),
    ("Ledgerly, free plan available", "Try Ledgerly free."),
    ("14-day free trial, £9 a month", "Free for 14 days, then £9 a month."),
    ("14-day free trial, £9 a month", "Your first 14 days are free. Start free."),
    ("yoga, first class free, £8", "First one's free. Try us free."),
    ("book 2 nights, 3rd free", "The third night is free: 3 nights for the price of 2."),
    (SHIPPING, "Shipping? Free."),
    (SHIPPING, "No shipping fees this week: shipping is on us."),
    (SHIPPING, "Enjoy free cold brew shipping."),
    ("opening party, free drinks", "Free cocktails for all."),
    ("tights from Ladder Free", "Ladder Free tights."),
]
OTHER_SENSES = [
    "Gluten-free and proud of it.",
    "Gluten free, dairy free, guilt free.",
    "Feel free to bring your dog.",
    "Eggs from free-range hens, free range and happy.",
    "What you do in your free time is up to you.",
    "It will set you free.",
    "Set your mornings free.",
    "Break free from the queue.",
    "Sweets free from colours, free of fuss.",
    "Are you free on Friday?",
    "Come by when you're free.",
    "You are free to disagree.",
    "Keep your Sunday free.",
    "A table is free tonight.",
    "We have free slots this morning.",
    "Free your mind and the rest follows.",
    "Hands-free, so you can carry the cake.",
    "Freedom in a cup, poured freely.",
    "Step-free at every door.",
    "For free spirits and early birds.",
]
NOT_GIVEN = [
    (SHIPPING, "Brewline's cold brew is free for this week.", "cold brew is free”"),
    (SHIPPING, "This week's cold brew is free at Brewline.", "cold brew is free”"),
    (SHIPPING, "Get a free can of Brewline.", "free can”"),
    (SHIPPING, "Free trial this week at Brewline.", "free trial”"),
    (SHIPPING, "Free entry at Brewline all week.", "free entry”"),
    (SHIPPING, "Brewline is free this week.", "brewline is free”"),
    (SHIPPING, "Get it free this week.", "free”"),
    (SHIPPING, "It's free!", "it's free”"),
    (SHIPPING, "Yours for free.", "for free”"),
    (SHIPPING, "Cold brew, on the house.", "on the house”"),
    (SHIPPING, "Free shipping this week, and the cold brew is free.", "cold brew is free”"),
    (SHIPPING, "Complimentary cans all week.", "complimentary cans”"),
    (SHIPPING, "Have your cold brew free.", "free”"),
    (SHIPPING, "Kids drink free.", "kids drink free”"),
    (SHIPPING, "Get two cans free.", "get two cans free”"),
    (SHIPPING, "Start free.", "start free”"),
    ("14-day free trial, £9 a month", "Ledgerly is free.", "ledgerly is free”"),
    ("opening party, free drinks", "Free food for all.", "free food”"),
    ("cold brew", "Cold brew is free today.", "cold brew is free”"),
    ("gluten-free bread", "Free bread for all.", "free bread”"),
    ("gluten free bread", "Your bread is free.", "bread is free”"),
    ("free mug with every bag", "Get a free can with every bag.", "free can”"),
    ("Shutter, photo app, free on iOS", "With free delivery.", "free delivery”"),
    ("adults £6, kids free", "All adults go free.", "adults go free”"),
    ("free returns", "Free delivery.", "free delivery”"),
    ("feel free to be funny, coffee", "Free coffee.", "free coffee”"),
]


@pytest.mark.parametrize(("brief", "copy"), GIVEN)
def test_what_the_brief_gives_away_may_be_said_in_many_ways(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""


@pytest.mark.parametrize("copy", OTHER_SENSES)
def test_free_of_something_or_to_do_something_promises_nothing(copy: str) -> None:
    assert invented(copy, Brief("sweets and coffee, Tuesdays to Sundays")) == ""


@pytest.mark.parametrize(("brief", "copy", "promise"), NOT_GIVEN)
def test_nothing_else_is_free(brief: str, copy: str, promise: str) -> None:
    assert promise in invented(copy, Brief(brief)).casefold()
