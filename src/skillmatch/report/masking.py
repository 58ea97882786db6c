"""Names of people shortened, so that a screen or a pasted report tells nobody who they are."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.model.credential import Identity, Recipient

_KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityView:
    """One name of a recipient, as shown.

    Attributes:
        hashed: Whether the credential itself holds only a hash, which is not shown.
    """

    kind: str
    value: str
    hashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientView:
    """Who a credential is about, as shown.

    Attributes:
        masked: Whether ``id``, ``name`` and ``identities`` are shortened.
    """

    id: str = ""
    name: str = ""
    identities: tuple[IdentityView, ...] = ()
    masked: bool = True


def recipient_view(recipient: Recipient, *, masked: bool) -> RecipientView:
    """Return a recipient with shortened names, or as it is."""
    shorten = mask if masked else str
    return RecipientView(
        id=shorten(recipient.id),
        name=mask_name(recipient.name) if masked else recipient.name,
        identities=tuple(_identity(one, masked=masked) for one in recipient.identities),
        masked=masked,
    )


def mask(text: str) -> str:
    """Shorten an address or id to what its owner recognises and nobody else can use.

    Of an e-mail address the first letter and the host stay, of a URI its scheme and the first
    characters of its last part.
    """
    if not text:
        return ""
    before, at, host = text.rpartition("@")
    if at:
        scheme = "mailto:" if before.startswith("mailto:") else ""
        return f"{scheme}{before.removeprefix('mailto:')[:1]}…@{host}"
    end = max(text.rfind(":"), text.rfind("/")) + 1
    length = len(text) - end
    kept = _KEPT if length > 2 * _KEPT else min(1, length // 3)
    return f"{text[: end + kept]}…"


def mask_name(name: str) -> str:
    """Return the initials of a name."""
    return " ".join(f"{part[0]}…" for part in name.split())


def _identity(identity: Identity, *, masked: bool) -> IdentityView:
    if identity.hashed:
        return IdentityView(kind=identity.kind, value="", hashed=True)
    value = mask(identity.value) if masked else identity.value
    return IdentityView(kind=identity.kind, value=value)
