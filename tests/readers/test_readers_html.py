"""HTML to text."""

from __future__ import annotations

import pytest

from skillmatch.readers.documents.html_tags import without_many_attributes
from skillmatch.readers.documents.html_text import declared_charset, read_html
from tests.watchdog import no_hang


def test_blocks_become_lines_and_items_become_bullets() -> None:
    """The segmenter finds headings and bullets by their lines."""
    page = (
        "<h2>You bring</h2><ul><li>Python <b>and</b> SQL</li><li><p>Docker</p></li></ul>"
        "<p>Apply&nbsp;now &amp; here</p>"
    )

    assert read_html(page).text == "You bring\n\n- Python and SQL\n- Docker\n\nApply now & here"


def test_inline_tags_do_not_split_or_glue_words() -> None:
    """Bold letters inside a word are one word; spaces around tags are kept once."""
    assert read_html("<p><b>J</b>ava <i> Script</i>\n <u>core</u></p>").text == "Java Script core"


def test_line_breaks_and_table_cells_stand_apart() -> None:
    """Older pages lay out lists with <br> and tables."""
    page = "one<br>two<table><tr><td>English</td><td>B2</td></tr><tr><td>German</td></tr></table>"

    assert read_html(page).text == "one\ntwo\n\nEnglish | B2\nGerman"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>let sql = 1</script>",
        "<style>.sql {}</style>",
        "<nav><a>sql</a></nav>",
        "<footer>sql</footer>",
        "<p hidden>sql</p>",
        '<p aria-hidden="true">sql</p>',
        '<p style="color: red; DISPLAY : none">sql</p>',
        '<div role="dialog">sql cookies</div>',
        "<!-- sql -->",
        "<template><p>sql</p></template>",
    ],
)
def test_what_no_visitor_reads_is_left_out(hidden: str) -> None:
    """Menus, scripts and hidden notes name skills that nobody asks for."""
    assert read_html(f"<p>before</p>{hidden}<p>after</p>").text.split() == ["before", "after"]


def test_only_the_main_part_of_a_page_is_read() -> None:
    """Teasers of other jobs stand around the posting, not in it."""
    posting = "We need a welder. " * 20
    page = f"<body><div>Other job: surgeon</div><main><h1>Welder</h1>{posting}</main></body>"

    document = read_html(page)

    assert "surgeon" not in document.text
    assert document.title == "Welder"
    assert document.notes == ("Text outside the page's main part was left out.",)


def test_an_almost_empty_main_part_does_not_hide_the_page() -> None:
    """Some sites leave <main> to a script and put the text elsewhere."""
    document = read_html("<main>Loading</main><div>We need a welder.</div>")

    assert "welder" in document.text


@pytest.mark.parametrize("page", ["", "   ", "<script>x = 1</script>", "<!-- nothing -->", "<"])
def test_a_page_without_visible_text_is_empty(page: str) -> None:
    """The caller says so in one message; the parser must not stumble first."""
    assert read_html(page).text in {"", "<"}


@pytest.mark.parametrize("piece", ["<!--", "<", "<div>", "</", "<a x='", "<![CDATA[", "&", "<p>"])
def test_malformed_pages_take_linear_time(piece: str) -> None:
    """Some parsers need minutes for such input, and anyone can send it."""
    with no_hang():
        read_html(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    "attribute", ["a{0}=x", "a{0}='<b>'", 'a{0}="<>"', "a{0}", "a{0} = x", "/a{0}", "<a{0}"]
)
def test_a_tag_of_many_thousand_attributes_takes_no_time(attribute: str) -> None:
    """The parser compares each with all before it; wherever their quotes hide a bracket."""
    many = " ".join(attribute.format(number) for number in range(150_000))

    with no_hang():
        page = read_html(f"<html><p>Weld</p><p {many}>metal</p></html>")

    assert "Weld" in page.text


def test_a_page_of_a_million_tags_is_cut_and_says_so() -> None:
    """Each takes its time, however little it holds."""
    with no_hang():
        page = read_html("<p>Weld" + "<li>" * 1_000_000)

    assert (page.text, page.notes) == (
        "Weld",
        ("Only the first 50,000 tags of the HTML were read.",),
    )


def test_tags_of_as_many_attributes_as_pages_have_stay_whole() -> None:
    """A picture inside the page makes a tag long without many attributes."""
    tag = f"<p {' '.join(f'data-{n}={n}' for n in range(900))} style='display:none'>x</p>"
    page = f"<p>a</p><img alt='' src='data:,{'A' * 100_000}'>{tag}<p>b</p>"

    assert without_many_attributes(page) == page
    assert read_html(page).text.split() == ["a", "b"]


def test_the_charset_of_both_kinds_of_meta_is_found() -> None:
    """Old pages declare it in http-equiv."""
    old = b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">'

    assert declared_charset(b"<meta charset='Windows-1251'>") == "Windows-1251"
    assert declared_charset(old) == "ISO-8859-2"
    assert declared_charset(b"<p>charset=none</p>") == ""
