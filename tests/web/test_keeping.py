"""Keeping a site from its own machine: accounts of posts, and a look at all of it."""

from __future__ import annotations

import string
import time

import pytest
from django.test.utils import override_settings

from regard.core.errors import AccessRefused, DefinitionRefused, NotKnown
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.posting import end_appointment, holders
from regard.web.background.heartbeat import FILE, beating
from regard.web.keeping import check, make_account
from regard.web.models import Account

POST = "party:acc-crime"
CHOSEN = "correct-horse-battery"


@pytest.fixture
def without(site):
    """A site on which acc-crime has no account."""
    Account.objects.filter(username="acc-crime").delete()
    return site


def test_an_account_is_named_as_its_post_and_signs_in_for_its_holder(without):
    account, made = make_account(without.register, POST, password=CHOSEN)

    assert (account.username, made) == ("acc-crime", "")
    assert account.check_password(CHOSEN)
    assert account.one_time_until is None


def test_a_password_that_is_made_is_for_one_time(without):
    account, made = make_account(without.register, POST)

    assert account.check_password(made)
    assert account.one_time_until is not None


def test_an_account_without_a_password_signs_in_by_no_password(without):
    account, made = make_account(without.register, POST, password="")

    assert made == ""
    assert not account.has_usable_password()


@pytest.mark.parametrize("password", ["short", "password1234", "acc-crime-acc"])
def test_a_password_that_is_easily_guessed_is_refused(without, password):
    with pytest.raises(DefinitionRefused, match="is refused"):
        make_account(without.register, POST, password=password)

    assert not Account.objects.filter(username="acc-crime").exists()


def test_an_account_that_there_is_gets_a_new_password_only_if_that_is_asked_for(site):
    with pytest.raises(DefinitionRefused, match="there is an account acc-crime"):
        make_account(site.register, POST, password=CHOSEN)

    account, _ = make_account(site.register, POST, password=CHOSEN, anew=True)

    assert account.check_password(CHOSEN)


def test_a_post_that_there_is_not_or_that_nobody_holds_gets_none(without):
    keeper = Speaker(without.account("west-midlands-keeper").holder, "party:west-midlands-keeper")
    with pytest.raises(NotKnown, match="no post is called"):
        make_account(without.register, "party:nobody", password=CHOSEN)
    with pytest.raises(AccessRefused, match="does not hold"):
        make_account(without.register, POST, holder=keeper.holder, password=CHOSEN)
    (held,) = holders(without.register.view(EVERYTHING), POST, without.register.today())
    end_appointment(without.register, POST, held, by=keeper)

    with pytest.raises(AccessRefused, match="nobody holds"):
        make_account(without.register, POST, password=CHOSEN)


def test_a_sound_site_is_good_in_all_but_its_worker(site):
    with override_settings(SECRET_KEY=string.printable):
        found = {one.what: one for one in check(site.home)}

    assert {name for name, one in found.items() if not one.good} == {"worker"}
    assert "entries verified" in found["register"].said
    assert "loopback alone" in found["address"].said
    assert "no worker runs" in found["worker"].said


def test_a_worker_that_runs_is_seen(site):
    with beating(site.home):
        while not (site.home / FILE).exists():
            time.sleep(0.01)
        found = {one.what: one for one in check(site.home)}

    assert found["worker"].good


def test_what_is_wrong_with_the_register_is_said_and_the_rest_is_still_looked_at(site):
    with site.register.connection.cursor() as cursor:  # as a restore that was cut short leaves it
        cursor.execute("DROP TABLE erasure")

    found = {one.what: one for one in check(site.home)}

    assert not found["register"].good
    assert "worker" in found
