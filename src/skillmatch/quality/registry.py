"""Every rule by its id, with the reasons a person reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from skillmatch.errors import UsageError
from skillmatch.quality.badge import Badge
from skillmatch.quality.finding import Finding, Flaw, Severity
from skillmatch.quality.kinds import Kind

Check = Callable[[Badge], Iterable[Flaw]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        kinds: The kinds of document that it looks at.
        check: Yields a flaw for each place that breaks it.
    """

    id: str
    severity: Severity
    title: str
    why: str
    mend: str
    source: str
    kinds: frozenset[Kind]
    check: Check


_RULES: dict[str, Rule] = {}
_MODULES = (
    "alignment_rules",
    "award_rules",
    "context_rules",
    "ctdl_rules",
    "european_rules",
    "field_rules",
    "result_rules",
    "skill_rules",
    "wording_rules",
)


def rule(  # every rule states all of these, by keyword
    id: str,  # noqa: A002 - as in Rule
    *,
    title: str,
    why: str,
    mend: str,
    source: str,
    kinds: Iterable[Kind],
    severity: Severity = Severity.WARNING,
) -> Callable[[Check], Check]:
    """Register a check under an id; the function stays what it was."""

    def register(check: Check) -> Check:
        _RULES[id] = Rule(
            id=id,
            severity=severity,
            title=title,
            why=why,
            mend=mend,
            source=source,
            kinds=frozenset(kinds),
            check=check,
        )
        return check

    return register


def rules() -> tuple[Rule, ...]:
    """Return every rule: A before B before C, in order of number."""
    _load()
    return tuple(sorted(_RULES.values(), key=lambda one: place_of(one.id)))


def get_rule(id: str) -> Rule:  # noqa: A002 - as in Rule
    """Return a rule by its id, in any case of letters.

    Raises:
        UsageError: There is no such rule.
    """
    _load()
    if found := _RULES.get(id.strip().upper()):
        return found
    known = ", ".join(one.id for one in rules())
    raise UsageError(f"there is no rule {id!r}; there are {known}")


def place_of(id: str) -> tuple[str, int]:  # noqa: A002 - as in Rule
    """Return what rules are sorted by: ``B4`` comes before ``B10``."""
    letter, digits = re.match(r"(\D*)(\d*)", id).groups()  # type: ignore[union-attr]  # both parts may be empty, so it matches everything
    return letter, int(digits or 0)


def finding_of(one: Rule, flaw: Flaw) -> Finding:
    """Return a flaw together with what its rule says."""
    return Finding(
        rule=one.id,
        severity=flaw.severity or one.severity,
        title=one.title,
        pointer=flaw.pointer,
        message=flaw.message,
        words=flaw.words,
        why=one.why,
        mend=flaw.mend or one.mend,
        source=one.source,
    )


@cache
def _load() -> None:
    """Import the modules whose rules register themselves."""
    for name in _MODULES:
        import_module(f"skillmatch.quality.{name}")
