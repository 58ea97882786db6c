"""Rows of a requirements file become values; every fault is kept and none stops the reading."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.link import Mention
from skillmatch.model.posting import SectionKind, Span
from skillmatch.model.requirement import Dropped, Gate, GateKind, Necessity, Requirement

Row = Mapping[str, Any]
_Kind = TypeVar("_Kind", bound=StrEnum)
_REQUIREMENT_KEYS = frozenset({
    "uri", "label", "framework", "necessity", "why", "weight", "level", "years", "level_value",
    "level_scale", "importance", "confidence", "skill_type", "how", "folded", "alternatives",
    "mention",
})  # fmt: skip
_MENTION_KEYS = frozenset({"start", "end", "text", "section", "unit"})
_GATE_KEYS = frozenset({"kind", "necessity", "start", "end", "text"})
_DROPPED_KEYS = frozenset({"start", "end", "text", "section", "reason"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How names in the file become concepts; see ``read_requirements``."""

    resolve: Callable[[str], ConceptUri | None]
    label_of: Callable[[ConceptUri], str]
    suggest: Callable[[str], Sequence[str]]


@dataclass(slots=True)
class RowReader:
    """Reads the tables of one file and collects what is wrong with them."""

    lookup: Lookup
    frameworks: tuple[str, ...]
    faults: list[str] = field(default_factory=list)
    _at: str = ""

    def requirements(self, rows: Sequence[Row], lines: Sequence[int]) -> tuple[Requirement, ...]:
        """Return the requirements in file order; a concept that stands twice is a fault."""
        found = []
        first: dict[ConceptUri, str] = {}
        for row in self._each("requirement", rows, lines):
            uri = self._concept(row)
            self.unknown_keys(row, _REQUIREMENT_KEYS)
            requirement = self._requirement(row, uri or ConceptUri(""))
            if uri is None:
                continue
            if uri in first:
                self._fault("uri", f"{uri} stands in {first[uri]} already; remove one of them")
            first.setdefault(uri, self._at)
            found.append(requirement)
        return tuple(found)

    def gates(self, rows: Sequence[Row], lines: Sequence[int]) -> tuple[Gate, ...]:
        """Return the hard gates in file order."""
        found = []
        for row in self._each("gate", rows, lines):
            self.unknown_keys(row, _GATE_KEYS)
            kind = self._one_of(GateKind, row, "kind", None)
            gate_text, span = self._text(row, "text"), self._span(row)
            necessity = self._one_of(Necessity, row, "necessity", Necessity.MUST)
            if kind is not None and necessity is not None:
                found.append(Gate(kind=kind, text=gate_text, span=span, necessity=necessity))
        return tuple(found)

    def dropped(self, name: str, rows: Sequence[Row], lines: Sequence[int]) -> tuple[Dropped, ...]:
        """Return the parts that became no requirement, in file order."""
        found = []
        for row in self._each(name, rows, lines):
            self.unknown_keys(row, _DROPPED_KEYS)
            section = self._one_of(SectionKind, row, "section", SectionKind.OTHER)
            text, reason = self._text(row, "text"), self._text(row, "reason")
            found.append(
                Dropped(
                    text=text,
                    span=self._span(row),
                    section=section or SectionKind.OTHER,
                    reason=reason,
                )
            )
        return tuple(found)

    def units(self, value: object) -> int:
        """Return the number of units, which stands above all tables."""
        self._at = "the head of the file"
        return self._whole({"units": value}, "units")

    def unknown_keys(self, row: Row, known: Collection[str]) -> None:
        """Report keys that mean nothing, with the nearest one that does."""
        for key in sorted(set(row) - set(known)):
            near = difflib.get_close_matches(key, sorted(known), n=1)
            self._fault(key, "is no key here" + (f"; did you mean {near[0]!r}?" if near else ""))

    def _each(self, name: str, rows: Sequence[Row], lines: Sequence[int]) -> Iterator[Row]:
        """Yield the rows, with ``_at`` telling messages where each stands."""
        for number, row in enumerate(rows):
            known = len(lines) == len(rows)
            self._at = f"line {lines[number]}" if known else f"[[{name}]] number {number + 1}"
            yield row

    def _requirement(self, row: Row, uri: ConceptUri) -> Requirement:
        label = self._text(row, "label") or self.lookup.label_of(uri)
        framework = self.frameworks[0] if self.frameworks else ""
        return Requirement(
            uri=uri,
            label=label,
            framework=self._text(row, "framework") or framework,
            necessity=self._one_of(Necessity, row, "necessity", Necessity.MUST) or Necessity.MUST,
            necessity_why=self._text(row, "why", "added by hand"),
            confidence=self._number(row, "confidence", most=1.0) if "confidence" in row else 1.0,
            skill_type=self._one_of(SkillType, row, "skill_type", None)
            if "skill_type" in row
            else None,
            mentions=self._mentions(row),
            level=self._text(row, "level"),
            level_value=self._optional(row, "level_value"),
            level_scale=self._text(row, "level_scale"),
            years=self._optional(row, "years"),
            importance=self._optional(row, "importance"),
            weight=self._number(row, "weight") if "weight" in row else 1.0,
            folded=self._uris(row, "folded"),
            alternatives=self._uris(row, "alternatives"),
            how=self._text(row, "how"),
        )

    def _concept(self, row: Row) -> ConceptUri | None:
        """Return the concept of a row: its URI where it has one, else that of its label."""
        uri, label = self._text(row, "uri"), self._text(row, "label")
        if not uri and not label:
            self._fault("label", "is missing; a requirement needs a label or a uri")
            return None
        found = self.lookup.resolve(uri or label)
        if found is None and uri:
            self._fault("uri", f"{uri!r} is in no installed framework; give a label instead")
        elif found is None:
            near = ", ".join(repr(name) for name in self.lookup.suggest(label)[:3])
            hint = f"did you mean {near}?" if near else "try `skillmatch search`"
            self._fault("label", f"no skill is called {label!r}; {hint}")
        return found

    def _mentions(self, row: Row) -> tuple[Mention, ...]:
        rows = row.get("mention", [])
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            self._fault("mention", "must be written as [[requirement.mention]]")
            return ()
        found = []
        for one in rows:
            self.unknown_keys(one, _MENTION_KEYS)
            section = self._one_of(SectionKind, one, "section", SectionKind.OTHER)
            found.append(
                Mention(
                    text=self._text(one, "text"),
                    span=self._span(one),
                    section=section or SectionKind.OTHER,
                    unit=self._whole(one, "unit"),
                )
            )
        return tuple(found)

    def _span(self, row: Row) -> Span:
        start, end = self._whole(row, "start"), self._whole(row, "end")
        if end < start:
            self._fault("end", f"{end} is before start {start}")
        return Span(start=start, end=end)

    def _text(self, row: Row, key: str, default: str = "") -> str:
        value = row.get(key, default)
        if isinstance(value, str):
            return value
        self._fault(key, f"must be a text in quotes, not {value!r}")
        return default

    def _whole(self, row: Row, key: str) -> int:
        value = row.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._fault(key, f"must be a whole number of at least 0, not {value!r}")
        return 0

    def _optional(self, row: Row, key: str) -> float | None:
        return self._number(row, key) if key in row else None

    def _number(self, row: Row, key: str, most: float = math.inf) -> float:
        value = row[key]
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = float(value)
            if math.isfinite(number) and 0 <= number <= most:
                return number
        limit = "at least 0" if math.isinf(most) else f"from 0 to {most:g}"
        self._fault(key, f"must be a number {limit}, not {value!r}")
        return 0.0

    def _uris(self, row: Row, key: str) -> tuple[ConceptUri, ...]:
        value = row.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(ConceptUri(one) for one in value)
        self._fault(key, "must be a list of URIs in quotes")
        return ()

    def _one_of(
        self, kinds: type[_Kind], row: Row, key: str, default: _Kind | None
    ) -> _Kind | None:
        value = row.get(key, default)
        for kind in kinds:
            if value == kind.value:
                return kind
        known = ", ".join(repr(kind.value) for kind in kinds)
        self._fault(key, f"is {value!r}; it must be one of {known}")
        return None

    def _fault(self, key: str, what: str) -> None:
        self.faults.append(f"{self._at}: {key} {what}")
