"""Login in a real browser."""

from __future__ import annotations

import pytest

from tests.pages.browsing import Site, Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_login_is_accessible_by_day_and_night_on_phone_and_desktop(
    visit: Visit, locked_site: Site, width: int, dark: bool
) -> None:
    """It is the first page that anybody sees."""
    page = visit("/", width=width, dark=dark, site=locked_site)

    visit.check(page, f"login-{width}-{'night' if dark else 'day'}")
