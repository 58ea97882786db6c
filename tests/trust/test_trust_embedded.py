"""Proofs inside a credential: what holds, what does not, and what cannot be judged."""

from __future__ import annotations

import copy
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import base58
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.jsonld import edition_count
from skillmatch.model.verification import CheckState
from skillmatch.trust import embedded
from skillmatch.trust.data_integrity import hash_data
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.proofs import ProofFinding, check_proof
from tests.trust.badge_samples import NOW, Files, read
from tests.trust.signed_samples import SUITE_2020, V1, Signer, badge, signed
from tests.watchdog import no_hang

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
SUITES = ("eddsa-rdfc-2022", "eddsa-2022", "eddsa-jcs-2022", "Ed25519Signature2020")
KEY = Signer()


def check(document: dict[str, Any], **documents: object) -> ProofFinding:
    """Check a document's proofs at the moment of the tests."""
    files = Files(documents) if documents else NoDocuments()
    return check_proof(read(document), files, at=NOW)


def contexts_for(suite: str, document: dict[str, Any]) -> dict[str, Any]:
    """Add the context that the old suite needs."""
    if suite == "Ed25519Signature2020":
        return {**document, "@context": [*document["@context"], SUITE_2020]}
    return document


@pytest.mark.parametrize("suite", SUITES)
def test_a_fresh_proof_of_every_suite_holds(suite: str) -> None:
    """The suites differ in what is hashed, and all of it must be right."""
    finding = check(signed(KEY, contexts_for(suite, badge(KEY)), suite))

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID), finding
    assert set(finding.controllers) == {KEY.did, KEY.method, KEY.multikey}


def test_a_credential_of_the_first_data_model_is_checked_as_well() -> None:
    """Half of the badges about are of that model and suite."""
    document = badge(KEY, issuanceDate="2025-01-01T00:00:00Z")
    del document["validFrom"]
    document["@context"] = [
        V1,
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        SUITE_2020,
    ]

    assert check(signed(KEY, document, "Ed25519Signature2020")).proof.state is VALID


@pytest.mark.parametrize("edition", [0, 1])
def test_either_content_of_a_reused_context_address_may_have_been_signed(edition: int) -> None:
    """An address without a version has held two documents, and issuers used both."""
    document = badge(KEY)
    document["@context"] = [
        V1,
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        SUITE_2020,
    ]
    del document["validFrom"]
    document["issuanceDate"] = "2025-01-01T00:00:00Z"
    proof = KEY.prove(document, "Ed25519Signature2020")
    data = hash_data(document, proof, "Ed25519Signature2020", edition=edition)
    proof["proofValue"] = "z" + base58.b58encode(KEY.private.sign(data)).decode()

    assert check({**document, "proof": proof}).proof.state is VALID


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of all texts."""
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [
            found for number, part in enumerate(value) for found in leaves(part, (*path, number))
        ]
    return [path] if isinstance(value, str) else []


TAMPERED = {suite: signed(KEY, contexts_for(suite, badge(KEY)), suite) for suite in SUITES}


@given(
    suite=st.sampled_from(SUITES),
    where=st.integers(min_value=0),
    at=st.integers(min_value=0),
    letter=st.characters(codec="utf-8"),
)
def test_one_changed_letter_anywhere_is_caught(
    suite: str, where: int, at: int, letter: str
) -> None:
    """Every text of the credential and of its proof is covered, contexts included."""
    document = copy.deepcopy(TAMPERED[suite])
    paths = leaves(document)
    *parents, last = paths[where % len(paths)]
    node: Any = document
    for key in parents:
        node = node[key]
    text = node[last]
    changed = text[: at % len(text)] + letter + text[at % len(text) + 1 :]
    assume(changed != text)
    node[last] = changed

    assert check(document).proof.state is not VALID


@given(
    suite=st.sampled_from(SUITES),
    at=st.integers(min_value=0),
    byte=st.integers(min_value=0, max_value=255),
)
def test_one_changed_byte_of_the_file_is_caught(suite: str, at: int, byte: int) -> None:
    """Keys, types and punctuation count as well as texts: what is still read says the same."""
    original = TAMPERED[suite]
    data = bytearray(json.dumps(original, ensure_ascii=False).encode())
    data[at % len(data)] = byte
    try:
        document = json.loads(bytes(data))
    except ValueError:
        return
    if document == original or not isinstance(document, dict):
        return

    try:
        credential = read(document)
    except UnreadableError:
        return
    assert check_proof(credential, NoDocuments(), at=NOW).proof.state is not VALID


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def nodes(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of all values below the root."""
    found = [path] if path else []
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return found + [one for key, part in parts for one in nodes(part, (*path, key))]


@given(suite=st.sampled_from(SUITES), where=st.integers(min_value=0), other=JSON)
def test_whatever_stands_somewhere_else_nothing_crashes(
    suite: str, where: int, other: object
) -> None:
    """Every value may be of every kind, and only the original is believed."""
    document = copy.deepcopy(TAMPERED[suite])
    paths = nodes(document)
    *parents, last = paths[where % len(paths)]
    node: Any = document
    for key in parents:
        node = node[key]
    same = node[last] == other and type(node[last]) is type(other)
    node[last] = other
    try:
        credential = read(document)
    except UnreadableError:
        return

    assert same or check_proof(credential, NoDocuments(), at=NOW).proof.state is not VALID


@pytest.mark.parametrize(
    ("addition", "reason"),
    [
        ({"honours": "first class"}, "no context gives a meaning to /honours"),
        ({"https://www.w3.org/2018/credentials#validUntil": "x"}, "does not fit|stands under"),
    ],
)
def test_what_a_signature_does_not_cover_is_refused(
    addition: dict[str, object], reason: str
) -> None:
    """An added field would be shown as if it were signed."""
    finding = check(signed(KEY, badge(KEY)) | addition)

    assert finding.proof.state is INVALID
    assert re.search(reason, finding.proof.reason)


@pytest.mark.parametrize(
    ("options", "state", "reason"),
    [
        ({"proofPurpose": "authentication"}, INVALID, "made for authentication"),
        ({"created": "2027-01-01T00:00:00Z"}, INVALID, "in the future"),
        ({"created": "yesterday"}, INVALID, "/proof/created"),
        ({"created": "2025-01-01"}, INVALID, "/proof/created"),
        ({"expires": "2026-01-01T00:00:00Z"}, INVALID, "has run out"),
        ({"expires": "2099-01-01T00:00:00Z"}, VALID, "fits"),
    ],
)
def test_the_options_of_a_proof_count(
    options: dict[str, Any], state: CheckState, reason: str
) -> None:
    """They are signed, too, so that a proof for a login cannot vouch for a badge."""
    finding = check(signed(KEY, badge(KEY), "eddsa-jcs-2022", **options))

    assert finding.proof.state is state
    assert reason in finding.proof.reason


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"cryptosuite": "ecdsa-sd-2023"}, UNKNOWN, "unsupported suite ecdsa-sd-2023"),
        ({"type": "RsaSignature2018", "cryptosuite": None}, UNKNOWN, "unsupported suite RsaSig"),
        ({"proofValue": "z" + "1" * 64}, INVALID, "does not fit"),
        ({"proofValue": "zzzz"}, INVALID, "bytes and not 64"),
        ({"proofValue": "0OIl"}, INVALID, "base 58"),
        ({"proofValue": 7}, INVALID, "base 58"),
        ({"verificationMethod": 7}, INVALID, "names no key"),
        ({"verificationMethod": Signer().method}, INVALID, "does not fit"),
        ({"verificationMethod": "did:example:1#k"}, UNKNOWN, "did:example is not supported"),
        ({"verificationMethod": "key-1"}, INVALID, "neither a DID nor a web address"),
        ({"verificationMethod": "https://x.example/k"}, UNKNOWN, "was not read"),
    ],
)
def test_what_is_wrong_with_a_proof_is_said(
    change: dict[str, Any], state: CheckState, reason: str
) -> None:
    """Broken, forged and not supported are three different things to whoever was handed a badge."""
    document = signed(KEY, badge(KEY))
    document["proof"] |= change

    finding = check(document)

    assert finding.proof.state is state
    assert reason in finding.proof.reason
    assert finding.issuer.state is UNKNOWN
    assert finding.controllers == ()


@pytest.mark.parametrize("proof", ["signed", [], [7], {}, [None]])
def test_something_else_in_the_place_of_a_proof_is_no_proof(proof: object) -> None:
    """Whatever stands there, nothing crashes and nothing is believed."""
    assert check(badge(KEY, proof=proof)).proof.state is not VALID


def test_of_several_proofs_one_valid_one_suffices() -> None:
    """Issuers sign twice to be read by more verifiers."""
    document = badge(KEY)
    broken = {**KEY.prove(document), "proofValue": "z" + "1" * 64}
    other = {"type": "DataIntegrityProof", "cryptosuite": "new-suite"}

    finding = check({**document, "proof": [broken, other, KEY.prove(document)]})

    assert finding.proof.state is VALID
    assert finding.proof.reason.startswith("1 of 3 proofs hold")


def test_a_broken_proof_counts_more_than_one_that_cannot_be_judged() -> None:
    """Else a forger would only add a proof of a suite that nobody knows."""
    document = badge(KEY)
    broken = {**KEY.prove(document), "proofValue": "z" + "1" * 64}

    finding = check({**document, "proof": [{"type": "Unknown"}, broken]})

    assert finding.proof.state is INVALID


def test_the_issuer_needs_one_of_the_valid_proofs_only() -> None:
    """A co-signer's key is not the issuer's, and need not be."""
    document = badge(KEY)

    finding = check({**document, "proof": [Signer().prove(document), KEY.prove(document)]})

    assert finding.issuer.state is VALID


def test_the_same_proof_twice_is_one_proof() -> None:
    """Copies add nothing and break nothing."""
    document = signed(KEY, badge(KEY))

    finding = check({**document, "proof": [document["proof"], document["proof"]]})

    assert finding.proof.state is VALID
    assert len(finding.controllers) == 3


def test_too_many_proofs_are_not_looked_at() -> None:
    """Each costs a canonical form."""
    document = signed(KEY, badge(KEY))

    finding = check({**document, "proof": [document["proof"]] * 17})

    assert finding.proof.state is UNKNOWN


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_a_chain_holds_as_long_as_every_link_does(suite: str) -> None:
    """The later proof says that its signer saw the earlier one."""
    document = badge(KEY)
    first = KEY.prove(document, suite, id="urn:proof:1")
    second = Signer().prove(document, suite, (first,), id="urn:proof:2")

    whole = check({**document, "proof": [first, second]})
    alone = check({**document, "proof": [second]})
    broken = check({**document, "proof": [{**first, "proofValue": "z" + "1" * 64}, second]})

    assert whole.proof.reason.startswith("2 of 2 proofs hold")
    assert (alone.proof.state, broken.proof.state) == (INVALID, INVALID)


def test_proofs_that_build_on_each_other_in_a_circle_do_not_hang() -> None:
    """A circle has no first link."""
    document = badge(KEY)
    one = KEY.prove(document, id="urn:proof:1", previousProof="urn:proof:2")
    two = KEY.prove(document, id="urn:proof:2", previousProof=["urn:proof:1"])

    finding = check({**document, "proof": [one, two]})

    assert finding.proof.state is INVALID


def test_a_jcs_proof_names_the_contexts_that_it_was_made_for() -> None:
    """Whoever adds a context after signing could give words another meaning."""
    document = signed(KEY, badge(KEY), "eddsa-jcs-2022")
    swapped = {**document, "@context": list(reversed(document["@context"]))}

    assert "other contexts" in check(swapped).proof.reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"validUntil": ["2026-01-01T00:00:00Z"]}, "/validUntil is not written as a plain date"),
        (
            {"validUntil": {"@value": "2026-01-01T00:00:00Z"}},
            "/validUntil is not written as a plain date",
        ),
        (
            {
                "https://www.w3.org/2018/credentials#validUntil": {
                    "@value": "2026-01-01T00:00:00Z",
                    "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
                }
            },
            "validUntil stands under another name",
        ),
        ({"credentialStatus": "urn:status"}, "/credentialStatus is not written as a plain object"),
        (
            {
                "evidence": {
                    "id": "https://badges.example/credentials/7",
                    "type": "VerifiableCredential",
                    "validUntil": "2026-01-01T00:00:00Z",
                }
            },
            "validUntil of the credential stands in another part",
        ),
    ],
)
def test_a_decisive_field_must_stand_where_readers_look(
    change: dict[str, Any], reason: str
) -> None:
    """All of these sign the same graph as a plain date would, and hide it from who reads JSON."""
    finding = check(signed(KEY, badge(KEY, **change)))

    assert finding.proof.state is INVALID
    assert reason in finding.proof.reason


def test_a_key_of_another_kind_makes_no_proof_of_these_suites() -> None:
    """A P-256 key under the name of an Ed25519 suite is a mistake or a trick."""
    document = signed(KEY, badge(KEY))
    did = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"
    document["proof"]["verificationMethod"] = did

    assert "needs an Ed25519 key" in check(document).proof.reason


def test_a_presentation_is_signed_by_its_holder_to_show_who_shows_it() -> None:
    """Its proof is for authentication, and no badge may borrow it."""
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": KEY.did,
        "verifiableCredential": [],
    }

    shown = check(signed(KEY, document, proofPurpose="authentication"))
    vouched = check(signed(KEY, document))

    assert (shown.proof.state, shown.issuer.state) == (VALID, VALID)
    assert vouched.proof.state is INVALID


def test_no_moment_given_means_now() -> None:
    """A proof of last year is not in the future, and one that has run out is told."""
    document = signed(KEY, badge(KEY), expires="2025-06-01T00:00:00Z")

    assert "has run out" in check_proof(read(document), NoDocuments()).proof.reason
    early = check_proof(read(document), NoDocuments(), at=datetime(2025, 2, 1, tzinfo=UTC))
    assert early.proof.state is VALID


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"@context": ["https://evil.example/c"]}, "unknown context"),
        ({"@context": [{"name": "urn:x"}]}, "context of its own"),
    ],
)
def test_what_only_the_document_explains_cannot_be_judged(
    change: dict[str, Any], reason: str
) -> None:
    """The signature may be good; what it says is not known."""
    finding = check(signed(KEY, badge(KEY)) | change)

    assert finding.proof.state is UNKNOWN
    assert reason in finding.proof.reason


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_a_moment_beyond_all_calendars_is_a_fault_of_the_proof(moment: str) -> None:
    """In UTC it falls out of the years that Python knows."""
    finding = check(signed(KEY, badge(KEY), created=moment))

    assert finding.proof.state is INVALID


def test_a_badge_without_a_proof_is_nobodys_word() -> None:
    """Unknown, not invalid: a draft is no forgery."""
    finding = check(badge(KEY))

    assert finding.proof.state is UNKNOWN
    assert "no proof" in finding.proof.reason


@pytest.mark.parametrize(
    ("proofs", "document"),
    [
        (16, {"evidence": [{"type": ["Evidence"], "name": str(n)} for n in range(2400)]}),
        (16, {"urn:x:y": [str(n) for n in range(9000)]}),
        (1, {"image": {"id": "data:image/png;base64," + "A" * 4_000_000, "type": "Image"}}),
        (1, {"evidence": [{"type": ["Evidence"]}] * 3000}),
        (16, {"evidence": {"type": ["Evidence"], **dict.fromkeys(map(str, range(9000)), 1)}}),
    ],
)
def test_a_document_made_to_keep_us_busy_does_not(
    monkeypatch: pytest.MonkeyPatch, proofs: int, document: dict[str, Any]
) -> None:
    """However many proofs it has, the work on the document itself is done once an edition."""
    whole = badge(KEY, **document)
    proof = KEY.prove(badge(KEY))
    proofs_of_it = [{**proof, "id": f"urn:p:{n}"} for n in range(proofs)]
    hashed = counted(monkeypatch, "hash_document")
    read_plainly = counted(monkeypatch, "reading_fault")

    with no_hang():
        finding = check({**whole, "proof": proofs_of_it})

    assert finding.proof.state is not VALID
    assert len(hashed) <= len(read_plainly) <= edition_count(whole)


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """Return a list that gets an entry for each call of a function of ``embedded``."""
    asked, real = [], getattr(embedded, name)

    def noted(document: object, *rest: object, edition: int) -> object:
        asked.append(document)
        return real(document, *rest, edition=edition)

    monkeypatch.setattr(embedded, name, noted)
    return asked


def test_a_proof_as_large_as_a_document_is_not_worked_through() -> None:
    """Sixteen of them would be sixteen documents."""
    document = signed(KEY, badge(KEY))
    document["proof"] |= {"domain": ["x.example"] * 5000}

    assert "longer than" in check(document).proof.reason


def test_threads_do_not_mix_what_they_remember() -> None:
    """A service checks badges side by side."""
    documents = [TAMPERED[suite] for suite in SUITES] * 12

    with ThreadPoolExecutor(8) as pool:
        findings = list(pool.map(check, documents))

    assert {one.proof.state for one in findings} == {VALID}
