"""The page about linking names every number that a confidence rests on."""

from __future__ import annotations

from skillmatch.linking.features import FEATURE_NAMES
from tests.docs.doc_pages import first_code, page, rows


def test_every_feature_is_explained_and_none_that_is_gone() -> None:
    """A confidence that nobody can explain is a score."""
    _, _, after = page("how-linking-works.md").partition("| feature | what it is |")
    table = after.partition("\n\n")[0]

    told = [word for row in rows(table) for word in first_code(row[0])]

    assert sorted(told) == sorted(FEATURE_NAMES)
