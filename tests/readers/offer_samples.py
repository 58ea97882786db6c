"""Small files of offers that more than one test reads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Award,
    Catalogue,
    Condition,
    Delivery,
    Money,
    Need,
    NeedKind,
    Offer,
    OfferKind,
    OfferSkill,
    OfferSource,
    Signal,
    SignalKind,
    UnreadOffer,
)

SHEET = (
    b"id,name,kind,skills,requires,cost,currency,hours,starts,self_paced,languages,eqf,reviews\r\n"
    b'a,Welding,course,"weld metal (B2) <http://x.example/s>; drawings [S8]",'
    b'"b and (c or 2 of (d, e, skill:Python)) and ""18 years""","12,50",EUR,40,'
    b"2027-01-11; 2027-04-12,no,en; de,4,4.6 of 5\r\n"
    b"b,Safety,badge,http://x.example/t,,free,EUR,3,,yes,en,,\r\n"
)
CTDL: dict[str, Any] = {
    "@context": "https://credreg.net/ctdl/schema/context/json",
    "@graph": [
        {
            "@id": "https://x.example/course",
            "@type": "ceterms:Course",
            "ceterms:ctid": "ce-00000000-0000-0000-0000-000000000001",
            "ceterms:name": {"en": "Welding", "de": "Schweissen"},
            "ceterms:offeredBy": ["_:school"],
            "ceterms:teaches": [
                {
                    "ceterms:targetNode": "http://x.example/s",
                    "ceterms:targetNodeName": {"en": "weld metal"},
                }
            ],
            "ceterms:requires": [
                {
                    "ceterms:targetCredential": ["https://x.example/badge"],
                    "ceterms:minimumAge": 18,
                    "ceterms:alternativeCondition": ["_:way", "_:way"],
                }
            ],
            "ceterms:commonCosts": ["_:costs"],
            "ceterms:estimatedCost": [{"ceterms:price": 12.5, "ceterms:currency": "EUR"}],
            "ceterms:estimatedDuration": [{"ceterms:exactDuration": "P4W"}],
            "ceterms:hasOffering": [{"ceterms:startDate": "2027-01-11"}],
            "ceterms:renewalFrequency": "P2Y",
            "ceterms:lifeCycleStatusType": {"ceterms:targetNode": "lifeCycle:Active"},
        },
        {
            "@id": "_:way",
            "ceterms:targetCompetency": [{"ceterms:targetNode": "http://x.example/t"}],
        },
        {
            "@id": "_:costs",
            "ceterms:estimatedCost": [{"ceterms:price": 1, "ceterms:currency": "EUR"}],
        },
        {"@id": "_:school", "@type": "ceterms:Organization", "ceterms:name": "Steel School"},
        {
            "@id": "https://x.example/way",
            "@type": "ceterms:Pathway",
            "ceterms:name": "Way",
            "ceterms:hasDestinationComponent": "https://x.example/goal",
        },
        {
            "@id": "https://x.example/goal",
            "@type": "ceterms:CredentialComponent",
            "ceterms:proxyFor": "https://x.example/badge",
            "ceterms:hasCondition": [
                {
                    "ceterms:logicalOperator": "logicOp:Or",
                    "ceterms:requiredNumber": 1,
                    "ceterms:targetComponent": ["https://x.example/goal", "https://x.example/part"],
                    "ceterms:hasConstraint": [{"ceterms:description": "30 credits"}],
                    "ceterms:hasCondition": [{"ceterms:targetComponent": "https://x.example/part"}],
                }
            ],
        },
        {
            "@id": "https://x.example/part",
            "@type": "ceterms:CourseComponent",
            "ceterms:name": "Part",
        },
    ],
}


def small_catalogue() -> Catalogue:
    """A catalogue with something in most fields."""
    need = Need(kind=NeedKind.OFFER, ref="b", text="B")
    offer = Offer(
        id="a",
        name="A",
        kind=OfferKind.CERTIFICATE,
        outcomes=("Weld plates",),
        skills=(OfferSkill(name="weld", url="http://x.example/s", pointer="A1"),),
        awards=(Award(uri=ConceptUri("http://x.example/s"), label="weld", level_value=4.0),),
        requires=Condition(least=1, conditions=(Condition(least=1, needs=(need,)),)),
        cost=Money(amount=12.5, currency="EUR"),
        hours=40.0,
        starts=(date(2027, 1, 11),),
        delivery=(Delivery.ONLINE,),
        languages=("en",),
        signals=(Signal(kind=SignalKind.REVIEWS, value="4 of 5", number=0.8),),
        as_of=date(2026, 11, 1),
        source="a.csv",
        pointer="row 2",
    )
    return Catalogue(
        name="small",
        offers=(offer,),
        sources=(OfferSource(path="a.csv", sha256="0" * 64, format="CSV", offers=1),),
        unread=(UnreadOffer(source="b.txt", pointer="", reason="no offer"),),
        frameworks=("esco-1.1.0",),
        notes=("a note",),
    )


def packed(members: Mapping[str, bytes]) -> bytes:
    """Return a zip, the same at every call."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
