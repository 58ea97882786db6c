"""What the page of an answer shows: cards, counts that lead on, and why there is nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.report import svg
from skillmatch.report.summary import STATES
from skillmatch_api.pages.language import DEFAULT, Words
from skillmatch_api.pages.recruiter import wording
from skillmatch_api.pages.recruiter.wanted import Wanted
from skillmatch_api.ranking.found import (
    AskedFor,
    Behind,
    Candidate,
    CandidateSearch,
    CandidateSkill,
    CountOf,
)

SHORT_ID = 8
"""Characters of an id that tell people on a page apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillView:
    """A skill on a card.

    Attributes:
        key: Of the state, for styles.
        believed: How far what lies behind it is believed, ``""`` where nothing is shown.
        about: What is told of the badge.
    """

    label: str
    state: GapState
    key: str
    state_name: str
    reason: str
    badge: str
    assurance: Assurance | None
    believed: str
    about: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A candidate; ``covered`` and ``proven`` are whole per cents."""

    id: str
    short: str
    rank: int
    name: str
    contact: str
    facts: tuple[str, ...]
    covered: int
    proven: int
    skills: tuple[SkillView, ...]
    picked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Part of a bar; ``start`` and ``width`` are per cents of it."""

    key: str
    name: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A skill that is asked for, and how all who are found stand to it."""

    asked: AskedFor
    necessity: str
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet; the button ``name`` = ``value`` takes it as a filter.

    Attributes:
        name: ``""`` where it cannot be asked for.
    """

    label: str
    count: int
    name: str
    value: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Counts of those who are found."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A filter that is set, and the value of the button that lifts it."""

    field: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """All that the page shows of an answer."""

    headline: str
    cards: tuple[Card, ...]
    asked: tuple[AskedView, ...]
    facets: tuple[Facet, ...]
    elsewhere: tuple[str, ...]


def view_of(t: Words, found: CandidateSearch, wanted: Wanted) -> ResultView:
    """Return what is shown of an answer."""
    cards = tuple(_card(t, one, wanted) for one in found.candidates)
    here = {one.id for one in cards}
    return ResultView(
        headline=t("recruiter.headline", count=found.total, total=t.number(found.total)),
        cards=cards,
        asked=tuple(_asked(t, one, found.total) for one in found.asked),
        facets=tuple(one for one in _facets(t, found, wanted) if one.choices),
        elsewhere=tuple(one for one in wanted.picked if one not in here),
    )


def lifted_of(t: Words, wanted: Wanted) -> tuple[Lifted, ...]:
    """Return the filters that are set."""
    said = {
        "proven_only": t("recruiter.filter_proven") if wanted.proven_only else "",
        "issued_after": t("recruiter.filter_issued", day=_day(t, wanted.issued_after))
        if wanted.issued_after
        else "",
        "languages": ", ".join(map(t.tongue, wanted.language_list)),
        "places": "; ".join(wanted.place_list),
        "available_by": t("recruiter.filter_available", day=_day(t, wanted.available_by))
        if wanted.available_by
        else "",
    }
    return tuple(Lifted(field=field, label=label) for field, label in said.items() if label)


def _day(t: Words, typed: str) -> str:
    """Return a day as people write it; as it was typed where it is none."""
    try:
        return t.day(date.fromisoformat(typed))
    except ValueError:
        return typed


def _card(t: Words, one: Candidate, wanted: Wanted) -> Card:
    facts = [one.place, ", ".join(map(t.tongue, one.languages))]
    if one.available_from:
        facts.append(t("recruiter.available_from", day=t.day(one.available_from)))
    return Card(
        id=one.id,
        short=one.id[:SHORT_ID],
        rank=one.rank,
        name=one.name,
        contact=one.contact,
        facts=tuple(fact for fact in facts if fact),
        covered=_per_cent(one.covered),
        proven=_per_cent(one.proven),
        skills=tuple(_skill(t, skill) for skill in one.skills),
        picked=one.id in wanted.picked,
    )


def _per_cent(share: float) -> int:
    """Return whole per cents; only what is complete is called 100, and only nothing is 0."""
    if 0 < share < 1:
        return min(99, max(1, round(share * 100)))
    return round(share * 100)


def _skill(t: Words, skill: CandidateSkill) -> SkillView:
    behind = skill.behind
    return SkillView(
        label=skill.label,
        state=skill.state,
        key=svg.state_key(skill.state),
        state_name=wording.state_words(t, skill.state),
        reason=wording.reason(t, skill),
        badge=behind.badge if behind else "",
        assurance=behind.assurance if behind else None,
        believed=wording.assurance_words(t, behind.assurance) if behind else "",
        about=wording.behind_parts(t, behind) if behind else (),
        said=_more(t, behind),
    )


def _more(t: Words, behind: Behind | None) -> str:
    """Return why a badge is not accepted, where the reason above does not say it already."""
    refused = behind is not None and behind.assurance is Assurance.INVALID
    return behind.said if behind is not None and refused and t.language != DEFAULT else ""


def _asked(t: Words, asked: AskedFor, total: int) -> AskedView:
    counts = {one.value: one.count for one in asked.counts}
    slices, left = [], 0
    for state in STATES:
        count = counts.get(state.value, 0)
        if count:
            name = wording.state_words(t, state)
            slices.append(
                Slice(
                    key=svg.state_key(state),
                    name=name,
                    count=count,
                    start=round(100 * left / total, 3),
                    width=round(100 * count / total, 3),
                )
            )
            left += count
    return AskedView(
        asked=asked,
        necessity=t("recruiter.need_" + asked.necessity.value),
        slices=tuple(slices),
    )


def _facets(t: Words, found: CandidateSearch, wanted: Wanted) -> tuple[Facet, ...]:
    counted = found.facets
    return (
        Facet(
            heading=t("recruiter.languages_label"),
            choices=tuple(_language(t, one, wanted) for one in counted.languages),
        ),
        Facet(
            heading=t("recruiter.places_label"),
            choices=tuple(_place(t, one, wanted) for one in counted.places),
        ),
        Facet(
            heading=t("recruiter.availability_heading"),
            choices=tuple(
                _available(t, one.value, one.count, found.at.date(), wanted)
                for one in counted.availability
                if one.count
            ),
        ),
    )


def _language(t: Words, one: CountOf, wanted: Wanted) -> Choice:
    return Choice(
        label=t.tongue(one.value),
        count=one.count,
        name="add_language",
        value=one.value,
        chosen=one.value in wanted.language_list,
    )


def _place(t: Words, one: CountOf, wanted: Wanted) -> Choice:
    return Choice(
        label=one.value or t("recruiter.place_unsaid"),
        count=one.count,
        # A place may hold the mark that parts them in the form.
        name="add_place" if one.value and ";" not in one.value else "",
        value=one.value,
        chosen=one.value in wanted.place_list,
    )


_DAYS = {"now": 0, "within 30 days": 30, "within 90 days": 90}


def _available(t: Words, value: str, count: int, today: date, wanted: Wanted) -> Choice:
    day = (today + timedelta(days=_DAYS[value])).isoformat() if value in _DAYS else ""
    return Choice(
        label=t("recruiter.availability_" + value.replace(" ", "_")),
        count=count,
        name="add_day" if day else "",
        value=day,
        chosen=bool(day) and day == wanted.available_by,
    )
