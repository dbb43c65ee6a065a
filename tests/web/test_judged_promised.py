"""What a cell and a threat say of their price: who pays, at what cost, what is promised twice."""

from __future__ import annotations

import re
from datetime import date

import pytest

from regard.assurance.expense import price
from regard.core.markings import Marking
from regard.register.entries import Speaker
from regard.register.kinds import Kept, Observation, made
from regard.web.templatetags.regard import entry_address
from web.practice_round import HOSTILE, LEAD, opened, text

DUTY = "spr-2015/public-order/psu-commitment"
CELL = f"/requirements/cell/{DUTY}/contribution?round=2021"
THREAT = "/requirements/threat/spr-2015/public-order?round=2021"
ANSWER = "observation:west-midlands/stress/0123456789ab"
WORDS = f"Meeting a call for 2 PSUs for 2 days would be paid for at home. {HOSTILE}"
BY = Speaker("party:west-midlands-holder-5", "party:acc-operations")


def plain(answer):
    """The words of a page without its marks."""
    return re.sub(r"<[^>]+>", "", text(answer))


def kept(site, **given):
    value = made(
        Observation,
        text=WORDS,
        scope="party:west-midlands",
        basis="estimate",
        collected=date(2021, 11, 1),
        document=Kept(name="Stress test: 2 PSUs for 2 days", sha256="ab" * 32),
    )
    entry = site.register.enter(value, subject=ANSWER, by=BY, **given)
    price(site.register, f"expectation:{DUTY}", ANSWER, by=BY)
    return entry


@pytest.mark.parametrize("address", [CELL, THREAT])
def test_who_pays_for_a_duty_is_shown(site, address):
    told = text(site.client(LEAD).get(address))

    assert "At whose expense" in told
    assert "is met at the expense of “Non-emergency local policing" in told
    assert "What that costs" not in told


@pytest.mark.parametrize("address", [CELL, THREAT])
def test_what_it_costs_is_shown_with_the_entry_of_the_kept_answer(site, address):
    entry = kept(site)

    answer = site.client(LEAD).get(address)

    assert "What that costs, by “Stress test: 2 PSUs for 2 days” kept on" in text(answer)
    assert f'href="{entry_address(entry.seq)}"' in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_a_post_that_may_not_read_the_answer_is_shown_no_cost(site):
    kept(site, marking=Marking.parse("OFFICIAL-SENSITIVE"))

    told = text(site.client("performance-analysis").get(CELL))

    assert "At whose expense" in told
    assert "What that costs" not in told


@pytest.mark.parametrize("address", [CELL, THREAT])
def test_what_is_promised_twice_is_shown_with_its_figures(site, address):
    answer = site.client(LEAD).get(address)

    assert "Promised more than once" in text(answer)
    assert "If all of them are called at once, that is 41 PSUs." in plain(answer)
    assert "is not stated: what is missing is not nought." in plain(answer)
    assert 'class="govuk-link regard-figure"' in answer.content.decode()


def test_the_practice_round_shows_it_where_a_promise_answers_the_requirement(site):
    page = "/requirements/cell/spr-2023/public-disorder/psu-contribution/contribution"

    told = text(opened(site).client(LEAD).get(page))

    assert "Promised more than once" in told
    assert "At whose expense" not in told


def test_a_requirement_that_nothing_pays_for_has_no_such_heading(site):
    page = "/requirements/cell/spr-2015/cyber-incident/reporting/connectivity?round=2021"

    told = text(site.client(LEAD).get(page))

    assert "At whose expense" not in told
    assert "Promised more than once" not in told


def test_on_an_earlier_day_what_came_later_is_not_shown(site):
    client = site.client(LEAD)
    client.post("/as-at", {"day_day": "31", "day_month": "12", "day_year": "2021"})

    told = text(client.get(CELL))

    assert "Promised more than once" not in told
