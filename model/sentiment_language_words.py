"""Words that tell the language of a comment of two or three words: what people say of food, service and goods."""

import re

_PLAIN = {
    "de": "pommes sehr gut gute guter gutes guten schlecht schlechte schlechter schlechtes schlechten nie wieder "
    "danke vielen schrecklich schreckliche schrecklicher tolle toller tolles leider furchtbar furchtbare "
    "ausgezeichnet nicht schön schöne schöner schönes geil schade lecker leckeres köstlich essen bedienung "
    "kellner kellnerin lieferung bestellung freundlich freundliche freundlicher unfreundlich unfreundliche "
    "unfreundlicher langsam langsame kalt kalte kaltes teuer billig sauber schmutzig zimmer frühstück "
    "empfehlenswert zufrieden unzufrieden enttäuscht enttäuschend immer gerne preis qualität kaputt versand "
    "schnell schnelle schneller kundenservice mangelhaft ekelhaft katastrophe frechheit nett nette netter "
    "völlig viel ganz zu wenig keine kein dauert ewig einfach geht passt naja alles geschmeckt schmeckt "
    "begeistert empfehlung empfehlen weiterempfehlen funktioniert läuft gefällt spaß antwort wartezeit "
    "schrott müll abzocke betrug unverschämt unmöglich mittelmäßig durchschnittlich reicht besonderes "
    "geschmackssache hervorragend ordentlich nettes falsche größe beschädigt paket süchtig traum albtraum "
    "traumhaft herzlichen dankeschön bestens lohnt jederzeit gern laut gepasst ordnung klare",
    "fr": "lent cher très bien merci beaucoup bon bonne mauvais mauvaise nul nulle parfaite jamais dommage déçu "
    "déçue génial géniale j'adore c'est nourriture repas froid froide livraison rapide lente chère qualité "
    "accueil serveur serveuse chambre propre délicieux délicieuse décevant décevante colis excellente "
    "magnifique pire sympa vraiment trop pas commande rien à recommande ça va était je moyen moyenne "
    "satisfait satisfaite éviter fuir arnaque honte horreur régal quelle bruyant bruyante abîmé abîmée "
    "franchement conforme fonctionne refaire agréable équipe reçu reçue",
    "es": "malísimo buenísimo perfecto muy bueno buena buenos buenas bien mal malo mala gracias muchas pésimo "
    "pésima pesimo lo encanta encantó nunca excelente recomiendo bonito gusta gustó servicio comida fría frío "
    "frio fria caro barato barata lento lenta rápido rápida atención habitación sucio sucia limpio limpia "
    "rica delicioso deliciosa más peor mejor precio calidad entrega envío tarde nada vale volveré llegó tarda "
    "camarero está así especial maravilla vergüenza desastre estafa estupendo estupenda fenomenal bastante "
    "funciona sirve llegaron roto contento contenta encantados encantado repetiremos volveremos recomendable "
    "recomendado trato buen asco demasiado ruido cantidad justo súper cumple merece falta limpieza totalmente "
    "majos seguro",
    "it": "più molto buono buona buonissimo buonissima grazie pessimo pessima ottimo ottima bellissimo bellissima "
    "bravi mai adoro cattivo brutto cibo freddo fredda caldo servizio pulita pulito sporco sporca lento lenta "
    "prezzo prezzi qualità consegna spedizione delizioso deliziosa colazione cameriere scortese gentile "
    "gentili caro troppo tutto bene niente posto consiglio consigliato sconsiglio sconsigliato schifo piace "
    "piaciuto perfetto perfetta così funziona evitare provare torneremo tornare ritorneremo consigliatissimo "
    "vergogna truffa disastro rumore buon scarsa scarso esperienza descritto arrivato rotto bravissimi "
    "complimenti soddisfatto soddisfatta personale veloce discreto nella",
    "pt": "muito bom boa bons obrigado obrigada péssimo péssima pessimo adorei ótimo ótima otimo ruim nunca "
    "recomendo não nao gostei comida fria frio serviço atendimento caro barato lento lenta rápido rápida "
    "quarto sujo suja limpo limpa gostoso gostosa delicioso deliciosa entrega atrasada atrasado preço "
    "qualidade tudo bem mal nada melhor pior mais demora demorou horrível garçom amei uma perfeito perfeita "
    "certo especial presta funciona chegou quebrado quebrada maravilha vergonha desastre porcaria nojo mau má produto "
    "voltar vou satisfeito satisfeita razoável cumpre demais",
    "nl": "weer goed goede slecht slechte bedankt geweldig geweldige lekker lekkere nooit meer erg mooi mooie "
    "vreselijk vreselijke jammer niet aanrader eten koud koude bediening levering snel snelle traag trage "
    "duur dure goedkoop vies vieze schoon schone kamer ontbijt vriendelijk vriendelijke onvriendelijk prijs "
    "kwaliteit teleurstellend teleurgesteld prima zeer leuk alles te weinig geen bestelling klantenservice "
    "gaat ging valt tegen niks niets bijzonders echt gewoon helemaal werkt druk dankjewel matig waardeloos "
    "oplichters",
    "pl": "bardzo dobre dobry dobra polecam dziękuję dziekuje świetne świetny świetna nigdy więcej słabe słaby "
    "słaba fajne fajny nie jedzenie zimne obsługa niemiła miła dostawa szybka wolna drogo drogie tanio pyszne "
    "brudno okropne okropny jakość cena zawsze wszystko kelner pokój śniadanie zamówienie zły źle dobrze może "
    "być rewelacji szału działa porażka godne polecenia specjalnego całkiem zdecydowanie",
    "sv": "mycket bra jättebra dåligt dålig dåliga tack aldrig inte maten var kall kallt gott goda trevlig trevliga "
    "otrevlig långsam långsamt dyr dyrt billigt snabb snabbt leverans leveransen smutsigt rummet frukost "
    "frukosten rekommenderas rekommenderar personalen kvalitet pris tyvärr besviken fantastiskt hemskt igen "
    "helt okej sådär funkar fungerar allt kommer tillbaka väldigt riktigt toppen suveränt jättegott inget "
    "speciellt underbart",
    "da": "meget godt dårlig dårligt dårlige tak aldrig ikke maden var kold koldt lækker lækkert betjening "
    "betjeningen langsom dyr dyrt hurtig hurtigt levering beskidt værelse værelset morgenmad anbefales "
    "skuffet venlig venlige uvenlig kvalitet igen fantastisk desværre helt fungerer fint virker rigtig "
    "perfekt",
    "no": "veldig bra dårlig dårlige takk aldri ikke maten var kald kaldt godt betjening treg dyr dyrt rask "
    "levering skittent rommet frokost frokosten anbefales anbefaler skuffet hyggelig uhyggelig kvalitet igjen "
    "helt greit fungerer virker altfor kjempebra sånn",
    "fi": "erittäin hyvä hyvää hyvin huono huonoa kiitos ruoka ruokaa kylmää kylmä palvelu palvelua hidas hidasta "
    "kallis kallista nopea nopeaa toimitus likainen siisti huone aamiainen suosittelen ei ollut oli ihana "
    "loistava pettymys ihan toimii kaikki tosi todella liian suosittele mahtavaa huippu aivan",
    "cs": "velmi dobré dobrý špatné špatný špatná děkuji nikdy více jídlo studené obsluha nepříjemná pomalá pomalé "
    "drahé rychlé dodání skvělé skvělý doporučuji nedoporučuji hrozné hrozná pokoj snídaně čisté špinavé "
    "výborné všechno vše nefunguje funguje dobře hrůza děs může být problémů",
    "ro": "foarte bună bune rău proastă mulțumesc multumesc niciodată mâncare mancare mâncarea rece servicii "
    "servire serviciu scump ieftin livrare recomand groaznic cameră curat murdar totul bine funcționează așa "
    "prea",
    "hu": "nagyon jó rossz köszönöm soha többet étel ételek hideg kiszolgálás lassú drága olcsó gyors szállítás "
    "ajánlom szuper szörnyű szoba tiszta koszos finom csalódás rendben működik nem elmegy túl semmi jól "
    "minden",
    "hr": "vrlo dobro dobra loše loša hvala nikad više hrana hladna usluga spora skupo jeftino brza dostava odlično "
    "odlična preporučujem grozno čisto prljavo ukusno užasno",
    "id": "bagus sekali jelek terima kasih banget makanan makanannya dingin pelayanan pelayanannya lambat mahal "
    "murah cepat pengiriman enak tidak buruk kecewa mengecewakan kamar bersih kotor rekomendasi suka",
    "tr": "çok güzel iyi kötü teşekkürler tesekkurler harika berbat mükemmel yemek yemekler soğuk soguk yavaş "
    "pahalı ucuz hızlı teslimat lezzetli temiz kirli oda tavsiye değil hiç beğenmedim beğendim memnun fena "
    "hizmet idare ederim etmem çalışmıyor süper",
    "hi": "bahut bohot bohat accha acha achha acchi bekar bakwas mast hai hain hoon nahi nahin kharab khana tha thi "
    "yaar bhai paisa paise bilkul ekdum ghatiya kyun kya lekin magar mujhe mera hua gaya raha rahi karo karna "
    "wala wali jaldi sasta mehenga mehnga dhoka ganda gandi theek jhakaas vasool barbad khush pasand dobara "
    "hoga zyada kam aur se ko ka ki",
    "tl": "ang ng mga sarap masarap hindi na ako ko siya nila namin naman lang talaga sobra sobrang tagal matagal "
    "pagkain mabait pangit panget ganda maganda serbisyo uulit salamat po wala walang ulit mahal mura malamig "
    "bastos ayos galing magaling bulok sulit grabe nakakainis ay sa yung ito dito kami",
    "vi": "rất ngon tệ tốt cảm ơn đồ ăn nguội phục vụ chậm đắt rẻ nhanh giao hàng không thích tuyệt vời kém dở",
}
PLAIN = {language: frozenset(plain.casefold().split(" ")) for language, plain in _PLAIN.items()}
"""Words that nobody takes for English, by language."""
SPOKEN_WITH_ENGLISH = frozenset({"hi", "tl"})
"""Languages of which people who write English put in a word or two: in the midst of English theirs say nothing."""
LOANS = frozenset(
    re.findall(
        r"\w+",
        "crème creme brûlée brulée brulee parfait croissant croissants baguette baguettes brioche brioches éclair "
        "éclairs macaron macarons pains chocolat fraîche fraiche soufflé souffle consommé bisque gratin confit foie "
        "gras pâté pate quiche crêpe crêpes crepe crepes tarte tatin béarnaise hollandaise dessert desserts entrée "
        "entrées taco tacos burrito burritos quesadilla quesadillas enchiladas salsa queso guacamole nachos fajita "
        "fajitas churro churros carnitas barbacoa carne asada pastor verde tapas paella chorizo jamón gazpacho "
        "sangria sangría margarita margaritas horchata ceviche empanada empanadas tortilla tortillas mole pollo pico "
        "gallo pasta penne spaghetti ravioli gnocchi risotto lasagna lasagne carbonara bolognese alfredo marinara "
        "pesto bruschetta antipasti antipasto prosciutto mozzarella parmesan parmigiana burrata focaccia ciabatta "
        "tiramisu tiramisù gelato cannoli panna cotta espresso cappuccino latte macchiato pizza margherita calzone "
        "schnitzel bratwurst strudel pretzel sauerkraut sushi sashimi ramen udon tempura teriyaki miso pho banh tofu "
        "kimchi bibimbap curry naan tikka masala paneer biryani samosa dal korma tandoori lassi kebab falafel hummus "
        "shawarma tzatziki gyros baklava souvlaki mama mamma mia magnifico bravo wah lau lah leh shiok sia",
    )
)
"""Dishes and exclamations that people who write English have from elsewhere."""
EVERYWHERE = frozenset(
    re.findall(
        r"\w+",
        "service pizza pasta burger sushi kebab hotel restaurant cafe café bar menu app wifi internet online super top "
        "ok okay extra normal total absolut perfect wow hm hmm haha lol la el le der das die de un una une il da mega "
        "um que",
    )
)
"""Words that many languages share, so that they say nothing of which it is."""
BORROWED = frozenset(
    {
        *("nada", "no bueno", "c'est la vie", "que sera sera", "hasta la vista", "mamma mia", "que pasa", "va va voom"),
        *("comme ci comme ca", "pas de deux", "la dolce vita", "alles"),
    }
)
"""What people who write English say in other languages."""
_PHRASES = {
    "de": "geht so|na ja|so lala|finger weg|zu klein|weiter so|absolut top|absolut super|absolute empfehlung|"
    "war gut|war super|war okay|war ok|war nix|war nichts|alles gut|alles super|alles top|alles ok|"
    "alles okay|alles perfekt|alles in ordnung|klasse|spitze|prima|nett hier|nettes personal|ware beschädigt|"
    "kam nie an|hat alles gepasst|kann man machen|wie immer top|wie immer super|passt schon|bin begeistert|"
    "hat geschmeckt|nichts besonderes|passt perfekt|gefällt mir|gefällt mir nicht|macht spaß|lange wartezeit|"
    "falsche größe|paket kam nie an|ein traum|ein albtraum|herzlichen dank|lohnt sich|lohnt sich nicht|"
    "macht süchtig",
    "es": "todo perfecto|todo bien|todo genial|todo correcto|todo mal|todo ok|todo excelente|todo super|muy rico|"
    "que rico|qué asco|buen producto|nada especial|nada mal|así así|de diez|un diez|un robo|sin más|"
    "sin problemas|tal cual|vale la pena|no vale la pena|ni fu ni fa|gran atención|trato excelente|"
    "precio justo|poca cantidad|mucho ruido|excelente|no está mal",
    "fr": "parfait|tout parfait|tout va bien|bien|pas mal|pas terrible|pas top|pas bon|bof|bof bof|sans plus|"
    "au top|toujours au top|trop long|a fuir|ne marche pas|marche bien|pas reçu|jamais reçu|à refaire|"
    "comme ci comme ça|quel régal|produit conforme|personnel agréable",
    "it": "niente male|non male|mi piace|non mi piace|che schifo|che vergogna|ci torneremo|va bene|nella media|"
    "mai arrivato|non funziona|come descritto",
    "pt": "nada de mais|que nojo|vale a pena|não vale a pena|bom demais|top demais|vou voltar|nada de especial|"
    "mais ou menos|entrega rápida|chegou tarde",
    "nl": "gaat wel|ging wel|gaat zo|valt tegen|valt mee|viel tegen|viel mee|kan beter|kon beter|tot ziens|dank u|"
    "dank je|heel goed|heel lekker|heel slecht|heel fijn|best oké|best goed|te lang wachten|om te huilen|"
    "alles goed|alles prima|alles perfect",
    "pl": "tak sobie|bez szału|za drogo|dramat|nic specjalnego|jest ok|jest dobrze|może być|bez rewelacji",
    "sv": "så där|för dyrt|aldrig mer|allt perfekt|helt ok",
    "da": "helt okay|alt perfekt|alt var godt|alt for dyrt|kan anbefales|kan varmt anbefales|aldrig mere|så som så|"
    "fungerer ikke|virker ikke",
    "no": "alt bra|aldri mer|sånn passe|helt topp|helt greit|fungerer bra",
    "fi": "ihan ok|ihan jees|ihan kiva|ei toimi",
    "cs": "nic moc|nic extra|ujde to|jde to|moc dobré|moc drahé|bez problémů|vše ok|může být",
    "ro": "nu merge|merge bine|nu recomand|nimic special|foarte bun|așa și așa|totul perfect|nu funcționează",
    "hu": "minden rendben|minden szuper|minden jó|semmi extra",
    "tr": "eh işte|idare eder|fena değil|her şey güzel|her şey mükemmel",
}
PHRASES = {phrase: language for language, phrases in _PHRASES.items() for phrase in phrases.casefold().split("|")}
"""Whole comments of words that could be English, or a name, one by one; by what they are in."""
