"""What is said of a candidate, in the reader's language.

The engine's own sentences are English; where another language is read, the same is said from the
values that they were made from.
"""

from __future__ import annotations

from skillmatch.model.evidence import Assurance, EvidenceKind
from skillmatch.model.gap import GapState
from skillmatch.report import svg
from skillmatch_api.pages.engine_words import said, word
from skillmatch_api.pages.language import DEFAULT, Words
from skillmatch_api.people.showing import ShownEvidence
from skillmatch_api.ranking.found import Behind, CandidateSkill


def state_words(t: Words, state: GapState) -> str:
    """Return the name of a state."""
    return t("recruiter.state_" + svg.state_key(state).replace("-", "_"))


def assurance_words(t: Words, assurance: Assurance) -> str:
    """Return how far evidence is believed."""
    return t("recruiter.assurance_" + assurance.value)


def kind_words(t: Words, kind: EvidenceKind) -> str:
    """Return what kind of evidence it is."""
    return t("recruiter.kind_" + kind.value)


def reason(t: Words, skill: CandidateSkill) -> str:
    """Return why somebody stands to a skill as they do."""
    if t.language == DEFAULT:
        return said(t, skill.reason)
    key = svg.state_key(skill.state).replace("-", "_")
    if skill.state is GapState.MISSING:
        return t("recruiter.why_missing")
    if skill.behind is None:
        return t("recruiter.why_not_shared", state=state_words(t, skill.state))
    place = t("recruiter.by_" + skill.behind.kind.value)
    return t("recruiter.why_" + key, held=skill.behind.skill, place=place)


def behind_parts(t: Words, behind: Behind) -> tuple[str, ...]:
    """Return what is told of a badge: who issued it, when, and when it was checked.

    Nobody checks somebody's own word, so it has no such day.
    """
    parts = []
    if behind.issuer:
        parts.append(t("recruiter.from_issuer", issuer=behind.issuer))
    if behind.issued:
        parts.append(t("recruiter.issued", day=t.day(behind.issued)))
    if behind.verified_at and behind.kind is EvidenceKind.BADGE:
        parts.append(t("recruiter.checked", day=t.day(behind.verified_at.date())))
    return tuple(parts)


def shown_parts(t: Words, shown: ShownEvidence, *, blind: bool) -> tuple[str, ...]:
    """Return the same of a piece of evidence, with the level and years that it tells of.

    Blind it is not told when it was checked, as in a search.
    """
    one = shown.evidence
    parts = [kind_words(t, one.kind)]
    if one.level:
        parts.append(word(t, one.level))
    if one.years is not None:
        parts.append(t("recruiter.years", count=one.years, years=t.number(one.years)))
    if one.issuer:
        parts.append(t("recruiter.from_issuer", issuer=one.issuer))
    if one.issued:
        parts.append(t("recruiter.issued", day=t.day(one.issued)))
    if not blind and one.kind is EvidenceKind.BADGE:
        parts.append(t("recruiter.checked", day=t.day(shown.checked_at.date())))
    return tuple(parts)
