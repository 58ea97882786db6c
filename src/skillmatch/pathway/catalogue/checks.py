"""What to mend in a catalogue, before anybody plans with it; nothing is guessed or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    CatalogueSeverity,
)
from skillmatch.pathway.catalogue.conditions import condition_findings
from skillmatch.pathway.catalogue.duplicates import duplicate_findings
from skillmatch.pathway.catalogue.facts import fact_findings
from skillmatch.pathway.catalogue.skills import SkillLookup, by_url, skill_findings
from skillmatch.pathway.catalogue.stacks import stack_findings
from skillmatch.pathway.planning.case import with_parts

_SEVERITIES = tuple(CatalogueSeverity)
_RULES = tuple(CatalogueRule)


def check_catalogue(
    catalogue: Catalogue,
    *,
    known: Callable[[ConceptUri], bool],
    at: date,
    lookup: SkillLookup | None = None,
) -> tuple[CatalogueFinding, ...]:
    """Return what to mend, errors first, then by rule, offers and message.

    Args:
        catalogue: With awards; without, every offer awards no skill.
        known: Whether a framework at hand has a concept.
        at: Day from which offers are to be taken.
        lookup: Knows stated skills by name and code, too, and suggests; by default only their
            URLs are looked up.
    """
    # What plans take for a stack is one here, too, whichever side says what it is made of.
    planned = replace(catalogue, offers=with_parts(catalogue.offers))
    found = [
        *fact_findings(planned, at),
        *condition_findings(planned, at),
        *skill_findings(planned, lookup or by_url(known)),
        *stack_findings(catalogue),
        *duplicate_findings(catalogue),
    ]
    return tuple(sorted(found, key=_order))


def _order(one: CatalogueFinding) -> tuple[int, int, tuple[str, ...], str, str]:
    severity, rule = _SEVERITIES.index(one.severity), _RULES.index(one.rule)
    return severity, rule, one.offers, one.place, one.message
