"""Whether a credential is about the person who shows it."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from skillmatch.model.credential import Credential, Identity
from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import invalid, unknown, valid

_HASHED = re.compile(r"(sha256|md5)\$([0-9a-fA-F]+)")
_LENGTHS = {"sha256": 64, "md5": 32}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who shows a credential.

    Attributes:
        names: E-mail addresses, DIDs, web addresses, telephone numbers or other identities, any of
            which the credential may state. They are compared, never printed.
    """

    names: tuple[str, ...]


def check_recipient(credential: Credential, person: Person) -> Check:
    """Return whether any identity of the person is one that the credential names.

    Hashed identities are ``algorithm$hex`` over the identity followed by the salt; ``sha256`` and,
    in old badges, ``md5``. An e-mail address is compared whatever its case and with outer blanks
    removed. A display name proves nothing and is not compared.

    Source: Open Badges 2.0, "IdentityObject" and "IdentityHash"; Open Badges 3.0, "IdentityObject".
    """
    recipient = credential.recipient
    stated = [*recipient.identities]
    if recipient.id:
        stated.insert(0, Identity(kind="id", value=recipient.id))
    if not stated:
        return unknown(
            CheckName.RECIPIENT,
            "the credential names nobody, so anyone could show it",
            "ask the issuer for one that names the recipient",
        )
    if any(_is(name, one) for name in person.names for one in stated):
        return valid(CheckName.RECIPIENT, "it is about the person named")
    return _other(stated, person)


def _other(stated: list[Identity], person: Person) -> Check:
    """Tell another person from the same one under a name of another kind."""
    given = {_kind(name) for name in person.names}
    if any(_stated_kinds(one) & given for one in stated if _readable(one)):
        return invalid(
            CheckName.RECIPIENT,
            "it was issued to another address or id than was given",
            "give the e-mail address or id that the badge was issued to",
        )
    return unknown(
        CheckName.RECIPIENT,
        "it names its recipient in another way than was given",
        "give the id that the credential states for its subject",
    )


def _is(name: str, one: Identity) -> bool:
    """Tell whether a name is the identity; each reasonable spelling of it is tried."""
    spellings = _spellings(name)
    found = _HASHED.fullmatch(one.value.strip())
    if found:
        algorithm, digest = found.groups()
        return any(
            hmac.compare_digest(_digest(algorithm, text + one.salt), digest.lower())
            for text in spellings
        )
    return not one.hashed and bool(spellings & _spellings(one.value))


def _spellings(name: str) -> set[str]:
    text = name.strip().removeprefix("mailto:")
    return {text, text.lower()} | {name} if "@" in text else {text}


def _digest(algorithm: str, text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    if algorithm == "md5":
        return hashlib.md5(data, usedforsecurity=False).hexdigest()
    return hashlib.sha256(data).hexdigest()


def _kind(name: str) -> str:
    text = name.strip().removeprefix("mailto:")
    if "@" in text and not text.startswith(("did:", "http:", "https:")):
        return "e-mail"
    return "uri" if ":" in text else "other"


def _stated_kinds(one: Identity) -> set[str]:
    """Return what an identity may be; a hash shows it only through the kind that it states."""
    if not one.hashed and not _HASHED.fullmatch(one.value.strip()):
        return {_kind(one.value)}
    return {"e-mail"} if "email" in one.kind.lower() else {"e-mail", "uri", "other"}


def _readable(one: Identity) -> bool:
    found = _HASHED.fullmatch(one.value.strip())
    if not one.hashed and found is None:
        return True
    return found is not None and len(found.group(2)) == _LENGTHS[found.group(1)]
