"""What the desk's process imports before it is ready: each library too many is a wait for somebody."""

import subprocess
import sys
from pathlib import Path

from tests import tiny

ROOT = Path(__file__).parent.parent
LOADED = """
import sys
from pathlib import Path
import bot.__main__
from model.engine import open_engine
open_engine(Path(sys.argv[1]), device="cpu").close()
print(*sorted({"datasets", "pandas", "pyarrow", "trl", "vaderSentiment"} & set(sys.modules)))
import pandas
print(pandas.__name__)
"""


def test_the_writer_is_loaded_without_what_only_training_needs_and_who_needs_it_still_gets_it(tmp_path: Path) -> None:
    folder = tiny.save(tmp_path / "tiny")
    found = subprocess.run(
        [sys.executable, "-c", LOADED, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout == "\npandas\n"
