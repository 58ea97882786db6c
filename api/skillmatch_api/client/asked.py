"""What the service is asked, from its OpenAPI document (``tests/api/client_types.py``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Required, TypedDict

from skillmatch.model.link import Mention
from skillmatch.model.requirement import Checklist, Dropped, Gate


class GapIn(TypedDict, total=False):
    """A posting, an occupation or a checklist, and what a person can show.

    Attributes:
        at: Day the comparison holds for; today by default.
        documents: Keys, status lists and badge classes by their web address.
        evidence: CVs, badges, and archives of badges.
        have: Skills as names or URIs; `name; level; years`, several with commas.
        issuers: Issuers that are believed, as the file of --issuers lists them: id, name, keys,
            note.
        min_confidence: Take only what was understood with this probability.
        occupation: URI or code of an occupation; no title.
        online: Fetch over https what badges need and `documents` lacks; only where the service
            may (SKILLMATCH_ONLINE=1).
        posting: A job posting: its text, or a document.
        recipient: E-mail addresses or ids that the badges were issued to.
        requirements: An edited checklist; beside it a posting is only shown, not read.
    """

    at: date | None
    documents: Mapping[str, DocumentIn]
    evidence: Sequence[DocumentIn]
    have: Sequence[str]
    issuers: Sequence[Mapping[str, object]]
    min_confidence: float | None
    occupation: str | None
    online: bool
    posting: str | DocumentIn | None
    recipient: Sequence[str]
    requirements: Checklist | ChecklistIn | None


class DocumentIn(TypedDict, total=False):
    """A document: a name, and its content in one of three ways.

    Attributes:
        base64: Its bytes in Base64.
        json: Its content, where it is JSON, such as a badge.
        name: Name of the file; its ending helps to tell the format.
        text: Its content, where it is text.
    """

    base64: str | None
    json: object
    name: str
    text: str | None


class ChecklistIn(TypedDict, total=False):
    """All that is asked for, after whatever a person did to it."""

    dropped: Sequence[Dropped]
    encoder: str
    frameworks: Sequence[str]
    gates: Sequence[Gate]
    notes: Sequence[str]
    requirements: Sequence[RequirementIn]
    source: str
    title: str
    units: int
    unlinked: Sequence[Dropped]


class RequirementIn(TypedDict, total=False):
    """One skill that is asked for; a ``uri`` or a ``label`` is enough.

    Attributes:
        weight: 1 is normal, 2 counts double, 0 not at all.
    """

    alternatives: Sequence[str]
    confidence: float
    folded: Sequence[str]
    framework: str
    how: str
    importance: float | None
    label: str
    level: str
    level_scale: str
    level_value: float | None
    mentions: Sequence[Mention]
    necessity: Literal["must", "should", "nice"]
    necessity_why: str
    skill_type: (
        Literal["skill", "knowledge", "ability", "work-activity", "work-style", "technology"] | None
    )
    uri: str
    weight: float
    years: float | None


class LinkIn(TypedDict, total=False):
    """Texts to link, each as one unit.

    Attributes:
        min_confidence: Accept links from this probability on.
        top: Concepts for each text.
    """

    min_confidence: float | None
    texts: Required[Sequence[str]]
    top: int


class PlanIn(TypedDict, total=False):
    """What to plan for, with which offers, within which limits.

    Attributes:
        at: Day the gap is compared for.
        by: End by this day.
        catalogues: Names of kept catalogues; all of them by default.
        commit: Offers to take in any case.
        curve: Show what less money would close.
        documents: Keys, status lists and badge classes by their web address.
        evidence: CVs, badges, and archives of badges.
        have: Skills as names or URIs; `name; level; years`, several with commas.
        hold: Ids or names of credentials that you hold.
        issuers: Issuers that are believed, as the file of --issuers lists them: id, name, keys,
            note.
        keep: Keep the plan; by default nothing is kept.
        min_confidence: Of skills proposed from an offer's words.
        offers: Files of offers to plan with; nothing of them is kept. Beside them only the
            catalogues that are named are used.
        online: Fetch over https what badges need and `documents` lacks; only where the service
            may (SKILLMATCH_ONLINE=1).
        prove: Also plan to prove what is only claimed.
        rates: What one unit of another currency is worth.
        recipient: E-mail addresses or ids that the badges were issued to.
        start: First day; default that of `at`.
        title: Of the plan that is kept.
        without: Offers to leave out, by id or name.
    """

    access: Sequence[str]
    alternatives: bool
    at: date | None
    by: date | None
    catalogues: Sequence[str]
    commit: Sequence[str]
    currency: str | None
    curve: bool
    devices: Sequence[str]
    documents: Mapping[str, DocumentIn]
    evidence: Sequence[DocumentIn]
    goals: Required[Sequence[GoalIn]]
    have: Sequence[str]
    hold: Sequence[str]
    hours_per_week: float
    issuers: Sequence[Mapping[str, object]]
    keep: bool
    languages: Sequence[str]
    max_cost: MoneyIn | None
    max_weeks: float | None
    min_confidence: float
    offers: Sequence[DocumentIn]
    online: bool
    online_only: bool
    places: Sequence[str]
    prefer: Literal["cheapest", "fastest", "fewest"]
    prove: bool
    rates: Mapping[str, object]
    recipient: Sequence[str]
    start: date | None
    title: str
    without: Sequence[str]


class GoalIn(TypedDict, total=False):
    """A posting, an occupation or a checklist to plan for.

    Attributes:
        occupation: URI or code of an occupation; no title.
        posting: A job posting: its text, or a document.
        requirements: An edited checklist; beside it a posting is only shown, not read.
        weight: How much it counts beside other goals.
    """

    occupation: str | None
    posting: str | DocumentIn | None
    requirements: Checklist | ChecklistIn | None
    weight: float


class MoneyIn(TypedDict, total=False):
    """An amount; without a currency in that of the plan."""

    amount: Required[float]
    currency: str | None


class PostingIn(TypedDict, total=False):
    """A posting to keep.

    Attributes:
        title: Made of its text by default.
    """

    posting: Required[str | DocumentIn]
    title: str


class RequirementsIn(TypedDict, total=False):
    """A posting to be read."""

    min_confidence: float | None
    posting: Required[str | DocumentIn]
