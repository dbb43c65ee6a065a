"""Edits of a stored register by somebody who holds its database, and what a check must say of each.

Each way takes the luck of the draw and a `Hand` in the database, makes one edit, and tells what
must be found: the number of the first bad entry, or that it is the head, or a line of the witness
file. None where it cannot spoil this register; then nothing was changed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from regard.register.canonical import body_hash, entry_hash, new_salt
from regard.register.entries import HEADER, header_of, instant_of, instant_said
from regard.register.rows import BODY, EDGE, ENTRY, ERASURE, VERSION
from regard.register.signing import SignedHead, public_key_of, sign_head
from regard.register.streaming import Row
from regard.register.tree import Head, Peaks

SEQ, VERSION_AT, RECORDED, POST, BODY_AT, PREVIOUS = 0, 3, 5, 6, 10, 11
HASH, SALT, WORDS, DECISION = 12, 13, 14, 15
TEXTS = [place for place in range(len(HEADER)) if place not in (SEQ, VERSION_AT)]
WIDE = {HEADER.index(name) for name in ("subject", "post", "holder", "force", "marking")}
HEAD, LINE = "head", "line"


@dataclass(frozen=True)
class Bad:
    """What must be found: a number, the head, or a line of the witness file."""

    seq: int = 0
    where: str = ""
    projections: bool = False
    lines: tuple[SignedHead, ...] | None = None


@dataclass(frozen=True)
class Hand:
    """Somebody's hand in a database: its rows as they are, and the heads a witness keeps."""

    cursor: Any
    rows: list[Row]
    witness: tuple[SignedHead, ...]
    any_width: bool

    @property
    def erased(self) -> Row:
        """The one entry that was lawfully erased; its last column names the decision."""
        return next(row for row in self.rows if row[DECISION] is not None)

    def first(self, seq: int, *touched: int) -> Bad:
        """The first bad entry, where an erased one is as bad as the decision to erase it."""
        erased = self.erased
        return Bad(min(seq, erased[SEQ]) if erased[DECISION] in touched else seq)

    @property
    def size(self) -> int:
        return len(self.rows)

    def run(self, words: str, *values: Any) -> None:
        self.cursor.execute(words, list(values))

    def set(self, table: str, column: str, value: Any, seq: int) -> None:
        self.run(f"UPDATE {table} SET {column} = %s WHERE seq = %s", value, seq)

    def add(self, row: Row) -> None:
        self.run(ENTRY.insert, *row[:SALT])
        if row[WORDS] is not None:
            self.run(BODY.insert, row[SEQ], row[SALT], row[WORDS])

    def remove(self, first: int, last: int) -> None:
        for table in ("entry", "body", "erasure", "version", "edge"):
            self.run(f"DELETE FROM {table} WHERE seq BETWEEN %s AND %s", first, last)

    def write_head(self, rows: list[Row]) -> None:
        """A head that agrees with these rows."""
        peaks = Peaks()
        for row in rows:
            peaks.append(bytes.fromhex(row[HASH]))
        self.run(
            "UPDATE head SET size = %s, last = %s, peaks = %s",
            len(rows), rows[-1][HASH] if rows else "0" * 64, " ".join(peaks.stored()),
        )  # fmt: skip

    def write(self, rows: list[Row]) -> None:
        """Put rows in the place of those with their numbers."""
        for row in rows:
            columns = ", ".join(f"{name} = %s" for name in (*HEADER[1:], "hash"))
            self.run(f"UPDATE entry SET {columns} WHERE seq = %s", *row[1:SALT], row[SEQ])
            if row[WORDS] is not None:
                self.run("UPDATE body SET words = %s WHERE seq = %s", row[WORDS], row[SEQ])


Edit = Callable[[random.Random, Hand], Bad | None]


def rehashed(rows: list[Row], before: str) -> list[Row]:
    """These rows with hashes that agree with one another, after an entry with that hash."""
    made = []
    for row in rows:
        body = row[BODY_AT] if row[WORDS] is None else body_hash(row[SALT], row[WORDS])
        header = (*row[:BODY_AT], body, before)
        before = entry_hash(header_of(header))
        made.append((*header, before, *row[SALT:]))
    return made


def spoilt(draw: random.Random, text: str) -> str:
    """A text with one bit changed, or with one letter more or fewer."""
    way = draw.randrange(8)
    place = draw.randrange(len(text)) if text else 0
    if not text or way == 0:
        return text[:place] + draw.choice(" 0aA") + text[place:]
    if way == 1:
        return text[:place] + text[place + 1 :]
    code = ord(text[place])
    while True:
        other = code ^ (1 << draw.randrange(7))
        if other:
            return text[:place] + chr(other) + text[place + 1 :]


def reworded(draw: random.Random, row: Row) -> Row | None:
    """An entry with other words, which it might have said."""
    if row[WORDS] is None or '"label":"Word ' not in row[WORDS]:
        return None
    words = row[WORDS].replace('"label":"Word ', f'"label":"Word {draw.randrange(1, 10)}')
    return (*row[:WORDS], words, row[DECISION])


def _whole(draw: random.Random, hand: Hand) -> Row:
    return draw.choice([row for row in hand.rows if row[WORDS] is not None])


# Letters of a row


def words_spoilt(draw, hand):
    row = _whole(draw, hand)
    if row[SEQ] == hand.erased[DECISION]:
        return None  # whether the erased entry suffers hangs on which letter it is
    hand.set("body", "words", spoilt(draw, row[WORDS]), row[SEQ])
    return Bad(row[SEQ])


def salt_spoilt(draw, hand):
    row = _whole(draw, hand)
    hand.set("body", "salt", _fitting(draw, hand, row[SALT]), row[SEQ])
    return Bad(row[SEQ])


def column_spoilt(draw, hand):
    row, place = draw.choice(hand.rows), draw.choice(TEXTS)
    text = row[place]
    hand.set("entry", HEADER[place], _fitting(draw, hand, text, wide=place in WIDE), row[SEQ])
    return hand.first(row[SEQ], *([row[SEQ]] if HEADER[place] == "kind" else ()))


def _fitting(draw, hand, text, *, wide=False):
    # A column of PostgreSQL has a width, which some of them fill.
    while True:
        made = spoilt(draw, text)
        if wide or hand.any_width or len(made) <= len(text):
            return made


def post_exchanged(draw, hand):
    row, other = draw.sample(hand.rows, 2)
    told = row[POST] if other[POST] == row[POST] else other[POST]
    hand.set("entry", "post", "party:small-board" if told == row[POST] else told, row[SEQ])
    return Bad(row[SEQ])


def time_moved(draw, hand):
    row = draw.choice(hand.rows)
    moved = instant_of(row[RECORDED]) + timedelta(seconds=draw.choice((-86_400, -1, 1, 86_400)))
    hand.set("entry", "recorded", instant_said(moved), row[SEQ])
    return Bad(row[SEQ])


def hash_spoilt(draw, hand):
    row = draw.choice(hand.rows)
    hand.set("entry", "hash", _fitting(draw, hand, row[HASH]), row[SEQ])
    return Bad(row[SEQ])


def version_moved(draw, hand):
    row = draw.choice(hand.rows)
    hand.set("entry", "version", row[VERSION_AT] + draw.choice((-1_000, 1_000)), row[SEQ])
    return Bad(row[SEQ])


# Rows


def renumbered(draw, hand):
    row = draw.choice(hand.rows)
    number = draw.choice((hand.size + draw.randrange(1, 9), -draw.randrange(9)))
    for table in draw.choice((("entry",), ("entry", "body"))):
        hand.set(table, "seq", number, row[SEQ])
    return Bad(number) if number < 1 else hand.first(row[SEQ], row[SEQ])


def swapped(draw, hand):
    row, other = draw.sample(hand.rows, 2)
    for table in ("entry", "body"):
        for before, after in ((row[SEQ], -5), (other[SEQ], row[SEQ]), (-5, other[SEQ])):
            hand.set(table, "seq", after, before)
    return hand.first(min(row[SEQ], other[SEQ]), row[SEQ], other[SEQ])


def words_swapped(draw, hand):
    row, other = draw.sample([row for row in hand.rows if row[WORDS] is not None], 2)
    for one, beside in ((row, other), (other, row)):
        hand.run("UPDATE body SET salt = %s, words = %s WHERE seq = %s",
                 beside[SALT], beside[WORDS], one[SEQ])  # fmt: skip
    return hand.first(min(row[SEQ], other[SEQ]), row[SEQ], other[SEQ])


def dropped(draw, hand):
    row = draw.choice(hand.rows)
    hand.remove(row[SEQ], row[SEQ])
    return hand.first(row[SEQ], row[SEQ])


def words_dropped(draw, hand):
    row = _whole(draw, hand)
    hand.run("DELETE FROM body WHERE seq = %s", row[SEQ])
    return hand.first(row[SEQ], row[SEQ])


def doubled_at_the_end(draw, hand):
    row = _whole(draw, hand)
    hand.add((hand.size + 1, *row[1:3], 1_000, *row[4:]))
    return Bad(hand.size + 1)


def doubled(draw, hand):
    """An entry written twice, and all after it moved by one."""
    row = _whole(draw, hand)
    for table in ("entry", "body", "erasure"):
        hand.run(f"UPDATE {table} SET seq = -(seq + 1) WHERE seq > %s", row[SEQ])
        hand.run(f"UPDATE {table} SET seq = -seq WHERE seq < 0")
    hand.add((row[SEQ] + 1, *row[1:3], 1_000, *row[4:]))
    return hand.first(row[SEQ] + 1, *range(row[SEQ] + 1, hand.size + 1))


def truncated(draw, hand):
    first = draw.randrange(2, hand.size + 1)
    hand.remove(first, hand.size)
    return hand.first(first, *range(first, hand.size + 1))


def replaced(draw, hand):
    """An entry written anew with hashes of its own, and those after it left."""
    row = draw.choice(hand.rows)
    other = reworded(draw, row)
    if other is None:
        return None
    hand.write(rehashed([other], row[PREVIOUS]))
    return Bad(row[SEQ])


def stretch_replaced(draw, hand):
    """Several written anew: they agree with one another, and the last not with the next."""
    first, last = sorted(draw.sample(range(hand.size), 2))
    other = reworded(draw, hand.rows[first])
    if other is None:
        return None
    hand.write(rehashed([other, *hand.rows[first + 1 : last + 1]], hand.rows[first][PREVIOUS]))
    return Bad(last + 1)


def entered_earlier(draw, hand):
    """All hashes agree with one another, and an entry says an earlier time than the one before."""
    place = draw.randrange(1, hand.size)
    before, row = hand.rows[place - 1], hand.rows[place]
    earlier = instant_said(instant_of(before[RECORDED]) - timedelta(seconds=1))
    _rewritten(hand, place, [(*row[:RECORDED], earlier, *row[RECORDED + 1 :])])
    return Bad(row[SEQ])


def version_skipped(draw, hand):
    """All hashes agree with one another, and a version of a subject is missing."""
    place = draw.randrange(hand.size)
    row = hand.rows[place]
    _rewritten(hand, place, [(*row[:VERSION_AT], row[VERSION_AT] + 1_000, *row[VERSION_AT + 1 :])])
    return Bad(row[SEQ])


def _rewritten(hand: Hand, place: int, some: list[Row]) -> list[Row]:
    """The rows from a place on written anew, and the head with them."""
    after = hand.rows[place + len(some) :]
    made = rehashed([*some, *after], hand.rows[place][PREVIOUS])
    hand.write(made)
    whole = [*hand.rows[:place], *made]
    hand.write_head(whole)
    return whole


# Erasures


def erased_unlawfully(draw, hand):
    row = _whole(draw, hand)
    hand.run("DELETE FROM body WHERE seq = %s", row[SEQ])
    hand.run(
        ERASURE.insert, row[SEQ], draw.choice((hand.erased[DECISION], *range(1, hand.size + 1)))
    )
    return hand.first(row[SEQ], row[SEQ])


def erasure_undone(draw, hand):
    row = hand.erased
    hand.run(BODY.insert, row[SEQ], new_salt(), _whole(draw, hand)[WORDS])
    if draw.random() < 0.5:
        hand.run("DELETE FROM erasure WHERE seq = %s", row[SEQ])
    return Bad(row[SEQ])


def erasure_forgotten(draw, hand):
    row = hand.erased
    hand.run("DELETE FROM erasure WHERE seq = %s", row[SEQ])
    return Bad(row[SEQ])


def words_left_over(draw, hand):
    row, number = _whole(draw, hand), hand.size + draw.randrange(1, 9)
    hand.run(BODY.insert, number, row[SALT], row[WORDS])
    return Bad(number)


# The head


def head_size_moved(draw, hand):
    hand.run("UPDATE head SET size = size + %s", draw.choice((-2, -1, 1, 2, 100)))
    return Bad(where=HEAD)


def head_hash_spoilt(draw, hand):
    hand.run("UPDATE head SET last = %s", _fitting(draw, hand, hand.rows[-1][HASH]))
    return Bad(where=HEAD)


def head_edge_spoilt(draw, hand):
    hand.cursor.execute("SELECT peaks FROM head")
    (peaks,) = hand.cursor.fetchone()
    hand.run("UPDATE head SET peaks = %s", spoilt(draw, peaks))
    return Bad(where=HEAD)


def head_dropped(draw, hand):
    hand.run("DELETE FROM head")
    return Bad(where=HEAD)


# Projections, which are the register's own indexes


def version_row_spoilt(draw, hand):
    name = draw.choice(("kind", "subject", "effective", "scope", "about", "cycle", "edition"))
    row = draw.choice(hand.rows)
    hand.cursor.execute(f"SELECT {name} FROM version WHERE seq = %s", [row[SEQ]])
    (text,) = hand.cursor.fetchone()
    wide = name not in ("kind", "effective")
    hand.set("version", name, _fitting(draw, hand, text, wide=wide), row[SEQ])
    return Bad(row[SEQ], projections=True)


def version_row_dropped(draw, hand):
    row = draw.choice(hand.rows)
    hand.run("DELETE FROM version WHERE seq = %s", row[SEQ])
    return Bad(row[SEQ], projections=True)


def version_row_made_up(draw, hand):
    number = draw.choice((-1, 0, hand.size + 1, hand.size + 7))
    hand.run(VERSION.insert, number, "term", "term:small/0", "2015-01-05", "", "", "", "")
    return Bad(number, projections=True)


def edge_row_spoilt(draw, hand):
    hand.cursor.execute(f"SELECT {EDGE.columns} FROM edge ORDER BY id")
    row = draw.choice(hand.cursor.fetchall())
    place = draw.choice((2, 4, 5))
    name = ("id", "seq", "subject", "type", "source", "target")[place]
    hand.run(f"UPDATE edge SET {name} = %s WHERE id = %s", spoilt(draw, row[place]), row[0])
    return Bad(row[1], projections=True)


def edge_row_made_up(draw, hand):
    row = draw.choice(hand.rows)
    hand.run(EDGE.insert, row[SEQ] * 1_024 + 1_000, row[SEQ], row[2], "names", row[2], row[2])
    return Bad(row[SEQ], projections=True)


# Consistent from some entry to the end: only a head kept outside tells


def suffix_rewritten(draw, hand):
    place = draw.randrange(hand.size)
    other = reworded(draw, hand.rows[place])
    if other is None:
        return None
    _rewritten(hand, place, [other])
    return _by_witness(hand, place)


def suffix_rewritten_shorter(draw, hand):
    """An entry taken out and all after it moved up, with hashes and head anew."""
    last = {row[2]: row[SEQ] for row in hand.rows}
    row, erased = draw.choice(hand.rows[:-1]), hand.erased
    if last[row[2]] != row[SEQ] or row[SEQ] in (erased[SEQ], erased[DECISION]):
        return None
    if row[SEQ] < erased[SEQ]:
        return None  # the decision names what it erased by its number
    place = row[SEQ] - 1
    if not any(place < one.head.size < hand.size for one in hand.witness):
        return None  # it is found, and cannot be told from entries cut off at the end
    hand.remove(row[SEQ], hand.size)
    made = rehashed([(one[SEQ] - 1, *one[1:]) for one in hand.rows[row[SEQ] :]], row[PREVIOUS])
    for one in made:
        hand.add(one)
    hand.write_head([*hand.rows[:place], *made])
    hand.run("UPDATE erasure SET decision = decision - 1 WHERE decision > %s", row[SEQ])
    return _by_witness(hand, place)


def truncated_with_its_head(draw, hand):
    first = draw.randrange(2, hand.size + 1)
    if hand.erased[SEQ] < first <= hand.erased[DECISION]:
        return None
    hand.remove(first, hand.size)
    hand.write_head(hand.rows[: first - 1])
    return Bad(first)


def _by_witness(hand: Hand, place: int) -> Bad:
    """The first number that a witness cannot vouch for: the one after its last head that holds."""
    return Bad(
        1 + max((one.head.size for one in hand.witness if one.head.size <= place), default=0)
    )


# The witness file


def line_spoilt(draw, hand):
    place = draw.randrange(len(hand.witness))
    one = hand.witness[place]
    other = draw.choice((_signature, _key, _root, _size, _instant))(draw, one)
    lines = (*hand.witness[:place], other, *hand.witness[place + 1 :])
    return Bad(place + 1, where=LINE, lines=lines)


def _letter(draw, letters):
    place = draw.randrange(len(letters))
    others = [one for one in "0123456789abcdef" if one != letters[place]]
    return letters[:place] + draw.choice(others) + letters[place + 1 :]


def _signature(draw, one):
    return replace(one, signature=_letter(draw, one.signature))


def _key(draw, one):
    return replace(one, key=_letter(draw, one.key))


def _root(draw, one):
    return replace(one, head=Head(one.head.size, bytes.fromhex(_letter(draw, one.head.root.hex()))))


def _size(draw, one):
    return replace(one, head=Head(one.head.size + draw.choice((-1, 1)), one.head.root))


def _instant(draw, one):
    return replace(one, at=one.at + draw.choice((-1, 1)) * timedelta(seconds=draw.randrange(1, 99)))


def witness_forged(draw, hand):
    """The end of the journal written anew, and its witness by a key of the forger's."""
    place = draw.randrange(hand.size)
    other = reworded(draw, hand.rows[place])
    if other is None:
        return None
    whole = _rewritten(hand, place, [other])
    key = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    peaks, heads = Peaks(), {}
    for row in whole:
        peaks.append(bytes.fromhex(row[HASH]))
        heads[peaks.size] = peaks.head()
    lines = tuple(sign_head(heads[one.head.size], one.at, key) for one in hand.witness)
    first = next(number for number, one in enumerate(lines, 1) if one.head.size > place)
    honest = tuple(one for one in hand.witness if one.head.size <= place)
    return Bad(first, where=LINE, lines=(*honest, *lines[len(honest) :]))


INSIDE: tuple[Edit, ...] = (
    words_spoilt, salt_spoilt, column_spoilt, post_exchanged, time_moved, hash_spoilt,
    version_moved, renumbered, swapped, words_swapped, dropped, words_dropped, doubled_at_the_end,
    doubled, truncated, replaced, stretch_replaced, entered_earlier, version_skipped,
    erased_unlawfully, erasure_undone, erasure_forgotten, words_left_over, head_size_moved,
    head_hash_spoilt, head_edge_spoilt, head_dropped, version_row_spoilt, version_row_dropped,
    version_row_made_up, edge_row_spoilt, edge_row_made_up,
)  # fmt: skip
BY_WITNESS: tuple[Edit, ...] = (
    suffix_rewritten, suffix_rewritten_shorter, truncated_with_its_head,
)  # fmt: skip
OF_WITNESS: tuple[Edit, ...] = (line_spoilt, witness_forged)


def witnessed(
    rows: list[Row], sizes: list[int], at: datetime, draw: random.Random
) -> tuple[tuple[SignedHead, ...], str]:
    """Signed heads of the journal at these sizes, and the key they were signed with."""
    key = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    peaks, found = Peaks(), []
    for row in rows:
        peaks.append(bytes.fromhex(row[HASH]))
        if peaks.size in sizes:
            found.append(sign_head(peaks.head(), at, key))
    return tuple(found), public_key_of(key)
