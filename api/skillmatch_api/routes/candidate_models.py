"""How people look over HTTP: as they say it, as they see it, and as others do."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from skillmatch_api.people.cards import CandidateCard
from skillmatch_api.people.consents import Field as Shared
from skillmatch_api.people.consents import is_live
from skillmatch_api.people.registering import Details
from skillmatch_api.store.tables import Consent, Person

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}", re.ASCII)
ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
"""An id for examples."""


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("it holds a character that cannot be printed; write it in one line")
    return value


def language_tag(value: str) -> str:
    """Return a language tag in its usual case: ``en``, ``pt-BR``, ``zh-Hant``.

    Raises:
        ValueError: It is none.
    """
    if not _TAG.fullmatch(value):
        raise ValueError("it is no language tag; write for example en, de or pt-BR")
    first, *others = value.lower().split("-")
    sizes = {2: str.upper, 4: str.title}
    return "-".join([first, *(sizes.get(len(one), str.lower)(one) for one in others)])


Line = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_printable)
]
"""One line that a person wrote."""
Language = Annotated[str, Field(max_length=40), AfterValidator(language_tag)]
ExternalId = Annotated[Line, Field(min_length=1)]

_DETAILS: dict[str, Any] = {
    "name": "Ada Example",
    "contact": "ada@example.org",
    "place": "Vienna",
    "languages": ["de", "en"],
    "available_from": "2027-01-01",
}


class DetailsIn(BaseModel):
    """What a person says of themselves; whatever is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_DETAILS]})

    name: Line = Field(default="", description="As the person wants to be called.")
    contact: Line = Field(
        default="", description="E-mail address; badges count as verified if issued to it."
    )
    place: Line = Field(default="", description="Where the person can work.")
    languages: Annotated[list[Language], Field(max_length=50)] = Field(
        default=[], description="BCP 47 tags."
    )
    available_from: date | None = Field(default=None, description="None is at once.")

    def over(self, known: Details) -> Details:
        """Return what is known, with whatever was sent in its place."""
        sent = self.model_fields_set
        return Details(
            name=self.name if "name" in sent else known.name,
            contact=self.contact if "contact" in sent else known.contact,
            place=self.place if "place" in sent else known.place,
            languages=tuple(self.languages) if "languages" in sent else known.languages,
            available_from=(
                self.available_from if "available_from" in sent else known.available_from
            ),
        )


class CandidateIn(DetailsIn):
    """A person to be registered."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{**_DETAILS, "myself": True}]}
    )

    myself: bool | None = Field(
        default=None,
        description="Whether you register yourself and get your own key. Without it: yes with a "
        "learner's key or login, no with any other.",
    )
    external_id: ExternalId | None = Field(
        default=None, description="What your organisation calls this person; not for oneself."
    )


class OwnRecord(BaseModel):
    """A person's own record."""

    seen_as: Literal["own"] = "own"
    id: str = Field(examples=[ID])
    name: str
    contact: str
    place: str
    languages: tuple[str, ...]
    available_from: date | None
    external_id: str | None = Field(description="What the organisation calls the person.")
    shares: tuple[Shared, ...] = Field(description="What others see now; empty without consent.")
    consented: bool = Field(description="Whether recruiters can find the person now.")
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, person: Person, shared: frozenset[Shared] | None) -> OwnRecord:
        """Return the record of a row."""
        return cls(
            id=person.id,
            name=person.name,
            contact=person.contact,
            place=person.place,
            languages=tuple(person.languages),
            available_from=person.available_from,
            external_id=person.external_id,
            shares=tuple(one for one in Shared if one in (shared or ())),
            consented=shared is not None,
            created_at=person.created_at,
            updated_at=person.updated_at,
            revision=person.revision,
        )


class SharedCard(BaseModel):
    """A person as recruiters see them: what the person shares now."""

    seen_as: Literal["shared"] = "shared"
    id: str = Field(examples=[ID])
    blind: bool = Field(description="Whether everything that may tell who it is was hidden.")
    shares: tuple[Shared, ...]
    name: str
    contact: str
    place: str
    languages: tuple[str, ...]
    available_from: date | None

    @classmethod
    def of(cls, card: CandidateCard) -> SharedCard:
        """Return a card."""
        return cls(
            id=card.id,
            blind=card.blind,
            shares=card.shares,
            name=card.name,
            contact=card.contact,
            place=card.place,
            languages=card.languages,
            available_from=card.available_from,
        )


class ManagedRecord(BaseModel):
    """A person as an administrator sees them: that there is a record, and nothing in it."""

    seen_as: Literal["managed"] = "managed"
    id: str = Field(examples=[ID])
    external_id: str | None
    claimed: bool = Field(description="Whether the person has taken the record over.")
    consented: bool = Field(description="Whether recruiters can find the person now.")
    created_at: datetime
    revision: int

    @classmethod
    def of(cls, person: Person, shared: frozenset[Shared] | None) -> ManagedRecord:
        """Return the record of a row."""
        return cls(
            id=person.id,
            external_id=person.external_id,
            claimed=person.claimed_at is not None,
            consented=shared is not None,
            created_at=person.created_at,
            revision=person.revision,
        )


AnyRecord = Annotated[OwnRecord | SharedCard | ManagedRecord, Field(discriminator="seen_as")]


class CandidateList(BaseModel):
    """People, by id."""

    items: list[AnyRecord]
    next: str | None = Field(description="Cursor of the page behind this one.")
    total: int


class Registered(OwnRecord):
    """A person who has just registered or claimed their record, with their own key."""

    key: str | None = Field(
        description="Your own key: keep it, nobody can read it again. None where your login is "
        "bound to you instead."
    )


class ConsentIn(BaseModel):
    """What a person allows."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "purpose": "candidate-search",
                    "fields": ["name", "evidence", "availability"],
                    "expires_at": "2027-05-22T00:00:00Z",
                }
            ]
        },
    )

    purpose: Literal["candidate-search"] = Field(
        default="candidate-search", description="What for: to be found by recruiters here."
    )
    fields: Annotated[list[Shared], Field(max_length=len(Shared))] = Field(
        description="What recruiters may see beside which skills you have and how far they are "
        "proven."
    )
    expires_at: AwareDatetime | None = Field(
        default=None, description="Until when, with its time zone; None is no end."
    )


class ConsentOut(BaseModel):
    """A consent that was given."""

    id: str = Field(examples=[ID])
    purpose: str
    fields: tuple[Shared, ...]
    granted_at: datetime
    expires_at: datetime | None
    withdrawn_at: datetime | None
    live: bool = Field(description="Whether it counts now.")

    @classmethod
    def of(cls, row: Consent, *, at: datetime) -> ConsentOut:
        """Return the consent of a row, as it is at a moment."""
        return cls(
            id=row.id,
            purpose=row.purpose,
            fields=tuple(map(Shared, row.fields)),
            granted_at=row.granted_at,
            expires_at=row.expires_at,
            withdrawn_at=row.withdrawn_at,
            live=is_live(row, at=at),
        )


class ConsentHistory(BaseModel):
    """All that a person ever allowed, oldest first."""

    items: list[ConsentOut]
    live: ConsentOut | None = Field(description="The one that counts now.")
