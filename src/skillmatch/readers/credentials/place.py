"""Where a credential was found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from skillmatch.model.credential import Credential, CredentialFormat, Securing
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a credential was found, and what reading it may still take.

    Attributes:
        source: File name, with ``!member`` for a member of an archive.
        pointer: JSON pointer in the document of ``source``.
        token: The compact token that it was taken from.
        depth: Credentials around it.
    """

    source: str
    pointer: str = ""
    token: str = ""
    depth: int = 0
    budget: Budget = field(default_factory=Budget)

    def inside(self, pointer: str, token: str = "") -> Place:
        """Return the place of a credential inside the one at this place."""
        return replace(self, pointer=self.pointer + pointer, token=token, depth=self.depth + 1)

    def begin(self, root: Node, kind: CredentialFormat, securing: Securing) -> Credential:
        """Return a credential of which only place, format and document are known."""
        return Credential(
            format=kind,
            source=self.source,
            pointer=self.pointer,
            document=root.value,
            securing=securing,
            token=self.token,
        )
