"""The house rules that no linter knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path
    for top in ("src", "api", "evaluation")
    for path in (ROOT / top).rglob("*.py")
    # A migration tells all tables at one point of time, and is never changed.
    if path.parent.name != "versions"
)
ROOMS = sorted({path.parent for path in MODULES})


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count lines of a function's body without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1


def too_long(path: Path) -> list[str]:
    """Tell what of a module is too long."""
    text = path.read_text(encoding="utf-8")
    place, lines = path.relative_to(ROOT), len(text.splitlines())
    module = [f"{place} has {lines} lines"] if lines > 400 else []
    return module + [
        f"{place}: the body of {one.name} has {body_lines(one)} lines"
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(one) > 30
    ]


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_stays_small_enough_to_read_in_one_go(room: Path) -> None:
    """400 lines a module and 30 lines a body are hard stops: split along an idea instead."""
    found = [one for path in MODULES if path.parent == room for one in too_long(path)]

    assert found == []


def test_no_room_is_called_utils() -> None:
    """A room named for nothing fills with everything."""
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}

    assert names.isdisjoint({"utils", "util", "helpers", "helper", "common", "misc", "manager"})
