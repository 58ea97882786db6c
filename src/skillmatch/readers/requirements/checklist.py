"""The checklist as a TOML file that a person edits: removes, adds and re-weighs lines."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from skillmatch.atomic import write_text
from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Mention
from skillmatch.model.requirement import Checklist, Dropped, Gate, Requirement
from skillmatch.readers.requirements.rows import Lookup, RowReader
from skillmatch.readers.requirements.toml_lines import table_lines
from skillmatch.text.bounded_toml import parse_toml

FORMAT = "skillmatch-requirements-1"

_HEAD = f"""\
# What the posting asks for, as skillmatch read it. Edit it, then:
#
#   skillmatch gap --requirements THIS-FILE --have "..."
#
# Remove a [[requirement]] that is none. Change `necessity` ("must", "should" or "nice"),
# `level`, `years`, or `weight` (1.0 is normal, 2.0 counts double, 0 not at all). Add one:
#
#   [[requirement]]
#   label = "name of a skill"
#
# The spans are places in the posting; leave them, or remove them with their line.

format = "{FORMAT}"
"""
_GATES = "# Conditions that no skill replaces; listed apart and never scored.\n\n"
_LEFT = "# Parts of the posting that became no requirement, for the record.\n\n"


def write_requirements(checklist: Checklist, path: Path) -> None:
    """Write ``checklist`` to ``path`` in one step; ``read_requirements`` gives it back.

    Raises:
        StorageError: The file cannot be written; what was there is untouched.
    """
    head = {
        "source": checklist.source,
        "title": checklist.title,
        "frameworks": list(checklist.frameworks),
        "encoder": checklist.encoder,
        "units": checklist.units,
        "notes": list(checklist.notes),
    }
    parts = [_HEAD + tomli_w.dumps(head)]
    parts += [_requirement_text(requirement) for requirement in checklist.requirements]
    gates = [_table("gate", _gate_row(gate)) for gate in checklist.gates]
    left = [_table("dropped", _dropped_row(part)) for part in checklist.dropped]
    left += [_table("unlinked", _dropped_row(part)) for part in checklist.unlinked]
    parts += _under(_GATES, gates) + _under(_LEFT, left)
    write_text(path, "\n".join(parts))


def read_requirements(
    path: Path,
    resolve: Callable[[str], ConceptUri | None],
    *,
    label_of: Callable[[ConceptUri], str] = str,
    suggest: Callable[[str], Sequence[str]] = lambda _: (),
) -> Checklist:
    """Return the checklist that a file holds, after whatever a person did to it.

    A requirement needs a ``uri`` or a ``label``; everything else has a default.

    Args:
        path: The file.
        resolve: Finds the concept of a label or of a URI; None where there is none.
        label_of: Preferred label of a concept, for a line that names only its URI.
        suggest: Labels close to one that is unknown, best first, for the message.

    Raises:
        RowError: Lines are at fault; all of them are named, with key and line number.
        DataError: The file is missing, no TOML, or not a file of requirements.
    """
    text = _read_text(path)
    document = _parse(text, path)
    lookup = Lookup(resolve=resolve, label_of=label_of, suggest=suggest)
    lines = {name: table_lines(text, name) for name in _TABLES}
    reader = RowReader(lookup, _strings(document.get("frameworks", [])))
    rows = {name: _rows(document, name, path) for name in _TABLES}
    checklist = Checklist(
        source=str(document.get("source", path.name)),
        title=str(document.get("title", "")),
        requirements=reader.requirements(rows["requirement"], lines["requirement"]),
        gates=reader.gates(rows["gate"], lines["gate"]),
        dropped=reader.dropped("dropped", rows["dropped"], lines["dropped"]),
        unlinked=reader.dropped("unlinked", rows["unlinked"], lines["unlinked"]),
        units=reader.units(document.get("units", 0)),
        frameworks=_strings(document.get("frameworks", [])),
        encoder=str(document.get("encoder", "")),
        notes=_strings(document.get("notes", [])),
    )
    reader.unknown_keys(document, {*_TABLES, *_HEAD_KEYS})
    if reader.faults:
        raise RowError(tuple(reader.faults), path=path)
    return checklist


_TABLES = ("requirement", "gate", "dropped", "unlinked")
_HEAD_KEYS = ("format", "source", "title", "frameworks", "encoder", "units", "notes")


def _requirement_text(requirement: Requirement) -> str:
    row: dict[str, object] = {
        "label": requirement.label,
        "uri": requirement.uri,
        "framework": requirement.framework,
        "necessity": requirement.necessity.value,
        "why": requirement.necessity_why,
        "weight": requirement.weight,
        "level": requirement.level,
        "years": requirement.years,
        "level_value": requirement.level_value,
        "level_scale": requirement.level_scale,
        "importance": requirement.importance,
        "confidence": requirement.confidence,
        "skill_type": None if requirement.skill_type is None else requirement.skill_type.value,
        "how": requirement.how,
        "folded": list(requirement.folded),
        "alternatives": list(requirement.alternatives),
    }
    always = {"label", "uri", "framework", "necessity", "why", "weight", "confidence"}
    kept = {
        key: value for key, value in row.items() if key in always or value not in (None, "", [])
    }
    mentions = (_table("requirement.mention", _mention_row(m)) for m in requirement.mentions)
    return _table("requirement", kept) + "".join(mentions)


def _mention_row(mention: Mention) -> dict[str, object]:
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "section": mention.section.value,
        "unit": mention.unit,
    }


def _gate_row(gate: Gate) -> dict[str, object]:
    return {
        "kind": gate.kind.value,
        "necessity": gate.necessity.value,
        "start": gate.span.start,
        "end": gate.span.end,
        "text": gate.text,
    }


def _dropped_row(part: Dropped) -> dict[str, object]:
    return {
        "start": part.span.start,
        "end": part.span.end,
        "text": part.text,
        "section": part.section.value,
        "reason": part.reason,
    }


def _table(name: str, row: Mapping[str, object]) -> str:
    return f"[[{name}]]\n{tomli_w.dumps(row)}"


def _under(comment: str, tables: list[str]) -> list[str]:
    return [comment + tables[0], *tables[1:]] if tables else []


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise DataError("is not UTF-8; save it as UTF-8", path=path) from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        document = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"is not valid TOML: {error}", path=path) from error
    written = document.get("format", FORMAT)
    if written != FORMAT:
        raise DataError(f"has format {written!r}; this program reads {FORMAT!r}", path=path)
    if "requirement" not in document and "gate" not in document and "format" not in document:
        raise DataError("holds no [[requirement]]; `gap --save-requirements` writes one", path=path)
    return document


def _rows(document: Mapping[str, Any], name: str, path: Path) -> list[dict[str, Any]]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataError(f"{name} must be written as [[{name}]], once for each", path=path)
    return rows


def _strings(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values) if isinstance(values, list) else ()
