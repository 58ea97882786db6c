"""Credentials in a signed token: VC-JWT, and the signed badges of Open Badges 1 and 2.

The algorithm decides which kind of key is used, and the key is never taken for a shared secret, so
that a public key cannot be played off as the password of an HMAC.

Source: RFC 7515, 7519 and 8725; 1EdTech Open Badges 3.0, section 8.2 "JSON Web Token Proof Format";
W3C Verifiable Credentials Data Model 1.1, section 6.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.errors import DataError
from skillmatch.model.verification import CheckState
from skillmatch.readers.credentials.strict_json import parse_json
from skillmatch.trust.dates import moment_of
from skillmatch.trust.did import (
    FoundKey,
    KeyOrigin,
    NoKey,
    assertion_keys,
    document_of,
    find_key,
)
from skillmatch.trust.documents import Documents
from skillmatch.trust.linked import UnreadableLinkError
from skillmatch.trust.multikey import KeyKind, PublicKey, UnusableKeyError, read_jwk
from skillmatch.trust.proof_result import (
    ProofResult,
    bad,
    good,
    key_fault,
    open_question,
    without_key,
)

if TYPE_CHECKING:
    from joserfc.jws import JWSRegistry

MAX_HEADER = 65_536
"""Letters: room for an RSA key and a chain of certificates."""
MAX_PAYLOAD = 20_000_000
ALGORITHMS = {
    "RS256": KeyKind.RSA,
    "ES256": KeyKind.P256,
    "EdDSA": KeyKind.ED25519,
    "Ed25519": KeyKind.ED25519,
}
_SECRET = ("HS", "none", "dir", "A128", "A192", "A256", "PBES")
_TYPES = frozenset({"jwt", "jose", "vc+jwt", "vp+jwt", "vc+ld+jwt", "vp+ld+jwt", "vc+ld+json+jwt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A compact token, taken apart and not yet believed."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]

    @property
    def body(self) -> Mapping[str, Any]:
        """The credential: the claims themselves, or what older tokens keep under ``vc``."""
        for name in ("vc", "vp"):
            if isinstance(inner := self.claims.get(name), Mapping):
                return inner
        return self.claims


def read_token(text: str) -> Token:
    """Take a compact token apart.

    Raises:
        DataError: It is none, or too large.
    """
    parts = text.strip().split(".")
    if len(parts) != 3 or not all(parts):
        raise DataError("it is not three parts with dots between")
    if len(parts[0]) > MAX_HEADER or len(parts[1]) > MAX_PAYLOAD:
        raise DataError("its header or payload is too large")
    header, claims = (_json(part) for part in parts[:2])
    return Token(text=text.strip(), header=header, claims=claims)


def check_token(
    token: Token, documents: Documents, *, named: tuple[str, ...] = (), at: datetime
) -> ProofResult:
    """Return whether the signature of a token fits a key that can be found.

    Args:
        token: As read.
        documents: Where keys come from.
        named: Keys that the content names (Open Badges 1 and 2 do, and have no ``kid``).
        at: Moment that dates of keys are compared with.
    """
    if (fault := _header_fault(token.header)) is not None:
        return fault
    problems = []
    for found in _keys(token, documents, named):
        if isinstance(found, NoKey):
            problems.append(without_key(found))
            continue
        result = _signed(token, found, at)
        if result.found is not None:
            return result
        problems.append(result)
    return problems[0] if problems else open_question("its token names no key", "ask the issuer")


def claims_fault(token: Token) -> str:
    """Return where the registered claims of a token and the credential in it disagree.

    Both are signed, but whoever reads one would believe another thing than who reads the other.
    """
    claims, body = token.claims, token.body
    pairs = (
        ("iss", claims.get("iss"), _id(body.get("issuer", body.get("holder")))),
        ("jti", claims.get("jti"), body.get("id")),
        ("sub", claims.get("sub"), _id(body.get("credentialSubject"))),
    )
    for name, said, stated in pairs:
        if said is not None and stated is not None and said != stated:
            return f"its token says {name} {str(said)[:80]}, and its credential {str(stated)[:80]}"
    for name, fields in (
        ("nbf", ("validFrom", "issuanceDate")),
        ("exp", ("validUntil", "expirationDate")),
    ):
        if fault := _date_fault(name, claims, fields, body):
            return fault
    return ""


def _date_fault(
    name: str, claims: Mapping[str, Any], fields: tuple[str, ...], body: Mapping[str, Any]
) -> str:
    if name not in claims:
        return ""
    said = moment_of(claims[name])
    if said is None:
        return f"its token has a claim {name} that is no moment"
    stated = [moment_of(body[one]) for one in fields if one in body]
    if any(one is None or int(one.timestamp()) != int(said.timestamp()) for one in stated):
        return f"its token and its credential disagree about {fields[0]}"
    return ""


def _id(value: object) -> object:
    return (
        value.get("id")
        if isinstance(value, Mapping)
        else (value if isinstance(value, str) else None)
    )


def _header_fault(header: Mapping[str, Any]) -> ProofResult | None:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        return bad("its token names no algorithm")
    if algorithm.startswith(_SECRET):
        return bad(f"its token is signed with {algorithm[:20]}, which proves nothing to others")
    if algorithm not in ALGORITHMS:
        return open_question(f"unsupported suite {algorithm[:40]}")
    if "crit" in header or "b64" in header:
        return open_question("its token asks for an extension that is not supported")
    kind = header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in _TYPES:
        return bad(f"its token is of the type {str(kind)[:40]}, which is no credential")
    return None


def _keys(token: Token, documents: Documents, named: tuple[str, ...]) -> Iterator[FoundKey | NoKey]:
    """Yield the keys that may have signed, the best known first."""
    issuer = _id(token.body.get("issuer", token.claims.get("iss")))
    held = token.header.get("jwk")
    kid = token.header.get("kid")
    methods = [_full(kid, issuer)] if isinstance(kid, str) and kid else list(named)
    for method in methods:
        found = find_key(method, documents)
        if not (isinstance(found, NoKey) and isinstance(held, Mapping)):
            yield found
            return
    if isinstance(held, Mapping):
        yield _held(held)
    elif isinstance(issuer, str):
        yield from _of_issuer(issuer, ALGORITHMS[token.header["alg"]], documents)


def _full(kid: str, issuer: object) -> str:
    """Complete a key id that is only a fragment or a bare name."""
    if ":" in kid or not isinstance(issuer, str):
        return kid
    return f"{issuer}#{kid.removeprefix('#')}"


def _held(jwk: Mapping[str, Any]) -> FoundKey | NoKey:
    try:
        return FoundKey(key=read_jwk(jwk), method="", origin=KeyOrigin.CREDENTIAL)
    except UnusableKeyError as error:
        state = CheckState.INVALID if error.supported else CheckState.UNKNOWN
        return NoKey(state=state, reason=f"the key in the header of its token is no use: {error}")


def _of_issuer(issuer: str, kind: KeyKind, documents: Documents) -> Iterator[FoundKey | NoKey]:
    """Yield the keys of a kind that the issuer's id is, or its document lists."""
    if issuer.startswith(("did:key:", "did:jwk:")):
        yield find_key(issuer, documents)
        return
    try:
        document = document_of(issuer, documents)
    except UnreadableLinkError as fault:
        reason = f"its token names no key, and the issuer's document was not looked at: {fault}"
        yield NoKey(state=CheckState.UNKNOWN, reason=reason, mend=fault.mend)
        return
    keys, names = assertion_keys(document)
    for method, key in keys:
        if key.kind is kind:
            yield FoundKey(key=key, method=method, origin=KeyOrigin.DOCUMENT, controller=issuer)
    for name in names[:8]:
        yield find_key(name, documents)


def _signed(token: Token, found: FoundKey, at: datetime) -> ProofResult:
    algorithm = token.header["alg"]
    if found.key.kind is not ALGORITHMS[algorithm]:
        return bad(f"its token is signed with {algorithm}, and its key is {found.key.kind.value}")
    made = moment_of(token.claims.get("iat", token.claims.get("nbf")))
    if fault := key_fault(found, made, at):
        return bad(fault)
    if not signature_fits(token.text, algorithm, found.key):
        return bad("its signature does not fit: it was changed, or signed with another key")
    return good(f"its signature ({algorithm}) fits", found)


def signature_fits(text: str, algorithm: str, key: PublicKey) -> bool:
    """Tell whether a compact token was signed by a key of the kind that its algorithm needs."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, OKPKey, RSAKey

    kinds: dict[KeyKind, Any] = {KeyKind.RSA: RSAKey, KeyKind.P256: ECKey, KeyKind.ED25519: OKPKey}
    pem = key.load().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        jws.deserialize_compact(
            text, kinds[key.kind].import_key(pem), algorithms=[algorithm], registry=_registry()
        )
    except (JoseError, ValueError):
        return False
    return True


@cache
def _registry() -> JWSRegistry:
    from joserfc.jws import JWSRegistry

    class Registry(JWSRegistry):
        """The algorithms, room for long headers, and no warning that EdDSA has a new name."""

        max_header_length = MAX_HEADER
        max_payload_length = MAX_PAYLOAD
        max_signature_length = 2048

        def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library exports no type for it
            return self.algorithms["EdDSA" if name == "Ed25519" else name]

    return Registry(algorithms=list(ALGORITHMS), strict_check_header=False)


def _json(part: str) -> Mapping[str, Any]:
    from joserfc.util import urlsafe_b64decode

    try:
        value = parse_json(urlsafe_b64decode(part.encode("ascii")))
    except (ValueError, UnicodeError) as error:
        raise DataError("a part of it is no JSON in base64url") from error
    if not isinstance(value, Mapping):
        raise DataError("a part of it is no JSON object")
    return value
