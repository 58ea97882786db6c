"""Offers in the Credential Transparency Description Language."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import UnreadableError
from skillmatch.model.offer import (
    NO_CONDITION,
    Condition,
    Delivery,
    Money,
    Need,
    NeedKind,
    Offer,
    OfferKind,
    OfferSkill,
    Signal,
    SignalKind,
)
from skillmatch.readers.offers import condition_text, read_catalogue

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
CTID = "ce-00000000-0000-0000-0000-00000000000"
REGISTRY = "https://credentialengineregistry.org"

Json = dict[str, Any]


def course(name: str = "a", **terms: Any) -> Json:  # noqa: ANN401 - any JSON
    """A course with these terms."""
    identity = {"@id": f"https://x.example/{name}", "@type": "ceterms:Course"}
    return {
        **identity,
        "ceterms:name": {"en": name.upper()},
        **{f"ceterms:{key}": value for key, value in terms.items()},
    }


def aligned(target: str = "", name: str = "", **terms: Any) -> Json:  # noqa: ANN401 - any JSON
    """An alignment object."""
    found = {"targetNode": target, "targetNodeName": {"en": name} if name else None, **terms}
    return {f"ceterms:{key}": value for key, value in found.items() if value}


def read(folder: Path, *nodes: Json) -> dict[str, Offer]:
    """Read a graph of nodes; the offers by the last part of their id."""
    path = folder / "graph.json"
    path.write_text(json.dumps({"@context": CONTEXT, "@graph": list(nodes)}), encoding="utf-8")
    return {one.id.rpartition("/")[2]: one for one in read_catalogue(path).offers}


def first(folder: Path, **terms: Any) -> Offer:  # noqa: ANN401 - any JSON
    """Read one course with these terms."""
    return read(folder, course(**terms))["a"]


def offer_need(name: str, text: str = "") -> Need:
    """The need for an offer of these graphs."""
    ref = f"https://x.example/{name}"
    return Need(kind=NeedKind.OFFER, ref=ref, text=text or ref)


def other(text: str) -> Need:
    """A need in words."""
    return Need(kind=NeedKind.OTHER, text=text)


def test_a_course_is_read_with_all_that_a_plan_needs(tmp_path: Path) -> None:
    """Every field that CTDL has a term for."""
    node = course(
        ctid=f"{CTID}1",
        description={"de": "Schweißen", "en-US": "Weld."},
        subjectWebpage="https://x.example/page",
        alternateName={"en": ["Welding 1"]},
        offeredBy=["_:school"],
        accreditedBy=["_:school"],
        teaches=[
            aligned(
                "http://x.example/skill",
                "weld metal",
                frameworkName={"en": "ESCO"},
                codedNotation="S8",
            )
        ],
        estimatedCost=[{"ceterms:price": 120, "ceterms:currency": "EUR"}],
        estimatedDuration=[
            {"ceterms:exactDuration": "P4W", "ceterms:timeRequired": "PT40H30M"},
        ],
        scheduleTimingType=[aligned("scheduleTiming:SelfPaced")],
        deliveryType=[aligned("deliver:BlendedDelivery")],
        availableAt=[{"ceterms:name": "Campus", "ceterms:addressLocality": {"en": "Essen"}}],
        inLanguage=["en", "de-DE", "not a language!"],
        audienceLevelType=[
            aligned("http://data.europa.eu/snb/eqf/4", "Level 4", frameworkName="EQF")
        ],
        assessmentMethodType=[aligned("assessMethod:Exam")],
        renewalFrequency="P2Y6M",
        dateEffective="2026-12-01",
        expirationDate="2027-12-31",
        accommodationType=[aligned("accommodation:FlexibleDelivery")],
        creditValue=[{"schema:value": 3, "ceterms:creditUnitType": [aligned("creditUnit:ECTS")]}],
    )
    school = {"@id": "_:school", "@type": "ceterms:Organization", "ceterms:name": "Steel School"}

    found = read(tmp_path, node, school)

    assert found == {
        "a": Offer(
            id="https://x.example/a",
            name="A",
            kind=OfferKind.COURSE,
            provider="Steel School",
            description="Weld.",
            url="https://x.example/page",
            outcomes=("weld metal",),
            skills=(
                OfferSkill(
                    name="weld metal",
                    url="http://x.example/skill",
                    framework="ESCO",
                    code="S8",
                    pointer="/@graph/0/ceterms:teaches/0",
                ),
            ),
            same_as=(f"{CTID}1", "Welding 1"),
            cost=Money(amount=120, currency="EUR"),
            hours=40.5,
            weeks=4,
            self_paced=True,
            delivery=(Delivery.BLENDED,),
            place="Campus, Essen",
            languages=("en", "de-DE"),
            level="Level 4",
            eqf=4,
            assessment="Exam",
            valid_months=30,
            available_from=date(2026, 12, 1),
            available_until=date(2027, 12, 31),
            accessibility=("flexible delivery",),
            signals=(Signal(kind=SignalKind.ACCREDITATION, value="accredited by Steel School"),),
            credits=3,
            source="graph.json",
            pointer="/@graph/0",
        )
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ceterms:Badge", OfferKind.BADGE),
        ("ceterms:MicroCredential", OfferKind.BADGE),
        ("ceterms:BachelorDegree", OfferKind.DEGREE),
        ("ceterms:ResearchDoctorate", OfferKind.DEGREE),
        ("ceterms:JourneymanCertificate", OfferKind.CERTIFICATE),
        ("ceterms:CertificateOfCompletion", OfferKind.CERTIFICATE),
        ("ceterms:License", OfferKind.LICENCE),
        ("https://purl.org/ctdl/terms/Certification", OfferKind.CERTIFICATION),
        ("ceterms:LearningProgram", OfferKind.PROGRAMME),
        ("ceterms:AssessmentProfile", OfferKind.ASSESSMENT),
        ("ceterms:Credential", OfferKind.OTHER),
    ],
)
def test_every_class_of_credential_is_an_offer(tmp_path: Path, name: str, kind: OfferKind) -> None:
    """A catalogue of the Registry holds all of them."""
    (offer,) = read(tmp_path, {**course(), "@type": name}).values()

    assert offer.kind is kind


def test_prefixed_bare_and_expanded_terms_are_the_same(tmp_path: Path) -> None:
    """Publishers write all three, and JSON-LD says that they mean one thing."""
    prefixed = course(subjectWebpage="https://x.example/p", inLanguage=["en"])
    bare = {key.removeprefix("ceterms:"): value for key, value in prefixed.items()}
    expanded = {
        "@id": "https://x.example/a",
        "@type": ["https://purl.org/ctdl/terms/Course"],
        "https://purl.org/ctdl/terms/name": [
            {"@value": "Kurs", "@language": "de"},
            {"@value": "A", "@language": "en"},
        ],
        "https://purl.org/ctdl/terms/subjectWebpage": [{"@id": "https://x.example/p"}],
        "https://purl.org/ctdl/terms/inLanguage": [{"@value": "en"}],
    }

    found = [read(tmp_path, one)["a"] for one in (prefixed, bare, expanded)]

    assert [one.name for one in found] == ["A"] * 3
    assert [one.languages for one in found] == [("en",)] * 3
    assert found[0] == found[1]
    assert found[2].url == "https://x.example/p"


def envelope(resource: Any) -> Json:  # noqa: ANN401 - any JSON
    """A resource as the Registry gives it out."""
    return {
        "envelope_id": "1",
        "envelope_ctdl_type": "ceterms:Course",
        "decoded_resource": resource,
        "node_headers": {"updated_at": "2026-05-04 17:08:46 UTC"},
    }


def test_envelopes_graphs_and_single_resources_hold_the_same_offer(tmp_path: Path) -> None:
    """The Registry wraps what its publishers write."""
    single = {"@context": CONTEXT, **course(ctid=f"{CTID}1")}
    documents = [
        single,
        {"@context": CONTEXT, "@graph": [single]},
        [single],
        envelope({"@context": CONTEXT, "@graph": [single]}),
        [envelope(single)],
        {"envelopes": [envelope(single)]},
    ]
    found = []
    for document in documents:
        path = tmp_path / "offer.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        found.append(read_catalogue(path).offers[0])

    assert {(one.id, one.name, one.same_as) for one in found} == {
        ("https://x.example/a", "A", (f"{CTID}1",))
    }
    assert found[3].as_of == date(2026, 5, 4)
    assert found[0].as_of is None


def test_registry_addresses_of_graph_and_resource_are_one(tmp_path: Path) -> None:
    """Resources carry one of them, references to them the other."""
    a = {**course(ctid=f"{CTID}1"), "@id": f"{REGISTRY}/resources/{CTID}1"}
    b = course(
        "b",
        requires=[
            {
                "ceterms:targetLearningOpportunity": [
                    f"{REGISTRY}/graph/{CTID.upper()}1".replace("CE-", "ce-")
                ]
            }
        ],
        isPartOf=[f"{CTID}1"],
    )

    found = read(tmp_path, a, b)

    assert found["b"].requires.needs == (
        Need(kind=NeedKind.OFFER, ref=f"{REGISTRY}/resources/{CTID}1", text="A"),
    )
    assert found["b"].counts_towards == (f"{REGISTRY}/resources/{CTID}1",)


def test_conditions_hold_together_and_alternatives_one_by_one(tmp_path: Path) -> None:
    """A and (B or C), which many credentials ask for."""
    found = read(
        tmp_path,
        course(
            requires=[
                {
                    "ceterms:description": {"en": "First."},
                    "ceterms:targetCredential": ["https://x.example/b"],
                    "ceterms:condition": {"en": ["school diploma"]},
                    "ceterms:minimumAge": 18,
                    "ceterms:yearsOfExperience": 2,
                    "ceterms:alternativeCondition": [
                        {"ceterms:targetAssessment": ["https://x.example/c"]},
                        {"ceterms:targetCompetency": [aligned("http://x.example/s", "weld")]},
                    ],
                }
            ],
            recommends=[{"ceterms:targetCredential": ["https://x.example/never"]}],
        ),
        course("b"),
    )

    assert found["a"].requires == Condition(
        least=5,
        needs=(
            offer_need("b", "B"),
            other("school diploma"),
            other("at least 18 years old"),
            other("2 years of experience"),
        ),
        conditions=(
            Condition(
                least=1,
                needs=(
                    offer_need("c"),
                    Need(kind=NeedKind.SKILL, ref="http://x.example/s", text="weld"),
                ),
            ),
        ),
        text="First.",
    )


def test_words_alone_stay_a_condition_that_a_person_checks(tmp_path: Path) -> None:
    """To drop them would let anybody in; to block on them nobody."""
    offer = first(
        tmp_path,
        requires=[{"ceterms:description": {"en": "A clean driving record."}}],
        commonConditions=["https://x.example/manifest"],
        corequisite=[{"ceterms:targetLearningOpportunity": [{"ceterms:name": "Lab course"}]}],
    )

    assert offer.requires == Condition(
        least=3,
        needs=(
            other("A clean driving record."),
            other("conditions described at https://x.example/manifest"),
            other("taken together with Lab course"),
        ),
    )


def test_manifests_in_the_graph_are_followed(tmp_path: Path) -> None:
    """Providers state once what holds for all their offers."""
    found = read(
        tmp_path,
        course(commonConditions=["_:conditions"], commonCosts=["_:costs"]),
        {
            "@id": "_:conditions",
            "@type": "ceterms:ConditionManifest",
            "ceterms:requires": [{"ceterms:targetCredential": ["https://x.example/b"]}],
        },
        {
            "@id": "_:costs",
            "@type": "ceterms:CostManifest",
            "ceterms:estimatedCost": [{"ceterms:price": 30, "ceterms:currency": "US Dollar"}],
        },
    )

    assert found["a"].requires == Condition(least=1, needs=(offer_need("b"),))
    assert found["a"].cost == Money(amount=30, currency="USD")


def test_what_a_credential_demands_to_be_shown_is_what_it_certifies(tmp_path: Path) -> None:
    """A certificate in welding asks for welding; that is no prerequisite of it."""
    profile = {"ceterms:targetCompetency": [aligned("http://x.example/s", "weld")]}
    certificate = {**course(requires=[profile]), "@type": "ceterms:Certificate"}

    found = read(tmp_path, certificate, course("b", requires=[profile]))

    assert found["a"].requires == NO_CONDITION
    assert [one.url for one in found["a"].skills] == ["http://x.example/s"]
    assert [one.kind for one in found["b"].requires.needs] == [NeedKind.SKILL]
    assert found["b"].skills == ()


def test_what_a_credential_asks_for_before_entry_is_never_what_it_certifies(tmp_path: Path) -> None:
    """Without the way by skill, whoever has it would be sent to a course."""
    english = {"ceterms:targetCompetency": [aligned("http://x.example/en", "English")]}
    ways = {
        "ceterms:alternativeCondition": [
            english,
            {"ceterms:targetLearningOpportunity": ["https://x.example/b"]},
        ]
    }
    need = Need(kind=NeedKind.SKILL, ref="http://x.example/en", text="English")
    skill = Condition(least=1, needs=(need,))
    either = Condition(least=1, needs=(need, offer_need("b", "B")))
    certificate = {"@type": "ceterms:Certificate"}

    found = read(
        tmp_path,
        {**course(entryCondition=[english]), **certificate},
        course("b"),
        {**course("c", entryCondition=[ways]), **certificate},
        {**course("d", requires=[ways]), **certificate},
        {**course("e", commonConditions=["_:entry"]), **certificate},
        {"@id": "_:entry", "@type": "ceterms:ConditionManifest", "ceterms:entryCondition": english},
    )

    assert found["a"].requires == found["e"].requires == skill
    assert found["c"].requires == found["d"].requires == either
    assert not any(one.skills or one.outcomes for one in found.values())


def cost(price: float | None, kind: str = "", **terms: Any) -> Json:  # noqa: ANN401 - any JSON
    """A cost profile in euros."""
    found = {"price": price, "currency": "EUR", **terms}
    if kind:
        found["directCostType"] = aligned(f"costType:{kind}")
    return {f"ceterms:{key}": value for key, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("costs", "amount"),
    [
        ([cost(100)], 100),
        ([cost(0)], 0),
        ([cost(100, "Tuition"), cost(20.5, "LearningResource")], 120.5),
        ([cost(100, "Tuition"), cost(20, "Fee"), cost(130, "AggregateCost")], 130),
        ([cost(100, "Tuition"), cost(80, "Tuition")], None),
        ([cost(100), cost(80)], None),
        ([cost(100, "Tuition"), cost(80, "Fee", currency="USD")], None),
        ([cost(100, residencyType=[aligned("residency:InState")])], None),
        ([cost(100, paymentPattern={"en": "monthly"})], None),
        ([cost(-5)], None),
        ([cost(None)], None),
        ([cost(100, currency="Doubloons")], None),
    ],
)
def test_prices_are_summed_only_where_they_are_one_bill(
    tmp_path: Path, costs: list[Json], amount: float | None
) -> None:
    """A wrong total is worse than none; what is said stands in the note."""
    offer = first(tmp_path, estimatedCost=costs)

    assert (None if offer.cost is None else offer.cost.amount) == amount
    prices = [one["ceterms:price"] for one in costs if one.get("ceterms:price")]
    said = offer.cost_note if len(costs) > 1 or offer.cost is None else f"{amount}"
    assert all(f"{one:g}" in said for one in prices)


def test_an_only_price_is_told_once_with_what_it_pays_for(tmp_path: Path) -> None:
    """The note stands beside the amount: "260 EUR (Tuition)"."""
    named = cost(260, name={"en": "Exam fee"}, description={"en": "One try"})
    described = cost(260, description={"en": "All lessons"})

    notes = [
        first(tmp_path, estimatedCost=[one]).cost_note
        for one in (cost(260), cost(260, "Tuition"), named, described)
    ]

    assert notes == ["", "Tuition", "Exam fee", "All lessons"]


def test_costs_that_stand_elsewhere_leave_the_total_open(tmp_path: Path) -> None:
    """What the provider charges everybody comes on top, and nobody knows how much."""
    offer = first(tmp_path, estimatedCost=[cost(100)], commonCosts=["https://x.example/costs"])

    assert offer.cost is None
    assert offer.cost_note == "100 EUR; costs described at https://x.example/costs"


@pytest.mark.parametrize(
    ("durations", "hours", "weeks"),
    [
        ([{"exactDuration": "PT90M"}], 1.5, None),
        ([{"exactDuration": "P14D"}], None, 2),
        ([{"minimumDuration": "P2W", "maximumDuration": "P4W"}], None, 4),
        ([{"exactDuration": "P1W"}, {"exactDuration": "P3W"}], None, 3),
        ([{"exactDuration": "six weeks"}], None, None),
        ([{"exactDuration": "P"}], None, None),
        (["P1W"], None, 1),
        ([{"exactDuration": "P9999Y"}], None, None),
    ],
)
def test_durations_on_the_calendar_are_weeks_and_others_hours(
    tmp_path: Path, durations: list[Any], hours: float | None, weeks: float | None
) -> None:
    """An exam of two hours is no course of two hours a week."""
    profiles = [
        one if isinstance(one, str) else {f"ceterms:{key}": value for key, value in one.items()}
        for one in durations
    ]

    offer = first(tmp_path, estimatedDuration=profiles)

    assert (offer.hours, offer.weeks) == (hours, weeks)


def test_offerings_say_when_and_how_a_course_takes_place(tmp_path: Path) -> None:
    """The course says what, its offerings when."""
    found = read(
        tmp_path,
        course(hasOffering=["_:o1", "_:o2"]),
        {
            "@id": "_:o1",
            "@type": "ceterms:ScheduledOffering",
            "ceterms:startDate": "2027-03-01",
            "ceterms:deliveryType": [aligned("deliver:OnlineOnly")],
        },
        {
            "@id": "_:o2",
            "@type": "ceterms:ScheduledOffering",
            "ceterms:startDate": "2027-01-11T09:00:00Z",
            "ceterms:deliveryType": [aligned("deliver:InPerson")],
        },
    )

    assert found["a"].starts == (date(2027, 1, 11), date(2027, 3, 1))
    assert found["a"].delivery == (Delivery.ONLINE, Delivery.IN_PERSON)
    assert found["a"].self_paced is None


def test_what_is_no_longer_offered_is_left_out_with_the_reason(tmp_path: Path) -> None:
    """A plan must not send anybody to a course that has ended."""
    path = tmp_path / "graph.json"
    ended = course("b", lifeCycleStatusType=aligned("lifeCycle:Ceased", "Ceased"))
    coming = course("c", lifeCycleStatusType=aligned("lifeCycle:Developing", "Developing"))
    dated = course(
        "d", credentialStatusType=aligned("credentialStat:Deprecated"), expirationDate="2026-01-31"
    )
    graph = {
        "@context": CONTEXT,
        "@graph": [course(), ended, coming, dated, {"@type": "ceterms:Course"}],
    }
    path.write_text(json.dumps(graph), encoding="utf-8")

    catalogue = read_catalogue(path)

    assert [one.name for one in catalogue.offers] == ["A", "D"]
    assert catalogue.offers[1].available_until == date(2026, 1, 31)
    assert [(one.pointer, one.reason) for one in catalogue.unread] == [
        ("/@graph/1", "it can no longer be taken: its status is 'Ceased'"),
        ("/@graph/2", "it cannot be taken yet: its status is 'Developing'"),
        ("/@graph/4", "it has neither a name nor an address"),
    ]


def test_parts_of_a_programme_are_all_of_them(tmp_path: Path) -> None:
    """``hasPart`` knows no choice."""
    found = read(
        tmp_path,
        course(hasPart=["https://x.example/b", "https://x.example/c"]),
        course("b", isPartOf=["https://x.example/a"]),
    )

    assert condition_text(found["a"].parts) == ('https://x.example/b "B" and https://x.example/c')
    assert found["b"].counts_towards == ("https://x.example/a",)


def component(name: str, kind: str = "CourseComponent", **terms: Any) -> Json:  # noqa: ANN401 - any JSON
    """A component of a pathway."""
    return {**course(name, **terms), "@type": f"ceterms:{kind}"}


def refs(*names: str) -> list[str]:
    """Addresses in these graphs."""
    return [f"https://x.example/{name}" for name in names]


def test_a_pathway_is_a_stack_over_its_components(tmp_path: Path) -> None:
    """Its conditions are AND, OR and k of n, inside each other."""
    pathway = {
        **course("way", hasDestinationComponent=refs("goal")),
        "@type": "ceterms:Pathway",
    }
    either = {
        "ceterms:logicalOperator": "logicOp:Or",
        "ceterms:description": {"en": "One or the other."},
        "ceterms:hasCondition": [
            {"ceterms:requiredNumber": 2, "ceterms:targetComponent": refs("b", "c", "d")},
            {
                "leftOperand": "reqNum",
                "operand": ">=",
                "rightOperand": 1,
                "ceterms:targetComponent": refs("e", "skill"),
            },
        ],
    }
    found = read(
        tmp_path,
        pathway,
        component("goal", "CredentialComponent", hasCondition=[either]),
        *(component(name) for name in "bcd"),
        component("e", "CourseComponent", proxyFor="https://y.example/real"),
        component("skill", "CompetencyComponent", proxyFor="https://y.example/skill"),
    )

    assert condition_text(found["way"].parts) == 'https://x.example/goal "GOAL"'
    assert condition_text(found["goal"].parts) == (
        '(2 of (https://x.example/b "B", https://x.example/c "C", https://x.example/d "D") or '
        '(https://y.example/real "E" or skill:"SKILL" <https://y.example/skill>)) '
        '"One or the other."'
    )
    assert sorted(found) == ["b", "c", "d", "goal", "way"]


def test_a_destination_that_stands_for_a_credential_keeps_its_own_conditions(
    tmp_path: Path,
) -> None:
    """Somebody else's pathway is one way among others; it binds nobody who comes another way."""
    way = course("way", hasDestinationComponent=refs("goal"), ownedBy=refs("board"))
    pathway = {**way, "@type": "ceterms:Pathway"}
    goal = component(
        "goal",
        "CredentialComponent",
        proxyFor="https://x.example/real",
        hasCondition=[{"ceterms:targetComponent": refs("b", "select")}],
    )
    select = component("select", "SelectionComponent", hasChild=refs("c", "d"))
    real = {**course("real", ownedBy=refs("school")), "@type": "ceterms:Certification"}

    found = read(tmp_path, pathway, goal, select, real, *(component(one) for one in "bcd"))

    assert found["real"].parts == NO_CONDITION
    assert condition_text(found["way"].parts) == (
        'https://x.example/real "GOAL" and (https://x.example/b "B" and '
        '(https://x.example/c "C" and https://x.example/d "D"))'
    )


def test_constraints_of_a_pathway_are_for_a_person_to_check(tmp_path: Path) -> None:
    """So many credits can be met in ways that a list of components does not show."""
    asked = {
        "ceterms:requiredNumber": 1,
        "ceterms:targetComponent": refs("b", "c"),
        "ceterms:hasConstraint": [{"ceterms:description": {"en": "at least 30 credits"}}],
    }
    found = read(tmp_path, component("goal", hasCondition=[asked]), component("b"), component("c"))

    assert condition_text(found["goal"].requires) == (
        '"at least 30 credits" and (https://x.example/b "B" or https://x.example/c "C")'
    )


def test_components_that_lead_to_each_other_end(tmp_path: Path) -> None:
    """A circle is for the check of the catalogue to report, not for the reader to walk."""
    proxied = {"proxyFor": "https://y.example/real"}
    pathway = {**course("way", hasDestinationComponent=refs("b")), "@type": "ceterms:Pathway"}

    found = read(
        tmp_path,
        pathway,
        component("b", hasChild=refs("c"), **proxied),
        component("c", hasChild=refs("b"), **proxied),
    )

    assert condition_text(found["way"].parts).count("https://y.example/real") == 3


def test_a_pathway_that_grows_without_end_is_left_out(tmp_path: Path) -> None:
    """Twenty components that each name the next one twice would be a million parts."""
    layers = [
        component(
            f"n{place}", "SelectionComponent", hasChild=refs(f"n{place + 1}", f"n{place + 1}")
        )
        for place in range(20)
    ]
    pathway = {**course("way", hasDestinationComponent=refs("n0")), "@type": "ceterms:Pathway"}
    path = tmp_path / "graph.json"
    path.write_text(
        json.dumps({"@context": CONTEXT, "@graph": [pathway, *layers, component("n20")]}),
        encoding="utf-8",
    )

    catalogue = read_catalogue(path)

    assert [one.name for one in catalogue.offers] == ["N20"]
    assert "too many" in catalogue.unread[0].reason


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (
            {"@type": "ceterms:CredentialOrganization", "ceterms:name": "x"},
            "CredentialOrganization",
        ),
        ({"envelope_id": "1", "resource": "encoded"}, "holds no resource"),
    ],
)
def test_a_document_without_offers_says_what_it_describes(
    tmp_path: Path, node: Json, message: str
) -> None:
    """The Registry holds organisations and frameworks, too."""
    path = tmp_path / "ctdl.json"
    path.write_text(json.dumps({"@context": CONTEXT, "@graph": [node]}), encoding="utf-8")

    with pytest.raises(UnreadableError, match=message):
        read_catalogue(path)


@pytest.mark.shared
def test_samples_of_the_registry_are_read(shared_data: Path) -> None:
    """Real envelopes, with all that their publishers put into them."""
    folder = shared_data / "credentials"
    samples = next(folder.rglob("EnvelopeSamples"))

    catalogue = read_catalogue(samples)
    pathway = read_catalogue(folder / "ctdl-pathways" / "PathwayConditions.json")

    by_name = {one.name: one for one in catalogue.offers}
    assert set(by_name) == {
        "21st Century Skills for Workplace Success",
        "Health Informatics",
        "Insurance Studies Certificate",
    }
    assert by_name["Health Informatics"].hours == 2
    assert by_name["Insurance Studies Certificate"].cost is None
    assert "5886 US Dollar (Out-of-State)" in by_name["Insurance Studies Certificate"].cost_note
    assert [one.source for one in catalogue.unread] == ["ConditionManifest.json"]
    assert any("CostManifest.json, OrganizationEnvelope.json" in note for note in catalogue.notes)
    exam = next(one for one in pathway.offers if one.kind is OfferKind.ASSESSMENT)
    (two_of_three,) = exam.requires.conditions
    assert (exam.requires.least, len(exam.requires.needs)) == (1, 1)
    assert (two_of_three.least, len(two_of_three.needs)) == (2, 3)


@pytest.mark.parametrize(
    "name", ["scheduleTimingType", "scheduleFrequencyType", "offerFrequencyType"]
)
def test_self_paced_is_read_from_each_term_that_says_so(tmp_path: Path, name: str) -> None:
    """SelfPaced is a concept of the scheme that all three terms take their values from."""
    said: Any = [aligned("scheduleFrequency:SelfPaced")]

    found = read(
        tmp_path, course(**{name: said}), course("b", hasOffering=[{f"ceterms:{name}": said}])
    )

    assert [one.self_paced for one in found.values()] == [True, True]
    assert first(tmp_path, **{name: [aligned("scheduleFrequency:Weekly")]}).self_paced is None


def test_words_around_one_condition_are_kept_with_it(tmp_path: Path) -> None:
    """Two profiles around one choice say two things of the same choice."""
    ways = [{"ceterms:targetCredential": [f"https://x.example/{one}"]} for one in "bc"]
    inner = {"ceterms:description": {"en": "English"}, "ceterms:alternativeCondition": ways}
    outer = {"ceterms:description": {"en": "at B2"}, "ceterms:alternativeCondition": [inner]}

    offer = first(tmp_path, requires=[outer])

    assert offer.requires == Condition(
        least=1, needs=(offer_need("b"), offer_need("c")), text="at B2; English"
    )
