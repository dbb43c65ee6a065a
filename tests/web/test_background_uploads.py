"""Files as an enemy would send them: each is read or refused with a reason, and nothing is kept."""

from __future__ import annotations

import os
import stat
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from records.street import BURGLARY, NAME, text
from regard.core.errors import FileUnreadable
from regard.records.confining import Given
from regard.records.store import Store
from regard.web.background import uploads
from regard.web.models import Work
from web.conftest import Site
from web.doing import run_worker
from web.hostile import BOMBS, KINDS, Delivery, deliveries, each, tried

ANALYST, LEAD = "performance-analysis", "acc-security"
MOST_SECONDS = 2.0  # in which a bomb is refused; goal of the screens


@pytest.fixture
def browser(site: Site) -> Client:
    """A browser of the analyst that is told what fails instead of raising it."""
    made = Client(raise_request_exception=False)
    made.force_login(site.account(ANALYST))
    return made


def left(site: Site) -> list[str]:
    """What lies in the folder of uploads, and what an import has not finished."""
    store = Store(site.home)
    reading = [one.file for one in store.ledger.history() if one.state == "reading"]
    held = [*(site.home / "uploads").rglob("*"), *(store.root / "staging").glob("*")]
    return [*(one.name for one in held), *reading]


def test_a_file_waits_under_a_name_of_our_own_that_only_this_account_reads(site, browser):
    browser.post("/records/bring-in", {"files": SimpleUploadedFile(NAME, text(BURGLARY).encode())})

    held = [one for one in (site.home / "uploads").rglob("*") if one.is_file()]
    assert len(held) == 1
    assert NAME not in str(held[0])
    assert stat.S_IMODE(held[0].stat().st_mode) == 0o600
    assert stat.S_IMODE(held[0].parent.stat().st_mode) == 0o700
    run_worker()
    assert left(site) == []


@override_settings(REGARD_UPLOAD_MB=1)
def test_what_is_beyond_the_limit_is_dropped_as_it_comes_and_refused(site, browser, monkeypatch):
    written = []
    fdopen = os.fdopen

    def watched(*args, **kwargs):
        stream = fdopen(*args, **kwargs)
        written.append(stream)
        return stream

    monkeypatch.setattr(uploads.os, "fdopen", watched)

    told = browser.post(
        "/records/bring-in", {"files": SimpleUploadedFile(NAME, b"a,b\n" * 1_000_000)}
    )

    assert told.status_code == 422
    assert "is too large: 4,000,000 bytes came" in told.content.decode()
    assert "at most 1 MB a file" in told.content.decode()
    assert all(one.closed for one in written)
    assert left(site) == []


@override_settings(REGARD_UPLOAD_MB=1)
def test_many_files_may_not_be_more_together_than_their_limit(site, browser):
    files = [SimpleUploadedFile(f"{one}.csv", b"a,b\n" * 250_000) for one in range(7)]

    told = browser.post("/records/bring-in", {"files": files})

    assert told.status_code == 422
    assert "5 MB together" in told.content.decode()
    assert left(site) == []


@pytest.mark.parametrize("post", ["", LEAD])
def test_of_who_may_not_send_nothing_is_kept(site, post):
    sent = {"files": SimpleUploadedFile(NAME, text(BURGLARY).encode())}

    told = site.client(post).post("/records/bring-in", sent)

    assert told.status_code == (403 if post else 302)
    assert not Work.objects.exists()
    assert left(site) == []


def test_of_a_visitor_not_a_byte_is_written(site, monkeypatch):
    monkeypatch.setattr(uploads.os, "open", lambda *args: pytest.fail("a file was opened"))

    told = site.client().post("/sign-in", {"files": SimpleUploadedFile(NAME, b"a" * 10_000)})

    assert told.status_code == 422


def test_more_files_than_fifty_are_refused_with_the_reason(browser):
    files = [SimpleUploadedFile(f"{one}.csv", b"a") for one in range(51)]

    told = browser.post("/records/bring-in", {"files": files})

    assert told.status_code == 400
    assert "at most 50 files at once" in told.content.decode()


def test_a_form_that_breaks_off_is_refused_with_the_reason(site, browser):
    begins = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\na,b\n1'

    told = browser.generic("POST", "/records/bring-in", begins, "multipart/form-data; boundary=x")

    assert told.status_code in (400, 422)
    assert left(site) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\a\\b.csv", "b.csv"),
        ("a\u202eb\0c.csv", "a_b_c.csv"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".csv", "a" * 116 + ".csv"),
        ("<script>.csv", "_script_.csv"),
        (NAME, NAME),
    ],
)
def test_a_name_is_kept_so_that_it_can_be_shown(name, kept):
    assert uploads.clean_name(name) == kept


def test_what_was_left_behind_for_a_day_is_swept(site):
    for name, age in (("old", 2), ("new", 0)):
        place = uploads.folder() / name
        place.mkdir()
        (place / "file").write_bytes(b"a")
        when = time.time() - age * uploads.KEPT_SECONDS
        os.utime(place, (when, when))

    assert uploads.sweep() == 1
    assert [one.name for one in uploads.folder().iterdir()] == ["new"]


def test_files_that_are_gone_are_told_to_be_sent_again(site):
    place = uploads.folder() / "one"
    place.write_bytes(b"a")
    kept = uploads.kept([Given(place, "a.csv")])
    assert [one.name for one in uploads.of_work(kept)] == ["a.csv"]

    uploads.forget(kept)

    with pytest.raises(FileUnreadable, match=r"a\.csv is no longer kept"):
        uploads.of_work(kept)


def test_one_of_each_kind_of_hostile_file_is_read_or_refused_with_a_reason(site, browser):
    light = sorted(set(KINDS) - BOMBS)

    became = [tried(browser, one) for one in each(light, 3)]

    assert [f"{one.kind}: {one.fault}" for one in became if one.fault] == []
    assert left(site) == []


def test_a_missing_catch_is_seen(site, browser, monkeypatch):
    def uncaught(sent: uploads.Sent) -> Given:
        with zipfile.ZipFile(sent.temporary_file_path()):
            return Given(sent.path, sent.name or "")

    monkeypatch.setattr("regard.web.pages.records.checked", uncaught)
    monkeypatch.setattr("django.core.handlers.exception.log_response", lambda *args, **more: None)

    became = tried(browser, Delivery("torn", (("a.zip", b"PK\x03\x04 torn"),)))

    assert became.fault == "a server error 500"


@pytest.mark.slow
@pytest.mark.hostile
@pytest.mark.timeout(1800)
def test_a_thousand_hostile_files_are_read_or_refused_with_a_reason(site, browser):
    became = [tried(browser, one) for one in deliveries(1_000)]

    assert {one.kind for one in became} == set(KINDS)
    assert [f"{one.kind}: {one.fault}" for one in became if one.fault] == []
    assert left(site) == []
    Store(site.home).verify()
