"""Reading what was written gives an equal framework, in every syntax."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmatch.errors import StorageError, UsageError
from skillmatch.model.concept import (
    Concept,
    ConceptKind,
    ConceptUri,
    LangText,
    ReuseLevel,
    SkillType,
    Status,
)
from skillmatch.model.framework import (
    Collection,
    Framework,
    Predicate,
    Rating,
    Relation,
    TechnologyUse,
)
from skillmatch.readers.rdf import rdf_formats, read_skos, write_skos

FORMATS = [known.name for known in rdf_formats()]

URIS = [
    ConceptUri(uri)
    for uri in (
        "http://data.europa.eu/esco/skill/0001",
        "http://data.europa.eu/esco/skill/S1.2",
        "http://data.europa.eu/esco/occupation/0002",
        "https://www.onetonline.org/link/summary/15-2051.00",
        "https://www.onetonline.org/find/descriptor/result/2.A.1.a",
        "urn:skillmatch:onet:technology:43232408:c%2B%2B",
        "https://example.org/größe?a=1&b='2'#x",
        "esco:looks-like-a-prefix",
        "skos:prefLabel",
    )
]
# What XML 1.0 cannot hold is refused in its own test below.
CHARACTERS = st.characters(
    exclude_categories=["Cs"],
    exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))),
)
ODD = st.sampled_from(
    ['"""', "\\", "\\u0041", "\\\\u0041", "a\rb", "a\r\nb", "\u2028", "\x85", "]]>", "&amp;", " ",
     "<b>", "\n", "@en", "{}", "x\t", "\ufeff", "𝄞", "_:b1"]
)  # fmt: skip
TEXT = st.one_of(st.text(CHARACTERS, max_size=8), ODD)
LANGUAGE = st.sampled_from(["", "de", "en", "pt-BR", "zh-Hant"])
URI = st.sampled_from(URIS)
SCORE = st.one_of(
    st.none(), st.sampled_from([1.0, 3.12, 4.5]), st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[LangText, ...]:
    """Distinct texts in the order of the model: by language, then text."""
    pairs = draw(st.sets(st.tuples(LANGUAGE, TEXT), max_size=3))
    return tuple(LangText(text=text, language=language) for language, text in sorted(pairs))


@st.composite
def concepts(draw: st.DrawFn, uri: ConceptUri) -> Concept:
    """A concept with any of its fields set."""
    pref = draw(st.dictionaries(LANGUAGE, TEXT, max_size=3))
    pref_labels = tuple(LangText(text=text, language=tag) for tag, text in sorted(pref.items()))
    return Concept(
        uri=uri,
        kind=draw(st.sampled_from(ConceptKind)),
        pref_labels=pref_labels,
        alt_labels=tuple(label for label in draw(texts()) if label not in pref_labels),
        hidden_labels=draw(texts()),
        descriptions=draw(texts()),
        definitions=draw(texts()),
        scope_notes=draw(texts()),
        notation=draw(TEXT),
        skill_type=draw(st.none() | st.sampled_from(SkillType)),
        reuse_level=draw(st.none() | st.sampled_from(ReuseLevel)),
        status=draw(st.sampled_from(Status)),
        replaced_by=tuple(sorted(draw(st.sets(URI, max_size=2)))),
        job_zone=draw(st.none() | st.integers(1, 5)),
    )


RELATION = st.builds(Relation, subject=URI, predicate=st.sampled_from(Predicate), object=URI)
RATING = st.builds(
    Rating,
    occupation=URI,
    element=URI,
    importance=SCORE,
    level=SCORE,
    suppress_importance=st.booleans(),
    suppress_level=st.booleans(),
    not_relevant=st.booleans(),
)
USE = st.builds(
    TechnologyUse, occupation=URI, technology=URI, hot=st.booleans(), in_demand=st.booleans()
)


@st.composite
def collections(draw: st.DrawFn) -> tuple[Collection, ...]:
    """Collections with a URI of their own, or none, sorted by id."""
    ids = draw(st.sets(st.text(CHARACTERS, min_size=1, max_size=5), max_size=2))
    return tuple(
        Collection(
            id=name,
            label=draw(TEXT),
            members=tuple(sorted(draw(st.sets(URI, max_size=3)))),
            uri=draw(st.sampled_from(["", f"https://example.org/collection/{number}"])),
        )
        for number, name in enumerate(sorted(ids))
    )


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """A framework in canonical order with all that the model can hold."""
    uris = sorted(draw(st.sets(URI, max_size=4)))
    ratings = draw(st.lists(RATING, max_size=3, unique_by=lambda r: (r.occupation, r.element)))
    uses = draw(st.lists(USE, max_size=3, unique_by=lambda u: (u.occupation, u.technology)))
    return Framework(
        id="test-1",
        title=draw(TEXT),
        release=draw(TEXT),
        languages=tuple(sorted(draw(st.sets(LANGUAGE)))),
        licence=draw(TEXT),
        attribution=draw(TEXT),
        concepts=tuple(draw(concepts(uri)) for uri in uris),
        relations=tuple(sorted(draw(st.sets(RELATION, max_size=6)))),
        ratings=tuple(sorted(ratings, key=lambda r: (r.occupation, r.element))),
        technology_uses=tuple(sorted(uses, key=lambda u: (u.occupation, u.technology))),
        collections=draw(collections()),
    )


def content(framework: Framework) -> Framework:
    """Leave out what tells how a reading went."""
    return replace(framework, counts=(), missing=())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(framework=frameworks())
def test_reading_what_was_written_gives_an_equal_framework(
    tmp_path: Path, framework: Framework
) -> None:
    """An export that loses a flag or a space is no export; every field takes part.

    Drawing a framework takes longer than reading it, so all formats share it.
    """
    path = tmp_path / "framework.rdf"

    for name in FORMATS:
        write_skos(framework, path, name)
        found = read_skos(path, framework_id=framework.id, format=name)

        assert content(found) == framework, name


def small() -> Framework:
    """One occupation that asks for two skills, one of them twice rated."""
    occupation, skill, other = sorted(URIS)[0], sorted(URIS)[1], sorted(URIS)[2]
    return Framework(
        id="small-1",
        title="Small",
        release="1",
        concepts=(
            Concept(uri=occupation, kind=ConceptKind.OCCUPATION, job_zone=4),
            Concept(
                uri=skill,
                kind=ConceptKind.SKILL,
                pref_labels=(LangText(text="weld"),),
                alt_labels=tuple(LangText(text=text) for text in ("join", "solder", "welding")),
            ),
            Concept(uri=other, kind=ConceptKind.SKILL, status=Status.STUB),
        ),
        relations=tuple(
            Relation(subject=occupation, predicate=Predicate.ESSENTIAL, object=target)
            for target in (skill, other)
        ),
        ratings=(Rating(occupation=occupation, element=skill, importance=3.5),),
    )


def test_the_same_framework_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    """A checksum of an export must mean something on another machine."""
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from test_readers_rdf_roundtrip import small;"
        "from skillmatch.readers.rdf import write_skos;"
        "[write_skos(small(), Path(sys.argv[2]) / f'b.{name}', name) for name in sys.argv[3:]]"
    )
    for name in FORMATS:
        write_skos(small(), tmp_path / f"a.{name}", name)

    subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent), str(tmp_path), *FORMATS],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "77"},
    )

    for name in FORMATS:
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes()


def test_esco_properties_say_what_an_occupation_needs(tmp_path: Path) -> None:
    """Other tools know ESCO's words and not ours, so ours stand only where ESCO has none."""
    path = tmp_path / "small.ttl"

    write_skos(small(), path, "ttl")
    text = path.read_text(encoding="utf-8")

    assert "esco:relatedEssentialSkill" in text
    assert "skillmatch:occupationEssentialSkill" not in text
    assert 'skillmatch:importance "3.5"^^xsd:decimal' in text


@pytest.mark.parametrize(
    ("change", "name", "says"),
    [
        ({"uri": "no scheme"}, "ttl", "no absolute URI"),
        ({"pref_labels": (LangText(text="x", language="en_US"),)}, "nt", "language tag"),
        ({"notation": "\ud800"}, "jsonld", "half of a character"),
        ({"notation": "\x07"}, "rdfxml", "control character"),
    ],
)
def test_what_rdf_cannot_say_is_refused_and_the_old_file_stays(
    tmp_path: Path, change: dict[str, object], name: str, says: str
) -> None:
    """A half-written export that no tool reads is worse than none."""
    path = tmp_path / "out"
    path.write_text("old", encoding="utf-8")
    framework = small()
    broken = replace(framework.concepts[-1], **change)  # type: ignore[arg-type] # parametrised

    with pytest.raises(UsageError, match=says):
        write_skos(replace(framework, concepts=(broken,)), path, name)

    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_collection_that_shares_a_uri_is_refused(tmp_path: Path) -> None:
    """RDF would merge the two, and reading would give something else back."""
    shared = Collection(id="green", label="green", members=(), uri=small().concepts[0].uri)

    with pytest.raises(UsageError, match="'green' shares the URI"):
        write_skos(replace(small(), collections=(shared,)), tmp_path / "out.ttl", "ttl")


def test_a_rating_that_is_no_number_is_refused(tmp_path: Path) -> None:
    """NaN equals nothing, so no reading could give it back."""
    framework = small()
    broken = replace(framework.ratings[0], level=float("nan"))

    with pytest.raises(UsageError, match="no number"):
        write_skos(replace(framework, ratings=(broken,)), tmp_path / "out.ttl", "ttl")


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path: Path) -> None:
    """The message has to be enough to type the command again."""
    with pytest.raises(UsageError, match="ttl, rdfxml, jsonld, nt"):
        write_skos(small(), tmp_path / "out", "n3")


def test_a_folder_that_is_not_there_is_a_storage_error(tmp_path: Path) -> None:
    """The caller tells a wrong place from wrong data by the class of the error."""
    with pytest.raises(StorageError, match="cannot write"):
        write_skos(small(), tmp_path / "absent" / "out.ttl", "ttl")
