"""How evidence of a person looks over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from skillmatch.linking.evidence import Claim
from skillmatch.model.evidence import Assurance, EvidenceKind
from skillmatch_api.people.documents import DocumentFacts
from skillmatch_api.people.showing import ShownEvidence
from skillmatch_api.routes.candidate_models import ID
from skillmatch_api.wire.given.asked import ShownIn
from skillmatch_api.wire.given.documents import DocumentIn

MAX_HAVE = 200
MAX_DOCUMENTS = 20


class EvidenceIn(BaseModel):
    """What a person adds."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "have": ["Python; advanced; 5 years", "SQL"],
                    "documents": [{"name": "cv.txt", "text": "Five years of Python and SQL."}],
                }
            ]
        },
    )

    have: Annotated[
        tuple[Annotated[str, Field(max_length=2_000)], ...], Field(max_length=MAX_HAVE)
    ] = Field(
        default=(),
        description="Skills as names or URIs; `name; level; years`, several with commas.",
    )
    documents: Annotated[tuple[DocumentIn, ...], Field(max_length=MAX_DOCUMENTS)] = Field(
        default=(), description="Badges, archives of badges, and CVs; they are kept."
    )
    online: bool = Field(
        default=False,
        description="Fetch over https what badges need; only where the service may "
        "(SKILLMATCH_ONLINE=1).",
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.have and not self.documents:
            raise ValueError("give skills in have, or documents")
        return self

    def claims(self) -> list[Claim]:
        """Return the skills that are named.

        Raises:
            UsageError: A level or number of years makes no sense; tells the place.
        """
        return ShownIn(have=self.have).claims()


class EvidenceItem(BaseModel):
    """One skill that a person can show, and what says so."""

    id: str = Field(examples=[ID])
    uri: str = Field(description="The skill.")
    label: str
    kind: EvidenceKind
    assurance: Assurance = Field(description="How far it can be believed: the state of its proof.")
    checked_at: datetime = Field(description="When that was found.")
    reason: str = Field(description="Why, where that needs saying.")
    badge: str = Field(description="What the badge is called.")
    document: str | None = Field(description="Id of the file, where you may read it.")
    issuer: str
    issued: date | None
    text: str = Field(description="The words that say so.")
    source: str = Field(description="To its owner, the name of the file; otherwise its kind.")
    level: str
    years: float | None
    confidence: float = Field(description="That these words mean this skill, from 0 to 1.")

    @classmethod
    def of(cls, shown: ShownEvidence) -> EvidenceItem:
        """Return the item of shown evidence."""
        one = shown.evidence
        return cls(
            id=shown.id,
            uri=one.uri,
            label=one.label,
            kind=one.kind,
            assurance=one.assurance,
            checked_at=shown.checked_at,
            reason=one.reason,
            badge=shown.badge,
            document=shown.document_id,
            issuer=one.issuer,
            issued=one.issued,
            text=one.text,
            source=one.source,
            level=one.level,
            years=one.years,
            confidence=one.confidence,
        )


class DocumentItem(BaseModel):
    """A file that a person left here."""

    id: str = Field(examples=[ID])
    name: str
    media_type: str
    bytes: int
    added_at: datetime

    @classmethod
    def of(cls, one: DocumentFacts) -> DocumentItem:
        """Return the item of a file."""
        return cls(
            id=one.id,
            name=one.name,
            media_type=one.media_type,
            bytes=one.size,
            added_at=one.added_at,
        )


class EvidenceList(BaseModel):
    """What a person can show, in the order in which it was added."""

    items: list[EvidenceItem]
    documents: list[DocumentItem] = Field(description="To its owner, all files.")
    shared: bool = Field(description="Whether the person shares evidence with recruiters.")
    next: str | None = Field(description="Cursor of the page behind this one.")
    total: int


class EvidenceAdded(BaseModel):
    """What was found in what was added."""

    items: list[EvidenceItem]
    documents: list[DocumentItem]
    unread: list[str] = Field(description="Names of skills that no concept was found for.")
    notes: list[str] = Field(description="What was left out, and why.")
