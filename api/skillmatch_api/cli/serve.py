"""The command ``serve``."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port to listen at.")] = None,
    open_to_all: Annotated[
        bool, typer.Option("--open", help="Let everybody in; on this machine only.")
    ] = False,
) -> None:
    """Serve the HTTP API and the pages until stopped."""
    from skillmatch_api.main import serve as serve_now
    from skillmatch_api.settings import ServiceSettings

    settings = ServiceSettings.from_environ(os.environ)
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
        open=open_to_all,
    )
    serve_now(settings)
