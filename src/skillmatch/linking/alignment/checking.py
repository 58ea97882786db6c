"""Alignments that a badge already has: each confirmed, questioned, or not to be checked here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from skillmatch.linking.alignment.target_urls import TargetUrl, read_target_url
from skillmatch.linking.alignment.targets import (
    FAMILY_NAMES,
    OCCUPATIONS,
    family_of,
    framework_name,
    full_name,
    release_name,
    target_of,
)
from skillmatch.model.achievement import Alignment
from skillmatch.model.alignment import (
    AlignmentFinding,
    ConceptTarget,
    Doubt,
    FindingState,
)
from skillmatch.model.concept import Concept, ConceptUri, SkillType, Status
from skillmatch.text.normal import normal_form, without_qualifier

_VERSION = re.compile(r"\bv?(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_KNOWLEDGE = re.compile(r"knowledge", re.IGNORECASE)
_JOB = re.compile(r"occupation|job", re.IGNORECASE)
# Terms of the specification that no skill or occupation of these frameworks can be.
_NEVER = frozenset(
    {"ceterms:Credential", "CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel"}
)
_SKILL_ONLY = frozenset({"ceasn:Competency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownConcept:
    """A concept and the installed framework that holds it."""

    concept: Concept
    framework_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """What checking needs to know of the frameworks.

    Attributes:
        find: Looks a URI up in the frameworks at hand.
        elsewhere: Looks it up in the other installed releases.
        named: Concepts with a label of this normal form, best first.
        families: Families that are at hand, as in ``esco``.
    """

    find: Callable[[str], KnownConcept | None]
    elsewhere: Callable[[str], KnownConcept | None]
    named: Callable[[str], Sequence[ConceptTarget]]
    families: frozenset[str]

    def check(
        self, alignments: Sequence[Alignment], *, at: Callable[[Alignment], str]
    ) -> tuple[AlignmentFinding, ...]:
        """Return a finding for each alignment, in order.

        Args:
            alignments: All alignments of one badge, so that duplicates can be seen.
            at: JSON pointer of an alignment within the badge.
        """
        seen: dict[str, str] = {}
        found = []
        for alignment in alignments:
            finding = self._check(alignment, at(alignment), seen)
            if finding.uri:
                seen.setdefault(finding.uri, finding.at)
            found.append(finding)
        return tuple(found)

    def _check(self, alignment: Alignment, at: str, seen: dict[str, str]) -> AlignmentFinding:
        url = read_target_url(alignment.target_url)
        noted = _Noted()
        if url.uri in seen:
            noted.add(Doubt.DUPLICATE, f"the alignment at {seen[url.uri]} names the same target")
        known = self.find(url.uri) if url.item else None
        if known is not None:
            self._known(alignment, url, known, noted)
            return noted.finding(alignment, at, known.concept.uri, full_name(known.framework_id))
        self._unknown(alignment, url, noted)
        return noted.finding(alignment, at, url.uri, alignment.target_framework)

    def _known(
        self, alignment: Alignment, url: TargetUrl, known: KnownConcept, noted: _Noted
    ) -> None:
        concept = known.concept
        target = target_of(concept, known.framework_id)
        if concept.status is not Status.RELEASED:
            heirs = [heir for uri in concept.replaced_by if (heir := self.find(uri))]
            noted.suggest(target_of(heir.concept, heir.framework_id) for heir in heirs)
            instead = " or ".join(repr(one.label) for one in noted.suggestions)
            noted.add(
                Doubt.WITHDRAWN,
                f"{target.framework_and_release} has withdrawn {target.label!r}"
                + (f"; {instead} takes its place" if instead else " without naming a successor"),
            )
        if older := _older_release(alignment, known.framework_id):
            noted.add(
                Doubt.OLD_RELEASE,
                f"the framework is given as {older}; {target.framework_and_release} has the "
                "concept, too: write that",
            )
        _type(alignment, known, noted)
        self._name(alignment, known, noted)
        if url.uri != alignment.target_url.strip():
            noted.add(
                Doubt.NOT_AN_ITEM,
                f"the URL is a page or a variant; the concept's own URI is {concept.uri}",
            )
            noted.suggest([target])
        elif noted.doubts and Doubt.WITHDRAWN not in noted.doubts:
            noted.suggest([target])

    def _name(self, alignment: Alignment, known: KnownConcept, noted: _Noted) -> None:
        target = target_of(known.concept, known.framework_id)
        if alignment.target_name and not _is_called(known.concept, alignment.target_name):
            noted.add(
                Doubt.NAME_DIFFERS,
                f"the name is {alignment.target_name!r}, but the URL means {target.label!r}",
            )
            noted.suggest(self.named(alignment.target_name))
        said = _family_said(alignment.target_framework)
        if said and said != family_of(known.framework_id):
            noted.add(
                Doubt.NAME_DIFFERS,
                f"the framework is given as {alignment.target_framework!r}, but the URL is one of "
                f"{framework_name(known.framework_id)}",
            )

    def _unknown(self, alignment: Alignment, url: TargetUrl, noted: _Noted) -> None:
        noted.suggest(self.named(alignment.target_name))
        if not url.absolute:
            noted.add(Doubt.NOT_AN_ITEM, "there is no absolute URL, so nothing tells what is meant")
        elif not url.item:
            noted.add(
                Doubt.NOT_AN_ITEM,
                "the URL is that of a whole framework or site; give the URI of the one item",
            )
        elif other := self.elsewhere(url.uri):
            noted.add(
                Doubt.OLD_RELEASE,
                f"only {full_name(other.framework_id)} has this concept "
                f"({other.concept.pref_label()!r}), not the release at hand",
            )
            noted.suggest(self.named(other.concept.pref_label()))
        elif url.family in self.families:
            noted.add(
                Doubt.UNKNOWN_URI,
                f"no installed release of {FAMILY_NAMES[url.family]} has this URI; it is mistyped, "
                "invented, or newer",
            )
        else:
            noted.cannot_tell()


@dataclass(slots=True)
class _Noted:
    """Doubts about one alignment while they are gathered."""

    doubts: list[Doubt] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    suggestions: list[ConceptTarget] = field(default_factory=list)
    unchecked: bool = False

    def add(self, doubt: Doubt, sentence: str) -> None:
        self.doubts.append(doubt)
        self.sentences.append(sentence)

    def suggest(self, targets: Iterable[ConceptTarget]) -> None:
        for target in targets:
            if target not in self.suggestions:
                self.suggestions.append(target)

    def cannot_tell(self) -> None:
        self.unchecked = True
        self.add(
            Doubt.NOT_INSTALLED,
            "the framework it points at is not installed here, so it was not checked",
        )
        self.suggestions.clear()

    def finding(self, alignment: Alignment, at: str, uri: str, framework: str) -> AlignmentFinding:
        asked = [doubt for doubt in self.doubts if doubt is not Doubt.NOT_INSTALLED]
        state = FindingState.QUESTIONED if asked else FindingState.CONFIRMED
        if self.unchecked and not asked:
            state = FindingState.UNCHECKED
        order = list(Doubt)
        return AlignmentFinding(
            at=at,
            state=state,
            uri=uri,
            name=alignment.target_name,
            framework=framework,
            doubts=tuple(sorted(set(self.doubts), key=order.index)),
            message="; ".join(self.sentences) or f"{framework} has it under this name",
            suggestions=tuple(self.suggestions),
        )


def _type(alignment: Alignment, known: KnownConcept, noted: _Noted) -> None:
    """Question a target type that the concept cannot have."""
    given, concept = alignment.target_type, known.concept
    if not given:
        return
    job = concept.kind in OCCUPATIONS
    what = _what(concept)
    says_job = bool(_JOB.search(given))
    says_knowledge = bool(_KNOWLEDGE.search(given))
    wrong = (
        given in _NEVER
        or (job and given in _SKILL_ONLY)
        or (given.startswith("ext:") and says_job != job)
        or (says_knowledge and concept.skill_type is not SkillType.KNOWLEDGE)
        or _foreign_type(given, known.framework_id)
    )
    if wrong:
        right = target_of(concept, known.framework_id).target_type
        noted.add(
            Doubt.WRONG_TYPE,
            f"the type is {given!r}, but the concept is {what} of "
            f"{framework_name(known.framework_id)}: {right!r} fits",
        )


def _foreign_type(given: str, framework_id: str) -> bool:
    """Tell whether an extension type names another family than the concept's."""
    plain = given.replace("*", "").upper()
    named = {family for family in FAMILY_NAMES if plain.startswith(f"EXT:{family.upper()}")}
    return bool(named) and family_of(framework_id) not in named


def _what(concept: Concept) -> str:
    if concept.kind in OCCUPATIONS:
        return "an occupation"
    kind = concept.skill_type
    if kind is SkillType.KNOWLEDGE:
        return "knowledge"
    return f"a {(kind or concept.kind).value.replace('-', ' ')}"


def _is_called(concept: Concept, name: str) -> bool:
    labels = (*concept.pref_labels, *concept.alt_labels, *concept.hidden_labels)
    forms = {normal_form(one) for label in labels for one in _names(label.text)}
    return any(normal_form(one) in forms for one in _names(name))


def _names(label: str) -> tuple[str, str]:
    return label, without_qualifier(label)


def _family_said(framework: str) -> str:
    plain = framework.replace("*", "").lower()
    return next((family for family in FAMILY_NAMES if re.search(rf"\b{family}\b", plain)), "")


def _older_release(alignment: Alignment, framework_id: str) -> str:
    """Return the framework as given where it names an older release than the one at hand."""
    found = _VERSION.search(alignment.target_framework)
    said = _family_said(alignment.target_framework)
    if not found or said != family_of(framework_id):
        return ""
    older = _numbers(found[1]) < _numbers(release_name(framework_id))
    return f"{FAMILY_NAMES[said]} {found[1]}" if older else ""


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", release))


def uri_of(target_url: str) -> ConceptUri:
    """Return the URI that an alignment's URL means, for comparing with concepts."""
    return ConceptUri(read_target_url(target_url).uri)
