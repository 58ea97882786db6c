"""What a person shows for a plan: skills as for a gap, and the credentials themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from skillmatch.gap.assurance import PROVES, best_assurance
from skillmatch.model.concept import ConceptUri
from skillmatch.model.credential import Credential, Wallet
from skillmatch.model.evidence import Evidence, EvidenceKind
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.service.shown import Shown

if TYPE_CHECKING:
    from skillmatch.linking.evidence import Claim
    from skillmatch.service.matcher import Document, Matcher
    from skillmatch.service.verifying import Verifier


def what_is_shown(
    matcher: Matcher,
    *,
    have: Sequence[str | Claim] = (),
    evidence: Sequence[Document] = (),
    verifier: Verifier | None = None,
    at: date | None = None,
) -> tuple[Shown, tuple[Holding, ...]]:
    """Read what a person can show, once: its skills, and the credentials that hold offers.

    Args:
        matcher: As for the gap.
        have: Skills as names, URIs or claims.
        evidence: CVs, badges, and folders or archives of badges.
        verifier: Checks the badges; by default offline, and knowing no issuer.
        at: Day that it holds for; today by default.

    Raises:
        UnreadableError: A document holds no readable text, a badge file or folder no credential.
    """
    from skillmatch.service.named_files import read_shown

    read = [read_shown(one) for one in evidence]
    shown = matcher.shown(read, have=have, verifier=verifier, at=at)
    wallets = [one for one in read if isinstance(one, Wallet)]
    if not wallets:
        return shown, ()
    return shown, _holdings(wallets, shown.evidence, verifier or _verifier(at))


def _verifier(at: date | None) -> Verifier:
    from skillmatch.service.verifying import Verifier
    from skillmatch.service.wallets import end_of_day

    return Verifier(at=end_of_day(at))


def _holdings(
    wallets: Sequence[Wallet], evidence: Sequence[Evidence], verifier: Verifier
) -> tuple[Holding, ...]:
    """Return one holding for each achievement that a wallet's credentials award."""
    found = {
        holding
        for wallet in wallets
        for credential in wallet.credentials
        for holding in _of(credential, evidence, verifier)
    }
    return tuple(sorted(found, key=lambda one: (one.source, one.id, one.name, repr(one))))


def _of(
    credential: Credential, evidence: Sequence[Evidence], verifier: Verifier
) -> Iterator[Holding]:
    from skillmatch.linking.credential_evidence import speaks_for_itself
    from skillmatch.trust.verify import assurance

    for part in credential.parts:
        yield from _of(part, evidence, verifier)
    if not speaks_for_itself(credential):
        return
    mine = [one for one in evidence if _from(one, credential)]
    # What was verified for its skills is not verified again: that may mean fetching.
    judged = best_assurance(one.assurance for one in mine)
    if judged is None:
        judged, _ = assurance(verifier.verify(credential))
    for place, achievement in enumerate(credential.achievements):
        yield Holding(
            id=achievement.id,
            name=achievement.name or (credential.name if place == 0 else ""),
            issuer=credential.issuer.name or credential.issuer.id,
            source=credential.source,
            assurance=judged,
            valid_until=credential.valid_until.date() if credential.valid_until else None,
            concepts=_concepts(mine),
        )


def _from(evidence: Evidence, credential: Credential) -> bool:
    return (
        evidence.kind is EvidenceKind.BADGE
        and evidence.source == credential.source
        and evidence.pointer.startswith(credential.pointer)
    )


def _concepts(evidence: Iterable[Evidence]) -> tuple[ConceptUri, ...]:
    return tuple(sorted({one.uri for one in evidence if one.assurance in PROVES}))
