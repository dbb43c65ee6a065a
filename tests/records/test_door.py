"""The first look at a file that somebody sends: what is plainly no delivery is refused at once."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from records.street import ASB, BURGLARY, NAME, text
from regard.core.errors import FileUnreadable
from regard.records.door import look_at

CSV = text(BURGLARY, ASB).encode()


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def linked() -> bytes:
    info = zipfile.ZipInfo(NAME)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(info, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    made = bytearray(packed((NAME, CSV)))
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def lying() -> bytes:
    made = bytearray(packed((NAME, CSV)))
    made[22:26] = struct.pack("<I", 7)
    return bytes(made)


def overlapping() -> bytes:
    made = bytearray(packed(("1.csv", CSV), ("2.csv", CSV)))
    second = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02") + 1)
    made[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(made)


def looked(folder: Path, content: bytes, name: str = "sent") -> str:
    path = folder / "held"
    path.write_bytes(content)
    return look_at(path, name)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (CSV, "csv"),
        (packed((NAME, CSV), ("readme.txt", b"read me")), "zip"),
        (packed(("2019-06/" + NAME, CSV), method=zipfile.ZIP_STORED), "zip"),
        (b"PAR1" + b"\0" * 20 + b"PAR1", "parquet"),
    ],
)
def test_a_delivery_is_let_in_whatever_it_is_called(tmp_path, content, kind):
    assert looked(tmp_path, content) == kind


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"a,b\n1,\0\n", "is no text: byte 7 of it is 0"),
        (b" <!DOCTYPE html>", "is a web page"),
        (b"%PDF-1.7", "is a PDF file"),
        (b"PAR1 and no more", "is a damaged Parquet file"),
        (b"PK\x03\x04", "cannot be unpacked"),
        (packed(("a.zip", packed((NAME, CSV)))), "holds a.zip, which is not looked into"),
        (packed(("../a.csv", CSV)), "lie outside the folder"),
        (packed(("C:\\a.csv", CSV)), "lie outside the folder"),
        (packed((NAME, CSV), method=zipfile.ZIP_BZIP2), "packed by method 12"),
        (packed((NAME, bytes(40 * 1024**2))), "unpacks without end"),
        (packed(("a.txt", CSV)), "no CSV file in it"),
        (packed(("[Content_Types].xml", b"x")), "a workbook"),
        (linked(), "a link or a device"),
        (locked(), "locked with a password"),
        (lying(), "says 7 bytes of itself"),
        (overlapping(), "shares its bytes"),
    ],
)
def test_what_is_plainly_no_delivery_is_refused_with_the_reason(tmp_path, content, says):
    with pytest.raises(FileUnreadable, match="sent") as told:
        looked(tmp_path, content)

    assert says in told.value.wrong
    assert told.value.expected
    assert told.value.next_step


def test_a_name_that_says_another_kind_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match=r"all\.zip is not what its name says"):
        looked(tmp_path, CSV, "all.zip")


def test_a_table_of_contents_beyond_belief_is_refused_before_it_is_read(tmp_path):
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *[0] * 9, 5, *[0] * 6) + b"1.csv"
    table = entry * 200_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 9, 9, len(table), 4, 0)
    start = time.perf_counter()

    with pytest.raises(FileUnreadable, match="table of contents beyond belief"):
        looked(tmp_path, b"PK\x03\x04" + table + end)

    assert time.perf_counter() - start < 2
