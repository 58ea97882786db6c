"""Whether a dataset's blank nodes can be put in canonical order in reasonable time.

RDFC-1.0 tells blank nodes apart by their own quads first, which is cheap. Those that look alike are
told apart by trying every order of every group of like neighbours, which grows with the factorial
of the group. Here that work is counted before it is begun.

Source: W3C RDF Dataset Canonicalization 1.0, sections 4.6 and 4.8, and "Dataset Poisoning".
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from skillmatch.jsonld.refusal import JsonLdError

if TYPE_CHECKING:
    from pyoxigraph import Quad

MAX_STEPS = 20_000
"""Orders that may be tried in all; about a tenth of a second."""
MAX_ALIKE = 150
"""Like blank nodes that hang together."""
_FEW = 8

Edges = Mapping[str, Mapping[tuple[str, str, str], list[str]]]


def check_blank_nodes(quads: Iterable[Quad]) -> None:
    """Refuse a dataset whose canonical form would take too long to find.

    Expects what a JSON document without blank node identifiers gives: a blank node has one parent
    at most, so that the ones that look alike form trees.

    Raises:
        JsonLdError: Too many parts without an id look alike.
    """
    looks = _looks(quads)
    if len(looks) <= _FEW:
        return
    alike = _alike(looks)
    if not alike:
        return
    edges = _edges(quads, alike)
    steps = 0
    for tree in _trees(alike, edges):
        if len(tree) > MAX_ALIKE:
            raise _too_many()
        for node in tree:
            steps += _steps(node, "", edges, MAX_STEPS - steps)
            if steps > MAX_STEPS:
                raise _too_many()


def _too_many() -> JsonLdError:
    return JsonLdError(
        "too many parts without an id look alike, so that their canonical order "
        "would take too long to find",
        mend="the issuer should give them ids",
    )


def _blank_ends(quad: Quad) -> list[tuple[str, str]]:
    """Return role and label of each blank node of a quad."""
    from pyoxigraph import BlankNode

    ends = (("s", quad.subject), ("o", quad.object), ("g", quad.graph_name))
    return [(role, node.value) for role, node in ends if isinstance(node, BlankNode)]


def _looks(quads: Iterable[Quad]) -> dict[str, list[str]]:
    """Return each blank node's own quads, with it as ``a`` and every other one as ``z``."""
    looks: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        ends = _blank_ends(quad)
        for label in {label for _, label in ends}:
            own = {role: "a" if one == label else "z" for role, one in ends}
            parts = (
                own.get("s") or str(quad.subject),
                str(quad.predicate),
                own.get("o") or str(quad.object),
                own.get("g") or str(quad.graph_name),
            )
            looks[label].append(" ".join(parts))
    return looks


def _alike(looks: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the look of every blank node that shares it with another."""
    by_look: defaultdict[str, list[str]] = defaultdict(list)
    for label, lines in looks.items():
        by_look["\n".join(sorted(lines))].append(label)
    return {label: look for look, labels in by_look.items() if len(labels) > 1 for label in labels}


def _edges(quads: Iterable[Quad], alike: Mapping[str, str]) -> Edges:
    """Return the like neighbours of every like node, in groups that nothing tells apart."""
    edges: dict[str, defaultdict[tuple[str, str, str], list[str]]] = {
        label: defaultdict(list) for label in alike
    }
    for quad in quads:
        ends = [(role, label) for role, label in _blank_ends(quad) if label in alike]
        for _, label in ends:
            for role, other in ends:
                if other != label:
                    edges[label][role, quad.predicate.value, alike[other]].append(other)
    return edges


def _trees(alike: Iterable[str], edges: Edges) -> list[list[str]]:
    seen: set[str] = set()
    trees = []
    for start in alike:
        if start in seen:
            continue
        seen.add(start)
        tree = [start]
        for node in tree:
            for group in edges[node].values():
                new = [one for one in group if one not in seen]
                seen.update(new)
                tree += new
        trees.append(tree)
    return trees


def _steps(node: str, came_from: str, edges: Edges, left: int) -> int:
    """Count the orders that are tried from a node on; stops soon after ``left``."""
    steps = 1
    for group in edges[node].values():
        onwards = [one for one in group if one != came_from]
        orders = math.factorial(min(len(onwards), 12))
        for one in onwards:
            if steps > left:
                return steps
            steps += orders * _steps(one, node, edges, left // orders)
    return steps
