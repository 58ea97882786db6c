"""A file that came from elsewhere opens nothing, blows nothing up and is told with its line."""

from __future__ import annotations

import gzip
import json
import socket
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError, UsageError
from skillmatch.readers.rdf import find_rdf_format, rdf_format, rdf_formats, read_skos
from skillmatch.readers.rdf import source as rdf_source

ONE = "<http://example.org/a> a <http://www.w3.org/2004/02/skos/core#Concept> ."
RDF_HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record, and fail, every attempt to open a connection or a URL."""
    attempts: list[str] = []

    def refuse(*args: object, **_: object) -> None:
        attempts.append(str(args))
        raise AssertionError(f"something was fetched: {args}")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr("rdflib.parser._urlopen", refuse)
    return attempts


@pytest.mark.parametrize(
    "context",
    [
        "https://example.org/context.jsonld",
        "context.jsonld",
        [{"name": "http://example.org/name"}, "https://example.org/context.jsonld"],
        {"@import": "https://example.org/context.jsonld"},
        {"@version": 1.1, "a": {"@id": "http://e.org/a", "@context": "https://example.org/c"}},
        [{"@context": ["https://example.org/c"]}],
        [[["https://example.org/c"]], {"name": "http://example.org/name"}],
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_a_json_ld_context_that_lies_elsewhere_is_refused_and_not_fetched(
    tmp_path: Path, offline: list[str], context: object, nested: bool
) -> None:
    """A framework file must not make the program call anyone, wherever the context hides."""
    node = {"@context": context, "@id": "http://example.org/a", "@type": "Concept"}
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps({"@graph": [node]} if nested else node), encoding="utf-8")

    with pytest.raises(DataError, match=r"lies elsewhere.*inline"):
        read_skos(path, framework_id="x-1")

    assert offline == []


def test_the_fixture_sees_a_context_that_rdflib_fetches(offline: list[str]) -> None:
    """Without the guard rdflib does go online, so the tests above can fail."""
    from rdflib import Graph
    from rdflib.plugins.parsers.jsonld import to_rdf

    with pytest.raises(AssertionError, match="something was fetched"):
        to_rdf({"@context": "https://example.org/c.jsonld", "@id": "http://e.org/a"}, Graph())

    assert len(offline) == 1


def nested_entities(levels: int) -> str:
    """Return the declarations that double a word ``levels`` times."""
    first = '<!ENTITY e0 "lol">'
    rest = [f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, levels)]
    return "\n".join([first, *rest])


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE rdf [\n<!ENTITY x SYSTEM "file:///etc/hostname">\n]>',
        '<!DOCTYPE rdf [\n<!ENTITY x PUBLIC "p" "http://example.org/x">\n]>',
        '<!DOCTYPE rdf [\n<!ENTITY % x SYSTEM "http://example.org/x">\n%x;]>',
        '<!DOCTYPE rdf SYSTEM "http://example.org/x.dtd">',
        f"<!DOCTYPE rdf [\n{nested_entities(40)}\n]>",
        f'<!DOCTYPE rdf [\n<!ENTITY x "{"a" * 10_000}">\n]>',
        '<!DOCTYPE rdf [\n<!ENTITY x "&#38;#60;">\n]>',
    ],
)
def test_xml_entities_that_fetch_or_grow_are_refused(
    tmp_path: Path, offline: list[str], prolog: str
) -> None:
    """Neither a secret file nor a billion laughs may come out of a framework file."""
    path = tmp_path / "a.rdf"
    body = f"{RDF_HEAD}><rdf:Description rdf:about='http://e.org/a'/></rdf:RDF>"
    path.write_text(f'<?xml version="1.0"?>\n{prolog}\n{body}', encoding="utf-8")

    with pytest.raises(DataError, match=r"a\.rdf, line [234]: .*remove the declaration"):
        read_skos(path, framework_id="x-1")

    assert offline == []


def test_entities_for_namespaces_stay_allowed(tmp_path: Path) -> None:
    """Ontology editors write them into every RDF/XML file."""
    path = tmp_path / "a.rdf"
    path.write_text(
        '<!DOCTYPE rdf:RDF [<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]>\n'
        f'{RDF_HEAD} xmlns:skos="&skos;"><skos:Concept rdf:about="http://e.org/a">'
        '<skos:prefLabel xml:lang="en">weld</skos:prefLabel></skos:Concept></rdf:RDF>',
        encoding="utf-8",
    )

    found = read_skos(path, framework_id="x-1")

    assert [concept.pref_label() for concept in found.concepts] == ["weld"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.ttl", f'{ONE}\n\n<http://example.org/a> <http://e.org/p> "open\n', 3),
        ("a.ttl", f"{ONE}\n<http://example.org/a> foo:bar 1 .", 2),
        ("a.nt", f"# comment\n{ONE.replace(' a ', ' <http://e.org/p> ')}\nnonsense\n", 3),
        ("a.nt", f"{ONE.replace(' a ', ' <http://e.org/p> ')}\r\n\r\n<http://e.org/a>\r\n", 3),
        ("a.jsonld", '{\n "@id": "http://e.org/a",\n "x" 1}', 3),
        ("a.rdf", f"{RDF_HEAD}>\n<rdf:Description>\n</rdf:RDF>", 3),
        ("a.rdf", f"{RDF_HEAD}>\n<rdf:li/>\n</rdf:RDF>", 2),
    ],
)
def test_a_syntax_error_is_told_with_file_and_line(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    """A line number is all that it takes to mend a file."""
    path = tmp_path / name
    path.write_bytes(text.encode())

    with pytest.raises(DataError, match="is no valid") as caught:
        read_skos(path, framework_id="x-1")

    assert (caught.value.path, caught.value.line) == (path, line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", "[" * 100_000),
        ("a.jsonld", '{"@id": 5, "@type": {"@list": 3}, "@context": {"a": 7}}'),
        ("a.jsonld", "7"),
        ("a.ttl", "<http://e.org/a> <http://e.org/p> " + "[" * 100_000),
        ("a.nt", ""),
        ("a.rdf", ""),
        ("a.rdf", "<html/>"),
    ],
)
def test_nonsense_is_bad_data_and_no_crash(tmp_path: Path, name: str, text: str) -> None:
    """Whatever a parser throws at odd input, the caller sees one kind of error."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_skos(path, framework_id="x-1")

    assert caught.value.path == path


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    """Old exports come in Latin-1, and a replaced letter would be a wrong label."""
    path = tmp_path / "a.ttl"
    path.write_bytes(b"# one\n# gr\xf6\xdfe\n")

    with pytest.raises(DataError, match=r"a\.ttl, line 2: .*UTF-8"):
        read_skos(path, framework_id="x-1")


def test_a_bracket_that_is_never_closed_makes_no_uri(tmp_path: Path) -> None:
    """Python takes it for the beginning of an IPv6 address and gives up."""
    path = tmp_path / "a.nt"
    concept = "<http://www.w3.org/2004/02/skos/core#Concept>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    path.write_text(f"<http://[::1> {kind} {concept} .\n", encoding="utf-8")

    with pytest.raises(DataError, match="relative URI"):
        read_skos(path, framework_id="x-1")


def test_what_rdflib_finds_odd_is_not_printed(tmp_path: Path) -> None:
    """It quotes the file, and a program that only reads has nothing to say of how to write it."""
    path = tmp_path / "a.ttl"
    path.write_text(ONE.replace("example.org/a", "example.org/a|b"), encoding="utf-8")
    program = (
        "import sys, pathlib; from skillmatch.readers.rdf import read_skos\n"
        "read_skos(pathlib.Path(sys.argv[1]), framework_id='x-1')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, check=False
    )

    assert b"a|b" not in done.stderr


def test_relative_uris_without_a_base_are_refused(tmp_path: Path) -> None:
    """A URI is identity; one made from the folder of the file would differ on every machine."""
    path = tmp_path / "a.ttl"
    path.write_text("<a> a <http://www.w3.org/2004/02/skos/core#Concept> .", encoding="utf-8")

    with pytest.raises(DataError, match="relative URI"):
        read_skos(path, framework_id="x-1")


def test_a_file_may_be_gzipped_or_alone_in_a_zip(tmp_path: Path) -> None:
    """Publishers ship both; what else lies in the zip and is no RDF does not matter."""
    (tmp_path / "a.ttl").write_text(ONE, encoding="utf-8")
    (tmp_path / "b.ttl.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + ONE.encode()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("folder/esco.ttl", ONE)
        archive.writestr("readme.txt", "read me")

    found = [
        read_skos(tmp_path / name, framework_id="x-1").concepts
        for name in ("a.ttl", "b.ttl.gz", "c.zip")
    ]

    assert [concept.uri for concept in found[0]] == ["http://example.org/a"]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("members", "says"), [(["a.ttl", "b.nt"], "found 2 .a.ttl, b.nt"), (["a.txt"], "found 0")]
)
def test_a_zip_with_none_or_several_rdf_files_is_refused(
    tmp_path: Path, members: list[str], says: str
) -> None:
    """Choosing silently would read half of a release."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for member in members:
            archive.writestr(member, ONE)

    with pytest.raises(DataError, match=says):
        read_skos(tmp_path / "a.zip", framework_id="x-1")


@pytest.mark.parametrize("name", ["bomb.ttl.gz", "bomb.zip", "bomb.ttl"])
def test_a_file_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The bound holds for what comes out, whatever the archive claims of itself."""
    monkeypatch.setattr(rdf_source, "MAX_BYTES", 1000)
    path, data = tmp_path / name, b"#" * 1001
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.ttl", data)
    else:
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)

    with pytest.raises(DataError, match="more than 1,000 bytes"):
        read_skos(path, framework_id="x-1")


@pytest.mark.parametrize("name", ["a.zip", "a.ttl.gz"])
def test_a_damaged_archive_is_bad_data(tmp_path: Path, name: str) -> None:
    """Half a download is the commonest fault of all."""
    (tmp_path / name).write_bytes(gzip.compress(ONE.encode())[:-12] if "gz" in name else b"PK\x03")

    with pytest.raises(DataError, match="damaged"):
        read_skos(tmp_path / name, framework_id="x-1")


def test_a_file_that_is_not_there_and_a_name_that_says_nothing_are_told_apart(
    tmp_path: Path,
) -> None:
    """One is a wrong path, the other needs ``--format``."""
    (tmp_path / "a.txt").write_text(ONE, encoding="utf-8")

    with pytest.raises(NotFoundError, match="no file"):
        read_skos(tmp_path / "absent.ttl", framework_id="x-1")
    with pytest.raises(DataError, match=r"which RDF syntax.*\.ttl"):
        read_skos(tmp_path / "a.txt", framework_id="x-1")
    with pytest.raises(UsageError, match="choose one of ttl"):
        read_skos(tmp_path / "a.txt", framework_id="x-1", format="n3")
    assert read_skos(tmp_path / "a.txt", framework_id="x-1", format="ttl").concepts != ()


def test_every_format_is_found_by_its_name_and_its_suffixes() -> None:
    """The command line offers these names and completes these endings."""
    for known in rdf_formats():
        assert rdf_format(known.name) is known
        for suffix in known.suffixes:
            assert find_rdf_format(Path(f"ESCO{suffix.upper()}.gz")) is known
    assert find_rdf_format(Path("esco.csv")) is None
