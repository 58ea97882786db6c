"""What the service answers, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from skillmatch_api.client.told_people import EvidenceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateList:
    """People, by id.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[OwnRecord | SharedCard | ManagedRecord, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A person's own record.

    Attributes:
        consented: Whether recruiters can find the person now.
        external_id: What the organisation calls the person.
        shares: What others see now; empty without consent.
    """

    available_from: date | None
    consented: bool
    contact: str
    created_at: datetime
    external_id: str | None
    id: str
    languages: tuple[str, ...]
    name: str
    place: str
    revision: int
    seen_as: Literal["own"] = "own"
    shares: tuple[Literal["name", "contact", "place", "languages", "availability", "evidence"], ...]
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCard:
    """A person as recruiters see them: what the person shares now.

    Attributes:
        blind: Whether everything that may tell who it is was hidden.
    """

    available_from: date | None
    blind: bool
    contact: str
    id: str
    languages: tuple[str, ...]
    name: str
    place: str
    seen_as: Literal["shared"] = "shared"
    shares: tuple[Literal["name", "contact", "place", "languages", "availability", "evidence"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedRecord:
    """A person as an administrator sees them: that there is a record, and nothing in it.

    Attributes:
        claimed: Whether the person has taken the record over.
        consented: Whether recruiters can find the person now.
    """

    claimed: bool
    consented: bool
    created_at: datetime
    external_id: str | None
    id: str
    revision: int
    seen_as: Literal["managed"] = "managed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A person who has just registered or claimed their record, with their own key.

    Attributes:
        consented: Whether recruiters can find the person now.
        external_id: What the organisation calls the person.
        key: Your own key: keep it, nobody can read it again. None where your login is bound to
            you instead.
        shares: What others see now; empty without consent.
    """

    available_from: date | None
    consented: bool
    contact: str
    created_at: datetime
    external_id: str | None
    id: str
    key: str | None
    languages: tuple[str, ...]
    name: str
    place: str
    revision: int
    seen_as: Literal["own"] = "own"
    shares: tuple[Literal["name", "contact", "place", "languages", "availability", "evidence"], ...]
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentHistory:
    """All that a person ever allowed, oldest first.

    Attributes:
        live: The one that counts now.
    """

    items: tuple[ConsentOut, ...]
    live: ConsentOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentOut:
    """A consent that was given.

    Attributes:
        live: Whether it counts now.
    """

    expires_at: datetime | None
    fields: tuple[Literal["name", "contact", "place", "languages", "availability", "evidence"], ...]
    granted_at: datetime
    id: str
    live: bool
    purpose: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceList:
    """What a person can show, in the order in which it was added.

    Attributes:
        documents: To its owner, all files.
        next: Cursor of the page behind this one.
        shared: Whether the person shares evidence with recruiters.
    """

    documents: tuple[DocumentItem, ...]
    items: tuple[EvidenceItem, ...]
    next: str | None
    shared: bool
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItem:
    """A file that a person left here."""

    added_at: datetime
    bytes: int
    id: str
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded:
    """What was found in what was added.

    Attributes:
        notes: What was left out, and why.
        unread: Names of skills that no concept was found for.
    """

    documents: tuple[DocumentItem, ...]
    items: tuple[EvidenceItem, ...]
    notes: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewList:
    """Who looked, newest first.

    Attributes:
        next: Cursor of the page behind this one.
    """

    items: tuple[ViewItem, ...]
    next: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewItem:
    """That a person was shown to somebody.

    Attributes:
        blind: Whether name, contact, place and languages were hidden.
        by: Key or login that looked, or `operator`: the command line.
        by_name: What the organisation calls that key.
        search_id: Entry of the audit log that this belongs to.
    """

    action: str
    at: datetime
    blind: bool
    by: str
    by_name: str
    id: str
    search_id: str | None
