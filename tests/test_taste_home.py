"""App Home's beliefs say before they are taken out how far that reaches."""

from typing import Any

from bot.taste_home import EVERYWHERE, WRONG, TastePart
from bot.tastes import Tastes
from storage import votes
from storage.database import Storage
from tests.desk_rows import NOON, WORKSPACE, add_brief, add_draft, at
from tests.test_taste import texts


def vote(storage: Storage, form: str, *, liked: str) -> None:
    """Five people vote up what has a sign in it, and down the rest."""
    with storage.write() as db:
        brief = add_brief(db, form, format=form)
        for number, text in enumerate(texts(150, seed=len(form))):
            draft = add_draft(db, brief, number + 1, text=text)
            value = 1 if liked in text else -1
            votes.cast(db, draft, user=f"U{number % 5}", value=value, source="button", at=at(number))


def buttons(storage: Storage) -> dict[str, dict[str, Any]]:
    """The button beside each belief, by the belief's sentence."""
    tastes = Tastes(storage)
    tastes.learn(WORKSPACE)
    with storage.read() as db:
        shown = TastePart(storage, tastes, lambda: NOON).blocks_for(db, WORKSPACE)
    return {block["text"]["text"]: block["accessory"] for block in shown if "accessory" in block}


def test_a_belief_about_one_format_is_taken_out_of_all_and_the_button_says_so(storage: Storage) -> None:
    vote(storage, "tweet", liked="?")
    vote(storage, "email", liked=".")

    button = next(found for told, found in buttons(storage).items() if "Tweet: this team votes up questions" in told)

    assert button["value"] == "question"
    assert button["confirm"]["text"]["text"] == EVERYWHERE.format(format="Tweet", phrase="questions")
    assert button["confirm"]["confirm"]["text"] == WRONG


def test_a_belief_about_all_formats_is_taken_out_at_once(storage: Storage) -> None:
    vote(storage, "tweet", liked="?")

    button = next(found for told, found in buttons(storage).items() if "This team votes up questions" in told)

    assert "confirm" not in button
