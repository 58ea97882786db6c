"""The answer to a filled-in form: the gap, and all that a page or a download says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from skillmatch.gap import compare
from skillmatch.model.evidence import Evidence
from skillmatch.model.gap import GapResult
from skillmatch.model.posting import Posting
from skillmatch.model.requirement import Checklist, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch.service.shown import Shown
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.learner.editing import Edited, edit, find_skill
from skillmatch_api.pages.learner.given import Given
from skillmatch_api.pages.learner.keeping import together
from skillmatch_api.pages.learner.kept import Kept
from skillmatch_api.pages.learner.reading import Desk, Reading, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came out.

    Attributes:
        result: None where there was no posting to read.
        read: The checklist as it was read, before the corrections.
        shown: What was typed and what the documents show, together.
        suggested: Names close to a skill that was not found.
    """

    kept: Kept
    faults: tuple[Fault, ...]
    result: GapResult | None = None
    shown: Shown = field(default_factory=Shown)
    edited: Edited | None = None
    suggested: tuple[str, ...] = ()

    @property
    def posting(self) -> Posting | None:
        """The posting that was read."""
        return self.kept.posting

    @property
    def removed(self) -> tuple[Requirement, ...]:
        """What the learner took out."""
        return self.edited.removed if self.edited is not None else ()


def answer(given: Given, desk: Desk, own: Sequence[Evidence] = ()) -> Answer:
    """Read a form and set what is asked for beside what can be shown.

    Args:
        given: The form.
        desk: Reads and looks up.
        own: What is in the learner's own record and is to count, too.
    """
    reading = read(given, desk)
    checklist = reading.kept.checklist
    if checklist is None:
        return Answer(kept=reading.kept, faults=tuple(reading.faults))
    edited, suggested = _edited(given, checklist, desk.matcher, reading)
    shown = _shown(desk.matcher, reading, own)
    return Answer(
        kept=reading.kept,
        faults=tuple(reading.faults),
        result=gap_of(desk, edited.checklist, shown),
        shown=shown,
        edited=edited,
        suggested=suggested,
    )


def gap_of(desk: Desk, checklist: Checklist, shown: Shown) -> GapResult:
    """Return the gap, from evidence that was read before; as ``Matcher.gap`` would."""
    frameworks = desk.matcher.frameworks
    result = compare(
        desk.matcher.with_twins(checklist),
        shown.evidence,
        hierarchy=frameworks,
        nearness=frameworks,
        at=desk.day,
    )
    return replace(
        result,
        unread=shown.unread,
        notes=(*result.notes, *checklist.notes, *shown.notes, *frameworks.notes),
        attribution=frameworks.attribution,
    )


def _edited(
    given: Given, checklist: Checklist, matcher: Matcher, reading: Reading
) -> tuple[Edited, tuple[str, ...]]:
    added = given.added
    suggested: tuple[str, ...] = ()
    if given.adding:
        found = find_skill(matcher, given.adding)
        if found is None:
            reading.faults.append(
                Fault(field="adding", key="learner.fault_adding", said=given.adding)
            )
            suggested = _near(matcher, given.adding)
        else:
            added = (*added, found)
    edited = edit(checklist, necessity=given.necessity, added=added, frameworks=matcher.frameworks)
    return edited, suggested


def _near(matcher: Matcher, name: str) -> tuple[str, ...]:
    (links,) = matcher.link([name], top=3)
    return tuple(dict.fromkeys(one.pref_label for one in links))


def _shown(matcher: Matcher, reading: Reading, own: Sequence[Evidence]) -> Shown:
    kept = reading.kept
    typed = matcher.shown((), have=reading.claims, verifier=None)
    return Shown(
        evidence=together((*typed.evidence, *kept.evidence), own),
        unread=typed.unread,
        notes=kept.notes,
    )
