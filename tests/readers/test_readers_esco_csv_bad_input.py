"""Each way in which a download of ESCO can be wrong ends in one clear message."""

from __future__ import annotations

import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from skillmatch.errors import DataError, NotFoundError, RowError, UnreadableError
from skillmatch.model.framework import Framework
from skillmatch.readers import packed_files
from skillmatch.readers.esco import read_esco_csv
from tests.watchdog import no_hang

HEAD = "conceptUri,skillType,preferredLabel,altLabels"
GOOD = f"{HEAD}\ns:1,skill,weld,\n"


def read(source: Path) -> Framework:
    """Read under any id."""
    return read_esco_csv(source, framework_id="esco-mini", release="mini")


def write(folder: Path, content: str | bytes, name: str = "skills_en.csv") -> Path:
    """Write one file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pack(path: Path, name: str, content: str | bytes = GOOD) -> Path:
    """Write a zip of one member."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    """A mistyped path is named."""
    with pytest.raises(NotFoundError, match=r"no file or folder .*absent"):
        read(tmp_path / "absent")


def test_a_folder_without_any_esco_file(tmp_path: Path) -> None:
    """The message says which files are looked for."""
    write(tmp_path, "a,b\n1,2\n", "other.csv")
    pack(tmp_path / "photos.zip", "photo.jpg")

    with pytest.raises(NotFoundError, match=r"no ESCO file .*skills_en\.csv"):
        read(tmp_path)


def test_relations_alone_are_no_framework(tmp_path: Path) -> None:
    """Someone took only one of the two downloads."""
    write(
        tmp_path,
        "occupationUri,relationType,skillType,skillUri\no:1,essential,skill,s:1\n",
        "occupationSkillRelations.csv",
    )

    with pytest.raises(NotFoundError, match="choose the classification download"):
        read(tmp_path)


def test_a_required_column_that_is_missing(tmp_path: Path) -> None:
    """The file, its header and the column are named."""
    write(tmp_path, "conceptUri,skillType,altLabels\ns:1,skill,\n")

    with pytest.raises(DataError, match=r"skills_en\.csv, line 1: no column preferredLabel"):
        read(tmp_path)


def test_a_table_with_semicolons(tmp_path: Path) -> None:
    """A spreadsheet program saved it its own way."""
    write(tmp_path, GOOD.replace(",", ";"))

    with pytest.raises(DataError, match="separated by semicolons"):
        read(tmp_path)


def test_short_rows_are_all_named(tmp_path: Path) -> None:
    """A person mends a file once, not once a fault."""
    write(tmp_path, f"{HEAD}\ns:1,skill\ns:2,skill,weld,\ns:3\n\ns:4,skill,saw,,,\n")

    with pytest.raises(RowError) as caught:
        read(tmp_path)

    assert caught.value.faults == (
        "line 2: 2 cells where 4 are expected",
        "line 4: 1 cells where 4 are expected",
        "line 6: 6 cells where 4 are expected",
    )
    assert caught.value.path == tmp_path / "skills_en.csv"


def test_a_file_that_ends_inside_a_quoted_cell(tmp_path: Path) -> None:
    """A download that was cut short; the line is where the broken row begins."""
    write(tmp_path, f'{HEAD}\ns:1,skill,weld,"a\nb"\ns:2,skill,saw,"c\nd\ne')

    with pytest.raises(RowError, match="line 4: the row that begins here is cut short"):
        read(tmp_path)


def test_a_file_that_ends_inside_a_row(tmp_path: Path) -> None:
    """The cut may fall anywhere."""
    write(tmp_path, f"{HEAD}\ns:1,skill,weld,\ns:2,ski")

    with pytest.raises(RowError, match="line 3: 2 cells where 4 are expected"):
        read(tmp_path)


def test_rows_without_identity_or_name(tmp_path: Path) -> None:
    """A concept is its URI, and must be called something."""
    write(tmp_path, f"{HEAD}\n,skill,weld,\ns:2,skill,\u00a0,\ns:3,skill,a,\ns:3,skill,b,\n")

    with pytest.raises(RowError) as caught:
        read(tmp_path)

    assert caught.value.faults == (
        "line 2: no conceptUri",
        "line 3: no preferredLabel",
        "line 5: s:3 stands on line 4 already",
    )


def test_relations_of_an_unknown_kind_or_without_an_end(tmp_path: Path) -> None:
    """Guessing whether a skill is essential would change every gap."""
    write(tmp_path, GOOD)
    write(
        tmp_path,
        "occupationUri,relationType,skillType,skillUri\no:1,vital,skill,s:1\n,optional,,s:1\n",
        "occupationSkillRelations.csv",
    )

    with pytest.raises(RowError) as caught:
        read(tmp_path)

    assert caught.value.faults == (
        "line 2: relationType is 'vital', not essential or optional",
        "line 3: an empty URI",
    )


def test_broader_relations_of_unknown_types(tmp_path: Path) -> None:
    """The type decides what a stub would be."""
    write(tmp_path, GOOD)
    write(
        tmp_path,
        "conceptType,conceptUri,broaderType,broaderUri\nPlanet,s:1,SkillGroup,g:1\n",
        "broaderRelationsSkillPillar.csv",
    )

    with pytest.raises(RowError, match="line 2: conceptType is 'Planet'"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"{HEAD}\ns:1,skill,weld,\ns:2,skill,schwei\u00dfen,\n".encode("latin-1"), 3),
        (GOOD.encode("utf-16"), 1),
    ],
)
def test_a_file_in_another_encoding(content: bytes, line: int, tmp_path: Path) -> None:
    """Reading on with replaced letters would give labels that match nothing."""
    write(tmp_path, content)

    with pytest.raises(DataError, match="is not UTF-8") as caught:
        read(tmp_path)

    assert caught.value.line == line


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    """Not a framework without skills."""
    write(tmp_path, content)

    with pytest.raises(DataError, match=r"skills_en\.csv: the file is empty"):
        read(tmp_path)


def test_two_releases_in_one_folder(tmp_path: Path) -> None:
    """Both files are named; which one was meant, nobody can tell."""
    pack(tmp_path / "a.zip", "skills_en.csv")
    pack(tmp_path / "b.zip", "skills_en.csv", GOOD + "s:2,skill,saw,\n")

    with pytest.raises(DataError, match="Two releases seem to be mixed") as caught:
        read(tmp_path)

    assert caught.value.path == tmp_path / "b.zip" / "skills_en.csv"
    assert str(tmp_path / "a.zip" / "skills_en.csv") in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../skills_en.csv", "a/../../skills_en.csv", "/skills_en.csv", "C:/skills_en.csv"]
)
def test_a_zip_that_points_outside_itself(name: str, tmp_path: Path) -> None:
    """Nothing is ever unpacked, and an archive that tries is not ESCO's."""
    pack(tmp_path / "evil.zip", name)

    with pytest.raises(DataError, match="points outside the zip"):
        read(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["evil.zip"]


def test_a_zip_bomb(tmp_path: Path) -> None:
    """Eight megabytes of nothing pack to eight kilobytes, which no table does."""
    pack(tmp_path / "bomb.zip", "skills_en.csv", b"\0" * (8 * 2**20))

    with pytest.raises(DataError, match="which no official table does"):
        read(tmp_path)


def test_a_member_that_is_larger_than_any_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stated size is refused before a byte is unpacked."""
    monkeypatch.setattr(packed_files, "MAX_MEMBER_BYTES", 20)
    pack(tmp_path / "large.zip", "skills_en.csv")
    monkeypatch.delattr(zipfile.ZipFile, "open")

    with pytest.raises(DataError, match="unpacks to 62 bytes or more"):
        read(tmp_path)


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory of a zip says 10 bytes; the data say otherwise."""
    path = pack(tmp_path / "liar.zip", "skills_en.csv", GOOD + "s:2,skill,saw,\n" * 1000)
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 10)
    path.write_bytes(data)

    with pytest.raises(DataError, match="is damaged"):
        read(tmp_path)


def test_an_encrypted_zip(tmp_path: Path) -> None:
    """There is nobody to ask for the password."""
    path = pack(tmp_path / "secret.zip", "skills_en.csv")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + offset
        data[place] |= 1
    path.write_bytes(data)

    with pytest.raises(UnreadableError, match=r"skills_en\.csv: the file is encrypted"):
        read(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 then nothing"])
def test_a_file_that_is_only_called_zip(content: bytes, tmp_path: Path) -> None:
    """A download page saved under the name of the download."""
    write(tmp_path, content, "esco.zip")

    with pytest.raises(DataError, match=r"esco\.zip: this is no zip, or a damaged one"):
        read(tmp_path)


def test_a_zip_with_damaged_data(tmp_path: Path) -> None:
    """The checksum of the member does not hold."""
    path = pack(tmp_path / "esco.zip", "skills_en.csv", GOOD + "s:2,skill,saw,\n" * 50)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)

    with pytest.raises(DataError, match=r"skills_en\.csv: the file is damaged"):
        read(tmp_path)


def test_a_zip_of_thousands_of_tables_is_told_soon(tmp_path: Path) -> None:
    """Its directory was read anew for each of them."""
    path = tmp_path / "esco.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(4_000):
            archive.writestr(f"{number}/skills_en.csv", GOOD)

    with no_hang(), suppress(DataError):
        read(tmp_path)


def test_a_zip_of_a_later_version_or_with_a_name_that_is_no_text(tmp_path: Path) -> None:
    """The standard library says so with errors of its own."""
    path = pack(tmp_path / "esco.zip", "skills_en.csv")
    good = path.read_bytes()
    directory = good.index(b"PK\x01\x02")

    path.write_bytes(good[: directory + 6] + b"\xff" + good[directory + 7 :])
    with pytest.raises(DataError, match="no zip, or a damaged one"):
        read(tmp_path)

    # The name in the header of the member is said to be UTF-8 and is not.
    path.write_bytes(good[:6] + b"\x00\x08" + good[8:30] + b"\x9c" + good[31:])
    with pytest.raises(DataError, match="the file is damaged"):
        read(tmp_path)


def test_a_zip_that_is_cut_short(tmp_path: Path) -> None:
    """The directory stands at the end of a zip, so nothing can be found."""
    path = pack(tmp_path / "esco.zip", "skills_en.csv")
    path.write_bytes(path.read_bytes()[:-30])

    with pytest.raises(DataError, match="no zip, or a damaged one"):
        read(tmp_path)
