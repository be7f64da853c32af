"""What a team liked and rewrote comes back as examples: the nearest, the newest, and never what was rejected."""

from collections.abc import Sequence

from model.brief import Brief
from model.download import ModelError
from model.recall import Judged, nearest

BRIEF = Brief("tweet for Brewline cold brew, free shipping this week")
TEXTS = (
    "Slow coffee for fast weeks, and Brewline carries the parcel.",
    "Your doormat deserves a better morning than bills.",
    "The kettle may sleep in. We have this one.",
    "Nobody ever regretted a second glass of something cold.",
    "Ordered on the sofa, opened on the step, gone by noon.",
)


def judged(
    brief: str,
    copy: str,
    *,
    place: str = "tweet",
    at: str = "2026-11-01",
    votes: tuple[int, int] = (1, 0),
    **more: str,
) -> Judged:
    return Judged(brief, place, copy, at, up=votes[0], down=votes[1], **more)


def chosen(*found: Judged, brief: Brief = BRIEF, most: int = 3) -> list[str]:
    return [one.copy for one in nearest(brief, found, most=most)]


def test_the_nearest_come_last_and_no_more_than_a_few() -> None:
    found = (
        judged("tweet for Brewline cold brew, new flavour", TEXTS[0]),
        judged("tweet for a dentist in Leeds", TEXTS[1]),
        judged("tweet for Brewline cold brew, free shipping today", TEXTS[2]),
        judged("tweet for Alder shoes, free shipping", TEXTS[3]),
    )

    assert chosen(*found) == [TEXTS[3], TEXTS[0], TEXTS[2]]
    assert nearest(BRIEF, found)[-1].brief == found[2].brief


def test_the_same_format_comes_before_what_is_nearer() -> None:
    post = judged("linkedin post for Brewline cold brew, free shipping", TEXTS[0], place="linkedin")
    far = judged("tweet for a dentist in Leeds", TEXTS[1])

    assert chosen(post, far) == [TEXTS[0], TEXTS[1]]
    assert chosen(post, far, most=1) == [TEXTS[1]]


def test_copy_for_another_place_is_shown_only_if_it_is_about_the_like_and_would_run_here() -> None:
    about_other = judged("linkedin post for a dentist in Leeds", TEXTS[0], place="linkedin")
    too_long = judged("linkedin post for Brewline cold brew", f"{TEXTS[0]} " * 9, place="linkedin")
    ads = judged("google ads for Brewline cold brew", TEXTS[1], place="tweet")

    assert chosen(about_other, too_long) == []
    assert nearest(Brief(BRIEF.product, "google-ad"), [ads]) == ()


def test_what_breaks_the_limit_of_its_own_format_is_no_example() -> None:
    assert chosen(judged("tweet for Brewline", f"{TEXTS[0]} " * 9)) == []


def test_the_newest_wins_a_tie() -> None:
    old, new = (
        judged("tweet for Alder shoes", text, at=at)
        for text, at in ((TEXTS[0], "2026-10-01"), (TEXTS[1], "2026-11-01"))
    )

    assert chosen(old, new, most=1) == chosen(new, old, most=1) == [TEXTS[1]]


def test_of_many_that_are_as_near_the_newest_is_found() -> None:
    many = [judged("tweet for Alder shoes", f"Parcel {at}: {TEXTS[0]}", at=f"2026-{at}") for at in range(100, 200)]

    assert chosen(*many, most=1) == [f"Parcel 199: {TEXTS[0]}"]


def test_only_what_more_people_like_than_not_is_shown() -> None:
    liked = judged("tweet for Alder shoes", TEXTS[0], votes=(2, 1))
    split = judged("tweet for Alder shoes", TEXTS[1], votes=(1, 1))
    rejected = judged("tweet for Alder shoes", TEXTS[2], votes=(0, 1))

    assert chosen(liked, split, rejected) == [TEXTS[0]]


def test_an_edit_wins_over_its_original() -> None:
    edit = judged("tweet for Alder shoes", TEXTS[0], votes=(0, 0), replaced=TEXTS[1])
    liked_elsewhere = judged("tweet for Alder boots", TEXTS[1], at="2026-11-02")

    assert chosen(edit, liked_elsewhere) == [TEXTS[0]]


def test_an_edit_that_people_reject_is_not_shown_and_one_that_changed_a_comma_is() -> None:
    rejected = judged("tweet for Alder shoes", TEXTS[0], votes=(0, 1), replaced=TEXTS[1])
    comma = judged("tweet for Alder shoes", TEXTS[2], votes=(0, 0), replaced=TEXTS[2].replace(".", "!"))

    assert chosen(rejected, comma) == [TEXTS[2]]


def test_a_text_that_was_rejected_anywhere_is_never_shown() -> None:
    liked = judged("tweet for Alder shoes", TEXTS[0])
    rejected = judged("tweet for Alder boots", TEXTS[0].upper(), votes=(0, 2))

    assert chosen(liked, rejected) == []
    assert chosen(liked, brief=Brief(BRIEF.product, rejected=TEXTS[0])) == []


def test_a_draft_of_the_same_brief_is_never_shown() -> None:
    assert chosen(judged(f"  {BRIEF.product.upper()}!", TEXTS[0])) == []


def test_a_text_is_shown_once_and_so_is_what_is_nearly_it() -> None:
    first = judged("tweet for Alder shoes", TEXTS[0], at="2026-11-01")
    again = judged("tweet for Alder boots", TEXTS[0], at="2026-11-02")
    nearly = judged("tweet for Alder socks", TEXTS[0].replace("fast weeks", "long weeks"), at="2026-10-01")

    assert chosen(first, again, nearly) == [TEXTS[0]]
    assert nearest(BRIEF, [first, again])[0].brief == "tweet for Alder boots"


def test_another_language_is_no_example() -> None:
    german = judged("Tweet für Brewline", "Kalter Kaffee, warm empfohlen.", language="de")

    assert chosen(german) == []
    assert chosen(german, brief=Brief("Tweet für Alder", language="de")) == [german.copy]


def test_all_of_them_stay_within_the_budget() -> None:
    found = [judged(f"tweet for shop {number}", text) for number, text in enumerate(TEXTS)]

    kept = nearest(BRIEF, found, characters=160)

    assert len(kept) == 2
    assert sum(len(one.brief) + len(one.copy) for one in kept) <= 160


def test_vectors_find_what_shares_no_word() -> None:
    espresso, shoes = judged("espresso, post and packing on us", TEXTS[0]), judged("shoes, from Monday", TEXTS[1])

    def vectors(texts: Sequence[str]) -> list[tuple[float, float]]:
        return [(1.0, 0.0) if "brew" in text or "espresso" in text else (0.0, 1.0) for text in texts]

    found = [nearest(BRIEF, order, vectors=vectors, most=1) for order in ((espresso, shoes), (shoes, espresso))]

    assert [one.copy for kept in found for one in kept] == [TEXTS[0], TEXTS[0]]


def test_without_its_encoder_briefs_are_near_that_share_words() -> None:
    def vectors(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise ModelError("The encoder can't be loaded.")

    found = (judged("tweet for Brewline beans", TEXTS[0]), judged("tweet for shoes", TEXTS[1], at="2026-11-02"))

    assert [one.copy for one in nearest(BRIEF, found, vectors=vectors, most=1)] == [TEXTS[0]]


def test_a_team_without_votes_has_no_examples() -> None:
    assert nearest(BRIEF, ()) == ()
