"""The checklist as a file that a person edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, NotFoundError, RowError, StorageError
from skillmatch.model.concept import ConceptUri, SkillType
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
from skillmatch.readers.requirements import read_requirements, write_requirements
from tests.report.report_samples import CHECKLIST, uri

KNOWN = {"SQL": uri("SQL"), "welding": uri("welding"), "first aid": uri("first aid")}


def resolve(name: str) -> ConceptUri | None:
    if name.startswith("https://example.org/skill/"):
        return ConceptUri(name)
    return KNOWN.get(name)


def read(path: Path) -> Checklist:
    return read_requirements(
        path,
        resolve,
        label_of=lambda concept: f"the {concept.rsplit('/', 1)[-1]}",
        suggest=lambda name: [known for known in KNOWN if known[0] == name[0]],
    )


def read_text(folder: Path, text: str) -> Checklist:
    path = folder / "r.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_checklist_reads_back_as_it_was_written(tmp_path: Path) -> None:
    """Saving and using a file must change nothing by itself."""
    write_requirements(CHECKLIST, tmp_path / "r.toml")

    assert read(tmp_path / "r.toml") == CHECKLIST
    assert [path.name for path in tmp_path.iterdir()] == ["r.toml"]


texts = st.text(st.characters(codec="utf-8"), max_size=12)
amounts = st.floats(0, 1e6)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(
    lambda pair: Span(start=min(pair), end=max(pair))
)
sections = st.sampled_from(SectionKind)
parts = st.lists(
    st.builds(Dropped, text=texts, span=spans, section=sections, reason=texts), max_size=2
).map(tuple)
requirements = st.lists(
    st.builds(
        Requirement,
        uri=st.text("abc", min_size=1, max_size=5).map(uri),
        label=texts.filter(bool),
        framework=texts.filter(bool),
        necessity=st.sampled_from(Necessity),
        necessity_why=texts,
        confidence=st.floats(0, 1),
        skill_type=st.none() | st.sampled_from(SkillType),
        mentions=st.lists(
            st.builds(Mention, text=texts, span=spans, section=sections, unit=st.integers(0, 9)),
            max_size=3,
        ).map(tuple),
        level=texts,
        level_value=st.none() | amounts,
        level_scale=texts,
        years=st.none() | amounts,
        importance=st.none() | amounts,
        weight=amounts,
        folded=st.lists(st.text("xy", max_size=3).map(uri), max_size=2).map(tuple),
        alternatives=st.lists(st.text("xy", max_size=3).map(uri), max_size=2).map(tuple),
        how=texts,
    ),
    max_size=4,
    unique_by=lambda requirement: requirement.uri,
).map(tuple)
checklists = st.builds(
    Checklist,
    source=texts,
    title=texts,
    requirements=requirements,
    gates=st.lists(
        st.builds(
            Gate,
            kind=st.sampled_from(GateKind),
            text=texts,
            span=spans,
            necessity=st.sampled_from(Necessity),
        ),
        max_size=2,
    ).map(tuple),
    dropped=parts,
    unlinked=parts,
    units=st.integers(0, 99),
    frameworks=st.lists(texts, max_size=2).map(tuple),
    encoder=texts,
    notes=st.lists(texts, max_size=2).map(tuple),
)


@given(checklist=checklists)
def test_any_checklist_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, checklist: Checklist
) -> None:
    """Quotes, line ends, control characters and odd numbers included."""
    path = tmp_path_factory.mktemp("r") / "r.toml"

    write_requirements(checklist, path)

    assert read(path) == checklist


def test_a_person_may_remove_add_and_reweigh_lines(tmp_path: Path) -> None:
    """What the file is for."""
    path = tmp_path / "r.toml"
    write_requirements(replace(CHECKLIST, requirements=CHECKLIST.requirements[:2]), path)
    text = path.read_text(encoding="utf-8")
    python = text.index('[[requirement]]\nlabel = "Python"')
    gates = text.index("# Conditions")
    edited = (
        text[:python].replace('necessity = "must"', 'necessity = "nice"').replace("1.0", "2")
        + '[[requirement]]\nlabel = "welding"\n\n'
        + '[[requirement]]\nuri = "https://example.org/skill/tea"\n\n'
        + text[gates:]
    )

    checklist = read_text(tmp_path, edited)

    sql, welding, tea = checklist.requirements
    assert (sql.necessity, sql.weight) == (Necessity.NICE, 2.0)
    assert (welding.uri, welding.framework) == (uri("welding"), "sample-1")
    assert (welding.necessity, welding.necessity_why) == (Necessity.MUST, "added by hand")
    assert (tea.label, tea.mentions) == ("the tea", ())
    assert checklist.gates == CHECKLIST.gates


def test_all_faults_are_named_with_their_key_and_line(tmp_path: Path) -> None:
    """A person mends a file once, not once for each fault."""
    with pytest.raises(RowError) as caught:
        read_text(
            tmp_path,
            """\
units = -1
colour = "red"

[[requirement]]
label = "SQL"
necessity = "maybe"
weight = -2

[[requirement]]
label = "weldin"

[[requirement]]
uri = "https://example.org/skill/sql"
wieght = 2.0
years = true

[[requirement]]
necessity = "must"

[[requirement]]
uri = "urn:else:where"
confidence = 1.5
mention = [{ start = 9, end = 3, text = 4 }]

[[gate]]
kind = "beauty"
""",
        )

    assert sorted(caught.value.faults) == sorted([
        "line 4: necessity is 'maybe'; it must be one of 'must', 'should', 'nice'",
        "line 4: weight must be a number at least 0, not -2",
        "line 9: label no skill is called 'weldin'; did you mean 'welding'?",
        "line 12: wieght is no key here; did you mean 'weight'?",
        "line 12: years must be a number at least 0, not True",
        "line 12: uri https://example.org/skill/sql stands in line 4 already; "
        "remove one of them",
        "line 17: label is missing; a requirement needs a label or a uri",
        "line 20: uri 'urn:else:where' is in no installed framework; give a label instead",
        "line 20: confidence must be a number from 0 to 1, not 1.5",
        "line 20: text must be a text in quotes, not 4",
        "line 20: end 3 is before start 9",
        "line 25: kind is 'beauty'; it must be one of 'degree', 'licence', 'language level', "
        "'work permit', 'driving licence', 'shift', 'travel', 'background check'",
        "the head of the file: units must be a whole number of at least 0, not -1",
        "the head of the file: colour is no key here",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"label = ", "is not valid TOML: Invalid value"),
        (b"", r"holds no \[\[requirement\]\]"),
        (b'format = "other-9"', "has format 'other-9'"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"requirement = 3", r"must be written as \[\[requirement\]\]"),
    ],
)
def test_a_file_of_something_else_is_told_apart(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """Each with what is wrong, and the file's name."""
    path = tmp_path / "r.toml"
    path.write_bytes(content)

    with pytest.raises(DataError, match=rf"r\.toml: .*{message}"):
        read(path)


def test_a_missing_file_and_a_missing_folder_say_so(tmp_path: Path) -> None:
    """Neither is a traceback."""
    with pytest.raises(NotFoundError, match="there is no file"):
        read(tmp_path / "none.toml")
    with pytest.raises(StorageError, match=r"cannot write .*No such file"):
        write_requirements(CHECKLIST, tmp_path / "none" / "r.toml")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Some editors add one when they save."""
    checklist = read_text(tmp_path, '\ufeff[[requirement]]\nlabel = "SQL"\n')

    assert [one.label for one in checklist.requirements] == ["SQL"]
