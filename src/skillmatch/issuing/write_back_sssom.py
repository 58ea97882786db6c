"""Accepted alignments as SSSOM rows: one a statement and concept, with who said so and how sure.

The subject is the badge's id with the statement's JSON pointer as fragment. An outcome and a skill
are rarely the same thing, so the predicate is ``skos:relatedMatch`` and claims no more.

Source: SSSOM, "A Simple Standard for Sharing Ontology Mappings", the TSV format.
"""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from skillmatch.issuing.write_back import WritePlan, WrittenAlignment
from skillmatch.model.link import is_named

UNSPECIFIED_LICENSE = "https://w3id.org/sssom/license/unspecified"
"""What SSSOM asks to write where nobody has chosen a licence."""
SETS = "https://w3id.org/sssom/mappings/"
"""Where SSSOM's own tools put sets that nobody has named; a URN they take for a prefix."""
TOOL = "skillmatch"
PREDICATE = "skos:relatedMatch"
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label",
    "object_source_version", "mapping_justification", "confidence", "mapping_tool",
    "mapping_tool_version", "reviewer_id", "reviewer_label", "mapping_date", "comment",
)  # fmt: skip
_KNOWN = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "orcid": "https://orcid.org/",
    "esco.skill": "http://data.europa.eu/esco/skill/",
    "esco.occupation": "http://data.europa.eu/esco/occupation/",
    "onet.element": "https://www.onetonline.org/find/descriptor/result/",
    "onet.occupation": "https://www.onetonline.org/link/summary/",
    "onet.technology": "urn:skillmatch:onet:technology:",
}
_AUTHORITY = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*/?|[a-zA-Z][a-zA-Z0-9+.-]*:(?:[^:/]+:)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORCID = re.compile(r"(?:https?://orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMetadata:
    """What the header of a mapping set says.

    Attributes:
        set_id: URI of the set; by default made from its rows.
        license: URL of the licence of the mappings.
        version: Of the program.
    """

    version: str
    set_id: str = ""
    license: str = UNSPECIFIED_LICENSE


def sssom_text(plans: Iterable[WritePlan], metadata: SetMetadata) -> str:
    """Return a mapping set as SSSOM/TSV; rows are sorted by subject, then object."""
    curies = _Curies()
    rows = [_row(plan, one, curies, metadata.version) for plan in plans for one in plan.rows]
    rows.sort(key=lambda row: (row["subject_id"], row["object_id"], row["comment"]))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    table = out.getvalue()
    return "".join(_header(metadata, curies, table)) + table


def _header(metadata: SetMetadata, curies: _Curies, table: str) -> Sequence[str]:
    own = f"{SETS}{uuid.uuid5(uuid.NAMESPACE_URL, table)}"
    return [
        "#curie_map:\n",
        *(f'#  {prefix}: "{start}"\n' for prefix, start in sorted(curies.used.items())),
        f'#mapping_set_id: "{metadata.set_id or own}"\n',
        '#mapping_set_description: "Outcome statements of badges aligned with concepts"\n',
        f'#license: "{metadata.license}"\n',
    ]


def _row(
    plan: WritePlan, one: WrittenAlignment, curies: _Curies, version: str
) -> Mapping[str, str]:
    target = one.target
    orcid = _ORCID.fullmatch(one.reviewer.strip())
    if orcid:
        curies.used["orcid"] = _KNOWN["orcid"]
    proposed = one.confidence is not None
    return {
        "subject_id": curies.curie(f"{plan.badge.id}#{quote(one.at, safe='/~')}"),
        "subject_label": _line(one.statement),
        "predicate_id": PREDICATE,
        "object_id": curies.curie(target.uri),
        "object_label": _line(target.label),
        "object_source_version": target.framework_and_release,
        "mapping_justification": f"semapv:{_justification(one)}",
        "confidence": f"{one.confidence:.2f}" if one.confidence is not None else "",
        "mapping_tool": TOOL if proposed else "",
        "mapping_tool_version": version if proposed else "",
        "reviewer_id": f"orcid:{orcid[1]}" if orcid else "",
        "reviewer_label": "" if orcid else _line(one.reviewer),
        "mapping_date": one.date if _DAY.fullmatch(one.date) else "",
        "comment": _line(one.comment),
    }


def _justification(one: WrittenAlignment) -> str:
    """Return the activity that led to a mapping, in the words of the SEMAPV vocabulary."""
    if one.by_hand:
        return "ManualMappingCuration"
    if one.reviewed:
        return "MappingReview"
    return "LexicalMatching" if is_named(one.how) else "SemanticSimilarityThresholdMatching"


def _line(text: str) -> str:
    return " ".join(text.split())


@dataclass(slots=True)
class _Curies:
    """Prefixes that rows use, known ones by name and others by the site they belong to."""

    used: dict[str, str] = field(
        default_factory=lambda: {name: _KNOWN[name] for name in ("skos", "semapv")}
    )

    def curie(self, uri: str) -> str:
        """Return a URI as prefix and rest."""
        for prefix, start in _KNOWN.items():
            if uri.startswith(start) and uri != start:
                self.used[prefix] = start
                return f"{prefix}:{uri.removeprefix(start)}"
        found = _AUTHORITY.match(uri)
        start = found.group() if found else "urn:skillmatch:file:"
        prefix = next((name for name, known in self.used.items() if known == start), "")
        if not prefix:
            prefix = f"site{sum(name.startswith('site') for name in self.used) + 1}"
            self.used[prefix] = start
        return f"{prefix}:{uri.removeprefix(start)}"
