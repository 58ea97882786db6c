"""Bent files still look like files of their format, and the same chance bends them the same way."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.badge_targets import mutate_carrier, pngs, wallets
from tests.fuzz.catalogue import TARGETS
from tests.fuzz.child import MAX_LENGTH
from tests.fuzz.containers import mutate_png, mutate_token, mutate_words
from tests.fuzz.findings import shortest
from tests.fuzz.json_trees import CONTEXTS, ODD, mutate_json, mutate_letters
from tests.fuzz.target import Target
from tests.readers import badge_samples as samples

ROUNDS = 60


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_same_chance_gives_the_same_file(target: Target) -> None:
    """Otherwise a run could not be repeated with its seed."""
    seeds = target.seeds()
    for number in range(5):
        data = seeds[number % len(seeds)]
        first, second = (target.mutate(data, random.Random(number)) for _ in range(2))

        assert first == second
        assert len(first) < 100 * MAX_LENGTH


def test_bending_a_tree_many_times_leaves_what_it_is_bent_with_alone() -> None:
    """A context that was put in must be a copy, or the next change would change all later ones."""
    before = repr((ODD, CONTEXTS))
    data, chance = samples.as_bytes(samples.open_badge_3()), random.Random(1)
    for _ in range(400):
        data = mutate_json(data, chance)[:5_000]

    assert repr((ODD, CONTEXTS)) == before


@given(data=st.binary(max_size=200), seed=st.integers(0, 2**32))
def test_any_bytes_can_be_bent(data: bytes, seed: int) -> None:
    """A fuzzer bends what it bent before."""
    for mutate in (mutate_json, mutate_letters, mutate_token, mutate_png, mutate_words):
        assert isinstance(mutate(data, random.Random(seed)), bytes)
    assert isinstance(mutate_carrier(b"PK" + data, random.Random(seed)), bytes)


def test_names_that_become_one_are_bent_without_a_warning() -> None:
    """A warning is an error while fuzzing, and would end the fuzzer instead of a reader."""
    data = samples.archive({"x": b"{}", "nameless": b"{}"}).replace(b"nameless", b"\x00ameless")

    for number in range(ROUNDS):
        assert mutate_carrier(data, random.Random(number))


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def test_most_of_what_comes_out_passes_the_first_check() -> None:
    """Bytes at random would be refused as no JSON, no PNG and no zip, and nothing else be tried."""
    badge = samples.as_bytes(samples.open_badge_3())
    bent = [mutate_json(badge, random.Random(number)) for number in range(ROUNDS)]
    archives = [mutate_carrier(wallets()[0], random.Random(number)) for number in range(ROUNDS)]
    pictures = [mutate_png(pngs()[0], random.Random(number)) for number in range(ROUNDS)]

    assert sum(map(_is_json, bent)) > 0.8 * ROUNDS
    assert sum(zipfile.is_zipfile(io.BytesIO(one)) for one in archives) > 0.8 * ROUNDS
    assert sum(one.startswith(b"\x89PNG") for one in pictures) > 0.8 * ROUNDS
    assert len(set(bent)) > 0.9 * ROUNDS


def test_a_finding_is_made_shorter_without_losing_its_fault() -> None:
    """Nobody wants to read four thousand bytes for one of them."""
    assert shortest(b"x" * 500 + b"!" + b"y" * 300, lambda data: b"!" in data) == b"!"
    assert shortest(b"abc", lambda _: False) == b"abc"
