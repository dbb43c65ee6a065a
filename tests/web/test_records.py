"""Bringing records in on screen: what is sent, what the worker makes of it, and who may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.street import ASB, BURGLARY, NAME, brought_in, text, written
from regard.records.store import Store
from regard.register.posting import end_appointment
from regard.web.models import Work
from web.doing import queries, run_worker, stands
from web.hostile import zipped

ANALYST, KEEPER, LEAD = "performance-analysis", "west-midlands-keeper", "acc-security"
MAY = BURGLARY.replace("2019-06", "2019-05")
AUGUST = BURGLARY.replace("2019-06", "2019-08")
OWN = """dataset = "crime"
[columns.source]
constant = "merseyside"
[columns.month]
from = "When"
"""


def sent(site, *files: tuple[str, bytes | str], post: str = ANALYST, **how):
    """Files sent by the form, and what came back."""
    held = [
        SimpleUploadedFile(name, one if isinstance(one, bytes) else one.encode())
        for name, one in files
    ]
    return site.client(post).post("/records/bring-in", {"files": held, "how": "", **how})


def came(site, led) -> tuple[Work, str]:
    """What the worker made of it, and the page that says so."""
    assert led.status_code == 302, led.content.decode()
    run_worker()
    row = Work.objects.get(pk=int(led.url.rpartition("/")[2]))
    return row, site.client(ANALYST).get(row.leads_to or led.url).content.decode()


def nothing_kept(site) -> bool:
    """Whether no upload, no copy and no unfinished import lies about."""
    store = Store(site.home)
    left = [*(site.home / "uploads").glob("*"), *(store.root / "staging").glob("*")]
    return not left and not [one for one in store.ledger.history() if one.state == "reading"]


def test_files_are_brought_in_by_the_worker_and_never_in_the_request(site):
    led = sent(site, (NAME, text(BURGLARY, ASB)))
    assert "Waiting" in site.client(ANALYST).get(led.url).content.decode()
    assert Store(site.home).ledger.history() == []

    row, page = came(site, led)

    assert row.state == "done"
    assert row.outcome == "1 file was brought in: 2 rows read, 2 stored, 0 set aside."
    assert "Stored, as" in page
    assert nothing_kept(site)
    assert [one.file for one in Store(site.home).ledger.imports()] == [NAME]


def test_several_files_and_a_zip_count_together_and_missing_months_are_named(site):
    packed = zipped([(NAME.replace("06", "08"), text(AUGUST))])

    row, page = came(site, sent(site, (NAME.replace("06", "05"), text(MAY)), ("all.zip", packed)))

    assert row.outcome.startswith("2 files were brought in: 2 rows read")
    assert "June 2019, July 2019" in page
    assert "a missing month is not zero" in page


def test_a_file_that_breaks_the_rules_is_told_row_by_row_and_nothing_is_kept(site):
    bad = BURGLARY.replace("Burglary", "<b>Arson by dragon</b>")

    row, page = came(site, sent(site, (NAME, text(ASB, bad))))

    assert row.state == "refused"
    assert "Not brought in" in page
    for cell in (NAME, "2", "Crime type", "&lt;b&gt;Arson by dragon&lt;/b&gt;"):
        assert cell in page
    assert "Next:" in page
    assert "--set-aside" not in page + row.outcome
    assert nothing_kept(site)
    assert Store(site.home).ledger.imports() == []


def test_rows_set_aside_are_shown_with_their_reasons_to_who_brings_records_in(site):
    bad = BURGLARY.replace("Burglary", "Arson by dragon")

    row, page = came(site, sent(site, (NAME, text(ASB, bad)), set_aside="on", label="June"))

    assert "2 rows read, 1 stored, 1 set aside" in row.outcome
    assert "/records/1/set-aside" in page
    assert "Arson by dragon" in site.client(KEEPER).get("/records/1/set-aside").content.decode()
    assert site.client(LEAD).get("/records/1/set-aside").status_code == 403
    told = site.client(LEAD).get("/records/1").content.decode()
    assert "2 read = 1 stored + 1 set aside" in told
    assert "June" in told
    assert "/records/1/set-aside" not in told


def test_the_same_file_twice_is_brought_in_once(site):
    came(site, sent(site, (NAME, text(BURGLARY))))

    row, page = came(site, sent(site, (NAME, text(BURGLARY))))

    assert row.outcome.startswith("0 files were brought in")
    assert "Brought in before" in page
    assert len(Store(site.home).ledger.imports()) == 1


def test_a_mapping_of_ones_own_reads_columns_that_nobody_knows(site):
    own = SimpleUploadedFile("own.toml", OWN.encode())

    row, _ = came(site, sent(site, ("own.csv", "When\n2019-06\n"), how="mapping", mapping=own))

    assert row.state == "done", row.outcome
    assert Store(site.home).ledger.imports()[0].reader == "own 1"


@pytest.mark.parametrize(
    ("files", "how", "says"),
    [
        ((), {}, "Choose at least one file"),
        (((NAME, b"PK\x03\x04"),), {}, "a ZIP that cannot be unpacked"),
        ((("a.pdf", b"%PDF-1.7"),), {}, "is a PDF file"),
        (((NAME, text(ASB)),), {"how": "mapping"}, "No mapping was sent"),
        (((NAME, text(ASB)),), {"how": "another"}, "Choose"),
        (
            ((NAME, text(ASB)),),
            {"how": "mapping", "mapping": SimpleUploadedFile("a.toml", b"= =")},
            "a.toml is not TOML",
        ),
        (
            ((NAME, text(ASB)),),
            {"how": "mapping", "mapping": SimpleUploadedFile("a.toml", b"#" * 70_000)},
            "too large for a mapping",
        ),
    ],
)
def test_what_is_plainly_wrong_is_refused_at_once(site, files, how, says):
    told = sent(site, *files, label="My <note>", **how)

    assert told.status_code == 422
    page = told.content.decode()
    assert "There is a problem" in page
    assert says in page
    assert "My &lt;note&gt;" in page
    assert not Work.objects.exists()
    assert nothing_kept(site)


@pytest.mark.parametrize("address", ["/records/bring-in", "/records/1/withdraw"])
def test_other_posts_bring_nothing_in_and_take_nothing_back(site, address, tmp_path):
    brought_in(site.home, written(tmp_path, BURGLARY))
    before = site.register.head()

    asked = site.client(LEAD).get(address)
    told = site.client(LEAD).post(address, {"reason": "because"})

    assert (asked.status_code, told.status_code) == (403, 403)
    assert site.register.head() == before
    assert len(Store(site.home).ledger.imports()) == 1
    assert "Bring in records" not in site.client(LEAD).get("/records").content.decode()


def test_a_post_that_was_taken_away_meanwhile_brings_nothing_in(site):
    led = sent(site, (NAME, text(BURGLARY)))
    here = stands(site, ANALYST)
    by = stands(site, KEEPER).speaker
    end_appointment(site.register, here.speaker.post, here.speaker.holder, by=by)

    run_worker()

    assert Work.objects.get(pk=int(led.url.rpartition("/")[2])).state == "refused"
    assert nothing_kept(site)
    assert Store(site.home).ledger.imports() == []


def test_an_import_is_taken_back_with_a_reason(site, tmp_path):
    brought_in(site.home, written(tmp_path, BURGLARY))
    analyst = site.client(ANALYST)
    assert analyst.post("/records/1/withdraw", {"reason": " "}).status_code == 422

    analyst.post("/records/1/withdraw", {"reason": "Sent in <error>"})

    assert Store(site.home).ledger.imports() == []
    told = analyst.get("/records/1").content.decode()
    assert "Sent in &lt;error&gt;" in told
    assert "Taken back" in analyst.get("/records").content.decode()
    again = analyst.post("/records/1/withdraw", {"reason": "again"})
    assert again.status_code == 422


def test_an_import_that_nobody_made_is_not_found(site):
    for address in ("/records/7", "/records/7/withdraw", "/records/brought-in/7"):
        assert site.client(ANALYST).get(address).status_code == 404


def test_on_an_earlier_day_the_records_of_that_day_are_shown_and_none_is_brought_in(site, tmp_path):
    brought_in(site.home, written(tmp_path, BURGLARY))
    analyst = site.client(ANALYST)
    analyst.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})

    assert "by the day you look at" in analyst.get("/records").content.decode()
    assert "by the day you look at" in analyst.get("/records/months").content.decode()
    assert analyst.get("/records/1").status_code == 404
    assert sent(site, (NAME, text(BURGLARY))).status_code == 409
    assert not Work.objects.exists()


def test_months_supplied_and_missing_are_named_by_source(site, tmp_path):
    assert "No records have been brought in yet" in (
        site.client(LEAD).get("/records/months").content.decode()
    )
    one = written(tmp_path, MAY, name=NAME.replace("06", "05"))
    two = written(tmp_path, AUGUST, name=NAME.replace("06", "08"))
    brought_in(site.home, one, two)

    told = site.client(LEAD).get("/records/months").content.decode()

    assert "merseyside" in told
    assert "June 2019, July 2019" in told


def test_pages_ask_the_register_and_the_accounts_few_questions(site, tmp_path):
    brought_in(site.home, written(tmp_path, BURGLARY))

    asked = {
        address: queries(site, ANALYST, address)[0]
        for address in ("/records", "/records/1", "/records/months", "/records/bring-in")
    }

    assert max(asked.values()) <= 12, asked
