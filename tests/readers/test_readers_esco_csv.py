"""ESCO's CSV download as a framework."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    LangText,
    ReuseLevel,
    SkillType,
    Status,
)
from skillmatch.model.framework import Count, Framework, Predicate, Relation
from skillmatch.readers.esco import read_esco_csv
from skillmatch.store import canonical, content_digest

MINI = Path(__file__).resolve().parent.parent / "fixtures" / "mini_esco"
SKILL = "http://example.org/esco/skill/"
OCCUPATION = "http://example.org/esco/occupation/"


def read(source: Path) -> Framework:
    """Read under the id of the fixture."""
    return read_esco_csv(source, framework_id="esco-mini", release="mini")


def by_uri(framework: Framework) -> dict[str, Concept]:
    """Return the concepts by URI."""
    return {concept.uri: concept for concept in framework.concepts}


def count(framework: Framework, what: str) -> Count:
    """Return the one count of this name."""
    (found,) = (count for count in framework.counts if count.what == what)
    return found


def write_skills(folder: Path, *rows: str, language: str = "en") -> None:
    """Write a table of skills with the columns that tests here need."""
    folder.mkdir(exist_ok=True)
    head = "conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status"
    (folder / f"skills_{language}.csv").write_text("\n".join((head, *rows)), encoding="utf-8")


def write_relations(folder: Path, *rows: str) -> None:
    """Write a table of occupation-skill relations."""
    head = "occupationUri,relationType,skillType,skillUri"
    (folder / "occupationSkillRelations.csv").write_text("\n".join((head, *rows)))


def zip_of(files: list[Path], path: Path, *, under: str = "") -> Path:
    """Pack files, in a folder inside the zip where asked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, under + file.name)
    return path


def test_a_skill_keeps_every_field_of_its_row() -> None:
    """One row of the fixture, worked by hand."""
    concept = by_uri(read(MINI))[SKILL + "python"]

    assert concept == Concept(
        uri=concept.uri,
        kind=ConceptKind.SKILL,
        pref_labels=(LangText(text="Python (computer programming)"),),
        alt_labels=(
            LangText(text="Python"),
            LangText(text="Python 3"),
            LangText(text="programming in Python"),
        ),
        hidden_labels=(LangText(text="pyhton"),),
        descriptions=(
            LangText(
                text="The programming language Python: its syntax, standard library and "
                "package tools."
            ),
        ),
        skill_type=SkillType.KNOWLEDGE,
        reuse_level=ReuseLevel.SECTOR_SPECIFIC,
    )


def test_definition_scope_note_and_missing_type_are_kept_apart() -> None:
    """Each has its own field; an empty type is none, not a guess."""
    concepts = by_uri(read(MINI))

    assert concepts[SKILL + "food-hygiene"].definitions == (
        LangText(text="Measures that keep food safe to eat."),
    )
    assert concepts[SKILL + "medication"].scope_notes == (
        LangText(text="Only under the instructions of a nurse or doctor."),
    )
    assert concepts[SKILL + "dexterity"].skill_type is None
    assert concepts[SKILL + "dexterity"].reuse_level is None


def test_codes_of_groups_and_occupations_are_their_notation() -> None:
    """ISCO codes, ESCO occupation codes and the codes of the skill hierarchy."""
    concepts = by_uri(read(MINI))

    assert concepts[OCCUPATION + "cook"].notation == "5120.1"
    assert concepts["http://example.org/esco/isco/C5120"].notation == "5120"
    assert concepts[SKILL + "G-S1.1"].notation == "S1.1"


def test_stray_spaces_go_and_the_preferred_label_is_no_alternative(tmp_path: Path) -> None:
    """ESCO types no-break spaces and repeats the preferred label among the alternatives."""
    write_skills(
        tmp_path, 's:1,skill,,use a\u00a0saw ,"saw\n use a saw\nsaw\n\u00a0sawing wood ",,'
    )

    framework = read(tmp_path)

    (concept,) = framework.concepts
    assert concept.pref_labels == (LangText(text="use a saw"),)
    assert concept.alt_labels == (LangText(text="saw"), LangText(text="sawing wood"))
    assert count(framework, "alternative labels of skills") == Count(
        what="alternative labels of skills",
        read=4,
        kept=2,
        why="1 equal their own preferred label; 1 repeat another",
    )


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("skill", SkillType.SKILL),
        ("skill/competence", SkillType.SKILL),
        ("knowledge", SkillType.KNOWLEDGE),
        ("", None),
    ],
)
def test_the_type_of_a_skill_is_read_in_all_spellings(
    word: str, meaning: SkillType | None, tmp_path: Path
) -> None:
    """Releases spell it in different ways, and leave it out for a few."""
    write_skills(tmp_path, f"s:1,{word},,weld,,,")

    (concept,) = read(tmp_path).concepts

    assert concept.skill_type is meaning


def test_words_that_a_later_release_adds_are_counted_not_guessed(tmp_path: Path) -> None:
    """A new reuse level must not stop the reading, nor vanish without a trace."""
    write_skills(tmp_path, "s:1,attitude,galactic,weld,,,released")

    framework = read(tmp_path)

    assert framework.concepts[0].skill_type is None
    assert count(framework, "skillType 'attitude'").kept == 0
    assert count(framework, "reuseLevel 'galactic'").read == 1


def test_a_deprecated_row_is_kept_with_its_status() -> None:
    """Old URIs must resolve."""
    assert by_uri(read(MINI))[SKILL + "send-faxes"].status is Status.DEPRECATED


def test_relations_between_skills_and_with_occupations_keep_their_strength() -> None:
    """Essential and optional mean different things for occupations and for skills."""
    relations = set(read(MINI).relations)

    def told(subject: str, predicate: Predicate, target: str) -> bool:
        return any(
            (one.subject, one.predicate, one.object) == (subject, predicate, target)
            for one in relations
        )

    assert told(OCCUPATION + "cook", Predicate.ESSENTIAL, SKILL + "cook-dishes")
    assert told(OCCUPATION + "cook", Predicate.OPTIONAL, SKILL + "teamwork")
    assert told(SKILL + "cook-dishes", Predicate.SKILL_ESSENTIAL, SKILL + "food-hygiene")
    assert told(SKILL + "python", Predicate.SKILL_OPTIONAL, SKILL + "java")
    assert told(SKILL + "make-stock", Predicate.BROADER, SKILL + "cook-dishes")
    assert told(OCCUPATION + "cook", Predicate.BROADER, "http://example.org/esco/isco/C5120")


def test_a_group_of_the_hierarchy_alone_becomes_a_concept() -> None:
    """ESCO 1.1.1 names seven groups in skillsHierarchy and nowhere else."""
    framework = read(MINI)
    uri = SKILL + "G-S3.1"

    group = by_uri(framework)[uri]

    assert group.kind is ConceptKind.SKILL_GROUP
    assert (group.pref_label(), group.notation) == ("storing goods", "S3.1")
    assert group.description() == "Putting goods where they can be found again."
    assert any(one.subject == uri and one.object == SKILL + "G-S3" for one in framework.relations)
    assert count(framework, "skill groups").why == "1 only in skillsHierarchy"


def test_a_row_may_name_what_no_table_describes(tmp_path: Path) -> None:
    """ESCO 1.1.1 has relations of an absent occupation: kept as a stub, and counted."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    write_relations(tmp_path, "o:gone,essential,skill,s:1", "o:gone,optional,skill,s:lost")

    framework = read(tmp_path)

    stubs = [one for one in framework.concepts if one.status is Status.STUB]
    assert [(one.uri, one.kind) for one in stubs] == [
        ("o:gone", ConceptKind.OCCUPATION),
        ("s:lost", ConceptKind.SKILL),
    ]
    assert count(framework, "absent concepts").why == (
        "named by 3 rows and described by none; kept as stubs"
    )


def test_a_stub_is_of_the_kind_that_the_row_takes_it_to_be(tmp_path: Path) -> None:
    """A skill lies below a group, and the group is no skill."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    (tmp_path / "broaderRelationsSkillPillar.csv").write_text(
        "conceptType,conceptUri,broaderType,broaderUri\n"
        "KnowledgeSkillCompetence,s:1,SkillGroup,g:lost\n"
    )

    group = by_uri(read(tmp_path))["g:lost"]

    assert (group.kind, group.status) == (ConceptKind.SKILL_GROUP, Status.STUB)


def test_a_relation_that_is_said_twice_is_kept_once(tmp_path: Path) -> None:
    """Both numbers are shown."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    write_relations(tmp_path, *["o:1,essential,skill,s:1"] * 2)

    framework = read(tmp_path)

    essential = count(framework, "essential relations between occupations and skills")
    assert len(framework.relations) == 1
    assert (essential.read, essential.kept, essential.why) == (2, 1, "1 said before")


def test_collections_take_the_name_and_uri_of_their_concept_scheme() -> None:
    """Without a scheme in the source, a collection has its English name and no URI."""
    collections = {one.id: one for one in read(MINI).collections}

    assert sorted(collections) == ["digital", "green", "language", "transversal"]
    assert collections["language"].uri == (
        "http://example.org/esco/concept-scheme/skill-language-groups"
    )
    assert collections["language"].members == (SKILL + "french",)
    assert (collections["digital"].label, collections["digital"].uri) == ("Digital", "")
    assert len(collections["digital"].members) == 9
    schemes = count(read(MINI), "concept schemes")
    assert (schemes.read, schemes.kept) == (3, 2)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("researchSkillsCollection", "research-skills"),
        ("researchOccupationsCollection", "research-occupations"),
        ("digCompSkillsCollection", "digcomp"),
        ("ictSkillsCollection", "ict"),
    ],
)
def test_every_collection_of_every_release_is_known(table: str, name: str, tmp_path: Path) -> None:
    """1.1.0 has an ICT collection, 1.1.1 has digital and research occupations instead."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    (tmp_path / f"{table}_en.csv").write_text("conceptUri\ns:1\n")

    (collection,) = read(tmp_path).collections

    assert (collection.id, collection.members) == (name, ("s:1",))


def test_an_occupation_names_its_isco_group_where_broader_relations_are_absent(
    tmp_path: Path,
) -> None:
    """The classification download alone still gives a hierarchy of occupations."""
    for name in ("occupations_en.csv", "ISCOGroups_en.csv"):
        shutil.copy(MINI / name, tmp_path)

    framework = read(tmp_path)

    assert (
        Relation(
            subject=by_uri(framework)[OCCUPATION + "cook"].uri,
            predicate=Predicate.BROADER,
            object=by_uri(framework)["http://example.org/esco/isco/C5120"].uri,
        )
        in framework.relations
    )
    assert len(framework.relations) == 5


def test_an_isco_code_without_its_group_is_counted(tmp_path: Path) -> None:
    """A code is no URI, and making one up would tie occupations to nothing."""
    shutil.copy(MINI / "occupations_en.csv", tmp_path)

    framework = read(tmp_path)

    assert framework.relations == ()
    assert count(framework, "ISCO groups that no table describes").read == 5


def test_what_the_source_lacks_is_named_with_what_would_add_it(tmp_path: Path) -> None:
    """Loading less than everything is fine; hiding it is not."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")

    missing = "\n".join(read(tmp_path).missing)

    assert "occupationSkillRelations: not in the source, so no skills of occupations" in missing
    assert "the relations download (CSV) adds it" in missing
    assert "skills_en.csv: no column description, definition, scopeNote" in missing


def test_languages_merge_into_one_framework(tmp_path: Path) -> None:
    """One concept, labels per language; a label may be preferred in one and not in the other."""
    write_skills(tmp_path, 's:1,skill,,weld,"Schweißen\nwelding",,')
    write_skills(tmp_path, 's:1,skill,,Schweißen,"weld\nSchweißen",,', language="de")

    framework = read(tmp_path)

    (concept,) = framework.concepts
    assert framework.languages == ("de", "en")
    assert concept.pref_labels == (
        LangText(text="Schweißen", language="de"),
        LangText(text="weld", language="en"),
    )
    assert concept.alt_labels == (
        LangText(text="weld", language="de"),
        LangText(text="Schweißen", language="en"),
        LangText(text="welding", language="en"),
    )
    assert count(framework, "skills").why == "one row for each of 2 languages"


def test_relations_may_carry_a_language_in_their_file_name(tmp_path: Path) -> None:
    """ESCO 1.2 names the same relations once a language."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    for language in ("en", "fr"):
        (tmp_path / f"occupationSkillRelations_{language}.csv").write_text(
            "occupationUri,occupationLabel,relationType,skillType,skillUri,skillLabel\n"
            f"o:1,{language},essential,skill,s:1,{language}\n"
        )

    assert len(read(tmp_path).relations) == 1


def test_zips_folders_and_nested_folders_give_the_same_framework(tmp_path: Path) -> None:
    """Whatever the downloads are called and however they are kept."""
    files = sorted(MINI.glob("*.csv"))
    plain = read(MINI)
    (tmp_path / "zips").mkdir()
    zip_of(files[:5], tmp_path / "zips" / "first.zip")
    zip_of(files[5:], tmp_path / "zips" / "SECOND.ZIP", under="csv/en/")
    for place, file in enumerate(files):
        folder = tmp_path / "nested" / str(place % 3)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder)
    single = zip_of(files, tmp_path / "download")

    assert read(tmp_path / "zips") == plain
    assert read(tmp_path / "nested") == plain
    assert read(single) == plain


def test_the_same_file_packed_and_unpacked_is_read_once(tmp_path: Path) -> None:
    """People unpack a download beside the zip."""
    shutil.copytree(MINI, tmp_path / "unpacked")
    zip_of(sorted(MINI.glob("*.csv")), tmp_path / "download.zip")

    assert read(tmp_path) == read(MINI)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    """Spreadsheet programs add one."""
    write_skills(tmp_path, "s:1,skill,,weld,,,")
    path = tmp_path / "skills_en.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert [one.uri for one in read(tmp_path).concepts] == ["s:1"]


def test_the_framework_is_in_canonical_order() -> None:
    """Two readers of the same content give equal values."""
    framework = read(MINI)

    assert canonical(framework) == framework
    assert content_digest(framework) == content_digest(read(MINI))


def test_progress_is_told_file_by_file() -> None:
    """The last call says that all is done."""
    calls: list[tuple[str, int, int]] = []

    read_esco_csv(
        MINI,
        framework_id="esco-mini",
        release="mini",
        progress=lambda *call: calls.append(call),
    )

    assert calls[0] == ("skills_en.csv", 0, 14)
    assert calls[-1][1:] == (14, 14)
    assert [done for _, done, _ in calls] == list(range(15))
