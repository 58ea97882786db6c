"""Reviews over HTTP: what the command line's review file would hold, kept in the database."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from typer.testing import CliRunner

from skillmatch.cli.main import app as program
from skillmatch.linking.alignment.deciding import Said
from skillmatch.linking.alignment.reviewing import review_of
from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.model.alignment import (
    AlignmentProposal,
    AlignmentRun,
    BadgeAlignment,
    ConceptTarget,
    Decision,
)
from skillmatch.model.concept import ConceptUri
from skillmatch.service.writing_back import WriteAs
from skillmatch_api.access.principal import Scope
from skillmatch_api.reviews.deciding import Asked, Choice, applied, decided, decision_of, row_of
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, ReviewDecision, StoredAlignment
from skillmatch_api.wire.process.working import workers_of
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised, CommandLine
from tests.mini_engine import SKILL

FAXES = SKILL + "send-faxes"
DOCUMENTS = SKILL + "share-documents"
BADGE: Mapping[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://academy.example/badges/stock",
    "name": "Stock",
    "description": "Share documents",
    "criteria": {"narrative": "Earners pick orders"},
    "alignment": [{"targetName": "send faxes", "targetUrl": FAXES}],
}
CREDENTIAL: Mapping[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://academy.example", "type": ["Profile"]},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "mailto:ada.lovelace@example.org",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://academy.example/badges/docs",
            "type": ["Achievement"],
            "name": "Documents\u0000",
            "description": "Share documents",
            "criteria": {"narrative": "A project."},
        },
    },
}


@pytest.fixture
def key(authorised: Authorised) -> dict[str, str]:
    """A provider's key."""
    return authorised(Scope.PROVIDER)


Queue = Callable[..., list[str]]


@pytest.fixture
def queued(client: TestClient, key: dict[str, str], matching: Services) -> Queue:
    """Align badges in a job and return the ids of the alignments, in order."""

    def align(*badges: Mapping[str, Any], name: str = "stock.json") -> list[str]:
        files = [{"name": name, "json": one} for one in badges]
        asked = client.post("/v1/jobs", headers=key, json={"kind": "badges.align", "badges": files})
        workers_of(matching).run_one()
        job = asked.json()["id"]
        listed = client.get("/v1/alignments", headers=key, params={"job": job}).json()
        return [one["id"] for one in listed["items"]]

    return align


def statements(client: TestClient, key: dict[str, str], alignment: str) -> list[dict[str, Any]]:
    """Return the reviewed statements of an alignment."""
    answer = client.get(f"/v1/alignments/{alignment}", headers=key)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["review"]["statements"]
    return found


def decision(statement: Mapping[str, Any], choice: str, **more: str) -> dict[str, str]:
    """Return a decision on a statement."""
    return {"at": statement["at"], "digest": statement["digest"], "decision": choice, **more}


def test_decisions_mean_what_they_mean_in_a_review_file(  # noqa: PLR0917 - fixtures
    client: TestClient,
    key: dict[str, str],
    queued: Queue,
    command_line: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Accept, reject, replace and add: the same review file and the same badge, to the byte."""
    monkeypatch.chdir(tmp_path)
    Path("stock.json").write_text(json.dumps(BADGE))
    command_line("badge", "align", "stock.json", "--review", "review.yaml")
    said = ["--reviewer", "Ada", "--at", "2026-11-22"]
    keys = f"c 1 fits well\na\ne {DOCUMENTS}\n1\nr\n"
    walked = CliRunner().invoke(program, ["badge", "review", "review.yaml", *said], input=keys)
    assert walked.exit_code == 0, walked.output
    command_line_written = CliRunner().invoke(
        program, ["badge", "write", "review.yaml", "--to", "out"]
    )
    assert command_line_written.exit_code == 0, command_line_written.output
    ours = _decided_like_the_file(client, key, queued, tmp_path / "review.yaml")

    written = client.get(f"/v1/alignments/{ours}/badge", headers=key)
    exported = client.get("/v1/alignments/export", headers=key)

    with zipfile.ZipFile(io.BytesIO(exported.content)) as archive:
        inside = {name: archive.read(name).decode() for name in archive.namelist()}
    (made,) = [one for one in Path("out").iterdir() if one.suffix == ".json"]
    assert written.text == made.read_text(encoding="utf-8")
    assert inside[made.name] == written.text
    assert inside["NOTES.md"] == Path("out/NOTES.md").read_text(encoding="utf-8")
    assert inside["review.yaml"] == Path("review.yaml").read_text(encoding="utf-8")


def _decided_like_the_file(
    client: TestClient, key: dict[str, str], queued: Queue, review: Path
) -> str:
    """Send what a review file says as decisions, and return the alignment."""
    from skillmatch.readers.alignments import read_review

    (ours,) = queued(BADGE)
    choices = {Decision.ACCEPT: "accept", Decision.REJECT: "reject", Decision.EDIT: "replace"}
    asked = [
        {
            "at": statement.at,
            "digest": statement.digest,
            "decision": choices[entry.decision],
            "concept": entry.uri,
            "replacement": entry.edited,
            "note": entry.comment,
        }
        for statement in read_review(review).badges[0].statements
        for entry in statement.entries
        if entry.decision in choices
    ]
    assert {one["decision"] for one in asked} == {"accept", "reject", "replace"}
    answer = client.post(
        f"/v1/alignments/{ours}/decisions",
        headers=key,
        json={"decisions": asked, "reviewer": "Ada"},
    )
    assert answer.status_code == 200, answer.text
    return ours


def test_a_queue_empties_as_its_badges_are_decided_on(
    client: TestClient, key: dict[str, str], queued: Queue
) -> None:
    """``open`` is what is left to do; a decision that waits again brings the badge back."""
    (ours,) = queued(BADGE)
    place = f"/v1/alignments/{ours}"
    before = client.get(place, headers=key)
    everything = [decision(one, "reject") for one in statements(client, key, ours)]

    after = client.post(f"{place}/decisions", headers=key, json={"decisions": everything[:2]})
    rest = client.post(
        f"{place}/decisions",
        headers={**key, "If-Match": after.headers["etag"]},
        json={"decisions": everything[2:]},
    )
    first = statements(client, key, ours)[0]
    again = client.post(
        f"{place}/decisions",
        headers=key,
        json={"decisions": [decision(first, "pending", concept=first["entries"][0]["uri"])]},
    )

    assert (before.json()["state"], before.json()["open"]) == ("open", 3)
    assert before.json()["lint"]["badges"][0]["findings"]
    assert (after.json()["state"], after.json()["open"], after.json()["revision"]) == ("open", 1, 2)
    assert (rest.json()["state"], rest.json()["open"]) == ("reviewed", 0)
    assert (again.json()["state"], again.json()["open"]) == ("open", 1)
    listed = client.get("/v1/alignments", headers=key, params={"state": "reviewed"}).json()
    assert (listed["items"], listed["total"]) == ([], 0)


def test_nobody_overwrites_a_decision_that_they_have_not_seen(
    client: TestClient, key: dict[str, str], queued: Queue
) -> None:
    """Two reviewers at one badge: the second is told, and their decision is not written."""
    (ours,) = queued(BADGE)
    place = f"/v1/alignments/{ours}"
    seen = client.get(place, headers=key).headers["etag"]
    body = {"decisions": [decision(statements(client, key, ours)[0], "accept")]}

    first = client.post(f"{place}/decisions", headers={**key, "If-Match": seen}, json=body)
    second = client.post(f"{place}/decisions", headers={**key, "If-Match": seen}, json=body)
    deleted = client.delete(place, headers={**key, "If-Match": seen})

    assert [one.status_code for one in (first, second, deleted)] == [200, 412, 412]
    assert client.get(place, headers=key).json()["revision"] == 2


def test_faulty_decisions_are_all_named_and_none_counts(
    client: TestClient, key: dict[str, str], queued: Queue
) -> None:
    """A reviewer mends the whole form at once, and nothing is half written."""
    (ours,) = queued(BADGE)
    good = statements(client, key, ours)[0]
    body = {
        "decisions": [
            decision(good, "accept"),
            decision(good, "accept", concept="https://nobody.example/x"),
            {**decision(good, "accept"), "digest": "t0"},
            decision(good, "replace"),
            decision(good, "add", replacement="https://nobody.example/y"),
            decision(good, "comment", concept=good["entries"][0]["uri"]),
        ]
    }

    answer = client.post(f"/v1/alignments/{ours}/decisions", headers=key, json=body)

    assert answer.status_code == 422
    for number in range(2, 7):
        assert f"decision {number}:" in answer.json()["detail"]
    assert client.get(f"/v1/alignments/{ours}", headers=key).json()["revision"] == 1


def test_an_accepted_badge_is_written_in_every_form(
    client: TestClient, key: dict[str, str], queued: Queue
) -> None:
    """The forms of ``badge write``; before anything is accepted there is nothing to write."""
    (ours,) = queued(BADGE)
    place = f"/v1/alignments/{ours}"

    def written(form: WriteAs, **more: Any) -> Response:  # noqa: ANN401 - as httpx takes it
        return client.get(f"{place}/badge", headers=key, params={"as": form.value, **more})

    too_early = [written(form) for form in WriteAs]
    proposed = [written(form, proposed=True) for form in WriteAs]
    body = {"decisions": [decision(statements(client, key, ours)[0], "accept")]}
    client.post(f"{place}/decisions", headers=key, json=body)
    accepted = [written(form) for form in WriteAs]

    assert {one.status_code for one in too_early} == {409}
    assert {one.status_code for one in (*proposed, *accepted)} == {200}
    assert all("share-documents" in one.text for one in accepted)
    assert all("attachment" in one.headers["content-disposition"] for one in accepted)


def test_who_earned_a_badge_is_not_kept(
    client: TestClient, key: dict[str, str], queued: Queue, store: Store
) -> None:
    """A review is about the achievement; the earner's name has no business in the queue."""
    (ours,) = queued(CREDENTIAL, name="award.json")
    place = f"/v1/alignments/{ours}"
    body = {"decisions": [decision(statements(client, key, ours)[0], "accept")]}
    client.post(f"{place}/decisions", headers=key, json=body)

    written = client.get(f"{place}/badge", headers=key)

    with store.reading() as session:
        row = session.scalars(select(StoredAlignment)).one()
    kept = f"{row.document!r}{row.proposals}{row.lint}"
    assert "ada.lovelace" not in kept
    assert "ada.lovelace" not in client.get(place, headers=key).text
    assert written.json()["id"] == "https://academy.example/badges/docs"
    assert written.json()["alignment"][0]["targetUrl"] == DOCUMENTS
    assert row.title == "Documents\N{REPLACEMENT CHARACTER}"


def test_a_deleted_badge_leaves_no_decision_behind_and_an_entry_in_the_log(
    client: TestClient, key: dict[str, str], queued: Queue, store: Store
) -> None:
    """The log says what was done, and none of the words."""
    (ours,) = queued(BADGE)
    place = f"/v1/alignments/{ours}"
    body = {"decisions": [decision(statements(client, key, ours)[0], "accept", note="my words")]}
    client.post(f"{place}/decisions", headers=key, json=body)

    gone = client.delete(place, headers=key)

    with store.reading() as session:
        left = session.scalar(select(func.count()).select_from(ReviewDecision))
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.action)).all()
    actions = [one.action for one in entries]
    assert (gone.status_code, left) == (204, 0)
    assert client.get(place, headers=key).status_code == 404
    assert actions == ["alignment.decide", "alignment.delete", "job.create"]
    assert "my words" not in str([one.details for one in entries])


def test_reviews_belong_to_one_organisation(
    client: TestClient, key: dict[str, str], queued: Queue, authorised: Authorised
) -> None:
    """Others get what an id that nobody has would get, whatever they ask for."""
    (ours,) = queued(BADGE)
    stranger = authorised(Scope.PROVIDER, tenant="elsewhere")
    body = {"decisions": [decision(statements(client, key, ours)[0], "accept")]}

    answers = [
        client.get(f"/v1/alignments/{ours}", headers=stranger),
        client.get(f"/v1/alignments/{ours}/badge", headers=stranger),
        client.post(f"/v1/alignments/{ours}/decisions", headers=stranger, json=body),
        client.delete(f"/v1/alignments/{ours}", headers=stranger),
        client.get("/v1/alignments/nobody", headers=stranger),
    ]

    assert {(one.status_code, one.json()["detail"]) for one in answers} == {
        (404, "there is no such alignment")
    }
    assert client.get("/v1/alignments", headers=stranger).json()["total"] == 0
    assert client.get("/v1/alignments/export", headers=stranger).status_code == 409
    for scope in (Scope.LEARNER, Scope.RECRUITER):
        assert client.get("/v1/alignments", headers=authorised(scope)).status_code == 403


def test_the_queue_is_listed_page_by_page(
    client: TestClient, key: dict[str, str], queued: Queue
) -> None:
    """Badges of one job keep their order, and no page repeats or leaves out any."""
    badges = [
        {**BADGE, "id": f"https://a.example/{place}", "name": str(place)} for place in range(5)
    ]
    queued(*badges)

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = client.get("/v1/alignments", headers=key, params={"limit": 2, **more}).json()
        seen += [one["title"] for one in page["items"]]
        cursor = page["next"]

    assert seen == [str(place) for place in range(5)]
    assert page["total"] == 5


CONCEPTS = [f"https://x.example/{place}" for place in range(4)]


def _target(uri: str) -> ConceptTarget | None:
    return ConceptTarget(uri=ConceptUri(uri), label=uri[-1], framework="X", release="1")


def _run() -> AlignmentRun:
    words = ("one", "two")
    proposals = tuple(
        AlignmentProposal(
            at="/criteria", kind="criteria", text=text, uri=ConceptUri(uri), label=uri[-1],
            framework="X", release="1", code="", target_type="", confidence=0.5, likely=True,
            words=text, how="",
        )
        for text in words
        for uri in CONCEPTS[:2]
    )  # fmt: skip
    badge = BadgeAlignment(
        id="b", name="b", file="b.json", pointer="", format="ob2", proposals=proposals,
        statements=tuple(
            OutcomeStatement(text=text, kind=StatementKind.CRITERIA, pointer="/criteria")
            for text in words
        ),
        findings=(),
    )  # fmt: skip
    return AlignmentRun(source="b.json", frameworks=("x-1",), encoder="e", badges=(badge,))


REVIEW = review_of(_run())
ASKED = st.builds(
    lambda place, choice, concept, other, note: Asked(
        at=REVIEW.badges[0].statements[place].at,
        digest=REVIEW.badges[0].statements[place].digest,
        choice=choice,
        concept=CONCEPTS[concept],
        replacement=CONCEPTS[other] if choice in {Choice.REPLACE, Choice.ADD} else "",
        note=note,
    ),
    st.integers(0, 1),
    st.sampled_from(Choice),
    st.integers(0, 1),
    st.integers(0, 3),
    st.sampled_from(["", "good"]),
).filter(lambda one: one.choice is not Choice.COMMENT or bool(one.note))


@given(asked=st.lists(ASKED, max_size=8))
def test_rows_of_decisions_give_the_review_back(asked: list[Asked]) -> None:
    """Nothing but decisions is stored, so they must say all that a review holds."""
    said = Said(reviewer="Ada", date=NOW.date().isoformat())
    whole, steps = decided(REVIEW, asked, said, _target)
    alignment = StoredAlignment(tenant_id="t", id="a")

    again = REVIEW
    for place, step in enumerate(steps):
        row = row_of(step, alignment, place)
        row.at = NOW
        again = applied(again, decision_of(row))

    assert again == whole
