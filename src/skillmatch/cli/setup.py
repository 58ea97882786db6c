"""The command ``setup``: from nothing to the first answer, in one go."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from typing import Annotated, Any

import typer

FRAMEWORKS = ("esco", "onet")


def setup(
    online: Annotated[
        bool, typer.Option("--online", help="Also ask publishers' and mirrors' web addresses.")
    ] = False,
    wait: Annotated[
        float,
        typer.Option(min=0, metavar="SECONDS", help="Wait for another process that installs."),
    ] = 0.0,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Install ESCO, O*NET and the encoder, and build the default index.

    What is there already is left alone; what an interrupted run fetched is used.
    """
    from skillmatch.cli.frameworks import index_line, index_values, install_lines
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.encoder import install_encoder
    from skillmatch.service.install import InstallOptions, install
    from skillmatch.service.places import Places
    from skillmatch.service.ready import make_searchable
    from skillmatch.settings import Settings

    started = time.monotonic()
    settings = Settings.from_environ(os.environ)
    places = Places(data_dir=settings.data_dir, manifests=settings.manifests)
    options = InstallOptions(online=online or settings.allow_network, wait_s=wait)
    with shown_progress(quiet=json_output) as progress:
        reports = [
            install(name, places=places, options=options, progress=progress) for name in FRAMEWORKS
        ]
        encoder = install_encoder(places, progress=progress, wait_s=wait)
        indexes = [
            make_searchable(report.framework_id, settings=settings, progress=progress, wait_s=wait)
            for report in reports
        ]
    seconds = time.monotonic() - started
    if json_output:
        result: dict[str, Any] = {
            "frameworks": [asdict(report) for report in reports],
            "encoder": asdict(encoder),
            "indexes": [index_values(index) for index in indexes],
            "seconds": round(seconds, 1),
        }
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))
        return
    for report in reports:
        typer.echo("\n".join(install_lines(report)))
    what = "is installed" if encoder.installed else "was there already"
    typer.echo(f"The encoder {encoder.name} {what} ({encoder.size_bytes / 1e6:.1f} MB).")
    for index in indexes:
        typer.echo(index_line(index))
    typer.echo(f"Ready after {seconds:.0f} s; everything lies in {settings.data_dir}.")
