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
_ASK = "ask the issuer for endorsements that can be checked"
_ESSENTIAL = (CheckName.SHAPE, CheckName.PROOF, CheckName.ISSUER, CheckName.DATES, CheckName.STATUS)
VerifyOne = Callable[[Credential], Verification]


def check_endorsements(
    credential: Credential, *, documents: Documents, verify_one: VerifyOne
) -> Check:
    """Return whether every endorsement of a credential holds, by itself and for this credential.

    One that is wrong makes the check invalid, one that cannot be judged unknown. The credential
    stands without them.

    Args:
        credential: Its own endorsements and those of its issuer and achievement.
        documents: Where endorsements that are only links come from.
        verify_one: Verifies one endorsement, its own endorsements included.
    """
    linked, missing = _linked(credential, documents)
    found = (*credential.endorsements, *linked)
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
    if endorsement.endorses and endorsement.endorses not in targets:
        return CheckState.INVALID, f"the one by {name} is about something else"
    verification = verify_one(endorsement)
    checks = [check for check in verification.checks if check.check in _ESSENTIAL]
    for state in (CheckState.INVALID, CheckState.UNKNOWN):
        for check in checks:
            if check.state is state:
                return state, f"the one by {name}: {check.reason}"
    return CheckState.VALID, ""


def _linked(
    credential: Credential, documents: Documents
) -> tuple[tuple[Credential, ...], list[Missing]]:
    """Fetch endorsements that are only web addresses, as in Open Badges 2.0."""
    urls = list(dict.fromkeys(_urls(credential.document, 0)))
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


def _urls(node: object, depth: int) -> Iterator[str]:
    if not isinstance(node, Mapping) or depth > 3:
        return
    for one in items(node.get("endorsement", [])):
        if is_uri(one):
            yield one
    for key in ("badge", "issuer"):
        yield from _urls(node.get(key), depth + 1)


def _ids(node: object, depth: int) -> Iterator[str]:
    """Yield the ids of a credential and its parts: what an endorsement of it may be about."""
    if isinstance(node, list):
        for one in node:
            yield from _ids(one, depth)
    elif isinstance(node, Mapping) and depth <= 6:
        if isinstance(node.get("id"), str):
            yield node["id"]
        for key in ("badge", "issuer", "credentialSubject", "achievement", "creator", "parentOrg"):
            value = node.get(key)
            if isinstance(value, str):
                yield value
            yield from _ids(value, depth + 1)
