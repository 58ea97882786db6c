"""The lint in the form that code scanners and editors read.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from skillmatch.model.credential import Unread
from skillmatch.quality.batch import LintResult
from skillmatch.quality.finding import Finding
from skillmatch.quality.lint import BadgeReport
from skillmatch.quality.registry import Rule, rules
from skillmatch.report.lint.wording import name_of, said

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def lint_sarif(result: LintResult) -> str:
    """Return a log of one run; findings of rules that are off are suppressed with their reason."""
    known = rules()
    places = {rule.id: place for place, rule in enumerate(known)}
    run = {
        "tool": {
            "driver": {
                "name": "skillmatch badge lint",
                "version": version("skillmatch"),
                "rules": [_rule(one) for one in known],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(one) for one in result.unread],
            }
        ],
        "results": [one for badge in result.badges for one in _results(badge, places)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _results(badge: BadgeReport, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    yield from (_result(badge, one, places) for one in badge.findings)
    for muted in badge.muted:
        suppressed = {"kind": "external", "justification": muted.reason}
        yield {**_result(badge, muted.finding, places), "suppressions": [suppressed]}


def _notification(unread: Unread) -> dict[str, Any]:
    return {
        "level": "warning",
        "message": {"text": f"not read: {unread.reason}"},
        "locations": [_physical(unread.source, 0)],
    }


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": one.id,
        "shortDescription": {"text": one.title},
        "fullDescription": {"text": one.why},
        "help": {"text": f"{one.mend} Source: {one.source}."},
        "defaultConfiguration": {"level": one.severity.value},
    }


def _result(badge: BadgeReport, finding: Finding, places: dict[str, int]) -> dict[str, Any]:
    location = _physical(badge.source, finding.line)
    location["logicalLocations"] = [
        {"fullyQualifiedName": finding.pointer or "/", "kind": "member"}
    ]
    return {
        "ruleId": finding.rule,
        "ruleIndex": places[finding.rule],
        "level": finding.severity.value,
        "message": {"text": f"{name_of(badge)}: {said(finding)}. {finding.mend}"},
        "locations": [location],
        "partialFingerprints": {"badgeRulePlace/v1": _fingerprint(badge, finding)},
    }


def _physical(source: str, line: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(source, safe="/!")}}
    if line:
        place["region"] = {"startLine": line}
    return {"physicalLocation": place}


def _fingerprint(badge: BadgeReport, finding: Finding) -> str:
    """Return what stays the same when lines move."""
    parts = (badge.source, badge.id, finding.rule, finding.pointer, finding.words)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
