"""Short names under which people know a product that a framework names in full.

O*NET writes ``Amazon Web Services AWS software``, ``Microsoft Excel`` and ``Cascading style sheets
CSS``; postings write ``AWS``, ``Excel`` and ``CSS``. The rules below only take words away, so
every short name is made of words of the full one.
"""

from __future__ import annotations

import re

VENDORS = (
    "The MathWorks",
    "MathWorks",
    "Microsoft",
    "Atlassian",
    "Autodesk",
    "Apache",
    "Adobe",
    "Apple",
    "Amazon",
    "Cisco",
    "Google",
    "IBM",
    "Intuit",
    "Mozilla",
    "National Instruments",
    "Oracle",
    "Red Hat",
    "Dassault Systemes",
    "Unity Technologies",
    "Bentley",
    "ESRI",
    "StataCorp",
)
GENERIC_END = re.compile(
    r"\s+(?:software|systems?|programming language|framework|applications?|CI)$", re.IGNORECASE
)
# "Structured query language SQL", "Internet Information Services (IIS)": words, then initials.
INITIALS = re.compile(r"^(?P<full>.+?)\s+\(?(?P<short>[A-Z][A-Za-z0-9]*[A-Z0-9])\)?$")
# Left alone, these words name a kind of thing and no product.
EVERYDAY = frozenset(
    [
        "Ads",
        "Analytics",
        "Chatbot",
        "Cloud",
        "Database",
        "Edge",
        "Firewall",
        "Disassembler",
        "Meet",
        "Payroll",
        "Productivity",
        "Project",
        "Purchasing",
        "Reporting",
        "Services",
        "Statistical",
        "Tax",
        "Workspace",
    ]
)


def short_names(name: str) -> tuple[str, ...]:
    """Return the short names of a product, sorted, without the full name itself.

    Initials are only split off where they spell the words before them, or most of them.
    """
    found: set[str] = set()
    bare = GENERIC_END.sub("", name)
    if bare != name and not _is_generic(bare):
        found.add(bare)
    if (match := INITIALS.match(bare)) and _spells(match["short"], match["full"]):
        found.update({match["full"], match["short"]})
    for vendor in VENDORS:
        for known in (name, *sorted(found)):
            rest = known.removeprefix(f"{vendor} ")
            if rest != known and (rest[:1].isupper() or rest.startswith(".")):
                found.add(rest)
    return tuple(sorted(found - EVERYDAY - {name, "Web Services"}))


def _is_generic(bare: str) -> bool:
    """Tell whether a name without "software" is an everyday phrase ("Tax", "Web browser")."""
    first, *rest = bare.split()
    if rest:
        return all(word.islower() for word in rest)
    return first in EVERYDAY


def _spells(short: str, full: str) -> bool:
    """Tell whether initials come from the words before them, in order."""
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z0-9]+", full)).upper()
    place = 0
    for letter in short.upper():
        place = letters.find(letter, place) + 1
        if place == 0:
            return False
    return len(short) >= 2
