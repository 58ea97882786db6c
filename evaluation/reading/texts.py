"""The postings that are read: our own, and real ones from SkillSpan's own file.

Of the real ones every fifth is taken among those of a source that are long enough, in file order
and before anything was read, so that nobody chooses what the program is good at. None of their
text lies in the repository.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evaluation.provenance import ROOT
from skillmatch.errors import NotFoundError
from skillmatch.model.posting import Posting
from skillmatch.readers.documents import read_posting

OWN = (ROOT / "examples" / "postings", Path(__file__).resolve().parent / "postings")
SKILLSPAN = Path("skillspan") / "dev.json"
"""The dev split: neither the encoder nor the linker's confidence is fitted on it."""
REAL = "skillspan-"
SOURCES = ("tech", "house")
MIN_SENTENCES = 12
EVERY = 5
EACH = 5


def own_postings() -> Iterator[Posting]:
    """Yield the invented postings, folder by folder, by name; ``source`` is the file's stem."""
    for folder in OWN:
        for path in sorted(folder.iterdir()):
            yield replace(read_posting(path), source=path.stem)


def real_postings(benchmarks: Path) -> Iterator[Posting]:
    """Yield five postings of each source, a sentence a line, as if pasted into the program.

    The sentences of one source and number, in file order, are a posting; ``source`` of the
    posting is then, for example, ``skillspan-dev-tech-6``.

    Args:
        benchmarks: Folder with ``skillspan/dev.json`` in it.

    Raises:
        NotFoundError: There is no such file.

    Source: Zhang et al. (2022), "SkillSpan: Hard and Soft Skill Extraction from English Job
    Postings".
    """
    path = benchmarks / SKILLSPAN
    if not path.is_file():
        raise NotFoundError(f"there is no file {path}; give the folder with --benchmarks")
    found = _sentences(path)
    for source in SOURCES:
        long = [key for key in found if key[0] == source and len(found[key]) >= MIN_SENTENCES]
        for key in long[::EVERY][:EACH]:
            yield _pasted("\n".join(found[key]), f"{REAL}{path.stem}-{key[0]}-{key[1]}")


def is_real(name: str) -> bool:
    """Tell by its name whether a posting is a real one, whose words are not ours to copy."""
    return name.startswith(REAL)


def _sentences(path: Path) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            key = (str(row["source"]), int(row["idx"]))
            found.setdefault(key, []).append(" ".join(row["tokens"]))
    return found


def _pasted(text: str, name: str) -> Posting:
    return replace(read_posting("-", stdin=io.BytesIO(text.encode())), source=name)
