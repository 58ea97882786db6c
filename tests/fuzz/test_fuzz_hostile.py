"""A thousand hostile files: no crash, nothing slow or large, and one clear message each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from tests.fuzz.catalogue import find_targets
from tests.fuzz.family import HostileFile
from tests.fuzz.hostile import COUNT, FAMILIES, hostile_files, sample_files
from tests.fuzz.judging import MAX_GROWTH, MAX_SECONDS
from tests.fuzz.measuring import Measured, measure


def assert_in_bounds(found: Measured) -> None:
    """Name every fault, then hold time and memory to what was measured."""
    assert found.faults == ()
    assert found.slowest[0][0] <= MAX_SECONDS
    assert found.growth[0] <= MAX_GROWTH
    assert found.readings >= found.files


@pytest.fixture(scope="module")
def made() -> list[tuple[HostileFile, bytes]]:
    """The hundred and what is in them."""
    return [(one, one.make()) for one in sample_files()]


def test_there_are_a_thousand_and_the_same_each_time(made: list[tuple[HostileFile, bytes]]) -> None:
    """Some of them are read in every run of the tests, so a fault must come again."""
    names = [one.name for one in hostile_files()]
    contents = [content for _, content in made]

    assert len(names) == len(set(names)) == COUNT
    assert [one.make() for one in sample_files()] == contents
    assert len(contents) == 100
    assert len(set(contents)) > 95
    assert all(find_targets(wanted) for family in FAMILIES for wanted in family.targets)


def test_a_hundred_are_read_within_bounds(made: list[tuple[HostileFile, bytes]]) -> None:
    """In a process of its own, which measures time and memory."""
    assert_in_bounds(measure(replace(one, make=partial(bytes, content)) for one, content in made))


@pytest.mark.fuzz
def test_all_thousand_are_read_within_bounds() -> None:
    """The same, for all."""
    assert_in_bounds(measure(hostile_files()))


@pytest.mark.fuzz
def test_what_is_out_of_bounds_is_measured() -> None:
    """A wrong reader would be seen: here by what the right ones take."""
    wanted = {"svg 7": "bake", "wallets 5": "show"}
    files = [one for one in hostile_files() if one.name in wanted]

    found = measure(replace(one, targets=(wanted[one.name],)) for one in files)

    # Many times less than they take on any machine: some 110 MB, and a second.
    assert found.growth[0] > 20 * 2**20
    assert found.slowest[0][0] > 0.05
