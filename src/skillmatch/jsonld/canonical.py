"""Canonical RDF: one sequence of bytes for all documents that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatch.jsonld.blank_nodes import check_blank_nodes
from skillmatch.jsonld.dataset import quads_of
from skillmatch.jsonld.expansion import dropped_terms, run_edition
from skillmatch.jsonld.refusal import DroppedTermsError


def canonical_nquads(document: Mapping[str, Any], *, edition: int | None = None) -> bytes:
    r"""Return a JSON-LD document as canonical N-Quads (RDFC-1.0, SHA-256), UTF-8.

    Lines end in ``\n`` and are sorted by code point. Nothing is left out silently: a document from
    which expansion drops anything is refused.

    Args:
        document: As for ``expand``.
        edition: As for ``expand``.

    Raises:
        UnknownContextError: It names a context that is not pinned.
        DroppedTermsError: Expansion drops parts of it.
        JsonLdError: As for ``expand``; or its order would take too long to find.

    Source: W3C RDF Dataset Canonicalization 1.0; W3C Verifiable Credential Data Integrity 1.0,
    "Validating Contexts" and section 4.5 of W3C Data Integrity EdDSA Cryptosuites 1.0.
    """
    from pyoxigraph import CanonicalizationAlgorithm, Dataset

    expansion = run_edition(document, edition=edition)
    if expansion.dropped:
        raise DroppedTermsError(dropped_terms(document, edition=edition))
    quads = quads_of(expansion.nodes)
    check_blank_nodes(quads)
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode("utf-8")
