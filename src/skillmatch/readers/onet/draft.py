"""What has been read of an O*NET database so far, before it becomes a ``Framework``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from skillmatch.model.concept import Concept, ConceptUri, LangText, Status
from skillmatch.model.framework import Count, Predicate, Rating, Relation, TechnologyUse
from skillmatch.readers.onet.files import TableFile, plain
from skillmatch.readers.onet.identity import kind_of, notation_of, occupation_uri
from skillmatch.readers.onet.tables import Faults, Row, Table, read_rows

_OCCUPATION = re.compile(r"\d\d-\d{4}\.\d\d")


@dataclass(slots=True)
class Draft:
    """Collects concepts, relations, counts and faults while the tables are read one by one."""

    available: Mapping[str, TableFile]
    faults: Faults = field(default_factory=Faults)
    concepts: dict[ConceptUri, Concept] = field(default_factory=dict)
    relations: set[Relation] = field(default_factory=set)
    ratings: list[Rating] = field(default_factory=list)
    uses: list[TechnologyUse] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def files(self, table: Table) -> list[TableFile]:
        """Return the files that hold ``table``; what is absent is named in ``missing``."""
        for names in table.files:
            present = [name for name in names if plain(name) in self.available]
            if present:
                for name in names:
                    if name not in present:
                        self._lacks(name, table.brings)
                return [self.available[plain(name)] for name in present]
        self._lacks(" or ".join(" and ".join(names) for names in table.files), table.brings)
        return []

    def _lacks(self, name: str, brings: str) -> None:
        self.missing.append(
            f"no file {name}: without {brings}; the complete O*NET database of this release adds it"
        )

    def rows(self, table: Table) -> Iterator[tuple[TableFile, Row]]:
        """Yield the rows of all files of ``table``, in the order of the layout."""
        for file in self.files(table):
            for row in read_rows(file, table, self.faults):
                yield file, row

    def occupation(self, file: TableFile, line: int, code: str) -> ConceptUri | None:
        """Return an occupation's URI, or None, and a fault, where the code is none."""
        if _OCCUPATION.fullmatch(code):
            return occupation_uri(code)
        self.faults.add(file.path, line, f"{code!r} is no O*NET-SOC code such as '15-2051.00'")
        return None

    def flag(self, file: TableFile, line: int, name: str, value: str) -> bool:
        """Return whether a Y/N cell says yes; an empty one says no."""
        if value.upper() not in {"Y", "N", ""}:
            self.faults.add(file.path, line, f"{name} is {value!r}, expected Y or N")
        return value.upper() == "Y"

    def relate(self, subject: ConceptUri, predicate: Predicate, target: ConceptUri) -> None:
        """Note one relation; saying it twice is saying it once."""
        self.relations.add(Relation(subject=subject, predicate=predicate, object=target))

    def count(self, what: str, read: int, kept: int, why: str = "") -> None:
        """Note what was read and kept of something, in reading order."""
        self.counts.append(Count(what=what, read=read, kept=kept, why=why))

    def add_stubs(self) -> None:
        """Give every URI that rows name, and no table describes, a concept of its own."""
        named = {relation.subject for relation in self.relations}
        named |= {relation.object for relation in self.relations}
        named |= {uri for rating in self.ratings for uri in (rating.occupation, rating.element)}
        named |= {use.occupation for use in self.uses}
        for uri in named - self.concepts.keys():
            self.concepts[uri] = Concept(
                uri=uri, kind=kind_of(uri), notation=notation_of(uri), status=Status.STUB
            )
        stubs = sum(concept.status is Status.STUB for concept in self.concepts.values())
        self.count("stubs", stubs, stubs, "rows name them, no table describes them")


def english(text: str) -> tuple[LangText, ...]:
    """Return ``text`` as the only label or description, or nothing where it is empty."""
    return (LangText(text=text),) if text else ()
