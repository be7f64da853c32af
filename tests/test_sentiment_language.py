"""A comment's language is told, and what is too short to tell counts as English."""

import json
from pathlib import Path

import pytest

from model.sentiment_language import OTHER, language_of, name_of

ENGLISH = r"""
ok
Great!
😍😍😍
👍🏽
5/5
!!!
Thanks Anna
Anna Müller
Garcia Lopez
Lionel Messi
Beyoncé
lol
meh
Yum
wtf
smh
idk
thx!!
Not good.
Terrible service
Five stars
Refund pls
Café Colette is lovely
Pizza Margherita was cold
Best tacos al pastor ever
IKEA Kallax
Xiaomi Redmi Note 9
Adidas Zalando
Delicious croissants
Nespresso Vertuo
Hotel Miramar
Schadenfreude
deja vu
Uber driver was nice
gonna come again
mañana at Juan's cantina
Ciao Bella has great gelato
Barcelona Madrid 2-1
wagwan fam
innit bruv
worst experience everrrr
@zara_care https://example.com/x
#throwback
When do you open?
Parking?
u guys rock
The Schnitzel was überdurchschnittlich, I loved it
Gr8 m8
me
Great stuff
no good
no
No bueno
nada
meh, so so
Best ever
not bad at all
terribel servise
Teh food was grate
sooo slow
rude staff
cold food
queue queue queue
Kinder Bueno
Casa Bonita
Häagen-Dazs
Löwenbräu München
Škoda Octavia
Le Creuset pan
El Toro Loco
La Comida is great
Gut feeling
prix fixe menu
Señor Frogs
Parfait dessert, crème brûlée divine
Croissants, pains au chocolat
Tacos al pastor, salsa verde, queso
Mama mia pizza magnifico
Wah lau, damn shiok sia
Superb dal makhani.
nice khana yaar
Good product bhai
Hindi subtitles missing
📍 Lekki tonight, 📍 Ibadan tmrw
Fabulous margaritas, fabulous guacamole, fabulous crowd.
range excellent, queues dreadful
na im at my nans til sunday wbu
Abeg make una try this place
the 日本 restaurant was great
My Neighbor Totoro となりのトトロ
Love this 寿司屋
idk ¯\_(ツ)_/¯
𝐋𝐨𝐯𝐞 𝐢𝐭
"""
OTHERS = """
de Das Essen war kalt und der Kellner unfreundlich.
de Sehr gut!
de Toller Service, gerne wieder
de Lieferung kam zu spät
de Nie wieder!
fr Le service était très lent et la nourriture froide.
fr Très bien
fr Je ne recommande pas
fr Livraison rapide, merci
es La comida estaba fría y el camarero fue grosero.
es Muy bueno
es No lo recomiendo
es Gracias
es Me encanta
it Il cibo era freddo e il cameriere scortese
it Molto buono
it Servizio pessimo, non ci tornerò mai più
pt A comida estava fria e o garçom foi grosseiro
pt Não recomendo
nl Het eten was koud en de ober onbeleefd
nl Nooit meer
sv Maten var kall och servitören otrevlig
sv Mycket bra
da Maden var kold og tjeneren uhøflig
pl Jedzenie było zimne, a kelner nieuprzejmy
pl Bardzo dobre
tr Yemek soğuktu ve garson kabaydı
tr Çok güzel
id Makanannya dingin dan pelayannya kasar
fi Ruoka oli kylmää ja tarjoilija epäkohtelias
cs Jídlo bylo studené a číšník nepříjemný
ro Mâncarea era rece și chelnerul nepoliticos
hu Az étel hideg volt, a pincér udvariatlan
vi Đồ ăn lạnh và phục vụ thô lỗ
ru Еда была холодной
uk Їжа була холодною, а офіціант грубим
ja 料理が冷たかった
zh 很好吃
ko 음식이 차가웠어요
ar الطعام كان باردا
he האוכל היה קר
hi खाना ठंडा था
th อาหารเย็น
el Το φαγητό ήταν κρύο
ka მშვენიერი მომსახურება
te చాలా బాగుంది
am በጣም ጥሩ ነው
gu ખૂબ સરસ
hy շատ լավ է
km ឆ្ងាញ់ណាស់
und ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ
ja 美味しい
zh OK 很好
zh iPhone 很好用
es no me gusta
es No me gusta la comida
es Pésimo servicio
es Comida fría
es Todo muy rico
sv Mat var kall
de Schlechter Service
de Zimmer schmutzig
de Kalte Pommes
it Cibo freddo
it Servizio lento
pt Comida fria
pt Muito caro
nl Slecht eten
nl De bediening was slecht
nl Niet lekker
fr Mauvais service
fr Très cher
pl Jedzenie zimne
tr Yemek soğuk
id Makanan dingin
fi Ruoka kylmää
da Maden var kold
es Muchas gracias por todo @tienda https://example.com/the/and/of
tl Sobrang tagal ng delivery, hindi na ako uulit
tl Ang sarap!
hi Khana bahut accha tha lekin service kharab
hi Mast hai yaar
eu Janaria oso ona zen baina zerbitzua txarra
ga Bhí an bia go hálainn ach bhí an tseirbhís uafásach
cy Roedd y bwyd yn hyfryd ond y gwasanaeth yn ofnadwy
is Maturinn var mjög góður en þjónustan hræðileg
sw Chakula kilikuwa kizuri sana lakini huduma mbaya
uz Ovqat juda mazali edi lekin xizmat yomon
so Cuntadu way fiicneyd laakiin adeeggu waa xun yahay
af Baie swak diens
fr Franchement décevant
pt Ótimo produto
"""


SHORT = {
    "de": "Geht so|Passt|Passt schon|Naja|Alles bestens|Kann man machen|Gern wieder|Finger weg|Preis-Leistung stimmt|"
    "Macht Spaß|So lala|War super|Hat geschmeckt|Bin begeistert|Nichts Besonderes|Schmeckt nicht|Klare Empfehlung",
    "es": "Todo perfecto|Todo bien|Muy rico|No está mal|Nada especial|Una maravilla|No funciona|"
    "Repetiremos|Sin más|De diez",
    "fr": "Tout parfait|Pas mal|Bof|Très moyen|À fuir|Une honte|Ne marche pas|Rien à dire|Au top|Trop bruyant",
    "it": "Tutto perfetto|Così così|Niente male|Non funziona|Ci torneremo|Mi piace|Troppo rumore|Va bene",
    "pt": "Tudo perfeito|Mais ou menos|Não funciona|Vou voltar|Uma vergonha|Vale a pena",
    "nl": "Gaat wel|Valt tegen|Niks bijzonders|Werkt niet|Kan beter|Heel lekker|Helemaal top",
    "pl": "Może być|Tak sobie|Nie działa|Bez szału",
    "sv": "Helt okej|Funkar inte|Allt bra|Sådär",
    "da": "Rigtig godt|Kan varmt anbefales|Aldrig mere",
    "no": "Helt greit|Aldri mer|Kjempebra",
    "fi": "Ihan ok|Ei toimi|Toimii hyvin",
    "cs": "Nic moc|Nefunguje|Všechno ok",
    "ro": "Totul perfect|Nu merge",
    "hu": "Minden rendben|Nem működik",
    "tr": "Fena değil|Tavsiye ederim",
}
ENGLISH_TOO = (
    "todo list|Todo app|Microsoft Todo|Correct order|Regular fries|Fatal error|Genial staff|Mediocre food|Prima donna|"
    "Chocolate parfait was great|pas de deux|Nett gain|So so|War stories|Best gift|Heel broke off|Heel pain|Great heel|"
    "Puerto Rico|Viva la vida|Super nice|Mega deal|Calvin Klein|Burger bun|Minden food|que pasa|"
    "Hammer drill|Kiva bar|Macht nothing|Nickel plated|Male staff|Laut was good|Echt brand shoes|Alles store"
)


@pytest.mark.parametrize(("language", "text"), [(name, one) for name, said in SHORT.items() for one in said.split("|")])
def test_the_commonest_short_reviews_are_not_read_as_english(language: str, text: str) -> None:
    """ "Geht so" and "Todo perfecto" were: two words of which one could be English, or a name, told nothing."""
    assert language_of(text) == language_of(f"{text}!") == language


@pytest.mark.parametrize("text", ENGLISH_TOO.split("|"))
def test_what_such_words_are_in_english_stays_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ENGLISH.strip().splitlines())
def test_english_and_what_is_too_short_to_tell_is_read(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_another_language_is_named(line: str) -> None:
    language, _, text = line.partition(" ")

    assert language_of(text) == language


def test_none_of_the_comments_that_the_model_learns_from_is_taken_for_another_language() -> None:
    """Each is English, whatever places, dishes and names are in it: 12,914 when it was last counted."""
    files = sorted((Path(__file__).parent.parent / "model" / "house").glob("comments_*.jsonl"))
    texts = {json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()}

    assert len(texts) > 10_000
    assert [text for text in texts if language_of(text) != "en"] == []


def test_people_read_a_languages_name_and_not_its_code() -> None:
    languages = {line.partition(" ")[0] for line in OTHERS.strip().splitlines()}

    assert [name_of(code) for code in ("de", "am", OTHER)] == ["German", "Amharic", "another language"]
    assert all(name_of(code) != name_of(OTHER) for code in languages - {OTHER})


def test_handles_addresses_and_hashtags_are_no_evidence() -> None:
    assert language_of("@servicio_al_cliente #gracias www.tienda.es/muchas-gracias-por-todo ok") == "en"


def test_text_without_words_counts_as_english() -> None:
    assert language_of("") == language_of(" \x00 ") == language_of("123 456 789") == "en"
