"""What the pages of a portfolio say of a state, in the same words everywhere."""

from __future__ import annotations

from skillmatch.issuing.portfolio import Portfolio, PortfolioBadge, PortfolioSkill, ProofState

MEANINGS = {
    ProofState.VERIFIED: "signature, issuer, dates and status were checked and hold",
    ProofState.ENDORSED: "somebody known, who saw the work, signed that it is so",
    ProofState.SIGNED: "signed and unchanged; the signer or the status is not confirmed",
    ProofState.UNPROVEN: "no proof that could be checked covers it",
    ProofState.CLAIMED: "said by the person",
    ProofState.REFUSED: "expired, revoked, changed or not passed",
}
SIGNS = {
    ProofState.VERIFIED: "✔",
    ProofState.ENDORSED: "◆",
    ProofState.SIGNED: "◐",
    ProofState.UNPROVEN: "○",
    ProofState.CLAIMED: "·",
    ProofState.REFUSED: "✕",
}
PROVES_NOTHING = (
    "This page was made by the person it is about, so it proves nothing by itself. Ask for the "
    "badge files and check them, for example with: skillmatch badge verify FILE"
)
UNTITLED = "Portfolio"


def used_states(portfolio: Portfolio) -> tuple[ProofState, ...]:
    """Return the states that occur, best first."""
    found = {skill.state for skill in portfolio.skills}
    found |= {badge.state for badge in portfolio.badges}
    found |= {vouch.state for badge in portfolio.badges for vouch in badge.endorsements}
    return tuple(state for state in ProofState if state in found)


def headline(portfolio: Portfolio) -> str:
    """Return one sentence on how many skills there are and how many of them hold."""
    total = len(portfolio.skills)
    held = sum(one.state in {ProofState.VERIFIED, ProofState.ENDORSED} for one in portfolio.skills)
    skills = f"{total} skill{'' if total == 1 else 's'}"
    badges = f"{len(portfolio.badges)} badge{'' if len(portfolio.badges) == 1 else 's'}"
    return f"{skills}, {held} of them verified or endorsed, from {badges}"


def dates(badge: PortfolioBadge) -> tuple[str, ...]:
    """Return when a badge was issued and when it ends, as far as it says so."""
    issued = f"issued {badge.issued}" if badge.issued else ""
    until = f"until {badge.expires}" if badge.expires else ""
    return tuple(part for part in (issued, until) if part)


def skills_of_badge(portfolio: Portfolio, badge: PortfolioBadge) -> tuple[PortfolioSkill, ...]:
    """Return the skills that a badge carries, in the portfolio's order."""
    return tuple(one for one in portfolio.skills if badge.number in one.badges)


def badges_of_skill(portfolio: Portfolio, skill: PortfolioSkill) -> tuple[PortfolioBadge, ...]:
    """Return the badges that carry a skill, in their order."""
    return tuple(one for one in portfolio.badges if one.number in skill.badges)
