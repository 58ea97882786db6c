"""Badges of many people checked again, one person after the other.

Each person is a transaction of their own, so that a run that was stopped can be gone on with: the
moment of a check stands in the rows, and who was checked since is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, distinct, func, select

from skillmatch.service.matcher import Matcher
from skillmatch_api.errors import ConflictError
from skillmatch_api.people.checking import open_verifier
from skillmatch_api.people.rechecking import Outcome, Rechecker
from skillmatch_api.people.stored_badges import BADGES
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.store.tables import EvidenceRow

AT_ONCE: Final = 200
"""People for whom the operator's files are read once; what was fetched is kept as long."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose badges are checked again.

    Attributes:
        person_id: Of one person only; empty for everybody.
        before: Only of people with a badge that was last checked before this moment.
    """

    tenant_id: str
    before: datetime
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A person whose badges were not checked again, and why."""

    person_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of it.

    Attributes:
        people: Whose badges were checked.
        outcome: Of all of them together.
    """

    began_at: datetime
    people: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    skipped: tuple[Skipped, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it in the form that commands and jobs print."""
        counts = asdict(self.outcome)
        return {
            "began_at": self.began_at.isoformat(),
            "people": self.people,
            "pieces": counts["pieces"],
            "changed": counts["changed"],
            "no_longer_proven": counts["lost"],
            "newly_proven": counts["won"],
            "skipped": [{"person": one.person_id, "reason": one.reason} for one in self.skipped],
        }

    def json_text(self) -> str:
        """Return the same as text."""
        return json.dumps(self.as_json(), indent=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckRun:
    """Checks badges of many people again.

    Attributes:
        online: Whether to fetch over https what badges need; only where the service may.
        by: Who asked for it, as the audit log names them.
    """

    store: Store
    settings: ServiceSettings
    matcher: Matcher
    clock: Callable[[], datetime]
    by: str
    online: bool = False

    def check(self, whose: Whose, progress: Progress) -> Run:
        """Check badges again; what ``progress`` raises ends the run between two people.

        Raises:
            UsageError: Something is to be fetched and this service fetches nothing.
            NotFoundError: A file that the operator named is not there.
            DataError: It is not what it should be.
        """
        run = Run(began_at=self.clock())
        with self.store.reading() as session:
            people = func.count(distinct(EvidenceRow.person_id))
            total = session.scalar(select(people).where(*_of(whose))) or 0
        progress("badges", 0, total)
        done = 0
        for some in self._people(whose):
            rechecker = self._rechecker()
            for person_id in some:
                run = _after(run, rechecker, whose.tenant_id, person_id)
                done += 1
                progress("badges", done, max(done, total))
        return run

    def _rechecker(self) -> Rechecker:
        return Rechecker(
            store=self.store,
            matcher=self.matcher,
            verifier=open_verifier(self.settings, at=self.clock(), online=self.online),
            clock=self.clock,
            by=self.by,
        )

    def _people(self, whose: Whose) -> Iterator[list[str]]:
        after = ""
        while True:
            asked = (
                select(EvidenceRow.person_id)
                .where(*_of(whose), EvidenceRow.person_id > after)
                .distinct()
                .order_by(EvidenceRow.person_id)
                .limit(AT_ONCE)
            )
            with self.store.reading() as session:
                some = list(session.scalars(asked))
            if not some:
                return
            yield some
            after = some[-1]


def _after(run: Run, rechecker: Rechecker, tenant_id: str, person_id: str) -> Run:
    """Return the run with one more person."""
    try:
        found = rechecker.person(tenant_id, person_id)
    except ConflictError:
        reason = "the contact changed again and again while badges were checked"
        return replace(run, skipped=(*run.skipped, Skipped(person_id=person_id, reason=reason)))
    if found is None:
        return run
    sums = {name: n + getattr(run.outcome, name) for name, n in asdict(found).items()}
    return replace(run, people=run.people + 1, outcome=Outcome(**sums))


def _of(whose: Whose) -> tuple[ColumnElement[bool], ...]:
    found = (
        EvidenceRow.tenant_id == whose.tenant_id,
        EvidenceRow.kind.in_(BADGES),
        EvidenceRow.added_at < whose.before,
    )
    return (*found, EvidenceRow.person_id == whose.person_id) if whose.person_id else found
