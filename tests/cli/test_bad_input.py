"""Whatever is wrong with what a command is given: three parts, its own exit code, nothing kept."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from cli.conftest import FORCE, HEADER, Told
from regard.core.errors import MOST_PROBLEMS
from regard.records import batch
from regard.records.store import Store

ROW = f"{{}},2019-06,{FORCE},{FORCE},,,No Location,,,Burglary,Under investigation,\n"
GOOD = HEADER + "".join(ROW.format(number) for number in range(5))
LONG_ROW = GOOD + ROW.format("x" * 200_000)
MAPPED = 'dataset = "crime"\n[columns.source]\nconstant = "merseyside"\n[columns.month]\n'

Written = Callable[[Path], Path]


def holding(name: str, text: str | bytes) -> Written:
    """A file of that name with these bytes."""

    def write(folder: Path) -> Path:
        file = folder / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    return write


def packing(members: Mapping[str, str | bytes], *, cut: int = 0, name: str = "x.zip") -> Written:
    """A ZIP of these members, less so many bytes at its end."""

    def write(folder: Path) -> Path:
        file = folder / name
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
            for member, text in members.items():
                out.writestr(member, text)
        file.write_bytes(file.read_bytes()[: -cut or None])
        return file

    return write


def a_folder_of_notes(folder: Path) -> Path:
    """A folder without a data file."""
    (folder / "notes").mkdir()
    (folder / "notes" / "read-me.txt").write_text("nothing here")
    return folder / "notes"


FILES: dict[str, tuple[Written, int, str]] = {
    "wrong encoding": (
        holding("x.csv", GOOD.replace("No Location", "Café").encode("latin-1")),
        12,
        "x.csv is not UTF-8: byte 180 is 0xe9",
    ),
    "missing column": (
        holding("x.csv", GOOD.replace("Crime type", "Kind")),
        11,
        "x.csv, column Crime type: the column is missing",
    ),
    "unknown code": (
        holding("x.csv", GOOD.replace("Burglary", "Burglarly", 1)),
        11,
        "row 1, column Crime type: is no code of crime_type; the nearest is burglary "
        "(found 'Burglarly')",
    ),
    "future month": (
        holding("x.csv", GOOD.replace("2019-06", "2099-06", 1)),
        11,
        "row 1, column Month: lies in the future",
    ),
    "month that is none": (
        holding("x.csv", GOOD.replace("2019-06", "2019-13", 1)),
        11,
        "row 1, column Month: is no month such as 2019-07 (found '2019-13')",
    ),
    "duplicate header": (
        holding("x.csv", GOOD.replace("Context", "Month", 1)),
        11,
        "x.csv, column Month: the header has this column 2 times",
    ),
    "short row": (
        holding("x.csv", GOOD + "a,b,c\n"),
        11,
        "x.csv, row 6: 3 cells where the header has 12 columns",
    ),
    "no bytes": (holding("x.csv", ""), 12, "x.csv is empty: 0 bytes"),
    "header only": (holding("x.csv", HEADER), 11, "there is a header and no row below it"),
    "no such file": (lambda folder: folder / "x.csv", 12, "cannot be read: No such file"),
    "folder without data": (a_folder_of_notes, 12, "has no CSV or Parquet file in it"),
    "truncated ZIP": (
        packing({"x.csv": GOOD * 50}, cut=60),
        12,
        "x.zip is a ZIP that cannot be unpacked",
    ),
    "ZIP of ZIPs": (
        packing({"june.zip": b"PK", "july.csv": GOOD}),
        12,
        "x.zip holds june.zip, which is not looked into",
    ),
    "ZIP without CSV": (packing({"a.txt": "x"}), 12, "x.zip has no CSV file in it"),
    "ZIP that leads out": (
        packing({"../../out.csv": GOOD.replace("Burglary", "Burg", 1)}),
        11,
        "x.zip/../../out.csv, row 1, column Crime type",
    ),
    "ZIP bomb": (
        packing({"x.csv": GOOD + "0" * 12_000_000}),
        12,
        "x.zip unpacks without end: x.csv has reached",
    ),
    "page named ZIP": (
        holding("x.zip", "<html>Not found</html>"),
        12,
        "x.zip is not what its name says: it begins with b'<html>No'",
    ),
    "gzip": (holding("x.csv.gz", gzip.compress(GOOD.encode())), 12, "x.csv.gz is a gzip file"),
    "workbook": (
        packing({"[Content_Types].xml": "<x/>"}, name="x.xlsx"),
        12,
        "x.xlsx is a workbook or document",
    ),
    "zero bytes": (
        holding("x.csv", GOOD.replace("No Location", "No\0Location", 1)),
        12,
        "x.csv holds a zero byte at byte 179",
    ),
    "UTF-16": (holding("x.csv", GOOD.encode("utf-16")), 12, "x.csv is text in UTF-16"),
    "UTF-16 unmarked": (holding("x.csv", GOOD.encode("utf-16-le")), 12, "x.csv holds a zero byte"),
    "carriage returns alone": (
        holding("x.csv", GOOD.replace("\n", "\r")),
        12,
        "x.csv has a header that cannot be told into columns",
    ),
    "semicolons": (
        holding("x.csv", GOOD.replace(",", ";")),
        12,
        "x.csv has ';' between its cells",
    ),
    "very long line": (holding("x.csv", LONG_ROW), 11, "x.csv, row 6: a cell does not end within"),
    "quotation mark left open": (
        holding("x.csv", HEADER + '"' + GOOD * 500),
        11,
        "x.csv, row 1: a cell does not end within",
    ),
    "text named Parquet": (
        holding("x.parquet", GOOD),
        12,
        "x.parquet is not what its name says: it begins with b'Crime ID'",
    ),
    "damaged Parquet": (
        holding("x.parquet", b"PAR1" + b"x" * 500),
        12,
        "x.parquet is a damaged Parquet file",
    ),
    "another shape": (holding("x.csv", "a,b\n1,2\n"), 12, "columns that no reader knows: a, b"),
}

MAPPINGS = {
    "not TOML": ("id = \n", 14, "m.toml is not TOML"),
    "not text": (b"\xff\xfe", 12, "m.toml cannot be read"),
    "nothing in it": ("", 14, "m.toml gives dataset '' and 0 columns"),
    "unknown dataset": (MAPPED.replace("crime", "crimes"), 15, "no dataset is called 'crimes'"),
    "unknown column": (
        MAPPED + 'from = "Month"\n[columns.sauce]\nconstant = "x"\n',
        14,
        "[columns.sauce] fills",
    ),
    "unknown key": ('sauce = "x"\n' + MAPPED, 14, "the mapping has sauce"),
    "required column left out": (
        'dataset = "crime"\n[columns.source]\nconstant = "merseyside"\n',
        14,
        "m.toml fills nothing into month of crime",
    ),
    "number for text": (
        "time_zone = 3\n" + MAPPED + 'from = "Month"\n',
        14,
        "the mapping has time_zone = 3",
    ),
    "time zone nobody knows": (
        'time_zone = "Mars"\n' + MAPPED + 'from = "Month"\n',
        14,
        "m.toml has time_zone = 'Mars'",
    ),
    "letter no date has": (
        MAPPED + 'from = "Month"\nformat = "%Y-%Q"\n',
        14,
        "%Q is no part of a date",
    ),
    "code nobody knows": (
        MAPPED.replace("merseyside", "mersyside") + 'from = "Month"\n',
        15,
        "no code of source is called 'mersyside'",
    ),
    "table that is none": ('dataset = "crime"\n[columns]\nsource = 3\n', 14, "columns.source is 3"),
}

WORDS = {
    "records list --known-at soon": (14, "'soon' is not an instant"),
    "records coverage crimes": (15, "no dataset is called 'crimes'"),
    "records coverage --known-at soon": (14, "'soon' is not an instant"),
    "records rejected 77": (15, "no import is called '77'"),
    "records withdraw 77 --reason x": (15, "no import is called '77'"),
    "records import x.csv --reader police": (15, "no reader is called 'police'"),
    "measure show burglry --area merseyside": (15, "Expected: one of burglary"),
    "measure show burglary --area mersyside": (15, "Expected: one of merseyside"),
    "measure show burglary --area merseyside/north": (15, "no local area of merseyside"),
    "measure show burglary --area merseyside --from June": (14, "'June' is not a month"),
    "measure show burglary --area merseyside --from 2019-13": (14, "month 13 of 2019"),
    "measure show burglary --area merseyside --from 2020-01": (16, "holds no month"),
    "measure show burglary --area merseyside --to 2019-02-30": (14, "'2019-02-30' is not a day"),
    "measure show burglary --area merseyside --known-at soon": (14, "'soon' is not an instant"),
    "measure show burglary --area merseyside --baseline x": (14, "'x' is not a month"),
    "measure show burglary --area merseyside --baseline 1999-01": (14, "cannot begin a new level"),
    "measure show burglary --area merseyside --json --csv": (
        14,
        "two shapes are asked for: json and csv",
    ),
    "measure show burglary --area merseyside --method nhs": (15, "no method is called 'nhs'"),
    "measure steps burglry --area merseyside": (15, "Expected: one of burglary"),
    "measure steps crime-rate --area merseyside": (14, "crime-rate is a rate"),
    "measure steps burglary --area merseyside --baseline 1999-01": (14, "cannot begin a new level"),
    "measure forecast burglary --area merseyside --year 2019": (14, "not a financial year"),
    "measure forecast burglary --area merseyside --year 2019/20": (16, "has 1 months"),
    "measure forecast burglary --area merseyside --year 2019/20 --to soon": (14, "is not a day"),
    "measure chart burglary --area merseyside --out x.pdf": (15, "no kind of picture"),
    "measure chart burglary --area mersyside --out x.svg": (15, "Expected: one of merseyside"),
    "measure pack --area mersyside": (15, "Expected: one of merseyside"),
    "measure pack --measure burglry": (15, "Expected: one of burglary"),
    "measure pack --month June": (14, "'June' is not a month"),
    "measure pack --measure burglary --month 2001-01": (16, "none of 1 series"),
    "measure funnel burglary --period 2019-06": (14, "which has no base"),
    "measure funnel crime-rate --period 2019-06": (16, "no force has a figure of crime-rate"),
    "measure funnel crime-rate --period soon": (14, "'soon' is not a period"),
    "measure funnel crime-rate --period 2019-06 --out x.pdf": (15, "no kind of picture"),
    "measure concentration burglary --area merseyside --period 2019": (14, "is not a period"),
    "measure concentration burglary --area merseyside --period 2019-07": (16, "is missing over"),
    "measure severity --area merseyside --period 2019-06": (16, "carries offence"),
    "measure severity --area merseyside --period 2019-06 --measure burglary": (14, "is a count"),
    "measure pilot burglary --pilot merseyside --comparison merseyside --before 2019-05 "
    "--after 2019-06": (14, "share what is counted"),
    "measure pilot crime-rate --pilot merseyside --comparison kent --before 2019-05 "
    "--after 2019-06": (14, "crime-rate is a rate"),
    "measure waves burglary --area merseyside": (14, "no share of a survey's answers"),
    "measure waves confidence --area merseyside": (15, "no source of survey rows"),
    "measure check none.toml": (12, "none.toml cannot be read"),
    "dataset show crme": (15, "Expected: one of crime"),
    "mapping draft none.csv": (12, "none.csv cannot be read"),
    "plan check none.toml": (12, "none.toml cannot be read"),
    "plan draft --area mersyside": (15, "Expected: one of merseyside"),
    "plan draft --area merseyside --as-at soon": (14, "'soon' is not a day"),
    "paper performance --as-at soon": (14, "'soon' is not a day"),
    "paper performance --as-at 2019-06-30": (14, "neither a plan nor an area is given"),
    "paper performance --as-at 2019-06-30 --area mersyside": (15, "Expected: one of merseyside"),
    "paper performance --as-at 2019-06-30 --area merseyside --format doc": (
        15,
        "no format is called 'doc'",
    ),
    "paper performance --as-at 2019-06-30 --plan none.toml": (12, "none.toml cannot be read"),
    "paper check none.toml": (12, "none.toml cannot be read"),
    "demo build --as-at soon": (14, "'soon' is not a day"),
}

DEFINITIONS = {
    "measure": (
        ("", 14, "m.toml holds no list of measures"),
        ("id = \n", 14, "m.toml cannot be read as TOML"),
        ("measure = 3\n", 14, "m.toml holds no list of measures"),
        ("[[measure]]\nid = 3\n", 14, "measure 1 (3) gives no id"),
    ),
    "plan": (
        ("", 14, "m.toml: [plan] has no id"),
        ("id = \n", 12, "m.toml is not TOML"),
        ("outcome = 3\n", 14, "outcome is not a list of tables"),
    ),
}


def assert_refused(told: Told, code: int, says: str) -> None:
    """Three parts, the right code, and nothing that only a programmer can read."""
    assert told.code == code, told.err
    assert says in told.err
    assert told.err.startswith("regard: ")
    assert "\nExpected: " in told.err
    assert "\nNext: " in told.err
    assert "Traceback" not in told.err


def assert_nothing_kept(home: Path) -> None:
    """No row counts and no file of rows lies in the store."""
    assert list(home.rglob("*.parquet")) == []
    assert not any(one.state == "finished" for one in Store(home).ledger.history())


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_file_is_refused_whole(kind, regard, tmp_path):
    write, code, says = FILES[kind]

    told = regard("records", "import", write(tmp_path))

    assert_refused(told, code, says)
    assert told.out == ""
    assert_nothing_kept(tmp_path / "home")


@pytest.mark.parametrize("kind", ["unknown code", "no bytes", "truncated ZIP", "damaged Parquet"])
def test_a_bad_file_takes_the_good_ones_of_its_batch_with_it(kind, regard, tmp_path, street_file):
    write, code, says = FILES[kind]

    told = regard("records", "import", street_file("2020-01", 3), write(tmp_path))

    assert_refused(told, code, says)
    assert_nothing_kept(tmp_path / "home")


@pytest.mark.parametrize("kind", MAPPINGS)
def test_a_bad_mapping_is_refused(kind, regard, tmp_path):
    text, code, says = MAPPINGS[kind]
    mapping = holding("m.toml", text)(tmp_path)

    told = regard("records", "import", holding("x.csv", GOOD)(tmp_path), "--mapping", mapping)

    assert_refused(told, code, says)
    assert_nothing_kept(tmp_path / "home")


@pytest.mark.parametrize("words", WORDS)
def test_a_word_nobody_knows_is_refused(words, regard, street_file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    regard("records", "import", street_file("2019-06", 4))

    told = regard(*words.split())

    assert_refused(told, *WORDS[words])


@pytest.mark.parametrize(
    ("noun", "text", "code", "says"),
    [(noun, *case) for noun, cases in DEFINITIONS.items() for case in cases],
)
def test_a_bad_definition_is_refused(noun, text, code, says, regard, tmp_path):
    told = regard(noun, "check", holding("m.toml", text)(tmp_path))

    assert_refused(told, code, says)


def test_of_ten_thousand_bad_rows_the_first_are_shown(regard, tmp_path):
    rows = "".join(ROW.format(number) for number in range(10_000))
    file = holding("x.csv", HEADER + rows.replace("2019-06", "2019-13"))(tmp_path)

    told = regard("records", "import", file)

    assert_refused(told, 11, f"the first {MOST_PROBLEMS} problems")
    assert told.err.count("(found '2019-13')") == MOST_PROBLEMS
    assert_nothing_kept(tmp_path / "home")


def test_names_that_lead_out_of_an_archive_write_nothing_outside(regard, tmp_path):
    archive = packing({"../../out.csv": GOOD})(tmp_path)

    told = regard("records", "import", archive)

    assert told.code == 0
    assert list(tmp_path.parent.rglob("out.csv")) == []


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault(regard, tmp_path):
    file = holding("x.csv", b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())(tmp_path)

    assert regard("records", "import", file).code == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_refused(regard, tmp_path):
    file = holding("x.csv", GOOD)(tmp_path)
    file.chmod(0)

    assert_refused(regard("records", "import", file), 12, "cannot be read: Permission denied")


def test_a_file_that_changes_midway_is_refused(regard, tmp_path, monkeypatch):
    file = holding("x.csv", GOOD)(tmp_path)
    taking = batch.header_of

    def taken_and_changed(*given: object) -> object:
        with file.open("a") as out:
            out.write(ROW.format("late"))
        return taking(*given)

    monkeypatch.setattr(batch, "header_of", taken_and_changed)

    told = regard("records", "import", file)

    assert_refused(told, 13, "x.csv changed while it was being read")
    assert_nothing_kept(tmp_path / "home")


def test_two_imports_at_once_are_told_apart(regard, street_file, tmp_path):
    file = street_file("2019-06", 4)

    with Store(tmp_path / "home").writing():
        told = regard("records", "import", file)

    assert_refused(told, 18, "another import into")


@pytest.mark.parametrize("bytes_", [b"no database" * 400, b"\0" * 4096, b""])
@pytest.mark.parametrize("verb", ["list", "coverage", "import"])
def test_a_damaged_ledger_is_refused(bytes_, verb, regard, street_file, tmp_path):
    file = street_file("2019-06", 4)
    regard("records", "import", file)
    records = tmp_path / "home" / "records"
    for part in ("-wal", "-shm"):
        (records / f"ledger.sqlite3{part}").unlink(missing_ok=True)
    (records / "ledger.sqlite3").write_bytes(bytes_)

    told = regard("records", verb, *([file] if verb == "import" else []))

    assert_refused(told, 19, "ledger.sqlite3")


@pytest.mark.parametrize("verb", ["list", "import"])
def test_rows_whose_ledger_is_gone_are_not_written_over(verb, regard, street_file, tmp_path):
    file = street_file("2019-06", 4)
    regard("records", "import", file)
    for part in ("", "-wal", "-shm"):
        (tmp_path / "home" / "records" / f"ledger.sqlite3{part}").unlink(missing_ok=True)

    told = regard("records", verb, *([file] if verb == "import" else []))

    assert_refused(told, 19, "ledger.sqlite3 is missing, and rows lie beside it")


def test_a_lock_file_that_is_none_is_named(regard, street_file, tmp_path):
    file = street_file("2019-06", 4)
    regard("records", "import", file)
    (tmp_path / "home" / "records" / "importing.sqlite3").write_bytes(b"no database" * 400)

    assert_refused(regard("records", "import", file), 19, "importing.sqlite3 cannot be read")


@pytest.mark.parametrize(
    "words", ["measure show burglary --area merseyside", "records coverage", "records verify"]
)
def test_stored_rows_that_were_damaged_are_refused(words, regard, street_file, tmp_path):
    regard("records", "import", street_file("2019-06", 4))
    stored = next((tmp_path / "home").rglob("*.parquet"))
    stored.write_bytes(b"PAR1" + b"\0" * (stored.stat().st_size - 4))

    told = regard(*words.split())

    assert_refused(told, 19, stored.name)


@pytest.mark.parametrize("words", ["measure show burglary --area merseyside", "records coverage"])
def test_an_engine_nobody_knows_is_refused(words, regard, street_file, monkeypatch):
    regard("records", "import", street_file("2019-06", 4))
    monkeypatch.setenv("REGARD_ENGINE", "nonsense")

    assert_refused(regard(*words.split()), 15, "Expected: one of duckdb, spark")


def test_spark_without_its_package_is_refused(regard, street_file, monkeypatch):
    regard("records", "import", street_file("2019-06", 4))
    monkeypatch.setenv("REGARD_ENGINE", "spark")
    monkeypatch.setattr("regard.records.engines.find_spec", lambda name: None)

    told = regard("measure", "show", "burglary", "--area", "merseyside")

    assert_refused(told, 20, "the package pyspark is not installed")


def test_a_data_folder_that_is_a_file_is_refused(regard, tmp_path):
    (tmp_path / "home").write_text("no folder")

    assert_refused(regard("records", "list"), 14, "is a file")


@pytest.mark.parametrize(
    "words",
    [
        "plan draft --area merseyside --out {}/plan.toml",
        "mapping draft {} --out {}/m.toml",
        "paper performance --as-at 2019-06-30 --area merseyside --format html --out {}/papers",
    ],
)
def test_a_place_where_nothing_can_be_written_is_refused(words, regard, street_file):
    file = street_file("2019-06", 4)
    regard("records", "import", file)

    told = regard(*(word.format(file) for word in words.split()))

    assert_refused(told, 22, "could not be written")


def command(home: Path, *words: object, limit: str = "") -> list[str]:
    """The words of a process of its own, under a limit of the shell's if one is given."""
    run = "from regard.cli.main import run; run()"
    regard = [sys.executable, "-c", run, "--home", str(home), *map(str, words)]
    return ["sh", "-c", f'{limit}; exec "$@"', "sh", *regard] if limit else regard


def many_rows(folder: Path, rows: Iterable[int]) -> Path:
    """A file that takes long enough to be stopped in the middle."""
    return holding("x.csv", HEADER + "".join(map(ROW.format, rows)))(folder)


@pytest.mark.skipif(shutil.which("sh") is None, reason="the limit is set by a shell")
def test_a_full_disk_keeps_nothing_half(tmp_path, regard):
    file, home = many_rows(tmp_path, range(60_000)), tmp_path / "home"

    ran = subprocess.run(
        command(home, "records", "import", file, limit="ulimit -f 200"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert_refused(Told(ran.returncode, ran.stdout, ran.stderr), 22, "could not be written")
    assert_nothing_kept(home)
    assert regard("records", "import", file).code == 0


@pytest.mark.slow
@pytest.mark.crash
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a POSIX signal")
def test_ctrl_c_says_how_to_go_on(tmp_path, regard):
    file, home = many_rows(tmp_path, range(400_000)), tmp_path / "home"
    started = subprocess.Popen(
        command(home, "records", "import", file), stderr=subprocess.PIPE, text=True
    )
    while not (home / "records" / "ledger.sqlite3").exists() and started.poll() is None:
        time.sleep(0.01)

    started.send_signal(signal.SIGINT)
    said = started.communicate()[1]

    assert started.returncode == 130
    assert "an import goes on where it stopped" in said
    assert "Traceback" not in said
    assert regard("records", "import", file, "--json").code == 0
    assert [one.state for one in Store(home).ledger.history()] == ["finished"]
