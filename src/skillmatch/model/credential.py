"""One credential, whichever format it came in, beside the bytes that it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from skillmatch.model.achievement import Achievement, Profile, Result


class CredentialFormat(StrEnum):
    """What a document was recognised as."""

    OPEN_BADGES_1 = "Open Badges 1.x"
    OPEN_BADGES_2 = "Open Badges 2.0"
    OPEN_BADGES_3 = "Open Badges 3.0"
    CLR_2 = "Comprehensive Learner Record 2.0"
    PRESENTATION = "Verifiable Presentation"
    VERIFIABLE_CREDENTIAL = "Verifiable Credential"
    ENDORSEMENT = "Endorsement"
    EDC = "European Digital Credential"
    EUROPASS = "Europass"
    LER_RS = "LER Resume Standard"


class Securing(StrEnum):
    """What is meant to keep a credential from being changed."""

    EMBEDDED_PROOF = "embedded proof"
    JWT = "JWT"
    JWS = "JWS"
    HOSTED = "hosted"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who a credential is about: an id, or identities that may be hashed.

    Attributes:
        id: DID, ``mailto:`` or another URI; empty where the credential names none.
        identities: What else names the person, in document order.
    """

    id: str = ""
    name: str = ""
    identities: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One name of a recipient.

    Attributes:
        kind: ``emailAddress``, ``email``, ``sourcedId`` and so on, as written.
        hashed: Whether ``value`` is ``algorithm$hex`` of the identity and ``salt``.
    """

    kind: str
    value: str
    hashed: bool = False
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportingEvidence:
    """What an issuer points at as evidence."""

    id: str = ""
    name: str = ""
    narrative: str = ""
    description: str = ""
    genre: str = ""
    audience: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A credential as read; nothing in it has been checked.

    Identity is (``issuer.id``, ``id``); of several with one identity the newest ``valid_from``
    counts.

    Attributes:
        source: File name it came from, with ``!member`` for a member of an archive.
        pointer: JSON pointer of the credential in the document of ``source``.
        document: The credential's own JSON with every field, known or not; for a JWT its payload.
        token: The compact JWS or JWT, empty for an embedded proof or none.
        types: ``type`` values as written.
        achievements: Usually one; a record may hold several, an endorsement none.
        results: What the person reached.
        comment: What an endorsement says.
        endorses: Id of what an endorsement is about.
        endorsements: Credentials in which others vouch for this one or its parts.
        parts: Credentials inside a record or presentation.
        issues: What could not be read of it, each with its place.
    """

    format: CredentialFormat
    source: str
    document: Mapping[str, Any] = field(compare=False, repr=False)
    pointer: str = ""
    securing: Securing = Securing.NONE
    token: str = field(default="", repr=False)
    id: str = ""
    types: tuple[str, ...] = ()
    name: str = ""
    issuer: Profile = field(default_factory=Profile)
    recipient: Recipient = field(default_factory=Recipient, repr=False)
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    awarded: datetime | None = None
    achievements: tuple[Achievement, ...] = ()
    results: tuple[Result, ...] = ()
    narrative: str = field(default="", repr=False)
    evidence: tuple[SupportingEvidence, ...] = field(default=(), repr=False)
    comment: str = ""
    endorses: str = ""
    endorsements: tuple[Credential, ...] = ()
    parts: tuple[Credential, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file of a wallet that holds no credential that can be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """What a file, folder or archive holds.

    Attributes:
        credentials: By source, then pointer.
        unread: Everything else, by source; nothing is left out silently.
    """

    credentials: tuple[Credential, ...] = ()
    unread: tuple[Unread, ...] = ()
