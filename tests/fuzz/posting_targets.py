"""Readers of postings and CVs."""

from __future__ import annotations

import io
import json
import zipfile

from skillmatch.readers.documents import read_posting
from tests.fuzz.containers import mutate_words, mutate_zip
from tests.fuzz.json_trees import mutate_json
from tests.fuzz.target import Mutation, Target, from_file
from tests.readers.tiny_pdf import make_pdf

GROUP = "postings"
TEXT = "Welder wanted\n\nYou can:\n- weld metal\n- read draw-\nings\n\nWir suchen Schweißer.\n"
POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Welder",
    "description": "<p>You weld.</p><ul><li>Metal</li></ul>",
    "skills": ["welding", {"@type": "DefinedTerm", "name": "MIG"}],
    "responsibilities": "Weld &amp; grind",
    "inLanguage": "en",
    "experienceRequirements": {"monthsOfExperience": 12},
}
HTML = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Welder</title>'
    "<style>a{}</style></head><body><nav>menu</nav><h1>Welder</h1><p>You <b>weld</b>.<br>Now."
    "<ul><li>metal<li>steel</ul><table><tr><td>a<td>b</table><script>x</script></body></html>"
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX_MEMBERS = {
    "[Content_Types].xml": (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="'
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        '"/></Types>'
    ),
    "_rels/.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
        '2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    ),
    "word/document.xml": (
        f'<?xml version="1.0"?><w:document {W}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/>'
        "</w:pPr><w:r><w:t>Welder</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>metal</w:t>"
        "</w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>steel</w:t><w:tab/><w:br/></w:r></w:ins></w:p></w:body></w:document>"
    ),
}


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in DOCX_MEMBERS.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _packed_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(["Welder", "weld metal"]))))
    for page in writer.pages:
        page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages() -> tuple[bytes, ...]:
    embedded = f'<script type="application/ld+json">{json.dumps(POSTING)}</script></body>'
    return (HTML.encode(), HTML.replace("</body>", embedded).encode())


def _texts() -> tuple[bytes, ...]:
    return (TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252"))


def _in_graph() -> bytes:
    return json.dumps({"@graph": [{"@type": "Organization"}, POSTING]}).encode()


def _posting(name: str, ending: str, seeds: tuple[bytes, ...], mutate: Mutation) -> Target:
    read = from_file(read_posting, f"posting.{ending}")
    return Target(name=name, group=GROUP, read=read, seeds=lambda: seeds, mutate=mutate)


TARGETS = (
    _posting("posting-text", "txt", _texts(), mutate_words),
    _posting("posting-html", "html", _pages(), mutate_words),
    _posting("posting-jsonld", "json", (json.dumps(POSTING).encode(), _in_graph()), mutate_json),
    _posting(
        "posting-pdf",
        "pdf",
        (make_pdf(["Welder", "weld metal"]), make_pdf(["a"], ["b"]), _packed_pdf()),
        mutate_words,
    ),
    _posting("posting-docx", "docx", (_docx(),), mutate_zip(lambda _: mutate_words)),
)
