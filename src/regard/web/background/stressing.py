"""Stress tests as work: the full answer, an answer made again, and one written for download."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from regard.board.performance import area_name
from regard.board.stress_answer import stress_paper
from regard.capability.configured import configured
from regard.capability.fits import answering_held
from regard.capability.incidents import Answering
from regard.capability.questions import Question, question_of
from regard.capability.scenarios import LETTERS, PAPER, Answered, again, text_beside, write
from regard.capability.stress import FULL, Set, Stress, stress
from regard.core.errors import NotComparable, NotKnown, RegardError
from regard.core.markings import Marking
from regard.core.progress import Progress
from regard.papers.keeping import kept
from regard.papers.writing import FORMATS
from regard.records.store import Store
from regard.register.access import EVERYTHING, top_of
from regard.register.kinds.frame import Party
from regard.web.background.working import Doing, Ended, RefusedWith, ask, going_on, work
from regard.web.capable.finding import AGAIN, ASKED, Answers, Found
from regard.web.capable.formats import write_formats
from regard.web.capable.held import reading_held
from regard.web.here import Here
from regard.web.models import Work
from regard.web.needs import A_POST, enters

WRITE = "stress-write"
ENTERS = enters("observation")
REPLICATIONS = FULL


def ask_for_answer(here: Here, area: str, question: Question) -> Work:
    """Ask for the full answer; where the same is under way already, for no second time.

    Args:
        here: Who asks.
        area: The force; that the post may see its records was asked before.
        question: What is asked.

    Raises:
        AccessRefused: the post may not.
    """
    said = gettext("Stress test: %(psus)d PSUs away for %(days)d days, %(force)s") % {
        "psus": question.psus,
        "days": question.days,
        "force": area_name(area),
    }
    return _asked(here, ASKED, said, None, area=area, question=question.text)


def ask_to_make_again(here: Here, found: Found) -> Work:
    """Ask for a kept answer to be made again."""
    said = gettext("Make the stress test %(name)s again") % {"name": found.answer.name}
    return _asked(here, AGAIN, said, found.marking, answer=found.answer.name)


def ask_to_write(here: Here, found: Found) -> Work:
    """Ask for the document of an answer in every format."""
    said = gettext("Write the stress test %(name)s for download") % {"name": found.answer.name}
    return _asked(here, WRITE, said, found.marking, answer=found.answer.name)


@work(ASKED, needs=ENTERS)
def stress_test(doing: Doing) -> Ended:
    """Simulate the full answer and write it with its document; it is entered nowhere."""
    area, question = str(doing.asked["area"]), question_of(str(doing.asked["question"]))
    doing.progress(0, REPLICATIONS, gettext("Looking at how the force answers"))
    try:
        _must_see(doing, area)
        answering = _answering(doing, area)
        answer = stress(
            answering, question, replications=REPLICATIONS, progress=_replications(doing)
        )
        told = written(doing, answer)
    except RegardError as refusal:
        back = f"{reverse('capability.stress')}?area={area}"
        raise RefusedWith(refusal, leads_to=back, found={}) from refusal
    found = {"name": told.name, "sha256": told.sha256, "said": told.said[0]}
    return Ended(gettext("The answer is there. Nobody has kept it yet."), _page(told.name), found)


def written(doing: Doing, answer: Stress) -> Answered:
    """Write an answer with its document into the data folder."""
    paper = stress_paper(answer, name=area_name(answer.asked.answering.force))
    return write(answer, doing.home, beside={PAPER: kept(paper)})


@work(AGAIN, needs=ENTERS)
def stress_again(doing: Doing) -> Ended:
    """Make a kept answer again of the records known when it was made; say whether it is the same.

    Nothing is written: what is kept stays as it is.
    """
    name = str(doing.asked["answer"])
    answers = _answers(doing)
    answer = answers.find(name)
    told = answer.answer
    doing.progress(0, told.replications, gettext("Looking at how the force answered then"))
    try:
        answering = _as_then(doing, answer, answers)
        made = again(told, answering, progress=_replications(doing))
    except RegardError as refusal:
        here = RegardError(
            refusal.wrong,
            expected=refusal.expected,
            next_step=gettext("ask the question anew, and keep that answer"),
        )
        raise RefusedWith(here, leads_to=_page(name), found={"name": name}) from refusal
    same = made.digest == told.digest
    said = gettext("Made again, it is the same to the last bit.")
    if not same:
        said = gettext(
            "Made again of the same inputs it is %(digest)s, and not %(name)s: it was made by "
            "another version of Regard. Ask the question anew, and keep that answer."
        ) % {"digest": made.digest[:LETTERS], "name": name}
    return Ended(said, _page(name), {"name": name, "same": same, "said": said})


@work(WRITE, needs=A_POST)
def write_answer(doing: Doing) -> Ended:
    """Write the document of an answer in every format."""
    name = str(doing.asked["answer"])
    found = _answers(doing).find(name)
    text = text_beside(doing.home, found.answer, PAPER)
    reading = reading_held(text, found.answer.beside[PAPER], found.marking)
    done = 0

    def told(format_: str) -> None:
        nonlocal done
        doing.progress(
            done, len(FORMATS), gettext("Writing %(format)s") % {"format": format_.upper()}
        )
        done += 1

    write_formats(doing.home, name, reading, told=told)
    return Ended(
        gettext("The answer is written in each format and can be downloaded."), _page(name)
    )


def _asked(here: Here, name: str, said: str, marking: Marking | None, **asked: Any) -> Work:
    held = {} if marking is None else {"marking": marking}
    return going_on(here.standing, name, asked) or ask(here, name, said, **held, **asked)


def _must_see(doing: Doing, area: str) -> None:
    """Refuse a force whose records the post may not see by the time its work begins.

    Raises:
        NotKnown: so it is.
    """
    held = {one.subject: one for one in doing.register.view(EVERYTHING).all(Party) if one.held}
    bodies = [one.subject for one in held.values()
              if one.value.form == "body" and one.value.area == area]  # fmt: skip
    beyond = any(role.beyond for role in doing.standing.roles)
    if not beyond and any(top_of(one, held.get) != doing.standing.force for one in bodies):
        raise NotKnown("area with records", area, ())


def _answers(doing: Doing) -> Answers:
    return Answers(doing.register.view(doing.speaker), doing.standing, doing.home)


def _answering(doing: Doing, area: str, known_at: datetime | None = None) -> Answering:
    return answering_held(Store(doing.home), configured(doing.home, area), known_at=known_at)


def _as_then(doing: Doing, found: Found, answers: Answers) -> Answering:
    """How the force answers by the records known when it was kept, or else when it was asked.

    Raises:
        NotComparable: neither gives the inputs of the answer.
    """
    told = found.answer
    given = ""
    for at in _instants(found, answers):
        answering = _answering(doing, told.force, at)
        given = Set(answering, told.question).digest
        if given == told.inputs:
            return answering
    raise NotComparable(
        f"{told.name} was made of the inputs {told.inputs[:LETTERS]}, and the records known then "
        f"give {given[:LETTERS]} today",
        expected="the records as they were, and the force saying of itself what it said then",
    )


def _instants(found: Found, answers: Answers) -> Iterator[datetime]:
    if found.entry is not None:
        yield found.entry.recorded
    yield from answers.when_asked(found.answer.name)


def _replications(doing: Doing) -> Progress:
    def told(_what: str, _rows: int, done: int, of: int) -> None:
        words = gettext("%(done)s of %(of)s replications") % {"done": f"{done:,}", "of": f"{of:,}"}
        doing.progress(done, of, words)

    return told


def _page(name: str) -> str:
    return reverse("capability.answer", kwargs={"name": name})
