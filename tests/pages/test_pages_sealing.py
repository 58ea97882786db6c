"""What travels through a browser comes back unchanged, or not at all."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from skillmatch_api.pages.sealing import LIFE, seal, unseal
from tests.pages.browsing import NOW

SEALED = seal(b"verified", purpose="page of one", at=NOW)


@given(data=st.binary(max_size=200))
def test_what_is_sealed_comes_back(data: bytes) -> None:
    """For as long as it counts, to the second."""
    sealed = seal(data, purpose="page", at=NOW)

    assert unseal(sealed, purpose="page", at=NOW + LIFE) == data


@given(place=st.integers(0, len(SEALED) - 1), char=st.characters(max_codepoint=127))
def test_nothing_that_was_changed_comes_back(place: int, char: str) -> None:
    """One letter more or less is enough: a proof state must not be written by hand."""
    changed = SEALED[:place] + char + SEALED[place + 1 :]

    assert changed == SEALED or unseal(changed, purpose="page of one", at=NOW) is None


@given(text=st.text(max_size=200))
def test_what_was_never_sealed_is_nothing(text: str) -> None:
    """Whatever is in the field, it is refused and never an error."""
    assert unseal(text, purpose="page of one", at=NOW) is None


def test_it_counts_for_its_purpose_and_for_a_day() -> None:
    """What one organisation's issuers prove, another need not believe; and badges expire."""
    assert unseal(SEALED, purpose="page of another", at=NOW) is None
    late = NOW + LIFE + timedelta(seconds=1)
    assert unseal(SEALED, purpose="page of one", at=late) is None
