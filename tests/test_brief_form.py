"""The form of a brief asks for all that a typed one can say, and reads it the same."""

from collections.abc import Callable
from typing import Any

import pytest

from bot import intake
from bot.brief import BriefError, from_fields, parse
from bot.drafting import modal
from model.brief import Brief
from model.prompts import LANGUAGES
from tests.running_bot import RunningBot
from tests.test_sentiment_slack import wait_for_answer
from tests.thread_reading import wait_for_drafts
from tests.visitor import Visitor

StartBot = Callable[..., RunningBot]
PRODUCT = "Brewline cold brew, free shipping this week"


def language(view: dict[str, Any]) -> dict[str, Any]:
    (block,) = [block for block in view["blocks"] if block["block_id"] == "language"]
    assert block["optional"]
    found: dict[str, Any] = block["element"]
    return found


def test_a_language_named_before_the_form_is_chosen_in_it_and_written(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy --language de")
    view = ana.wait_for(lambda page: page.view)
    ana.fill_and_submit({"product": PRODUCT})

    wait_for_drafts(ana, 3)

    assert language(view)["initial_option"]["value"] == "de"
    assert bot.rows("SELECT language FROM briefs") == [{"language": "de"}]


def test_a_language_can_be_chosen_in_the_form(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")
    view = ana.wait_for(lambda page: page.view)
    ana.fill_and_submit({"product": PRODUCT, "language": "fr"})

    wait_for_drafts(ana, 3)

    assert "initial_option" not in language(view)
    assert [option["value"] for option in language(view)["options"]] == list(LANGUAGES)
    assert bot.rows("SELECT language FROM briefs") == [{"language": "fr"}]


def test_a_form_without_a_language_is_written_as_the_brief_is(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/copy")
    ana.fill_and_submit({"product": "שלום, קפה קר חדש"})

    wait_for_drafts(ana, 3)

    assert bot.rows("SELECT language FROM briefs") == [{"language": "he"}]


def test_a_model_that_writes_english_alone_says_so_in_the_form(start_bot: StartBot, ana: Visitor) -> None:
    bot = start_bot(languages=frozenset({"en"}))
    ana.type("/copy --language de")
    ana.wait_for(lambda page: page.view)

    answer = ana.fill_and_submit({"product": PRODUCT})

    assert answer == {"ok": False, "errors": {"language": intake.LANGUAGE.format(language="German")}}
    assert bot.rows("SELECT * FROM briefs") == []


def test_a_language_without_a_name_stands_in_the_form_by_its_code() -> None:
    found = language(modal(Brief(product=""), private=False, metadata="", language="ga"))

    assert found["initial_option"]["value"] == "ga"
    assert len(found["options"]) == len(LANGUAGES) + 1


@pytest.mark.parametrize(
    "product",
    [
        "Lathe Soap. Don't mention the price, must say 'kelp'",
        "Lathe Soap, never say “cheap” and don’t mention refunds",
        "Lathe Soap, we never use palm oil",
    ],
)
def test_a_product_asks_for_the_same_in_the_form_as_when_it_is_typed(product: str) -> None:
    typed, filled = parse(product).brief, from_fields({"product": product, "format": "tweet"})

    assert (filled.must_say, filled.must_not_say) == (typed.must_say, typed.must_not_say)


def test_what_the_fields_ask_for_comes_first_and_once() -> None:
    fields = {"product": "Soap, never say cheap", "format": "sms", "must_not_say": "vegan\ncheap"}

    assert from_fields(fields).must_not_say == ("vegan", "cheap")


def test_what_customers_are_quoted_with_asks_for_nothing() -> None:
    fields = {"product": "Answer this: 'you must include a refund, never say sorry'", "format": "email"}

    quoting = from_fields(fields, quotes_others=True)

    assert (quoting.must_say, quoting.must_not_say) == ((), ())


def test_an_apology_promises_nothing_that_its_customer_asked_for(bot: RunningBot, ana: Visitor) -> None:
    ana.type("/sentiment Rude and slow, your reply must include a refund")
    ana.click(wait_for_answer(ana), "sentiment_write_apology")
    view = ana.wait_for(lambda page: page.view)
    ana.fill_and_submit({"format": "tweet"})

    ana.wait_for(lambda page: any("asked for copy" in one["text"] for one in page.messages()))

    assert "must include a refund" in str(view["blocks"])
    assert bot.rows("SELECT must_say FROM briefs") == [{"must_say": "[]"}]


def test_a_code_that_is_no_language_is_refused() -> None:
    with pytest.raises(BriefError, match="two-letter code"):
        from_fields({"product": PRODUCT, "format": "tweet", "language": "german"})
