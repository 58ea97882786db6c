"""Terms of CTDL on JSON nodes, whichever of their names a publisher uses.

The Registry writes ``ceterms:name``, documentation ``name``, an expanded document the full IRI. All
are one term here. What has another meaning than these is left alone.

Source: Credential Engine, CTDL and CTDL-ASN terms.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from skillmatch.model.offer import OfferKind
from skillmatch.readers.credentials.node import MISSING, Node, step

_NAMESPACES = (
    "ceterms:",
    "",
    "ceasn:",
    "schema:",
    "https://purl.org/ctdl/terms/",
    "http://purl.org/ctdl/terms/",
    "https://purl.org/ctdlasn/terms/",
    "https://schema.org/",
    "http://schema.org/",
)
_SIGNS = ("ceterms:", "https://purl.org/ctdl", "http://purl.org/ctdl")
_TAG = re.compile(r"@?[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*|@none|none|und")
_ENGLISH = re.compile(r"@?en\b", re.IGNORECASE)

PATHWAY = "Pathway"
_EXACT = {
    "Badge": OfferKind.BADGE,
    "DigitalBadge": OfferKind.BADGE,
    "OpenBadge": OfferKind.BADGE,
    "MicroCredential": OfferKind.BADGE,
    "Certification": OfferKind.CERTIFICATION,
    "License": OfferKind.LICENCE,
    "Credential": OfferKind.OTHER,
    "Diploma": OfferKind.CERTIFICATE,
    "SecondarySchoolDiploma": OfferKind.CERTIFICATE,
    "GeneralEducationDevelopment": OfferKind.CERTIFICATE,
    "Course": OfferKind.COURSE,
    "LearningOpportunity": OfferKind.COURSE,
    "LearningOpportunityProfile": OfferKind.COURSE,
    "LearningProgram": OfferKind.PROGRAMME,
    "Assessment": OfferKind.ASSESSMENT,
    "AssessmentProfile": OfferKind.ASSESSMENT,
    PATHWAY: OfferKind.PROGRAMME,
    "CourseComponent": OfferKind.COURSE,
    "AssessmentComponent": OfferKind.ASSESSMENT,
    "CredentialComponent": OfferKind.OTHER,
    "CocurricularComponent": OfferKind.OTHER,
    "ExtracurricularComponent": OfferKind.OTHER,
}
_DEGREE = re.compile(r"\w*(?:Degree|Doctorate)")
_CERTIFICATE = re.compile(r"(?:\w*Certificate|CertificateOf\w+)")
CERTIFYING = frozenset(OfferKind) - {OfferKind.COURSE, OfferKind.PROGRAMME}
"""Kinds of which the competencies that they demand are what they certify."""


@functools.cache
def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(namespace + name for name in names for namespace in _NAMESPACES)


@functools.cache
def _key_set(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_keys(names))


def term(node: Node, *names: str) -> Node:
    """Return the first of these terms that a node has."""
    value = node.value
    # Nine names of a term make most lookups vain, so these are told apart at once.
    if isinstance(value, dict) and not _key_set(names).isdisjoint(value):
        for key in _keys(names):
            found = value.get(key)
            if found is not None:
                return Node(found, step(node.pointer, key))
    return MISSING


def many(node: Node, *names: str) -> Iterator[Node]:
    """Yield the values of all these terms."""
    if len(names) > 1 and term(node, *names) is MISSING:
        return
    for name in names:
        if found := term(node, name):
            yield from found.many()


def objects(node: Node, *names: str) -> tuple[Node, ...]:
    """Return the values of all these terms that are objects."""
    return tuple(one for one in many(node, *names) if isinstance(one.value, dict))


def texts(node: Node) -> tuple[str, ...]:
    """Return the texts of a value: of one language English, else the first by tag."""
    value = node.value
    if isinstance(value, str):
        return (stripped,) if (stripped := value.strip()) else ()
    if isinstance(value, bool) or value is None:
        return ()
    if isinstance(value, int | float):
        return (f"{value:g}",)
    if isinstance(value, list | tuple):
        return _texts_of_list(node)
    return _texts_of_object(node)


def _texts_of_list(node: Node) -> tuple[str, ...]:
    tagged = [
        one for one in node.many() if isinstance(one.value, dict) and "@language" in one.value
    ]
    english = [one for one in tagged if _ENGLISH.match(str(one.value["@language"]))]
    chosen = english or tagged[:1] or node.many()
    return tuple(text for one in chosen for text in texts(one))


def _texts_of_object(node: Node) -> tuple[str, ...]:
    if "@value" in node.value:
        return texts(node.get("@value"))
    if len(node.value) == 1 and (english := node.value.get("en")):
        return texts(Node(english))
    tags = sorted(node.value, key=lambda tag: (not _ENGLISH.match(tag), tag))
    if not tags or "@id" in tags or not all(_TAG.fullmatch(tag) for tag in tags):
        return ()
    return texts(node.get(tags[0]))


def text(node: Node, *names: str) -> str:
    """Return the first text that one of these terms has, in one line."""
    if len(names) > 1 and term(node, *names) is MISSING:
        return ""
    for name in names:
        if (held := term(node, name)) is MISSING:
            continue
        for found in texts(held):
            if line := " ".join(found.split()):
                return line
    return ""


def reference(node: Node) -> str:
    """Return what a value points at: itself where it is a text, else its ``@id``."""
    found = node.value
    if isinstance(found, dict):
        found = found.get("@id")
        if found is None:
            found = node.value.get("id")
    return found.strip() if isinstance(found, str) else ""


def address(node: Node, name: str) -> str:
    """Return the first address that a term has, written as a text or as a reference."""
    return text(node, name) or next(
        (raw for one in many(node, name) if (raw := reference(one))), ""
    )


def classes(node: Node) -> tuple[str, ...]:
    """Return the types of a node without prefix or namespace."""
    return tuple(re.split(r"[:/#]", one)[-1] for one in node.types())


def offer_kind(node: Node) -> OfferKind | None:
    """Return what a node describes, None where it is nothing that a learner can take."""
    for name in classes(node):
        if name in _EXACT:
            return _EXACT[name]
        if _DEGREE.fullmatch(name):
            return OfferKind.DEGREE
        if _CERTIFICATE.fullmatch(name):
            return OfferKind.CERTIFICATE
    return None


def speaks_ctdl(node: Node) -> bool:
    """Tell whether a node uses the terms of CTDL or names its context."""
    if not isinstance(node.value, dict):
        return False
    if any(key.startswith(_SIGNS) for key in node.value):
        return True
    if any(one.startswith(_SIGNS) for one in node.types()):
        return True
    return any("ctdl" in one.value for one in node.many("@context") if isinstance(one.value, str))


def label(node: Node) -> str:
    """Return the name of an alignment: what it says, else the last part of what it points at."""
    if found := text(node, "targetNodeName", "name"):
        return found
    code = term_code(node)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code)


def term_code(node: Node) -> str:
    """Return the last part of the term that an alignment points at, as in ``deliver:InPerson``."""
    pointed = term(node, "targetNode") if isinstance(node.value, dict) else node
    target = reference(pointed) or reference(node)
    return re.split(r"[:/#]", target)[-1]
