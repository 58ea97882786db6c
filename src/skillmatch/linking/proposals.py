"""Concepts that a unit may ask for, each with its features; nothing is decided here.

Lexical and dense retrieval are fused by looking at one concept from both sides: an exact name
brings a concept into the pool as well as a similar meaning does, and the features say which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from skillmatch.embedding.port import Encoder, Role, Vectors
from skillmatch.linking.features import Features, log2_count, over
from skillmatch.linking.mentions import mentions
from skillmatch.linking.surroundings import supported
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.link import SAME_WORDS, Candidate, Mention
from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.retrieval.lexical import LexicalEntry, LexicalHit

ANNOUNCED = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.DUTIES})
EQUAL = 1.0
"""Similarity of a word to the name that it is."""
MIN_LETTERS = 3
"""Shorter phrases are initials, and an encoder that ignores case takes "St" for any of them."""


class DenseSearch(Protocol):
    """Nearest labels by meaning."""

    def search(self, vectors: Vectors, k: int | Sequence[int]) -> Sequence[tuple[Candidate, ...]]:
        """Return the k nearest distinct concepts of each vector, nearest first.

        Args:
            vectors: Unit vectors, shape (vectors, dimension).
            k: One number for all vectors, or one for each.
        """
        ...


class LexicalSearch(Protocol):
    """Labels that stand in a text word for word."""

    def find(self, texts: Sequence[str]) -> Sequence[tuple[LexicalHit, ...]]:
        """Return the hits of each text, spans relative to it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One concept for one unit.

    Attributes:
        mention: The words that speak most for the concept.
        how: In a few words, how they matched.
    """

    uri: ConceptUri
    mention: Mention
    label: str
    label_kind: LabelKind
    how: str
    features: Features


@dataclass(slots=True)
class _Pool:
    """What was found for one concept in one unit, while it is being collected."""

    exact: LexicalHit | None = None
    entry: LexicalEntry | None = None
    whole: Candidate | None = None
    described: float = 0.0
    phrase: Candidate | None = None
    phrase_mention: Mention | None = None
    phrase_margin: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """Retrieves candidates for units and measures them.

    Attributes:
        k: Concepts taken from dense retrieval for every phrase; the whole unit gets
            ``unit_k``.
        ambiguous: Tells hits whose equality alone says little.
        bearing: Log-odds that a unit's vector speaks of a skill, by unit.
    """

    encoder: Encoder
    dense: DenseSearch
    lexical: LexicalSearch
    ambiguous: Callable[[LexicalHit], bool]
    bearing: Callable[[Vectors], Sequence[float]]
    k: int = 8
    unit_k: int = 32

    def propose(
        self, units: Sequence[Unit], *, single_words: bool = True
    ) -> list[tuple[Proposal, ...]]:
        """Return the proposals of each unit, sorted by URI.

        Args:
            units: What to propose for.
            single_words: Whether units and phrases of one word are compared by meaning, too.
                Without, a word is only looked up, and counts as equal where it is a name.
        """
        if not units:
            return []
        asked = [mentions(unit) for unit in units]
        texts = sorted(
            {
                query
                for of_unit in asked
                for mention in of_unit
                if " " in (query := _query(mention.text)) or single_words
            }
        )
        vectors = self.encoder.encode(texts, Role.QUERY)
        wholes = {_query(of_unit[0].text) for of_unit in asked}
        near = self._nearest(texts, vectors, wholes)
        odds = dict(zip(texts, self.bearing(vectors), strict=True))
        hits = self.lexical.find([unit.text for unit in units])
        return [
            self._measure(
                unit,
                of_unit,
                [near.get(_query(m.text), ()) for m in of_unit],
                found,
                _odds(unit, odds.get(_query(unit.text), 0.0)),
            )
            for unit, of_unit, found in zip(units, asked, hits, strict=True)
        ]

    def _nearest(
        self, texts: Sequence[str], vectors: Vectors, wholes: Collection[str]
    ) -> dict[str, tuple[Candidate, ...]]:
        """Search whole units deeply and phrases shallowly, all in one batch."""
        wanted = [self.unit_k if text in wholes else self.k for text in texts]
        return dict(zip(texts, self.dense.search(vectors, wanted), strict=True))

    def _measure(
        self,
        unit: Unit,
        asked: Sequence[Mention],
        near: Sequence[tuple[Candidate, ...]],
        hits: Sequence[LexicalHit],
        odds: float,
    ) -> tuple[Proposal, ...]:
        pools: dict[ConceptUri, _Pool] = {}
        for hit in supported(hits, unit, asked, self.ambiguous):
            for entry in hit.entries:
                _take_exact(pools.setdefault(entry.uri, _Pool()), hit, entry)
        for candidate in near[0]:
            _take_whole(pools.setdefault(candidate.uri, _Pool()), candidate)
        for mention, candidates in zip(asked[1:], near[1:], strict=True):
            if sum(letter.isalpha() for letter in mention.text) < MIN_LETTERS:
                continue
            best = candidates[0].similarity if candidates else 0.0
            for candidate in candidates:
                _take_phrase(pools.setdefault(candidate.uri, _Pool()), candidate, mention, best)
        top = near[0][0].similarity if near[0] else 0.0
        floor = near[0][-1].similarity if near[0] else 0.0
        return tuple(
            self._proposal(unit, uri, pool, (top, floor, odds))
            for uri, pool in sorted(pools.items())
        )

    def _proposal(
        self, unit: Unit, uri: ConceptUri, pool: _Pool, around: tuple[float, float, float]
    ) -> Proposal:
        top, floor, odds = around
        whole = pool.whole.similarity if pool.whole else floor
        if pool.exact is not None and " " not in _query(unit.text):
            whole = max(whole, EQUAL)
        phrase = max(pool.phrase.similarity if pool.phrase else 0.0, whole)
        if pool.exact is not None and pool.exact.word_count == 1:
            phrase = EQUAL
        label, kind, how, mention = _best_words(unit, pool)
        exact = _exact_features(pool, self.ambiguous)
        features = Features(
            **exact,
            unit_similarity=whole,
            phrase_similarity=phrase,
            phrase_over_60=over(phrase, 0.6),
            phrase_over_75=over(phrase, 0.75),
            phrase_over_90=over(phrase, 0.9),
            phrase_margin=pool.phrase_margin,
            margin=_margin(whole - top, pool),
            description_similarity=pool.described,
            skill_bearing=odds,
            label_words=log2_count(len(label.split())),
        )
        return Proposal(
            uri=uri, mention=mention, label=label, label_kind=kind, how=how, features=features
        )


def _odds(unit: Unit, odds: float) -> float:
    """A heading that announces requirements outweighs a classifier that doubts them."""
    announced = unit.heading and unit.section in ANNOUNCED
    return max(float(odds), 0.0) if announced else float(odds)


def _margin(unit_margin: float, pool: _Pool) -> float:
    """Nothing stands before the name itself, however long the sentence around it is."""
    if pool.exact is not None:
        return 0.0
    if pool.phrase is None:
        return unit_margin
    return max(unit_margin, pool.phrase_margin)


def _query(text: str) -> str:
    return " ".join(text.split())


def _take_exact(pool: _Pool, hit: LexicalHit, entry: LexicalEntry) -> None:
    if pool.exact is None or hit.word_count > pool.exact.word_count:
        pool.exact, pool.entry = hit, entry


def _take_whole(pool: _Pool, candidate: Candidate) -> None:
    if candidate.label_kind is LabelKind.DESCRIPTION:
        pool.described = max(pool.described, candidate.similarity)
    if pool.whole is None or candidate.similarity > pool.whole.similarity:
        pool.whole = candidate


def _take_phrase(pool: _Pool, candidate: Candidate, mention: Mention, best: float) -> None:
    if pool.phrase is None or candidate.similarity > pool.phrase.similarity:
        pool.phrase, pool.phrase_mention = candidate, mention
        pool.phrase_margin = candidate.similarity - best


def _exact_features(pool: _Pool, ambiguous: Callable[[LexicalHit], bool]) -> dict[str, float]:
    if pool.exact is None or pool.entry is None:
        return {}
    single = pool.exact.word_count == 1
    everyday = ambiguous(pool.exact)
    return {
        "exact_phrase": float(not single),
        "exact_word": float(single and not everyday),
        "exact_ordinary": float(everyday),
        "exact_pref": float(pool.entry.kind is LabelKind.PREF),
        "unqualified": float(not pool.entry.whole),
        "homonyms": log2_count(len(pool.exact.entries)),
    }


def _best_words(unit: Unit, pool: _Pool) -> tuple[str, LabelKind, str, Mention]:
    """Return label, its kind, how it matched and the words: exact, else phrase, else unit."""
    if pool.exact is not None and pool.entry is not None:
        start, end = pool.exact.span.start, pool.exact.span.end
        span = Span(start=unit.span.start + start, end=unit.span.start + end)
        words = Mention(
            text=unit.text[start:end], span=span, section=unit.section, unit=unit.position
        )
        how = SAME_WORDS if pool.entry.whole else f"{SAME_WORDS} without the qualifier"
        return pool.entry.label, pool.entry.kind, how, words
    if pool.phrase is not None and pool.phrase_mention is not None:
        return pool.phrase.label, pool.phrase.label_kind, "a similar phrase", pool.phrase_mention
    whole = Mention(text=unit.text, span=unit.span, section=unit.section, unit=unit.position)
    found = pool.whole
    if found is None:
        raise AssertionError("a pool is only made by something that was found")
    return found.label, found.label_kind, "a similar sentence", whole
