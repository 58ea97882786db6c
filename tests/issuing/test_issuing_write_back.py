"""Reviewed alignments go into badges that are read again with them, and lose nothing else."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import Any

import pytest
import yaml

from skillmatch.issuing.write_back import Planner, WritePlan
from skillmatch.issuing.write_back_badges import (
    achievement_draft,
    alignment_object,
    badge_class_draft,
    edited_badge,
    left_behind,
)
from skillmatch.issuing.write_back_endorsement import endorsement_body
from skillmatch.issuing.write_back_sssom import SetMetadata, sssom_text
from skillmatch.jsonld import dropped_terms
from skillmatch.model.achievement import Achievement
from skillmatch.model.alignment import (
    ALIGNMENT_KIND,
    Badge,
    ConceptTarget,
    Decision,
    ReviewBadge,
    ReviewEntry,
    ReviewStatement,
    Standing,
    text_digest,
)
from skillmatch.model.concept import ConceptUri
from skillmatch.readers.credentials import credential_of
from skillmatch.text.outcomes import outcome_statements

ESCO = "http://data.europa.eu/esco/skill/"
TEXT = "Bakes bread"
OB2: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://x.example/bread",
    "name": "Bread",
    "description": TEXT,
    "image": "https://x.example/bread.png",
    "criteria": {"id": "https://x.example/how", "narrative": "Bake."},
    "issuer": "https://x.example/issuer",
    "tags": ["baking"],
    "extensions:own": {"kept": True},
    "alignment": {"targetName": "knead", "targetUrl": ESCO + "knead"},
}
OB3: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://x.example/issuer", "type": ["Profile"]},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "id": "did:example:ada",
        "achievement": {
            "id": "https://x.example/bread",
            "type": ["Achievement"],
            "name": "Bread",
            "description": TEXT,
            "criteria": {"narrative": "Bake."},
            "alignment": [
                {
                    "type": ["Alignment"],
                    "targetName": "knead",
                    "targetUrl": ESCO + "knead",
                    "targetCode": "K",
                },
                {"type": ["Alignment"], "targetName": "eat", "targetUrl": ESCO + "eat"},
            ],
        },
    },
    "proof": {"type": "DataIntegrityProof", "proofValue": "z1"},
}


def badge_of(document: dict[str, Any]) -> Badge:
    """Return a document as the service reads it, with places within the badge."""
    credential = credential_of(document, source="bread.json")
    (achievement,) = credential.achievements
    base = achievement.pointer
    return Badge(
        id=achievement.id,
        name=achievement.name,
        file="bread.json",
        pointer=base,
        format=credential.format.value,
        statements=tuple(
            replace(one, pointer=one.pointer.removeprefix(base))
            for one in outcome_statements(achievement)
        ),
        alignments=tuple(
            replace(one, pointer=one.pointer.removeprefix(base)) for one in achievement.alignments
        ),
        document=credential.document,
    )


def accepted(name: str, **more: Any) -> ReviewEntry:  # noqa: ANN401 - fields of an entry, by name
    entry = ReviewEntry(
        uri=ESCO + name,
        label=name,
        framework="ESCO 1.1.1",
        target_type="ext:ESCOSkill",
        code="S1",
        confidence=0.71,
        how="the same words",
        standing=Standing.PROPOSED,
        decision=Decision.ACCEPT,
        reviewer="Ada",
        date="2026-11-30",
    )
    return replace(entry, **more)


def review(*entries: ReviewEntry, existing: tuple[ReviewStatement, ...] = ()) -> ReviewBadge:
    statement = ReviewStatement(
        at="/description",
        digest=text_digest(TEXT),
        kind="description",
        text=TEXT,
        entries=entries,
    )
    return ReviewBadge(id="https://x.example/bread", statements=(statement, *existing))


def there(at: str, name: str, *entries: ReviewEntry) -> ReviewStatement:
    return ReviewStatement(
        at=at,
        digest=text_digest(f"{name} {ESCO}{name}"),
        kind=ALIGNMENT_KIND,
        text=name,
        entries=entries,
    )


def own(name: str, decision: Decision, edited: str = "") -> ReviewEntry:
    return ReviewEntry(
        uri=ESCO + name,
        label=name,
        standing=Standing.EXISTING,
        decision=decision,
        edited=edited,
    )


def lookup(uri: str) -> ConceptTarget | None:
    if not uri.startswith(ESCO + "known"):
        return None
    return ConceptTarget(
        uri=ConceptUri(uri),
        label="a known one",
        framework="ESCO",
        release="1.1.1",
        target_type="ext:ESCOSkill",
    )


def plan(document: dict[str, Any], reviewed: ReviewBadge, *, proposed: bool = False) -> WritePlan:
    return Planner(lookup=lookup, proposed=proposed).plan(badge_of(document), reviewed)


def achievement_in(document: dict[str, Any]) -> Achievement:
    (found,) = credential_of(document, source="written.json").achievements
    return found


def names(document: dict[str, Any]) -> list[str]:
    return [one.target_name for one in achievement_in(document).alignments]


@pytest.mark.parametrize("document", [OB2, OB3], ids=["OB 2", "OB 3"])
def test_a_written_badge_is_read_again_with_its_alignments(document: dict[str, Any]) -> None:
    """The round trip is what a provider relies on."""
    written = edited_badge(plan(document, review(accepted("bake"))))

    found = achievement_in(json.loads(json.dumps(written))).alignments[-1]

    assert (found.target_name, found.target_url) == ("bake", ESCO + "bake")
    assert (found.target_framework, found.target_code) == ("ESCO 1.1.1", "S1")
    assert found.target_type == ("" if document is OB2 else "ext:ESCOSkill")


def test_a_badge_class_keeps_every_field_and_its_own_version() -> None:
    """Unknown extensions belong to the provider; a single alignment becomes a list."""
    written = edited_badge(plan(OB2, review(accepted("bake"))))

    assert {key: value for key, value in written.items() if key != "alignment"} == {
        key: value for key, value in OB2.items() if key != "alignment"
    }
    assert [one["targetName"] for one in written["alignment"]] == ["knead", "bake"]
    assert "targetType" not in json.dumps(written)


def test_a_credential_gives_its_achievement_without_person_and_proof() -> None:
    """A draft is about nobody, and what was signed is no longer what it says."""
    written = edited_badge(plan(OB3, review(accepted("bake"))))

    text = json.dumps(written)
    assert written["@context"] == OB3["@context"]
    assert written["type"] == ["Achievement"]
    assert "did:example:ada" not in text
    assert "proof" not in text


@pytest.mark.parametrize("document", [OB2, OB3], ids=["OB 2", "OB 3"])
def test_a_version_3_draft_expands_without_a_dropped_term(document: dict[str, Any]) -> None:
    """What expansion drops, no signature covers."""
    written = achievement_draft(plan(document, review(accepted("bake"))))

    assert dropped_terms(written) == ()
    assert names(written)[-1] == "bake"


def test_a_proposal_that_nobody_decided_on_says_so_and_is_written_on_request_only() -> None:
    """A confidence is no term of Open Badges, so it stands in the description."""
    entry = accepted("bake", decision=Decision.PENDING)

    assert plan(OB3, review(entry)).added == ()
    (added,) = plan(OB3, review(entry), proposed=True).added

    row = alignment_object(added, 3)
    assert row["targetDescription"] == (
        "Proposed by skillmatch and not reviewed yet (confidence 0.71)"
    )
    assert dropped_terms(achievement_draft(plan(OB3, review(entry), proposed=True))) == ()


@pytest.mark.parametrize(
    "entry",
    [
        accepted("bake", decision=Decision.REJECT),
        accepted("bake", decision=Decision.PENDING),
        accepted("bake", decision=Decision.PENDING, standing=Standing.NO_LONGER_PROPOSED),
    ],
)
def test_what_was_not_accepted_is_not_written(entry: ReviewEntry) -> None:
    """Only a person's yes goes into a badge."""
    made = plan(OB3, review(entry))

    assert not made.changes
    assert made.rows == ()


def test_an_edit_writes_the_other_concept() -> None:
    """The reviewer's own choice carries no confidence of the program."""
    entry = accepted("bake", decision=Decision.EDIT, edited=ESCO + "known")

    (added,) = plan(OB3, review(entry)).added

    assert (added.target.label, added.confidence, added.by_hand) == ("a known one", None, True)


def test_a_concept_that_no_framework_knows_is_told_and_left_out() -> None:
    """An alignment needs a name."""
    made = plan(OB3, review(ReviewEntry(uri="http://example.org/x", decision=Decision.ACCEPT)))

    assert made.added == ()
    assert "no installed framework has it" in made.notes[0]


def test_a_decision_on_a_text_that_has_changed_is_not_written() -> None:
    """It was made on other words."""
    changed = json.loads(json.dumps(OB3).replace(TEXT, "Bakes cake"))

    made = plan(changed, review(accepted("bake")))

    assert made.added == ()
    assert "no longer says 'Bakes bread'" in made.notes[0]


def test_a_concept_that_the_badge_has_is_not_written_twice() -> None:
    """The row is there for SSSOM, the badge stays as it is."""
    made = plan(OB3, review(accepted("knead")))

    assert made.added == ()
    assert [one.target.label for one in made.rows] == ["knead"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (there("/alignment/0", "knead", own("knead", Decision.PENDING)), ["knead", "eat"]),
        (there("/alignment/0", "knead", own("knead", Decision.ACCEPT)), ["knead", "eat"]),
        (there("/alignment/0", "knead", own("knead", Decision.REJECT)), ["eat"]),
        (
            there("/alignment/0", "knead", own("knead", Decision.EDIT, ESCO + "known")),
            ["eat", "a known one"],
        ),
        (
            there("/alignment/1", "eat", own("eat", Decision.PENDING), accepted("dine")),
            ["knead", "dine"],
        ),
        (
            there("/alignment/1", "eat", own("eat", Decision.ACCEPT), accepted("dine")),
            ["knead", "eat", "dine"],
        ),
        (there("/alignment/1", "other", own("eat", Decision.REJECT)), ["knead", "eat"]),
    ],
)
def test_an_alignment_that_is_there_is_kept_removed_or_replaced(
    statement: ReviewStatement, expected: list[str]
) -> None:
    """Rejecting removes, accepting what is offered instead replaces, and pending leaves it."""
    written = edited_badge(plan(OB3, review(existing=(statement,))))

    assert names(written) == expected


def test_both_alignments_can_go_at_once() -> None:
    """The second pointer still means the second one after the first is gone."""
    both = (
        there("/alignment/0", "knead", own("knead", Decision.REJECT)),
        there("/alignment/1", "eat", own("eat", Decision.REJECT)),
    )

    assert names(edited_badge(plan(OB3, review(existing=both)))) == []


def test_version_2_becomes_version_3_and_back_with_what_both_know() -> None:
    """A provider may move on; what has no place is named."""
    made = plan(OB2, review(accepted("bake")))

    forward = achievement_draft(made)
    back = badge_class_draft(plan(OB3, review(accepted("bake"))))

    assert forward["creator"] == {"id": "https://x.example/issuer", "type": ["Profile"]}
    assert forward["tag"] == ["baking"]
    assert forward["criteria"] == OB2["criteria"]
    assert forward["image"] == {"id": "https://x.example/bread.png", "type": "Image"}
    assert names(forward) == ["knead", "bake"]
    assert left_behind(made.badge) == ("extensions:own",)
    assert (back["type"], back["@context"]) == ("BadgeClass", OB2["@context"])
    assert names(back) == ["knead", "eat", "bake"]


def test_an_endorsement_carries_what_was_accepted_and_can_be_signed_whole() -> None:
    """Whoever did not issue a badge can still vouch for its alignment."""
    confirmed = there("/alignment/0", "knead", own("knead", Decision.ACCEPT))

    body = endorsement_body(plan(OB3, review(accepted("bake"), existing=(confirmed,))))

    subject = body["credentialSubject"]
    assert subject["id"] == "https://x.example/bread"
    assert [one["targetName"] for one in subject["alignment"]] == ["bake", "knead"]
    signed = {**body, "issuer": "https://y.example", "validFrom": "2026-01-01T00:00:00Z"}
    assert dropped_terms(signed) == ()


def rows_of(text: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    head = [line[1:] for line in text.splitlines() if line.startswith("#")]
    body = [line for line in text.splitlines() if not line.startswith("#")]
    return yaml.safe_load("\n".join(head)), list(csv.DictReader(body, dialect="excel-tab"))


def test_a_mapping_row_says_what_who_how_sure_and_when() -> None:
    """Each id resolves by the prefixes of the header."""
    made = plan(OB3, review(accepted("bake", comment="two\nlines")))

    head, (row,) = rows_of(sssom_text([made], SetMetadata(version="9")))

    assert set(head) >= {"mapping_set_id", "license", "curie_map"}
    prefix, _, rest = row["subject_id"].partition(":")
    assert head["curie_map"][prefix] + rest == "https://x.example/bread#/description"
    assert head["curie_map"]["esco.skill"] == ESCO
    del row["subject_id"]
    assert row == {
        "subject_label": TEXT,
        "predicate_id": "skos:relatedMatch",
        "object_id": "esco.skill:bake",
        "object_label": "bake",
        "object_source_version": "ESCO 1.1.1",
        "mapping_justification": "semapv:MappingReview",
        "confidence": "0.71",
        "mapping_tool": "skillmatch",
        "mapping_tool_version": "9",
        "reviewer_id": "",
        "reviewer_label": "Ada",
        "mapping_date": "2026-11-30",
        "comment": "two lines",
    }


def test_the_justification_tells_a_person_s_choice_from_a_program_s() -> None:
    """SSSOM readers weigh rows by it; an ORCID is an id, a name a label."""
    entries = (
        accepted("a", decision=Decision.EDIT, edited=ESCO + "known"),
        accepted("b", decision=Decision.PENDING),
        accepted("c", decision=Decision.PENDING, how="a similar sentence"),
        accepted("d", reviewer="https://orcid.org/0000-0002-1825-0097", date="in May"),
    )

    _, rows = rows_of(
        sssom_text([plan(OB3, review(*entries), proposed=True)], SetMetadata(version="9"))
    )

    told = {row["object_id"].partition(":")[2]: row for row in rows}
    assert {key: row["mapping_justification"] for key, row in told.items()} == {
        "known": "semapv:ManualMappingCuration",
        "b": "semapv:LexicalMatching",
        "c": "semapv:SemanticSimilarityThresholdMatching",
        "d": "semapv:MappingReview",
    }
    assert told["d"]["reviewer_id"] == "orcid:0000-0002-1825-0097"
    assert (told["d"]["reviewer_label"], told["d"]["mapping_date"]) == ("", "")
    assert (told["known"]["confidence"], told["known"]["mapping_tool"]) == ("", "")
