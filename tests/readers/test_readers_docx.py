"""Word documents to text."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.docx_text import read_docx
from tests.watchdog import no_hang

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]  # python-docx ships no types
    return out.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def with_body(body: str) -> bytes:
    xml = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return with_member(saved(docx.Document()), "word/document.xml", xml.encode())


def test_headings_lists_and_tables_come_in_document_order() -> None:
    """A CV hides half of its skills in tables and lists."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Application"
    document.add_heading("Experience", 1)
    document.add_paragraph("Ran a warehouse.")
    document.add_paragraph("picking", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "SQL", "advanced"
    document.add_paragraph("End")

    text = read_docx(saved(document)).text

    assert text.split("\n") == [
        "Application", "", "Experience", "", "Ran a warehouse.", "- picking", "SQL | advanced",
        "", "End",
    ]  # fmt: skip


def test_text_boxes_and_form_fields_are_read_once() -> None:
    """Designed CVs put everything into boxes, and repeat those for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>Welding</w:t></w:r></w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    field = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Brazing</w:t></w:r></w:p></w:sdtContent></w:sdt>"

    text = read_docx(with_body(f"<w:p><w:r>{alternate}</w:r></w:p>{field}")).text

    assert text.split() == ["Welding", "Brazing"]


def test_tracked_deletions_are_gone_and_insertions_are_there() -> None:
    """What a colleague struck out is no longer asked for."""
    change = (
        "<w:p><w:del><w:r><w:delText>SAS</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Python</w:t></w:r></w:ins></w:p>"
    )

    assert read_docx(with_body(change)).text == "Python"


def test_a_zip_bomb_is_not_opened() -> None:
    """A few kilobytes may unpack to gigabytes; the directory tells before anything is read."""
    bomb = with_member(saved(docx.Document()), "word/media/a.bin", b"\0" * 101_000_000)

    assert len(bomb) < 1_000_000
    with pytest.raises(UnreadableError, match="unpacks to more than 100 MB"):
        read_docx(bomb)


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil", "word\\..\\..\\evil"])
def test_names_that_point_outside_are_refused(name: str) -> None:
    """Nothing is written anywhere, but a file like that was not made by a word processor."""
    with pytest.raises(UnreadableError, match="points outside"):
        read_docx(with_member(saved(docx.Document()), name, b"x"))


def test_entities_that_explode_are_not_expanded() -> None:
    """The "billion laughs": one kilobyte of XML that would fill the memory.

    Some versions of the XML library refuse such a file, others leave the entity out.
    """
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
    )

    data = with_member(saved(docx.Document()), "word/document.xml", xml.encode())

    try:
        length = len(read_docx(data).text)
    except UnreadableError:
        length = 0

    assert length < 1000


@pytest.mark.parametrize("xml", [b"", b"<w:document", b"<x/>", b"\xff\xfe\x00"])
def test_damaged_content_is_one_message(xml: bytes) -> None:
    """Whatever the XML library calls it, a person needs to know what to do."""
    with pytest.raises(UnreadableError, match="damaged"):
        read_docx(with_member(saved(docx.Document()), "word/document.xml", xml))


@pytest.mark.parametrize("keep", [4, 100, 5000])
def test_a_truncated_file_is_damaged(keep: int) -> None:
    """The directory of a zip stands at its end, so a broken download has none."""
    with pytest.raises(UnreadableError, match="damaged"):
        read_docx(saved(docx.Document())[:keep])


@pytest.mark.parametrize(
    "body", ["<w:p/>" * 10_000_000, "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 500_000]
)
def test_a_document_of_millions_of_elements_is_not_parsed(body: str) -> None:
    """A file of 60 KB, which would take two gigabytes and a minute."""
    data = with_body(body)

    with no_hang(), pytest.raises(UnreadableError, match="200,000 elements"):
        read_docx(data)
