"""Dated promises of issued papers: whether their day has come, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regard.assurance.answering import Papers
from regard.assurance.closing import Event, Happened, closing_of
from regard.assurance.dates import Dates, dates_of
from regard.assurance.due_words import TEMPLATES, said, sentence
from regard.assurance.gaps import Apart, Gap, against
from regard.assurance.observed import series
from regard.assurance.running import enter_list
from regard.assurance.target_words import filled_within, listed, marked
from regard.assurance.targets import target_of
from regard.assurance.versions import name_of, versions
from regard.core.errors import EntryRefused
from regard.core.statements import Statement, together
from regard.register.acting import Acts
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation, PromiseFacet
from regard.register.kinds.reading import made
from regard.register.kinds.speech import Document
from regard.register.kinds.values import Amount, LinkType, Window, Wording
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, slug, subject_of

LOWER = "lower"


class Became(StrEnum):
    """What became of a promise."""

    TO_COME = "to come"
    KEPT = "kept"
    BROKEN = "broken"
    NOT_ANSWERED = "not answered"
    ANSWERED_LATE = "answered late"


@dataclass(frozen=True)
class Promised:
    """What a paper promised.

    Attributes:
        text: Its words.
        due: By which day.
        scope: The body that is bound by it.
        measure: What shows whether it was kept, if a number does.
        target: How much of it.
        base: On which base.
        owner: The post that answers for it.
        topic: The requirement or subject it is about.
        wording: How the words stand to the paper.
    """

    text: str
    due: date
    scope: str
    measure: str | None = None
    target: Amount | None = None
    base: str = ""
    owner: str | None = None
    topic: str | None = None
    wording: Wording = Wording.QUOTED


@dataclass(frozen=True)
class Standing:
    """What became of a promise, as at a day.

    Attributes:
        entry: The promise.
        became: What became of it.
        as_at: On which day.
        dates: Every day by which it was due.
        paper: What the paper is called that promised it.
        deciding: The observation against the target that says so, if one does.
        judged: What a higher line said of it, if one did.
        apart: Observations of its measure that cannot answer it, and why.
        answered_in: Issued papers of a later day that rest on it.
        post: What the post is called that judged it.
    """

    entry: Entry[Expectation]
    became: Became
    as_at: date
    dates: Dates
    paper: str
    deciding: Gap | None
    judged: Event | None
    apart: tuple[Apart, ...]
    answered_in: tuple[Entry[Document], ...]
    post: str

    @property
    def facet(self) -> PromiseFacet:
        """The paper, the paragraph and the subject."""
        facet = self.entry.value.facet
        assert isinstance(facet, PromiseFacet)
        return facet

    @property
    def must_be_answered(self) -> bool:
        """Whether its day has passed and no issued paper has answered it since."""
        return self.became is not Became.TO_COME and not self.answered_in

    def statement(self) -> Statement:
        """The promise, what became of it, and what says so."""
        marking = self.entry.marking
        value = self.entry.value
        head = said(
            "promised",
            paper=self.paper,
            place=self.facet.at,
            due=self.dates.first or self.as_at,
            text=sentence(value.text),
            marking=marking,
        )
        pieces = [head]
        moved = self.dates.statement()
        if moved:
            pieces.append(moved)
        pieces.append(said(self.became.value, marking=marking))
        if self.deciding is not None:
            pieces.append(
                said(
                    "promise shown",
                    observed=self.deciding.observed.figure,
                    day=self.deciding.observed.on,
                    target=self.deciding.target.figure,
                    marking=marked((self.deciding.observed.entry, self.entry)),
                )
            )
        if self.judged is not None:
            pieces.append(
                said(
                    "promise judged",
                    post=self.post,
                    day=self.judged.on,
                    reason=sentence(self.judged.reason),
                    marking=self.judged.entry.marking,
                )
            )
        return together([*pieces, *self._answers()])

    def _answers(self) -> list[Statement]:
        pieces = []
        if self.became is Became.NOT_ANSWERED:
            for one in self.apart[-1:]:
                differs = listed(held.statement() for held in one.differs)
                pieces.append(
                    filled_within(
                        TEMPLATES["cannot answer"],
                        observed=one.one,
                        day=one.one.as_at,
                        differs=differs,
                        marking=marked(one.entries),
                    )
                )
        for document in self.answered_in:
            value = document.value
            pieces.append(
                said(
                    "answered in",
                    title=value.title,
                    day=value.held_on,
                    marking=document.marking,
                )
            )
        if self.must_be_answered:
            pieces.append(said("to be answered", marking=self.entry.marking))
        return pieces


def promise(
    register: Register,
    promised: Promised,
    *,
    paper: str,
    at: str,
    by: Speaker,
    effective: date | None = None,
) -> Entry[Expectation]:
    """Enter what an issued paper promised by a day; the next paper must answer it.

    Args:
        register: The register.
        promised: What it promised.
        paper: The paper.
        at: The paragraph.
        by: Who enters it; the first promise of a body also makes its running list, for which
            the role must enter instruments and editions.
        effective: From when it is true; the day of the paper by default.

    Raises:
        EntryRefused: the paper is a draft, which promises nothing, or there is none.
        DefinitionRefused: it was due before it was promised.
        AccessRefused: the speaker may not.
    """
    with register.acting(by) as acts:
        return promise_within(acts, promised, paper=paper, at=at, effective=effective)


def promise_within(
    acts: Acts, promised: Promised, *, paper: str, at: str, effective: date | None = None
) -> Entry[Expectation]:
    """The same within an act, such as the one that issues the paper; see `promise`."""
    held = _issued(acts, paper)
    name = slug(f"promises-{path_of(promised.scope)}")
    edition = enter_list(
        acts, name, title="Promises of issued papers", issuer=held.title, form="promises"
    )
    code = _code(acts, name, paper, at)
    value = made(
        Expectation,
        edition=edition,
        code=code,
        text=promised.text,
        wording=promised.wording,
        cites=f"{held.title}, {at}",
        mode="achieve",
        scope=promised.scope,
        owner=promised.owner,
        window=Window(start=held.held_on, end=promised.due)
        if promised.due >= held.held_on
        else Window(end=promised.due),
        measure=promised.measure,
        target=promised.target,
        base=promised.base,
        facet=PromiseFacet(paper=paper, at=at, topic=promised.topic),
    )
    return acts.enter(
        value,
        subject=subject_of("expectation", name, code),
        effective=effective or held.held_on,
    )


def promises(
    view: View, *, scope: str | None = None, topic: str | None = None
) -> tuple[Entry[Expectation], ...]:
    """The promises of issued papers, of a body and on a subject or what lies below it."""
    narrow = {"scope": scope} if scope else {}
    return tuple(
        one
        for one in view.all(Expectation, **narrow)
        if one.held is not None
        and isinstance(one.held.facet, PromiseFacet)
        and _on(one.held.facet.topic, topic)
    )


def standing(view: View, subject: str, *, as_at: date, papers: Papers | None = None) -> Standing:
    """What became of a promise, as at a day.

    A judgement at a higher line decides where there is one; else the observations of its measure
    and body do: the last by its day, and if that did not meet it, those from that day on.

    Args:
        view: The register at a position.
        subject: The promise.
        as_at: The day; what came later is left out.
        papers: The issued papers of the view, where they were read already.

    Raises:
        NotKnown: there is no such promise.
        EntryRefused: it is an expectation that no paper promised.
    """
    held: tuple[Entry[Expectation], ...] = versions(view, subject, as_at=as_at)
    entry = held[-1] if held else view.one(subject)
    facet = entry.value.facet
    if not isinstance(facet, PromiseFacet):
        raise EntryRefused(
            f"{subject} was promised by no paper", expected="an expectation that is a promise"
        )
    dates = dates_of(view, subject, as_at=as_at)
    judged, claimed = _judged(view, subject, as_at)
    gaps, apart = _found(view, entry, as_at)
    due = dates.now or as_at
    done = min((one.on for one in (judged, claimed) if one is not None), default=as_at)
    became, deciding = _became(gaps, judged, done, (due, as_at), lower=_lower(view, entry))
    paper = view.find(facet.paper)
    return Standing(
        entry=entry,
        became=became,
        as_at=as_at,
        dates=dates,
        paper=paper.value.title if paper and paper.held else path_of(facet.paper),
        deciding=deciding,
        judged=judged,
        apart=apart,
        answered_in=_answering(view, entry, (due, as_at), papers or Papers(view)),
        post=name_of(view, judged.entry.post) if judged else "",
    )


def unanswered(
    view: View, *, as_at: date, scope: str | None = None, topic: str | None = None
) -> tuple[Standing, ...]:
    """Promises whose day has passed and that no issued paper has answered since.

    The next paper on the subject must answer each of them.

    Args:
        view: The register at a position.
        as_at: The day.
        scope: Of which body; None for all.
        topic: On which subject, or what lies below it; None for all.
    """
    papers = Papers(view)
    found = [
        standing(view, one.subject, as_at=as_at, papers=papers)
        for one in promises(view, scope=scope, topic=topic)
        if one.effective <= as_at
    ]
    waiting = [one for one in found if one.must_be_answered]
    return tuple(sorted(waiting, key=lambda one: (one.dates.now or as_at, one.entry.seq)))


def _issued(acts: Acts, paper: str) -> Document:
    found = acts.knowing.latest(paper)
    held = found.held if found else None
    if not isinstance(held, Document) or held.stage == "draft":
        state = "a draft, which promises nothing" if isinstance(held, Document) else "no document"
        raise EntryRefused(f"{paper} is {state}", expected="a paper that was issued")
    return held


def _code(acts: Acts, name: str, paper: str, at: str) -> str:
    first = f"{path_of(paper)}/{slug(at)}"
    code, number = first, 1
    while acts.knowing.latest(subject_of("expectation", name, code)) is not None:
        number += 1
        code = f"{first}-{number}"
    return code


def _on(topic: str | None, wanted: str | None) -> bool:
    if wanted is None:
        return True
    return topic is not None and (topic == wanted or topic.startswith(f"{wanted}/"))


def _judged(view: View, subject: str, as_at: date) -> tuple[Event | None, Event | None]:
    """What a higher line said last, and the owner's claim that it answers."""
    closing = closing_of(view, subject, as_at=as_at)
    last = closing.last
    if last is None or last.what not in (Happened.CLOSED, Happened.VERIFIED, Happened.NOT_DONE):
        return None, None
    return last, closing.claim_before(last)


def _found(
    view: View, entry: Entry[Expectation], as_at: date
) -> tuple[tuple[Gap, ...], tuple[Apart, ...]]:
    value = entry.value
    if value.measure is None or (value.target is None and not value.formula):
        return (), ()
    asked = target_of(view, entry)
    held = [against(one, asked) for one in series(view, value.measure, value.scope, as_at=as_at)]
    return (
        tuple(one for one in held if isinstance(one, Gap)),
        tuple(one for one in held if isinstance(one, Apart)),
    )


def _lower(view: View, entry: Entry[Expectation]) -> bool:
    found = view.find(entry.value.measure) if entry.value.measure else None
    return found is not None and found.held is not None and found.held.better == LOWER


def _became(
    gaps: tuple[Gap, ...],
    judged: Event | None,
    done: date,
    days: tuple[date, date],
    *,
    lower: bool,
) -> tuple[Became, Gap | None]:
    """What became of a promise, and the observation that says so.

    Args:
        gaps: What was observed against the target, the oldest first.
        judged: What a higher line said last.
        done: The day on which the owner claimed it, or else on which the higher line spoke.
        days: The day by which it was due, and the day on which it is looked at.
        lower: Whether less is better.
    """

    def met(one: Gap) -> bool:
        return one.exact <= 0 if lower else one.exact >= 0

    due, as_at = days
    before = [one for one in gaps if one.observed.on <= due]
    since = [one for one in gaps if one.observed.on >= due]
    in_time = bool(before) and met(before[-1])
    if judged is not None:
        if judged.what is Happened.NOT_DONE:
            return Became.BROKEN, gaps[-1] if gaps else None
        shown = before[-1] if in_time else gaps[-1] if gaps else None
        return (Became.KEPT if in_time or done <= due else Became.ANSWERED_LATE), shown
    if in_time:
        return Became.KEPT, before[-1]
    if as_at <= due:
        return Became.TO_COME, None
    late = next((one for one in since if one.observed.on > due and met(one)), None)
    if late is not None:
        return Became.ANSWERED_LATE, late
    return (Became.BROKEN, since[-1]) if since else (Became.NOT_ANSWERED, None)


def _answering(
    view: View, entry: Entry[Expectation], days: tuple[date, date], papers: Papers
) -> tuple[Entry[Document], ...]:
    due, as_at = days
    linked = {one.value.source for one in view.links(LinkType.ANSWERS, target=entry.subject)}
    resting = papers.resting_on(entry.subject, [one.seq for one in versions(view, entry.subject)])
    return tuple(
        one
        for one in papers.of(linked | resting)
        if one.value.scope == entry.value.scope and due < one.value.held_on <= as_at
    )
