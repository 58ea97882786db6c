"""A review as YAML: one layout, so that the same review gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from skillmatch.model.alignment import Review, ReviewBadge, ReviewStatement
from skillmatch.readers.alignments.review_rows import ALWAYS, entry_fields

FORMAT = "skillmatch-alignment-review-1"

HEADER = """\
# Alignments to review: skillmatch proposes, you decide. Edit this file, or walk through it with
#
#   skillmatch badge review THIS-FILE --reviewer "Your Name"
#
# Each concept of a statement has a decision:
#
#   pending   nobody has looked yet
#   accept    this concept is right: `skillmatch badge write` writes it into the badge
#   reject    it is not, and will not be asked again
#   edit      another concept is right: its URI stands in `edited`
#
# For an alignment that the badge already has (kind: alignment) accept keeps it, reject removes it,
# edit puts the concept in `edited` in its place, and pending leaves it as it is.
#
# `comment`, `reviewer` and `date` (as in 2026-11-30) are yours. To add a concept that was not
# proposed, add `- uri: ...` with `decision: accept` under `concepts`. Everything else is told by
# the program: at (place in the badge), confidence (probability that a person would agree), words
# (what led to the concept), how (how they fit), standing (how it stands to the newest run),
# earlier (what was decided when the statement read otherwise), and what is written into the badge:
# uri, framework, code, type.
#
# Running `skillmatch badge align ... --review THIS-FILE` again keeps every decision. What is no
# longer proposed is marked in `standing` and kept. Lines that begin with # outside of this header
# would be lost, so they are refused: write notes into `comment`.

"""
# Plain where every YAML reads a text: a letter or slash first, and no sign that YAML knows.
_PLAIN = re.compile(r"[A-Za-z/](?:[\w ,.'()+/;%-]|:(?=[/\w]))*(?<=[\w.)'/%+])", re.ASCII)
_NUMBER = re.compile(r"[01]\.\d\d|\d{4}-\d{2}-\d{2}")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


Rendered = dict[int, tuple[ReviewBadge, str]]
"""Text of badges that were written before, by the identity of the value."""


def yaml_text(review: Review, rendered: Rendered | None = None) -> str:
    """Return the review as YAML with the header that explains it.

    Args:
        review: What is written.
        rendered: Kept by who writes one review again and again, so that only badges that changed
            are written out anew.
    """
    parts = [HEADER, *(f"{line}\n" for line in _head(review))]
    known = {} if rendered is None else rendered
    for badge in review.badges:
        held, text = known.get(id(badge), (None, ""))
        if held is not badge:
            text = "".join(f"{line}\n" for line in _badge_lines(badge))
            known[id(badge)] = (badge, text)
        parts.append(text)
    return "".join(parts)


def _head(review: Review) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield f"frameworks: [{', '.join(scalar(one) for one in review.frameworks)}]"
    yield f"encoder: {scalar(review.encoder)}"
    yield "badges:" if review.badges else "badges: []"


def _badge_lines(badge: ReviewBadge) -> Iterator[str]:
    yield f"- badge: {scalar(badge.id)}"
    yield f"  name: {scalar(badge.name)}"
    yield f"  file: {scalar(badge.file)}"
    yield f"  pointer: {scalar(badge.pointer)}"
    yield "  statements:" if badge.statements else "  statements: []"
    for statement in badge.statements:
        yield from _statement_lines(statement)


def _statement_lines(statement: ReviewStatement) -> Iterator[str]:
    yield f"  - at: {scalar(statement.at)}"
    yield f"    kind: {scalar(statement.kind)}"
    yield f"    text: {scalar(statement.text)}"
    yield f"    digest: {scalar(statement.digest)}"
    yield "    concepts:" if statement.entries else "    concepts: []"
    for entry in statement.entries:
        begin = "    - "
        for key, value in entry_fields(entry).items():
            if value or key in ALWAYS:
                yield f"{begin}{key}: {scalar(value)}"
                begin = "      "


def scalar(text: str) -> str:
    """Return a text as one YAML scalar on one line that every reader takes for that text.

    Confidences and dates stay bare, since they are a number and a date.
    """
    if _NUMBER.fullmatch(text):
        return text
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)
