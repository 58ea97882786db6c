"""From who was found to what is answered: cards, reasons, counts, and why nobody was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch_api.people.candidate_query import CandidateQuery
from skillmatch_api.people.cards import CandidateCard
from skillmatch_api.people.consents import Field
from skillmatch_api.ranking.asked_skills import AskedSkill, millionths
from skillmatch_api.ranking.explaining import Explainer, Shown, Sight, share_of
from skillmatch_api.ranking.found import (
    AskedFor,
    Candidate,
    CandidateSearch,
    CandidateSkill,
    CountOf,
    Facets,
)
from skillmatch_api.ranking.going_on import GoingOn, digest, write_cursor
from skillmatch_api.ranking.ranked import Filters, Question, Ranked, Ranking

MOST_PLACES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page as it was read from the database.

    Attributes:
        cards: What each person on the page shares; who shares nothing any more is not there.
        shown: Evidence of each of them that bears on anything asked for.
        search_id: Entry of the audit log.
    """

    query: CandidateQuery
    question: Question
    ranking: Ranking
    cards: Mapping[str, CandidateCard]
    shown: Mapping[str, Sequence[Shown]]
    search_id: str


def answer(seen: Seen, frameworks: FrameworksAtHand, start: GoingOn | None) -> CandidateSearch:
    """Return the answer to a search.

    Args:
        seen: The page.
        frameworks: Whose labels are shown.
        start: Behind whom the page begins, None for the first one.
    """
    query, ranking = seen.query, seen.ranking
    before = start.place if start else 0
    page = ranking.page[: query.limit]
    explainer = Explainer(
        asked=seen.question.asked,
        counted=seen.question.counted,
        label=cache(frameworks.pref_label),
    )
    return CandidateSearch(
        at=seen.question.at,
        search_id=seen.search_id,
        blind=query.blind,
        asked=tuple(_asked_for(seen, place) for place in range(len(seen.question.asked))),
        unread=query.unread,
        total=ranking.total,
        candidates=tuple(
            _candidate(seen, one, rank, explainer)
            for rank, one in enumerate(page, start=before + 1)
            if one.person_id in seen.cards
        ),
        facets=_facets(ranking, blind=query.blind),
        next=_next(seen, before) if len(ranking.page) > query.limit else None,
        why_empty="" if ranking.total else _why_empty(seen, frameworks),
        notes=query.notes,
        attribution=frameworks.attribution,
    )


def _next(seen: Seen, before: int) -> str:
    limit = seen.query.limit
    bound_to = digest(seen.query.requirements, seen.query.filters)
    last = seen.ranking.page[limit - 1]
    going_on = GoingOn(person_id=last.person_id, place=before + limit, version=seen.ranking.version)
    return write_cursor(bound_to, going_on)


def _asked_for(seen: Seen, place: int) -> AskedFor:
    asked = seen.question.asked[place]
    states = seen.ranking.states[place]
    return AskedFor(
        uri=asked.requirement.uri,
        label=asked.requirement.label,
        necessity=asked.requirement.necessity,
        level=asked.requirement.level,
        years=asked.requirement.years,
        need=share_of(asked.need),
        counts=tuple(CountOf(value=state.value, count=n) for state, n in states.items()),
    )


def _candidate(seen: Seen, one: Ranked, rank: int, explainer: Explainer) -> Candidate:
    card = seen.cards[one.person_id]
    sight = Sight(evidence=Field.EVIDENCE in card.shares, blind=seen.query.blind)
    skills = explainer.person(seen.shown[one.person_id], sight)
    covered, proven = (
        _sums(seen.question.asked, skills) if sight.is_coarse else (one.covered, one.proven)
    )
    need = sum(skill.need for skill in seen.question.asked)
    return Candidate(
        id=one.person_id,
        rank=rank,
        covered=share_of(covered, need),
        proven=share_of(proven, need),
        name=card.name,
        contact=card.contact,
        place=card.place,
        languages=card.languages,
        available_from=card.available_from,
        shares=tuple(field.value for field in card.shares),
        skills=skills,
    )


def _sums(asked: Sequence[AskedSkill], told: Sequence[CandidateSkill]) -> tuple[int, int]:
    """Return the credit of what is told of a person, of all evidence and of proof."""
    pairs = tuple(zip(asked, told, strict=True))
    covered = sum(skill.credit(millionths(one.covered)) for skill, one in pairs)
    proven = sum(skill.credit(millionths(one.proven)) for skill, one in pairs)
    return covered, proven


def _facets(ranking: Ranking, *, blind: bool) -> Facets:
    """Return the counts; where one stands behind a language or place, it would say who."""
    return Facets(
        languages=() if blind else _counts(ranking.languages),
        places=() if blind else _counts(ranking.places)[:MOST_PLACES],
        availability=tuple(CountOf(value=v, count=n) for v, n in ranking.availability.items()),
    )


def _counts(counts: Mapping[str, int]) -> tuple[CountOf, ...]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(CountOf(value=value, count=count) for value, count in ordered)


def _why_empty(seen: Seen, frameworks: FrameworksAtHand) -> str:
    ranking, filters = seen.ranking, seen.query.filters
    if not ranking.consenting:
        return (
            "Nobody has consented to be found. Only people themselves consent, with their own "
            "key or login."
        )
    if not ranking.admitted:
        return (
            f"The filters leave out every candidate ({ranking.consenting:,}): "
            "what they ask about is otherwise, or is not shared; lift one of: "
            f"{', '.join(_set_filters(filters))}."
        )
    within = [one for one in _set_filters(filters) if one in {"proven_only", "issued_after"}]
    return (
        f"No candidate ({ranking.admitted:,} looked at) shows any of these skills, or one that is "
        f"related to them in {frameworks.ids[0]}"
        + (f", with evidence that passes {' and '.join(within)}." if within else ".")
    )


def _set_filters(filters: Filters) -> list[str]:
    return [one.name for one in fields(filters) if getattr(filters, one.name)]
