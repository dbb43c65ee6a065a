"""What comes before every other page: signing in, the post, the day and the language."""

from __future__ import annotations

import re

import pytest

from web.conftest import PASSWORD, Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def visitor(site: Site):
    lead = site.account("acc-security")
    lead.set_password(PASSWORD)
    lead.save()
    return site.client()


def test_a_visitor_is_led_to_sign_in_and_back(visitor):
    asked = visitor.get("/account")
    assert asked.headers["Location"] == "/sign-in?next=%2Faccount"

    came = visitor.post(
        "/sign-in", {"username": "acc-security", "password": PASSWORD, "next": "/account"}
    )

    assert came.headers["Location"] == "/account"
    assert "ACC Security" in visitor.get("/account").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "x:y"])
def test_signing_in_leads_to_no_other_site(visitor, elsewhere):
    came = visitor.post(
        "/sign-in", {"username": "acc-security", "password": PASSWORD, "next": elsewhere}
    )

    assert came.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(visitor):
    told = [
        visitor.post("/sign-in", {"username": name, "password": "wrong"}).content.decode()
        for name in ("acc-security", "nobody-at-all")
    ]

    assert "is not right" in told[0]
    told = [TOKEN.sub("", one) for one in told]
    assert told[0].replace("acc-security", "") == told[1].replace("nobody-at-all", "")


def test_an_earlier_day_is_looked_at_until_today_is_asked_for(site):
    lead = site.client("acc-security")
    assert "You see what is known on" in lead.get("/account").content.decode()

    lead.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})
    assert "3 February 2015" in lead.get("/account").content.decode()

    lead.post("/as-at", {"today": "1"})
    assert "3 February 2015" not in lead.get("/account").content.decode()


@pytest.mark.parametrize(
    ("day", "says"),
    [(("31", "2", "2015"), "must be a real date"), (("1", "1", "2999"), "nobody can know")],
)
def test_a_day_that_cannot_be_looked_at_is_refused(site, day, says):
    sent = dict(zip(("day_day", "day_month", "day_year"), day, strict=True))

    told = site.client("spr-lead").post("/as-at", sent)

    assert told.status_code in (409, 422)
    assert says in told.content.decode()


def test_a_post_that_is_not_held_is_not_spoken_for(site):
    told = site.client("spr-lead").post("/speak", {"post": "party:chief-constable"})

    assert told.status_code == 404
