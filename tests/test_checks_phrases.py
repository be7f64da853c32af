"""Phrases that must be said and those that may not be, as readers hear them."""

import pytest

from model.brief import Brief
from model.checks import Check, check
from model.formats import FORMATS


def judged(copy: str, phrase: str) -> dict[str, Check]:
    brief = Brief("x", must_say=(phrase,), must_not_say=(phrase,))
    return {one.name: one for one in check(copy, brief, FORMATS["tweet"])}


SAID = [
    ("popcorn", "Hold on to your popcorn."),
    ("popcorn", "Popcorn!"),
    ("popcorn", "POPCORN."),
    ("popcorn", "Popcorns for all."),
    ("free delivery", "Free delivery on all orders."),
    ("free delivery", "FREE-DELIVERY day."),
    ("free delivery", "With free deliveries."),
    ("book now", "Book now."),
    ("bake", "We're baking."),
    ("baking", "We bake, they baked."),
    ("story time", "Storytime? Story times!"),
    ("city", "Two cities."),
    ("stop", "We stopped."),
    ("run", "Running late."),
    ("don't panic", "Don’t panic."),
    ("Moss & Co.", "From Moss & Co. with love."),
    ("brew.example/menu", "See brew.example/menu."),
    ("20% off", "20% off coats."),
    ("無料", "今日は無料です。"),
    ("café", "The CAFÉ is open."),
    ("#popcorn", "We love #popcorn."),
    ("women's shoes", "Women’s shoes."),
    ("20% off", "Coats: 20 % off."),
    ("5% back", "Get 5% back, or 20% off."),
    ("C#", "Learn C# here."),
    ("C++", "C and C++, by Monday."),
    ("$5", "Lunch for $5."),
    ("€5", "Nur 5 €."),
    ("£3 a can", "It's £3 a can."),
    ("200+ classes", "More: 200+ classes."),
    ("@brewbar", "Find us (@brewbar)."),
    ("hi@brew.example", "Write to hi@brew.example."),
    ("7 pm", "Doors at 7pm."),
    ("7pm", "Doors at 7 PM."),
    ("7 p.m. sharp", "Doors at 7pm sharp."),
    ("7.30pm", "Doors at 7.30 pm."),
    ("cafe", "The café is open."),
    ("café", "The cafe is open."),
    ("crème brûlée", "Creme brulee for all."),
    ("dont stop", "Don't stop."),
    ("don't stop", "Dont stop."),
    ("whats new", "What’s new?"),
    ("its time", "It's time."),
    ("O'Brien", "OBrien’s bar."),
]
NOT_SAID = [
    ("popcorn", "Pop the corn."),
    ("popcorn", "Snacks."),
    ("free delivery", "Delivery is free."),
    ("free delivery", "Free fast delivery."),
    ("new", "Read the news."),
    ("thorpe", "Greetings from Scunthorpe."),
    ("ass", "A class act in the grass."),
    ("cock", "A cocktail."),
    ("art", "Start the party."),
    ("it", "Its own fault."),
    ("even", "Good evening."),
    ("king", "We're making it."),
    ("us", "A bus for the use of it."),
    ("ad", "Made and added."),
    ("bus", "Business."),
    ("see", "Seeds."),
    ("she", "The shed."),
    ("cheap", "The cheerful cheapskate."),
    ("rain", "The train in Spain."),
    ("man", "A woman with a manual."),
    ("無料", "今日は有料です。"),
    ("20% off", "20 off."),
    ("20% off", "20 things, 5% off."),
    ("C#", "Learn C++."),
    ("C#", "Learn C."),
    ("$5", "Lunch for €5."),
    ("$5", "Lunch for 5."),
    ("#popcorn", "We love popcorn."),
    ("@brewbar", "At the Brewbar."),
    ("200+ classes", "200 classes."),
    ("7pm", "7 minutes, 5pm."),
    ("hell", "He'll be there."),
    ("well", "We’ll see."),
    ("ill", "I'll be there."),
    ("мои", "Мой город."),
    ("か", "が"),
]


@pytest.mark.parametrize(("phrase", "copy"), SAID)
def test_a_phrase_is_said_in_any_case_and_with_any_ending(phrase: str, copy: str) -> None:
    found = judged(copy, phrase)

    assert found["must-say"].ok
    assert not found["must-not-say"].ok
    assert phrase in found["must-not-say"].reason


@pytest.mark.parametrize(("phrase", "copy"), NOT_SAID)
def test_a_phrase_is_not_said_by_parts_of_other_words(phrase: str, copy: str) -> None:
    found = judged(copy, phrase)

    assert not found["must-say"].ok
    assert phrase in found["must-say"].reason
    assert found["must-not-say"].ok


USED = [
    ("cheap", "The cheapest cold brew around."),
    ("cheap", "Cheaper than yours."),
    ("cheap", "It's cheaply made."),
    ("big", "The biggest can."),
    ("nice", "A nicer can, the nicest of all."),
    ("easy", "It's easier. Easily done."),
    ("simple", "Simply good, and simpler."),
    ("affordable", "Affordably good."),
    ("amazing", "Amazingly cold."),
    ("basic", "It's basically coffee."),
    ("cheap coffee", "The cheapest coffee."),
]
UNUSED = [
    ("off", "An offer."),
    ("corn", "Around the corner."),
    ("show", "After the shower."),
    ("num", "A number."),
    ("hon", "The honest truth."),
    ("for", "In the forest."),
    ("friend", "A friendly face."),
    ("love", "A lovely day."),
    ("cost", "It's not costly."),
    ("week", "A weekly can."),
    ("hard", "You can hardly wait."),
    ("late", "The latest news comes later."),
    ("short", "Opens shortly."),
    ("bell", "In your belly."),
    ("bubble", "It's bubbly."),
    ("on", "Only today."),
    ("app", "Apply now."),
    ("cheapest", "A cheap trick."),
]


@pytest.mark.parametrize(("phrase", "copy"), USED)
def test_a_word_that_may_not_be_said_may_not_be_raised_either(phrase: str, copy: str) -> None:
    found = judged(copy, phrase)

    assert not found["must-not-say"].ok
    assert not found["must-say"].ok


@pytest.mark.parametrize(("phrase", "copy"), UNUSED)
def test_a_word_that_only_looks_raised_may_be_said(phrase: str, copy: str) -> None:
    assert judged(copy, phrase)["must-not-say"].ok
