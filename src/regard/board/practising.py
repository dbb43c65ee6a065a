"""A practice round on the example: open today, with what was judged last offered again.

The papers of the example end in December 2021 and every round of theirs is closed. Whoever tries
Regard finds this one open, under the edition that is in force, with a duty for each post.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from regard.assurance.rounds import carry, open_round
from regard.core.errors import NotKnown
from regard.core.periods import day_said
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle, Duty, Link
from regard.register.kinds.reading import made
from regard.register.kinds.values import Line, LinkType
from regard.register.posting import holders
from regard.register.register import Register
from regard.register.subjects import path_of, subject_of

PRACTICE = "cycle:practice"
EDITION, BEFORE = "edition:spr-2023", "cycle:2021"
FORCE = "party:west-midlands"
RUNS_IT = "party:spr-lead"
DAYS = timedelta(days=28)  # within which it is held

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
"""Which business lead judges which threat; the papers name leads for five of them."""

ANSWERS = (
    ("expectation:mobilisation-commitment/psus", "public-disorder/psu-contribution"),
    ("expectation:mobilisation-commitment/level-2-trained", "public-disorder/trained-officers"),
    ("expectation:firearms-establishment/ctsfo-end-state", "terrorism/armed-response"),
)
"""Commitments of the papers, and what they answer in the edition that came after the papers."""

INFERRED = "Practice: inferred by the example; no paper says so."


def open_practice_round(register: Register) -> Entry[Cycle]:
    """Open a practice round of today on the example's force, or find the one that was opened.

    Each business lead has a threat; the lead for the requirement answers each of them, the chief
    constable signs off, an inspector looks at public disorder and the commissioner speaks for the
    board. What was judged in 2021 is offered again along the crosswalk. A call that was cut short
    is taken up again by the next one.

    Args:
        register: The register of the example.

    Raises:
        NotKnown: it is another register, or nobody holds the post that runs rounds.
    """
    view = register.view(EVERYTHING)
    for subject in (EDITION, BEFORE, FORCE):
        view.one(subject)
    found = view.find(PRACTICE)
    if found is not None and found.value.stage != "open":
        return found
    by = Speaker(_holder(register, RUNS_IT), RUNS_IT)
    _answer(register, by)
    if found is None:
        found = open_round(register, _round(register), subject=PRACTICE, by=by).cycle
    carry(register, PRACTICE, by=by)
    return found


def _holder(register: Register, post: str) -> str:
    found = holders(register.view(EVERYTHING), post, register.today())
    if not found:
        raise NotKnown("holder of the post", post, ())
    return found[0]


def _round(register: Register) -> Cycle:
    today = register.today()
    asked = register.view(EVERYTHING).all(Expectation, edition=EDITION)
    return made(
        Cycle,
        name=f"Practice round of {day_said(today)} (example)",
        editions=(EDITION,),
        scopes=(FORCE,),
        aspects=tuple(dict.fromkeys(under for one in asked for under in one.value.aspects)),
        duties=tuple(_duties()),
        as_at=today,
        opens=today,
        closes=today + DAYS,
        stage="open",
        follows=BEFORE,
    )


def _duties() -> Iterator[Duty]:
    for threat, post in LEADS:
        yield Duty(line=Line.DOING, post=post, about=_asks(threat))
    yield Duty(line=Line.OVERSEEING, post=RUNS_IT)
    yield Duty(line=Line.OVERSEEING, post="party:chief-constable")
    yield Duty(line=Line.INDEPENDENT, post="party:hmic-inspector", about=_asks("public-disorder"))
    yield Duty(line=Line.BOARD, post="party:commissioner")


def _answer(register: Register, by: Speaker) -> None:
    view = register.view(EVERYTHING)
    links = {_link(source, code): (source, _asks(code)) for source, code in ANSWERS}
    there = view.many(links)
    with register.acting(by) as act:
        for subject, (source, target) in links.items():
            if subject not in there:
                act.enter(
                    made(Link, type=LinkType.ANSWERS, source=source, target=target, note=INFERRED),
                    subject=subject,
                )


def _link(source: str, code: str) -> str:
    return subject_of("link", "answers", path_of(EDITION), code, path_of(source))


def _asks(code: str) -> str:
    return subject_of("expectation", path_of(EDITION), code)
