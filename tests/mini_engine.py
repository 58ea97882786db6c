"""A whole engine of invented data: installed frameworks, their indexes, and weights by hand.

The encoder is the one that needs no model, so similarity means shared letters and nothing else.
The weights are chosen so that equal names decide and likeness alone hardly ever does: what the
tests hold is how the parts work together, not how well any model knows English.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from skillmatch.linking.features import FEATURE_NAMES
from skillmatch.linking.linker import Linker
from skillmatch.linking.proposals import Proposer
from skillmatch.linking.weights import LinkWeights, SkillBearing, no_opinion
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, SkillType
from skillmatch.model.framework import Framework, Rating, TechnologyUse
from skillmatch.readers.onet_identity import element_uri, occupation_uri, technology_uri
from skillmatch.service.indexing import build_index
from skillmatch.service.matcher import Matcher
from skillmatch.service.opening import open_engine
from skillmatch.settings import Settings
from skillmatch.store import write_framework

ESCO = "esco-0.1"
ONET = "onet-0.1"
SKILL = "http://example.org/esco/skill/"
JOB = "http://example.org/esco/occupation/"
TECHNOLOGIES = (
    "Amazon Web Services AWS software",
    "C",
    "C#",
    "C++",
    "Docker",
    "Go",
    "Microsoft .NET Framework",
    "Microsoft Excel",
    "Node.js",
    "Python",
    "R",
    "SAS",
)
ANALYST = occupation_uri("99-0001.00")
LISTENING = element_uri("2.A.1.b")
ADMINISTRATION = element_uri("2.C.1.a")
ORDINARY = frozenset(
    {"c", "communication", "design", "excel", "go", "hygiene", "r", "sas", "stock", "training"}
)
WEIGHTS = {
    "exact_phrase": 9.0,
    "exact_word": 9.0,
    "exact_ordinary": 8.0,
    "exact_pref": 0.5,
    "unqualified": -0.25,
    "homonyms": -0.5,
    "phrase_similarity": 1.0,
    "phrase_over_90": 40.0,
}
RECIPE = """\
description = "skills, by the encoder that needs no model"
encoder = "hashing"
concepts = ["skill"]
labels = ["pref", "alt"]
languages = ["en"]
"""


def uri(name: str) -> ConceptUri:
    """Return the URI of a skill of the invented ESCO."""
    return ConceptUri(SKILL + name)


def technology(name: str) -> ConceptUri:
    """Return the URI of a technology of the invented O*NET."""
    return technology_uri("43230000", name)


def mini_weights() -> LinkWeights:
    """Return weights under which an equal name is accepted and a similar one is not."""
    return LinkWeights(
        intercept=-6.0,
        coefficients=tuple(WEIGHTS.get(name, 0.0) for name in FEATURE_NAMES),
        threshold=0.5,
        ordinary=ORDINARY,
        provenance={"data": "none; set by hand for tests"},
    )


def mini_bearing() -> SkillBearing:
    """Return a classifier of another encoder's vectors, which therefore has no say."""
    return SkillBearing(encoder="another-encoder", intercept=0.0, direction=(0.0,), provenance={})


def esco_release(mini_esco: Framework) -> Framework:
    """Return ``mini_esco`` under an id that a family is chosen by.

    Added are a skill called "training" and a baker, of whom no relation says anything.
    """
    added = (
        _concept(uri("train-staff"), "train employees", alt=("training",)),
        Concept(
            uri=ConceptUri(JOB + "baker"),
            kind=ConceptKind.OCCUPATION,
            pref_labels=(LangText(text="baker"),),
            notation="7512.1",
        ),
    )
    return replace(
        mini_esco,
        id=ESCO,
        release="0.1",
        attribution="Invented skills.",
        concepts=(*mini_esco.concepts, *added),
    )


def onet_release() -> Framework:
    """Return an invented O*NET: two elements, twelve technologies and an analyst."""
    elements = (
        _concept(LISTENING, "Active Listening", kind=SkillType.SKILL, notation="2.A.1.b"),
        _concept(ADMINISTRATION, "Administration", kind=SkillType.KNOWLEDGE, notation="2.C.1.a"),
    )
    technologies = tuple(
        _concept(technology(name), name, kind=SkillType.TECHNOLOGY) for name in TECHNOLOGIES
    )
    analyst = Concept(
        uri=ANALYST,
        kind=ConceptKind.OCCUPATION,
        pref_labels=(LangText(text="Data Analysts"),),
        notation="99-0001.00",
    )
    return Framework(
        id=ONET,
        title="Invented O*NET",
        release="0.1",
        attribution="Invented occupations.",
        concepts=(*elements, *technologies, analyst),
        ratings=(
            Rating(occupation=ANALYST, element=LISTENING, importance=4.0, level=3.5),
            Rating(occupation=ANALYST, element=ADMINISTRATION, importance=2.0, level=1.0),
        ),
        technology_uses=(
            TechnologyUse(occupation=ANALYST, technology=technology("R"), in_demand=True),
            TechnologyUse(occupation=ANALYST, technology=technology("SAS"), hot=True),
        ),
        missing=("Tasks are not part of this invented release.",),
    )


def install_mini(settings: Settings, *frameworks: Framework) -> None:
    """Install frameworks and build their indexes with the recipe ``default`` of ``settings``."""
    settings.recipes.mkdir(parents=True, exist_ok=True)
    recipe_of(settings).write_text(RECIPE, encoding="utf-8")
    for framework in frameworks:
        path = settings.data_dir / "frameworks" / framework.id / "framework.sqlite"
        path.parent.mkdir(parents=True)
        write_framework(framework, path)
        build_index(framework.id, settings=settings)


def open_mini(settings: Settings) -> Matcher:
    """Return a matcher over all that is installed, with the weights above."""
    engine = open_engine(settings=settings)
    dense, lexical = engine.frameworks.union()
    weights = mini_weights()
    proposer = Proposer(
        encoder=engine.encoder,
        dense=dense,
        lexical=lexical,
        ordinary=weights.ordinary,
        bearing=no_opinion,
    )
    linker = Linker(proposer=proposer, weights=weights, pref_label=engine.frameworks.pref_label)
    return Matcher(engine.frameworks, linker)


def recipe_of(settings: Settings) -> Path:
    """Return the recipe that the indexes are built with."""
    return settings.recipes / "default.toml"


def _concept(
    concept_uri: ConceptUri,
    label: str,
    *,
    alt: tuple[str, ...] = (),
    kind: SkillType | None = None,
    notation: str = "",
) -> Concept:
    return Concept(
        uri=concept_uri,
        kind=ConceptKind.SKILL,
        pref_labels=(LangText(text=label),),
        alt_labels=tuple(LangText(text=text) for text in alt),
        skill_type=kind,
        notation=notation,
    )
