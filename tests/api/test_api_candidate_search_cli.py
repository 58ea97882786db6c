"""``skillmatch candidates search``: the same search, by the operator."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from skillmatch.cli.main import app
from skillmatch.errors import UsageError
from skillmatch.model.evidence import Assurance
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, Person, View
from tests.api.ranking_people import add_person, shown

SKILL = "http://example.org/esco/skill/"


@pytest.fixture(autouse=True)
def _environment(
    database_url: str,
    mini_settings: Settings,
    mini_matcher: Matcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The commands work on the database of the test, with the matcher of all tests."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(mini_settings.data_dir))
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(Matcher, "open", lambda **_: mini_matcher)
    monkeypatch.setattr(Matcher, "close", lambda _: None)


@pytest.fixture
def ada(store: Store) -> Person:
    """Somebody who proves Python."""
    with store.writing() as session:
        return add_person(
            session,
            [shown(SKILL + "python", Assurance.VERIFIED)],
            name="Ada",
            place="Graz",
            languages=["de"],
            person_id="a1",
        )


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["candidates", "search", *arguments], catch_exceptions=False)


TEXT = """\
Not understood, and not asked for: qwertzuiop
Asked for: Python (computer programming) (must), administer medication (nice).

1 candidate, most covered need first:

    1. Ada · Graz · de · a1
       77% covered, 77% proven
       proven       Python (computer programming): “Python (computer
                    programming)” is shown by a badge; verified.
       missing      administer medication: Nothing shown covers it or comes near
                    it.

Languages: de 1
Places: Graz 1
Available: now 1
"""


@pytest.mark.usefixtures("ada")
def test_text_says_who_how_far_and_why() -> None:
    """In lines that a terminal does not break."""
    done = _run("Python", "qwertzuiop", "--nice", SKILL + "medication")

    assert done.stdout == TEXT


def test_json_is_that_of_the_route_and_is_written_down(ada: Person, store: Store) -> None:
    """A search on the command line is no way around the log or the person's own view of it."""
    found = json.loads(_run("Python; basic", "--limit", "1", "--blind", "--json").stdout)

    assert (found["schema_version"], found["total"]) == ("candidates-1", 1)
    assert found["candidates"][0]["name"] == ""
    with store.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        view = session.scalars(select(View)).one()
    assert (entry.by, entry.action, entry.id) == (
        "operator",
        "candidate.search",
        found["search_id"],
    )
    assert (view.person_id, view.by, view.blind) == (ada.id, "operator", True)


@pytest.mark.usefixtures("ada")
def test_filters_are_taken_and_an_empty_answer_says_why() -> None:
    """The filters of the route are options here."""
    by_place = _run("Python", "--place", "Linz")
    by_day = _run("Python", "--available-by", "2026-12-01", "--language", "de", "--proven-only")

    assert "lift one of: places." in by_place.stdout
    assert by_day.stdout.startswith("Asked for: Python")
    assert "1 candidate" in by_day.stdout


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "nothing is asked for"),
        (("Python; wizard",), "level"),
        (("--posting", "a.txt", "--occupation", "1234"), "not both"),
        (("Python", "--cursor", "x"), "cursor"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], named: str) -> None:
    """One clear problem, by name."""
    with pytest.raises(UsageError, match=named):
        _run(*arguments)
