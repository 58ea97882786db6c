"""YAML as nodes with lines: texts, lists and mappings, and nothing that YAML adds to these.

The events of the parser are put together here, since composing them by recursion lets a file of
brackets end the whole process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillmatch.errors import DataError

MAX_DEPTH = 16
"""Lists and mappings inside each other; a review file has six."""


@dataclass(slots=True)
class YamlText:
    """One scalar, as the text that stands there.

    Attributes:
        line: 1-based; ``last`` is the line that it ends on, ``column`` where on it.
    """

    value: str
    line: int
    last: int
    column: int


@dataclass(slots=True)
class YamlList:
    """Items in order."""

    line: int
    items: list[YamlNode] = field(default_factory=list)


@dataclass(slots=True)
class YamlMapping:
    """Pairs in order; a key that stands twice is there twice."""

    line: int
    pairs: list[tuple[YamlNode, YamlNode]] = field(default_factory=list)


YamlNode = YamlText | YamlList | YamlMapping


def read_yaml(text: str, path: Path) -> YamlNode | None:
    """Return the one document of a text, None where it holds nothing.

    Raises:
        DataError: It is no YAML, nested deeper than ``MAX_DEPTH``, or has aliases or a second
            document; the message names the line.
    """
    import yaml

    root: list[YamlNode] = []
    # Open lists and mappings, each with the key that waits for its value.
    stack: list[tuple[YamlList | YamlMapping, list[YamlNode]]] = []
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.CollectionEndEvent):
                node: YamlNode = stack.pop()[0]
            elif isinstance(event, yaml.NodeEvent):
                opened = _node(event, path)
                if not isinstance(opened, YamlText):
                    stack.append((opened, []))
                    _check_depth(len(stack), opened.line, path)
                    continue
                node = opened
            else:
                continue
            _put(node, stack, root)
    except yaml.YAMLError as error:
        raise _no_yaml(error, path) from error
    if len(root) > 1:
        raise DataError("holds a second document (---); keep one", path=path, line=root[1].line)
    return root[0] if root else None


def texts_of(node: YamlNode) -> Iterator[YamlText]:
    """Yield every text below a node, keys included."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, YamlText):
            yield one
        elif isinstance(one, YamlList):
            waiting.extend(one.items)
        else:
            waiting.extend(part for pair in one.pairs for part in pair)


def _node(event: Any, path: Path) -> YamlNode:  # noqa: ANN401 - yaml types none of its marks
    import yaml

    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        # One decision would stand for many, and a few lines for a billion.
        raise DataError("aliases (*name) have no meaning here", path=path, line=line)
    if isinstance(event, yaml.ScalarEvent):
        plain = event.style is None
        value = "" if plain and event.value in {"~", "null"} else str(event.value)
        end: Any = event.end_mark
        return YamlText(value=value, line=line, last=end.line + 1, column=end.column)
    return YamlList(line) if isinstance(event, yaml.SequenceStartEvent) else YamlMapping(line)


def _put(
    node: YamlNode,
    stack: list[tuple[YamlList | YamlMapping, list[YamlNode]]],
    root: list[YamlNode],
) -> None:
    if not stack:
        root.append(node)
        return
    holder, key = stack[-1]
    if isinstance(holder, YamlList):
        holder.items.append(node)
    elif key:
        holder.pairs.append((key.pop(), node))
    else:
        key.append(node)


def _check_depth(depth: int, line: int, path: Path) -> None:
    if depth > MAX_DEPTH:
        raise DataError("is nested too deeply for a review file", path=path, line=line)


def _no_yaml(error: Any, path: Path) -> DataError:  # noqa: ANN401 - as above
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    return DataError(
        f"is not valid YAML: {problem}. Mend that line; the file was left as it is",
        path=path,
        line=None if mark is None else mark.line + 1,
    )
