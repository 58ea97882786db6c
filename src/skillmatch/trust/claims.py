"""The credential inside what was signed: a JWT keeps some of its fields under other names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from skillmatch.model.credential import Credential


def body_of(credential: Credential) -> Mapping[str, Any]:
    """Return the fields of the credential itself, with those that only its JWT states.

    Before the data model 2.0 a JWT kept the credential under ``vc`` (a presentation under ``vp``)
    and could say issuer, id, subject and dates in its registered claims alone.

    Source: W3C Verifiable Credentials Data Model 1.1, section 6.3.1 "JWT Decoding".
    """
    document = credential.document
    inner = next(
        (document[key] for key in ("vc", "vp") if isinstance(document.get(key), Mapping)), None
    )
    if not credential.token:
        return document
    body = dict(document if inner is None else inner)
    for field, value in _registered(document, body).items():
        body.setdefault(field, value)
    return body


def _registered(claims: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what registered claims say, under the names that the credential would use."""
    newer = "validFrom" in body or not _old(body)
    start, end = ("validFrom", "validUntil") if newer else ("issuanceDate", "expirationDate")
    said = {
        "issuer": claims.get("iss"),
        "id": claims.get("jti"),
        start: _moment(claims.get("nbf")),
        end: _moment(claims.get("exp")),
    }
    return {field: value for field, value in said.items() if value is not None}


def _old(body: Mapping[str, Any]) -> bool:
    return "https://www.w3.org/2018/credentials/v1" in str(body.get("@context", ""))


def _moment(seconds: object) -> str | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, OSError, ValueError):
        return None
