"""The laws that every entry keeps, checked inside the transaction that writes it.

The numbers are those of the metamodel's fifteen invariants. What is derived (gaps, staleness,
roll-ups) is kept by the rooms that derive it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from regard.core.errors import RegardError
from regard.core.markings import Marking
from regard.register.kinds.frame import Link
from regard.register.kinds.reading import KINDS, value_of
from regard.register.laws_frame import (
    bodies_are_a_tree,
    date_moves_by_decision,
    duties_are_of_posts,
    edition_is_frozen,
    frozen_edition_stands,
    link_stands,
    no_ring_of_answers,
    owner_is_a_post,
    parent_in_edition,
    round_stands,
)
from regard.register.laws_papers import (
    decision_moves_on,
    decision_takes_what_it_may,
    erases_what_there_is,
    head_is_the_journals,
    issued_stands,
    marked_as_high_as_cited,
    signs_what_others_said,
)
from regard.register.laws_speech import (
    answers_another,
    carried_is_not_made,
    closes_what_is_open,
    judgement_stands,
    judges_what_is_judged,
    nobody_verifies_their_own,
    one_line_each,
    within_its_cycle,
)
from regard.register.rows import MOST_NAMES
from regard.register.saying import Saying, above
from regard.register.subjects import LONGEST, PATH, kind_of

LONGEST_MARKING = 500  # characters; a column of either database holds it whole

_WHOLE = re.compile(rf"[a-z]+:{PATH}")
_GROUP = re.compile(r"[a-z0-9][a-z0-9._/-]*")


def check(saying: Saying) -> None:
    """Refuse an entry that breaks a law.

    Raises:
        EntryRefused: it does; the message says which law and how it can be kept.
    """
    for law in FOR_ALL:
        law(saying)
    for law in BY_KIND.get(saying.value.kind, ()):
        law(saying)


def of_its_kind(saying: Saying) -> None:
    """A subject is well named, and of the kind that is said of it."""
    if not _WHOLE.fullmatch(saying.subject) or len(saying.subject) > LONGEST:
        raise saying.refuse(
            "that is not a subject",
            expected="kind:part/part of small letters, digits, `.`, `_` and `-`, at most "
            f"{LONGEST} characters",
        )
    named = kind_of(saying.subject)
    if named != saying.value.kind or type(saying.value) is not KINDS.get(named):
        raise saying.refuse(
            f"the subject names a {named} and the entry is a {saying.value.kind}",
            expected=f"a subject that begins with {saying.value.kind}:",
        )


def reads_back(saying: Saying) -> None:
    """Invariant 4 and every rule of a kind, on the words that are kept.

    A value can be made past the rules of its kind; words cannot be read back past them.
    """
    words = saying.words
    try:
        same = value_of(saying.value.kind, words) == saying.value
    except RegardError as refusal:
        raise saying.refuse(refusal.wrong, expected=refusal.expected) from refusal
    if not same:
        raise saying.refuse(
            f"its words {words[:80]} read back as something else",
            expected=f"a {saying.value.kind} that was made by its own rules",
        )


def is_dated_and_marked(saying: Saying) -> None:
    """A day is a day, and a marking reads back as itself."""
    if type(saying.effective) is not date:
        raise saying.refuse(f"{saying.effective!r} is not a day", expected="a date without a time")
    groups = saying.marking.need_to_know
    said = str(saying.marking)
    if (
        len(said) > LONGEST_MARKING
        or not all(_GROUP.fullmatch(one) for one in groups)
        or Marking.parse(said) != saying.marking
    ):
        raise saying.refuse(
            f"the marking {said[:80]} cannot be kept",
            expected="OFFICIAL, or OFFICIAL-SENSITIVE with groups named by codes, at most "
            f"{LONGEST_MARKING} characters",
        )


def facets_stand(saying: Saying) -> None:
    """What a subject is about belongs to it and never changes."""
    before = saying.before
    if before is None:
        return
    was, now = before.facets(), saying.value.facets()
    moved = [name for name in was._fields if getattr(was, name) != getattr(now, name)]
    if moved:
        told = "; ".join(f"{name} {getattr(was, name)} to {getattr(now, name)}" for name in moved)
        raise saying.refuse(
            f"a later version cannot be about something else ({told})",
            expected=f"the same {', '.join(moved)}",
            next_step="enter it as a subject of its own",
        )


def names_what_exists(saying: Saying) -> None:
    """What an entry names was entered before, and the speaker may see it.

    What may not be seen is refused with the very words for what is not there, so that nobody can
    learn by asking.
    """
    named = {target for _, target in saying.value.names()}
    if isinstance(saying.value, Link):
        named |= {saying.value.source, saying.value.target}
    if len(named) >= MOST_NAMES:
        raise saying.refuse(
            f"it names {len(named):,} subjects", expected=f"fewer than {MOST_NAMES:,}"
        )
    saying.knowing.learn(named)
    missing = sorted(one for one in named if one != saying.subject and saying.found(one) is None)
    if missing:
        raise saying.refuse(
            f"it names {', '.join(missing)}, which the register does not hold",
            expected="subjects that were entered before",
        )


def marked_as_what_it_is_about(saying: Saying) -> None:
    """What is said about something is held as closely as that is."""
    value = saying.value
    ends = (value.source, value.target) if isinstance(value, Link) else ()
    about = getattr(value, "about", None) if value.kind in _ABOUT else None
    for named in (*ends, *((about,) if about else ())):
        found = saying.found(named)
        if found is not None and not saying.marking.covers(found.marking):
            raise saying.refuse(
                f"it is marked {saying.marking} and is about {named}, which is {found.marking}",
                expected=f"a marking that covers {found.marking}",
            )


_ABOUT = ("judgement", "concern")

Law = Callable[[Saying], None]

FOR_ALL: tuple[Law, ...] = (
    of_its_kind,
    reads_back,
    is_dated_and_marked,
    facets_stand,
    names_what_exists,
    marked_as_what_it_is_about,
)
"""The laws that entries of every kind keep."""

BY_KIND: dict[str, tuple[Law, ...]] = {
    "party": (bodies_are_a_tree,),
    "edition": (frozen_edition_stands,),
    "expectation": (
        edition_is_frozen,
        parent_in_edition,
        date_moves_by_decision,
        owner_is_a_post,
    ),
    "concern": (owner_is_a_post,),
    "judgement": (
        judgement_stands,
        judges_what_is_judged,
        within_its_cycle,
        carried_is_not_made,
        one_line_each,
        nobody_verifies_their_own,
        closes_what_is_open,
        answers_another,
    ),
    "decision": (
        decision_moves_on,
        decision_takes_what_it_may,
        signs_what_others_said,
        erases_what_there_is,
    ),
    "link": (link_stands, no_ring_of_answers),
    "document": (issued_stands, marked_as_high_as_cited, head_is_the_journals),
    "cycle": (round_stands, duties_are_of_posts),
}
"""The laws that entries of one kind keep besides."""

__all__ = ["BY_KIND", "FOR_ALL", "Law", "Saying", "above", "check"]
