"""The house rules that can be read off the files: who imports whom, how long things are, how they are named."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("bot", "model", "storage")
MODULES = sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").glob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc"}
MAX_LINES, MAX_FUNCTION = 300, 30

pytestmark = pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_imports_point_down(path: Path) -> None:
    parts = path.relative_to(ROOT).parts
    ours = {name for name in imported(path) if name.split(".")[0] in OURS}
    if parts[0] in ("model", "storage"):
        ours = {name for name in ours if name.split(".")[0] != parts[0]}
        assert ours == set(), f"{path.name} imports {ours}"
    if parts[:2] == ("bot", "playground"):
        assert all(name == "bot" or name.startswith("bot.playground") for name in ours), f"{path.name} imports {ours}"


def test_a_file_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
    assert path.stem not in FORBIDDEN


def test_a_function_fits_on_a_screen(path: Path) -> None:
    if path in TESTS:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = _own_lines(node)
            assert length <= MAX_FUNCTION, f"{node.name} has {length} lines"


def test_a_module_opens_with_one_sentence(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    if path.name == "__init__.py" and not path.read_text("utf-8"):
        return
    assert docstring, "no docstring"
    assert docstring.splitlines()[0].rstrip().endswith((".", ":")), docstring.splitlines()[0]


def _own_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A function's lines without its docstring, and without the listeners that it only registers."""
    assert node.end_lineno is not None, "parsed from a file"
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node) and isinstance(node.body[0], ast.Expr):
        assert node.body[0].end_lineno is not None, "parsed from a file"
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    for inner in node.body:
        if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
            assert inner.end_lineno is not None, "parsed from a file"
            lines -= inner.end_lineno - inner.lineno + 1
    return lines


def test_importing_does_nothing(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    calls = [ast.unparse(node) for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]

    assert calls == []
