"""Catalogues, offers, imports and checks as JSON; schemas come from the same values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.catalogue import CatalogueCheck, CatalogueEntry, ImportReport
from skillmatch.model.offer import Catalogue
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def check_json(check: CatalogueCheck) -> str:
    """Return all findings: keys sorted, two spaces, ending in a newline."""
    return indented_json(_adapter(CatalogueCheck).dump_python(check, mode="json")) + "\n"


def import_json(report: ImportReport) -> str:
    """Return what an import kept and left out."""
    return indented_json(_adapter(ImportReport).dump_python(report, mode="json")) + "\n"


def entries_json(entries: Sequence[CatalogueEntry]) -> str:
    """Return the imported catalogues as a list."""
    adapter = _adapter(CatalogueEntry)
    return indented_json([adapter.dump_python(one, mode="json") for one in entries]) + "\n"


def offers_json(catalogue: Catalogue) -> str:
    """Return a catalogue of the offers that were chosen, as ``catalogue-1.json`` describes it.

    It can be read like any catalogue.
    """
    value = _adapter(Catalogue).dump_python(catalogue, mode="json", exclude_defaults=True)
    return indented_json({**value, "schema_version": catalogue.schema_version}) + "\n"


def offer_json(catalogue: Catalogue, *, leads_to: Sequence[str]) -> str:
    """Return a catalogue of one offer, and the ids of offers that it leads to.

    Args:
        catalogue: Holds the offer alone.
        leads_to: Ids of offers that count it or ask for it.
    """
    value = _adapter(Catalogue).dump_python(catalogue, mode="json")
    (offer,) = value["offers"]
    page = {"catalogue": catalogue.name, "offer": offer, "leads_to": list(leads_to)}
    return indented_json(page) + "\n"


def catalogue_schema() -> dict[str, Any]:
    """Return the JSON Schema of a stored catalogue; what is not said is left out of it."""
    schema = _adapter(Catalogue).json_schema(mode="validation")
    required = sorted({*schema.get("required", ()), "schema_version"})
    title = "skillmatch catalogue, version catalogue-1"
    return described({**schema, "required": required}, title)


def check_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``check_json``."""
    schema = _adapter(CatalogueCheck).json_schema(mode="serialization")
    title = "skillmatch catalogue check, version catalogue-check-1"
    return described(schema, title)
