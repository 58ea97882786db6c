"""What catalogues hold and what is to be mended in them, as text and JSON."""

from skillmatch.report.catalogue.as_json import (
    catalogue_schema,
    check_json,
    check_schema,
    entries_json,
    import_json,
    offer_json,
    offers_json,
)
from skillmatch.report.catalogue.check_text import check_text
from skillmatch.report.catalogue.list_text import entries_text, import_text, offers_text
from skillmatch.report.catalogue.offer_text import OfferPage, leads_to, offer_text

__all__ = [
    "OfferPage",
    "catalogue_schema",
    "check_json",
    "check_schema",
    "check_text",
    "entries_json",
    "entries_text",
    "import_json",
    "import_text",
    "leads_to",
    "offer_json",
    "offer_text",
    "offers_json",
    "offers_text",
]
