"""Any readable file to one Posting, and every unreadable one to one clear message."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.errors import NotFoundError, SkillmatchError, UnreadableError
from skillmatch.model.posting import Posting
from skillmatch.readers.documents import read_document, read_posting, read_text
from tests.readers.tiny_pdf import make_pdf
from tests.watchdog import no_hang

SENTENCE = "We are looking for a welder who reads technical drawings."
PAGE = f"<!DOCTYPE html><html><body><h1>Welder</h1><p>{SENTENCE}</p></body></html>"
JSON_LD = json.dumps({"@type": "JobPosting", "title": "Welder", "description": SENTENCE})


def word_file() -> bytes:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS = [
    ("p.txt", SENTENCE.encode(), "text/plain"),
    ("p", SENTENCE.encode(), "text/plain"),
    ("p.md", f"# Welder\n\n* {SENTENCE}\n".encode(), "text/markdown"),
    ("p.html", PAGE.encode(), "text/html"),
    ("p.txt", PAGE.encode(), "text/html"),
    ("p.json", JSON_LD.encode(), "application/ld+json"),
    ("p.txt", JSON_LD.encode(), "application/ld+json"),
    ("p.pdf", make_pdf([SENTENCE]), "application/pdf"),
    ("p.txt", make_pdf([SENTENCE]), "application/pdf"),
    (
        "p.DOCX",
        word_file(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
]


@pytest.mark.parametrize(("name", "data", "media_type"), FORMATS)
def test_content_decides_on_the_format_then_the_name(
    tmp_path: Path, name: str, data: bytes, media_type: str
) -> None:
    """People rename files; a PDF called .txt is still a PDF."""
    path = tmp_path / name
    path.write_bytes(data)

    posting = read_posting(path)

    assert posting.media_type == media_type
    assert SENTENCE in posting.text
    assert (posting.language, posting.source) == ("en", name)


@pytest.mark.parametrize(("name", "data", "media_type"), FORMATS)
def test_standard_input_takes_every_format(name: str, data: bytes, media_type: str) -> None:
    """A pipe has no name, so the content alone must do; only Markdown is plain text then."""
    posting = read_posting("-", stdin=io.BytesIO(data))

    assert posting.source == "-"
    assert SENTENCE in posting.text
    if name != "p.md":
        assert posting.media_type == media_type


def test_markdown_is_kept_as_it_is(tmp_path: Path) -> None:
    """Spans refer to the text, so a person finds them in the file again."""
    path = tmp_path / "p.md"
    text = "# Welder *(m/f/d)*\n\n* **MIG** welding\n"
    path.write_text(text, encoding="utf-8")

    posting = read_posting(path)

    assert posting.text == text
    assert posting.title == "Welder *(m/f/d)"


def test_a_document_of_a_person_has_no_title(tmp_path: Path) -> None:
    """The first line of a CV is a name, and names do not belong into reports."""
    path = tmp_path / "cv.txt"
    path.write_text(f"Jo Bloggs\n\n{SENTENCE}", encoding="utf-8")

    assert read_posting(path).title == "Jo Bloggs"
    assert read_document(path).title == ""


def test_a_page_prefers_its_embedded_posting() -> None:
    """It is the posting without menus, and it has named parts."""
    node = {"@type": "JobPosting", "title": "Welder", "description": SENTENCE * 5, "skills": "MIG"}
    page = f'<html><script type="application/ld+json">{json.dumps(node)}</script><p>Other</p>'

    posting = read_posting("-", stdin=io.BytesIO(page.encode()))

    assert posting.text.endswith("Skills\nMIG")
    assert "Read from the JobPosting data inside the page." in posting.notes


def test_five_megabytes_are_cut_with_a_note_in_good_time(tmp_path: Path) -> None:
    """A log file given by mistake must neither hang nor fail."""
    path = tmp_path / "big.txt"
    path.write_text(f"{SENTENCE}\n" * 90_000, encoding="utf-8")

    with no_hang():
        posting = read_posting(path)

    assert 180_000 <= len(posting.text) <= 200_000
    assert posting.text.endswith(SENTENCE)
    assert "Only the first 19" in posting.notes[0]


def test_a_page_of_five_megabytes_is_read_in_good_time(tmp_path: Path) -> None:
    """Saved pages with everything in them are that large."""
    path = tmp_path / "big.html"
    path.write_text(f"<html><body>{f'<p>{SENTENCE}</p>' * 70_000}", encoding="utf-8")

    with no_hang():
        posting = read_posting(path)

    assert len(posting.text) <= 200_000


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "it is empty"),
        ("blank.txt", b" \n\t\r\n ", "it is empty"),
        ("marks.txt", "\ufeff\u200b\u00a0".encode(), "no text that can be read"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
        ("program.txt", b"\x7fELF" + bytes(range(256)) * 20, "binary"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(100), "save it as .docx without a password"),
        ("cv.rtf", b"{\\rtf1 hello}", "rich text"),
        ("fake.pdf", b"hello, I am text", "ends with .pdf, but the content is something else"),
        ("fake.docx", b"hello, I am text", "ends with .docx, but"),
        ("cut.docx", word_file()[:3000], "damaged"),
        ("cv.odt", archive("mimetype", "content.xml"), "OpenDocument"),
        ("things.zip", archive("a.txt"), "a zip archive"),
        ("empty.docx", archive("a.txt"), "no Word document"),
        ("cut.json", JSON_LD[:40].encode(), "not complete JSON"),
        ("cut.txt", JSON_LD[:40].encode(), "not complete JSON"),
        ("other.json", b'{"a": 1}', "no schema.org JobPosting"),
        ("script.html", b"<html><script>let a = 1</script></html>", "no text that can be read"),
        ("scan.pdf", make_pdf([]), "text recognition"),
    ],
)
def test_what_cannot_be_read_says_so_and_names_the_file(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """One clear message each: which file, what is wrong, what to do."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UnreadableError, match=message) as caught:
        read_posting(path)

    assert caught.value.path == path
    assert str(path) in str(caught.value)


def test_standard_input_is_named_in_its_errors() -> None:
    """There is no path to name."""
    with pytest.raises(UnreadableError, match="standard input: it is empty"):
        read_posting("-", stdin=io.BytesIO(b""))


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    """A typing error in the name is the most common fault of all."""
    with pytest.raises(NotFoundError, match="there is no file"):
        read_posting(tmp_path / "missing.txt")


def test_a_folder_is_no_posting(tmp_path: Path) -> None:
    """Its name looks like a file's on the command line."""
    with pytest.raises(UnreadableError, match="this is a folder"):
        read_posting(tmp_path)


def test_a_name_that_no_file_can_have_is_one_message() -> None:
    """A NUL inside the name reaches the system call as another kind of error."""
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read_posting(Path("a\x00b.txt"))


def test_input_above_the_limit_is_refused() -> None:
    """Reading stops there, so an endless pipe does not fill the memory."""
    with pytest.raises(UnreadableError, match=r"larger than 0\.001 MB"):
        read_posting("-", stdin=io.BytesIO(b"word " * 400), max_bytes=1000)


def test_errors_never_quote_the_document(tmp_path: Path) -> None:
    """Messages end up in logs and tickets; what a person wrote about themselves must not."""
    path = tmp_path / "cv.json"
    path.write_text('{"name": "Jo Bloggs", "address": ', encoding="utf-8")

    with pytest.raises(UnreadableError) as caught:
        read_document(path)

    assert "Bloggs" not in str(caught.value)


def test_text_at_hand_is_cleaned_like_a_file() -> None:
    """The Python API and the service get text, not files."""
    posting = read_text("Lift\u00a025 kg\r\n", source="request", title="Porter")

    assert (posting.text, posting.source, posting.title) == ("Lift 25 kg\n", "request", "Porter")


SUFFIXES = ["", ".txt", ".md", ".html", ".pdf", ".docx", ".json", ".xyz"]
SEEDS = [data for _, data, _ in FORMATS]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A healthy file with a slice taken out and other bytes put in."""
    data = draw(st.sampled_from(SEEDS))
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, len(data)))
    return data[:start] + draw(st.binary(max_size=40)) + data[end:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=3000) | damaged(), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_give_a_posting_or_our_own_error(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    """No traceback of a parser ever reaches a person, and nothing hangs."""
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)

    outcome: Posting | SkillmatchError
    with no_hang():
        try:
            outcome = read_posting(path)
        except SkillmatchError as fault:
            outcome = fault

    if isinstance(outcome, Posting):
        assert outcome.text.strip()
        assert outcome.text.encode("utf-8")
    else:
        assert str(path) in str(outcome)
