"""What makes the metadata of a badge vague or wrong, and how to mend it."""

from skillmatch.quality.finding import Finding, Severity
from skillmatch.quality.lint import BadgeReport, Muted, lint, lint_badge
from skillmatch.quality.registry import Rule, get_rule, rules

__all__ = [
    "BadgeReport",
    "Finding",
    "Muted",
    "Rule",
    "Severity",
    "get_rule",
    "lint",
    "lint_badge",
    "rules",
]
