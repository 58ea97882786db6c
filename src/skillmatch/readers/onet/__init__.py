"""O*NET from what is published of it: the official database, and a data wheel."""

from skillmatch.readers.onet.database import read_onet
from skillmatch.readers.onet.identity import element_uri, occupation_uri, technology_uri
from skillmatch.readers.onet.open_release import read_onet_open

__all__ = ["element_uri", "occupation_uri", "read_onet", "read_onet_open", "technology_uri"]
