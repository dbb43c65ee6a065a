"""The tables of the ledger, and what they refuse to hold."""

from __future__ import annotations

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE import (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    batch TEXT NOT NULL,
    dataset TEXT NOT NULL,
    file TEXT NOT NULL,
    file_sha TEXT NOT NULL,
    file_bytes INTEGER NOT NULL,
    reader TEXT NOT NULL,
    recipe TEXT NOT NULL,
    set_aside INTEGER NOT NULL,
    area_vintage TEXT NOT NULL,
    left_out TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reading', 'finished', 'refused')),
    started_at TEXT NOT NULL,
    finished_at TEXT,
    finished_order INTEGER,
    twins INTEGER,
    CONSTRAINT finished_says_when CHECK (
        (state = 'finished') = (finished_at IS NOT NULL AND finished_order IS NOT NULL)
    )
);
CREATE TABLE chunk (
    import_number INTEGER NOT NULL REFERENCES import (number),
    chunk INTEGER NOT NULL,
    read_to INTEGER NOT NULL,
    read_sha TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_stored INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    rows_without_area INTEGER NOT NULL,
    parquet_bytes INTEGER NOT NULL,
    parquet_sha TEXT NOT NULL,
    PRIMARY KEY (import_number, chunk),
    CONSTRAINT every_row_accounted_for CHECK (rows_read = rows_stored + rows_rejected)
);
CREATE TABLE slice (
    import_number INTEGER NOT NULL REFERENCES import (number),
    source TEXT NOT NULL,
    month TEXT NOT NULL,
    part TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import_number, source, month, part)
);
CREATE TABLE supplied (
    import_number INTEGER NOT NULL REFERENCES import (number),
    source TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    PRIMARY KEY (import_number, source, column_name, value)
);
CREATE TABLE withdrawal (
    import_number INTEGER PRIMARY KEY REFERENCES import (number),
    at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> '')
);
CREATE INDEX import_by_file ON import (file_sha, dataset, recipe);
CREATE INDEX slice_by_month ON slice (source, month, part);
"""
