"""Hostile postings, sheets, lists, checklists and frameworks."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.fuzz.bombs import blanks, stuffed, zeros
from tests.fuzz.family import Family, as_json
from tests.fuzz.posting_targets import DOCX_MEMBERS, POSTING, W
from tests.fuzz.table_targets import workbook
from tests.readers.tiny_pdf import make_pdf

TEXT_FILES = (
    *("review", "outcomes-csv", "outcomes-markdown", "skills", "requirements", "csv-table"),
    *("manifest", "index-recipe", "known-issuers-toml", "document-map-toml", "lint-rules"),
    *("posting-text", "posting-html"),
)
TOML_FILES = (
    *("requirements", "manifest", "index-recipe", "known-issuers-toml", "document-map-toml"),
    "lint-rules",
)
Make = Callable[[int, random.Random], bytes]


def family_of(
    name: str, targets: tuple[str, ...], *data: bytes | Callable[[], bytes], heavy: bool = False
) -> Family:
    """Return a family of these files; one that is costly to make is made when it is asked for."""

    def make(number: int, _: random.Random) -> bytes:
        one = data[number]
        return one if isinstance(one, bytes) else one()

    return Family(name=name, targets=targets, make=make, count=len(data), heavy=heavy)


def packed(members: dict[str, bytes | str]) -> bytes:
    """Return a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _docx(body: str, **more: bytes | str) -> bytes:
    xml = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return packed({**DOCX_MEMBERS, "word/document.xml": xml, **more})


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a zip with another content of a member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, bytes | str] = {one: archive.read(one) for one in archive.namelist()}
    return packed({**members, name: content})


def _sheet(cells: bytes) -> bytes:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    xml = start + b"<sheetData>" + cells + b"</sheetData></worksheet>"
    return with_member(workbook(), "xl/worksheets/sheet1.xml", xml)


def strings(filler: bytes) -> bytes:
    """Return a workbook with these shared strings."""
    start = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    kinds = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kinds + b'"/></Types>'
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        types = archive.read("[Content_Types].xml").replace(b"</Types>", part)
    named = with_member(workbook(), "[Content_Types].xml", types)
    return with_member(named, "xl/sharedStrings.xml", start + filler + b"</sst>")


def _pdf(stream: bytes, dictionary: bytes, page: bytes = b"", root: bytes = b"") -> bytes:
    """Return a PDF without a table, which readers mend by looking for its objects."""
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + root + b">>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R " + page + b">>\nendobj\n"
        b"4 0 obj\n<< " + dictionary + b" /Length %d >>\nstream\n" % len(stream) + stream + b"\n"
        b"endstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
    )


def _pdf_loop(kids: bytes, count: int = 1) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids ["
        + kids
        + b"] /Count %d /Parent 2 0 R >>\nendobj\n" % count
        + b"trailer\n<< /Root 1 0 R >>\n"
    )


def laughs(root: str, inside: str) -> bytes:
    """Return XML whose entities hold ten of each other; ``inside`` stands where the root has @."""
    entities = '<!ENTITY a0 "lol">' + "".join(
        f'<!ENTITY a{one + 1} "{f"&a{one};" * 10}">' for one in range(9)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{root}'.replace("@", inside).encode()


def _lines(text: str, times: int) -> bytes:
    return (text * times).encode()


_YAML_LAUGHS = (
    "format: skillmatch-alignment-review-1\na: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{two}: &{two} [{', '.join(['*' + one] * 9)}]\n"
        for one, two in zip("abcdefgh", "bcdefghi", strict=True)
    )
)
PIECES = (
    *(
        "a",
        " ",
        "\n",
        "\t",
        '"',
        "'",
        "[",
        "{",
        "(",
        "<",
        "&",
        "\\",
        ",",
        ";",
        "|",
        "#",
        "- ",
        "= ",
    ),
    *(
        "\x00",
        "é",
        "\u202e",
        "a,b\n",
        "a: b\n",
        "a = 1\n",
        "- a\n",
        "| a | b |\n",
        "<p>",
        "**",
        "~~",
    ),
    *("\r", "\x1b[2J", "a.", "1. ", "&amp;", "<!--", "]]>", "%", "x" * 999 + "\n", "-\n", "wel-\n"),
)
FAMILIES = (
    family_of(
        "one piece",
        TEXT_FILES,
        *(_lines(one, 400_000 // len(one)) for one in PIECES),
        heavy=True,
    ),
    family_of(
        "yaml",
        ("review-yaml",),
        _YAML_LAUGHS.encode(),
        b"&a [*a]",
        b"a: &a\n  <<: *a\n",
        b"[" * 100_000,
        b"{a: " * 50_000,
        b"- " * 100_000,
        b"? " * 50_000,
        b"!!python/object/apply:os.system [x]",
        b"!!binary " + b"A" * 500_000,
        b"a: |\n" + b" x\n" * 100_000,
        b"".join(b"k%d: v\n" % one for one in range(40_000)),
        b"a: " + b"9" * 100_000,
        b"a: " + b"1:" * 50_000 + b"1",
        b"a: 2025-99-99\nb: 0x" + b"f" * 50_000,
        b"---\n" * 100_000,
        b"%YAML 9.9\n---\na: b",
        b'a: "\\uD800\\x1b"',
    ),
    family_of(
        "toml",
        TOML_FILES,
        b"a = " + b"[" * 100_000,
        b"a = " + b"{a = " * 50_000,
        b"a." * 50_000 + b"a = 1",
        b"[" + b"a." * 50_000 + b"a]",
        b"a = " + b"9" * 5_000,
        b"a = 1e999999999\nb = nan\nc = -inf",
        b"".join(b"[[a]]\n" for _ in range(50_000)),
        b"".join(b"k%d = 1\n" % one for one in range(50_000)),
        b'a = "\\uD800"',
        b"a = 9999-99-99T99:99:99Z",
        b'a = """' + b"x\n" * 200_000,
        b"a = 0x" + b"f" * 50_000,
    ),
    family_of(
        "csv",
        ("review-csv", "outcomes-csv", "skills-table", "csv-table"),
        b"," * 500_000,
        b'"' * 500_001,
        b"uri,label\n" + b'"a' * 200_000,
        b"uri,label,course,outcome\n" + b"a,b,c,d\n" * 60_000,
        b"uri,label\n" + b"x" * 2_000_000 + b",b\n",
        b"\0,\0\n" * 100_000,
        b"skill;level\n" + b"a;b;c;d;e;f\n" * 50_000,
        b"outcome,course\n" + b'"' + b"- a\n" * 300_000 + b'",c\n',
        b"\r" * 300_000,
        b"=cmd|' /C calc'!A0,outcome,course\n=1+1,@a,-b\n",
    ),
    family_of(
        "workbooks",
        ("outcomes-workbook",),
        lambda: stuffed("xl/worksheets/sheet1.xml", 110),
        lambda: strings(b"<si><t>" + b"a" * 30_000_000 + b"</t></si>"),
        lambda: strings(b"<si><t>a</t></si>" * 900_000),
        lambda: _sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 500_000),
        lambda: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        lambda: _sheet(b'<row r="99999999999"><c r="ZZZZZZ9"><v>1</v></c></row>'),
        lambda: _sheet(b'<row r="-1"><c r="" t="s"><v>99999</v></c></row>'),
        lambda: _sheet(b"<row>" * 50_000),
        lambda: with_member(workbook(), "xl/workbook.xml", laughs("<x>@</x>", "&a9;")),
        lambda: with_member(workbook(), "xl/sharedStrings.xml", laughs("<sst>@</sst>", "&a9;")),
        lambda: with_member(workbook(), "[Content_Types].xml", b"<a>" * 100_000),
        lambda: with_member(workbook(), "xl/styles.xml", b"damaged"),
        lambda: with_member(workbook(), "../../up.xml", b"x"),
        lambda: workbook()[:-40],
        lambda: packed({f"{one}.xml": b"" for one in range(20_000)}),
        lambda: _sheet(b'<row r="1"><c r="A1" t="d"><v>9999-99-99</v></c></row>'),
        lambda: _sheet(b'<row r="1"><c r="A1" t="n"><v>' + b"9" * 100_000 + b"</v></c></row>"),
    ),
    family_of(
        "word files",
        ("posting-docx",),
        lambda: stuffed("word/document.xml", 90),
        lambda: stuffed("word/media/x.bin", 110),
        lambda: _docx("<w:p><w:r><w:t>" + "a" * 40_000_000 + "</w:t></w:r></w:p>"),
        lambda: _docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 130_000),
        lambda: _docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_000_000),
        lambda: _docx("<w:p/>" * 10_000_000),
        lambda: _docx("<w:tbl><w:tr><w:tc>" * 5_000),
        lambda: _docx("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500),
        lambda: _docx("<w:ins>" * 200 + "</w:ins>" * 200),
        lambda: _docx("<w:p>" * 100_000),
        lambda: packed({**DOCX_MEMBERS, "word/document.xml": laughs("<x>@</x>", "&a9;")}),
        lambda: packed({**DOCX_MEMBERS, "../../etc/passwd": "x", "/abs": "y", "C:\\z": "z"}),
        lambda: packed({**DOCX_MEMBERS, "_rels/.rels": "<Relationships/>"}),
        lambda: packed(
            {
                **DOCX_MEMBERS,
                "_rels/.rels": DOCX_MEMBERS["_rels/.rels"].replace(
                    "word/document.xml", "http://127.0.0.1:1/x"
                ),
            }
        ),
        lambda: packed({f"{one}": b"" for one in range(20_000)} | DOCX_MEMBERS),
        lambda: _docx(
            "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr></w:p>",
            **{"word/styles.xml": f"<w:styles {W}/>"},
        ),
    ),
    family_of(
        "pdf",
        ("posting-pdf",),
        lambda: _pdf(zeros(60), b"/Filter /FlateDecode"),
        lambda: _pdf(zlib.compress(zeros(60)), b"/Filter [/FlateDecode /FlateDecode]"),
        lambda: _pdf(b"<" * 100_000, b"/Filter [" + b"/ASCIIHexDecode " * 1_000 + b"]"),
        lambda: _pdf(b"\x80\xff" * 1_000_000, b"/Filter /LZWDecode"),
        lambda: _pdf(b"\x81a" * 1_500_000, b"/Filter /RunLengthDecode"),
        lambda: _pdf(b"BT (a) Tj ET\n" * 250_000, b""),
        lambda: _pdf(b"[" * 500_000, b""),
        lambda: _pdf(b"(" * 500_000, b""),
        lambda: _pdf(b"<<" * 200_000, b""),
        lambda: _pdf(b"q " * 500_000 + b"BI ID " * 1_000, b""),
        lambda: _pdf(b"x", b"", page=b"/A " + b"[" * 100_000),
        lambda: _pdf(b"x", b"", root=b"/A " + b"<</A" * 50_000),
        lambda: _pdf_loop(b"2 0 R"),
        lambda: _pdf_loop(b"2 0 R " * 10_000, 10_000),
        lambda: _pdf_loop(b"9 0 R", 2_000_000_000),
        lambda: make_pdf(*([["a"]] * 1_000)),
        lambda: make_pdf(["a" * 100_000] * 10),
        lambda: make_pdf(["a", "b"]).replace(b"startxref", b"startxref\n-5\nstartxref"),
        lambda: make_pdf(["a"]).replace(b"/Root", b"/Prev 15 /Root"),
        lambda: make_pdf(["a"]).replace(b"/Size", b"/Encrypt << /Filter /Standard /V 9 >> /Size"),
        lambda: make_pdf(["a"]).replace(b"/Length", b"/Length 999999999999 /L"),
        lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 200_000,
        lambda: b"%PDF-1.7\nxref\n0 99999999\n" + b"0000000000 65535 f \n" * 100_000,
        lambda: b"%PDF-" + b"\0" * 5_000_000,
        lambda: b"%PDF-1.4\n" + b"%" * 5_000_000,
    ),
    family_of(
        "pages",
        ("posting-html",),
        *(
            ("<html>" + one * (1_500_000 // len(one))).encode()
            for one in (
                *("<div>", "<p>a", "<li>", "<table><tr><td>", "<b><i>", "</p>", "<a href=", "<!--"),
                *(
                    "&nbsp;",
                    "&#0;",
                    "&#xD800;",
                    "<br>",
                    "<script>",
                    "<main>",
                    "<![CDATA[",
                    "<a b=c ",
                ),
                *(
                    '<script type="application/ld+json">{',
                    "<svg><path d='",
                    "<meta charset=x>",
                    "\0",
                ),
                *("<h1>a</h1>", "<ul><li>a</ul>", "<td>a", "<select><option>", "<template>"),
            )
        ),
        lambda: b"<html><p " + b" ".join(b"a%d=x" % one for one in range(100_000)) + b">",
        b"<html><p style='" + b"display:" * 200_000 + b"none'>x",
        b"<html><img src='data:image/png;base64," + b"A" * 3_000_000 + b"'>text",
        b"<html><meta charset='" + b"x" * 5_000 + b"'>text",
        b"<html><meta charset=utf-7>+ADw-script+AD4-",
    ),
    family_of(
        "job data",
        ("posting-jsonld",),
        as_json([POSTING] * 5_000),
        as_json(POSTING | {"description": "<p>a" * 200_000}),
        as_json(POSTING | {"description": "&lt;" * 200_000}),
        as_json(POSTING | {"skills": ["a"] * 100_000}),
        as_json(POSTING | {"skills": [[["a"]]] * 1_000, "title": {"@value": ["x"]}}),
        as_json({"@graph": [{"@graph": [{"@graph": [POSTING]}]}]}),
        b'{"@graph":' * 50_000 + b"[]",
        b"[" * 100_000 + b'"JobPosting"',
        b'{"@type": "JobPosting", "description": ' + b"9" * 5_000 + b"}",
        b'{"@type": "JobPosting", "title": "\\ud800", "description": "\\udfff\\u0000"}',
        b'{"@type": "JobPosting", "description": null, "title": [], "skills": {}}',
    ),
    family_of(
        "kinds of file",
        ("posting-text", "posting-pdf", "posting-docx", "skills-list", "outcomes-csv", "show"),
        b"",
        b"\0" * 1_000_000,
        b"\xff" * 1_000_000,
        b"\xff\xfe" + b"a\0" * 500_000,
        b"\xff\xfe\0\0" + b"a\0\0\0" * 100_000,
        b"\xef\xbb\xbf" * 1_000,
        b"\x89PNG",
        b"\xd0\xcf\x11\xe0" + b"\0" * 5_000,
        b"{\\rtf1 " + b"{" * 100_000,
        lambda: gzip.compress(b"a" * 1_000_000, mtime=0),
        lambda: blanks(100),
        b"PK\3\4" + b"\0" * 1_000,
        b"%PDF-",
        b"#!/bin/sh\nexit 1\n",
        struct.pack(">I", 0xFEEDFACE) * 1_000,
    ),
)
