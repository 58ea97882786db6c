"""Named sets of rules, and which of them a document asks for by what it is."""

from __future__ import annotations

import re

from skillmatch.errors import UsageError
from skillmatch.quality.badge import Badge
from skillmatch.quality.kinds import OPEN_BADGES_2, Kind
from skillmatch.quality.registry import Rule, rules

AUTO = "auto"

_OB3 = "A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 B1 B2 B3 B4 B5 B7 B8 B9 B10 B11 B14"
_OB2 = "A1 A2 A3 A6 A8 A9 A10 B1 B2 B3 B4 B5 B7 B8 B10 B11 B14"
_CTDL = "A8 A9 A10 B3 B4 B5 B6 B12 B13 B14"
_EUROPEAN = "C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11"

PROFILES: dict[str, tuple[str, ...]] = {
    "ob3": tuple(_OB3.split()),
    "ob2": tuple(_OB2.split()),
    "ctdl": tuple(_CTDL.split()),
    "eu-microcredential": tuple(f"{_OB3} {_EUROPEAN}".split()),
}
"""The ids of each profile's rules; a rule still looks only at the kinds of document it knows."""

_DEFAULT_KINDS = {
    "ob3": Kind.OB3_CREDENTIAL,
    "ob2": Kind.OB2_ASSERTION,
    "ctdl": Kind.CTDL,
    "eu-microcredential": Kind.OB3_CREDENTIAL,
}
_MICRO = re.compile(r"(?:ext:|ceterms:)?micro-?credential", re.I)


def rules_of(profile: str) -> tuple[Rule, ...]:
    """Return the rules of a profile in order.

    Raises:
        UsageError: There is no such profile.
    """
    check_profile(profile)
    chosen = set(PROFILES[profile])
    return tuple(one for one in rules() if one.id in chosen)


def check_profile(profile: str) -> None:
    """Refuse a name that is no profile.

    Raises:
        UsageError: Naming those that there are.
    """
    if profile not in PROFILES and profile != AUTO:
        raise UsageError(
            f"there is no profile {profile!r}; there are {AUTO}, {', '.join(PROFILES)}"
        )


def default_kind(profile: str) -> Kind | None:
    """Return what a document is judged as that shows no kind of its own; None for ``auto``."""
    check_profile(profile)
    return _DEFAULT_KINDS.get(profile)


def detect_profile(badge: Badge) -> str:
    """Return the profile of a document.

    A European Digital Credential, and an achievement of the type ``MicroCredential``, is held to
    the European elements besides the rules of its format.
    """
    if badge.kind in OPEN_BADGES_2:
        return "ob2"
    if badge.kind in {Kind.CTDL, Kind.RSD}:
        return "ctdl"
    micro = any(_MICRO.fullmatch(one.text("achievementType")) for one in badge.achievements)
    return "eu-microcredential" if badge.kind is Kind.EDC or micro else "ob3"
