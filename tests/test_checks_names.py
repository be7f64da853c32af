"""The name of what a brief is about: named, forgotten, or misspelled."""

import pytest

from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.names import bare, judged, named, names

BIKES = "tweet for Pedal & Post, bike couriers in Bristol"


@pytest.mark.parametrize(
    ("brief", "first"),
    [
        ("Tweet for Brambleworth Cider, new dry perry on tap from Friday", "Brambleworth Cider"),
        ("tweet: Stackpilot (deployment software) adds rollback", "Stackpilot"),
        ("B2B tweet: Fieldnote CRM, now syncs with Outlook", "Fieldnote CRM"),
        ("Need a tweet. Pedal & Post, bike couriers in Bristol", "Pedal & Post"),
        ("LinkedIn post: Paystead launches payroll", "Paystead"),
        ("email for eBay sellers", "eBay"),
        ("Google ads for Tarnbeck Windows", "Tarnbeck Windows"),
        ("Foxglove Bakery's buns every Sunday", "Foxglove Bakery"),
        ("push for Bento & Bloom (lunch app)", "Bento & Bloom"),
        ("press release: Greyfriars Brewery (Norwich) launches stout", "Greyfriars Brewery"),
    ],
)
def test_the_name_of_the_brand_is_found_in_the_brief(brief: str, first: str) -> None:
    assert names(Brief(brief))[0] == first


@pytest.mark.parametrize("brief", ["tweet about our cold brew", "New cold brew on Friday", "free delivery in May", ""])
def test_a_brief_without_a_name_asks_for_none(brief: str) -> None:
    assert named("Cold brew is here.", Brief(brief)) == ""


@pytest.mark.parametrize(
    "copy",
    [
        "Pedal & Post delivers today.",
        "PEDAL & POST delivers today.",
        "Your parcel, by Pedal & Post's calves.",
        "Pedal&Post delivers.",
        "We deliver. #PedalPost",
        "Send it with @pedalpost.",
        "Pedal and Post delivers.",
        "Pedal and a post: ours.",
        "pedal & post, by bike",
        "“Pedal & Post” on the bag.",
    ],
)
def test_copy_names_the_brand_in_its_own_way(copy: str) -> None:
    assert judged(copy, Brief(BIKES)) == ("", False)


@pytest.mark.parametrize(
    "copy",
    [
        "We deliver today.",
        "A bike courier in town.",
        "Our legs, your parcel.",
        "Parcels, posted by bike.",
        "The post is late? Not ours.",
        "Two wheels, one parcel, no traffic.",
        "Couriers in Bath, too.",
        "Send it with us.",
        "Postbox not included.",
        "Peddle it to us.",
    ],
)
def test_copy_that_forgets_the_brand_is_told_so_softly(copy: str) -> None:
    reason, hard = judged(copy, Brief(BIKES))

    assert "Pedal & Post" in reason
    assert not hard


@pytest.mark.parametrize(
    ("brief", "copy", "wrong"),
    [
        ("Oakhurst Library, free laptop repair", "Okhurst Library is friendly.", "Okhurst"),
        ("Brewline cold brew", "Cold brew by Brewlyne is here.", "Brewlyne"),
        ("Brewline cold brew", "Brewlin has cold brew.", "Brewlin"),
        ("Payroll software Tillbox files taxes", "With Tilbox, taxes file themselves.", "Tilbox"),
        ("Pip's Pies, vegan pie", "Come to Pipe's Pies.", "Pipe's"),
        ("Greyfriars Brewery, Norwich", "A stout by Grayfriars Brewery.", "Grayfriars"),
        ("Tarnbeck Windows, Edinburgh", "New windows by Tarnbek Windows.", "Tarnbek"),
        ("Cairnfoot boots", "The new Carinfoot boots.", "Carinfoot"),
        ("Foxglove Bakery buns", "Buns from Foxgloves Bakery, or Foxgluve Bakery.", "Foxgluve"),
        ("talk by Dr Amara Osei", "Hear Dr Amarra Osei.", "Amarra"),
    ],
)
def test_a_misspelled_name_is_found_and_rules_the_draft_out(brief: str, copy: str, wrong: str) -> None:
    found = {one.name: one for one in check(copy, Brief(brief), FORMATS["tweet"])}["product"]

    assert (found.ok, found.hard) == (False, True)
    assert f"“{wrong}” is spelled" in found.reason


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("Brewline cold brew", "For all Brewliners: Brewline's cold brew."),
        ("Foxglove Bakery", "Foxgloves and buns at Foxglove Bakery."),
        ("Leeds shop of Pip's Pies", "Leads the way: Pip's Pies."),
        ("Winter sale at Harbour Foodbank", "Winners wait. Harbour Foodbank doesn't."),
        ("Marlow Freight, Hull", "Mellow days at Marlow Freight."),
        ("Nestbook calendar", "A Notebook won't do. Nestbook will."),
        ("Bath locksmiths Penrose", "Both keys, says Penrose of Bath."),
        ("Tolland & Daughters, Taunton", "Tolland & Daughters. Daughter approved."),
        ("Ostrava Foods", "Food by Ostrava Foods."),
        ("The Last Herring Smoker, by Tidemark Films", "Smoke, salt and a Herring: Tidemark Films."),
        ("Stackpilot adds rollback", "Stack it. Stackpilot rolls back."),
    ],
)
def test_another_word_with_a_capital_is_no_misspelling(brief: str, copy: str) -> None:
    assert judged(copy, Brief(brief)) == ("", False)


def test_a_brand_that_the_words_leave_out_is_named_all_the_same() -> None:
    brief = Brief("tweet for the summer sale", brand="brewhouse")

    assert names(brief) == ("brewhouse",)
    assert not named("The summer sale is on at Brewhouse.", brief)
    assert named("The summer sale is on.", brief) == "It doesn't name brewhouse."
    assert judged("The summer sale is on at our Brewhuose.", brief)[1]
    assert names(Brief("BREWHOUSE opens in Leeds", brand="Brewhouse")) == ("BREWHOUSE", "Leeds")


@pytest.mark.parametrize("copy", ["Pomfret Nurseries.", "pomfret nurseries", "“Pomfret Nurseries”!"])
def test_the_name_alone_is_no_copy(copy: str) -> None:
    brief, form = Brief("tagline - Pomfret Nurseries, childcare in Derby"), FORMATS["slogan"]
    found = {one.name: one for one in check(copy, brief, form)}["complete"]

    assert (found.ok, found.reason) == (False, "It says the name and nothing else.")


@pytest.mark.parametrize("copy", ["Pomfret Nurseries. Warm.", "Pomfret Nurseries in Derby", "Childcare", "At Pomfret"])
def test_a_name_with_a_word_more_is_copy(copy: str) -> None:
    assert bare(copy, Brief("tagline - Pomfret Nurseries, childcare in Derby")) == ""
