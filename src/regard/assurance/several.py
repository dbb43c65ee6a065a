"""Words on several cells in one act, so that all of them stand or none."""

from __future__ import annotations

from collections.abc import Iterable

from regard.assurance.cells import Key
from regard.assurance.judging import (
    Word,
    answer,
    assurance,
    consider,
    enter_all,
    seen_from_outside,
)
from regard.core.errors import DefinitionRefused
from regard.library.shelf import Library
from regard.register.entries import Entry, Speaker
from regard.register.kinds.speech import Judgement
from regard.register.register import Register


def judge_all(
    register: Register,
    cycle: str,
    words: Iterable[tuple[Key, Word]],
    *,
    by: Speaker,
    held: Library | None = None,
) -> tuple[Entry[Judgement], ...]:
    """The named lead judges many cells in one act: all of them stand, or none.

    Raises:
        As `judge` does, naming the first cell that is refused.
    """
    view = register.view(by)
    made_of = tuple(
        (consider(view, cycle, key, word, held=held), word.marking) for key, word in words
    )
    return enter_all(register, made_of, by=by)


def challenge_all(
    register: Register, answers: Iterable[int], word: Word, *, by: Speaker
) -> tuple[Entry[Judgement], ...]:
    """A reviewer answers several judgements of one round alike, at line 2.

    Args:
        register: The register.
        answers: The numbers of the entries that are answered.
        word: The reviewer's view of each; without a level and without an absence it agrees.
        by: Who reviews.

    Raises:
        DefinitionRefused: none is named, they are of several rounds, or as `challenge` does.
        NotKnown: one is no judgement.
        AccessRefused: the speaker does not review.
        EntryRefused: as `challenge` does, of any of them.
    """
    view = register.view(by)
    return _enter(register, [answer(view, one, word) for one in dict.fromkeys(answers)], word, by)


def inspect_all(
    register: Register, cycle: str, keys: Iterable[Key], word: Word, *, by: Speaker
) -> tuple[Entry[Judgement], ...]:
    """An independent reviewer judges several cells alike, at line 3.

    Raises:
        DefinitionRefused: none is named, or no reason is given.
        NotKnown, AccessRefused, EntryRefused: as `inspect` does, of any of them.
    """
    view = register.view(by)
    said = [seen_from_outside(view, cycle, one, word) for one in dict.fromkeys(keys)]
    return _enter(register, said, word, by)


def assure_all(
    register: Register,
    cycle: str,
    abouts: Iterable[str],
    word: Word,
    *,
    scope: str,
    asked: tuple[str, ...] = (),
    by: Speaker,
) -> tuple[Entry[Judgement], ...]:
    """A board says of several requirements or headings alike whether it is assured.

    Raises:
        DefinitionRefused: none is named, or no reason or level is given.
        NotKnown, AccessRefused, EntryRefused: as `assure` does, of any of them.
    """
    view = register.view(by)
    said = [
        assurance(view, cycle, scope=scope, about=one, word=word, asked=asked)
        for one in dict.fromkeys(abouts)
    ]
    return _enter(register, said, word, by)


def _enter(
    register: Register, said: list[Judgement], word: Word, by: Speaker
) -> tuple[Entry[Judgement], ...]:
    rounds = sorted({one.cycle or "" for one in said})
    if len(rounds) != 1:
        raise DefinitionRefused(
            f"{len(said)} judgements of {', '.join(rounds) or 'no round'} cannot be one act",
            expected="at least one, all of one round",
        )
    return enter_all(register, tuple((one, word.marking) for one in said), by=by)
