"""The top-level domains that addresses end in, and which of them need more than a full stop to tell an address.

From IANA's root zone (data.iana.org/TLD/tlds-alpha-by-domain.txt): every country's, and the generic ones in wide use.
"""

import re
from itertools import groupby

GENERIC = (
    "com org net info biz name pro mobi tel edu gov int mil asia cat coop jobs museum travel aero post academy "
    "accountant accountants actor adult agency airforce apartments app arab archi army art arte associates attorney "
    "auction audio author auto autos baby band bar barcelona bargains baseball basketball bayern beauty beer berlin "
    "bet bible bid bike bingo bio black blackfriday blog blue boats boo boston bot boutique box broker brussels build "
    "builders business buzz cab cafe cam camera camp capital car cards care career careers cars casa cash casino "
    "catering center ceo charity chat cheap church city claims cleaning click clinic clothing cloud club coach codes "
    "coffee college cologne community company compare computer condos construction consulting contact contractors "
    "cooking cool country coupon coupons courses credit creditcard cricket cruise cruises dance data date dating day "
    "deal dealer deals degree delivery democrat dental dentist desi design dev diamonds diet digital direct directory "
    "discount doctor dog domains download earth eat eco education email energy engineer engineering enterprises "
    "equipment esq estate eus events exchange expert exposed express fail faith family fan fans farm fashion fast "
    "feedback film finance financial fish fishing fit fitness flights florist flowers fly foo food football forsale "
    "forum foundation frl fun fund furniture futbol fyi gal gallery game games garden gay gent gift gifts gives "
    "giving glass global gmbh gold golf gov graphics gratis green gripe grocery group guide guitars guru hair hamburg "
    "haus health healthcare help hiphop hockey holdings holiday homes horse hospital host hosting hot hotels house "
    "icu immo immobilien inc industries ink institute insurance insure international investments irish ist istanbul "
    "jetzt jewelry joburg juegos kaufen kids kim kitchen kiwi koeln land lat latino law lawyer lease legal lgbt life "
    "lifestyle lighting limited limo link live living llc loan loans lol london lotto ltd luxe luxury madrid maison "
    "makeup management map market marketing markets mba melbourne meme memorial men menu miami mom money monster "
    "mortgage moscow moto motorcycles movie music navy network news ngo ninja nrw nyc okinawa ong onl online ooo "
    "organic osaka page paris parts party pet pets pharmacy phd photo photography photos physio pics pictures pink "
    "pizza place plumbing plus poker porn press prime productions prof promo properties property protection pub "
    "quebec quest racing radio realestate realtor realty recipes red rehab reise reisen rent rentals repair report "
    "republican rest restaurant review reviews rich rio rip rocks rodeo room rsvp rugby ruhr ryukyu saarland safe "
    "sale salon sarl scholarships school schule science scot search secure security select services sexy shiksha "
    "shoes shopping show silk singles site ski skin soccer social software solar solutions song soy spa space sport "
    "spot srl storage store stream studio study style sucks supplies supply support surf surgery swiss sydney systems "
    "tattoo tax taxi team tech technology tennis theater theatre tickets tienda tips tires tirol tokyo tools top "
    "tours town toys trade trading training tube university uno vacations vegas ventures versicherung vet viajes "
    "video villas vin vip vision vlaanderen vodka vote voting voto voyage wales wang watch watches webcam website wed "
    "wedding wien wiki wine winners world wow wtf yachts yoga yokohama zone zuerich example test"
)
COUNTRIES = (
    "ac ae af ag ai ao aq ar au aw ax az ba bb bd bf bg bh bi bj bm bn bo br bs bt bw bz ca cd cf cg ch ci ck cl cn "
    "co cr cu cv cw cx cy cz de dj dk dm dz ec ee eg er et eu fi fj fk fm fo fr ga ge gf gg gh gi gl gn gp gq gr gt "
    "gu gw gy hk hn hr ht hu ie il im io iq ir je jm jo jp ke kh ki kn kp kr kw ky kz lb lc li lk lr ls lt lu lv ly "
    "mc mk mn mo mp mq mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz om pe pf ph pk pl pr pt pw qa re ro ru rw "
    "sa sb sd se sg si sk sl sn sr ss st su sv sx sy sz tc td tg th tj tk tl tm tn tr tt tv tw tz ua ug uk uy uz "
    "va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
WORDS = (
    "ad al am an as at be by do es gs id in is it la ma me ml mr ms my no pa so to us "
    "now one you how here new free read meet best book talk save win work works play run love today shop buy"
)
"""Domains that are common words: behind a full stop that lacks its space, they tell nothing in capitals."""

FILES = "cc cm gd hm kg km md mg mh mm mov pm pn ps py rs sc sh tf zip"
"""Domains that end file names and measures too: an address only with a path behind them."""


def either(names: str) -> str:
    """The names as alternatives of a pattern, by their first letter: most texts rule out all but a few at once.

    >>> either("com org co")
    'c(?:o|om)|o(?:rg)'
    """
    by_letter = groupby(sorted(re.findall(r"\w+", names)), key=lambda name: name[0])
    return "|".join(f"{letter}(?:{'|'.join(name[1:] for name in group)})" for letter, group in by_letter)
