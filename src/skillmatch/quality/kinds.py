"""What a JSON document describes, told from its types, contexts and field names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from skillmatch.readers.credentials.node import Node


class Kind(StrEnum):
    """A sort of document that there are rules for."""

    OB3_CREDENTIAL = "Open Badges 3.0 credential"
    OB3_ACHIEVEMENT = "Open Badges 3.0 achievement"
    OB2_ASSERTION = "Open Badges 2.0 assertion"
    OB2_BADGE_CLASS = "Open Badges 2.0 badge class"
    ENDORSEMENT = "endorsement"
    CLR = "Comprehensive Learner Record"
    CREDENTIAL = "verifiable credential"
    EDC = "European Digital Credential"
    CTDL = "CTDL description"
    RSD = "rich skill descriptor"


OPEN_BADGES_3 = frozenset({Kind.OB3_CREDENTIAL, Kind.OB3_ACHIEVEMENT})
OPEN_BADGES_2 = frozenset({Kind.OB2_ASSERTION, Kind.OB2_BADGE_CLASS})
OPEN_BADGES = OPEN_BADGES_3 | OPEN_BADGES_2
VERIFIABLE = frozenset({Kind.OB3_CREDENTIAL, Kind.ENDORSEMENT, Kind.CLR, Kind.CREDENTIAL, Kind.EDC})
ACHIEVING = OPEN_BADGES | {Kind.CLR}
"""Kinds that hold achievements of Open Badges."""
DESCRIBING = ACHIEVING | {Kind.EDC, Kind.CTDL}
"""Kinds that say in words what somebody can do."""
EVERY = frozenset(Kind)

CTDL_CREDENTIAL = re.compile(
    r"(ceterms:)?(\w*(Certificate|Certification|Degree|Diploma|Badge|License|Credential|Doctorate)"
    r"|CertificateOf\w+|GeneralEducationDevelopment)"
)
CTDL_COURSE = re.compile(r"(ceterms:)?(LearningOpportunityProfile|LearningProgram|Course)")
CTDL_ASSESSMENT = re.compile(r"(ceterms:)?AssessmentProfile")

_OB3_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_VC_TYPES = frozenset({"VerifiableCredential", "VerifiablePresentation"})


def is_ctdl_resource(node: Node) -> bool:
    """Tell whether a node of a CTDL graph is a credential, a course or an assessment."""
    patterns = (CTDL_CREDENTIAL, CTDL_COURSE, CTDL_ASSESSMENT)
    return any(pattern.fullmatch(one) for one in node.types() for pattern in patterns)


def kind_of(node: Node) -> Kind | None:
    """Return what a document describes, None where no rule knows it."""
    types = set(node.types())
    if types & _VC_TYPES or types & _OB3_TYPES or node.get("credentialSubject"):
        return _verifiable(node, types)
    if "RichSkillDescriptor" in types or node.get("skillStatement", "skillName"):
        return Kind.RSD
    if _speaks_ctdl(node) and is_ctdl_resource(node):
        return Kind.CTDL
    return _open_badges(node, types)


def _verifiable(node: Node, types: set[str]) -> Kind:
    contexts = {one.value for one in node.many("@context") if isinstance(one.value, str)}
    subjects = node.objects("credentialSubject")
    subject_types = {name for subject in subjects for name in subject.types()}
    if any("edc-ap" in one for one in contexts) or any(one.startswith("European") for one in types):
        return Kind.EDC
    if "ClrCredential" in types:
        return Kind.CLR
    if "EndorsementCredential" in types:
        return Kind.ENDORSEMENT
    achieving = "AchievementSubject" in subject_types or any(
        one.get("achievement") for one in subjects
    )
    open_badge = any("/ob/v3p0" in one for one in contexts)
    if types & _OB3_TYPES or achieving or open_badge:
        return Kind.OB3_CREDENTIAL
    return Kind.CREDENTIAL


def _speaks_ctdl(node: Node) -> bool:
    if not isinstance(node.value, Mapping):
        return False
    names = any(str(key).startswith("ceterms:") for key in node.value)
    return names or any(one.startswith("ceterms:") for one in node.types())


def _open_badges(node: Node, types: set[str]) -> Kind | None:
    if "Achievement" in types:
        return Kind.OB3_ACHIEVEMENT
    if "Assertion" in types or (node.get("badge") and node.get("recipient")):
        return Kind.OB2_ASSERTION
    if "BadgeClass" in types:
        return Kind.OB2_BADGE_CLASS
    if node.get("criteria") and node.get("name") and not types:
        return Kind.OB2_BADGE_CLASS
    return None
