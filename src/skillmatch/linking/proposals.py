"""Concepts that a unit may ask for, each with its features; nothing is decided here.

Lexical and dense retrieval are fused by looking at one concept from both sides: an exact name
brings a concept into the pool as well as a similar meaning does, and the features say which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from skillmatch.embedding.port import Encoder, Role, TokenVectors, Vectors
from skillmatch.linking.facts import END, FIRST, KnownFacts
from skillmatch.linking.features import Feature, Matrix, no_features
from skillmatch.linking.likeness import Likeness, likeness, part_vectors, span_vectors
from skillmatch.linking.mentions import mentions
from skillmatch.linking.overlap import ConceptWords, LabelWords, share, words_of
from skillmatch.linking.surroundings import supported
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.link import SAME_WORDS, Mention
from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.retrieval.lexical import LexicalEntry, LexicalHit
from skillmatch.retrieval.views import Views

ANNOUNCED = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.DUTIES})
MIN_LETTERS = 3
"""Shorter phrases are initials, and an encoder that ignores case takes "St" for any of them."""


class DenseSearch(Protocol):
    """Nearest labels by meaning."""

    def nearest(self, vectors: Vectors, k: Sequence[int]) -> Sequence[tuple[ConceptUri, ...]]:
        """Return the concepts nearest to each vector, shape (vectors, dimension), k for each."""
        ...

    def views(self, uris: Sequence[ConceptUri]) -> Views:
        """Return every label of each concept, with its vector."""
        ...


class LexicalSearch(Protocol):
    """Labels that stand in a text word for word."""

    def find(self, texts: Sequence[str]) -> Sequence[tuple[LexicalHit, ...]]:
        """Return the hits of each text, spans relative to it."""
        ...


@dataclass(frozen=True, slots=True)
class Exact:
    """A name that stands in the text, and the label that it equals."""

    hit: LexicalHit
    entry: LexicalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Why a concept was proposed for a unit.

    Attributes:
        mention: The words that speak most for the concept.
        label: The label that they fit best, and ``label_kind`` which kind it is.
        how: In a few words, how they matched.
    """

    mention: Mention
    label: str
    label_kind: LabelKind
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The candidates of one unit, by URI, in parallel.

    Attributes:
        features: Shape (candidates, features).
        phrases: The unit as a whole, then the phrases that were compared.
    """

    unit: Unit
    uris: tuple[ConceptUri, ...]
    features: Matrix
    phrases: tuple[Mention, ...]
    exact: dict[ConceptUri, Exact]
    views: Views
    near: Likeness

    def match(self, place: int) -> Match:
        """Return why the candidate at a place was proposed: by its name, else by likeness."""
        exact = self.exact.get(self.uris[place])
        if exact is not None:
            how = SAME_WORDS if exact.entry.whole else f"{SAME_WORDS} without the qualifier"
            return Match(
                mention=_words(self.unit, exact.hit.span),
                label=exact.entry.label,
                label_kind=exact.entry.kind,
                how=how,
            )
        phrase = int(self.near.phrase_place[place])
        alike = self.near.phrase[place] > self.near.unit[place]
        row = int(self.near.phrase_row[place] if alike else self.near.unit_row[place])
        return Match(
            mention=self.phrases[phrase + 1 if alike else 0],
            label=self.views.label(row),
            label_kind=self.views.kind(row),
            how="a similar phrase" if alike else "a similar sentence",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A unit as the encoder reads it.

    Attributes:
        phrases: The unit as a whole, then its phrases.
        spoken: The unit as a whole, then the phrases that have a vector.
        vectors: Of ``spoken`` without the whole, shape (phrases, dimension).
        parts: What phrases and short runs of tokens say of their own, shape (parts, dimension).
    """

    unit: Unit
    phrases: tuple[Mention, ...]
    spoken: tuple[Mention, ...]
    tokens: TokenVectors
    vectors: Vectors
    parts: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """Retrieves candidates for units and measures them.

    Attributes:
        k: Concepts taken from dense retrieval for every phrase and run of tokens; the whole
            unit gets ``unit_k``.
        ambiguous: Tells hits whose equality alone says little.
        bearing: Log-odds that a unit's vector speaks of a skill, by unit.
        facts: What the framework says of a concept itself.
    """

    encoder: Encoder
    dense: DenseSearch
    lexical: LexicalSearch
    ambiguous: Callable[[LexicalHit], bool]
    bearing: Callable[[Vectors], Sequence[float]]
    facts: KnownFacts
    k: int = 5
    unit_k: int = 48
    words: ConceptWords = field(default_factory=ConceptWords, repr=False)

    def propose(self, units: Sequence[Unit], *, unit_k: int | None = None) -> list[Proposals]:
        """Return the proposals of each unit.

        Args:
            units: What to propose for.
            unit_k: Takes the place of the attribute of this name where a caller wants to see
                more candidates.
        """
        if not units:
            return []
        read = self._read(units)
        near = self._nearest(read, unit_k or self.unit_k)
        odds = self.bearing(np.stack([one.tokens.pooled for one in read]))
        hits = self.lexical.find([unit.text for unit in units])
        return [
            self._measure(one, candidates, found, float(of_one))
            for one, candidates, found, of_one in zip(read, near, hits, odds, strict=True)
        ]

    def _read(self, units: Sequence[Unit]) -> list[_Reading]:
        encoded = self.encoder.encode_tokens([unit.text for unit in units], Role.QUERY)
        return [_reading(unit, tokens) for unit, tokens in zip(units, encoded, strict=True)]

    def _nearest(self, read: Sequence[_Reading], unit_k: int) -> list[set[ConceptUri]]:
        """Search whole units deeply and phrases shallowly."""
        wholes = np.stack([one.tokens.pooled for one in read])
        parts = [one.parts for one in read]
        queries = np.concatenate([wholes, *parts])
        wanted = [unit_k] * len(read) + [self.k] * (len(queries) - len(read))
        found = self.dense.nearest(queries, wanted)
        start = len(read)
        near: list[set[ConceptUri]] = []
        for whole, of_one in zip(found, parts, strict=False):
            rows = [whole, *found[start : start + len(of_one)]]
            near.append({uri for row in rows for uri in row})
            start += len(of_one)
        return near

    def _measure(
        self, read: _Reading, near: set[ConceptUri], hits: Sequence[LexicalHit], odds: float
    ) -> Proposals:
        exact = _exact(supported(hits, read.unit, read.phrases, self.ambiguous))
        uris = tuple(sorted(near | exact.keys()))
        views = self.dense.views(uris)
        found = likeness(views, len(uris), read.tokens, read.vectors, read.parts)
        features = _likeness_features(found)
        for place, uri in enumerate(uris):
            if uri in exact:
                _name_features(features[place], exact[uri], self.ambiguous)
        _word_features(features, read.unit, self.words.of(uris, views))
        features[:, FIRST:END] = self.facts.columns(uris)
        features[:, Feature.SKILL_BEARING] = _odds(read.unit, odds)
        return Proposals(
            unit=read.unit,
            uris=uris,
            features=features,
            phrases=read.spoken,
            exact=exact,
            views=views,
            near=found,
        )


def _reading(unit: Unit, tokens: TokenVectors) -> _Reading:
    whole, *phrases = mentions(unit)
    spoken = [one for one in phrases if sum(map(str.isalpha, one.text)) >= MIN_LETTERS]
    vectors = span_vectors(tokens, [_inside(unit, one.span) for one in spoken])
    return _Reading(
        unit=unit,
        phrases=(whole, *phrases),
        spoken=(whole, *spoken),
        tokens=tokens,
        vectors=vectors,
        parts=part_vectors(tokens, vectors),
    )


def _likeness_features(near: Likeness) -> Matrix:
    features = no_features(len(near.unit))
    features[:, Feature.LATE_PREF] = near.late_pref
    features[:, Feature.LATE_BEST] = near.late_best
    features[:, Feature.UNIT] = near.unit
    features[:, Feature.PHRASE] = np.maximum(near.phrase, near.unit)
    features[:, Feature.PHRASE_MARGIN] = near.phrase_margin
    features[:, Feature.PHRASE_SHARE] = near.phrase_share
    features[:, Feature.PART] = near.part
    features[:, Feature.PART_MARGIN] = near.part_margin
    features[:, Feature.PART_SHARE] = near.part_share
    features[:, Feature.BEST_PART_MARGIN] = near.best_part_margin
    features[:, Feature.BEST_PART_SHARE] = near.best_part_share
    features[:, Feature.MARGIN] = near.margin
    features[:, Feature.SHARE] = near.log_share
    return features


def _name_features(row: Matrix, exact: Exact, ambiguous: Callable[[LexicalHit], bool]) -> None:
    """Fill in what an equal name says; nothing stands before the name itself."""
    single = exact.hit.word_count == 1
    everyday = ambiguous(exact.hit)
    row[Feature.EXACT_PHRASE] = not single
    row[Feature.EXACT_WORD] = single and not everyday
    row[Feature.EXACT_ORDINARY] = everyday
    row[Feature.EXACT_PREF] = exact.entry.kind is LabelKind.PREF
    row[Feature.UNQUALIFIED] = not exact.entry.whole
    row[Feature.HOMONYMS] = np.log2(len(exact.hit.entries))
    row[Feature.PHRASE_MARGIN] = 0.0
    row[Feature.PHRASE_SHARE] = 0.0
    row[Feature.NAME_WORDS] = np.log2(exact.hit.word_count)


def _word_features(features: Matrix, unit: Unit, labels: Sequence[LabelWords]) -> None:
    """Compare the words of a unit with those of each candidate's labels."""
    said = words_of(unit.text)
    preferred = [share(said, one.preferred) for one in labels]
    features[:, Feature.OVERLAP] = preferred
    features[:, Feature.OVERLAP_BEST] = [
        max(own, share(said, one.others)) for own, one in zip(preferred, labels, strict=True)
    ]
    features[:, Feature.LABEL_WORDS] = [
        len(one.preferred[0]) if one.preferred else 0 for one in labels
    ]
    features[:, Feature.UNIT_WORDS] = np.log2(1 + len(said))


def _exact(hits: Sequence[LexicalHit]) -> dict[ConceptUri, Exact]:
    """Return the longest name of each concept that stands in the text."""
    found: dict[ConceptUri, Exact] = {}
    for hit in hits:
        for entry in hit.entries:
            known = found.get(entry.uri)
            if known is None or hit.word_count > known.hit.word_count:
                found[entry.uri] = Exact(hit, entry)
    return found


def _inside(unit: Unit, span: Span) -> Span:
    return Span(start=span.start - unit.span.start, end=span.end - unit.span.start)


def _words(unit: Unit, span: Span) -> Mention:
    start, end = unit.span.start + span.start, unit.span.start + span.end
    return Mention(
        text=unit.text[span.start : span.end],
        span=Span(start=start, end=end),
        section=unit.section,
        unit=unit.position,
    )


def _odds(unit: Unit, odds: float) -> float:
    """A heading that announces requirements outweighs a classifier that doubts them."""
    announced = unit.heading and unit.section in ANNOUNCED
    return max(odds, 0.0) if announced else odds
