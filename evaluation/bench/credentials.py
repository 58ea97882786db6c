"""Time of checking credentials: each form of proof, and all checks together.

``python -m evaluation.bench.credentials [--rounds N] [--folder FOLDER]`` prints one JSON object.
Nothing needs to be installed: badges are invented and signed with fresh keys, each with another
name, so that none was ever seen before. All of it is warm and happens in one fresh process. Wall
times are what a person waits, CPU times tell more where a machine is busy with other work.
``--folder`` checks real files as well, whatever they are, several times each.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import base58
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evaluation.bench.frameworks import peak_rss_mb
from evaluation.provenance import ROOT, commit_id
from skillmatch.model.credential import Credential
from skillmatch.model.verification import Verification
from skillmatch.readers.credentials import read_credential_bytes, read_wallet
from skillmatch.trust.data_integrity import hash_data
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.issuers import KnownIssuers
from skillmatch.trust.proofs import check_proof
from skillmatch.trust.verify import verify

LIMITS = {"credential_mean_ms": 10.0, "credential_p95_cpu_ms": 10.0}
AT = datetime(2026, 6, 1, tzinfo=UTC)
CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
SUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020")


def badge(name: str, issuer: str) -> dict[str, Any]:
    """Return an invented badge with outcomes, rubric, alignments and evidence."""
    return {
        "@context": list(CONTEXTS),
        "id": f"urn:example:{name}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Welding {name}",
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Example College"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "result": [{"type": ["Result"], "resultDescription": f"urn:{name}:r", "value": "3"}],
            "achievement": achievement(name),
        },
        "evidence": [{"type": ["Evidence"], "name": "Test sheet", "narrative": "Passed."}],
    }


def achievement(name: str) -> dict[str, Any]:
    """Return what was achieved, with six alignments and a rubric of four levels."""
    alignments = [
        {
            "type": ["Alignment"],
            "targetName": f"skill {n}",
            "targetUrl": f"https://framework.example/skills/{n}",
            "targetFramework": "Example framework",
        }
        for n in range(6)
    ]
    return {
        "id": f"urn:example:achievement:{name}",
        "type": ["Achievement"],
        "name": f"Welding {name}",
        "description": "Welds steel by hand.",
        "criteria": {"narrative": "Welds three joints that pass the bend test."},
        "alignment": alignments,
        "resultDescription": [rubric(name)],
        "tag": ["welding", "steel"],
    }


def rubric(name: str) -> dict[str, Any]:
    """Return the description of a result with four levels."""
    levels = [
        {"id": f"urn:{name}:l{n}", "type": ["RubricCriterionLevel"], "name": f"Level {n}"}
        for n in range(4)
    ]
    return {
        "id": f"urn:{name}:r",
        "type": ["ResultDescription"],
        "name": "Practical test",
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": levels,
    }


def with_proof(name: str, suite: str, key: Ed25519PrivateKey) -> bytes:
    """Return a badge with an embedded proof, as the bytes of a file."""
    multikey = base58.b58encode(b"\xed\x01" + key.public_key().public_bytes_raw()).decode("ascii")
    did = f"did:key:z{multikey}"
    document = badge(name, did)
    old = suite == "Ed25519Signature2020"
    if old:
        document["@context"].append(SUITE_2020)
    proof = {
        "type": suite if old else "DataIntegrityProof",
        **({} if old else {"cryptosuite": suite}),
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": f"{did}#z{multikey}",
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(hash_data(document, proof, suite))
    value = "z" + base58.b58encode(signature).decode("ascii")
    return json.dumps({**document, "proof": {**proof, "proofValue": value}}).encode()


def as_token(name: str, key: rsa.RSAPrivateKey) -> bytes:
    """Return a badge as a VC-JWT with RS256, its key in the header."""
    numbers = key.public_key().public_numbers()
    jwk = {"kty": "RSA", "n": _b64(numbers.n.to_bytes(256, "big")), "e": "AQAB"}
    parts = ({"alg": "RS256", "jwk": jwk}, badge(name, "https://college.example/issuer"))
    signed = ".".join(_b64(json.dumps(part).encode()) for part in parts)
    signature = key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_b64(signature)}".encode()


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def samples(rounds: int) -> dict[str, list[Credential]]:
    """Return fresh badges by form of proof, read."""
    key = Ed25519PrivateKey.generate()
    secret = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = {
        suite: [with_proof(f"{suite}-{number}", suite, key) for number in range(rounds)]
        for suite in SUITES
    }
    made["RS256"] = [as_token(f"token-{number}", secret) for number in range(rounds)]
    return {
        form: [one for data in files for one in read_credential_bytes(data, form)]
        for form, files in made.items()
    }


def check_all(credential: Credential) -> Verification:
    """Make every check, offline."""
    return verify(credential, documents=NoDocuments(), issuers=KnownIssuers(), at=AT)


Times = list[tuple[float, float]]


def each_ms(step: Callable[[Credential], object], items: Iterable[Credential]) -> Times:
    """Return the wall and CPU milliseconds that a step takes for each credential."""
    found = []
    for item in items:
        wall, cpu = time.perf_counter(), time.process_time()
        step(item)
        found.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)))
    return found


def summary(times: Times) -> dict[str, float]:
    """Return mean, median and 95th percentile of the times, and their number."""
    found: dict[str, float] = {"credentials": len(times)}
    for name, values in zip(("wall", "cpu"), zip(*times, strict=True), strict=True):
        found |= {
            f"{name}_mean_ms": round(statistics.mean(values), 2),
            f"{name}_p50_ms": round(statistics.median(values), 2),
            f"{name}_p95_ms": round(statistics.quantiles(values, n=20)[-1], 2),
        }
    return found


def warm(rounds: int, folder: Path | None) -> dict[str, Any]:
    """Measure everything in this process."""
    forms = samples(rounds + 1)
    for found in forms.values():
        check_all(found.pop())
    facts: dict[str, Any] = {}
    every: Times = []
    for form, found in forms.items():
        proof = each_ms(lambda one: check_proof(one, NoDocuments(), at=AT), found)
        whole = each_ms(check_all, found)
        facts[form] = {"proof": summary(proof), "all checks": summary(whole)}
        every += whole
    facts["all forms"] = summary(every)
    if folder is not None:
        real = read_wallet(folder).credentials
        each_ms(check_all, real)
        facts["files"] = summary(each_ms(check_all, real * rounds))
    return {**facts, "peak_rss_mb": peak_rss_mb()}


def measure(rounds: int, folder: Path | None) -> dict[str, object]:
    """Measure in a fresh process and set the numbers beside their limits."""
    command = [sys.executable, "-m", "evaluation.bench.credentials", "--warm"]
    command += ["--rounds", str(rounds)] + (["--folder", str(folder)] if folder else [])
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    facts = json.loads(done.stdout)
    together = facts["all forms"]
    measured = {
        "credential_mean_ms": together["wall_mean_ms"],
        "credential_p95_cpu_ms": together["cpu_p95_ms"],
    }
    return {
        "what": "checking credentials, warm",
        "commit": commit_id(),
        "warm": facts,
        "measured": measured,
        "limits": LIMITS,
        "missed": [name for name, limit in LIMITS.items() if measured[name] > limit],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--folder", type=Path, help="real credentials to check as well")
    parser.add_argument("--warm", action="store_true", help="measure in this process")
    chosen = parser.parse_args(arguments)
    if chosen.warm:
        print(json.dumps(warm(chosen.rounds, chosen.folder)))
        return 0
    result = measure(chosen.rounds, chosen.folder)
    result |= {
        "within_limits": not result["missed"],
        "load_average_1_min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    print(json.dumps(result, indent=2))
    return 0 if result["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
