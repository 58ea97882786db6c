"""The command ``link``: texts in, concepts out."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypedDict

import typer

from skillmatch.errors import NotFoundError, UnreadableError

if TYPE_CHECKING:
    from skillmatch.model.link import Link
    from skillmatch.service.matcher import Matcher

BATCH = 64


class _Opening(TypedDict):
    encoding: str
    errors: str


# Bytes that are no UTF-8 are kept, so that only their own line is refused.
_LINES: _Opening = {"encoding": "utf-8-sig", "errors": "surrogateescape"}
RECIPES = {"skill": "", "occupation": "occupations"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of JSON Lines: a text to link, or what is wrong with it."""

    id: str | int | None
    text: str = ""
    error: str = ""


def link(
    file: Annotated[
        str, typer.Argument(help="A document, a .jsonl file of {id, text} lines, or - for stdin.")
    ],
    framework: Annotated[
        list[str] | None,
        typer.Option(help="Link to this framework only, as in esco-1.1.0; may be repeated."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Concepts for each text.")] = 10,
    kind: Annotated[str, typer.Option(help="skill or occupation.")] = "skill",
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False,
    min_confidence: Annotated[
        float | None, typer.Option(help="Accept links from this probability on, as in 0.8.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="Index recipe to use.")] = "",
) -> None:
    """Link texts to concepts, each with a confidence, the words, and the reason.

    A .jsonl file gives JSON Lines in input order, each text linked as one unit.
    """
    if kind not in RECIPES:
        raise typer.BadParameter(f"{kind!r} is neither skill nor occupation", param_hint="--kind")
    from skillmatch.service.matcher import Matcher

    with (
        _texts(file) as (lines, jsonl),
        Matcher.open(
            framework or (), recipe=recipe or RECIPES[kind], min_confidence=min_confidence
        ) as matcher,
    ):
        if jsonl or json_output:
            _print_lines(matcher, lines, top)
        else:
            _print_table(matcher, lines, top)


@contextmanager
def _texts(file: str) -> Iterator[tuple[Iterable[Line], bool]]:
    """Open the input; the flag tells whether it is JSON Lines."""
    if file == "-":
        data = sys.stdin.buffer.read()
        if not _is_json_lines(data):
            yield _units(file, data), False
            return
        opened: TextIO = io.TextIOWrapper(io.BytesIO(data), **_LINES)
    elif Path(file).suffix.lower() in {".jsonl", ".ndjson"}:
        opened = _open(Path(file))
    else:
        yield _units(file, b""), False
        return
    with opened as lines:
        yield map(_parse, lines), True


def _open(path: Path) -> TextIO:
    try:
        return path.open(**_LINES)
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}", path=path) from error


def _is_json_lines(data: bytes) -> bool:
    """Tell lines of {id, text} from a JobPosting, which is one JSON object too."""
    from skillmatch.readers.documents import mentions_job_posting

    begins = data.removeprefix(codecs.BOM_UTF8).lstrip()
    return begins.startswith(b"{") and not mentions_job_posting(data.decode("utf-8", "replace"))


def _parse(line: str) -> Line:
    try:
        line.encode("utf-8")
        row = json.loads(line)
        # An escape such as \ud800 alone is JSON, but no text that could be read or printed.
        json.dumps(row, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return Line(None, error="the line is not UTF-8, or holds half a character")
    except (ValueError, RecursionError) as error:
        return Line(None, error=f"not JSON: {error}")
    if not isinstance(row, dict):
        return Line(None, error='expected an object {"id": …, "text": …}')
    identifier = row.get("id")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int):
        return Line(None, error='"id" must be a string or a whole number')
    if not isinstance(row.get("text"), str):
        return Line(identifier, error='"text" must be a string')
    return Line(identifier, text=row["text"])


def _units(name: str, data: bytes) -> Iterator[Line]:
    """Cut a document into the units that a gap would look at; ``data`` is standard input's."""
    from skillmatch.readers.documents import read_posting
    from skillmatch.text.cues import BOILERPLATE, classify
    from skillmatch.text.segment import segment

    posting = read_posting("-" if name == "-" else Path(name), stdin=io.BytesIO(data))
    for unit in classify(segment(posting.text)):
        if unit.section not in BOILERPLATE:
            yield Line(unit.position, text=unit.text)


def _answers(
    matcher: Matcher, lines: Iterable[Line], top: int
) -> Iterator[tuple[Line, Sequence[Link]]]:
    """Link in batches, in input order; memory does not grow with the input."""
    remaining = iter(lines)
    while batch := list(islice(remaining, BATCH)):
        found = iter(matcher.link([line.text for line in batch if not line.error], top=top))
        for line in batch:
            yield line, () if line.error else next(found)


def _print_lines(matcher: Matcher, lines: Iterable[Line], top: int) -> None:
    from skillmatch.report import failed_line, link_line

    out: TextIO = sys.stdout
    with _progress() as advance:
        for line, links in _answers(matcher, lines, top):
            if line.error or line.id is None:
                out.write(failed_line(line.id, line.error) + "\n")
            else:
                out.write(link_line(line.id, links) + "\n")
            advance()
    out.flush()


def _print_table(matcher: Matcher, lines: Iterable[Line], top: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("confidence", "concept", "words", "how"):
        table.add_column(column, overflow="fold")
    for _, links in _answers(matcher, lines, top):
        for one in links:
            if one.accepted:
                table.add_row(
                    f"{one.confidence:.2f}", one.pref_label, one.mention.text, one.why.how
                )
    console = Console()
    if table.row_count:
        console.print(table)
    else:
        console.print("No text was linked with enough confidence; --json shows all candidates.")


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Count lines on standard error where a person watches it."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("linking"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("linking", total=None)
        yield lambda: progress.advance(task)
