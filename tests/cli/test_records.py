"""`regard records`: bring in, list, cover, withdraw."""

import json


def test_a_file_is_brought_in_once(regard, street_file):
    file = street_file("2019-06", 4)

    first = regard("records", "import", file, "--json")
    again = regard("records", "import", file, "--json")

    assert json.loads(first.out)["rows_stored"] == 7
    assert json.loads(again.out)["state"] == "known"
    assert "was brought in before, as import 1; nothing was done." in again.err


def test_a_bad_row_refuses_the_file_and_stores_nothing(regard, street_file):
    file = street_file("2019-06", 4)
    file.write_text(file.read_text().replace("0b,2019-06", "0b,2019-13"))

    told = regard("records", "import", file)
    listed = regard("records", "list", "--json")

    assert told.code == 11
    assert "2019-13" in told.err
    assert "row 1, column" in told.err
    assert "Traceback" not in told.err
    assert all(json.loads(line)["state"] == "refused" for line in listed.out.splitlines())


def test_bad_rows_can_be_set_aside_with_their_reasons(regard, street_file):
    file = street_file("2019-06", 4)
    file.write_text(file.read_text().replace("Burglary", "Burglarly", 1))

    told = regard("records", "import", file, "--set-aside", "--json")
    kept = regard("records", "rejected", 1, "--json")

    assert json.loads(told.out)["rows_rejected"] == 1
    assert "Burglarly" in kept.out
    assert json.loads(kept.out)["row_number"] == 1


def test_a_missing_month_is_named_when_it_is_brought_in_and_when_it_is_covered(regard, street_file):
    files = [street_file("2019-06", 4), street_file("2019-08", 5)]

    told = regard("records", "import", *files)
    covered = regard("records", "coverage", "crime", "--json")

    assert "crime of merseyside lacks July 2019" in told.err
    assert "2019-07" in json.loads(covered.out)["missing"]


def test_a_withdrawal_is_told_in_the_list_with_its_reason(regard, street_file):
    regard("records", "import", street_file("2019-06", 4))

    told = regard("records", "withdraw", 1, "--reason", "the wrong month")
    listed = regard("records", "list", "--json")

    assert told.out == "Import 1 is withdrawn; what it replaced counts again.\n"
    assert "the wrong month" in listed.out


def test_before_the_first_import_the_list_says_so(regard):
    assert regard("records", "list").err == "No imports yet.\n"


def test_a_changed_file_of_the_store_is_found(regard, street_file, tmp_path):
    regard("records", "import", street_file("2019-06", 4))

    sound = regard("records", "verify")
    stored = next((tmp_path / "home" / "records" / "crime").rglob("*.parquet"))
    changed = bytearray(stored.read_bytes())
    changed[len(changed) // 2] ^= 1
    stored.write_bytes(changed)
    damaged = regard("records", "verify")

    assert sound.out == "Stored files compared, all as they were written: 1.\n"
    assert damaged.code == 19
    assert stored.name in damaged.err
