"""From a template to a response: escaped, in the reader's language, under a strict policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from skillmatch.model.gap import GapState
from skillmatch.report import svg
from skillmatch.report.plain import visible
from skillmatch_api.pages import engine_words
from skillmatch_api.pages.assets import assets

TEMPLATES = Path(__file__).resolve().parent / "templates"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing runs and nothing is loaded that this service does not serve as a file of its own."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    # "no-referrer" would make browsers send "Origin: null" with forms, which is refused.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language",
}


@cache
def environment() -> Environment:
    """Return the templates; plain strings are escaped, and steer no reading order."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A plain string still has to be escaped, which happens after this.
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    made.globals |= {
        "asset": lambda name: assets().url(name),
        "icon": icon,
        "said": engine_words.said,
        "sentence": engine_words.sentence,
        "fault_words": engine_words.fault_words,
        # Made from numbers, enums and escaped text.
        "state_bar": lambda t, counts: engine_words.drawn(t, svg.state_bar(counts)),
        "coverage_bar": lambda t, *held: engine_words.drawn(t, svg.coverage_bar(*held)),
        "state_key": svg.state_key,
    }
    return made


def icon(state: GapState) -> Markup:
    """Return the shape of a state; the state must stand beside it in words."""
    return Markup(svg.icon(state))  # noqa: S704 - made from numbers and enums


def render(template: str, **context: object) -> str:
    """Return a page's HTML."""
    return environment().get_template(template).render(**context)
