"""Checking a token and reading what it says; who that is here, ``principal_of_token`` looks up."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry
from joserfc.util import urlsafe_b64decode
from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch_api.access.keys import REFUSED
from skillmatch_api.access.oidc.key_ring import KeyRing
from skillmatch_api.access.oidc.key_source import source_of
from skillmatch_api.access.oidc.public_keys import KINDS, read_keys
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import DEFAULT, find_tenant
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.oidc_settings import OidcSettings
from skillmatch_api.store.tables import Person

LEEWAY_SECONDS = 60
"""How far the clocks of the two services may differ."""

MOST_CHARACTERS = 16_384
MOST_OF_A_SUBJECT = 255
"""Characters of ``sub``. Source: OpenID Connect Core 1.0, section 2."""

_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
"""What ``typ`` may say; a token for logging out or another purpose is no token for coming in."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a token that counts says.

    Attributes:
        subject: ``issuer subject``, by which a person may be bound.
        tenant: Name of the organisation.
    """

    subject: str
    scopes: frozenset[Scope]
    tenant: str


class _RefusedError(Exception):
    """Why a token does not count, for the operator's log; it names nobody."""


class _Registry(JWSRegistry):
    """The algorithms that are taken, and room for certificates in a header."""

    max_header_length = 8192

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library exports no type for it
        """Return an algorithm, without the warning that EdDSA has a new name."""
        if name not in KINDS:
            raise _RefusedError("its algorithm is not taken")
        return self.algorithms[name]


@dataclass(frozen=True, slots=True)
class TokenReader:
    """Reads the tokens of one identity provider."""

    settings: OidcSettings
    keys: KeyRing

    @classmethod
    def of(cls, settings: OidcSettings) -> Self:
        """Return a reader; keys of an address are fetched when the first token comes.

        Raises:
            FetchError: The file of keys cannot be read.
            DataError: It holds none.
        """
        source = source_of(settings)
        if not settings.is_remote:
            read_keys(source())
        return cls(settings, KeyRing(source))

    def read(self, token: str, *, at: datetime) -> Claimed:
        """Check a token and return what it says.

        The algorithm is one of ours, whatever the token says, and the key is one of the provider's
        set that fits it; what else the token's header offers as a key is not looked at.

        Raises:
            UnauthenticatedError: It does not count; the log of the service says why.
            BusyServiceError: The keys of the provider cannot be had.
        """
        try:
            return self._claimed(self._verified(token, at))
        except _RefusedError as error:
            _log.info("a token was refused: %s", error)
        except (InvalidClaimError, MissingClaimError, ExpiredTokenError) as error:
            _log.info("a token was refused: %s", error.description)
        except JoseError as error:
            _log.info("a token was refused: %s", type(error).__name__)
        except (ValueError, TypeError, RecursionError):
            _log.info("a token was refused: it is malformed")
        raise UnauthenticatedError(REFUSED)

    def _verified(self, token: str, at: datetime) -> Mapping[str, Any]:
        if len(token) > MOST_CHARACTERS or not token.isascii():
            raise _RefusedError("it is too long")
        header = json.loads(urlsafe_b64decode(token.partition(".")[0].encode()))
        if not isinstance(header, dict):
            raise _RefusedError("its header is no object")
        algorithm, kid, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
        if not isinstance(algorithm, str) or algorithm not in KINDS:
            raise _RefusedError("its algorithm is not taken")
        if not isinstance(kind, str) or kind.lower() not in _TYPES:
            raise _RefusedError("it is a token of another type")
        if kid is not None and not isinstance(kid, str):
            raise _RefusedError("its kid is no text")
        key = self.keys.find(algorithm, kid, at=at)
        if key is None:
            raise _RefusedError("no key of the provider fits it")
        registry = _Registry(algorithms=[algorithm], strict_check_header=False)
        claims = jwt.decode(token, key.key, registry=registry).claims
        self._check(claims, at)
        return claims

    def _check(self, claims: dict[str, Any], at: datetime) -> None:
        JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": self.settings.audience},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)

    def _claimed(self, claims: Mapping[str, Any]) -> Claimed:
        subject = claims["sub"]
        if len(subject) > MOST_OF_A_SUBJECT or not subject.isprintable():
            raise _RefusedError("its subject is too long, or cannot be printed")
        words = _words(_at(claims, self.settings.scope_claim))
        return Claimed(
            subject=f"{self.settings.issuer} {subject}",
            scopes=frozenset(Scope(scope) for word, scope in self.settings.grants if word in words),
            tenant=self._tenant(claims),
        )

    def _tenant(self, claims: Mapping[str, Any]) -> str:
        if self.settings.tenant_claim is None:
            return DEFAULT
        named = _at(claims, self.settings.tenant_claim)
        if not isinstance(named, str) or not named:
            raise _RefusedError("it names no organisation")
        return named


def principal_of_token(session: Session, claimed: Claimed) -> Principal:
    """Return whom a token stands for; a learner may be bound to a person.

    Raises:
        UnauthenticatedError: There is no such organisation.
    """
    tenant = find_tenant(session, claimed.tenant)
    if tenant is None:
        _log.info("a token was refused: there is no such organisation")
        raise UnauthenticatedError(REFUSED)
    bound = None
    if Scope.LEARNER in claimed.scopes:
        mine = (Person.tenant_id == tenant.id, Person.subject == claimed.subject)
        bound = session.scalar(select(Person.id).where(*mine))
    return Principal(
        tenant_id=tenant.id,
        caller=f"oidc:{claimed.subject}",
        scopes=claimed.scopes,
        person_id=bound,
        via="oidc",
    )


def _at(claims: Mapping[str, Any], name: str) -> object:
    """Return a claim by its name, or by the way that leads to it."""
    if name in claims:
        return claims[name]
    found: object = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset(value.split())
    listed = value if isinstance(value, list) else []
    return frozenset(one for one in listed if isinstance(one, str))
