"""A checklist in a request: the one that a gap or ``/v1/requirements`` answered with, edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from skillmatch.errors import RowError
from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.link import Mention
from skillmatch.model.requirement import Checklist, Dropped, Gate, Necessity, Requirement
from skillmatch.service.matcher import Matcher

MAX_REQUIREMENTS = 1_000
MAX_PARTS = 20_000
"""Of one list beside the requirements; the longest posting has fewer."""

_Uri = Annotated[str, Field(max_length=500)]
_Words = Annotated[str, Field(max_length=1_000)]
_Text = Annotated[str, Field(max_length=20_000)]
_AtLeast0 = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class RequirementIn(BaseModel):
    """One skill that is asked for; a ``uri`` or a ``label`` is enough."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"label": "Python", "necessity": "must"}]},
    )

    uri: _Uri = ""
    label: _Words = ""
    framework: _Words = ""
    necessity: Necessity = Necessity.MUST
    necessity_why: _Text = "added by hand"
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    skill_type: SkillType | None = None
    mentions: Annotated[tuple[Mention, ...], Field(max_length=MAX_PARTS)] = ()
    level: _Words = ""
    level_value: _AtLeast0 | None = None
    level_scale: _Words = ""
    years: _AtLeast0 | None = None
    importance: _AtLeast0 | None = None
    weight: Annotated[
        _AtLeast0, Field(description="1 is normal, 2 counts double, 0 not at all.")
    ] = 1.0
    folded: Annotated[tuple[_Uri, ...], Field(max_length=MAX_REQUIREMENTS)] = ()
    alternatives: Annotated[tuple[_Uri, ...], Field(max_length=MAX_REQUIREMENTS)] = ()
    how: _Text = ""


class ChecklistIn(BaseModel):
    """All that is asked for, after whatever a person did to it."""

    model_config = ConfigDict(extra="forbid")

    source: _Words = "checklist"
    title: _Words = ""
    requirements: Annotated[tuple[RequirementIn, ...], Field(max_length=MAX_REQUIREMENTS)] = ()
    gates: Annotated[tuple[Gate, ...], Field(max_length=MAX_PARTS)] = ()
    dropped: Annotated[tuple[Dropped, ...], Field(max_length=MAX_PARTS)] = ()
    unlinked: Annotated[tuple[Dropped, ...], Field(max_length=MAX_PARTS)] = ()
    units: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    frameworks: Annotated[tuple[_Words, ...], Field(max_length=100)] = ()
    encoder: _Words = ""
    notes: Annotated[tuple[_Text, ...], Field(max_length=1_000)] = ()

    def read(self, matcher: Matcher) -> Checklist:
        """Return the checklist, with a concept of the frameworks at hand for each requirement.

        Raises:
            RowError: A requirement names none, or one that stands there already; tells all.
        """
        faults: list[str] = []
        found: dict[ConceptUri, Requirement] = {}
        for place, one in enumerate(self.requirements):
            named = one.uri or one.label
            uri = matcher.resolve(named) if named else None
            if uri is None:
                faults.append(f"/requirements/{place}: {_unknown(one)}")
            elif uri in found:
                faults.append(f"/requirements/{place}: {uri} stands there twice; remove one")
            else:
                found[uri] = self._requirement(one, uri, matcher)
        if faults:
            raise RowError(tuple(faults), path=Path("requirements"))
        return Checklist(
            source=self.source,
            title=self.title,
            requirements=tuple(found.values()),
            gates=self.gates,
            dropped=self.dropped,
            unlinked=self.unlinked,
            units=self.units,
            frameworks=self.frameworks,
            encoder=self.encoder,
            notes=self.notes,
        )

    def _requirement(self, one: RequirementIn, uri: ConceptUri, matcher: Matcher) -> Requirement:
        first = self.frameworks[0] if self.frameworks else ""
        return Requirement(
            uri=uri,
            label=one.label or matcher.frameworks.pref_label(uri),
            framework=one.framework or first,
            necessity=one.necessity,
            necessity_why=one.necessity_why,
            confidence=one.confidence,
            skill_type=one.skill_type,
            mentions=one.mentions,
            level=one.level,
            level_value=one.level_value,
            level_scale=one.level_scale,
            years=one.years,
            importance=one.importance,
            weight=one.weight,
            folded=tuple(map(ConceptUri, one.folded)),
            alternatives=tuple(map(ConceptUri, one.alternatives)),
            how=one.how,
        )


def _unknown(one: RequirementIn) -> str:
    if not (one.uri or one.label):
        return "a requirement needs a uri or a label"
    if one.uri:
        return f"{one.uri!r} is in no framework at hand; give a label instead"
    return f"no skill is called {one.label!r}; GET /v1/search finds skills"
