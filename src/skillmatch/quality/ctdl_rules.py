"""B12 and B13: the fields that a description in the Credential Registry should have."""

from __future__ import annotations

from collections.abc import Iterator

from skillmatch.quality.badge import Badge, term
from skillmatch.quality.finding import Flaw
from skillmatch.quality.kinds import CTDL_CREDENTIAL, Kind
from skillmatch.quality.registry import rule

_COMMON = (
    ("ctid",),
    ("name",),
    ("description",),
    ("subjectWebpage",),
    ("inLanguage",),
    ("ownedBy", "offeredBy"),
)
REQUIRED_OF_CREDENTIALS = (*_COMMON, ("credentialStatusType",))
REQUIRED_OF_OTHERS = (*_COMMON, ("lifeCycleStatusType",))
"""Of courses, programmes and assessments."""
RECOMMENDED = (
    ("keyword", "subject"),
    ("availabilityListing", "availableOnlineAt", "availableAt"),
    ("estimatedCost", "commonCosts"),
    ("estimatedDuration",),
    ("occupationType", "industryType", "instructionalProgramType"),
)
RECOMMENDED_OF_CREDENTIALS = (
    ("requires", "isPreparationFrom", "advancedStandingFrom"),
    ("audienceLevelType",),
)
RECOMMENDED_OF_OTHERS = (("teaches", "assesses"), ("deliveryType",))


@rule(
    "B12",
    title="A field that the Credential Registry requires is missing",
    why="Without these the registry refuses a description, or search engines cannot show it.",
    mend="Add the fields; the registry's publishing handbook explains each.",
    source="Credential Engine, Credential Registry minimum data policy",
    kinds=(Kind.CTDL,),
)
def required_by_registry(badge: Badge) -> Iterator[Flaw]:
    """Yield one flaw that names what is missing."""
    wanted = REQUIRED_OF_CREDENTIALS if _is_credential(badge) else REQUIRED_OF_OTHERS
    yield from _missing(badge, wanted)


@rule(
    "B13",
    title="A field that makes credentials comparable is missing",
    why="Cost, duration, place, field of work and what is asked for are what people compare.",
    mend="Add what you know; leave out what does not apply, and switch this rule off with that "
    "reason.",
    source="Credential Engine, CTDL benchmark models",
    kinds=(Kind.CTDL,),
)
def recommended_by_registry(badge: Badge) -> Iterator[Flaw]:
    """Yield one flaw that names what is missing."""
    own = RECOMMENDED_OF_CREDENTIALS if _is_credential(badge) else RECOMMENDED_OF_OTHERS
    yield from _missing(badge, (*RECOMMENDED, *own))


def _is_credential(badge: Badge) -> bool:
    return any(CTDL_CREDENTIAL.fullmatch(one) for one in badge.root.types())


def _missing(badge: Badge, wanted: tuple[tuple[str, ...], ...]) -> Iterator[Flaw]:
    missing = [
        " or ".join(f"ceterms:{name}" for name in names[:2])
        for names in wanted
        if not term(badge.root, *names).many()
    ]
    if missing:
        yield Flaw(pointer=badge.root.pointer, message=f"missing: {', '.join(missing)}")
