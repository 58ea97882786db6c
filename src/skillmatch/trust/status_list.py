"""One entry of a bitstring status list: fetched, checked itself, and read at its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skillmatch.errors import DataError
from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName, CheckState
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.bitstring import MIN_ENTRIES, Bitstring, BitstringError, decode_bitstring
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.claims import body_of
from skillmatch.trust.dates import holds
from skillmatch.trust.documents import Documents, Missing
from skillmatch.trust.shape_values import items

ENTRY_TYPES = frozenset(
    {"BitstringStatusListEntry", "StatusList2021Entry", "RevocationList2020Status"}
)
_ENDING = {"revocation": "the issuer has revoked it", "suspension": "the issuer has suspended it"}
_NEVER_ENDING = frozenset({"refresh", "message"})
_TELL = "tell the issuer: the status of this credential cannot be read"
ProofOf = Callable[[Credential], Check]


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A status list that can be read.

    Attributes:
        proof: Check of the list's own proof.
        notes: What is odd about it, without making it useless.
    """

    bits: Bitstring
    purposes: tuple[str, ...]
    proof: Check
    notes: tuple[str, ...]


class _UnusableError(Exception):
    """Why a status list cannot be used, and what would mend it."""

    def __init__(self, reason: str, mend: str = _TELL) -> None:
        super().__init__(reason)
        self.mend = mend


def check_entry(
    entry: Mapping[str, Any], *, documents: Documents, at: datetime, proof_of: ProofOf
) -> Check:
    """Return what a status list says of the place that an entry of ``credentialStatus`` names.

    A bit that is set counts unless the list's own proof is wrong; a bit that is not set counts only
    if that proof is right, since anybody can write a list of zeros.

    Source: W3C Bitstring Status List 1.0, "Validate Algorithm".
    """
    try:
        index, size = _place(entry)
        found = _fetch(entry, documents, at, proof_of)
        purpose = _purpose(entry, found.purposes)
        value = found.bits.at(index, size)
    except _UnusableError as fault:
        return unknown(CheckName.STATUS, str(fault), fault.mend)
    except BitstringError as fault:
        return unknown(CheckName.STATUS, f"the status list is faulty: {fault}", _TELL)
    notes = (*found.notes, *_small(found.bits, size))
    return _judge(value, purpose, entry, found, "".join(f" ({note})" for note in notes))


def _judge(value: int, purpose: str, entry: Mapping[str, Any], found: _List, notes: str) -> Check:
    if found.proof.state is CheckState.INVALID:
        reason = f"the status list's own proof does not hold: {found.proof.reason}"
        return unknown(CheckName.STATUS, reason, _TELL)
    if value and purpose in _ENDING:
        return invalid(CheckName.STATUS, _ENDING[purpose] + notes, "ask the issuer why")
    if found.proof.state is CheckState.UNKNOWN:
        reason = f"not revoked, says a list whose proof is not shown: {found.proof.reason}{notes}"
        return unknown(CheckName.STATUS, reason, found.proof.mend)
    if purpose in _ENDING:
        return valid(CheckName.STATUS, f"the status list does not mark it{notes}")
    if purpose in _NEVER_ENDING:
        return valid(CheckName.STATUS, _message(entry, value, purpose) + notes)
    return unknown(CheckName.STATUS, f"what the purpose {purpose!r} means is not known here")


def _message(entry: Mapping[str, Any], value: int, purpose: str) -> str:
    if purpose == "refresh":
        return "the issuer offers a newer version" if value else "there is no newer version"
    for said in items(entry.get("statusMessage", [])):
        if isinstance(said, Mapping) and _number(said.get("status")) == value:
            return f"the issuer says: {said.get('message', '')}"
    return f"the issuer sets its message to {value:#x}"


def _fetch(
    entry: Mapping[str, Any], documents: Documents, at: datetime, proof_of: ProofOf
) -> _List:
    url = entry.get("statusListCredential", entry.get("revocationListCredential"))
    if not isinstance(url, str):
        raise _UnusableError("the credential names no status list in statusListCredential")
    data = documents.get(url)
    if isinstance(data, Missing):
        raise _UnusableError(f"the status list was not looked at: {data.reason}", data.mend)
    try:
        (credential,) = read_credential_bytes(data, url)
    except (DataError, ValueError) as fault:
        raise _UnusableError(f"the status list at {url} cannot be read: {fault}") from fault
    body = body_of(credential)
    if (dates := holds(body, at)).state is not CheckState.VALID:
        raise _UnusableError(f"the status list itself is out of date: {dates.reason}")
    subject = body.get("credentialSubject")
    if not isinstance(subject, Mapping):
        raise _UnusableError(f"what lies at {url} is no status list")
    return _List(
        bits=_bits(subject),
        purposes=tuple(str(one) for one in items(subject.get("statusPurpose", "revocation"))),
        proof=proof_of(credential),
        notes=() if body.get("id") == url else (f"the list calls itself {body.get('id')}",),
    )


def _bits(subject: Mapping[str, Any]) -> Bitstring:
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise _UnusableError("the status list has no encodedList")
    return decode_bitstring(encoded, multibase="BitstringStatusList" in items(subject.get("type")))


def _place(entry: Mapping[str, Any]) -> tuple[int, int]:
    index = _number(entry.get("statusListIndex", entry.get("revocationListIndex")))
    if index is None:
        raise _UnusableError("statusListIndex of the credential is no whole number from 0 on")
    size = _number(entry.get("statusSize", 1))
    if size is None or not 1 <= size <= 64:
        raise _UnusableError("statusSize of the credential is no number from 1 to 64")
    return index, size


def _purpose(entry: Mapping[str, Any], listed: tuple[str, ...]) -> str:
    purpose = str(entry.get("statusPurpose", "revocation"))
    if purpose not in listed:
        said = ", ".join(listed) or "nothing"
        raise _UnusableError(f"the status list is about {said}, the credential asks for {purpose}")
    return purpose


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    if not isinstance(value, str) or not value.isascii() or len(value) > 20:
        return None
    if value.isdecimal():
        return int(value)
    return int(value, 16) if value.startswith("0x") and value[2:].isalnum() else None


def _small(bits: Bitstring, size: int) -> tuple[str, ...]:
    count = bits.bits // size
    if count >= MIN_ENTRIES:
        return ()
    return (f"the list has {count:,} places, the standard asks for {MIN_ENTRIES:,}",)
