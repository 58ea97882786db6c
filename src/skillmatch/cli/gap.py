"""The command ``gap``: a posting or an occupation beside what a person can show."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.exits import Exit
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skillmatch.linking.evidence import Claim
    from skillmatch.model.gap import GapResult
    from skillmatch.model.posting import Posting
    from skillmatch.model.requirement import Checklist
    from skillmatch.readers.documents import SkillLine
    from skillmatch.report import Format
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.verifying import Verifier


def gap(
    posting: Annotated[
        str | None,
        typer.Argument(help="txt, md, html, pdf, docx or JobPosting JSON-LD; - for stdin."),
    ] = None,
    occupation: Annotated[
        str | None, typer.Option(help="Take what an occupation asks for: its URI, code or title.")
    ] = None,
    have: Annotated[
        list[str] | None,
        typer.Option(help="A skill you have, several with commas, or @FILE; may be repeated."),
    ] = None,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(
            help="A CV, a badge, or a folder or zip of badges (a wallet); may be repeated."
        ),
    ] = None,
    issuers: Annotated[
        Path | None, typer.Option(help="File of the issuers you know; badges need one to prove.")
    ] = None,
    documents: Annotated[
        Path | None, typer.Option(help="Map of web addresses to files (keys, status lists).")
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option(help="Your e-mail address or id that badges were issued to; repeatable."),
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Fetch what badges need and no file holds, over https.")
    ] = False,
    requirements: Annotated[
        Path | None, typer.Option(help="Use this edited checklist instead of the posting.")
    ] = None,
    save_requirements: Annotated[
        Path | None, typer.Option(help="Write the checklist here, to be edited.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Day the comparison holds for, YYYY-MM-DD; default today.")
    ] = None,
    format: Annotated[str | None, typer.Option(help="text, json, markdown, html or svg.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the report here instead of printing it.")
    ] = None,
    show_dropped: Annotated[
        bool, typer.Option(help="Also list the parts of the posting that ask for nothing.")
    ] = False,
    framework: Annotated[
        list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(help="Take only what was understood with this probability, as in 0.8."),
    ] = None,
    recipe: Annotated[str, typer.Option(help="Index recipe to use.")] = "",
) -> None:
    """Show what a job asks for, what you can show, what is missing, and what matters most."""
    day = _day(at)
    chosen = _format("json" if json_output else format or _format_of(output))
    _check_sources(posting, occupation, requirements)
    from skillmatch.service.matcher import Matcher

    checks = _verifier(day, documents, issuers, recipient or (), online=online)
    with Matcher.open(framework or (), recipe=recipe, min_confidence=min_confidence) as matcher:
        document = _read(posting) if posting else None
        checklist = _checklist(matcher, document, occupation, requirements)
        if save_requirements:
            _save(checklist, save_requirements)
        _stop_if_nothing_is_asked(checklist, posting or occupation or str(requirements))
        result = matcher.gap(
            checklist, have=_claims(have or ()), evidence=evidence or (), at=day, verifier=checks
        )
    _show(result, chosen, output, document, show_dropped=show_dropped)


def _verifier(
    day: date,
    documents: Path | None,
    issuers: Path | None,
    recipient: Sequence[str],
    *,
    online: bool,
) -> Verifier | None:
    """Read what badges are checked with, before anything that takes long; None for the default."""
    if not (documents or issuers or recipient or online):
        return None
    from skillmatch.service.verifying import Verifier
    from skillmatch.service.wallets import end_of_day

    return Verifier.open(
        at=end_of_day(day),
        documents=documents,
        issuers=issuers,
        recipient=recipient,
        online=online,
    )


def _day(at: str | None) -> date:
    if at is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(at)
    except ValueError as error:
        raise UsageError(f"--at {at!r} is no date; write it like 2026-11-30") from error


def _format_of(output: Path | None) -> str:
    """Take the format from the output's name, so that --output gap.html does what it says."""
    suffixes = {".html": "html", ".htm": "html", ".json": "json", ".md": "markdown", ".svg": "svg"}
    return suffixes.get(output.suffix.lower(), "text") if output else "text"


def _format(name: str) -> Format:
    from skillmatch.report import FORMATS

    for known in FORMATS:
        if known == name:
            return known
    raise UsageError(f"no format {name!r}; there are {', '.join(FORMATS)}")


def _check_sources(posting: str | None, occupation: str | None, requirements: Path | None) -> None:
    named = [name for name in (posting, occupation, requirements) if name]
    if not named:
        raise UsageError("name a posting, --occupation or --requirements; see `skillmatch gap -h`")
    if occupation and (posting or requirements):
        raise UsageError("--occupation takes the place of a posting; give one of them")


def _read(posting: str) -> Posting:
    from skillmatch.readers.documents import read_posting

    return read_posting("-" if posting == "-" else Path(posting))


def _checklist(
    matcher: Matcher, document: Posting | None, occupation: str | None, requirements: Path | None
) -> Checklist:
    if requirements:
        from skillmatch.readers.requirements import read_requirements

        return read_requirements(
            requirements, matcher.resolve, label_of=matcher.frameworks.pref_label
        )
    if occupation:
        return matcher.occupation(occupation)
    if document is None:
        raise UsageError("name a posting")
    return matcher.requirements(document)


def _save(checklist: Checklist, path: Path) -> None:
    from skillmatch.readers.requirements import write_requirements

    write_requirements(checklist, path)
    typer.echo(f"Checklist written to {path}; edit it, then use --requirements {path}", err=True)


def _stop_if_nothing_is_asked(checklist: Checklist, source: str) -> None:
    """An empty checklist is its own outcome: it must never look like a gap of zero."""
    if checklist.requirements:
        return
    typer.echo(
        f"skillmatch: nothing readable found in {source}: {checklist.units} pieces of text were "
        f"looked at, {len(checklist.dropped)} are boilerplate, {len(checklist.unlinked)} read like "
        f"requirements but name no known skill, {len(checklist.gates)} state a hard gate. "
        "Is this the whole posting, and is it in English?",
        err=True,
    )
    raise typer.Exit(Exit.NOTHING_READABLE)


def _claims(have: Sequence[str]) -> list[Claim]:
    """Read --have: "name; level; years", several with commas, or a file of them after an @."""
    from skillmatch.linking.evidence import Claim
    from skillmatch.readers.documents import parse_skill, read_skills

    lines: list[tuple[str, SkillLine]] = []
    for value in have:
        if value.startswith("@"):
            lines.extend((value[1:], one) for one in read_skills(Path(value[1:])))
            continue
        try:
            named = [parse_skill(name) for name in value.split(",") if name.strip()]
        except ValueError as error:
            raise UsageError(f"--have {value!r}: {error}") from error
        lines.extend(("--have", one) for one in named)
    return [
        Claim(text=one.text, source=source, level=one.level, years=one.years)
        for source, one in lines
    ]


def _show(
    result: GapResult,
    format: Format,
    output: Path | None,
    document: Posting | None,
    *,
    show_dropped: bool,
) -> None:
    from skillmatch.report import dropped_list, render

    terminal = output is None and sys.stdout.isatty()
    text = render(
        result,
        format,
        posting_text=document.text if document else None,
        width=_width(),
        colour=terminal and "NO_COLOR" not in os.environ,
    )
    if show_dropped and format == "text":
        text += dropped_list(result, width=_width())
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    else:
        _write(output, text)
        typer.echo(f"Report written to {output}", err=True)


def _width() -> int:
    from shutil import get_terminal_size

    return max(60, min(get_terminal_size((80, 24)).columns, 110))


def _write(path: Path, text: str) -> None:
    """Write a report whole or not at all."""
    from skillmatch.atomic import write_text

    write_text(path, text)
