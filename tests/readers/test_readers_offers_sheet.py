"""Sheets of offers: CSV and Excel."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from skillmatch.errors import DataError, RowError, UnreadableError
from skillmatch.model.offer import (
    Condition,
    Delivery,
    Money,
    Need,
    NeedKind,
    Offer,
    OfferKind,
    OfferSkill,
    Signal,
    SignalKind,
)
from skillmatch.readers.offers import read_catalogue
from skillmatch.readers.offers.sheet_columns import COLUMNS

FULL = {
    "id": "weld-2",
    "Name": "Welding certificate",
    "KIND": "Certificate",
    "provider": "Steel School",
    "provider id": "https://steel.example/",
    "description": "Two weeks at the bench.",
    "url": "https://steel.example/weld",
    "outcomes": "- Weld joints\n- Read drawings | Cut plates",
    "skills": "weld metal (B2) <http://x.example/s>; Python (computer programming); http://x.example/t",
    "requires": 'weld-1 and "18 years old"',
    "parts": "2 of (a, b, c)",
    "counts_towards": "master-1",
    "same_as": "Welder 2; W-2",
    "cost": "1200,50",
    "currency": "eur",
    "cost_note": "exam included",
    "hours": "80",
    "weeks": "2.5",
    "starts": "2027-03-01; 2027-01-11",
    "self_paced": "no",
    "delivery": "in person; online",
    "languages": "en, de",
    "place": "Essen",
    "eqf": "EQF 4",
    "level": "skilled",
    "assessment": "practical exam",
    "valid_months": "36",
    "available_from": "2026-12-01",
    "available_until": "2027-12-31",
    "accessibility": "Captions; step-free access",
    "devices": "Computer",
    "completion_rate": "87 %",
    "project": "yes",
    "mentor": "no",
    "reviews": "4.5 of 5 from 20 learners",
    "accreditation": "DIN",
    "credits": "3",
    "as_of": "2026-11-01",
}


def quoted(*rows: list[str], separator: str = ",") -> str:
    """Write rows with every cell in quotes."""
    return "".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )


def sheet(folder: Path, text: str | bytes, name: str = "offers.csv") -> Path:
    """Write a sheet."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A sheet with every column."""
    return sheet(tmp_path, quoted(list(FULL), list(FULL.values())))


def test_every_column_is_read(full: Path) -> None:
    """The manual promises each of them."""
    (offer,) = read_catalogue(full).offers

    assert {name.casefold().replace(" ", "_") for name in FULL} == set(COLUMNS)
    assert offer == Offer(
        id="weld-2",
        name="Welding certificate",
        kind=OfferKind.CERTIFICATE,
        provider="Steel School",
        provider_id="https://steel.example/",
        description="Two weeks at the bench.",
        url="https://steel.example/weld",
        outcomes=("Weld joints", "Read drawings", "Cut plates"),
        skills=(
            OfferSkill(name="weld metal", url="http://x.example/s", level="B2", pointer="I2"),
            OfferSkill(name="Python (computer programming)", pointer="I2"),
            OfferSkill(url="http://x.example/t", pointer="I2"),
        ),
        requires=Condition(
            least=2,
            needs=(
                Need(kind=NeedKind.OFFER, ref="weld-1", text="weld-1"),
                Need(kind=NeedKind.OTHER, text="18 years old"),
            ),
        ),
        parts=Condition(
            least=2, needs=tuple(Need(kind=NeedKind.OFFER, ref=one, text=one) for one in "abc")
        ),
        counts_towards=("master-1",),
        same_as=("Welder 2", "W-2"),
        cost=Money(amount=1200.5, currency="EUR"),
        cost_note="exam included",
        hours=80,
        weeks=2.5,
        starts=(date(2027, 1, 11), date(2027, 3, 1)),
        self_paced=False,
        delivery=(Delivery.IN_PERSON, Delivery.ONLINE),
        languages=("en", "de"),
        place="Essen",
        eqf=4,
        level="skilled",
        assessment="practical exam",
        valid_months=36,
        available_from=date(2026, 12, 1),
        available_until=date(2027, 12, 31),
        accessibility=("captions", "step-free access"),
        devices=("computer",),
        signals=(
            Signal(kind=SignalKind.COMPLETION_RATE, value="87 %", number=0.87),
            Signal(kind=SignalKind.HANDS_ON_PROJECT, value="yes"),
            Signal(kind=SignalKind.REVIEWS, value="4.5 of 5 from 20 learners", number=0.9),
            Signal(kind=SignalKind.ACCREDITATION, value="DIN"),
        ),
        credits=3,
        as_of=date(2026, 11, 1),
        source="offers.csv",
        pointer="row 2",
    )


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    """A price that nobody wrote is no price of 0, and no start date is not "any day"."""
    path = sheet(tmp_path, "name,cost,currency,self_paced,project\nWelding,,EUR,,\n")

    (offer,) = read_catalogue(path).offers

    assert offer == Offer(id="offers.csv#2", name="Welding", source="offers.csv", pointer="row 2")


def test_all_faults_of_a_sheet_are_named_with_row_and_column(tmp_path: Path) -> None:
    """Whoever mends a sheet wants to mend it once."""
    path = sheet(
        tmp_path,
        quoted(
            ["id", "name", "cost", "currency", "hours", "eqf", "starts", "requires", "url"],
            ["a", "", "5", "", "-3", "9", "2026-02-30", "A and B or C", "javascript:alert(1)"],
            ["a", "x", "-5", "€", "1.200", "3", "", "", ""],
            ["b c", "x", "0.999", "EUR", "", "", "", "", ""],
        ),
    )

    with pytest.raises(RowError) as caught:
        read_catalogue(path)

    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "row 2, column E (hours)",
        "row 2, column F (eqf)",
        "row 2, column G (starts)",
        "row 2, column H (requires)",
        "row 2, column I (url)",
        "row 2, column B (name)",
        "row 2, column D (currency)",
        "row 3, column C (cost)",
        "row 3, column D (currency)",
        "row 3, column E (hours)",
        "row 3, column A (id)",
        "row 4, column A (id)",
        "row 4, column C (cost)",
    ]
    assert "character 9" in caught.value.faults[3]
    assert "as in row 2" in caught.value.faults[10]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("cost", "1,200", "open whether thousands or decimals"),
        ("cost", "100 EUR", "expected a number"),
        ("hours", "1e9", "expected a number"),
        ("hours", "200000", "cannot be meant"),
        ("kind", "nanodegree", "expected one of badge, certificate"),
        ("delivery", "by post", "expected one of online"),
        ("self_paced", "perhaps", "expected yes or no"),
        ("languages", "English", "a language tag"),
        ("completion_rate", "87", "a share such as 0.87 or 87 %"),
        ("reviews", "6 of 5", "above the best one"),
        ("valid_months", "0", "from 1 to 1200"),
        ("skills", "a <http://x> <http://y>", "two URIs"),
        ("skills", "a <http://x", "angle brackets"),
        ("skills", "(B2)", "names no skill"),
        ("description", "x" * 20_001, "more than 20000"),
    ],
)
def test_a_cell_of_the_wrong_kind_says_what_was_expected(
    tmp_path: Path, column: str, cell: str, message: str
) -> None:
    """Nothing is bent into shape: a wrong price is worse than none."""
    path = sheet(tmp_path, quoted(["name", "currency", "mentor", column], ["A", "EUR", "", cell]))

    with pytest.raises(RowError, match=rf"row 2, column D \({column}\)") as caught:
        read_catalogue(path)

    assert message in str(caught.value)


def test_dates_that_contradict_each_other_are_a_fault(tmp_path: Path) -> None:
    """Nobody could ever enrol."""
    path = sheet(tmp_path, "name,available_from,available_until\nA,2027-01-02,2027-01-01\n")

    with pytest.raises(RowError, match="before the offer becomes available"):
        read_catalogue(path)


def test_a_list_of_people_is_no_catalogue(tmp_path: Path) -> None:
    """Names and addresses of somebody must not become offers because a folder holds them."""
    path = sheet(tmp_path, "id,name,place,language,phone\n1,Anna Muster,Essen,de,12345\n")

    with pytest.raises(UnreadableError, match="only offers have") as caught:
        read_catalogue(path)

    assert "Anna" not in str(caught.value)


def test_other_columns_are_reported_and_not_read(tmp_path: Path) -> None:
    """A misspelt column would otherwise be lost without a word."""
    path = sheet(tmp_path, "Name,Kind,Kosten\nA,badge,5\n")

    catalogue = read_catalogue(path)

    assert catalogue.offers[0].cost is None
    assert catalogue.notes == (
        "offers.csv: column C (Kosten) was not read: no column has that name",
    )


def test_a_column_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    """It is open which one counts."""
    path = sheet(tmp_path, "name,cost,Cost,currency\nA,5,6,EUR\n")

    with pytest.raises(RowError, match=r"column C \(Cost\): the column stands there twice"):
        read_catalogue(path)


def test_a_row_that_runs_over_is_a_fault(tmp_path: Path) -> None:
    """A comma without quotes shifts every cell behind it."""
    path = sheet(tmp_path, "name,provider\nA,School, Essen\n")

    with pytest.raises(RowError, match="row 2: has more cells than the header"):
        read_catalogue(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfname;provider;cost;currency\r\nA;Caf\xc3\xa9;1,5;EUR\r\n", "Café"),
        ("name\tprovider\nA\tCafé\n".encode("utf-16"), "Café"),
        ("name;provider\nA;Café\n".encode("cp1252"), "Café"),
    ],
)
def test_separators_and_encodings_of_spreadsheets_are_read(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    """Excel writes semicolons, byte-order marks and Windows-1252, depending on the country."""
    (offer,) = read_catalogue(sheet(tmp_path, data)).offers

    assert offer.provider == expected


def test_a_guessed_encoding_is_noted(tmp_path: Path) -> None:
    """Odd letters in a name must be explicable."""
    catalogue = read_catalogue(sheet(tmp_path, "name;provider\nA;Café\n".encode("cp1252")))

    assert any("Windows-1252" in note for note in catalogue.notes)


def test_a_workbook_is_read_as_the_same_offers(full: Path, tmp_path: Path) -> None:
    """People keep catalogues in Excel; its dates and numbers come as such."""
    book = Workbook()
    (first,) = book.worksheets
    first.append(["Our catalogue"])
    first.append(list(FULL))
    typed: dict[str, object] = {"cost": 1200.5, "hours": 80, "as_of": datetime(2026, 11, 1)}  # noqa: DTZ001 - as in cells
    first.append([typed.get(name, cell) for name, cell in FULL.items()])
    second = book.create_sheet()
    second.append(["name", "kind"])
    second.append(["Riveting", "badge"])
    path = tmp_path / "offers.xlsx"
    book.save(path)

    by_id = {one.id: one for one in read_catalogue(path).offers}

    (same,) = read_catalogue(full).offers
    assert by_id["weld-2"].cost == same.cost
    assert by_id["weld-2"].as_of == same.as_of
    assert by_id["weld-2"].requires == same.requires
    assert by_id["offers.xlsx#2.2"].name == "Riveting"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("a,b\n1,2\n", UnreadableError, "names a column 'name'"),
        ("name,kind\n", UnreadableError, "no offer below"),
        ('name,kind\n"A,badge\n', DataError, "never closed"),
        (b"PK\x00\x01\x02\x03\x00\x00\x00" * 20, UnreadableError, "binary"),
    ],
)
def test_a_sheet_that_is_none_gives_one_clear_message(
    tmp_path: Path, text: str | bytes, error: type[Exception], message: str
) -> None:
    """The file is named, and what to do about it."""
    path = sheet(tmp_path, text)

    with pytest.raises(error, match=message) as caught:
        read_catalogue(path)

    assert "offers.csv" in str(caught.value)
