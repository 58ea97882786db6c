"""Documents made to keep canonicalisation busy are refused before it begins."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from skillmatch.jsonld import JsonLdError, canonical_nquads
from skillmatch.jsonld.blank_nodes import check_blank_nodes
from tests.watchdog import no_hang

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


def quad(one: str, other: str, name: str = "p") -> Quad:
    """Return a quad between two blank nodes."""
    return Quad(BlankNode(one), NamedNode(f"urn:{name}"), BlankNode(other))


def clique(size: int) -> list[Quad]:
    """Every node is tied to every other."""
    labels = [f"n{number}" for number in range(size)]
    return [quad(one, other) for one in labels for other in labels if one != other]


def ring(size: int) -> list[Quad]:
    """Every node is tied to the next."""
    return [quad(f"n{number}", f"n{(number + 1) % size}") for number in range(size)]


def document(part: object) -> dict[str, Any]:
    """Return a document with one part."""
    return {"@context": [CREDENTIALS, EXAMPLES], "id": "urn:x", "part": part}


def tree(depth: int, width: int) -> dict[str, Any]:
    """Return objects in objects that all look alike."""
    return {"part": [tree(depth - 1, width) for _ in range(width)]} if depth else {"leaf": "x"}


@pytest.mark.parametrize("quads", [clique(10), clique(60), ring(300)])
def test_graphs_that_take_for_ever_are_refused_at_once(quads: list[Quad]) -> None:
    """Ten nodes tied to each other take minutes, and the time grows with the factorial."""
    with no_hang(), pytest.raises(JsonLdError, match="look alike"):
        check_blank_nodes(quads)


@pytest.mark.parametrize(
    "part",
    [
        [tree(1, 9), tree(1, 9)],
        [tree(4, 3), tree(4, 3)],
        [tree(6, 2)] * 4,
        [tree(3, 5)] * 3,
        [["x"] * 5, tree(2, 12), tree(2, 12)],
    ],
)
def test_documents_of_like_parts_are_refused_or_quick(part: object) -> None:
    """A JSON document has no cliques, but twins of twins of twins."""
    with no_hang(), contextlib.suppress(JsonLdError):
        canonical_nquads(document(part))


@pytest.mark.parametrize(
    "part",
    [
        [{"leaf": "x"}] * 200,
        [{"leaf": str(number)} for number in range(200)],
        [tree(1, 4), tree(1, 4)],
        tree(15, 1),
    ],
)
def test_what_real_badges_hold_is_not_refused(part: object) -> None:
    """Many like pieces of evidence are common and cost nothing."""
    assert canonical_nquads(document(part))


def test_names_of_blank_nodes_cannot_be_written_into_a_document() -> None:
    """They would let a document tie its parts into any graph, and move claims between parts."""
    for key in ("id", "part"):
        with pytest.raises(JsonLdError):
            canonical_nquads(document({key: "_:b1", "leaf": "x"}) | {"id": "_:b1"})


SMALL = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from("pq")), max_size=24
)


@given(edges=SMALL)
def test_whatever_is_let_through_is_canonicalised_quickly(
    edges: list[tuple[int, int, str]],
) -> None:
    """The count of work must not be wrong on the side that hangs."""
    quads = [quad(f"n{one}", f"n{other}", name) for one, other, name in edges]
    try:
        check_blank_nodes(quads)
    except JsonLdError:
        return
    dataset = Dataset(quads)

    with no_hang():
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)


def nested(make: Callable[[Any], Any], levels: int) -> Any:  # noqa: ANN401 - JSON
    """Wrap a value again and again."""
    value: Any = "x"
    for _ in range(levels):
        value = make(value)
    return value


@pytest.mark.parametrize("levels", [41, 200, 20_000])
def test_nesting_is_refused_without_a_crash(levels: int) -> None:
    """Python's own stack must not be what stops it."""
    inner = document(nested(lambda value: {"part": value}, levels))

    with pytest.raises(JsonLdError, match="levels deep"):
        canonical_nquads(inner)


def test_contexts_repeated_on_every_level_stay_cheap() -> None:
    """Each object may name contexts anew, which a processor works through every time."""
    part: object = "x"
    for _ in range(12):
        part = [{"@context": [CREDENTIALS, EXAMPLES] * 8, "part": part, "n": n} for n in range(2)][
            1
        ]
    many = [{"@context": [CREDENTIALS, EXAMPLES] * 8, "leaf": "x"} for _ in range(300)]

    with no_hang():
        canonical_nquads(document([part, *many]))
