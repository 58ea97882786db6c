"""Tasks made from tiny files: what is asked, what is right, and what is left out and counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.tasks import Inputs, JudgedQuery, Task, label_normalisation
from evaluation.tasks.catalogue import choose_sources, read_tasks
from evaluation.tasks.cross_language import CrossLanguage, read_exact_rows
from evaluation.tasks.extraction import Extraction
from evaluation.tasks.label_normalisation import LabelNormalisation
from evaluation.tasks.occupation_linking import OccupationLinking
from evaluation.tasks.relations import OccupationSkills, SkillOccupations
from evaluation.tasks.skill_linking import SkillLinking
from evaluation.tasks.task import draw
from skillmatch.errors import DataError, NotFoundError, RowError, UsageError
from skillmatch.model.concept import ConceptKind
from skillmatch.service.places import Places
from skillmatch.store import FrameworkDb
from tests.mini_engine import JOB, uri


def by_text(task: Task) -> dict[str, tuple[str, ...]]:
    return {query.text: query.gold for query in task.queries}


def test_the_validation_splits_are_asked_where_no_file_is_named(inputs: Inputs) -> None:
    """Test splits are scored by whoever names them, and never looked for."""
    tasks = SkillLinking().read(inputs)

    assert [task.name for task in tasks] == [
        "skill-linking-tech-validation",
        "skill-linking-house-validation",
        "skill-linking-skillskape-dev",
    ]
    assert by_text(tasks[0]) == {
        "You know Java and SQL": (uri("java"), uri("query-databases")),
        "Salary on request": (),
        "You use Git every day": (uri("version-control"),),
    }


def test_labels_of_another_release_are_counted(inputs: Inputs) -> None:
    """A smaller gold makes the task easier, so it must be seen."""
    _, house, _ = SkillLinking().read(inputs)

    assert house.left_out == {"gold labels that the release lacks": 1}


def test_a_homonym_means_the_first_concept_by_uri(inputs: Inputs) -> None:
    """The files give labels, and a label is no identity: "job-scheduling" before "plan-shifts"."""
    _, house, _ = SkillLinking().read(inputs)

    gold = by_text(house)["You clean the kitchen and plan shifts"]

    assert gold == (uri("job-scheduling"),)


def test_a_file_of_ones_own_names_its_task(inputs: Inputs, tmp_path: Path) -> None:
    """So that it never takes the place of another result."""
    path = tmp_path / "My Test_Set.csv"
    path.write_text("sentence,label\nWe use Git,use version control\n", encoding="utf-8")

    (task,) = SkillLinking().read(replace(inputs, queries=(path,)))

    assert task.name == "skill-linking-my-test-set"
    assert list(task.files) == ["My Test_Set.csv"]


def test_held_out_labels_are_asked_and_stand_nowhere(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the label space, and not in the framework that is indexed for the task."""
    held = {uri("vital-signs"), uri("patient-communication")}
    monkeypatch.setattr(label_normalisation, "is_held_out", held.__contains__)

    (task,) = LabelNormalisation().read(inputs)

    assert by_text(task) == {
        "monitor vital signs": (uri("vital-signs"),),
        "patient communication": (uri("patient-communication"),),
        "take a pulse": (uri("vital-signs"),),
        "take blood pressure": (uri("vital-signs"),),
    }
    entry = next(one for one in task.space.entries if one.uri == uri("vital-signs"))
    assert entry.texts == ("record vital signs",)
    settings = task.space.place.open()
    database = Places.of(settings).get_database(task.space.place.framework)
    with FrameworkDb.open(database) as db:
        assert db.info.digest == task.space.place.digest
        assert db.get_concept(uri("vital-signs")).alt_labels == ()
        assert db.get_concept(uri("java")).alt_labels != ()


def test_a_held_out_label_that_another_concept_bears_is_left_out(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two skills are called "communication": the other one would be found by looking it up."""
    monkeypatch.setattr(
        label_normalisation, "is_held_out", {uri("patient-communication")}.__contains__
    )

    (task,) = LabelNormalisation().read(inputs)

    assert list(by_text(task)) == ["patient communication"]
    assert sum(task.left_out.values()) == 1


def test_an_occupation_asks_for_what_the_framework_relates(inputs: Inputs) -> None:
    """Essential and optional; an occupation of which nothing is said is counted."""
    (task,) = OccupationSkills().read(inputs)

    gold = by_text(task)["software developer"]

    assert {uri("python"), uri("data-protection")} < set(gold)
    assert "baker" not in by_text(task)
    assert task.left_out["occupations without relations"] >= 1
    assert {entry.uri for entry in task.space.entries} >= set(gold)


def test_skill_to_occupations_is_the_same_the_other_way_round(inputs: Inputs) -> None:
    """Every pair of one task is a pair of the other."""
    (forth,), (back,) = OccupationSkills().read(inputs), SkillOccupations().read(inputs)

    pairs = {(query.id, skill) for query in forth.queries for skill in query.gold}

    assert pairs == {(job, query.id) for query in back.queries for job in query.gold}
    assert all(entry.uri.startswith(JOB) for entry in back.space.entries)


def test_only_exact_matches_of_known_skills_are_gold(inputs: Inputs) -> None:
    """The shifted row is counted, and so is the competence whose skill the release lacks."""
    (task,) = CrossLanguage().read(inputs)

    assert task.name == "cross-language-german"
    assert by_text(task) == {
        "Programmiersprache Python": (uri("python"),),
        "Programmiersprache Java": (uri("develop-software"), uri("java")),
    }
    assert task.left_out == {
        "shifted rows": 1,
        "competences whose skills the release lacks": 1,
    }


def test_a_file_without_the_columns_is_no_crosswalk(tmp_path: Path) -> None:
    """The message names the columns."""
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(DataError, match="Mapping relation"):
        read_exact_rows(path)


def test_boilerplate_counts_where_links_are_accepted(inputs: Inputs) -> None:
    """Units with gold are judged sentences; units without are sentences that nobody tagged."""
    (task,) = Extraction().read(inputs)

    assert by_text(task) == {
        "You know Java and SQL": (uri("java"), uri("query-databases")),
        "You use Git every day": (uri("version-control"),),
        "You clean the kitchen and plan shifts": (uri("job-scheduling"),),
        "You care for patients": (uri("patient-communication"),),
        "Apply now": (),
        "Java Street 5": (),
    }
    assert not task.ranked
    assert task.left_out["judged sentences without gold"] == 1


def test_melo_ranks_single_labels_and_all_of_an_occupation_are_right(
    inputs: Inputs, melo: Path
) -> None:
    """As its own evaluation counts it."""
    (task,) = OccupationLinking().read(replace(inputs, queries=(melo,)))

    assert task.name == "occupation-linking-usa-q-en-c-en"
    assert by_text(task) == {"Coder": ("C1_en_000", "C1_en_001"), "Cook of lunches": ("C2_en_000",)}
    assert [entry.pref for entry in task.space.entries] == [
        "software developer",
        "coder",
        "cook",
        "baker",
    ]
    assert task.space.members["urn:melo:C1"] == ("C1_en_000", "C1_en_001")


def test_melo_is_never_looked_for(inputs: Inputs) -> None:
    """It is a test set: without a folder there is no task."""
    with pytest.raises(UsageError, match="--queries FOLDER"):
        OccupationLinking().read(inputs)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (("annotations.tsv", "Q1\t0\tC9_en_000\t1\n"), "line 1: there is no C9_en_000"),
        (("annotations.tsv", "Q1 0 C1_en_000 1\n"), "line 1: expected 4 columns"),
        (("queries.tsv", "Q1\tCoder\nQ1\tCook\n"), "an id stands in two lines"),
    ],
)
def test_a_faulty_melo_folder_is_refused(
    inputs: Inputs, melo: Path, tmp_path: Path, fault: tuple[str, str], said: str
) -> None:
    """Half a gold would look like a bad system."""
    for path in melo.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / fault[0]).write_text(fault[1], encoding="utf-8")

    with pytest.raises(RowError, match=said):
        OccupationLinking().read(replace(inputs, queries=(tmp_path,)))


def test_a_draw_depends_on_the_ids_alone() -> None:
    """Neither on the order of the file nor on how many are drawn beside."""
    queries = [JudgedQuery(id=str(number), text="", gold=()) for number in range(100)]

    few, many = draw(queries, 10), draw(queries, 40)

    assert len(few) == 10
    assert set(few) < set(many)
    assert set(draw(queries[::-1], 10)) == set(few)
    assert draw(queries, 0) == draw(queries, 1000) == tuple(queries)


def test_a_limited_task_has_a_name_of_its_own(inputs: Inputs) -> None:
    """A trial must not take the place of a result, nor be taken for one."""
    (whole,), (part,) = (CrossLanguage().read(replace(inputs, limit=limit)) for limit in (None, 1))

    assert part.name == "cross-language-german-limit-1"
    assert len(part.queries) == 1
    assert part.left_out["queries not drawn"] == 1
    assert part.digest != whole.digest
    assert CrossLanguage().read(replace(inputs, limit=0)) == (whole,)


def test_the_digest_is_of_queries_gold_and_labels(inputs: Inputs) -> None:
    """Whatever decides a number changes it; the folder that the files lie in does not."""
    task, *_ = SkillLinking().read(inputs)
    query, *others = task.queries

    entry, *rest = task.space.entries
    renamed = (replace(entry, alts=("another",)), *rest)

    changed = [
        replace(task, space=replace(task.space, entries=renamed)),
        replace(task, space=replace(task.space, kind=ConceptKind.OCCUPATION)),
        replace(task, ranked=False),
        replace(task, queries=(replace(query, text="Another"), *others)),
        replace(task, queries=(replace(query, gold=()), *others)),
        replace(task, space=replace(task.space, entries=task.space.entries[1:])),
    ]

    assert len({task.digest, *(one.digest for one in changed)}) == 7
    assert replace(task, name="another").digest == task.digest


def test_the_kind_of_files_tells_the_task(melo: Path, tmp_path: Path) -> None:
    """A folder is MELO's, a file is skill linking; both at once are two commands."""
    file = tmp_path / "test.csv"

    assert [one.name for one in choose_sources([], [file])] == ["skill-linking"]
    assert [one.name for one in choose_sources([], [melo])] == ["occupation-linking"]
    assert [one.name for one in choose_sources(["extraction"], [file])] == ["extraction"]
    with pytest.raises(UsageError, match="files and folders"):
        choose_sources([], [file, melo])
    with pytest.raises(UsageError, match="known are: skill-linking, extraction"):
        choose_sources(["skils"], [])


def test_what_is_missing_is_skipped_unless_it_was_asked_for(inputs: Inputs, tmp_path: Path) -> None:
    """Without reference data the tasks from the framework itself still run."""
    alone = replace(inputs, shared=tmp_path)

    found = dict(read_tasks([], alone))

    assert isinstance(found["skill-linking"], NotFoundError)
    assert isinstance(found["label-normalisation"], tuple)
    assert "occupation-linking" not in found
    with pytest.raises(NotFoundError, match="no file"):
        list(read_tasks(["skill-linking"], alone))
