"""``/v1/search`` and ``/v1/concepts``: find concepts by their labels, and look one up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LabelKind,
    LangText,
    ReuseLevel,
    SkillType,
    Status,
)
from skillmatch.service.frameworks_at_hand import Opened
from skillmatch.service.matcher import Matcher
from skillmatch.service.searching import search_concepts, search_opened
from skillmatch.store.values import MatchHow
from skillmatch_api.errors import AbsentError
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["search"], dependencies=[Depends(anyone), Depends(light)])

KINDS = {"skill": ConceptKind.SKILL, "occupation": ConceptKind.OCCUPATION}
_ERRORS = declared(401, 403, 404, 422, 429, 503)

Words = Annotated[
    str,
    Query(min_length=1, max_length=500, description="Words of a label, or how one begins."),
]
Limit = Annotated[int, Query(ge=1, le=200)]


class ConceptHit(BaseModel):
    """A concept found by one of its labels."""

    framework: str
    uri: str
    kind: ConceptKind
    pref_label: str
    label: Annotated[str, Field(description="The label that fits best.")]
    label_kind: LabelKind
    language: str
    how: MatchHow
    similarity: Annotated[float, Field(description="BM25 of that label for `words`, else 0.")]


class SearchResult(BaseModel):
    """Concepts whose labels fit, best first."""

    query: str
    kind: Literal["skill", "occupation"]
    concepts: list[ConceptHit]


class Named(BaseModel):
    """Another concept."""

    uri: str
    label: str


class ConceptOut(BaseModel):
    """What a framework says of a concept."""

    uri: str
    framework: str
    kind: ConceptKind
    status: Status
    label: str
    pref_labels: tuple[LangText, ...]
    alt_labels: tuple[LangText, ...]
    description: str
    notation: str
    skill_type: SkillType | None
    reuse_level: ReuseLevel | None
    broader: list[Named]
    narrower: list[Named]
    replaced_by: list[Named]


@router.get("/v1/search", response_model=SearchResult, responses=_ERRORS)
def search(
    services: ServicesHere,
    query: Words,
    kind: Literal["skill", "occupation"] = "skill",
    framework: Annotated[
        list[Annotated[str, Query(max_length=100)]] | None,
        Query(max_length=10, description="Only in these, as in `esco`."),
    ] = None,
    limit: Limit = 10,
) -> Response:
    """Find skills or occupations: exact labels first, then beginnings, then words in common.

    Quick enough to complete what somebody is typing. The values are those of
    `skillmatch search --json`.
    """
    return found(services, query, kind, framework or [], limit)


@router.get("/v1/concepts", responses=_ERRORS)
def concept(
    services: ServicesHere, uri: Annotated[str, Query(min_length=1, max_length=500)]
) -> ConceptOut:
    """Look a concept up by its URI."""
    with services.matchers.lent() as matcher:
        for one in matcher.frameworks.opened:
            known = one.db.find_concept(uri)
            if known is not None:
                return _shown(matcher, one, known)
        names = ", ".join(matcher.frameworks.ids)
    raise AbsentError(f"none of {names} has a concept of this URI; GET /v1/search finds concepts")


def found(services: Services, query: str, kind: str, frameworks: list[str], limit: int) -> Response:
    """Return what a search finds, in the bytes of the command line."""
    with services.matchers.lent() as matcher:
        opened = [one.db for one in matcher.frameworks.opened]
        wanted = set(frameworks)
        if not frameworks or wanted <= set(matcher.frameworks.ids):
            asked = [one for one in opened if not frameworks or one.info.id in wanted]
            hits = search_opened(asked, query, KINDS[kind], limit=limit)
        else:
            hits = search_concepts(
                query,
                KINDS[kind],
                settings=services.settings.library,
                frameworks=frameworks,
                limit=limit,
            )
    rows = [{"framework": name, **asdict(hit)} for name, hit in hits]
    value = {"query": query, "kind": kind, "concepts": rows}
    return json_text(json.dumps(value, indent=2) + "\n")


def _shown(matcher: Matcher, opened: Opened, known: Concept) -> ConceptOut:
    def named(uris: tuple[ConceptUri, ...]) -> list[Named]:
        return [Named(uri=one, label=matcher.frameworks.pref_label(one)) for one in uris]

    return ConceptOut(
        uri=known.uri,
        framework=opened.db.info.id,
        kind=known.kind,
        status=known.status,
        label=known.pref_label(),
        pref_labels=known.pref_labels,
        alt_labels=known.alt_labels,
        description=known.description(),
        notation=known.notation,
        skill_type=known.skill_type,
        reuse_level=known.reuse_level,
        broader=named(opened.db.broader(known.uri)),
        narrower=named(opened.db.narrower(known.uri)),
        replaced_by=named(known.replaced_by),
    )
