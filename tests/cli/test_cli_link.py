"""``skillmatch link``: what a program that reads its output may rely on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from skillmatch.cli.link import BATCH
from tests.cli.conftest import Program
from tests.mini_engine import technology, uri


def lines(text: str) -> list[dict[str, Any]]:
    """Read JSON Lines, each of which must be a line of its own."""
    return [json.loads(line) for line in text.splitlines()]


def jsonl(path: Path, *rows: object) -> str:
    """Write JSON Lines; a text is written as it is."""
    written = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{row}\n" for row in written), encoding="utf-8")
    return str(path)


def test_each_line_gives_a_line_in_input_order(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Rows are joined by place or id, so none may move or vanish, over batches, too."""
    count = BATCH + 3
    rows = [{"id": f"q{number % 7}-{number}", "text": "Python 3"} for number in range(count)]
    ended = program("link", jsonl(tmp_path / "q.jsonl", *rows), "--top", "1", *engine)

    assert (ended.code, ended.err) == (0, "")
    assert [row["id"] for row in lines(ended.out)] == [row["id"] for row in rows]


def test_a_link_has_exactly_the_promised_fields(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Anyone may score this output; the fields are the contract."""
    text = "We want order picking"
    ended = program("link", jsonl(tmp_path / "q.jsonl", {"id": "a", "text": text}), *engine)

    (row,) = lines(ended.out)
    assert set(row) == {"id", "links"}
    first = row["links"][0]
    assert set(first) == {"uri", "label", "confidence", "accepted", "span", "why"}
    assert (first["uri"], first["label"], first["accepted"]) == (
        uri("pick-orders"),
        "pick orders",
        True,
    )
    assert text[first["span"]["start"] : first["span"]["end"]] == "order picking"
    assert first["why"]["label"] == "order picking"


@pytest.mark.parametrize("top", [1, 4, 20])
def test_top_counts_distinct_concepts_in_a_fixed_order(
    top: int, program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """K distinct URIs by confidence, then URI; those below the threshold are marked."""
    query = jsonl(tmp_path / "q.jsonl", {"id": 1, "text": "design and hygiene"})
    ended = program("link", query, "--top", str(top), *engine)

    (row,) = lines(ended.out)
    order = [(-link["confidence"], link["uri"]) for link in row["links"]]
    assert len({link["uri"] for link in row["links"]}) == top
    assert order == sorted(order)
    if top == 20:
        assert {link["accepted"] for link in row["links"]} == {True, False}


def test_a_bad_line_costs_only_itself(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """A file of a million lines must not fail for one of them."""
    path = jsonl(
        tmp_path / "q.jsonl",
        {"id": "good", "text": "Python 3"},
        "not json",
        "[1, 2]",
        {"id": "no text"},
        {"id": "number", "text": 5},
        {"text": "no id"},
        {"id": True, "text": "x"},
        '{"id": "half", "text": "\\ud800"}',
        "[" * 100_000,
        {"id": 7, "text": "Git"},
    )
    with Path(path).open("ab") as file:
        file.write(b'{"id": "latin", "text": "caf\xe9"}\n{"id": "last", "text": "SQL"}\n')

    ended = program("link", path, "--top", "1", *engine)

    found = lines(ended.out)
    assert ended.code == 0
    assert [row["id"] for row in found] == [
        *("good", None, None, "no text", "number", None, None, None, None, 7, None, "last")
    ]
    assert [set(row) for row in found if "error" in row] == [{"id", "error"}] * 9
    assert all(row["links"][0]["accepted"] for row in found if "links" in row)


def test_an_empty_text_is_answered(program: Program, engine: Sequence[str], tmp_path: Path) -> None:
    """Each text is one unit and never dropped; nothing is accepted where nothing is said."""
    rows = [{"id": 1, "text": ""}, {"id": 2, "text": " \t"}, {"id": 3, "text": "?!"}]
    ended = program("link", jsonl(tmp_path / "q.jsonl", *rows), *engine)

    found = lines(ended.out)
    assert [row["id"] for row in found] == [1, 2, 3]
    assert not any(link["accepted"] for row in found for link in row["links"])


def test_a_text_is_one_unit_whatever_it_looks_like(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Headings, bullets and benefits are for postings; a query is linked as it stands."""
    text = "Benefits\n- we offer Python 3\n\nHow to apply\n- Git"
    ended = program("link", jsonl(tmp_path / "q.jsonl", {"id": 1, "text": text}), *engine)

    (row,) = lines(ended.out)
    accepted = {link["uri"] for link in row["links"] if link["accepted"]}
    assert accepted >= {uri("python"), uri("version-control")}


def test_characters_of_any_script_survive(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Spans count characters of the text as given, also after emoji and accents."""
    text = "🥐 Käse, naïve, 日本語, Python\u00a03\u2028and Git"
    path = jsonl(tmp_path / "q.jsonl", json.dumps({"id": "ключ", "text": text}, ensure_ascii=False))
    from_file = program("link", path, *engine)
    from_stdin = program("link", "-", *engine, stdin=Path(path).read_bytes())

    assert from_file.out == from_stdin.out
    assert '"id": "ключ"' in from_file.out
    (row,) = (json.loads(line) for line in from_file.out.split("\n") if line)
    spans = {link["uri"]: link["span"] for link in row["links"] if link["accepted"]}
    git = spans[uri("version-control")]
    assert text[git["start"] : git["end"]] == "Git"


def test_standard_input_may_be_json_lines_or_a_document(
    program: Program, engine: Sequence[str]
) -> None:
    """A pipe has no name to tell its kind by."""
    rows = program("link", "-", "--top", "1", *engine, stdin=b'{"id": 1, "text": "Git"}\n')
    text = program("link", "-", *engine, stdin=b"Requirements:\n- Git\n")
    page = program("link", "-", *engine, stdin=b"<html><body><p>You need Git.</p></body></html>")
    posting = b'{"@type": "JobPosting", "title": "Clerk", "description": "You need Git."}'
    linked_data = program("link", "-", *engine, stdin=posting)

    assert lines(rows.out)[0]["links"][0]["uri"] == uri("version-control")
    for ended in (text, page, linked_data):
        assert (ended.code, ended.err) == (0, "")
        assert "use version control" in ended.out


def test_a_framework_of_ones_choice_gives_only_its_concepts(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """Benchmarks are scored in the label space of one release."""
    query = jsonl(tmp_path / "q.jsonl", {"id": 1, "text": "Python, Git and Docker"})
    only_onet = program("link", query, "--framework", "onet-0.1", "--top", "50", *engine)
    only_esco = program("link", query, "--framework", "esco", "--top", "50", *engine)

    onet = {link["uri"] for link in lines(only_onet.out)[0]["links"]}
    esco = {link["uri"] for link in lines(only_esco.out)[0]["links"]}
    assert technology("Docker") in onet
    assert all(one.startswith("http://example.org/esco/") for one in esco)


def test_json_of_a_document_numbers_its_units(program: Program, engine: Sequence[str]) -> None:
    """With --json every document gives JSON Lines, boilerplate left out."""
    text = b"Requirements:\n- Git\n- Python 3\n\nBenefits\n- free SQL\n"
    ended = program("link", "-", "--json", "--top", "1", *engine, stdin=text)

    found = lines(ended.out)
    assert [(row["id"], row["links"][0]["uri"]) for row in found] == [
        (0, uri("version-control")),
        (1, uri("python")),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("none.jsonl",), 5, "there is no file none.jsonl"),
        (("none.txt",), 5, "there is no file none.txt"),
        ((".",), 3, "this is a folder"),
        (("-",), 3, "standard input: it is empty"),
        (("-", "--framework", "onet-9"), 5, "skillmatch frameworks install onet@9"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: tuple[str, ...], code: int, words: str, program: Program, engine: Sequence[str]
) -> None:
    """Standard output holds results only, so it stays empty."""
    ended = program("link", *arguments, *engine)

    assert (ended.code, ended.out) == (code, "")
    assert words in ended.message


@pytest.mark.parametrize("arguments", [("--top", "0"), ("--kind", "task"), ("--nope",)])
def test_a_wrong_option_is_a_usage_error(arguments: tuple[str, ...], program: Program) -> None:
    """Code 2, and the help is one step away."""
    ended = program("link", "-", *arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Try 'skillmatch link" in ended.err
