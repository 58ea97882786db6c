"""The slow and exact way to search: every person's rows, one after the other, as a gap has them.

It shares nothing with the index but the wording of reasons: evidence comes from the tables, what
covers what from ``gap.compare`` and ``gap.pieces`` with the frameworks themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch.gap import compare
from skillmatch.gap.assurance import PROVES
from skillmatch.gap.coverage import Coverer
from skillmatch.gap.pieces import pieces_for
from skillmatch.gap.priority import heaviest_weight, need_factors, priority
from skillmatch.model.evidence import Evidence
from skillmatch.model.requirement import Checklist, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch_api.people.evidence_rows import of_row, rows_of
from skillmatch_api.ranking.consents import live_consent
from skillmatch_api.ranking.explaining import Shown, Sight, reason
from skillmatch_api.ranking.ranked import Filters
from skillmatch_api.ranking.steps import in_steps
from skillmatch_api.store.tables import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One who must be found: shares and states by skill, and the sums that order them.

    Attributes:
        told: The sums that are told of them: of ``skills``, which are told in steps where the
            person does not share what lies behind them.
    """

    person: Person
    covered: int
    proven: int
    told: tuple[int, int]
    skills: tuple[tuple[str, int, int, str], ...]
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Oracle:
    """Searches by looking at everybody."""

    matcher: Matcher

    def search(
        self,
        session: Session,
        tenant_id: str,
        asked: Sequence[Requirement],
        filters: Filters,
        at: datetime,
    ) -> list[Expected]:
        """Return everybody who must be found, best first."""
        people = session.scalars(select(Person).where(Person.tenant_id == tenant_id)).all()
        found = [self._look(session, one, asked, filters, at) for one in people]
        kept = [one for one in found if one is not None and one.covered > 0]
        return sorted(kept, key=lambda one: (-one.covered, -one.proven, one.person.id))

    def _look(
        self,
        session: Session,
        person: Person,
        asked: Sequence[Requirement],
        filters: Filters,
        at: datetime,
    ) -> Expected | None:
        consent = live_consent(session, tenant_id=person.tenant_id, person_id=person.id, at=at)
        if consent is None or not _passes(person, frozenset(consent.fields), filters):
            return None
        shown = [
            Shown(id=row.id, evidence=of_row(row), badge=row.badge, added_at=row.added_at)
            for row in rows_of(session, person)
            if _counts(of_row(row), filters)
        ]
        sight = Sight(evidence="evidence" in consent.fields, blind=False)
        exact = self._skills(asked, shown, sight, at.date())
        skills = exact if sight.evidence else self._coarse(asked, shown, sight, at.date())
        heaviest = heaviest_weight(asked)
        needs = [round(priority(need_factors(one, heaviest)) * 10**6) for one in asked]
        return Expected(
            person=person,
            covered=_sum(needs, [one[1] for one in exact]),
            proven=_sum(needs, [one[2] for one in exact]),
            told=(_sum(needs, [one[1] for one in skills]), _sum(needs, [one[2] for one in skills])),
            skills=skills,
            fields=frozenset(consent.fields),
        )

    def _coarse(
        self, asked: Sequence[Requirement], shown: Sequence[Shown], sight: Sight, at: date
    ) -> tuple[tuple[str, int, int, str], ...]:
        """Return each skill by itself, with both sides in steps and shares in quarters."""
        found = []
        for one in asked:
            pairs = [in_steps(one, each.evidence) for each in shown]
            least = next((low for low, _ in pairs if low != one), one)
            held = [
                replace(each, evidence=said) for each, (_, said) in zip(shown, pairs, strict=True)
            ]
            ((state, covered, proven, why),) = self._skills([least], held, sight, at)
            found.append((state, _quarters(covered), _quarters(proven), why))
        return tuple(found)

    def _skills(
        self, asked: Sequence[Requirement], shown: Sequence[Shown], sight: Sight, at: date
    ) -> tuple[tuple[str, int, int, str], ...]:
        frameworks = self.matcher.frameworks
        evidence = [one.evidence for one in shown]
        result = compare(
            Checklist(source="", requirements=tuple(asked)),
            evidence,
            hierarchy=frameworks,
            nearness=frameworks,
            at=at,
        )
        states = {gap.requirement.uri: gap.state for gap in result.gaps}
        coverer = Coverer(frameworks, frameworks)
        counted = [one for one in set(evidence) if one.issued is None or one.issued <= at]
        found = []
        for one in asked:
            pieces = pieces_for(one, counted, coverer)
            accepted = [piece for piece in pieces if piece.accepted]
            covered = 1 - min((piece.shortfall for piece in accepted), default=1.0)
            proven = 1 - min(
                (piece.shortfall for piece in accepted if piece.evidence.assurance in PROVES),
                default=1.0,
            )
            best = pieces[0] if pieces else None
            behind = next((s for s in shown if best and s.evidence == best.evidence), None)
            why = reason(best, behind, sight, frameworks.pref_label)
            found.append(
                (states[one.uri].value, round(covered * 10**6), round(proven * 10**6), why)
            )
        return tuple(found)


def _quarters(share: int) -> int:
    if share in {0, 10**6}:
        return share
    return min(max(round(share / 250_000 + 1e-9), 1), 3) * 250_000


def _sum(needs: Sequence[int], shares: Sequence[int]) -> int:
    return sum(_product(need, share) for need, share in zip(needs, shares, strict=True))


def _product(need: int, share: int) -> int:
    """Return need times share in whole millionths, half up."""
    whole, rest = divmod(need * share, 10**6)
    return whole + (2 * rest >= 10**6)


def _counts(evidence: Evidence, filters: Filters) -> bool:
    if filters.proven_only and evidence.assurance not in PROVES:
        return False
    after = filters.issued_after
    return after is None or (evidence.issued is not None and evidence.issued >= after)


def _passes(person: Person, shared: frozenset[str], filters: Filters) -> bool:
    place = person.place.lower() if "place" in shared else ""
    spoken = [one.lower() for one in person.languages] if "languages" in shared else []
    parts = {place.strip(), *(one.strip() for one in place.split(","))}
    if filters.places and not parts & {one.lower() for one in filters.places}:
        return False
    for language in filters.languages:
        if not any(one == language or one.startswith(language + "-") for one in spoken):
            return False
    if filters.available_by is not None:
        if "availability" not in shared:
            return False
        if person.available_from is not None and person.available_from > filters.available_by:
            return False
    return filters.issued_after is None or "evidence" in shared


def facets(found: Sequence[Expected], at: date) -> dict[str, dict[str, int]]:
    """Return how many of those found speak, live and are available how; without zeros."""
    languages: Counter[str] = Counter()
    places: Counter[str] = Counter()
    available: Counter[str] = Counter()
    for one in found:
        if "languages" in one.fields:
            languages.update({tag.split("-")[0] for tag in one.person.languages})
        if "place" in one.fields and one.person.place:
            places[one.person.place] += 1
        available[_when(one, at)] += 1
    return {"languages": dict(languages), "places": dict(places), "availability": dict(available)}


def _when(one: Expected, at: date) -> str:
    if "availability" not in one.fields:
        return "not said"
    day = one.person.available_from
    if day is None or day <= at:
        return "now"
    if day <= at + timedelta(days=30):
        return "within 30 days"
    return "within 90 days" if day <= at + timedelta(days=90) else "later"
