"""What is said of releases is what their manifests hold."""

from __future__ import annotations

from skillmatch.readers.manifest import Manifest, read_manifests
from tests.docs.doc_pages import ROOT, first_code, page, rows

COLUMNS = ("skill", "occupation", "alt-labels", "essential", "optional")


def manifests() -> dict[str, Manifest]:
    """Return all manifests by id."""
    return {one.id: one for one in read_manifests(ROOT / "frameworks")}


def test_the_table_of_releases_holds_the_counts_of_the_manifests() -> None:
    """A reader compares these numbers with an installation."""
    known = manifests()

    table = {
        row[0].strip("`"): [
            int(cell.replace(",", "")) if cell[:1].isdigit() else 0 for cell in row[1:]
        ]
        for row in rows(page("frameworks.md"))
        if row[0].strip("`") in known
    }

    assert table == {
        name: [manifest.counts.get(column, 0) for column in COLUMNS]
        for name, manifest in known.items()
    }


def test_what_the_open_release_lacks_is_told_with_its_own_numbers() -> None:
    """The page must not promise more than the installation itself says is there."""
    told = " ".join(page("frameworks.md").split())
    notes = " ".join(manifests()["esco-1.1.1-open"].notes)

    numbers = {word.strip(",.;") for word in notes.split() if word[0].isdigit()} - {"1.1.1", "1.2"}

    assert len(numbers) >= 5
    assert {number for number in numbers if number not in told} == set()


def test_every_file_that_may_hold_personal_text_is_named() -> None:
    """Whoever writes a report should know that it quotes the posting."""
    options = {word for row in rows(page("privacy.md")) for word in first_code(row[0])}

    assert {"--output FILE", "--save-requirements FILE"} <= options
