"""Folders and archives of mixed files as one catalogue."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.offer import Catalogue, Money, Offer
from skillmatch.readers.offers import read_catalogue, write_catalogue
from skillmatch.readers.offers.merging import MAX_NOTES, merge_offers

BADGE = {
    "@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "https://x.example/weld",
    "type": ["Achievement"],
    "name": "Welding",
    "description": "For welders.",
    "criteria": {"narrative": "- Weld plates"},
    "alignment": [{"targetName": "weld metal", "targetUrl": "http://x.example/s"}],
}
SHEET = (
    "id,name,kind,provider,cost,currency,languages,requires\n"
    "https://x.example/weld,WELDING,badge,Steel School,90,EUR,en;de,cut-1\n"
    "cut-1,Cutting,course,Steel School,10,EUR,en,\n"
)


def folder_of(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def archive_of(files: Mapping[str, str | bytes]) -> bytes:
    """Pack files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_files_that_describe_one_offer_make_one(tmp_path: Path) -> None:
    """The badge has the alignments, the sheet has the price."""
    folder = folder_of(tmp_path / "c", {"a.json": json.dumps(BADGE), "b.csv": SHEET})

    catalogue = read_catalogue(folder)

    cutting, welding = catalogue.offers
    assert catalogue.name == "c"
    assert cutting.id == "cut-1"
    assert welding.cost == Money(amount=90, currency="EUR")
    assert [one.url for one in welding.skills] == ["http://x.example/s"]
    assert [one.ref for one in welding.requires.needs] == ["cut-1"]
    assert welding.source == "a.json"
    assert catalogue.notes == ()
    assert [(one.path, one.format, one.offers) for one in catalogue.sources] == [
        ("a.json", "Open Badges 3.0", 1),
        ("b.csv", "CSV", 2),
    ]
    assert all(len(one.sha256) == 64 for one in catalogue.sources)


def test_where_files_differ_the_first_by_name_counts_and_a_note_says_so(tmp_path: Path) -> None:
    """A price that silently won could be the old one."""
    folder = folder_of(
        tmp_path,
        {
            "b/new.csv": "id,name,cost,currency,weeks,languages\nx,Welding,90,EUR,4,en\n",
            "a.csv": "id,name,cost,currency,hours,languages\nx,welding ,80,EUR,20,en;de\n",
        },
    )

    catalogue = read_catalogue(folder)

    (offer,) = catalogue.offers
    assert offer.cost == Money(amount=80, currency="EUR")
    assert (offer.hours, offer.weeks) == (20, 4)
    assert offer.languages == ("en", "de")
    assert catalogue.notes == ("x: a.csv and b/new.csv say different things of cost; a.csv counts",)


def test_a_list_that_says_more_is_taken_whole() -> None:
    """Two languages and one of them are no contradiction, whichever file comes first."""
    less, more = (Offer(id="x", name="X", languages=one) for one in (("en",), ("de", "en")))

    assert merge_offers([less, more]) == merge_offers([more, less]) == ((more,), ())


def test_many_differences_are_counted() -> None:
    """A folder of two price lists would otherwise print a thousand lines."""
    offers = [
        Offer(id=f"{number:04}", name="X", place=place, source=place)
        for place in ("Essen", "Bonn")
        for number in range(MAX_NOTES + 5)
    ]

    _, notes = merge_offers(offers)

    assert len(notes) == MAX_NOTES + 1
    assert notes[-1] == "and 5 more fields that files fill differently"


def test_references_by_another_id_lead_to_the_offer(tmp_path: Path) -> None:
    """One file names the Registry's id, another the provider's own."""
    folder = folder_of(
        tmp_path,
        {
            "a.csv": "id,name,same_as\nweld,Welding,ce-1; W1\ncut,Cutting,W1\n",
            "b.csv": "id,name,requires,counts_towards\nmaster,Master,ce-1 or W1,ce-1\n",
        },
    )

    master = next(one for one in read_catalogue(folder).offers if one.id == "master")

    assert [one.ref for one in master.requires.needs] == ["weld", "W1"]
    assert master.counts_towards == ("weld",)


def test_what_holds_no_offer_is_named_with_the_reason(tmp_path: Path) -> None:
    """Nothing of a folder is left out silently, and one bad file spoils no other."""
    folder = folder_of(
        tmp_path,
        {
            "bad.csv": "name,cost,currency\nA,-5,EUR\n",
            "empty.csv": "",
            "good.csv": "name,kind\nA,badge\n",
            "half.json": '{"@context": "https://credreg.net/ctdl/schema/context/json", ',
            "other.csv": "town,street\nEssen,Main\n",
        },
    )

    catalogue = read_catalogue(folder)

    reasons = {one.source: one.reason for one in catalogue.unread if not one.pointer}
    assert [one.id for one in catalogue.offers] == ["good.csv#2"]
    assert set(reasons) == {"bad.csv", "empty.csv", "half.json", "other.csv"}
    assert "none of its rows was read" in reasons["bad.csv"]
    assert "names a column 'name'" in reasons["other.csv"]
    assert "it is no JSON" in reasons["half.json"]


def test_each_fault_of_a_sheet_in_a_folder_has_its_own_place(tmp_path: Path) -> None:
    """A provider goes through them one by one; that the whole sheet is missing is said first."""
    rows = "name,cost,currency,hours\nA,-5,EUR,1\nB,1,EUR,2\nC,1,EUR,ten\n"

    catalogue = read_catalogue(folder_of(tmp_path / "c", {"bad.csv": rows}))

    assert catalogue.offers == ()
    assert [(one.pointer, one.reason) for one in catalogue.unread] == [
        ("", "none of its rows was read, since 2 cells or rows are at fault"),
        ("row 2, column B (cost)", "is '-5'; it must not be negative"),
        ("row 4, column D (hours)", "is 'ten'; expected a number such as 40 or 12.5"),
    ]


def test_files_of_ctdl_that_only_belong_to_offers_are_no_fault(tmp_path: Path) -> None:
    """The Registry gives organisations and costs out as documents of their own."""
    files = {
        f"{name}.json": json.dumps({"@type": f"ceterms:{name}", "ceterms:name": "x"})
        for name in ("CredentialOrganization", "CostManifest")
    }
    folder = folder_of(tmp_path / "c", {**files, "good.csv": "name,kind\nA,badge\n"})

    catalogue = read_catalogue(folder)

    assert catalogue.unread == ()
    assert catalogue.notes == (
        "2 files of CTDL describe organisations, costs, conditions or skills, and no offer: "
        "CostManifest.json, CredentialOrganization.json",
    )
    with pytest.raises(UnreadableError, match="CostManifest in CTDL"):
        read_catalogue(folder / "CostManifest.json")


SIGNED = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln"
PICTURE = b"\x89PNG\r\n\x1a\n"
BESIDE: dict[str, str | bytes] = {
    ".DS_Store": b"\0\1",
    ".git/config": "[core]",
    "LICENSE": "MIT",
    "Notice": "",
    "README.de.txt": "{text}",
    "brochure.pdf": b"%PDF-1.7",
    "docs/Courses.MD": "| name |",
    "docs/letter.docx": archive_of({"word/document.xml": "<w/>"}),
    "logo.png": PICTURE,
    "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "notes.txt": "weld, cut and grind",
    "photo.jpeg": b"\xff\xd8",
    "~$offers.xlsx": b"lock",
}


@pytest.mark.parametrize("packed", [False, True])
def test_texts_and_pictures_beside_a_catalogue_are_counted_and_no_fault(
    tmp_path: Path, packed: bool
) -> None:
    """Every folder that is handed on has a README, and that breaks nothing."""
    files = {**BESIDE, "good.csv": "name,kind\nA,badge\n"}
    if packed:
        (tmp_path / "c.zip").write_bytes(archive_of(files))
    else:
        folder_of(tmp_path / "c.zip", files)

    catalogue = read_catalogue(tmp_path / "c.zip")

    (note,) = catalogue.notes
    assert len(catalogue.offers) == 1
    assert catalogue.unread == ()
    assert note.startswith(f"{len(BESIDE)} other files were passed over")


def test_data_under_an_ending_of_texts_or_pictures_is_still_read(tmp_path: Path) -> None:
    """Browsers save a page of JSON as text, and badges are pictures: what is broken is named."""
    files: dict[str, str | bytes] = {
        "a.json.txt": json.dumps(BADGE),
        "b.txt": SIGNED,
        "c.txt": '{"half": ',
        "d.png": PICTURE + b"openbadges",
        "e.svg": "<svg xmlns:o='http://openbadges.org'><o:assertion/></svg>",
        "licences.csv": "name,kind\nA,licence\n",
        "readme.csv": "name,kind\nB,badge\n",
    }

    catalogue = read_catalogue(folder_of(tmp_path / "c", files))

    assert [one.name for one in catalogue.offers] == ["Welding", "A", "B"]
    assert [one.source for one in catalogue.unread] == ["b.txt", "c.txt", "d.png", "e.svg"]
    assert catalogue.notes == ()


@pytest.mark.parametrize("name", ["offers.ods", "offers.xls"])
def test_sheets_of_other_programs_are_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    """They were meant to be read, so they are no file beside the catalogue."""
    folder_of(tmp_path / "c", {name: archive_of({"content.xml": "<x/>"})})

    catalogue = read_catalogue(tmp_path / "c")

    assert [(one.source, one.reason) for one in catalogue.unread] == [
        (name, "sheets of this kind are not read; save it as .xlsx or as CSV")
    ]
    with pytest.raises(UnreadableError, match=r"save it as \.xlsx"):
        read_catalogue(tmp_path / "c" / name)


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    """Providers send their catalogue as one file."""
    files = {"a.json": json.dumps(BADGE), "b.csv": SHEET}
    folder = folder_of(tmp_path / "files", files)
    packed = tmp_path / "packed.zip"
    packed.write_bytes(archive_of(dict(reversed(files.items()))))
    seen: list[tuple[int, int]] = []

    archived = read_catalogue(packed, progress=lambda done, total: seen.append((done, total)))
    plain = read_catalogue(folder, name="packed")

    assert archived.name == plain.name == "packed"
    assert [one.path for one in archived.sources] == ["packed.zip!a.json", "packed.zip!b.csv"]
    assert [replace(one, source="") for one in archived.offers] == [
        replace(one, source="") for one in plain.offers
    ]
    assert seen == [(1, 2), (2, 2)]


def test_a_stored_catalogue_in_a_folder_is_read_beside_the_rest(tmp_path: Path) -> None:
    """An import of last year, and this year's sheet."""
    folder = folder_of(tmp_path / "c", {"b.csv": "id,name,hours\nx,X,5\n"})
    write_catalogue(
        Catalogue(
            name="old",
            offers=(Offer(id="x", name="X", place="Essen", source="old.csv"),),
            notes=("n",),
        ),
        folder / "a.json",
    )

    catalogue = read_catalogue(folder)

    (offer,) = catalogue.offers
    assert (offer.place, offer.hours) == ("Essen", 5)
    assert catalogue.notes == ("n",)


def test_the_same_folder_gives_the_same_catalogue(tmp_path: Path) -> None:
    """Whatever order the file system lists its files in."""
    files = {"a.json": json.dumps(BADGE), "b.csv": SHEET}
    one = folder_of(tmp_path / "1", files)
    two = folder_of(tmp_path / "2", dict(reversed(files.items())))

    assert read_catalogue(one, name="n") == read_catalogue(two, name="n")


def test_an_empty_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    """Empty is no error; whether there is anything to plan with is for the caller."""
    assert read_catalogue(tmp_path, name="n") == Catalogue(name="n", offers=())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The commonest fault of all."""
    with pytest.raises(NotFoundError, match=r"no-such\.csv"):
        read_catalogue(tmp_path / "no-such.csv")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("deep.json", b'{"ceterms:x":' * 100 + b"1" + b"}" * 100, "deep inside each other"),
        ("twice.json", b'{"ceterms:name": 1, "ceterms:name": 2}', "stands twice"),
        ("nan.json", b'{"ceterms:name": NaN}', "no JSON number"),
        ("many.json", b'{"ceterms:x": [' + b"1," * 1_600_000 + b"1]}", "split it"),
        ("cut.zip", b"PK\x03\x04 and no more", "damaged"),
        ("stored.json", b'{"schema_version": "catalogue-1", "offers": 3}', "/offers"),
        ("text.txt", b"weld, cut and grind", "neither JSON nor a token"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_one_message(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    """Catalogues come from anybody."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UnreadableError, match=message) as caught:
        read_catalogue(path)

    assert name in str(caught.value)


def test_a_bomb_in_an_archive_leaves_the_rest_readable(tmp_path: Path) -> None:
    """What inflates beyond the bounds of wallets is named, and nothing else is lost."""
    path = tmp_path / "packed.zip"
    path.write_bytes(archive_of({"a.csv": SHEET, "bomb.json": b"[" + b" " * 30_000_000}))

    catalogue = read_catalogue(path)

    assert len(catalogue.offers) == 2
    assert [one.source for one in catalogue.unread] == ["packed.zip!bomb.json"]


def test_names_of_files_that_no_text_can_hold_are_made_printable(tmp_path: Path) -> None:
    """A member may be called anything, and a stored catalogue must still be UTF-8."""
    folder = tmp_path / "c"
    folder.mkdir()
    # On a disk of bytes this is a name of 0xff and an escape.
    (folder / "\udcff\x1b.csv").write_bytes(b"name,kind\nA,badge\n")

    catalogue = read_catalogue(folder)
    write_catalogue(catalogue, tmp_path / "stored.json")

    assert catalogue.offers[0].id == "??.csv#2"
    assert read_catalogue(tmp_path / "stored.json") == catalogue
