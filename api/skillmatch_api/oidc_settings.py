"""What the operator says of an identity provider whose tokens are taken (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from skillmatch.errors import UsageError

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
SCOPES = ("learner", "provider", "recruiter", "admin")
DEFAULT_GRANTS = tuple((f"skillmatch:{scope}", scope) for scope in SCOPES)

_TOGETHER = ("SKILLMATCH_OIDC_ISSUER", "SKILLMATCH_OIDC_AUDIENCE", "SKILLMATCH_OIDC_JWKS")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """One identity provider.

    Attributes:
        issuer: ``iss`` of its tokens, letter by letter.
        audience: What stands in ``aud`` of those that are meant for this service.
        jwks: File or https address of its public keys; http only on this machine.
        scope_claim: Claim that says what a person may do: a list, or words with spaces between
            them. A dot leads into a claim (``realm_access.roles``) where no claim has that name.
        grants: Which word of it gives which scope.
        tenant_claim: Claim that names the organisation; without one all belong to ``default``.
    """

    issuer: str
    audience: str
    jwks: str
    scope_claim: str = "scope"
    grants: tuple[tuple[str, str], ...] = DEFAULT_GRANTS
    tenant_claim: str | None = None

    def __post_init__(self) -> None:
        """Refuse keys that anybody on the way could exchange.

        Raises:
            UsageError: They come over plain http from another machine.
        """
        parts = urlsplit(self.jwks)
        if parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
            raise UsageError("SKILLMATCH_OIDC_JWKS must be a file or an https address")

    @property
    def is_remote(self) -> bool:
        """Whether the keys are fetched."""
        return urlsplit(self.jwks).scheme in {"http", "https"}

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self | None:
        """Read the settings; None where no identity provider is set.

        Raises:
            UsageError: A value makes no sense, or one is missing.
        """
        issuer, audience, jwks = (environ.get(name, "") for name in _TOGETHER)
        if not (issuer or audience or jwks):
            return None
        if not (issuer and audience and jwks):
            raise UsageError(f"{', '.join(_TOGETHER)} belong together; set all of them or none")
        grants = environ.get("SKILLMATCH_OIDC_SCOPES", "")
        return cls(
            issuer=issuer,
            audience=audience,
            jwks=jwks,
            scope_claim=environ.get("SKILLMATCH_OIDC_SCOPE_CLAIM") or "scope",
            grants=_grants(grants) if grants else DEFAULT_GRANTS,
            tenant_claim=environ.get("SKILLMATCH_OIDC_TENANT_CLAIM") or None,
        )


def _grants(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(part.strip() for part in one.rpartition("=")[::2]) for one in text.split(",")]
    for word, scope in pairs:
        if not word or scope not in SCOPES:
            raise UsageError(
                "SKILLMATCH_OIDC_SCOPES lists word=scope with commas between them, such as "
                f"hr=recruiter,staff=learner; scopes are {', '.join(SCOPES)}"
            )
    return tuple((word, scope) for word, scope in pairs)
