"""What the words around a mention say."""

from __future__ import annotations

import pytest

from skillmatch.linking.gates import find_gates
from skillmatch.linking.mentions import mentions
from skillmatch.linking.wording import is_disclaimed, read_wording
from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.model.requirement import GateKind, Necessity
from skillmatch.text.cues import classify
from skillmatch.text.segment import segment


def unit_of(text: str, section: SectionKind = SectionKind.REQUIREMENTS) -> Unit:
    return Unit(text=text, span=Span(start=0, end=len(text)), section=section)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You do not need to know SAS.", "SAS"),
        ("You don't need French, a famous name or a degree.", "a degree"),
        ("No experience in homeware required.", "homeware"),
        ("No Java required", "Java"),
        ("no prior warehouse experience needed", "warehouse experience"),
        ("No experience in logistics is needed either", "logistics"),
        ("German is **not** required on this ward", "German"),
        ("Computer skills beyond everyday use are not needed.", "Computer skills"),
        ("You like people, and nobody will ask you for PowerPoint.", "PowerPoint"),
    ],
)
def test_what_is_denied_is_no_requirement(text: str, words: str) -> None:
    """Words like "no experience required" must never become a requirement."""
    assert read_wording(unit_of(text), span_of(text, words)).negated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No qualifications needed apart from the forklift licence!", "forklift licence"),
        ("PC skills (email, Excel a bonus but NOT essential)", "Excel"),
        ("You need patience, but you do not need French.", "patience"),
        ("Python is a must.", "Python"),
    ],
)
def test_a_denial_elsewhere_does_not_spread(text: str, words: str) -> None:
    """Exceptions, bonuses and other clauses keep their requirement."""
    assert not read_wording(unit_of(text), span_of(text, words)).negated


@pytest.mark.parametrize(
    ("text", "words", "section", "necessity"),
    [
        ("Python is required", "Python", SectionKind.DUTIES, Necessity.MUST),
        ("C# would be a bonus", "C#", SectionKind.REQUIREMENTS, Necessity.NICE),
        ("Terraform", "Terraform", SectionKind.PREFERRED, Necessity.NICE),
        ("Docker", "Docker", SectionKind.REQUIREMENTS, Necessity.MUST),
        ("Write tests", "Write tests", SectionKind.DUTIES, Necessity.SHOULD),
        ("Ideally you know Rust; SQL is essential", "SQL", SectionKind.OTHER, Necessity.MUST),
        ("Excel a bonus but not essential", "Excel", SectionKind.REQUIREMENTS, Necessity.NICE),
    ],
)
def test_words_beat_sections_and_sections_beat_nothing(
    text: str, words: str, section: SectionKind, necessity: Necessity
) -> None:
    """Must, should and nice come from the nearest thing that says so."""
    wording = read_wording(unit_of(text, section), span_of(text, words))

    assert wording.necessity is necessity
    assert wording.why


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("experience with deep learning", "deep learning", ""),
        ("experience with deep learning", "learning", ""),
        ("deep knowledge of statistics", "statistics", "deep"),
        ("React and native app development", "React", ""),
        ("native French", "French", "native"),
        ("good manufacturing practice", "good manufacturing practice", ""),
        ("business analysis", "business analysis", ""),
        ("business fluent English", "English", "fluent"),
        ("very good knowledge of Python", "Python", "very good"),
    ],
)
def test_a_word_that_is_part_of_a_name_is_no_level(text: str, words: str, level: str) -> None:
    """Or whoever knows machine learning at all is told to fall short of "deep" machine learning."""
    wording = read_wording(unit_of(text), span_of(text, words))

    assert wording.level == level


@pytest.mark.parametrize(
    ("text", "words", "level", "years"),
    [
        ("3+ years of Python", "Python", "", 3.0),
        ("min 6 months exp. in a warehouse", "warehouse", "", 0.5),
        ("advanced knowledge of SQL", "SQL", "advanced", None),
        ("Strong knowledge of SQL", "SQL", "strong", None),
        ("You know C. Fluent English helps", "English", "fluent", None),
        ("BASIC, SQL", "SQL", "", None),
        ("English at level B2", "English", "level B2", None),
        ("English (native), French (school level, A2)", "French", "A2", None),
        ("two years or more as a sous chef", "sous chef", "", 2.0),
        ("Mindestens 3 Jahre Erfahrung in Python", "Python", "", 3.0),
        ("Sehr gute Kenntnisse in SQL", "SQL", "Sehr gute Kenntnisse", None),
        ("Deutsch (Muttersprache), Englisch (fließend)", "Englisch", "fließend", None),
        ("SQL (fortgeschritten, seit 5 Jahren)", "SQL", "fortgeschritten", 5.0),
        ("Arbeit in sicherem Umfeld, Excel", "Excel", "", None),
    ],
)
def test_level_and_years_are_read_where_stated(
    text: str, words: str, level: str, years: float | None
) -> None:
    """Neither is guessed where the text is silent."""
    wording = read_wording(unit_of(text), span_of(text, words))

    assert (wording.level, wording.years) == (level, years)


@pytest.mark.parametrize(
    ("text", "words", "disclaimed"),
    [
        ("I have not used Docker at work so far", "Docker", True),
        ("I have no experience yet with wound therapy", "wound therapy", True),
        ("I have read about Kubernetes but never run it", "Kubernetes", False),
        ("Cooked for forty guests without a break in service", "service", True),
        ("Ran Docker in production", "Docker", False),
        ("Spanish (native), English (B1), French (none so far)", "French", True),
        ("Spanish (native), English (B1), French (none so far)", "English", False),
        ("Excel: not yet", "Excel", True),
    ],
)
def test_what_a_cv_denies_is_no_evidence(text: str, words: str, disclaimed: bool) -> None:
    """The clause decides: rather one skill overlooked than one claimed for somebody."""
    assert is_disclaimed(unit_of(text), span_of(text, words)) is disclaimed


def test_a_unit_offers_its_phrases_without_their_introductions() -> None:
    """An introduction like "strong knowledge of" names no skill, and a list names several."""
    text = "Strong knowledge of Python, C# and .NET; CI/CD is a plus"

    found = [mention.text for mention in mentions(unit_of(text))]

    assert found[0] == text
    assert {"Python", "C#", ".NET", "CI/CD"} <= set(found)
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions(unit_of(text)))


def test_gates_are_listed_by_kind_and_denied_ones_are_not() -> None:
    """Degrees, licences, languages, permits, shifts and checks stand apart from skills."""
    text = (
        "Requirements\n"
        "- Bachelor's degree in biology\n"
        "- valid forklift licence\n"
        "- full driving licence preferred\n"
        "- fluent German, English at level B2\n"
        "- right to work in the EU\n"
        "- rotating shifts, weekends\n"
        "- willingness to travel\n"
        "- DBS check not required\n"
        "\nBenefits\n- we pay for your driving licence\n"
    )

    gates = find_gates(classify(segment(text)))

    assert [gate.kind for gate in gates] == [
        GateKind.DEGREE,
        GateKind.LICENCE,
        GateKind.DRIVING,
        GateKind.LANGUAGE,
        GateKind.LANGUAGE,
        GateKind.WORK_PERMIT,
        GateKind.SHIFT,
        GateKind.TRAVEL,
    ]
    assert gates[2].necessity is Necessity.NICE
