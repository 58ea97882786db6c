"""Every public file of the reference data is read as what it is, or refused with a reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from skillmatch.model.credential import CredentialFormat as Format
from skillmatch.model.credential import Wallet
from skillmatch.readers.credentials import read_wallet
from skillmatch.text.outcomes import outcome_statements
from tests.readers.badge_samples import at_pointer

pytestmark = pytest.mark.shared

RESOURCES = "1edtech-validator/inspector-vc/src/test/resources"
# Folder, ending, and how many files there are of each format; refused files by their reason.
EXPECTED: dict[str, dict[str, int]] = {
    f"{RESOURCES}/ob20": {
        Format.OPEN_BADGES_2: 44,
        Format.ENDORSEMENT: 4,
        "it is the profile of an issuer": 14,
        "it is a public key": 3,
        "it is a list of revoked badges": 2,
        "it is no credential": 5,
        "it is the criteria of a badge": 1,
        "it is an alignment without its badge": 1,
        "the picture holds no credential": 2,
        "it is no JSON": 1,
        "it is neither JSON nor a token": 1,
        "it is empty": 1,
    },
    f"{RESOURCES}/ob30": {
        Format.OPEN_BADGES_3: 42,
        Format.ENDORSEMENT: 2,
        Format.VERIFIABLE_CREDENTIAL: 2,
    },
    "mynextid": {
        Format.OPEN_BADGES_3: 1,
        Format.EDC: 2,
        "it is a JSON Schema": 3,
        "it is no credential": 4,
        "/credential: it is no credential": 1,
        "it is neither JSON nor a token": 1,
        "it begins like a token": 1,
    },
    "w3c-vc-di-eddsa": {Format.VERIFIABLE_CREDENTIAL: 13, "": 14},
    "w3c-vcdm2-test-suite": {Format.VERIFIABLE_CREDENTIAL: 96, Format.PRESENTATION: 23, "": 2},
    "case": {"": 9},
    "contexts": {"": 37},
    "ctdl-pathways": {"": 2},
    "ctdl-registry-assistant": {"": 7},
    "osmt-rsd": {"": 11},
}


def wallet_of(shared_data: Path, folder: str) -> Wallet:
    """Read a folder of the reference data."""
    return read_wallet(shared_data / "credentials" / folder)


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_file_is_read_or_refused_as_expected(shared_data: Path, folder: str) -> None:
    """None is lost between the two lists, and none is taken for something else."""
    wallet = wallet_of(shared_data, folder)

    found = Counter(str(one.format) for one in wallet.credentials)
    for unread in wallet.unread:
        assert unread.reason
        told = [key for key in EXPECTED[folder] if key and unread.reason.startswith(key)]
        found[str(max(told, key=len, default=""))] += 1
    assert found == {str(key): count for key, count in EXPECTED[folder].items() if count}


def test_every_statement_and_part_stands_where_its_pointer_says(shared_data: Path) -> None:
    """On what real issuers write, not only on what we invent."""
    wallet = wallet_of(shared_data, "")

    for credential in wallet.credentials:
        for one in credential.achievements:
            places = [part.pointer for part in one.alignments]
            places += [part.pointer for part in one.result_descriptions]
            assert None not in [at_pointer(credential.document, place) for place in places]
            for said in outcome_statements(one):
                text = at_pointer(credential.document, said.pointer)
                assert text[said.start : said.end] == said.text
