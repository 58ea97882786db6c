"""What the page of a person shows: what they share, and each skill with all that says so."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.gap.assurance import PROVES
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.report import svg
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.recruiter import wording
from skillmatch_api.pages.recruiter.view import SHORT_ID
from skillmatch_api.people.cards import CandidateCard
from skillmatch_api.people.consents import Field
from skillmatch_api.people.shortlists import Listed
from skillmatch_api.people.showing import ShownEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What says that somebody has a skill.

    Attributes:
        file: Address of the badge's file, ``""`` where it is not shared.
    """

    shown: ShownEvidence
    believed: str
    about: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A skill and what says so, the most believed first."""

    label: str
    key: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Skills that are believed alike."""

    name: str
    key: str
    state: GapState
    skills: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as recruiters see them."""

    card: CandidateCard
    short: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    shares_evidence: bool


def person_view(t: Words, listed: Listed) -> PersonView:
    """Return what is shown of a person."""
    card = listed.card
    return PersonView(
        card=card,
        short=card.id[:SHORT_ID],
        facts=_facts(t, card),
        groups=_groups(t, listed),
        shares_evidence=Field.EVIDENCE in card.shares,
    )


def _facts(t: Words, card: CandidateCard) -> tuple[tuple[str, str], ...]:
    day = t.day(card.available_from) if card.available_from else t("recruiter.at_once")
    said = (
        (Field.CONTACT, card.contact),
        (Field.PLACE, card.place),
        (Field.LANGUAGES, ", ".join(map(t.tongue, card.languages))),
        (Field.AVAILABILITY, day if Field.AVAILABILITY in card.shares else ""),
    )
    return tuple((t("recruiter.field_" + field.value), value) for field, value in said if value)


_GROUPS = (
    (GapState.PROVEN, frozenset(PROVES)),
    (GapState.CLAIMED, frozenset(Assurance) - frozenset(PROVES) - {Assurance.INVALID}),
    (GapState.NOT_ACCEPTED, frozenset({Assurance.INVALID})),
)


def _groups(t: Words, listed: Listed) -> tuple[Group, ...]:
    """Return each skill once, in the group of the best that says so."""
    skills: dict[str, list[ShownEvidence]] = {}
    for shown in listed.evidence:
        skills.setdefault(shown.evidence.uri, []).append(shown)
    found: dict[GapState, list[Held]] = {state: [] for state, _ in _GROUPS}
    for pieces in skills.values():
        ordered = sorted(pieces, key=_group_place)
        state = _GROUPS[_group_place(ordered[0])][0]
        held = Held(
            label=ordered[0].evidence.label,
            key=svg.state_key(state),
            pieces=tuple(_piece(t, one, listed.card) for one in ordered),
        )
        found[state].append(held)
    return tuple(
        Group(
            name=wording.state_words(t, state),
            key=svg.state_key(state),
            state=state,
            skills=tuple(sorted(held, key=lambda one: (one.label.casefold(), one.label))),
        )
        for state, held in found.items()
        if held
    )


def _group_place(shown: ShownEvidence) -> int:
    places = (n for n, (_, kinds) in enumerate(_GROUPS) if shown.evidence.assurance in kinds)
    return next(places)


def _piece(t: Words, shown: ShownEvidence, card: CandidateCard) -> Piece:
    file = f"/v1/candidates/{card.id}/documents/{shown.document_id}"
    return Piece(
        shown=shown,
        believed=wording.assurance_words(t, shown.evidence.assurance),
        about=wording.shown_parts(t, shown, blind=card.blind),
        file=file if shown.document_id else "",
    )
