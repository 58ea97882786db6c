"""The command ``badge link-profile``: an address that fills a badge into LinkedIn's form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def link_profile(
    file: Annotated[Path, typer.Argument(help="A badge, or a wallet of several.")],
    url: Annotated[
        str, typer.Option(help="Page that shows the badge; default its id where that is one.")
    ] = "",
) -> None:
    """Print a LinkedIn "add to profile" link for each badge; nothing is sent or fetched."""
    from skillmatch.errors import UnreadableError, UsageError
    from skillmatch.issuing.profile_link import linkedin_link
    from skillmatch.model.credential import CredentialFormat
    from skillmatch.service.named_files import read_path

    badges = [
        one
        for one in read_path(file).credentials
        if one.achievements and one.format is not CredentialFormat.ENDORSEMENT
    ]
    if not badges:
        raise UnreadableError("no badge that could be added to a profile", path=file)
    if url and len(badges) > 1:
        raise UsageError(f"--url is of one badge, and {file} holds {len(badges)}; name one file")
    for badge in badges:
        typer.echo(linkedin_link(badge, url=url))
