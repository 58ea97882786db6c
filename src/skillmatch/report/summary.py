"""What every view says first: counts, groups, a headline and the next step for each gap."""

from __future__ import annotations

from dataclasses import dataclass, replace

from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.requirement import Necessity

STATES: tuple[GapState, ...] = (
    GapState.PROVEN,
    GapState.CLAIMED,
    GapState.BELOW_LEVEL,
    GapState.RELATED,
    GapState.NOT_ACCEPTED,
    GapState.MISSING,
)
"""Best first; the order of every legend and chart."""

ICONS = {
    GapState.PROVEN: "✓",
    GapState.CLAIMED: "○",
    GapState.BELOW_LEVEL: "▽",
    GapState.RELATED: "≈",
    GapState.NOT_ACCEPTED: "⊘",
    GapState.MISSING: "✕",
}
"""A shape beside each colour, for eyes and printers that see none."""

MEANINGS = {
    GapState.PROVEN: "someone else vouches for it",
    GapState.CLAIMED: "you say so, or your documents do",
    GapState.BELOW_LEVEL: "held, at a lower level than asked",
    GapState.RELATED: "you hold something close to it",
    GapState.NOT_ACCEPTED: "evidence that does not count",
    GapState.MISSING: "nothing you brought comes near it",
}

NECESSITY_NAMES = {
    Necessity.MUST: "must have",
    Necessity.SHOULD: "should have",
    Necessity.NICE: "nice to have",
}

LIMITS = (
    "This is not a hiring prediction: it compares words with words and knows nothing of the "
    "employer, the other applicants or you.",
    "Requirements are read by a program; it can misread or overlook one. Check each against "
    "the words it quotes.",
    "“Claimed” means that no one else has vouched for it yet, not that it is in doubt.",
    "Degrees, licences and other conditions are listed, never scored.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Gaps that ask the same of a reader, in the order of the result.

    Attributes:
        key: Short name for anchors and styles.
    """

    key: str
    heading: str
    intro: str
    gaps: tuple[Gap, ...]


_GROUPS = (
    ("missing", "Missing", "Most urgent first.", (GapState.MISSING, GapState.NOT_ACCEPTED)),
    (
        "partly",
        "Partly there",
        "You hold something close, or a lower level.",
        (GapState.RELATED, GapState.BELOW_LEVEL),
    ),
    (
        "claimed",
        "Claimed",
        "You have these; nobody else vouches for them yet.",
        (GapState.CLAIMED,),
    ),
    ("proven", "Proven", "Someone else vouches for these.", (GapState.PROVEN,)),
)


def title_of(result: GapResult) -> str:
    """Return the job title, or what the checklist came from where it has none."""
    return result.checklist.title or result.checklist.source


def state_counts(result: GapResult) -> dict[GapState, int]:
    """Return the number of gaps in each state, every state present, best first."""
    return {state: sum(gap.state is state for gap in result.gaps) for state in STATES}


UNSURE = 0.2
"""Confidence below which a reader is asked to check a requirement against its words."""


def is_unsure(gap: Gap) -> bool:
    """Tell whether an open requirement may have been misread: nobody should start with it."""
    return gap.priority > 0 and gap.requirement.confidence < UNSURE


def starts(result: GapResult, most: int) -> tuple[Gap, ...]:
    """Return what to care about first: the most urgent gaps whose reading is sure enough."""
    return tuple(gap for gap in result.gaps if gap.priority > 0 and not is_unsure(gap))[:most]


def groups(result: GapResult) -> tuple[Group, ...]:
    """Return the groups that have gaps, most urgent first; unsure readings stand apart."""
    made = [
        Group(
            key=key,
            heading=heading,
            intro=intro,
            gaps=tuple(gap for gap in result.gaps if gap.state in states and not is_unsure(gap)),
        )
        for key, heading, intro, states in _GROUPS
    ]
    perhaps = Group(
        key="perhaps",
        heading="Perhaps asked for",
        intro="Unsure readings: check them against their words before you care about them.",
        gaps=tuple(gap for gap in result.gaps if is_unsure(gap)),
    )
    # Open ones first, then those, then what is held already.
    return tuple(group for group in (*made[:2], perhaps, *made[2:]) if group.gaps)


def headline(result: GapResult) -> str:
    """Return the answer in one or two sentences, or why there is none."""
    asked = len(result.gaps)
    if not asked:
        return empty_reason(result)
    counts = state_counts(result)
    held = counts[GapState.PROVEN] + counts[GapState.CLAIMED]
    skills = "skill" if asked == 1 else "skills"
    first = f"You hold {held} of the {asked} {skills} asked for, {counts[GapState.PROVEN]} proven."
    open_musts = sum(
        gap.requirement.necessity is Necessity.MUST
        and gap.state not in {GapState.PROVEN, GapState.CLAIMED}
        for gap in result.gaps
    )
    musts = sum(gap.requirement.necessity is Necessity.MUST for gap in result.gaps)
    if not musts:
        return first + " None of them is a must." + _unsure_words(result)
    if not open_musts:
        return first + f" None of the {musts} must-haves is open." + _unsure_words(result)
    open_words = f" Of the {musts} must-haves, {open_musts} {_are(open_musts)} open."
    return first + open_words + _unsure_words(result)


def _unsure_words(result: GapResult) -> str:
    unsure = sum(map(is_unsure, result.gaps))
    if not unsure:
        return ""
    readings = "an unsure reading" if unsure == 1 else "unsure readings"
    return f" {unsure} of the open ones {_are(unsure)} {readings}."


def empty_reason(result: GapResult) -> str:
    """Return why a result without gaps has none; it is never a clean bill."""
    checklist = result.checklist
    if checklist.unlinked:
        return (
            f"No skill was recognised, so there is nothing to compare: {len(checklist.unlinked)} "
            "lines look like requirements, and none names a skill of the installed frameworks."
        )
    if checklist.dropped:
        return (
            "No requirement was found, so there is nothing to compare: all that was read looks "
            "like company text, benefits or application notes."
        )
    if checklist.gates:
        return "No skill is asked for, only conditions; check those below."
    if checklist.units:
        return (
            f"No requirement was found in the {checklist.units} lines that were read, so there "
            "is nothing to compare."
        )
    return "The checklist is empty, so there is nothing to compare."


def next_step(gap: Gap) -> str:
    """Return what to do about a gap, in one sentence."""
    best = gap.evidence[0] if gap.evidence else None
    match gap.state:
        case GapState.PROVEN:
            return "Nothing to do: have the proof at hand."
        case GapState.CLAIMED:
            return "Back it up: a certificate, a reference or a piece of work that shows it."
        case GapState.BELOW_LEVEL:
            return "Raise the level, or show newer work if you have moved on since."
        case GapState.RELATED:
            held = gap.coverage.path[0].label if gap.coverage.path else "what you hold"
            return f"Build on “{held}”: say what carries over, learn the rest."
        case GapState.NOT_ACCEPTED:
            return f"Renew or replace the evidence{_from(best)}; then it counts."
        case GapState.MISSING:
            return "Learn it, or name it if you have it under other words."


def asked_words(gap: Gap) -> tuple[str, ...]:
    """Return the posting's own words for a requirement, each once, in text order."""
    return tuple(
        dict.fromkeys(" ".join(m.text.replace("*", "").split()) for m in gap.requirement.mentions)
    )


def path_words(gap: Gap) -> str:
    """Return the way from what is held to what is asked for, or ``""`` where it is the same."""
    steps = [step.label for step in gap.coverage.path]
    return " → ".join(steps) if len(steps) > 1 else ""


def spare_words(evidence: Evidence) -> str:
    """Return one line for what nobody asked for: why it counts as it does is no news there."""
    refused = evidence.assurance is Assurance.INVALID
    return evidence_words(evidence if refused else replace(evidence, reason=""))


def evidence_words(evidence: Evidence) -> str:
    """Return one line that says what an evidence is and where it stands."""
    words = " ".join(evidence.text.split())
    quoted = f" “{words}”" if words and words.casefold() != evidence.label.casefold() else ""
    detail = [evidence.source, evidence.assurance.value]
    if evidence.issuer:
        detail.insert(1, f"from {evidence.issuer}")
    if evidence.issued:
        detail.append(evidence.issued.isoformat())
    if evidence.level:
        detail.append(f"level {evidence.level}")
    if evidence.years is not None:
        detail.append(f"{evidence.years:g} year" + ("" if evidence.years == 1 else "s"))
    reason = f": {evidence.reason}" if evidence.reason else ""
    return f"{evidence.label}{quoted} ({', '.join(detail)}){reason}"


def coverage_words(gap: Gap) -> str:
    """Return how much of the skill is covered; a level that is too low is said, not averaged."""
    value = gap.coverage.value
    if gap.state is GapState.BELOW_LEVEL:
        return "held, at a lower level"
    if value <= 0:
        return "not covered"
    return "covered" if value >= 1 else f"{value:.0%} covered"


def asked_level_words(gap: Gap) -> str:
    """Return level and years as asked for, and whether the reading is unsure, else ``""``."""
    asked = gap.requirement
    years = "" if asked.years is None else f"{asked.years:g}+ years"
    unsure = "unsure reading" if asked.confidence < UNSURE else ""
    return ", ".join(part for part in (asked.level, years, unsure) if part)


def _from(evidence: Evidence | None) -> str:
    return f" from {evidence.issuer}" if evidence is not None and evidence.issuer else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
