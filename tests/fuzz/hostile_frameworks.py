"""Hostile frameworks: RDF in four syntaxes, and archives of tables."""

from __future__ import annotations

from tests.fuzz.bombs import stuffed
from tests.fuzz.hostile_documents import family_of, laughs, packed, strings

RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#">@</rdf:RDF>'
)
SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <http://e.org/> .\n"
_SKILL_HEAD = b"conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status\n"


def _ring(size: int) -> bytes:
    lines = [
        f'x:{one} a skos:Concept ; skos:prefLabel "c{one}"@en ; skos:broader x:{(one + 1) % size} .'
        for one in range(size)
    ]
    return (SKOS + "\n".join(lines)).encode()


FAMILIES = (
    family_of(
        "turtle",
        ("rdf-turtle",),
        lambda: _ring(3_000),
        (SKOS + "x:a x:b " + "[ x:b " * 5_000).encode(),
        (SKOS + "x:a x:b " + "( " * 5_000).encode(),
        (SKOS + "x:a x:b (" + "1 " * 20_000 + ") .").encode(),
        (SKOS + 'x:a x:b """' + "a" * 2_000_000).encode(),
        "".join(f"@prefix p{one}: <http://e.org/{one}> .\n" for one in range(5_000)).encode(),
        (SKOS + "x:a " + "x:b x:c ; " * 10_000 + ".").encode(),
        b"@base <http://[::1> . <a> <b> <c> .",
        b"@prefix x: <" + b"a" * 500_000 + b"> .",
        b"#" * 2_000_000,
        (SKOS + 'x:a a skos:Concept ; skos:prefLabel "a"@' + "en-" * 50_000 + " .").encode(),
        (SKOS + "x:a x:b " + "9" * 100_000 + " .").encode(),
        (SKOS + 'x:a x:b "\\uD800\\U0011FFFF" .').encode(),
    ),
    family_of(
        "lines",
        ("rdf-ntriples",),
        b"<http://e.org/a> " * 20_000,
        b'<http://e.org/a> <http://e.org/b> "' + b"\\u0041" * 100_000 + b'" .',
        b"_:a <http://e.org/b> _:c .\n" * 30_000,
        b"<a> <b> <c> .\n",
        b"\xff\n",
        b" " * 1_000_000,
    ),
    family_of(
        "rdf/xml",
        ("rdf-xml",),
        laughs(RDF, "&a9;"),
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:1/x">' + RDF.encode(),
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + RDF.replace("@", "&e;").encode(),
        RDF.replace("@", "<rdf:Description>" * 3_000).encode(),
        RDF.replace("@", "<rdf:Description/>" * 20_000).encode(),
        RDF.replace("@", '<rdf:li rdf:parseType="Literal">' + "<b>" * 5_000).encode(),
        RDF.replace("@", '<skos:Concept rdf:about="http://[x"/>').encode(),
        RDF.replace("@", '<skos:Concept rdf:ID="a"/>' * 2).encode(),
        RDF.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>' + RDF.encode(),
        b'<!DOCTYPE x [<!ENTITY q "'
        + b"x" * 199
        + b'">]>'
        + RDF.replace("@", "&q;" * 100_000).encode(),
    ),
    family_of(
        "esco",
        ("esco-zip",),
        lambda: stuffed("skills_en.csv", 220),
        lambda: packed({"skills_en.csv": _SKILL_HEAD + b"u,s,r,l,a,h,x\n" * 50_000}),
        lambda: packed({"skills_en.csv": _SKILL_HEAD + b'"' * 200_001}),
        lambda: packed({"../skills_en.csv": _SKILL_HEAD}),
        lambda: packed({"/skills_en.csv": _SKILL_HEAD}),
        lambda: packed({"skills_en.csv": b"\0" * 100_000}),
        lambda: packed({"skills_en.csv": _SKILL_HEAD + b"a," * 50_000}),
        lambda: packed({f"{one}/skills_en.csv": _SKILL_HEAD for one in range(2_000)}),
        lambda: packed({"skills_en.csv": _SKILL_HEAD + b"\xff\xfe"}),
        lambda: packed({"skills_en.zip": packed({"skills_en.csv": _SKILL_HEAD})}),
    ),
    family_of(
        "onet",
        ("onet-zip",),
        lambda: stuffed("db/Occupation Data.txt", 220),
        lambda: packed({"Occupation Data.txt": b"O*NET-SOC Code\tTitle\tDescription\n" * 50_000}),
        lambda: packed({"Occupation Data.txt": b"\t" * 200_000}),
        lambda: packed({"../Occupation Data.txt": b"x"}),
        lambda: packed({"Occupation Data.xlsx": stuffed("xl/workbook.xml", 110)}),
        lambda: packed({"Occupation Data.xlsx": strings(b"<si><t>a</t></si>" * 1_000_000)}),
        lambda: packed({"Occupation Data.xlsx": b"PK\3\4"}),
        lambda: packed({"Occupation Data.txt": b"\xff\xfe\0"}),
    ),
)
