"""C1 to C11: the elements that describe a micro-credential in Europe.

Open Badges 3.0 has no field of its own for workload beyond credits, level, form of participation
and quality assurance. The rules name such a gap; they do not invent a field, and what is told only
in words is a note instead of a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.quality.badge import Badge
from skillmatch.quality.european_elements import (
    ASSESSMENT_WORDS,
    LEVEL_WORDS,
    PARTICIPATION_FIELDS,
    PARTICIPATION_WORDS,
    QUALITY_FIELDS,
    QUALITY_WORDS,
    WORKLOAD_WORDS,
    has_assessment,
    has_country,
    has_endorsement,
    has_field,
    has_level,
    has_outcomes,
    has_workload,
    issuers,
    learners,
    quoted,
    texts,
    titles,
)
from skillmatch.quality.finding import Flaw, Severity
from skillmatch.quality.kinds import OPEN_BADGES, Kind
from skillmatch.quality.registry import rule

SOURCE = "Council Recommendation of 16 June 2022 on micro-credentials (2022/C 243/02), Annex I"
_KINDS = OPEN_BADGES | {Kind.EDC}
_AWARDED = _KINDS - {Kind.OB3_ACHIEVEMENT, Kind.OB2_BADGE_CLASS}
_WHY = "Annex I lists it among the mandatory elements of a micro-credential; "


@rule(
    "C1",
    title="Learner: who earned it is not said",
    why=f"{_WHY}without it nobody can tell whose it is.",
    mend="Identify the learner by a DID, another id, or a salted hash of the e-mail address.",
    source=SOURCE,
    kinds=_AWARDED,
)
def learner(badge: Badge) -> Iterator[Flaw]:
    """Yield where no learner is identified."""
    if not learners(badge):
        yield Flaw(pointer=badge.root.pointer, message="no learner is identified")


@rule(
    "C2",
    title="Title: the micro-credential has none",
    why=f"{_WHY}it is what people call it.",
    mend="Give the achievement a name.",
    source=SOURCE,
    kinds=_KINDS,
)
def title(badge: Badge) -> Iterator[Flaw]:
    """Yield where there is no title."""
    if not titles(badge):
        yield Flaw(pointer=badge.root.pointer, message="no title is given")


@rule(
    "C3",
    title="Country or region of the issuer is not said",
    why=f"{_WHY}it says under which law and system the issuer works.",
    mend="Add issuer.address with addressCountryCode (European credentials: location with its "
    "countryCode).",
    source=SOURCE,
    kinds=_KINDS,
)
def country(badge: Badge) -> Iterator[Flaw]:
    """Yield where neither issuer nor awarding body has a country or region."""
    if not has_country(badge):
        yield Flaw(pointer=_issuer_place(badge), message="no country or region of the issuer")


@rule(
    "C4",
    title="Awarding body is not named",
    why=f"{_WHY}its name is what readers trust or do not trust.",
    mend="Give the issuer a name, not only an id.",
    source=SOURCE,
    kinds=_KINDS,
)
def awarding_body(badge: Badge) -> Iterator[Flaw]:
    """Yield where no issuer or creator has a name."""
    if not any(one.text("name", "legalName", "prefLabel").strip() for one in issuers(badge)):
        yield Flaw(pointer=_issuer_place(badge), message="no awarding body has a name")


@rule(
    "C5",
    title="Date of issue is missing",
    why=f"{_WHY}what was current then may not be now.",
    mend="Set awardedDate or validFrom (Open Badges 2.0: issuedOn).",
    source=SOURCE,
    kinds=_AWARDED,
)
def date_of_issue(badge: Badge) -> Iterator[Flaw]:
    """Yield where no date of issue is given."""
    if not badge.root.get("awardedDate", "issued", "issuedOn", "validFrom", "issuanceDate"):
        yield Flaw(pointer=badge.root.pointer, message="no date of issue is given")


@rule(
    "C6",
    title="Learning outcomes are not stated",
    why=f"{_WHY}they say what the learner knows, understands and can do.",
    mend="State each outcome as a sentence with a verb, in the description or the criteria, and "
    "align it with a skill.",
    source=SOURCE,
    kinds=_KINDS,
)
def learning_outcomes(badge: Badge) -> Iterator[Flaw]:
    """Yield where neither a statement nor an alignment says what was learnt."""
    if not has_outcomes(badge):
        yield Flaw(pointer=badge.root.pointer, message="no learning outcome is stated")


@rule(
    "C7",
    title="Notional workload is not given",
    why=f"{_WHY}it says how much learning stands behind it, where possible in ECTS credits.",
    mend="Set creditsAvailable and say in the criteria that these are ECTS credits; hours have no "
    "field in Open Badges 3.0 (European credentials: volumeOfLearning, creditPoint).",
    source=SOURCE,
    kinds=_KINDS,
)
def workload(badge: Badge) -> Iterator[Flaw]:
    """Yield where no workload is given in a field."""
    if not has_workload(badge):
        yield from _gap(badge, "workload", WORKLOAD_WORDS)


@rule(
    "C8",
    severity=Severity.NOTE,
    title="Level of the learning is not given",
    why="Annex I asks for the level (and cycle) where it applies, by the European Qualifications "
    "Framework or that of the European Higher Education Area.",
    mend="Align the achievement with the EQF level (targetFramework European Qualifications "
    "Framework); Open Badges 3.0 has no field of its own for it. If no level applies, switch this "
    "rule off with that reason.",
    source=SOURCE,
    kinds=_KINDS,
)
def level(badge: Badge) -> Iterator[Flaw]:
    """Yield where no level is given in a field or an alignment."""
    if not has_level(badge):
        yield from _gap(badge, "level", LEVEL_WORDS)


@rule(
    "C9",
    title="Type of assessment is not said",
    why=f"{_WHY}a test, a project and an observation show different things.",
    mend="Add a resultDescription with its resultType and say in the criteria how it is assessed.",
    source=SOURCE,
    kinds=_KINDS,
)
def assessment(badge: Badge) -> Iterator[Flaw]:
    """Yield where no assessment is described."""
    if not has_assessment(badge):
        yield from _gap(badge, "type of assessment", ASSESSMENT_WORDS)


@rule(
    "C10",
    title="Form of participation is not said",
    why=f"{_WHY}it says whether the learning was online, on site or both.",
    mend="Say it in the criteria (online, on site, blended); Open Badges 3.0 has no field for it.",
    source=SOURCE,
    kinds=_KINDS,
)
def participation(badge: Badge) -> Iterator[Flaw]:
    """Yield where no form of participation is given in a field."""
    if not has_field(badge, PARTICIPATION_FIELDS):
        yield from _gap(badge, "form of participation", PARTICIPATION_WORDS)


@rule(
    "C11",
    title="Type of quality assurance is not said",
    why=f"{_WHY}it says who looks after the quality behind it.",
    mend="Let the body that assures quality endorse the achievement or the issuer (endorsement), "
    "or say in the description which one does; Open Badges 3.0 has no field for it.",
    source=SOURCE,
    kinds=_KINDS,
)
def quality_assurance(badge: Badge) -> Iterator[Flaw]:
    """Yield where neither an endorsement nor a field speaks of quality assurance."""
    if not has_endorsement(badge) and not has_field(badge, QUALITY_FIELDS):
        yield from _gap(badge, "quality assurance", QUALITY_WORDS)


def _gap(badge: Badge, what: str, words: re.Pattern[str]) -> Iterator[Flaw]:
    """Yield that a field is missing; a note where the badge says it in words."""
    for node in texts(badge):
        if found := quoted(words, node.text()):
            yield Flaw(
                pointer=node.pointer,
                message=f"{what} is told only in words, so no machine can compare it",
                words=found,
                severity=Severity.NOTE,
            )
            return
    yield Flaw(pointer=badge.root.pointer, message=f"no {what} is given")


def _issuer_place(badge: Badge) -> str:
    return next((one.pointer for one in issuers(badge)), badge.root.pointer)
