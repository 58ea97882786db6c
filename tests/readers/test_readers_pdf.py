"""PDF to text."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.pdf_text import MAX_PAGES, read_pdf
from tests.readers.tiny_pdf import make_pdf


def encrypted(data: bytes, *, user: str, owner: str = "owner") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_and_words_of_all_pages_come_out() -> None:
    """The plain case: two pages of text."""
    document = read_pdf(make_pdf(["Welder wanted", "MIG and TIG"], ["Night shift (two weeks)"]))

    assert document.text == "Welder wanted\nMIG and TIG\nNight shift (two weeks)"
    assert document.notes == ()


def test_broken_words_page_numbers_and_running_headers_are_repaired() -> None:
    """Otherwise "Page 2 of 3" stands in the middle of a requirement."""
    pages = [
        ["Acme careers", f"Part {name} asks for con-", "tainer handling", f"Page {number} of 3"]
        for number, name in enumerate(["one", "two", "three"], start=1)
    ]

    document = read_pdf(make_pdf(*pages))

    assert document.text.count("Acme careers") == 1
    assert document.text.count("container handling") == 3
    assert "Page" not in document.text
    assert len(document.notes) == 2


def test_a_bullet_that_is_set_on_its_own_joins_its_item() -> None:
    """Many writers place the bullet apart, some as a code that has no character."""
    document = read_pdf(
        make_pdf(["You bring", "\x7f", "MIG welding", "\x95", "a forklift licence"])
    )

    assert document.text == "You bring\n• MIG welding\n• a forklift licence"


def test_an_encrypted_pdf_says_how_to_open_it() -> None:
    """Only the owner knows the password, and a copy without one is easily made."""
    with pytest.raises(UnreadableError, match=r"protected by a password.*qpdf --decrypt"):
        read_pdf(encrypted(make_pdf(["Welder wanted"]), user="secret"))


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    """Many agencies set an owner password; any viewer opens such a file."""
    assert read_pdf(encrypted(make_pdf(["Welder wanted"]), user="")).text == "Welder wanted"


def test_a_scan_asks_for_text_recognition() -> None:
    """Pages without text would otherwise be an empty posting, and an empty gap."""
    with pytest.raises(UnreadableError, match="text recognition"):
        read_pdf(make_pdf([], []))


@pytest.mark.parametrize("keep", [9, 60, 200])
def test_a_truncated_pdf_is_damaged(keep: int) -> None:
    """A download that broke off is one message, not a traceback of the parser."""
    with pytest.raises(UnreadableError, match="damaged"):
        read_pdf(make_pdf(["Welder wanted"])[:keep])


def test_a_damaged_page_does_not_take_the_others_with_it() -> None:
    """A reference has no place in a content stream; the parser stumbles over its own assert."""
    data = make_pdf(["Welder wanted"], ["Night shift"]).replace(b"50 780 Td", b"5 0 R  Td", 1)

    document = read_pdf(data)

    assert document.text.strip() == "Night shift"
    assert document.notes == ("1 page(s) that are damaged or all drawing were left out.",)


def test_pages_beyond_the_cap_are_left_out_with_a_note() -> None:
    """A catalogue of 400 pages is no posting."""
    document = read_pdf(make_pdf(*([f"Unit {'x' * n}"] for n in range(1, MAX_PAGES + 3))))

    assert f"Only the first {MAX_PAGES} of {MAX_PAGES + 2} pages were read." in document.notes


def test_time_is_bounded_between_pages() -> None:
    """A file made to be slow ends with what was read so far."""
    with pytest.raises(UnreadableError):
        read_pdf(make_pdf(["Welder wanted"]), max_seconds=-1.0)
