"""A review file in YAML, read with the line of everything and nothing guessed.

Values are taken as the texts that stand there: ``no`` is a comment that says no, and a date is
what was typed. What the file could say and we could not keep (an own comment line, a key twice,
an alias) is a fault, so that a decision cannot be lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import DataError, RowError
from skillmatch.model.alignment import Review
from skillmatch.readers.alignments.review_rows import (
    BADGE_FIELDS,
    ENTRY_FIELDS,
    STATEMENT_FIELDS,
    ReviewRows,
)
from skillmatch.readers.alignments.yaml_text import FORMAT, HEADER

if TYPE_CHECKING:
    from yaml import MappingNode, Node

_HEAD = ("format", "frameworks", "encoder", "badges")


def read_review_yaml(text: str, path: Path) -> Review:
    """Return the review that a YAML text holds.

    Raises:
        RowError: Entries are at fault; all of them are named with their line.
        DataError: It is no YAML, or no review file.
    """
    root = _root(text, path)
    reader = _NodeReader(ReviewRows())
    head = reader.mapping(root, _HEAD, "the file")
    if reader.text(head.get("format")) != FORMAT:
        raise DataError(
            f"is no review file: its first key must be `format: {FORMAT}`; "
            "`skillmatch badge align --review` writes one",
            path=path,
        )
    frameworks = tuple(reader.text(one) for one in reader.items(head.get("frameworks")))
    for badge in reader.items(head.get("badges")):
        reader.badge(badge)
    faults = [*reader.rows.faults, *_own_comments(text, reader.scalars)]
    if faults:
        raise RowError(tuple(sorted(faults, key=_line)), path=path)
    return reader.rows.review(frameworks, reader.text(head.get("encoder")))


def _root(text: str, path: Path) -> Node:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # An alias would let one decision stand for many, and a few lines for a billion.
        if "*" in text or "&" in text:
            for event in yaml.parse(text, Loader=loader):
                if isinstance(event, yaml.AliasEvent):
                    mark = event.start_mark
                    raise DataError(
                        "aliases (*name) have no meaning here",
                        path=path,
                        line=None if mark is None else mark.line + 1,
                    )
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise DataError(
            f"is not valid YAML: {problem}. Mend that line; the file was left as it is",
            path=path,
            line=None if mark is None else mark.line + 1,
        ) from error
    except RecursionError as error:
        raise DataError("is nested too deeply for a review file", path=path) from error
    if root is None:
        raise DataError("is empty; remove it, or give another name", path=path)
    return root


class _NodeReader:
    """Walks the nodes of a review and hands rows over."""

    def __init__(self, rows: ReviewRows) -> None:
        self.rows = rows
        self.scalars: list[tuple[int, int, int]] = []

    def badge(self, node: Node) -> None:
        parts = self.mapping(node, (*BADGE_FIELDS, "statements"), "a badge")
        line = node.start_mark.line + 1
        identifier = self.rows.badge(self._texts(parts, BADGE_FIELDS), line)
        for statement in self.items(parts.get("statements")):
            self._statement(identifier, statement)

    def _statement(self, badge: str, node: Node) -> None:
        parts = self.mapping(node, (*STATEMENT_FIELDS, "concepts"), "a statement")
        line = node.start_mark.line + 1
        key = self.rows.statement(badge, self._texts(parts, STATEMENT_FIELDS), line)
        for entry in self.items(parts.get("concepts")):
            self._entry(key, entry)

    def _entry(self, key: tuple[str, str, str], node: Node) -> None:
        parts = self.mapping(node, ENTRY_FIELDS, "a concept")
        self.rows.entry(key, self._texts(parts, ENTRY_FIELDS), node.start_mark.line + 1)

    def _texts(self, parts: dict[str, Node], names: Sequence[str]) -> dict[str, str]:
        return {name: self.text(parts[name]) for name in names if name in parts}

    def mapping(self, node: Node, known: Sequence[str], what: str) -> dict[str, Node]:
        """Return the values of a mapping by key; a key twice is a fault."""
        from yaml import MappingNode

        line = node.start_mark.line + 1
        if not isinstance(node, MappingNode):
            self.rows.fault(line, what, "must be written as `key: value` lines")
            return {}
        found = self._pairs(node)
        self.rows.unknown_keys(found, known, line)
        return found

    def _pairs(self, node: MappingNode) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = self.text(key_node)
            line = key_node.start_mark.line + 1
            if key in found:
                before = found[key].start_mark.line + 1
                self.rows.fault(line, key, f"stands here and on line {before}; remove one")
            found[key] = value
        return found

    def items(self, node: Node | None) -> Iterator[Node]:
        """Yield the items of a list; nothing at all counts as an empty one."""
        from yaml import ScalarNode, SequenceNode

        if isinstance(node, SequenceNode):
            yield from node.value
        elif node is not None and not (isinstance(node, ScalarNode) and self.text(node) == ""):
            self.rows.fault(node.start_mark.line + 1, "the value", "must be a list of `- ` lines")

    def text(self, node: Node | None) -> str:
        """Return a scalar as the text that stands there."""
        from yaml import ScalarNode

        if node is None:
            return ""
        line = node.start_mark.line
        if not isinstance(node, ScalarNode):
            self.rows.fault(line + 1, "the value", "must be one text, not a list or `key: value`")
            return ""
        self.scalars.append((line, node.end_mark.line, node.end_mark.column))
        value = str(node.value)
        return "" if node.style is None and value in {"~", "null"} else value


def _own_comments(text: str, scalars: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """Yield a fault for each comment that is not one of the header's lines."""
    header = set(HEADER.splitlines())
    inside = {line for first, last, _ in scalars for line in range(first + 1, last)}
    ends: dict[int, int] = {}
    for _, last, column in scalars:
        ends[last] = max(column, ends.get(last, 0))
    for number, line in enumerate(text.splitlines()):
        if "#" not in line or number in inside or line.rstrip() in header:
            continue
        if line[ends.get(number, 0) :].lstrip(" \t-,:[]{}").startswith("#"):
            yield (
                f"line {number + 1}: a comment of your own (# ...) would be lost when the file is "
                "written again; move it into `comment`"
            )


def _line(fault: str) -> int:
    return int(fault.split(":", 1)[0].removeprefix("line "))
