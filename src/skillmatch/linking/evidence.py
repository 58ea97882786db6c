"""From a CV or a list of skills to evidence, by the same linking as a posting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skillmatch.linking.linker import Linker
from skillmatch.linking.selection import Policy, select
from skillmatch.linking.wording import is_disclaimed, read_wording
from skillmatch.model.concept import Concept, ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.link import Link
from skillmatch.model.posting import Posting, SectionKind, Span, Unit
from skillmatch.retrieval.lexical import LexicalEntry
from skillmatch.text.normal import normal_form
from skillmatch.text.segment import segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A skill as a person names it, with what they say of it.

    Attributes:
        source: Where it was said: ``--have`` or a file name.
    """

    text: str
    source: str = "--have"
    level: str = ""
    years: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReader:
    """Reads what a person can show.

    Attributes:
        concept: Looks a URI up; None where no framework at hand knows it.
        policy: When words are accepted.
        names: Concepts whose label equals a normal form, best first.
    """

    linker: Linker
    policy: Policy
    concept: Callable[[ConceptUri], Concept | None]
    names: Callable[[str], tuple[LexicalEntry, ...]]

    def document(self, document: Posting) -> tuple[Evidence, ...]:
        """Return the skills that a document speaks of, in text order, each wording once.

        What a document says of its own writer is documented, not proven. Skills that it denies
        ("no German") are left out.
        """
        units = [_as_own_words(unit) for unit in segment(document.text, with_headings=True)]
        found: list[Evidence] = []
        for unit, links in zip(units, self.linker.link_document(units), strict=True):
            for link in select(links, self.policy):
                wording = read_wording(unit, link.mention.span)
                if wording.negated or is_disclaimed(unit, link.mention.span):
                    continue
                found.append(
                    Evidence(
                        uri=link.uri,
                        label=link.pref_label,
                        kind=EvidenceKind.DOCUMENT,
                        assurance=Assurance.DOCUMENTED,
                        source=document.source,
                        text=link.mention.text,
                        span=link.mention.span,
                        confidence=link.confidence,
                        level=wording.level,
                        years=wording.years,
                    )
                )
        return _distinct(found)

    def claims(self, claims: Sequence[Claim]) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
        """Return the named skills that were found, and the names that were not.

        A name is taken for a URI first, then for a label, then linked like a phrase.
        """
        found: list[Evidence] = []
        unread: list[str] = []
        open_claims: list[Claim] = []
        for claim in claims:
            named = self._named(claim)
            if named:
                found.append(named)
            else:
                open_claims.append(claim)
        units = [_unit(claim.text) for claim in open_claims]
        for claim, links in zip(open_claims, self.linker.link(units), strict=True):
            chosen = select(links, self.policy)
            found.extend(_claimed(claim, link) for link in chosen)
            if not chosen:
                unread.append(claim.text)
        return tuple(found), tuple(unread)

    def _named(self, claim: Claim) -> Evidence | None:
        concept = self.concept(ConceptUri(claim.text.strip()))
        if concept is None:
            entries = self.names(normal_form(claim.text))
            if not entries or (len(entries) > 1 and entries[1].kind is entries[0].kind):
                return None
            concept = self.concept(entries[0].uri)
        if concept is None:
            return None
        return Evidence(
            uri=concept.uri,
            label=concept.pref_label(),
            kind=EvidenceKind.CLAIM,
            assurance=Assurance.CLAIMED,
            source=claim.source,
            text=claim.text,
            level=claim.level,
            years=claim.years,
        )


def _distinct(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first of pieces that say the same of one skill in the same words."""
    kept: dict[tuple[str, ...], Evidence] = {}
    for one in found:
        key = (one.uri, normal_form(one.text), one.level, str(one.years))
        kept.setdefault(key, one)
    return tuple(kept.values())


def _claimed(claim: Claim, link: Link) -> Evidence:
    return Evidence(
        uri=link.uri,
        label=link.pref_label,
        kind=EvidenceKind.CLAIM,
        assurance=Assurance.CLAIMED,
        source=claim.source,
        text=claim.text,
        confidence=link.confidence,
        level=claim.level,
        years=claim.years,
    )


def _unit(text: str) -> Unit:
    return Unit(text=text, span=Span(start=0, end=len(text)), section=SectionKind.REQUIREMENTS)


def _as_own_words(unit: Unit) -> Unit:
    """A CV has no benefits and no employer: all of it is about the person."""
    return Unit(
        text=unit.text,
        span=unit.span,
        section=SectionKind.OTHER,
        heading=unit.heading,
        position=unit.position,
    )
