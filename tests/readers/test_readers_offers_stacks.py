"""Pathways of CTDL that say what a credential is made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from skillmatch.model.offer import Catalogue
from skillmatch.readers.offers import condition_text, read_catalogue

Json = dict[str, Any]


def ref(name: str) -> str:
    """The address of a node."""
    return f"https://x.example/{name}"


def node(name: str, kind: str, **terms: Any) -> Json:  # noqa: ANN401 - any JSON
    """A node with these terms, its name in capitals."""
    found = {"@id": ref(name), "@type": f"ceterms:{kind}", "ceterms:name": name.upper()}
    return {**found, **{f"ceterms:{key}": value for key, value in terms.items()}}


def way(name: str = "way", *steps: str, to: str = "goal", **terms: Any) -> list[Json]:  # noqa: ANN401 - any JSON
    """A pathway over courses to a destination that stands for ``to``."""
    component = f"{name}-end"
    condition = {"ceterms:targetComponent": [ref(one) for one in steps]}
    return [
        node(name, "Pathway", hasDestinationComponent=ref(component), **terms),
        node(component, "CredentialComponent", proxyFor=ref(to), hasCondition=condition),
    ]


def read(folder: Path, *nodes: Json, **files: list[Json]) -> Catalogue:
    """Read graphs of nodes, each in a file of its own."""
    for name, graph in {"a": list(nodes), **files}.items():
        text = json.dumps({"@context": "https://credreg.net/ctdl", "@graph": graph})
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return read_catalogue(folder)


def parts(catalogue: Catalogue) -> dict[str, str]:
    """What each offer is made of, by its name."""
    return {one.name: condition_text(one.parts) for one in catalogue.offers}


COURSES = [node("b", "Course"), node("c", "Course")]
BOTH = 'https://x.example/b "B" and https://x.example/c "C"'


def test_a_pathway_gives_its_credential_the_parts_and_is_no_offer_beside_it(tmp_path: Path) -> None:
    """A pathway has no price, length or skill, so it could never be planned on its own."""
    goal = node("goal", "Certificate")
    asks = node("d", "Course", requires=[{"ceterms:targetPathway": [ref("way")]}])

    catalogue = read(tmp_path, goal, *COURSES, asks, *way("way", "b", "c"))

    assert parts(catalogue) == {"B": "", "C": "", "D": "", "GOAL": BOTH}
    by_name = {one.name: one for one in catalogue.offers}
    assert by_name["GOAL"].same_as == (ref("way"), "WAY")
    assert [one.ref for one in by_name["D"].requires.needs] == [ref("goal")]
    assert catalogue.notes == ()


def test_pathway_and_credential_may_lie_in_two_files(tmp_path: Path) -> None:
    """The Registry gives each of them out as a document of its own."""
    catalogue = read(tmp_path, *way("way", "b", "c"), z=[node("goal", "Certificate"), *COURSES])

    assert parts(catalogue)["GOAL"].startswith("https://x.example/b")
    assert "WAY" not in parts(catalogue)


def test_of_two_pathways_to_one_credential_one_is_enough(tmp_path: Path) -> None:
    """Providers write one for those who work beside it, one for those who do not."""
    ways = [*way("way", "b"), *way("path", "b", "c")]

    catalogue = read(tmp_path, node("goal", "Certificate"), *COURSES, *ways)

    assert parts(catalogue)["GOAL"] == f'https://x.example/b "B" or ({BOTH})'


def test_what_a_credential_says_itself_of_its_parts_counts(tmp_path: Path) -> None:
    """And the reader is told that its pathway says something else."""
    goal = node("goal", "Certificate", hasPart=[ref("b")])

    catalogue = read(tmp_path, goal, *COURSES, *way("way", "c"))

    assert parts(catalogue) == {"B": "", "C": "", "GOAL": 'https://x.example/b "B"'}
    assert catalogue.notes == (
        "WAY: this pathway and GOAL say different things of what GOAL is made of; GOAL counts",
    )


def test_a_pathway_of_another_provider_binds_nobody(tmp_path: Path) -> None:
    """A job centre's way to a certificate of industry is not the only one."""
    goal = node("goal", "Certificate", ownedBy=ref("industry"))

    other = parts(read(tmp_path, goal, *COURSES, *way("way", "b", ownedBy=ref("centre"))))
    own = parts(read(tmp_path, goal, *COURSES, *way("way", "b", ownedBy=ref("industry"))))

    assert other["GOAL"] == ""
    assert other["WAY"].startswith("https://x.example/goal")
    assert own["GOAL"] == 'https://x.example/b "B"'


def test_a_pathway_to_what_is_not_at_hand_stays_an_offer(tmp_path: Path) -> None:
    """Nothing is lost of what a file describes."""
    catalogue = read(tmp_path, *COURSES, *way("way", "b", to="elsewhere"))

    assert list(parts(catalogue)) == ["B", "C", "WAY"]
