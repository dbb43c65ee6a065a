"""What posts say in a round: a lead judges, a reviewer challenges, a chief officer signs off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from regard.assurance.cells import Key, cells, subject_of_judgement
from regard.assurance.lineage import WHOLE
from regard.assurance.publishing import BOARD_SCALE
from regard.assurance.scales import level_of
from regard.assurance.silences import not_spoken, signed
from regard.assurance.suggesting import Suggested, named, suggested
from regard.core.errors import DefinitionRefused, EntryRefused, NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.library.shelf import Library
from regard.library.suggesting import Held
from regard.register.access import EVERYTHING
from regard.register.entries import Entry, Speaker
from regard.register.kinds.facts import Expectation
from regard.register.kinds.frame import Cycle
from regard.register.kinds.reading import changed, made
from regard.register.kinds.speech import Act, Decision, Judgement, Stage
from regard.register.kinds.values import Absent, Confidence, Line
from regard.register.register import Register
from regard.register.seeing import View
from regard.register.subjects import path_of, subject_of

INDICATOR = "Indicator: "
"""How an indicator that a lead gave begins, on a line of its own below the reason."""

ASKED = "Asked: "
"""How a question that a board asked begins, on a line of its own below the reason."""


@dataclass(frozen=True)
class Word:
    """What a post says of a cell.

    Attributes:
        reason: Why.
        level: The level, by its code.
        absent: Why there is none.
        departure: A second reason, where the level is another than the rule suggests.
        confidence: How sure the post is.
        evidence: The observations it rests on; None for those the suggestion found.
        marking: How closely it is held.
    """

    reason: str
    level: str | None = None
    absent: Absent | None = None
    departure: str = ""
    confidence: Confidence | None = None
    evidence: tuple[str, ...] | None = None
    marking: Marking = OFFICIAL


def judge(
    register: Register,
    cycle: str,
    key: Key,
    word: Word,
    *,
    by: Speaker,
    indicators: Iterable[Held] = (),
    held: Library | None = None,
) -> Entry[Judgement]:
    """The named lead judges a cell; the rule's suggestion is kept beside the level.

    Raises:
        NotKnown: there is no such round, requirement or level.
        AccessRefused: the round does not ask this post for it.
        DefinitionRefused: no reason is given, or no second one to depart from the suggestion.
        EntryRefused: the round is closed, or does not judge this.
    """
    view = register.view(by)
    made_of = consider(view, cycle, key, word, indicators=indicators, held=held)
    return enter_all(register, ((made_of, word.marking),), by=by)[0]


def consider(
    view: View,
    cycle: str,
    key: Key,
    word: Word,
    *,
    indicators: Iterable[Held] = (),
    held: Library | None = None,
) -> Judgement:
    """What a lead would say of a cell, with what the rule suggests beside it; nothing is entered.

    Raises:
        NotKnown: there is no such round, requirement or level.
        DefinitionRefused: no reason is given, or no second one to depart from the suggestion.
    """
    _must_be_asked(view, cycle, key)
    given = tuple(indicators)
    found = suggested(view, cycle, key, indicators=given, evidence=word.evidence, held=held)
    if given:
        told = (f"{INDICATOR}{one.what}: {one.level}" for one in given)
        word = replace(word, reason="\n".join((word.reason, *told)))
    plain = _judgement(view, cycle, found.requirement, key, word, Line.DOING)
    try:
        return changed(
            plain,
            suggested=found.level,
            rule=found.rule,
            departure=word.departure,
            evidence=found.cited if word.evidence is None else word.evidence,
        )
    except DefinitionRefused as refusal:
        raise DefinitionRefused(
            f"{named(key)}: {refusal.wrong}",
            expected=refusal.expected,
            next_step=_way_out(found, word, refusal),
        ) from refusal


def _way_out(found: Suggested, word: Word, refusal: DefinitionRefused) -> str:
    """What a lead can do whose word is refused, and what the suggestion goes by."""
    if word.departure or found.level in (None, word.level):
        return refusal.next_step
    because = "; ".join(str(one) for one in found.because)
    goes_by = f"; the rule goes by: {because}" if because else ""
    return f"say in the departure why it is another level than suggested{goes_by}"


def inspect(
    register: Register, cycle: str, key: Key, word: Word, *, by: Speaker
) -> Entry[Judgement]:
    """An inspector or another independent reviewer judges a cell, at line 3.

    Raises:
        As `judge` does.
    """
    value = seen_from_outside(register.view(by), cycle, key, word)
    return enter_all(register, ((value, word.marking),), by=by)[0]


def seen_from_outside(view: View, cycle: str, key: Key, word: Word) -> Judgement:
    """What an independent reviewer would say of a cell, at line 3; nothing is entered.

    Raises:
        NotKnown: there is no such round, requirement or level.
        DefinitionRefused: no reason is given.
    """
    _must_be_asked(view, cycle, key)
    return _judgement(view, cycle, view.one(key.about), key, word, Line.INDEPENDENT)


def challenge(register: Register, answers: int, word: Word, *, by: Speaker) -> Entry[Judgement]:
    """A reviewer answers what a lead judged, at line 2: agrees, or takes another view.

    Args:
        register: The register.
        answers: The number of the entry that is answered.
        word: The reviewer's own view; without a level and without an absence it agrees.
        by: Who reviews.

    Raises:
        NotKnown: there is no such judgement, or no such level.
        AccessRefused: the speaker does not review.
        EntryRefused: it was only carried, was judged again since, is no lead's, or is the
            speaker's own.
        DefinitionRefused: no reason is given, or the other view is the same.
    """
    value = answer(register.view(by), answers, word)
    return enter_all(register, ((value, word.marking),), by=by)[0]


def answer(view: View, answers: int, word: Word) -> Judgement:
    """What a reviewer would say of what a lead judged, at line 2; nothing is entered.

    Raises:
        As `challenge` does.
    """
    entry = view.entry(answers)
    value = entry.held if entry else None
    if entry is None or not isinstance(value, Judgement):
        raise NotKnown(
            "judgement",
            f"entry {answers}",
            [f"entry {one.seq}" for one in view.all(Judgement) if one.held is not None],
            next_step="see the numbers with: regard round show ROUND",
        )
    _must_stand_for_review(view, entry)
    if word.level is None and word.absent is None:
        word = replace(word, level=value.level, absent=value.absent)
    elif (word.level, word.absent) == (value.level, value.absent):
        raise DefinitionRefused(
            f"{word.level or word.absent} is what entry {answers} judged",
            expected="another level, or none at all in order to agree",
        )
    key = Key(value.scope, value.about, value.aspect)
    made_of = _judgement(view, value.cycle or "", view.one(key.about), key, word, Line.OVERSEEING)
    return changed(made_of, answers=answers)


def _must_stand_for_review(view: View, entry: Entry[Judgement]) -> None:
    value = entry.value
    last = view.find(entry.subject)
    wrong = ""
    if value.line is not Line.DOING:
        wrong = f"was said at line {int(value.line)}"
    elif not value.counts:
        wrong = "was only carried; nobody has judged it in this round"
    elif last is not None and last.seq != entry.seq:
        wrong = f"was judged again by entry {last.seq}"
    if wrong:
        raise EntryRefused(
            f"entry {entry.seq} {wrong}",
            expected="the last judgement of a lead, made in this round",
        )


def assure(
    register: Register,
    cycle: str,
    *,
    scope: str,
    about: str,
    word: Word,
    asked: tuple[str, ...] = (),
    by: Speaker,
) -> Entry[Judgement]:
    """A board says whether it is assured of a requirement or heading, with what it asked.

    Args:
        register: The register.
        cycle: The round.
        scope: The body.
        about: The requirement or heading.
        word: Its level on the board's scale, and why.
        asked: The questions it asked, each kept on a line of its own.
        by: Who speaks for the board.

    Raises:
        NotKnown: there is no such round, requirement or level.
        AccessRefused: the speaker is of no board.
        DefinitionRefused: no reason or no level is given.
    """
    value = assurance(register.view(by), cycle, scope=scope, about=about, word=word, asked=asked)
    return enter_all(register, ((value, word.marking),), by=by)[0]


def assurance(
    view: View,
    cycle: str,
    *,
    scope: str,
    about: str,
    word: Word,
    asked: tuple[str, ...] = (),
) -> Judgement:
    """What a board would say of a requirement or heading; nothing is entered.

    Raises:
        As `assure` does.
    """
    requirement: Entry[Expectation] = view.one(about)
    if word.level is None:
        raise DefinitionRefused(
            f"the board says {word.absent or 'nothing'} of {path_of(about)}",
            expected="a level: assured, partly-assured or not-assured",
        )
    level_of(view, BOARD_SCALE, word.level)
    return made(
        Judgement,
        about=about,
        edition=requirement.value.edition,
        aspect=WHOLE,
        scope=scope,
        cycle=cycle,
        scale=BOARD_SCALE,
        level=word.level,
        line=Line.BOARD,
        reason="\n".join((word.reason, *(f"{ASKED}{one}" for one in asked))),
        confidence=word.confidence,
        evidence=word.evidence or (),
    )


def questions_of(judgement: Judgement) -> tuple[str, ...]:
    """The questions that a board asked."""
    lines = judgement.reason.splitlines()
    return tuple(one.removeprefix(ASKED) for one in lines if one.startswith(ASKED))


def sign_off(
    register: Register, cycle: str, *, scope: str, reason: str, by: Speaker
) -> Entry[Decision]:
    """A chief officer signs off what was judged and challenged for a body in a round.

    Raises:
        NotKnown: there is no such round, or it is not about that body.
        AccessRefused: the speaker may not sign off.
        EntryRefused: a lead or reviewer has still to speak; or the speaker judged at line 1.
    """
    seen = register.view(EVERYTHING)
    matrix = cells(seen, cycle, scope=scope)
    silences = not_spoken(seen, matrix, (Line.DOING, Line.OVERSEEING))
    if silences:
        first = silences[0]
        raise EntryRefused(
            f"{path_of(cycle)} cannot be signed off for {path_of(scope)}: {first.statement}",
            expected="a word of every lead and reviewer on every cell of their duty",
            next_step=f"see who has still to speak with: regard round still {path_of(cycle)}",
        )
    before = sum(1 for one in signed(seen, cycle) if one.value.scope == scope)
    number = f"-{before + 1}" if before else ""
    value = made(
        Decision,
        by=by.post,
        act=Act.SIGN_OFF,
        text=f"{matrix.cycle.value.name} is signed off for {path_of(scope)}.",
        reason=reason,
        stage=Stage.TAKEN,
        scope=scope,
        cycle=cycle,
    )
    subject = subject_of("decision", path_of(cycle), path_of(scope), f"sign-off{number}")
    return register.enter(value, subject=subject, by=by, after=0)


def _must_be_asked(view: View, cycle: str, key: Key) -> None:
    """Refuse a cell that the round does not have, with what it has."""
    round_: Entry[Cycle] = view.one(cycle)
    asked = (*round_.value.aspects, WHOLE)
    if key.aspect not in asked:
        raise NotKnown(f"C of {cycle}", key.aspect, round_.value.aspects)
    if key.scope not in round_.value.scopes:
        raise NotKnown(f"body of {cycle}", key.scope, round_.value.scopes)


def _judgement(
    view: View,
    cycle: str,
    requirement: Entry[Expectation],
    key: Key,
    word: Word,
    line: Line,
) -> Judgement:
    held = requirement.value
    if not held.judged:
        raise DefinitionRefused(
            f"{path_of(key.about)} is a heading and is not judged",
            expected="a requirement below it",
        )
    if word.level is not None:
        level_of(view, held.scale, word.level)
    return made(
        Judgement,
        about=key.about,
        edition=held.edition,
        aspect=key.aspect,
        scope=key.scope,
        cycle=cycle,
        scale=held.scale,
        level=word.level,
        absent=word.absent,
        line=line,
        reason=word.reason,
        confidence=word.confidence,
        evidence=word.evidence or (),
    )


def enter_all(
    register: Register, words: tuple[tuple[Judgement, Marking], ...], *, by: Speaker
) -> tuple[Entry[Judgement], ...]:
    """Enter judgements of one round in one act, true as at its day or, before that, today.

    Raises:
        AccessRefused: the round does not ask this post for one of them.
        EntryRefused: the round is closed, or does not judge one of them.
    """
    if not words:
        return ()
    cycle = words[0][0].cycle or ""
    round_: Entry[Cycle] = register.view(by).one(cycle)
    with register.acting(by) as act:
        effective = min(round_.value.as_at, act.today)
        subjects = [
            subject_of_judgement(cycle, Key(one.scope, one.about, one.aspect), one.line)
            for one, _ in words
        ]
        act.learn(subjects)
        return tuple(
            act.enter(value, subject=subject, effective=effective, marking=marking)
            for subject, (value, marking) in zip(subjects, words, strict=True)
        )
