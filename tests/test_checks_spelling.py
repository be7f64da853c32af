"""Words that a small model made up, and words that only look like it."""

import subprocess
import sys
from pathlib import Path

import pytest

from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.spelling import unknown

BRIEF = Brief("Ruby's Chip Shop in Filey reopens Thursday, same haddock. Loxley bread too, in Oswaldtwistle")
MADE_UP = [
    "The same hasdock is waiting for you.",
    "We fry hadock on Thursday.",
    "Haddcok is back.",
    "Shelves, barberproofed and ready.",
    "Oats, beans and gutnuts.",
    "A warm resolting of the soup.",
    "Come in Febuary.",
    "The Fry'er is new.",
    "Ancismith made the chips.",
    "Lillipoor, meet chips.",
    "Our chips are delicous.",
    "Chips that you will definately like.",
    "Fish, frish and chips.",
    "A new frier, a nwe menu and a quuee.",
    "Seperate queues for chips.",
    "We recieve fish every day.",
    "A chipponade with every order.",
    "Vinegrand on your chips?",
    "The tastelement of haddock.",
    "It's unfryingly good.",
    "Chips for everyboddy.",
]
WORDS = [
    "The same haddock, the same queue.",
    "RUBY'S CHIP SHOP IS OPEN.",
    "Loxley's bread, Loxleys all round.",
    "Oswaldtwistle, we're back.",
    "Fish’n’chips on Thursday.",
    "A flavour to savour in the harbour, with colour.",
    "We apologise for the organisation of the theatre centre.",
    "Travelling jewellers cancelled their programme.",
    "An aeroplane of aluminium, a draught at the kerb.",
    "Order in the app, on wifi, at the café.",
    "Sooooo good. Mmmmm.",
    "Write to hello@chipshp.example or see chipshp.example/menuu.",
    "#fishandchipz with @chipshp",
    "iPhones charge while YouTubers wait.",
    "The VAT is in it, and TVs are on.",
    "Unsalted, resealable, breadcrumbed, overcooked by nobody.",
    "Ovenproof, childproof and showerproof.",
    "Wi-fi, sit-down meals and take-away.",
    "There'll be mushy peas. They'd go; we've been; you're late.",
    "Crisper, crispier, the crispiest batter.",
    "A 5kg sack, 12in pizza, 9pm.",
    "Gluten-free batter, vegan scampi, halloumi.",
    "Ça va? Naïve, fiancé, jalapeño.",
]


@pytest.mark.parametrize("copy", MADE_UP)
def test_a_word_that_nobody_knows_is_named(copy: str) -> None:
    assert "in no dictionary" in unknown([copy], BRIEF)


@pytest.mark.parametrize("copy", WORDS)
def test_words_of_the_brief_of_dictionaries_and_of_marketers_are_known(copy: str) -> None:
    assert unknown([copy], BRIEF) == ""


def test_it_is_a_soft_check_that_names_the_word_and_no_label_is_judged() -> None:
    form = FORMATS["push"]
    found = {one.name: one for one in check("Title: Hasdock is back\nBody: Come and eat.", BRIEF, form)}

    assert (found["spelling"].ok, found["spelling"].hard) == (False, False)
    assert found["spelling"].reason == "“Hasdock” is in no dictionary, nor in the brief."


def test_a_draft_that_is_kept_may_have_any_word_and_other_languages_are_not_judged() -> None:
    assert unknown(["Hasdock!"], Brief("fish", rejected="Hasdock for all")) == ""
    assert unknown(["Fischbrötchenfest am Kai"], Brief("Fisch", language="de")) == ""
    assert unknown(["Hasdock, hasdock, frish and chupps, vinegrand."], BRIEF).count("“") == 3


def test_the_dictionary_is_read_by_the_first_check_alone() -> None:
    command = [sys.executable, "-c", "import sys, model.checks; sys.exit('spellchecker' in sys.modules)"]

    assert subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode == 0
