"""Verify credentials from files: read them, gather documents and known issuers, check, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from skillmatch.errors import UsageError
from skillmatch.model.credential import Credential
from skillmatch.model.verification import Verification
from skillmatch.report.verification import (
    CheckedCredential,
    VerificationResults,
    checked_credential,
)
from skillmatch.service.credential_documents import OnlineDocuments
from skillmatch.service.named_files import NamedFiles
from skillmatch.trust.documents import Documents, FirstOf, MappedDocuments
from skillmatch.trust.issuers import KnownIssuers, read_known_issuers
from skillmatch.trust.recipient import Person
from skillmatch.trust.verify import assurance, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Everything that verifying needs besides the credential.

    Attributes:
        documents: Files of a map; without one nothing.
        online: The web, asked after the map; None where nothing may be fetched.
        issuers: Who is believed.
        at: Aware moment that dates are compared with.
        recipient: Who shows the credentials; None leaves that check out.
    """

    at: datetime
    documents: Documents = field(default_factory=lambda: FirstOf(()))
    online: OnlineDocuments | None = None
    issuers: KnownIssuers = field(default_factory=KnownIssuers)
    recipient: Person | None = None

    @classmethod
    def open(
        cls,
        *,
        at: datetime,
        documents: Path | None = None,
        issuers: Path | None = None,
        online: bool = False,
        recipient: Sequence[str] = (),
    ) -> Verifier:
        """Read the files that a person named.

        Args:
            at: Aware moment that dates are compared with.
            documents: Map of web addresses to files with their sha256.
            issuers: File of known issuers.
            online: Whether what the map lacks may be fetched.
            recipient: Identities of the one person who shows the credentials.

        Raises:
            UsageError: ``at`` has no time zone.
            NotFoundError: A file is not there.
            DataError: A file is not what it should be.
        """
        if at.tzinfo is None:
            raise UsageError("the moment to verify at needs a time zone")
        return cls(
            at=at,
            documents=FirstOf(()) if documents is None else MappedDocuments.read(documents),
            online=OnlineDocuments() if online else None,
            issuers=KnownIssuers() if issuers is None else read_known_issuers(issuers),
            recipient=Person(names=tuple(recipient)) if recipient else None,
        )

    def verify(self, credential: Credential) -> Verification:
        """Return every check of a credential; the requests allowed for it begin anew."""
        if self.online is None:
            documents = self.documents
        else:
            self.online.next_credential()
            documents = FirstOf((self.documents, self.online))
        return verify(
            credential,
            documents=documents,
            issuers=self.issuers,
            at=self.at,
            recipient=self.recipient,
        )

    def check(self, credential: Credential) -> CheckedCredential:
        """Return every check of a credential, and what they make it worth."""
        return _checked(credential, self.verify(credential))


def verifies_once(verifier: Verifier) -> Callable[[Credential], Verification]:
    """Return what verifies each credential once, so that nothing is fetched twice."""
    # The credential is kept beside its answer, so that its id is not used again.
    known: dict[int, tuple[Credential, Verification]] = {}

    def verify(credential: Credential) -> Verification:
        if id(credential) not in known:
            known[id(credential)] = (credential, verifier.verify(credential))
        return known[id(credential)][1]

    return verify


def verify_files(files: NamedFiles, verifier: Verifier) -> VerificationResults:
    """Verify the credentials of files, folders and archives, in the order given."""
    credentials = tuple(verifier.check(credential) for credential in files.credentials)
    return VerificationResults(credentials=credentials, unread=files.unread)


def _checked(credential: Credential, verification: Verification) -> CheckedCredential:
    # A record deeper than is verified keeps its inner parts unlisted: both stop at one depth.
    pairs = zip(credential.parts, verification.parts, strict=False)
    parts = tuple(_checked(part, found) for part, found in pairs)
    return checked_credential(credential, verification, assurance(verification), parts)
