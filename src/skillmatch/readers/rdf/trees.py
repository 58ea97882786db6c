"""Resources in RDF/XML and JSON-LD, as pieces of text.

See ``syntaxes`` for why rdflib does not write them.

Source: https://www.w3.org/TR/rdf-syntax-grammar/, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

from skillmatch.errors import UsageError
from skillmatch.model.concept import LangText
from skillmatch.readers.rdf.resources import Resource, Typed, Value
from skillmatch.readers.rdf.vocabulary import (
    CLASSES,
    CURIES,
    PREFIXES,
    PROPERTIES,
    XSD,
    Range,
    split_uri,
)

# Characters that XML 1.0 can hold in no form, not even as a reference.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_DATATYPES = {
    Range.DECIMAL: XSD + "decimal",
    Range.INTEGER: XSD + "integer",
    Range.BOOLEAN: XSD + "boolean",
    Range.URI: "@id",
    Range.NODE: "@id",
}


def write_rdfxml(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield the document, one element a resource.

    Raises:
        UsageError: A text holds a control character, which XML 1.0 has no way to write.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, namespace in PREFIXES.items():
        yield f'\n    xmlns:{prefix}="{namespace}"'
    yield ">\n"
    for resource in resources:
        yield _element(resource, indent="  ", subject=resource.uri)
    yield "</rdf:RDF>\n"


def _element(resource: Resource, *, indent: str, subject: str) -> str:
    about = f' rdf:about="{escape(resource.uri)}"' if resource.uri else ""
    lines = [f"{indent}<rdf:Description{about}>\n"]
    inner = indent + "  "
    lines.extend(f'{inner}<rdf:type rdf:resource="{escape(n)}"/>\n' for n in resource.classes)
    for predicate, values in resource.properties:
        tag = CURIES[predicate]
        lines.extend(_property(tag, value, indent=inner, subject=subject) for value in values)
    return "".join(lines) + f"{indent}</rdf:Description>\n"


def _property(tag: str, value: Value, *, indent: str, subject: str) -> str:
    if isinstance(value, LangText):
        language = f' xml:lang="{value.language}"' if value.language else ""
        return f"{indent}<{tag}{language}>{_xml_text(value.text, subject)}</{tag}>\n"
    if isinstance(value, Typed):
        datatype = f' rdf:datatype="{value.datatype}"'
        return f"{indent}<{tag}{datatype}>{_xml_text(value.text, subject)}</{tag}>\n"
    if isinstance(value, Resource):
        element = _element(value, indent=indent + "  ", subject=subject)
        return f"{indent}<{tag}>\n{element}{indent}</{tag}>\n"
    return f'{indent}<{tag} rdf:resource="{escape(value)}"/>\n'


def _xml_text(text: str, subject: str) -> str:
    if _NOT_XML.search(text):
        raise UsageError(
            f"a text of {subject!r} holds a control character, which XML cannot; "
            "export as ttl, jsonld or nt"
        )
    # A parser turns a bare carriage return into a line feed; a reference survives.
    return escape(text, quote=False).replace("\r", "&#13;")


def jsonld_context() -> dict[str, object]:
    """Return the inline context: a term for each property and class, and no prefix.

    A prefix would make a URI whose scheme is spelled like it read as something else.
    """
    terms: dict[str, object] = {split_uri(uri)[1]: uri for uri in CLASSES}
    for uri, kind in PROPERTIES.items():
        datatype = _DATATYPES.get(kind)
        terms[split_uri(uri)[1]] = uri if datatype is None else {"@id": uri, "@type": datatype}
    return dict(sorted(terms.items()))


def write_jsonld(resources: Iterable[Resource]) -> Iterator[str]:
    """Yield the document: the context, then one line a resource."""
    context = json.dumps(jsonld_context(), ensure_ascii=False, indent=1)
    yield f'{{"@context": {context},\n"@graph": ['
    separator = "\n"
    for resource in resources:
        yield separator + json.dumps(_tree(resource), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _tree(resource: Resource) -> dict[str, object]:
    tree: dict[str, object] = {"@id": resource.uri} if resource.uri else {}
    if resource.classes:
        tree["@type"] = [split_uri(name)[1] for name in resource.classes]
    for predicate, values in resource.properties:
        tree[split_uri(predicate)[1]] = [_jsonld_value(value) for value in values]
    return tree


def _jsonld_value(value: Value) -> object:
    if isinstance(value, LangText):
        if not value.language:
            return value.text
        return {"@language": value.language, "@value": value.text}
    if isinstance(value, Typed):
        return value.text
    if isinstance(value, Resource):
        return _tree(value)
    return value
