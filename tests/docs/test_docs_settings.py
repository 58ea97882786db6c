"""What can be set is documented, and what is documented can be set."""

from __future__ import annotations

import re

from tests.docs.doc_pages import ROOT, first_code, page, rows

VARIABLE = re.compile(r"SKILLMATCH_[A-Z][A-Z_]*")


def read_by_code() -> set[str]:
    """Return the variables that program, tests and make know."""
    paths = [
        path for top in ("src", "api", "tests", "evaluation") for path in (ROOT / top).rglob("*.py")
    ]
    paths += [ROOT / "Makefile", ROOT / ".ci" / "run"]
    return {name for path in paths for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    """A variable that stands in one of the two only is a secret or a promise not kept."""
    settings = page("settings.md")

    documented = {
        name for row in rows(settings) for name in first_code(row[0]) if VARIABLE.fullmatch(name)
    }

    assert documented == read_by_code()
