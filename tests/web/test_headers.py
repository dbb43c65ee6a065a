"""What every answer says to a browser: pages, refusals, faults, files."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client

from regard.web.pages import front
from web.conftest import PASSWORD, Site

PAGES = {
    "sign-in": ("/sign-in", 200),
    "account": ("/account", 200),
    "not found": ("/no-such-page", 404),
    "not found below a folder": ("/administration/posts/nobody", 404),
    "not for this post": ("/administration/new-post", 403),
    "not a method": ("/sign-out", 405),
    "a style": ("/static/regard/regard.css", 200),
    "a script": ("/static/govuk/govuk-frontend.min.js", 200),
    "no such file": ("/static/regard/none.css", 404),
    "to sign in": ("/account/password", 404),
}


def must_say(answer) -> None:
    said = answer.headers
    policy = {
        part.split()[0]: part.split()[1:]
        for part in said["Content-Security-Policy"].split(";")
        if part.strip()
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["X-Frame-Options"] == "DENY"
    assert said["Referrer-Policy"] == "same-origin"
    assert said["Cross-Origin-Opener-Policy"] == "same-origin"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in said["Permissions-Policy"]
    assert said["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_says_it(site: Site, page):
    address, status = PAGES[page]

    answer = site.client("acc-security").get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # and close the file

    assert answer.status_code == status
    must_say(answer)
    if not address.startswith("/static/"):
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_fault_of_its_own_says_it_and_tells_nothing(site, monkeypatch):
    def fail(request):
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(front, "half_way", fail)

    answer = Client(raise_request_exception=False).get("/sign-in/code")

    assert answer.status_code == 500
    must_say(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "secret of the machine" not in answer.content.decode()


def test_a_host_that_is_not_the_sites_is_refused_and_said_so(site):
    answer = site.client().get("/sign-in", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    must_say(answer)


def test_a_form_without_its_token_is_refused_and_says_it(site):
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "x", "password": "y"})

    assert answer.status_code == 403
    must_say(answer)


def test_cookies_are_not_for_scripts_or_other_sites(site):
    account = site.account("acc-security")
    account.set_password(PASSWORD)
    account.save()
    client = site.client()
    asked = client.get("/sign-in")
    came = client.post("/sign-in", {"username": "acc-security", "password": PASSWORD})

    cookies = {**asked.cookies, **came.cookies}
    assert set(cookies) == {"regard-csrf", "regard-session", "regard-device"}
    for cookie in cookies.values():
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"]


@pytest.mark.parametrize("hosts", ["regard.example"])
def test_a_site_of_its_own_host_passes_djangos_checks(tmp_path, hosts):
    env = {**os.environ, "REGARD_HOME": str(tmp_path), "REGARD_HOSTS": hosts}

    told = subprocess.run(
        [sys.executable, "-m", "regard.web", "check", "--deploy", "--fail-level", "WARNING"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "no issues (0 silenced)" in told.stdout + told.stderr
