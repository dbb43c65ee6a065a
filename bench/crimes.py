"""Crimes in the shape police.uk gives them, as many as asked for, the same for the same seed."""

from __future__ import annotations

from pathlib import Path

import duckdb

FIRST_MONTH = "2018-01"
TYPES = (  # with the share of each in 100 street-level rows, England and Wales, 2019
    ("Violence and sexual offences", 27),
    ("Anti-social behaviour", 21),
    ("Criminal damage and arson", 9),
    ("Public order", 8),
    ("Other theft", 8),
    ("Vehicle crime", 7),
    ("Burglary", 6),
    ("Shoplifting", 5),
    ("Drugs", 3),
    ("Other crime", 2),
    ("Bicycle theft", 1),
    ("Theft from the person", 1),
    ("Robbery", 1),
    ("Possession of weapons", 1),
)
OUTCOMES = (
    "Investigation complete; no suspect identified",
    "Unable to prosecute suspect",
    "Under investigation",
    "Local resolution",
    "Awaiting court outcome",
)
FORCE = ("merseyside", "Merseyside Police")


def street_file(folder: Path, *, rows: int, seed: int = 1, month: str = FIRST_MONTH) -> Path:
    """Write one street-level file of one force and month, named as police.uk names it.

    Anti-social behaviour has no Crime ID, and every second such row is the exact twin of the
    one before it, as in the real files. One row in forty has no place.

    Args:
        folder: Where the file is written; it is made if it is not there.
        rows: How many rows below the header.
        seed: Another seed, another file.
        month: The month of the file, `YYYY-MM`.
    """
    path = folder / f"{month}-{FORCE[0]}-street.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '1GB'")
    connection.execute(
        f"COPY ({_QUERY}) TO '{path.as_posix()}' (HEADER, DELIMITER ',')",
        {
            "rows": rows,
            "seed": seed,
            "month": month,
            "force": FORCE[1],
            "types": [name for name, share in TYPES for _ in range(share)],
            "outcomes": list(OUTCOMES),
        },
    )
    connection.close()
    return path


_QUERY = """
WITH drawn AS (
    SELECT i,
        hash(i, $seed) AS h,
        list_extract($types, 1 + (hash(i // 2, $seed, 'type') % 100)::INTEGER) AS kind
    FROM range($rows) AS numbers(i)
), placed AS (
    SELECT *,
        kind = 'Anti-social behaviour' AS is_asb,
        hash(CASE WHEN kind = 'Anti-social behaviour' THEN i // 2 ELSE i END, $seed, 'at') AS p
    FROM drawn
)
SELECT
    CASE WHEN is_asb THEN NULL ELSE md5(i || 'a' || $seed) || md5(i || 'b' || $seed) END
        AS "Crime ID",
    $month AS "Month",
    $force AS "Reported by",
    $force AS "Falls within",
    CASE WHEN p % 40 = 0 THEN NULL ELSE printf('%.6f', -3.2 + (p % 9973) / 16000.0) END
        AS "Longitude",
    CASE WHEN p % 40 = 0 THEN NULL ELSE printf('%.6f', 53.3 + (p % 9967) / 25000.0) END
        AS "Latitude",
    CASE WHEN p % 40 = 0 THEN 'No Location'
         ELSE 'On or near Street ' || (p % 4001) END AS "Location",
    CASE WHEN p % 40 = 0 THEN NULL ELSE printf('E01%06d', 6000 + (p % 923)) END AS "LSOA code",
    CASE WHEN p % 40 = 0 THEN NULL ELSE printf('Liverpool %03d', p % 923) END AS "LSOA name",
    kind AS "Crime type",
    CASE WHEN is_asb THEN NULL
         ELSE list_extract($outcomes, 1 + (h % 5)::INTEGER) END AS "Last outcome category",
    NULL AS "Context"
FROM placed
ORDER BY i
"""
