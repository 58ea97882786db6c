"""The official releases, number by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptKind, SkillType, Status
from skillmatch.model.framework import Framework, Predicate
from skillmatch.readers.esco import read_esco_csv
from skillmatch.store import FrameworkDb, canonical, write_framework

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def esco_1_1_1(shared_data: Path) -> Framework:
    """ESCO 1.1.1 from the official zips."""
    return read_esco_csv(shared_data / "esco" / "1.1.1", framework_id="esco-1.1.1", release="1.1.1")


def kept(framework: Framework) -> dict[str, tuple[int, int]]:
    """Return (read, kept) by what was counted."""
    return {count.what: (count.read, count.kept) for count in framework.counts}


def test_esco_1_1_1_has_the_concepts_of_the_publisher(esco_1_1_1: Framework) -> None:
    """13,896 skills, 3,007 occupations, 640 groups and the 7 of the hierarchy alone."""
    skills = [one for one in esco_1_1_1.concepts if one.kind is ConceptKind.SKILL]
    types = [one.skill_type for one in skills]
    counts = kept(esco_1_1_1)

    assert len(skills) == 13_896
    assert [types.count(one) for one in (SkillType.SKILL, SkillType.KNOWLEDGE, None)] == [
        10_831,
        3_059,
        6,
    ]
    assert counts["occupations"] == (3_007, 3_007)
    assert counts["skill groups"] == (647, 647)
    assert counts["occupation groups"] == (619, 619)
    assert not any("not known" in count.why for count in esco_1_1_1.counts)


def test_esco_1_1_1_has_its_alternatives_without_the_preferred_label(
    esco_1_1_1: Framework,
) -> None:
    """97,483 are read; 12,187 equal the preferred label as typed, 2 more without stray spaces."""
    skills = [one for one in esco_1_1_1.concepts if one.kind is ConceptKind.SKILL]
    texts = [text.text for one in skills for text in (*one.pref_labels, *one.alt_labels)]

    assert kept(esco_1_1_1)["alternative labels of skills"] == (97_483, 85_294)
    assert sum(len(one.alt_labels) for one in skills) == 85_294
    assert all(text == text.strip() and "\u00a0" not in text for text in texts)


def test_esco_1_1_1_has_its_relations_and_one_absent_occupation(esco_1_1_1: Framework) -> None:
    """67 relations and one broader row name an occupation that no table describes."""
    predicates = [one.predicate for one in esco_1_1_1.relations]
    (stub,) = (one for one in esco_1_1_1.concepts if one.status is Status.STUB)
    naming = [one for one in esco_1_1_1.relations if stub.uri in {one.subject, one.object}]

    assert predicates.count(Predicate.ESSENTIAL) == 64_946
    assert predicates.count(Predicate.OPTIONAL) == 58_909
    assert predicates.count(Predicate.SKILL_ESSENTIAL) == 191
    assert predicates.count(Predicate.SKILL_OPTIONAL) == 5_708
    assert kept(esco_1_1_1)["broader relations of skills"] == (20_656, 20_656)
    assert kept(esco_1_1_1)["broader relations of occupations"] == (3_617, 3_617)
    assert "a9e54177" in stub.uri
    assert stub.kind is ConceptKind.OCCUPATION
    assert [one.predicate for one in naming].count(Predicate.BROADER) == 1
    assert len(naming) == 68


def test_esco_1_1_1_has_its_collections(esco_1_1_1: Framework) -> None:
    """Each with the URI of its concept scheme."""
    members = {one.id: len(one.members) for one in esco_1_1_1.collections}

    assert members == {
        "digcomp": 26,
        "digital": 1_201,
        "green": 570,
        "language": 346,
        "research-occupations": 122,
        "research-skills": 40,
        "transversal": 96,
    }
    assert all(
        one.uri.startswith("http://data.europa.eu/esco/concept-scheme/")
        for one in esco_1_1_1.collections
    )
    assert kept(esco_1_1_1)["concept schemes"] == (19, 7)
    assert esco_1_1_1.missing == ()


def test_esco_1_1_0_differs_as_the_publisher_says(shared_data: Path) -> None:
    """The label space of the benchmarks; it has an ICT collection and no digital one."""
    framework = read_esco_csv(
        shared_data / "esco" / "1.1.0", framework_id="esco-1.1.0", release="1.1.0"
    )
    counts = kept(framework)

    assert counts["skills"] == (13_891, 13_891)
    assert counts["occupations"] == (3_008, 3_008)
    assert counts["essential relations between occupations and skills"][1] == 65_096
    assert counts["optional relations between occupations and skills"][1] == 58_756
    assert counts["collection ict"] == (21, 21)
    assert "absent concepts" not in counts
    assert [text.partition(":")[0] for text in framework.missing] == [
        "researchOccupationsCollection",
        "digitalSkillsCollection",
    ]


def test_two_releases_in_one_folder_are_refused(shared_data: Path) -> None:
    """The folder above both releases holds every table twice."""
    with pytest.raises(DataError, match="Two releases seem to be mixed"):
        read_esco_csv(shared_data / "esco", framework_id="esco-1.1.1", release="1.1.1")


def test_all_of_esco_1_1_1_survives_installation(esco_1_1_1: Framework, tmp_path: Path) -> None:
    """Written, opened and read again it is equal, in canonical order."""
    path = tmp_path / "esco-1.1.1.sqlite"

    write_framework(esco_1_1_1, path)

    with FrameworkDb.open(path) as db:
        assert db.read() == esco_1_1_1
        assert db.count(ConceptKind.SKILL) == 13_896
    assert canonical(esco_1_1_1) == esco_1_1_1
