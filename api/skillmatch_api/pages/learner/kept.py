"""What was read from a posting and documents, on its way through the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import TypeAdapter

from skillmatch.model.evidence import Evidence
from skillmatch.model.posting import Posting
from skillmatch.model.requirement import Checklist
from skillmatch.pathway.planning.holdings import Holding
from skillmatch_api.pages.sealing import seal, unseal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What need not be read again.

    Attributes:
        frameworks: Those that ``checklist`` and ``evidence`` are expressed in.
        checklist: As it was read, before anybody edited it.
        documents: Names of the documents that were read, in order.
        evidence: Of all documents.
        holdings: Credentials among them.
        notes: What was left out of them, one sentence each.
    """

    frameworks: tuple[str, ...] = ()
    posting: Posting | None = None
    checklist: Checklist | None = None
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    holdings: tuple[Holding, ...] = ()
    notes: tuple[str, ...] = ()


def packed(kept: Kept, *, tenant_id: str, at: datetime) -> str:
    """Return a value for a hidden field."""
    return seal(_adapter().dump_json(kept), purpose=_purpose(tenant_id), at=at)


def unpacked(field: str, *, tenant_id: str, at: datetime) -> Kept | None:
    """Return what a hidden field holds; None where it was not made here, or not lately."""
    data = unseal(field, purpose=_purpose(tenant_id), at=at)
    return None if data is None else _adapter().validate_json(data)


def named(source: str, documents: frozenset[str]) -> bool:
    """Tell whether a source is one of these documents, or inside one that is an archive."""
    return source in documents or source.partition("!")[0] in documents


def _purpose(tenant_id: str) -> str:
    return f"learner 1 {tenant_id}"


@cache
def _adapter() -> TypeAdapter[Kept]:
    return TypeAdapter(Kept)
