"""What is found in files, folders, archives and envelopes, and where in them."""

from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import NotFoundError, UnreadableError, UsageError
from skillmatch.model.credential import Unread
from skillmatch.quality.batch import LintResult, Options, lint_path, result_of
from skillmatch.quality.kinds import Kind
from skillmatch.quality.positions import lines_of
from tests.quality.lint_samples import (
    edited,
    good_assertion,
    good_badge_class,
    good_credential,
    good_ctdl,
    good_rsd,
)


def linted(path: Path, profile: str = "auto") -> LintResult:
    """Return everything that is found in a path."""
    options = Options(profile=profile, detect=lambda _text: "en")
    return result_of(tuple(lint_path(path, options)), options)


def write(path: Path, value: object) -> Path:
    """Write JSON as people do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
    return path


def token(claims: dict[str, Any]) -> str:
    """Return a compact JWS whose signature nobody looks at."""
    parts = ({"alg": "EdDSA", "typ": "JWT"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts]
    return b".".join((*encoded, b"c2ln")).decode()


def kinds(result: LintResult) -> list[tuple[str, str, Kind]]:
    """Return source, pointer and kind of each badge."""
    return [(one.source, one.pointer, one.kind) for one in result.badges]


def test_a_folder_is_judged_in_the_order_of_its_paths(tmp_path: Path) -> None:
    """The same folder gives the same report on every machine."""
    write(tmp_path / "b" / "class.json", good_badge_class())
    write(tmp_path / "a.json", good_credential())
    write(tmp_path / "c.json", {"hello": 1})
    (tmp_path / ".hidden.json").write_text("{", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Hello", encoding="utf-8")

    result = linted(tmp_path)

    assert kinds(result) == [
        ("a.json", "", Kind.OB3_CREDENTIAL),
        ("b/class.json", "", Kind.OB2_BADGE_CLASS),
    ]
    assert [one.source for one in result.unread] == ["c.json", "notes.txt"]


def test_what_other_commands_refuse_is_still_judged(tmp_path: Path) -> None:
    """Broken badges are what a lint is for."""
    broken = edited(good_credential(), {"/credentialSubject": [1, "x"], "/issuer": 7})

    (badge,) = linted(write(tmp_path / "x.json", broken)).badges

    assert badge.findings


def test_a_list_a_token_and_an_archive_hold_badges_too(tmp_path: Path) -> None:
    """Exports come in all of these."""
    write(tmp_path / "list.json", [good_rsd(), {"x": 1}, good_badge_class()])
    (tmp_path / "one.jwt").write_text(token(good_credential()), encoding="ascii")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("in/ctdl.json", json.dumps(good_ctdl()))
        archive.writestr("in/read.me", "Hello")

    result = linted(tmp_path)

    assert kinds(result) == [
        ("list.json", "/0", Kind.RSD),
        ("list.json", "/2", Kind.OB2_BADGE_CLASS),
        ("one.jwt", "", Kind.OB3_CREDENTIAL),
        ("z.zip!in/ctdl.json", "", Kind.CTDL),
    ]
    assert [one.source for one in result.unread] == ["z.zip!in/read.me"]


def test_records_and_presentations_are_judged_part_by_part(tmp_path: Path) -> None:
    """A record's own fields and each credential inside it are different badges."""
    record = {
        "@context": good_credential()["@context"],
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": "urn:x:1", "type": ["Profile"]},
        "credentialSubject": {
            "type": ["ClrSubject"],
            "verifiableCredential": [good_credential(), token(good_credential())],
        },
    }
    shown = {
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [
            good_credential(),
            {
                "type": "EnvelopedVerifiableCredential",
                "id": f"data:application/vc+jwt,{token(good_credential())}",
            },
        ],
    }

    places = kinds(linted(write(tmp_path / "clr.json", record)))
    shown_places = kinds(linted(write(tmp_path / "vp.json", shown)))

    at = "/credentialSubject/verifiableCredential"
    assert [place for _, place, _ in places] == ["", f"{at}/0", f"{at}/1"]
    assert [place for _, place, _ in shown_places] == [
        "/verifiableCredential/0",
        "/verifiableCredential/1",
    ]


@pytest.mark.parametrize("decoded", [True, False])
def test_an_envelope_of_the_registry_is_opened(tmp_path: Path, decoded: bool) -> None:
    """Its resource lies beside its own token, or only inside it."""
    graph = {
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@graph": [
            {key: value for key, value in good_ctdl().items() if key != "@context"},
            {"@id": "_:1", "@type": "ceterms:QACredentialOrganization", "ceterms:name": "X"},
        ],
    }
    envelope: dict[str, Any] = {
        "envelope_ctdl_type": "ceterms:Certificate",
        "resource": token(graph),
    }
    if decoded:
        envelope["decoded_resource"] = graph

    result = linted(write(tmp_path / "e.json", envelope))

    start = "/decoded_resource" if decoded else "/resource"
    assert kinds(result) == [("e.json", f"{start}/@graph/0", Kind.CTDL)]
    assert result.badges[0].findings == ()


def test_an_envelope_of_something_else_says_of_what(tmp_path: Path) -> None:
    """A bare "no badge" would send people searching."""
    graph = {"@graph": [{"@type": "ceterms:CostManifest"}]}
    envelope = {"envelope_id": "1", "decoded_resource": graph, "resource": ""}

    (unread,) = linted(write(tmp_path / "e.json", envelope)).unread

    assert "ceterms:CostManifest" in unread.reason


def test_one_bad_file_does_not_cost_the_others(tmp_path: Path) -> None:
    """A folder of thousands has always one."""
    (tmp_path / "a.json").write_text('{"type": ', encoding="utf-8")
    (tmp_path / "b.json").write_bytes(b"\xff\xfe{")
    (tmp_path / "c.json").write_text('{"a": 1, "a": 2}', encoding="utf-8")
    write(tmp_path / "d.json", good_credential())
    (tmp_path / "e.zip").write_bytes(b"PK\x03\x04 broken")

    result = linted(tmp_path)

    assert [one.source for one in result.badges] == ["d.json"]
    assert [one.source for one in result.unread] == ["a.json", "b.json", "c.json", "e.zip"]
    assert all(one.reason for one in result.unread)


def test_a_named_profile_judges_any_object(tmp_path: Path) -> None:
    """Whoever names one knows what the file should be."""
    path = write(tmp_path / "x.json", {"name": "Half a badge"})

    with pytest.raises(UnreadableError, match="holds no Open Badge"):
        linted(path)
    assert {one.rule for one in linted(path, "ob3").badges[0].findings} >= {"A1"}


def test_a_missing_path_and_an_unknown_profile_are_refused(tmp_path: Path) -> None:
    """Before anything is read."""
    with pytest.raises(NotFoundError):
        linted(tmp_path / "none")
    with pytest.raises(UsageError):
        linted(tmp_path, "ob9")


def test_progress_counts_files_and_ends(tmp_path: Path) -> None:
    """A bar that stops before the end looks like a fault."""
    for name in ("a", "b"):
        write(tmp_path / f"{name}.json", good_rsd())
    seen: list[tuple[int, int]] = []

    found = list(lint_path(tmp_path, progress=lambda done, total: seen.append((done, total))))

    assert len(found) == 2
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_findings_carry_the_line_of_their_place(tmp_path: Path) -> None:
    """An editor jumps there; what is missing is shown where it is missing from."""
    document = edited(good_assertion(), {"/expires": "2020-01-01T00:00:00Z"})
    del document["badge"]["image"]
    path = write(tmp_path / "x.json", document)

    lines = path.read_text(encoding="utf-8").splitlines()
    (badge,) = linted(path).badges
    by_rule = {one.rule: lines[one.line - 1] for one in badge.findings}

    assert '"expires"' in by_rule["A8"]
    assert '"badge"' in by_rule["A1"]


def test_what_comes_from_a_token_has_no_line(tmp_path: Path) -> None:
    """Its text is not the file's."""
    path = tmp_path / "one.jwt"
    path.write_text(token(edited(good_credential(), {"/evidence": []})), encoding="ascii")

    (badge,) = linted(path).badges

    assert {one.line for one in badge.findings} == {0}


@given(
    st.recursive(
        st.one_of(st.integers(), st.text(alphabet='ab"\\/~:,{}[] é', max_size=5), st.none()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.text(alphabet='ab"\\/~:{ ', max_size=3), inner, max_size=3),
        ),
        max_leaves=12,
    )
)
def test_lines_are_those_of_the_text(value: object) -> None:
    """With one value a line, a pointer's line must hold its own key or begin its own value."""
    text = json.dumps(value, indent=1)
    pointers = _pointers(value, "")

    found = lines_of(text, [pointer for pointer, _ in pointers])

    starts = [line.strip() for line in text.splitlines()]
    for pointer, member in pointers:
        line = starts[found[pointer] - 1]
        shown = json.dumps(member) if not isinstance(member, dict | list) or not member else ""
        assert shown in line
        if pointer and not pointer.rsplit("/", 1)[1].isdigit():
            key = pointer.rsplit("/", 1)[1].replace("~1", "/").replace("~0", "~")
            assert line.startswith(json.dumps(key))


def _pointers(value: object, pointer: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = [(pointer, value)]
    if isinstance(value, dict):
        for key, below in value.items():
            found += _pointers(below, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            found += _pointers(below, f"{pointer}/{place}")
    return found


def test_unread_and_badges_keep_apart() -> None:
    """A result counts each once."""
    unread = Unread(source="x", reason="y")

    assert result_of((unread,), Options()).unread == (unread,)
