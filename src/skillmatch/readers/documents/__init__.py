"""Documents of people become text: postings in any format, and lists of skills."""

from skillmatch.readers.documents.job_posting_jsonld import mentions_job_posting
from skillmatch.readers.documents.language import detect_language
from skillmatch.readers.documents.posting import (
    document_in,
    posting_in,
    read_document,
    read_posting,
    read_text,
)
from skillmatch.readers.documents.skills_file import SkillLine, parse_skill, read_skills

__all__ = [
    "SkillLine",
    "detect_language",
    "document_in",
    "mentions_job_posting",
    "parse_skill",
    "posting_in",
    "read_document",
    "read_posting",
    "read_skills",
    "read_text",
]
