"""A2, A3, A9 and A10: contexts, terms that nobody defined, identifiers, keys given away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from skillmatch.jsonld import JsonLdError, UnknownContextError, dropped_terms, known_contexts
from skillmatch.quality.badge import Badge, is_second, walk
from skillmatch.quality.field_rules import VC2
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import EVERY, OPEN_BADGES, VERIFIABLE, Kind
from skillmatch.quality.registry import rule
from skillmatch.readers.credentials.node import Node, step

VC1 = "https://www.w3.org/2018/credentials/v1"
MAX_DROPPED = 50
_OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context"
_OB2 = re.compile(r"https://(?:w3id\.org/openbadges|purl\.imsglobal\.org/spec/ob)/v[12]\S*")
_CTID = re.compile(
    r"ce-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE
)
_REGISTRY = re.compile(r"credentialengineregistry\.org/(?:resources|graph)/([^/?#]+)")
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "k"})
_PRIVATE_KEYS = re.compile(r"(?:private|secret)_?key(?:\w*)", re.IGNORECASE)


@rule(
    "A2",
    severity=Severity.ERROR,
    title="The contexts are out of order, missing or of an unknown version",
    why="@context gives every other word its meaning; in another order or version the same words "
    "mean something else, and signatures fail.",
    mend="Put https://www.w3.org/ns/credentials/v2 first and "
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json second (Open Badges 2.0: only "
    "https://w3id.org/openbadges/v2).",
    source="W3C Verifiable Credentials Data Model 2.0, section 4.3; 1EdTech Open Badges 3.0, "
    "AchievementCredential; Open Badges 2.0, section 3",
    kinds=(VERIFIABLE | OPEN_BADGES) - {Kind.EDC},
)
def contexts_in_order(badge: Badge) -> Iterator[Flaw]:
    """Yield what is wrong with the contexts of the document itself."""
    place = step(badge.root.pointer, "@context")
    named = [one.value for one in badge.root.many("@context")]
    if is_second(badge.kind):
        yield from _old_contexts(badge.root, named)
    elif badge.kind is Kind.OB3_ACHIEVEMENT:
        if named and not any(_is_ours(badge.kind, one) for one in named):
            yield Flaw(pointer=place, message="no context of Open Badges 3.0 is named")
    elif named:
        yield from _new_contexts(badge.kind, place, named)


@rule(
    "A3",
    severity=Severity.ERROR,
    title="A term or an id gets lost, because no context defines it",
    why="JSON-LD drops undefined terms and relative ids silently: they are shown, but neither "
    "signed nor understood by anybody else.",
    mend="Correct the spelling, use the field that the specification has for it, or add a "
    "published context that defines it; write ids and types as absolute URIs.",
    source="W3C JSON-LD 1.1, section 3.1; W3C Verifiable Credentials Data Integrity, section 2.4.2",
    kinds=(VERIFIABLE | OPEN_BADGES) - {Kind.EDC},
)
def dropped(badge: Badge) -> Iterator[Flaw]:
    """Yield the places that expansion drops."""
    document = badge.root.value
    if not isinstance(document, Mapping) or not document.get("@context"):
        return
    place = step(badge.root.pointer, "@context")
    try:
        pointers = dropped_terms(document)
    except UnknownContextError as fault:
        yield Flaw(pointer=place, message=f"not checked: {fault.reason}", severity=Severity.NOTE)
        return
    except JsonLdError as fault:
        note = Severity.NOTE if _has_inline(document) else None
        yield Flaw(pointer=place, message=f"not checked: {fault.reason}", severity=note)
        return
    for pointer in pointers[:MAX_DROPPED]:
        yield Flaw(
            pointer=badge.root.pointer + pointer,
            message="no context defines this, or it is relative; expansion drops it",
            words=_dropped_words(document, pointer),
        )


def _dropped_words(document: Mapping[str, object], pointer: str) -> str:
    """Return the key that is dropped, or the type or id at that place."""
    value: object = document
    name = ""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
    is_name = name in {"type", "@type", "id", "@id"} or name.isdigit()
    return (value if is_name and isinstance(value, str) else name)[:80]


@rule(
    "A9",
    severity=Severity.ERROR,
    title="A CTID is not ce- and a UUID of version 4",
    why="The Credential Registry refuses it, and no link to it can ever work.",
    mend="Take it from the registry, or make one: ce- followed by a new random UUID.",
    source="Credential Engine, CTDL terms, ceterms:ctid",
    kinds=EVERY,
)
def ctids(badge: Badge) -> Iterator[Flaw]:
    """Yield CTIDs, also those inside links to the registry, that are none."""
    for key, node in walk(badge.root):
        value = node.value
        if not isinstance(value, str):
            continue
        linked = _REGISTRY.search(value) if key == "targetUrl" else None
        ctid = value if key in {"ceterms:ctid", "ctid"} else linked[1] if linked else None
        if ctid is not None and not _CTID.fullmatch(ctid):
            yield Flaw(pointer=node.pointer, message="this is no CTID", words=ctid[:80])


@rule(
    "A10",
    severity=Severity.ERROR,
    title="A private key is given away",
    why="Whoever has it can issue badges in the issuer's name.",
    mend="Take this file out of reach, replace the key at once, tell everyone who trusts it, and "
    "publish only the public part (for JWK: kty, crv, x, y or kty, n, e).",
    source="RFC 7517, section 9.2; RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1",
    kinds=EVERY,
)
def private_keys(badge: Badge) -> Iterator[Flaw]:
    """Yield places with private key material; the material itself is never repeated."""
    for key, node in walk(badge.root):
        value = node.value
        if isinstance(value, Mapping) and isinstance(value.get("kty"), str):
            for name in sorted(_PRIVATE_MEMBERS & set(value)):
                yield Flaw(
                    pointer=step(node.pointer, name),
                    message=f"the member {name!r} of a JWK is private",
                )
        elif isinstance(value, str) and value and _is_secret(key, value):
            yield Flaw(pointer=node.pointer, message="this is a private key")


def _is_secret(key: str, value: str) -> bool:
    named = _PRIVATE_KEYS.match(re.split(r"[:/#]", key)[-1])
    return bool(named) or ("-----BEGIN" in value and "PRIVATE KEY-----" in value)


def _is_ours(kind: Kind, context: object) -> bool:
    start = _CLR if kind is Kind.CLR else _OB3
    return isinstance(context, str) and context.startswith(start)


def _new_contexts(kind: Kind, place: str, named: list[object]) -> Iterator[Flaw]:
    if named[0] not in (VC2, VC1):
        yield Flaw(
            pointer=f"{place}/0",
            message="the first context must be that of the W3C data model",
            words=_shown(named[0]),
        )
    if kind is Kind.CREDENTIAL:
        return
    ours = [at for at, one in enumerate(named) if _is_ours(kind, one)]
    what = "CLR 2.0" if kind is Kind.CLR else "Open Badges 3.0"
    if not ours:
        yield Flaw(pointer=place, message=f"the context of {what} is missing")
    elif ours[0] != 1 and named[0] in (VC2, VC1):
        yield Flaw(pointer=f"{place}/{ours[0]}", message=f"the context of {what} must be second")
    for at in ours:
        if named[at] not in known_contexts():
            yield Flaw(
                pointer=f"{place}/{at}",
                message=f"this is no published version of the context of {what}",
                words=_shown(named[at]),
            )


def _old_contexts(root: Node, named: list[object]) -> Iterator[Flaw]:
    place = step(root.pointer, "@context")
    if not named:
        yield Flaw(pointer=root.pointer, message="no @context: this is the form of Open Badges 1.0")
    elif all(isinstance(one, Mapping) for one in named):
        yield Flaw(
            pointer=place,
            message="the context is written out instead of named, so it may differ from the "
            "published one",
            severity=Severity.WARNING,
        )
    elif not any(isinstance(one, str) and _OB2.fullmatch(one) for one in named):
        yield Flaw(
            pointer=place,
            message="no published context of Open Badges 2.0 is named",
            words=_shown(named[0]),
        )


def _has_inline(document: Mapping[str, object]) -> bool:
    context = document.get("@context")
    parts = context if isinstance(context, list) else [context]
    return any(isinstance(one, Mapping) for one in parts)


def _shown(value: object) -> str:
    return value[:120] if isinstance(value, str) else ""
