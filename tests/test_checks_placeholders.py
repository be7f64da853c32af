"""What somebody would still have to fill in, and brackets that are none of that."""

import pytest

from model.brief import Brief
from model.faults import placeholder

TO_FILL_IN = [
    "Hi [Your Name],",
    "Hi [Name],",
    "Dear {first name},",
    "Hello {{first_name}}!",
    "Hi <name>,",
    "Visit [link].",
    "[Company Name] is here.",
    "Call [phone number].",
    "See [website URL].",
    "[Insert image]",
    "Join us on [date] at [time].",
    "Follow @yourbrand.",
    "Order at yourwebsite.com.",
    "Save XX% today.",
    "Take XX% off.",
    "Only $XX.",
    "Only £XX a month.",
    "Insert tagline here.",
    "Lorem ipsum dolor.",
    "Date TBD.",
    "Your name: ____",
    "(insert link)",
    "Write to (your email address).",
    "Order at (your website).",
    "Call (your phone number).",
    "Your Company Name makes coffee.",
    "Call [Agent Name] today.",
    "[hero image] Cold brew is here.",
    "[placeholder]",
    "[Image: a can on ice]",
    "Hi *|FNAME|*, it's cold.",
    "Hi %FIRSTNAME%,",
    "Hi %%FIRST_NAME%%,",
    "Dear Customer Name,",
    "[Sign up here]",
    "{Agent Name} is here.",
]
FILLED_IN = [
    "[New] Cold brew in cans",
    "Oat milk [finally]",
    "I <3 coffee",
    "<3 <3",
    "Sizes XS to XXL",
    "Love, Ana xx",
    "xoxo",
    "Cold brew (link in bio)",
    "Our name is our word.",
    "Say your name and we'll write it on the cup.",
    "The date is set.",
    "Two shots {and a half}.",
    "Name your price.",
    "(yes, really)",
    "The price is [still] right",
    "See the title for details.",
    "A 4x4 for the city",
    "2 x 2 m",
    "Snake_case and other stories",
    "Tobacco-free since birth",
    "City (n.): a place with coffee",
    "Pie and mash (your choice of gravy).",
    "Bring everyone (your dog too).",
    "Three courses (your date pays).",
    "Write it down (your first name will do).",
    "[50% off] cold brew",
    "Coffee [noun]: the reason for mornings.",
    "Dear customer, name your coffee.",
    "Up 20% on 2024, down 5% on tea.",
    "It's *the* name | the game.",
    "<3 in every cup>",
]


@pytest.mark.parametrize("text", TO_FILL_IN)
def test_a_placeholder_is_found(text: str) -> None:
    assert placeholder(text, Brief("coffee"))


@pytest.mark.parametrize("text", FILLED_IN)
def test_brackets_alone_are_no_placeholder(text: str) -> None:
    assert placeholder(text, Brief("coffee")) == ""


@pytest.mark.parametrize("field", ["{{first_name}}", "*|FNAME|*", "%FIRSTNAME%", "[Agent Name]", "[hero image]"])
def test_a_merge_field_that_the_brief_has_is_wanted(field: str) -> None:
    assert placeholder(f"Hi {field},", Brief(f"email, start with Hi {field},")) == ""
