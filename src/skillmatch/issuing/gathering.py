"""Gather checked badges into a portfolio: which skills they show, and how far each holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from skillmatch.issuing.portfolio import (
    STATES,
    Portfolio,
    PortfolioBadge,
    PortfolioSkill,
    ProofState,
    Vouch,
    folded,
)
from skillmatch.linking.reached import held_alignments
from skillmatch.model.achievement import Alignment
from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance
from skillmatch.model.verification import Check, CheckName, CheckState

# Alignments to whole credentials or occupations say what a badge is, not what its earner can do.
_NO_SKILL = frozenset({"ceterms:Credential", "CTDL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedBadge:
    """A credential beside what was found out about it.

    Attributes:
        linked: Skills that its outcome text was linked to, as (URI, label, whether the text names
            the skill itself).
        refusal: Why it is not accepted, where no check says so: a result that was not passed.
    """

    credential: Credential
    assurance: Assurance
    checks: tuple[Check, ...] = ()
    endorsements: tuple[Vouch, ...] = ()
    linked: tuple[tuple[str, str, bool], ...] = field(default=())
    refusal: str = ""


def build_portfolio(
    checked: Sequence[CheckedBadge],
    *,
    at: datetime,
    title: str = "",
    about: str = "",
    claims: Sequence[str] = (),
    documented: Sequence[tuple[str, str]] = (),
) -> Portfolio:
    """Gather badges into one portfolio; works from alignments and names alone.

    Args:
        checked: Badges in the order of the files, which is also that of their numbers; the best
            proven come first in the portfolio.
        at: Moment that they were checked for.
        title: Name of the person.
        about: Their own words.
        claims: Skills without a badge.
        documented: Skills that a CV or another document speaks of, as (URI, label).
    """
    badges = tuple(_badge(number, one) for number, one in enumerate(checked, 1))
    found: dict[str, PortfolioSkill] = {}
    for badge, one in zip(badges, checked, strict=True):
        for skill in skills_of(one):
            _add(found, skill, badge)
    told = [
        PortfolioSkill(name=label, url=url, state=ProofState.UNPROVEN, how="document")
        for url, label in documented
    ]
    told += [PortfolioSkill(name=name.strip(), how="claim") for name in claims]
    for skill in told:
        if skill.name and skill.key not in found and not _is_there(found, skill):
            found[skill.key] = skill
    order = sorted(found.values(), key=lambda one: (STATES.index(one.state), folded(one.name)))
    return Portfolio(
        title=title,
        about=about,
        at=at,
        skills=tuple(order),
        badges=tuple(sorted(badges, key=lambda one: STATES.index(one.state))),
    )


def skills_of(checked: CheckedBadge) -> tuple[PortfolioSkill, ...]:
    """Return the skills of one badge: alignments, linked outcomes, else its own name.

    The state of each is the best that it can have: a proof covers what the issuer wrote, and that
    a text means a skill which it does not name is our reading of it.
    """
    found = {
        skill.key: skill
        for achievement in checked.credential.achievements
        for alignment in held_alignments(achievement, checked.credential.results)
        for skill in _aligned(alignment)
    }
    for url, label, named in checked.linked:
        best = ProofState.VERIFIED if named else ProofState.UNPROVEN
        skill = PortfolioSkill(name=label, url=url, how="outcome text", state=best)
        found.setdefault(skill.key, skill)
    if not found:
        name = badge_name(checked.credential)
        named_so = PortfolioSkill(name=name, how="name", state=ProofState.VERIFIED)
        return (named_so,) if name else ()
    return tuple(found.values())


def badge_name(credential: Credential) -> str:
    """Return the name of a badge, or of what was achieved."""
    return next((one.name for one in credential.achievements if one.name), credential.name)


def proof_state(assurance: Assurance, checks: Sequence[Check]) -> ProofState:
    """Return how a badge is shown.

    Args:
        assurance: What it is worth as evidence.
        checks: Its checks; a valid proof is said even where it proves too little.
    """
    match assurance:
        case Assurance.VERIFIED:
            return ProofState.VERIFIED
        case Assurance.ENDORSED:
            return ProofState.ENDORSED
        case Assurance.INVALID:
            return ProofState.REFUSED
        case Assurance.CLAIMED:
            return ProofState.CLAIMED
        case _:
            proved = any(
                one.check is CheckName.PROOF and one.state is CheckState.VALID for one in checks
            )
            return ProofState.SIGNED if proved else ProofState.UNPROVEN


# What is unknown, in words for those who read a portfolio; they have another file of known issuers.
_UNKNOWN = {
    CheckName.PROOF: "it carries no proof that could be checked here",
    CheckName.ISSUER: "whose key signed it is not confirmed",
    CheckName.DATES: "when it holds is not certain",
    CheckName.STATUS: "whether it was revoked could not be looked up",
    CheckName.RECIPIENT: "whom it was issued to is not confirmed",
}


def shown_reason(state: ProofState, checks: Sequence[Check]) -> str:
    """Return why a badge is in its state: its first fault, or all that is open.

    What would mend it is left out: that is for the owner, not for those who read the page.
    """
    if state is ProofState.REFUSED:
        faults = [one.reason for one in checks if one.state is CheckState.INVALID]
        return faults[0] if faults else ""
    open_ones = [
        _UNKNOWN[one.check]
        for one in checks
        if one.state is CheckState.UNKNOWN and one.check in _UNKNOWN
    ]
    # Without a proof nothing else can be known; saying so once is enough.
    return open_ones[0] if state is ProofState.UNPROVEN and open_ones else "; ".join(open_ones)


def file_name(source: str) -> str:
    """Return the name of a file without its folders, which are nobody else's business."""
    outer, mark, member = source.partition("!")
    return outer.replace("\\", "/").rsplit("/", 1)[-1] + mark + member


def _aligned(alignment: Alignment) -> Iterator[PortfolioSkill]:
    name = alignment.target_name or alignment.target_url
    if name and alignment.target_type not in _NO_SKILL:
        yield PortfolioSkill(
            name=name,
            url=alignment.target_url,
            framework=alignment.target_framework,
            code=alignment.target_code,
            state=ProofState.VERIFIED,
        )


def _add(found: dict[str, PortfolioSkill], skill: PortfolioSkill, badge: PortfolioBadge) -> None:
    here = max(skill.state, badge.state, key=STATES.index)
    held = found.get(skill.key, replace(skill, state=here))
    best = min(held.state, here, key=STATES.index)
    found[skill.key] = replace(held, state=best, badges=(*held.badges, badge.number))


def _is_there(found: dict[str, PortfolioSkill], claimed: PortfolioSkill) -> bool:
    return any(folded(one.name) == folded(claimed.name) for one in found.values())


def _is_vouched(checked: CheckedBadge) -> bool:
    """Tell whether somebody known vouches for a badge that is its owner's, as far as was asked."""
    whose = any(
        one.check is CheckName.RECIPIENT and one.state is not CheckState.VALID
        for one in checked.checks
    )
    return not whose and any(one.state is ProofState.ENDORSED for one in checked.endorsements)


def _badge(number: int, checked: CheckedBadge) -> PortfolioBadge:
    credential = checked.credential
    state = proof_state(checked.assurance, checked.checks)
    if _is_vouched(checked) and state in {ProofState.SIGNED, ProofState.UNPROVEN}:
        state = ProofState.ENDORSED
    achievements = credential.achievements
    issued = credential.awarded or credential.valid_from
    return PortfolioBadge(
        number=number,
        id=credential.id,
        name=badge_name(credential),
        source=file_name(credential.source),
        issuer=credential.issuer.name or credential.issuer.id,
        issuer_id=credential.issuer.id,
        state=state,
        reason=checked.refusal or shown_reason(state, checked.checks),
        description=next((one.description for one in achievements if one.description), ""),
        criteria=next((one.criteria for one in achievements if one.criteria), ""),
        narrative=credential.narrative,
        issued=issued.date() if issued else None,
        expires=credential.valid_until.date() if credential.valid_until else None,
        checks=tuple(replace(check, mend="") for check in checked.checks),
        evidence=credential.evidence,
        endorsements=checked.endorsements,
        skills=tuple(skill.key for skill in skills_of(checked)),
    )
