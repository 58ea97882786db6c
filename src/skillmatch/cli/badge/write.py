"""The command ``badge write``: reviewed alignments into badges, endorsements or mappings."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.progress import shown_progress

if TYPE_CHECKING:
    from skillmatch.service.writing_back import WrittenBack

FORMS = {
    "badge": "BADGE",
    "ob3": "OB3",
    "ob2": "OB2",
    "endorsement": "ENDORSEMENT",
    "sssom": "SSSOM",
}


def write(
    review: Annotated[
        Path, typer.Argument(metavar="REVIEW", help="Review file of `badge align --review`.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Folder to write into.")],
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="badge (each in its own version), ob3, ob2, endorsement or sssom.",
        ),
    ] = "badge",
    proposed: Annotated[
        bool,
        typer.Option("--proposed", help="Also write what nobody has decided on, marked as such."),
    ] = False,
    license: Annotated[
        str, typer.Option(metavar="URL", help="Licence of the mappings (sssom).")
    ] = "",
    set_id: Annotated[str, typer.Option(metavar="URI", help="Id of the mapping set (sssom).")] = "",
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write accepted alignments: new badge files, endorsements or SSSOM rows.

    Your own files stay as they are. NOTES.md in the folder says what to do with each new one.
    """
    if form not in FORMS:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMS)}", param_hint="--as")
    from skillmatch.issuing.write_back_sssom import UNSPECIFIED_LICENSE
    from skillmatch.service.aligning import concept_lookup, open_installed
    from skillmatch.service.places import Places
    from skillmatch.service.writing_back import WriteAs, WriteOptions, write_back
    from skillmatch.settings import Settings

    options = WriteOptions(
        form=WriteAs[FORMS[form]],
        proposed=proposed,
        license=license or UNSPECIFIED_LICENSE,
        set_id=set_id,
    )
    with ExitStack() as stack, shown_progress() as progress:
        databases = open_installed(Places.of(Settings.from_environ(os.environ)))
        for one in databases:
            stack.callback(one.close)
        lookup = concept_lookup(databases)
        result = write_back(review, to, lookup=lookup, options=options, progress=progress)
    _print(result, as_json=json_output)


def _print(result: WrittenBack, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False, indent=2))
        return
    from skillmatch.report.plain import plural

    for note in result.notes:
        typer.echo(note, err=True)
    for file in result.files:
        count = plural(len(file.added), "alignment")
        removed = f", {file.removed} removed" if file.removed else ""
        typer.echo(f"{file.file}  {count}{removed}  [{file.badge}]")
    if result.files:
        typer.echo(f"{result.folder}/NOTES.md says what to do with each file.")
    else:
        typer.echo(
            "Nothing was written: no decision in this review changes a badge. Accept some with "
            "`skillmatch badge review`, or give --proposed."
        )
