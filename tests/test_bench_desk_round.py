"""The bench that measures beside a round brings votes that a round can be made of."""

from pathlib import Path

from bench import desk_round
from bot import round_work, vote_commands
from model.finetune import choose_loss
from storage.database import Storage
from tests.desk_rows import WORKSPACE
from tests.team import SUNDAY


def test_tweets_that_never_came_end_no_measurement() -> None:
    assert desk_round.told(None) == "three tweets never came"
    assert desk_round.told(12.34) == "three tweets after 12.3 s"


def test_its_votes_are_enough_for_a_round_with_kto(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "copydesk.db")
    storage.migrate()
    file = tmp_path / "votes.jsonl"
    file.write_text(desk_round.votes(SUNDAY), "utf-8")

    told = vote_commands.import_file(storage, file, workspace=WORKSPACE, strict=True, now=SUNDAY)

    assert (told.new, told.bad) == (desk_round.VOTES, 0)
    with storage.read() as db:
        report = round_work.gather(db, WORKSPACE, "imported", now=SUNDAY, seed=0).collected.report
    assert report.missing == ""
    assert choose_loss(report.votes_up, report.votes_down) == "kto"
