"""Rows like those of a force, with twins, empty cells, cancelled quarters and decimal answers."""

from __future__ import annotations

import random
from datetime import date, timedelta

SOURCES = ("west-midlands", "merseyside", "city-of-london")
MONTHS = ("2013-03", "2013-04", "2013-06", "2014-02")
TYPES = (
    "anti-social-behaviour",
    "burglary",
    "robbery",
    "shoplifting",
    "vehicle-crime",
    "violence-and-sexual-offences",
    "violent-crime",
    "other-crime",
    None,
)
CODES = ("28A", "28E", "29", "5D", "8N", "8G", "34A", "34B", "45", "46", "48", "126", "53F", None)
GROUPS = {
    "Violence against the person": ("Homicide", "Violence with injury", "Violence without injury"),
    "Theft offences": ("Shoplifting", "Domestic burglary", "Theft from a vehicle"),
    "Criminal damage and arson": ("Arson", "Criminal damage"),
    "Public order offences": ("Public order offences",),
    "Fraud offences": ("Fraud: action fraud",),
}
QUESTIONS = ("victim-satisfaction-crime", "victim-satisfaction-asb", "confidence")
OUTCOMES = ("local-resolution", "suspect-charged", "under-investigation", None)
WEIGHTS = {"28A": 465.3814732, "5D": 2034.74186, "46": 11.85553905, "45": 32.92067737, "48": 0.1}


def rows_of(dataset: str, seed: int, number: int) -> list[dict]:
    """So many rows of a dataset, a fifth of them exact twins of another."""
    chance = random.Random(seed)
    maker = {"crime": _crime, "recorded_crime": _recorded, "survey": _survey}[dataset]
    rows = [maker(chance) for _ in range(number - number // 5)]
    return rows + [chance.choice(rows) for _ in range(number // 5)]


def population() -> list[dict]:
    """Residents of the three forces, one year in two editions."""
    people = {"west-midlands": 2_739_732, "merseyside": 1_381_189, "city-of-london": 7_375}
    rows = [
        {"source": one, "month": "2012-06", "persons": persons, "edition": "2013"}
        for one, persons in people.items()
    ]
    again = {"source": "west-midlands", "month": "2013-06", "edition": "2014"}
    return [
        *rows,
        again | {"persons": 2_763_000},
        again | {"persons": 2_762_000, "edition": "2013"},
    ]


def severity() -> list[dict]:
    """Weights of a few offences, in two editions of which the later counts."""
    rows = [{"offence": c, "weight": w, "edition": "2020"} for c, w in WEIGHTS.items()]
    return [*rows, {"offence": "28A", "weight": 1.0, "edition": "2016"}]


def _crime(chance: random.Random) -> dict:
    month = chance.choice(MONTHS)
    first = date.fromisoformat(f"{month}-01")
    return {
        "source": chance.choice(SOURCES),
        "month": month,
        "recorded_on": chance.choice((None, first + timedelta(days=chance.randrange(28)))),
        "crime_type": chance.choice(TYPES),
        "offence": chance.choice(CODES),
        "crime_id": chance.choice((None, "a", "b")),
        "lsoa": chance.choice((None, "E01000001", "E01000002")),
        "local_area": chance.choice((None, "coventry", "solihull")),
        "priority_area": chance.choice((None, None, "area-1")),
        "victim": chance.choice(("person", "business", "society", None)),
        "domestic_abuse": chance.choice((True, False, None)),
        "outcome": chance.choice(OUTCOMES),
    }


def _recorded(chance: random.Random) -> dict:
    month = chance.choice(("2017-04", "2017-07", "2018-01"))
    group = chance.choice(tuple(GROUPS))
    return {
        "source": chance.choice(SOURCES),
        "month": month,
        "quarter": {"04": 1, "07": 2, "01": 4}[month[-2:]],
        "offence": chance.choice(CODES[:-1]),
        "offence_group": group,
        "offence_subgroup": chance.choice(GROUPS[group]),
        "offences": chance.randrange(-40, 400),
    }


def _survey(chance: random.Random) -> dict:
    asked = chance.randrange(0, 900)
    return {
        "source": chance.choice(SOURCES),
        "month": chance.choice(MONTHS),
        "survey": "contact-counts",
        "question": chance.choice(QUESTIONS),
        "group": chance.choice(("all", "all", "16-24")),
        "answers": asked,
        "positive": round(asked * chance.random(), 3),
        "design_effect": chance.choice((1.0, 1.3)),
    }
