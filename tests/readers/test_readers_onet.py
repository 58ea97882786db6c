"""The O*NET reader on a tiny invented database, in both layouts and all four wrappings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillmatch.model.concept import Concept, ConceptKind, LangText, SkillType, Status
from skillmatch.model.framework import Count, Framework, Predicate, Rating, Relation, TechnologyUse
from skillmatch.readers.onet import read_onet
from skillmatch.readers.onet.identity import (
    activity_uri,
    element_uri,
    occupation_uri,
    task_uri,
    technology_group_uri,
    technology_uri,
)
from tests.readers.onet_samples import (
    BAKER,
    NURSE,
    Tables,
    layout_29,
    layout_30,
    write_excel,
    write_text,
    write_zip,
)

Wrap = Callable[[Path, Tables], Path]


def text_zip(folder: Path, tables: Tables) -> Path:
    return write_zip(write_text(folder / "db_29_3_text", tables), folder / "db.zip")


def excel_zip(folder: Path, tables: Tables) -> Path:
    return write_zip(write_excel(folder / "db_29_3_excel", tables), folder / "db.zip")


def read(source: Path) -> Framework:
    return read_onet(source, framework_id="onet-29.3", release="29.3")


def concept(framework: Framework, uri: str) -> Concept:
    return next(each for each in framework.concepts if each.uri == uri)


def count(framework: Framework, what: str) -> Count:
    return next(each for each in framework.counts if each.what == what)


@pytest.fixture
def framework(tmp_path: Path) -> Framework:
    return read(write_text(tmp_path / "layout_29", layout_29()))


@pytest.fixture
def renamed(tmp_path: Path) -> Framework:
    return read(write_text(tmp_path / "layout_30", layout_30()))


@pytest.mark.parametrize("wrap", [write_excel, text_zip, excel_zip])
@pytest.mark.parametrize("layout", [layout_29, layout_30])
def test_text_workbooks_and_zips_of_them_give_equal_frameworks(
    tmp_path: Path, wrap: Wrap, layout: Callable[[], Tables]
) -> None:
    """The publisher offers the same database in several wrappings; nobody should have to care."""
    plain = read(write_text(tmp_path / "text", layout()))

    wrapped = read(wrap(tmp_path / "wrapped", layout()))

    assert wrapped == plain


def test_an_occupation_has_titles_description_zone_and_page(framework: Framework) -> None:
    """Short titles count as titles; a title equal to the preferred label is no alternative."""
    nurse = concept(framework, "https://www.onetonline.org/link/summary/29-1141.00")

    assert nurse == Concept(
        uri=occupation_uri(NURSE),
        kind=ConceptKind.OCCUPATION,
        pref_labels=(LangText(text="Registered Nurses"),),
        alt_labels=(LangText(text="RN"), LangText(text="Registered Nurse (RN)")),
        descriptions=(LangText(text="Assess patients."),),
        notation=NURSE,
        job_zone=3,
    )


def test_reported_titles_join_the_alternate_ones(framework: Framework) -> None:
    """Both files hold words that people use for the job."""
    baker = concept(framework, occupation_uri(BAKER))

    assert [label.text for label in baker.alt_labels] == ["Dough Mixer", "Pastry Baker"]


def test_titles_are_counted_as_read_and_as_kept(framework: Framework) -> None:
    """Four rows, of which one repeats the preferred label and one another row."""
    alternates = count(framework, "Alternate Titles")

    assert (alternates.read, alternates.kept) == (4, 2)
    assert (count(framework, "short titles").read, count(framework, "short titles").kept) == (1, 1)


def test_importance_and_level_of_one_element_become_one_rating(framework: Framework) -> None:
    """The files keep the scales in rows of their own; flags stay with the scale they stand by."""
    nurse = [each for each in framework.ratings if each.occupation == occupation_uri(NURSE)]

    assert nurse == [
        Rating(
            occupation=occupation_uri(NURSE),
            element=element_uri("2.A.1.a"),
            importance=4.12,
            level=4.0,
        ),
        Rating(
            occupation=occupation_uri(NURSE),
            element=element_uri("2.B.3.l"),
            importance=1.0,
            level=0.25,
            suppress_level=True,
            not_relevant=True,
        ),
        Rating(
            occupation=occupation_uri(NURSE),
            element=element_uri("2.C.5.a"),
            importance=4.5,
            suppress_importance=True,
        ),
    ]


def test_rated_elements_are_skills_and_the_nodes_above_them_groups(framework: Framework) -> None:
    """Only leaves can be asked for; "Basic Skills" is no skill."""
    kinds = {
        each.notation: (each.kind, each.skill_type)
        for each in framework.concepts
        if each.uri == element_uri(each.notation)
    }

    assert kinds == {
        "2.A": (ConceptKind.SKILL_GROUP, None),
        "2.A.1": (ConceptKind.SKILL_GROUP, None),
        "2.A.1.a": (ConceptKind.SKILL, SkillType.SKILL),
        "2.B": (ConceptKind.SKILL_GROUP, None),
        "2.B.3.l": (ConceptKind.SKILL, SkillType.SKILL),
        "2.C": (ConceptKind.SKILL_GROUP, None),
        "2.C.5.a": (ConceptKind.SKILL, SkillType.KNOWLEDGE),
        "4.A": (ConceptKind.SKILL_GROUP, None),
        "4.A.1.a.1": (ConceptKind.SKILL, SkillType.WORK_ACTIVITY),
    }


def test_an_element_lies_below_the_nearest_node_that_is_there(framework: Framework) -> None:
    """2.B.3 is not in this content model, so Repairing hangs directly below 2.B."""
    broader = {
        each.subject: each.object
        for each in framework.relations
        if each.predicate is Predicate.BROADER
    }

    assert broader[element_uri("2.A.1.a")] == element_uri("2.A.1")
    assert broader[element_uri("2.A.1")] == element_uri("2.A")
    assert broader[element_uri("2.B.3.l")] == element_uri("2.B")


def test_elements_that_are_no_skills_are_counted_out(framework: Framework) -> None:
    """Interests are what a person likes, not what a job asks for."""
    model = count(framework, "Content Model Reference")

    assert (model.read, model.kept) == (10, 9)
    assert "interests" in model.why


def test_a_technology_lies_below_its_commodity(framework: Framework) -> None:
    """The commodity gives the URN its first part, since names alone are not unique."""
    excel = concept(framework, "urn:skillmatch:onet:technology:43232110:microsoft-excel")
    group = concept(framework, technology_group_uri("43232110"))

    assert excel.skill_type is SkillType.TECHNOLOGY
    assert excel.pref_label() == "Microsoft Excel"
    assert (group.kind, group.pref_label()) == (ConceptKind.SKILL_GROUP, "Spreadsheet software")
    assert (
        Relation(subject=excel.uri, predicate=Predicate.BROADER, object=group.uri)
        in framework.relations
    )


def test_hot_and_in_demand_hold_for_an_occupation(framework: Framework) -> None:
    """The same software is in demand for nurses and not for bakers."""
    excel = technology_uri("43232110", "Microsoft Excel")

    uses = [each for each in framework.technology_uses if each.technology == excel]

    assert uses == [
        TechnologyUse(occupation=occupation_uri(NURSE), technology=excel, hot=True, in_demand=True),
        TechnologyUse(occupation=occupation_uri(BAKER), technology=excel, hot=True),
    ]


def test_spellings_that_share_a_urn_are_one_technology(tmp_path: Path) -> None:
    """The spelling of most rows is preferred, whatever their order; none is lost."""
    tables = layout_29()
    head = tables["Technology Skills"][0]
    rows = [
        (NURSE, "Auto-CAD", 43232604, "Design software", "N", "N"),
        (NURSE, "AUTO CAD", 43232604, "Design software", "Y", "N"),
        (BAKER, "AUTO CAD", 43232604, "Design software", "N", "N"),
    ]
    tables["Technology Skills"] = [head, *rows]
    backwards = {**tables, "Technology Skills": [head, *reversed(rows)]}

    framework = read(write_text(tmp_path / "one", tables))

    cad = concept(framework, "urn:skillmatch:onet:technology:43232604:auto-cad")
    assert cad.pref_label() == "AUTO CAD"
    assert cad.alt_labels == (LangText(text="Auto-CAD"),)
    assert framework.technology_uses[0].hot
    assert read(write_text(tmp_path / "two", backwards)) == framework


def test_a_task_leads_to_the_work_activity_above_it(framework: Framework) -> None:
    """Occupation, task, detailed and intermediate activity, element: one chain."""
    detailed, above = activity_uri("4.A.1.a.1.I01.D01"), activity_uri("4.A.1.a.1.I01")
    chain = (
        (occupation_uri(BAKER), Predicate.HAS_TASK, task_uri("12")),
        (task_uri("12"), Predicate.HAS_ACTIVITY, detailed),
        (detailed, Predicate.BROADER, above),
        (above, Predicate.BROADER, element_uri("4.A.1.a.1")),
    )

    for subject, predicate, target in chain:
        assert Relation(subject=subject, predicate=predicate, object=target) in framework.relations
    assert concept(framework, detailed).pref_label() == "Inspect baked goods."


def test_quotation_marks_of_a_task_stay_where_they_are(framework: Framework) -> None:
    """The text files quote nothing, so a quotation mark is a character like any other."""
    assert concept(framework, task_uri("12")).pref_label() == 'Check the "crumb" of loaves.'


def test_related_occupations_are_relations(framework: Framework) -> None:
    """They run one way, as the table says."""
    related = [
        each for each in framework.relations if each.predicate is Predicate.RELATED_OCCUPATION
    ]

    assert [(each.subject, each.object) for each in related] == [
        (occupation_uri(BAKER), occupation_uri(NURSE))
    ]


def test_the_layout_of_30_gives_the_same_elements_and_ratings(
    framework: Framework, renamed: Framework
) -> None:
    """Skills became essential and transferable ones, in two files, with the ids they had."""
    assert renamed.ratings == framework.ratings
    assert count(renamed, "Essential Skills").read == 4
    assert count(renamed, "Transferable Skills").read == 2


def test_software_of_30_lies_below_content_model_elements(renamed: Framework) -> None:
    """30.3 replaced commodity codes by elements 2.E, which are groups down to the last one."""
    excel = concept(renamed, "urn:skillmatch:onet:technology:2.E.5.b:microsoft-excel")
    group = concept(renamed, element_uri("2.E.5.b"))

    assert excel.kind is ConceptKind.SKILL
    assert (group.kind, group.description()) == (ConceptKind.SKILL_GROUP, "Rows and columns.")


def test_activities_of_30_are_no_skills_though_the_content_model_lists_them(
    renamed: Framework,
) -> None:
    """30.3 lists detailed activities as elements; a posting's skill is the activity above them."""
    detailed = concept(renamed, activity_uri("4.A.1.a.1.a.1"))

    assert detailed.kind is ConceptKind.ACTIVITY
    assert detailed.description() == "Look at them closely."
    assert concept(renamed, element_uri("4.A.1.a.1")).kind is ConceptKind.SKILL


def test_an_absent_table_is_named_with_what_it_would_bring(framework: Framework) -> None:
    """Copies without abilities are about; they load, and say what they lack."""
    assert [line for line in framework.missing if "Abilities" in line] == [
        "no file Abilities: without ability ratings; "
        "the complete O*NET database of this release adds it"
    ]


def test_half_a_renamed_pair_loads_and_names_the_other_half(tmp_path: Path) -> None:
    """Transferable skills alone are better than none."""
    tables = layout_30()
    del tables["Essential Skills"]

    framework = read(write_text(tmp_path, tables))

    assert any("no file Essential Skills" in line for line in framework.missing)
    assert count(framework, "Transferable Skills").kept == 2


def test_without_a_content_model_rated_elements_keep_their_names(tmp_path: Path) -> None:
    """The rating tables carry the names; what is lost is description and hierarchy."""
    tables = layout_29()
    del tables["Content Model Reference"]

    framework = read(write_text(tmp_path, tables))

    reading = concept(framework, element_uri("2.A.1.a"))
    assert (reading.pref_label(), reading.skill_type) == (
        "Reading Comprehension",
        SkillType.SKILL,
    )


def test_other_scales_are_counted_and_left_out(tmp_path: Path) -> None:
    """Work styles of 30 have an impact (WI) and a rank (DR): neither importance nor level."""
    tables = layout_30()
    tables["Work Styles"] = [
        tables["Knowledge"][0],
        (NURSE, "1.D.1.a", "Innovation", "WI", 2.1, 8, "N", None),
        (NURSE, "1.D.1.a", "Innovation", "DR", 12, 8, "N", None),
    ]

    framework = read(write_text(tmp_path, tables))

    styles = count(framework, "Work Styles")
    assert (styles.read, styles.kept) == (2, 0)
    assert "DR 1, WI 1" in styles.why
    assert concept(framework, element_uri("1.D.1.a")).skill_type is SkillType.WORK_STYLE


def test_an_occupation_that_only_other_tables_name_is_a_stub(tmp_path: Path) -> None:
    """Nothing that rows say is lost, and nothing is offered that no table describes."""
    tables = layout_29()
    tables["Related Occupations"] = [
        *tables["Related Occupations"],
        (BAKER, "35-2014.00", "Supplemental", 9),
    ]

    framework = read(write_text(tmp_path, tables))

    assert concept(framework, occupation_uri("35-2014.00")).status is Status.STUB
    assert count(framework, "stubs").kept == 1


def test_an_activity_of_an_unknown_task_stays_with_the_occupation(tmp_path: Path) -> None:
    """Where tasks are absent, what the occupation does is still known."""
    tables = layout_29()
    del tables["Task Statements"]

    framework = read(write_text(tmp_path, tables))

    assert (
        Relation(
            subject=occupation_uri(BAKER),
            predicate=Predicate.HAS_ACTIVITY,
            object=activity_uri("4.A.1.a.1.I01.D01"),
        )
        in framework.relations
    )


def test_column_names_may_vary_in_case_marks_and_order(tmp_path: Path) -> None:
    """Copies of the database rename ``O*NET-SOC Code`` in many ways."""
    tables = layout_29()
    tables["Job Zones"] = [("JOB ZONE*", "onetsoc_code"), (3, NURSE), (2, BAKER)]

    framework = read(write_text(tmp_path, tables))

    assert concept(framework, occupation_uri(BAKER)).job_zone == 2


def test_a_text_file_is_preferred_to_the_workbook_beside_it(tmp_path: Path) -> None:
    """Both say the same, and the text reads much faster."""
    tables = layout_29()
    write_excel(tmp_path, {"Job Zones": [("O*NET-SOC Code", "Job Zone"), (NURSE, 5)]})

    framework = read(write_text(tmp_path, tables))

    assert concept(framework, occupation_uri(NURSE)).job_zone == 3


def test_everything_is_in_canonical_order(framework: Framework) -> None:
    """Equal content must be an equal value, whatever the order of rows."""
    uris = [each.uri for each in framework.concepts]

    assert uris == sorted(uris)
    assert list(framework.relations) == sorted(framework.relations)


def test_progress_runs_from_nothing_to_everything(tmp_path: Path) -> None:
    """A bar needs to know how far it is."""
    seen: list[tuple[int, int]] = []

    read_onet(
        write_text(tmp_path, layout_29()),
        framework_id="onet-29.3",
        release="29.3",
        progress=lambda _name, done, total: seen.append((done, total)),
    )

    assert [done for done, _ in seen] == list(range(len(seen)))
    assert seen[-1][0] == seen[-1][1]
