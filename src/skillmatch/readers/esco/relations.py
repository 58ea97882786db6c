"""Relations and collections of ESCO, and stubs for what they name and nothing describes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from skillmatch.errors import RowError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, Status
from skillmatch.model.framework import Collection, Count, Predicate, Relation
from skillmatch.readers.esco.tables import EscoFile, EscoTable
from skillmatch.readers.esco.terms import CONCEPT_TYPES

Triple = tuple[str, Predicate, str]

OCCUPATION_SKILL = {"essential": Predicate.ESSENTIAL, "optional": Predicate.OPTIONAL}
SKILL_SKILL = {"essential": Predicate.SKILL_ESSENTIAL, "optional": Predicate.SKILL_OPTIONAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionTerms:
    """A collection's id, its English label, and how ESCO calls its concept scheme.

    Attributes:
        scheme: Last part of the scheme's URI.
    """

    id: str
    label: str
    scheme: str
    kind: ConceptKind = ConceptKind.SKILL


COLLECTIONS = {
    EscoTable.DIGITAL: CollectionTerms(
        id="digital", label="Digital", scheme="6c930acd-c104-4ece-acf7-f44fd7333036"
    ),
    EscoTable.GREEN: CollectionTerms(id="green", label="Green", scheme="green"),
    EscoTable.TRANSVERSAL: CollectionTerms(
        id="transversal", label="Transversal", scheme="skill-transversal-groups"
    ),
    EscoTable.LANGUAGE: CollectionTerms(
        id="language", label="Language", scheme="skill-language-groups"
    ),
    EscoTable.RESEARCH_SKILLS: CollectionTerms(
        id="research-skills", label="Research", scheme="research"
    ),
    EscoTable.RESEARCH_OCCUPATIONS: CollectionTerms(
        id="research-occupations",
        label="Research occupations",
        scheme="8ae4b9f3-507e-4057-a145-2f96f0132613",
        kind=ConceptKind.OCCUPATION,
    ),
    EscoTable.DIGCOMP: CollectionTerms(id="digcomp", label="DigComp", scheme="digcomp"),
    EscoTable.ICT: CollectionTerms(
        id="ict", label="Information and communications technology", scheme="skill-ict-groups"
    ),
}


@dataclass(slots=True)
class Ties:
    """Everything said between concepts.

    Attributes:
        triples: Each relation once.
        named: The kind that a relation or collection takes a URI to be, first word first.
        read: Rows by table.
        kept: New relations by table.
        lost: What could not be tied to anything.
    """

    triples: set[Triple] = field(default_factory=set)
    named: dict[str, ConceptKind] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, triple: Triple, kinds: tuple[ConceptKind, ConceptKind], what: str) -> None:
        """Add one relation that was read as ``what``."""
        self.read[what] += 1
        if triple in self.triples:
            return
        self.kept[what] += 1
        self.triples.add(triple)
        for uri, kind in zip((triple[0], triple[2]), kinds, strict=True):
            self.name(uri, kind)

    def name(self, uri: str, kind: ConceptKind) -> None:
        """Note that ``uri`` is spoken of as a concept of this kind."""
        self.named.setdefault(uri, kind)
        self.mentions[uri] += 1


def add_relations(ties: Ties, file: EscoFile) -> None:
    """Add the rows of one relation table.

    Raises:
        RowError: A URI is empty, or a relation or concept type is not known.
    """
    rows = {
        EscoTable.OCCUPATION_SKILLS: _occupation_skills,
        EscoTable.SKILL_SKILLS: _skill_skills,
        EscoTable.BROADER_SKILLS: _broader,
        EscoTable.BROADER_OCCUPATIONS: _broader,
    }[file.table](file)
    faults: list[str] = []
    for line, triple, kinds, what in rows:
        if triple is None or kinds is None:
            faults.append(f"line {line}: {what}")
        elif not triple[0] or not triple[2]:
            faults.append(f"line {line}: an empty URI")
        else:
            ties.add(triple, kinds, what)
    if faults:
        raise RowError(tuple(faults), path=file.rows.place)


Kinds = tuple[ConceptKind, ConceptKind]
Parsed = tuple[int, Triple | None, Kinds | None, str]


def _occupation_skills(file: EscoFile) -> Iterator[Parsed]:
    kinds = (ConceptKind.OCCUPATION, ConceptKind.SKILL)
    columns = ("occupationUri", "relationType", "skillUri")
    return _typed(file, columns, OCCUPATION_SKILL, kinds)


def _skill_skills(file: EscoFile) -> Iterator[Parsed]:
    kinds = (ConceptKind.SKILL, ConceptKind.SKILL)
    columns = ("originalSkillUri", "relationType", "relatedSkillUri")
    return _typed(file, columns, SKILL_SKILL, kinds)


def _typed(
    file: EscoFile, columns: tuple[str, str, str], predicates: dict[str, Predicate], kinds: Kinds
) -> Iterator[Parsed]:
    between = " and ".join(dict.fromkeys(f"{kind}s" for kind in kinds))
    for line, (subject, word, target) in file.rows.select(*columns):
        predicate = predicates.get(word.strip())
        if predicate is None:
            yield line, None, None, f"relationType is {word!r}, not essential or optional"
        else:
            triple = (subject.strip(), predicate, target.strip())
            yield line, triple, kinds, f"{word.strip()} relations between {between}"


def _broader(file: EscoFile) -> Iterator[Parsed]:
    pillar = "skills" if file.table is EscoTable.BROADER_SKILLS else "occupations"
    columns = ("conceptType", "conceptUri", "broaderType", "broaderUri")
    for line, (word, subject, broader_word, target) in file.rows.select(*columns):
        kind = CONCEPT_TYPES.get(word.strip())
        if kind is None:
            yield line, None, None, f"conceptType is {word!r}, none of {', '.join(CONCEPT_TYPES)}"
        else:
            kinds = (kind, CONCEPT_TYPES.get(broader_word.strip(), kind))
            triple = (subject.strip(), Predicate.BROADER, target.strip())
            yield line, triple, kinds, f"broader relations of {pillar}"


def add_steps(ties: Ties, steps: set[tuple[str, str]]) -> None:
    """Add steps of skillsHierarchy; most of them repeat the broader relations."""
    kinds = (ConceptKind.SKILL_GROUP, ConceptKind.SKILL_GROUP)
    for narrower, broader in sorted(steps):
        ties.add((narrower, Predicate.BROADER, broader), kinds, "steps of skillsHierarchy")


def add_isco_groups(ties: Ties, file: EscoFile, groups: dict[str, str]) -> None:
    """Tie occupations to the ISCO group they name, for want of broader relations.

    ``groups`` holds the URIs of ISCO groups by code; a code without a URI is counted as lost.
    """
    kinds = (ConceptKind.OCCUPATION, ConceptKind.OCCUPATION_GROUP)
    for _, (uri, code) in file.rows.select("conceptUri", "iscoGroup"):
        group = groups.get(code.strip())
        if group is not None:
            triple = (uri.strip(), Predicate.BROADER, group)
            ties.add(triple, kinds, "ISCO groups named by occupations")
        elif code.strip():
            ties.lost["ISCO groups that no table describes"] += 1


def read_collections(ties: Ties, files: Iterable[EscoFile]) -> tuple[Collection, ...]:
    """Return the collections by id; members of all languages are one set."""
    schemes = dict[str, tuple[str, str]]()
    members: dict[EscoTable, set[str]] = {}
    for file in files:
        if file.table is EscoTable.SCHEMES:
            for _, (uri, label) in file.rows.select("conceptSchemeUri", "preferredLabel"):
                schemes.setdefault(uri.strip().rpartition("/")[2], (uri.strip(), label.strip()))
        elif file.table in COLLECTIONS:
            own = members.setdefault(file.table, set())
            for _, (uri,) in file.rows.select("conceptUri"):
                own.add(uri.strip())
    found = []
    for table, uris in members.items():
        terms = COLLECTIONS[table]
        uri, label = schemes.get(terms.scheme, ("", terms.label))
        for member in sorted(uris):
            ties.name(member, terms.kind)
        found.append(
            Collection(
                id=terms.id, label=label, uri=uri, members=tuple(map(ConceptUri, sorted(uris)))
            )
        )
    return tuple(sorted(found, key=lambda collection: collection.id))


def stubs(ties: Ties, known: Iterable[str]) -> tuple[Concept, ...]:
    """Return a stub for each concept that is named and not described, by URI."""
    return tuple(
        Concept(uri=ConceptUri(uri), kind=ties.named[uri], status=Status.STUB)
        for uri in sorted(ties.named.keys() - set(known))
    )


def relations_of(ties: Ties) -> tuple[Relation, ...]:
    """Return the relations, sorted by their fields."""
    return tuple(
        Relation(subject=ConceptUri(subject), predicate=predicate, object=ConceptUri(target))
        for subject, predicate, target in sorted(ties.triples)
    )


def tie_counts(ties: Ties, absent: tuple[Concept, ...]) -> tuple[Count, ...]:
    """Return what was read and kept of relations, and the stubs made for them."""
    counts = [
        Count(
            what=what,
            read=read,
            kept=ties.kept[what],
            why="" if read == ties.kept[what] else f"{read - ties.kept[what]} said before",
        )
        for what, read in sorted(ties.read.items())
    ]
    counts.extend(
        Count(what=what, read=number, kept=0, why="named by a code, not by a URI")
        for what, number in sorted(ties.lost.items())
    )
    if absent:
        mentions = sum(ties.mentions[stub.uri] for stub in absent)
        why = f"named by {mentions} rows and described by none; kept as stubs"
        counts.append(Count(what="absent concepts", read=len(absent), kept=len(absent), why=why))
    return tuple(counts)
