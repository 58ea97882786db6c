"""What a demand report says, the same in every form."""

from __future__ import annotations

from collections import Counter

from skillmatch.model.demand import (
    Demand,
    NearOffer,
    OfferDemand,
    SkillDemand,
    StackOffer,
    StackSuggestion,
    Supply,
    UnaskedOutcome,
)
from skillmatch.model.plan import Preference
from skillmatch.report.amounts import amount_words, money_words, share_words
from skillmatch.report.plain import clean, plural

SIGNS = {Supply.CLOSED: "●", Supply.PARTLY: "◐", Supply.OPEN: "○"}
MEANINGS = {
    Supply.CLOSED: "an offer awards it, or something narrower",
    Supply.PARTLY: "offers award something related, none the skill itself",
    Supply.OPEN: "no offer does anything for it",
}
LIMITS = (
    "These postings are the ones you gave, not the labour market; a skill that none of them asks "
    "for may be asked for elsewhere.",
    "A program read them. Look at the examples before you build a course on a line.",
)
PREFER = {
    Preference.FEWEST: "fewest credentials",
    Preference.CHEAPEST: "least cost",
    Preference.FASTEST: "earliest end",
}


def title_of(demand: Demand) -> str:
    """Return the title of the report."""
    if _stacks_alone(demand):
        return f"Suggested stacks out of the catalogue “{demand.catalogue}”"
    if not demand.catalogue:
        return "What postings ask for"
    return f"What postings ask for, beside the catalogue “{demand.catalogue}”"


def headline(demand: Demand) -> str:
    """Return the whole in one sentence or two; says why where there is nothing."""
    if _stacks_alone(demand):
        return "No posting was given: these are stacks for occupations alone."
    if not demand.postings:
        return "No posting was counted, so nothing can be said of demand."
    count = counts(demand)
    return (
        f"{plural(demand.postings, 'posting')} {'asks' if demand.postings == 1 else 'ask'} for "
        f"{plural(len(demand.skills), 'skill')}. "
        f"Offers close {count[Supply.CLOSED]} of them, do a part for {count[Supply.PARTLY]}, and "
        f"nothing for {count[Supply.OPEN]}."
    )


def limits(demand: Demand) -> tuple[str, ...]:
    """Return what the report does not say; nothing of postings where there were none."""
    return () if _stacks_alone(demand) else LIMITS


def _stacks_alone(demand: Demand) -> bool:
    return bool(demand.stacks) and not demand.postings and not demand.unread


def counts(demand: Demand) -> Counter[Supply]:
    """Return how many skills there are of each supply."""
    return Counter(one.supply for one in demand.skills)


def unmet(demand: Demand) -> tuple[SkillDemand, ...]:
    """Return the skills that no offer closes, the most asked for first."""
    return tuple(one for one in demand.skills if one.supply is not Supply.CLOSED)


def wanted(demand: Demand) -> tuple[OfferDemand, ...]:
    """Return the offers that at least one posting asks for."""
    return tuple(one for one in demand.offers if one.postings)


def asked_words(one: SkillDemand) -> str:
    """Return "6 of 8 postings (must in 4)"."""
    parts = [
        f"{name} in {count}"
        for name, count in (("must", one.must), ("should", one.should), ("nice", one.nice))
        if count
    ]
    return f"{plural(one.postings, 'posting')}, {share_words(one.share)} ({', '.join(parts)})"


def near_words(one: NearOffer) -> str:
    """Return what a near offer does, and how much."""
    return f"{one.name} awards “{one.award}” ({one.kind.value}, {share_words(one.coverage)})"


def example_words(one: SkillDemand) -> str:
    """Return the first example, in the posting's own words."""
    if not one.examples:
        return ""
    first = one.examples[0]
    return f"“{clean(first.words)}” ({clean(first.source)})"


def offer_words(one: OfferDemand) -> str:
    """Return who asks for an offer and what it costs."""
    return (
        f"{plural(one.postings, 'posting')}, {share_words(one.share)} · {money_words(one.cost)} · "
        f"{plural(len(one.skills), 'asked skill')}"
    )


def unasked_words(one: UnaskedOutcome) -> str:
    """Return what awards an outcome that nobody asks for, and what comes near."""
    said = plural(len(one.offers), "offer")
    if one.near:
        said += f"; does {share_words(one.coverage)} for “{one.near}”"
    return said


def stack_title(stack: StackSuggestion) -> str:
    """Return what a stack is for and how far it goes."""
    partly = f", {stack.partly} in part" if stack.partly else ""
    return (
        f"{stack.title or stack.occupation}, {PREFER[stack.prefer]}: "
        f"{plural(len(stack.offers), 'offer')} cover {stack.covered} of {stack.essential} "
        f"essential skills{partly}"
    )


def stack_cost(stack: StackSuggestion) -> str:
    """Return what a stack costs together, and how sure it is that none is better."""
    if not stack.offers:
        return "No offer of the catalogue awards any of them."
    cost = "" if stack.cost is None else f"{amount_words(stack.cost)} together"
    unpriced = f", and {plural(stack.unpriced, 'offer')} without a price" if stack.unpriced else ""
    proven = "no other set is better" if stack.proven else "a better set may exist"
    return f"{cost}{unpriced}; {proven}."


def stack_line(one: StackOffer) -> str:
    """Return one offer of a stack with what it is there for and what one brings along."""
    covers = ", ".join(one.covers) if one.covers else one.why
    asks = f"; asks for {', '.join(one.asks)}" if one.asks else ""
    provider = one.provider or "provider not stated"
    return f"{one.name} ({provider}, {money_words(one.cost)}): {covers}{asks}"


def more_words(left: int, table: str) -> str:
    """Return where the rest of a list is found; empty where there is none."""
    return f"… and {left} more: --format csv --table {table}, or --json" if left > 0 else ""
