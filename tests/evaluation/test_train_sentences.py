"""The texts and judgements in the repository are whole, whatever framework is at hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.train.judged import JUDGED
from evaluation.train.recipe import WRITTEN

FILES = sorted(WRITTEN.glob("*.tsv"))
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9.]+")


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of what is no comment."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_ids_a_tab_and_a_sentence(path: Path) -> None:
    """Faults are named by their line."""
    faults = []
    for number, line in lines(path):
        ids, tab, text = line.partition("\t")
        names = ids.split()
        good = tab and text.strip() and len(set(names)) == len(names)
        if not good or not all(ID.fullmatch(one) for one in names):
            faults.append((number, line))

    assert faults == []


def test_no_sentence_is_there_twice() -> None:
    """Two copies count double, and two judgements of one sentence cannot both be right."""
    count = Counter(line for path in FILES for _, line in lines(path))

    assert sum(count.values()) == 16_850
    assert [line for line, times in count.items() if times > 1] == []


def test_every_judgement_is_a_line_a_span_and_ids_or_none() -> None:
    """Each span is judged once, in the order of the benchmark."""
    places = []
    for _, line in lines(JUDGED):
        place, span, ids, *unsure = line.split("\t")
        assert ids == "-" or all(ID.fullmatch(one) for one in ids.split())
        assert unsure in ([], ["?"])
        places.append((int(place), int(span)))

    assert places == sorted(set(places))
    assert (len(places), len({place for place, _ in places})) == (5_053, 1_516)


def test_the_recipe_can_be_read_without_pytorch() -> None:
    """Fitting the linker reads what was shown, and trains no encoder."""
    code = (
        "import sys; sys.modules['torch'] = None; "
        "import evaluation.train.__main__, evaluation.train.recipe"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
