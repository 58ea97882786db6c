"""Readers of frameworks: RDF in four syntaxes, ESCO's CSV files and O*NET's tables in archives."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from skillmatch.readers.esco import read_esco_csv
from skillmatch.readers.onet import read_onet
from skillmatch.readers.rdf import read_skos
from tests.fuzz.containers import mutate_words, mutate_zip
from tests.fuzz.json_trees import mutate_json
from tests.fuzz.target import Mutation, Target, from_file
from tests.readers.onet_samples import layout_29

GROUP = "frameworks"
MINI = Path(__file__).resolve().parents[1] / "fixtures" / "mini_esco"
TURTLE = """\
@prefix esco: <http://data.europa.eu/esco/model#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix x: <http://data.europa.eu/esco/skill/> .
x:scheme a skos:ConceptScheme ; dct:title "Tiny"@en .
x:1 a skos:Concept, esco:Skill ; skos:inScheme x:scheme ; skos:topConceptOf x:scheme ;
    xl:prefLabel [ a xl:Label ; xl:literalForm "weld"@en ] ; skos:prefLabel "weld"@en ;
    skos:altLabel "welding"@en, "schweißen"@de ; skos:narrower x:2 ; skos:notation "S1" .
x:2 a skos:Concept ; skos:prefLabel "weld metal"@en ; skos:broader x:1 ;
    skos:definition \"\"\"Joins
metal.\"\"\"@en ; esco:isEssentialSkillFor <http://data.europa.eu/esco/occupation/1> .
"""
SKOS = "http://www.w3.org/2004/02/skos/core#"
LINES = f"""\
<http://e.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}Concept> .
<http://e.org/1> <{SKOS}prefLabel> "weld\\u00e9"@en .
_:b <{SKOS}broader> <http://e.org/1> .
"""
XML = """\
<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY skos "http://www.w3.org/2004/02/skos/core#"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:skos="http://www.w3.org/2004/02/skos/core#" xml:base="http://e.org/">
  <skos:Concept rdf:about="1"><skos:prefLabel xml:lang="en">weld</skos:prefLabel>
    <skos:broader rdf:resource="#two"/><skos:member rdf:parseType="Collection">
    <rdf:Description rdf:nodeID="a"/></skos:member></skos:Concept>
  <rdf:Description rdf:ID="two"><rdf:type rdf:resource="&skos;Concept"/></rdf:Description>
</rdf:RDF>
"""
JSON_LD = {
    "@context": {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "label": {"@id": "skos:prefLabel", "@container": "@language"},
        "broader": {"@id": "skos:broader", "@type": "@id"},
    },
    "@graph": [
        {"@id": "http://e.org/1", "@type": "skos:Concept", "label": {"en": "weld"}},
        {"@id": "http://e.org/2", "@type": "skos:Concept", "broader": ["http://e.org/1"]},
    ],
}


def _archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _esco() -> tuple[bytes, ...]:
    return (_archive({path.name: path.read_bytes() for path in sorted(MINI.glob("*.csv"))}),)


def _onet() -> tuple[bytes, ...]:
    tables = {
        f"db/{name}.txt": "".join(
            "\t".join("n/a" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows
        ).encode()
        for name, rows in layout_29().items()
    }
    return (_archive(tables),)


def _rdf(name: str, ending: str, seeds: tuple[bytes, ...], mutate: Mutation) -> Target:
    read = from_file(lambda path: read_skos(path, framework_id="test-1"), f"a.{ending}")
    return Target(name=name, group=GROUP, read=read, seeds=lambda: seeds, mutate=mutate)


TARGETS = (
    _rdf("rdf-turtle", "ttl", (TURTLE.encode(),), mutate_words),
    _rdf("rdf-ntriples", "nt", (LINES.encode(),), mutate_words),
    _rdf("rdf-xml", "rdf", (XML.encode(),), mutate_words),
    _rdf("rdf-jsonld", "jsonld", (json.dumps(JSON_LD).encode(),), mutate_json),
    Target(
        name="esco-zip",
        group=GROUP,
        read=from_file(
            lambda path: read_esco_csv(path, framework_id="esco-1", release="1"), "esco.zip"
        ),
        seeds=_esco,
        mutate=mutate_zip(lambda _: mutate_words),
    ),
    Target(
        name="onet-zip",
        group=GROUP,
        read=from_file(
            lambda path: read_onet(path, framework_id="onet-1", release="1"), "onet.zip"
        ),
        seeds=_onet,
        mutate=mutate_zip(lambda _: mutate_words),
    ),
)
