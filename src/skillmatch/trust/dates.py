"""Whether a credential holds at a moment: not before it begins, not after it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName
from skillmatch.trust.checks import invalid, unknown, valid
from skillmatch.trust.claims import body_of

_STARTS = ("validFrom", "issuanceDate", "issuedOn")
_ENDS = ("validUntil", "expirationDate", "expires")
_AWARDS = ("awardedDate",)
_RENEW = "ask the issuer to renew it"
_CORRECT = "ask the issuer for a corrected one"


def check_dates(credential: Credential, at: datetime) -> Check:
    """Return whether the credential has begun and has not ended at ``at`` (an aware moment).

    A credential holds from its first moment on and no longer at its last. Every start and every end
    that it states counts, a JWT's ``nbf`` and ``exp`` included. One that states none has no end.

    Source: W3C Verifiable Credentials Data Model 2.0, "Validity Period"; Open Badges 2.0,
    "Assertion".
    """
    body = body_of(credential)
    fields = {
        key: moment_of(body[key])
        for key in (*_STARTS, *_ENDS, *_AWARDS)
        if body.get(key) is not None
    } | _token_dates(credential)
    unread = [key for key, moment in fields.items() if moment is None]
    if unread:
        return invalid(
            CheckName.DATES, f"{', '.join(unread)} is no date that can be read", _CORRECT
        )
    starts = _present(fields, (*_STARTS, "nbf"))
    ends = _present(fields, (*_ENDS, "exp"))
    return _compare(starts, ends, _present(fields, _AWARDS), at)


def ends_at(credential: Credential) -> datetime | None:
    """Return the first moment at which a credential holds no longer, None where it states no end.

    The end of its proof counts, too. What cannot be read as a date is left to ``check_dates``.
    """
    body = body_of(credential)
    proof = body.get("proof")
    proofs = proof if isinstance(proof, list) else [proof]
    stated = [body.get(key) for key in _ENDS]
    stated += [one.get("expires") for one in proofs if isinstance(one, Mapping)]
    if credential.token:
        stated.append(credential.document.get("exp"))
    ends = [moment for one in stated if (moment := moment_of(one)) is not None]
    return min(ends, default=None)


def _compare(
    starts: dict[str, datetime],
    ends: dict[str, datetime],
    awards: dict[str, datetime],
    at: datetime,
) -> Check:
    """Compare moments; each mapping goes from field to moment."""
    start = max(starts.values(), default=None)
    end = min(ends.values(), default=None)
    award = max(awards.values(), default=None)
    if start is not None and end is not None and end < start:
        reason = f"its end {_day(end)} lies before its beginning {_day(start)}"
        return invalid(CheckName.DATES, reason, _CORRECT)
    if start is not None and start > at:
        return invalid(CheckName.DATES, f"it holds only from {_day(start)} on", "wait until then")
    if award is not None and award > at:
        return invalid(CheckName.DATES, f"it is awarded only on {_day(award)}", "wait until then")
    if end is not None and end <= at:
        return invalid(CheckName.DATES, f"it expired on {_day(end)}", _RENEW)
    return valid(CheckName.DATES, _said(start, end))


def _said(start: datetime | None, end: datetime | None) -> str:
    since = "" if start is None else f" from {_day(start)}"
    until = ", with no end" if end is None else f" until {_day(end)}"
    return f"it holds{since}{until}"


def moment_of(value: object) -> datetime | None:
    """Return a moment in UTC: ISO 8601, or seconds since 1970; None for anything else.

    A time without a zone is taken for UTC, a day for its beginning.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, tz=UTC)
        if isinstance(value, str) and value.isdecimal():
            return datetime.fromtimestamp(int(value), tz=UTC)
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _token_dates(credential: Credential) -> dict[str, datetime | None]:
    claims: Mapping[str, Any] = credential.document if credential.token else {}
    return {key: moment_of(claims[key]) for key in ("nbf", "exp") if key in claims}


def _present(fields: Mapping[str, datetime | None], keys: tuple[str, ...]) -> dict[str, datetime]:
    found = {key: fields.get(key) for key in keys}
    return {key: moment for key, moment in found.items() if moment is not None}


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def holds(document: Mapping[str, Any], at: datetime) -> Check:
    """Return whether the dates that a document states itself (a status list) hold at ``at``."""
    starts = {key: moment_of(document[key]) for key in _STARTS if key in document}
    ends = {key: moment_of(document[key]) for key in _ENDS if key in document}
    if None in starts.values() or None in ends.values():
        return unknown(CheckName.DATES, "its dates cannot be read")
    return _compare(_present(starts, _STARTS), _present(ends, _ENDS), {}, at)
