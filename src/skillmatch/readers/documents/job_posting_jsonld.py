"""schema.org JobPosting, as JSON-LD in a file of its own or inside a web page.

Source: https://schema.org/JobPosting
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.document_text import DocumentText
from skillmatch.readers.documents.html_text import looks_like_html, parse_html, read_html
from skillmatch.readers.documents.plain_text import clean_text

# Each part gets a heading line in the words that postings use, so that a reader of sections
# sees what it is. The description comes first and brings headings of its own.
_PARTS = (
    ("", ("description",)),
    ("Responsibilities", ("responsibilities",)),
    ("Qualifications", ("qualifications",)),
    ("Skills", ("skills",)),
    ("Education", ("educationRequirements",)),
    ("Experience", ("experienceRequirements",)),
    (
        "Requirements",
        ("eligibilityToWorkRequirement", "physicalRequirement", "securityClearanceRequirement"),
    ),
    ("Employment type", ("employmentType",)),
    ("Working hours", ("workHours",)),
    ("Benefits", ("jobBenefits", "benefits")),
)
_TEXT_KEYS = ("@value", "credentialCategory", "name", "description", "title", "text")
_MIN_DESCRIPTION = 200
_MAX_NODES = 100_000
_MAX_ITEM = 120
_NOTHING_ASKED = frozenset({"no requirements", "none", "n/a", "not applicable"})

# JSON is checked field by field below; nothing of it leaves this module unread.
Node = dict[str, Any]


def mentions_job_posting(text: str) -> bool:
    """Tell whether ``text`` is meant to be JSON-LD with a JobPosting, complete or not."""
    return text.lstrip()[:1] in {"{", "["} and '"JobPosting"' in text.replace("schema:", "")


def read_job_posting(text: str) -> DocumentText:
    """Return the JobPosting of a JSON-LD document as text, each part under a heading line.

    Of several postings the first with a description is read, and a note counts the others.

    Raises:
        UnreadableError: The JSON is broken, has no JobPosting, or none with a description.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as fault:
        raise UnreadableError(
            f"this is not complete JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}; "
            "copy or download it again",
            line=fault.lineno,
        ) from fault
    except (RecursionError, ValueError) as fault:
        raise UnreadableError(
            "this JSON is nested too deeply or holds a number that is too long to be a posting"
        ) from fault
    postings = list(_find_postings(document))
    if not postings:
        raise UnreadableError(
            "this JSON holds no schema.org JobPosting; give one, or the posting as text"
        )
    return _first_described(postings)


def read_embedded_job_posting(page: str) -> DocumentText | None:
    """Return the JobPosting that a web page carries for search engines, if it has a full one.

    Broken scripts and postings with a mere teaser are passed over, since the page itself can
    still be read.
    """
    if "ld+json" not in page.lower():
        return None
    root = parse_html(page)
    postings: list[Node] = []
    for script in () if root is None else root.iter("script"):
        if not script.get("type", "").lower().strip().startswith("application/ld+json"):
            continue
        try:
            postings += _find_postings(json.loads(script.text or ""))
        except (RecursionError, ValueError):
            continue
    full = [
        node for node in postings if len(_words_of(_get(node, "description"))) > _MIN_DESCRIPTION
    ]
    return _first_described(full) if full else None


def _first_described(postings: list[Node]) -> DocumentText:
    described = [node for node in postings if _words_of(_get(node, "description")).strip()]
    if not described:
        raise UnreadableError(
            "the JobPosting has no description, so there is nothing to read; give the posting as "
            "text instead"
        )
    notes: tuple[str, ...] = ()
    if len(postings) > 1:
        notes = (f"The file holds {len(postings)} job postings; only one was read.",)
    return _as_text(described[0], notes)


def _as_text(node: Node, notes: tuple[str, ...]) -> DocumentText:
    title = " ".join((_words_of(_get(node, "title")) or _words_of(_get(node, "name"))).split())
    blocks = [title] if title else []
    known = ""
    for heading, keys in _PARTS:
        texts = [_words_of(_get(node, key), key) for key in keys]
        text = "\n".join(words for words in texts if words.strip())
        folded = " ".join(text.split()).lower()
        # Many sites repeat the description in every other field.
        if not folded or folded in _NOTHING_ASKED or folded in known:
            continue
        known += " " + folded
        blocks.append(f"{heading}\n{text}" if heading else text)
    cleaned, more = clean_text("\n\n".join(blocks))
    return DocumentText(
        text=cleaned, title=title, language=_words_of(_get(node, "inLanguage")), notes=notes + more
    )


def _get(node: Node, key: str) -> object:
    for name in (key, f"schema:{key}", f"http://schema.org/{key}", f"https://schema.org/{key}"):
        if name in node:
            return node[name]
    return None


def _find_postings(document: object) -> Iterator[Node]:
    """Yield every JobPosting in document order, at any depth."""
    stack: list[object] = [document]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        node = stack.pop()
        if isinstance(node, dict):
            if _is_posting(node):
                yield node
            else:
                stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))


def _is_posting(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and re.split(r"[:/#]", kind)[-1] == "JobPosting"
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _words_of(value: object, key: str = "", depth: int = 0) -> str:
    """Return the text of a value: a string with or without HTML, a list, or a nested node."""
    if isinstance(value, str):
        return _plain(value, key)
    if isinstance(value, list):
        texts = [_words_of(item, key, depth + 1) for item in value[:1000]] if depth < 5 else []
        texts = [text for text in texts if text.strip()]
        return texts[0] if len(texts) == 1 else "\n".join(_as_item(text) for text in texts)
    if isinstance(value, dict) and depth < 5:
        if "monthsOfExperience" in value:
            return _months(value["monthsOfExperience"])
        texts = [_words_of(value.get(name), key, depth + 1) for name in _TEXT_KEYS]
        return "\n".join(dict.fromkeys(text for text in texts if text.strip()))
    return ""


def _as_item(text: str) -> str:
    return text if text.startswith("- ") or "\n" in text else f"- {text}"


def _plain(value: str, key: str) -> str:
    # Some sites escape the HTML of a description once more.
    if not looks_like_html(value) and looks_like_html(html.unescape(value)):
        value = html.unescape(value)
    if looks_like_html(value):
        return read_html(value).text
    text = html.unescape(value).strip()
    if key == "employmentType":
        return text.replace("_", " ").lower()
    return text if key == "description" else _listed(text)


def _listed(text: str) -> str:
    """Turn "a; b; c" into items; prose that merely holds a semicolon stays as it is."""
    items = [item.strip() for item in text.split(";") if item.strip()]
    if len(items) < 2 or "\n" in text or any(len(item) > _MAX_ITEM for item in items):
        return text
    return "\n".join(f"- {item}" for item in items)


def _months(value: object) -> str:
    try:
        months = float(str(value))
    except ValueError:
        return ""
    if not 0 < months <= 600:
        return ""
    years = f"{months / 12:g} year{'' if months == 12 else 's'} ({months:g} months)"
    return f"At least {years if months >= 12 else f'{months:g} months'} of experience"
