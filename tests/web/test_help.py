"""Help: for everybody, for the post that is signed in first, and true of the site it stands on."""

from __future__ import annotations

import re

import pytest
from django.template.loader import get_template

from regard.library.shelf import library
from regard.register.roles import ROLES
from regard.web.pages.help import PAGES, POSTS, cookies
from web.test_home import words


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.slug)
def test_every_page_is_open_to_anybody_and_its_links_lead_somewhere(site, page):
    visitor = site.client()

    answer = visitor.get(f"/help/{page.slug}")

    assert answer.status_code == 200
    assert f'<h1 class="govuk-heading-l">{page.title}' in answer.content.decode()
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    for address in re.findall(r'href="(/[^"]*)"', main):
        assert visitor.get(address).status_code in (200, 302), address


def test_the_front_page_leads_to_every_page(site):
    page = site.client().get("/help").content.decode()

    assert all(f'href="/help/{one.slug}"' in page for one in PAGES)
    assert "For your post" not in page


@pytest.mark.parametrize(
    ("post", "slug"),
    [
        ("acc-security", "business-lead"),
        ("chief-constable", "spr-lead"),
        ("hmic-inspector", "inspector"),
        ("west-midlands-keeper", "register-keeper"),
    ],
)
def test_help_for_the_post_stands_first(site, post, slug):
    page = site.client(post).get("/help").content.decode()

    mine = page.partition("For your post")[2].partition("</ul>")[0]
    assert re.findall(r'href="/help/([^"]+)"', mine) == [slug]


def test_every_role_but_the_readers_has_its_help():
    helped = {role for one in POSTS for role in one.roles}

    assert helped == set(ROLES) - {"reader"}


def test_the_scales_are_those_of_the_library(site):
    told = words(site.client().get("/help/scales"))

    for scale in library().scales.values():
        assert " ".join(scale.title.split()) in told
        assert all(" ".join(level.meaning.split()) in told for level in scale.levels)


def test_every_cookie_that_the_site_sets_is_told(site):
    lead = site.client("acc-security")
    lead.get("/")
    lead.post("/language", {"language": "en-gb"})
    lead.get("/account")

    assert set(lead.cookies) <= {one.name for one in cookies()}
    told = words(site.client().get("/help/privacy"))
    assert all(one.name in told for one in cookies())
    assert "30 minutes" in told


def test_the_accessibility_statement_says_what_was_not_tested(site):
    told = words(site.client().get("/help/accessibility"))

    assert "Nobody outside the project has audited them yet" in told
    assert "No screen reader" in told
    assert "No test has been made with people who have a disability" in told


def test_on_a_welsh_page_english_help_is_marked_as_english(site):
    visitor = site.client()
    visitor.post("/language", {"language": "cy"})

    page = visitor.get("/help/why").content.decode()

    assert '<html lang="cy"' in page
    assert '<div lang="en-GB">' in page


def test_every_page_of_help_has_words_of_its_own():
    told = {get_template(one.template).template.source for one in PAGES}

    assert len(told) == len(PAGES)
