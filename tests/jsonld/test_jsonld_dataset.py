"""RDF of expanded documents, against PyLD's own as the slow oracle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld as pyld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from skillmatch.jsonld import JsonLdError, canonical_nquads, expand
from skillmatch.jsonld.dataset import quads_of

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/ns/credentials/examples/v2",
]
VALIDATOR = "credentials/1edtech-validator/inspector-vc/src/test/resources/ob30"


def by_the_oracle(document: dict[str, Any]) -> bytes:
    """Return canonical N-Quads by way of PyLD's RDF."""
    options = {"base": None, "format": "application/n-quads"}
    text = pyld.to_rdf(expand(document), options)
    dataset = Dataset(parse(text.encode(), format=RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
NAME = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
VALUE = st.recursive(
    TEXT
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.builds(lambda text: {"@value": text, "@language": "de"}, TEXT),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAME, inner, min_size=1, max_size=3)
        | st.dictionaries(NAME, inner, max_size=2).map(lambda one: {**one, "id": "urn:node"})
    ),
    max_leaves=8,
)


@given(parts=st.dictionaries(NAME, VALUE, min_size=1, max_size=4))
def test_our_rdf_is_what_pyld_makes_of_it(parts: dict[str, Any]) -> None:
    """Numbers, languages, shared ids and nesting included."""
    document = {"@context": CONTEXTS, "id": "urn:root", "type": "VerifiableCredential", **parts}
    try:
        mine = canonical_nquads(document)
    except JsonLdError:
        return

    assert mine == by_the_oracle(document)


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["complete.json", "simple.json", "simple_v1.json", "endorsement-valid.json"]
)
def test_our_rdf_of_published_badges_is_what_pyld_makes_of_it(shared_data: Path, name: str) -> None:
    """Lists, nested proofs (graphs) and typed values, as badges have them."""
    document = json.loads((shared_data / VALIDATOR / name).read_text(encoding="utf-8"))

    assert canonical_nquads(document) == by_the_oracle(document)


def test_keywords_that_contexts_never_give_are_not_guessed_at() -> None:
    """A context with @reverse would need more than this room knows."""
    with pytest.raises(JsonLdError, match="@reverse"):
        quads_of([{"@id": "urn:a", "@reverse": {"urn:p": [{"@id": "urn:b"}]}}])


@pytest.mark.parametrize("name", ["urn:a b", "urn:<x>", "http://[x", "urn:a\nb"])
def test_a_name_that_is_no_iri_is_refused(name: str) -> None:
    """It could not be written down without becoming something else."""
    with pytest.raises(JsonLdError):
        canonical_nquads({"@context": CONTEXTS, "id": name, "part": "x"})
