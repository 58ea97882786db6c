"""What an error says can be printed, whatever was in the file that it quotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import MAX_MESSAGE, DataError, RowError, SkillmatchError


@given(st.text())
def test_a_message_obeys_no_terminal_and_can_be_encoded(quoted: str) -> None:
    """A file may hold escape sequences, half characters and marks that turn a line around."""
    message = str(DataError(f"the header has {quoted}", path=Path("a.csv"), line=1))

    assert all(one.isprintable() or one in "\n\t" for one in message)
    assert message.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["", "für Größe 3\u202f%".replace("\u202f", " "), "one\ntwo\tthree"]
)
def test_what_can_be_printed_stays_as_it_is(text: str) -> None:
    """Other languages and lists over several lines are no attack."""
    assert str(SkillmatchError(text)) == text


def test_a_message_is_never_a_screen_long() -> None:
    """Each of ten faulty rows may quote a cell of any length."""
    message = str(RowError(tuple("x" * 9_000 for _ in range(10)), path=Path("a.csv")))

    assert len(message) < MAX_MESSAGE + 50
    assert message.startswith("a.csv: 10 faults: xxx")
    assert message.endswith("more characters)")


def test_faults_are_counted_as_faults() -> None:
    """Two wrong cells of one row are two things to mend, and no two rows."""
    place = Path("a.csv")

    two = RowError(("row 2, column A: is 'x'", "row 2, column B: is 'y'"), path=place)

    assert str(two) == "a.csv: 2 faults: row 2, column A: is 'x'; row 2, column B: is 'y'"
    assert str(RowError(("row 2: cut short",), path=place)) == "a.csv: 1 fault: row 2: cut short"
