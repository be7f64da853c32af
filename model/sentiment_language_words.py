"""Words that tell the language of a comment of two or three words: what people say of food, service and goods."""

import re

_PLAIN = {
    "de": "pommes sehr gut gute guter gutes guten schlecht schlechte schlechter schlechtes schlechten nie wieder "
    "danke vielen schrecklich schreckliche schrecklicher tolle toller tolles leider furchtbar furchtbare "
    "ausgezeichnet nicht schön schöne schöner schönes geil schade lecker leckeres köstlich essen bedienung kellner "
    "kellnerin lieferung bestellung freundlich freundliche freundlicher unfreundlich unfreundliche unfreundlicher "
    "langsam langsame kalt kalte kaltes teuer billig sauber schmutzig zimmer frühstück empfehlenswert zufrieden "
    "unzufrieden enttäuscht enttäuschend immer gerne preis qualität kaputt versand schnell schnelle schneller "
    "kundenservice mangelhaft ekelhaft katastrophe frechheit nett nette netter völlig viel ganz zu wenig keine kein "
    "dauert ewig einfach",
    "fr": "lent cher très bien merci beaucoup bon bonne mauvais mauvaise nul nulle parfaite jamais dommage déçu déçue "
    "génial géniale j'adore c'est nourriture repas froid froide livraison rapide lente chère qualité accueil serveur "
    "serveuse chambre propre délicieux délicieuse décevant décevante colis excellente magnifique pire sympa vraiment "
    "trop pas commande rien à recommande ça va était",
    "es": "malísimo buenísimo perfecto muy bueno buena buenos buenas bien mal malo mala gracias muchas pésimo pésima "
    "pesimo lo encanta encantó nunca excelente recomiendo bonito gusta gustó servicio comida fría frío frio fria caro "
    "barato barata lento lenta rápido rápida atención habitación sucio sucia limpio limpia rica delicioso deliciosa "
    "más peor mejor precio calidad entrega envío tarde nada vale volveré llegó tarda camarero",
    "it": "più molto buono buona buonissimo buonissima grazie pessimo pessima ottimo ottima bellissimo bellissima "
    "bravi mai adoro cattivo brutto cibo freddo fredda caldo servizio pulita pulito sporco sporca lento lenta prezzo "
    "prezzi qualità consegna spedizione delizioso deliziosa colazione cameriere scortese gentile gentili caro troppo "
    "tutto bene niente posto consiglio consigliato sconsiglio sconsigliato schifo piace piaciuto",
    "pt": "muito bom boa bons obrigado obrigada péssimo péssima pessimo adorei ótimo ótima otimo ruim nunca recomendo "
    "não nao gostei comida fria frio serviço atendimento caro barato lento lenta rápido rápida quarto sujo suja limpo "
    "limpa gostoso gostosa delicioso deliciosa entrega atrasada atrasado preço qualidade tudo bem mal nada melhor "
    "pior mais demora demorou horrível garçom amei",
    "nl": "weer goed goede slecht slechte bedankt geweldig geweldige lekker lekkere nooit meer erg mooi mooie "
    "vreselijk vreselijke jammer niet aanrader eten koud koude bediening levering snel snelle traag trage duur dure "
    "goedkoop vies vieze schoon schone kamer ontbijt vriendelijk vriendelijke onvriendelijk prijs kwaliteit "
    "teleurstellend teleurgesteld prima zeer leuk alles te weinig geen bestelling klantenservice",
    "pl": "bardzo dobre dobry dobra polecam dziękuję dziekuje świetne świetny świetna nigdy więcej słabe słaby słaba "
    "fajne fajny nie jedzenie zimne obsługa niemiła miła dostawa szybka wolna drogo drogie tanio pyszne brudno "
    "okropne okropny jakość cena zawsze wszystko kelner pokój śniadanie zamówienie zły źle dobrze",
    "sv": "mycket bra jättebra dåligt dålig dåliga tack aldrig inte maten var kall kallt gott goda trevlig trevliga "
    "otrevlig långsam långsamt dyr dyrt billigt snabb snabbt leverans leveransen smutsigt rummet frukost frukosten "
    "rekommenderas rekommenderar personalen kvalitet pris tyvärr besviken fantastiskt hemskt igen",
    "da": "meget godt dårlig dårligt dårlige tak aldrig ikke maden var kold koldt lækker lækkert betjening "
    "betjeningen langsom dyr dyrt hurtig hurtigt levering beskidt værelse værelset morgenmad anbefales skuffet venlig "
    "venlige uvenlig kvalitet igen fantastisk desværre",
    "no": "veldig bra dårlig dårlige takk aldri ikke maten var kald kaldt godt betjening treg dyr dyrt rask levering "
    "skittent rommet frokost frokosten anbefales anbefaler skuffet hyggelig uhyggelig kvalitet igjen",
    "fi": "erittäin hyvä hyvää hyvin huono huonoa kiitos ruoka ruokaa kylmää kylmä palvelu palvelua hidas hidasta "
    "kallis kallista nopea nopeaa toimitus likainen siisti huone aamiainen suosittelen ei ollut oli ihana loistava "
    "pettymys",
    "cs": "velmi dobré dobrý špatné špatný špatná děkuji nikdy více jídlo studené obsluha nepříjemná pomalá pomalé "
    "drahé rychlé dodání skvělé skvělý doporučuji nedoporučuji hrozné hrozná pokoj snídaně čisté špinavé výborné",
    "ro": "foarte bună bune rău proastă mulțumesc multumesc niciodată mâncare mancare mâncarea rece servicii servire "
    "serviciu scump ieftin livrare recomand groaznic cameră curat murdar",
    "hu": "nagyon jó rossz köszönöm soha többet étel ételek hideg kiszolgálás lassú drága olcsó gyors szállítás "
    "ajánlom szuper szörnyű szoba tiszta koszos finom csalódás",
    "hr": "vrlo dobro dobra loše loša hvala nikad više hrana hladna usluga spora skupo jeftino brza dostava odlično "
    "odlična preporučujem grozno čisto prljavo ukusno užasno",
    "id": "bagus sekali jelek terima kasih banget makanan makanannya dingin pelayanan pelayanannya lambat mahal murah "
    "cepat pengiriman enak tidak buruk kecewa mengecewakan kamar bersih kotor rekomendasi suka",
    "tr": "çok güzel iyi kötü teşekkürler tesekkurler harika berbat mükemmel yemek yemekler soğuk soguk yavaş pahalı "
    "ucuz hızlı teslimat lezzetli temiz kirli oda tavsiye değil hiç beğenmedim beğendim memnun",
    "vi": "rất ngon tệ tốt cảm ơn đồ ăn nguội phục vụ chậm đắt rẻ nhanh giao hàng không thích tuyệt vời kém dở",
}
PLAIN = {language: frozenset(plain.split(" ")) for language, plain in _PLAIN.items()}
"""Words that nobody takes for English, by language."""
EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "service pizza pasta burger sushi kebab hotel restaurant cafe café bar menu app wifi internet online super top "
        "ok okay extra normal total absolut perfect wow hm hmm haha lol la el le der das die de un una une il da",
    )
)
"""Words that many languages share, so that they say nothing of which it is."""
BORROWED = frozenset({"nada", "no bueno", "c'est la vie", "que sera sera", "hasta la vista", "mamma mia"})
"""What people who write English say in other languages."""
