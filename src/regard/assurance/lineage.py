"""Where each requirement of an edition comes from, as the register's own crosswalks have it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regard.core.errors import NotComparable
from regard.register.entries import Entry
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Edition
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

WHOLE = "whole"
"""The aspect of a judgement that is under no C."""

SAME, REWORDED, NEW, DROPPED = "same", "reworded", "new", "dropped"
CARRYING = (SAME, REWORDED)
"""The relations along which a judgement is offered again; any other asks for a new one."""

DEEPEST = 50  # editions in a row before a chain counts as a ring


@dataclass(frozen=True)
class Descent:
    """A requirement and what it was in an earlier edition.

    Attributes:
        now: The requirement; of one that ended, as it stood in the earlier edition.
        was: The subjects it comes from; none if it is new.
        relation: What became of it, as the crosswalk says.
        carries: Whether a judgement of what it was is offered again.
        aspects: The Cs under which it was not judged before and now is.
        reason: Why, in words.
    """

    now: Entry[Expectation]
    was: tuple[str, ...]
    relation: str
    carries: bool
    aspects: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class _Step:
    """One requirement on its way back through the editions."""

    codes: tuple[str, ...]
    relation: str
    note: str = ""


def requirement_of(edition: str, code: str) -> str:
    """The subject of a requirement.

    Example:
        >>> requirement_of("edition:spr-2015", "public-order/psu-commitment")
        'expectation:spr-2015/public-order/psu-commitment'
    """
    return subject_of("expectation", path_of(edition), code)


def aspects_of(requirement: Expectation) -> tuple[str, ...]:
    """The Cs under which a requirement is judged; one that names none is judged as a whole."""
    return requirement.aspects or (WHOLE,)


def ancestry(view: View, requirement: Entry[Expectation]) -> tuple[str, ...]:
    """A requirement and what it was in each edition before, as the crosswalks have it.

    Args:
        view: The register at a position.
        requirement: As it stands now.

    Returns:
        Subjects, its own first; none of an edition that the register does not hold.
    """
    found = [requirement.subject]
    codes: tuple[str, ...] = (requirement.value.code,)
    here: str | None = requirement.value.edition
    for _ in range(DEEPEST):
        edition = view.find(here) if here and codes else None
        if edition is None or edition.held is None or edition.held.follows is None:
            break
        steps = [_crossed(one, edition.held) for one in codes]
        codes = tuple(dict.fromkeys(was for one in steps for was in one.codes))
        here = edition.held.follows
        found += [requirement_of(here, code) for code in codes]
    return tuple(found)


def descents(view: View, later: str, earlier: str) -> tuple[Descent, ...]:
    """What every requirement of an edition was in an earlier one; then those that ended.

    Args:
        view: The register at a position.
        later: The edition.
        earlier: An edition from which it descends, in one step or several; or itself.

    Raises:
        NotKnown: the register does not hold one of them.
        NotComparable: the later one does not descend from the earlier one.
    """
    chain = _chain(view, later, earlier)
    held = _held(view, later)
    before = held if later == earlier else _held(view, earlier)
    found = [_descent(one, chain, earlier, before) for one in held.values()]
    reached = {subject for one in found for subject in one.was}
    return (*found, *_ended(before, reached, chain))


def _held(view: View, edition: str) -> dict[str, Entry[Expectation]]:
    return {
        one.subject: one for one in view.all(Expectation, edition=edition) if one.held is not None
    }


def _chain(view: View, later: str, earlier: str) -> tuple[Entry[Edition], ...]:
    """The editions from the later one down to, and without, the earlier one."""
    chain: list[Entry[Edition]] = []
    here: str | None = later
    while here is not None and here != earlier and len(chain) < DEEPEST:
        chain.append(view.one(here))
        here = chain[-1].value.follows
    if here != earlier:
        raise NotComparable(
            f"{later} does not descend from {earlier}",
            expected="editions of one instrument, each published after the one it follows",
            next_step=f"publish {earlier} and the crosswalk from it before {later}",
        )
    return tuple(chain)


def _descent(
    now: Entry[Expectation],
    chain: tuple[Entry[Edition], ...],
    earlier: str,
    before: dict[str, Entry[Expectation]],
) -> Descent:
    step = _traced(now.value.code, chain)
    was = tuple(
        one for one in (requirement_of(earlier, code) for code in step.codes) if one in before
    )
    reasons = [f"{step.relation}: {step.note}" if step.note else step.relation]
    carries = step.relation in CARRYING and len(was) == 1
    fresh = aspects_of(now.value)
    if carries:
        origin = before[was[0]].value
        changed = list(_judged_otherwise(origin, now.value))
        carries, reasons = not changed, reasons + changed
        fresh = tuple(one for one in fresh if changed or one not in aspects_of(origin))
    return Descent(now, was, step.relation, carries, fresh, "; ".join(reasons))


def _traced(code: str, chain: tuple[Entry[Edition], ...]) -> _Step:
    """A code followed back through every edition of a chain; a break on the way stays one."""
    codes: tuple[str, ...] = (code,)
    relation, note = SAME, ""
    for edition in chain:
        found = [_crossed(one, edition.value) for one in codes]
        codes = tuple(dict.fromkeys(was for one in found for was in one.codes))
        told = next((one for one in found if one.relation != SAME), None)
        if relation in CARRYING and told is not None:
            relation, note = told.relation, told.note
    return _Step(codes, relation, note)


def _crossed(code: str, edition: Edition) -> _Step:
    for one in edition.crosswalk:
        if code in one.now:
            return _Step(one.was, one.relation, one.note)
    return _Step((), NEW, "no crosswalk names it")


def _judged_otherwise(before: Expectation, now: Expectation) -> Iterator[str]:
    """How a requirement is judged otherwise than before, though its words are much the same."""
    if before.judged != now.judged:
        yield "judged now" if now.judged else "judged no longer"
        return
    if before.scale != now.scale:
        yield f"judged on {now.scale}, before on {before.scale}"
    if before.rule != now.rule:
        yield f"judged by {now.rule}, before by {before.rule}"


def _ended(
    before: dict[str, Entry[Expectation]], reached: set[str], chain: tuple[Entry[Edition], ...]
) -> Iterator[Descent]:
    notes = {
        code: one.note
        for edition in chain
        for one in edition.value.crosswalk
        if one.relation == DROPPED
        for code in one.was
    }
    for subject, entry in before.items():
        if subject not in reached:
            note = notes.get(entry.value.code, "")
            reason = f"{DROPPED}: {note}" if note else DROPPED
            yield Descent(entry, (subject,), DROPPED, carries=False, aspects=(), reason=reason)
