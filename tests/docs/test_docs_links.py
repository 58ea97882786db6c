"""Pages find each other."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.doc_pages import DOCS, FENCE, ROOT, pages

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings get where Markdown is shown as a page."""
    found = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in found)
    return {heading.replace(" ", "-") for heading in kept}


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    """A dead link is the first sign of a page that nobody reads."""
    dead = []
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = unquote(link).partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)

    assert dead == []


def test_every_page_is_in_the_index_of_its_folder() -> None:
    """A page that no index names is found by chance only."""
    lost = [
        page.name
        for folder in (DOCS, DOCS / "adr")
        for page in sorted(folder.glob("*.md"))
        if page.name != "README.md"
        and page.name not in (folder / "README.md").read_text(encoding="utf-8")
    ]

    assert lost == []


def test_no_two_decisions_share_a_number() -> None:
    """Pages refer to decisions by number."""
    numbers = [path.name[:4] for path in (DOCS / "adr").glob("[0-9]*.md")]

    assert len(numbers) == len(set(numbers))
