"""Remote documents come from files that a map names, or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from skillmatch.errors import ChecksumError, DataError, NotFoundError
from skillmatch.trust.documents import FirstOf, MappedDocuments, Missing, NoDocuments

URL = "https://college.example/issuer"


def sha256(data: bytes) -> str:
    """Return the digest in hex."""
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "issuer.json").write_bytes(b'{"id": "x"}')
    return tmp_path


@pytest.mark.parametrize("name", ["map.toml", "map.json"])
def test_a_map_gives_the_bytes_it_names(folder: Path, name: str) -> None:
    """Paths count from the map, so that a folder can be sent to somebody else."""
    digest = sha256(b'{"id": "x"}').upper()
    entries = {URL: {"path": "docs/issuer.json", "sha256": digest}}
    toml = f'["{URL}"]\npath = "docs/issuer.json"\nsha256 = "{digest}"\n'
    (folder / name).write_text(json.dumps(entries) if name.endswith("json") else toml)

    documents = MappedDocuments.read(folder / name)

    assert documents.get(URL) == b'{"id": "x"}'
    missing = documents.get(f"{URL}/other")
    assert isinstance(missing, Missing)
    assert name in missing.reason


def test_a_changed_file_is_named(folder: Path) -> None:
    """What was audited is what is used."""
    (folder / "map.json").write_text(
        json.dumps({URL: {"path": "docs/issuer.json", "sha256": sha256(b"other")}})
    )

    with pytest.raises(ChecksumError, match=r"issuer\.json"):
        MappedDocuments.read(folder / "map.json")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read as a document map"),
        ("[]", "expected a table"),
        ('{"https://a.example": 1}', "lacks path or sha256"),
        ('{"https://a.example": {"path": "x"}}', "lacks path or sha256"),
        ('{"https://a.example": {"path": "x", "sha256": "12"}}', "not 64 hex digits"),
        ('{"a.json": {"path": "x", "sha256": "12"}}', "no absolute URL"),
        ('{"https://a.example#k": {"path": "x", "sha256": "12"}}', "without a fragment"),
    ],
)
def test_a_map_that_is_none_says_what_was_expected(tmp_path: Path, text: str, reason: str) -> None:
    """The person who writes the map reads the message."""
    (tmp_path / "map.json").write_text(text)

    with pytest.raises(DataError, match=reason):
        MappedDocuments.read(tmp_path / "map.json")


def test_a_map_or_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    """Both are typing errors that must be found quickly."""
    entry = {URL: {"path": "nowhere.json", "sha256": "0" * 64}}
    (tmp_path / "map.json").write_text(json.dumps(entry))

    with pytest.raises(NotFoundError, match="no document map"):
        MappedDocuments.read(tmp_path / "other.toml")
    with pytest.raises(NotFoundError, match=r"nowhere\.json"):
        MappedDocuments.read(tmp_path / "map.json")


def test_a_file_too_large_for_a_document_is_refused(tmp_path: Path) -> None:
    """Memory is not given to whatever a map names."""
    (tmp_path / "big").write_bytes(b" " * (5 * 1024 * 1024 + 1))
    (tmp_path / "map.json").write_text(json.dumps({URL: {"path": "big", "sha256": "0" * 64}}))

    with pytest.raises(DataError, match="more than any document needs"):
        MappedDocuments.read(tmp_path / "map.json")


def test_sources_are_asked_in_order() -> None:
    """A file that was audited goes before what a server says today."""
    first = MappedDocuments(source="first", contents={URL: b"1"})
    second = MappedDocuments(source="second", contents={URL: b"2", f"{URL}/2": b"3"})

    both = FirstOf((first, second))

    assert [both.get(URL), both.get(f"{URL}/2")] == [b"1", b"3"]
    last = both.get("https://nowhere.example")
    assert isinstance(last, Missing)
    assert "second" in last.reason


def test_without_any_source_the_answer_says_what_to_do() -> None:
    """Offline is the default, and not an error."""
    for source in (NoDocuments(), FirstOf(())):
        answer = source.get(URL)
        assert isinstance(answer, Missing)
        assert "--documents" in answer.mend
