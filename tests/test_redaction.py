"""Personal data is found by its form and replaced by stand-ins, and what only looks like it is left alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.bank_data import is_luhn
from model.brief import Brief
from model.personal_data import find
from model.redaction import redact, redact_brief

FOUND = [
    # text, language, kind, what is found
    ("Call us on 020 7946 0958.", "en", "phone", "020 7946 0958"),
    ("Ruth's mobile: +44 (0)7700 900 123", "en", "phone", "+44 (0)7700 900 123"),
    ("Text 415-555-2671 now!", "en", "phone", "415-555-2671"),
    ("(415) 555-2671, ask for Bo", "en", "phone", "(415) 555-2671"),
    ("Dial 1-800-275-2273 toll-free", "en", "phone", "1-800-275-2273"),
    ("Ring 555-0123 today", "en", "phone", "555-0123"),
    ("Bookings: 4155552671", "en", "phone", "4155552671"),
    ("From abroad 0049 30 901820", "en", "phone", "0049 30 901820"),
    ("<tel:+442079460958|here>", "en", "phone", "+442079460958"),
    ("☎ 01632 961114", "en", "phone", "01632 961114"),
    ("Rufen Sie an: 030 901820", "de", "phone", "030 901820"),
    ("Handy 0171/1234567", "de", "phone", "0171/1234567"),
    ("Appelez le 01 42 68 53 00", "fr", "phone", "01 42 68 53 00"),
    ("Llámanos al 912 345 678", "es", "phone", "912 345 678"),
    ("https://wa.me/447700900123", "en", "phone", "447700900123"),
    ("Write to ana@firm.de.", "en", "e-mail", "ana@firm.de"),
    ("ana.b+copy@mail.firm.co.uk", "en", "e-mail", "ana.b+copy@mail.firm.co.uk"),
    ("(ana@firm.de)", "en", "e-mail", "ana@firm.de"),
    ("ana (at) firm (dot) de", "en", "e-mail", "ana (at) firm (dot) de"),
    ("Pay with 4111 1111 1111 1111", "en", "card", "4111 1111 1111 1111"),
    ("5105105105105100 is mine", "en", "card", "5105105105105100"),
    ("Amex 3782 822463 10005", "en", "card", "3782 822463 10005"),
    ("4012-8888-8888-1881.", "en", "card", "4012-8888-8888-1881"),
    ("DE89 3704 0044 0532 0130 00", "de", "IBAN", "DE89 3704 0044 0532 0130 00"),
    ("IBAN gb29nwbk60161331926819 please", "en", "IBAN", "gb29nwbk60161331926819"),
    ("FR14 2004 1010 0505 0001 3M02 606 merci", "fr", "IBAN", "FR14 2004 1010 0505 0001 3M02 606"),
    ("Thanks <@U024BE7LH>!", "en", "mention", "<@U024BE7LH>"),
    ("<@W12AB3|ana> wrote it", "en", "mention", "<@W12AB3|ana>"),
    ("Follow @oak_and_ivy!", "en", "handle", "@oak_and_ivy"),
    ("(@ana.b)", "en", "handle", "@ana.b"),
    ("shop.com/a?utm_source=x&email=ana%40firm.de", "en", "link", "?utm_source=x&email=ana%40firm.de"),
    ("https://ana:secret@shop.com/x", "en", "link", "ana:secret@"),
    ("https://shop.com/reset#token=abc.", "en", "link", "#token=abc"),
    ("Log in from 203.0.113.7", "en", "IP address", "203.0.113.7"),
    ("at 10.20.30.40:8080", "en", "IP address", "10.20.30.40"),
    ("2001:db8:85a3::8a2e:370:7334", "en", "IP address", "2001:db8:85a3::8a2e:370:7334"),
    ("xoxb-123456789012-abcdefGHIJ", "en", "key", "xoxb-123456789012-abcdefGHIJ"),
    ("AKIAIOSFODNN7EXAMPLE", "en", "key", "AKIAIOSFODNN7EXAMPLE"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123", "en", "key", "ghp_abcdefghijklmnopqrstuvwxyz0123"),
    ("sk-proj-abcd1234efgh5678ijkl", "en", "key", "sk-proj-abcd1234efgh5678ijkl"),
    ("password: hunter2hunter2", "en", "key", "hunter2hunter2"),
    ("hooks.slack.com/services/T0/B0/s3cr3t", "en", "key", "T0/B0/s3cr3t"),
]

CLEAN = [
    ("Open 24/7, 365 days a year", "en"),
    ("From €1,299.00, was £1,499.99 or $415 555 2671", "en"),
    ("£4155552671 in the pot", "en"),
    ("Order 10023456 is on its way", "en"),
    ("Order no. 4155552671", "en"),
    ("SKU 4006381333931, EAN: 4155552671", "en"),
    ("4006381333931", "en"),
    ("ISBN 0-306-40615-2 and 978-0-306-40615-7", "en"),
    ("Bestellnr. 0171 1234567", "de"),
    ("2026-11-20, 20.11.2026, 20 11 2026, 17-18 August 2026", "en"),
    ("Vom 01.02.2026 bis 03.04.2026 nur 1.299,00 €", "de"),
    ("12/11/2026 - 14/11/2026, since 2024-2025", "en"),
    ("Open 0800-1700, 10.30-11.45 and 8:00-17:00", "en"),
    ("Over 1,000,000 people, +1,000,000 a year", "en"),
    ("12 345 678 customers can't be wrong", "en"),
    ("100 200 300 and 1 2 3 4 5 6 7 8 9 10", "en"),
    ("Save 20%, 2 for £10, 3 for 2, 50-70% off, 10/10", "en"),
    ("Version 10.0.19.1, v1.2.3.4, chapter 1.2.3.4.5", "en"),
    ("127.0.0.1 is home; 300.1.2.3 is nowhere", "en"),
    ("At 12:30:45, ratio 3:2:1, std::cout", "en"),
    ("1234 5678 9012 3456 passes no check", "en"),
    ("DE12 3456 7890 1234 5678 90 and GB29 NWBK", "en"),
    ("Meet @5pm @ Joe's, @here and @channel", "en"),
    ("2 for 1 @ the bar", "en"),
    ("https://shop.com/menu?utm_source=x&utm_campaign=may#top", "en"),
    ("shop.com/menu? Yes, shop.com/p/10023456", "en"),
    ("Medium: https://medium.com/@ana/42", "en"),
    ("Our secret: slow-roasted beans. Token of love.", "en"),
    ("Use code SPRING20 or promo code 4155552671", "en"),
    ("Company no. 01234567, VAT GB 123 4567 89", "en"),
    ("Model XOX-2000, sk-8 skates, a C4 4K 8K TV", "en"),
]


def replaced(text: str, language: str = "en") -> str:
    return redact([text], language).texts[0]


@pytest.mark.parametrize(("text", "language", "kind", "shown"), FOUND, ids=[row[0] for row in FOUND])
def test_personal_data_is_found_whole_and_gone_afterwards(text: str, language: str, kind: str, shown: str) -> None:
    assert [(one.kind, one.shown) for one in find(text, language)] == [(kind, shown)]

    assert shown not in replaced(text, language)


@pytest.mark.parametrize(("text", "language"), CLEAN, ids=[row[0] for row in CLEAN])
def test_what_only_looks_like_it_is_left_alone(text: str, language: str) -> None:
    assert find(text, language) == ()
    assert redact([text], language).found == frozenset()


@pytest.mark.parametrize(("text", "language"), [row[:2] for row in FOUND], ids=[row[0] for row in FOUND])
def test_stand_ins_are_never_replaced_again(text: str, language: str) -> None:
    once = redact([text], language)

    again = redact(once.texts, language)

    assert again.texts == once.texts
    assert again.found == frozenset()


def test_the_copy_around_a_stand_in_reads_as_before() -> None:
    text = "Ring Ana on 020 7946 0958 or write to ana@firm.de. Follow @oak_and_ivy, 24/7."

    assert re.fullmatch(
        r"Ring Ana on 01632 960\d{3} or write to \w+@example\.\w+\. Follow @example_[a-z]+\d, 24/7\.", replaced(text)
    )


def test_only_the_personal_part_of_a_link_goes() -> None:
    assert replaced("https://shop.com/a?email=ana%40firm.de&utm_source=x.") == "https://shop.com/a?utm_source=x."
    assert replaced("shop.com/p?id=7#sizes") == "shop.com/p#sizes"
    assert replaced("<https://ana:pw@shop.com/?u=7|our shop>") == "<https://shop.com/|our shop>"


def test_a_brands_own_number_has_one_stand_in_in_brief_and_copy_however_it_is_written() -> None:
    brief = Brief(
        "Tweet: call us on 020 7946 0958, follow @brewline",
        must_say=("020 7946 0958",),
        known=("+44 20 7946 0958",),
        examples=("Ring 020 7946 0958!",),
        rejected="Call 02079460958",
        instruction="ask hello@brewline.co",
    )

    clean, (copy,), found = redact_brief(brief, "Call +44 (0)20 7946 0958, says @Brewline or HELLO@brewline.co")

    number = clean.must_say[0]
    assert re.fullmatch(r"01632 960\d{3}", number)
    assert number in clean.product
    assert clean.known == (number,)
    assert clean.examples == (f"Ring {number}!",)
    assert clean.rejected == f"Call {number.replace(' ', '')}"
    assert copy.startswith(f"Call {number}, says {clean.product.rpartition(' ')[2]}")
    assert copy.endswith(clean.instruction.removeprefix("ask "))
    assert sorted(kind for kind, _ in found) == ["e-mail", "handle", "phone"]


def test_different_values_have_different_stand_ins() -> None:
    numbers = [f"+44 20 7946 {tail:04}" for tail in range(60)]

    texts = redact([f"Ring {number}" for number in numbers]).texts

    assert len(set(texts)) == len(numbers)


def test_a_list_of_a_thousand_addresses_is_replaced_too() -> None:
    done = replaced(" ".join(f"ana{at}@firm.de" for at in range(1000)))

    assert "firm.de" not in done
    assert len(done.split()) == 1000


def test_stand_ins_are_nobodys() -> None:
    cards = redact([f"Card {number}" for number in ("4111 1111 1111 1111", "5105 1051 0510 5100")]).texts
    iban = replaced("DE89 3704 0044 0532 0130 00", "de")

    assert not any(is_luhn(re.sub(r"\D", "", text)) for text in cards)
    assert all(text.startswith("Card 4000 0000 0000 ") for text in cards)
    assert iban[2:4] == "00"
    assert find(iban, "de") == ()


def test_the_fields_that_are_no_ones_words_stay() -> None:
    brief = Brief("x", format="email", variants=2, language="de", revision="shorter")

    clean, texts, found = redact_brief(brief)

    assert clean == brief
    assert (texts, found) == ((), frozenset())


PIECES = st.one_of(
    st.sampled_from([row[0] for row in FOUND] + [row[0] for row in CLEAN]),
    st.sampled_from([row[3] for row in FOUND]),
    st.text(max_size=12),
    st.from_regex(r"[0-9 +().@/:<>U-]{1,18}", fullmatch=True),
)


@given(st.lists(PIECES, max_size=5), st.sampled_from(["", " ", "\n", "-", "/"]), st.sampled_from(["en", "de", "es"]))
@example(["GB00 DESK COPY AAAA TEXT XX", "4000 0000 0000 1399"], " ", "en")
@settings(max_examples=200, deadline=None)
def test_redacting_twice_is_redacting_once(pieces: list[str], joint: str, language: str) -> None:
    once = redact([joint.join(pieces)], language).texts

    assert redact(once, language).texts == once


@given(st.text(max_size=60), st.sampled_from(["en", "fr"]))
@settings(max_examples=100, deadline=None)
def test_what_is_found_stands_where_it_is_said_to_and_nothing_overlaps(text: str, language: str) -> None:
    found = find(f"{text} ana@firm.de {text} 020 7946 0958", language)

    assert all(f"{text} ana@firm.de {text} 020 7946 0958"[one.start : one.end] == one.shown for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
