"""What is installed is explained."""

from __future__ import annotations

import tomllib

from tests.docs.doc_pages import ROOT, first_code, page, rows


def declared() -> set[str]:
    """Return every requirement of ``pyproject.toml`` without its version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    every = [*project["dependencies"], *(one for extra in optional for one in extra)]
    return {one.split(">=")[0].split("==")[0].strip() for one in every}


def test_every_dependency_is_explained_and_no_other() -> None:
    """A package that nobody can give a reason for is not worth its risk."""
    tables = page("dependencies.md")

    explained = {name for row in rows(tables) for name in first_code(row[0])}

    assert explained == declared()


def test_every_dependency_has_a_licence_and_a_reason() -> None:
    """An empty cell would pass for an explanation."""
    lacking = [row[0] for row in rows(page("dependencies.md")) if not all(row)]

    assert lacking == []
