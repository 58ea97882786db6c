"""What a task is: queries with their gold, and the labels among which the gold has to be found."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from skillmatch.model.concept import ConceptKind, LangText
from skillmatch.settings import Settings

DRAWN = 1000
"""Queries that are drawn from a task with more: enough for intervals of two or three points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuery:
    """A text and the concepts that are right for it.

    Attributes:
        gold: URIs of the label space, sorted; empty means judged and none fits.
    """

    id: str
    text: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One concept of a label space as a ranking sees it."""

    uri: str
    pref: str
    alts: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All labels, the preferred one first."""
        return (self.pref, *self.alts)


class Place(Protocol):
    """Where a framework with exactly these labels is installed, or will be once it is asked for."""

    @property
    def framework(self) -> str:
        """Id, as in ``esco-1.1.0``."""
        ...

    @property
    def digest(self) -> str:
        """Digest of the framework's content."""
        ...

    def open(self) -> Settings:
        """Return settings under which the framework is installed; the index may be missing."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSpace:
    """The concepts that can be ranked.

    Attributes:
        entries: By URI, each once.
        members: Where entries are single labels and the framework at ``place`` has concepts: the
            entries of each concept, its preferred label first. Empty where entries are concepts.
    """

    kind: ConceptKind
    entries: tuple[Entry, ...]
    place: Place
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task that is ready to be asked.

    Attributes:
        name: In lower case with hyphens; it names files.
        files: sha256 of each file that was read, by name; empty where the framework is the source.
        left_out: What was counted and left out while reading, by reason.
        ranked: Whether rankings are measured; otherwise only accepted links are.
    """

    name: str
    queries: tuple[JudgedQuery, ...]
    space: LabelSpace
    files: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    ranked: bool = True

    @property
    def digest(self) -> str:
        """sha256 of queries, gold and labels, in their order: of all that decides a number."""
        content = [
            [[query.id, query.text, query.gold] for query in self.queries],
            [[entry.uri, entry.texts] for entry in self.space.entries],
            [self.space.kind, self.ranked],
        ]
        text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What tasks are made from.

    Attributes:
        settings: Where frameworks are installed.
        framework: Id of the installed release whose labels are the gold.
        shared: Folder of reference data, with ``benchmarks`` and ``crosswalks`` in it.
        queries: Files or folders of one's own; where there are none, the validation splits.
        limit: Queries at most; None means what the task thinks best, 0 means all.
    """

    settings: Settings
    framework: str
    shared: Path
    queries: tuple[Path, ...] = ()
    limit: int | None = None


class TaskSource(Protocol):
    """A kind of task, and how its tasks are read."""

    @property
    def name(self) -> str:
        """The name that ``--task`` knows; names of its tasks begin with it."""
        ...

    def read(self, inputs: Inputs) -> tuple[Task, ...]:
        """Read every task of this kind.

        Raises:
            NotFoundError: A file or the framework is not there.
            DataError: A file is not what it should be.
        """
        ...


def draw(queries: Sequence[JudgedQuery], limit: int) -> tuple[JudgedQuery, ...]:
    """Draw queries by the sha256 of their ids, in their old order; 0 means all.

    A smaller draw is part of every larger one, and neither the order of a file nor a generator of
    random numbers has a say.
    """
    if not limit or len(queries) <= limit:
        return tuple(queries)
    chosen = sorted(queries, key=lambda query: hashlib.sha256(query.id.encode()).digest())[:limit]
    kept = {query.id for query in chosen}
    return tuple(query for query in queries if query.id in kept)


def limited(task: Task, inputs: Inputs, *, most: int = 0) -> Task:
    """Return the task with as many queries as were asked for.

    A limit that was asked for becomes part of the name, so that a trial never takes the place of a
    whole result.

    Args:
        task: With all its queries.
        inputs: Says how many were asked for.
        most: How many the task itself draws; 0 means all.
    """
    asked = most if inputs.limit is None else inputs.limit
    drawn = draw(task.queries, asked)
    name = task.name if asked == most else f"{task.name}-{f'limit-{asked}' if asked else 'all'}"
    missing = len(task.queries) - len(drawn)
    left_out = {**task.left_out, "queries not drawn": missing} if missing else task.left_out
    return replace(task, name=name, queries=drawn, left_out=left_out)


def slug(text: str) -> str:
    """Return a text as part of a task's name: lower case, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def english(texts: Sequence[LangText]) -> tuple[str, ...]:
    """Return the English ones of some labels."""
    return tuple(text.text for text in texts if text.language == "en")
