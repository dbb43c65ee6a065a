"""Sites with many rows: generated entries in every register beside the example's, saying so.

A register grows by so many rows of each kind that a list shows; rounds and the files that records
came in by grow slower, as they do in life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from records.brought_in import bring_in, offences
from regard.assurance.closing import CLOSURE_SCALE
from regard.assurance.running import enter_list
from regard.records.store import Store
from regard.register.acting import Acts
from regard.register.entries import Speaker
from regard.register.kinds.facts import (
    Concern,
    Expectation,
    Observation,
    PromiseFacet,
    RecommendationFacet,
    TaskingFacet,
)
from regard.register.kinds.frame import (
    Appointment,
    Cycle,
    Item,
    Link,
    Measure,
    Meeting,
    Party,
)
from regard.register.kinds.reading import made
from regard.register.kinds.speech import CLOSED, CLOSURE, Act, Decision, Document, Judgement, Stage
from regard.register.kinds.values import Amount, Kind, Line, LinkType, Window
from regard.register.register import Register
from regard.web.models import Account, Token, Work

FORCE, BOARD = "party:west-midlands", "party:strategic-policing-and-crime-board"
KEEPER = Speaker("party:west-midlands-holder-1", "party:west-midlands-keeper")
SECURITY = Speaker("party:west-midlands-holder-4", "party:acc-security")
LEAD = Speaker("party:west-midlands-holder-9", "party:spr-lead")
CLERK = Speaker("party:west-midlands-holder-15", "party:governance-officer")
OWNERS = (SECURITY.post, "party:acc-operations", "party:acc-crime", LEAD.post, CLERK.post)
ABOUT = "expectation:spr-2015/public-order"
LIST = "generated"
FIRST_DAY = date(1990, 1, 1)
FORMS = (("present", "vulnerability"), ("future", "risk"), ("past", "lesson"))
A_HUNDREDTH = 100
WITH_PROGRAMS = ("acc-security", "west-midlands-keeper")  # posts with tokens and works
AN_ACT = 500  # rows of one act

Row = tuple[str, Kind]


def fill(register: Register, home: Path, rows: int) -> None:
    """Enter so many rows into every register, and keep as many accounts, tokens and works.

    Args:
        register: The example's, with its practice round open or not.
        home: Its data folder, for records.
        rows: Of each; of rounds and of files of records a hundredth, but not fewer than ten or
            than `rows`.
    """
    today = register.today()
    numbers = range(1, rows + 1)
    with register.acting(CLERK) as act:
        enter_list(act, LIST, title="Generated", issuer="Generated", form="board actions")
    few = range(1, max(min(rows, 10), rows // A_HUNDREDTH) + 1)  # rounds, and files of records
    _enter(register, KEEPER, (one for n in numbers for one in _party(n)))
    _enter(register, LEAD, (_cycle(n, today) for n in few))
    for by, make in MADE:
        _enter(register, by, (make(n, today) for n in numbers))
    _keep(rows)
    _bring_in(home, len(few))


def _enter(register: Register, by: Speaker, rows: Iterator[Row]) -> None:
    held: list[Row] = []
    for one in rows:
        held.append(one)
        if len(held) == AN_ACT:
            _act(register, by, held)
            held = []
    _act(register, by, held)


def _act(register: Register, by: Speaker, rows: list[Row]) -> None:
    if not rows:
        return
    with register.acting(by) as act:
        _learn(act, rows)
        for subject, value in rows:
            act.enter(value, subject=subject)


def _learn(act: Acts, rows: list[Row]) -> None:
    named = {name for _, value in rows for _, name in value.names()}
    ends = {end for _, one in rows if isinstance(one, Link) for end in (one.source, one.target)}
    act.learn([*(subject for subject, _ in rows), *named, *ends])


def _party(n: int) -> Iterator[Row]:
    post = f"party:generated/post-{n}"
    yield (
        post,
        made(Party, form="post", name=f"Generated post {n}", parent=FORCE, roles=("reader",)),
    )
    held = (Appointment(post=post, window=Window()),)
    yield (
        f"party:generated/holder-{n}",
        made(Party, form="person", name=f"generated {n}", parent=FORCE, appointments=held),
    )


def _cycle(n: int, today: date) -> Row:
    day = FIRST_DAY + timedelta(days=91 * n)
    value = made(
        Cycle, name=f"Generated round {n}", editions=("edition:spr-2015",), scopes=(FORCE,),
        aspects=("capacity",), as_at=day, opens=day, closes=day + timedelta(days=28),
        stage="closed",
    )  # fmt: skip
    return f"cycle:generated-{n}", value


def _expected(n: int, code: str, text: str, **more: object) -> Row:
    value = made(
        Expectation, edition=f"edition:{LIST}", code=f"{code}-{n}", text=f"{text} {n}, generated.",
        mode="achieve", scope=FORCE, owner=OWNERS[n % len(OWNERS)], **more,
    )  # fmt: skip
    return f"expectation:{LIST}/{code}-{n}", value


def _action(n: int, today: date) -> Row:
    return _expected(n, "action", "Action", window=Window(end=_day(n, today)))


def _measure(n: int, today: date) -> Row:
    value = made(Measure, name=f"Generated measure {n}", unit="officers", method="counted@1")
    return f"measure:generated-{n}", value


def _target(n: int, today: date) -> Row:
    amount = Amount(value=Decimal(1000), unit="officers")
    return _expected(n, "target", "Target", measure=f"measure:generated-{n}", target=amount)


def _recommendation(n: int, today: date) -> Row:
    return _expected(
        n, "recommendation", "Recommendation", facet=RecommendationFacet(number=f"{n}")
    )


def _tasking(n: int, today: date) -> Row:
    return _expected(n, "tasking", "Tasking", facet=TaskingFacet(asked="two PSUs, generated"))


def _promise(n: int, today: date) -> Row:
    facet = PromiseFacet(paper=f"document:generated/{n}", at=f"paragraph {n}", topic=ABOUT)
    return _expected(n, "promise", "Promise", window=Window(end=_day(n, today)), facet=facet)


def _document(n: int, today: date) -> Row:
    value = made(
        Document, form="paper", title=f"Generated paper {n}", scope=FORCE, to=BOARD,
        held_on=FIRST_DAY + timedelta(days=n), stage="issued", source="Generated.",
    )  # fmt: skip
    return f"document:generated/{n}", value


def _concern(n: int, today: date) -> Row:
    tense, form = FORMS[n % len(FORMS)]
    value = made(
        Concern, tense=tense, form=form, text=f"Too few drivers, {n}, generated.", scope=FORCE,
        about=ABOUT, owner=OWNERS[n % 3],
    )  # fmt: skip
    return f"concern:generated/{n}", value


def _answer(n: int, today: date) -> Row:
    value = made(
        Link, type=LinkType.ANSWERS, source=f"expectation:{LIST}/action-{n}",
        target=f"concern:generated/{n}", note="Generated.",
    )  # fmt: skip
    return f"link:answers/generated/{n}", value


def _observation(n: int, today: date) -> Row:
    value = made(
        Observation, text=f"Officers trained, {n}, generated.", scope=FORCE,
        measure=f"measure:generated-{n}",
        amount=Amount(value=Decimal(1000 + n % 500), unit="officers"), basis="actual",
        collected=FIRST_DAY + timedelta(days=n),
    )  # fmt: skip
    return f"observation:generated/{n}", value


def _meeting(n: int, today: date) -> Row:
    items = (Item(number="1", title="Generated", document=f"document:generated/{n}"),)
    day = FIRST_DAY + timedelta(days=n)
    value = made(Meeting, body=BOARD, on=day, title=f"Generated meeting {n}", items=items)
    return f"meeting:generated/{n}", value


def _decision(n: int, today: date) -> Row:
    value = made(
        Decision, by=BOARD, act=Act.NOTE, about=f"concern:generated/{n}",
        text=f"Note the shortage {n}, generated.", reason="Generated.", stage=Stage.PROPOSED,
        scope=FORCE, meeting=f"meeting:generated/{n}",
    )  # fmt: skip
    return f"decision:generated/{n}", value


def _judgement(n: int, today: date) -> Row:
    value = made(
        Judgement, about=f"concern:generated/{n}", aspect=CLOSURE, scope=FORCE,
        scale=CLOSURE_SCALE, level=CLOSED, line=Line.OVERSEEING, reason="Generated.",
    )  # fmt: skip
    return f"judgement:closure/generated/{n}", value


def _day(n: int, today: date) -> date:
    return today + timedelta(days=n % 400 - 200)


# What is entered, by whom, in an order in which whatever an entry names is there before it.
MADE: tuple[tuple[Speaker, Callable[[int, date], Row]], ...] = (
    (CLERK, _document),
    (CLERK, _meeting),
    (LEAD, _concern),
    (CLERK, _action),
    (CLERK, _measure),
    (CLERK, _target),
    (CLERK, _recommendation),
    (CLERK, _tasking),
    (CLERK, _promise),
    (LEAD, _answer),
    (LEAD, _observation),
    (CLERK, _decision),
    (LEAD, _judgement),
)


def _keep(rows: int) -> None:
    Account.objects.bulk_create(
        [
            Account(username=f"generated-{n}", holder=f"party:generated/holder-{n}", password="!")
            for n in range(1, rows + 1)
        ],
        batch_size=AN_ACT,
    )
    at = timezone.now()
    # One after the other, so that a number is of the same account however many rows there are.
    held = list(Account.objects.filter(username__in=WITH_PROGRAMS).order_by("username"))
    each = [(n, account) for n in range(1, rows + 1) for account in held]
    Token.objects.bulk_create(
        [
            Token(
                account=account, post=f"party:{account.username}", said=f"Generated {n}",
                begins="generated", digest=f"{account.pk}-{n}", made_at=at,
                ends_at=at + timedelta(days=30),
            )
            for n, account in each
        ],
        batch_size=AN_ACT,
    )  # fmt: skip
    Work.objects.bulk_create(
        [
            Work(
                what="bring in", said=f"Generated {n}", post=f"party:{account.username}",
                holder=account.holder, body=FORCE, state="done", outcome="Generated.",
                began_at=at, ended_at=at,
            )
            for n, account in each
        ],
        batch_size=AN_ACT,
    )  # fmt: skip


def _bring_in(home: Path, files: int) -> None:
    store = Store(home)
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for n in range(files):
        day = FIRST_DAY.replace(year=1990 + n // 12 % 36, month=1 + n % 12)
        rows = offences("west-midlands", day, "28A", 1, crime_type="burglary")
        bring_in(store, "crime", rows, file=f"generated-{n + 1}.csv", at=at)
