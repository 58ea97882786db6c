"""What an occupation asks for, from the framework's own relations and ratings."""

from __future__ import annotations

import re
from dataclasses import replace

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.gap.occupation import occupation_checklist, requirements_of_occupation
from skillmatch.model.concept import Concept, ConceptKind
from skillmatch.model.requirement import Checklist
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.store import FrameworkDb

SHOWN = 6
_NAMES = {"esco": "ESCO", "onet": "O*NET"}
_OFFICIAL = {"esco": "The official ESCO files", "onet": "The official O*NET files"}
_INSTALL = {
    "esco": "`skillmatch frameworks install esco@1.1.1 --from FOLDER`",
    "onet": "`skillmatch frameworks install onet@29.3 --from FOLDER`",
}
_ONET = re.compile(r"(https://www\.onetonline\.org/link/summary/)?\d\d-\d{4}(\.\d\d)?", re.ASCII)
_ESCO = "http://data.europa.eu/esco/occupation/"


def occupation_requirements(frameworks: FrameworksAtHand, asked: str) -> Checklist:
    """Return the checklist of an occupation; its notes say what was left out.

    Args:
        frameworks: Where to look, first one first.
        asked: URI or code of an occupation. A title is only searched, never taken.

    Raises:
        UsageError: ``asked`` is a title; the message lists the occupations it may mean.
        NotFoundError: There is no such occupation, or the release says nothing of its skills.
    """
    db, concept = _get_occupation(frameworks, asked)
    made = requirements_of_occupation(db.occupation_skills(concept.uri), framework=db.info.id)
    if not made.requirements:
        raise NotFoundError(
            f"{db.info.id} does not say which skills {concept.pref_label()} needs. "
            f"{_what_brings_them(db.info.id.split('-', 1)[0])}"
        )
    title = (
        f"{concept.pref_label()} ({concept.notation})"
        if concept.notation
        else (concept.pref_label())
    )
    checklist = occupation_checklist(made, uri=concept.uri, title=title)
    return replace(checklist, notes=made.notes)


def _get_occupation(frameworks: FrameworksAtHand, asked: str) -> tuple[FrameworkDb, Concept]:
    for one in frameworks.opened:
        concept = one.db.find_concept(asked) or one.db.find_by_notation(
            asked, ConceptKind.OCCUPATION
        )
        if concept is not None and concept.kind is ConceptKind.OCCUPATION:
            return one.db, concept
    raise _choose(frameworks, asked)


def _choose(frameworks: FrameworksAtHand, asked: str) -> UsageError | NotFoundError:
    """Return the error that shows what a title may mean."""
    lines = [
        f"  {hit.pref_label}"
        + (f" (also: {hit.label})" if hit.label != hit.pref_label else "")
        + f"\n    --occupation {hit.uri}"
        for one in frameworks.opened
        for hit in one.db.search(asked, ConceptKind.OCCUPATION, SHOWN)
    ]
    names = ", ".join(frameworks.ids)
    if not lines and (family := _family_of(asked)):
        return NotFoundError(
            f"{asked} looks like an occupation of {_NAMES[family]}, and none of {names} has it. "
            f"{_what_brings_them(family)}"
        )
    if not lines:
        return NotFoundError(
            f"no occupation in {names} has a title like {asked!r}; try other words with "
            f"`skillmatch search TEXT --kind occupation`{_what_is_only_official(frameworks)}"
        )
    listed = "\n".join(lines)
    return UsageError(
        f"{asked!r} is a title; these occupations of {names} come nearest. Name one:\n{listed}"
    )


def _what_is_only_official(frameworks: FrameworksAtHand) -> str:
    """Return where more occupations are, where only a part of a release is installed."""
    said = []
    for one in frameworks.opened:
        lacks = [part for part in one.db.info.missing if "ccupations" in part]
        install = _INSTALL.get(one.db.info.id.split("-", 1)[0])
        if lacks and install:
            said.append(f". What {one.db.info.id} lacks: {' '.join(lacks)} {install} adds it")
    return "".join(said)


def _family_of(asked: str) -> str:
    """Return the framework whose codes or URIs look like ``asked``; empty for a title."""
    if _ONET.fullmatch(asked.strip()):
        return "onet"
    return "esco" if asked.strip().startswith(_ESCO) else ""


def _what_brings_them(family: str) -> str:
    if family in _INSTALL:
        return f"{_OFFICIAL[family]} do: {_INSTALL[family]}"
    return "A release with essential and optional relations, or importance ratings, would"
