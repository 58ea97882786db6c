"""A typed client of the service, which needs httpx and nothing of the service.

Example:
    >>> from skillmatch_api.client import Client, document
    >>> with Client("https://skills.example", key) as service:  # doctest: +SKIP
    ...     result = service.gap(posting="You know Python and SQL.", have=["Python"])
    ...     for job in service.jobs.each(state="running"):
    ...         print(job.done, job.total)
"""

from skillmatch_api.client.client import Client
from skillmatch_api.client.documents import document
from skillmatch_api.client.failures import ClientError, Fault, ProblemError, UnreachableError
from skillmatch_api.client.patience import Patience

__all__ = [
    "Client",
    "ClientError",
    "Fault",
    "Patience",
    "ProblemError",
    "UnreachableError",
    "document",
]
