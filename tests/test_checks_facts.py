"""Facts that the brief has, and facts that copy made up."""

import pytest

from model.brief import Brief
from model.facts import invented
from model.given import given

FROM_THE_BRIEF = [
    ("20% off coats", "Coats are 20% off."),
    ("20% off coats", "Coats are 20 percent off, all of them."),
    ("twenty percent off coats", "20% off every coat."),
    ("mugs £12", "A mug for £12.00, and worth it."),
    ("mugs 12 pounds", "£12 buys a mug."),
    ("price 12.99", "It's £12.99."),
    ("$5 lunch", "Lunch for five dollars."),
    ("from €1,450", "From €1.450 a week."),
    ("£10-15 per head", "Dinner from £10 to £15."),
    ("€3.2m seed round", "It has raised €3.2 million."),
    ("200+ classes", "More than 200 classes."),
    ("1500 members", "All 1,500 of us say thanks."),
    ("4GB of memory", "With 4 GB of memory."),
    ("4 GB of memory", "With 4GB of memory."),
    ("three flavours", "Pick from 3 flavours."),
    ("3 days only", "For three days."),
    ("two-week trial", "Try it for 2 weeks."),
    ("ten year warranty", "With a 10-year warranty."),
    ("a dozen eggs", "12 eggs in a box."),
    ("doors 9pm", "Doors open at 9 p.m."),
    ("doors 21:00", "Doors open at 9pm."),
    ("5-8pm tonight", "Tonight from 5pm to 8pm."),
    ("9am-1pm", "Come between 9am and 1pm."),
    ("10-1pm", "From 10am until 1pm."),
    ("lunch 7.30", "Lunch ends at 7.30."),
    ("noon sitting 2.30", "There are sittings at 12 and 2.30."),
    ("31 October", "On October 31st."),
    ("Oct 31", "It's on 31 October."),
    ("31/10", "It's on 31 October."),
    ("17-18 August", "See you on 17 August."),
    ("3-6 May", "Come on 4 May."),
    ("2026-05-03", "It's on 3 May."),
    ("gig thurs 21 march", "See you on 21 March."),
    ("sale ends may 14", "It ends on 14 May."),
    ("Sat 2pm", "See you on Saturday at 2pm."),
    ("Mon-Fri 9-5", "Open on Wednesday from 9am."),
    ("weekends", "Open every Sunday."),
    ("open daily", "Open every Monday, too."),
    ("starts Sept", "It starts in September."),
    ("call 01632 960114", "Call us on 01632 960 114."),
    ("call 01632 960114", "Call +44 1632 960114."),
    ("brew.example/menu", "The menu is at https://brew.example/menu."),
    ("www.brew.example", "Read more at brew.example."),
    ("mail hi@brew.example", "Write to hi@brew.example."),
    ("brewline.coffee", "Order at www.brewline.coffee."),
    ("coffee", "Beans, milk, etc.Then we pour."),
    ("coffee", "Hot drinks, e.g.the flat white, e.g.in cups."),
    ("coffee", "It's cold.So is the sea.In winter, too."),
    ("coffee", "It all stands in README.md, main.py and deploy.sh."),
    ("coffee", "By a B.Sc. from St.Ives, a.m.to p.m., will.i.am on the radio."),
    ("follow @BrewBar", "Follow @brewbar."),
    ("code DUETTO", "Use code DUETTO."),
    ("free delivery", "Delivery is free, so free delivery for all."),
    ("no delivery charge", "With free delivery."),
    ("gluten-free bread", "Gluten-free bread that isn't sorry."),
    ("bread", "Feel free to bring your dog."),
    ("sugar free sweets", "Sweets, free from sugar."),
    ("half price first month", "Your first month is half price."),
    ("2 for 1 tonight", "2 for 1 tonight, a special offer."),
    ("15 headlines", "The 15th one is the best."),
    ("140 practices", "One hundred and forty practices use it."),
    ("B2B tool", "A B2B tool for people."),
    ("usb-c lamp", "Charges by USB-C, plays MP3, keeps H2O out."),
    ("help desk", "We're here 24/7 for you."),
    ("help desk", "No more 9 to 5."),
    ("coffee", "One more cup, one less meeting, first thing."),
    ("coffee", "Three cheers for the two of you."),
    ("coffee", "There are a hundred ways to say sorry."),
    ("coffee", "Coffee 101."),
    ("coffee", "Everyone has shipped something on a Friday."),
    ("coffee", "You may march in and ask for a cup."),
    ("coffee", "1. Grind\n2. Pour\n3. Wait"),
    ("coffee", "1/ Grind it.\n\n2/ Pour it."),
    ("coffee", "Scene 2: a cup.\nVoice: Hello."),
    ("coffee 24/7", "Coffee at 3am? Of course."),
    ("coffee", "Half of it is gone by the second sip."),
    ("coffee", "Week 1 is the hardest."),
    ("#14 meetup", "Meetup #14 is here."),
    ("call 0800 123 4567", "Call 0800 123 4567."),
    ("call 415-555-0132", "Call (415) 555-0132."),
    ("firms of 200-1000 people", "For firms of 200-1000."),
    ("code DUETTO", "Your code: DUETTO."),
    ("code duetto", "Use code DUETTO."),
    ("9 out of 10 dentists", "9 out of 10 dentists chew."),
    ("won the Civic Timber Award", "It has won an award."),
    ("raffle", "Win a prize."),
    ("half the sugar of cola", "Half the sugar."),
    ("coffee", "Half the fun is the queue."),
    ("coffee", "Twice the fun for the two of you."),
    ("launch on Monday", "It launches next week."),
    ("coffee", "Try one today, and start tomorrow well."),
    ("coffee", "If the bowl is full on Friday, call us."),
    ("coffee", "One in a million."),
    ("lunch until 12", "Lunch until noon."),
    ("coffee", "Midnight is the colour."),
]

INVENTED = [
    ("coats", "Coats are 20% off.", "20%"),
    ("20% off coats", "Coats are 25% off.", "25%"),
    ("5 new coats", "5% off coats.", "5%"),
    ("mugs £12", "A mug for $12.", "$12"),
    ("mugs £12", "A mug for £13.", "£13"),
    ("mugs", "Only five dollars each.", "five dollars"),
    ("classes", "More than 200 classes.", "200"),
    ("laptop", "With 4 GB of memory.", "4"),
    ("coffee", "Ready in 5 minutes.", "5"),
    ("coffee", "Ready in five minutes.", "five minutes"),
    ("coffee", "Fresh for three days.", "three days"),
    ("coffee", "A ten-year warranty.", "ten-year"),
    ("coffee", "Choose from seven flavours.", "seven flavours"),
    ("doors 9pm", "Doors at 8pm.", "8pm"),
    ("doors 9pm", "Doors at 9am.", "9am"),
    ("doors", "Doors at 19:30.", "19:30"),
    ("31 October", "On 30 October.", "30 October"),
    ("31 October", "On 31 November.", "31 November"),
    ("party", "On May 5.", "May 5"),
    ("party", "On 12/10.", "12/10"),
    ("party on Saturday", "See you on Friday.", "on Friday"),
    ("party", "Open every Monday.", "every Monday"),
    ("party", "Friday at 9.", "Friday at 9"),
    ("party", "It launches in September.", "launches in September"),
    ("party", "Only until December.", "until December"),
    ("call us", "Call 01632 960114.", "01632 960114"),
    ("call 01632 960114", "Call 01632 960115.", "01632 960115"),
    ("coffee", "Order at brew.example.", "brew.example"),
    ("brew.example", "Order at brew.example/shop.", "brew.example/shop"),
    ("coffee", "Order at brewline.coffee.", "brewline.coffee"),
    ("coffee", "Order at brewline.online/now.", "brewline.online/now"),
    ("coffee", "Order at www.brewline.se.", "www.brewline.se"),
    ("coffee", "Order at brewline.in.", "brewline.in"),
    ("coffee", "It's on t.me/brewline.", "t.me/brewline"),
    ("coffee", "Write to hi@brew.example.", "hi@brew.example"),
    ("coffee", "Follow @brewbar.", "@brewbar"),
    ("coffee", "Use code BREW10.", "code BREW10"),
    ("coffee", "With free delivery.", "free delivery"),
    ("coffee", "Yours for free.", "for free"),
    ("coffee", "Now at half price.", "half price"),
    ("coffee", "Enjoy an exclusive discount.", "exclusive discount"),
    ("coffee", "With a money-back guarantee.", "money-back guarantee"),
    ("coffee", "Join thousands of happy customers.", "thousands of happy customers"),
    ("coffee", "Trusted by a million people.", "a million people"),
    ("coffee", "Since 1987.", "1987"),
    ("coffee", "Now 3x stronger.", "3"),
    ("coffee", "Our 15th birthday.", "15"),
    ("coffee", "With 38% less sugar.", "38%"),
    ("coffee", "Sixty per cent less sugar.", "Sixty per cent"),
    ("coffee", "Call 0800 123 4567.", "0800 123 4567"),
    ("coffee", "Call (415) 555-0132.", "(415) 555-0132"),
    ("coffee", "Ring 555-0132.", "555-0132"),
    ("coffee", "Text +1 212 555 0187.", "+1 212 555 0187"),
    ("hi@brew.example", "Write to i@brew.example.", "i@brew.example"),
    ("follow @BrewBarLeeds", "Follow @brewbar.", "@brewbar"),
    ("Brewbar, coffee", "Tag @brewbar.", "@brewbar"),
    ("cold brew", "Use promo code COLD.", "code COLD"),
    ("coffee", "9 out of 10 people like it.", "9 out of 10"),
    ("coffee", "Two-thirds is water.", "two-thirds"),
    ("coffee", "Half the sugar, all the taste.", "half the sugar"),
    ("coffee", "It has won an award.", "won an award"),
    ("coffee", "Award-winning coffee.", "award-winning"),
    ("coffee", "A dollar off each can.", "a dollar off"),
    ("coffee", "In three new flavours.", "three new flavours"),
    ("coffee", "Launches next week.", "launches next week"),
    ("coffee", "Doors open tomorrow.", "open tomorrow"),
    ("coffee", "Here until midnight.", "until midnight"),
    ("coffee", "Open from nine to five.", "open from nine to five"),
    ("coffee", "#1987 was a good year.", "1987"),
]


@pytest.mark.parametrize(("brief", "copy"), FROM_THE_BRIEF)
def test_a_fact_from_the_brief_is_no_invention(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""


@pytest.mark.parametrize(("brief", "copy", "fact"), INVENTED)
def test_a_fact_that_the_brief_lacks_is_quoted(brief: str, copy: str, fact: str) -> None:
    assert f"“{fact}" in invented(copy, Brief(brief))


def test_facts_may_also_come_from_the_other_fields_of_the_brief() -> None:
    brief = Brief("coffee", audience="people over 40", must_say=("since 1987",), instruction="mention the £3 cup")

    assert invented("For anyone over 40: £3 a cup since 1987.", brief) == ""


def test_what_the_brand_and_the_persona_know_counts_as_given() -> None:
    brief = Brief("coffee", known=("Roasting since 1987", "half of them buy before 9am"))

    assert invented("Roasting since 1987, ready before 9am.", brief) == ""
    assert "1988" in invented("Since 1988.", brief)


def test_what_a_brief_gives_is_read_once() -> None:
    assert given(Brief("coffee, £3")) is given(Brief("coffee, £3", variants=1))


def test_what_must_not_be_said_is_no_source_of_facts() -> None:
    assert "50%" in invented("50% off.", Brief("coffee", must_not_say=("50%",)))
