"""The engine as one object: posting and evidence in, ranked gaps out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import IndexMismatchError, NotFoundError, UnreadableError, UsageError
from skillmatch.gap.states import state_rank
from skillmatch.linking.linker import Linker
from skillmatch.model.evidence import EvidenceKind
from skillmatch.model.framework import Framework
from skillmatch.model.gap import GapResult, GapState
from skillmatch.model.posting import Posting
from skillmatch.report.json_report import json_report
from skillmatch.service import matcher
from skillmatch.service.matcher import Matcher
from skillmatch.service.opening import Engine, open_engine, open_linker
from skillmatch.settings import Settings
from tests.mini_engine import ANALYST, JOB, esco_release, install_mini, recipe_of, technology, uri

DAY = date(2026, 3, 1)
POSTING = Posting(
    text=(
        "Requirements:\n- Python 3\n- develop software\n- test software\n- order picking\n"
        "- Excel is a plus\n"
    ),
    source="posting.txt",
)
NAMES = (
    "Python",
    "Python 3",
    "software testing",
    "write software",
    "Git",
    "Excel",
    "no such thing",
)


def gap(matcher: Matcher, have: tuple[str, ...] = (), cv: str = "") -> GapResult:
    """Compare ``POSTING`` with claims and a CV."""
    documents = [Posting(text=cv, source="cv.txt")] if cv else []
    return matcher.gap(POSTING, have=have, evidence=documents, at=DAY)


def states(result: GapResult) -> dict[str, GapState]:
    return {one.requirement.label: one.state for one in result.gaps}


def test_the_states_follow_from_what_is_held(mini_matcher: Matcher) -> None:
    """The skill itself and a narrower one count as held, a broader one is only related."""
    result = gap(mini_matcher, have=("Python 3", "write software"))

    assert states(result) == {
        "Python (computer programming)": GapState.CLAIMED,
        "develop software": GapState.CLAIMED,
        "test software": GapState.RELATED,
        "pick orders": GapState.MISSING,
        "Microsoft Excel": GapState.MISSING,
    }
    narrower = gap(mini_matcher, have=("software testing",))
    assert states(narrower)["develop software"] is GapState.CLAIMED


def test_gaps_come_in_the_order_to_care(mini_matcher: Matcher) -> None:
    """A missing must stands before a missing nice-to-have, what is held comes last."""
    result = gap(mini_matcher, have=("Python",))

    priorities = [one.priority for one in result.gaps]
    assert priorities == sorted(priorities, reverse=True)
    assert [one.requirement.label for one in result.gaps][-2:] == [
        "Microsoft Excel",
        "Python (computer programming)",
    ]


@pytest.mark.parametrize(
    ("asked", "held"),
    [("Python 3", "Python"), ("Python", "Python 3"), ("Python", "programming in Python")],
)
def test_a_skill_counts_under_its_name_in_another_framework(
    asked: str, held: str, mini_matcher: Matcher
) -> None:
    """Nobody should be told to learn Python because the other framework knows it, too."""
    posting = Posting(text=f"Requirements:\n- {asked}\n")

    by_claim = mini_matcher.gap(posting, have=[held], at=DAY)
    by_document = mini_matcher.gap(posting, evidence=[Posting(text=f"Skills\n- {held}\n")], at=DAY)

    assert [one.state for one in by_claim.gaps] == [GapState.CLAIMED]
    assert [one.state for one in by_document.gaps] == [GapState.CLAIMED]


def test_homonyms_within_a_framework_do_not_cover_each_other(mini_matcher: Matcher) -> None:
    """Who plans shifts does not know how computers start jobs, though both are "scheduling"."""
    checklist = mini_matcher.requirements(Posting(text="Requirements:\n- cron jobs\n"))

    result = mini_matcher.gap(checklist, have=[uri("plan-shifts")], at=DAY)

    assert [one.requirement.uri for one in result.gaps] == [uri("job-scheduling")]
    assert result.gaps[0].state is not GapState.CLAIMED


def test_names_that_no_concept_has_are_listed(mini_matcher: Matcher) -> None:
    """What was typed and not understood must not vanish."""
    result = gap(mini_matcher, have=("Python", "zzqx blorp"))

    assert result.unread == ("zzqx blorp",)


def test_a_document_is_linked_like_a_posting(mini_matcher: Matcher) -> None:
    """Evidence keeps its place; what a CV denies is not evidence."""
    cv = "I write software in Python 3 every day.\n\nNo Excel needed so far, and no order picking."

    result = gap(mini_matcher, cv=cv)

    (python,) = [one for one in result.gaps if one.requirement.uri == uri("python")]
    (piece,) = python.evidence
    assert (piece.kind, piece.source, piece.text) == (EvidenceKind.DOCUMENT, "cv.txt", "Python 3")
    assert piece.span is not None
    assert cv[piece.span.start : piece.span.end] == piece.text
    assert states(result)["Microsoft Excel"] is GapState.MISSING


def test_what_covers_nothing_is_shown_as_unused(mini_matcher: Matcher) -> None:
    """A skill that the posting does not ask for is still the person's."""
    result = gap(mini_matcher, have=("infection prevention",))

    assert [one.uri for one in result.unused] == [uri("infection-control")]


def test_the_day_is_recorded(mini_matcher: Matcher) -> None:
    """A result without its day cannot be repeated."""
    assert gap(mini_matcher).at == "2026-03-01"


def test_the_same_input_gives_the_same_bytes(mini_matcher: Matcher) -> None:
    """Results are compared and stored; a reordering would look like a change."""
    first = json_report(gap(mini_matcher, have=("Python", "Git"), cv="I know SQL."))
    second = json_report(gap(mini_matcher, have=("Git", "Python"), cv="I know SQL."))

    assert first == second


@given(held=st.lists(st.sampled_from(NAMES), max_size=4), more=st.sampled_from(NAMES))
def test_more_evidence_never_widens_a_gap(
    mini_matcher: Matcher, held: list[str], more: str
) -> None:
    """On the whole engine, too: naming one skill more makes no state worse."""
    asked = mini_matcher.requirements(POSTING)
    before = mini_matcher.gap(asked, have=held, at=DAY)
    after = mini_matcher.gap(asked, have=[*held, more], at=DAY)

    worse = {one.requirement.uri: one for one in before.gaps}
    for one in after.gaps:
        assert state_rank(one.state) <= state_rank(worse[one.requirement.uri].state)
        assert one.priority <= worse[one.requirement.uri].priority


@pytest.mark.parametrize("asked", [JOB + "cook", "5120.1"])
def test_an_occupation_is_named_by_uri_or_code(asked: str, mini_matcher: Matcher) -> None:
    """Its essential skills are musts, its optional ones are nice to have."""
    result = mini_matcher.gap(mini_matcher.occupation(asked), have=["cooking"], at=DAY)

    assert result.checklist.title == "cook (5120.1)"
    assert states(result)["cook dishes"] is GapState.CLAIMED
    assert {
        one.requirement.label for one in result.gaps if one.requirement.necessity.value == "must"
    } == {"cook dishes", "kitchen hygiene", "prepare stock"}


def test_an_occupation_of_the_second_framework_asks_by_importance(mini_matcher: Matcher) -> None:
    """O*NET rates elements and marks technologies; what was left out is said."""
    checklist = mini_matcher.occupation("99-0001.00")

    assert checklist.source == ANALYST
    assert [(one.label, one.necessity.value) for one in checklist.requirements] == [
        ("Active Listening", "must"),
        ("R", "should"),
        ("SAS", "nice"),
    ]
    assert checklist.notes == ("left out 1: less than important for the occupation",)


@pytest.mark.parametrize("title", ["developer", "web developer", "Web Developers"])
def test_a_title_is_never_taken_silently(title: str, mini_matcher: Matcher) -> None:
    """Titles are ambiguous: the best few are shown with what to type."""
    with pytest.raises(UsageError) as caught:
        mini_matcher.occupation(title)

    assert f"--occupation {JOB}web-developer" in str(caught.value)


def test_evidence_for_an_occupation_is_read_in_its_own_framework(mini_matcher: Matcher) -> None:
    """O*NET's general skills are not offered to postings, but its occupations ask for them."""
    analyst = mini_matcher.occupation("99-0001.00")

    cv = Posting(text="I am known for active listening.", source="cv.txt")

    result = mini_matcher.gap(analyst, evidence=[cv], at=DAY)

    assert states(result)["Active Listening"] is GapState.CLAIMED
    assert mini_matcher.led_by(["esco-0.1"]) is mini_matcher
    assert mini_matcher.led_by(["no-such"]) is mini_matcher


def test_what_leads_is_opened_once(mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service is asked for O*NET's occupations again and again, and opening costs more."""
    opened: list[str] = []

    def counting(engine: Engine) -> Linker:
        opened.append(engine.frameworks.ids[0])
        return open_linker(engine)

    monkeypatch.setattr(matcher, "open_linker", counting)
    fresh = Matcher(mini_matcher.frameworks, mini_matcher.linker)
    analyst = fresh.occupation("99-0001.00")

    results = [fresh.gap(analyst, have=["Active Listening"], at=DAY) for _ in range(3)]

    assert opened == ["onet-0.1"]
    assert results[0] == results[1] == results[2]
    assert states(results[0])["Active Listening"] is GapState.CLAIMED


def test_a_confidence_that_was_asked_for_holds_whatever_leads(mini_matcher: Matcher) -> None:
    """And for that question only: the next one may ask for another."""
    strict = replace(mini_matcher, linker=replace(mini_matcher.linker, threshold=0.97))

    led = [one.led_by(["onet-0.1"]) for one in (strict, mini_matcher, strict)]

    assert [one.linker.threshold for one in led] == [0.97, None, 0.97]
    assert [one.policy.min_confidence for one in led] == [
        0.97, mini_matcher.policy.min_confidence, 0.97,
    ]  # fmt: skip


def test_an_occupation_without_relations_says_what_brings_them(mini_matcher: Matcher) -> None:
    """An empty checklist would read as if the job asked for nothing."""
    with pytest.raises(NotFoundError, match=r"frameworks install esco@1\.1\.1 --from"):
        mini_matcher.occupation("7512.1")


def test_an_unknown_occupation_says_how_to_search(mini_matcher: Matcher) -> None:
    """The way out is part of the message."""
    with pytest.raises(NotFoundError, match="skillmatch search TEXT --kind occupation"):
        mini_matcher.occupation("zzqx")


def test_an_unknown_title_says_which_occupations_only_the_official_files_have(
    mini_matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other words are no use to a nurse where only occupations of computing are installed."""
    db = mini_matcher.frameworks.opened[0].db
    lacks = ("2,916 further occupations are only in the official files.", "No hidden labels.")
    monkeypatch.setattr(db, "info", replace(db.info, missing=lacks))

    with pytest.raises(NotFoundError) as caught:
        mini_matcher.occupation("zzqx")

    assert str(caught.value).endswith(
        f". What {db.info.id} lacks: {lacks[0]} "
        "`skillmatch frameworks install esco@1.1.1 --from FOLDER` adds it"
    )


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("98-7654.00", r"looks like an occupation of O\*NET, .* install onet@29\.3"),
        (
            "https://www.onetonline.org/link/summary/98-7654.00",
            r"looks like an occupation of O\*NET",
        ),
        (
            "http://data.europa.eu/esco/occupation/zz",
            r"looks like an occupation of ESCO, .* install esco@1\.1\.1",
        ),
    ],
)
def test_a_code_that_nothing_at_hand_has_says_where_such_codes_come_from(
    asked: str, way: str, mini_matcher: Matcher
) -> None:
    """Searching for other words is no use to somebody who has the official code."""
    with pytest.raises(NotFoundError, match=way):
        mini_matcher.occupation(asked)


def test_a_text_in_a_language_without_a_framework_is_refused(mini_matcher: Matcher) -> None:
    """Little would be linked, and the little would pass for the whole."""
    german = Posting(text="Wir suchen eine Fachkraft für unser Lager. " * 4, language="de")

    with pytest.raises(NotFoundError, match="language 'de'"):
        mini_matcher.requirements(german)
    with pytest.raises(NotFoundError, match="language 'de'"):
        mini_matcher.evidence([german])


@pytest.mark.parametrize("guess", ["fr", "la", "hi-Latn"])
def test_a_short_text_is_never_refused_for_its_language(guess: str, mini_matcher: Matcher) -> None:
    """Names and places mislead the detector; a CV of a few lines is read all the same."""
    cv = Posting(text="Jeanne Dupont\nParis\n\nSkills\n- Python 3\n", language=guess)

    found, _ = mini_matcher.evidence([cv])

    assert [one.uri for one in found] == [uri("python")]


def test_documents_are_read_from_files(mini_matcher: Matcher, tmp_path: Path) -> None:
    """Paths do as well as values, and an empty one is an outcome of its own."""
    posting, cv, empty = (tmp_path / name for name in ("posting.txt", "cv.md", "empty.txt"))
    posting.write_text("Requirements:\n- Python 3\n", encoding="utf-8")
    cv.write_text("# Skills\n\n- Python 3\n", encoding="utf-8")
    empty.write_text(" \n", encoding="utf-8")

    result = mini_matcher.gap(posting, evidence=[str(cv)], at=DAY)

    assert [one.state for one in result.gaps] == [GapState.CLAIMED]
    with pytest.raises(UnreadableError, match="empty"):
        mini_matcher.gap(posting, evidence=[empty], at=DAY)


def test_a_name_of_the_checklist_resolves_to_its_concept(mini_matcher: Matcher) -> None:
    """Edited checklists name skills by label or URI, in any framework at hand."""
    assert mini_matcher.resolve("Docker") == technology("Docker")
    assert mini_matcher.resolve(uri("teamwork")) == uri("teamwork")
    assert mini_matcher.resolve("zzqx") is None


def test_an_index_of_another_encoder_is_refused(mini_esco: Framework, tmp_path: Path) -> None:
    """Vectors of two encoders do not compare; the message names the command that mends it."""
    chosen = Settings(
        data_dir=tmp_path / "data", manifests=tmp_path / "none", recipes=tmp_path / "recipes"
    )
    install_mini(chosen, esco_release(mini_esco))
    index = chosen.data_dir / "indexes" / "esco-0.1" / "default" / "index.toml"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("hashing:1-4-grams-64", "other:model"), encoding="utf-8")

    with pytest.raises(IndexMismatchError, match=r"skillmatch index build esco-0\.1") as caught:
        open_engine(settings=chosen)

    assert caught.value.field == "encoder"


def test_an_index_is_opened_by_the_recipe_that_it_was_built_with(
    mini_settings: Settings, tmp_path: Path
) -> None:
    """Another recipe under the same name selects other labels."""
    other = tmp_path / "default.toml"
    text = recipe_of(mini_settings).read_text(encoding="utf-8")
    other.write_text(text.replace('"pref", "alt"', '"pref"'), encoding="utf-8")

    with pytest.raises(IndexMismatchError, match="another recipe"):
        open_engine(settings=mini_settings, recipe=str(other))
