"""Skills as people write them into one cell of a catalogue."""

from __future__ import annotations

import pytest

from skillmatch.readers.offers.skill_text import read_skills


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("SQL (advanced)", "SQL", "advanced"),
        ("SQL (fortgeschritten)", "SQL", "fortgeschritten"),
        ("Excel (sehr gute Kenntnisse)", "Excel", "sehr gute Kenntnisse"),
        ("Deutsch (B2)", "Deutsch", "B2"),
        ("Deutsch (Niveau: B2)", "Deutsch", "B2"),
        ("Java (computer programming)", "Java (computer programming)", ""),
        ("Recht (Grundlagen des Vertrags)", "Recht (Grundlagen des Vertrags)", ""),
    ],
)
def test_a_bracket_is_a_level_in_either_language_or_else_a_part_of_the_name(
    text: str, name: str, level: str
) -> None:
    """A name that lost its bracket would be another skill, and a level in it would be lost."""
    (skill,) = read_skills(text, "/skills")

    assert (skill.name, skill.level) == (name, level)
