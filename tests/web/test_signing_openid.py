"""Signing in by OpenID Connect, with a provider of the test's own."""

from __future__ import annotations

import http.client
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from regard.core.errors import DefinitionRefused
from regard.web.models import Account
from regard.web.settings import provider_settings, settings_of
from regard.web.signing import second_factor
from web import provider as providers
from web.conftest import Site

HELD = {
    "REGARD_OIDC_CLIENT_ID": providers.CLIENT,
    "REGARD_OIDC_CLIENT_SECRET": providers.SECRET,
}


@pytest.fixture
def provider(site: Site):
    with providers.running(sub="42", preferred_username="acc-security") as found:
        held = provider_settings(found.issuer, HELD)
        with override_settings(SOCIALACCOUNT_PROVIDERS=held):
            yield found


def at_the_provider(address: str) -> str:
    """What a browser does there: it asks, and is sent back."""
    asked = urlsplit(address)
    there = http.client.HTTPConnection(asked.netloc)
    there.request("GET", f"{asked.path}?{asked.query}")
    back = there.getresponse().headers["Location"]
    there.close()
    return back.partition("testserver")[2]


def signs_in(client, then="/account"):
    left = client.get("/sign-in/by-provider", {"next": then})
    assert left.status_code == 302
    return client.get(at_the_provider(left.headers["Location"]))


def test_whom_the_provider_names_is_signed_in_where_they_wanted_to_go(site, provider):
    client = site.client()

    came = signs_in(client)

    assert came.headers["Location"] == "/account"
    assert "ACC Security" in client.get("/account").content.decode()


def test_the_way_there_has_a_state_and_a_challenge_that_differ_each_time(site, provider):
    asked = [
        parse_qs(urlsplit(site.client().get("/sign-in/by-provider").headers["Location"]).query)
        for _ in range(2)
    ]

    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["state"] != asked[1]["state"]
    assert asked[0]["code_challenge"] != asked[1]["code_challenge"]
    assert asked[0]["redirect_uri"] == ["http://testserver/sign-in/returned"]


def test_the_session_has_another_id_than_before_the_sign_in(site, provider):
    client = site.client()
    left = client.get("/sign-in/by-provider")
    before = client.session.session_key

    client.get(at_the_provider(left.headers["Location"]))

    assert client.session.session_key != before


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "42", "preferred_username": "somebody-else"},
        {"sub": "42"},
        {"sub": "42", "preferred_username": ["acc-security"]},
        {"sub": "42", "preferred_username": "ACC-SECURITY"},
        {"sub": "42", "email": "acc-security"},
    ],
    ids=["unknown", "no claim", "a list", "another case", "another claim"],
)
def test_nobody_is_signed_in_or_up_whom_no_account_names(site, provider, claims):
    provider.claims = claims
    before = Account.objects.count()
    client = site.client()

    came = signs_in(client)

    assert came.status_code == 403
    assert "You were not signed in" in came.content.decode()
    assert Account.objects.count() == before
    assert client.get("/account").status_code == 302


def test_a_deactivated_account_is_not_signed_in(site, provider):
    Account.objects.filter(username="acc-security").update(is_active=False)

    assert signs_in(site.client()).status_code == 403


def a_stranger_signed(provider):
    provider.key = providers.new_key()


def it_is_for_another_client(provider):
    provider.audience = "another"


def it_is_over(provider):
    provider.claims = {**provider.claims, "exp": int(time.time()) - 3600}


def another_issued_it(provider):
    provider.claims = {**provider.claims, "iss": "https://elsewhere.example"}


def its_key_is_not_named(provider):
    provider.kid = ""


def its_key_is_unknown(provider):
    provider.kid = "two"


def userinfo_is_of_another(provider):
    provider.told = {"sub": "43", "preferred_username": "acc-security"}


def the_person_said_no(provider):
    provider.refuses = "access_denied"


def it_failed(provider):
    provider.refuses = "server_error"


@pytest.mark.parametrize(
    "wrong",
    [
        a_stranger_signed,
        it_is_for_another_client,
        it_is_over,
        another_issued_it,
        its_key_is_not_named,
        its_key_is_unknown,
        userinfo_is_of_another,
        the_person_said_no,
        it_failed,
    ],
    ids=lambda one: one.__name__,
)
def test_what_a_provider_does_not_properly_say_signs_nobody_in(site, provider, wrong):
    wrong(provider)
    client = site.client()

    came = signs_in(client)

    assert came.status_code == 403
    assert client.get("/account").status_code == 302


def test_a_token_that_was_used_in_another_process_signs_nobody_in(site, provider):
    provider.claims["jti"] = "one"
    assert signs_in(Client()).status_code == 302
    cache.clear()  # as another process stands, which remembers nothing of this one

    again = signs_in(Client())

    assert again.status_code == 403
    provider.claims["jti"] = "another"
    assert signs_in(Client()).status_code == 302


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(site, provider):
    left = site.client().get("/sign-in/by-provider")
    another = type(site.client())()

    came = another.get(at_the_provider(left.headers["Location"]))

    assert came.status_code == 403
    assert "/token" not in provider.asked


def test_an_account_with_codes_is_asked_for_one_too(site, provider):
    account = site.account("acc-security")
    second_factor.TOTP.activate(account, second_factor.generate_totp_secret())
    client = site.client()

    came = signs_in(client)

    assert came.headers["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302


def test_the_way_back_leads_to_no_other_site(site, provider):
    came = signs_in(site.client(), then="https://elsewhere.example/")

    assert came.headers["Location"] == "/"


def test_without_a_provider_there_is_no_such_way(site):
    client = site.client()

    assert "at work" not in client.get("/sign-in").content.decode()
    assert client.get("/sign-in/by-provider").status_code == 404
    assert client.get("/sign-in/returned").status_code == 404


def test_with_a_provider_the_sign_in_page_leads_there(site, provider):
    assert "/sign-in/by-provider?next=" in site.client().get("/sign-in").content.decode()


def test_a_secret_is_read_from_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from a file\n", encoding="utf-8")
    env = {"REGARD_OIDC_CLIENT_ID": "regard", "REGARD_OIDC_CLIENT_SECRET_FILE": str(file)}

    held = provider_settings("https://provider.example", env)

    assert held["openid_connect"]["APPS"][0]["secret"] == "from a file"


@pytest.mark.parametrize(
    "env",
    [
        {"REGARD_OIDC_ISSUER": "http://provider.example", **HELD},
        {"REGARD_OIDC_ISSUER": "http://127.0.0.1.provider.example", **HELD},
        {"REGARD_OIDC_ISSUER": "https://provider.example"},
        {"REGARD_OIDC_ISSUER": "https://provider.example", "REGARD_OIDC_CLIENT_ID": "regard"},
        {"REGARD_PROXIES": "many"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(tmp_path, env):
    with pytest.raises(DefinitionRefused):
        settings_of(tmp_path, env)
