"""Signed tokens taken apart: what they claim, before anybody checked the signature."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any

from skillmatch.errors import DamagedError, UnreadableError
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.strict_json import parse_json

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")
# A JSON object in base64url begins like this; a file that was cut inside its header has no dot.
_START = re.compile(r"ey[A-Za-z0-9_-]{8,}(\.|\s*\Z)")


def is_token(text: str) -> bool:
    """Tell whether a text begins like a compact JWS, which JSON, XML and prose never do."""
    return _START.match(text) is not None


def claims_of(token: str, budget: Budget | None = None) -> Mapping[str, Any]:
    """Return the payload of a compact JWS or JWT, unverified.

    Raises:
        UnreadableError: It is no compact JWS of a JSON object.
    """
    if "~" in token:
        raise UnreadableError(
            "it is a token with selective disclosure (SD-JWT); give the credential it was made from"
        )
    if token.count(".") == 4:
        raise UnreadableError("it is an encrypted token (JWE); give the credential inside it")
    if not _COMPACT.fullmatch(token):
        raise DamagedError("it begins like a token, but is not three base64url parts with dots")
    header, payload, _ = token.split(".")
    if not isinstance(_parsed(header, "header", budget), dict):
        raise DamagedError("the header of the token is no JSON object")
    claims = _parsed(payload, "payload", budget)
    if not isinstance(claims, dict):
        raise DamagedError("the payload of the token is no JSON object")
    return claims


def json_payload(document: Mapping[str, Any], budget: Budget | None = None) -> Mapping[str, Any]:
    """Return the payload of a JWS in JSON form, as European credentials are sealed.

    Raises:
        UnreadableError: It holds no JSON object.
    """
    payload = document.get("payload")
    if isinstance(payload, str):
        # RFC 7797 lets the payload stand unencoded.
        plain = payload.lstrip().startswith("{")
        payload = parse_json(payload, budget) if plain else _parsed(payload, "payload", budget)
    if not isinstance(payload, dict):
        raise UnreadableError("/payload: the sealed content is no JSON object")
    return payload


def _parsed(part: str, name: str, budget: Budget | None) -> object:
    try:
        data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError) as fault:
        raise DamagedError(f"the {name} of the token is no base64url") from fault
    try:
        return parse_json(data, budget)
    except UnreadableError as fault:
        raise type(fault)(f"the {name} of the token cannot be read: {fault}") from fault
