"""The open merge: what is told, what is inferred, what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, SkillType, Status
from skillmatch.model.framework import Framework, Predicate
from skillmatch.readers.esco import read_esco_open
from skillmatch.readers.esco.open_hierarchy import group_uri
from skillmatch.readers.esco.open_pairs import pair_labels
from skillmatch.readers.esco.open_sources import OpenOccupation
from skillmatch.readers.esco.open_text import find_description, strip_labels
from skillmatch.readers.manifest import read_manifest
from tests.mini_wheels import JOB, SKILL, mini_world, open_members


@pytest.fixture
def merged(tmp_path: Path) -> Framework:
    """The merge of the invented wheels."""
    manifest = read_manifest(mini_world(tmp_path).manifests / "esco-1.0-open" / "manifest.toml")
    return read_esco_open(open_members(), manifest)


def concept(framework: Framework, uri: str) -> Concept:
    """Return one concept of a framework."""
    return next(one for one in framework.concepts if one.uri == uri)


def texts(values: tuple[object, ...]) -> list[str]:
    """Return the texts of labels."""
    return [getattr(value, "text", "") for value in values]


def test_labels_of_two_wheels_are_one_set_without_the_preferred_label(merged: Framework) -> None:
    """Sources repeat the preferred label among the alternatives."""
    carrots = concept(merged, SKILL + "a1")

    assert carrots.pref_label() == "peel carrots"
    assert texts(carrots.alt_labels) == ["pare carrots", "skin carrots"]


def test_stray_and_no_break_spaces_do_not_survive(merged: Framework) -> None:
    """A label with a no-break space would never be found."""
    assert concept(merged, SKILL + "a2").pref_label() == "soup chemistry"


def test_the_typed_skills_own_description_comes_first(merged: Framework) -> None:
    """It is of the release itself; the running text is of a later one."""
    assert concept(merged, SKILL + "a1").description() == "Remove the skin of carrots."
    assert concept(merged, SKILL + "a2").description() == "The science of soup."


def test_a_description_whose_start_is_uncertain_is_left_out(merged: Framework) -> None:
    """Half a label in front of a description would be invented data."""
    assert concept(merged, SKILL + "a3").description() == ""


def test_pillars_tell_types_where_no_source_does(merged: Framework) -> None:
    """Knowledge below K, a language's own name is knowledge, what one does with it a skill."""
    types = {key: concept(merged, SKILL + key).skill_type for key in ("a2", "a3", "a4", "a5")}

    assert types == {
        "a2": SkillType.KNOWLEDGE,
        "a3": SkillType.KNOWLEDGE,
        "a4": SkillType.SKILL,
        "a5": SkillType.SKILL,
    }


def test_a_withdrawn_skill_resolves_but_is_no_candidate(merged: Framework) -> None:
    """Old data may name it; new links must not."""
    assert concept(merged, SKILL + "a5").status is Status.DEPRECATED


def test_labels_of_essential_skills_name_what_no_wheel_names(merged: Framework) -> None:
    """The label stands in the occupation and at the start of exactly one running text."""
    tasting = concept(merged, SKILL + "a7")

    assert tasting.pref_label() == "taste soup"
    assert tasting.skill_type is SkillType.SKILL
    assert tasting.description() == "Judge soup by mouth."


def test_a_label_told_by_the_occupations_replaces_an_older_one(merged: Framework) -> None:
    """The old one stays as an alternative, since texts still use it."""
    stirring = concept(merged, SKILL + "a6")

    assert stirring.pref_label() == "stir soup"
    assert texts(stirring.alt_labels) == ["old name of stirring"]


def test_an_essential_skill_that_is_alone_in_its_group_gets_the_label_left_over(
    merged: Framework,
) -> None:
    """One URI and one label that occur in exactly the same occupations belong together."""
    assert concept(merged, SKILL + "a9").pref_label() == "unknown to all"
    assert concept(merged, SKILL + "a9").skill_type is SkillType.KNOWLEDGE


def test_texts_without_a_label_and_foreign_padding_are_left_out_and_counted(
    merged: Framework,
) -> None:
    """A concept without a name helps nobody, and one that a package made up is not ESCO."""
    uris = {one.uri for one in merged.concepts}
    counts = {one.what: one for one in merged.counts}

    assert SKILL + "a8" not in uris
    assert not any("padding" in uri for uri in uris)
    assert counts["running texts without a known label"].read == 1


def test_groups_have_official_uris_where_their_code_tells_them(merged: Framework) -> None:
    """ISCED codes are part of the official URI, others are not."""
    assert group_uri("K0531") == "http://data.europa.eu/esco/isced-f/0531"
    assert group_uri("S1.1.1") == "urn:skillmatch:esco:skill-group:S1.1.1"
    assert concept(merged, group_uri("S")).pref_label() == "skills"
    assert concept(merged, group_uri("K0531")).notation == "0531"


def test_the_hierarchy_runs_from_the_skill_to_the_pillar(merged: Framework) -> None:
    """Each step is one relation; a group that no skill uses hangs where its code says."""
    broader = {
        (one.subject, one.object) for one in merged.relations if one.predicate is Predicate.BROADER
    }

    assert (SKILL + "a1", group_uri("S1.1.1")) in broader
    assert (group_uri("S1.1.1"), group_uri("S1.1")) in broader
    assert (group_uri("S1"), group_uri("S")) in broader
    assert (group_uri("S1.2"), group_uri("S1")) in broader
    assert (group_uri("K0531"), group_uri("K053")) in broader


def test_codes_of_the_old_attitudes_pillar_are_left_out_and_counted(merged: Framework) -> None:
    """ESCO 1.1 has no pillar A."""
    counts = {one.what: one for one in merged.counts}

    assert not any(one.notation.startswith("A") for one in merged.concepts)
    assert counts["hierarchy codes"].read - counts["hierarchy codes"].kept == 1


def test_occupations_carry_their_essential_skills(merged: Framework) -> None:
    """This is all that ``gap --occupation`` has to go on without the official files."""
    essential = {
        one.object
        for one in merged.relations
        if one.predicate is Predicate.ESSENTIAL and one.subject == JOB + "j1"
    }
    cook = concept(merged, JOB + "j1")

    assert essential == {SKILL + "a1", SKILL + "a6", SKILL + "a7"}
    assert cook.kind is ConceptKind.OCCUPATION
    assert texts(cook.alt_labels) == ["broth cook"]


def test_no_relation_points_at_a_concept_that_is_not_there(merged: Framework) -> None:
    """The merge leaves no loose ends."""
    uris = {one.uri for one in merged.concepts}

    assert all(one.subject in uris and one.object in uris for one in merged.relations)


@pytest.mark.parametrize("role", ["labels", "texts", "groups", "occupations", "typed-skills"])
def test_a_damaged_member_is_named(role: str, tmp_path: Path) -> None:
    """The checksum lets no such member through; a new release of a package might."""
    manifest = read_manifest(mini_world(tmp_path).manifests / "esco-1.0-open" / "manifest.toml")

    with pytest.raises(DataError, match=r"member"):
        read_esco_open(open_members() | {role: b"damaged"}, manifest)


@pytest.mark.parametrize(
    ("text", "labels", "found"),
    [
        ("stir soup Keep it moving.", ["stir soup"], "Keep it moving."),
        ("stir soup move soup Keep it moving.", ["stir soup"], "Keep it moving."),
        ("stir ICT soup Keep it moving.", ["stir"], "Keep it moving."),
        ("Haskell speak Haskell The Haskell language.", ["Haskell"], None),
        ("Absorb The system Absorb is one.", ["Other"], None),
        ("Absorb Pro Absorb The system Absorb is one.", ["Absorb"], None),
        ("work in Kent Know the County of Kent.", ["work in Kent"], "Know the County of Kent."),
        ("stir soup", ["stir soup"], None),
        ("no capital anywhere", [], None),
    ],
)
def test_a_description_is_found_only_where_its_start_is_certain(
    text: str, labels: list[str], found: str | None
) -> None:
    """A first sentence with one capitalised word, or a capital right behind the labels."""
    assert find_description(text, labels) == found


@given(
    labels=st.lists(st.text("ab ", min_size=1).filter(str.strip), min_size=1, max_size=5),
    data=st.data(),
)
def test_stripping_known_labels_leaves_the_description(
    labels: list[str], data: st.DataObject
) -> None:
    """Whatever the order and number of labels, also where one begins another."""
    labels = [" ".join(label.split()) for label in labels]
    chosen = data.draw(st.lists(st.sampled_from(labels), min_size=1))

    assert strip_labels(" ".join([*chosen, "Keep it."]), labels) == "Keep it."


def cook(uris: str, *labels: str) -> OpenOccupation:
    """Return an occupation with these skills (a letter each) and labels."""
    return OpenOccupation(
        uri=ConceptUri("o"),
        pref="cook",
        alts=(),
        description="",
        skills=tuple(map(ConceptUri, uris)),
        skill_labels=dict.fromkeys(labels),
    )


def test_two_labels_of_one_group_are_not_guessed() -> None:
    """Without a text that starts with one of them, either could be either's."""
    job = cook("xy", "stir soup", "taste soup")

    assert pair_labels([job], {}, {}) == {}
    assert pair_labels([job], {}, {ConceptUri("x"): "stir soup Keep."}) == {
        "x": "stir soup",
        "y": "taste soup",
    }


def test_a_text_that_starts_with_two_labels_names_neither() -> None:
    """Is it "stir", or the beginning of "stir soup"? Nobody knows."""
    job = cook("xyz", "stir", "stir soup", "taste soup")

    assert pair_labels([job], {}, {ConceptUri("x"): "stir soup Keep."}) == {}


def test_a_group_with_fewer_labels_than_skills_names_nothing() -> None:
    """Two skills share a label there, so the one left over may be anybody's."""
    job = cook("xyz", "stir soup", "taste soup")
    known = {ConceptUri("x"): "stir soup", ConceptUri("y"): "stir soup"}

    assert pair_labels([job], known, {}) == {}
