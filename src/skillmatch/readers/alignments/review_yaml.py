"""A review file in YAML, read with the line of everything and nothing guessed.

Values are taken as the texts that stand there: ``no`` is a comment that says no, and a date is
what was typed. What the file could say and we could not keep (an own comment line, a key twice,
an alias) is a fault, so that a decision cannot be lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from skillmatch.errors import RowError, UnreadableError
from skillmatch.model.alignment import Review
from skillmatch.readers.alignments.review_rows import (
    BADGE_FIELDS,
    ENTRY_FIELDS,
    STATEMENT_FIELDS,
    ReviewRows,
)
from skillmatch.readers.alignments.yaml_nodes import (
    YamlList,
    YamlMapping,
    YamlNode,
    YamlText,
    read_yaml,
    texts_of,
)
from skillmatch.readers.alignments.yaml_quick import read_quickly
from skillmatch.readers.alignments.yaml_text import FORMAT, HEADER

_HEAD = ("format", "frameworks", "encoder", "badges")


def read_review_yaml(text: str, path: Path) -> Review:
    """Return the review that a YAML text holds.

    Raises:
        RowError: Entries are at fault; all of them are named with their line.
        DataError: It is no YAML, or no review file.
    """
    quick = read_quickly(text)
    return quick if quick is not None else read_any_yaml(text, path)


def read_any_yaml(text: str, path: Path) -> Review:
    """Return the review that a YAML text of any layout holds; raises as above."""
    root = read_yaml(text, path)
    if root is None:
        raise UnreadableError("is empty; remove it, or give another name", path=path)
    reader = _NodeReader(ReviewRows())
    head = reader.mapping(root, _HEAD, "the file")
    if reader.text(head.get("format")) != FORMAT:
        raise UnreadableError(
            f"is no review file: its first key must be `format: {FORMAT}`; "
            "`skillmatch badge align --review` writes one",
            path=path,
        )
    frameworks = tuple(reader.text(one) for one in reader.items(head.get("frameworks")))
    for badge in reader.items(head.get("badges")):
        reader.badge(badge)
    faults = [*reader.rows.faults, *_own_comments(text, texts_of(root))]
    if faults:
        raise RowError(tuple(sorted(faults, key=_line)), path=path)
    return reader.rows.review(frameworks, reader.text(head.get("encoder")))


class _NodeReader:
    """Walks the nodes of a review and hands rows over."""

    def __init__(self, rows: ReviewRows) -> None:
        self.rows = rows

    def badge(self, node: YamlNode) -> None:
        parts = self.mapping(node, (*BADGE_FIELDS, "statements"), "a badge")
        identifier = self.rows.badge(self._texts(parts, BADGE_FIELDS), node.line)
        for statement in self.items(parts.get("statements")):
            self._statement(identifier, statement)

    def _statement(self, badge: str, node: YamlNode) -> None:
        parts = self.mapping(node, (*STATEMENT_FIELDS, "concepts"), "a statement")
        key = self.rows.statement(badge, self._texts(parts, STATEMENT_FIELDS), node.line)
        for entry in self.items(parts.get("concepts")):
            fields = self.mapping(entry, ENTRY_FIELDS, "a concept")
            self.rows.entry(key, self._texts(fields, ENTRY_FIELDS), entry.line)

    def _texts(self, parts: dict[str, YamlNode], names: Sequence[str]) -> dict[str, str]:
        return {name: self.text(parts[name]) for name in names if name in parts}

    def mapping(self, node: YamlNode, known: Sequence[str], what: str) -> dict[str, YamlNode]:
        """Return the values of a mapping by key; a key twice is a fault."""
        if not isinstance(node, YamlMapping):
            self.rows.fault(node.line, what, "must be written as `key: value` lines")
            return {}
        found: dict[str, YamlNode] = {}
        for key_node, value in node.pairs:
            key = self.text(key_node)
            if key in found:
                before = found[key].line
                what_twice = f"stands here and on line {before}; remove one"
                self.rows.fault(key_node.line, key, what_twice)
            found[key] = value
        self.rows.unknown_keys(found, known, node.line)
        return found

    def items(self, node: YamlNode | None) -> Iterator[YamlNode]:
        """Yield the items of a list; nothing at all counts as an empty one."""
        if isinstance(node, YamlList):
            yield from node.items
        elif node is not None and not (isinstance(node, YamlText) and not node.value):
            self.rows.fault(node.line, "the value", "must be a list of `- ` lines")

    def text(self, node: YamlNode | None) -> str:
        """Return a scalar as the text that stands there."""
        if node is None:
            return ""
        if not isinstance(node, YamlText):
            what = "must be one text, not a list or `key: value`"
            self.rows.fault(node.line, "the value", what)
            return ""
        return node.value


def _own_comments(text: str, texts: Iterable[YamlText]) -> Iterator[str]:
    """Yield a fault for each comment that is not one of the header's lines."""
    header = set(HEADER.splitlines())
    inside: set[int] = set()
    ends: dict[int, int] = {}
    for one in texts:
        inside.update(range(one.line + 1, one.last))
        ends[one.last] = max(one.column, ends.get(one.last, 0))
    for number, line in enumerate(text.splitlines(), start=1):
        if "#" not in line or number in inside or line.rstrip() in header:
            continue
        if line[ends.get(number, 0) :].lstrip(" \t-,:[]{}").startswith("#"):
            yield (
                f"line {number}: a comment of your own (# ...) would be lost when the file is "
                "written again; move it into `comment`"
            )


def _line(fault: str) -> int:
    return int(fault.split(":", 1)[0].removeprefix("line "))
