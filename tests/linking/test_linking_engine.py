"""From text to links and requirements over invented frameworks, with the real parts."""

from __future__ import annotations

import pytest

from skillmatch.model.link import Link
from skillmatch.model.posting import Posting, SectionKind
from skillmatch.model.requirement import Checklist, Necessity
from skillmatch.service.matcher import Matcher
from tests.mini_engine import LISTENING, SKILL, TECHNOLOGIES, technology, uri

POSTING = """Junior developer

About us
We are a leading maker of ovens. Our people love SQL and cook dishes at lunch.

Requirements:
- At least 3 years of Python 3
- Git, SQL and AWS
- No Java required
- Experience in grumbling at clouds in Esperanto

Nice to have
• order picking • Microsoft Excel

Benefits
- teamwork training, free meals and a pension
"""


def read(matcher: Matcher, text: str) -> Checklist:
    return matcher.requirements(Posting(text=text, source="posting.txt"))


def labels(checklist: Checklist) -> list[str]:
    return [one.label for one in checklist.requirements]


def accepted(matcher: Matcher, text: str) -> set[str]:
    """Return the labels of all accepted links of one text."""
    (links,) = matcher.link([text], top=50)
    return {link.pref_label for link in links if link.accepted}


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("query databases", "query databases"),
        ("Query Database", "query databases"),
        ("order-picking", "pick orders"),
        ("programming in python", "Python (computer programming)"),
        ("C++", "C++"),
        ("c#", "C#"),
        (".NET", "Microsoft .NET Framework"),
        ("Node.js", "Node.js"),
        ("AWS", "Amazon Web Services AWS software"),
        ("Amazon Web Services", "Amazon Web Services AWS software"),
    ],
)
def test_a_name_is_found_in_the_spellings_that_people_use(
    words: str, label: str, mini_matcher: Matcher
) -> None:
    """Case, plural, hyphen, vendor and punctuation do not make another skill."""
    assert label in accepted(mini_matcher, f"You know {words} well.")


def test_c_is_not_c_plus_plus(mini_matcher: Matcher) -> None:
    """Punctuation belongs to a product's name."""
    assert accepted(mini_matcher, "- C++ and C#") == {"C++", "C#"}


@pytest.mark.parametrize(
    ("asks", "mentions_only", "label"),
    [
        ("Strong R skills", "Plan B: R moves to room 3 with Ms R Miller", "R"),
        ("Python, Go and SQL", "You go the extra mile and Go home happy", "Go"),
        ("Knowledge of C", "Vitamin C helps in winter", "C"),
        ("Experience with design", "A hotel of modern design by the sea", "design user interface"),
        ("Good communication skills", "We value open communication at all times", ""),
        ("Training is required", "We train and the training lasts two weeks", "train employees"),
        ("SAS, R", "You fly with the SAS fleet to Oslo", "SAS"),
        ("Advanced Excel skills", "You excel at what you do", "Microsoft Excel"),
    ],
)
def test_an_everyday_word_names_a_skill_only_where_it_stands_as_one(
    asks: str, mentions_only: str, label: str, mini_matcher: Matcher
) -> None:
    """A report that asks a waiter for Go and R is not believed again."""
    expected = {label} if label else {"communicate with customers", "communicate with patients"}

    assert expected <= accepted(mini_matcher, asks)
    assert accepted(mini_matcher, mentions_only) == set()


@pytest.mark.parametrize("text", ["R&D experience", "Experience in R & D", "our C&R team"])
def test_half_of_an_abbreviated_pair_is_no_name(text: str, mini_matcher: Matcher) -> None:
    """R&D is neither R nor D."""
    assert accepted(mini_matcher, text).isdisjoint({"R", "C"})


def test_nothing_near_is_an_answer(mini_matcher: Matcher) -> None:
    """NIL: candidates are shown below the threshold, and none becomes a requirement."""
    text = "Experience with grumbling at clouds in Esperanto"

    (links,) = mini_matcher.link([text])
    checklist = read(mini_matcher, f"Requirements:\n- {text}\n")

    assert links
    assert not any(link.accepted for link in links)
    assert checklist.requirements == ()
    assert [part.text for part in checklist.unlinked] == [text]


def test_links_are_distinct_concepts_by_confidence_then_uri(mini_matcher: Matcher) -> None:
    """Rankings must be the same on every machine, and K means K concepts."""
    for top in (1, 3, 20):
        (links,) = mini_matcher.link(["communication, design and hygiene"], top=top)

        assert len({link.uri for link in links}) == len(links) == top
        assert list(links) == sorted(links, key=lambda link: (-link.confidence, link.uri))


def test_homonyms_of_equal_standing_are_all_candidates(mini_matcher: Matcher) -> None:
    """A label is not an identity: both skills called "scheduling" are proposed."""
    (links,) = mini_matcher.link(["scheduling"], top=50)

    named = [link.uri for link in links if link.pref_label == "scheduling"]
    assert named == [uri("job-scheduling"), uri("plan-shifts")]


def test_a_link_does_not_depend_on_its_neighbours(mini_matcher: Matcher) -> None:
    """Linking in batches, in any order, gives every text the same links."""
    texts = ["Python 3 and Git", "order picking", "", "Good communication skills"]
    alone = {text: strip(mini_matcher.link([text])[0]) for text in texts}

    for order in (texts[::-1], texts[2:] + texts[:2]):
        together = mini_matcher.link(order)

        assert {text: strip(links) for text, links in zip(order, together, strict=True)} == alone


def strip(links: tuple[Link, ...]) -> list[tuple[object, ...]]:
    """Leave out the place of the text within its batch."""
    return [
        (link.uri, link.confidence, link.accepted, link.mention.span, link.why) for link in links
    ]


def test_every_span_is_exactly_what_stands_there(mini_matcher: Matcher) -> None:
    """The report marks these characters in the posting."""
    checklist = read(mini_matcher, POSTING)

    mentions = [mention for one in checklist.requirements for mention in one.mentions]
    parts = [*checklist.dropped, *checklist.unlinked]
    assert len(mentions) >= 5
    assert all(POSTING[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(POSTING[part.span.start : part.span.end] == part.text for part in parts)


def test_a_posting_becomes_a_checklist(mini_matcher: Matcher) -> None:
    """Company text and benefits ask for nothing; what is denied is dropped, with the words."""
    checklist = read(mini_matcher, POSTING)

    assert [(one.label, one.necessity) for one in checklist.requirements] == [
        ("Python (computer programming)", Necessity.MUST),
        ("use version control", Necessity.MUST),
        ("query databases", Necessity.MUST),
        ("Amazon Web Services AWS software", Necessity.MUST),
        ("pick orders", Necessity.NICE),
        ("Microsoft Excel", Necessity.NICE),
    ]
    assert checklist.requirements[0].years == 3
    assert checklist.requirements[0].necessity_why == '"At least"'
    assert {(part.section, part.text) for part in checklist.dropped} >= {
        (SectionKind.REQUIREMENTS, "Java"),
        (SectionKind.BENEFITS, "teamwork training, free meals and a pension"),
    }
    assert sum(part.section is SectionKind.COMPANY for part in checklist.dropped) == 2
    assert len(checklist.unlinked) == 1


@pytest.mark.parametrize(
    "text", ["Python and SQL", "We need Python, SQL", "Python\nSQL", "You know Python. Also SQL"]
)
def test_a_line_of_skills_is_read_as_what_is_asked_for(text: str, mini_matcher: Matcher) -> None:
    """Most people try a line first; it is no title, and nothing says that it is anything else."""
    posting = Posting(text=text, source="-", title=text.split("\n", maxsplit=1)[0])

    found = mini_matcher.requirements(posting)

    assert "Python (computer programming)" in labels(found)
    assert all(one.necessity is Necessity.MUST for one in found.requirements)


def test_a_text_that_says_what_it_is_for_is_read_by_that(mini_matcher: Matcher) -> None:
    """Skills in what a company says of itself are not asked for, however little else there is."""
    assert labels(read(mini_matcher, "We are a leading maker of SQL tools.\nPython\n")) == []


def test_each_requirement_names_its_framework(mini_matcher: Matcher) -> None:
    """The first framework speaks of skills; the second only adds technologies."""
    checklist = read(mini_matcher, "Requirements:\n- Git\n- Docker\n- Active Listening\n")

    assert [(one.uri, one.framework) for one in checklist.requirements] == [
        (uri("version-control"), "esco-0.1"),
        (technology("Docker"), "onet-0.1"),
    ]
    assert LISTENING not in {link.uri for link in mini_matcher.link(["Active Listening"])[0]}


def test_one_skill_under_two_names_is_one_requirement(mini_matcher: Matcher) -> None:
    """Both frameworks know Python; asking for it twice would count it twice."""
    checklist = read(mini_matcher, "Requirements:\n- Python 3\n- Python\n- programming in Python\n")

    (python,) = checklist.requirements
    assert {python.uri, *python.folded} <= {uri("python"), technology("Python")}
    assert [mention.text for mention in python.mentions] == [
        "Python 3",
        "Python",
        "programming in Python",
    ]


@pytest.mark.parametrize("kept", ["must", "nice"])
def test_the_firmest_wording_of_a_skill_holds(kept: str, mini_matcher: Matcher) -> None:
    """What is a plus in one place and a must in another is a must, in either order."""
    lines = ["- Git is a plus", "- Git is a must"]
    text = "Requirements:\n" + "\n".join(lines if kept == "must" else lines[::-1])

    (git,) = read(mini_matcher, text).requirements

    assert (git.necessity, len(git.mentions)) == (Necessity.MUST, 2)


def test_the_order_of_lines_does_not_change_what_is_asked(mini_matcher: Matcher) -> None:
    """The same demands in another order are the same demands."""
    lines = ["- Python 3", "- Git is a plus", "- SQL and Excel", "- no Java needed"]
    found = [
        {
            (one.uri, one.necessity, one.confidence)
            for one in read(mini_matcher, "Requirements:\n" + "\n".join(order)).requirements
        }
        for order in (lines, lines[::-1], lines[2:] + lines[:2])
    ]

    assert len(found[0]) == 4
    assert all(one == found[0] for one in found)


def test_deprecated_skills_are_not_proposed(mini_matcher: Matcher) -> None:
    """The skill "send faxes" is gone; its successor has its own names."""
    (links,) = mini_matcher.link(["send faxes"], top=100)

    assert uri("send-faxes") not in {link.uri for link in links}
    assert mini_matcher.frameworks.get_concept(uri("send-faxes")).replaced_by == (
        uri("share-documents"),
    )


def test_all_candidates_are_skills_of_the_frameworks_at_hand(mini_matcher: Matcher) -> None:
    """Occupations and groups lie in the same frameworks and never become requirements."""
    (links,) = mini_matcher.link(["cook"], top=1000)

    technologies = {technology(name) for name in TECHNOLOGIES}
    assert all(link.uri.startswith(SKILL) or link.uri in technologies for link in links)
