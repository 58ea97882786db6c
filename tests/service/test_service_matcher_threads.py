"""One matcher for many threads: each gets what it would get alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from skillmatch.linking.evidence import Claim
from skillmatch.model.concept import ConceptUri
from skillmatch.readers.documents import read_text
from skillmatch.report import render
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from tests.mini_engine import ANALYST, mini_linker, uri

POSTINGS = (
    "Requirements:\n- Python 3\n- Must have order picking\n- Excel is a plus\n",
    "Requirements:\n- You cook dishes and know food hygiene\n- Forklift licence is a plus\n",
    "You test software, manage stock and plan shifts. Docker or Go is nice to have.\n",
)
CVS = ("I know Python and SQL.\n", "Five years of picking orders; teamwork.\n", "French, Java.\n")


def answer(matcher: Matcher, number: int) -> str:
    """Return the gap of one of nine requests as JSON; each third asks for an occupation."""
    posting = read_text(POSTINGS[number % 3])
    asked = matcher.occupation(ANALYST) if number % 3 == 2 else matcher.requirements(posting)
    result = matcher.gap(
        asked,
        have=[Claim(text="Microsoft Excel"), Claim(text=f"unheard of {number}")],
        evidence=[read_text(CVS[number // 3], source="cv.txt")],
        at=date(2026, 11, 22),
    )
    return render(result, "json")


def test_answers_of_many_threads_are_those_of_one(mini_settings: Settings) -> None:
    """To the byte, from the first request on, while everything is looked up for the first time."""
    with mini_linker(mini_settings):
        with Matcher.open(settings=mini_settings) as alone:
            expected = [answer(alone, number) for number in range(9)]

        with (
            Matcher.open(settings=mini_settings) as shared,
            ThreadPoolExecutor(max_workers=8) as threads,
        ):
            found = list(threads.map(lambda number: answer(shared, number % 9), range(45)))

    assert found == expected * 5


def test_a_matcher_keeps_nothing_of_what_it_was_asked(mini_settings: Settings) -> None:
    """It lives as long as the service; skills that people name wrongly must not pile up in it."""
    with mini_linker(mini_settings), Matcher.open(settings=mini_settings) as matcher:
        frameworks = matcher.frameworks
        matcher.evidence((), have=["a secret of mine", "Python"])
        for number in range(50):
            unknown = ConceptUri(f"http://example.org/private/{number}")
            frameworks.find_concept(unknown)
            frameworks.broader(unknown)
            frameworks.framework_of(unknown)
            frameworks.similarity(unknown, uri("python"))
            frameworks.share_name(unknown, uri("python"))

        kept = [getattr(frameworks, name) for name in type(frameworks).__slots__ if name[0] == "_"]

    assert "private" not in repr(kept)
    assert "secret" not in repr(kept)
    assert "python" in repr(kept)
