"""Administration of editions: the shelf, publishing, and a force's own."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regard.library.shelf import library
from regard.library.writing import edition_text
from regard.register.access import EVERYTHING
from regard.web.pages.editions import OWN
from web.conftest import Site

KEEPER = "west-midlands-keeper"


def own_text(name: str = "west-midlands-plan") -> str:
    shipped = library().edition("npr-2012")
    text = edition_text(shipped)
    return text.replace('id = "npr-2012"', f'id = "{name}"').replace(
        'instrument = "npr"', f'instrument = "{name}"'
    )


def sends(client, text: str | bytes, name: str = "own.toml"):
    content = text.encode() if isinstance(text, str) else text
    return client.post("/administration/new-edition", {"file": SimpleUploadedFile(name, content)})


def unpublished(site: Site) -> str:
    view = site.register.view(EVERYTHING)
    return next(one for one in library().editions if view.find(f"edition:{one}") is None)


@pytest.fixture
def keeper(site: Site):
    return site.client(KEEPER)


def test_every_post_sees_the_shelf_and_what_is_published(site):
    client = site.client("acc-security")
    page = client.get("/administration/editions").content.decode()

    assert "SPR 2015" in page
    assert "Not published" in page
    assert "Bring in" not in page
    assert client.get("/administration/editions/spr-2015").status_code == 200
    assert client.get("/administration/editions/none").status_code == 404


def test_an_edition_is_published_with_its_requirements(keeper, site):
    name = unpublished(site)
    before = site.register.head().size

    done = keeper.post(f"/administration/editions/{name}", {"binds": "all"})

    assert done.status_code == 302
    assert site.register.head().size > before
    entry = site.register.view(EVERYTHING).one(f"edition:{name}")
    assert entry.force == ""
    page = keeper.get(f"/administration/editions/{name}").content.decode()
    assert f"Entry {entry.seq}" in page
    assert "Publish it" not in page


def test_an_edition_may_bind_ones_own_body_alone(keeper, site):
    sends(keeper, own_text())

    keeper.post("/administration/editions/west-midlands-plan", {"binds": "mine"})

    entry = site.register.view(EVERYTHING).one("edition:west-midlands-plan")
    assert entry.force == "party:west-midlands"


@pytest.mark.parametrize("sent", [{}, {"binds": "nobody"}])
def test_an_edition_that_is_not_published_says_why(keeper, site, sent):
    before = site.register.head()

    told = keeper.post(f"/administration/editions/{unpublished(site)}", sent)

    assert told.status_code == 422
    assert "There is a problem" in told.content.decode()
    assert site.register.head() == before


def test_another_post_publishes_and_brings_in_nothing(site):
    client, before = site.client("governance-officer"), site.register.head()

    assert client.post(f"/administration/editions/{unpublished(site)}", {}).status_code == 403
    assert sends(client, own_text()).status_code == 403
    assert site.register.head() == before
    assert not (site.home / OWN).exists()


def test_nothing_is_published_on_an_earlier_day(keeper, site):
    before = site.register.head()
    keeper.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2024"})

    told = keeper.post(f"/administration/editions/{unpublished(site)}", {"binds": "all"})

    assert told.status_code == 409
    assert site.register.head() == before


def test_what_an_edition_asks_of_a_body_is_listed(keeper):
    page = keeper.get("/administration/editions/spr-2015/asks").content.decode()

    assert "West Midlands Police" in page
    assert "Judge again" in page


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("spr-2015/asks?body=party:nowhere", "nowhere"),
        ("npr-2012/asks", "no edition"),
    ],
)
def test_what_cannot_be_asked_says_why(keeper, address, says):
    told = keeper.get(f"/administration/editions/{address}")

    assert told.status_code == 200
    assert says in told.content.decode()


def test_an_edition_of_ones_own_comes_onto_the_shelf_and_binds_nobody_yet(keeper, site):
    before = site.register.head()

    done = sends(keeper, own_text())

    assert done.url == "/administration/editions/west-midlands-plan"
    assert "Your own" in keeper.get("/administration/editions").content.decode()
    assert site.register.head() == before
    assert [one.name for one in (site.home / OWN / "editions").iterdir()] == [
        "west-midlands-plan.toml"
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not toml at all", "is not TOML"),
        (b"\xff\xfe", "is not UTF-8"),
        ("a = 1", "edition"),
        ("a = " + "[" * 5000, "nested too deep"),
        ("a = " + "9" * 5000, "is not TOML"),
        ("a = 1e999999999999999999999", "is not TOML"),
        (own_text("npr-2012"), "npr-2012 stands in"),
        (own_text().replace('words = "quoted"', 'words = "sung"'), "sung"),
        (own_text().replace("cites = [", "quotes = ["), "cites nothing"),
        ("#" * (512 * 1024 + 1), "bytes"),
    ],
    ids=[
        "no TOML", "no UTF-8", "no edition", "deep", "long number", "large number",
        "another's name", "a wrong word", "many problems", "too large",
    ],
)  # fmt: skip
def test_a_file_that_is_not_taken_says_what_is_wrong(keeper, site, text, says):
    told = sends(keeper, text)

    assert told.status_code == 422
    assert says in told.content.decode()
    assert "There is a problem" in told.content.decode()
    assert not list((site.home / OWN).rglob("*.toml"))


def test_every_problem_of_a_file_is_told_by_its_place(keeper):
    told = sends(keeper, own_text().replace('words = "quoted"', 'words = "sung"'))

    page = told.content.decode()
    assert page.count("&#x27;sung&#x27;") > 1
    assert "node 1 (requirement)" in page


@pytest.mark.parametrize("name", ["../../evil.toml", "<script>.toml", "a" * 300 + ".toml"])
def test_the_name_of_a_file_leads_nowhere(keeper, site, name):
    told = sends(keeper, own_text(), name)

    assert told.status_code == 302
    assert {one.name for one in (site.home / OWN).rglob("*.toml")} == {"west-midlands-plan.toml"}


def test_without_a_file_nothing_is_taken(keeper):
    told = keeper.post("/administration/new-edition", {})

    assert told.status_code == 422
    assert "Choose a file" in told.content.decode()


def test_the_same_edition_is_not_taken_twice(keeper):
    sends(keeper, own_text())

    assert sends(keeper, own_text()).status_code == 422
