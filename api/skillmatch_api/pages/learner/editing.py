"""What is asked for after the learner's corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch.service.matcher import Matcher
from skillmatch_api.pages.learner.given import NOT_ASKED

CHANGED = "you changed it"
ADDED = "you added it"
_VALUES = {one.value: one for one in Necessity}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A checklist with the corrections in it.

    Attributes:
        removed: Requirements that were taken out, in text order.
        added: URIs that were added and are known.
    """

    checklist: Checklist
    removed: tuple[Requirement, ...] = ()
    added: tuple[ConceptUri, ...] = ()


def edit(
    checklist: Checklist,
    *,
    necessity: Mapping[str, str],
    added: Sequence[ConceptUri],
    frameworks: FrameworksAtHand,
) -> Edited:
    """Return the checklist as the learner wants it; what makes no sense is passed over."""
    asked = {one.uri for one in checklist.requirements}
    known = tuple(uri for uri in added if uri not in asked and is_skill(frameworks, uri))
    every = [*checklist.requirements, *(_added(uri, frameworks) for uri in known)]
    kept = [one for one in every if necessity.get(one.uri) != NOT_ASKED]
    return Edited(
        checklist=replace(
            checklist,
            requirements=tuple(_weighed(one, necessity.get(one.uri, "")) for one in kept),
        ),
        removed=tuple(one for one in every if necessity.get(one.uri) == NOT_ASKED),
        added=known,
    )


def find_skill(matcher: Matcher, name: str) -> ConceptUri | None:
    """Return the skill of a URI, or of a name as a person writes it; None where there is none."""
    uri = matcher.resolve(name)
    if uri is not None and is_skill(matcher.frameworks, uri):
        return uri
    (links,) = matcher.link([name], top=1)
    return next((one.uri for one in links if one.accepted), None)


def is_skill(frameworks: FrameworksAtHand, uri: ConceptUri) -> bool:
    """Tell whether a URI is that of a skill at hand."""
    concept = frameworks.find_concept(uri)
    return concept is not None and concept.kind is ConceptKind.SKILL


def _added(uri: ConceptUri, frameworks: FrameworksAtHand) -> Requirement:
    return Requirement(
        uri=uri,
        label=frameworks.pref_label(uri),
        framework=frameworks.framework_of(uri),
        necessity=Necessity.MUST,
        necessity_why=ADDED,
    )


def _weighed(requirement: Requirement, value: str) -> Requirement:
    wanted = _VALUES.get(value)
    if wanted is None or wanted is requirement.necessity:
        return requirement
    return replace(requirement, necessity=wanted, necessity_why=CHANGED)
