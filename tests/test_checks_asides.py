"""What a brief says to the writer, said to the reader as well, and copy that only sounds like it."""

import pytest

from model.asides import repeated
from model.brief import Brief
from model.checks import check
from model.formats import FORMATS
from model.guards import Guard

REPEATED = [
    ("launderette, open all night. keep it wry", "Open all night. Keep it wry."),
    ("launderette, open all night. Keep it so wry!", "Open, and keep it so wry."),
    ("chip shop. make it funny", "Chips. Make it funny."),
    ("Keep this factual. Bin day is Friday.", "Bin day is Friday. Keep this factual."),
    ("tea, keep the tone dry", "Tea. Keep the tone dry."),
    ("stand C42, free espresso. don't be salesy", "Free espresso. Don't be salesy."),
    ("stand C42. Don’t be too pushy", "Don't be too pushy at stand C42."),
    ("Please don't sound corny. Tea.", "Tea. Don't sound corny."),
    ("never be twee. childcare", "Childcare. Never be twee."),
    ("do not get preachy, recycling", "Recycling. Do not get preachy."),
    ("don't make it formal, party", "A party. Don't make it formal."),
    ("streak of 50 days. funny but kind", "It's 50 days, funny but kind."),
    ("childcare in Derby, understated not cold.", "Childcare. Understated not cold."),
    ("hi can u do a tweet for Crumbe", "Can you do a tweet for Crumbe?"),
    ("could you write a post for us", "Could you write a post about pies?"),
    ("Would you please draft an ad for tea", "Would you please draft an ad?"),
    ("can you make me one for the pie shop", "Can you make me one?"),
    ("volunteers sorted tins. no numbers please", "Volunteers. No numbers please."),
    ("tea. no hashtags please", "Tea, no hashtags please"),
    ("tea. No exclamation marks please!", "Tea. No exclamation marks, please."),
    ("keep it short and sweet. tea", "Tea. Keep it short and sweet."),
]
ITS_OWN = [
    ("launderette. keep it wry", "Open all night, as wry as ever."),
    ("launderette. keep it wry", "Keep it dry."),
    ("launderette. keep it wry", "Keep it. Wry smiles are free."),
    ("thermos mug: keep it warm", "Keep it warm."),
    ("freezer bags, keep it fresh", "Keep it fresh for a week."),
    ("razor. keep it clean", "Keep it clean."),
    ("tidy boxes. make it simple", "Make it simple."),
    ("dark mode. make it light", "Make it light again."),
    ("umbrellas. Keep it dry copy, please", "Umbrellas that hold."),
    ("helmets. don't be a hero", "Don't be a hero."),
    ("recycling. never be late with the bins", "Never be late with the bins."),
    ("tickets. don't be late", "Don't be late."),
    ("memoir of a funny but kind man, out Friday", "A funny but kind man."),
    ("wine, dry but fruity, from Kent", "Dry but fruity."),
    ("can you help at the food bank?", "Can you help?"),
    ("can you spare an hour for the food bank", "Can you spare an hour?"),
    ("we write a letter to every donor", "We write a letter to every donor."),
    ("no ads, no cookies. a browser", "No ads, no cookies."),
    ("no numbers please", "We haven't counted the tins."),
    ("tea. no emoji", "Tea."),
    ("don't be salesy", "Free espresso at stand C42."),
]


@pytest.mark.parametrize(("brief", "copy"), REPEATED)
def test_what_was_said_to_the_writer_is_no_copy(brief: str, copy: str) -> None:
    assert "said to the writer" in repeated(copy, Brief(brief))


@pytest.mark.parametrize(("brief", "copy"), ITS_OWN)
def test_copy_of_its_own_words_is_fine(brief: str, copy: str) -> None:
    assert repeated(copy, Brief(brief)) == ""


def test_the_tone_counts_the_check_is_hard_and_the_guard_takes_it_back() -> None:
    brief, form = Brief("tea at four", tone="keep it cheeky"), FORMATS["tweet"]
    found = {one.name: one for one in check("Tea at four. Keep it cheeky.", brief, form)}["assistant talk"]

    assert (found.ok, found.hard) == (False, True)
    assert Guard(brief, form).fault("Keep it cheeky.", "Tea at four. Keep it cheeky.") == found.reason
