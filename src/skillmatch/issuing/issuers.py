"""The issuer's profile, and whether a key can speak for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.assembling import types_of
from skillmatch.issuing.keys import SigningKey


def issuer_profile(profile: Mapping[str, Any], key: SigningKey | None) -> dict[str, Any]:
    """Return a profile that can stand in a credential.

    A profile without an id gets the ``did:key`` of the key, which needs no server.

    Raises:
        DataError: The profile has no name, or no id and there is no key to take one from.
        UsageError: Its id is the ``did:key`` of another key.
    """
    kept = {name: value for name, value in profile.items() if name != "@context"}
    given = kept.get("id", "")
    if not isinstance(given, str) or not isinstance(kept.get("name"), str) or not kept["name"]:
        raise DataError(
            'the profile needs a name: {"type": ["Profile"], "name": "…", "url": "https://…"}'
        )
    if not given and key is None:
        raise DataError(
            'the profile has no id: add one, as in "id": "https://…", or sign with --key FILE, '
            "whose did:key is taken"
        )
    if key is not None and given.startswith("did:key:") and given != key.did:
        raise UsageError(
            f"the profile's id is {given}, and the key is {key.did}: nobody could verify the "
            "badge. Use the key of that profile, or remove the id from the profile"
        )
    types = list(types_of(kept))
    return {
        **kept,
        "id": given or (key.did if key else ""),
        "type": types if "Profile" in types else ["Profile", *types],
    }


def binding_note(profile: Mapping[str, Any], key: SigningKey) -> str:
    """Return why verifiers could not tie the key to the issuer, empty where they can."""
    issuer = str(profile.get("id", ""))
    method = key.verification_method
    if method == issuer or method.startswith((f"{issuer}#", f"{issuer}/", f"{issuer}?")):
        return ""
    return (
        f"{method} does not belong to {issuer}, so a verifier cannot tell that the issuer signed. "
        f"Publish the key under {issuer} and name it with --verification-method, or leave the id "
        "out of the profile, to issue as the key's did:key"
    )
