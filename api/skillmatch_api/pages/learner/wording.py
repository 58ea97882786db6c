"""What is said of a gap, in the reader's language.

The engine's own sentences are English; where another language is read, the same is said from the
values that they were made from.
"""

from __future__ import annotations

from skillmatch.model.evidence import Evidence, EvidenceKind
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.requirement import Necessity
from skillmatch.report import summary, svg
from skillmatch_api.pages.engine_words import said, word
from skillmatch_api.pages.language import DEFAULT, Words

URGENCIES = ((0.6, "high"), (0.3, "middle"), (0.0, "low"))
"""What a priority is called from where on."""
HELD = frozenset({GapState.PROVEN, GapState.CLAIMED})


def state_words(t: Words, state: GapState) -> str:
    """Return the name of a state."""
    return t("learner.state_" + svg.state_key(state).replace("-", "_"))


def headline(t: Words, result: GapResult) -> str:
    """Return the answer in two sentences, or why there is none."""
    asked = len(result.gaps)
    if not asked:
        return nothing_words(t, result)
    counts = summary.state_counts(result)
    held = counts[GapState.PROVEN] + counts[GapState.CLAIMED]
    first = t(
        "learner.headline", count=asked, held=held, asked=asked, proven=counts[GapState.PROVEN]
    )
    musts = [gap for gap in result.gaps if gap.requirement.necessity is Necessity.MUST]
    still_open = sum(gap.state not in HELD for gap in musts)
    if not musts:
        return f"{first} {t('learner.headline_no_musts')}"
    if not still_open:
        return f"{first} {t('learner.headline_all_musts', count=len(musts))}"
    return f"{first} {t('learner.headline_musts', count=still_open, musts=len(musts))}"


def nothing_words(t: Words, result: GapResult) -> str:
    """Return why nothing is asked for; it is never a clean bill."""
    checklist = result.checklist
    if checklist.unlinked:
        return t("learner.nothing_unlinked", count=len(checklist.unlinked))
    if checklist.dropped:
        return t("learner.nothing_dropped")
    if checklist.gates:
        return t("learner.nothing_gates")
    return t("learner.nothing_at_all", count=checklist.units)


def reason(t: Words, gap: Gap) -> str:
    """Return why a requirement has its state."""
    if t.language == DEFAULT:
        return said(t, gap.reason)
    if not gap.evidence:
        return t("learner.why_missing")
    best = gap.evidence[0]
    held = gap.coverage.path[0].label if gap.coverage.path else best.label
    return t(
        "learner.why_" + svg.state_key(gap.state).replace("-", "_"),
        held=held if gap.state is not GapState.NOT_ACCEPTED else best.label,
        place=place_words(t, best),
        relation=t("learner.relation_" + gap.coverage.kind.name.lower()),
    )


def place_words(t: Words, evidence: Evidence) -> str:
    """Return where evidence stands."""
    if evidence.kind is EvidenceKind.CLAIM:
        return t("learner.place_claim")
    kind = "document" if evidence.kind is EvidenceKind.DOCUMENT else "badge"
    place = t("learner.place_" + kind, source=evidence.source)
    return f"{place} {t('learner.issued_by', issuer=evidence.issuer)}" if evidence.issuer else place


def next_step(t: Words, gap: Gap) -> str:
    """Return what to do about a gap."""
    key = "learner.next_" + svg.state_key(gap.state).replace("-", "_")
    held = gap.coverage.path[0].label if gap.coverage.path else gap.requirement.label
    return t(key, held=held) if gap.state is GapState.RELATED else t(key)


def proof(t: Words, gap: Gap) -> str:
    """Return what would show it to others."""
    return t("learner.proof_" + svg.state_key(gap.state).replace("-", "_"))


def coverage_words(t: Words, gap: Gap) -> str:
    """Return how much of the skill is covered; a level that is too low is said, not averaged."""
    value = gap.coverage.value
    if gap.state is GapState.BELOW_LEVEL:
        return t("learner.covered_below")
    if value <= 0:
        return t("learner.covered_none")
    return t("learner.covered") if value >= 1 else t("learner.covered_part", share=t.share(value))


def urgency(t: Words, gap: Gap) -> str:
    """Return how urgent a gap is, in words: a number between 0 and 1 says nothing to a person."""
    if gap.priority <= 0:
        return t("learner.priority_none")
    step = next(name for least, name in URGENCIES if gap.priority >= least)
    return t("learner.urgency_" + step)


def level_words(t: Words, gap: Gap) -> str:
    """Return level and years as asked for, else ``""``."""
    asked = gap.requirement
    years = "" if asked.years is None else t("learner.years", years=t.number(asked.years))
    return ", ".join(part for part in (word(t, asked.level), years) if part)
