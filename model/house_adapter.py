"""The house adapter: what makes the small embedded model write as the house does."""

from importlib import resources
from pathlib import Path

from model.generation import Engine
from model.packages import WRITER

NAME = "house"


def load_into(engine: Engine, model: Path) -> bool:
    """Load it beside the embedded model, which it was fitted to; False for any other model."""
    with resources.as_file(resources.files("model").joinpath("house", "adapter")) as folder:
        if model.name != WRITER.folder or not folder.is_dir():
            return False
        engine.load_adapter(NAME, folder)
    return True
