"""A first plan file for an area: every police.uk category watched, nothing yet promised."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from datetime import date

from regard.core.errors import NotKnown
from regard.core.periods import FinancialYear
from regard.plan.loading import plan_of
from regard.plan.model import Plan
from regard.records.forces import force_named
from regard.records.measures import measures

TOTAL = "total-recorded-crime"
CATEGORIES = (
    "anti-social-behaviour",
    "bicycle-theft",
    "burglary",
    "criminal-damage-and-arson",
    "drugs",
    "other-crime",
    "other-theft",
    "possession-of-weapons",
    "public-order",
    "robbery",
    "shoplifting",
    "theft-from-the-person",
    "vehicle-crime",
    "violence-and-sexual-offences",
)
"""police.uk's categories since May 2013, as data.police.uk lists them."""

_HEAD = """\
# A plan for {force}, drafted for {year}. Nothing is promised in it yet: it watches what police.uk
# publishes. Put in the plan's own words, posts and promises, then read it with
# `regard paper performance --plan THIS_FILE --as-at {as_at}`.

[plan]
id = {id}
name = {name}
area = {area}
force = {force_said}
governing_body = "Governing body of {force}"
board = "Performance board"
board_on = {as_at}                 # the day of the meeting
year = "{year}"
marking = "OFFICIAL"
document = {document}
report_of = ""                         # a post, never a person
author = ""                            # a post, never a person

[[outcome]]
id = "A"
letter = "A"
title = "Recorded crime and anti-social behaviour"
lead = ""
lead_note = "no lead is named in this draft"
source = "draft"

# A promise that can be counted. Remove the marks and put in the plan's own.
#
# [[milestone]]
# id = "burglary-promise"
# outcome = "A"
# title = "Reduce burglary by 5 per cent"
# measure = "burglary"
# direction = "down"                   # down, or up
# percent = 5                          # or level = 88, with rolling_months = 12
# baseline = "{before}"
# window = "{year}"
# lead = "ACC Local Policing"
# source = "page and paragraph of the plan"

# A promise that is told.
#
# [[deliverable]]
# id = "A1"
# outcome = "A"
# title = "In the plan's own words"
# leads = ["ACC Local Policing"]
# cadence = "quarterly"                # monthly, quarterly, six-monthly or annual
# source = "page and paragraph of the plan"
# position = [{{ text = "In the lead's own words.", source = "where they stand" }}]
# reported = [{{ paper = "Portfolio report", on = "{month}", how = "to come" }}]
#            # how: to come, given or more detail

# A step change that a named post has accepted; the average is drawn anew from that month on.
#
# [[accepted_step]]
# measure = "burglary"
# area = {area}
# from = "{month}"
# reason = [{{ text = "Why, in somebody's words.", source = "where they stand" }}]
# accepted_by = "Head of Performance"
# on = {as_at}
"""
_WATCHED = """
[[watched]]
id = {id}
outcome = "A"
title = {title}
measure = {id}
source = "watched, not promised"
"""
_ASK = """
[[recommendation]]
id = "note"
text = "The board is asked to note the contents of this report."
source = "draft"
"""


def draft(area: str, as_at: date, *, watch: Sequence[str] = (TOTAL, *CATEGORIES)) -> str:
    """The text of a first plan file for an area.

    Args:
        area: A force by any name it goes by.
        as_at: A day of the financial year that the plan is for.
        watch: Identifiers of the measures to be shown.

    Raises:
        NotKnown: no force goes by that name, or there is no such measure.
    """
    force = force_named(area)
    year = FinancialYear.of(as_at)
    name = f"{force.name}: what is recorded"
    head = _HEAD.format(
        force=force.name,
        force_said=_quoted(force.name),
        area=_quoted(force.slug),
        id=_quoted(f"{force.slug}-{year.first_year}"),
        name=_quoted(name),
        document=_quoted(f"Draft plan for {force.name}, {year}"),
        year=year,
        before=year.previous,
        as_at=as_at.isoformat(),
        month=f"{as_at:%Y-%m}",
    )
    held = measures()
    unknown = [one for one in watch if one not in held]
    if unknown:
        raise NotKnown("measure", unknown[0], held)
    watched = "".join(
        _WATCHED.format(id=_quoted(one), title=_quoted(held[one].name)) for one in watch
    )
    return head + watched + _ASK


def monitoring_plan(area: str, as_at: date, *, watch: Sequence[str] = (TOTAL, *CATEGORIES)) -> Plan:
    """The plan that a paper is written over where none is given: it watches and promises nothing.

    Raises:
        NotKnown: no force goes by that name.
    """
    text = draft(area, as_at, watch=watch)
    return plan_of(tomllib.loads(text), file="no plan file: police.uk’s categories, watched")


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for the two escapes of `/` and surrogates,
    # which `ensure_ascii=False` never writes.
    return json.dumps(text, ensure_ascii=False)
