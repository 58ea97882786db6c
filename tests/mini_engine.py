"""A whole engine of invented data: installed frameworks, their indexes, and weights by hand.

The encoder is the one that needs no model, so similarity means shared letters and nothing else.
The weights are chosen so that equal names decide and likeness alone hardly ever does: what the
tests hold is how the parts work together, not how well any model knows English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import tomli_w

from skillmatch.linking.features import FEATURE_NAMES
from skillmatch.linking.weights import (
    LinkWeights,
    SkillBearing,
    read_link_weights,
    read_skill_bearing,
)
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, SkillType
from skillmatch.model.framework import Framework, Rating, TechnologyUse
from skillmatch.readers.onet import element_uri, occupation_uri, technology_uri
from skillmatch.service import opening
from skillmatch.service.indexing import build_index
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
    "phrase": 1.0,
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


def mini_weights(folder: Path) -> tuple[LinkWeights, SkillBearing]:
    """Return weights under which an equal name is accepted and a similar one is not.

    They are read from files, as the fitted ones are. The classifier belongs to another encoder
    and therefore has no say.
    """
    weights, bearing = folder / "weights.toml", folder / "skill_bearing.toml"
    provenance = {"data": "none; set by hand for tests"}
    values = {
        "intercept": -6.0,
        "threshold": 0.5,
        "min_mass": 0.5,
        "min_confidence": 0.5,
        "coefficients": {name: WEIGHTS.get(name, 0.0) for name in FEATURE_NAMES},
        "ordinary": {"forms": sorted(ORDINARY)},
        "provenance": provenance,
    }
    weights.write_text(tomli_w.dumps(values), encoding="utf-8")
    nothing = {"encoder": "another", "intercept": 0.0, "direction": [0.0], "provenance": provenance}
    bearing.write_text(tomli_w.dumps(nothing), encoding="utf-8")
    return read_link_weights(weights), read_skill_bearing(bearing)


@contextmanager
def mini_linker(settings: Settings) -> Iterator[None]:
    """Let engines that are opened inside link with ``mini_weights``."""
    weights, bearing = mini_weights(settings.recipes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "read_link_weights", lambda: weights)
        patch.setattr(opening, "read_skill_bearing", lambda: bearing)
        yield


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
