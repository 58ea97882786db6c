"""Twenty postings and the sheet that judges what is found in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import evaluation.reading.__main__ as program
from evaluation.reading import texts
from evaluation.reading.answers import Answer, ShownLink, answer_lines, answer_of, read_answer
from evaluation.reading.sheet import SHEET, Judgement, Verdict, read_sheet
from evaluation.reading.standing import new_rows, standing_lines, standing_of
from evaluation.reading.texts import is_real, own_postings, real_postings
from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Mention
from skillmatch.model.posting import Posting, SectionKind, Span
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.mini_engine import mini_linker

POSTING = """Junior developer

Requirements:
- Python and SQL
- Experience in grumbling at clouds
- No Java required

Benefits
- Free meals and a pension
"""
HEAD = "posting\tline\twords\tlabel\tverdict\tnote\n"


def link(line: int, label: str, confidence: float = 0.9) -> ShownLink:
    return ShownLink(
        line=line,
        words="some words",
        label=label,
        confidence=confidence,
        necessity="must",
        how="the same words",
    )


def answer(*links: ShownLink, posting: str = "baker") -> Answer:
    return Answer(
        posting=posting, title="Baker", units=3, links=links, gates=(), unlinked=(), dropped=()
    )


def judged(line: int, label: str, verdict: Verdict, posting: str = "baker") -> Judgement:
    return Judgement(posting=posting, line=line, words="", label=label, verdict=verdict)


def write_skillspan(folder: Path, lengths: Sequence[tuple[str, int, int]]) -> Path:
    """Write a file in SkillSpan's format with postings of the given source, number and length."""
    path = folder / "skillspan" / "dev.json"
    path.parent.mkdir(parents=True)
    rows = [
        {"idx": number, "source": source, "tokens": ["Sentence", str(place), f"of {number}"]}
        for source, number, length in lengths
        for place in range(length)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_every_part_of_a_posting_is_shown_with_its_line(mini_matcher: Matcher) -> None:
    """Whoever judges must see what was taken, what was not, and where it stands."""
    found = read_answer(mini_matcher, Posting(text=POSTING, source="junior"))

    shown = "\n".join(answer_lines(found))
    assert [(one.line, one.words) for one in found.links] == [(4, "Python"), (4, "SQL")]
    assert "    4" in shown
    assert "must   SQL -> " in shown
    assert "    5  not linked: Experience in grumbling at clouds" in shown
    assert "    6  dropped, the posting says it is not needed" in shown
    assert "    9  dropped, benefits and conditions: Free meals and a pension" in shown


def test_a_requirement_is_one_link_on_each_line_that_asks_for_it() -> None:
    """A verdict is about a line, and two pieces of one line are one question."""
    text = "French bread\nbaking bread, more\nbread"
    spans = [Span(start=0, end=12), Span(start=13, end=25), Span(start=27, end=31)]
    asked = Requirement(
        uri=ConceptUri("http://example.org/bake"),
        label="bake bread",
        framework="esco",
        necessity=Necessity.MUST,
        necessity_why="",
        mentions=tuple(
            Mention(text=text[one.start : one.end], span=one, section=SectionKind.DUTIES)
            for one in spans
        ),
    )

    found = answer_of(
        Posting(text=text, source="baker"), Checklist(source="", requirements=(asked,))
    )

    shown = [(one.line, one.words, one.label) for one in found.links]
    assert shown == [(1, "French bread", "bake bread"), (2, "baking bread | more", "bake bread")]


def test_every_fifth_long_posting_of_each_source_is_read(tmp_path: Path) -> None:
    """The rule chooses, not somebody who knows what the program is good at."""
    tech = [("tech", number, 12) for number in range(1, 40)]
    house = [("house", 50, 11), ("house", 51, 12), ("house", 52, 13)]
    folder = write_skillspan(tmp_path, [*tech, *house])

    found = list(real_postings(folder))

    assert [one.source for one in found] == [
        *(f"skillspan-dev-tech-{number}" for number in (1, 6, 11, 16, 21)),
        "skillspan-dev-house-51",
    ]
    assert found[0].text.splitlines()[:2] == ["Sentence 0 of 1", "Sentence 1 of 1"]
    assert len(found[0].text.splitlines()) == 12


def test_our_own_postings_are_ten_and_can_be_read() -> None:
    """Six examples and four of other trades; names tell them apart from the real ones."""
    found = list(own_postings())

    names = [one.source for one in found]
    assert len(names) == len(set(names)) == 10
    assert not any(is_real(name) for name in names)
    assert all(one.text and one.language == "en" for one in found)


def test_the_sheet_of_the_repository_can_be_read() -> None:
    """Every row in it is whole, and none holds words of a real posting."""
    rows = read_sheet()

    known = {one.source for one in own_postings()}
    assert {row.posting for row in rows if not is_real(row.posting)} <= known


def test_the_sheet_tells_all_its_faults(tmp_path: Path) -> None:
    """It is edited by hand, so the message must lead to the rows."""
    path = tmp_path / "sheet.tsv"
    rows = [
        "baker\t1\tbread\tbake bread\tright\t",
        "baker\t1\tbreads\tbake bread\twrong\t",
        "baker\tone\tbread\tbake bread\tright\t",
        "baker\t2\tbread\tbake bread\tperhaps\t",
        "baker\t3\tbread\t\tright\t",
        "skillspan-dev-tech-1\t4\tsecret words\tbake bread\tright\t",
        "baker\t5",
    ]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")

    with pytest.raises(RowError) as caught:
        read_sheet(path)

    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        f"line {number}" for number in (3, 4, 5, 6, 7, 8)
    ]


def test_a_sheet_with_other_columns_is_refused(tmp_path: Path) -> None:
    """Fields in another order would make right links wrong."""
    path = tmp_path / "sheet.tsv"
    path.write_text("posting\tlabel\n", encoding="utf-8")

    with pytest.raises(DataError, match="must begin with the columns posting line"):
        read_sheet(path)
    with pytest.raises(NotFoundError):
        read_sheet(tmp_path / "absent.tsv")


def test_links_are_counted_by_what_a_person_said_of_them() -> None:
    """What is printed now is what counts; a missing skill that is found now is right."""
    sheet = (
        judged(1, "bake bread", Verdict.RIGHT),
        judged(1, "speak French", Verdict.LAUGHABLE),
        judged(2, "weigh flour", Verdict.MISSING),
        judged(3, "clean ovens", Verdict.MISSING),
        judged(4, "teach ovens", Verdict.WRONG),
        judged(1, "ride bicycles", Verdict.RIGHT, posting="courier"),
    )
    shown = answer(
        link(1, "bake bread"), link(1, "speak French", 0.3), link(2, "weigh flour"), link(5, "sell")
    )

    found = standing_of(shown, sheet)

    assert [verdict for _, verdict in found.judged] == ["right", "laughable", "right"]
    assert found.good == found.count(Verdict.RIGHT) == 2
    assert [one.label for one in found.new] == ["sell"]
    assert [one.label for one in found.missing] == ["clean ovens"]
    assert [one.label for one in found.gone] == ["teach ovens"]


def test_a_choice_is_the_same_in_any_order() -> None:
    """Which item of an "or" list leads depends on confidence, and says nothing else."""
    shown = answer(link(1, "bake bread or weigh flour"))

    found = standing_of(shown, (judged(1, "weigh flour or bake bread", Verdict.RIGHT),))

    assert (found.good, found.new, found.gone) == (1, (), ())


def test_the_check_gives_precision_recall_and_bands() -> None:
    """Two of three links are good, two of three skills are found; worked by hand."""
    sheet = (
        judged(1, "bake bread", Verdict.RIGHT),
        judged(1, "speak French", Verdict.WRONG),
        judged(2, "weigh flour", Verdict.ACCEPTABLE),
        judged(3, "clean ovens", Verdict.MISSING),
    )
    shown = answer(
        link(1, "bake bread", 1.0), link(1, "speak French", 0.3), link(2, "weigh flour", 0.2)
    )

    lines = list(standing_lines([standing_of(shown, sheet)]))

    assert lines[0].startswith("baker: 3 judged: 1 right, 1 acceptable, 1 wrong, 0 laughable; ")
    assert lines[0].endswith("1 missing, 0 new; precision 0.67, recall 0.67")
    assert lines[1].startswith("all 1: 3 judged")
    assert "confidence 0.0 to 0.2: 0 links, precision none" in lines
    assert "confidence 0.2 to 0.4: 2 links, precision 0.50" in lines
    assert "confidence 0.8 to 1.0: 1 links, precision 1.00" in lines


def test_rows_for_new_links_leave_out_the_words_of_real_postings() -> None:
    """What is pasted into the sheet must not carry a real posting into the repository."""
    ours = standing_of(answer(link(1, "bake bread")), ())
    real = standing_of(answer(link(1, "bake bread"), posting="skillspan-dev-tech-1"), ())

    assert list(new_rows([ours, real])) == [
        "baker\t1\tsome words\tbake bread\t?\t",
        "skillspan-dev-tech-1\t1\t\tbake bread\t?\t",
    ]


@pytest.fixture
def engine(
    mini_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """One invented posting of our own, read by the invented engine."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "junior.txt").write_text(POSTING, encoding="utf-8")
    monkeypatch.setattr(texts, "OWN", (tmp_path / "own",))
    monkeypatch.setattr(Settings, "from_environ", lambda _environ: mini_settings)
    return monkeypatch


def run(settings: Settings, *arguments: str) -> int:
    with mini_linker(settings):
        return program.main(arguments)


@pytest.mark.usefixtures("engine")
def test_a_link_that_nobody_has_judged_fails_the_check(
    mini_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed linker must not pass on judgements of the one before; rows fill the sheet."""
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text(HEAD, encoding="utf-8")
    given = ("--benchmarks", str(tmp_path), "--sheet", str(sheet))

    assert run(mini_settings, "--new", *given) == 1
    rows = capsys.readouterr().out
    sheet.write_text(HEAD + rows.replace("?", "right"), encoding="utf-8")

    assert run(mini_settings, "--check", *given) == 0
    shown = capsys.readouterr()
    assert "junior: 2 judged: 2 right" in shown.out
    assert "left out the real postings" in shown.err


@pytest.mark.usefixtures("engine")
def test_the_postings_are_printed_for_people_and_for_programs(
    mini_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both come from the same answer; JSON says which engine gave it."""
    folder = write_skillspan(tmp_path, [("tech", 1, 12)])
    given = ("--benchmarks", str(folder), "--posting", "junior")

    assert run(mini_settings, *given) == 0
    assert capsys.readouterr().out.startswith("== junior: ")
    assert run(mini_settings, "--json", *given) == 0

    said = json.loads(capsys.readouterr().out)
    assert [one["posting"] for one in said["answers"]] == ["junior"]
    assert len(said["answers"][0]["links"]) == 2
    assert said["encoder"]


@pytest.mark.usefixtures("engine")
def test_an_unknown_posting_is_told_with_those_there_are(
    mini_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt name must not read as a posting without links."""
    assert run(mini_settings, "--benchmarks", str(tmp_path), "--posting", "junoir") != 0

    assert "no posting 'junoir'; known are junior" in capsys.readouterr().err


def test_the_sheet_lies_beside_the_program() -> None:
    """The default must be found from any working folder."""
    assert SHEET.is_absolute()
    assert SHEET.is_file()
