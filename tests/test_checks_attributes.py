"""Copy that tells readers who they are or shuts some of them out, and copy that does neither."""

import pytest

from model.attributes import ADDRESS, ALWAYS, REGULATED, judged
from model.brief import Brief

TOLD = [
    "Are you diabetic? Read on.",
    "As a Muslim, you know the value of a slow morning.",
    "As a disabled person, you know the stairs.",
    "Struggling with debt?",
    "Drowning in credit card debt? We can help.",
    "Do you suffer from anxiety?",
    "Depression getting you down?",
    "Manage your diabetes with an app.",
    "Meet other Jewish singles.",
    "Meet black singles near you.",
    "Are you gay and new in town?",
    "You're pregnant, so eat for two.",
    "Are you over 50?",
    "Over 60? So is our founder.",
    "People like you who just turned 62.",
    "Are you bankrupt?",
    "Are you a single mum?",
    "Are you blind?",
    "Calling fellow Christians.",
    "If you're living with arthritis, sit down.",
    "Got bad credit? No problem.",
    "Are you unemployed?",
    "You have bad credit? Call us.",
    "You've got high blood pressure.",
    "You're over 60. So is our founder.",
    "You are nearly 50!",
    "Overweight? Try this.",
    "Feeling depressed?",
    "It's here. Pregnant? Sit down.",
    "You Muslims will love it.",
    "Are you a senior citizen?",
    "Are you a senior?",
    "Are you addicted to gambling?",
    "Are you a recovering addict?",
]
NOT_TOLD = [
    "Are you a morning person?",
    "As a runner, you know the feeling.",
    "As a black coffee drinker, you want it plain.",
    "Are you blind to good offers? Surely not.",
    "Are you straight out of bed?",
    "A support group for people with diabetes.",
    "Debt advice, free and in private.",
    "Classes for over 60s on Tuesdays.",
    "Are you over 18? Come in.",
    "You're disarming. You're in Leeds. You're a gem.",
    "Halal and kosher menus.",
    "Single origin, single estate.",
    "Are you in? Are you hungry?",
    "The Christian Aid shop in Skipton.",
    "Your senior team will thank you.",
    "Trans-Siberian tales, in black and white.",
    "Pregnant pauses, fat quarters, poor puns.",
    "Under 26? Tickets are £8.",
    "Struggling with the lid? Twist.",
    "Have you got a minute?",
    "You're blind-tasting four ciders.",
    "Tired of spreadsheets?",
    "Are you a senior developer?",
    "Are you a senior engineer, or nearly one?",
    "Is your debt collector software slow?",
    "Does your debt recovery team need a hand?",
    "Your cancer charity needs runners.",
    "Are you addicted to tea?",
    "One sip and you're addicted. You're a coffee addict now.",
    "Are you depressed by your inbox?",
    "Are you divorced from reality?",
    "You're under 30 minutes from the sea.",
    "You're over 60 miles from a good pie.",
    "You have no debt to us.",
    "You have a pain au chocolat coming.",
    "The jab is free if you're over 65, or if you have asthma.",
    "Thank you, everyone.",
    "Black? White? Or with oat?",
    "Feeling cold?",
]
FLAT, JOB = "2 bed flat to let in Hove, Marlin Lettings", "we're hiring baristas in Leeds"
SHUT_OUT = [
    (FLAT, "No DSS."),
    (FLAT, "Sorry, no children and no pets."),
    (FLAT, "Ideal for Christians."),
    (FLAT, "Perfect for a young professional couple."),
    (FLAT, "Professionals only."),
    (FLAT, "Mature tenants preferred."),
    (FLAT, "No benefits, no Section 8."),
    (FLAT, "Would suit: perfect for a single professional."),
    (FLAT, "Females only."),
    (FLAT, "Christian household preferred."),
    (FLAT, "Suits professional couple."),
    (FLAT, "Would suit a single person."),
    (FLAT, "A white family preferred."),
    (FLAT, "Not available to people on benefits."),
    (JOB, "No gypsies or travellers."),
    (JOB, "No travellers, please."),
    (JOB, "Strong men wanted."),
    (JOB, "Girls wanted."),
    (JOB, "We want a girl with a smile."),
    (JOB, "Must be able-bodied."),
    (JOB, "You must be in good health."),
    (JOB, "Young and energetic team wanted."),
    (JOB, "Join our young, dynamic team."),
    (JOB, "Recent graduates only."),
    (JOB, "A job for recent college graduates."),
    (JOB, "Native English speakers only."),
    (JOB, "Male candidates preferred."),
    (JOB, "Aged 25 to 35? Apply."),
    (JOB, "You must be under 30."),
    (JOB, "We need a waitress and a handyman."),
    ("jobs at Fell Café, Hawes", "A waitress for the weekends."),
    ("wanted: someone who mends things in 12 flats", "Handyman, three days a week."),
    (JOB, "No immigrants."),
    (JOB, "Digital natives wanted."),
    ("loans from Clearwell", "Loans for whites only."),
    ("mortgages from Clearwell", "No over 60s."),
]
LET_IN = [
    (FLAT, "Two bedrooms, a quiet street, and a bakery on the corner."),
    (FLAT, "No pets, no smokers."),
    (FLAT, "Room for children, and a school nearby."),
    (FLAT, "A family bathroom and a master bedroom."),
    (FLAT, "DSS and benefits welcome."),
    (FLAT, "Ideal for anyone who likes light."),
    (JOB, "Everyone is welcome to apply."),
    (JOB, "You must be over 18 to serve alcohol."),
    (JOB, "No experience? We train you."),
    (JOB, "Join our friendly team, at any age."),
    (JOB, "You speak English well."),
    (JOB, "A graduate scheme and an apprenticeship."),
    (JOB, "No weekends. No nights."),
    (JOB, "Are you a senior developer? We're hiring one."),
    (JOB, "Men and women wanted, of any age."),
    (JOB, "Baristas wanted."),
    (JOB, "We want someone with a smile."),
    (JOB, "You must be able to lift 10 kg."),
    (JOB, "Christian Smith runs the team."),
    (JOB, "No suits. Couples and friends may share shifts."),
    (JOB, "No travellers left behind: we pay your train."),
    (FLAT, "A quiet home, for any household."),
    (FLAT, "White walls preferred by nobody, so paint them."),
    (JOB, "Work between 20 and 30 hours a week."),
    ("a shed before winter", "A shed is a big job. You can ask a handyman to clear the gutters."),
    ("a jar opener", "It gets the job done. Great for men and women aged 18 to 80."),
    ("renting a van", "The waitress at the café on the corner has the keys."),
    ("restaurant in Leeds", "Perfect for couples, and for families."),
    ("swimming lessons", "A women-only session on Wednesday."),
    ("children's menu", "No kids menu? We have one."),
    ("gift ideas", "Great for men who have everything."),
    ("holiday park", "Adults only, from May."),
    ("football club", "Young players wanted. A young team."),
    ("flat white week", "A flat white, perfect for two."),
    ("sunscreen", "No white marks."),
    ("tailor", "A suit that suits a man who cycles."),
]


@pytest.mark.parametrize("copy", TOLD)
def test_copy_may_not_tell_readers_who_they_are(copy: str) -> None:
    reason, hard = judged(copy, Brief("coffee"))

    assert "(Meta)" in reason
    assert hard


@pytest.mark.parametrize("copy", NOT_TOLD)
def test_copy_that_speaks_of_the_product_is_fine(copy: str) -> None:
    assert judged(copy, Brief("coffee")) == ("", False)


@pytest.mark.parametrize(("brief", "copy"), SHUT_OUT)
def test_a_home_a_job_or_credit_is_for_everybody(brief: str, copy: str) -> None:
    reason, hard = judged(copy, Brief(brief))

    assert "(US, UK, EU)" in reason
    assert hard


@pytest.mark.parametrize(("brief", "copy"), LET_IN)
def test_copy_that_lets_everybody_in_is_fine(brief: str, copy: str) -> None:
    assert judged(copy, Brief(brief)) == ("", False)


@pytest.mark.parametrize(
    "copy", ["No children.", "Whites only.", "A young and energetic team on stage.", "No immigrants."]
)
def test_elsewhere_shutting_people_out_is_told_softly(copy: str) -> None:
    reason, hard = judged(copy, Brief("coffee"))

    assert reason
    assert not hard


def test_copy_about_a_job_is_judged_as_such_whatever_the_brief_says() -> None:
    assert judged("We are hiring! Recent graduates only.", Brief("coffee"))[1]


def test_every_rule_names_its_source_and_where_it_holds() -> None:
    assert all(rule.advice and rule.source and rule.where for rule in (*ADDRESS, *ALWAYS, *REGULATED))
