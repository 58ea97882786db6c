"""Write any framework as SKOS with the ESCO model's and skillmatch's own properties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from skillmatch.atomic import replacing
from skillmatch.model.framework import Framework
from skillmatch.readers.rdf.formats import rdf_format
from skillmatch.readers.rdf.resources import Resource, check_resource
from skillmatch.readers.rdf.skos_resources import framework_resources
from skillmatch.readers.rdf.syntaxes import write_ntriples, write_turtle
from skillmatch.readers.rdf.trees import write_jsonld, write_rdfxml

_SYNTAXES: dict[str, Callable[[Iterable[Resource]], Iterator[str]]] = {
    "ttl": write_turtle,
    "rdfxml": write_rdfxml,
    "jsonld": write_jsonld,
    "nt": write_ntriples,
}


def write_skos(framework: Framework, path: Path, format: str = "ttl") -> None:  # noqa: A002
    """Write ``framework`` to ``path``; the same framework gives the same bytes.

    ``read_skos`` gives an equal framework back, except ``counts`` and ``missing``, which tell
    how a reading went. The file appears whole or not at all.

    Args:
        framework: In canonical order, its relations distinct (RDF holds a statement once).
        path: Replaced where it exists; its folder must be there.
        format: ``ttl``, ``rdfxml``, ``jsonld`` or ``nt`` (the option's own word).

    Raises:
        UsageError: No such format, or the framework holds what the format cannot say: a
            relative URI, a malformed language tag, a control character in RDF/XML.
        StorageError: The file cannot be written.
    """
    write = _SYNTAXES[rdf_format(format).name]
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(write(_checked(framework_resources(framework))))


def _checked(resources: Iterable[Resource]) -> Iterator[Resource]:
    for resource in resources:
        check_resource(resource)
        yield resource
