"""Offers get the skills that they state, and those that their words name, flagged as such."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.linking.linker import Linker
from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    Condition,
    Need,
    NeedKind,
    Offer,
    OfferSkill,
)
from skillmatch.readers.offers import write_catalogue
from skillmatch.readers.onet import technology_uri
from skillmatch.service.catalogue_names import CataloguePlaces, name_for
from skillmatch.service.catalogues import MANY, align_offers, open_catalogue
from skillmatch.service.catalogues_together import put_together
from skillmatch.service.matcher import Matcher
from skillmatch.service.proposed_skills import ProposedSkills
from skillmatch.settings import Settings
from tests.mini_engine import LISTENING, technology, uri

DAY = date(2026, 11, 1)


def catalogue(*offers: Offer, **fields: Any) -> Catalogue:  # noqa: ANN401 - any field of the value
    """Return a catalogue of offers that are in order."""
    return Catalogue(name="sample", offers=offers, **fields)


def aligned(matcher: Matcher, **fields: Any) -> tuple[Award, ...]:  # noqa: ANN401 - any field
    """Return the awards of one offer."""
    whole = align_offers(matcher, catalogue(Offer(id="a", name="A course", **fields)))
    return whole.offers[0].awards


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the texts that are linked inside."""
    texts: list[str] = []
    link = Linker.link_document

    def counting(self: Linker, units: Any) -> Any:  # noqa: ANN401 - passed on as it is
        texts.extend(one.text for one in units)
        return link(self, units)

    with monkeypatch.context() as patch:
        patch.setattr(Linker, "link_document", counting)
        yield texts


@pytest.mark.parametrize(
    "skill",
    [
        OfferSkill(name="whatever", url=uri("python")),
        OfferSkill(name="Python (computer programming)", framework="ESCO 1.1"),
        OfferSkill(name="python (computer programming)"),
    ],
    ids=["by address", "by name in its framework", "by name alone"],
)
def test_a_stated_skill_is_awarded_with_its_level(mini_matcher: Matcher, skill: OfferSkill) -> None:
    """Sources name skills in many ways; each counts as the source's own word."""
    (award,) = aligned(mini_matcher, skills=(replace(skill, level="advanced"),))

    assert (award.uri, award.label) == (uri("python"), "Python (computer programming)")
    assert (award.origin, award.confidence) == (AwardOrigin.STATED, 1.0)
    assert (award.framework, award.level, award.level_value) == ("esco-0.1", "advanced", 5.0)


def test_a_code_counts_in_the_framework_that_it_is_said_to_be_of(mini_matcher: Matcher) -> None:
    """The same code means other things elsewhere."""
    (award,) = aligned(mini_matcher, skills=(OfferSkill(code="2.A.1.b", framework="O*NET"),))

    assert award.uri == LISTENING
    assert aligned(mini_matcher, skills=(OfferSkill(code="2.A.1.b"),)) == ()


@pytest.mark.parametrize("name", ["Docker", "Microsoft Excel", "C++", "C#", "Node.js"])
def test_a_technology_is_found_under_the_group_of_another_release(
    mini_matcher: Matcher, name: str
) -> None:
    """O*NET sorts its technologies anew, and a catalogue outlives a release."""
    url = technology_uri("2.E.5.c", name)

    (award,) = aligned(mini_matcher, skills=(OfferSkill(name="whatever", url=url),))

    assert (award.uri, award.origin) == (technology(name), AwardOrigin.STATED)


@pytest.mark.parametrize(
    "skill",
    [
        OfferSkill(name="scheduling"),
        OfferSkill(name="zzqx blorp"),
        OfferSkill(name="zzqx blorp", url="https://school.example/skill/1"),
    ],
    ids=["a name of two", "a name of none", "of another framework"],
)
def test_a_name_that_means_no_one_concept_is_not_stated(
    mini_matcher: Matcher, skill: OfferSkill
) -> None:
    """A guess must never look like the source's word."""
    found = aligned(mini_matcher, skills=(skill,))

    assert all(one.origin is AwardOrigin.PROPOSED for one in found)


def test_of_two_levels_of_one_skill_the_higher_is_awarded(mini_matcher: Matcher) -> None:
    """Whoever reaches C1 reaches B1."""
    levels = [OfferSkill(url=uri("python"), level=level) for level in ("basic", "expert", "B1")]

    (award,) = aligned(mini_matcher, skills=tuple(levels))

    assert award.level == "expert"


def test_what_is_not_stated_is_proposed_from_outcomes(mini_matcher: Matcher) -> None:
    """With the words that led there, and not from the name beside them."""
    (award,) = aligned(
        mini_matcher, outcomes=("Use Git every day",), description="All about Python 3."
    )

    assert (award.uri, award.origin) == (uri("version-control"), AwardOrigin.PROPOSED)
    assert award.words == "Use Git"
    assert 0 < award.confidence < 1


def test_without_outcomes_the_description_is_read_but_not_who_may_begin(
    mini_matcher: Matcher,
) -> None:
    """“You should know Python” is no promise to teach it."""
    found = aligned(
        mini_matcher,
        description="You write SQL queries. You should know Python 3. No Java is needed.",
    )

    assert [one.uri for one in found] == [uri("query-databases")]


def test_beside_stated_skills_only_the_names_of_unknown_ones_are_read(
    mini_matcher: Matcher,
) -> None:
    """The source listed what it awards; its prose says less surely more."""
    found = aligned(
        mini_matcher,
        skills=(OfferSkill(url=uri("python")), OfferSkill(name="write SQL queries", code="x")),
        outcomes=("Use Git every day",),
    )

    assert [(one.uri, one.origin) for one in found] == [
        (uri("python"), AwardOrigin.STATED),
        (uri("query-databases"), AwardOrigin.PROPOSED),
    ]


def test_what_a_person_reviewed_stays_and_nothing_is_proposed_beside_it(
    mini_matcher: Matcher,
) -> None:
    """Otherwise what a person took out would come back with every import."""
    reviewed = Award(uri=uri("java"), label="Java", origin=AwardOrigin.REVIEWED)
    stale = Award(uri=uri("python"), label="Python", origin=AwardOrigin.PROPOSED)

    found = aligned(mini_matcher, awards=(reviewed, stale), outcomes=("Use Git every day",))

    assert found == (reviewed,)


def test_skills_that_a_condition_asks_for_become_concepts_too(mini_matcher: Matcher) -> None:
    """A name cannot be compared with evidence."""
    need = Need(kind=NeedKind.SKILL, text="Python (computer programming)")
    other = Need(kind=NeedKind.OTHER, text="a driving licence")
    inner = Condition(least=1, needs=(need, other))

    outer = Condition(least=1, conditions=(inner,))
    whole = align_offers(
        mini_matcher, catalogue(Offer(id="a", name="A", requires=outer, parts=outer))
    )

    (offer,) = whole.offers
    for condition in (offer.requires, offer.parts):
        assert condition.conditions[0].needs == (replace(need, ref=uri("python")), other)


def test_a_skill_that_a_condition_gives_only_the_address_of_gets_its_label(
    mini_matcher: Matcher,
) -> None:
    """People read conditions in plans; a word of the source is kept, an unknown address, too."""
    java, gone = uri("java"), "http://x.example/gone"
    bare = Need(kind=NeedKind.SKILL, ref=java, text=java)
    nameless = Need(kind=NeedKind.SKILL, ref=java)
    called = Need(kind=NeedKind.SKILL, ref=java, text="Javanese, they say")
    unknown = Need(kind=NeedKind.SKILL, ref=gone, text=gone)
    asked = Condition(least=1, needs=(bare, nameless, called, unknown))

    whole = align_offers(mini_matcher, catalogue(Offer(id="a", name="A", requires=asked)))

    labelled = Need(kind=NeedKind.SKILL, ref=java, text="Java (computer programming)")
    assert whole.offers[0].requires.needs == (labelled, labelled, called, unknown)
    assert align_offers(mini_matcher, whole) == whole


def test_aligning_twice_changes_nothing_and_links_nothing(
    mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An imported catalogue is opened for every plan."""
    once = align_offers(
        mini_matcher, catalogue(Offer(id="a", name="A", outcomes=("Use Git every day",)))
    )

    with counted(monkeypatch) as texts:
        twice = align_offers(mini_matcher, once)

    assert twice == once
    assert once.frameworks == mini_matcher.frameworks.ids
    assert once.encoder
    assert texts == []


def test_awards_of_another_framework_or_encoder_are_found_anew(mini_matcher: Matcher) -> None:
    """A plan compares concepts of one release."""
    old = Award(uri=uri("java"), label="Java")
    offer = Offer(id="a", name="A", awards=(old,), skills=(OfferSkill(url=uri("python")),))

    whole = align_offers(mini_matcher, catalogue(offer, frameworks=("esco-0.0",)))

    assert [one.uri for one in whole.offers[0].awards] == [uri("python")]


def test_words_are_linked_once_however_often_they_are_read(
    mini_matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that was stopped goes on; a line that was cut off is found anew."""
    offers = [
        Offer(id=one, name=one, outcomes=("Use Git every day", f"Pick orders {one}"))
        for one in "ab"
    ]
    with counted(monkeypatch) as texts:
        with ProposedSkills.open(mini_matcher, tmp_path / "kept", keep=True) as known:
            first = align_offers(mini_matcher, catalogue(*offers), proposed=known)
        assert sorted(texts) == ["Pick orders a", "Pick orders b", "Use Git every day"]
        texts.clear()

        with ProposedSkills.open(mini_matcher, tmp_path / "kept", keep=False) as known:
            assert align_offers(mini_matcher, catalogue(*offers), proposed=known) == first
        assert texts == []

        (kept,) = (tmp_path / "kept").iterdir()
        kept.write_bytes(kept.read_bytes()[:-9])
        for _again in range(2):
            with ProposedSkills.open(mini_matcher, tmp_path / "kept", keep=True) as known:
                assert align_offers(mini_matcher, catalogue(*offers), proposed=known) == first

    assert len(texts) == 1


def test_a_long_wait_is_announced(mini_matcher: Matcher) -> None:
    """Whoever waits minutes at every plan should know that once is enough."""
    offers = [Offer(id=f"{n:03}", name=f"go {n}") for n in range(MANY + 1)]
    said: list[str] = []

    align_offers(mini_matcher, catalogue(*offers[1:]), warn=said.append)
    assert said == []
    align_offers(mini_matcher, catalogue(*offers), warn=said.append)

    assert len(said) == 1
    assert "catalogue import" in said[0]


def test_words_in_a_language_without_labels_are_noted_once(mini_matcher: Matcher) -> None:
    """Little is found in them, and that little must not look like the whole."""
    words = (
        "Hubarbeitsbühnen sicher bedienen und vor jeder Arbeit auf Schäden prüfen",
        "Lasten mit dem Kran heben und die Wege der Kolleginnen und Kollegen im Blick behalten",
    )
    german = Offer(id="a", name="A", outcomes=words)
    stated = replace(german, id="b", skills=(OfferSkill(url=uri("python")),))

    once = align_offers(mini_matcher, catalogue(german, stated))

    assert len(once.notes) == 1
    assert once.notes[0].startswith("1 offer described in de, in which no framework")
    assert align_offers(mini_matcher, once).notes == once.notes


@pytest.fixture
def home(tmp_path: Path, mini_settings: Settings) -> Settings:
    """A data folder of its own for catalogues."""
    return replace(mini_settings, data_dir=tmp_path / "home")


def stored(home: Settings, name: str, *offers: Offer) -> None:
    """Put a catalogue where imported ones lie."""
    path = CataloguePlaces.of(home).path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_catalogue(replace(catalogue(*offers), name=name), path)


def test_a_catalogue_is_opened_by_its_name_or_by_a_path(
    mini_matcher: Matcher, home: Settings, tmp_path: Path
) -> None:
    """And of several the offers are together, by id."""
    stored(home, "one", Offer(id="b", name="B", skills=(OfferSkill(url=uri("python")),)))
    sheet = tmp_path / "two.csv"
    sheet.write_text("id,name,skills\na,A,Java (computer programming)\n", encoding="utf-8")

    whole = open_catalogue(mini_matcher, ["one", sheet], at=DAY, settings=home)

    assert [(one.id, one.awards[0].uri) for one in whole.offers] == [
        ("a", uri("java")),
        ("b", uri("python")),
    ]
    assert whole.name == "one + two"


def test_rows_of_two_files_of_one_name_stay_two_offers(
    mini_matcher: Matcher, home: Settings
) -> None:
    """A row number is no identity, and what refers to it follows."""
    leaf = Need(kind=NeedKind.OFFER, ref="offers.csv#2")
    stored(home, "one", Offer(id="offers.csv#2", name="Welding"))
    stored(
        home,
        "two",
        Offer(id="offers.csv#2", name="Baking"),
        Offer(id="x", name="More baking", requires=Condition(least=1, needs=(leaf,))),
    )

    whole = open_catalogue(mini_matcher, ["one", "two"], at=DAY, settings=home)

    assert [(one.id, one.name) for one in whole.offers] == [
        ("offers.csv#2", "Welding"),
        ("two/offers.csv#2", "Baking"),
        ("x", "More baking"),
    ]
    assert whole.offers[2].requires.needs[0].ref == "two/offers.csv#2"


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ({"frameworks": ("x",)}, {"frameworks": ("x",), "encoder": "e"}, True),
        ({"frameworks": ("x",)}, {"frameworks": ("y",)}, False),
        ({"frameworks": ("x",)}, {}, False),
        ({"frameworks": ("x",), "encoder": "d"}, {"frameworks": ("x",), "encoder": "e"}, False),
    ],
)
def test_the_whole_is_aligned_only_where_all_parts_are_alike(
    first: dict[str, Any], second: dict[str, Any], alike: bool
) -> None:
    """Awards of two releases beside each other would be compared as if they were of one."""
    parts = [
        catalogue(Offer(id=id_, name=id_), **fields)
        for id_, fields in (("a", first), ("b", second))
    ]

    whole = put_together(parts)

    assert whole.frameworks == (("x",) if alike else ())
    assert whole.encoder == ("e" if alike else "")


def test_a_name_that_is_nothing_says_which_there_are(mini_matcher: Matcher, home: Settings) -> None:
    """A slip of the pen is mended at once."""
    stored(home, "city-college", Offer(id="a", name="A"))

    with pytest.raises(NotFoundError, match="imported: city-college"):
        open_catalogue(mini_matcher, ["city"], at=DAY, settings=home)
    with pytest.raises(UsageError, match="name a catalogue"):
        open_catalogue(mini_matcher, [], at=DAY, settings=home)


def test_descriptions_of_long_ago_are_noted(mini_matcher: Matcher, home: Settings) -> None:
    """Prices and dates may be others by now."""
    stored(
        home,
        "old",
        Offer(id="a", name="A", as_of=date(2020, 1, 1)),
        Offer(id="b", name="B", as_of=DAY),
    )

    whole = open_catalogue(mini_matcher, ["old"], at=DAY, settings=home)

    assert whole.notes == ("1 of 2 offers were described more than two years ago",)


def test_words_of_an_imported_catalogue_are_kept_and_of_others_never(
    mini_matcher: Matcher, home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan in another framework is quick the second time; somebody else's file stays theirs."""
    sheet = tmp_path / "mine.csv"
    sheet.write_text("id,name,outcomes\na,A,Use Git every day\n", encoding="utf-8")
    open_catalogue(mini_matcher, [sheet], at=DAY, settings=home)
    assert not home.data_dir.exists()
    stored(home, "one", Offer(id="b", name="B", outcomes=("Use Git every day",)))

    with counted(monkeypatch) as texts:
        first = open_catalogue(mini_matcher, ["one"], at=DAY, settings=home)
        second = open_catalogue(mini_matcher, ["one"], at=DAY, settings=home)
        assert texts == ["Use Git every day"]
        led = mini_matcher.led_by(["onet-0.1"])
        third = open_catalogue(led, ["one"], at=DAY, settings=home)

    assert first == second
    assert third.frameworks == ("onet-0.1", "esco-0.1")
    assert len(texts) == 2


@pytest.mark.parametrize("name", ["../x", "A", "", "x" * 65, "a/b", "-a", "a."])
def test_a_name_that_could_leave_the_folder_is_refused(home: Settings, name: str) -> None:
    """Names come from command lines and file names."""
    with pytest.raises(UsageError, match="no name of a catalogue"):
        CataloguePlaces.of(home).path(name)


def test_a_name_is_made_of_the_source(tmp_path: Path) -> None:
    """Whatever files are called, their catalogue has a name that can be typed."""
    folder = tmp_path / "City College.2026"
    folder.mkdir()

    assert name_for(folder) == "city-college-2026"
    assert name_for(tmp_path / "Offers (new).csv") == "offers-new"
    with pytest.raises(UsageError, match="--name"):
        name_for(tmp_path / "ünïq" / "äöü.csv".replace("äöü", "日本"))
