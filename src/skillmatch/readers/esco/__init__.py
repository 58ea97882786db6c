"""ESCO from what is published of it: the official CSV files, and data wheels."""

from skillmatch.readers.esco.classification import read_esco_csv
from skillmatch.readers.esco.open_release import read_esco_open

__all__ = ["read_esco_csv", "read_esco_open"]
