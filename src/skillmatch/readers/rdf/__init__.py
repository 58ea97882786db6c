"""Vocabularies in SKOS, read from and written to four RDF syntaxes."""

from skillmatch.readers.rdf.formats import RdfFormat, find_rdf_format, rdf_format, rdf_formats
from skillmatch.readers.rdf.skos_reader import read_skos
from skillmatch.readers.rdf.skos_writer import write_skos

__all__ = ["RdfFormat", "find_rdf_format", "rdf_format", "rdf_formats", "read_skos", "write_skos"]
