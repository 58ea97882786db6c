"""Verify credentials from files: read them, gather documents and known issuers, check, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from skillmatch.errors import DataError, UnreadableError, UsageError
from skillmatch.model.credential import Credential, Unread, Wallet
from skillmatch.model.verification import Verification
from skillmatch.readers.credentials import read_wallet
from skillmatch.report.verification import (
    CheckedCredential,
    VerificationResults,
    checked_credential,
)
from skillmatch.service.credential_documents import OnlineDocuments
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


def verify_files(paths: Sequence[Path], verifier: Verifier) -> VerificationResults:
    """Verify the credentials of files, folders and archives, in the order given.

    Raises:
        NotFoundError: A path does not exist.
        DataError: Nothing that was named holds a credential.
    """
    wallets = [_read(path) for path in paths]
    credentials = tuple(
        verifier.check(credential) for wallet in wallets for credential in wallet.credentials
    )
    unread = tuple(one for wallet in wallets for one in wallet.unread)
    if not credentials:
        raise DataError(_nothing(paths, unread))
    return VerificationResults(credentials=credentials, unread=unread)


def _read(path: Path) -> Wallet:
    """Read one path; a file that holds no credential is reported beside the others."""
    try:
        return read_wallet(path)
    except UnreadableError as fault:
        reason = str(fault).removeprefix(f"{path}: ")
        return Wallet(unread=(Unread(source=str(path), reason=reason),))


def _nothing(paths: Iterable[Path], unread: Sequence[Unread]) -> str:
    if not unread:
        return f"{', '.join(map(str, paths))}: there is no credential in it"
    more = f"; and {len(unread) - 3} more files" if len(unread) > 3 else ""
    return "; ".join(f"{one.source}: {one.reason}" for one in unread[:3]) + more


def _checked(credential: Credential, verification: Verification) -> CheckedCredential:
    # A record deeper than is verified keeps its inner parts unlisted: both stop at one depth.
    pairs = zip(credential.parts, verification.parts, strict=False)
    parts = tuple(_checked(part, found) for part, found in pairs)
    return checked_credential(credential, verification, assurance(verification), parts)
