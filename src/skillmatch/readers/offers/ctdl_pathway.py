"""Pathways of CTDL as stacks: the destination, and what must be done to reach it.

A component that stands for another resource (``proxyFor``) is a need for that resource; one of its
own is an offer, known only to its pathway. A component that only gathers others gives its place
to its conditions.

Source: Credential Engine, CTDL terms ``Pathway``, ``PathwayComponent`` and ``ComponentCondition``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from skillmatch.errors import UnreadableError
from skillmatch.model.offer import NO_CONDITION, Condition, Need, NeedKind
from skillmatch.readers.credentials.node import MISSING, Node
from skillmatch.readers.offers.ctdl_conditions import Part, all_of, offer_need, some_of
from skillmatch.readers.offers.ctdl_graph import Graph, competency
from skillmatch.readers.offers.ctdl_terms import (
    classes,
    many,
    offer_kind,
    reference,
    term,
    term_code,
    text,
)
from skillmatch.readers.offers.stacks import Stack

MAX_DEPTH = 24
"""Components and conditions inside each other."""
MAX_PARTS = 5_000
"""Of one pathway; components that several lead to count each time."""
_COMPONENT = re.compile(r"\w+Component")
_GATHERING = frozenset(
    {"BasicComponent", "MultiComponent", "SelectionComponent", "CollectionComponent"}
)


def is_component(node: Node) -> bool:
    """Tell whether a node is a component of a pathway."""
    return any(_COMPONENT.fullmatch(one) for one in classes(node))


def stands_for_another(node: Node) -> bool:
    """Tell whether a component is only the place of another resource."""
    return bool(reference(term(node, "proxyFor", "sourceData")))


def read_pathway(pathway: Node, graph: Graph) -> Condition:
    """Return what a pathway is made of.

    Raises:
        UnreadableError: Its components lie too deep or are too many.
    """
    walk = _Walk(graph=graph)
    roots = list(many(pathway, "hasDestinationComponent")) or list(
        many(pathway, "hasPart", "hasChild")
    )
    return all_of(walk.parts_of(roots))


def read_stack(pathway: Node, graph: Graph) -> Stack | None:
    """Return what a pathway says of what its only destination stands for, None where of nothing.

    Raises:
        UnreadableError: Its components lie too deep or are too many.
    """
    named = list(many(pathway, "hasDestinationComponent"))
    destination = graph.follow(named[0]) if len(named) == 1 else MISSING
    target = reference(term(destination, "proxyFor", "sourceData"))
    if not target or "CompetencyComponent" in classes(destination):
        return None
    return Stack(
        pathway=graph.node_id(pathway),
        credential=graph.id_of(target),
        parts=read_component(destination, graph),
    )


def read_component(node: Node, graph: Graph) -> Condition:
    """Return what must be done for a component that is an offer of its own.

    Raises:
        UnreadableError: Its components lie too deep or are too many.
    """
    walk = _Walk(graph=graph)
    walk.open.append(graph.node_id(node))
    return all_of(walk.below(node))


@dataclass(slots=True)
class _Walk:
    """One way through the components of a pathway.

    Attributes:
        open: Ids of the components around the one at hand.
    """

    graph: Graph
    open: list[str] = field(default_factory=list)
    parts: int = 0

    def parts_of(self, nodes: list[Node]) -> list[Part]:
        """Return what components ask for, in their order."""
        found = (self._component(self.graph.follow(one), one) for one in nodes)
        return [one for one in found if one is not None and one != NO_CONDITION]

    def _component(self, node: Node, named: Node) -> Part | None:
        self.parts += 1
        if len(self.open) > MAX_DEPTH or self.parts > MAX_PARTS:
            raise UnreadableError("its components lie too deep inside each other, or are too many")
        if not isinstance(node.value, dict):
            return offer_need(self.graph, named)
        key = self.graph.node_id(node)
        own = offer_kind(node) is not None
        need = self._need(node)
        if key in self.open or (own and not stands_for_another(node)):
            return need
        self.open.append(key)
        inner = self.below(node)
        self.open.pop()
        parts: list[Part] = [*([need] if need is not None else []), *inner]
        return parts[0] if len(parts) == 1 else all_of(parts)

    def _need(self, node: Node) -> Need | None:
        names = set(classes(node))
        name = text(node, "name")
        target = term(node, "proxyFor", "sourceData")
        if "CompetencyComponent" in names:
            known, address = competency(self.graph, target) if target else ("", "")
            words = name or known or address
            return Need(kind=NeedKind.SKILL, ref=address, text=words) if words else None
        if offer_kind(node) is not None or not is_component(node):
            if (need := offer_need(self.graph, target or node)) is None:
                return None
            return Need(kind=NeedKind.OFFER, ref=need.ref, text=name or need.text)
        if names & _GATHERING and (term(node, "hasCondition") or term(node, "hasChild")):
            return None
        return Need(kind=NeedKind.OTHER, text=name) if name else None

    def below(self, node: Node) -> list[Part]:
        """Return the conditions of a component, or all that lead to it where it has none."""
        conditions = list(many(node, "hasCondition"))
        if conditions:
            found = [self._condition(self.graph.follow(one), 0) for one in conditions]
            return [one for one in found if one != NO_CONDITION]
        return self.parts_of(list(many(node, "hasChild", "prerequisite")))

    def _condition(self, node: Node, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise UnreadableError("its conditions lie too deep inside each other")
        parts = self.parts_of(list(many(node, "targetComponent")))
        nested = [
            self._condition(self.graph.follow(one), depth + 1) for one in many(node, "hasCondition")
        ]
        parts += [one for one in nested if one != NO_CONDITION]
        words = text(node, "description", "name")
        if not parts:
            return some_of(1, [Need(kind=NeedKind.OTHER, text=words)]) if words else NO_CONDITION
        asked = some_of(_least(node, len(parts)), parts, words)
        limits = [self.graph.follow(one) for one in many(node, "hasConstraint")]
        said = [text(one, "description", "name") or "a constraint of the pathway" for one in limits]
        return all_of([asked, *(Need(kind=NeedKind.OTHER, text=one) for one in said)])


def _least(node: Node, count: int) -> int:
    """Return how many parts a condition asks for: a number, one for OR, else all of them."""
    number = term(node, "requiredNumber").number()
    if number is None and text(node, "leftOperand").endswith("reqNum"):
        number = term(node, "rightOperand").number()
        operator = text(node, "operand", "operator")
        if operator in {"<", "<="}:
            return 0
        if operator == ">" and number is not None:
            number += 1
    if number is not None and number.is_integer() and 0 <= number <= MAX_PARTS:
        return int(number)
    operators = {
        term_code(one).casefold() for one in many(node, "logicalOperator", "logicalOperand")
    }
    return 1 if "or" in operators else count
