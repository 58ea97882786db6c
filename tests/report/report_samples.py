"""One invented posting with its gap, rich enough to show every state and every part."""

from __future__ import annotations

from datetime import date
from typing import Any

from skillmatch.gap import compare
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import GapResult
from skillmatch.model.link import Mention
from skillmatch.model.posting import SectionKind, Span
from skillmatch.model.requirement import (
    Checklist,
    Dropped,
    Gate,
    GateKind,
    Necessity,
    Requirement,
)

POSTING = """\
Data analyst, harbour operations (m/f/d)

Kranich Logistics moves 40,000 containers a year. We have been family-owned since 1962.

What you will do
- Build dashboards that show where containers wait, and why
- Clean messy sensor and gate data
- Present findings to the shift leads & the port authority <every Monday>

What you bring
- Advanced SQL and solid Python (pandas)
- At least 3 years of statistics in practice
- Data modelling; you can explain a star schema
- Good command of spreadsheets
- A degree in a quantitative field
- Driving licence class B

Nice to have
- R or SAS
- Machine learning
- Knowledge of customs regulations
- A feel for tides

What we offer
- 30 days of leave and a bicycle

We welcome applications from everyone.
"""


def uri(name: str) -> ConceptUri:
    return ConceptUri(f"https://example.org/skill/{name.replace(' ', '-').lower()}")


PARENTS = {
    "spreadsheets": ("office software",),
    "data cleaning": ("data preparation",),
    "Power BI": ("dashboards",),
    "SAS": ("statistical software",),
    "R": ("statistical software",),
}
NAMES = {
    uri(name): name
    for name in (*PARENTS, *(up for ups in PARENTS.values() for up in ups), "SQL", "Python",
                 "statistics", "data modelling", "machine learning", "artificial intelligence")
}  # fmt: skip


class SampleWorld:
    """The invented framework behind the sample."""

    def broader(self, concept: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the direct parents."""
        return tuple(uri(name) for name in PARENTS.get(NAMES.get(concept, ""), ()))

    def pref_label(self, concept: ConceptUri) -> str:
        """Return the name, or the URI of an unknown concept."""
        return NAMES.get(concept, concept)

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Relate one pair."""
        pair = (uri("artificial intelligence"), uri("machine learning"))
        return 0.976 if (held, asked) == pair else 0.1


def span_of(words: str) -> Span:
    start = POSTING.index(words)
    return Span(start=start, end=start + len(words))


def _ask(name: str, words: str, necessity: Necessity, why: str, **more: Any) -> Requirement:  # noqa: ANN401 - any field
    section = SectionKind.PREFERRED if necessity is Necessity.NICE else SectionKind.REQUIREMENTS
    unit = POSTING[: POSTING.index(words)].count("\n")
    return Requirement(
        uri=uri(name),
        label=name,
        framework="sample-1",
        necessity=necessity,
        necessity_why=why,
        mentions=(Mention(text=words, span=span_of(words), section=section, unit=unit),),
        **more,
    )


MUST, SHOULD, NICE = Necessity.MUST, Necessity.SHOULD, Necessity.NICE
_BRING, _DO, _NICE = "under “What you bring”", "under “What you will do”", "under “Nice to have”"
REQUIREMENTS = (
    _ask("SQL", "SQL", MUST, _BRING, level="Advanced", confidence=0.97),
    _ask("Python", "Python (pandas)", MUST, _BRING, level="solid", confidence=0.95),
    _ask("statistics", "statistics in practice", MUST, _BRING, years=3.0, confidence=0.9),
    _ask("data modelling", "Data modelling", MUST, _BRING, confidence=0.93),
    _ask("spreadsheets", "spreadsheets", MUST, _BRING, level="Good", confidence=0.88),
    _ask("dashboards", "Build dashboards", SHOULD, _DO, confidence=0.86),
    _ask("data cleaning", "Clean messy sensor and gate data", SHOULD, _DO, confidence=0.81),
    _ask("present findings to an audience of specialists and of people without a background in "
         "the subject matter", "Present findings to the shift leads & the port authority",
         SHOULD, _DO, confidence=0.77),
    _ask("R", "R or SAS", NICE, _NICE, confidence=0.7),
    _ask("machine learning", "Machine learning", NICE, _NICE, confidence=0.96),
    _ask("customs law", "customs regulations", NICE, _NICE, confidence=0.84),
)  # fmt: skip

EVIDENCE = (
    Evidence(uri=uri("SQL"), label="SQL", kind=EvidenceKind.BADGE, assurance=Assurance.VERIFIED,
             source="sql-badge.json", issuer="Harbour College", issued=date(2024, 11, 5),
             level="advanced"),
    Evidence(uri=uri("Python"), label="Python", kind=EvidenceKind.CLAIM,
             assurance=Assurance.CLAIMED, source="--have"),
    Evidence(uri=uri("statistics"), label="statistics", kind=EvidenceKind.DOCUMENT,
             assurance=Assurance.DOCUMENTED, source="cv.txt", years=1.0,
             text="one year of applied statistics", span=Span(start=120, end=150)),
    Evidence(uri=uri("data modelling"), label="data modelling", kind=EvidenceKind.BADGE,
             assurance=Assurance.INVALID, source="modelling.png", issuer="Old Academy",
             reason="expired on 2023-01-31"),
    Evidence(uri=uri("spreadsheets"), label="spreadsheets", kind=EvidenceKind.DOCUMENT,
             assurance=Assurance.DOCUMENTED, source="cv.txt", text="Excel",
             span=Span(start=3, end=8)),
    Evidence(uri=uri("Power BI"), label="Power BI", kind=EvidenceKind.ENDORSEMENT,
             assurance=Assurance.ENDORSED, source="reference.pdf", issuer="M. Okoro"),
    Evidence(uri=uri("SAS"), label="SAS", kind=EvidenceKind.CLAIM, assurance=Assurance.CLAIMED,
             source="--have"),
    Evidence(uri=uri("artificial intelligence"), label="artificial intelligence",
             kind=EvidenceKind.CLAIM, assurance=Assurance.CLAIMED, source="--have"),
    Evidence(uri=uri("sailing"), label="sailing", kind=EvidenceKind.CLAIM,
             assurance=Assurance.CLAIMED, source="--have"),
)  # fmt: skip

CHECKLIST = Checklist(
    source="harbour.txt",
    title="Data analyst, harbour operations (m/f/d)",
    requirements=REQUIREMENTS,
    gates=(
        Gate(kind=GateKind.DEGREE, text="A degree in a quantitative field",
             span=span_of("A degree in a quantitative field")),
        Gate(kind=GateKind.DRIVING, text="Driving licence class B",
             span=span_of("Driving licence class B")),
    ),
    dropped=(
        Dropped(text="We have been family-owned since 1962.", section=SectionKind.COMPANY,
                span=span_of("We have been family-owned since 1962."), reason="about the company"),
        Dropped(text="30 days of leave and a bicycle", section=SectionKind.BENEFITS,
                span=span_of("30 days of leave and a bicycle"), reason="under “What we offer”"),
        Dropped(text="We welcome applications from everyone.", section=SectionKind.DIVERSITY,
                span=span_of("We welcome applications from everyone."),
                reason="diversity statement"),
    ),
    unlinked=(
        Dropped(text="A feel for tides", section=SectionKind.PREFERRED,
                span=span_of("A feel for tides"), reason="no concept is close enough"),
    ),
    units=19,
    frameworks=("sample-1",),
    encoder="none",
)  # fmt: skip


def sample_result() -> GapResult:
    """Return the gap of the sample; every state occurs in it."""
    from dataclasses import replace

    world = SampleWorld()
    result = compare(CHECKLIST, EVIDENCE, hierarchy=world, nearness=world, at=date(2025, 6, 1))
    return replace(
        result,
        unread=("tides whispering",),
        notes=("The sample framework is invented.",),
        attribution=("Invented data, free to use.",),
    )
