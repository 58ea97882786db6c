"""What a candidate's badges are checked with: the organisation's choice, never the candidate's.

Whoever shows badges cannot also say which issuers are to be believed, or bring the keys of the
issuers along. Both are files of the operator.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from skillmatch.errors import UsageError
from skillmatch.service.verifying import Verifier
from skillmatch.trust.recipient import Person as Recipient
from skillmatch_api.settings import ServiceSettings


def verifier_for(
    settings: ServiceSettings, *, contact: str, at: datetime, online: bool = False
) -> Verifier:
    """Return what checks the badges of a person who can be reached at ``contact``.

    A badge that does not name the contact as its recipient is not verified; without a contact
    none is.

    Raises:
        UsageError: Something is to be fetched and this service fetches nothing.
        NotFoundError: A file that the operator named is not there.
        DataError: It is not what it should be.
    """
    return shown_by(open_verifier(settings, at=at, online=online), contact=contact, at=at)


def open_verifier(settings: ServiceSettings, *, at: datetime, online: bool = False) -> Verifier:
    """Read the operator's files; nobody's badges are to be checked with it before ``shown_by``.

    Raises:
        UsageError: Something is to be fetched and this service fetches nothing.
        NotFoundError: A file that the operator named is not there.
        DataError: It is not what it should be.
    """
    if online and not settings.library.allow_network:
        raise UsageError(
            "this service fetches nothing from the web; leave online away, or ask its operator "
            "for SKILLMATCH_ONLINE=1"
        )
    opened = Verifier.open(
        at=at, documents=settings.badge_documents, issuers=settings.issuers, online=online
    )
    return shown_by(opened, contact="", at=at)


def shown_by(verifier: Verifier, *, contact: str, at: datetime) -> Verifier:
    """Return the verifier at a moment, of badges that the owner of a contact shows."""
    return replace(verifier, at=at, recipient=Recipient(names=(contact,) if contact else ()))
