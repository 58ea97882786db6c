"""The command ``gap``: a posting or an occupation beside what a person can show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import (
    day_of,
    edited_checklist,
    posting_at,
    stop_if_nothing_is_asked,
    today,
)
from skillmatch.cli.printing import colour, format_of, show, width
from skillmatch.cli.shown import (
    DocumentsOption,
    EvidenceOption,
    HaveOption,
    IssuersOption,
    OnlineOption,
    RecipientOption,
    badge_verifier,
    claims,
)
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.gap import GapResult
    from skillmatch.model.posting import Posting
    from skillmatch.model.requirement import Checklist
    from skillmatch.report import Format
    from skillmatch.service.matcher import Matcher


def gap(
    posting: Annotated[
        str | None,
        typer.Argument(help="txt, md, html, pdf, docx or JobPosting JSON-LD; - for stdin."),
    ] = None,
    occupation: Annotated[
        str | None, typer.Option(help="Take what an occupation asks for: its URI, code or title.")
    ] = None,
    have: HaveOption = None,
    evidence: EvidenceOption = None,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
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
    day = day_of(at, "--at") or today()
    chosen = _format("json" if json_output else format or format_of(output))
    _check_sources(posting, occupation, requirements)
    from skillmatch.service.matcher import Matcher

    checks = badge_verifier(day, documents, issuers, recipient or (), online=online)
    with Matcher.open(framework or (), recipe=recipe, min_confidence=min_confidence) as matcher:
        document = posting_at(posting) if posting else None
        checklist = _checklist(matcher, document, occupation, requirements)
        if save_requirements:
            _save(checklist, save_requirements)
        stop_if_nothing_is_asked(checklist, posting or occupation or str(requirements))
        result = matcher.gap(
            checklist, have=claims(have or ()), evidence=evidence or (), at=day, verifier=checks
        )
    _show(result, chosen, output, document, show_dropped=show_dropped)


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


def _checklist(
    matcher: Matcher, document: Posting | None, occupation: str | None, requirements: Path | None
) -> Checklist:
    if requirements:
        return edited_checklist(matcher, requirements)
    if occupation:
        return matcher.occupation(occupation)
    if document is None:
        raise UsageError("name a posting")
    return matcher.requirements(document)


def _save(checklist: Checklist, path: Path) -> None:
    from skillmatch.readers.requirements import write_requirements

    write_requirements(checklist, path)
    typer.echo(f"Checklist written to {path}; edit it, then use --requirements {path}", err=True)


def _show(
    result: GapResult,
    format: Format,
    output: Path | None,
    document: Posting | None,
    *,
    show_dropped: bool,
) -> None:
    from skillmatch.report import dropped_list, render

    text = render(
        result,
        format,
        posting_text=document.text if document else None,
        width=width(),
        colour=colour(output),
    )
    if show_dropped and format == "text":
        text += dropped_list(result, width=width())
    show(text, output)
