"""What SKOS, SKOS-XL and ESCO's own RDF mean for the model."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptKind, LangText, ReuseLevel, SkillType, Status
from skillmatch.model.framework import Framework, Predicate
from skillmatch.readers.rdf import read_skos

PREFIXES = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix esco: <http://data.europa.eu/esco/model#> .
@prefix isothes: <http://purl.org/iso25964/skos-thes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skillmatch: <https://w3id.org/skillmatch/vocab#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix s: <http://data.europa.eu/esco/skill/> .
@prefix o: <http://data.europa.eu/esco/occupation/> .
@prefix x: <http://example.org/> .
"""


def read(folder: Path, turtle: str, kind: ConceptKind | None = None) -> Framework:
    """Read a piece of Turtle."""
    path = folder / "a.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return read_skos(path, framework_id="test-1", default_kind=kind)


def triples(framework: Framework) -> set[tuple[str, Predicate, str]]:
    """Return relations with the last part of their URIs."""
    return {
        (r.subject.rsplit("/", 1)[-1], r.predicate, r.object.rsplit("/", 1)[-1])
        for r in framework.relations
    }


def counted(framework: Framework) -> dict[str, tuple[int, int]]:
    """Return what was read and kept, by its name; the same name twice is added up."""
    found: dict[str, tuple[int, int]] = {}
    for count in framework.counts:
        read_, kept = found.get(count.what, (0, 0))
        found[count.what] = (read_ + count.read, kept + count.kept)
    return found


def test_a_skill_in_escos_own_words_has_all_its_fields(tmp_path: Path) -> None:
    """ESCO keeps descriptions in nodes, types in URIs and labels in SKOS-XL."""
    found = read(
        tmp_path,
        """
        s:1 a skos:Concept, esco:Skill, esco:MemberConcept ;
            xl:prefLabel [ a xl:Label ; xl:literalForm "weld"@en ] ;
            skos:prefLabel "weld"@en, "schweißen"@de ;
            xl:altLabel [ xl:literalForm "join  metal "@en ] ;
            skos:altLabel "welding"@en, "weld"@en ;
            skos:hiddenLabel "wedl"@en ;
            dct:description [ a esco:NodeLiteral ; esco:nodeLiteral "Join metals." ;
                              esco:language "en"^^xsd:language ], "Metalle fügen."@de ;
            skos:definition "To weld."@en ; skos:scopeNote "Not glueing."@en ;
            skos:notation "A1" ; isothes:status "released" ;
            esco:skillType <http://data.europa.eu/esco/skill-type/knowledge> ;
            esco:skillReuseLevel <http://data.europa.eu/esco/skill-reuse-level/cross-sector> .
        """,
    )

    (skill,) = found.concepts
    assert skill.kind is ConceptKind.SKILL
    assert skill.pref_labels == (
        LangText(text="schweißen", language="de"),
        LangText(text="weld"),
    )
    assert skill.alt_labels == (LangText(text="join metal"), LangText(text="welding"))
    assert skill.hidden_labels == (LangText(text="wedl"),)
    assert skill.description("en") == "Join metals."
    assert skill.description("de") == "Metalle fügen."
    assert skill.definitions == (LangText(text="To weld."),)
    assert skill.scope_notes == (LangText(text="Not glueing."),)
    assert (skill.notation, skill.skill_type) == ("A1", SkillType.KNOWLEDGE)
    assert skill.reuse_level is ReuseLevel.CROSS_SECTOR
    assert skill.status is Status.RELEASED
    assert found.languages == ("de", "en")
    assert counted(found)["alternative labels"] == (3, 2)


def test_needs_are_read_from_both_sides_and_by_the_kind_of_the_subject(tmp_path: Path) -> None:
    """ESCO has one property for occupations and skills, and an inverse of each."""
    found = read(
        tmp_path,
        """
        o:1 a esco:Occupation ; esco:relatedEssentialSkill s:1 ; esco:relatedOptionalSkill s:2 .
        s:1 a esco:Skill ; esco:relatedOptionalSkill s:2 ; esco:isEssentialSkillFor o:1, s:3 .
        s:2 a esco:Skill . s:3 a esco:Skill ; esco:isOptionalSkillFor o:1 ; skos:related s:2 .
        """,
    )

    assert triples(found) == {
        ("1", Predicate.ESSENTIAL, "1"),
        ("1", Predicate.OPTIONAL, "2"),
        ("1", Predicate.SKILL_OPTIONAL, "2"),
        ("3", Predicate.SKILL_ESSENTIAL, "1"),
        ("1", Predicate.OPTIONAL, "3"),
        ("3", Predicate.RELATED, "2"),
    }


def test_the_hierarchy_is_kept_once_and_upwards(tmp_path: Path) -> None:
    """Narrower is broader from the other end; the transitive closure says nothing new."""
    found = read(
        tmp_path,
        """
        x:top a skos:Concept ; skos:narrower x:mid . x:mid a skos:Concept ; skos:broader x:top .
        x:low a skos:Concept ; skos:broader x:mid ; skos:broaderTransitive x:mid, x:top .
        """,
    )

    assert triples(found) == {
        ("mid", Predicate.BROADER, "top"),
        ("low", Predicate.BROADER, "mid"),
    }
    assert counted(found)["skos:broaderTransitive"] == (2, 0)


def test_a_concept_that_is_only_named_becomes_a_stub_but_a_mapping_target_does_not(
    tmp_path: Path,
) -> None:
    """Relations must resolve; what a mapping points at lives in another framework."""
    found = read(
        tmp_path,
        """
        o:1 a esco:Occupation ; esco:relatedEssentialSkill s:absent ;
            skos:exactMatch x:elsewhere ; skos:broader <http://data.europa.eu/esco/isco/C1> .
        """,
    )

    stubs = {c.uri.rsplit("/", 1)[-1]: c.kind for c in found.concepts if c.status is Status.STUB}
    assert stubs == {"absent": ConceptKind.SKILL, "C1": ConceptKind.OCCUPATION_GROUP}
    assert counted(found)["stubs"] == (2, 2)


def test_a_deprecated_concept_still_resolves_and_names_its_successors(tmp_path: Path) -> None:
    """Old badges point at old URIs."""
    found = read(
        tmp_path,
        """
        s:1 a esco:Skill ; owl:deprecated true ; dct:isReplacedBy s:3, s:2 .
        s:2 a esco:Skill ; adms:status <http://example.org/status/Deprecated> .
        s:3 a esco:Skill ; isothes:status "proposed" .
        """,
    )

    assert [c.status for c in found.concepts] == [
        Status.DEPRECATED,
        Status.DEPRECATED,
        Status.RELEASED,
    ]
    assert [uri[-1] for uri in found.concepts[0].replaced_by] == ["2", "3"]
    assert counted(found)["status proposed"] == (1, 0)


@pytest.mark.parametrize(
    ("turtle", "kind"),
    [
        ("x:1 a esco:Occupation ; esco:skillType x:knowledge .", ConceptKind.OCCUPATION),
        ("o:1 a skos:Concept .", ConceptKind.OCCUPATION),
        ("<http://data.europa.eu/esco/isco/C25> a skos:Concept .", ConceptKind.OCCUPATION_GROUP),
        ("<http://data.europa.eu/esco/isced-f/06> a skos:Concept .", ConceptKind.SKILL_GROUP),
        ("s:S1.2 a skos:Concept .", ConceptKind.SKILL_GROUP),
        ('s:aa a skos:Concept ; skos:notation "S1" .', ConceptKind.SKILL_GROUP),
        ("s:aa a skos:Concept .", ConceptKind.SKILL),
        ("x:1 a skos:Concept ; skos:exactMatch o:1 .", ConceptKind.OCCUPATION),
        ("x:1 a skos:Concept ; esco:skillReuseLevel x:transversal .", ConceptKind.SKILL),
        ("x:1 a skos:Concept ; esco:relatedEssentialSkill s:1 .", ConceptKind.OCCUPATION),
        ('x:1 a skos:Concept . x:sch a skos:ConceptScheme ; dct:title "Berufe" .',
         ConceptKind.OCCUPATION),
        ("x:1 a skos:Concept .", ConceptKind.SKILL),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_class_then_uri_then_match_then_use_then_title(
    tmp_path: Path, turtle: str, kind: ConceptKind
) -> None:
    """Most SKOS files never say what their concepts stand for."""
    found = read(tmp_path, turtle)

    described = [c for c in found.concepts if c.status is Status.RELEASED]
    assert [c.kind for c in described] == [kind]


def test_a_given_default_beats_the_title_and_nothing_stronger(tmp_path: Path) -> None:
    """The caller knows more than a title, the file knows more than the caller."""
    found = read(
        tmp_path,
        'x:sch a skos:ConceptScheme ; dct:title "Occupations" . s:1 a esco:Skill .'
        "x:1 a skos:Concept .",
        ConceptKind.TASK,
    )

    assert [c.kind for c in found.concepts] == [ConceptKind.SKILL, ConceptKind.TASK]
    assert counted(found)["concepts: task"] == (1, 1)


def test_collections_come_from_collections_and_from_further_schemes(tmp_path: Path) -> None:
    """ESCO says "digital skill" with a second scheme, others with a collection."""
    found = read(
        tmp_path,
        """
        x:main a skos:ConceptScheme ; dct:title "Main" . x:digital a skos:ConceptScheme ;
            dct:title "Digital"@en .
        x:green a skos:Collection ; skos:prefLabel "Green"@en ; skos:member s:2, s:1 .
        x:list a skos:OrderedCollection ; skos:memberList ( s:2 s:1 ) .
        s:1 a esco:Skill ; skos:inScheme x:digital . s:2 a esco:Skill .
        """,
    )

    members = {c.id: [uri[-1] for uri in c.members] for c in found.collections}
    assert members == {"digital": ["1"], "green": ["1", "2"], "list": ["1", "2"], "main": []}
    assert {c.label for c in found.collections} == {"Digital", "Green", "Main", ""}


def test_title_release_and_licence_come_from_the_only_scheme_unless_given(tmp_path: Path) -> None:
    """What the caller says wins over what the file says."""
    path = tmp_path / "a.ttl"
    path.write_text(
        PREFIXES + 'x:s a skos:ConceptScheme ; dct:title "From file" ; owl:versionInfo "9" ;'
        "dct:license <https://creativecommons.org/licenses/by/4.0/> . s:1 a esco:Skill .",
        encoding="utf-8",
    )

    said = read_skos(path, framework_id="x-1")
    given = read_skos(path, framework_id="x-1", title="Given", release="1")

    assert (said.title, said.release) == ("From file", "9")
    assert said.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (given.title, given.release, given.id) == ("Given", "1", "x-1")


def test_two_preferred_labels_of_a_language_leave_one(tmp_path: Path) -> None:
    """SKOS allows one; the others are still names by which a person may ask."""
    found = read(tmp_path, 's:1 a esco:Skill ; skos:prefLabel "weld"@en, "solder"@en .')

    (skill,) = found.concepts
    assert skill.pref_labels == (LangText(text="solder"),)
    assert skill.alt_labels == (LangText(text="weld"),)
    assert any("1 preferred labels beyond" in count.why for count in found.counts)


def test_what_is_not_understood_is_counted_by_predicate(tmp_path: Path) -> None:
    """Silence would look like completeness."""
    found = read(
        tmp_path,
        """
        s:1 a esco:Skill ; dct:modified "2020", "2021" ; x:odd 1 ; esco:skillType x:unheard ;
            skos:notation "1", "2" ; skos:broader [ a skos:Concept ] .
        """,
    )

    lines = counted(found)
    assert lines["dct:modified"] == (2, 0)
    assert lines["http://example.org/odd"] == (1, 0)
    assert lines["esco:skillType unheard"] == (1, 0)
    assert lines["skos:notation"] == (1, 0)
    assert lines["relations"] == (1, 0)
    assert lines["concepts"] == (1, 0)


def test_a_file_without_a_concept_is_refused(tmp_path: Path) -> None:
    """An empty framework would link nothing and say nothing about why."""
    with pytest.raises(DataError, match="holds no concept"):
        read(tmp_path, 'x:a x:b "c" .')


@pytest.mark.parametrize(
    ("node", "says"),
    [
        ("[ skillmatch:importance 3 ]", "0 values of skillmatch:element"),
        ("[ skillmatch:element s:1 ; skillmatch:level 'high' ]", "'high', expected a number"),
    ],
)
def test_a_rating_that_makes_no_sense_is_refused(tmp_path: Path, node: str, says: str) -> None:
    """The file says it is in our vocabulary, so it has to keep to it."""
    with pytest.raises(DataError, match=says):
        read(tmp_path, f"o:1 a esco:Occupation ; skillmatch:hasRating {node} .")
