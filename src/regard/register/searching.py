"""Finding entries by words, subjects or numbers, among what a reader may see and nothing else.

The database only says which entries may fit; whether one does is asked of its own words, so that
the name of a field or a mark of JSON is never a find. What a reader may not see is left out before
it is looked at, by the condition that every other question of a view carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from regard.core.errors import DefinitionRefused
from regard.register.entries import Entry
from regard.register.kinds.reading import KINDS, kind_named
from regard.register.kinds.values import Kind
from regard.register.rows import READ_COLUMNS
from regard.register.seeing import View
from regard.register.subjects import kind_of
from regard.register.telling import ERASED, saying

LONGEST = 200  # characters of what is looked for
MOST_WORDS = 8
SHORTEST = 2  # characters of a word; a single letter would find nearly everything
AT_ONCE = 20_000  # entries that are walked over in one question
FETCHED = 200  # entries that one question gives at most
PATIENCE = 1.5  # seconds after which the walk stops and says how far it came
AROUND = 70  # characters of an entry's words shown on each side of what was found

_ESCAPE = "!"
_PLAIN = re.compile(r"[A-Za-z0-9 .,:;'()/@#&+*=<>?$£-]")
_NUMBER = re.compile(r"(?:entry\s+|#)?([0-9][0-9,]{0,18})", re.IGNORECASE)
_MACHINES = frozenset({"kept", "digests", "digest", "sha256", "head"})
"""Fields that hold files and hashes, which nobody looks for by words."""
_END_OF_TIME = "9999-12-31"


@dataclass(frozen=True)
class Hit:
    """An entry that was found.

    Attributes:
        entry: The entry, as it stands at the view's position.
        before, found, after: Its words around the first word that was looked for; of an entry
            that was found by its number or its subject, how they begin.
    """

    entry: Entry[Any]
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Hits:
    """What was found, the latest entry first.

    Attributes:
        named: The entry or subject that was asked for by its number or name, if there is one.
        hits: What was found by words.
        next_before: The number of the entry before which the walk goes on; None at the end.
        is_stopped: Whether it stopped because it had taken long enough, with room for more.
    """

    named: Hit | None
    hits: tuple[Hit, ...]
    next_before: int | None
    is_stopped: bool


def search(
    view: View, asked: str, *, kind: str = "", before: int | None = None, limit: int = 50
) -> Hits:
    """Entries that hold every word that is asked for, in their words or their subject.

    Letters count alike in either case. Of each subject it is the version that stands at the
    view's position.

    Args:
        view: Who looks, at which position.
        asked: Words; or the number of an entry, as `131` or `entry 131`; or a subject.
        kind: Only entries of that kind; empty for all.
        before: Only entries before that number, to go on where the last page ended.
        limit: How many at most.

    Raises:
        DefinitionRefused: nothing that can be looked for is asked, or too much.
        NotKnown: there is no such kind.
    """
    words = words_of(asked)
    if kind:
        kind_named(kind)
    last = view.position.seq if before is None else min(before - 1, view.position.seq)
    named = _named(view, asked, kind) if before is None else None
    found: list[Hit] = []
    until = monotonic() + PATIENCE
    while last > 0 and len(found) <= limit and monotonic() < until:
        first = max(0, last - AT_ONCE)
        entries = _candidates(view, words, kind, (first, last))
        found += (one for one in (_hit(entry, words) for entry in entries) if one is not None)
        last = entries[-1].seq - 1 if len(entries) == FETCHED else first
    if len(found) > limit:
        return Hits(named, tuple(found[:limit]), found[limit - 1].entry.seq, is_stopped=False)
    return Hits(named, tuple(found), last + 1 if last > 0 else None, is_stopped=last > 0)


def words_of(asked: str) -> tuple[str, ...]:
    """The words that are looked for, each once.

    Raises:
        DefinitionRefused: there is none, one is too short, or there are too many.
    """
    words = tuple({one.casefold(): one for one in asked.split()}.values())
    if not words:
        raise DefinitionRefused(
            f"{asked!r} holds nothing to look for", expected="a word, a subject or a number"
        )
    if len(asked) > LONGEST or len(words) > MOST_WORDS:
        raise DefinitionRefused(
            f"{len(words)} words of {len(asked)} characters are asked for",
            expected=f"at most {MOST_WORDS} words and {LONGEST} characters",
        )
    short = next((one for one in words if len(one) < SHORTEST and not one.isdigit()), "")
    if short:
        raise DefinitionRefused(
            f"{short!r} is too short to look for",
            expected=f"words of {SHORTEST} characters or more",
        )
    return words


def like(word: str) -> str:
    """A word as a pattern of SQL's LIKE, on small letters, that fits wherever the word stands.

    What a pattern would read as a wildcard stands for itself. A letter outside ASCII, of which the
    two databases have different small ones, fits anything: the words themselves are asked then.

    Example:
        >>> like("50%")
        '%50!%%'
    """
    made = "".join(
        f"{_ESCAPE}{one}" if one in "%_!" else one.lower() if _PLAIN.fullmatch(one) else "%"
        for one in word
    )
    return f"%{made}%"


def _candidates(
    view: View, words: tuple[str, ...], kind: str, between: tuple[int, int]
) -> tuple[Entry[Any], ...]:
    """Entries of a stretch that stand, may be seen and may fit, the latest first."""
    true_on = view.position.true_on
    until = true_on.isoformat() if true_on else _END_OF_TIME
    seen, seeing = view._sight().whole_of("e")
    fits = f"(LOWER(b.words) LIKE %s ESCAPE '{_ESCAPE}' OR e.subject LIKE %s ESCAPE '{_ESCAPE}')"
    of_kind, kinds = ("AND e.kind = %s ", [kind]) if kind else ("", [])
    sql = (
        f"SELECT {READ_COLUMNS} FROM entry e JOIN body b ON b.seq = e.seq "  # noqa: S608 - clauses of this module
        f"WHERE e.seq > %s AND e.seq <= %s AND e.effective <= %s {of_kind}"
        f"AND {' AND '.join([fits] * len(words))} AND NOT EXISTS ("
        "SELECT 1 FROM version n WHERE n.subject = e.subject AND n.seq <= %s "
        "AND n.effective <= %s AND (n.effective > e.effective "
        "OR (n.effective = e.effective AND n.seq > e.seq))) "
        f"AND {seen} ORDER BY e.seq DESC LIMIT {FETCHED}"
    )
    patterns = [pattern for word in words for pattern in (like(word), like(word))]
    return view._read(sql, [*between, until, *kinds, *patterns, view.position.seq, until, *seeing])


def _hit(entry: Entry[Any], words: tuple[str, ...]) -> Hit | None:
    """The entry with what fits of it, or None if a word is in none of its texts."""
    if entry.held is None:
        return None
    texts = [entry.subject, *texts_of(entry.held)]
    folded = [one.casefold() for one in texts]
    wanted = [one.casefold() for one in words]
    if not all(any(word in one for one in folded) for word in wanted):
        return None
    # What somebody wrote tells more than the codes beside it.
    for place in sorted(range(1, len(texts)), key=lambda one: " " not in texts[one]):
        at = folded[place].find(wanted[0])
        if at >= 0 and len(folded[place]) == len(texts[place]):
            return _around(entry, texts[place], at, len(wanted[0]))
    return Hit(entry, saying(entry.held)[: 2 * AROUND], "", "")


def _around(entry: Entry[Any], text: str, at: int, length: int) -> Hit:
    start, end = max(0, at - AROUND), min(len(text), at + length + AROUND)
    return Hit(
        entry,
        ("…" if start else "") + text[start:at],
        text[at : at + length],
        text[at + length : end] + ("…" if end < len(text) else ""),
    )


def texts_of(value: Kind) -> Iterator[str]:
    """Every text that a value holds, without files and hashes, in the order of its fields."""
    yield from _texts(value.model_dump(mode="json", exclude_defaults=True))


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for name, one in held.items():
            if name not in _MACHINES:
                yield from _texts(one)
    elif isinstance(held, list):
        for one in held:
            yield from _texts(one)


def _named(view: View, asked: str, kind: str) -> Hit | None:
    """The entry of the number, or the subject, that is asked for as such."""
    text = asked.strip()
    number = _NUMBER.fullmatch(text)
    entry: Entry[Any] | None = None
    if number is not None:
        seq = int(number[1].replace(",", ""))
        entry = view.entry(seq) if 0 < seq <= view.position.seq else None
    elif kind_of(text) in KINDS and ":" in text:
        entry = view.find(text)
    if entry is None or (kind and entry.kind != kind):
        return None
    told = ERASED if entry.held is None else saying(entry.held)
    return Hit(entry, told[: 2 * AROUND], "", "")
