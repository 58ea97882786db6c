"""Whether a credential holds at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.verification import CheckState
from skillmatch.trust.dates import check_dates, ends_at
from tests.trust.badge_samples import ASSERTION, BADGE, NOW, changed, read

VALID, INVALID = CheckState.VALID, CheckState.INVALID


@pytest.mark.parametrize(
    ("fields", "state", "said"),
    [
        ({}, VALID, "from 2025-01-01"),
        ({"validFrom": "2027-01-01T00:00:00Z"}, INVALID, "only from 2027-01-01"),
        ({"validUntil": "2026-01-01T00:00:00Z"}, INVALID, "expired on 2026-01-01"),
        ({"validUntil": "2026-06-01T12:00:00Z"}, INVALID, "expired on 2026-06-01"),
        ({"validUntil": "2026-06-01T14:00:01+02:00"}, VALID, "until 2026-06-01"),
        ({"validUntil": "2024-01-01T00:00:00Z"}, INVALID, "lies before its beginning"),
        ({"validUntil": "0001-01-01T00:00:00+14:00"}, INVALID, "validUntil is no date"),
        ({"validUntil": "some day"}, INVALID, "validUntil is no date"),
        ({"awardedDate": "2026-07-01T00:00:00Z"}, INVALID, "awarded only on 2026-07-01"),
        ({"awardedDate": "2024-12-01T00:00:00Z"}, VALID, "from 2025-01-01"),
    ],
)
def test_beginning_end_and_award_are_compared_with_the_moment(
    fields: dict[str, str], state: CheckState, said: str
) -> None:
    """At its last moment a credential holds no more; time zones count."""
    check = check_dates(read({**BADGE, **fields}), NOW)

    assert (check.state, said in check.reason) == (state, True), check.reason


def test_names_of_older_formats_are_known() -> None:
    """Verifiable credentials 1.1 and Open Badges 2.0 call the same dates otherwise."""
    older = {**changed(BADGE, "validFrom"), "issuanceDate": "2020-01-01T00:00:00Z"}
    expired = {**older, "expirationDate": "2021-01-01T00:00:00Z"}
    badge = {**ASSERTION, "issuedOn": "1577836800", "expires": "2021-01-01"}

    assert check_dates(read(older), NOW).state is VALID
    assert check_dates(read(expired), NOW).reason == "it expired on 2021-01-01"
    assert check_dates(read(badge), NOW).reason == "it expired on 2021-01-01"


def test_the_claims_of_a_token_count_beside_its_fields() -> None:
    """A token that expires sooner than the credential in it has expired."""
    token = {**BADGE, "validUntil": "2030-01-01T00:00:00Z", "exp": 1_600_000_000}

    assert check_dates(read(token, compact="a.b.c"), NOW).state is INVALID
    assert check_dates(read(token), NOW).state is VALID


@given(start=st.integers(-1000, 1000), length=st.integers(0, 1000), moment=st.integers(-3000, 3000))
def test_a_credential_holds_from_its_start_to_before_its_end(
    start: int, length: int, moment: int
) -> None:
    """The period is half open, at every moment and for every length, none included."""
    at = NOW + timedelta(hours=moment)
    first = NOW + timedelta(hours=start)
    dates = {"validFrom": first.isoformat(), "validUntil": _later(first, length).isoformat()}

    check = check_dates(read({**BADGE, **dates}), at)

    assert (check.state is VALID) == (first <= at < _later(first, length))


def _later(moment: datetime, hours: int) -> datetime:
    return (moment + timedelta(hours=hours)).astimezone(UTC)


@pytest.mark.parametrize(
    ("fields", "compact", "end"),
    [
        ({}, "", None),
        ({"validUntil": "2026-09-01T14:00:00+02:00"}, "", datetime(2026, 9, 1, 12, tzinfo=UTC)),
        ({"validUntil": "2026-09-01T12:00:00Z", "exp": 1_785_499_200}, "a.b.c", "2026-07-31"),
        (
            {"validUntil": "2030-01-01", "proof": {"expires": "2026-10-01T00:00:00Z"}},
            "",
            "2026-10-01",
        ),
        ({"validUntil": "some day"}, "", None),
    ],
)
def test_the_end_is_the_first_that_credential_token_or_proof_state(
    fields: dict[str, object], compact: str, end: datetime | str | None
) -> None:
    """Whoever keeps a credential knows from the start how long it may be trusted."""
    found = ends_at(read({**BADGE, **fields}, compact=compact))

    wanted = datetime.fromisoformat(end).replace(tzinfo=UTC) if isinstance(end, str) else end
    assert (found and found.replace(hour=0) if isinstance(end, str) else found) == wanted


@given(seconds=st.integers(1, 10**9))
def test_a_credential_holds_up_to_its_end_and_not_at_it(seconds: int) -> None:
    """What lapses by itself lapses at the moment at which a check would say so."""
    end = NOW + timedelta(seconds=seconds)
    credential = read({**BADGE, "validUntil": end.isoformat()})

    assert ends_at(credential) == end
    assert check_dates(credential, end - timedelta(seconds=1)).state is VALID
    assert check_dates(credential, end).state is INVALID
