"""A small world to measure in: invented frameworks, benchmarks and a crosswalk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from evaluation.tasks import Inputs
from skillmatch.model.framework import Framework
from skillmatch.readers.esco import read_esco_csv
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb, write_framework
from tests.mini_engine import ESCO, RECIPE, esco_release, install_mini, mini_linker

TECH = """\
sentence,span,sub_span,label
You know Java and SQL,Java,,Java (computer programming)
You know Java and SQL,SQL,,query databases
You know Java and SQL,know,,LABEL NOT PRESENT
Salary on request,,,UNDERSPECIFIED
You use Git every day,Git,,use version control
"""
HOUSE = """\
sentence,span,sub_span,label
You clean the kitchen and plan shifts,plan shifts,,scheduling
You clean the kitchen and plan shifts,clean,,a label of another release
You care for patients,care,,communicate with patients
"""
SKILLSKAPE = """\
,sentence,skills
0,Take a pulse twice a day.,['record vital signs']
1,A great place to be.,['UNK']
2,"Write software, and test it.","['develop software', 'test software']"
"""
SPANS = (
    {"tokens": ["Apply", "now"], "tags_skill": ["O", "O"], "tags_knowledge": ["O", "O"]},
    {"tokens": ["Know", "Java"], "tags_skill": ["O", "O"], "tags_knowledge": ["O", "B"]},
    {"tokens": ["Java", "Street", "5"], "tags_skill": ["O"] * 3, "tags_knowledge": ["O"] * 3},
)
SKILL = "http://example.org/esco/skill/"
CROSSWALK = f"""\
Mapping project name,An invented crosswalk,,,,
,,,,,
Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,Classification 2 PrefLabel,\
Mapping relation,Editorial note
{SKILL}python,Python,K 1,Programmiersprache Python,skos:exactMatch,
{SKILL}java,Java,K 2,Programmiersprache Java,skos:exactMatch,
{SKILL}develop-software,Software entwickeln,K 2,Programmiersprache Java,skos:exactMatch,
{SKILL}java,Java,K 3,Insel,skos:closeMatch,
{SKILL}unknown,Unbekannt,K 4,Unbekannt,skos:exactMatch,
{SKILL}java,Java,K 5,"Shifted, indeed",skos:exactMatch,one,two
"""
MELO = {
    "queries.tsv": "Q1\tCoder\nQ2\tCook of lunches\n",
    "corpus_elements.tsv": (
        "C1_en_000\tsoftware developer\nC1_en_001\tcoder\nC2_en_000\tcook\nC3_en_000\tbaker\n"
    ),
    "annotations.tsv": "Q1\t0\tC1_en_000\t1\nQ1\t0\tC1_en_001\t1\nQ2\t0\tC2_en_000\t1\n",
}


@pytest.fixture(scope="session")
def world(mini_esco: Framework, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A data folder of its own, since tasks add to it; engines link with weights by hand."""
    folder = tmp_path_factory.mktemp("world")
    settings = Settings(
        data_dir=folder / "data", manifests=folder / "manifests", recipes=folder / "recipes"
    )
    install_mini(settings, esco_release(mini_esco))
    occupations = RECIPE.replace('["skill"]', '["occupation"]')
    (settings.recipes / "occupations.toml").write_text(occupations, encoding="utf-8")
    with mini_linker(settings):
        yield settings


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reference data in the layout of the real one, a few invented lines each."""
    folder = tmp_path_factory.mktemp("shared")
    validation = folder / "benchmarks" / "skill-extraction-validation"
    crosswalk = folder / "crosswalks" / "DE_Mapping_ESCO_Kompetenzen_220518_0.csv"
    files = {
        validation / "tech_validation_annotations.csv": TECH,
        validation / "house_validation_annotations.csv": HOUSE,
        folder / "benchmarks" / "skillskape" / "dev.csv": SKILLSKAPE,
        folder / "benchmarks" / "skillspan" / "dev.json": "\n".join(map(json.dumps, SPANS)),
        crosswalk: CROSSWALK,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def melo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in MELO's format, with titles of our own."""
    folder = tmp_path_factory.mktemp("melo") / "usa_q_en_c_en"
    folder.mkdir()
    for name, text in MELO.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def official(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """ESCO 1.1.0 from its official files, installed without an index; made by one worker for all.

    Tests only read its database, and add beside it.
    """
    shared_by_all = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared_by_all = shared_by_all.parent
    folder = shared_by_all / "esco-1.1.0"
    path = folder / "frameworks" / "esco-1.1.0" / "framework.sqlite"
    with FileLock(shared_by_all / "esco-1.1.0.lock"):
        if not path.exists():
            path.parent.mkdir(parents=True)
            source = shared_data / "esco" / "1.1.0"
            write_framework(read_esco_csv(source, framework_id="esco-1.1.0", release="1.1.0"), path)
    return Settings(data_dir=folder, manifests=folder, recipes=folder)


@pytest.fixture(scope="session")
def esco(official: Settings) -> Iterator[FrameworkDb]:
    """Its database, open for reading."""
    path = official.data_dir / "frameworks" / "esco-1.1.0" / "framework.sqlite"
    with FrameworkDb.open(path) as db:
        yield db


@pytest.fixture
def one_thread() -> Iterator[None]:
    """PyTorch, asked for one thread: tiny models lose more by waiting for others than they win."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def inputs(world: Settings, shared: Path) -> Inputs:
    """What tasks of this world are made from."""
    return Inputs(settings=world, framework=ESCO.replace("-", "@", 1), shared=shared)
