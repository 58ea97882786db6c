"""Hostile proofs, status lists, links between documents, and versions of badges."""

from __future__ import annotations

import base64
import json
import random
from typing import Any

from tests.fuzz.bombs import blanks
from tests.fuzz.check_targets import LIST_URL, SIGNER
from tests.fuzz.family import as_json, made
from tests.readers import badge_samples as samples
from tests.trust.badge_samples import ASSERTION, BADGE_CLASS
from tests.trust.signed_samples import badge, signed

_VC = "https://www.w3.org/ns/credentials/v2"


def _proofs(number: int, _: random.Random) -> bytes:
    good: dict[str, Any] = signed(SIGNER, badge(SIGNER))
    proof: dict[str, Any] = good["proof"]
    ring = [{**proof, "id": f"urn:{one}", "previousProof": f"urn:{one + 1}"} for one in range(200)]
    changes: tuple[dict[str, Any], ...] = (
        {"proof": [proof] * 1_000},
        {"proof": ring},
        {"proof": {**proof, "previousProof": ["urn:0"] * 100_000}},
        {"proof": {**proof, "proofValue": "z" + "1" * 100_000}},
        {"proof": {**proof, "proofValue": "z" + "z" * 20_000}},
        {"proof": {**proof, "verificationMethod": "did:key:z" + "z" * 20_000}},
        {"proof": {**proof, "verificationMethod": {"id": "x", "publicKeyJwk": {"n": "_" * 9_999}}}},
        {"proof": {**proof, "type": "RsaSignature2018", "jws": "a..b"}},
        {"proof": {**proof, "@context": {"@vocab": "x:"}}},
        {"proof": {"proof": {"proof": proof}}},
        {"proof": [[proof]], "issuer": [good["issuer"]] * 100},
        {"proof": {**proof, "created": "9" * 50_000, "expires": 5}},
    )
    return as_json({"credential": {**good, **changes[number]}, "documents": {}})


def _statuses(number: int, _: random.Random) -> bytes:
    packed = base64.urlsafe_b64encode(blanks(110)).decode()
    entry: dict[str, Any] = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": LIST_URL,
    }
    subject: dict[str, Any] = {"type": "BitstringStatusList", "statusPurpose": "revocation"}
    lists: tuple[dict[str, Any], ...] = (
        {"encodedList": "u" + packed},
        {"encodedList": packed},
        {"encodedList": "u" + "A" * 4_000_000},
        {"encodedList": ["u"] * 1_000},
        {"encodedList": "uH4sIAAAA", "statusPurpose": ["revocation"] * 10_000},
        {"encodedList": "", "ttl": 10**30},
    )
    listed = {
        "@context": [_VC],
        "id": LIST_URL,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": SIGNER.did,
        # A list that is looked up in itself.
        "credentialStatus": entry,
        "credentialSubject": {**subject, **lists[number % 6]},
    }
    entries = [entry] * (1, 50, 5_000)[number // 6]
    return as_json(
        {"credential": badge(SIGNER, credentialStatus=entries), "documents": {LIST_URL: listed}}
    )


def _loops(number: int, _: random.Random) -> bytes:
    a, b = "https://a.example/1", "https://a.example/2"
    to_a, to_b = {"id": a, "badge": b, "issuer": b}, {"id": b, "issuer": a, "badge": a}
    cases: tuple[tuple[object, dict[str, object]], ...] = (
        ({**ASSERTION, "badge": a}, {a: to_a, b: to_b}),
        ({**ASSERTION, "id": a}, {a: ASSERTION, ASSERTION["badge"]: {**BADGE_CLASS, "issuer": a}}),
        (ASSERTION, {ASSERTION["id"]: [ASSERTION] * 1_000}),
        (ASSERTION, {ASSERTION["id"]: "[" * 100_000}),
        (ASSERTION, {ASSERTION["id"]: json.dumps(ASSERTION) + " " * 4_000_000}),
        ({**ASSERTION, "verification": {"type": "signed", "creator": a}}, {a: {"owner": a}}),
        ({**ASSERTION, "badge": {**BADGE_CLASS, "issuer": BADGE_CLASS}}, {}),
        (
            badge(SIGNER, issuer={"id": "did:web:a.example"}),
            {"https://a.example/.well-known/did.json": {"verificationMethod": ["#1"] * 100_000}},
        ),
        (
            signed(
                SIGNER, badge(issuer={"id": "did:web:a.example"}), verificationMethod="did:web:a"
            ),
            {
                "https://a/.well-known/did.json": {
                    "id": "did:web:a",
                    "controller": ["did:web:a"] * 99,
                }
            },
        ),
        (
            {
                **ASSERTION,
                "recipient": {"hashed": True, "salt": "x" * 5_000_000, "identity": "md5$"},
            },
            {},
        ),
    )
    credential, documents = cases[number]
    return as_json({"credential": credential, "documents": documents})


def _pairs(number: int, _: random.Random) -> bytes:
    size = (300, 3_000, 20_000)[number]
    old: dict[str, Any] = samples.achievement()
    old["criteria"] = {"narrative": "\n".join(f"- Bake loaf {one}." for one in range(size))}
    new = json.loads(json.dumps(old).replace("Bake", "Ice"))
    new["alignment"] = [{"targetName": f"{one}", "targetUrl": "x"} for one in range(size)]
    return as_json([old, new])


FAMILIES = (
    made("proofs", ("verify",), 12, _proofs),
    made("status lists", ("verify",), 18, _statuses),
    made("loops", ("verify",), 10, _loops),
    made("pairs", ("diff",), 3, _pairs),
)
