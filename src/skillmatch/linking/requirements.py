"""From a posting to a checklist: what is asked for, how much, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from skillmatch.linking.alternatives import or_groups
from skillmatch.linking.folding import RANK, fold_choices, fold_twins, in_order
from skillmatch.linking.gates import OVERLAP_OWNERS, find_gates
from skillmatch.linking.linker import Linker
from skillmatch.linking.selection import Policy, select
from skillmatch.linking.wording import Wording, negation, read_wording
from skillmatch.model.concept import Concept, ConceptUri, SkillType
from skillmatch.model.link import Link
from skillmatch.model.posting import Posting, SectionKind, Unit
from skillmatch.model.requirement import Checklist, Dropped, Gate, Requirement
from skillmatch.text.cues import BOILERPLATE, REQUIRING, classify
from skillmatch.text.headings import heading_kind, is_only_a_heading
from skillmatch.text.segment import segment

REASONS = {
    SectionKind.COMPANY: "speaks about the employer",
    SectionKind.BENEFITS: "benefits and conditions",
    SectionKind.DIVERSITY: "equal-opportunity text",
    SectionKind.APPLICATION: "how to apply",
    SectionKind.LEGAL: "legal text",
    SectionKind.OTHER: "asks for nothing in so many words",
}
SILENT = BOILERPLATE | {SectionKind.OTHER}
"""Sections that yield no requirement. A unit is still ``OTHER`` only where neither a heading nor
its own words speak of duties or requirements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An accepted link with what its surroundings say."""

    link: Link
    wording: Wording


@dataclass(frozen=True, slots=True)
class Findings:
    """All that linking found in a posting, while it is being collected.

    Attributes:
        denied: What the posting says is not needed.
        silent: Units that read like a requirement and were not linked.
        choices: URIs of the items of each "or" list.
    """

    asked: list[Finding] = field(default_factory=list)
    denied: list[Dropped] = field(default_factory=list)
    silent: list[Dropped] = field(default_factory=list)
    choices: list[tuple[ConceptUri, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementReader:
    """Reads what a posting asks for.

    Attributes:
        policy: When words are accepted.
        concept: Looks a URI up in the framework.
        framework_of: Id of the framework that a concept belongs to.
        frameworks: Ids of all frameworks at hand, first one first.
        same_skill: Whether two concepts are one skill under two names.
    """

    linker: Linker
    policy: Policy
    concept: Callable[[ConceptUri], Concept]
    framework_of: Callable[[ConceptUri], str]
    frameworks: tuple[str, ...]
    encoder: str
    same_skill: Callable[[ConceptUri, ConceptUri], bool]

    def read(self, posting: Posting) -> Checklist:
        """Return the checklist of a posting; nothing is asked of empty text."""
        said = classify(segment(posting.text))
        is_posting = _says_what_it_is_for(said)
        units = said if is_posting else _all_asked_for(said)
        gates = find_gates(units)
        title = posting.title if is_posting and _goes_on(posting) else ""
        read = [
            unit
            for unit in units
            if unit.section not in SILENT
            and not _is_title(unit, title)
            and not is_only_a_heading(unit.text)
        ]
        found = self._findings(read, gates)
        return Checklist(
            source=posting.source,
            title=_job_title(posting.title) or _title(units),
            requirements=self._fold(found),
            gates=gates,
            dropped=_dropped(units, found.denied),
            unlinked=tuple(found.silent),
            units=len(units),
            frameworks=self.frameworks,
            encoder=self.encoder,
            notes=posting.notes,
        )

    def _findings(self, units: Sequence[Unit], gates: Sequence[Gate]) -> Findings:
        blocked = [gate.span for gate in gates if gate.kind in OVERLAP_OWNERS]
        all_found = Findings()
        for unit, links in zip(units, self.linker.link_document(units), strict=True):
            chosen = select(links, self.policy, blocked=blocked)
            found: list[Finding] = []
            for link in chosen:
                wording = read_wording(unit, link.mention.span)
                if wording.negated:
                    all_found.denied.append(_denial(link, wording))
                else:
                    found.append(Finding(link=link, wording=wording))
            all_found.asked.extend(found)
            spans = [finding.link.mention.span for finding in found]
            all_found.choices.extend(
                tuple(found[place].link.uri for place in group) for group in or_groups(unit, spans)
            )
            if not chosen and _reads_like_a_requirement(unit) and not _holds_gate(unit, gates):
                all_found.silent.append(_unlinked(unit))
        return all_found

    def _fold(self, findings: Findings) -> tuple[Requirement, ...]:
        grouped: dict[ConceptUri, list[Finding]] = {}
        for finding in findings.asked:
            grouped.setdefault(finding.link.uri, []).append(finding)
        single = [self._requirement(uri, group) for uri, group in grouped.items()]
        return in_order(fold_choices(fold_twins(single, self.same_skill), findings.choices))

    def _requirement(self, uri: ConceptUri, group: Sequence[Finding]) -> Requirement:
        first = min(group, key=lambda finding: RANK[finding.wording.necessity])
        best = max(group, key=lambda finding: finding.link.confidence)
        concept = self.concept(uri)
        return Requirement(
            uri=uri,
            label=concept.pref_label(),
            framework=self.framework_of(uri),
            necessity=first.wording.necessity,
            necessity_why=first.wording.why,
            confidence=best.link.confidence,
            skill_type=SkillType(concept.skill_type) if concept.skill_type else None,
            mentions=tuple(sorted((f.link.mention for f in group), key=lambda m: m.span)),
            level=next((f.wording.level for f in group if f.wording.level), ""),
            years=max((f.wording.years for f in group if f.wording.years), default=None),
            how=f'{best.link.why.how} as "{best.link.why.label}"',
        )


def _denial(link: Link, wording: Wording) -> Dropped:
    return Dropped(
        text=link.mention.text,
        span=link.mention.span,
        section=link.mention.section,
        reason=f"the posting says it is not needed: {wording.why}",
    )


def _dropped(units: Sequence[Unit], denied: Sequence[Dropped]) -> tuple[Dropped, ...]:
    boilerplate = [
        Dropped(text=unit.text, span=unit.span, section=unit.section, reason=REASONS[unit.section])
        for unit in units
        if unit.section in SILENT
    ]
    return tuple(sorted([*boilerplate, *denied], key=lambda item: (item.span, item.text)))


def _unlinked(unit: Unit) -> Dropped:
    return Dropped(
        text=unit.text,
        span=unit.span,
        section=unit.section,
        reason="reads like a requirement, but no skill of the framework is near",
    )


def _reads_like_a_requirement(unit: Unit) -> bool:
    return REQUIRING.search(unit.text) is not None and not negation("", unit.text, "")


def _says_what_it_is_for(units: Sequence[Unit]) -> bool:
    """Tell whether a text is a posting, and not a line or a list of skills instead of one."""
    return any(unit.heading or unit.section is not SectionKind.OTHER for unit in units)


def _all_asked_for(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(replace(unit, section=SectionKind.REQUIREMENTS) for unit in units)


def _goes_on(posting: Posting) -> bool:
    """Tell whether there is more than the first line, which is taken for the title."""
    return posting.text.split() != posting.title.split()


def _is_title(unit: Unit, title: str) -> bool:
    """The title names the job, not a skill; what the job asks for follows."""
    return unit.position == 0 and bool(title) and " ".join(unit.text.split()) in title


def _holds_gate(unit: Unit, gates: Sequence[Gate]) -> bool:
    return any(unit.span.start <= gate.span.start < unit.span.end for gate in gates)


def _job_title(title: str) -> str:
    """Return a title unless it is the heading of a section that the posting opens with."""
    return "" if heading_kind(title) is not None and len(title.split()) <= 3 else title


def _title(units: Sequence[Unit]) -> str:
    first = units[0].text.split("\n")[0].strip(" #*") if units else ""
    return first if len(first) <= 100 else ""
