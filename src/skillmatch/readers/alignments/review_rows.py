"""One entry of a review as named texts, the same for YAML and CSV; every fault is kept."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from skillmatch.model.alignment import (
    Decision,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)

_Kind = TypeVar("_Kind", bound=StrEnum)
BADGE_FIELDS = ("badge", "name", "file", "pointer")
STATEMENT_FIELDS = ("at", "kind", "text", "digest")
ENTRY_FIELDS = (
    "decision", "concept", "confidence", "words", "how", "comment", "edited", "edited_concept",
    "reviewer", "date", "earlier", "standing", "uri", "framework", "code", "type",
)  # fmt: skip
# Kept in every entry, empty or not, so that nobody has to look up how they are written.
ALWAYS = frozenset({"decision", "concept", "uri", "comment"})


def entry_fields(entry: ReviewEntry) -> dict[str, str]:
    """Return an entry as texts by the names of ``ENTRY_FIELDS``, in their order."""
    confidence = "" if entry.confidence is None else f"{entry.confidence:.2f}"
    return {
        "decision": entry.decision.value,
        "concept": entry.label,
        "confidence": confidence,
        "words": entry.words,
        "how": entry.how,
        "comment": entry.comment,
        "edited": entry.edited,
        "edited_concept": entry.edited_label,
        "reviewer": entry.reviewer,
        "date": entry.date,
        "earlier": entry.earlier,
        "standing": entry.standing.value,
        "uri": entry.uri,
        "framework": entry.framework,
        "code": entry.code,
        "type": entry.target_type,
    }


@dataclass(slots=True)
class ReviewRows:
    """Gathers badges, statements and entries in file order, and what is wrong with them."""

    faults: list[str] = field(default_factory=list)
    _badges: dict[str, ReviewBadge] = field(default_factory=dict)
    _statements: dict[tuple[str, str, str], ReviewStatement] = field(default_factory=dict)
    _entries: dict[tuple[str, str, str], dict[str, ReviewEntry]] = field(default_factory=dict)

    def badge(self, row: Mapping[str, str], line: int) -> str:
        """Take a badge, or the next part of one that was taken before, and return its id."""
        identifier = row.get("badge", "").strip()
        if not identifier:
            self.fault(line, "badge", "is missing; it is the id of the badge")
        self._badges.setdefault(
            identifier,
            ReviewBadge(
                id=identifier,
                name=row.get("name", ""),
                file=row.get("file", ""),
                pointer=row.get("pointer", ""),
            ),
        )
        return identifier

    def statement(self, badge: str, row: Mapping[str, str], line: int) -> tuple[str, str, str]:
        """Take a statement of a badge and return its key."""
        text = row.get("text", "")
        digest = row.get("digest", "").strip() or text_digest(text)
        if not row.get("digest", "").strip() and not text.strip():
            self.fault(line, "text", "is missing; a statement needs its text or its digest")
        key = (badge, row.get("at", "").strip(), digest)
        statement = ReviewStatement(
            at=key[1], digest=digest, kind=row.get("kind", ""), text=text, line=line
        )
        self._statements.setdefault(key, statement)
        self._entries.setdefault(key, {})
        return key

    def entry(self, key: tuple[str, str, str], row: Mapping[str, str], line: int) -> None:
        """Take an entry; the same concept twice for one statement is a fault."""
        entry = self._entry(row, line)
        before = self._entries[key].get(entry.uri)
        if before is not None:
            self.fault(
                line, "uri", f"stands for the same statement on line {before.line}; remove one"
            )
            return
        self._entries[key][entry.uri] = entry

    def review(self, frameworks: tuple[str, ...] = (), encoder: str = "") -> Review:
        """Return everything that was taken."""
        badges = []
        for identifier, badge in self._badges.items():
            statements = tuple(
                ReviewStatement(
                    at=one.at,
                    digest=one.digest,
                    kind=one.kind,
                    text=one.text,
                    entries=tuple(self._entries[key].values()),
                    line=one.line,
                )
                for key, one in self._statements.items()
                if key[0] == identifier
            )
            badges.append(
                ReviewBadge(
                    id=badge.id,
                    name=badge.name,
                    file=badge.file,
                    pointer=badge.pointer,
                    statements=statements,
                )
            )
        return Review(frameworks=frameworks, encoder=encoder, badges=tuple(badges))

    def fault(self, line: int, key: str, what: str) -> None:
        """Keep what is wrong, with its line."""
        self.faults.append(f"line {line}: {key} {what}")

    def unknown_keys(self, keys: Collection[str], known: Collection[str], line: int) -> None:
        """Report names that mean nothing; what stands under them would be lost."""
        for key in sorted(set(keys) - set(known)):
            near = difflib.get_close_matches(key, sorted(known), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else "; notes belong into 'comment'"
            self.fault(line, repr(key), "is no field here" + hint)

    def _entry(self, row: Mapping[str, str], line: int) -> ReviewEntry:
        entry = ReviewEntry(
            uri=row.get("uri", "").strip(),
            label=row.get("concept", ""),
            framework=row.get("framework", ""),
            code=row.get("code", ""),
            target_type=row.get("type", ""),
            confidence=self._confidence(row.get("confidence", "").strip(), line),
            words=row.get("words", ""),
            how=row.get("how", ""),
            standing=self._one_of(Standing, row, "standing", Standing.BY_HAND, line),
            decision=self._one_of(Decision, row, "decision", Decision.PENDING, line),
            edited=row.get("edited", "").strip(),
            edited_label=row.get("edited_concept", ""),
            comment=row.get("comment", ""),
            reviewer=row.get("reviewer", ""),
            date=row.get("date", ""),
            earlier=row.get("earlier", ""),
            line=line,
        )
        self._check(entry)
        return entry

    def _check(self, entry: ReviewEntry) -> None:
        """Report what an entry says against itself."""
        line, edits = entry.line, entry.decision is Decision.EDIT
        if edits and not entry.edited:
            what = "must be the URI of the concept that is right instead (skillmatch search finds)"
            self.fault(line, "edited", what)
        if entry.edited and not edits:
            what = f"is given, so decision must be 'edit', not {entry.decision.value!r}"
            self.fault(line, "edited", what)
        for name, value in (("uri", entry.uri), ("edited", entry.edited)):
            if len(value.split()) > 1 or (name == "edited" and not _uri(value)):
                self.fault(line, name, f"is {value!r}, which is no URI")
        # An alignment of the badge may lack a URL, and yet be kept.
        added = entry.standing is Standing.BY_HAND and entry.decision is Decision.ACCEPT
        if added and not entry.uri:
            self.fault(line, "uri", "is missing; nothing says which concept is accepted")

    def _confidence(self, value: str, line: int) -> float | None:
        if not value:
            return None
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            number = math.nan
        if not 0 <= number <= 1:
            self.fault(line, "confidence", f"is {value!r}; it is a number from 0 to 1")
            return None
        return number

    def _one_of(
        self, kinds: type[_Kind], row: Mapping[str, str], key: str, default: _Kind, line: int
    ) -> _Kind:
        value = row.get(key, "").strip().lower()
        for kind in kinds:
            if value == kind.value:
                return kind
        if value:
            known = ", ".join(kind.value for kind in kinds)
            self.fault(line, key, f"is {value!r}; it must be one of {known}")
        return default


def _uri(value: str) -> bool:
    return not value or ":" in value


def flat_rows(review: Review) -> Iterator[dict[str, str]]:
    """Yield every entry with its statement and badge; a statement without entries gives one."""
    for badge in review.badges:
        own = {
            "badge": badge.id,
            "name": badge.name,
            "file": badge.file,
            "pointer": badge.pointer,
        }
        for statement in badge.statements:
            said = {
                "at": statement.at,
                "kind": statement.kind,
                "text": statement.text,
                "digest": statement.digest,
            }
            for entry in statement.entries:
                yield {**own, **said, **entry_fields(entry)}
            if not statement.entries:
                yield {**own, **said}
