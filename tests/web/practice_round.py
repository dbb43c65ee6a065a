"""The practice round on a site of a test: what is sent to it, and what stands afterwards."""

from __future__ import annotations

from django.http import HttpResponse

from regard.assurance.cells import Cell, Key, cells
from regard.board.practising import FORCE, PRACTICE, open_practice_round
from regard.register.access import EVERYTHING
from regard.register.kinds.frame import Duty
from regard.register.kinds.values import Line
from web.conftest import Site

UNITS = "spr-2023/public-disorder/psu-contribution"
UNDER = "contribution"
CELL = f"{UNITS}/{UNDER}"
BARE = "spr-2023/public-disorder/mobilisation"
HOSTILE = "<script>alert('x')</script>"
LEAD = "acc-operations"


LEADS = (
    ("violence-against-women-and-girls", "party:acc-local-policing"),
    ("terrorism", "party:acc-security"),
    ("serious-and-organised-crime", "party:acc-crime"),
    ("cyber-event", "party:acc-crime"),
    ("child-sexual-abuse", "party:acc-crime"),
    ("public-disorder", "party:acc-operations"),
    ("civil-emergencies", "party:acc-operations"),
    ("cross-cutting", "party:acc-local-policing"),
)
ASPECTS = ("capacity", "capability", "consistency", "connectivity", "contribution")


def opened(site: Site) -> Site:
    """The site with the practice round open, every cell of which is asked of somebody."""
    duties = (
        *(Duty(line=Line.DOING, post=post, about=asks(threat)) for threat, post in LEADS),
        Duty(line=Line.OVERSEEING, post="party:spr-lead"),
        Duty(line=Line.OVERSEEING, post="party:chief-constable"),
        Duty(line=Line.INDEPENDENT, post="party:hmic-inspector", about=asks("public-disorder")),
        Duty(line=Line.BOARD, post="party:commissioner"),
    )
    open_practice_round(site.register, duties=duties, aspects=ASPECTS)
    return site


def asks(threat: str) -> str:
    """The requirement or heading of a code."""
    return f"expectation:spr-2023/{threat}"


def read(site: Site, about: str = UNITS, under: str = UNDER) -> Cell:
    """A cell of the practice round as it stands."""
    held = cells(site.register.view(EVERYTHING), PRACTICE, scope=FORCE)
    return held.cells[Key(FORCE, f"expectation:{about}", under)]


def judge(site: Site, cell: str = CELL, who: str = LEAD, **fields: object) -> HttpResponse:
    """What is answered to a judgement that is sent; what is left out is filled in well."""
    sent = {
        "position": "level:not-met",
        "reason": "As the lead sees it.",
        "departure": "The figure is old.",
        "marking": "OFFICIAL",
        **fields,
    }
    return site.client(who).post(f"/requirements/judge/{cell}", sent)


def text(answer: HttpResponse) -> str:
    """The page."""
    return answer.content.decode()


def summary(answer: HttpResponse) -> str:
    """What a page says is wrong."""
    _before, _title, rest = text(answer).partition('class="govuk-error-summary__body"')
    return rest.partition("</ul>")[0]
