"""Offers described in the Credential Transparency Description Language, as JSON-LD.

Credentials of all classes, learning opportunities, courses, programmes, assessments and pathways.
Nothing is fetched: what a description only points at stays a reference, and is said to be one.

Source: Credential Engine, CTDL terms; Credential Registry, envelopes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.model.offer import (
    NO_CONDITION,
    Condition,
    Delivery,
    Need,
    NeedKind,
    Offer,
    OfferKind,
    OfferSkill,
    Signal,
    SignalKind,
    UnreadOffer,
)
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.node import Node
from skillmatch.readers.offers.cell_values import is_web_address
from skillmatch.readers.offers.ctdl_conditions import required, some_of
from skillmatch.readers.offers.ctdl_costs import read_cost
from skillmatch.readers.offers.ctdl_graph import Graph, competency, named_classes, read_graph
from skillmatch.readers.offers.ctdl_pathway import (
    is_component,
    read_component,
    read_pathway,
    read_stack,
    stands_for_another,
)
from skillmatch.readers.offers.ctdl_terms import (
    CERTIFYING,
    PATHWAY,
    address,
    classes,
    label,
    many,
    objects,
    offer_kind,
    reference,
    term,
    term_code,
    text,
    texts,
)
from skillmatch.readers.offers.ctdl_times import read_day, read_length, read_starts, valid_months
from skillmatch.readers.offers.found import Found, NoOfferError
from skillmatch.readers.offers.stacks import Stack

FORMAT = "CTDL"
MAX_SKILLS = 1_000
_ENDED = frozenset({"Ceased", "Deprecated", "Suspended", "Superseded", "Discontinued"})
_NOT_YET = frozenset({"Developing"})
_QUALITY = {
    "accreditedBy": "accredited by",
    "approvedBy": "approved by",
    "recognizedBy": "recognised by",
    "regulatedBy": "regulated by",
}
_EQF = re.compile(r"(?:\beqf\b|european qualifications framework)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def read_ctdl(value: object, source: str, budget: Budget) -> Found | None:
    """Return the offers of a parsed JSON document, None where it speaks no CTDL.

    Raises:
        NoOfferError: It speaks CTDL and describes nothing that can be taken.
        UnreadableError: It is damaged or asks for too much.
    """
    graph = read_graph(value, source, budget)
    if graph is None:
        return None
    offers: list[Offer] = []
    unread: list[UnreadOffer] = []
    stacks: list[Stack | None] = []
    for node in graph.offers():
        if is_component(node) and stands_for_another(node):
            continue
        try:
            offers.append(_offer(node, graph))
            stacks.append(read_stack(node, graph) if PATHWAY in classes(node) else None)
        except UnreadableError as fault:
            unread.append(UnreadOffer(source=source, pointer=node.pointer, reason=str(fault)))
    if not offers and not unread:
        what = named_classes(graph) or "nothing"
        raise NoOfferError(f"it describes {what} in CTDL, and nothing that can be taken")
    return Found(
        format=FORMAT,
        offers=tuple(offers),
        unread=tuple(unread),
        stacks=tuple(one for one in stacks if one is not None),
    )


def _offer(node: Node, graph: Graph) -> Offer:
    identity = graph.node_id(node)
    name = text(node, "name") or (identity if is_web_address(identity) else "")
    if not name:
        raise UnreadableError("it has neither a name nor an address")
    _check_status(node)
    kind = offer_kind(node) or OfferKind.OTHER
    cost, note = read_cost(node, graph)
    provider, provider_id = _provider(node, graph)
    url = address(node, "subjectWebpage")
    return Offer(
        id=identity,
        name=name,
        kind=kind,
        provider=provider,
        provider_id=provider_id,
        description="\n".join(texts(term(node, "description"))),
        url=url if is_web_address(url) else "",
        same_as=_same_as(node, graph, identity),
        cost=cost,
        cost_note=note,
        source=graph.source,
        pointer=node.pointer or "/",
        **_conditions(node, graph, kind),
        **_competencies(node, graph, kind),
        **_circumstances(node, graph),
        **_dates(node, graph, identity),
    )


def _check_status(node: Node) -> None:
    """Refuse what is no longer or not yet offered and does not say from or until when."""
    states = {
        code: label(one)
        for one in many(node, "lifeCycleStatusType", "credentialStatusType")
        if (code := term_code(one))
    }
    for code, said in states.items():
        if code in _ENDED and not term(node, "expirationDate"):
            raise UnreadableError(f"it can no longer be taken: its status is {said!r}")
        if code in _NOT_YET and not term(node, "dateEffective"):
            raise UnreadableError(f"it cannot be taken yet: its status is {said!r}")


def _conditions(node: Node, graph: Graph, kind: OfferKind) -> dict[str, Any]:
    requires = required(node, graph, certifies=kind in CERTIFYING)
    parts = _has_part(node, graph)
    if PATHWAY in classes(node):
        parts = read_pathway(node, graph)
    elif is_component(node):
        below = read_component(node, graph)
        if "CredentialComponent" in classes(node):
            parts = below
        elif requires == NO_CONDITION:
            requires = below
    towards = [graph.id_of(raw) for one in many(node, "isPartOf") if (raw := reference(one))]
    if is_component(node):
        # A component is part of its pathway, which says itself what it is made of.
        towards = []
    return {"requires": requires, "parts": parts, "counts_towards": tuple(dict.fromkeys(towards))}


def _has_part(node: Node, graph: Graph) -> Condition:
    needs = [
        Need(kind=NeedKind.OFFER, ref=ref, text=text(graph.find(one), "name") or ref)
        for one in many(node, "hasPart")
        if (ref := graph.id_of(reference(one)))
    ]
    return some_of(len(needs), needs)


def _competencies(node: Node, graph: Graph, kind: OfferKind) -> dict[str, Any]:
    """Return what is taught, assessed or certified, as skills and as outcomes."""
    found = list(many(node, "teaches", "assesses", "targetCompetency"))
    if kind in CERTIFYING:
        for profile in many(node, "requires"):
            described = graph.follow(profile)
            if isinstance(described.value, dict):
                found += many(described, "targetCompetency")
    skills = tuple(dict.fromkeys(_skills(found[:MAX_SKILLS], graph)))
    outcomes = tuple(dict.fromkeys(one.name for one in skills if one.name))
    return {"skills": skills, "outcomes": outcomes}


def _skills(found: list[Node], graph: Graph) -> Iterator[OfferSkill]:
    for one in found:
        name, address = competency(graph, one)
        if not (name or address):
            continue
        aligned = isinstance(one.value, dict)
        framework = text(one, "frameworkName") or reference(term(one, "framework"))
        yield OfferSkill(
            name=name,
            url=address,
            framework=framework if aligned else "",
            code=text(one, "codedNotation") if aligned else "",
            level=text(one, "proficiencyLevel", "performanceLevel") if aligned else "",
            pointer=one.pointer,
        )


def _circumstances(node: Node, graph: Graph) -> dict[str, Any]:
    offerings = [graph.follow(one) for one in many(node, "hasOffering")]
    places = [
        _place(graph.find(one))
        for holder in (node, *offerings)
        for one in many(holder, "availableAt")
    ]
    levels = list(many(node, "audienceLevelType", "educationLevelType", "qualificationLevel"))
    methods = [label(one) for one in many(node, "assessmentMethodType", "assessmentMethod")]
    said = text(node, "assessmentMethodDescription", "assessmentOutput")
    languages = [found for one in many(node, "inLanguage") for found in texts(one)]
    return {
        "delivery": _delivery((node, *offerings)),
        "place": "; ".join(dict.fromkeys(place for place in places if place)),
        "level": ", ".join(dict.fromkeys(filter(None, map(label, levels)))),
        "eqf": next((level for one in levels if (level := _eqf(one))), None),
        "assessment": ", ".join(dict.fromkeys(filter(None, methods))) or said,
        "languages": tuple(dict.fromkeys(one for one in languages if _LANGUAGE.fullmatch(one))),
        "accessibility": tuple(
            dict.fromkeys(
                found.lower() for one in many(node, "accommodationType") if (found := label(one))
            )
        ),
        "signals": tuple(_signals(node, graph)),
        "credits": _ects(node),
    }


def _delivery(holders: tuple[Node, ...]) -> tuple[Delivery, ...]:
    found: list[Delivery] = []
    for holder in holders:
        for one in many(holder, "deliveryType", "learningDeliveryType", "assessmentDeliveryType"):
            code = (term_code(one) or label(one)).casefold()
            if "blended" in code or "hybrid" in code:
                found.append(Delivery.BLENDED)
            elif "online" in code:
                found.append(Delivery.ONLINE)
            elif "inperson" in code or "in-person" in code:
                found.append(Delivery.IN_PERSON)
    if not found and any(term(one, "availableOnlineAt") for one in holders):
        # It says where to take it online, and nothing of any other way.
        found = [] if any(term(one, "availableAt") for one in holders) else [Delivery.ONLINE]
    return tuple(dict.fromkeys(found))


def _place(place: Node) -> str:
    if not isinstance(place.value, dict):
        return ""
    parts = (
        text(place, name) for name in ("name", "addressLocality", "addressRegion", "addressCountry")
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _eqf(level: Node) -> int | None:
    if not isinstance(level.value, dict):
        return None
    said = (
        text(level, "frameworkName"),
        reference(term(level, "framework")),
        reference(term(level, "targetNode")),
        label(level),
    )
    if not any(_EQF.search(one) for one in said):
        return None
    digits = re.findall(r"(?<!\d)[1-8](?!\d)", f"{term_code(level)} {label(level)}")
    return int(digits[0]) if len(set(digits)) == 1 else None


def _signals(node: Node, graph: Graph) -> Iterator[Signal]:
    for name, words in _QUALITY.items():
        for one in many(node, name):
            who, address = _named(one, graph)
            if who or address:
                yield Signal(kind=SignalKind.ACCREDITATION, value=f"{words} {who or address}")


def _ects(node: Node) -> float | None:
    for value in objects(node, "creditValue"):
        units = {term_code(one).casefold() for one in many(value, "creditUnitType", "unitText")}
        number = term(value, "value").number()
        if number is not None and 0 <= number <= 1_000 and any("ects" in unit for unit in units):
            return number
    return None


def _dates(node: Node, graph: Graph, identity: str) -> dict[str, Any]:
    hours, weeks = read_length(node, graph)
    starts, self_paced = read_starts(node, graph)
    first = read_day(text(node, "dateEffective"))
    last = read_day(text(node, "expirationDate"))
    changed = text(node, "dateModified", "lastUpdated") or graph.updated.get(identity, "")
    return {
        "hours": hours,
        "weeks": weeks,
        "starts": starts,
        "self_paced": self_paced,
        "available_from": first if not (first and last and first > last) else None,
        "available_until": last,
        "valid_months": valid_months(text(node, "renewalFrequency", "validityPeriod")),
        "as_of": read_day(changed),
    }


def _provider(node: Node, graph: Graph) -> tuple[str, str]:
    for one in many(node, "offeredBy", "ownedBy"):
        name, address = _named(one, graph)
        if name or address:
            return name, address
    return "", ""


def _named(node: Node, graph: Graph) -> tuple[str, str]:
    """Return the name of an organisation, where it is at hand, and its address."""
    described = graph.find(node)
    raw = reference(node)
    name = text(described, "name") if isinstance(described.value, dict) else ""
    return name, "" if raw.startswith("_:") else graph.id_of(raw)


def _same_as(node: Node, graph: Graph, identity: str) -> tuple[str, ...]:
    names = [graph.id_of(raw) for one in many(node, "sameAs") if (raw := reference(one))]
    if ctid := text(node, "ctid").lower():
        names.append(ctid)
    names += [" ".join(one.split()) for one in texts(term(node, "alternateName"))]
    return tuple(dict.fromkeys(one for one in names if one and one != identity))
