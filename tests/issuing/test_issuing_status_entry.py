"""Status lists: one bit changes, and all others stay."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, NotFoundError, UsageError
from skillmatch.issuing.signing import sign_data_integrity
from skillmatch.issuing.status_entry import (
    ENTRIES,
    encode_bits,
    free_index,
    is_set,
    list_bits,
    new_status_list,
    status_entry,
    with_bit,
    with_bits,
)
from skillmatch.issuing.status_register import (
    entry_of,
    locked,
    read_register,
    register_path,
    write_register,
)
from tests.issuing.issuing_samples import DAY, key

URL = "https://school.example/status/1"


def new_list() -> dict[str, Any]:
    return new_status_list(URL, issuer=key().did, valid_from=DAY)


def test_a_new_list_revokes_nobody_and_is_as_long_as_the_standard_asks() -> None:
    """A shorter one would tell whose badge is looked up."""
    bits = list_bits(new_list())

    assert (len(bits) * 8, any(bits)) == (131_072, False)


@given(bits=st.binary(min_size=1, max_size=64), data=st.data(), value=st.booleans())
def test_setting_an_entry_changes_that_entry_alone(
    bits: bytes, data: st.DataObject, value: bool
) -> None:
    """Nobody else's badge may be revoked with it."""
    index = data.draw(st.integers(0, len(bits) * 8 - 1))

    changed = with_bit(bits, index, value=value)

    others = [place for place in range(len(bits) * 8) if place != index]
    assert is_set(changed, index) is value
    assert [is_set(changed, one) for one in others] == [is_set(bits, one) for one in others]


@given(bits=st.binary(min_size=1, max_size=200))
def test_what_was_encoded_is_read_as_it_was(bits: bytes) -> None:
    """And encoding twice gives the same text, so that an unchanged list stays unchanged."""
    encoded = encode_bits(bits)

    assert encode_bits(bits) == encoded
    assert list_bits({"credentialSubject": {"encodedList": encoded}}) == bits


def test_entry_0_is_the_highest_bit_of_the_first_byte() -> None:
    """The standard counts from the left; counting from the right revokes a neighbour."""
    assert with_bit(bytes(2), 0, value=True) == b"\x80\x00"
    assert with_bit(bytes(2), 9, value=True) == b"\x00\x40"


def test_another_library_reads_the_entry_that_was_set() -> None:
    """Verifiers are other people's programs."""
    from openbadgeslib.ob3.status import decode_encoded_list, set_indices

    bits = with_bit(list_bits(new_list()), 94_567, value=True)
    made = with_bits(new_list(), bits, valid_from=DAY)

    read = decode_encoded_list(made["credentialSubject"]["encodedList"])
    assert set_indices(read) == {94_567}


def test_a_list_can_be_signed_and_a_changed_one_has_lost_its_proof() -> None:
    """The proof held for the old bits only."""
    signed = sign_data_integrity(new_list(), key(), created=DAY)

    changed = with_bits(signed, with_bit(list_bits(signed), 3, value=True), valid_from=DAY)

    assert "proof" not in changed
    assert sign_data_integrity(changed, key(), created=DAY)["proof"] != signed["proof"]


def test_an_entry_points_at_its_list() -> None:
    """These five fields are what a verifier follows."""
    assert status_entry(new_list(), 7) == {
        "id": f"{URL}#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": URL,
    }


@given(taken=st.sets(st.integers(0, 15), max_size=15), name=st.text(max_size=8))
def test_a_free_entry_is_free_and_the_same_each_time(taken: set[int], name: str) -> None:
    """An entry given away twice would revoke two people at once."""
    index = free_index(name, 16, taken)

    assert index not in taken
    assert 0 <= index < 16
    assert free_index(name, 16, taken) == index


def test_badges_of_one_day_lie_far_apart() -> None:
    """Neighbouring entries would tell who was in the same class."""
    places = sorted(free_index(f"urn:uuid:{number}", ENTRIES, ()) for number in range(20))

    assert all(after - before > 1 for before, after in pairwise(places))


def test_a_full_list_says_so() -> None:
    """Instead of searching for ever."""
    with pytest.raises(UsageError, match="another list"):
        free_index("a", 4, range(4))


@pytest.mark.parametrize("index", [-1, ENTRIES])
def test_an_entry_that_is_not_there_is_refused(index: int) -> None:
    """A typing error must not revoke somebody."""
    with pytest.raises(UsageError, match="entries 0 to 131071"):
        with_bit(list_bits(new_list()), index, value=True)


@pytest.mark.parametrize(
    "subject", [{}, [], {"encodedList": 3}, {"encodedList": "u!"}, {"encodedList": "uAAAA"}]
)
def test_what_is_no_list_is_refused(subject: object) -> None:
    """The message names the place."""
    with pytest.raises(DataError, match="/credentialSubject/encodedList"):
        list_bits({"credentialSubject": subject})


@pytest.mark.parametrize(
    "changes", [{"size": 8}, {"size": ENTRIES + 1}, {"purpose": "refresh"}, {"url": "http://a"}]
)
def test_a_list_that_no_verifier_would_accept_is_not_made(changes: dict[str, Any]) -> None:
    """Too small, not whole bytes, another purpose, an open connection."""
    given_values = {"url": URL, **changes}

    with pytest.raises(UsageError):
        new_status_list(given_values.pop("url"), issuer=key().did, valid_from=DAY, **given_values)


def test_the_note_of_given_entries_is_read_as_written(tmp_path: Path) -> None:
    """Without it nobody could find the entry of the badge to be revoked."""
    path = tmp_path / "list.json"
    assert read_register(path) == {}

    with locked(path):
        write_register(path, {70: "urn:b", 5: "urn:a"})

    assert read_register(path) == {5: "urn:a", 70: "urn:b"}
    assert [entry_of(path, name) for name in ("70", "urn:a")] == [70, 5]
    with pytest.raises(NotFoundError, match="urn:c"):
        entry_of(path, "urn:c")


@pytest.mark.parametrize(
    "line",
    [
        *("{", "[]", "7", "[" * 100_000, '{"index": "x", "credential": "a"}'),
        *('{"index": 1e999, "credential": "a"}', '{"index": -1, "credential": "a"}'),
        *('{"index": true, "credential": "a"}', '{"index": 2, "credential": null}'),
    ],
)
def test_a_damaged_note_is_not_read_past(line: str, tmp_path: Path) -> None:
    """A lost line is an entry that would be given away twice."""
    path = tmp_path / "list.json"
    good = json.dumps({"index": 1, "credential": "a"})
    register_path(path).write_text(f"{good}\n{line}\n", encoding="utf-8")

    with pytest.raises(DataError, match="line 2"):
        read_register(path)
