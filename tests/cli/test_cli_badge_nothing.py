"""Every badge command ends alike where there is no badge: missing 5, none in it 3, damaged 4."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer.main

from skillmatch.cli.badge.app import app
from skillmatch.cli.exits import Exit
from tests.cli.conftest import Program

ROOT = Path(__file__).resolve().parents[2]
ISSUER = ROOT / "examples" / "badges" / "issuer"
BADGE = ROOT / "examples" / "badges" / "wallet" / "tested-code.svg"

COMMANDS = {
    "align": ("FILE",),
    "diff": ("FILE", "FILE"),
    "endorse": ("FILE", "--by", str(ISSUER / "supervisor.json"), "--comment", "Good", "--out", "O"),
    "issue": (
        *("FILE", "--issuer", str(ISSUER / "profile.json"), "--to", "a@b.example"),
        *("--key", "KEY", "--out", "O"),
    ),
    "link-profile": ("FILE",),
    "lint": ("FILE",),
    "review": ("FILE",),
    "show": ("FILE",),
    "status": ("FILE",),
    "verify": ("FILE",),
    "write": ("FILE", "--to", "O"),
}
"""Arguments of each command that reads what somebody names."""
ONE_FILE = frozenset({"diff", "issue", "review", "status", "write"})
"""Those that take no folder."""
FILES = {
    "missing": Exit.MISSING,
    "empty": Exit.NOTHING_READABLE,
    "text": Exit.NOTHING_READABLE,
    "other": Exit.NOTHING_READABLE,
    "broken": Exit.BAD_INPUT,
    "folder": Exit.NOTHING_READABLE,
    "empty folder": Exit.NOTHING_READABLE,
}
CONTENT = {"empty": "", "text": "a letter\n", "other": '{"a": 1}\n', "broken": '{"a": [1,\n'}


@pytest.fixture
def named(program: Program, tmp_path: Path) -> Path:
    """A folder with a file of each kind under two names, and a key."""
    for kind, text in CONTENT.items():
        (tmp_path / f"{kind}.json").write_text(text, encoding="utf-8")
        (tmp_path / f"{kind}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("a letter\n", encoding="utf-8")
    (tmp_path / "empty folder").mkdir()
    assert program("badge", "key", "new", "--out", str(tmp_path / "key.pem")).code == 0
    return tmp_path


def test_the_table_holds_every_badge_command() -> None:
    """A new command is added here, or reads nothing."""
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # typer's click has no types

    assert known == {*COMMANDS, "key"}


@pytest.mark.parametrize("command", COMMANDS)
def test_where_there_is_no_badge_every_command_ends_alike(
    program: Program, engine: Sequence[str], named: Path, command: str
) -> None:
    """With one line that names the file, and nothing written."""
    for kind, code in FILES.items():
        path = named / (kind if "folder" in kind else f"{kind}{_suffix(command)}")
        places = {"FILE": str(path), "KEY": str(named / "key.pem"), "O": str(named / "out")}
        expected = Exit.USAGE if command in ONE_FILE and "folder" in kind else code

        words = [places.get(one, one) for one in COMMANDS[command]]
        ended = program("badge", command, *words, *(engine if command == "align" else ()))

        assert (kind, ended.code) == (kind, expected)
        assert path.name in ended.message
        assert not (named / "out").exists()


def _suffix(command: str) -> str:
    return ".yaml" if command in {"review", "write"} else ".json"


@pytest.mark.parametrize("command", ["show", "verify"])
@pytest.mark.parametrize(
    ("kinds", "code"),
    [(("text",), 3), (("broken",), 4), (("text", "broken"), 4), (("empty folder",), 3), ((), 0)],
)
def test_of_several_files_the_good_are_shown_and_the_worst_gives_the_code(
    program: Program, named: Path, command: str, kinds: tuple[str, ...], code: int
) -> None:
    """A script learns of it, a person sees what there is."""
    files = [str(named / (kind if "folder" in kind else f"{kind}.json")) for kind in kinds]

    ended = program("badge", command, str(BADGE), *files)

    assert ended.code == code
    assert "Tested Code" in ended.out
    # A long path is broken wherever the line ends.
    said = "".join(ended.out.split())
    assert all("".join(Path(file).name.split()) in said for file in files)


def test_what_cannot_be_read_inside_a_folder_changes_no_code(
    program: Program, tmp_path: Path
) -> None:
    """A wallet export holds notes and pictures, too."""
    (tmp_path / "badge.svg").write_bytes(BADGE.read_bytes())
    (tmp_path / "cut.json").write_text("{", encoding="utf-8")

    for command in ("show", "verify", "lint"):
        options = ("--fail-on", "never") if command == "lint" else ()
        ended = program("badge", command, str(tmp_path), *options)

        assert ended.code == 0
        assert "cut.json" in ended.out


def test_an_archive_that_is_damaged_is_no_empty_one(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """To get it again helps with the one, and not with the other."""
    damaged, empty = tmp_path / "damaged.zip", tmp_path / "empty.zip"
    damaged.write_bytes(b"PK\x03\x04 and no more")
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("notes.txt", "a letter")

    for command in ("show", "verify", "lint", "align", "link-profile"):
        more = engine if command == "align" else ()
        assert program("badge", command, str(damaged), *more).code == Exit.BAD_INPUT
        assert program("badge", command, str(empty), *more).code == Exit.NOTHING_READABLE
