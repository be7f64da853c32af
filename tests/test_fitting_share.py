"""A process that works in the background lets whole other sessions go first, not only other threads of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from model.fitting_share import AUTOGROUP

SAID = "from model.fitting_share import AUTOGROUP, step_back; step_back(1); print(AUTOGROUP.read_text())"


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this system shares its cores out another way")
@pytest.mark.parametrize(("own_session", "nice"), [(True, "nice 15"), (False, "nice 0")])
def test_its_session_steps_back_where_it_is_its_own(own_session: bool, nice: str) -> None:
    found = subprocess.run(
        # Between them a shell leads the session of the second: it is the one that must not step back with the child.
        [sys.executable, "-c", SAID] if own_session else ["sh", "-c", '"$0" -c "$1"; true', sys.executable, SAID],
        cwd=Path(__file__).parent.parent,
        start_new_session=True,
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip().endswith(nice)
