"""``skillmatch catalogue``: import, list, show, check, and how each ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skillmatch.report.json_report import SCHEMAS
from skillmatch.settings import Settings
from tests.cli.conftest import Ended, Program
from tests.mini_engine import mini_linker, recipe_of, uri

SHEET = f"""id,name,provider,skills,outcomes,requires,cost,currency,hours,self_paced,starts,delivery,as_of
py,Snakes,Northgate,Python (computer programming) <{uri("python")}>,,,290,EUR,60,,2027-01-11,online,2026-10-01
git,Trees,Fjord,,Use Git every day,py or gone,0,EUR,5,yes,,in person,2026-10-01
sea,Boats,Fjord,Steering,,,,,5,yes,,online,2026-10-01
"""  # noqa: E501 - a sheet
DAY = ("--at", "2026-11-01")


@pytest.fixture
def home(
    mini_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sequence[str]]:
    """A data folder that may be written, with the invented frameworks; returns the recipe."""
    data = tmp_path / "data"
    data.mkdir()
    for name in ("frameworks", "indexes"):
        (data / name).symlink_to(mini_settings.data_dir / name)
    monkeypatch.setenv("SKILLMATCH_DATA", str(data))
    with mini_linker(mini_settings):
        yield ("--recipe", str(recipe_of(mini_settings)))


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    """A sheet of three offers."""
    path = tmp_path / "school.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


@pytest.fixture
def imported(program: Program, home: Sequence[str], sheet: str) -> Ended:
    """Import the sheet as ``school``."""
    return program("catalogue", "import", sheet, *home)


def test_an_import_is_told_listed_and_shown(
    program: Program, home: Sequence[str], imported: Ended
) -> None:
    """From a sheet to the page of one offer, without a word to look up."""
    assert (imported.code, imported.err) == (0, "")
    assert "school: 3 offers in " in imported.out
    assert "stated in 1, proposed from words in 1, none in 1" in imported.out

    catalogues = program("catalogue", "list")
    offers = program("catalogue", "list", "school", *DAY)
    page = program("catalogue", "show", "Trees", *home)

    assert "3 offers; described up to 2026-10-01" in catalogues.out
    assert "Northgate · 290 EUR · 60 hours · starts 11 Jan 2027 · 1 skill" in offers.out
    assert "Fjord · free · 5 hours · any day · 1 skill" in offers.out
    assert "price not stated" in offers.out
    assert offers.out.endswith("3 offers\n")
    assert "use version control [esco-0.1]: proposed with" in page.out
    assert "from “Use Git”" in page.out
    assert "- one of" in page.out
    assert "- Snakes (py)" in page.out
    assert "- gone (not in this catalogue)" in page.out


def test_a_second_import_of_other_content_needs_to_be_told_so(
    program: Program, home: Sequence[str], imported: Ended, sheet: str
) -> None:
    """Otherwise the catalogue of another school would be gone."""
    Path(sheet).write_text(SHEET.replace("Boats", "Ships"), encoding="utf-8")

    refused = program("catalogue", "import", sheet, *home)
    done = program("catalogue", "import", sheet, "--replace", "--json", *home)

    assert imported.code == 0
    assert refused.code == 2
    assert "--replace" in refused.message
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["replaced"] is True


def test_offers_are_chosen_by_what_they_say(
    program: Program, home: Sequence[str], imported: Ended
) -> None:
    """And what does not say it is counted beside the result."""
    assert imported.code == 0

    def ids(*options: str) -> list[str]:
        ended = program("catalogue", "list", "school", "--json", *DAY, *home, *options)
        return [one["id"] for one in json.loads(ended.out)["offers"]]

    assert ids() == ["git", "py", "sea"]
    assert ids("--skill", "Git") == ["git"]
    assert ids("--skill", uri("python")) == ["py"]
    assert ids("--skill", "steering") == ["sea"]
    assert ids("--provider", "fjord", "--online") == ["sea"]
    assert ids("--max-cost", "289.99") == ["git"]
    assert ids("--max-cost", "300 EUR") == ["git", "py"]
    assert ids("--max-cost", "300 usd") == ["git"]
    ended = program("catalogue", "list", "school", "--max-cost", "300", *DAY)
    assert ended.err == "skillmatch: 1 more would fit, but do not say what they cost\n"


def test_what_is_chosen_can_be_read_again(
    program: Program, home: Sequence[str], imported: Ended, tmp_path: Path
) -> None:
    """A list of offers is a catalogue."""
    path = tmp_path / "cheap.json"
    chosen = program("catalogue", "list", "school", "--max-cost", "0", "--json", *home)
    path.write_text(chosen.out, encoding="utf-8")

    again = program("catalogue", "list", str(path), *DAY)

    assert imported.code == 0
    assert again.out.splitlines()[-1] == "1 offer"
    assert "Trees" in again.out


def test_a_check_reports_by_severity_and_ends_as_it_was_told_to(
    program: Program, home: Sequence[str], imported: Ended
) -> None:
    """A provider's build holds a catalogue to the severity that it wants."""
    assert imported.code == 0

    ended = program("catalogue", "check", "school", *DAY, *home)

    assert ended.code == 0
    first, _, *lines = ended.out.splitlines()
    assert first == "school: 3 offers on 2026-11-01; 0 errors, 3 warnings, 2 notes"
    assert lines[0].startswith("WARNINGS")
    assert "“Trees” needs “gone”, which is not in the catalogue; there is another" in ended.out
    codes = {
        level: program("catalogue", "check", "school", *DAY, *home, "--fail-on", level).code
        for level in ("error", "warning", "note", "never")
    }
    assert codes == {"error": 0, "warning": 1, "note": 1, "never": 0}
    later = program("catalogue", "check", "school", "--at", "2028-11-01", *home)
    assert "3 offers on 2028-11-01; 0 errors, 5 warnings, 5 notes" in later.out


def test_without_a_name_all_imported_catalogues_are_checked_together(
    program: Program, home: Sequence[str], imported: Ended, sheet: str
) -> None:
    """Two catalogues may offer the same."""
    Path(sheet).write_text(SHEET.replace("\npy,", "\nsnake,"), encoding="utf-8")
    program("catalogue", "import", sheet, "--name", "other", *home)

    ended = program("catalogue", "check", *DAY, *home)

    assert imported.code == 0
    assert ended.out.startswith("other + school: 4 offers")
    assert "Northgate offers “Snakes” twice" in ended.out


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("catalogue-1.json", ("list", "school")),
        ("catalogue-check-1.json", ("check", "school")),
    ],
)
def test_json_follows_its_schema(
    program: Program, home: Sequence[str], imported: Ended, schema: str, arguments: tuple[str, ...]
) -> None:
    """Others build on it."""
    value = json.loads(program("catalogue", *arguments, "--json", *DAY, *home).out)

    assert imported.code == 0
    assert value["schema_version"] == schema.removesuffix(".json")
    Draft202012Validator(SCHEMAS[schema]()).validate(value)


def test_a_stored_catalogue_follows_its_schema(imported: Ended, tmp_path: Path) -> None:
    """It is edited by hand, and by other programs."""
    value = json.loads((tmp_path / "data/catalogues/school.json").read_text(encoding="utf-8"))

    assert imported.code == 0
    Draft202012Validator(SCHEMAS["catalogue-1.json"]()).validate(value)


def test_the_page_of_an_offer_as_json_names_what_it_leads_to(
    program: Program, home: Sequence[str], imported: Ended
) -> None:
    """A stack is seen from its parts."""
    page = json.loads(program("catalogue", "show", "py", "--json", *home).out)

    assert imported.code == 0
    assert (page["catalogue"], page["offer"]["name"], page["leads_to"]) == (
        "school",
        "Snakes",
        ["git"],
    )


@pytest.mark.parametrize(
    ("arguments", "how"),
    [
        (("check", "school"), (5, "no catalogue school")),
        (("check",), (2, "no catalogue is imported")),
        (("show", "py"), (2, "no catalogue is imported")),
        (("list", "--skill", "Git"), (2, "name the catalogue")),
        (("list", "SHEET", "--max-cost", "cheap"), (2, "no price")),
        (("list", "SHEET", "--at", "soon"), (2, "no date")),
        (("check", "SHEET", "--fail-on", "all"), (2, "--fail-on")),
        (("import", "SHEET", "--name", "../x"), (2, "no name of a catalogue")),
        (("import", "gone.csv"), (5, "gone.csv")),
        (("show", "boots", "--catalogue", "SHEET"), (5, "near to it are Boats")),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    program: Program,
    home: Sequence[str],
    sheet: str,
    arguments: tuple[str, ...],
    how: tuple[int, str],
) -> None:
    """With the number that scripts branch on."""
    given = [sheet if one == "SHEET" else one for one in arguments]

    ended = program("catalogue", *given, *home)

    assert (ended.code, ended.out) == (how[0], "")
    assert how[1] in ended.message


def test_no_catalogue_at_all_is_no_error(program: Program, home: Sequence[str]) -> None:
    """A new user is told what to do."""
    ended = program("catalogue", "list")

    assert home
    assert ended.code == 0
    assert "catalogue import" in ended.out
