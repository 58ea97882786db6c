"""Posting-like sentences of our own making, from labels, descriptions and what goes together.

Openings, registers, list shapes and distractors are drawn independently, so that the words which
repeat are those that mean nothing. What a description says stands in for the label about half of
the time: its words are then absent, and the encoder has to learn the meaning.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from evaluation.train.concepts import TrainConcept
from evaluation.train.pairs import Example

KNOWING = (
    "Experience with {x}", "Solid knowledge of {x}", "Good understanding of {x}", "{x}",
    "Hands-on experience in {x} is a must", "You have worked with {x}", "Proficient in {x}",
    "Familiarity with {x} is a plus", "Strong background in {x}", "Degree or training in {x}",
    "3+ years of {x}", "Basic knowledge of {x} preferred", "Required: {x}", "Expertise in {x}",
    "You know your way around {x}", "- {x}", "Previous exposure to {x} would be an advantage",
    "Demonstrable experience of {x}", "{x} (nice to have)", "Working knowledge of {x}",
    "We expect you to be comfortable with {x}", "Certification in {x} desirable", "* {x}",
    "You bring first experience in the field of {x}", "Deep interest in {x}", "Skills: {x}",
)  # fmt: skip
DOING = (
    "You will {x}", "{x}", "Responsible for {ing}", "Your tasks: {x}", "Ability to {x}",
    "In this role you {x}", "Proven ability to {x}", "Experience in {ing}", "- {x}",
    "The successful candidate will {x}", "You are able to {x}", "Helping us {x}",
    "Your day-to-day includes {ing}", "We need someone who can {x}", "* {x}",
    "As part of the team, you {x}", "Must be able to {x}", "Track record of {ing}",
    "Main duties: {x}", "Assist in {ing}", "Knows how to {x}", "You enjoy {ing}",
    "Strong skills in {ing}", "You'll {x}", "Tasked with {ing}", "Comfortable {ing}",
)  # fmt: skip
TAILS = (
    "", "", "", "", "", ".", ".", ";", " in a fast-paced environment", " for our clients",
    " across the company", ", ideally in an international setting", " at <ORGANIZATION>",
    " (m/f/d)", " together with colleagues from other departments", " - training is provided",
    ", reporting to the head of department", " in our <LOCATION> office", " on a daily basis",
    " within a growing team", ", with support from senior colleagues", " to a high standard",
    " as well as other duties as assigned", " (2+ years)", " in a regulated industry",
)  # fmt: skip
HEADS = (
    "", "", "", "", "", "", "Requirements: ", "What you bring: ", "About you - ", "Must have: ",
    "Key responsibilities: ", "Your profile: ", "Nice to have: ", "The role: ", "Essential: ",
)  # fmt: skip
JOINS = (" and ", ", ", " & ", " / ", "; ", " as well as ", ", plus ")
SPELLED_IN_CAPITALS = 0.06
LOWER = 0.2
MOST_WORDS = 34
"""Of the surfaces of a sentence together."""
VOWELS = "aeiou"
IRREGULAR = {"be": "being", "see": "seeing", "lie": "lying", "die": "dying", "tie": "tying"}


def generate(
    concepts: Sequence[TrainConcept], count: int, draw: random.Random
) -> Iterator[Example]:
    """Yield ``count`` sentences with the positions of the concepts that they ask for."""
    order = list(range(len(concepts)))
    for number in range(count):
        if number % len(order) == 0:
            draw.shuffle(order)
        yield _sentence(concepts, order[number % len(order)], draw)


def _sentence(concepts: Sequence[TrainConcept], place: int, draw: random.Random) -> Example:
    asked = [place]
    others = concepts[place].companions
    if others and draw.random() < 0.45:
        asked += draw.sample(others, min(len(others), draw.choice((1, 1, 1, 2, 2, 3))))
    most = MOST_WORDS // len(asked)
    parts = [" ".join(_surface(concepts[one], draw).split()[:most]) for one in asked]
    joined = parts[0]
    for part in parts[1:]:
        joined += draw.choice(JOINS) + part
    frames = KNOWING if concepts[place].is_knowledge else DOING
    frame = draw.choice(frames)
    filled = frame.replace("{x}", joined).replace("{ing}", gerund(joined))
    text = draw.choice(HEADS) + filled + draw.choice(TAILS)
    return Example(text=_dressed(text, draw), places=tuple(asked))


def _surface(concept: TrainConcept, draw: random.Random) -> str:
    """Return words for a concept: label, alternative label, or what the description says."""
    kind = draw.random()
    if kind < 0.45 and concept.description:
        return clause(concept.description, draw)
    if kind < 0.8 and concept.alternatives:
        return draw.choice(concept.alternatives)
    return concept.surface


def clause(description: str, draw: random.Random) -> str:
    """Return one clause of a description, as a duty or a thing to know."""
    sentence = draw.choice(re.split(r"(?<=[.;])\s+", description)[:3])
    sentence = re.sub(r"^(The|A|An|Be able to|Ability to) ", "", sentence)
    words = sentence.rstrip(".;").split()
    if len(words) > 8 and draw.random() < 0.5:
        words = words[: draw.randint(6, min(len(words), 20))]
    return " ".join([words[0][:1].lower() + words[0][1:], *words[1:]]) if words else description


def gerund(phrase: str) -> str:
    """Turn a phrase that starts with a bare verb into its -ing form: ``lead a team``."""
    first, _, rest = phrase.partition(" ")
    lower = first.lower()
    if lower.endswith("ing") or not lower.isalpha() or len(lower) < 2:
        return phrase
    if lower in IRREGULAR:
        made = IRREGULAR[lower]
    elif lower.endswith("e") and not lower.endswith("ee"):
        made = lower[:-1] + "ing"
    elif len(lower) == 3 and lower[-1] not in VOWELS + "wxy" and lower[-2] in VOWELS:
        made = lower + lower[-1] + "ing"
    else:
        made = lower + "ing"
    return f"{made} {rest}".strip()


def _dressed(text: str, draw: random.Random) -> str:
    style = draw.random()
    if style < SPELLED_IN_CAPITALS:
        return text.upper()
    if style < SPELLED_IN_CAPITALS + LOWER:
        return text
    return text[:1].upper() + text[1:]
