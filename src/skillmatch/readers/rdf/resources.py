"""One RDF subject with all that is said of it: what the four syntaxes are written from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from skillmatch.errors import UsageError
from skillmatch.model.concept import LangText

# RFC 3987 in the terms of the Turtle grammar: a scheme, then none of the delimiters of IRIREF.
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]+(-[A-Za-z0-9]+)*")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """A literal with a datatype; its lexical form decides its bytes."""

    text: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A subject, its classes and its properties, in the order in which they are written.

    Attributes:
        uri: ``""`` for a blank node, which only stands as a value of another resource.
        properties: Pairs of a property URI and its values, never empty.
    """

    uri: str
    classes: tuple[str, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...]


# A plain ``str`` is the URI of another resource.
Value = str | LangText | Typed | Resource


def check_resource(resource: Resource) -> None:
    """Refuse what no RDF syntax can say, before a byte of it is written.

    Raises:
        UsageError: A URI is relative or holds forbidden characters, a language tag is none of
            BCP 47, or a text holds half of a surrogate pair.
    """
    if resource.uri:
        _check_iri(resource.uri, resource.uri)
    for _, values in resource.properties:
        for value in values:
            if isinstance(value, LangText):
                _check_text(value, resource.uri)
            elif isinstance(value, str):
                _check_iri(value, resource.uri)
            elif isinstance(value, Resource):
                check_resource(value)


def _check_iri(uri: str, subject: str) -> None:
    if _ABSOLUTE_IRI.fullmatch(uri) is None:
        raise UsageError(f"{uri!r} (said of {subject!r}) is no absolute URI, so RDF cannot say it")


def _check_text(value: LangText, subject: str) -> None:
    if value.language and _LANGUAGE_TAG.fullmatch(value.language) is None:
        raise UsageError(
            f"{value.language!r} (on a text of {subject!r}) is no language tag; "
            "RDF takes tags such as de or pt-BR"
        )
    if _SURROGATE.search(value.text):
        raise UsageError(f"a text of {subject!r} holds half of a character; mend it at its source")
