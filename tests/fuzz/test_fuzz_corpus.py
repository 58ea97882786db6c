"""Every input that once reached something new, or broke a reader, is read rightly again."""

from __future__ import annotations

import pytest

from skillmatch.errors import UsageError
from tests.fuzz.catalogue import TARGETS, find_targets
from tests.fuzz.judging import judge
from tests.fuzz.keeping import CORPUS, corpus_of
from tests.fuzz.target import Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_reader_returns_a_value_or_says_clearly_why_not(target: Target) -> None:
    """No crash, no message that cannot be printed, nothing fetched, nothing slow or large."""
    for data in (*target.seeds(), *corpus_of(target.name)):
        fault = judge(target.read, data).fault

        assert fault is None, f"{target.name}: {data[:200]!r}: {fault}"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_seeds_reach_further_than_the_first_check(target: Target) -> None:
    """A fuzzer that begins with what is refused at once finds little."""
    assert any(not judge(target.read, data).refused for data in target.seeds())


def test_the_corpus_is_small_and_belongs_to_the_targets() -> None:
    """It is read by every run of the tests, and stays in the history for ever."""
    files = [path for path in CORPUS.rglob("*") if path.is_file()]

    assert {path.parent.name for path in files} <= {target.name for target in TARGETS}
    assert sum(path.stat().st_size for path in files) < 1_000_000
    assert [path.name for path in files if path.stat().st_size > 12_000] == []


def test_targets_are_found_by_name_class_and_beginning() -> None:
    """``make fuzz TARGET=credentials`` means all four carriers."""
    assert [one.name for one in find_targets("lint")] == ["lint", "lint-rules"]
    assert {one.group for one in find_targets("postings")} == {"postings"}
    assert find_targets("") == TARGETS
    with pytest.raises(UsageError, match="no target 'nothing'"):
        find_targets("nothing")
