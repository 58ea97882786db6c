"""What an endorsement is worth as evidence; a pure function of what was checked.

An endorsement says that somebody saw a person do what a badge says. It counts as one only when it
is certain who that somebody is, and that they meant this badge with this content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.errors import DataError
from skillmatch.gap.assurance import assurance_rank
from skillmatch.issuing.endorsing import content_digest
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.verification import CheckName, CheckState, Verification

_NEEDED = (CheckName.PROOF, CheckName.ISSUER, CheckName.DATES, CheckName.STATUS)


def endorsement_assurance(
    endorsement: Credential, verification: Verification, *, endorsed: Credential
) -> tuple[Assurance, str]:
    """Return what an endorsement is worth, and why.

    ``ENDORSED`` needs a valid proof, an endorser that is known or controls their web address, dates
    and status in order, the digest of this very badge, and an endorser who is neither the earner
    nor the issuer. A fault makes it ``INVALID``; anything less leaves it ``DOCUMENTED``.

    Args:
        endorsement: The endorsement as read.
        verification: Its own verification, not that of the badge.
        endorsed: The badge that it is held beside.
    """
    checks = [check for name in _NEEDED if (check := verification.of(name)) is not None]
    for check in checks:
        if check.state is CheckState.INVALID:
            return Assurance.INVALID, f"the endorsement's {check.check.value}: {check.reason}"
    for check in checks:
        if check.state is CheckState.UNKNOWN:
            mend = f"; to mend it, {check.mend}" if check.mend else ""
            return (
                Assurance.DOCUMENTED,
                f"the endorsement's {check.check.value}: {check.reason}{mend}",
            )
    if len(checks) < len(_NEEDED):
        return Assurance.DOCUMENTED, "the endorsement was not checked in full"
    lack = _lack(endorsement, endorsed)
    if lack:
        return Assurance.DOCUMENTED, lack
    return Assurance.ENDORSED, f"endorsed by {endorsement.issuer.name or endorsement.issuer.id}"


def endorsed_evidence(
    endorsement: Credential,
    verification: Verification,
    *,
    endorsed: Credential,
    evidence: Sequence[Evidence],
) -> tuple[Evidence, ...]:
    """Return the skills of an endorsed badge once more, as evidence of the endorser.

    An endorsement makes no skill better than the badge lets it be: one that we only read into its
    words, or that was not passed, stays what it is.

    Args:
        endorsement: As for ``endorsement_assurance``.
        verification: As for ``endorsement_assurance``.
        endorsed: As for ``endorsement_assurance``.
        evidence: What the badge would show if it were believed; each keeps its skill and level.
    """
    worth, why = endorsement_assurance(endorsement, verification, endorsed=endorsed)
    return tuple(_vouched(piece, endorsement, worth, why) for piece in evidence)


def _vouched(piece: Evidence, endorsement: Credential, worth: Assurance, why: str) -> Evidence:
    if assurance_rank(piece.assurance) > assurance_rank(worth):
        worth, why = piece.assurance, piece.reason
    elif piece.reason:
        why = f"{why} ({piece.reason})"
    return replace(
        piece,
        kind=EvidenceKind.ENDORSEMENT,
        assurance=worth,
        reason=why,
        source=endorsement.source,
        issuer=endorsement.issuer.name or endorsement.issuer.id,
        issued=endorsement.valid_from.date() if endorsement.valid_from else None,
        pointer=endorsement.pointer,
        span=None,
    )


def _lack(endorsement: Credential, endorsed: Credential) -> str:
    """Return why an endorsement that holds is none of this badge, empty where it is."""
    endorser = endorsement.issuer.id
    if not endorsed.id or endorsement.endorses != endorsed.id:
        return "the endorsement is about something else than this badge"
    if endorser in {endorsed.recipient.id, *(one.value for one in endorsed.recipient.identities)}:
        return "the earner endorsed their own badge"
    if endorser == endorsed.issuer.id:
        return "the endorser is the issuer, who has said so already"
    if _stated_digest(endorsement, endorsed.id) != _digest(endorsed):
        return (
            "the endorsement names the badge by its id alone, or the badge has been changed since; "
            "to mend it, ask for an endorsement made with `skillmatch badge endorse`"
        )
    return ""


def _stated_digest(endorsement: Credential, about: str) -> str:
    related = endorsement.document.get("relatedResource")
    for one in related if isinstance(related, list) else [related]:
        if isinstance(one, dict) and one.get("id") == about:
            return str(one.get("digestMultibase", ""))
    return ""


def _digest(endorsed: Credential) -> str | None:
    try:
        return content_digest(endorsed.document)
    except DataError:
        return None
