"""What judges a credential: JSON-LD, proofs and status, lint, and the files that these take."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ed25519

from skillmatch.errors import SkillmatchError, UnreadableError
from skillmatch.issuing.key_files import key_of
from skillmatch.issuing.status_register import read_register, register_path
from skillmatch.jsonld import canonical_json, canonical_nquads, dropped_terms, expand
from skillmatch.quality import lint
from skillmatch.quality.changes import compare
from skillmatch.quality.profiles import AUTO, PROFILES
from skillmatch.quality.switches import read_switches
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.trust.documents import MappedDocuments, Missing
from skillmatch.trust.issuers import KnownIssuer, KnownIssuers, read_known_issuers
from skillmatch.trust.recipient import Person
from skillmatch.trust.verify import assurance, verify
from tests.fuzz.badge_targets import in_json, tokens
from tests.fuzz.containers import mutate_words
from tests.fuzz.json_trees import mutate_json, mutate_letters
from tests.fuzz.target import Target, from_file
from tests.trust.badge_samples import ASSERTION, BADGE, BADGE_CLASS, NOW, PROFILE
from tests.trust.signed_samples import SUITE_2020, Signer, badge, compact, signed

GROUP = "checks"
SIGNER = Signer(private=ed25519.Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
LIST_URL = "https://badges.example/status/1"
REVOKED_URL = "https://badges.example/revoked"


def _parsed(data: bytes) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON as the commands read it before they judge it."""
    return parse_json(data)


def _object(data: bytes) -> dict[str, Any]:
    value = _parsed(data)
    if not isinstance(value, dict):
        raise UnreadableError("it is no object")
    return value


def _jsonld(data: bytes) -> object:
    document = _object(data)
    for work in (dropped_terms, canonical_json, canonical_nquads):
        # Each refuses other documents; what one refuses, the next may still fall over.
        with suppress(SkillmatchError):
            work(document)
    return expand(document)


class _Files:
    """The documents that a case brings along, by address."""

    def __init__(self, documents: object) -> None:
        self._documents = documents if isinstance(documents, Mapping) else {}

    def get(self, url: str) -> bytes | Missing:
        """Return a document as JSON, or a text as it stands."""
        found = self._documents.get(url)
        if found is None:
            return Missing(f"{url} is not at hand")
        if isinstance(found, str):
            return found.encode("utf-8", "surrogatepass")
        return json.dumps(found).encode()


def _verify(data: bytes) -> object:
    """Verify the credential of a case ``{"credential": …, "documents": {…}}``."""
    case = _object(data)
    credential = case.get("credential")
    text = credential if isinstance(credential, str) else json.dumps(credential)
    known = KnownIssuers(
        issuers=(KnownIssuer(id="https://badges.example/issuer", name="Guild", keys=(SIGNER.did,)),)
    )
    found = [
        verify(
            one,
            documents=_Files(case.get("documents")),
            issuers=known,
            at=NOW,
            recipient=Person(names=("did:example:learner", "learner@example.org")),
        )
        for one in read_credential_bytes(text.encode("utf-8", "surrogatepass"), "badge.json")
    ]
    return [assurance(one) for one in found]


def _case(credential: object, **documents: object) -> bytes:
    return json.dumps({"credential": credential, "documents": documents}).encode()


def _status_list() -> dict[str, Any]:
    packed = gzip.compress(bytes(16_384), mtime=0)
    subject = {
        "id": LIST_URL + "#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": "u" + base64.urlsafe_b64encode(packed).decode().rstrip("="),
    }
    return badge(
        SIGNER,
        id=LIST_URL,
        type=["VerifiableCredential", "BitstringStatusListCredential"],
        credentialSubject=subject,
    )


def _cases() -> tuple[bytes, ...]:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": LIST_URL,
    }
    revocation = {"id": REVOKED_URL, "type": "1EdTechRevocationList"}
    did = "did:web:badges.example"
    method = {"id": did + "#1", "type": "Multikey", "publicKeyMultibase": SIGNER.multikey}
    method["controller"] = did
    key_page = {"id": did, "verificationMethod": [method], "assertionMethod": [did + "#1"]}
    by_web = badge(issuer={"id": did, "type": ["Profile"]})
    hosted = {ASSERTION["id"]: ASSERTION, BADGE_CLASS["id"]: BADGE_CLASS, PROFILE["id"]: PROFILE}
    header = {"alg": "EdDSA", "kid": SIGNER.method}
    old = badge(SIGNER, **{"@context": [*BADGE["@context"], SUITE_2020]})
    return (
        _case(signed(SIGNER, badge(SIGNER))),
        _case(signed(SIGNER, badge(SIGNER), "eddsa-jcs-2022")),
        _case(signed(SIGNER, old, "Ed25519Signature2020")),
        _case(compact(header, badge(SIGNER), SIGNER.private)),
        _case(badge(SIGNER, credentialStatus=entry), **{LIST_URL: signed(SIGNER, _status_list())}),
        _case(
            badge(SIGNER, credentialStatus=revocation), **{REVOKED_URL: {"revokedCredential": []}}
        ),
        _case(
            signed(SIGNER, by_web, verificationMethod=did + "#1"),
            **{"https://badges.example/.well-known/did.json": key_page},
        ),
        _case(ASSERTION, **hosted),
        _case(badge(SIGNER, endorsement=[signed(SIGNER, badge(SIGNER))])),
        *(_case(json.loads(one)) for one in in_json()[:8]),
        *(_case(one.decode()) for one in tokens()[:2]),
    )


def _lint(data: bytes) -> object:
    document = _object(data)
    # One profile a document, as for a person; which one, its length decides.
    names = (AUTO, *PROFILES)
    return lint(document, profile=names[len(data) % len(names)])


def _compare(data: bytes) -> object:
    """Compare the two documents of ``[old, new]``."""
    pair = _parsed(data)
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(o, dict) for o in pair):
        raise UnreadableError("it is no pair of objects")
    return compare(pair[0], pair[1])


def _pairs() -> tuple[bytes, ...]:
    every = [json.loads(one) for one in in_json()[:8]]
    return tuple(json.dumps([one, one]).encode() for one in every)


def _ctdl() -> tuple[bytes, ...]:
    resource = {
        "@type": "ceterms:Badge",
        "ceterms:ctid": "ce-1",
        "ceterms:name": {"en": "Stock control"},
        "ceterms:description": {"en": "Understands stock. Counts stock every week."},
    }
    skill = {"type": "RichSkillDescriptor", "skillName": "Stock", "skillStatement": "Count stock."}
    return tuple(json.dumps(one).encode() for one in (resource, skill))


def _map(path: Path) -> object:
    # The map names a file that lies beside it.
    (path.parent / "a.json").write_bytes(b"{}")
    return MappedDocuments.read(path)


def _register(path: Path) -> object:
    return read_register(path.with_name("list.json"))


ISSUERS = (
    b'[[issuer]]\nid = "https://badges.example/issuer"\nname = "Guild"\n'
    b'keys = ["z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"]\nnote = "since 2020"\n'
)
ISSUERS_JSON = b'{"issuers": [{"id": "did:web:a.example", "name": "Guild", "keys": []}]}'
EMPTY_SUM = b"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
MAP = b'["https://a.example/did.json"]\npath = "a.json"\nsha256 = "' + EMPTY_SUM + b'"\n'
MAP_JSON = b'{"https://a.example/x": {"path": "a.json", "sha256": "' + EMPTY_SUM + b'"}}'
JWK = (
    b'{"kty":"OKP","crv":"Ed25519","x":"iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w",'
    b'"d":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","kid":"a"}'
)

TARGETS = (
    Target(name="jsonld", group=GROUP, read=_jsonld, seeds=in_json, mutate=mutate_json),
    Target(name="verify", group=GROUP, read=_verify, seeds=_cases, mutate=mutate_json),
    Target(
        name="lint",
        group=GROUP,
        read=_lint,
        seeds=lambda: (*in_json(), *_ctdl()),
        mutate=mutate_json,
    ),
    Target(name="diff", group=GROUP, read=_compare, seeds=_pairs, mutate=mutate_json),
    Target(
        name="known-issuers-toml",
        group=GROUP,
        read=from_file(read_known_issuers, "issuers.toml"),
        seeds=lambda: (ISSUERS,),
        mutate=mutate_words,
    ),
    Target(
        name="known-issuers-json",
        group=GROUP,
        read=from_file(read_known_issuers, "issuers.json"),
        seeds=lambda: (ISSUERS_JSON,),
        mutate=mutate_json,
    ),
    Target(
        name="document-map-toml",
        group=GROUP,
        read=from_file(_map, "map.toml"),
        seeds=lambda: (MAP,),
        mutate=mutate_words,
    ),
    Target(
        name="document-map-json",
        group=GROUP,
        read=from_file(_map, "map.json"),
        seeds=lambda: (MAP_JSON,),
        mutate=mutate_json,
    ),
    Target(
        name="lint-rules",
        group=GROUP,
        read=from_file(read_switches, "rules.toml"),
        seeds=lambda: (b'[off]\nB10 = "our catalogue holds the version"\nA1 = "no"\n',),
        mutate=mutate_words,
    ),
    Target(
        name="key-file",
        group=GROUP,
        read=key_of,
        seeds=lambda: (JWK, SIGNER.pem, b"z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"),
        mutate=lambda data, chance: (mutate_json if data[:1] == b"{" else mutate_letters)(
            data, chance
        ),
    ),
    Target(
        name="status-register",
        group=GROUP,
        read=from_file(_register, register_path(Path("list.json")).name),
        seeds=lambda: (b'{"index": 0, "credential": "urn:a"}\n{"index": 7, "credential": "b"}\n',),
        mutate=mutate_words,
    ),
)
