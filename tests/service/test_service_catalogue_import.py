"""Importing keeps a catalogue whole or not at all, and never what a person decided to no end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.errors import NotFoundError, UnreadableError, UsageError
from skillmatch.model.offer import Award, AwardOrigin
from skillmatch.readers.offers import read_catalogue, write_catalogue
from skillmatch.service.catalogue_import import ImportRequest, import_catalogue
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.mini_engine import uri

SHEET = """id,name,skills,outcomes
a,Snakes,Python (computer programming),
b,Trees,,Use Git every day
c,Clouds,,Look up
"""


@pytest.fixture
def home(tmp_path: Path, mini_settings: Settings) -> Settings:
    """A data folder of its own for catalogues."""
    return replace(mini_settings, data_dir=tmp_path / "home")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet of three offers: stated, proposed, none."""
    path = tmp_path / "school.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def kept(home: Settings, name: str = "school") -> Path:
    """Return where an imported catalogue lies."""
    return home.data_dir / "catalogues" / f"{name}.json"


def test_an_import_tells_what_it_kept_and_where(
    mini_matcher: Matcher, home: Settings, sheet: Path
) -> None:
    """Whoever imports sees at once how much stands on words alone."""
    report = import_catalogue(mini_matcher, ImportRequest(sources=(sheet,)), settings=home)

    assert (report.name, report.path, report.offers) == ("school", str(kept(home)), 3)
    skills = report.skills
    assert (skills.stated, skills.proposed, skills.none) == (1, 1, 1)
    stored = read_catalogue(kept(home))
    assert stored.frameworks == mini_matcher.frameworks.ids
    assert [[one.uri for one in offer.awards] for offer in stored.offers] == [
        [uri("python")],
        [uri("version-control")],
        [],
    ]


def test_the_same_source_gives_the_same_bytes_and_needs_no_leave(
    mini_matcher: Matcher, home: Settings, sheet: Path
) -> None:
    """A script may run every night."""
    request = ImportRequest(sources=(sheet,))
    import_catalogue(mini_matcher, request, settings=home)
    first = kept(home).read_bytes()

    report = import_catalogue(mini_matcher, request, settings=home)

    assert kept(home).read_bytes() == first
    assert (report.replaced, report.new, report.gone) == (True, 0, 0)


def test_another_catalogue_is_not_overwritten_unasked(
    mini_matcher: Matcher, home: Settings, sheet: Path
) -> None:
    """Two schools may both call their file offers.csv."""
    request = ImportRequest(sources=(sheet,))
    import_catalogue(mini_matcher, request, settings=home)
    first = kept(home).read_bytes()
    sheet.write_text(SHEET.replace("c,Clouds", "d,Rain"), encoding="utf-8")

    with pytest.raises(UsageError, match="--replace"):
        import_catalogue(mini_matcher, request, settings=home)
    assert kept(home).read_bytes() == first
    report = import_catalogue(mini_matcher, replace(request, replace=True), settings=home)

    assert (report.new, report.gone) == (1, 1)
    assert [one.id for one in read_catalogue(kept(home)).offers] == ["a", "b", "d"]


def test_what_a_person_reviewed_is_kept(mini_matcher: Matcher, home: Settings, sheet: Path) -> None:
    """An hour of reading is not thrown away because a price changed."""
    request = ImportRequest(sources=(sheet,), replace=True)
    import_catalogue(mini_matcher, request, settings=home)
    before = read_catalogue(kept(home))
    reviewed = Award(uri=uri("java"), label="Java", origin=AwardOrigin.REVIEWED)
    offers = (before.offers[0], replace(before.offers[1], awards=(reviewed,)), before.offers[2])
    write_catalogue(replace(before, offers=offers), kept(home))
    sheet.write_text(SHEET.replace("Trees", "Trees and more"), encoding="utf-8")

    report = import_catalogue(mini_matcher, request, settings=home)

    snakes, trees, _ = read_catalogue(kept(home)).offers
    assert report.reviewed == 1
    assert (trees.name, trees.awards) == ("Trees and more", (reviewed,))
    assert [one.uri for one in snakes.awards] == [uri("python")]


def test_a_review_also_outlives_an_aligned_catalogue_of_somebody_else(
    mini_matcher: Matcher, home: Settings, sheet: Path, tmp_path: Path
) -> None:
    """What the other proposed was seen by the reviewer, and taken out."""
    other = tmp_path / "other.json"
    import_catalogue(mini_matcher, ImportRequest(sources=(sheet,), out=other), settings=home)
    request = ImportRequest(sources=(other,), name="school", replace=True)
    import_catalogue(mini_matcher, request, settings=home)
    before = read_catalogue(kept(home))
    reviewed = Award(uri=uri("java"), label="Java", origin=AwardOrigin.REVIEWED)
    offers = (before.offers[0], replace(before.offers[1], awards=(reviewed,)), before.offers[2])
    write_catalogue(replace(before, offers=offers), kept(home))

    import_catalogue(mini_matcher, request, settings=home)

    again = read_catalogue(kept(home))
    assert again.offers == offers
    assert again.frameworks == mini_matcher.frameworks.ids


def test_what_is_no_catalogue_is_not_overwritten_unasked(
    mini_matcher: Matcher, tmp_path: Path, home: Settings, sheet: Path
) -> None:
    """``--out`` is typed by hand."""
    out = tmp_path / "thesis.json"
    out.write_text("years of work", encoding="utf-8")
    said: list[str] = []

    with pytest.raises(UsageError, match="--replace"):
        import_catalogue(mini_matcher, ImportRequest(sources=(sheet,), out=out), settings=home)
    assert out.read_text(encoding="utf-8") == "years of work"
    request = ImportRequest(sources=(sheet,), out=out, replace=True)
    report = import_catalogue(mini_matcher, request, settings=home, warn=said.append)

    assert (report.path, read_catalogue(out).name) == (str(out), "thesis")
    assert len(said) == 1
    assert not kept(home, "thesis").exists()


def test_several_sources_become_one_under_a_name_that_is_given(
    mini_matcher: Matcher, home: Settings, sheet: Path, tmp_path: Path
) -> None:
    """No name of the parts fits the whole."""
    other = tmp_path / "prices.csv"
    other.write_text("id,name,cost,currency\na,Snakes,5,EUR\n", encoding="utf-8")
    sources = (sheet, other)

    with pytest.raises(UsageError, match="--name"):
        import_catalogue(mini_matcher, ImportRequest(sources=sources), settings=home)
    import_catalogue(mini_matcher, ImportRequest(sources=sources, name="both"), settings=home)

    first = read_catalogue(kept(home, "both")).offers[0]
    assert (first.cost is not None, first.awards[0].uri) == (True, uri("python"))


def test_a_source_without_offers_is_refused_and_says_why(
    mini_matcher: Matcher, home: Settings, tmp_path: Path
) -> None:
    """An empty catalogue would look like a market without offers."""
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "notes.txt").write_text("call them", encoding="utf-8")

    with pytest.raises(UnreadableError, match=r"no offer in .*notes\.txt"):
        import_catalogue(mini_matcher, ImportRequest(sources=(folder,)), settings=home)
    with pytest.raises(NotFoundError):
        import_catalogue(
            mini_matcher, ImportRequest(sources=(tmp_path / "gone.csv",)), settings=home
        )

    assert not kept(home, "empty").exists()
