"""The opened frameworks of one process, and what linking and comparing ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from skillmatch.errors import NotFoundError
from skillmatch.model.concept import (
    TECHNOLOGY_PREFIX,
    Concept,
    ConceptKind,
    ConceptUri,
    LabelKind,
    SkillFacts,
    SkillType,
)
from skillmatch.model.posting import Posting
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.lexical import LexicalEntry, LexicalIndex
from skillmatch.retrieval.union import Part, UnionDense, UnionLexical
from skillmatch.store import FrameworkDb
from skillmatch.text.normal import normal_form, without_qualifier
from skillmatch.text.product_names import short_names

MIN_WORDS_TO_TELL = 20
"""Words from which the language that was detected is believed enough to refuse a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One framework with its indexes."""

    db: FrameworkDb
    dense: DenseIndex
    lexical: LexicalIndex


@dataclass(frozen=True, slots=True)
class FrameworksAtHand:
    """The frameworks that a question is answered with, first one first.

    Concepts are looked up in all of them. The first decides what requirements are expressed in;
    the others add their technologies, since their general skills would only say again what the
    first one says.
    """

    opened: Sequence[Opened]
    _concepts: dict[ConceptUri, Concept] = field(default_factory=dict, repr=False)
    _known_frameworks: dict[ConceptUri, str] = field(default_factory=dict, repr=False)
    _known_broader: dict[ConceptUri, tuple[ConceptUri, ...]] = field(
        default_factory=dict, repr=False
    )
    _withdrawn: list[frozenset[ConceptUri]] = field(default_factory=list, repr=False)
    _known_forms: dict[ConceptUri, frozenset[str]] = field(default_factory=dict, repr=False)
    _known_vectors: dict[ConceptUri, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """Framework ids, first one first."""
        return tuple(one.db.info.id for one in self.opened)

    @property
    def attribution(self) -> tuple[str, ...]:
        """What must be said wherever results are shown."""
        return tuple(one.db.info.attribution for one in self.opened if one.db.info.attribution)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return one sentence for each framework that lacks something, and how to see what."""
        return tuple(
            f"{one.db.info.id} lacks a part of the official release; "
            f"`skillmatch frameworks show {one.db.info.id}` says which and how to add it"
            for one in self.opened
            if one.db.info.missing
        )

    def find_concept(self, uri: ConceptUri) -> Concept | None:
        """Return a concept of any status from the first framework that has it, or None."""
        known = self._concepts.get(uri)
        if known is not None:
            return known
        found = next((one for each in self.opened if (one := each.db.find_concept(uri))), None)
        # What is no concept may be anybody's words, of which a long-lived process keeps none.
        if found is not None:
            self._concepts[uri] = found
        return found

    def get_concept(self, uri: ConceptUri) -> Concept:
        """Return a concept of any status.

        Raises:
            NotFoundError: No framework at hand has it.
        """
        concept = self.find_concept(uri)
        if concept is None:
            raise NotFoundError(f"none of {', '.join(self.ids)} has a concept {uri}")
        return concept

    def pref_label(self, uri: ConceptUri) -> str:
        """Return the preferred label, or the URI where none is known."""
        concept = self.find_concept(uri)
        return concept.pref_label() if concept else uri

    def skill_type(self, uri: ConceptUri) -> SkillType | None:
        """Return the type of a skill, None where it has none."""
        concept = self.find_concept(uri)
        return concept.skill_type if concept else None

    def skill_facts(self) -> dict[ConceptUri, SkillFacts]:
        """Return what the first framework says of its skills beside their labels."""
        return self.opened[0].db.skill_facts()

    def framework_of(self, uri: ConceptUri) -> str:
        """Return the id of the first framework that has a concept, ``""`` where none has."""
        known = self._known_frameworks.get(uri)
        if known is not None:
            return known
        found = next((one.db.info.id for one in self.opened if one.db.find_concept(uri)), "")
        if found:
            self._known_frameworks[uri] = found
        return found

    def family_of(self, uri: ConceptUri) -> str:
        """Return the family of the first framework that has a concept, as in ``esco``."""
        return self.framework_of(uri).partition("-")[0]

    def find_coded(self, family: str, code: str) -> Concept | None:
        """Return the skill with a code in a framework of a family, as ``onet`` and ``2.A.1.a``."""
        found = (
            one.db.find_by_notation(code, ConceptKind.SKILL)
            for one in self.opened
            if one.db.info.id.partition("-")[0] == family
        )
        return next((concept for concept in found if concept), None)

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the direct broader concepts that are skills; groups relate everything."""
        known = self._known_broader.get(uri)
        if known is not None:
            return known
        found = {parent for one in self.opened for parent in one.db.broader(uri)}
        parents = tuple(sorted(parent for parent in found if self._is_skill(parent)))
        # Only what is a concept is kept: URIs may come from anybody, and without end.
        return self._known_broader.setdefault(uri, parents) if self.find_concept(uri) else parents

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return the best cosine of two concepts' preferred labels, 0 where one is not indexed."""
        vectors = [self._vectors(uri) for uri in (held, asked)]
        if not (len(vectors[0]) and len(vectors[1])):
            return 0.0
        return round(float((vectors[0] @ vectors[1].T).max()), 6)

    def pref_vectors(
        self, uris: Sequence[ConceptUri]
    ) -> tuple[tuple[ConceptUri, ...], NDArray[np.float64]]:
        """Return the vectors of preferred labels, shape (rows, dimension), and whose each row is.

        A concept has a row for each language, none where no index holds it.
        """
        found = [(uri, self._vectors(uri)) for uri in uris]
        rows = tuple(uri for uri, vectors in found for _ in range(len(vectors)))
        held = [vectors for _, vectors in found if len(vectors)]
        return rows, np.concatenate(held) if held else np.zeros((0, 1))

    def share_name(self, left: ConceptUri, right: ConceptUri) -> bool:
        """Tell whether two concepts have a preferred name in common, in normal form."""
        return not self._forms(left).isdisjoint(self._forms(right))

    def twins(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the concepts of other frameworks with the same preferred name, by URI.

        Within one framework a shared name means two things (a homonym), so those are left out.
        """
        own = self.framework_of(uri)
        named = {
            entry.uri
            for form in self._forms(uri)
            for entry in self.names(form)
            if entry.kind is LabelKind.PREF
        }
        return tuple(
            sorted(
                other
                for other in named
                if self.framework_of(other) != own and self.share_name(uri, other)
            )
        )

    def check_language(self, document: Posting) -> None:
        """Refuse a text in a language that no framework at hand has labels in.

        Short texts pass: a CV of names and places is easily taken for French or Latin.

        Raises:
            NotFoundError: Linking it would find little, and call that little the whole.
        """
        known = sorted({tag for one in self.opened for tag in one.db.info.languages if tag})
        foreign = document.language and document.language.split("-")[0] not in known
        if known and foreign and len(document.text.split()) >= MIN_WORDS_TO_TELL:
            raise NotFoundError(
                f"{document.source} is written in language {document.language!r}, but "
                f"{', '.join(self.ids)} has labels in {', '.join(known)} only; install a release "
                "with labels in that language, or give the text in one of these"
            )

    def names(self, form: str) -> tuple[LexicalEntry, ...]:
        """Return the concepts whose label has a normal form, first framework first.

        Where one framework prefers the name, those after it are not asked.
        """
        found: list[LexicalEntry] = []
        for one in self.opened:
            entries = one.lexical.lookup([form]).get(form, ())
            found.extend(entry for entry in entries if self._usable(entry.uri))
            if any(entry.kind is LabelKind.PREF for entry in found):
                break
        return tuple(found)

    def union(self) -> tuple[UnionDense, UnionLexical]:
        """Return dense and lexical search over all frameworks."""
        parts = [
            Part(
                dense=one.dense,
                lexical=one.lexical,
                admits=self._usable if place == 0 else self._is_technology,
            )
            for place, one in enumerate(self.opened)
        ]
        return UnionDense(parts), UnionLexical(parts)

    def _is_technology(self, uri: ConceptUri) -> bool:
        if uri.startswith(TECHNOLOGY_PREFIX):
            return True
        concept = self.find_concept(uri)
        return concept is not None and concept.skill_type is SkillType.TECHNOLOGY

    def _is_skill(self, uri: ConceptUri) -> bool:
        concept = self.find_concept(uri)
        return concept is not None and concept.kind is ConceptKind.SKILL

    def _usable(self, uri: ConceptUri) -> bool:
        """Tell whether a concept may be a candidate; asked of every neighbour of every phrase."""
        if not self._withdrawn:
            self._withdrawn.append(frozenset().union(*(one.db.withdrawn() for one in self.opened)))
        return uri not in self._withdrawn[0]

    def _vectors(self, uri: ConceptUri) -> NDArray[np.float64]:
        known = self._known_vectors.get(uri)
        if known is not None:
            return known
        found = (one.dense.pref_vectors([uri]).get(uri) for one in self.opened)
        vectors = next((one for one in found if one is not None), None)
        if vectors is None:
            return np.zeros((0, 1))
        return self._known_vectors.setdefault(uri, vectors.astype(np.float64))

    def _forms(self, uri: ConceptUri) -> frozenset[str]:
        known = self._known_forms.get(uri)
        if known is not None:
            return known
        label = self.pref_label(uri)
        names = [label, without_qualifier(label)]
        if uri.startswith(TECHNOLOGY_PREFIX):
            names.extend(short_names(label))
        forms = frozenset(normal_form(name) for name in names)
        return self._known_forms.setdefault(uri, forms) if uri in self._concepts else forms

    def close(self) -> None:
        """Let go of all files."""
        for one in self.opened:
            one.db.close()
            one.lexical.close()
