"""The repository's own pages, as tests look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`]+)`")


def page(name: str) -> str:
    """Return the text of a page of ``docs``."""
    return (DOCS / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Return every page that a reader of the repository sees, in order of path."""
    found = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    found += [
        ROOT / folder / "README.md" for folder in ("api", "examples", "frameworks", "indexes")
    ]
    found += ROOT.glob("examples/catalogue*/README.md")
    found += ROOT.glob("src/skillmatch/embedding/shipped/*/README.md")
    found.append(ROOT / "evaluation" / "train" / "sentences" / "README.md")
    return sorted(path for path in found if path.is_file())


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of one language, in order."""
    return [match[2] for match in FENCE.finditer(text) if match[1] == language]


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of each table row, headings and rules left out."""
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if not line.startswith("|") or set(line) <= set("|-: "):
            continue
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if not (following.startswith("|") and set(following) <= set("|-: ")):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def first_code(cell: str) -> list[str]:
    """Return what stands between backquotes in a cell."""
    return CODE.findall(cell)
