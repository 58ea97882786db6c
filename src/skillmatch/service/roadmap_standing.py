"""What a person on a roadmap can show: the evidence it names, and the badges of done steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import DataError, NotFoundError
from skillmatch.gap import compare
from skillmatch.gap.assurance import best_assurance
from skillmatch.linking.evidence import Claim
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.gap import GapResult
from skillmatch.model.roadmap import (
    BadgeFile,
    EvidenceSources,
    Roadmap,
    RoadmapGoal,
    RoadmapStep,
    StepState,
)
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.roadmap.dates import has_lapsed
from skillmatch.pathway.roadmap.progress import checklist_of, claimed, source_of
from skillmatch.readers.documents import SkillLine, parse_skill, read_skills
from skillmatch.service.plan_evidence import what_is_shown

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.verifying import Verifier

_SAYS = {
    Assurance.VERIFIED: "proven by its badge",
    Assurance.ENDORSED: "others vouch for its badge",
    Assurance.DOCUMENTED: "its badge is at hand, and was not proven",
    Assurance.CLAIMED: "its badge is at hand, and was not proven",
    Assurance.INVALID: "its badge is not accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProof:
    """What stands behind a step that is done.

    Attributes:
        badge: What its badge shows; empty without one.
        assurance: How far the badge can be believed, None without one.
        words: The same in a few words, with the reason where there is one.
        valid_until: Last day that the badge names itself.
    """

    badge: tuple[Evidence, ...] = ()
    assurance: Assurance | None = None
    words: str = "claimed: no badge yet"
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a person can show on a day.

    Attributes:
        evidence: Of all sources, with what done steps show.
        holdings: Credentials at hand, badges of steps included.
        proofs: By id of each step that is done.
        own: Credentials that come from no step.
    """

    evidence: tuple[Evidence, ...] = ()
    holdings: tuple[Holding, ...] = ()
    own: tuple[Holding, ...] = ()
    proofs: dict[str, StepProof] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def holding_on(self, day: date, steps: Sequence[RoadmapStep]) -> tuple[Evidence, ...]:
        """Return the evidence without what lapses before a day.

        A file counts as long as one of its credentials does.

        Args:
            day: The day.
            steps: Of the roadmap; those that are done may lapse without a badge, too.
        """
        lasting = {
            one.source for one in self.holdings if one.valid_until is None or one.valid_until >= day
        }
        gone = {one.source for one in self.holdings} - lasting
        gone |= {source_of(one) for one in steps if has_lapsed(one, day) and one.badge is None}
        return tuple(one for one in self.evidence if one.source not in gone)


def lead(matcher: Matcher, frameworks: Sequence[tuple[str, ...]]) -> Matcher:
    """Return the matcher that speaks the skills of all goals, or as it is where they differ.

    Args:
        matcher: As opened.
        frameworks: Of each goal.
    """
    asked = set(frameworks)
    return matcher.led_by(asked.pop()) if len(asked) == 1 else matcher


def standing(
    matcher: Matcher, roadmap: Roadmap, folder: Path, *, at: date, verifier: Verifier | None
) -> Standing:
    """Read everything that a person on a roadmap can show.

    A file that is no longer there counts for nothing, and a note says so: a roadmap must not stop
    working because somebody tidied up.

    Args:
        matcher: Reads documents; ``lead`` gives the one to use.
        roadmap: Names its sources.
        folder: Where the roadmap lies.
        at: The day.
        verifier: Checks the badges; by default offline, knowing no issuer.
    """
    files, notes = _there(roadmap.evidence, folder)
    shown, own = what_is_shown(
        matcher,
        have=claims_of(roadmap.evidence.have, folder),
        evidence=files,
        verifier=verifier,
        at=at,
    )
    evidence, holdings, proofs = [*shown.evidence], [*own], {}
    for step in roadmap.steps:
        if step.state is StepState.DONE and step.ended is not None and step.ended <= at:
            proof, held, said = _proof(matcher, step, folder, at=at, verifier=verifier)
            proofs[step.id] = proof
            holdings += held
            notes += said
            evidence += claimed(step, proof.badge, at=at)
            evidence += proof.badge
    return Standing(
        evidence=tuple(evidence),
        holdings=tuple(holdings),
        own=own,
        proofs=proofs,
        unread=shown.unread,
        notes=(*dict.fromkeys((*notes, *shown.notes)),),
    )


def compare_goals(
    matcher: Matcher, goals: Sequence[RoadmapGoal], evidence: Sequence[Evidence], *, at: date
) -> tuple[GapResult, ...]:
    """Return the gap of each goal; a skill counts under its name in any framework at hand."""
    return tuple(
        compare(
            matcher.with_twins(checklist_of(goal)),
            evidence,
            hierarchy=matcher.frameworks,
            nearness=matcher.frameworks,
            at=at,
        )
        for goal in goals
    )


def claims_of(have: Sequence[str], folder: Path) -> list[Claim]:
    """Return skills as they were named: "name; level; years", or ``@FILE`` of them.

    Raises:
        DataError: One cannot be read.
        NotFoundError: A file of them is not there.
    """
    return [
        Claim(text=one.text, source=source, level=one.level, years=one.years)
        for source, one in _skills(have, folder)
    ]


def _skills(have: Sequence[str], folder: Path) -> Iterator[tuple[str, SkillLine]]:
    for value in have:
        if value.startswith("@"):
            yield from ((value[1:], one) for one in read_skills(folder / value[1:]))
            continue
        try:
            yield from (("--have", parse_skill(one)) for one in value.split(",") if one.strip())
        except ValueError as error:
            raise DataError(f"evidence.have {value!r}: {error}") from error


def digest(path: Path) -> str:
    """Return the sha256 of a file; of a folder that of its files' names and digests.

    Raises:
        NotFoundError: There is nothing of that name.
        DataError: It cannot be read.
    """
    try:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file())
            lines = [f"{digest(one)} {one.relative_to(path).as_posix()}" for one in inside]
            return sha256("\n".join(lines).encode()).hexdigest()
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror or error}", path=path) from error


def _there(sources: EvidenceSources, folder: Path) -> tuple[list[Path], list[str]]:
    found = [folder / one for one in sources.files]
    notes = [
        f"{one} is no longer there, so it shows nothing; mend its path under [evidence]"
        for one, path in zip(sources.files, found, strict=True)
        if not path.exists()
    ]
    return [path for path in found if path.exists()], notes


def _proof(
    matcher: Matcher, step: RoadmapStep, folder: Path, *, at: date, verifier: Verifier | None
) -> tuple[StepProof, tuple[Holding, ...], list[str]]:
    if step.badge is None:
        return StepProof(), (), []
    path = folder / step.badge.path
    if not path.exists():
        words = f"claimed: its badge, {step.badge.path}, is no longer there"
        return StepProof(words=words), (), [f"{step.name}: {words}"]
    return read_proof(matcher, step.badge, path, at=at, verifier=verifier)


def read_proof(
    matcher: Matcher, badge: BadgeFile, path: Path, *, at: date, verifier: Verifier | None
) -> tuple[StepProof, tuple[Holding, ...], list[str]]:
    """Return what one badge proves, the credentials in it, and what a reader should know.

    Raises:
        UnreadableError: It holds no credential.
    """
    changed = digest(path) != badge.sha256 if badge.sha256 else False
    notes = [f"{badge.path} is no longer the file that it was when the step was done"]
    shown, held = what_is_shown(matcher, evidence=[path], verifier=verifier, at=at)
    assurance = best_assurance(one.assurance for one in held) or Assurance.DOCUMENTED
    reason = next((one.reason for one in shown.evidence if one.assurance is assurance), "")
    proof = StepProof(
        badge=shown.evidence,
        assurance=assurance,
        words=_SAYS[assurance] + (f": {reason}" if reason else ""),
        valid_until=min((one.valid_until for one in held if one.valid_until), default=None),
    )
    return proof, held, (notes if changed else [])
