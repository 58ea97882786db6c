"""Long work is done in batches, and given up between two of them once nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import date

import pytest

from skillmatch.errors import BusyError
from skillmatch.gap import compare
from skillmatch.giving_up import go_on, until
from skillmatch.linking import linker
from skillmatch.linking.proposals import Proposals, Proposer
from skillmatch.model.posting import Posting, Unit
from skillmatch.service.matcher import Matcher

TEXTS = ["write Python programs", "use Git", "", "speak in public", "know SQL databases"] * 3


@pytest.mark.parametrize(("units", "characters"), [(1, 10_000), (4, 10_000), (100, 1), (100, 40)])
def test_batches_change_nothing_about_the_links(
    mini_matcher: Matcher, units: int, characters: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are there for memory alone; no text is lost or linked twice between two of them."""
    at_once = mini_matcher.link(TEXTS, top=3)
    assert any(at_once)

    monkeypatch.setattr(linker, "UNITS_AT_ONCE", units)
    monkeypatch.setattr(linker, "CHARACTERS_AT_ONCE", characters)

    assert mini_matcher.link(TEXTS, top=3) == at_once
    assert mini_matcher.link([], top=3) == []


def test_what_nobody_waits_for_is_given_up_between_two_batches(
    mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One request with an hour of text must not hold a place for an hour after its answer."""
    monkeypatch.setattr(linker, "UNITS_AT_ONCE", 2)
    proposer = _Counting(mini_matcher.linker.proposer)
    counting = replace(mini_matcher.linker, proposer=proposer)  # type: ignore[arg-type]  # a double
    counted = replace(mini_matcher, linker=counting)

    with until(lambda: proposer.batches == 3), pytest.raises(BusyError, match="given up"):
        counted.link(TEXTS)

    assert proposer.batches == 3
    assert len(counted.link(TEXTS)) == len(TEXTS)


def test_a_comparison_that_nobody_waits_for_is_given_up_between_two_requirements(
    mini_matcher: Matcher,
) -> None:
    """A thousand requirements beside a thousand skills take longer than anybody waits."""
    asked = mini_matcher.requirements(Posting(text="- You must know Git.\n- You must know Java.\n"))
    assert len(asked.requirements) == 2
    answers = iter([False, True])

    with until(lambda: next(answers, True)), pytest.raises(BusyError, match="given up"):
        compare(
            asked,
            (),
            hierarchy=mini_matcher.frameworks,
            nearness=mini_matcher.frameworks,
            at=date(2026, 11, 22),
        )


def test_a_thread_with_a_copy_of_the_context_gives_up_too() -> None:
    """The service starts the work in threads; those of other requests go on."""
    with ThreadPoolExecutor(1) as threads:
        with until(lambda: True):
            late = threads.submit(copy_context().run, go_on)
            with until(lambda: False):
                go_on()
        in_time = threads.submit(copy_context().run, go_on)

    assert isinstance(late.exception(), BusyError)
    assert in_time.exception() is None


class _Counting:
    """A proposer that counts how often it was asked."""

    def __init__(self, proposer: Proposer) -> None:
        self._proposer = proposer
        self.unit_k = proposer.unit_k
        self.batches = 0

    def propose(self, units: Sequence[Unit], *, unit_k: int | None = None) -> list[Proposals]:
        self.batches += 1
        return self._proposer.propose(units, unit_k=unit_k)
