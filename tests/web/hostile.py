"""Files as an enemy, an accident or a careless export would send them, and what becomes of each."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from records.street import ASB, BURGLARY, HEADER, NAME, text
from regard.web.models import Work
from web.doing import run_worker

SEED = 20261122
MARK = "<script>alert(1)</script>"
Bytes = Callable[[random.Random], bytes]


@dataclass(frozen=True)
class Delivery:
    """What somebody sends.

    Attributes:
        kind: What is wrong with it, in a word or two.
        files: Names and bytes.
        fields: The other fields of the form.
        bomb: Whether it is made to use up time or memory.
    """

    kind: str
    files: tuple[tuple[str, bytes], ...]
    fields: dict[str, Any] = field(default_factory=dict)
    bomb: bool = False


@dataclass(frozen=True)
class Became:
    """What became of a delivery.

    Attributes:
        kind: What was wrong with it.
        status: Of the answer to the form.
        state: How its work ended; empty if it was refused at the door.
        said: What the sender was told.
        seconds: From sending to the end.
        fault: What should never be: empty if all is well.
    """

    kind: str
    status: int
    state: str
    said: str
    seconds: float
    fault: str


def good_csv(chance: random.Random, rows: int = 20) -> bytes:
    lines = [chance.choice((BURGLARY, ASB)) for _ in range(rows)]
    return text(*lines).encode()


def good_zip(chance: random.Random, *, members: int = 2) -> bytes:
    return zipped(
        (
            f"2019-0{1 + at}/2019-06-merseyside-street.csv" if at == 0 else f"notes-{at}.txt",
            good_csv(chance),
        )
        for at in range(members)
    )


def zipped(members: Any, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def good_parquet(chance: random.Random) -> bytes:
    out = io.BytesIO()
    names = HEADER.split(",")
    rows = [BURGLARY.split(",") for _ in range(chance.randint(1, 20))]
    pq.write_table(
        pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)}), out
    )
    return out.getvalue()


def torn(held: bytes, chance: random.Random) -> bytes:
    """Bytes with a few random wounds."""
    found = bytearray(held)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.randint(1, 40))
        how = chance.randrange(6)
        if how == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del found[at:end]
        elif how == 2:
            found[at:at] = chance.randbytes(chance.randint(1, 40))
        elif how == 3:
            found[at:at] = found[at:end] * chance.randint(1, 5)
        elif how == 4:
            found[at:at] = chance.choice(
                (b"\0", b'"', b",", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"'")
            )
        elif len(found) > 30:
            del found[chance.randrange(len(found)) :]
        if not found:
            found = bytearray(b"x")
    return bytes(found)


def _cells(chance: random.Random) -> bytes:
    """Rows in which a cell is not what it should be."""
    rows = []
    for _ in range(chance.randint(1, 30)):
        cells = chance.choice((BURGLARY, ASB)).split(",")
        cells[chance.randrange(len(cells))] = chance.choice(_CELLS)
        rows.append(",".join(cells))
    return text(*rows).encode("utf-8", "surrogatepass")


_CELLS = (
    "=cmd|' /C calc'!A0", MARK, "'; DROP TABLE import; --", "2019-13", "9999-99", "-1e400", "NaN",
    "\u202egnp.exe", "%s%n%x", "{{7*7}}", "{% debug %}", "../../../etc/passwd", "0x1F", "1" * 5_000,
    "\u0000", "\ud800", "🧨" * 50, "Infinity", "١٢٣", "$(reboot)", "", " ", '"', "\\N", "NULL",
)  # fmt: skip


def _headers(chance: random.Random) -> bytes:
    """A header that is doubled, cut, turned, bare or foreign."""
    names = HEADER.split(",")
    how = chance.randrange(7)
    if how == 0:
        names.append(names[chance.randrange(len(names))])
    elif how == 1:
        del names[chance.randrange(len(names))]
    elif how == 2:
        chance.shuffle(names)
    elif how == 3:
        names = [MARK, *names]
    elif how == 4:
        names = ["", *names[1:]]
    elif how == 5:
        names = [chance.choice(_CELLS[:5]) for _ in names]
    else:
        return text(BURGLARY).replace(",", chance.choice(";|\t:")).encode()
    return text(BURGLARY, header=",".join(names)).encode()


def _encodings(chance: random.Random) -> bytes:
    how = chance.choice(("utf-16", "utf-16-be", "utf-32", "cp1252", "utf-7", "utf-8-sig"))
    return text(BURGLARY.replace("High Street", "Café Street")).encode(how)


def _wide(chance: random.Random) -> bytes:
    """A header and rows of thousands of columns."""
    many = chance.choice((3_000, 60_000, 150_000))
    same = chance.random() < 0.5
    names = ["a" if same else f"c{at}" for at in range(many)]
    return text(BURGLARY + ",x" * many, header=f"{HEADER},{','.join(names)}").encode()


def _unclosed(chance: random.Random) -> bytes:
    """A quotation mark that nothing closes, before megabytes."""
    return text('"' + BURGLARY).encode() + b"x" * chance.choice((10_000, 3_000_000, 30_000_000))


def _quotes(chance: random.Random) -> bytes:
    return text(BURGLARY).encode() + b'"' * chance.choice((1_001, 2_000_001))


def _one_line(chance: random.Random) -> bytes:
    return chance.choice((b"a", b",", b"a,", b"\xc3\xa9")) * chance.choice((2_000_000, 8_000_000))


def _foreign(chance: random.Random) -> bytes:
    """Files of another kind under the name of a CSV file."""
    begins = (
        b"\x89PNG\r\n\x1a\n", b"\x7fELF", b"%PDF-1.7\n", b"<!DOCTYPE html><html>", b"\x1f\x8b\x08",
        b"BZh9", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaa'>]>", b"SQLite format 3\0", b"MZ",
        b"{\\rtf1", b"PK\x05\x06", b"PK\x03\x04", b"PAR1", b"", b" ", b"\n\n\n",
    )  # fmt: skip
    return chance.choice(begins) + chance.randbytes(chance.choice((0, 0, 10, 2_000)))


def _bomb(chance: random.Random) -> bytes:
    """A member that unpacks to a thousand times its length, under true sizes."""
    return zipped([(NAME, bytes(chance.choice((20, 120)) * 1024**2))])


def _lying_bomb(chance: random.Random) -> bytes:
    """The same, of which both heads say that it is small."""
    made = bytearray(zipped([(NAME, bytes(60 * 1024**2))]))
    small = struct.pack("<I", chance.choice((10, 1000, 100_000)))
    made[22:26] = small
    at = made.index(b"PK\x01\x02")
    made[at + 24 : at + 28] = small
    return bytes(made)


def _rows_bomb(chance: random.Random) -> bytes:
    """Real rows, packed so well that they pass for a bomb, or nearly."""
    rows = (BURGLARY + "\n").encode() * chance.choice((60_000, 150_000))
    return zipped([(NAME, HEADER.encode() + b"\n" + rows)])


def _half_lie(chance: random.Random) -> bytes:
    """Head and table of contents that disagree, or sizes no disk has."""
    made = bytearray(good_zip(chance))
    table = made.index(b"PK\x01\x02")
    place = chance.choice((14, 18, 22, table + 16, table + 20, table + 24, table + 42))
    made[place : place + 4] = struct.pack("<I", chance.choice((0, 1, 5000, 0x7FFFFFFF, 0xFFFFFFFF)))
    return bytes(made)


def _overlap(chance: random.Random) -> bytes:
    """Many members of one and the same body: every byte of it is unpacked again and again."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = good_csv(chance, 2_000)
    packed = body.compress(content) + body.flush()
    crc = zlib.crc32(content)
    name = NAME.encode()
    head = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), len(content), len(name), 0
    )
    many = chance.choice((2, 500, 15_000))
    table = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), len(content),
            len(name) + 6, 0, 0, 0, 0, 0, 0,
        ) + b"%06d" % at + name
        for at in range(many)
    )  # fmt: skip
    begin = head + name + packed
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, many, many, len(table), len(begin), 0)
    return begin + table + end


def _many_members(chance: random.Random) -> bytes:
    return zipped(((f"{at}.csv", b"a") for at in range(chance.choice((20_500, 40_000)))), method=0)


def _named_members(chance: random.Random) -> bytes:
    name = chance.choice(_MEMBERS)
    return zipped([(name, good_csv(chance))])


_MEMBERS = (
    f"../../{NAME}",
    f"/etc/{NAME}",
    f"C:\\{NAME}",
    f"..\\{NAME}",
    f"{MARK}.csv",
    "a" * 5_000 + ".csv",
    f"\u202e{NAME}",
    "inner.zip",
    "x.tar.gz",
    "__MACOSX/._a.csv",
    "[Content_Types].xml",
    "mimetype",
    "folder/",
)


def _links(chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo(NAME)
        info.create_system = 3
        info.external_attr = chance.choice((0o120777, 0o060666, 0o010666)) << 16
        made.writestr(info, chance.choice(("/etc/passwd", "../../../register.sqlite3")))
    return out.getvalue()


def _flags(chance: random.Random) -> bytes:
    """A locked member, or one packed in a way of its own."""
    made = bytearray(good_zip(chance))
    table = made.index(b"PK\x01\x02")
    if chance.random() < 0.5:
        made[6] |= 1
        made[table + 8] |= 1
    else:
        method = struct.pack("<H", chance.choice((1, 9, 12, 14, 93, 99)))
        made[8:10] = method
        made[table + 10 : table + 12] = method
    return bytes(made)


def _other_methods(chance: random.Random) -> bytes:
    method = chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return zipped([(NAME, good_csv(chance))], method=method)


def _nested(chance: random.Random) -> bytes:
    held = good_zip(chance)
    for _ in range(chance.randint(1, 6)):
        held = zipped([(chance.choice(("a.zip", NAME)), held)])
    return held


def _twice(chance: random.Random) -> bytes:
    made = zipped([(NAME, good_csv(chance)), (NAME.replace("2019", "2018"), good_csv(chance))])
    return made.replace(b"2018-06", b"2019-06")


_FILLS = "\n[columns.source]\nconstant = 'merseyside'\n[columns.month]\nfrom = 'Month'\n"
_MAPPINGS = (
    "a = " + "[" * 5_000,
    "not_taken = 'x'",
    "dataset = 'crime'",
    "dataset = 'nothing'",
    "\0",
    "= =",
    f"dataset = 'crime'{_FILLS}",
    f"dataset = 'crime'\nfile_name = '(a+)+$'{_FILLS}",
    f"dataset = 'crime'\nfile_name = '('{_FILLS}",
    f"dataset = 'crime'\ntime_zone = '../../etc/passwd'{_FILLS}",
    f"dataset = 'crime'{_FILLS}format = '%Q'\n",
    "dataset = 'crime'\ncolumns = 3",
    "[columns]\nmonth = 1\ndataset = 'crime'",
    "x = 1e999999",
    MARK,
)
_NAMES = (
    "../../../etc/passwd",
    "..\\..\\x.csv",
    f"{MARK}.csv",
    "a" * 240 + ".csv",
    "\u202ecsv.exe",
    "CON.csv",
    "x;y.csv",
    "x'y.csv",
    "-rf.csv",
    ".csv",
    "a\tb.csv",
    "2019-06-merseyside-street.zip",
    "a.parquet",
    "naïve café.csv",
    "🧨.csv",
    "%00.csv",
    "http://x/y.csv",
)

KINDS: dict[str, tuple[int, Bytes]] = {
    "wounded CSV": (20, lambda chance: torn(good_csv(chance), chance)),
    "cells": (12, _cells),
    "headers": (8, _headers),
    "encodings": (4, _encodings),
    "wide": (2, _wide),
    "unclosed": (2, _unclosed),
    "quotes": (1, _quotes),
    "one line": (1, _one_line),
    "foreign": (10, _foreign),
    "wounded ZIP": (14, lambda chance: torn(good_zip(chance), chance)),
    "bomb": (1, _bomb),
    "lying bomb": (2, _lying_bomb),
    "rows bomb": (1, _rows_bomb),
    "half a lie": (6, _half_lie),
    "overlap": (2, _overlap),
    "many members": (1, _many_members),
    "named members": (6, _named_members),
    "links": (2, _links),
    "flags": (3, _flags),
    "other methods": (1, _other_methods),
    "nested": (2, _nested),
    "twice": (1, _twice),
    "wounded Parquet": (6, lambda chance: torn(good_parquet(chance), chance)),
}
"""How often each is drawn, and how it is made."""

BOMBS = frozenset(
    {"wide", "unclosed", "quotes", "one line", "bomb", "lying bomb", "overlap", "many members"}
)


def deliveries(number: int, seed: int = SEED) -> Iterator[Delivery]:
    """So many deliveries, the same for the same seed."""
    kinds, weights = list(KINDS), [often for often, _ in KINDS.values()]
    yield from each(random.Random(seed).choices(kinds, weights, k=number), seed)


def each(kinds: Iterable[str], seed: int = SEED) -> Iterator[Delivery]:
    """A delivery of each of these kinds, the same for the same seed."""
    chance = random.Random(seed)
    for kind in kinds:
        name = _named(kind, chance)
        files = [(name, KINDS[kind][1](chance))]
        fields: dict[str, Any] = {"how": ""}
        if chance.random() < 0.1:
            fields["how"] = chance.choice(("police_uk_street", "nothing", "mapping", MARK))
        if chance.random() < 0.06:
            fields |= {"how": "mapping", "mapping": chance.choice(_MAPPINGS).encode()}
        if chance.random() < 0.2:
            fields["set_aside"] = "on"
        if chance.random() < 0.05:
            files.append((NAME, good_csv(chance)))
        yield Delivery(kind, tuple(files), fields, kind in BOMBS)


def _named(kind: str, chance: random.Random) -> str:
    if chance.random() < 0.15:
        return chance.choice(_NAMES)
    if kind in ("wounded Parquet",):
        return "rows.parquet"
    packed = (
        "ZIP",
        "bomb",
        "overlap",
        "members",
        "links",
        "flags",
        "methods",
        "nested",
        "twice",
        "lie",
    )
    return "delivery.zip" if any(word in kind for word in packed) else NAME


def tried(browser: Client, sent: Delivery, *, alone: Callable[[], None] = run_worker) -> Became:
    """Send a delivery as its sender would, let the worker read it, and look at what is told.

    Args:
        browser: One that is signed in and says what fails instead of raising it.
        sent: The delivery.
        alone: Runs the worker until nothing waits.
    """
    before = time.perf_counter()
    form: dict[str, Any] = {key: one for key, one in sent.fields.items() if key != "mapping"}
    form["files"] = [SimpleUploadedFile(name, held) for name, held in sent.files]
    if "mapping" in sent.fields:
        form["mapping"] = SimpleUploadedFile("own.toml", sent.fields["mapping"])
    answer = browser.post("/records/bring-in", form)
    if answer.status_code == 302:
        alone()
    seconds = time.perf_counter() - before
    if answer.status_code != 302:
        page = answer.content.decode()
        return Became(
            sent.kind,
            answer.status_code,
            "",
            page,
            seconds,
            _fault_of_door(answer.status_code, page),
        )
    number = int(answer.url.rpartition("/")[2])
    row = Work.objects.get(pk=number)
    pages = [browser.get(answer.url), *([browser.get(row.leads_to)] if row.leads_to else [])]
    fault = _fault_of_work(row, pages)
    return Became(sent.kind, 302, row.state, row.outcome, seconds, fault)


def _fault_of_door(status: int, page: str) -> str:
    if status >= 500:
        return f"a server error {status}"
    if status not in (400, 422):
        return f"an answer of {status}"
    why = "There is a problem" in page or "could not be read" in page
    return _marked(page) if why else "a refusal without a reason"


def _fault_of_work(row: Work, pages: list[Any]) -> str:
    if row.state not in ("done", "refused"):
        return f"work that {row.state}: {row.outcome}"
    if not row.outcome.strip() or (row.state == "refused" and "Expected: " not in row.outcome):
        return f"a refusal that does not say why: {row.outcome}"
    for page in pages:
        if page.status_code != 200:
            return f"a page of {page.status_code} for {row.outcome}"
        if fault := _marked(page.content.decode()):
            return fault
    return ""


def _marked(page: str) -> str:
    if "<script>alert" in page:
        return "a script of the sender's in the page"
    return "a traceback in the page" if "Traceback" in page else ""
