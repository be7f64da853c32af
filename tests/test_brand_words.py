"""A brand is named in a brief as people type it, and the word "brand" alone names none."""

import pytest

from bot import brand_words, branding, brief
from bot.brief import BriefError
from model.brief import Brief
from storage.brands import Brand, BrandRow

NAMES = ("Brewline", "North Star", "North", "O'Neill & Co.", "Café Noir", "Straße 7")


@pytest.mark.parametrize(
    ("text", "brand", "product"),
    [
        ("tweet for the sale brand: Brewline", "Brewline", "tweet for the sale"),
        ("tweet for the sale brand:brewline", "Brewline", "tweet for the sale"),
        ("brand: north star, tweet for the sale", "North Star", "tweet for the sale"),
        ("brand: North tweet for the sale", "North", "tweet for the sale"),
        ("brand: north  STAR tweet for the sale", "North Star", "tweet for the sale"),
        ('tweet --brand "North Star" for the sale', "North Star", "tweet for the sale"),
        ("tweet —brand “North Star” for the sale", "North Star", "tweet for the sale"),
        ("tweet --brand=BREWLINE for the sale", "Brewline", "tweet for the sale"),
        ("tweet brand: O’Neill &amp; Co. for the sale", "O'Neill & Co.", "tweet for the sale"),
        ("tweet for the sale --brand none", "none", "tweet for the sale"),
        ("tweet for the sale Brand: None", "none", "tweet for the sale"),
        ("tweet for the sale brand: Brewline.", "Brewline", "tweet for the sale"),
        ("our sale, brand: Brewline! Be quick", "Brewline", "our sale, ! Be quick"),
        ("Brand: none\nProduct: cold brew", "none", "Product: cold brew"),
        ('brand: "none" tweet for the sale', "none", "tweet for the sale"),
        ("tweet for brand: cafe\u0301 noir tea", "Café Noir", "tweet for tea"),
        ("tweet for brand: STRASSE 7, tea", "Straße 7", "tweet for tea"),
        ("tweet for brand: North-East Tea", "", "tweet for brand: North-East Tea"),
        ("tweet for our brand: Brewline's cold brew", "", "tweet for our brand: Brewline's cold brew"),
        ("tweet for the brand: none of our rivals", "", "tweet for the brand: none of our rivals"),
        ("tweet for the brand: one of a kind", "", "tweet for the brand: one of a kind"),
        ("tweet for the sale", "", "tweet for the sale"),
        ("tweet for our new brand: Zest, out today", "", "tweet for our new brand: Zest, out today"),
        ("tweet for a brand: Northern Lights", "", "tweet for a brand: Northern Lights"),
        ('tweet for the sale --tone "brand: Brewline"', "", "tweet for the sale"),
    ],
)
def test_a_brand_is_taken_out_of_the_words(text: str, brand: str, product: str) -> None:
    typed = brief.parse(text, NAMES)

    assert (typed.brand, typed.brief.product) == (brand, product)


def test_without_any_brand_the_word_is_a_word() -> None:
    typed = brief.parse("tweet for our brand: Brewline")

    assert (typed.brand, typed.brief.product) == ("", "tweet for our brand: Brewline")


@pytest.mark.parametrize(
    ("text", "names", "sentence"),
    [
        ("tea --brand Zest", NAMES, brand_words.UNKNOWN.format(value="Zest", hint="")),
        ("tea --brand Brewlin", NAMES, brand_words.UNKNOWN.format(value="Brewlin", hint=" Did you mean “Brewline”?")),
        ("tea brand: Brewlin", NAMES, brand_words.UNKNOWN.format(value="Brewlin", hint=" Did you mean “Brewline”?")),
        ("tea --brand Brewline", (), brand_words.NO_BRANDS.format(value="Brewline")),
        ("tea --brand", NAMES, brief.NO_VALUE.format(flag="brand", sample="Brewline")),
    ],
)
def test_a_brand_that_is_not_there_is_named(text: str, names: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(BriefError) as refused:
        brief.parse(text, names)

    assert str(refused.value) == sentence


ROWS = [
    BrandRow("1", "T1", Brand("Brewline", "Dry.", ("Since 1987",), ("cheap",), ("#brew",), ("Be cold.",))),
    BrandRow("2", "T1", Brand("North Star"), is_default=True),
]


@pytest.mark.parametrize(("named", "found"), [("", ROWS[1]), ("none", None), ("BREWLINE", ROWS[0])])
def test_the_default_brand_is_meant_where_none_is_named(named: str, found: BrandRow | None) -> None:
    assert branding.chosen(ROWS, named) == found


def test_a_brief_says_what_its_brand_says_and_each_line_once() -> None:
    dressed = branding.dressed(Brief("tea", must_say=("free", "#brew")), ROWS[0].brand)

    assert dressed == Brief(
        "tea",
        must_say=("free", "#brew"),
        voice="Dry.",
        known=("Since 1987",),
        banned=("cheap",),
        examples=("Be cold.",),
        brand="Brewline",
    )
    assert branding.dressed(Brief("tea"), None) == Brief("tea")
