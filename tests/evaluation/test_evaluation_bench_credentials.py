"""The measurement of checking: what is measured is really checked, and in which unit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from evaluation.bench.credentials import AT, LIMITS, check_all, each_ms, samples, summary, warm
from skillmatch.model.credential import Credential
from skillmatch.model.verification import CheckState
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.proofs import check_proof


def test_every_sample_has_a_proof_that_holds() -> None:
    """A refused badge would be quick, and its time would say nothing."""
    found = [one for forms in samples(2).values() for one in forms]

    states = {check_proof(one, NoDocuments(), at=AT).proof.state for one in found}

    assert (len(found), states) == (8, {CheckState.VALID})


def test_times_are_milliseconds_for_each_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of a thousand would pass every limit; the clocks are our own."""
    wall, cpu = [7.0], [3.0]

    def step(_credential: Credential) -> None:
        wall[0] += 0.5
        cpu[0] += 0.25

    monkeypatch.setattr(time, "perf_counter", lambda: wall[0])
    monkeypatch.setattr(time, "process_time", lambda: cpu[0])

    times = each_ms(step, samples(1)["RS256"] * 3)

    assert times == [(500.0, 250.0)] * 3
    assert summary(times)["credentials"] == 3


def test_forms_and_real_files_are_told_apart(tmp_path: Path) -> None:
    """The mean over all forms would hide a slow one."""
    (tmp_path / "badge.json").write_text(
        '{"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiableCredential", '
        '"credentialSubject": {"achievement": {"name": "x"}}}'
    )

    facts = warm(2, tmp_path)

    assert facts["all forms"]["credentials"] == 8
    assert facts["files"]["credentials"] == 2
    assert facts["peak_rss_mb"] > 10
    assert set(LIMITS) == {"credential_mean_ms", "credential_p95_cpu_ms"}


def test_all_checks_are_made() -> None:
    """The bar is about a whole verification, not about its proof alone."""
    (credential,) = samples(1)["eddsa-rdfc-2022"]

    verification = check_all(credential)

    assert len(verification.checks) >= 6
