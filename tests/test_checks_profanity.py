"""Words that offend, however they are masked, and words and names that only look like them."""

import pytest

from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.profanity import judged

STRONG = [
    "Fucking cold coffee.",
    "Holy f**k, it's cold.",
    "F*ck Mondays.",
    "Un-f@cking-believable.",
    "Fuuuuck yes.",
    "It's cold as sh*t.",
    "Sh1t hot coffee.",
    "5h1t happens.",
    "Bullshit-free banking.",
    "S.h.i.t. happens.",
    "f u c k it, have a cake.",
    "What a b!tch of a Monday.",
    "Basic bitches drink tea.",
    "You lucky bastards.",
    "B*stard strong coffee.",
    "Don't be a wanker.",
    "Don't be a dick about it.",
    "Your boss is an arsehole.",
    "Your boss is an a$$hole.",
    "W4nkers need not apply.",
    "It will make you piss off early.",
    "Stop being such a prick.",
    "What a c*nt.",
    "Only twats skip breakfast.",
    "No more pakis next door.",
    "Don't be a retard.",
    "Fcuk Mondays.",
    "It's fcuking cold.",
    "Stop jerking off at work.",
    "Nice tits.",
]
MILD = [
    "It's a hell of a view.",
    "Damn fine coffee.",
    "No crap, just coffee.",
    "Bloody good pies.",
    "Get off your arse and run.",
    "Kick-ass software.",
    "What the hell is a flat white?",
    "Bugger all to do? Come in.",
    "A load of bollocks, taken away for free.",
    "Sod off, winter.",
    "Pies that kick ass. My ass, anyway.",
    "A bad-ass burger.",
    "A smart-ass lamp.",
    "Half-assed emails end here.",
    "Mondays are a pain in the ass.",
    "WTF is a flat white?",
    "It's effing freezing.",
    "Freaking good fries.",
    "Crappy coffee ends here.",
    "Feckin' good stout.",
    "A bit of a cock-up with the ovens.",
    "Bugger off, Monday.",
    "Buggered if we know why it's so good.",
    "Coffee for people with boobs.",
    "You can't polish a turd.",
    "Screw you, Monday!",
    "Screw you guys, it's cold.",
    "Don't be a douchebag.",
]
INNOCENT = [
    "Greetings from Scunthorpe.",
    "Walks around Penistone.",
    "The view from the cockpit.",
    "Dick Whittington, this Christmas.",
    "Moby Dick, read aloud. Spotted dick for afters.",
    "See Dick Van Dyke at Lightwater.",
    "The Cock Inn, Clitheroe. Cocktails from five.",
    "Shiitake mushrooms and a Shih Tzu.",
    "A class act in the grass, in Essex and Sussex.",
    "Assess, assist, assemble.",
    "Blue tits at the feeder, and a great tit.",
    "Matsushita and Mishti.",
    "A knob of butter, and prick the pastry with a fork.",
    "Prick up your ears.",
    "Bloody Mary on the terrace.",
    "To hell and back: a memoir.",
    "Hello from the shell.",
    "A litter of six: four dogs and two bitches.",
    "Pork faggots with peas and gravy.",
    "A Maine Coon called Bruno.",
    "The kitchen is spick and span, or spic and span.",
    "A chink of light under the door.",
    "Fire-retardant sofas. They retard the spread of fire.",
    "Pussy willow by the river. Pussycat flaps fitted.",
    "4 GB of memory and an A55 road map.",
    "5* hotel, 2* price, A** grades.",
    "**Free** coffee *today*.",
    "Terms apply*. Fun* for all.",
    "Pizza tossers wanted: the dough kind.",
    "Fuchsia, Fukuoka and fact.",
    "Niggle-free, niggardly no more, and Nigerian food.",
    "A shot of espresso. A hot sit. Sh, it is asleep.",
    "Pakistan v England at the oval. Spicy chips.",
    "Write to hello@sh1t.example.",
    "A cock crows at dawn.",
    "Six hens and a cock.",
    "A walk from Titty Hill, and on to Titty Ho in Raunds.",
    "The bones of Hell Creek. Bloody Sunday, fifty years on.",
    "Jerk chicken, straight off the grill. Pork jerk off the bone.",
    "Each screw you need, and every screw you don't.",
    "Booby prizes and booby traps. Saturday nights.",
    "A jerk, then off we go.",
    "Screw your courage to the sticking place.",
]


@pytest.mark.parametrize("copy", STRONG)
def test_a_strong_word_is_found_however_it_is_masked(copy: str) -> None:
    reason, strong = judged(copy, Brief("coffee"))

    assert reason
    assert strong


@pytest.mark.parametrize("copy", MILD)
def test_a_mild_word_is_told_softly(copy: str) -> None:
    reason, strong = judged(copy, Brief("coffee"))

    assert "mild" in reason
    assert not strong


@pytest.mark.parametrize("copy", INNOCENT)
def test_a_word_that_only_contains_one_is_fine(copy: str) -> None:
    assert judged(copy, Brief("coffee")) == ("", False)


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("pizza in Scunthorpe", "What a cunt."),
        ("walks around Penistone and Matsushita", "Oh shit."),
        ("fcuking hell is not our name, Shitake is", "Well, shit."),
        ("Hancock Bastardo wine", "You lucky bastards."),
    ],
)
def test_a_name_that_only_contains_a_word_is_no_leave_to_say_it(brief: str, copy: str) -> None:
    assert judged(copy, Brief(brief))[1]


@pytest.mark.parametrize(
    ("brief", "copy"),
    [
        ("Two Bastards Brewing", "One bastard pours, the other drinks."),
        ("charity F*ck Winter", "F*ck winter, says the charity. Fuck winter."),
        ("No Bullshit Bank", "A bank without the bullshit."),
        ("tribute night with The Bitch Is Back", "The Bitch Is Back, live on Friday."),
        ("FCUK sale at the outlet", "FCUK, half price."),
        ("charity walk, check your boobs", "Check your boobs, then walk."),
    ],
)
def test_a_word_that_the_brief_has_whole_is_the_brands_choice(brief: str, copy: str) -> None:
    assert judged(copy, Brief(brief)) == ("", False)


def test_a_brand_may_swear_by_its_own_name_but_slurs_stay_slurs() -> None:
    assert judged("Fat Bastard, a red with body.", Brief("Fat Bastard wine")) == ("", False)
    assert judged("Welcome to the Paki shop.", Brief("the Paki shop"))[1]


@pytest.mark.parametrize(("copy", "hard"), [("It's fucking cold.", True), ("It's bloody cold.", False)])
def test_only_a_strong_word_rules_a_draft_out(copy: str, hard: bool) -> None:
    found = next(one for one in check(copy, Brief("coffee"), FORMATS["tweet"]) if one.name == "profanity")

    assert (found.ok, found.hard) == (False, hard)
