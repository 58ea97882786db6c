"""A step is done: is its badge about it, and what does the person show now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import UsageError
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.offer import Money
from skillmatch.model.roadmap import BadgeFile, EvidenceSources, Roadmap, RoadmapStep
from skillmatch.model.roadmap_status import RoadmapStatus
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.roadmap.changes import finish_step
from skillmatch.pathway.roadmap.steps import find_step
from skillmatch.service.roadmap_files import relative
from skillmatch.service.roadmap_standing import digest, read_proof
from skillmatch.service.roadmap_status import roadmap_status
from skillmatch.text.normal import normal_form

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.verifying import Verifier

_SHOWN = 5
"""Skills of a wrong badge that a message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a person says of a step that is done.

    Attributes:
        on: Day that it was done; ``at`` is today.
        badge: File of its badge.
        hours: Work in all; ``paid`` is what it cost in the end.
        anyway: Whether a badge is kept that does not seem to be about the step.
        issuers: File of issuers to believe from now on, beside those that the roadmap names.
        documents: Map of documents to look badges up in from now on.
    """

    step: str
    on: date
    at: date
    badge: Path | None = None
    hours: float | None = None
    paid: Money | None = None
    anyway: bool = False
    issuers: Path | None = None
    documents: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What a step that is done changes.

    Attributes:
        notes: What a person should know of its badge.
    """

    roadmap: Roadmap
    step: RoadmapStep
    before: RoadmapStatus
    after: RoadmapStatus
    notes: tuple[str, ...] = ()


def finish(
    matcher: Matcher,
    roadmap: Roadmap,
    folder: Path,
    done: Done,
    *,
    verifier: Verifier | None = None,
) -> Finished:
    """Mark a step done and compare anew.

    Args:
        matcher: Reads the badge and compares.
        roadmap: As it is.
        folder: Where it lies.
        done: Which step, when, and with what.
        verifier: Checks badges; by default offline, and knowing no issuer.

    Raises:
        UsageError: There is no such step, the days contradict each other, or the badge is not
            about the step.
        UnreadableError: The badge holds no credential.
    """
    step = find_step(roadmap, done.step)
    badge: BadgeFile | None = None
    notes: tuple[str, ...] = ()
    if done.badge is not None:
        badge = BadgeFile(path=relative(done.badge, folder), sha256=digest(done.badge))
        notes = check_badge(matcher, step, badge, done, verifier)
    sources, kept_words = remembered(roadmap.evidence, done, folder)
    after = finish_step(
        replace(roadmap, evidence=sources),
        step.id,
        on=done.on,
        at=done.at,
        badge=badge,
        hours=done.hours,
        paid=done.paid,
    )
    old = roadmap_status(matcher, roadmap, folder, at=done.at, verifier=verifier)
    new = roadmap_status(matcher, after, folder, at=done.at, verifier=verifier)
    last = replace(after.history[-1], met=round(new.now.met, 4))
    kept = replace(after, history=(*after.history[:-1], last))
    finished = next(one for one in kept.steps if one.id == step.id)
    return Finished(roadmap=kept, step=finished, before=old, after=new, notes=(*notes, *kept_words))


def remembered(
    sources: EvidenceSources, done: Done, folder: Path
) -> tuple[EvidenceSources, tuple[str, ...]]:
    """Return the sources with what a badge was checked with, and what is kept, in words.

    Otherwise the next look at the roadmap would not believe what this one did.
    """
    notes = []
    if done.issuers is not None:
        named = relative(done.issuers, folder)
        if named not in sources.issuers:
            sources = replace(sources, issuers=(*sources.issuers, named))
            notes.append(f"the roadmap now believes the issuers in {named}, too")
    if done.documents is not None:
        named = relative(done.documents, folder)
        if not sources.documents:
            sources = replace(sources, documents=named)
            notes.append(f"the roadmap now looks badges up in {named}")
        elif named != sources.documents:
            notes.append(
                f"the roadmap goes on looking badges up in {sources.documents}; what only {named} "
                "has it will not find, so put it into that file"
            )
    return sources, tuple(notes)


def check_badge(
    matcher: Matcher,
    step: RoadmapStep,
    badge: BadgeFile,
    done: Done,
    verifier: Verifier | None,
) -> tuple[str, ...]:
    """Return what a person should know of a badge for a step.

    Raises:
        UsageError: It is about something else.
        UnreadableError: It holds no credential.
    """
    path = done.badge or Path(badge.path)
    proof, held, _ = read_proof(matcher, badge, path, at=done.at, verifier=verifier)
    shown = {one.uri for one in proof.badge}
    shown |= {twin for uri in shown for twin in matcher.frameworks.twins(uri)}
    lacking = [one.label for one in step.awards if one.uri not in shown]
    named = any(_is_it(step, one) for one in held)
    if not named and len(lacking) == len(step.awards) and not done.anyway:
        raise UsageError(_not_about(step, badge, held, proof.badge))
    notes = []
    if proof.assurance is Assurance.INVALID:
        notes.append(f"this badge is not accepted, so the skills count as claimed: {proof.words}")
    if lacking and step.awards:
        notes.append(
            f"the badge does not name {', '.join(lacking)}; you claim "
            f"{'that' if len(lacking) == 1 else 'those'} yourself"
        )
    return tuple(notes)


def _is_it(step: RoadmapStep, holding: Holding) -> bool:
    """Tell whether a credential is that of a step by its id or name."""
    return holding.id == step.id or (
        bool(holding.name) and normal_form(holding.name) == normal_form(step.name)
    )


def _not_about(
    step: RoadmapStep, badge: BadgeFile, held: tuple[Holding, ...], shown: Sequence[Evidence]
) -> str:
    names = ", ".join(f"“{one.name}”" for one in held if one.name) or "a badge without a name"
    return (
        f"{badge.path} is not about “{step.name}”: it is {names} and {_skills(shown)}. Name the "
        "right badge or the right step; --anyway keeps this one"
    )


def _skills(shown: Sequence[Evidence]) -> str:
    """Return what the issuer names; only where that is nothing, what was read in its words."""
    named = sorted({one.label for one in shown if one.span is None})
    read = sorted({one.label for one in shown if one.span is not None})
    if named:
        return f"names {', '.join(named[:_SHOWN])}"
    if read:
        return f"names no skill; its words may mean {', '.join(read[:_SHOWN])}"
    return "names none of the skills at hand"
