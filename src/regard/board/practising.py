"""A practice round on the example: open today, with what was judged last offered again.

The papers of the example end in December 2021 and every round of theirs is closed. Whoever tries
Regard finds this one open, under the edition that is in force. It asks few words, so that it can be
judged, challenged, closed and told in a paper by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from regard.assurance.closing import deny
from regard.assurance.promises import Became, unanswered
from regard.assurance.rounds import carry, open_round
from regard.core.errors import NotKnown
from regard.core.periods import day_said
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
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

ASPECTS = ("capability", "contribution")
"""Two of the five Cs."""

LEADS = (
    ("party:acc-operations", "public-disorder/psu-contribution"),
    ("party:acc-operations", "public-disorder/mobilisation"),
    ("party:acc-security", "terrorism/armed-response"),
    ("party:acc-crime", "serious-and-organised-crime/county-lines"),
    ("party:acc-local-policing", "violence-against-women-and-girls/domestic-abuse"),
)
"""Which business lead judges what; the papers name who leads on five of the threats."""

REVIEWED = ("public-disorder/psu-contribution", "terrorism/armed-response")
"""What the lead for the requirement takes a view of."""

INSPECTED = "public-disorder/psu-contribution"
BOARD_ASKS = "public-disorder"

ANSWERS = (
    ("expectation:mobilisation-commitment/psus", "public-disorder/psu-contribution"),
    ("expectation:mobilisation-commitment/level-2-trained", "public-disorder/trained-officers"),
    ("expectation:firearms-establishment/ctsfo-end-state", "terrorism/armed-response"),
)
"""Commitments of the papers, and what they answer in the edition that came after the papers."""

NOT_SHOWN = "Practice: nobody showed by the day whether it was kept."
INFERRED = "Practice: inferred by the example; no paper says so."


def open_practice_round(
    register: Register,
    *,
    duties: tuple[Duty, ...] | None = None,
    aspects: tuple[str, ...] = ASPECTS,
) -> Entry[Cycle]:
    """Open a practice round of today on the example's force, or find the one that was opened.

    Each business lead has a requirement or two, under two Cs; the lead for the requirement reviews
    two of them, the chief constable signs off, an inspector looks at one and the commissioner
    speaks for the board. What was judged in 2021 is offered again along the crosswalk, and the
    promises of old papers that nobody answered are said not to have been shown, so that a paper
    may be issued. A call that was cut short is taken up again by the next one.

    Args:
        register: The register of the example.
        duties: Who is asked for a word at which line, on what; None for the few of the example.
        aspects: Under which of the five Cs.

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
        asked = _round(register, tuple(_duties()) if duties is None else duties, aspects)
        found = open_round(register, asked, subject=PRACTICE, by=by).cycle
    carry(register, PRACTICE, by=by)
    for one in unanswered(register.view(EVERYTHING), as_at=register.today()):
        if one.became is Became.NOT_ANSWERED:
            deny(register, one.entry.subject, reason=NOT_SHOWN, by=by)
    return found


def _holder(register: Register, post: str) -> str:
    found = holders(register.view(EVERYTHING), post, register.today())
    if not found:
        raise NotKnown("holder of the post", post, ())
    return found[0]


def _round(register: Register, duties: tuple[Duty, ...], aspects: tuple[str, ...]) -> Cycle:
    today = register.today()
    return made(
        Cycle,
        name=f"Practice round of {day_said(today)} (example)",
        editions=(EDITION,),
        scopes=(FORCE,),
        aspects=aspects,
        duties=duties,
        as_at=today,
        opens=today,
        closes=today + DAYS,
        stage="open",
        follows=BEFORE,
    )


def _duties() -> Iterator[Duty]:
    for post, code in LEADS:
        yield Duty(line=Line.DOING, post=post, about=_asks(code))
    for code in REVIEWED:
        yield Duty(line=Line.OVERSEEING, post=RUNS_IT, about=_asks(code))
    yield Duty(line=Line.OVERSEEING, post="party:chief-constable")
    yield Duty(line=Line.INDEPENDENT, post="party:hmic-inspector", about=_asks(INSPECTED))
    yield Duty(line=Line.BOARD, post="party:commissioner", about=_asks(BOARD_ASKS))


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
