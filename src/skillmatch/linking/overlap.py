"""How much of a label's own words a text says, whichever way it says the rest."""

from __future__ import annotations

from functools import lru_cache

from skillmatch.text.normal import tokens, without_qualifier

FUNCTION_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "into", "of", "on", "or"}
    | {"other", "the", "their", "to", "use", "using", "with"}
)


def words_of(text: str) -> frozenset[str]:
    """Return the content words of a text in normal form."""
    return frozenset(token.form for token in tokens(text)) - FUNCTION_WORDS


@lru_cache(maxsize=2**15)
def label_words(label: str) -> frozenset[str]:
    """Return the content words of a label without its qualifier."""
    return words_of(without_qualifier(label))


def overlap(said: frozenset[str], label: str) -> float:
    """Return the share of a label's content words that a text says, in [0, 1]."""
    words = label_words(label)
    return len(words & said) / len(words) if words else 0.0
