"""Score, rules that are switched off, review dates."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError, NotFoundError
from skillmatch.quality import Finding, Severity, lint_badge
from skillmatch.quality.batch import Options, lint_path, result_of
from skillmatch.quality.score import BEST, COSTS, MOST, score_of
from skillmatch.quality.switches import Off, Switches, read_switches
from skillmatch.readers.credentials.node import Node
from tests.quality.lint_samples import REMOVED, edited, good_badge_class, good_credential, good_ctdl


def finding(rule: str, severity: Severity) -> Finding:
    """Return a finding of which only rule and severity count."""
    return Finding(
        rule=rule,
        severity=severity,
        title="",
        pointer="",
        message="",
        words="",
        why="",
        mend="",
        source="",
    )


FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(["A1", "B2", "B10", "C8"]), st.sampled_from(list(Severity))),
    max_size=30,
)


def test_the_score_is_what_the_documentation_says() -> None:
    """Worked by hand: one error, then three warnings of one rule, then a note."""
    findings = [finding("A1", Severity.ERROR), *[finding("B2", Severity.WARNING)] * 3]
    findings.append(finding("C8", Severity.NOTE))

    score = score_of(findings)

    assert [(one.rule, one.count, one.points) for one in score.deductions] == [
        ("A1", 1, 20),
        ("B2", 3, 6 + 1.5 + 1.5),
        ("C8", 1, 1),
    ]
    assert score.value == 70
    assert score_of([]).value == BEST


@given(findings=FINDINGS, extra=FINDINGS, seed=st.randoms())
def test_a_score_lies_in_bounds_and_more_findings_never_raise_it(
    findings: list[Finding], extra: list[Finding], seed: object
) -> None:
    """The order of findings must not matter, and mending must never cost."""
    shuffled = sorted(findings, key=lambda _: seed.random())  # type: ignore[attr-defined]  # a random.Random

    score = score_of(findings)

    assert 0 <= score.value <= BEST
    assert score_of(shuffled) == score
    assert score_of([*findings, *extra]).value <= score.value
    assert all(one.points <= MOST * max(COSTS.values()) for one in score.deductions)


def test_a_rule_that_is_off_costs_nothing_and_is_still_told() -> None:
    """What is hidden without a trace is forgotten."""
    document = edited(good_credential(), {"/credentialStatus": REMOVED, "/evidence": []})
    switches = Switches(off=(Off(rule="B11", reason="we revoke by hand"),))

    on = lint_badge(Node(document))
    off = lint_badge(Node(document), switches=switches)

    assert [one.rule for one in on.findings if one.rule == "B11"] == ["B11"]
    assert "B11" not in {one.rule for one in off.findings}
    assert [(one.finding.rule, one.reason) for one in off.muted] == [("B11", "we revoke by hand")]
    assert on.score is not None
    assert off.score is not None
    assert off.score.value > on.score.value


def test_a_rules_file_is_read_in_the_order_of_the_rules(tmp_path: Path) -> None:
    """Case and spaces are forgiven; the report is the same whatever the file's order."""
    path = tmp_path / "lint.toml"
    path.write_text('[off]\nb10 = "a"\nB2 = "b  c"\n', encoding="utf-8")

    assert read_switches(path).off == (Off(rule="B2", reason="b c"), Off(rule="B10", reason="a"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[off]\nZ9 = "x"\n', "there is no rule 'Z9'"),
        ("[off]\nB4 = true\n", "B4 has no reason"),
        ('[off]\nB4 = " "\n', "B4 has no reason"),
        ("off = 1\n", r"\[off\] is no table"),
        ('[of]\nB4 = "x"\n', "unknown entry 'of'"),
        ("[off\n", "no TOML"),
    ],
)
def test_a_rules_file_that_says_nothing_sound_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    """A typing error must not switch a rule off, nor leave one on, in silence."""
    path = tmp_path / "lint.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=told) as caught:
        read_switches(path)

    assert str(path) in str(caught.value)


def test_all_faults_of_a_rules_file_are_told_at_once(tmp_path: Path) -> None:
    """One run a fault is tiresome."""
    path = tmp_path / "lint.toml"
    path.write_text('[off]\nZ9 = "x"\nB4 = 1\n', encoding="utf-8")

    with pytest.raises(DataError, match=r"Z9.*B4"):
        read_switches(path)
    with pytest.raises(NotFoundError):
        read_switches(tmp_path / "none.toml")


def test_a_review_date_is_found_by_its_name_wherever_it_stands() -> None:
    """No standard has the field, so extensions carry it under many prefixes."""
    at = "/credentialSubject/achievement"
    document = edited(
        good_credential(),
        {
            f"{at}/ext:nextReviewDate": "2027-06-30T00:00:00Z",
            f"{at}/https:~1~1x": {"https://x.example/v#review_date": "2027-01-01"},
            "/reviewDate": "soon",
        },
    )

    review = lint_badge(Node(document)).review

    assert review is not None
    assert (review.on, review.field) == (date(2027, 1, 1), "https://x.example/v#review_date")
    assert review.is_due(date(2027, 1, 1))
    assert not review.is_due(date(2026, 12, 31))


def test_the_end_of_one_earners_badge_is_no_review_date() -> None:
    """It says nothing of the description; of CTDL the description itself ends."""
    ctdl = lint_badge(Node(good_ctdl())).review

    assert lint_badge(Node(good_credential())).review is None
    assert ctdl is not None
    assert (ctdl.on, ctdl.field) == (date(2028, 1, 1), "ceterms:expirationDate")


def test_due_badges_are_counted_and_undated_ones_too(tmp_path: Path) -> None:
    """That none is due is only good news when all have a date."""
    for name, changes in (
        ("a", {}),
        ("b", {"/ext:reviewDate": "2026-12-31"}),
        ("c", {"/ext:reviewDate": "2027-01-02"}),
    ):
        document = edited(good_badge_class(), changes)
        (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    options = Options(detect=lambda _text: "en")

    result = result_of(tuple(lint_path(tmp_path, options)), options, date(2027, 1, 1))

    assert [result.badges[place].source for place in result.due] == ["b.json"]
    assert result.undated == 1
