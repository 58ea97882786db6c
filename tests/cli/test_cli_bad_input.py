"""Bad input and bad luck: each ends with one clear message and nothing lost.

The list, and the test that holds each item. A bare name is a test of this module; the others
are given as ``file::test``. ``test_every_item_of_the_list_has_its_test`` reads this list.

- unreadable PDF: test_a_document_that_cannot_be_read_is_one_line
- unreadable PDF: tests/readers/test_readers_pdf.py::test_a_truncated_pdf_is_damaged
- unreadable PDF: tests/readers/test_readers_pdf.py::test_a_scan_asks_for_text_recognition
- encrypted PDF: test_a_document_that_cannot_be_read_is_one_line
- encrypted PDF: tests/readers/test_readers_pdf.py::test_an_encrypted_pdf_says_how_to_open_it
- wrong encoding: test_windows_text_is_read_and_the_guess_is_said
- wrong encoding: tests/readers/test_readers_esco_csv_bad_input.py::test_a_file_in_another_encoding
- wrong encoding: tests/readers/test_readers_onet_faults.py::test_text_that_is_not_utf_8_is_refused
- empty file: test_a_document_that_cannot_be_read_is_one_line
- empty file: tests/readers/test_readers_esco_csv_bad_input.py::test_an_empty_file
- 5 MB posting: test_five_megabytes_are_cut_and_said
- 5 MB posting: tests/readers/test_readers_posting.py::test_input_above_the_limit_is_refused
- binary under a .txt name: test_a_document_that_cannot_be_read_is_one_line
- binary under a .txt name: tests/readers/test_readers_posting.py::test_any_bytes_give_a_posting_or_our_own_error
- language without a framework: test_a_posting_in_a_language_without_a_framework_is_refused
- zip with path traversal: test_a_dangerous_or_damaged_source_installs_nothing
- zip with path traversal: tests/readers/test_readers_esco_csv_bad_input.py::test_a_zip_that_points_outside_itself
- zip bomb: test_a_dangerous_or_damaged_source_installs_nothing
- zip bomb: tests/readers/test_readers_esco_csv_bad_input.py::test_a_member_that_lies_about_its_size
- zip bomb: tests/readers/test_readers_docx.py::test_a_zip_bomb_is_not_opened
- truncated CSV: test_a_dangerous_or_damaged_source_installs_nothing
- truncated CSV: tests/readers/test_readers_esco_csv_bad_input.py::test_a_file_that_ends_inside_a_row
- CSV with a missing column: test_a_dangerous_or_damaged_source_installs_nothing
- CSV with a missing column: tests/readers/test_readers_onet_faults.py::test_a_missing_column_is_named_with_what_the_header_has
- wrong checksum: test_a_false_file_under_an_official_name_installs_nothing
- wrong checksum: tests/service/test_service_fetch_url.py::test_a_false_file_is_refused_and_not_kept
- wrong checksum: tests/readers/test_readers_manifest.py::test_another_member_than_the_manifests_is_refused
- full disk: test_a_full_disk_leaves_the_old_report
- full disk: tests/service/test_service_install.py::test_a_full_or_read_only_disk_is_one_message_and_changes_nothing
- full disk: tests/store/test_store_failures.py::test_a_full_disk_leaves_the_old_file_and_no_remains
- full disk: tests/retrieval/test_retrieval_dense_build.py::test_a_failing_build_leaves_the_old_index
- read-only data folder: test_a_data_folder_that_cannot_be_written_is_one_line
- read-only data folder: tests/service/test_service_install.py::test_a_data_folder_that_cannot_be_made_is_one_message
- index of another encoder: test_an_index_of_another_encoder_is_refused_with_the_command
- index of another encoder: tests/retrieval/test_retrieval_dense_index.py::test_an_index_of_something_else_is_refused
- two processes installing at once: test_a_second_installation_is_refused_while_one_runs
- two processes installing at once: tests/service/test_service_install.py::test_a_second_process_is_told_at_once_or_waits_as_long_as_it_should
- two processes installing at once: tests/service/test_service_indexing.py::test_two_builds_at_once_are_refused
- Ctrl-C anywhere: test_ctrl_c_ends_any_command_with_130_and_nothing_half
- Ctrl-C anywhere: test_an_interrupted_write_leaves_the_old_file
- Ctrl-C anywhere: test_ctrl_c_of_a_real_process_is_one_line
- Ctrl-C anywhere: tests/service/test_service_install.py::test_ctrl_c_leaves_nothing_half
- Ctrl-C anywhere: tests/retrieval/test_retrieval_dense_build.py::test_an_interrupted_build_goes_on_where_it_stopped
"""  # noqa: E501 - a name cannot be broken

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from pypdf import PdfReader, PdfWriter

from skillmatch.atomic import replacing
from skillmatch.service.places import LOCK
from skillmatch.settings import Settings
from tests.cli.conftest import Ended, Program
from tests.readers.tiny_pdf import make_pdf
from tests.watchdog import no_hang

ROOT = Path(__file__).resolve().parents[2]
MINI = ROOT / "tests" / "fixtures" / "mini_esco"
ITEMS = (
    *("unreadable PDF", "encrypted PDF", "wrong encoding", "empty file", "5 MB posting"),
    *("binary under a .txt name", "language without a framework", "zip with path traversal"),
    *("zip bomb", "truncated CSV", "CSV with a missing column", "wrong checksum", "full disk"),
    *("read-only data folder", "index of another encoder", "two processes installing at once"),
    "Ctrl-C anywhere",
)
POSTING = b"Requirements:\n- Python 3\n- Git\n"


def test_every_item_of_the_list_has_its_test() -> None:
    """The list above is checked, so that no item loses its test to a renaming."""
    listed = [
        line.removeprefix("- ").split(": ", 1)
        for line in str(__doc__).splitlines()
        if line.startswith("- ")
    ]

    assert {item for item, _ in listed} == set(ITEMS)
    for _, named in listed:
        file, _, test = named.rpartition("::")
        path = ROOT / file if file else Path(__file__)
        assert f"\ndef {test}(" in path.read_text(encoding="utf-8"), named


def encrypted() -> bytes:
    """Return a PDF that needs a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(["Python 3"]))))
    writer.encrypt("secret")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture
def ask_all(program: Program, engine: Sequence[str]) -> Callable[[Path], list[Ended]]:
    """Run every command that reads a document with one document."""
    return lambda path: [
        program("gap", str(path), *engine),
        program("gap", "-", "--evidence", str(path), *engine, stdin=POSTING),
        program("link", str(path), *engine),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cut.pdf", make_pdf(["Python 3"])[:200], "damaged"),
        ("scan.pdf", make_pdf([]), "text recognition"),
        ("locked.pdf", encrypted(), "password"),
        ("empty.txt", b"", "it is empty"),
        ("blank.md", b" \n\n", "it is empty"),
        ("picture.txt", bytes(range(256)) * 40, "binary"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_line(
    name: str,
    content: bytes,
    words: str,
    ask_all: Callable[[Path], list[Ended]],
    tmp_path: Path,
) -> None:
    """Code 3 names the file and what to do, wherever the document is used."""
    path = tmp_path / name
    path.write_bytes(content)

    for ended in ask_all(path):
        assert (ended.code, ended.out) == (3, "")
        assert name in ended.message
        assert words in ended.message


def test_windows_text_is_read_and_the_guess_is_said(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Text that is no UTF-8 is most often Windows text; the report says what was assumed."""
    path = tmp_path / "posting.txt"
    path.write_bytes("Café manager\n\nRequirements:\n- Python 3\n- naïve charm\n".encode("cp1252"))

    ended = program("gap", str(path), "--json", *engine)

    result = json.loads(ended.out)
    assert result["checklist"]["title"] == "Café manager"
    assert any("windows-1252" in note.lower() for note in result["notes"])


def test_five_megabytes_are_cut_and_said(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """The part that is read gives a gap in good time, and nobody takes it for the whole."""
    path = tmp_path / "posting.txt"
    path.write_bytes(POSTING + b"\n\nBenefits\n\n" + b"We offer free lunch to all. " * 190_000)

    with no_hang(60):
        ended = program("gap", str(path), "--json", *engine)

    assert path.stat().st_size > 5_000_000
    assert ended.code == 0
    assert any("200,000" in note for note in json.loads(ended.out)["notes"])


def test_a_posting_in_a_language_without_a_framework_is_refused(
    program: Program, engine: Sequence[str]
) -> None:
    """The few names that read alike everywhere would pass for the whole posting."""
    german = (
        "Wir suchen ab sofort eine erfahrene Fachkraft für unser Lager in Köln. Sie bringen "
        "Erfahrung in der Kommissionierung mit und arbeiten gern im Team."
    )

    ended = program("gap", "-", *engine, stdin=german.encode())

    assert (ended.code, ended.out) == (5, "")
    assert "language 'de'" in ended.message


def zip_of(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> None:
    """Pack the invented ESCO tables, each changed on the way."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in sorted(MINI.glob("*.csv")):
            archive.writestr(*change(table.name, table.read_bytes()))


def traversal(name: str, data: bytes) -> tuple[str, bytes]:
    return (f"../../{name}", data) if name == "skills_en.csv" else (name, data)


def bomb(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data + b"\n" * 60_000_000 if name == "skills_en.csv" else data


def truncated(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data[:-90] if name == "skills_en.csv" else data


def without_a_column(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data.replace(b"conceptUri", b"address", 1) if name == "skills_en.csv" else data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (traversal, "../../skills_en.csv"),
        (bomb, "skills_en.csv"),
        (truncated, "skills_en.csv"),
        (without_a_column, "conceptUri"),
    ],
)
def test_a_dangerous_or_damaged_source_installs_nothing(
    change: Callable[[str, bytes], tuple[str, bytes]],
    words: str,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Code 4 names the file at fault; the data folder holds no framework, whole or half."""
    data = tmp_path / "deep" / "down" / "data"
    monkeypatch.setenv("SKILLMATCH_DATA", str(data))
    source = tmp_path / "esco.zip"
    zip_of(source, change)

    ended = program("frameworks", "install", "esco@0.9", "--from", str(source), "--no-index")

    assert (ended.code, ended.out) == (4, "")
    assert words in last_line(ended)
    assert not list(data.rglob("*.sqlite*"))
    assert not list(tmp_path.rglob("skills_en.csv"))


def last_line(ended: Ended) -> str:
    """Return the message after the lines that tell the progress."""
    line = ended.err.splitlines()[-1]
    assert line.startswith("skillmatch: ")
    assert "Traceback" not in ended.err
    return line


def test_a_false_file_under_an_official_name_installs_nothing(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged or tampered with: both sums are told, and what to do."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path / "data"))
    zip_of(tmp_path / "esco_v1.1.1_classification_en_csv.zip", lambda name, data: (name, data))

    ended = program(*("frameworks", "install", "esco@1.1.1", "--no-index"), "--from", str(tmp_path))

    assert (ended.code, ended.out) == (4, "")
    assert "d86de115d120e926" in last_line(ended)
    assert not list(tmp_path.rglob("*.sqlite*"))


def test_a_full_disk_leaves_the_old_report(
    program: Program, engine: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports and checklists are written whole or not at all."""
    old = {tmp_path / name: f"old {name}" for name in ("gap.html", "asked.toml")}
    for path, text in old.items():
        path.write_text(text, encoding="utf-8")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    report = program("gap", "-", "--output", str(tmp_path / "gap.html"), *engine, stdin=POSTING)
    asked = program(
        *("gap", "-", "--save-requirements", str(tmp_path / "asked.toml")), *engine, stdin=POSTING
    )
    monkeypatch.undo()

    for ended in (report, asked):
        assert (ended.code, ended.out) == (5, "")
        assert "No space left" in ended.message
    assert {path: path.read_text(encoding="utf-8") for path in old} == old
    assert sorted(tmp_path.iterdir()) == sorted(old)


def test_a_data_folder_that_cannot_be_written_is_one_line(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where the folder should be stops the superuser as a read-only folder stops others."""
    in_the_way = tmp_path / "data"
    in_the_way.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("SKILLMATCH_DATA", str(in_the_way))

    ended = program("frameworks", "install", "esco@0.9", "--from", str(MINI), "--no-index")

    assert (ended.code, ended.out) == (5, "")
    assert "SKILLMATCH_DATA" in last_line(ended)
    assert in_the_way.read_text(encoding="utf-8") == "mine"


def test_an_index_of_another_encoder_is_refused_with_the_command(
    program: Program,
    engine: Sequence[str],
    mini_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Vectors of two encoders do not compare; the index itself is left alone."""
    data = tmp_path / "data"
    shutil.copytree(mini_settings.data_dir, data)
    monkeypatch.setenv("SKILLMATCH_DATA", str(data))
    index = data / "indexes" / "esco-0.1" / "default" / "index.toml"
    other = index.read_text(encoding="utf-8").replace("hashing:1-4-grams-64", "other:model")
    index.write_text(other, encoding="utf-8")

    ended = program("gap", "-", *engine, stdin=POSTING)

    assert (ended.code, ended.out) == (5, "")
    assert "skillmatch index build esco-0.1" in ended.message
    assert index.read_text(encoding="utf-8") == other


def test_a_second_installation_is_refused_while_one_runs(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is told who holds the folder and how to wait, and then succeeds."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path))
    (tmp_path / "frameworks").mkdir()
    arguments = ("frameworks", "install", "esco@0.9", "--from", str(MINI), "--no-index")

    with FileLock(tmp_path / "frameworks" / LOCK):
        refused = program(*arguments)
    done = program(*arguments)

    assert (refused.code, refused.out) == (5, "")
    assert "--wait SECONDS" in last_line(refused)
    assert done.code == 0
    assert "esco-0.9 is installed" in done.out


@pytest.mark.parametrize(
    ("where", "arguments"),
    [
        ("skillmatch.service.matcher.Matcher.open", ("gap", "-")),
        ("skillmatch.service.matcher.Matcher.requirements", ("gap", "-")),
        ("skillmatch.report.render", ("gap", "-")),
        ("skillmatch.service.matcher.Matcher.link", ("link", "-")),
        ("skillmatch.service.searching.search_concepts", ("search", "cook")),
        ("skillmatch.service.installed.list_frameworks", ("frameworks", "list")),
        ("skillmatch.service.install.install", ("frameworks", "install", "esco")),
        ("skillmatch.service.install.install", ("setup",)),
        ("skillmatch.service.indexing.build_index", ("index", "build", "esco-0.1")),
    ],
)
def test_ctrl_c_ends_any_command_with_130_and_nothing_half(
    where: str,
    arguments: tuple[str, ...],
    program: Program,
    engine: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Shells and scripts tell an interruption by its code; nobody needs a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupted)
    options = engine if arguments[0] in {"gap", "link"} else ()

    ended = program(*arguments, *options, stdin=POSTING)

    assert (ended.code, ended.out) == (130, "")
    assert last_line(ended) == "skillmatch: interrupted; nothing half is left behind"


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a report costs the new one only."""
    report = tmp_path / "gap.html"
    report.write_text("old", encoding="utf-8")

    def write() -> None:
        with replacing(report) as aside:
            aside.write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()

    assert report.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [report]


def test_ctrl_c_of_a_real_process_is_one_line(tmp_path: Path) -> None:
    """The signal itself, sent while the program waits for standard input."""
    environment = {**os.environ, "SKILLMATCH_DATA": str(tmp_path)}
    # A shell lets what it runs in the background ignore Ctrl-C, and children inherit that.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "print('ready', file=sys.stderr, flush=True);"
        "from skillmatch.cli import main; main.run()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "link", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "ready\n"
    wait_until_reading(process.pid)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)

    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "skillmatch: interrupted; nothing half is left behind"
    assert "Traceback" not in err


def wait_until_reading(pid: int) -> None:
    """Wait until a process sleeps in a read of its standard input, minutes at most."""
    state = Path(f"/proc/{pid}/syscall")
    if not state.exists():
        time.sleep(3)
        return
    for _ in range(6_000):
        words = state.read_text(encoding="ascii").split()
        if words[:2] == ["0", "0x0"]:
            return
        time.sleep(0.05)
