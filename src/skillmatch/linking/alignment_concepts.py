"""Which concept an alignment of a badge means: by its URL, else by its code, else by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from skillmatch.linking.alignment.target_urls import read_target_url
from skillmatch.model.achievement import Alignment
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LabelKind, Status
from skillmatch.retrieval.lexical import LexicalEntry
from skillmatch.text.normal import normal_form

_FAMILY_WORDS = {"esco": ("esco",), "onet": ("o*net", "onet")}
_SKILLS = frozenset({ConceptKind.SKILL, ConceptKind.SKILL_GROUP})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeantConcept:
    """The concept of an alignment.

    Attributes:
        how: What it was known by, in words that follow "its own alignment"; empty for its URL.
    """

    concept: Concept
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentConcepts:
    """Looks alignments up in the frameworks at hand.

    Attributes:
        find: Looks a URI up.
        coded: Looks a code up in the frameworks of a family, as in ``onet`` and ``2.A.1.a``.
        names: Concepts with a label of this normal form, best first.
        family: Family of the framework that has a concept.
    """

    find: Callable[[ConceptUri], Concept | None]
    coded: Callable[[str, str], Concept | None]
    names: Callable[[str], tuple[LexicalEntry, ...]]
    family: Callable[[ConceptUri], str]

    def meant(self, alignment: Alignment) -> MeantConcept | None:
        """Return the skill that an alignment means, None where no framework at hand has it.

        A code or name counts only where the alignment says that it is one of ESCO or O*NET: other
        frameworks use the same codes and words for other things. A withdrawn concept stands for
        its only successor.
        """
        url = read_target_url(alignment.target_url)
        family = url.family or _family_of(alignment)
        found = self._by_url(url.uri) if url.item else None
        if found is None and family:
            found = self._by_code(family, alignment.target_code)
            found = found or self._by_name(family, alignment.target_name)
        if found is None or found.concept.kind not in _SKILLS:
            return None
        return found

    def _by_url(self, uri: str) -> MeantConcept | None:
        concept = self.find(ConceptUri(uri))
        if concept is None or concept.status is not Status.DEPRECATED:
            return None if concept is None else MeantConcept(concept=concept)
        heirs = [heir for one in concept.replaced_by if (heir := self.find(one))]
        if len(heirs) != 1:
            return MeantConcept(concept=concept, how="to a withdrawn concept")
        return MeantConcept(concept=heirs[0], how=f"to its predecessor “{concept.pref_label()}”")

    def _by_code(self, family: str, code: str) -> MeantConcept | None:
        concept = self.coded(family, code.strip()) if code.strip() else None
        if concept is None:
            return None
        return MeantConcept(concept=concept, how=f"by its code {code.strip()}")

    def _by_name(self, family: str, name: str) -> MeantConcept | None:
        entries = [
            entry
            for entry in self.names(normal_form(name))
            if entry.kind is LabelKind.PREF and self.family(entry.uri) == family
        ]
        concept = self.find(entries[0].uri) if len(entries) == 1 else None
        return None if concept is None else MeantConcept(concept=concept, how="by its name")


def _family_of(alignment: Alignment) -> str:
    """Return the family that an alignment names, whatever its release."""
    said = f"{alignment.target_framework} {alignment.target_type}".lower()
    return next(
        (family for family, words in _FAMILY_WORDS.items() if any(word in said for word in words)),
        "",
    )
