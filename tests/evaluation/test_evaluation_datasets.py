"""Benchmark files, and what is said of those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.datasets import Query, read_linking_csv, read_queries, read_skillspan
from evaluation.holdout import is_held_out
from skillmatch.errors import DataError, NotFoundError, RowError
from tests.evaluation.conftest import SKILLSKAPE, TECH


def written(folder: Path, text: str, name: str = "some.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_of_one_sentence_are_one_query(tmp_path: Path) -> None:
    """Sentences keep their order; what is no label is no gold, and the sentence stays."""
    queries = read_queries(written(tmp_path, TECH))

    assert [query.text for query in queries] == [
        "You know Java and SQL",
        "Salary on request",
        "You use Git every day",
    ]
    assert queries[0].labels == ("Java (computer programming)", "query databases")
    assert queries[1].labels == ()


def test_the_columns_tell_skillskape_from_the_others(tmp_path: Path) -> None:
    """A file of one's own need not be called as theirs is."""
    queries = read_queries(written(tmp_path, SKILLSKAPE))

    assert queries[1] == Query(id="some:1", text="A great place to be.", labels=())
    assert queries[2].labels == ("develop software", "test software")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text,label\na,b\n", "lacks the column 'sentence'"),
        ("sentence,span\na,b\n", "lacks the column 'label'"),
        ("sentence,label\n", "has no row"),
        ("", "lacks the column 'sentence'"),
    ],
)
def test_a_file_of_another_kind_is_told_apart(tmp_path: Path, text: str, said: str) -> None:
    """The message says which columns were expected and which were found."""
    path = written(tmp_path, text)

    with pytest.raises(DataError, match=said) as caught:
        read_queries(path)

    assert "sentence,span,sub_span,label" in str(caught.value)
    assert path.name in str(caught.value)


def test_every_row_that_is_cut_short_is_named(tmp_path: Path) -> None:
    """A download that broke off must not become a smaller benchmark."""
    path = written(tmp_path, "sentence,span,sub_span,label\na,b,,c\nd\ne,f\n")

    with pytest.raises(RowError, match="row 2: cut short; row 3: cut short"):
        read_linking_csv(path)


def test_skills_that_are_no_list_are_named(tmp_path: Path) -> None:
    """The cell is read as a list of texts and never run as code."""
    path = written(tmp_path, "sentence,skills\na,['b']\nc,__import__('os')\n")

    with pytest.raises(RowError, match="row 2: skills must be a list"):
        read_queries(path)


@pytest.mark.parametrize("read", [read_queries, read_linking_csv, read_skillspan])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, read: object) -> None:
    """The usual mistake is the folder."""
    assert callable(read)
    with pytest.raises(NotFoundError, match=r"there is no file .*missing\.csv"):
        read(tmp_path / "missing.csv")


def test_bytes_that_are_no_text_are_no_benchmark(tmp_path: Path) -> None:
    """A zip renamed to csv, for one."""
    path = tmp_path / "some.csv"
    path.write_bytes(b"\xff\xfe\x00PK")

    with pytest.raises(DataError, match="not UTF-8"):
        read_queries(path)


def test_the_same_twentieth_of_the_concepts_is_always_held_out() -> None:
    """Training and the task must agree, on every machine and for every release.

    The sha256 of the first begins with 086b, which is below a twentieth of ffff (0ccc).
    """
    uris = [f"http://data.europa.eu/esco/skill/{number}" for number in range(4000)]

    held = [uri for uri in uris if is_held_out(uri)]

    assert 160 <= len(held) <= 240
    assert held[:3] == [
        "http://data.europa.eu/esco/skill/17",
        "http://data.europa.eu/esco/skill/52",
        "http://data.europa.eu/esco/skill/74",
    ]
