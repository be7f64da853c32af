"""Whether a column names people, by what it is called or by what stands in it: nobody compares colleagues; pure."""

import re
from collections import Counter
from collections.abc import Sequence

from bot import sentiment_cells

PEOPLE = frozenset(
    re.findall(
        r"\w+",
        "agent employee representative rep colleague staff assignee assigned owner handler handled waiter waitress "
        "manager user username author reviewer customer client guest patient student pupil name firstname lastname "
        "surname email mail handle operator technician engineer driver courier rider consultant seller cashier advisor "
        "adviser teacher tutor instructor nurse doctor dentist physician surgeon vet hygienist midwife carer caregiver "
        "person people member who by barista host hostess server salesperson salesman saleswoman clerk stylist barber "
        "hairdresser beautician coach trainer therapist chef cook baker butcher guide lecturer professor supervisor "
        "lead leader boss head director chief executive officer attendant receptionist concierge porter housekeeper "
        "cleaner maid mechanic plumber electrician builder installer fitter contractor worker workman captain pilot "
        "steward stewardess crew closer setter csr csm sdr bdr ae specialist expert analyst associate assistant "
        "secretary realtor broker lawyer attorney solicitor accountant banker teller pharmacist optician counsellor "
        "counselor psychologist mentor moderator admin administrator dispatcher planner buyer merchandiser bartender "
        "sommelier runner busser performer artist speaker presenter contact mitarbeiter mitarbeiterin bedienung "
        "kellner kellnerin berater beraterin verkäufer verkäuferin fahrer fahrerin betreuer kunde serveur serveuse "
        "vendeur vendeuse conseiller conseillère employé employée livreur camarero camarera mesero mesera vendedor "
        "vendedora empleado empleada agente asesor asesora repartidor cameriere cameriera venditore",
    )
)

# Of both kinds and many countries; what a town is called too, such as Charlotte or Florence, is left out.
_GIVEN = frozenset(
    re.findall(
        r"\w+",
        "aaron abdul abdullah abigail adam adele adrian agnes ahmed aisha alan albert alejandro alessandro alex "
        "alexander alexandra alexis alfie ali alice alicia alina alison allison alyssa amanda amber amelia amina amir "
        "amy ana anders andre andrea andreas andrei andrew andy angela angie anita ann anna annabel anne annie anthony "
        "antonio anton arjun arthur ashley astrid ava barbara beatrice becky ben benjamin beth bethany betty bianca "
        "bill billy bob brandon brenda brian bridget bruno callum camila carla carlos carmen carol caroline catherine "
        "cathy cecilia charles charlie chloe chris christian christina christine christopher claire clara claudia "
        "colin connor craig cristina cynthia dan daniel daniela danielle daria darren dave david dawn debbie deborah "
        "deepak dennis derek diana diane diego dimitri dmitri dominic donald donna doris dorothy dylan edward eleanor "
        "elena elias elizabeth ella ellen ellie emil emily emma eric erik erin esther ethan eugene eva evan eve evelyn "
        "fatima felix fernando fiona frances francesca francesco francis frank fred freya gabriel gareth gary gavin "
        "george georgia gerald gianni gina giovanni giulia giuseppe gloria grace graham greg gregory greta guillaume "
        "gustav hannah harold harriet harry hassan heather helen helena henry hiroshi holly howard hugh hugo ian "
        "ibrahim igor imran ines ingrid irene iris isaac isabel isabella isla ivan jack jacob jake james jamie jan "
        "jane janet janice jasmine jason javier jay jean jeff jeffrey jenna jennifer jenny jeremy jess jesse jessica "
        "jill jim jimmy joan joanna joanne joe joel johan johannes john johnny jonas jonathan jorge jose josef joseph "
        "josh joshua joyce juan judith judy julia julian julie jurgen justin kamal karen karl karolina kate katharina "
        "katherine kathleen kathryn kathy katie katrin kay keith kelly ken kenji kenneth kerry kevin khalid kim "
        "kirsten klaus krishna kristin kumar kurt kyle lara larry lars laura lauren laurence lea leah lee leila lena "
        "leo leon leonardo leslie lewis liam lily linda lisa liz lorenzo louis louise luca lucas lucia lucy luis luisa "
        "lukas luke lydia maggie magnus mandy manuel marc marco marcus margaret maria mariam marie marina mario marion "
        "mark markus marta martha martin martina mary maryam mateo matt matteo matthew maureen max maya megan mehmet "
        "melanie melissa mia michael michal michele michelle miguel mike mikhail milan minh miriam mohamed mohammad "
        "mohammed monica muhammad mustafa nadia nancy natalia natalie natasha nathan neil nick nicholas nicola nicolas "
        "nicole nigel nikita nikolai nina noah nora norman oliver olivia omar oscar owen pablo pamela patricia patrick "
        "paul paula pauline pedro peggy penny peter petra phil philip philippe phoebe pierre pietro piotr priya rachel "
        "rafael rahul raj rajesh ralph ramon ravi ray raymond rebecca renee ricardo rich richard rita rob robert "
        "roberto robin roger roland ronald rosa rosie ross roxanne roy ruby rupert russell ruth ryan sally sam "
        "samantha samir samuel sandra sanjay santiago sara sarah sasha scott sean sebastian sergei sergio shane sharon "
        "sheila shirley silvia simon simone sofia sonia sophia sophie stefan stefano stella stephanie stephen steve "
        "steven stuart sue sunil susan suzanne sven sylvia tamara tanya tara teresa terry theo theresa thomas tim "
        "timothy tina todd tom tommy tony tracy trevor ursula valentina valerie vanessa vera veronica vicky viktor "
        "vincent vivian vladimir walter wanda wayne wendy wei will william wolfgang xavier yasmin yuki yusuf yvonne "
        "zach zoe",
    )
)
# Words of complaints too, which count as names only where they are written as one.
_WORDS_TOO = frozenset(
    re.findall(
        r"\w+",
        "amber bill carol dawn eve frank grace heather holly iris jack jasmine jay jean john kay lily marina mark "
        "martin max mike milan nick penny ray rich rob robin ruby sue will",
    )
)
_NAMES_ALONE = _GIVEN - _WORDS_TOO
# Two words with capitals are a place or a thing where one of them is one of these.
_PLACES = frozenset(
    re.findall(
        r"\w+",
        "new old san santa santo los las la el le st saint port fort mount lake north south east west northern "
        "southern eastern western central upper lower great grand royal union united kingdom states downtown uptown "
        "city town county street st road rd avenue lane square park garden gardens hill hills valley river beach bay "
        "island bridge station airport terminal gate centre center mall market plaza court house hall tower building "
        "floor wing room store shop outlet branch office warehouse depot hotel inn lodge resort restaurant cafe café "
        "bar pub grill kitchen diner bistro bakery club gym spa clinic hospital school college university academy bank "
        "app play google apple amazon trip web site phone email chat live social media mobile desktop windows mac "
        "linux team group region area zone district plan basic pro premium standard plus business enterprise free "
        "trial gold silver platinum red blue green black white pink classic deluxe original special sales support "
        "service services customer care delivery shipping billing product products quality food drinks price value ltd "
        "inc llc gmbh company hong kong sri costa puerto rio buenos cape tel abu kuala ho chi sierra "
        "first second third last time visit very not no yes good bad high low medium full half part week month year",
    )
)
_TITLED = re.compile(r"(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir|Herr|Frau)\.? [^\W\d_].*")
_PART = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_NAME = re.compile(rf"{_PART},?(?: {_PART}\.?){{0,3}}")
_LONGEST = 40


def head(words: Sequence[str]) -> str:
    """The word of a column's name that says what stands in it: "store" of "store name".

    >>> head(["store", "name"]), head(["name"])
    ('store', 'name')
    """
    return next((word for word in reversed(words) if word not in ("name", "id")), "name")


def is_given(word: str) -> bool:
    """Whether a word is somebody's name and hardly anything else, however it is written.

    >>> is_given("KEVIN"), is_given("bill")
    (True, False)
    """
    return word.casefold() in _NAMES_ALONE


def are_names(cells: Sequence[str]) -> bool:
    """Whether most of what stands in a column seems to name a person each.

    >>> are_names(["Anna Smith", "Bob Jones"]), are_names(["New York", "Leeds"]), are_names(["Red Box", "Tin Box"])
    (True, False, False)
    """
    kinds = set(sentiment_cells.looked_at(cells))
    # A word of most cells is what they are, as “Box” of two boxes, and no family's name.
    met = Counter(word for cell in kinds for word in set(cell.split()))
    shared = {word for word, count in met.items() if count > 1 and 2 * count > len(kinds)}
    return bool(kinds) and 2 * sum(_is_name(cell, shared) for cell in kinds) > len(kinds)


def _is_name(cell: str, shared: set[str]) -> bool:
    if len(cell) > _LONGEST:
        return False
    if _TITLED.fullmatch(cell):
        return True
    if not _NAME.fullmatch(cell):
        return False
    words = [word.strip(".,") for word in cell.split()]
    given = [word.casefold() in _GIVEN for word in words]
    # “Anna Park” is somebody, “St Louis” and “Hotel Ana” aren't.
    if given[0]:
        return True
    if any(word.casefold() in _PLACES or word in shared for word in words):
        return False
    return any(given) or (len(words) in (2, 3) and all(word[0].isupper() and not word.isupper() for word in words))
