"""Pages of one file each: templates that escape whatever stands in a text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.report.plain import visible

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

TEMPLATES = Path(__file__).resolve().parent / "templates"
_OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")


def page_of(name: str, sheets: tuple[str, ...] = (), **known: object) -> Template:
    """Return the template of a page, with its style sheet inside.

    Every plain string is escaped. What is markup on purpose, such as a picture made of numbers and
    enums, has to be passed as ``markupsafe.Markup``.

    Args:
        name: ``<name>.html.j2`` and ``<name>.css`` in ``templates``.
        sheets: Style sheets that come before the page's own; ``("page",)`` is the look that pages
            share: colours by day and night, states, figures, tables, print.
        known: What the template may use by name, beside ``style``.
    """
    from markupsafe import Markup

    environment = _environment()
    # Style sheets are files of this package, not a person's text.
    style = Markup(style_of(*sheets, name))  # noqa: S704
    return environment.get_template(f"{name}.html.j2", globals={**known, "style": style})


def style_of(*sheets: str) -> str:
    """Return style sheets of ``templates`` one after the other."""
    return "\n".join((TEMPLATES / f"{one}.css").read_text(encoding="utf-8") for one in sheets)


def options(text: str) -> Markup:
    """Return an escaped text whose command line options no narrow page breaks at a hyphen."""
    from markupsafe import Markup, escape

    # Escaped first; what is put around an option is letters of this package.
    shown = _OPTION.sub(r'<span class="option">\g<0></span>', str(escape(visible(text))))
    return Markup(shown)  # noqa: S704


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A plain string still has to be escaped, which happens after this.
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["options"] = options
    return environment
