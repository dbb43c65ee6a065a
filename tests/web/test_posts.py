"""Administration of posts, their holders and bodies."""

from __future__ import annotations

import pytest

from regard.register.access import EVERYTHING
from regard.register.posting import posts_at
from regard.register.roles import ROLES
from regard.web.registered import role_words
from web.conftest import Site

KEEPER, OTHER = "west-midlands-keeper", "acc-security"
NEW = {
    "path": "acc-local",
    "name": "ACC Local",
    "body": "party:west-midlands",
    "roles": ["business-lead", "reader"],
    "groups": "firearms, covert-policing",
}
WRITES = {
    "/administration/new-post": NEW,
    "/administration/change/acc-security": {**NEW, "name": "ACC Other"},
    "/administration/appoint/acc-security": {"holder": "wm-holder-99"},
    "/administration/new-body": {"path": "new-body", "name": "New body", "parent": "", "area": ""},
}


def held(site: Site, post: str) -> tuple[str, ...]:
    view = site.register.view(EVERYTHING)
    [found] = [
        one for one in posts_at(view, site.register.today()) if one.subject == f"party:{post}"
    ]
    return found.holders


@pytest.mark.parametrize(
    "page",
    [
        "/administration",
        "/administration/posts",
        "/administration/posts/acc-security",
        "/administration/roles",
        "/administration/bodies",
    ],
)
def test_every_post_may_see_who_may_do_what(site, page):
    shown = site.client(OTHER).get(page)

    assert shown.status_code == 200
    assert "Make a" not in shown.content.decode()
    assert "Appoint" not in shown.content.decode()


def test_posts_are_listed_with_who_holds_them(site):
    page = site.client(OTHER).get("/administration/posts").content.decode()

    assert "ACC Security" in page
    assert held(site, OTHER)[0].removeprefix("party:") in page


def test_a_post_that_there_is_not_is_not_found(site):
    for path in ("nobody", "west-midlands", "a/b", "Ü", "x" * 300):
        assert site.client(KEEPER).get(f"/administration/posts/{path}").status_code in (404, 409)


@pytest.mark.parametrize("address", WRITES)
def test_who_may_not_keep_posts_writes_nothing(site, address):
    before = site.register.head()

    told = site.client(OTHER).post(address, WRITES[address])

    assert told.status_code == 403
    assert site.register.head() == before


@pytest.mark.parametrize("address", WRITES)
def test_nothing_is_kept_on_an_earlier_day(site, address):
    client, before = site.client(KEEPER), site.register.head()
    client.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2024"})

    assert client.post(address, WRITES[address]).status_code == 409
    assert site.register.head() == before
    assert "Make a post" not in client.get("/administration/posts").content.decode()


@pytest.mark.parametrize("address", WRITES)
def test_a_keeper_writes_one_entry_and_is_told(site, address):
    client, before = site.client(KEEPER), site.register.head().size

    done = client.post(address, WRITES[address])

    assert done.status_code == 302
    assert site.register.head().size == before + 1
    assert "govuk-notification-banner--success" in client.get(done.url).content.decode()


def test_a_post_is_made_with_its_roles_and_groups(site):
    site.client(KEEPER).post("/administration/new-post", NEW)

    post = site.register.view(EVERYTHING).one("party:acc-local").value
    assert post.roles == ("business-lead", "reader")
    assert post.groups == ("firearms", "covert-policing")
    page = site.client(KEEPER).get("/administration/posts/acc-local").content.decode()
    assert "Nobody held it" in page
    assert "judge what the round assigns to it" in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"path": "acc-security"}, "is in the register already"),
        ({"path": "Not A Path"}, "Not A Path"),
        ({"path": ""}, "Enter the code of the post"),
        ({"roles": ["emperor"]}, "Choose what it may do"),
        ({"body": "party:nowhere"}, "Choose the body to which it belongs"),
        ({"groups": "Not A Code"}, "Not A Code"),
    ],
)
def test_a_post_that_cannot_be_made_keeps_what_was_typed(site, sent, says):
    before = site.register.head()

    told = site.client(KEEPER).post("/administration/new-post", {**NEW, **sent})

    assert told.status_code == 422
    assert says in told.content.decode()
    assert "There is a problem" in told.content.decode()
    assert 'value="ACC Local"' in told.content.decode()
    assert site.register.head() == before


def test_hostile_words_are_words(site):
    name = "<script>alert(1)</script>"
    site.client(KEEPER).post("/administration/new-post", {**NEW, "name": name})

    for page in ("/administration/posts", "/administration/posts/acc-local"):
        shown = site.client(KEEPER).get(page).content.decode()
        assert name not in shown
        assert "&lt;script&gt;" in shown


def test_an_account_is_appointed_and_its_appointment_ends(site):
    client = site.client(KEEPER)
    client.post("/administration/appoint/acc-security", {"holder": "wm-holder-99"})
    assert "party:wm-holder-99" in held(site, OTHER)

    asked = client.get("/administration/end/acc-security/of/wm-holder-99")
    assert "stays as it was said" in asked.content.decode()
    client.post("/administration/end/acc-security/of/wm-holder-99", {})

    assert "party:wm-holder-99" not in held(site, OTHER)


def test_who_holds_a_post_no_more_is_out_at_the_next_page(site):
    account = site.account(OTHER)
    client = site.client(OTHER)
    assert client.get("/administration/posts").status_code == 200

    holder = account.holder.removeprefix("party:")
    site.client(KEEPER).post(f"/administration/end/acc-security/of/{holder}", {})

    assert client.get("/administration/posts").url.startswith("/speak")
    assert "You hold no post today" in client.get("/speak").content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"holder": "Sir John"}, "Sir John"),
        ({"holder": "acc-crime"}, "is no account"),
        (
            {"holder": "wm-holder-9", "start_day": "31", "start_month": "2", "start_year": "2026"},
            "must be a real date",
        ),
        (
            {
                "holder": "wm-holder-9",
                "start_day": "2", "start_month": "2", "start_year": "2030",
                "end_day": "1", "end_month": "2", "end_year": "2030",
            },
            "ends before it starts",
        ),
    ],
)  # fmt: skip
def test_an_appointment_that_cannot_be_is_refused(site, sent, says):
    before = site.register.head()

    told = site.client(KEEPER).post("/administration/appoint/acc-security", sent)

    assert told.status_code == 422
    assert says in told.content.decode()
    assert site.register.head() == before


def test_who_never_held_a_post_cannot_be_released(site):
    address = "/administration/end/acc-security/of/wm-holder-999"

    assert site.client(KEEPER).get(address).status_code == 404


def test_a_body_is_made_as_a_part_of_another(site):
    sent = {"path": "pcc-board", "name": "The board", "parent": "party:west-midlands", "area": ""}
    client = site.client(KEEPER)
    client.post("/administration/new-body", sent)

    assert "The board" in client.get("/administration/bodies").content.decode()
    again = client.post("/administration/new-body", sent)
    assert again.status_code == 422


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_said_in_words(role):
    said = role_words.said(ROLES[role])

    assert said.may
    assert all(one[0].islower() for one in (*said.may, *said.may_not))


def test_a_role_that_writes_nothing_is_said_to_read_alone():
    assert role_words.said(ROLES["reader"]).may == ("read everything of its own body",)
