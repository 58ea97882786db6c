"""A learner's badges for the tests of sharing, invented."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skillmatch.issuing.gathering import CheckedBadge, build_portfolio
from skillmatch.issuing.portfolio import Portfolio, Vouch
from skillmatch.issuing.signing import sign_data_integrity, sign_jwt
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.readers.credentials import credential_of, read_credential_bytes
from tests.issuing.issuing_samples import DAY, alignment, credential, draft, key

CUTTING = alignment("cut vegetables", "cut")
HYGIENE = alignment("kitchen hygiene", "hygiene")
LEADING = alignment("lead a team", "lead")


def signed(name: str, *alignments: dict[str, str], **changes: str) -> Credential:
    """A signed badge; ``changes`` replace texts of the draft."""
    made: dict[str, Any] = {**draft(name, *alignments), **changes}
    document = sign_data_integrity(credential(of=made), key(), created=DAY)
    return credential_of(document, source=f"wallet/{name}.json")


def as_token(name: str, *alignments: dict[str, str]) -> Credential:
    """A badge that came as a JWT."""
    token = sign_jwt(credential(of=draft(name, *alignments)), key())
    (read,) = read_credential_bytes(token.encode(), f"{name}.jwt")
    return read


def check(name: CheckName, state: CheckState) -> Check:
    """A check with an invented reason."""
    return Check(check=name, state=state, reason=f"{name.value} was {state.value}", mend="mend it")


def checked(
    badge: Credential,
    assurance: Assurance = Assurance.VERIFIED,
    *,
    endorsements: Sequence[Vouch] = (),
    checks: Sequence[Check] = (),
) -> CheckedBadge:
    """A badge with what was found out about it."""
    return CheckedBadge(
        credential=badge,
        assurance=assurance,
        endorsements=tuple(endorsements),
        checks=tuple(checks),
    )


def portfolio(*badges: CheckedBadge, claims: Sequence[str] = ()) -> Portfolio:
    """A portfolio of these badges, or of the usual three."""
    usual = (
        checked(signed("Knives", CUTTING, HYGIENE)),
        checked(signed("Pass", LEADING), Assurance.DOCUMENTED),
        checked(signed("Cleaning", HYGIENE), Assurance.INVALID),
    )
    return build_portfolio(badges or usual, at=DAY, title="Ada", claims=claims)
