"""The command ``badge lint``: what is wrong or vague in badges, and how to mend it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of
from skillmatch.cli.exits import Exit
from skillmatch.cli.printing import colour, format_of, width
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.credential import Unread
    from skillmatch.quality.batch import LintResult, Options
    from skillmatch.quality.lint import BadgeReport
    from skillmatch.report.lint import LintFormat

_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".sarif": "sarif", ".md": "markdown"}


def lint(
    path: Annotated[
        Path | None, typer.Argument(help="A badge (JSON, JWT, PNG, SVG), a zip, or a folder.")
    ] = None,
    profile: Annotated[
        str, typer.Option(help="auto, ob3, ob2, ctdl or eu-microcredential.")
    ] = "auto",
    format: Annotated[str | None, typer.Option(help="text, json, sarif, html or markdown.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the report here instead of printing it.")
    ] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 from this severity on: error, warning or never.")
    ] = "error",
    rules: Annotated[
        Path | None, typer.Option(help="A TOML file that switches rules off, each with a reason.")
    ] = None,
    review_by: Annotated[
        str | None, typer.Option(help="List badges whose review is due by this day, YYYY-MM-DD.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option(help="Print all there is to say of one rule, as in B4.")
    ] = None,
) -> None:
    """Say what is wrong or vague in badges: which words, why it matters, and how to mend it."""
    if explain is not None:
        _explain(explain)
        return
    if path is None:
        raise UsageError("name a badge, a folder or a zip; or a rule with --explain")
    failing = _failing(fail_on)
    day = day_of(review_by, "--review-by")
    chosen = _format("json" if json_output else format or format_of(output, _SUFFIXES))
    options = _options(profile, rules)
    result = _judge(path, options, day, shown=chosen == "text" and output is None)
    _stop_if_nothing_was_read(result, path)
    _show(result, chosen, output)
    if any(one.severity.value in failing for badge in result.badges for one in badge.findings):
        raise typer.Exit(Exit.FINDINGS)


def _explain(rule: str) -> None:
    from skillmatch.report.lint.as_text import rule_text

    sys.stdout.write(rule_text(rule, width=width()))


def _failing(fail_on: str) -> set[str]:
    known = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}
    if fail_on not in known:
        raise UsageError(f"--fail-on {fail_on!r}: write error, warning or never")
    return known[fail_on]


def _format(name: str) -> LintFormat:
    from skillmatch.report.lint import LINT_FORMATS

    for known in LINT_FORMATS:
        if known == name:
            return known
    raise UsageError(f"no format {name!r}; there are {', '.join(LINT_FORMATS)}")


def _options(profile: str, rules: Path | None) -> Options:
    from skillmatch.quality.batch import Options
    from skillmatch.quality.switches import Switches, read_switches

    return Options(profile=profile, switches=read_switches(rules) if rules else Switches())


def _judge(path: Path, options: Options, day: date | None, *, shown: bool) -> LintResult:
    """Judge everything; as text each badge is printed as soon as it is done."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.quality.batch import lint_path, result_of

    found: list[BadgeReport | Unread] = []
    quiet = shown and sys.stdout.isatty()
    with shown_progress(quiet=quiet) as show:
        for one in lint_path(
            path, options, progress=lambda done, total: show("linting", done, total)
        ):
            found.append(one)
            if shown:
                _print(one)
    return result_of(tuple(found), options, day)


def _print(one: BadgeReport | Unread) -> None:
    from skillmatch.quality.lint import BadgeReport
    from skillmatch.report.lint.as_text import badge_text

    if isinstance(one, BadgeReport):
        sys.stdout.write(badge_text(one, width=width(), colour=colour(None)) + "\n")


def _stop_if_nothing_was_read(result: LintResult, path: Path) -> None:
    if result.badges:
        return
    reasons = "; ".join(f"{one.source}: {one.reason}" for one in result.unread[:3])
    typer.echo(
        f"skillmatch: nothing in {path} can be judged. {reasons or 'The folder is empty'}", err=True
    )
    raise typer.Exit(Exit.NOTHING_READABLE)


def _show(result: LintResult, chosen: LintFormat, output: Path | None) -> None:
    from skillmatch.report.lint import render_lint
    from skillmatch.report.lint.as_text import ending_text

    if output is None and chosen == "text":
        sys.stdout.write(ending_text(result, width=width(), colour=colour(None)))
        return
    text = render_lint(result, chosen, width=width())
    if output is None:
        sys.stdout.write(text)
        return
    from skillmatch.atomic import write_text

    write_text(output, text)
    typer.echo(f"Report written to {output}", err=True)
