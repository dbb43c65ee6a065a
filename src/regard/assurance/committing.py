"""Targets that a body sets itself in answer to a requirement: a number, or a formula of inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regard.assurance.formulas import formula_of
from regard.assurance.tiers import tier_term
from regard.core.errors import DefinitionRefused, EntryRefused
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import made
from regard.register.kinds.values import Amount, Input, LinkType, Window, Wording
from regard.register.register import Register
from regard.register.subjects import path_of, subject_of


@dataclass(frozen=True)
class Commitment:
    """What a body sets itself, as it is entered.

    Attributes:
        edition: The running list in which it stands.
        code: By which it is called there.
        text: Its words.
        scope: The body.
        measure: What is measured.
        target: How much of it; None where a formula says so.
        formula: How the target is worked out.
        inputs: The numbers that the formula takes.
        base: On which base it stands.
        owner: The post that answers for it.
        due: By which day it is to be reached; None for what is to be kept up.
        answers: The requirement that it answers.
        tier: At which tier it is promised: `local`, `regional` or `national`.
        days: For how many days it must be kept up; None where nobody said.
    """

    edition: str
    code: str
    text: str
    scope: str
    measure: str
    target: Amount | None = None
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    base: str = ""
    owner: str | None = None
    due: date | None = None
    answers: str | None = None
    tier: str = ""
    days: int | None = None


def commit(register: Register, given: Commitment, *, by: Speaker) -> Entry[Expectation]:
    """Enter a target, with the link to the requirement that it answers, in one act.

    Raises:
        DefinitionRefused: it says neither a number nor a formula, or the formula cannot be worked
            out with its inputs.
        NotKnown: there is no such tier.
        EntryRefused: the list has one of that code, or it names what the register does not hold.
        AccessRefused: the speaker may not.
    """
    if given.target is None and not given.formula:
        raise DefinitionRefused(
            f"{given.code} says no target and no formula", expected="one of them"
        )
    if given.formula:
        formula_of(given.formula).of(given.inputs)
    value = made(
        Expectation,
        edition=given.edition,
        code=given.code,
        text=given.text,
        wording=Wording.QUOTED,
        mode="achieve" if given.due else "maintain",
        scope=given.scope,
        owner=given.owner,
        window=Window(end=given.due),
        measure=given.measure,
        target=given.target,
        base=given.base,
        formula=given.formula,
        inputs=given.inputs,
        sustain_for=given.days,
        terms=tier_term(given.tier) if given.tier else (),
    )
    subject = subject_of("expectation", path_of(given.edition), *given.code.split("/"))
    found = register.view(by).find(subject)
    if found is not None:
        raise EntryRefused(
            f"{subject} is there since entry {found.seq}",
            expected="a code of its own",
            next_step="change its inputs with: regard target change",
        )
    with register.acting(by) as acts:
        entered = acts.enter(value, subject=subject, after=0)
        if given.answers:
            acts.enter(
                made(Link, type=LinkType.ANSWERS, source=subject, target=given.answers),
                subject=subject_of("link", "answers", path_of(subject), path_of(given.answers)),
            )
    return entered
