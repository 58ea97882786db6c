"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Scope(StrEnum):
    """What a key is for; none contains another."""

    LEARNER = "learner"
    PROVIDER = "provider"
    RECRUITER = "recruiter"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody whom the service knows.

    Attributes:
        caller: Name of the key, subject or browser login in the audit log and for rates:
            ``key:<id>``, ``oidc:<issuer> <subject>``, ``open`` (``--open``) or ``operator``.
        person_id: Whom a learner's key is bound to; only it sets or withdraws consent.
    """

    tenant_id: str
    caller: str
    scopes: frozenset[Scope]
    person_id: str | None = None
    via: Literal["key", "oidc", "session", "open"] = "key"

    @property
    def via_cookie(self) -> bool:
        """Whether a browser sends the proof by itself, whoever asked it to."""
        return self.via == "session"
