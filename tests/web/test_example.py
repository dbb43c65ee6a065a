"""The demonstration's sign-ins: the same when served again, and of the example alone."""

from __future__ import annotations

import pytest
from django.test.utils import override_settings

from regard.core.errors import DefinitionRefused
from regard.web.example import FILE, sign_ins
from regard.web.models import Account

# Seventeen accounts at the price of one guess each would take seconds.
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_each_post_has_a_sign_in_that_stays_the_same(site):
    with override_settings(REGARD_DEMO=True, PASSWORD_HASHERS=QUICK):
        first = sign_ins(site.home, site.register)
        hashes = {one.username: one.password for one in Account.objects.all()}
        again = sign_ins(site.home, site.register)
        assert all(site.account(one.account).check_password(one.password) for one in first)

    assert first == again
    assert {one.account for one in first} >= {"acc-security", "spr-lead", "governance-officer"}
    assert hashes == {one.username: one.password for one in Account.objects.all()}
    assert len({one.password for one in first}) == len(first)


def test_the_passwords_are_for_their_owner_alone_to_read(site):
    with override_settings(REGARD_DEMO=True, PASSWORD_HASHERS=QUICK):
        sign_ins(site.home, site.register)

    assert (site.home / FILE).stat().st_mode & 0o777 == 0o600


def test_no_password_of_a_site_that_is_used_is_kept(site):
    with pytest.raises(DefinitionRefused, match="not served as the example"):
        sign_ins(site.home, site.register)

    assert not (site.home / FILE).exists()
