"""What an occupation says of its skills, turned into requirements by one named rule.

ESCO says essential or optional. O*NET says how important (scale IM, 1 to 5) and at which level
(scale LV, 0 to 7), with flags against weak answers, and which technologies are hot or in
demand. ``docs/occupations.md`` tells the rule and its reasons; ``Rule`` holds its numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.framework import Predicate
from skillmatch.model.requirement import Checklist, Necessity, Requirement

LEVEL_SCALE = "O*NET LV 0-7"

_RANK = {necessity: rank for rank, necessity in enumerate(Necessity)}


class Asked(Protocol):
    """All that an occupation says of one skill; ``store.OccupationSkill`` is one."""

    @property
    def uri(self) -> ConceptUri: ...  # noqa: D102 - the names are those of the model
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def skill_type(self) -> SkillType | None: ...  # noqa: D102
    @property
    def predicate(self) -> Predicate | None: ...  # noqa: D102
    @property
    def importance(self) -> float | None: ...  # noqa: D102
    @property
    def level(self) -> float | None: ...  # noqa: D102
    @property
    def suppress_importance(self) -> bool: ...  # noqa: D102
    @property
    def suppress_level(self) -> bool: ...  # noqa: D102
    @property
    def not_relevant(self) -> bool: ...  # noqa: D102
    @property
    def technology(self) -> bool: ...  # noqa: D102
    @property
    def hot(self) -> bool: ...  # noqa: D102
    @property
    def in_demand(self) -> bool: ...  # noqa: D102


class Exclusion(StrEnum):
    """Why something an occupation says makes no requirement."""

    TRAIT = "lasting traits and activities, not skills to learn"
    NOT_RELEVANT = "marked not relevant for the occupation"
    SUPPRESSED = "importance marked as too uncertain to use"
    UNIMPORTANT = "less than important for the occupation"
    PLAIN_TECHNOLOGY = "technologies neither in demand nor hot"
    UNSAID = "without a statement of need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The numbers of the rule.

    Attributes:
        must_from: Least importance, on scale IM, of a must; likewise the next two.
        plain_technology: Necessity of a technology that is neither hot nor in demand; None
            leaves them out: O*NET lists up to several hundred for an occupation.
        left_out: Rated types that make no requirement.
    """

    must_from: float = 3.5
    should_from: float = 3.0
    nice_from: float = 2.5
    plain_technology: Necessity | None = None
    left_out: frozenset[SkillType] = frozenset(
        {SkillType.ABILITY, SkillType.WORK_ACTIVITY, SkillType.WORK_STYLE}
    )

    def __post_init__(self) -> None:
        if not 1 <= self.nice_from <= self.should_from <= self.must_from <= 5:
            raise UsageError(
                "cut-offs of importance must lie in 1 to 5 and rise from nice over should to "
                f"must, got {self.nice_from:g}, {self.should_from:g}, {self.must_from:g}"
            )


RULE = Rule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """How many things an occupation says were left out for one reason."""

    reason: Exclusion
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRequirements:
    """What an occupation asks for, and what was left out of it.

    Attributes:
        requirements: By necessity, then importance (highest first), then URI.
        excluded: One line a reason, in the order of ``Exclusion``.
        levels_left_out: Requirements whose level is marked as too uncertain to use.
    """

    requirements: tuple[Requirement, ...]
    excluded: tuple[Excluded, ...] = ()
    levels_left_out: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each kind of thing that was left out."""
        lines = [f"left out {each.count}: {each.reason.value}" for each in self.excluded]
        if self.levels_left_out:
            lines.append(f"left out the level of {self.levels_left_out}: too uncertain to use")
        return tuple(lines)


def necessity_from_predicate(predicate: Predicate) -> Necessity:
    """Return MUST for essential and NICE for optional.

    Raises:
        UsageError: The predicate says nothing of need.
    """
    if predicate is Predicate.ESSENTIAL:
        return Necessity.MUST
    if predicate is Predicate.OPTIONAL:
        return Necessity.NICE
    raise UsageError(f"{predicate.value!r} does not say whether a skill is needed")


def necessity_from_importance(importance: float, rule: Rule = RULE) -> Necessity | None:
    """Return the necessity of an importance on scale IM, or None below the lowest cut-off.

    Raises:
        UsageError: ``importance`` is not in 1 to 5.
    """
    if not 1 <= importance <= 5:
        raise UsageError(f"importance must lie in 1 to 5, got {importance:g}")
    if importance >= rule.must_from:
        return Necessity.MUST
    if importance >= rule.should_from:
        return Necessity.SHOULD
    return Necessity.NICE if importance >= rule.nice_from else None


def necessity_from_technology(
    *, hot: bool, in_demand: bool, rule: Rule = RULE
) -> tuple[Necessity | None, str]:
    """Return the necessity of a technology and the reason; None where it is left out.

    In demand is said of this occupation's postings, hot of all occupations' together.
    """
    if in_demand:
        return Necessity.SHOULD, "in demand for this occupation"
    if hot:
        return Necessity.NICE, "hot technology: often asked for, in all occupations together"
    return rule.plain_technology, "technology of this occupation"


def requirement_from_relation(
    asked: Asked, *, framework: str, rule: Rule = RULE
) -> Requirement | Exclusion:
    """Return the requirement that ``asked`` makes, or why it makes none.

    A relation decides before a rating, and a rating before a technology's flags.

    Args:
        asked: What the occupation says of one skill.
        framework: Id of the release that says it.
        rule: Cut-offs and what is left out.
    """
    decided = _decide(asked, rule)
    if isinstance(decided, Exclusion):
        return decided
    necessity, why = decided
    level = None if asked.suppress_level or asked.not_relevant else asked.level
    return Requirement(
        uri=asked.uri,
        label=asked.label,
        framework=framework,
        necessity=necessity,
        necessity_why=why,
        skill_type=asked.skill_type,
        level_value=level,
        level_scale="" if level is None else LEVEL_SCALE,
        importance=None if asked.suppress_importance else asked.importance,
        how="said of the occupation",
    )


def requirements_of_occupation(
    skills: Iterable[Asked], *, framework: str, rule: Rule = RULE
) -> OccupationRequirements:
    """Return all requirements of an occupation; the order of ``skills`` does not matter.

    Where one skill is said twice, what asks for more holds.
    """
    best: dict[ConceptUri, Requirement] = {}
    excluded: Counter[Exclusion] = Counter()
    levels_left_out: set[ConceptUri] = set()
    for asked in skills:
        made = requirement_from_relation(asked, framework=framework, rule=rule)
        if isinstance(made, Exclusion):
            excluded[made] += 1
            continue
        if asked.suppress_level and asked.level is not None:
            levels_left_out.add(asked.uri)
        best[made.uri] = min(best.get(made.uri, made), made, key=_order)
    return OccupationRequirements(
        requirements=tuple(sorted(best.values(), key=_order)),
        excluded=tuple(
            Excluded(reason=reason, count=excluded[reason])
            for reason in Exclusion
            if excluded[reason]
        ),
        levels_left_out=len(levels_left_out),
    )


def occupation_checklist(made: OccupationRequirements, *, uri: ConceptUri, title: str) -> Checklist:
    """Return the requirements as a checklist, the form in which a posting's are compared too."""
    return Checklist(
        source=uri,
        title=title,
        requirements=made.requirements,
        frameworks=tuple(sorted({each.framework for each in made.requirements})),
    )


def _decide(asked: Asked, rule: Rule) -> tuple[Necessity, str] | Exclusion:
    if asked.predicate is not None:
        necessity = necessity_from_predicate(asked.predicate)
        return necessity, f"{asked.predicate.value} for this occupation"
    if asked.importance is not None:
        return _decide_rated(asked, asked.importance, rule)
    if not asked.technology:
        return Exclusion.UNSAID
    wanted, why = necessity_from_technology(hot=asked.hot, in_demand=asked.in_demand, rule=rule)
    return Exclusion.PLAIN_TECHNOLOGY if wanted is None else (wanted, why)


def _decide_rated(asked: Asked, importance: float, rule: Rule) -> tuple[Necessity, str] | Exclusion:
    if asked.skill_type in rule.left_out:
        return Exclusion.TRAIT
    if asked.not_relevant:
        return Exclusion.NOT_RELEVANT
    if asked.suppress_importance:
        return Exclusion.SUPPRESSED
    necessity = necessity_from_importance(importance, rule)
    if necessity is None:
        return Exclusion.UNIMPORTANT
    least = {
        Necessity.MUST: rule.must_from,
        Necessity.SHOULD: rule.should_from,
        Necessity.NICE: rule.nice_from,
    }[necessity]
    return necessity, f"importance {importance:g} of 5, {necessity.value} from {least:g}"


def _order(requirement: Requirement) -> tuple[int, float, str, float, str, str]:
    """Order for showing; the last parts only choose between two answers about one skill."""
    level = requirement.level_value
    return (
        _RANK[requirement.necessity],
        -(requirement.importance or 0.0),
        requirement.uri,
        1.0 if level is None else -level,
        requirement.necessity_why,
        requirement.label,
    )
