"""The real O*NET 29.3, from its workbooks: what is read, and what is installed of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skillmatch.model.concept import SkillType, Status
from skillmatch.model.framework import Framework, Predicate
from skillmatch.readers import onet
from skillmatch.readers.onet import element_uri, occupation_uri, read_onet
from skillmatch.service.install import InstallOptions, InstallReport, install
from skillmatch.service.installed import verify_framework
from skillmatch.service.places import Places

pytestmark = pytest.mark.shared

MANIFESTS = Path(__file__).resolve().parents[2] / "frameworks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A release, as it was read and as it was installed.

    Attributes:
        framework: What the reader gave to be written.
    """

    framework: Framework
    report: InstallReport
    home: Places


@pytest.fixture(scope="module")
def installed(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The workbooks are read once for all tests here: 300,000 rows of Excel take half a minute."""
    home = Places(data_dir=tmp_path_factory.mktemp("onet"), manifests=MANIFESTS)
    seen: list[Framework] = []

    def noting(*arguments: Any, **named: Any) -> Framework:  # noqa: ANN401 - as it is called
        seen.append(read_onet(*arguments, **named))
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onet, "read_onet", noting)
        options = InstallOptions(from_path=shared_data / "onet" / "29.3")
        report = install("onet", places=home, options=options)
    (framework,) = seen
    return Installed(framework=framework, report=report, home=home)


@pytest.fixture
def framework(installed: Installed) -> Framework:
    """What was read."""
    return installed.framework


def test_the_workbooks_install_and_verify(installed: Installed) -> None:
    """A copy with some tables missing is named for what it lacks."""
    assert installed.report.framework_id == "onet-29.3"
    assert installed.report.counts["occupation"] == 1_016
    assert any("Abilities" in one for one in installed.report.missing)
    assert verify_framework(installed.home, "onet-29.3").differences == ()


@pytest.mark.parametrize(
    ("what", "read", "kept"),
    [
        ("Occupation Data", 1016, 1016),
        ("Alternate Titles", 56560, 56555),
        ("Skills", 61530, 61530),
        ("Knowledge", 58014, 58014),
        ("Technology Skills", 32681, 32681),
        ("Task Statements", 18796, 18796),
        ("Content Model Reference", 627, 236),
        ("Job Zones", 923, 923),
        ("Related Occupations", 18460, 18460),
        ("detailed work activities", 2087, 2087),
        ("Tasks to DWAs", 23233, 23233),
        ("technologies", 8932, 8932),
        ("stubs", 0, 0),
    ],
)
def test_the_release_has_the_counts_its_publisher_states(
    framework: Framework, what: str, read: int, kept: int
) -> None:
    """Rows lost on the way would show here first."""
    line = next(each for each in framework.counts if each.what == what)

    assert (line.read, line.kept) == (read, kept)


def test_ratings_are_elements_times_occupations(framework: Framework) -> None:
    """35 skills and 33 fields of knowledge for each of 879 occupations, each with both scales."""
    types = {each.uri: each.skill_type for each in framework.concepts}

    rated = Counter(
        types[each.element]
        for each in framework.ratings
        if each.importance is not None and each.level is not None
    )

    assert rated == {SkillType.SKILL: 35 * 879, SkillType.KNOWLEDGE: 33 * 879}


def test_a_known_occupation_reads_as_its_page_shows_it(framework: Framework) -> None:
    """Spot check against the page of the occupation."""
    chief = next(each for each in framework.concepts if each.uri == occupation_uri("11-1011.00"))
    rating = next(
        each
        for each in framework.ratings
        if each.occupation == chief.uri and each.element == element_uri("2.A.1.a")
    )

    assert (chief.pref_label(), chief.job_zone) == ("Chief Executives", 5)
    assert (rating.importance, rating.level) == (4.12, 4.62)


def test_every_end_of_every_relation_is_described(framework: Framework) -> None:
    """The release is whole in itself: nothing it names is a stub."""
    known = {each.uri for each in framework.concepts if each.status is Status.RELEASED}

    assert {each.subject for each in framework.relations} <= known
    assert {each.object for each in framework.relations} <= known


def test_every_activity_leads_up_to_a_work_activity(framework: Framework) -> None:
    """The chain from a task must end at an element that occupations are compared by."""
    broader = {
        each.subject: each.object
        for each in framework.relations
        if each.predicate is Predicate.BROADER
    }
    types = {each.uri: each.skill_type for each in framework.concepts}
    activities = {
        each.object for each in framework.relations if each.predicate is Predicate.HAS_ACTIVITY
    }

    tops = {types[broader[broader[each]]] for each in activities}

    assert tops == {SkillType.WORK_ACTIVITY}


def test_the_tables_this_copy_lacks_are_named(framework: Framework) -> None:
    """This copy came without ability and work activity ratings."""
    assert [line.split(":")[0] for line in framework.missing] == [
        "no file Abilities",
        "no file Work Activities",
    ]
