"""Short names of products are words of their full names."""

from __future__ import annotations

import pytest

from skillmatch.text.product_names import short_names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Amazon Web Services AWS software", "AWS"),
        ("Microsoft Excel", "Excel"),
        ("Cascading style sheets CSS", "CSS"),
        ("Microsoft Internet Information Services (IIS)", "IIS"),
        ("Microsoft .NET Framework", ".NET"),
        ("Jenkins CI", "Jenkins"),
        ("Rust programming language", "Rust"),
        ("IBM Terraform", "Terraform"),
    ],
)
def test_a_product_is_known_by_its_short_name(name: str, short: str) -> None:
    """Postings write "AWS" and "Excel"; O*NET writes the name of the vendor too."""
    assert short in short_names(name)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Oracle Database", "Database"),
        ("Tax software", "Tax"),
        ("Web browser software", "Web browser"),
        ("Google Ads", "Ads"),
        ("Apple iOS", "iOS software"),
        ("Henry Schein Dentrix", "Dentrix software"),
    ],
)
def test_everyday_words_are_no_product(name: str, wrong: str) -> None:
    """The word "database" alone names a kind of thing, whoever sells one."""
    assert wrong not in short_names(name)


def test_a_name_that_cannot_be_shortened_stays_alone() -> None:
    """Nothing is invented."""
    assert short_names("Docker") == ()
