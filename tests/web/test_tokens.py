"""Tokens: made by an account for its own posts, shown once, listed, revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from regard.core.errors import DefinitionRefused, NotKnown
from regard.web.models import Token
from regard.web.signing import tokens

GIVEN = {"said": "monthly dashboard", "post": "party:acc-security", "days": "30"}
WORDS = re.compile(r'id="token">(regard_[\w-]+)<')


def test_a_token_is_shown_once_and_kept_as_a_hash(site):
    lead = site.client("acc-security")

    made = lead.post("/account/tokens", GIVEN)

    words = WORDS.search(made.content.decode())[1]
    held = Token.objects.get()
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "no-store, private"
    assert held.digest == tokens.digest_of(words)
    assert words not in lead.get("/account/tokens").content.decode()
    assert not any(words in str(value) for value in vars(held).values())


def test_a_token_is_made_for_no_post_of_somebody_else(site):
    told = site.client("acc-security").post(
        "/account/tokens", GIVEN | {"post": "party:chief-constable"}
    )

    assert told.status_code == 422
    assert not Token.objects.exists()


def test_what_was_typed_is_kept_when_something_is_missing(site):
    told = site.client("acc-security").post("/account/tokens", {"said": "<script>x</script>"})

    page = told.content.decode()
    assert told.status_code == 422
    assert "govuk-error-summary" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


def test_a_revoked_token_is_refused_from_the_next_request_on(site):
    token, words = _made(site)
    assert tokens.find(words) == token

    gone = site.client("acc-security").post(f"/account/tokens/{token.pk}/revoke")

    assert gone.status_code == 302
    assert tokens.find(words) is None
    assert "Revoked" in site.client("acc-security").get("/account/tokens").content.decode()


def test_nobody_revokes_the_token_of_another_account(site):
    token, words = _made(site)

    told = site.client("spr-lead").post(f"/account/tokens/{token.pk}/revoke")

    assert told.status_code == 404
    assert tokens.find(words) == token


def test_that_a_token_was_used_is_noted_once_a_day(site):
    _, words = _made(site)

    with CaptureQueriesContext(connections["default"]) as first:
        tokens.find(words)
    with CaptureQueriesContext(connections["default"]) as second:
        tokens.find(words)

    assert Token.objects.get().used_on == tokens.now().date()
    assert (len(first), len(second)) == (2, 1)


def test_a_token_of_an_account_that_may_not_sign_in_is_refused(site):
    _, words = _made(site)
    account = site.account("acc-security")
    account.is_active = False
    account.save()

    assert tokens.find(words) is None


def test_a_token_has_an_end(site):
    token, words = _made(site)
    Token.objects.filter(pk=token.pk).update(ends_at=tokens.now() - timedelta(seconds=1))

    assert tokens.find(words) is None
    assert "Ended" in site.client("acc-security").get("/account/tokens").content.decode()


@pytest.mark.parametrize("days", [0, 1, 366, -30])
def test_no_token_holds_for_another_time_than_those_offered(site, days):
    with pytest.raises(DefinitionRefused, match=f"a token for {days} days"):
        tokens.make(site.account("acc-security"), "party:acc-security", said="x", days=days)


def test_an_account_has_so_many_tokens_and_no_more(site):
    for _ in range(tokens.MOST):
        _made(site)

    told = site.client("acc-security").post("/account/tokens", GIVEN)

    assert told.status_code == 422
    assert "revoke one that is no longer used" in told.content.decode()


def test_a_token_that_there_is_not_cannot_be_revoked(site):
    with pytest.raises(NotKnown, match="no token of yours is called"):
        tokens.revoke(site.account("acc-security"), 99)


def _made(site):
    return tokens.make(site.account("acc-security"), "party:acc-security", said="x", days=30)
