"""Selective disclosure: a signed list of skills of which only some can be read.

The hidden ones are salted digests among decoys, in random order: whoever holds the list learns
neither what they are nor how many. Needs the extra ``skillmatch[sd-jwt]``.

Source: RFC 9901, "Selective Disclosure for JSON Web Tokens".
"""

from __future__ import annotations

import json
import secrets
import warnings
from datetime import datetime
from importlib import import_module
from typing import Any

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.issuing.key_files import private_jwk
from skillmatch.issuing.keys import KeyKind, SigningKey
from skillmatch.issuing.portfolio import Portfolio, PortfolioSkill

VERSION = "profile-1"
PADDED_TO = 16
"""Lists are filled up with decoys to a multiple of this, so that their length tells little."""


def selective_profile(
    everything: Portfolio, leaving: Portfolio, *, key: SigningKey, created: datetime
) -> str:
    """Return an SD-JWT of all skills, with what can be read of those that leave.

    Salts and order are random, so that two lists of one person cannot be recognised as such; this
    is the one output that differs each time.

    Args:
        everything: All skills, hidden ones included.
        leaving: What ``choose`` lets leave of them.
        key: Ed25519 or P-256; its verification method names the issuer.
        created: When it was made.

    Raises:
        UsageError: The key is an RSA key.
        NotFoundError: The extra is not installed.
    """
    if key.kind is KeyKind.RSA:
        raise UsageError(
            "an SD-JWT here needs an Ed25519 or P-256 key; make one with `skillmatch badge key new`"
        )
    common, issuing, holding, jwk = _libraries()
    rows = _rows(everything, leaving)
    claims = {
        "iss": key.verification_method.partition("#")[0],
        "iat": int(created.timestamp()),
        "version": VERSION,
        "skills": [common.SDObj(value) for value, _ in rows],
    }
    with warnings.catch_warnings():
        # RFC 9864 gives EdDSA another name; verifiers of today know this one.
        warnings.simplefilter("ignore")
        issued = issuing.SDJWTIssuer(
            claims,
            jwk.JWK.from_json(json.dumps(private_jwk(key))),
            sign_alg=key.algorithm,
            extra_header_parameters={"kid": key.verification_method, "typ": "sd-jwt"},
        )
        holder = holding.SDJWTHolder(issued.sd_jwt_issuance)
        holder.create_presentation({"skills": [shown for _, shown in rows]})
    return str(holder.sd_jwt_presentation)


def _rows(everything: Portfolio, leaving: Portfolio) -> list[tuple[object, bool]]:
    """Return each entry of the list with whether it can be read, in random order."""
    shown = {skill.key: skill for skill in leaving.skills}
    rows: list[tuple[object, bool]] = [
        (_claim(shown.get(skill.key, skill), leaving), skill.key in shown)
        for skill in everything.skills
    ]
    rows += [(secrets.token_hex(32), False) for _ in range(-len(rows) % PADDED_TO)]
    secrets.SystemRandom().shuffle(rows)
    return rows


def _claim(skill: PortfolioSkill, leaving: Portfolio) -> dict[str, Any]:
    badges = [one for one in leaving.badges if one.number in skill.badges]
    stated = {
        "name": skill.name,
        "url": skill.url,
        "framework": skill.framework,
        "state": skill.state.value,
        "badges": [
            {"id": one.id, "name": one.name, "issuer": one.issuer, "state": one.state.value}
            for one in badges
        ],
    }
    return {name: value for name, value in stated.items() if value}


def _libraries() -> tuple[Any, Any, Any, Any]:
    try:
        return (
            import_module("sd_jwt.common"),
            import_module("sd_jwt.issuer"),
            import_module("sd_jwt.holder"),
            import_module("jwcrypto.jwk"),
        )
    except ImportError as error:
        raise NotFoundError(
            "--format sd-jwt needs an extra: pip install 'skillmatch[sd-jwt]'"
        ) from error
