"""URIs of O*NET, which publishes codes and pages but no URIs of its own.

Why these and not others is told in ``docs/adr/0003-onet-identity.md``. A URI depends on the
publisher's code or name alone, never on the rows around it, so it is the same in every release
that keeps the code.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from skillmatch.model.concept import ConceptKind, ConceptUri

OCCUPATION_PAGE = "https://www.onetonline.org/link/summary/"
ELEMENT_PAGE = "https://www.onetonline.org/find/descriptor/result/"
TASK = "urn:skillmatch:onet:task:"
ACTIVITY = "urn:skillmatch:onet:activity:"
COMMODITY = "urn:skillmatch:onet:commodity:"
TECHNOLOGY = "urn:skillmatch:onet:technology:"

_KINDS = (
    (OCCUPATION_PAGE, ConceptKind.OCCUPATION),
    (ELEMENT_PAGE, ConceptKind.SKILL),
    (TASK, ConceptKind.TASK),
    (ACTIVITY, ConceptKind.ACTIVITY),
    (COMMODITY, ConceptKind.SKILL_GROUP),
    (TECHNOLOGY, ConceptKind.SKILL),
)

# Blanks of any kind, hyphens and dashes: a name is the same whichever of them joins its words.
_JOINTS = re.compile(r"[\s\-\u2010-\u2015]+")


def occupation_uri(code: str) -> ConceptUri:
    """Return the page of an O*NET-SOC code such as ``15-2051.00``."""
    return ConceptUri(OCCUPATION_PAGE + code)


def element_uri(element_id: str) -> ConceptUri:
    """Return the page of a content model element such as ``2.A.1.a``."""
    return ConceptUri(ELEMENT_PAGE + element_id)


def task_uri(task_id: str) -> ConceptUri:
    """Return the URN of a task; task ids are unique across occupations."""
    return ConceptUri(TASK + task_id)


def activity_uri(activity_id: str) -> ConceptUri:
    """Return the URN of an intermediate or detailed work activity, under the id of its release.

    Release 30.3 renumbered them (``4.A.1.a.1.I01.D02`` became ``4.A.1.a.1.a.2``), so their URIs
    hold within 29 and within 30, not across.
    """
    return ConceptUri(ACTIVITY + activity_id)


def technology_group_uri(code: str) -> ConceptUri:
    """Return the group of a technology: a UNSPSC commodity, or from 30.3 on an element."""
    return ConceptUri(COMMODITY + code) if code.isdigit() else element_uri(code)


def technology_uri(group: str, name: str) -> ConceptUri:
    """Return the URN of a technology within its commodity code or element id."""
    return ConceptUri(f"{TECHNOLOGY}{group}:{technology_slug(name)}")


def technology_slug(name: str) -> str:
    """Return the part of a technology's URN that stands for its name.

    Case, blanks, hyphens and dashes do not tell technologies apart; every other character does
    and is kept, percent-encoded where a URN needs it: ``c``, ``c++``, ``c%23``, ``.net``,
    ``node.js``, ``microsoft-excel``. So two names share a slug exactly when they differ in
    nothing else.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name.strip()).casefold())
    return quote(_JOINTS.sub("-", folded), safe="+")


def kind_of(uri: ConceptUri) -> ConceptKind:
    """Return what a URI made here stands for (an element counts as a skill)."""
    return next(kind for start, kind in _KINDS if uri.startswith(start))


def notation_of(uri: ConceptUri) -> str:
    """Return the publisher's code inside a URI; ``""`` for a technology, which has none."""
    start = next(start for start, _ in _KINDS if uri.startswith(start))
    return "" if start == TECHNOLOGY else uri.removeprefix(start)
