"""Small credentials, invented, whose fields tests change one at a time."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from skillmatch.model.credential import Credential
from skillmatch.readers.credentials import credential_of
from skillmatch.trust.documents import Missing

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

BADGE: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "https://badges.example/credentials/7",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://badges.example/issuer", "type": ["Profile"], "name": "Example Guild"},
    "validFrom": "2025-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://badges.example/achievements/first-aid",
            "type": ["Achievement"],
            "name": "First aid",
            "description": "Gives first aid.",
            "criteria": {"narrative": "Treats three staged accidents."},
        },
    },
}
ASSERTION: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://guild.example/assertions/1",
    "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
    "badge": "https://guild.example/badges/first-aid",
    "issuedOn": "2025-01-01T00:00:00Z",
    "verification": {"type": "hosted"},
}
BADGE_CLASS: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://guild.example/badges/first-aid",
    "name": "First aid",
    "description": "Gives first aid.",
    "image": "https://guild.example/first-aid.png",
    "criteria": "https://guild.example/criteria",
    "issuer": "https://guild.example/issuer",
}
PROFILE: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Issuer",
    "id": "https://guild.example/issuer",
    "name": "Example Guild",
    "url": "https://guild.example",
    "email": "post@guild.example",
}


def changed(document: dict[str, Any], path: str, value: object = None) -> dict[str, Any]:
    """Return a copy with the value at a slash path replaced, or removed where it is None."""
    copied = copy.deepcopy(document)
    *parents, last = path.split("/")
    node: Any = copied
    for key in parents:
        node = node[_key(node, key)]
    if value is None:
        del node[_key(node, last)]
    else:
        node[_key(node, last)] = value
    return copied


def _key(node: object, text: str) -> str | int:
    return int(text) if isinstance(node, list) else text


def read(document: dict[str, Any], *, compact: str = "") -> Credential:
    """Return a document as a credential."""
    return credential_of(document, source="badge.json", token=compact)


@dataclass(slots=True)
class Files:
    """Documents by web address; what was asked for is kept in ``asked``."""

    documents: dict[str, object]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> bytes | Missing:
        """Return the document as JSON bytes; a ``Missing`` is handed out as it is."""
        self.asked.append(url)
        found = self.documents.get(url, Missing(f"{url} is not at hand", "bring it"))
        if isinstance(found, Missing | bytes):
            return found
        return json.dumps(found).encode()
