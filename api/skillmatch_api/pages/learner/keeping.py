"""The learner's own record: what is in it counts, and what is given can be kept there.

Only a caller who is bound to a person has one. Recruiters see nothing of it before the person
consents.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime

from skillmatch.model.evidence import Evidence
from skillmatch_api.access.principal import Principal
from skillmatch_api.pages.learner.given import Given
from skillmatch_api.pages.learner.reading import Desk, claims_of
from skillmatch_api.people.evidence_rows import of_row, rows_of
from skillmatch_api.people.keeping import Brings, EvidenceKeeper
from skillmatch_api.people.lapsing import keep_up
from skillmatch_api.people.registering import get_person
from skillmatch_api.store import Store
from skillmatch_api.wire.given.brought import brought_of


def own_evidence(store: Store, caller: Principal, *, at: datetime) -> tuple[Evidence, ...]:
    """Return what is in the caller's own record at a moment, in the order in which it was added."""
    if caller.person_id is None:
        return ()
    keep_up(store, tenant_id=caller.tenant_id, at=at)
    with store.reading() as session:
        person = get_person(session, caller.person_id, tenant_id=caller.tenant_id)
        return tuple(map(of_row, rows_of(session, person)))


def keep(given: Given, desk: Desk, store: Store, caller: Principal) -> int:
    """Keep the files and skills of a form in the caller's own record; all of it, or nothing.

    Returns:
        How many pieces of evidence were kept.

    Raises:
        ConflictError: The contact changed while badges were checked.
        TooLargeError: There would be more than a record holds.
        UnreadableError: A document holds nothing that can be read.
    """
    if caller.person_id is None:
        return 0
    keeper = EvidenceKeeper(
        store=store,
        settings=desk.settings,
        lent=lambda: nullcontext(desk.matcher),
        clock=lambda: desk.at,
    )
    kept = keeper.keep(caller.person_id, lambda: _brings(given), caller=caller)
    return len(kept.rows)


def together(given: Sequence[Evidence], own: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return what was given and what is in the record; what is in both is said once."""
    said = {(one.uri, one.source, one.text) for one in given}
    return (*given, *(one for one in own if (one.uri, one.source, one.text) not in said))


def _brings(given: Given) -> Brings:
    return Brings(have=claims_of(given.skills), documents=brought_of(given.documents))
