"""JSON-LD without a network: pinned contexts, expansion, and canonical forms."""

from skillmatch.jsonld.canonical import canonical_nquads
from skillmatch.jsonld.contexts import context_document, known_contexts
from skillmatch.jsonld.expansion import dropped_terms, expand
from skillmatch.jsonld.json_form import canonical_json
from skillmatch.jsonld.processor import edition_count
from skillmatch.jsonld.refusal import DroppedTermsError, JsonLdError, UnknownContextError

__all__ = [
    "DroppedTermsError",
    "JsonLdError",
    "UnknownContextError",
    "canonical_json",
    "canonical_nquads",
    "context_document",
    "dropped_terms",
    "edition_count",
    "expand",
    "known_contexts",
]
