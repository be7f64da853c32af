"""The documents say what is there: README rows, settings, commands and make targets."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MODULES = sorted(
    path for package in ("bot", "model", "storage") for path in (ROOT / package).glob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_modules_sentence_is_its_row_in_the_readme(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring is not None
    name = path.relative_to(ROOT).as_posix()

    assert f"| `{name}` | {docstring.splitlines()[0]} |" in README


def test_the_example_environment_lists_every_setting_in_order() -> None:
    listed = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)

    assert listed == [one.name.upper() for one in fields(Settings)]


def test_the_example_environment_shows_the_defaults() -> None:
    listed = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))

    assert listed == {one.name.upper(): str(one.default) for one in fields(Settings)}


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z-]+)", README)) <= targets


def test_every_command_is_in_the_readme_and_has_help() -> None:
    for name, command in main.commands.items():
        assert f"copydesk {name}" in README
        assert command.help
