"""Documents of a request as a person brings them to their record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from skillmatch_api.people.adding import Brought
from skillmatch_api.wire.given.documents import DocumentIn, name_of, read_all

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/json",
        "jsonld": "application/ld+json",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": "text/plain",
        "zip": "application/zip",
    }
)
"""By the ending of a name; of another ending nothing is said."""


def brought_of(documents: Sequence[DocumentIn]) -> tuple[Brought, ...]:
    """Return the documents as they are to be kept, under names that differ.

    Raises:
        UnreadableError: Documents hold neither readable text nor a credential; names each.
    """
    named = _named_apart(documents)
    return tuple(
        Brought(
            name=one.name,
            media_type=MEDIA_TYPES.get(
                one.name.rpartition(".")[2].lower(), "application/octet-stream"
            ),
            content=one.data,
            read=read,
        )
        for one, read in zip(named, read_all(named), strict=True)
    )


def _named_apart(documents: Sequence[DocumentIn]) -> list[DocumentIn]:
    """Return the documents under names that differ, so that evidence finds its own."""
    named: dict[str, DocumentIn] = {}
    for place, one in enumerate(documents):
        name = name_of(one, place)
        while name in named:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}-{place + 1}.{ending}" if dot else f"{name}-{place + 1}"
        named[name] = one.model_copy(update={"name": name})
    return list(named.values())
