"""What the lint found as text, JSON, SARIF, Markdown and HTML."""

from skillmatch.report.lint.render import LINT_FORMATS, LintFormat, render_lint

__all__ = ["LINT_FORMATS", "LintFormat", "render_lint"]
