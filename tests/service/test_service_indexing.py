"""Indexes of installed frameworks: built once, kept while they fit, found when they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from skillmatch.cli.index import app
from skillmatch.embedding import HashingEncoder
from skillmatch.errors import BusyError, ChecksumError, IndexMismatchError, NotFoundError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, Status
from skillmatch.model.framework import Framework
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.lexical import FILE_NAME
from skillmatch.service.indexing import build_index, index_dir, list_indexes, verify_indexes
from skillmatch.settings import Settings
from skillmatch.store import write_framework

LABELS = {"urn:a": "plan menus", "urn:b": "drive lorry", "urn:c": "write code"}


def framework(labels: dict[str, str]) -> Framework:
    skills = tuple(
        Concept(
            uri=ConceptUri(uri),
            kind=ConceptKind.SKILL,
            pref_labels=(LangText(text=text), LangText(text=f"{text} auf Deutsch", language="de")),
            alt_labels=(LangText(text=f"to {text}"),),
        )
        for uri, text in labels.items()
    )
    others = (
        Concept(
            uri=ConceptUri("urn:cook"),
            kind=ConceptKind.OCCUPATION,
            pref_labels=(LangText(text="cook"),),
        ),
        Concept(
            uri=ConceptUri("urn:old"),
            kind=ConceptKind.SKILL,
            pref_labels=(LangText(text="use telex"),),
            status=Status.DEPRECATED,
        ),
    )
    return Framework(id="mini-1", title="Mini", release="1", concepts=skills + others)


def install(settings: Settings, labels: dict[str, str] = LABELS) -> None:
    path = settings.data_dir / "frameworks" / "mini-1" / "framework.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_framework(framework(labels), path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    recipes = tmp_path / "recipes"
    recipes.mkdir()
    text = 'encoder = "hashing"\nconcepts = ["skill"]\nlabels = ["pref", "alt"]\n'
    (recipes / "default.toml").write_text(text + 'languages = ["en"]\n', encoding="utf-8")
    (recipes / "all.toml").write_text(
        text.replace('"skill"', '"skill", "occupation"'), encoding="utf-8"
    )
    made = Settings(data_dir=tmp_path / "data", manifests=tmp_path, recipes=recipes)
    install(made)
    return made


def test_the_recipe_decides_which_labels_are_indexed(settings: Settings) -> None:
    """Deprecated concepts, other kinds and other languages stay out unless asked for."""
    default = build_index("mini-1", settings=settings)
    everything = build_index("mini-1", "all", settings=settings)

    assert (default.info.rows, default.info.concepts) == (6, 3)
    assert (everything.info.rows, everything.info.concepts) == (10, 4)
    assert default.directory == index_dir(settings.data_dir, "mini-1", "default")
    (found,) = DenseIndex.open(default.directory).search(
        HashingEncoder().encode(["to drive lorry"]), 1
    )
    assert (found[0].uri, found[0].label) == ("urn:b", "to drive lorry")
    assert (default.directory / FILE_NAME).is_file()


def test_an_index_that_fits_is_kept(settings: Settings) -> None:
    """`setup` may run every day; only a change costs time."""
    assert build_index("mini-1", settings=settings).built

    assert not build_index("mini-1", settings=settings).built
    assert build_index("mini-1", settings=settings, force=True).built
    install(settings, LABELS | {"urn:d": "nurse patients"})
    assert build_index("mini-1", settings=settings).info.concepts == 4


def test_a_damaged_index_is_built_anew(settings: Settings) -> None:
    """The command that every message names must mend it without further words."""
    directory = build_index("mini-1", settings=settings).directory
    (directory / "index.faiss").unlink()

    assert build_index("mini-1", settings=settings).built
    assert verify_indexes(settings)[0].problem == ""


def test_two_builds_at_once_are_refused(settings: Settings) -> None:
    """Two processes would do the same work and race for the folder."""
    lock = settings.data_dir / "indexes" / "mini-1" / ".default.lock"
    lock.parent.mkdir(parents=True)

    with FileLock(lock), pytest.raises(BusyError, match="another process is building"):
        build_index("mini-1", settings=settings)


def test_what_a_killed_build_left_is_removed(settings: Settings) -> None:
    """Half an index of 150 MB must not stay for ever."""
    left = settings.data_dir / "indexes" / "mini-1" / ".default-killed"
    left.mkdir(parents=True)
    (left / "index.faiss").write_bytes(b"half")

    build_index("mini-1", settings=settings)

    assert not left.exists()
    assert [one.recipe for one in list_indexes(settings)] == ["default"]


def test_a_framework_that_is_not_installed_is_named(settings: Settings) -> None:
    """The message names the command that installs it."""
    with pytest.raises(NotFoundError, match="skillmatch frameworks install other@2"):
        build_index("other-2", settings=settings)


def test_the_list_tells_a_stale_index(settings: Settings) -> None:
    """After a framework or recipe changes, the list says so before a search does."""
    build_index("mini-1", settings=settings)
    build_index("mini-1", "all", settings=settings)
    assert [one.problem for one in list_indexes(settings)] == ["", ""]
    (settings.recipes / "all.toml").write_text(
        'encoder = "hashing"\nconcepts = ["skill"]\nlabels = ["pref"]\n', encoding="utf-8"
    )

    everything, default = list_indexes(settings)

    assert isinstance(everything.error, IndexMismatchError)
    assert "skillmatch index build mini-1 --recipe all" in everything.problem
    assert default.problem == ""


def test_verify_hashes_the_files(settings: Settings) -> None:
    """A changed bit keeps the size, so only the checksum tells."""
    directory = build_index("mini-1", settings=settings).directory
    path = directory / "labels.txt"
    path.write_bytes(path.read_bytes().replace(b"plan", b"plum"))

    assert list_indexes(settings)[0].problem == ""
    (status,) = verify_indexes(settings, "mini-1")
    assert isinstance(status.error, ChecksumError)


def test_nothing_to_verify_is_said(settings: Settings) -> None:
    """Silence would read as all is well."""
    with pytest.raises(NotFoundError, match="skillmatch index build mini-1"):
        verify_indexes(settings, "mini-1")


def test_the_commands_build_list_and_verify(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same use cases from the command line, as text and as JSON."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(settings.data_dir))
    recipe = tmp_path / "recipes" / "default.toml"
    run = CliRunner()

    first = run.invoke(app, ["build", "mini@1", "--recipe", str(recipe)], catch_exceptions=False)
    again = run.invoke(app, ["build", "mini-1", "--recipe", str(recipe), "--json"])
    listed = run.invoke(app, ["list", "--json"], catch_exceptions=False)
    shown = run.invoke(app, ["verify"], catch_exceptions=False)

    assert "mini-1, default: 6 labels of 3 concepts indexed in" in first.output
    assert json.loads(again.stdout) | {"directory": "", "seconds": 0} == {
        "framework": "mini-1",
        "recipe": "default",
        "rows": 6,
        "concepts": 3,
        "encoder": HashingEncoder().fingerprint,
        "directory": "",
        "built": False,
        "seconds": 0,
    }
    # The shipped recipe of this name selects the same labels.
    assert [
        (one["framework"], one["rows"], one["problem"]) for one in json.loads(listed.stdout)
    ] == [("mini-1", 6, None)]
    assert shown.exit_code == 0
    assert "mini-1  default  6 labels  0 MB  unharmed" in shown.output


def test_verify_ends_with_the_exit_code_of_bad_input(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script must notice a damaged index."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(settings.data_dir))
    directory = build_index("mini-1", settings=settings).directory
    path = directory / "labels.txt"
    path.write_bytes(path.read_bytes().replace(b"plan", b"plum"))

    result = CliRunner().invoke(app, ["verify", "mini-1"], catch_exceptions=False)

    assert result.exit_code == 4
    assert "labels.txt: sha256 is" in result.output
