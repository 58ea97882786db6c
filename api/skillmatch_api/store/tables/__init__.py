"""Every table. Migrations in ``migrations/versions`` make them; a test holds the two together.

Rules that hold for all of them:

* A row of a tenant has ``tenant_id`` first in its primary key, and every query names it.
* A row of a person has ``(tenant_id, person_id)`` first in its primary key: the distribution key
  of a sharded PostgreSQL, so that whatever concerns one person lies on one shard.
* Nothing refers to a person's row from a row that outlives an erasure.
"""

from skillmatch_api.store.tables.base import Base
from skillmatch_api.store.tables.material import (
    ReviewDecision,
    StoredAlignment,
    StoredCatalogue,
    StoredPlan,
    StoredPosting,
)
from skillmatch_api.store.tables.organisations import (
    ApiKey,
    AuditEntry,
    BrowserSession,
    Job,
    JobPart,
    Replay,
    Tenant,
)
from skillmatch_api.store.tables.persons import (
    Consent,
    Erasure,
    EvidenceRow,
    Invitation,
    Person,
    StoredDocument,
    View,
)
from skillmatch_api.store.tables.profiles import ConceptNumber, Departure, Profile

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Base",
    "BrowserSession",
    "ConceptNumber",
    "Consent",
    "Departure",
    "Erasure",
    "EvidenceRow",
    "Invitation",
    "Job",
    "JobPart",
    "Person",
    "Profile",
    "Replay",
    "ReviewDecision",
    "StoredAlignment",
    "StoredCatalogue",
    "StoredDocument",
    "StoredPlan",
    "StoredPosting",
    "Tenant",
    "View",
]
