"""Single-word names that are everyday words too, counted in real and synthetic postings.

A name is ordinary where it stands outside of what people marked as a skill at least as often as
inside: in SkillSpan train outside any tagged span, in SkillSkape train in a sentence that is not
labelled with a concept of that name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evaluation.datasets import Query, TaggedSentence
from skillmatch.linking.proposals import LexicalSearch
from skillmatch.model.concept import ConceptUri

MIN_WRONG = 2


def ordinary_words(
    lexical: LexicalSearch,
    tagged: Sequence[TaggedSentence],
    judged: Sequence[Query],
    uri_of: dict[str, ConceptUri],
) -> tuple[str, ...]:
    """Return the normal forms, sorted."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for sentence, hits in zip(tagged, lexical.find([one.text for one in tagged]), strict=True):
        for hit in hits:
            inside = any(a <= hit.span.start and hit.span.end <= b for a, b in sentence.spans)
            (right if inside else wrong)[hit.form] += 1
    for query, hits in zip(judged, lexical.find([one.text for one in judged]), strict=True):
        gold = {uri_of[label] for label in query.labels if label in uri_of}
        for hit in hits:
            meant = any(entry.uri in gold for entry in hit.entries)
            (right if meant else wrong)[hit.form] += 1
    return tuple(
        sorted(
            form
            for form, count in wrong.items()
            if " " not in form and count >= MIN_WRONG and count >= right[form]
        )
    )
