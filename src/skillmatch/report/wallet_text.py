"""Badges and records as their holder reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from skillmatch.model.achievement import (
    Achievement,
    Alignment,
    OutcomeStatement,
    Result,
    StatementKind,
)
from skillmatch.model.credential import Securing, SupportingEvidence
from skillmatch.report.masking import RecipientView
from skillmatch.report.plain import BOLD, DIM, clean, styled, wrap
from skillmatch.report.wallet import AchievementView, CredentialView, WalletView

LEAST_WIDTH = 40
_LABEL = 12
_SECURED = {
    Securing.EMBEDDED_PROOF: "with a proof inside",
    Securing.JWT: "as a signed token",
    Securing.JWS: "as a signed token",
    Securing.HOSTED: "to be checked where it is hosted",
    Securing.NONE: "without a proof",
}
# Name and description are shown as such; tags in one line.
_SAYS = frozenset({StatementKind.CRITERIA, StatementKind.RESULT, StatementKind.RUBRIC_LEVEL})


def wallet_text(view: WalletView, *, width: int = 80, colour: bool = False) -> str:
    """Return a wallet as plain text, ending in a newline.

    Nothing in it was checked, and it says so.

    Args:
        view: What to show.
        width: Columns; values below 40 mean 40.
        colour: Whether to add ANSI colours.
    """
    page = _Page(width=max(LEAST_WIDTH, width), colour=colour)
    blocks = ["\n".join(page.credential(one, "")) for one in view.credentials]
    if view.unread:
        blocks.append("\n".join(page.unread(view)))
    if view.credentials:
        note = "Nothing here was checked; `skillmatch badge verify` does."
        blocks.append(styled(note, DIM, colour=colour))
    return "\n\n".join(blocks) + "\n"


@dataclass(frozen=True, slots=True)
class _Page:
    width: int
    colour: bool

    def credential(self, one: CredentialView, indent: str) -> Iterator[str]:
        title = one.name or one.id or "unnamed"
        yield from self._styled(title, indent, BOLD)
        yield from self._styled(f"{one.format.value}, {_SECURED[one.securing]}", indent + "  ", DIM)
        inner = indent + "  "
        place = f"{one.source}#{one.pointer}" if one.pointer else one.source
        yield from self._line("file", place, inner)
        yield from self._line("issuer", _profile(one.issuer.name, one.issuer.id), inner)
        yield from self._line("awarded to", _recipient(one.recipient), inner)
        yield from self._line("valid", _validity(one), inner)
        yield from self._line("says", one.comment, inner)
        yield from self._line("about", one.endorses, inner)
        yield from self._line("narrative", one.narrative, inner)
        for achievement in one.achievements:
            yield from self._achievement(achievement, one, inner)
        for result in one.results:
            yield from self._line("result", _reached(result, one), inner)
        for evidence in one.evidence:
            yield from self._line("evidence", _evidence(evidence), inner)
        yield from self._inside("endorsed by", one.endorsements, inner)
        yield from self._inside("holds", one.parts, inner)
        for issue in one.issues:
            yield from self._line("not read", issue, inner)

    def unread(self, view: WalletView) -> Iterator[str]:
        yield from self._styled(f"Without a credential ({len(view.unread)})", "", BOLD)
        for one in view.unread:
            yield from wrap(f"{one.source}: {one.reason}", self.width, first="  - ")

    def _achievement(self, view: AchievementView, of: CredentialView, indent: str) -> Iterator[str]:
        one = view.achievement
        if one.name != of.name or len(of.achievements) > 1:
            yield from self._line("achieved", one.name or one.id, indent)
        yield from self._line("what", one.description, indent)
        yield from self._line("kind", _kind(one), indent)
        yield from self._line("criteria", one.criteria_url, indent)
        yield from self._items("outcomes", [_said(said) for said in view.outcomes], indent)
        yield from self._items("skills", [_aligned(part) for part in one.alignments], indent)
        yield from self._line("tags", ", ".join(one.tags), indent)

    def _inside(self, label: str, parts: tuple[CredentialView, ...], indent: str) -> Iterator[str]:
        if parts:
            yield f"{indent}{label} ({len(parts)})"
            for part in parts:
                yield from self.credential(part, indent + "  ")

    def _items(self, label: str, items: list[str], indent: str) -> Iterator[str]:
        said = [item for item in items if item]
        if said:
            yield f"{indent}{label}"
            for item in said:
                yield from wrap(item, self.width, first=f"{indent}  - ")

    def _line(self, label: str, text: str, indent: str) -> Iterator[str]:
        if text.strip():
            yield from wrap(text, self.width, first=f"{indent}{label:<{_LABEL}}")

    def _styled(self, text: str, indent: str, style: str) -> Iterator[str]:
        for line in wrap(text, self.width, first=indent):
            yield styled(line, style, colour=self.colour)


def _reached(result: Result, one: CredentialView) -> str:
    """Return a result with the names of what it is a result of and of the level, where told."""
    described = [part for view in one.achievements for part in view.achievement.result_descriptions]
    of = next((part.name for part in described if part.id == result.result_description), "")
    levels = {level.id: level.name for part in described for level in part.rubric_levels}
    level = levels.get(result.achieved_level) or result.achieved_level
    said = ", ".join(part for part in (result.value, level, result.status) if part)
    return f"{of}: {said}" if of and said else said


def _profile(name: str, identity: str) -> str:
    return f"{name} ({identity})" if name and identity else name or identity


def _recipient(one: RecipientView) -> str:
    parts = [one.name, one.id]
    parts += [
        f"{part.kind}: {'only its hash is known' if part.hashed else part.value}"
        for part in one.identities
    ]
    return ", ".join(part for part in parts if part)


def _validity(one: CredentialView) -> str:
    parts = []
    if one.valid_from:
        parts.append(f"from {_day(one.valid_from)}")
    if one.valid_until:
        parts.append(f"until {_day(one.valid_until)}")
    if one.awarded:
        parts.append(f"awarded {_day(one.awarded)}")
    return ", ".join(parts)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _kind(one: Achievement) -> str:
    earned = f"{one.credits:g} credits" if one.credits is not None else ""
    workload = f"workload {one.workload}" if one.workload else ""
    level = f"level {one.level}" if one.level.isdigit() else one.level
    parts = (one.achievement_type, one.field_of_study, one.specialization, earned, workload, level)
    return ", ".join(part for part in parts if part)


def _said(said: OutcomeStatement) -> str:
    return clean(said.text) if said.kind in _SAYS else ""


def _aligned(one: Alignment) -> str:
    where = (one.target_framework, one.target_type, one.target_code, f"at the {one.place.value}")
    detail = ", ".join(part for part in where if part)
    return f"{one.target_name or 'unnamed'} <{one.target_url}> ({detail})"


def _evidence(one: SupportingEvidence) -> str:
    said = one.narrative or one.description
    head = _profile(one.name, one.id)
    return f"{head}: {said}" if head and said else head or said
