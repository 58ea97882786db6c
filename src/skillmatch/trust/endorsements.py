"""Whether those who are said to vouch for a credential really do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from skillmatch.errors import DataError
from skillmatch.model.credential import Credential
from skillmatch.model.verification import Check, CheckName, CheckState, Verification
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.checks import invalid, listed, unknown, valid
from skillmatch.trust.claims import body_of
from skillmatch.trust.documents import Documents, Missing
from skillmatch.trust.shape_values import is_uri, items

MAX_ENDORSEMENTS = 20
_LONGEST = 160
_ASK = "ask the issuer for endorsements that can be checked"
_PARTS = ("badge", "issuer", "credentialSubject", "achievement", "creator")
VerifyOne = Callable[[Credential], Verification | None]


def check_endorsements(
    credential: Credential, *, documents: Documents, verify_one: VerifyOne
) -> Check:
    """Return whether every endorsement of a credential holds, by itself and for this credential.

    One that is wrong makes the check invalid, one that cannot be judged unknown. The credential
    stands without them.

    Args:
        credential: Its own endorsements and those of its issuer and achievement.
        documents: Where endorsements that are only links come from.
        verify_one: Verifies one endorsement, its own endorsements included; None where enough was
            verified already.
    """
    stated = tuple(_stated(body_of(credential), 0))
    linked, missing = _linked(stated, documents)
    found = (*credential.endorsements, *linked)
    unreadable = sum(not is_uri(one) for one in stated) - len(credential.endorsements)
    missing += [Missing(reason="one cannot be read")] * max(unreadable, 0)
    if not found and not missing:
        return valid(CheckName.ENDORSEMENTS, "it has no endorsements")
    if len(found) > MAX_ENDORSEMENTS:
        reason = f"it has more than {MAX_ENDORSEMENTS} endorsements"
        return unknown(CheckName.ENDORSEMENTS, reason, "ask the issuer for fewer")
    targets = frozenset(_ids(body_of(credential), 0))
    results = [_one(one, targets, verify_one) for one in found]
    return _together(results, missing)


def _together(results: list[tuple[CheckState, str]], missing: list[Missing]) -> Check:
    total = len(results) + len(missing)
    bad = [reason for state, reason in results if state is CheckState.INVALID]
    if bad:
        return invalid(
            CheckName.ENDORSEMENTS, f"{len(bad)} of {total} do not hold: {listed(bad, 2)}", _ASK
        )
    open_ones = [reason for state, reason in results if state is CheckState.UNKNOWN]
    open_ones += [one.reason for one in missing]
    if open_ones:
        mend = next((one.mend for one in missing if one.mend), _ASK)
        reason = f"{len(open_ones)} of {total} could not be judged: {listed(open_ones, 2)}"
        return unknown(CheckName.ENDORSEMENTS, reason, mend)
    return valid(
        CheckName.ENDORSEMENTS, f"all {total} hold" if total > 1 else "the one it has holds"
    )


def _one(
    endorsement: Credential, targets: frozenset[str], verify_one: VerifyOne
) -> tuple[CheckState, str]:
    name = endorsement.issuer.name or endorsement.issuer.id or "somebody without a name"
    if not endorsement.endorses:
        return CheckState.INVALID, f"the one by {name} does not say what it is about"
    if endorsement.endorses not in targets:
        return CheckState.INVALID, f"the one by {name} is about something else"
    verification = verify_one(endorsement)
    if verification is None:
        return CheckState.UNKNOWN, f"the one by {name} lies too deep, or is one too many"
    for state in (CheckState.INVALID, CheckState.UNKNOWN):
        for check in verification.checks:
            if check.state is state:
                return state, f"the one by {name}: {_short(check.reason)}"
    return CheckState.VALID, ""


def _short(reason: str) -> str:
    """Cut a reason, which may hold the reasons of endorsements within endorsements."""
    return reason if len(reason) <= _LONGEST else reason[:_LONGEST].rstrip() + "…"


def _linked(
    stated: tuple[object, ...], documents: Documents
) -> tuple[tuple[Credential, ...], list[Missing]]:
    """Fetch endorsements that are only web addresses, as in Open Badges 2.0."""
    urls = list(dict.fromkeys(one for one in stated if isinstance(one, str) and is_uri(one)))
    found: list[Credential] = []
    missing: list[Missing] = []
    for url in urls[:MAX_ENDORSEMENTS]:
        data = documents.get(url)
        if isinstance(data, Missing):
            missing.append(data)
            continue
        try:
            found += read_credential_bytes(data, url)
        except (DataError, ValueError) as fault:
            missing.append(Missing(reason=f"what lies at {url} cannot be read: {fault}"))
    missing += [Missing(reason=f"{url} is one too many") for url in urls[MAX_ENDORSEMENTS:]]
    return tuple(found), missing


def _stated(node: object, depth: int) -> Iterator[object]:
    """Yield the endorsements of a credential and its parts as written: objects, tokens, links."""
    if isinstance(node, list):
        for one in node:
            yield from _stated(one, depth)
    elif isinstance(node, Mapping) and depth <= 6:
        for key in ("endorsement", "endorsementJwt"):
            yield from items(node.get(key, []))
        for key in _PARTS:
            yield from _stated(node.get(key), depth + 1)


def _ids(node: object, depth: int) -> Iterator[str]:
    """Yield the ids of a credential and its parts: what an endorsement of it may be about."""
    if isinstance(node, list):
        for one in node:
            yield from _ids(one, depth)
    elif isinstance(node, Mapping) and depth <= 6:
        if isinstance(node.get("id"), str):
            yield node["id"]
        for key in (*_PARTS, "parentOrg"):
            value = node.get(key)
            if isinstance(value, str):
                yield value
            yield from _ids(value, depth + 1)
