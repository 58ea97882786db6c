"""Skills that somebody asks for by name, and what a posting asks for beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from skillmatch.errors import UsageError
from skillmatch.gap.levels import check_level
from skillmatch.linking.evidence import Claim
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.service.matcher import Matcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A skill that is asked for; either ``concept`` or ``text``.

    Attributes:
        concept: URI of a skill.
        text: Words for a skill, or for several.
        level: Words for a level, ``""`` for none.
        years: Years of experience.
    """

    concept: str = ""
    text: str = ""
    necessity: Necessity = Necessity.MUST
    level: str = ""
    years: float | None = None


def read_wishes(
    matcher: Matcher, wishes: Sequence[Wish]
) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    """Return what is asked for, each concept once, and the words that no concept was found for.

    Of two wishes for one concept the first holds.

    Raises:
        UsageError: A concept is no skill at hand, or a level is none; tells all.
    """
    faults = [fault for place, one in enumerate(wishes) for fault in _faults(matcher, one, place)]
    if faults:
        raise UsageError("; ".join(faults))
    texts = list(dict.fromkeys(one.text for one in wishes if not one.concept))
    linked, unread = matcher.evidence(have=[Claim(text=one) for one in texts])
    meant: dict[str, list[ConceptUri]] = {one: [] for one in texts}
    for evidence in linked:
        meant[evidence.text].append(evidence.uri)
    found: dict[ConceptUri, Requirement] = {}
    for one in wishes:
        for uri in [ConceptUri(one.concept)] if one.concept else meant[one.text]:
            found.setdefault(uri, _requirement(matcher, uri, one))
    return tuple(found.values()), unread


def all_asked(
    matcher: Matcher, wished: Sequence[Requirement], checklist: Checklist | None
) -> tuple[Requirement, ...]:
    """Return what is asked for by name, then what a checklist asks for beside it.

    Skills count under their name in any framework at hand, as in a gap.
    """
    named = {one.uri for one in wished}
    others = () if checklist is None else checklist.requirements
    every = (*wished, *(one for one in others if one.uri not in named))
    return matcher.with_twins(Checklist(source="", requirements=every)).requirements


def _requirement(matcher: Matcher, uri: ConceptUri, wish: Wish) -> Requirement:
    frameworks = matcher.frameworks
    made = Requirement(
        uri=uri,
        label=frameworks.pref_label(uri),
        framework=frameworks.framework_of(uri),
        necessity=wish.necessity,
        necessity_why="asked for by name",
        skill_type=frameworks.skill_type(uri),
    )
    return replace(made, level=wish.level, years=wish.years)


def _faults(matcher: Matcher, wish: Wish, place: int) -> Iterable[str]:
    try:
        check_level(wish.level)
    except ValueError as fault:
        yield f"/skills/{place}/level: {fault}"
    if not wish.concept:
        return
    concept = matcher.frameworks.find_concept(ConceptUri(wish.concept))
    if concept is None:
        ids = ", ".join(matcher.frameworks.ids)
        yield f"/skills/{place}/concept: not a concept of {ids}; GET /v1/search finds skills"
    elif concept.kind is not ConceptKind.SKILL:
        yield f"/skills/{place}/concept: is no skill but of the kind {concept.kind.value}"
