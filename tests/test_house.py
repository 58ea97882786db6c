"""The house rules that no linter knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path for top in ("src", "evaluation") for path in (ROOT / top).rglob("*.py") if path.is_file()
)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count lines of a function's body without its docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_stays_small_enough_to_read_in_one_go(path: Path) -> None:
    """400 lines a module and 30 lines a body are hard stops: split along an idea instead."""
    text = path.read_text(encoding="utf-8")

    long_functions = [
        f"{node.name} ({body_lines(node)} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > 30
    ]

    assert len(text.splitlines()) <= 400
    assert long_functions == []


def test_no_room_is_called_utils() -> None:
    """A room named for nothing fills with everything."""
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}

    assert names.isdisjoint({"utils", "util", "helpers", "helper", "common", "misc", "manager"})
