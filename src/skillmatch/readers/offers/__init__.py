"""Credentials and courses on offer, from the formats that describe them."""

from skillmatch.readers.offers.condition_text import condition_text, parse_condition
from skillmatch.readers.offers.reading import catalogue_in, read_catalogue
from skillmatch.readers.offers.stored import catalogue_json, write_catalogue

__all__ = [
    "catalogue_in",
    "catalogue_json",
    "condition_text",
    "parse_condition",
    "read_catalogue",
    "write_catalogue",
]
