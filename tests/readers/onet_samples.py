"""A tiny invented O*NET database in both layouts, and ways to write it down."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Sequence[object]]
Tables = dict[str, Rows]

NURSE, BAKER = "29-1141.00", "51-3011.00"

_RATING_HEAD = (
    "O*NET-SOC Code",
    "Element ID",
    "Element Name",
    "Scale ID",
    "Data Value",
    "N",
    "Recommend Suppress",
    "Not Relevant",
)


def rating(code: str, element: tuple[str, str], scale: str, value: object) -> list[object]:
    """Return one row of a rating table without flags."""
    return [code, *element, scale, value, 8, "N", "N" if scale == "LV" else None]


READING, REPAIRING, MEDICINE = (
    ("2.A.1.a", "Reading Comprehension"),
    ("2.B.3.l", "Repairing"),
    ("2.C.5.a", "Medicine and Dentistry"),
)


def layout_29() -> Tables:
    """Return the invented database as releases up to 30.2 lay it out."""
    return {
        "Occupation Data": [
            ("O*NET-SOC Code", "Title", "Description"),
            (NURSE, "Registered Nurses", "Assess patients."),
            (BAKER, "Bakers", "Bake bread."),
        ],
        "Alternate Titles": [
            ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"),
            (NURSE, "Registered Nurse (RN)", "RN", "08"),
            (NURSE, "Registered Nurses", None, "08"),
            (BAKER, "Pastry Baker", None, "08"),
            (BAKER, "Pastry Baker", None, "10"),
        ],
        "Sample of Reported Titles": [
            ("O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"),
            (BAKER, "Dough Mixer", "Y"),
        ],
        "Job Zones": [
            ("O*NET-SOC Code", "Job Zone", "Date"),
            (NURSE, 3, "08/2023"),
            (BAKER, 2, ""),
        ],
        "Related Occupations": [
            ("O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
            (BAKER, NURSE, "Primary-Short", 1),
        ],
        "Content Model Reference": [
            ("Element ID", "Element Name", "Description"),
            ("1.B", "Interests and Work Values", "Left out."),
            ("2.A", "Basic Skills", "Capacities that help to learn."),
            ("2.A.1", "Content", "Background structures."),
            ("2.A.1.a", "Reading Comprehension", "Understanding written sentences."),
            ("2.B", "Cross-Functional Skills", ""),
            ("2.B.3.l", "Repairing", "Repairing machines."),
            ("2.C", "Knowledge", ""),
            ("2.C.5.a", "Medicine and Dentistry", ""),
            ("4.A", "Generalized Work Activities", ""),
            ("4.A.1.a.1", "Getting Information", ""),
        ],
        "Skills": [
            _RATING_HEAD,
            rating(NURSE, READING, "IM", 4.12),
            rating(NURSE, READING, "LV", 4),
            rating(BAKER, READING, "IM", 2.5),
            rating(BAKER, READING, "LV", 2.25),
            rating(NURSE, REPAIRING, "IM", 1),
            [NURSE, *REPAIRING, "LV", 0.25, 8, "Y", "Y"],
        ],
        "Knowledge": [_RATING_HEAD, [NURSE, *MEDICINE, "IM", 4.5, 8, "Y", None]],
        "Technology Skills": [
            (
                "O*NET-SOC Code",
                "Example",
                "Commodity Code",
                "Commodity Title",
                "Hot Technology",
                "In Demand",
            ),
            (NURSE, "eClinicalWorks EHR", 43232605, "Medical software", "N", "Y"),
            (BAKER, "Microsoft Excel", 43232110, "Spreadsheet software", "Y", "N"),
            (NURSE, "Microsoft Excel", 43232110, "Spreadsheet software", "Y", "Y"),
        ],
        "Task Statements": [
            ("O*NET-SOC Code", "Task ID", "Task", "Task Type"),
            (NURSE, 11, "Record patients' vital signs.", "Core"),
            (BAKER, 12, 'Check the "crumb" of loaves.', None),
        ],
        "IWA Reference": [
            ("Element ID", "IWA ID", "IWA Title"),
            ("4.A.1.a.1", "4.A.1.a.1.I01", "Study details of products."),
        ],
        "DWA Reference": [
            ("Element ID", "IWA ID", "DWA ID", "DWA Title"),
            ("4.A.1.a.1", "4.A.1.a.1.I01", "4.A.1.a.1.I01.D01", "Inspect baked goods."),
        ],
        "Tasks to DWAs": [
            ("O*NET-SOC Code", "Task ID", "DWA ID", "Date"),
            (BAKER, 12, "4.A.1.a.1.I01.D01", "07/2014"),
        ],
    }


def layout_30() -> Tables:
    """Return the same database with the files, columns and ids of 30.3."""
    tables = layout_29()
    skills = tables.pop("Skills")
    tables["Essential Skills"] = [skills[0], *(row for row in skills if row[1] == READING[0])]
    tables["Transferable Skills"] = [skills[0], *(row for row in skills if row[1] == REPAIRING[0])]
    titles = tables.pop("Alternate Titles")
    tables["Job Titles"] = [
        ("O*NET-SOC Code", "Job Title", "Short Title", "Source(s)"),
        *titles[1:],
    ]
    tables["Content Model Reference"] = [
        ("Element ID", "Element Name", "Description"),
        ("2.A", "Essential Skills", "Capacities that help to learn."),
        ("2.A.1", "Content", "Background structures."),
        ("2.A.1.a", "Reading Comprehension", "Understanding written sentences."),
        ("2.B", "Transferable Skills", ""),
        ("2.B.3.l", "Repairing", "Repairing machines."),
        ("2.C", "Knowledge", ""),
        ("2.C.5.a", "Medicine and Dentistry", ""),
        ("2.E", "Software Skills", ""),
        ("2.E.5", "Information exchange", ""),
        ("2.E.5.b", "Spreadsheet software", "Rows and columns."),
        ("4.A", "Work Activities", ""),
        ("4.A.1.a.1", "Getting Information", ""),
        ("4.A.1.a.1.a", "Study details of products.", ""),
        ("4.A.1.a.1.a.1", "Inspect baked goods.", "Look at them closely."),
    ]
    del tables["Technology Skills"], tables["IWA Reference"], tables["DWA Reference"]
    tables["Software Skills"] = [
        (
            "O*NET-SOC Code",
            "Workplace Example",
            "Element ID",
            "Element Name",
            "Hot Technology",
            "In Demand",
        ),
        (NURSE, "Microsoft Excel", "2.E.5.b", "Spreadsheet software", "Y", "Y"),
    ]
    tables["GWAs to IWAs"] = [
        ("GWA Element ID", "IWA Element ID", "IWA Element Name"),
        ("4.A.1.a.1", "4.A.1.a.1.a", "Study details of products."),
    ]
    tables["GWAs to IWAs to DWAs"] = [
        ("GWA Element ID", "IWA Element ID", "DWA Element ID", "DWA Element Name"),
        ("4.A.1.a.1", "4.A.1.a.1.a", "4.A.1.a.1.a.1", "Inspect baked goods."),
    ]
    tables["Tasks to DWAs"] = [
        ("O*NET-SOC Code", "Task ID", "DWA Element ID", "Date"),
        (BAKER, 12, "4.A.1.a.1.a.1", "07/2014"),
    ]
    return tables


def write_text(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """Write the tables as the text zip unpacks: tabs, CRLF, ``n/a`` for an empty cell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        lines = ["\t".join("n/a" if each is None else str(each) for each in row) for row in rows]
        text = "".join(line + "\r\n" for line in lines)
        (folder / f"{name}.txt").write_bytes(text.encode())
    return folder


def write_excel(folder: Path, tables: Mapping[str, Rows]) -> Path:
    """Write each table as a workbook of one sheet."""
    from openpyxl import Workbook

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        book = Workbook(write_only=True)
        sheet = book.create_sheet(name[:31])
        for row in rows:
            sheet.append(list(row))
        book.save(folder / f"{name}.xlsx")
    return folder


def write_zip(folder: Path, target: Path) -> Path:
    """Pack a folder as the publisher does, with its name before each member."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return target
