"""Tables of an installed framework: one SQLite file per release.

URIs are long and repeat, so every URI that occurs gets a number in ``node``. The numbers
follow the order of the URIs: to order by number is to order by URI.
"""

from __future__ import annotations

SCHEMA_VERSION = 1
# "skmt": tells an installed framework from any other SQLite file.
APPLICATION_ID = 0x736B6D74

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, uri TEXT NOT NULL);
CREATE TABLE concept (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    notation TEXT NOT NULL,
    skill_type TEXT,
    reuse_level TEXT,
    status TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    job_zone INTEGER
);
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    concept INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT
);
CREATE TABLE relation (
    subject INTEGER NOT NULL,
    predicate TEXT NOT NULL,
    object INTEGER NOT NULL,
    PRIMARY KEY (subject, predicate, object)
) WITHOUT ROWID;
CREATE TABLE rating (
    occupation INTEGER NOT NULL,
    element INTEGER NOT NULL,
    importance REAL,
    level REAL,
    suppress_importance INTEGER NOT NULL,
    suppress_level INTEGER NOT NULL,
    not_relevant INTEGER NOT NULL,
    PRIMARY KEY (occupation, element)
) WITHOUT ROWID;
CREATE TABLE technology_use (
    occupation INTEGER NOT NULL,
    technology INTEGER NOT NULL,
    hot INTEGER NOT NULL,
    in_demand INTEGER NOT NULL,
    PRIMARY KEY (occupation, technology)
) WITHOUT ROWID;
CREATE TABLE collection (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL, uri TEXT NOT NULL
);
CREATE TABLE member (
    collection INTEGER NOT NULL, concept INTEGER NOT NULL, PRIMARY KEY (collection, concept)
) WITHOUT ROWID;
"""

# Built after the rows: filling a table without its indexes is several times quicker.
INDEXES = """
CREATE UNIQUE INDEX node_by_uri ON node (uri);
CREATE INDEX concept_by_kind ON concept (kind);
CREATE INDEX text_by_concept ON text (concept, kind);
CREATE INDEX text_by_folded ON text (folded) WHERE folded IS NOT NULL;
CREATE INDEX relation_by_object ON relation (object, predicate);
CREATE INDEX rating_by_element ON rating (element);
CREATE INDEX technology_use_by_technology ON technology_use (technology);
CREATE INDEX member_by_concept ON member (concept);
CREATE VIRTUAL TABLE label_words USING fts5 (
    text, content = 'text', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2 tokenchars '+#'"
);
INSERT INTO label_words (rowid, text) SELECT id, text FROM text WHERE folded IS NOT NULL;
INSERT INTO label_words (label_words) VALUES ('optimize');
"""


def fold(label: str) -> str:
    """Return the form in which labels are compared whole: caseless, single spaces."""
    return " ".join(label.casefold().split())
