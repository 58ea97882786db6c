"""Review files: what is written is read, and what a person did to one is kept or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, RowError, UsageError
from skillmatch.model.alignment import (
    Decision,
    Review,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)
from skillmatch.readers.alignments import read_review, write_review
from skillmatch.readers.alignments.review_csv import csv_text, read_review_csv
from skillmatch.readers.alignments.review_yaml import read_any_yaml, read_review_yaml
from skillmatch.readers.alignments.yaml_quick import read_quickly
from skillmatch.readers.alignments.yaml_text import HEADER, scalar, yaml_text
from tests.watchdog import no_hang

PLACE = Path("review.yaml")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=20)
WORDS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@st.composite
def entries(draw: st.DrawFn) -> ReviewEntry:
    decision = draw(st.sampled_from(Decision))
    return ReviewEntry(
        uri=f"http://example.org/{draw(WORDS)}",
        label=draw(TEXTS),
        framework=draw(LINES),
        confidence=draw(st.none() | st.integers(0, 100).map(lambda one: one / 100)),
        words=draw(TEXTS),
        how=draw(LINES),
        standing=draw(st.sampled_from(Standing)),
        decision=decision,
        edited="http://example.org/edited" if decision is Decision.EDIT else "",
        comment=draw(TEXTS),
        reviewer=draw(TEXTS),
        date=draw(st.sampled_from(["", "2026-11-30"])),
    )


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    badges = []
    for badge in draw(st.lists(WORDS, unique=True, max_size=2)):
        statements = []
        for text in draw(st.lists(TEXTS.filter(str.strip), unique_by=text_digest, max_size=3)):
            found = draw(st.lists(entries(), unique_by=lambda one: one.uri, max_size=3))
            statements.append(
                ReviewStatement(
                    at="/description",
                    digest=text_digest(text),
                    kind="description",
                    text=text,
                    entries=tuple(found),
                )
            )
        badges.append(
            ReviewBadge(
                id=f"https://example.org/{badge}",
                name=draw(TEXTS),
                file="a.json",
                statements=tuple(statements),
            )
        )
    return Review(frameworks=("esco-1",), encoder="e", badges=tuple(badges))


@given(review=reviews())
def test_what_is_written_as_yaml_is_read_again(review: Review) -> None:
    """Every text, however odd, comes back as it was, by both ways of reading."""
    text = yaml_text(review)

    assert read_any_yaml(text, PLACE) == review
    assert read_quickly(text) == (review if review.badges else None)


@given(review=reviews(), data=st.data())
def test_the_quick_way_never_reads_an_edited_file_otherwise(
    review: Review, data: st.DataObject
) -> None:
    """It may leave a file to the other way, which then says what is wrong."""
    lines = yaml_text(review).split("\n")
    begin = HEADER.count("\n")
    at = data.draw(st.integers(begin, len(lines) - 1))
    new = st.sampled_from([*lines[begin:], "", "# x", "  x: 1", "      decision: accept # y"])
    lines[at : at + data.draw(st.integers(0, 2))] = data.draw(st.lists(new, max_size=2))
    text = "\n".join(lines)

    quick = read_quickly(text)

    assert quick is None or quick == read_any_yaml(text, PLACE)


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 50_000])
def test_brackets_without_end_are_refused(text: str) -> None:
    """By recursion they would end the whole process."""
    assert "line" in faults(text)


@pytest.mark.parametrize(
    "text", ["", "a: b\n---\nc: d\n", "\0", "- 1", "!!python/name:os.system x"]
)
def test_what_is_no_review_is_refused(text: str) -> None:
    """Whatever YAML would make of it."""
    assert faults(text)


@given(review=reviews())
def test_what_is_written_as_csv_is_read_again(review: Review) -> None:
    """Badges without statements have no row, and frameworks no column; all else comes back."""
    found = read_review_csv(csv_text(review), PLACE)

    assert found.badges == tuple(badge for badge in review.badges if badge.statements)


@given(text=TEXTS)
def test_any_yaml_reader_takes_a_scalar_for_its_text(text: str) -> None:
    """Other programs read the file, too; a confidence and a date are what they look like."""
    read = yaml.safe_load(f"key: {scalar(text)}")["key"]

    assert read == text or scalar(text) == text


ENTRY = """\
format: skillmatch-alignment-review-1
badges:
- badge: https://example.org/b
  statements:
  - at: /description
    text: Bake bread
    concepts:
    - uri: http://example.org/bake
      decision: accept
"""


def faults(text: str) -> str:
    with pytest.raises(DataError) as caught:
        read_review_yaml(text, PLACE)
    return str(caught.value)


def test_a_concept_may_be_added_by_hand_with_its_uri_alone() -> None:
    """The reviewer knows concepts that no run proposed."""
    review = read_review_yaml(ENTRY, PLACE)

    (entry,) = review.badges[0].statements[0].entries
    assert (entry.decision, entry.standing) == (Decision.ACCEPT, Standing.BY_HAND)


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (("accept", "acept"), 8, "pending, accept, reject, edit"),
        (("accept", "edit"), 8, "edited must be the URI"),
        (("accept", "accept\n      decision: reject"), 10, "stands here and on line 9"),
        (("accept", "accept  # sure"), 9, "a comment of your own"),
        (("    concepts:", "    # mine\n    concepts:"), 7, "a comment of your own"),
        (("decision:", "descision:"), 8, "did you mean 'decision'"),
        (("accept", "*x"), 9, "alias"),
        (("accept", "accept\n      decided: [unclosed"), 11, "not valid YAML"),
        (("accept", "accept\n    - uri: http://example.org/bake"), 10, "on line 8"),
        (("accept", "[accept]"), 9, "must be one text"),
        (("    - uri:", "      uri:"), 8, "must be a list"),
    ],
)
def test_an_odd_edit_is_named_with_its_line(change: tuple[str, str], line: int, what: str) -> None:
    """Whoever edits by hand is told where, and the file stays as it is."""
    message = faults(ENTRY.replace(*change))

    assert f"line {line}" in message
    assert what in message


def test_all_faults_are_told_at_once() -> None:
    """One round of mending, not three."""
    with pytest.raises(RowError) as caught:
        read_review_yaml(ENTRY.replace("accept", "maybe") + "      colour: red\n", PLACE)

    assert len(caught.value.faults) == 2


def test_a_number_sign_inside_a_text_is_no_comment() -> None:
    """C# is a language."""
    text = ENTRY.replace("Bake bread", '"Write C# #1"').replace(
        "accept", "accept\n      comment: |\n        # a heading\n        C# it is"
    )

    (badge,) = read_review_yaml(text, PLACE).badges

    assert badge.statements[0].text == "Write C# #1"
    assert badge.statements[0].entries[0].comment.startswith("# a heading")


def test_words_that_yaml_takes_for_something_else_stay_words() -> None:
    """A comment that says no is a comment, and a date is what was typed."""
    text = ENTRY + "      comment: no\n      date: 2026-11-30\n      reviewer: 007\n"

    (entry,) = read_review_yaml(text, PLACE).badges[0].statements[0].entries

    assert (entry.comment, entry.date, entry.reviewer) == ("no", "2026-11-30", "007")


def test_a_spreadsheet_may_change_separators_order_and_case(tmp_path: Path) -> None:
    """Excel writes semicolons in half of the world."""
    rows = "Decision;URI;Badge;At;Text;Confidence\r\nACCEPT;http://example.org/a;b;/d;Bake;0,75\r\n"
    path = tmp_path / "review.csv"
    path.write_text(rows, encoding="utf-8-sig")

    (entry,) = read_review(path).badges[0].statements[0].entries

    assert (entry.decision, entry.confidence) == (Decision.ACCEPT, 0.75)


def test_a_cell_that_looks_like_a_formula_is_written_as_text() -> None:
    """A badge from elsewhere must not run anything in a reviewer's spreadsheet."""
    entry = ReviewEntry(uri="http://example.org/a", comment="=HYPERLINK(1)")
    statement = ReviewStatement(at="", digest="t1", kind="", text="-1+1", entries=(entry,))
    review = Review(badges=(ReviewBadge(id="b", statements=(statement,)),))

    text = csv_text(review)

    assert "'=HYPERLINK" in text
    assert "'-1+1" in text
    assert read_review_csv(text, PLACE).badges == review.badges


def test_a_column_of_one_s_own_is_refused() -> None:
    """It would be gone after the next run."""
    with pytest.raises(DataError, match="column 'my notes' is unknown"):
        read_review_csv("badge,at,text,decision,uri,my notes\r\n", PLACE)


def test_a_header_of_many_columns_is_refused_at_once() -> None:
    """Each was compared with all others: 200,000 took minutes."""
    with no_hang(), pytest.raises(DataError, match="is missing"):
        read_review_csv("," * 400_000 + "\n", PLACE)


def test_a_file_is_read_as_its_name_says(tmp_path: Path) -> None:
    """Both forms hold the same review."""
    review = read_review_yaml(ENTRY, PLACE)

    for name in ("review.yaml", "review.csv"):
        write_review(review, tmp_path / name)

    assert read_review(tmp_path / "review.yaml").badges == review.badges
    assert read_review(tmp_path / "review.csv").badges == review.badges


def test_another_name_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """A badge given by mistake for the review would be overwritten."""
    path = tmp_path / "badge.json"

    with pytest.raises(UsageError, match=r"ends in \.yaml, \.yml or \.csv"):
        write_review(Review(), path)

    assert not path.exists()
