"""Administration of accounts."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from django.test.utils import override_settings

from regard.core.errors import AccessRefused
from regard.web.models import Account
from regard.web.signing import accounts, second_factor
from web.conftest import PASSWORD, Site

KEEPER = "west-midlands-keeper"
NEW = {"name": "new.person", "holder": "wm-holder-99"}


@pytest.fixture
def keeper(site: Site) -> Client:
    return site.client(KEEPER)


def words_of(answer) -> str:
    return answer.content.decode().partition('class="regard-secret">')[2].partition("<")[0]


@pytest.mark.parametrize("post", ["acc-security", "governance-officer", "chief-constable"])
def test_no_other_post_sees_or_keeps_accounts(site, post):
    client, before = site.client(post), Account.objects.count()

    assert client.get("/administration/accounts").status_code == 403
    assert client.get("/administration/accounts/1").status_code == 403
    assert client.post("/administration/new-account", NEW).status_code == 403
    assert client.post("/administration/accounts/1/anew", {}).status_code == 403
    assert client.post("/administration/accounts/1/end", {}).status_code == 403
    assert Account.objects.count() == before
    assert "Accounts" not in client.get("/administration").content.decode()


def test_accounts_are_listed_with_their_posts(keeper):
    page = keeper.get("/administration/accounts").content.decode()

    assert "acc-security" in page
    assert "ACC Security" in page


def test_an_account_is_made_with_a_password_that_is_shown_once(keeper, site):
    made = keeper.post("/administration/new-account", NEW)
    words = words_of(made)

    assert made.status_code == 201
    assert "no-store" in made.headers["Cache-Control"]
    account = Account.objects.get(username="new.person")
    assert words not in account.password
    assert words not in keeper.get(f"/administration/accounts/{account.pk}").content.decode()

    theirs = Client()
    came = theirs.post("/sign-in", {"username": "new.person", "password": words})
    assert came.status_code == 302
    assert theirs.get("/account").url == "/account/password"


def test_passwords_for_one_time_differ_and_are_long():
    made = {accounts.one_time() for _ in range(200)}

    assert len(made) == 200
    assert all(len(one) == 19 for one in made)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"name": "ACC-security"}, "there is an account"),
        ({"name": "with a space"}, "Use letters, digits"),
        ({"name": "<script>"}, "Use letters, digits"),
        ({"name": ""}, "Enter the account name"),
        ({"holder": "Sir John"}, "Sir John"),
    ],
)
def test_an_account_that_cannot_be_made_says_why(keeper, sent, says):
    before = Account.objects.count()

    told = keeper.post("/administration/new-account", {**NEW, **sent})

    assert told.status_code == 422
    assert says in told.content.decode()
    assert Account.objects.count() == before


def test_a_holder_has_one_account(keeper, site):
    holder = site.account("acc-security").holder.removeprefix("party:")

    told = keeper.post("/administration/new-account", {**NEW, "holder": holder})

    assert told.status_code == 422
    assert "has the account acc-security" in told.content.decode()


def test_an_account_for_the_sign_in_at_work_has_no_password(keeper):
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": []}}):
        asked = keeper.get("/administration/new-account").content.decode()
        made = keeper.post("/administration/new-account", {**NEW, "way": "provider"})

    assert "Where they sign in at work" in asked
    assert words_of(made) == ""
    assert not Account.objects.get(username="new.person").has_usable_password()


def test_an_account_that_is_set_anew_is_signed_out_and_asked_for_no_codes(keeper, site):
    account, theirs = site.account("acc-security"), site.client("acc-security")
    second_factor.TOTP.activate(account, second_factor.generate_totp_secret())
    assert theirs.get("/account").status_code == 200

    address = f"/administration/accounts/{account.pk}/anew"
    words = words_of(keeper.post(address, {"codes_off": "on"}))

    assert theirs.get("/account").status_code == 302
    assert not second_factor.is_on(account)
    came = Client().post("/sign-in", {"username": "acc-security", "password": words})
    assert came.status_code == 302


def test_codes_stay_unless_their_end_is_asked_for(keeper, site):
    account = site.account("acc-security")
    second_factor.TOTP.activate(account, second_factor.generate_totp_secret())

    keeper.post(f"/administration/accounts/{account.pk}/anew", {})

    assert second_factor.is_on(account)


def test_a_deactivated_account_is_signed_out_at_once_and_stays_so_when_it_is_let_in_again(
    keeper, site
):
    account = site.account("acc-security")
    account.set_password(PASSWORD)
    account.save()
    theirs = site.client("acc-security")

    done = keeper.post(f"/administration/accounts/{account.pk}/end", {})

    assert "Deactivated" in keeper.get(done.url).content.decode()
    assert theirs.get("/account").status_code == 302
    wrong = Client().post("/sign-in", {"username": "acc-security", "password": PASSWORD})
    assert wrong.status_code == 422
    keeper.post(f"/administration/accounts/{account.pk}/anew", {})
    assert theirs.get("/account").status_code == 302


def test_nobody_deactivates_their_own_account(keeper, site):
    account = site.account(KEEPER)

    told = keeper.post(f"/administration/accounts/{account.pk}/end", {})

    assert told.status_code == 403
    assert Account.objects.get(pk=account.pk).is_active
    assert (
        "your own account" in keeper.get(f"/administration/accounts/{account.pk}").content.decode()
    )


def test_an_account_that_there_is_not_is_not_found(keeper):
    for page in ("", "/anew", "/end"):
        address = f"/administration/accounts/999999{page}"
        told = keeper.post(address, {}) if page else keeper.get(address)
        assert told.status_code == 404


def test_what_a_keeper_does_with_accounts_is_in_the_log(keeper, caplog):
    with caplog.at_level(logging.INFO, "regard.accounts"):
        made = keeper.post("/administration/new-account", NEW)

    assert "made the account new.person" in caplog.text
    assert words_of(made) not in caplog.text


class _Here:
    """A keeper of another body than the one that founded the register."""

    def __init__(self, site: Site, body: str) -> None:
        self.register, self.body, self.holder = site.register, body, "party:another-holder-1"


def test_the_keeper_of_another_body_keeps_its_own_accounts_alone(site):
    there = _Here(site, "party:another-force")
    Account.objects.make("theirs", "party:another-holder-7")

    assert [one.username for one in accounts.governed(there)] == ["theirs"]
    with pytest.raises(AccessRefused):
        accounts.set_anew(there, site.account("acc-security").pk, codes_off=False)
    with pytest.raises(AccessRefused):
        accounts.make(there, "x", site.account("acc-security").holder, password=True)
