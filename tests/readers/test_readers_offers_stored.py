"""The stored form of a catalogue."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    Condition,
    Need,
    NeedKind,
    Offer,
    OfferSource,
    UnreadOffer,
)
from skillmatch.readers.offers import catalogue_json, read_catalogue, write_catalogue

# Half a character cannot stand in a file of UTF-8, and no reader lets one in.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NEEDS = st.builds(Need, kind=st.sampled_from(NeedKind), ref=TEXT, text=TEXT, level=TEXT)
CONDITIONS = st.recursive(
    st.builds(Condition, least=st.integers(0, 3), needs=st.lists(NEEDS, max_size=2).map(tuple)),
    lambda below: st.builds(
        Condition, least=st.integers(0, 3), conditions=st.lists(below, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
AWARDS = st.builds(
    Award,
    uri=TEXT.map(ConceptUri),
    label=TEXT,
    origin=st.sampled_from(AwardOrigin),
    confidence=st.floats(0, 1),
    level_value=st.none() | st.floats(1, 6),
)
OFFERS = st.builds(
    Offer,
    id=TEXT.filter(bool),
    name=TEXT,
    outcomes=st.lists(TEXT, max_size=2).map(tuple),
    requires=CONDITIONS,
    awards=st.lists(AWARDS, max_size=2).map(tuple),
    hours=st.none() | st.floats(0, 1e6),
    self_paced=st.none() | st.booleans(),
    as_of=st.none() | st.dates(),
    starts=st.lists(st.dates(), max_size=2).map(tuple),
)
CATALOGUES = st.builds(
    Catalogue,
    name=TEXT,
    offers=st.lists(OFFERS, max_size=3, unique_by=lambda one: one.id).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    encoder=TEXT,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogue=CATALOGUES)
def test_a_stored_catalogue_is_read_back_as_it_was(tmp_path: Path, catalogue: Catalogue) -> None:
    """An import may lose nothing, whatever characters a source has."""
    path = tmp_path / "catalogue.json"

    write_catalogue(catalogue, path)

    assert read_catalogue(path) == catalogue


def small() -> Catalogue:
    """A catalogue with one offer."""
    return Catalogue(
        name="small",
        offers=(Offer(id="a", name="A", as_of=date(2026, 1, 2)),),
        sources=(OfferSource(path="a.csv", sha256="0" * 64, format="CSV", offers=1),),
        unread=(UnreadOffer(source="b.txt", pointer="", reason="no offer"),),
    )


def test_the_same_catalogue_gives_the_same_bytes_one_offer_a_line() -> None:
    """So two versions of a catalogue can be compared line by line."""
    text = catalogue_json(small())

    assert text == catalogue_json(small())
    assert '  {"as_of": "2026-01-02", "id": "a", "name": "A"}\n' in text


def test_a_stored_catalogue_can_be_given_another_name(tmp_path: Path) -> None:
    """Its own name counts unless the caller says one."""
    path = tmp_path / "other.json"
    write_catalogue(small(), path)

    assert read_catalogue(path).name == "small"
    assert read_catalogue(path, name="mine").name == "mine"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": "catalogue-9"}, "reads 'catalogue-1'"),
        ({"offers": [{"id": "a"}]}, "/offers/0/name"),
        ({"offers": [{"id": "a", "name": "A", "hours": "many"}]}, "/offers/0/hours"),
        ({"offers": [{"id": "a", "name": "A", "kind": "toy"}]}, "/offers/0/kind"),
        ({"offers": [{"id": "a", "name": "A"}] * 2}, "/offers/1: its id 'a'"),
        ({"offers": [{"id": "", "name": "A"}]}, "/offers/0: its id ''"),
    ],
)
def test_a_stored_catalogue_that_was_changed_wrongly_is_refused(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    """A plan from half a catalogue would look whole."""
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps(json.loads(catalogue_json(small())) | change), encoding="utf-8")

    with pytest.raises(UnreadableError) as caught:
        read_catalogue(path)

    assert message in str(caught.value)
    assert "catalogue.json" in str(caught.value)


def test_five_thousand_offers_stay_within_the_bounds(tmp_path: Path) -> None:
    """The bounds are there for hostile files, not for large providers."""
    offer = Offer(
        id="a",
        name="Offer",
        outcomes=tuple(f"Do thing {number}" for number in range(6)),
        requires=Condition(least=1, needs=(Need(kind=NeedKind.OFFER, ref="b", text="b"),)),
        awards=tuple(Award(uri=ConceptUri(f"u:{number}"), label="l") for number in range(6)),
    )
    many = Catalogue(
        name="many",
        offers=tuple(
            Offer(**{**_fields(offer), "id": f"offer-{number:05}"}) for number in range(5_000)
        ),
    )
    path = tmp_path / "many.json"
    write_catalogue(many, path)

    assert read_catalogue(path) == many


def _fields(offer: Offer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in Offer.__dataclass_fields__}
