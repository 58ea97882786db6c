"""Every public test file, check by check, against what its specification and its name promise.

``credential_table.tsv`` was written from the specifications and the names of the files, with the
reason for each expectation. Its modes: ``offline`` has nothing but the file; ``map`` has the
linked documents of the Open Badges 2.0 fixtures and the status list by URL and sha256, and a
hosted badge at its own address; ``issued`` fills in what the W3C suite fills into its inputs before
they become credentials (issuer, placeholders of dates).
"""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Credential, Securing
from skillmatch.readers.credentials import credential_of, read_wallet
from skillmatch.trust.documents import Documents, FirstOf, MappedDocuments, NoDocuments
from skillmatch.trust.issuers import KnownIssuers
from skillmatch.trust.verify import verify

pytestmark = pytest.mark.shared

AT = datetime(2026, 6, 1, tzinfo=UTC)
VALIDATOR = "1edtech-validator/inspector-vc/src/test/resources"
ROOTS = {
    "ob20": f"{VALIDATOR}/ob20",
    "ob30": f"{VALIDATOR}/ob30",
    "eddsa": "w3c-vc-di-eddsa/TestVectors",
    "vcdm2": "w3c-vcdm2-test-suite/tests/input",
    "vcdm2-root": "w3c-vcdm2-test-suite/tests",
}
LIST = (
    "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main"
    "/inspector-vc/src/test/resources/ob30/bit-string-list/testlist"
)
CHECKS = ("shape", "proof", "issuer", "dates", "status", "endorsements")
PLACEHOLDERS = {"PAST DATE": "2025-06-01T00:00:00Z", "FUTURE DATE": "2027-06-01T00:00:00Z"}


def table() -> list[dict[str, str]]:
    """Return the rows, each with the columns of the first line."""
    path = Path(__file__).with_name("credential_table.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = table()


@pytest.fixture(scope="session")
def credentials(shared_data: Path) -> Path:
    """Folder of the public credentials."""
    return shared_data / "credentials"


@pytest.fixture(scope="session")
def linked(credentials: Path, tmp_path_factory: pytest.TempPathFactory) -> MappedDocuments:
    """Documents that the fixtures link to, by URL and sha256, where they lie."""
    files = {LIST: credentials / VALIDATOR / "ob30/bit-string-list/testlist"}
    for asset in (credentials / VALIDATOR / "ob20/assets").iterdir():
        for scheme in ("http", "https"):
            files[f"{scheme}://example.org/{asset.name}"] = asset
    return mapped(files, tmp_path_factory.mktemp("linked"))


def mapped(files: dict[str, Path], folder: Path) -> MappedDocuments:
    """Write a map of files, and read it back as anybody's map is read."""
    entries = {
        url: {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for url, path in files.items()
    }
    place = folder / "map.json"
    place.write_text(json.dumps(entries), encoding="utf-8")
    return MappedDocuments.read(place)


def located(credentials: Path, name: str) -> Path:
    """Return the file that a row is about."""
    root, _, rest = name.partition("/")
    return credentials / ROOTS[root] / rest


def issued(document: dict[str, Any]) -> dict[str, Any]:
    """Return an input of the W3C suite with what the suite fills in."""
    issuer = document.setdefault("issuer", "did:example:issuer")
    if isinstance(issuer, dict):
        issuer.setdefault("id", "did:example:issuer")
    for field in ("validFrom", "validUntil"):
        if field in document:
            document[field] = PLACEHOLDERS.get(document[field], document[field])
    return document


def found(credentials: Path, row: dict[str, str]) -> Credential:
    """Return the credential of a row.

    Raises:
        UnreadableError: The file holds none.
    """
    path = located(credentials, row["file"])
    if row["mode"] == "issued":
        document = json.loads(path.read_text(encoding="utf-8"))
        return credential_of(issued(document), source=path.name)
    (credential,) = read_wallet(path).credentials
    return credential


def documents_for(
    row: dict[str, str], credential: Credential, linked: MappedDocuments, folder: Path
) -> Documents:
    """Return what a row may look at."""
    if row["mode"] != "map":
        return NoDocuments()
    if credential.securing is not Securing.HOSTED:
        return linked
    hosted = folder / "hosted.json"
    hosted.write_text(json.dumps(dict(credential.document)), encoding="utf-8")
    return FirstOf((mapped({credential.id: hosted}, folder), linked))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['file']}-{row['mode']}")
def test_every_check_ends_as_the_specification_says(
    credentials: Path, linked: MappedDocuments, tmp_path: Path, row: dict[str, str]
) -> None:
    """The states are what a learner's badge is judged by; each is expected for a stated reason."""
    if row["shape"] == "unread":
        with pytest.raises(UnreadableError):
            found(credentials, row)
        return
    credential = found(credentials, row)

    verification = verify(
        credential,
        documents=documents_for(row, credential, linked, tmp_path),
        issuers=KnownIssuers(),
        at=AT,
    )

    states = {check.check.value: check.state.value for check in verification.checks}
    reasons = {check.check.value: check.reason for check in verification.checks}
    assert states == {name: row[name] for name in CHECKS}, (row["why"], reasons)


def test_no_public_file_is_left_out_of_the_table(credentials: Path) -> None:
    """A file without a row is a file that nobody thought about."""
    named = {located(credentials, row["file"]) for row in ROWS}
    folders = [credentials / part for name, part in ROOTS.items() if name != "vcdm2"]

    there = {path for folder in folders for path in folder.rglob("*") if path.is_file()}

    assert named == there


def test_every_row_gives_its_reason() -> None:
    """An expectation without a reason is a copy of what the program prints."""
    assert [row["file"] for row in ROWS if len(row["why"]) < 8] == []
    assert len({(row["file"], row["mode"]) for row in ROWS}) == len(ROWS)
