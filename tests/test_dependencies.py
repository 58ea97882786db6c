"""What runs with skillmatch: its licences, its oldest versions, and how it is audited."""

from __future__ import annotations

import re
from importlib.metadata import Distribution

from tests.dependency_audit import read
from tests.dependency_closure import declared, run_time

PERMISSIVE = re.compile(
    r"\b(apache|mit|0?bsd|psf|psfl|python software foundation|isc|zlib|cc0|hpnd|unlicense)\b", re.I
)
COPYLEFT = re.compile(r"gpl|general public|mpl|mozilla|eupl|sspl|busl|commercial|proprietary", re.I)
WEAK = re.compile(r"lgpl|lesser|mpl|mozilla", re.I)
WEAK_ALLOWED = {"certifi", "frozendict", "openbadgeslib", "psycopg", "psycopg-binary", "tqdm"}
"""Used as they are, unchanged and replaceable, which their licences allow to any program."""


def licence_of(package: Distribution) -> str:
    """Return the licence that a package states: as an expression, in classifiers, or in words."""
    said = package.metadata
    classified = [
        one.rpartition("::")[2].strip()
        for one in said.get_all("Classifier") or ()
        if one.startswith("License ::")
    ]
    expression, own = (said.get_all(name) or [""] for name in ("License-Expression", "License"))
    return expression[0] or " OR ".join(classified) or own[0].partition("\n")[0]


def allowed(name: str, licence: str) -> bool:
    """Return whether a package may be there: each part of its licence has a choice that may."""
    return all(
        any(_part_allowed(name, choice) for choice in re.split(r"\s+OR\s+", part))
        for part in re.split(r"\s+AND\s+", licence)
    )


def _part_allowed(name: str, licence: str) -> bool:
    if COPYLEFT.search(licence):
        return name in WEAK_ALLOWED and WEAK.search(licence) is not None
    return PERMISSIVE.search(licence) is not None


def test_nothing_runs_under_a_licence_that_binds_the_whole_program() -> None:
    """Whoever puts the program into their own must not find the GPL or AGPL in it later."""
    licences = {name: licence_of(one) for name, one in run_time().items()}

    assert {"fastapi", "starlette", "sqlalchemy", "numpy", "httpx"} <= set(licences)
    assert {name: it for name, it in licences.items() if not allowed(name, it)} == {}


def test_licences_are_told_apart() -> None:
    """A test that lets everything through would pass above, too."""
    assert allowed("any", "Apache-2.0 OR BSD-3-Clause")
    assert allowed("any", "MIT OR GPL-2.0-only")
    assert allowed("psycopg", "LGPL-3.0-only")
    assert not allowed("any", "LGPL-3.0-only")
    assert not allowed("psycopg", "AGPL-3.0-only")
    assert not allowed("any", "MIT AND GPL-3.0-or-later")
    assert not allowed("any", "")


def test_every_dependency_says_from_which_version_on() -> None:
    """Without one, an installation may find a version with which nobody ever ran the tests."""
    unbound = [
        one.name for one in declared() if not any(it.operator == ">=" for it in one.specifier)
    ]

    assert unbound == []


def test_a_package_that_nobody_was_asked_about_is_said_to_be_unaudited() -> None:
    """pip-audit skips it and ends well, which reads as if it had been found sound."""
    skipped = {"dependencies": [{"name": "idna", "skip_reason": "could not be audited"}]}

    audit = read({"idna": "3.0", "h11": "0.1"}, [skipped, {}])

    assert audit.unasked == ("idna", "h11")
    assert "0 of 2 packages audited" in audit.text()
    assert "NOT AUDITED: 2 packages" in audit.text()


def test_a_known_vulnerability_is_named_with_what_mends_it() -> None:
    """The second service may know what the first one was not asked about."""
    flaw = {"id": "PYSEC-1", "fix_versions": ["2.0"]}
    first = {"dependencies": [{"name": "idna", "skip_reason": "x"}, {"name": "h11", "vulns": []}]}
    second = {"dependencies": [{"name": "idna", "version": "1.0", "vulns": [flaw]}]}

    audit = read({"idna": "1.0", "h11": "0.1"}, [first, second])

    assert (audit.unasked, dict(audit.known)) == ((), {"idna": ("PYSEC-1 (mended in 2.0)",)})
    assert "idna: PYSEC-1 (mended in 2.0)" in audit.text()
