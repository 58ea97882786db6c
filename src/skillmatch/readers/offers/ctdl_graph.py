"""The resources of a document in CTDL, and what their references point at.

A document is one resource, a graph, a list, or one or more envelopes as the Credential Registry
gives them out. Registry addresses of a graph and of its resource are one id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from skillmatch.errors import UnreadableError
from skillmatch.readers.credentials.jws import claims_of, is_token
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.node import Node, step
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.readers.offers.ctdl_terms import (
    classes,
    offer_kind,
    reference,
    speaks_ctdl,
    term,
    text,
)
from skillmatch.readers.offers.limits import MAX_FOLLOWED, check_count, check_resources

MAX_WRAPPED = 8
"""Lists and envelopes inside each other."""
_LISTED = 5
"""Cost of one entry in a list of a shared resource beside that of a term."""
_CTID = re.compile(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CTID_START = frozenset({"ce-", "CE-", "Ce-", "cE-"})
_REGISTRY = re.compile(
    rf"https?://([\w.-]*credentialengineregistry\.org)/(?:[\w-]+/)?(?:graph|resources)/({_CTID.pattern})",
    re.IGNORECASE,
)
_ENVELOPE = ("decoded_resource", "DecodedResource", "Resource", "inner_resource", "resource")
_ENVELOPES = frozenset({"envelope_id", "decoded_resource"})
_LISTS = ("envelopes", "resources", "results", "data", "@graph")


@dataclass(slots=True)
class Graph:
    """The nodes of one document.

    Attributes:
        top: Resources at the top of the document, in order.
        nodes: Every node that has an id, by that id; of several the first with most terms.
        updated: Day that the Registry says a resource was changed, by id.
    """

    source: str
    top: list[Node] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)
    by_ctid: dict[str, str] = field(default_factory=dict)
    followed: int = 0

    def id_of(self, raw: str) -> str:
        """Return the id of the catalogue for one of the document."""
        if raw.startswith("_:"):
            return f"{self.source}#{raw}"
        if "credentialengineregistry" in raw.lower() and (found := _REGISTRY.fullmatch(raw)):
            return f"https://{found[1].lower()}/resources/{found[2].lower()}"
        if raw[:3] in _CTID_START and _CTID.fullmatch(raw):
            return self.by_ctid.get(raw.lower(), raw.lower())
        return raw

    def node_id(self, node: Node) -> str:
        """Return the id of a node: its own, that of the Registry, or its place."""
        raw = reference(node) or text(node, "ctid")
        return self.id_of(raw) if raw else f"{self.source}#{node.pointer or '/'}"

    def find(self, node: Node) -> Node:
        """Return what a value points at, or the value itself where that is not at hand."""
        raw = reference(node)
        return self.nodes.get(self.id_of(raw), node) if raw else node

    def follow(self, node: Node) -> Node:
        """Return what a value points at, to be read as a part of what points there.

        A few lines can point at one large resource again and again, so it is counted.

        Raises:
            UnreadableError: The document does so too often.
        """
        found = self.find(node)
        if found is not node and isinstance(found.value, dict):
            listed = sum(len(one) for one in found.value.values() if isinstance(one, list))
            self.followed += len(found.value) + _LISTED * listed
        if self.followed > MAX_FOLLOWED:
            raise UnreadableError("its document repeats shared conditions or costs too often")
        return found

    def offers(self) -> list[Node]:
        """Return the nodes that describe an offer: those at the top, then named ones inside.

        Raises:
            UnreadableError: They are more than a catalogue may hold.
        """
        found = [one for one in self.top if offer_kind(one) is not None]
        seen = {self.node_id(one) for one in found}
        found += [
            one
            for key, one in self.nodes.items()
            if key not in seen and offer_kind(one) is not None and text(one, "name")
        ]
        check_count(len(found))
        return found


def read_graph(value: object, source: str, budget: Budget) -> Graph | None:
    """Return the resources of a parsed document, None where it speaks no CTDL.

    Raises:
        UnreadableError: An envelope holds a resource that cannot be read.
    """
    graph = Graph(source=source)
    speaks = False
    for node, updated, told in _resources(Node(value), budget, 0, ""):
        speaks = speaks or told or speaks_ctdl(node)
        graph.top.append(node)
        check_resources(len(graph.top))
        if ctid := text(node, "ctid"):
            graph.by_ctid[ctid.lower()] = graph.id_of(reference(node) or ctid)
        if updated:
            graph.updated[graph.node_id(node)] = updated
    if not speaks:
        return None
    for node in graph.top:
        _index(node, graph)
    return graph


def named_classes(graph: Graph) -> str:
    """Return what a document describes instead of offers, for people."""
    found = {name for node in graph.top for name in classes(node)}
    return ", ".join(sorted(found)[:5])


def _resources(
    root: Node, budget: Budget, depth: int, updated: str
) -> Iterator[tuple[Node, str, bool]]:
    """Yield each resource, when it was changed, and whether its document speaks CTDL."""
    if depth > MAX_WRAPPED:
        raise UnreadableError("too many lists and envelopes lie inside each other")
    if isinstance(root.value, Mapping) and _ENVELOPES.intersection(root.value):
        changed = root.path("node_headers", "updated_at").text()[:10]
        yield from _resources(_enveloped(root, budget), budget, depth + 1, changed)
        return
    inside = _listed(root)
    if inside is None:
        if isinstance(root.value, Mapping):
            yield root, updated, False
        return
    told = speaks_ctdl(root)
    for one in inside.many():
        for node, day, speaks in _resources(one, budget, depth + 1, updated):
            yield node, day, speaks or told


def _listed(root: Node) -> Node | None:
    """Return the list of resources that a value is or has, None where it is a resource itself."""
    if isinstance(root.value, list):
        return root
    if not isinstance(root.value, Mapping) or root.types():
        return None
    return next((one for name in _LISTS if isinstance((one := root.get(name)).value, list)), None)


def _enveloped(envelope: Node, budget: Budget) -> Node:
    for name in _ENVELOPE:
        found = envelope.get(name)
        if isinstance(found.value, Mapping | list):
            return found
        if isinstance(found.value, str) and is_token(found.value):
            return Node(claims_of(found.value, budget), found.pointer)
        if isinstance(found.value, str) and found.value.lstrip().startswith(("{", "[")):
            return Node(parse_json(found.value, budget), found.pointer)
    raise UnreadableError("the envelope holds no resource that can be read")


def _index(root: Node, graph: Graph) -> None:
    """Keep every node with an id below a resource, that of most terms first."""
    waiting = [(root.value, root.pointer)]
    while waiting:
        value, pointer = waiting.pop()
        if isinstance(value, list):
            inside = [
                (one, f"{pointer}/{place}")
                for place, one in enumerate(value)
                if isinstance(one, dict | list)
            ]
        else:
            inside = [
                (one, step(pointer, key))
                for key, one in value.items()
                if isinstance(one, dict | list)
            ]
            node = Node(value, pointer)
            if value is root.value or reference(node):
                _keep(node, graph)
        inside.reverse()
        waiting += inside


def _keep(node: Node, graph: Graph) -> None:
    key = graph.node_id(node)
    held = graph.nodes.get(key)
    check_resources(len(graph.nodes))
    if held is None or len(held.value) < len(node.value):
        graph.nodes[key] = node


def competency(graph: Graph, node: Node) -> tuple[str, str]:
    """Return the name and address of a competency that an alignment or a link names."""
    target = term(node, "targetNode") if isinstance(node.value, dict) else node
    address = reference(target) or reference(node)
    described = graph.find(target) if target else node
    name = text(node, "targetNodeName", "competencyText", "name") or text(
        described, "competencyText", "competencyLabel", "targetNodeName", "name"
    )
    return name, "" if address.startswith("_:") else graph.id_of(address)
