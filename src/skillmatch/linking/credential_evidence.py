"""From a badge or record to evidence: its own alignments first, its outcomes second.

How far the evidence can be believed is not decided here; it is asked for, once a credential.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from skillmatch.linking.alignment_concepts import AlignmentConcepts, MeantConcept
from skillmatch.linking.linker import Linker
from skillmatch.linking.reached import held_alignments, held_statements
from skillmatch.linking.selection import Policy, select
from skillmatch.linking.wording import is_disclaimed, read_wording
from skillmatch.model.achievement import Achievement, Alignment, OutcomeStatement
from skillmatch.model.concept import ConceptUri
from skillmatch.model.credential import Credential, CredentialFormat
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.link import Link, is_named
from skillmatch.model.posting import SectionKind, Span, Unit

Assure = Callable[[Credential], tuple[Assurance, str]]
"""Says how far a credential can be believed, and why."""

NOT_PASSED = frozenset({"Enrolled", "Failed", "InProgress", "OnHold", "Withdrew"})
"""Results that say that the achievement was not reached.

Source: 1EdTech Open Badges 3.0, "ResultStatusType".
"""
_OWN = "its own alignment"
_PROPOSED = "read from its outcomes, proposed"
_ONLY_READ = "the badge is {}, but does not name this skill; to mend it, ask the issuer to align it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialReader:
    """Reads what a credential shows.

    Attributes:
        policy: When words of its outcomes are accepted.
        alignments: Knows the concepts that alignments mean.
        assure: Says how far a credential can be believed.
    """

    linker: Linker
    policy: Policy
    alignments: AlignmentConcepts
    assure: Assure

    def read(self, credential: Credential) -> tuple[Evidence, ...]:
        """Return the skills that a credential shows, those of its parts after its own.

        Each skill of an achievement is named once: by an alignment where there is one. Rubric
        levels count only as far as they were reached. What a record says of its parts, or what
        nobody was awarded, shows nothing by itself.
        """
        found: list[Evidence] = []
        if speaks_for_itself(credential):
            assurance, why = self.assure(credential)
            for achievement in credential.achievements:
                found.extend(self._achievement(credential, achievement, assurance, why))
        for part in credential.parts:
            found.extend(self.read(part))
        return tuple(found)

    def _achievement(
        self, credential: Credential, achievement: Achievement, assurance: Assurance, why: str
    ) -> Iterator[Evidence]:
        status = _not_passed(credential)
        if status:
            assurance, why = Assurance.INVALID, f"its result says {status}"
        named = self._named(credential, achievement)
        frame = _Frame(credential=credential, assurance=assurance, why=why)
        for alignment, meant in named.values():
            yield frame.aligned(alignment, meant)
        statements = tuple(held_statements(achievement, credential.results))
        yield from self._proposed(frame, statements, frozenset(named))

    def _named(
        self, credential: Credential, achievement: Achievement
    ) -> dict[ConceptUri, tuple[Alignment, MeantConcept]]:
        """Return the concepts of the alignments, each with the first alignment that means it."""
        named: dict[ConceptUri, tuple[Alignment, MeantConcept]] = {}
        for alignment in held_alignments(achievement, credential.results):
            meant = self.alignments.meant(alignment)
            if meant is not None:
                named.setdefault(meant.concept.uri, (alignment, meant))
        return named

    def _proposed(
        self, frame: _Frame, statements: Sequence[OutcomeStatement], known: frozenset[ConceptUri]
    ) -> Iterator[Evidence]:
        units = [
            Unit(
                text=one.text,
                span=Span(start=0, end=len(one.text)),
                section=SectionKind.OTHER,
                position=place,
            )
            for place, one in enumerate(statements)
        ]
        seen = set(known)
        for statement, unit, links in zip(
            statements, units, self.linker.link_document(units), strict=True
        ):
            for link in select(links, self.policy):
                denied = read_wording(unit, link.mention.span).negated
                if link.uri in seen or denied or is_disclaimed(unit, link.mention.span):
                    continue
                seen.add(link.uri)
                yield frame.proposed(statement, link)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What all evidence of one credential shares."""

    credential: Credential
    assurance: Assurance
    why: str

    def aligned(self, alignment: Alignment, meant: MeantConcept) -> Evidence:
        concept = meant.concept
        how = f"{_OWN}, {meant.how}" if meant.how else _OWN
        return self.evidence(
            concept.uri,
            concept.pref_label(),
            how,
            alignment.target_name or alignment.target_url,
            pointer=alignment.pointer,
        )

    def proposed(self, statement: OutcomeStatement, link: Link) -> Evidence:
        # Offsets are those of the text at the pointer, as the statement's own are.
        start = statement.start + link.mention.span.start
        return self.doubting(link).evidence(
            link.uri,
            link.pref_label,
            _PROPOSED,
            link.mention.text,
            pointer=statement.pointer,
            span=Span(start=start, end=start + len(link.mention.text)),
            confidence=link.confidence,
        )

    def doubting(self, link: Link) -> _Frame:
        """Return the frame for a skill that the issuer did not name.

        A proof covers what the issuer wrote; that it means this skill is our reading of it.
        """
        named = link.accepted and is_named(link.why.how)
        if named or self.assurance not in {Assurance.VERIFIED, Assurance.ENDORSED}:
            return self
        return replace(
            self, assurance=Assurance.DOCUMENTED, why=_ONLY_READ.format(self.assurance.value)
        )

    def evidence(
        self,
        uri: ConceptUri,
        label: str,
        how: str,
        text: str,
        *,
        pointer: str,
        span: Span | None = None,
        confidence: float = 1.0,
    ) -> Evidence:
        one = self.credential
        return Evidence(
            uri=uri,
            label=label,
            kind=EvidenceKind.BADGE,
            assurance=self.assurance,
            source=one.source,
            text=text,
            span=span,
            confidence=confidence,
            issued=one.valid_from.date() if one.valid_from else None,
            issuer=one.issuer.name or one.issuer.id,
            reason=f"{self.why} ({how})" if self.why else how,
            pointer=one.pointer + pointer,
        )


def speaks_for_itself(credential: Credential) -> bool:
    """Tell whether a credential awards achievements to somebody."""
    if credential.format in {CredentialFormat.CLR_2, CredentialFormat.PRESENTATION}:
        return False
    return not is_draft(credential) and bool(credential.achievements)


def is_draft(credential: Credential) -> bool:
    """Tell whether it only describes an achievement that nobody was awarded."""
    names = {name.rsplit(":", 1)[-1] for name in credential.types}
    return bool(names & {"BadgeClass", "Achievement"})


def _not_passed(credential: Credential) -> str:
    """Return the status that says that it was not passed, empty where none does."""
    said = [result.status for result in credential.results if result.status]
    return next((status for status in said if status in NOT_PASSED), "")
