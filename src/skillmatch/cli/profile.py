"""The command ``profile``: chosen skills, with what stands behind them, in a form one can send."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.moments import moment
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.issuing.choosing import Choice
    from skillmatch.issuing.keys import SigningKey
    from skillmatch.model.evidence import Evidence
    from skillmatch.service.sharing import Gathered
    from skillmatch.service.verifying import Verifier

_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown"}


def profile(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Badges, endorsements, folders or zips of them; CVs with --link."),
    ] = None,
    format: Annotated[str | None, typer.Option(help="html, json, markdown, clr or sd-jwt.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Share this skill only; may be repeated.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Keep this skill back; may be repeated.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what would leave and what would stay.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write it here instead of printing it.")] = None,
    name: Annotated[str, typer.Option(help="Your name, or a title; default none.")] = "",
    about: Annotated[str, typer.Option(help="Your own words; @FILE takes them from a file.")] = "",
    have: Annotated[
        list[str] | None, typer.Option(help="A skill without a badge; may be repeated.")
    ] = None,
    link: Annotated[
        bool,
        typer.Option("--link", help="Also read skills from outcomes and CVs, by frameworks."),
    ] = False,
    framework: Annotated[
        list[str] | None, typer.Option(help="With --link: use this framework only.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="With --link: index recipe to use.")] = "",
    issuers: Annotated[Path | None, typer.Option(help="File of the issuers you know.")] = None,
    documents: Annotated[
        Path | None, typer.Option(help="Map of web addresses to files (keys, status lists).")
    ] = None,
    recipient: Annotated[
        list[str] | None, typer.Option(help="Your e-mail address or id; may be repeated.")
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Fetch keys and status lists that no file holds.")
    ] = False,
    at: Annotated[str | None, typer.Option(help="Day to check for; default now.")] = None,
    key: Annotated[
        Path | None, typer.Option(help="Your private key: needed for sd-jwt, signs a clr.")
    ] = None,
    by: Annotated[
        Path | None, typer.Option(help="JSON file of the profile that a clr names as its issuer.")
    ] = None,
) -> None:
    """Share chosen skills: a page to send, a record, or a list that hides the rest."""
    from skillmatch.service import sharing
    from skillmatch.service.named_files import words_of
    from skillmatch.service.verifying import Verifier

    chosen = format or (_SUFFIXES.get(out.suffix.lower(), "json") if out else "html")
    verifier = Verifier.open(
        at=moment(at, "--at"),
        documents=documents,
        issuers=issuers,
        online=online,
        recipient=recipient or (),
    )
    gathered = sharing.gather(
        files or (),
        verifier,
        title=name,
        about=words_of(about),
        claims=have or (),
        linked=_linked(files or (), verifier, framework or (), recipe) if link else None,
    )
    for note in gathered.notes:
        typer.echo(f"Note: {note}", err=True)
    choice = sharing.cut(gathered, only=only or (), without=without or (), form=chosen)
    unfit = sharing.left_out_of_record(gathered, choice) if chosen == "clr" else ()
    if preview:
        _preview(choice, chosen, unfit)
        return
    for badge in unfit:
        typer.echo(f"Note: a record cannot hold {badge}, which is no W3C credential", err=True)
    _show(_text(gathered, choice, chosen, key, by), out)


def _linked(
    files: Sequence[Path], verifier: Verifier, frameworks: Sequence[str], recipe: str
) -> tuple[Evidence, ...]:
    from skillmatch.service.matcher import Matcher

    with Matcher.open(frameworks, recipe=recipe) as matcher:
        return matcher.shown(files, have=(), verifier=verifier).evidence


def _preview(choice: Choice, format: str, unfit: Sequence[str]) -> None:
    from skillmatch.report.portfolio_preview import preview_text

    sys.stdout.write(preview_text(choice, format=format, unfit=unfit))


def _text(
    gathered: Gathered, choice: Choice, format: str, key: Path | None, by: Path | None
) -> str:
    from skillmatch.report.portfolio import render_portfolio
    from skillmatch.service import sharing
    from skillmatch.service.issue_badges import json_text, read_object

    signer = _key(key)
    if format == "clr":
        issuer = read_object(by) if by else None
        return json_text(sharing.record_of(gathered, choice, issuer=issuer, key=signer))
    if format == "sd-jwt":
        from skillmatch.issuing.selective import selective_profile

        if signer is None:
            raise UsageError("--format sd-jwt is signed by you, so it needs --key FILE")
        made = selective_profile(
            gathered.portfolio, choice.leaving, key=signer, created=gathered.portfolio.at
        )
        return made + "\n"
    return render_portfolio(choice.leaving, format)


def _key(path: Path | None) -> SigningKey | None:
    from skillmatch.issuing.key_files import read_key

    return read_key(path) if path else None


def _show(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    from skillmatch.atomic import write_text

    write_text(out, text)
    typer.echo(f"Written to {out}", err=True)
