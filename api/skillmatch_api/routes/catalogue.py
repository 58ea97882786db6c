"""``/v1/catalogue``: what is on offer, kept for an organisation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as PathParameter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from skillmatch.model.catalogue import CatalogueCheck, ImportReport
from skillmatch.model.offer import Catalogue
from skillmatch.readers.offers import catalogue_json
from skillmatch.report.catalogue import check_json, import_json
from skillmatch.service.catalogue_checking import check_with
from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.engine import catalogues
from skillmatch_api.engine.catalogues import Shelf
from skillmatch_api.errors import AbsentError
from skillmatch_api.store.tables import StoredCatalogue
from skillmatch_api.wire.answers import cursors, etags
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.asked import Day
from skillmatch_api.wire.given.documents import MAX_DOCUMENTS, DocumentIn, files_of
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone, needs

router = APIRouter(tags=["catalogue"])

Keeper = Annotated[Principal, Depends(needs(Scope.PROVIDER, Scope.ADMIN))]
CatalogueName = Annotated[
    str, PathParameter(max_length=64, pattern=catalogues.NAME.pattern, examples=["city-college"])
]
_SHEET = "name,provider,skills,cost,currency\nPython basics,City College,Python,120,EUR\n"


class CatalogueIn(BaseModel):
    """Files of offers: CTDL, Open Badges, CSV, XLSX, a zip of these, or a stored catalogue."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"documents": [{"name": "offers.csv", "text": _SHEET}]}]},
    )

    documents: Annotated[tuple[DocumentIn, ...], Field(min_length=1, max_length=MAX_DOCUMENTS)]


class CatalogueListed(BaseModel):
    """A catalogue, without its offers."""

    name: str
    offers: int | None = None
    imported_at: datetime | None = None
    shared: Annotated[
        bool, Field(description="Imported by the operator for everybody; it cannot be changed.")
    ] = False


class Catalogues(BaseModel):
    """Catalogues that plans may use, by name."""

    items: list[CatalogueListed]
    next: str | None = Field(default=None, description="Cursor of the page behind this one.")


@router.get(
    "/v1/catalogue", dependencies=[Depends(light)], responses=declared(401, 403, 422, 429, 503)
)
def list_catalogues(
    caller: Anyone, services: ServicesHere, limit: Limit = 50, cursor: Cursor = None
) -> Catalogues:
    """List the catalogues of your organisation, and those that are there for everybody, by name."""
    (after,) = cursors.decode(cursor, (str,)) if cursor is not None else ("",)
    kept = StoredCatalogue
    with services.store.reading() as session:
        rows = session.execute(
            select(kept.name, kept.offers, kept.imported_at)
            .where(kept.tenant_id == caller.tenant_id, kept.name > after)
            .order_by(kept.name)
            .limit(limit + 1)
        ).all()
        shared = Shelf(session, caller.tenant_id, services.settings.library).shared
    every = {
        name: CatalogueListed(name=name, shared=True) for name in shared if name > str(after)
    } | {
        name: CatalogueListed(name=name, offers=offers, imported_at=at) for name, offers, at in rows
    }
    names = sorted(every)
    return Catalogues(
        items=[every[name] for name in names[:limit]],
        next=cursors.encode([names[limit - 1]]) if len(names) > limit else None,
    )


@router.get(
    "/v1/catalogue/{name}",
    response_model=Catalogue,
    dependencies=[Depends(light)],
    responses=declared(401, 403, 404, 422, 429, 503),
)
def get_catalogue(name: CatalogueName, caller: Anyone, services: ServicesHere) -> Response:
    """Return a catalogue as `skillmatch catalogue import --out` writes it."""
    with services.store.reading() as session:
        row = catalogues.kept(session, tenant_id=caller.tenant_id, name=name)
        if row is not None:
            response = json_text(row.body)
            response.headers["ETag"] = etags.tag_of(row.revision)
            return response
        shelf = Shelf(session, caller.tenant_id, services.settings.library)
        return json_text(catalogue_json(shelf.get(name)))


@router.put(
    "/v1/catalogue/{name}",
    response_model=ImportReport,
    dependencies=[Depends(heavy)],
    responses={
        **declared(401, 403, 409, 412, 413, 422, 429, 503),
        201: {"model": ImportReport, "description": "There was none of this name."},
    },
)
def put_catalogue(
    name: CatalogueName,
    body: CatalogueIn,
    caller: Keeper,
    services: ServicesHere,
    request: Request,
) -> Response:
    """Read offers, find the skills that they award, and keep them under a name.

    Skills that a person reviewed in the catalogue before stay. The answer says what was kept and
    what was left out, as `skillmatch catalogue import --json` does.
    """
    read = catalogues.read_files(files_of(body.documents), name=name)
    with services.store.reading() as session:
        before, seen = catalogues.before(session, tenant_id=caller.tenant_id, name=name)
    etags.check(request, seen)
    with services.matchers.lent() as matcher:
        catalogue, report = catalogues.align(matcher, read, before)
    with services.store.writing() as session:
        revision = catalogues.keep(
            session,
            catalogue,
            tenant_id=caller.tenant_id,
            seen=seen,
            by=caller.caller,
            at=services.clock(),
        )
    response = json_text(import_json(report), status=200 if seen else 201)
    response.headers["ETag"] = etags.tag_of(revision)
    response.headers["Location"] = f"/v1/catalogue/{name}"
    return response


@router.delete(
    "/v1/catalogue/{name}",
    status_code=204,
    responses=declared(401, 403, 404, 412, 422, 429, 503),
)
def delete_catalogue(
    name: CatalogueName, caller: Keeper, services: ServicesHere, request: Request
) -> None:
    """Forget a catalogue of your organisation."""
    with services.store.writing() as session:
        row = catalogues.kept(session, tenant_id=caller.tenant_id, name=name)
        if row is None:
            raise AbsentError(f"your organisation has no catalogue {name!r}")
        etags.check(request, row.revision)
        session.delete(row)
        deeds.record(session, caller, "catalogue.delete", subject=name, at=services.clock())


@router.get(
    "/v1/catalogue/{name}/check",
    response_model=CatalogueCheck,
    dependencies=[Depends(heavy)],
    responses=declared(401, 403, 404, 413, 422, 429, 503),
)
def check_catalogue(
    name: CatalogueName, caller: Anyone, services: ServicesHere, at: Day | None = None
) -> Response:
    """Tell what to mend in a catalogue, as `skillmatch catalogue check --json` does."""
    day: date = at or services.clock().date()
    with services.store.reading() as session:
        read = Shelf(session, caller.tenant_id, services.settings.library).get(name)
    with services.matchers.lent() as matcher:
        found = check_with(matcher, catalogues.for_plan(matcher, [read], at=day), at=day)
    return json_text(check_json(found))
