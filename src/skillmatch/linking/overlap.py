"""How much of a label's own words a text says, whichever way it says the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillmatch.model.concept import ConceptUri
from skillmatch.retrieval.views import PREF, Views
from skillmatch.text.normal import tokens, without_qualifier

FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "into", "of", "on", "or"}
    | {"other", "the", "their", "to", "use", "using", "with"}
)


def words_of(text: str) -> frozenset[str]:
    """Return the content words of a text in normal form."""
    return frozenset(token.form for token in tokens(text)) - FUNCTION_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWords:
    """Content words of one concept's labels.

    Attributes:
        preferred: Those of each preferred label, one a language.
        others: Those of all other labels, each set once.
    """

    preferred: tuple[frozenset[str], ...]
    others: tuple[frozenset[str], ...]


class ConceptWords:
    """The words of concepts, read when a concept is first asked for."""

    def __init__(self) -> None:
        self._known: dict[ConceptUri, LabelWords] = {}

    def of(self, uris: Sequence[ConceptUri], views: Views) -> list[LabelWords]:
        """Return the words of each concept; a concept without views has none.

        Args:
            uris: What ``views`` are the views of.
            views: Labels of all of them.
        """
        missing = [place for place, uri in enumerate(uris) if uri not in self._known]
        for place in missing:
            start, end = np.searchsorted(views.owners, [place, place + 1])
            self._known[uris[place]] = _words_of_rows(views, range(int(start), int(end)))
        return [self._known[uri] for uri in uris]


def _words_of_rows(views: Views, rows: range) -> LabelWords:
    read = [(views.kinds[row] == PREF, _label_words(views.label(row))) for row in rows]
    return LabelWords(
        preferred=tuple(words for preferred, words in read if preferred and words),
        others=tuple(dict.fromkeys(words for preferred, words in read if not preferred and words)),
    )


def _label_words(label: str) -> frozenset[str]:
    return words_of(without_qualifier(label))


def share(said: frozenset[str], labels: Sequence[frozenset[str]]) -> float:
    """Return the highest share of a label's content words that a text says, in [0, 1]."""
    return max(
        (len(words & said) / len(words) for words in labels if not words.isdisjoint(said)),
        default=0.0,
    )
