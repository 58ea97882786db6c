"""Tasks of occupations, and the work activities that they belong to."""

from __future__ import annotations

from skillmatch.model.concept import Concept, ConceptKind, ConceptUri
from skillmatch.model.framework import Predicate
from skillmatch.readers.onet.draft import Draft, english
from skillmatch.readers.onet.identity import activity_uri, element_uri, task_uri
from skillmatch.readers.onet.tables import DETAILED, INTERMEDIATE, TASKS, TASKS_TO_ACTIVITIES


def read_work(draft: Draft) -> None:
    """Read tasks and activities: occupation → task → detailed → intermediate → element.

    ``HAS_ACTIVITY`` runs from the task, or from the occupation where the task is unknown.
    """
    tasks = _read_tasks(draft)
    _read_intermediate(draft)
    _read_detailed(draft)
    _read_task_activities(draft, tasks)


def _read_tasks(draft: Draft) -> dict[ConceptUri, str]:
    texts: dict[ConceptUri, str] = {}
    read = 0
    for file, (line, row) in draft.rows(TASKS):
        read += 1
        occupation = draft.occupation(file, line, row["code"])
        uri = task_uri(row["task"])
        if texts.setdefault(uri, row["text"]) != row["text"]:
            told = f"task {row['task']} stands here with another text"
            draft.faults.add(file.path, line, told)
        elif occupation is not None:
            draft.relate(occupation, Predicate.HAS_TASK, uri)
    for uri, text in texts.items():
        draft.concepts[uri] = Concept(
            uri=uri,
            kind=ConceptKind.TASK,
            pref_labels=english(text),
            notation=uri.rpartition(":")[2],
        )
    draft.count(TASKS.files[0][0], read, len(texts))
    return texts


def _add_activity(draft: Draft, activity_id: str, title: str) -> ConceptUri:
    """Add an activity unless the content model, which also describes it, already did."""
    uri = activity_uri(activity_id)
    if uri not in draft.concepts:
        draft.concepts[uri] = Concept(
            uri=uri,
            kind=ConceptKind.ACTIVITY,
            pref_labels=english(title),
            notation=activity_id,
        )
    return uri


def _read_intermediate(draft: Draft) -> None:
    seen: set[ConceptUri] = set()
    read = 0
    for _, (_, row) in draft.rows(INTERMEDIATE):
        read += 1
        uri = _add_activity(draft, row["id"], row["title"])
        draft.relate(uri, Predicate.BROADER, element_uri(row["element"]))
        seen.add(uri)
    draft.count("intermediate work activities", read, len(seen))


def _read_detailed(draft: Draft) -> None:
    seen: set[ConceptUri] = set()
    read = 0
    for _, (_, row) in draft.rows(DETAILED):
        read += 1
        uri = _add_activity(draft, row["id"], row["title"])
        parent = activity_uri(row["parent"])
        draft.relate(uri, Predicate.BROADER, parent)
        # Holds the chain together where the table of intermediate activities is not there.
        draft.relate(parent, Predicate.BROADER, element_uri(row["element"]))
        seen.add(uri)
    draft.count("detailed work activities", read, len(seen))


def _read_task_activities(draft: Draft, tasks: dict[ConceptUri, str]) -> None:
    read = loose = 0
    before = len(draft.relations)
    for file, (line, row) in draft.rows(TASKS_TO_ACTIVITIES):
        read += 1
        occupation = draft.occupation(file, line, row["code"])
        task = task_uri(row["task"])
        loose += task not in tasks
        subject = task if task in tasks else occupation
        if subject is not None:
            draft.relate(subject, Predicate.HAS_ACTIVITY, activity_uri(row["activity"]))
    why = f"{loose} of an unknown task, kept with its occupation" if loose else ""
    kept = len(draft.relations) - before
    draft.count(TASKS_TO_ACTIVITIES.files[0][0], read, kept, why)
