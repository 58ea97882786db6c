"""Alignments that a badge has already: confirmed, questioned with the reason, or not checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.linking.alignment.checking import Checking, KnownConcept
from skillmatch.linking.alignment.target_urls import read_target_url
from skillmatch.linking.alignment.targets import full_name, target_of
from skillmatch.model.achievement import Alignment
from skillmatch.model.alignment import AlignmentFinding, ConceptTarget, Doubt, FindingState
from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LangText,
    SkillType,
    Status,
)
from skillmatch.text.normal import normal_form

ESCO = "http://data.europa.eu/esco/skill/"
BAKER = "http://data.europa.eu/esco/occupation/baker"


def concept(name: str, *, uri: str = "", **more: object) -> Concept:
    label = (LangText(text=name.replace("-", " ")),)
    found = Concept(uri=ConceptUri(uri or ESCO + name), kind=ConceptKind.SKILL, pref_labels=label)
    return replace(found, **more)  # type: ignore[arg-type] # fields of a concept, by name


AT_HAND = (
    concept("bake-bread", skill_type=SkillType.SKILL, alt_labels=(LangText(text="make bread"),)),
    concept("food-hygiene", skill_type=SkillType.KNOWLEDGE),
    concept("send-faxes", status=Status.DEPRECATED, replaced_by=(ConceptUri(ESCO + "bake-bread"),)),
    concept("baker", uri=BAKER, kind=ConceptKind.OCCUPATION),
)
OLD = concept("knead-dough")


def named(name: str) -> tuple[ConceptTarget, ...]:
    form = normal_form(name)
    return tuple(
        target_of(one, "esco-1.2")
        for one in AT_HAND
        if normal_form(one.pref_label()) == form and one.status is Status.RELEASED
    )


CHECKING = Checking(
    find=lambda uri: next(
        (
            KnownConcept(concept=one, framework_id="esco-1.2-open")
            for one in AT_HAND
            if one.uri == uri
        ),
        None,
    ),
    elsewhere=lambda uri: (
        KnownConcept(concept=OLD, framework_id="esco-1.0") if uri == OLD.uri else None
    ),
    named=named,
    families=frozenset({"esco"}),
)


def check(*alignments: Alignment) -> tuple[AlignmentFinding, ...]:
    return CHECKING.check(alignments, at=lambda one: one.pointer)


def bread(**more: str) -> Alignment:
    fields = {
        "target_name": "bake bread",
        "target_url": ESCO + "bake-bread",
        "target_framework": "ESCO 1.2",
        "pointer": "/alignment/0",
        **more,
    }
    return Alignment(**fields)  # type: ignore[arg-type] # texts, by name


@pytest.mark.parametrize(
    "fine",
    [
        bread(),
        bread(target_name="Make breads"),
        bread(target_type="ext:ESCOSkill"),
        bread(target_type="ceasn:Competency"),
        bread(target_framework=""),
        bread(target_framework="ESCO v1.3"),
        bread(
            target_name="food hygiene",
            target_url=ESCO + "food-hygiene",
            target_type="ext:ESCOSkill",
        ),
    ],
)
def test_what_names_a_living_concept_by_one_of_its_labels_is_confirmed(fine: Alignment) -> None:
    """A false alarm costs a reviewer's trust; a newer release than ours is no fault."""
    (finding,) = check(fine)

    assert (finding.state, finding.doubts) == (FindingState.CONFIRMED, ())


@pytest.mark.parametrize(
    ("odd", "doubt", "words"),
    [
        (
            bread(target_name="send faxes", target_url=ESCO + "send-faxes"),
            Doubt.WITHDRAWN,
            "'bake bread' takes its place",
        ),
        (bread(target_url=ESCO + "nothing"), Doubt.UNKNOWN_URI, "no installed release of ESCO"),
        (bread(target_framework="ESCO (v1.0.8)"), Doubt.OLD_RELEASE, "given as ESCO 1.0.8"),
        (
            bread(target_name="knead dough", target_url=ESCO + "knead-dough"),
            Doubt.OLD_RELEASE,
            "only ESCO 1.0 has this concept",
        ),
        (bread(target_type="ceterms:Credential"), Doubt.WRONG_TYPE, "'ext:ESCOSkill' fits"),
        (bread(target_type="ext:ESCOKnowledge"), Doubt.WRONG_TYPE, "a skill of ESCO"),
        (bread(target_type="ext:ONETElement"), Doubt.WRONG_TYPE, "'ext:ESCOSkill' fits"),
        (bread(target_type="ext:ESCOOccupation"), Doubt.WRONG_TYPE, "'ext:ESCOSkill' fits"),
        (
            bread(target_name="baker", target_url=BAKER, target_type="ceasn:Competency"),
            Doubt.WRONG_TYPE,
            "an occupation of ESCO",
        ),
        (bread(target_name="food hygiene"), Doubt.NAME_DIFFERS, "the URL means 'bake bread'"),
        (bread(target_framework="O*NET"), Doubt.NAME_DIFFERS, "the URL is one of ESCO"),
        (bread(target_url="https://esco.ec.europa.eu/en"), Doubt.NOT_AN_ITEM, "whole framework"),
        (bread(target_url=""), Doubt.NOT_AN_ITEM, "no absolute URL"),
        (
            bread(target_url="https" + ESCO.removeprefix("http") + "bake-bread"),
            Doubt.NOT_AN_ITEM,
            "own URI is http://data.europa.eu/esco/skill/bake-bread",
        ),
    ],
)
def test_each_doubt_is_told_with_its_reason(odd: Alignment, doubt: Doubt, words: str) -> None:
    """A reviewer must see why before deciding."""
    (finding,) = check(odd)

    assert (finding.state, finding.doubts) == (FindingState.QUESTIONED, (doubt,))
    assert words in finding.message


def test_a_concept_found_by_name_is_offered_where_the_url_is_wrong() -> None:
    """The mend is one key away."""
    (finding,) = check(bread(target_url=ESCO + "nothing"))

    assert [one.label for one in finding.suggestions] == ["bake bread"]


def test_the_same_target_twice_is_a_duplicate_whatever_form_its_url_has() -> None:
    """A portal page and the URI are one concept."""
    portal = "https://esco.ec.europa.eu/en/classification/skills?uri=" + ESCO + "bake-bread"

    first, second = check(bread(), bread(target_url=portal, pointer="/alignment/1"))

    assert first.state is FindingState.CONFIRMED
    assert Doubt.DUPLICATE in second.doubts
    assert "/alignment/0" in second.message


def test_an_alignment_to_a_framework_that_is_not_installed_is_not_judged() -> None:
    """Not knowing is no fault of the badge."""
    (finding,) = check(bread(target_url="https://case.example/items/1", target_framework="CASE"))

    assert (finding.state, finding.doubts) == (FindingState.UNCHECKED, (Doubt.NOT_INSTALLED,))


@pytest.mark.parametrize(
    ("url", "uri", "item"),
    [
        (ESCO + "a/", ESCO + "a", True),
        ("http://data.europa.eu/esco/model", "http://data.europa.eu/esco/model", False),
        (
            "https://www.onetonline.org/find/descriptor/result/2.A.1.b?a=1",
            "https://www.onetonline.org/find/descriptor/result/2.A.1.b",
            True,
        ),
        (
            "https://www.onetonline.org/link/details/15-2051.00",
            "https://www.onetonline.org/link/summary/15-2051.00",
            True,
        ),
        ("https://www.onetonline.org/", "https://www.onetonline.org/", False),
        ("urn:skillmatch:onet:technology:1:r", "urn:skillmatch:onet:technology:1:r", True),
        ("https://example.org", "https://example.org", False),
        ("example", "example", False),
        ("http://[", "http://[", False),
    ],
)
def test_a_url_is_read_for_the_concept_that_it_means(url: str, uri: str, item: bool) -> None:
    """People copy what their browser shows."""
    found = read_target_url(url)

    assert (found.uri, found.item) == (uri, item)


def test_a_framework_is_named_as_its_publisher_names_it() -> None:
    """How we came by the files is no part of the release."""
    assert full_name("esco-1.1.1-open") == "ESCO 1.1.1"
    assert full_name("onet-30.3") == "O*NET 30.3"
    assert full_name("mine-2") == "mine 2"
