"""From a filled-in form to who is found: read as the HTTP API reads it, searched as it searches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from skillmatch.errors import NotFoundError, SkillmatchError, UsageError
from skillmatch.gap.levels import STEP_NAMES, level_value
from skillmatch.model.concept import ConceptKind
from skillmatch.model.requirement import Necessity, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch.service.searching import search_opened
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.recruiter.wanted import By, Row, Wanted
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.candidate_search import Asker, CandidateSearcher
from skillmatch_api.ranking.found import CandidateSearch
from skillmatch_api.wire.answers.faults import fault_of
from skillmatch_api.wire.given.candidate_searches import (
    MAX_SKILLS,
    CandidateSearchIn,
    FiltersIn,
    SkillIn,
)
from skillmatch_api.wire.given.documents import read_posting_in

ON_A_PAGE = 20
LEVELS = (*STEP_NAMES, "A1", "A2", "B1", "B2", "C1", "C2")
"""Levels that a line may ask for; those of languages after those of skills."""
MOST_SUGGESTED = 8

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An occupation that a title may mean; ``label`` is the one that fits best."""

    uri: str
    title: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came out.

    Attributes:
        wanted: What was searched for, with the text of a file in the place of the file.
        found: None where something is wrong.
    """

    wanted: Wanted
    found: CandidateSearch | None = None
    faults: tuple[Fault, ...] = ()
    suggested: tuple[Suggestion, ...] = ()


@dataclass(slots=True)
class _Reading:
    wanted: Wanted
    faults: list[Fault] = field(default_factory=list)
    suggested: tuple[Suggestion, ...] = ()

    def fault(self, place: str, key: str, said: str = "", *, why: str = "") -> None:
        self.faults.append(Fault(field=place, key=f"recruiter.{key}", said=said, why=why))

    def tried(self, make: Callable[[], T], *, place: str, key: str) -> T | None:
        """Return what is made, or note what is wrong with a field."""
        try:
            return make()
        except ValidationError as error:
            why = "; ".join(fault_of(one).detail for one in error.errors())
            self.fault(place, key, why=why)
        except BusyServiceError:
            raise
        except SkillmatchError as error:
            self.fault(place, key, why=str(error).removeprefix("the posting: "))
        return None


def search(wanted: Wanted, matcher: Matcher, searcher: CandidateSearcher, asker: Asker) -> Answer:
    """Search, and write down who was shown; where something is wrong nothing is."""
    reading = _Reading(wanted)
    query = _query(reading, matcher)
    found = None
    if query is not None:
        found = reading.tried(
            lambda: searcher.search(query, matcher.frameworks, asker),
            place=_PLACES[wanted.by][0],
            key="fault_search",
        )
    return _answer(reading, found)


def as_list(wanted: Wanted, matcher: Matcher) -> Answer:
    """Return what is asked for as lines that can be changed; nobody is searched for."""
    reading = _Reading(wanted)
    query = _query(reading, matcher)
    if query is not None:
        rows = tuple(map(_row, query.requirements[:MAX_SKILLS]))
        reading.wanted = replace(reading.wanted, by=By.SKILLS, rows=rows, cursor="")
    return _answer(reading, None)


def _answer(reading: _Reading, found: CandidateSearch | None) -> Answer:
    return Answer(
        wanted=reading.wanted,
        found=found,
        faults=tuple(reading.faults),
        suggested=reading.suggested,
    )


def _row(one: Requirement) -> Row:
    return Row(
        text=one.label,
        known=one.label,
        uri=one.uri,
        necessity=one.necessity.value,
        level=_level(one.level),
        years="" if one.years is None else f"{one.years:g}",
    )


def _level(words: str) -> str:
    """Return the entry of ``LEVELS`` that words of a posting mean, ``""`` for none."""
    step = level_value(words)
    if words in LEVELS or step is None:
        return words if words in LEVELS else ""
    return STEP_NAMES[int(step) - 1]


def _query(reading: _Reading, matcher: Matcher) -> CandidateQuery | None:
    body = _body(reading, matcher)
    if body is None or reading.faults:
        return None
    place, key = _PLACES[reading.wanted.by]
    return reading.tried(lambda: body.query(matcher), place=place, key=key)


_PLACES = {
    By.SKILLS: ("skill-1", "fault_skills"),
    By.POSTING: ("posting", "fault_posting"),
    By.OCCUPATION: ("occupation", "fault_occupation"),
}


def _body(reading: _Reading, matcher: Matcher) -> CandidateSearchIn | None:
    filters = _filters(reading)
    asked = {By.SKILLS: _skills, By.POSTING: _posting, By.OCCUPATION: _occupation}
    named = asked[reading.wanted.by](reading, matcher)
    if filters is None or named is None:
        return None
    wanted = reading.wanted
    place, key = _PLACES[wanted.by]
    return reading.tried(
        lambda: CandidateSearchIn(
            **named,
            filters=filters,
            blind=wanted.blind,
            limit=ON_A_PAGE,
            cursor=wanted.cursor or None,
        ),
        place=place,
        key=key,
    )


def _skills(reading: _Reading, _matcher: Matcher) -> dict[str, Any] | None:
    rows = reading.wanted.asked_rows
    if not rows:
        reading.fault("skill-1", "fault_no_skills")
        return None
    made = [
        reading.tried(partial(_skill, row), place=f"skill-{number}", key="fault_skill")
        for number, row in enumerate(rows, start=1)
    ]
    return {"skills": tuple(one for one in made if one is not None)}


def _skill(row: Row) -> SkillIn:
    return SkillIn(
        concept=row.concept,
        text="" if row.concept else row.text,
        necessity=Necessity(row.necessity) if row.necessity in set(Necessity) else Necessity.MUST,
        level=row.level if row.level in LEVELS else "",
        years=_years(row.years),
    )


def _years(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _posting(reading: _Reading, _matcher: Matcher) -> dict[str, Any] | None:
    wanted = reading.wanted
    document = wanted.posting_file
    if document is not None:
        # Shown as text from here on, so that going on to the next page needs no file again.
        read = reading.tried(
            lambda: read_posting_in(document), place="posting_file", key="fault_posting"
        )
        if read is None:
            return None
        reading.wanted = wanted = replace(wanted, posting=read.text, posting_file=None)
    if not wanted.posting.strip():
        reading.fault("posting", "fault_no_posting")
        return None
    return {"posting": wanted.posting}


def _occupation(reading: _Reading, matcher: Matcher) -> dict[str, Any] | None:
    asked = reading.wanted.occupation
    if not asked:
        reading.fault("occupation", "fault_no_occupation")
        return None
    try:
        matcher.occupation(asked)
    except UsageError:
        return _titled(reading, matcher)
    except NotFoundError as error:
        if _is_title(asked):
            return _titled(reading, matcher)
        reading.fault("occupation", "fault_occupation", why=str(error))
        return None
    return {"occupation": asked}


def _titled(reading: _Reading, matcher: Matcher) -> dict[str, Any] | None:
    """Take a title that names one occupation, and let the recruiter choose among several."""
    asked = reading.wanted.occupation
    opened = [one.db for one in matcher.frameworks.opened]
    hits = [
        hit for _, hit in search_opened(opened, asked, ConceptKind.OCCUPATION, limit=MOST_SUGGESTED)
    ]
    same = {hit.uri for hit in hits if asked.casefold() == hit.pref_label.casefold()}
    if len(same) == 1:
        return {"occupation": same.pop()}
    reading.suggested = tuple(Suggestion(hit.uri, hit.pref_label, hit.label) for hit in hits)
    reading.fault("occupation", "fault_title" if hits else _no_title(matcher), asked)
    return None


def _is_title(asked: str) -> bool:
    """Tell a title from a URI or a code, which has digits."""
    return not any(char.isdigit() for char in asked) and "://" not in asked


def _no_title(matcher: Matcher) -> str:
    """Return what is said where no occupation has such a title."""
    lacks = [part for one in matcher.frameworks.opened for part in one.db.info.missing]
    return "fault_partial" if any("ccupations" in part for part in lacks) else "fault_no_title"


def _filters(reading: _Reading) -> FiltersIn | None:
    wanted = reading.wanted
    before = len(reading.faults)
    issued = _day(reading, "issued_after", wanted.issued_after)
    available = _day(reading, "available_by", wanted.available_by)
    for place, values in (("languages", wanted.language_list), ("places", wanted.place_list)):
        reading.tried(
            partial(FiltersIn.model_validate, {place: values}), place=place, key=f"fault_{place}"
        )
    if len(reading.faults) > before:
        return None
    return FiltersIn(
        proven_only=wanted.proven_only,
        issued_after=issued,
        languages=wanted.language_list,
        places=wanted.place_list,
        available_by=available,
    )


def _day(reading: _Reading, place: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.fault(place, "fault_day", text)
        return None
