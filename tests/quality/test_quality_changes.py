"""Two versions of a badge: what changed, what of it matters, who is still covered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.quality.changes import Action, Coverage, Difference, compare
from tests.quality.lint_samples import (
    GOOD,
    REMOVED,
    edited,
    good_badge_class,
    good_credential,
    good_edc,
)

AT = "/credentialSubject/achievement"
NARRATIVE = f"{AT}/criteria/narrative"


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    """Compare documents that are known to be English."""
    return compare(old, new, detect=lambda _text: "en")


def changed(changes: dict[str, Any], before: dict[str, Any] | None = None) -> Difference:
    """Compare the good credential with an edited one, both after the changes of ``before``."""
    old = edited(good_credential(), before or {})
    return difference(old, edited(old, changes))


def stated(*outcomes: str) -> dict[str, Any]:
    """Return changes that make these the outcomes, one a line, and the description none."""
    return {f"{AT}/description": "A badge.", NARRATIVE: "\n".join(f"- {one}" for one in outcomes)}


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_badge_and_itself_do_not_differ(name: str) -> None:
    """Whatever the format."""
    found = difference(GOOD[name](), GOOD[name]())

    assert found.changes == ()
    assert found.same_id
    assert found.coverage is Coverage.COVERED


def test_case_blanks_and_full_stops_are_no_change() -> None:
    """A tidied text is the same promise."""
    found = changed(
        {f"{AT}/description": "plan  delivery routes for a small fleet with a map service"}
    )

    assert found.changes == ()


@pytest.mark.parametrize(
    ("old", "new", "coverage", "part_of_why"),
    [
        (["Plan routes with maps"], ["Plan routes with maps", "Load lorries by night"],
         Coverage.NOT_COVERED, "not shown"),
        (["Plan routes with maps", "Load lorries by night"], ["Plan routes with maps"],
         Coverage.UNCLEAR, "criteria"),
        (["Explain routes on maps to drivers"], ["Design routes on maps to drivers"],
         Coverage.NOT_COVERED, "higher level"),
        (["Design routes on maps to drivers"], ["Explain routes on maps to drivers"],
         Coverage.UNCLEAR, "lower level"),
        (["Load lorries by night in rain"], ["Wash lorries by night in rain"],
         Coverage.NOT_COVERED, "another verb"),
        (["Load lorries by night in rain"], ["Load lorries by night in heavy rain"],
         Coverage.UNCLEAR, "other words"),
        (["Understand lorries by night in rain"], ["Load lorries by night in rain"],
         Coverage.UNCLEAR, "other words"),
    ],
)  # fmt: skip
def test_coverage_follows_from_what_the_new_version_states(
    old: list[str], new: list[str], coverage: Coverage, part_of_why: str
) -> None:
    """Dropping an outcome never uncovers anybody; a new or higher one does."""
    found = changed(stated(*new), stated(*old))

    assert found.coverage is coverage
    assert any(part_of_why in reason for reason in found.reasons)


def test_alignments_are_compared_by_their_uri() -> None:
    """The same name under another URI is another skill; another name for one URI is not."""
    renamed = changed({f"{AT}/alignment/0/targetName": "route planning"})
    moved = changed({f"{AT}/alignment/0/targetUrl": "https://framework.example/skills/99"})

    assert [(one.part, one.matters) for one in renamed.changes] == [("alignment", False)]
    assert renamed.coverage is Coverage.COVERED
    assert [one.action for one in moved.changes] == [Action.ADDED, Action.REMOVED]
    assert moved.coverage is Coverage.NOT_COVERED


def test_a_harder_result_is_told() -> None:
    """The same mark with another threshold is another badge."""
    found = changed({f"{AT}/resultDescription/0/requiredValue": "A"})

    (change,) = found.changes
    assert (change.part, change.action, change.coverage) == (
        "result",
        Action.CHANGED,
        Coverage.UNCLEAR,
    )
    assert "requiredValue A" in change.new


@pytest.mark.parametrize(
    ("changes", "part", "coverage"),
    [
        ({"/validUntil": "2027-01-31T12:00:00Z"}, "validity", Coverage.COVERED),
        ({"/validUntil": REMOVED}, "validity", Coverage.COVERED),
        ({f"{AT}/creditsAvailable": 3}, "workload", Coverage.COVERED),
        ({"/issuer": "https://other.example"}, "issuer", Coverage.COVERED),
        ({f"{AT}/achievementType": "Badge"}, "type", Coverage.UNCLEAR),
    ],
)
def test_fields_that_change_what_a_badge_says_matter(
    changes: dict[str, Any], part: str, coverage: Coverage
) -> None:
    """Not all that matters is a matter of what was shown."""
    found = changed(changes)

    assert [(one.part, one.matters) for one in found.changes] == [(part, True)]
    assert found.coverage is coverage


def test_a_later_copy_of_one_badge_is_as_long_valid() -> None:
    """Two earners' badges differ in their dates; how long they hold is what is compared."""
    later = {"/validFrom": "2027-01-31T12:00:00Z", "/validUntil": "2030-01-31T12:00:00Z"}

    assert changed(later).changes == ()


def test_a_level_of_a_framework_goes_up_or_down() -> None:
    """EQF 4 shows less than EQF 5."""
    eqf = "/credentialSubject/hasClaim/specifiedBy/eqfLevel"
    higher = edited(good_edc(), {eqf: {"id": "http://data.europa.eu/snb/eqf/5"}})

    assert difference(good_edc(), higher).coverage is Coverage.NOT_COVERED
    assert difference(higher, good_edc()).coverage is Coverage.COVERED


def test_form_alone_does_not_matter() -> None:
    """A new name, tags and version are told last."""
    found = changed({f"{AT}/name": "Routes", f"{AT}/tag": ["maps"], f"{AT}/version": "3"})

    assert [(one.part, one.matters) for one in found.changes] == [
        ("name", False), ("version", False), ("tags", False),
    ]  # fmt: skip
    assert found.coverage is Coverage.COVERED


def test_versions_of_other_formats_can_be_compared() -> None:
    """Moving from 2.0 to 3.0 is when providers ask."""
    old = edited(
        good_badge_class(),
        {"/description": "Plan delivery routes for a small fleet with a map service."},
    )

    found = difference(old, good_credential())

    assert not found.same_id
    assert "outcome" not in {one.part for one in found.changes}


def test_an_old_version_that_states_nothing_leaves_coverage_open() -> None:
    """Nothing compared is not nothing asked."""
    old = edited(good_credential(), {f"{AT}/alignment": [], **stated()})

    assert difference(old, old).coverage is Coverage.UNCLEAR


def test_what_is_no_badge_is_refused() -> None:
    """With what could be compared."""
    with pytest.raises(UnreadableError, match="neither an Open Badge"):
        difference({"x": 1}, good_credential())


OUTCOMES = st.lists(
    st.sampled_from(
        [
            "Plan routes with maps",
            "Load lorries by night",
            "Weld steel in rain",
            "Bake bread in ovens",
        ]
    ),
    unique=True,
)


@given(old=OUTCOMES, new=OUTCOMES)
def test_earners_are_covered_exactly_when_nothing_new_is_stated(
    old: list[str], new: list[str]
) -> None:
    """For statements that share no words the answer is that of sets."""
    sample = good_badge_class()
    before, after = (
        edited(
            sample,
            {
                "/description": "A badge.",
                "/criteria": {"narrative": "\n".join(f"- {x}" for x in part)},
            },
        )
        for part in (old, new)
    )

    found = difference(before, after)

    added = [
        one.new for one in found.changes if one.part == "outcome" and one.action is Action.ADDED
    ]
    assert set(added) == set(new) - set(old)
    assert (found.coverage is Coverage.NOT_COVERED) is bool(added)
