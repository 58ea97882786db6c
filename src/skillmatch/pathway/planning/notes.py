"""What a reader of a plan should know beside its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from skillmatch.model.offer import OfferKind
from skillmatch.model.requirement import Gate
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.lengths import under_way
from skillmatch.text.days import day_words

ONCE_EARNED = (
    "“After” is what could be shown once every step is done; a badge proves a skill only when it "
    "is there and was verified."
)
NOTHING_TO_CLOSE = "Nothing is left to close: every skill that is asked for can be shown already."
_BY_LAW = frozenset({OfferKind.LICENCE, OfferKind.DEGREE})


def notes_of(case: Case, *, taken: Sequence[str], ends: date | None) -> tuple[str, ...]:
    """Return the notes that a plan itself gives rise to.

    Args:
        case: What the plan has to do with.
        taken: Offers of its steps.
        ends: Last day of the last step.
    """
    notes = [] if case.targets else [NOTHING_TO_CLOSE]
    notes += [ONCE_EARNED] if taken else []
    notes += _held(case, taken)
    notes += _lapsing(case, ends)
    notes += _crowded(case)
    if not case.offers:
        notes.append("The catalogue holds no offer.")
    return tuple(notes)


def gate_notes(gates: Iterable[Gate], case: Case) -> tuple[str, ...]:
    """Return what a goal asks for that no skill replaces, and an offer of exactly that name.

    Gates are never scored, so no plan closes them.
    """
    offers = [one for one in case.offers.values() if one.kind in _BY_LAW]
    notes = []
    for gate in sorted(gates, key=lambda one: (one.kind.value, one.text)):
        named = [one for one in offers if _plain(one.name) == _plain(gate.text)]
        offered = f"; on offer as {named[0].id}" if named else ""
        notes.append(f"Check yourself: {gate.kind.value}, “{gate.text}”{offered}.")
    return tuple(dict.fromkeys(notes))


def _held(case: Case, taken: Sequence[str]) -> Iterator[str]:
    """Yield which offers are held, as far as they would close something or are asked for.

    What is held under another name alone is told only where a step rests on it.
    """
    asked = {one for tree in case.conditions.asked.values() for one in tree}
    for one, held in case.held.items():
        resting = [step for step in taken if one in case.conditions.resting[step]]
        wanted = case.effects[one] or one in asked or one in case.request.commit
        if not (resting if held.confirm else wanted):
            continue
        name, holding = case.offers[one].name, held.holding
        other = "" if _plain(name) == _plain(holding.name) else f" as “{holding.name}”"
        doubt = "; whoever asks for it has to confirm that" if held.confirm else ""
        yield f"“{name}” counts as held{other} ({holding.source}){doubt}."


def _lapsing(case: Case, ends: date | None) -> Iterator[str]:
    start = case.request.start
    for one in case.holdings:
        until = one.valid_until
        if until is None or ends is None or not start <= until <= ends:
            continue
        day = day_words(until)
        yield f"“{one.name}” ({one.source}) lapses on {day}, before the plan ends: renew it."


def _crowded(case: Case) -> Iterator[str]:
    begun = case.request.under_way
    loads = [under_way(one, case.offers[one.offer], case.calendar).load for one in begun]
    if sum(loads) > case.calendar.minutes:
        yield (
            f"What is under way takes {sum(loads) / 60:.1f} hours a week, more than the "
            f"{case.calendar.hours:g} that are free; it is planned with those."
        )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
