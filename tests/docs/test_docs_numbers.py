"""Numbers and names that pages state are those of the code."""

from __future__ import annotations

from importlib import import_module
from inspect import signature

import pytest

from skillmatch.gap import thresholds
from skillmatch.linking.requirements import SILENT
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import CoverageKind, GapState
from skillmatch.model.posting import SectionKind
from skillmatch.model.requirement import GateKind
from tests.docs.doc_pages import first_code, page, rows


def stated() -> list[tuple[str, str]]:
    """Return (dotted name, value) of every number that a page states."""
    tables = (row for name in ("how-linking-works.md", "gap.md") for row in rows(page(name)))
    return [
        (name, row[1])
        for row in tables
        for name in first_code(row[0])
        if name.startswith("skillmatch.")
    ]


def value_of(dotted: str) -> object:
    """Return a constant of a module, or the default of a parameter of a class."""
    owner, _, name = dotted.rpartition(".")
    if owner.rpartition(".")[2].istitle():
        module, _, kind = owner.rpartition(".")
        return signature(getattr(import_module(module), kind)).parameters[name].default
    return getattr(import_module(owner), name)


@pytest.mark.parametrize(("name", "value"), stated())
def test_a_number_of_a_page_is_the_number_of_the_code(name: str, value: str) -> None:
    """Readers argue with the page, and the program follows the code."""
    assert str(value_of(name)) == value


def test_every_threshold_of_the_comparison_is_on_its_page() -> None:
    """A number that is not told cannot be questioned."""
    listed = {name.rpartition(".")[2] for name, _ in stated() if ".thresholds." in name}

    assert listed == {name for name in vars(thresholds) if name.isupper()}


def first_column(name: str) -> set[str]:
    """Return the code words of the first column of all tables of a page."""
    return {word for row in rows(page(name)) for word in first_code(row[0])}


@pytest.mark.parametrize("kind", [*GapState, *Assurance])
def test_every_state_and_assurance_is_explained(kind: GapState | Assurance) -> None:
    """A person who reads "related" must be able to look it up."""
    assert kind.value in first_column("gap.md")


def test_every_kind_of_coverage_is_explained() -> None:
    """They stand in the second column, beside what a person holds."""
    named = {word for row in rows(page("gap.md")) for word in first_code(row[1])}

    assert named >= {kind.value for kind in CoverageKind}


def test_the_sections_are_told_with_what_becomes_of_them() -> None:
    """Which parts of a posting are dropped is the first thing that people doubt."""
    told = {row[0].strip("`"): row[1] for row in rows(page("how-linking-works.md"))}

    assert {kind.value for kind in SectionKind if told[kind.value].startswith("no")} == {
        kind.value for kind in SILENT
    }


@pytest.mark.parametrize("kind", GateKind)
def test_every_hard_gate_is_named(kind: GateKind) -> None:
    """Gates are never scored, so they must be known."""
    assert f"`{kind.value}`" in page("how-linking-works.md").replace("\n", " ")
