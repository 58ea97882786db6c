"""Lengths of time in English and German become years."""

from __future__ import annotations

import pytest

from skillmatch.text.durations import said_years, typed_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2", 2.0),
        ("3+", 3.0),
        ("2 years", 2.0),
        ("18 months", 1.5),
        ("5y", 5.0),
        ("1,5", 1.5),
        ("at least 5 years", 5.0),
        ("3 years of experience", 3.0),
        ("3 Jahre", 3.0),
        ("3 J.", 3.0),
        ("mind. 5 Jahre", 5.0),
        ("Mindestens 5 Jahre Berufserfahrung", 5.0),
        ("seit 4 Jahren", 4.0),
        ("ab 3 Jahren", 3.0),
        ("3 bis 5 Jahre", 3.0),
        ("3–5 Jahre", 3.0),
        ("1,5 Jahre", 1.5),
        ("ein halbes Jahr", 0.5),
        ("anderthalb Jahre", 1.5),
        ("fünf Jahre", 5.0),
        ("fuenf Jahre", 5.0),
        ("18 Monate", 1.5),
        ("6 Mon.", 0.5),
        ("3-jährig", 3.0),
        ("dreijährige Praxis", 3.0),
        ("mehrjährig", 3.0),
        ("mehrjährige einschlägige Berufserfahrung", 3.0),
        ("langjährige Erfahrung", 3.0),
        ("-3 Jahre", -3.0),
        ("300 Jahre", 300.0),
    ],
)
def test_a_length_that_was_typed_is_read_in_both_languages(text: str, years: float) -> None:
    """Of a range the lower end holds: so much is asked for, or was done, at least."""
    assert typed_years(text) == years


@pytest.mark.parametrize(
    "text", ["Jahre", "seit 2019", "gut", "3 Jahre alt", "3 Jahre Ausbildung", "mehrsprachig", ""]
)
def test_what_is_no_length_is_left_to_be_a_level(text: str) -> None:
    """It is refused there if it is none either, with words that are."""
    assert typed_years(text) is None


@pytest.mark.parametrize(
    ("clause", "years"),
    [
        ("3+ years of Python", 3.0),
        ("min 6 months exp. in a warehouse", 0.5),
        ("two years or more as a sous chef", 2.0),
        ("mindestens 3 Jahre Erfahrung in Python", 3.0),
        ("Mehrjährige Berufserfahrung in der Buchhaltung", 3.0),
        ("fünfjährige einschlägige Erfahrung", 5.0),
        ("dreijährige Ausbildung und mindestens 2 Jahre Praxis", 2.0),
        ("Python (seit 4 Jahren)", 4.0),
        ("dreijährige Ausbildung zum Koch", None),
        ("3 Jahre Ausbildung", None),
        ("mindestens 18 Jahre alt", None),
        ("ab 18 Jahren", None),
        ("befristet auf 2 Jahre", None),
        ("vor 3 Jahren gegründet", None),
        ("Mehrjährige Pflanzen", None),
    ],
)
def test_running_text_tells_of_experience_and_not_of_ages_or_contracts(
    clause: str, years: float | None
) -> None:
    """German postings give a number of years to much that is no experience."""
    assert said_years(clause) == years
