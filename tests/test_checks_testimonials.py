"""Praise that nobody gave, and quotations that the brief has."""

import pytest

from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.testimonials import RULES, invented

MADE_UP = [
    "Our customers say it's the best coffee in town.",
    "Customers love our coffee.",
    "Happy customers everywhere rave about it.",
    "Thousands of people swear by our coffee.",
    "93% of users recommend it.",
    "Nine in ten: 9 out of 10 drivers prefer it.",
    "As one customer put it, it's the only coffee.",
    "A customer told us it saved the morning.",
    "Rated by our customers as the smoothest.",
    "Loved by thousands.",
    "Trusted by 10,000+ businesses.",
    "Recommended by leading dentists.",
    "★★★★★ coffee",
    "Rated 4.9 stars.",
    "Our five-star reviews speak for themselves.",
    "Rated excellent on every site.",
    "With rave reviews from Leeds to London.",
    "“I can't live without this coffee.” – Sarah M.",
    "“Best coffee I ever had,” says Tom.",
    "Tom from Leeds says: “My mornings are finally calm.”",
    '"It changed how our whole office works," said Priya Shah, office manager.',
    "“I was late every day until I found this coffee.”\nTry it yourself.",
    "Smooth, dark and cold. — Sarah M.",
    "I lost 10 kg with this tea.",
    "I've tried them all, and this is the one.",
    "This coffee changed my life.",
    "I would highly recommend it.",
    "I was sceptical at first.",
    "I absolutely love this blend.",
    "The best coffee I've ever had.",
    "Many owners tell us it's the best bowl they have bought.",
    "Most people say it's the smoothest brew.",
    "Our customers told us they can't live without it.",
    "Many owners tell us: “It saved our mornings.”",
    "Everyone loves Brewline.",
    "Everybody raves about our coffee.",
    "The whole office swears by it.",
    "Sarah from Leeds loves it.",
    "Tom in York can't get enough.",
    "Dr Smith recommends it.",
    "Chef Anna swears by Brewline.",
    "Chefs swear by it.",
    "Runners can't get enough of Brewline.",
    "Parents love it.",
    "People say it's the smoothest brew in town.",
    "Loved by baristas everywhere.",
    "Thousands of happy customers.",
    "I used to hate mornings. Then I found Brewline.",
    "I tried one can and never looked back.",
    "I sleep so much better since I switched.",
    "My skin has never looked better.",
    "'I sleep better since I switched' – Tom, Leeds",
    "'It's the only coffee that I drink', says Tom.",
]
NO_PRAISE = [
    "Customers can park behind the shop.",
    "Tell us what you think.",
    "Our customers get a key each.",
    "He said “no thanks” and left.",
    "We call it “the long one”.",
    "Say “open sesame” at the counter and nobody will mind.",
    "The sign says “back in five minutes”. It isn't true.",
    "The course is called “Reading a balance sheet without fear”.",
    "“Cold brew is here, so put the kettle away for the summer.”",
    "“I love slow mornings, said no alarm clock ever.”",
    "Five star-shaped biscuits.",
    "Open 5 days out of 7.",
    "A star is born.",
    "People say all sorts of things about Mondays.",
    "I am a coffee. I am cold.",
    "I made you a playlist.",
    "You'll love it.",
    "We love this town.",
    "Warmly,\nSarah\n– the Brewline team",
    "Recommended: a big mug.",
    "Loved by nobody, needed by everybody: the tax return.",
    "Up to you – Monday or Tuesday.",
    "Users can export a report in one click.",
    "Rated for 240 volts.",
    "Curated by Ana, open to all.",
    "Our number one fan is the dog.",
    "Many owners tell us that the lid sticks, so we made a new one.",
    "Many owners tell us their dogs pull on the lead.",
    "Most people say Mondays are hard.",
    "Most people think a mattress is a mattress.",
    "Our customers tell us what to stock.",
    "Everyone loves Fridays.",
    "Everyone loves a bargain, and everybody loves it when it snows.",
    "Dogs love our garden.",
    "Some swear by tea.",
    "People love long weekends.",
    "People say good things come in threes.",
    "Tom from Leeds says hello.",
    "Nobody from Leeds loves Mondays more.",
    "Dr Who is on at seven.",
    "Ask Dr Smith what's in it.",
    "Then I found five pounds in a coat.",
    "I used to be a bean.",
    "I feel better.",
    "My back is to the wall.",
    "A vote, voted for by members, and a happy customer.",
    "Rock 'n' roll, fish 'n' chips, and 'til ten it's all yours – Tom",
    "The dogs' bowls and the cats' beds – Pets' corner.",
]


@pytest.mark.parametrize("copy", MADE_UP)
def test_praise_that_the_brief_lacks_is_quoted(copy: str) -> None:
    assert invented(copy, Brief("coffee from Brewline, Leeds"))


@pytest.mark.parametrize("copy", NO_PRAISE)
def test_what_only_sounds_like_praise_is_fine(copy: str) -> None:
    assert invented(copy, Brief("coffee from Brewline, Leeds")) == ""


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        (
            'quote from Sal Deering: "We wanted a stout that tastes of night."',
            "“We wanted a stout that tastes of night.” – Sal",
        ),
        ('quote: "We wanted a stout that tastes of night."', '"We wanted a stout," said Sal, "that tastes of night."'),
        ("rated 4.9 stars on Fernway", "Rated 4.9 stars on Fernway."),
        ("our customers love the crust", "Our customers love the crust."),
        ("trusted by 300 dentists", "Trusted by 300 dentists."),
        ("use this review: best pie in Leeds, says Amy K.", "Best pie in Leeds. – Amy K."),
        ("LinkedIn post in the first person, founder, I lost 4 kg", "I lost 4 kg."),
        ("survey: 9 out of 10 owners would buy again", "9 out of 10 owners would buy again."),
        ("testimonial from Amy, great service", "Our clients say the service is great."),
        ("5-star hotel in Bath", "A 5-star hotel in Bath."),
    ],
)
def test_praise_that_the_brief_has_is_fine(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""


WORDS_ALONE = [
    "tweet asking customers of Luna Bar to leave a review",
    "tweet for Luna Bar, please leave a review: luna.example/review",
    "Luna Bar survey, five questions, win a free drink",
    "we want feedback on the new menu at Luna Bar",
    "tweet for Luna Bar, a night under the stars",
    "tweet for Luna Bar. Reviews by Friday please",
    "tweet for Luna Bar, poll: which drink comes back?",
    "ask customers what they love about Luna Bar",
    "tweet for Luna Bar, trusted locally, personal training for bar staff",
    "quotes for events at Luna Bar in a day, dog owners welcome",
]


@pytest.mark.parametrize("brief", WORDS_ALONE)
@pytest.mark.parametrize(
    "copy",
    [
        "Our customers love Luna Bar.",
        "Loved by thousands of diners.",
        "I have tried everything and Luna Bar changed my life.",
        "Everyone loves Luna Bar.",
    ],
)
def test_a_brief_that_speaks_of_reviews_has_no_praise_yet(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief))


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("Luna Bar, rated 4.9 stars on Fernway", "Our customers love Luna Bar."),
        ("Luna Bar, 4.8/5", "Everyone loves Luna Bar."),
        ("Luna Bar. 93% of guests would come again", "Our guests recommend us."),
        ("Luna Bar, loved by locals and chefs", "Loved by chefs."),
        ('Luna Bar. A customer said "the best hour of my week"', "Customers love it."),
        ("Luna Bar. Review from Amy: it changed my life", "It changed my life."),
        ("Luna Bar, guests say the bread is the best", "Our guests say the bread is the best."),
        ("Luna Bar, five-star reviews", "Our five-star reviews are in."),
        ("Luna Bar, read our reviews at luna.example", "Read our reviews."),
        ("Luna Bar. Sarah from Leeds loves it here", "Sarah from Leeds loves it."),
        ("Dr Smith opens a dental practice on Monday", "Dr Smith recommends a visit a year."),
        ("post by the founder of Luna Bar, in the first person", "I used to hate mornings. Then I found it."),
        ("Luna Bar, glowing reviews", "Customers love Luna Bar."),
    ],
)
def test_praise_of_any_kind_in_the_brief_settles_the_like(brief: str, copy: str) -> None:
    assert invented(copy, Brief(brief)) == ""


def test_praise_that_the_brand_knows_is_fine() -> None:
    assert invented("Rated 4.9 stars.", Brief("coffee", known=("Rated 4.9 stars by 210 people",))) == ""


def test_made_up_praise_rules_a_draft_out() -> None:
    found = {one.name: one for one in check("Our customers say so.", Brief("coffee"), FORMATS["tweet"])}["testimonials"]

    assert (found.ok, found.hard) == (False, True)
    assert found.reason == "“Our customers say”: only real praise that is on file (US, UK, EU)"


def test_every_rule_names_its_source_and_where_it_holds() -> None:
    assert all(rule.advice and rule.source and rule.where for rule in RULES)
