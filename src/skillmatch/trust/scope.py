"""Which web addresses the badges of an Open Badges 2.0 issuer may lie at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatch.trust.linked import host_of
from skillmatch.trust.shape_values import items


def scope_fault(assertion_id: str, profile: Mapping[str, Any], asserted_id: str) -> str:
    """Return why an assertion lies outside its issuer's scope; empty where it does not.

    A profile may say with what the addresses of its assertions start (``startsWith``), or on which
    hosts they lie (``allowedOrigins``). One that says neither allows the host of its own id.

    Args:
        assertion_id: Web address of the assertion.
        profile: The issuer's profile.
        asserted_id: Id of the issuer, used where the profile allows nothing by name.

    Source: Open Badges 2.0, "VerificationObject" and "Hosted Verification".
    """
    rules = profile.get("verification")
    rules = rules if isinstance(rules, Mapping) else {}
    starts = [one for one in items(rules.get("startsWith", [])) if isinstance(one, str) and one]
    if starts and not any(assertion_id.startswith(one) for one in starts):
        return f"its address does not start with {' or '.join(starts)}, as its issuer's badges do"
    origins = [
        one for one in items(rules.get("allowedOrigins", [])) if isinstance(one, str) and one
    ]
    if not origins and not starts:
        origins = [host_of(asserted_id)]
    hosts = {host_of(one) or one.lower() for one in origins}
    if origins and host_of(assertion_id) not in hosts:
        return (
            f"it lies on {host_of(assertion_id)}, its issuer's badges on {', '.join(sorted(hosts))}"
        )
    return ""
