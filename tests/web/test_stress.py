"""Stress test on screen: asked, screened, previewed, refused, and asked for in full."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest

from regard.capability.configured import FILE
from regard.web.background.stressing import ASKED
from regard.web.capable import held
from regard.web.models import Work
from web.counted import looks_at
from web.doing import queries, run_worker
from web.stress_setting import (
    AREA,
    ASKING,
    ASKS,
    PAGE,
    PLANNER,
    QUESTION,
    READER,
    SAYS,
    asked,
    bring_in,
    small,
)

__all__ = ["asked", "small"]
FORM = "/capability/stress"


def shown(site, address, post=PLANNER, status=200):
    answer = site.client(post).get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_without_incidents_the_page_says_what_is_needed(site):
    page = shown(site, FORM)

    assert "No incidents that you may see have been brought in" in page
    assert "capability.toml" in page
    assert '<form method="get" action="/capability/stress"' not in page
    assert shown(site, PAGE)  # an address that asks all the same is no fault


def test_a_force_that_says_nothing_of_itself_is_told_what_to_say(asked):
    (asked.home / FILE).unlink()
    page = shown(asked, PAGE)

    assert "Nothing can be asked of this force yet" in page
    assert "[west-midlands]" in page

    (asked.home / FILE).write_text("[elsewhere]\n")
    assert "Nothing can be asked of this force yet" in shown(asked, FORM)

    (asked.home / FILE).write_text("[west-midlands\n")
    assert "is not TOML" in shown(asked, FORM)


def test_the_form_begins_with_what_the_force_says_of_itself(asked):
    page = shown(asked, FORM)

    for name, value in (("psus", "2"), ("tolerance", "12"), ("on_shift", "20"), ("curve", "2")):
        assert re.search(rf'name="{name}" value="{value}"', page), name
    assert '<option value="4" selected>Friday' in page
    assert "First answer: by formula" not in page


def test_the_first_answer_is_by_formula_and_says_so(asked):
    page = shown(asked, PAGE)

    assert "Screening: a formula, not a simulation" in page
    assert "1 PSU away, by formula, over the 48 hours in which it is away" in page
    assert "The preview and the full answer are of the same hours" in page
    assert "Nobody away" in page
    assert "With them away" in page
    assert "Immediate incidents answered late" in page
    assert "Generated rows" in page
    assert "At the end of a shift a unit finishes its job" in page
    assert "What was not modelled" in page
    assert "import 1: GENERATED-west-midlands-incidents.csv" in page
    assert "Ask for the full answer" in page
    assert "Preview</strong>" not in page


def test_the_preview_is_fetched_by_the_page_and_reached_by_a_link_without_a_script(asked):
    page = shown(asked, PAGE)

    fetched = re.search(r'hx-get="([^"]+)"', page).group(1).replace("&amp;", "&")
    linked = re.search(r'href="([^"]+look=preview)#preview"', page).group(1).replace("&amp;", "&")
    part, whole = shown(asked, fetched), shown(asked, linked)

    assert part.lstrip().startswith('<div id="preview">')
    for one in (part, whole):
        assert "30 replications" in one
        assert "Meeting a call for" in one
        assert "Why we say so" in one
    assert "hx-get" not in whole
    assert "First answer: by formula" in whole
    led = set(re.findall(r'class="regard-figure" href="#([^"]+)"', whole))
    assert led
    assert led <= set(re.findall(r' id="([^"]+)"', whole))
    ids = re.findall(r' id="([^"]+)"', whole)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "changed, said",
    [
        ("psus=61", "61 PSUs for 2 days"),
        ("psus=-1", "-1 PSUs for 2 days"),
        ("psus=", "Enter the number of PSUs"),
        ("psus=many", "The number of PSUs must be a whole number"),
        ("psus=" + "9" * 5_000, "The number of PSUs must be a whole number"),
        ("days=57", "1 PSUs for 57 days"),
        ("weekday=7", "Choose the day they go"),
        ("hour=24", "Choose the hour they go"),
        ("curve=61", "from 0 to 60"),
        ("curve=-3", "from 0 to 60"),
        ("shift_end=never", "Choose"),
        ("reserve=-1", "from 0 to 10,000"),
        ("tolerance=0", "0.0% late borne"),
        ("tolerance=100", "100.0% late borne"),
        ("on_shift=101", "from 0 to 100"),
        ("otherwise=-1", "from 0 to 100"),
        ("rest_hours=673", "from 0 to 672"),
        ("recovery_days=0", "0 days of recovery"),
        ("seed=-1", "of at most 18 digits"),
        ("seed=1234567890123456789", "of at most 18 digits"),
        ("tolerance=NaN", "must be a number of per cent"),
        ("days=%00", "must be a whole number"),
    ],
)
def test_what_cannot_be_asked_is_said_at_the_form(asked, changed, said):
    given = [one for one in ASKING.split("&") if not one.startswith(changed.partition("=")[0])]
    address = f"{FORM}?area={AREA}&{'&'.join((*given, changed))}"
    page = shown(asked, address, status=422)

    assert "There is a problem" in page
    assert said in page
    assert "First answer: by formula" not in page
    part = shown(asked, address.replace("/stress?", "/stress/preview?"))
    assert "It cannot be shown" in part


def test_what_is_written_by_a_stranger_is_shown_as_words(asked):
    page = shown(asked, f"{FORM}?area={AREA}&psus=<script>alert(1)</script>&days=1", status=422)

    assert "<script>alert" not in page


def test_every_assumption_is_heeded(asked):
    more = "&shift_end=handover&reserve=1&divert=on&seed=7&rest_hours=0&weekday=0&hour=10"
    page = shown(asked, f"{PAGE}{more}")

    assert "the jobs of units beyond those due are laid down" in page
    assert "1 idle unit is kept for the first grade" in page
    assert "may take a unit that is still on its way" in page
    assert "Jobs handed over from one shift to the next." not in page


def test_another_forces_incidents_are_not_found(asked):
    bring_in(asked.home, "staffordshire", weeks=1)

    assert "Staffordshire" not in shown(asked, FORM)
    for address in (PAGE.replace(AREA, "staffordshire"), f"{FORM}?area=nowhere"):
        assert asked.client(PLANNER).get(address).status_code == 404
        assert asked.client(PLANNER).post(address, ASKS).status_code == 404
    assert not Work.objects.exists()


def test_who_enters_no_evidence_reads_and_does_not_ask(asked):
    page = shown(asked, PAGE, READER)

    assert "First answer: by formula" in page
    assert "Ask for the full answer</button>" not in page
    assert "A post that enters evidence" in page
    assert asked.client(READER).post(PAGE, ASKS).status_code == 403
    assert not Work.objects.exists()


def test_on_an_earlier_day_nothing_was_known_and_nothing_is_asked(asked):
    looks_at(asked, PLANNER, date(2024, 1, 15))

    page = shown(asked, FORM)
    later = shown(asked, f"{PAGE}&records=today")

    assert "By the end of 15 January 2024 no records" in page
    assert "First answer: by formula" in later
    assert "can be asked for today only" in later
    assert asked.client(PLANNER).post(PAGE, ASKS).status_code == 409
    assert not Work.objects.exists()


def test_the_full_answer_is_asked_for_once_and_leads_to_its_page(asked, monkeypatch):
    monkeypatch.setattr("regard.web.background.stressing.REPLICATIONS", 8)
    planner = asked.client(PLANNER)
    page = shown(asked, PAGE)
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    head = asked.register.head()

    first, second = (planner.post(f"{FORM}?area={AREA}", sent) for _ in range(2))
    run_worker()

    assert first.headers["Location"] == second.headers["Location"]
    row = Work.objects.get(what=ASKED)
    assert row.state == "done", row.outcome
    assert row.asked["question"] == QUESTION.text
    told = shown(asked, row.leads_to)
    assert "Not kept" in told
    assert row.found["said"] in told
    assert asked.register.head() == head


def test_a_question_that_is_refused_is_not_asked_for(asked):
    answer = asked.client(PLANNER).post(f"{FORM}?area={AREA}", {**ASKS, "psus": "99"})

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not Work.objects.exists()


def test_incidents_too_few_to_fit_are_a_refusal_at_the_form(asked):
    (asked.home / FILE).write_text(SAYS.replace("immediate = 15", "flying = 15"))

    page = shown(asked, PAGE, status=422)

    assert "There is a problem" in page
    assert "flying" in page


def test_a_page_asks_a_dozen_questions_at_most(asked):
    for address in (FORM, PAGE, f"{PAGE}&look=preview"):
        count, _ = queries(asked, PLANNER, address)
        assert count <= 12


def test_a_fit_is_held_and_a_new_import_is_another(asked):
    shown(asked, PAGE)
    shutil.rmtree(asked.home / "capability")
    assert "First answer" in shown(asked, PAGE)

    held.forget()
    shown(asked, PAGE)
    assert list((asked.home / "capability" / "fits").iterdir())


@pytest.mark.parametrize("curve", ["1" + "0" * 400, "61", "-1", "x"])
def test_a_curve_that_ends_nowhere_is_refused_at_the_form(asked, curve):
    page = shown(asked, f"{PAGE}&curve={curve}".replace("curve=2&", ""), status=422)

    assert "The end of the curve must be a whole number of PSUs from 0 to 60" in page


def test_a_force_that_promises_more_than_can_be_asked_is_asked_for_the_most(asked):
    file = asked.home / FILE
    file.write_text(SAYS.replace("commitment = 2", "commitment = 90"), encoding="utf-8")

    page = shown(asked, FORM)

    assert re.search(r'name="psus" value="60"', page)


def test_on_an_earlier_day_the_records_of_today_are_said_to_be_all_of_them(asked):
    looks_at(asked, PLANNER, date(2024, 1, 15))

    page = shown(asked, f"{PAGE}&records=today")

    assert "those after the day looked at among them" in page
    assert "Counted up to" not in page


def test_a_preview_that_waits_too_long_for_another_says_so(asked, monkeypatch):
    monkeypatch.setattr(held, "PATIENCE", 0.01)
    held.forget()

    with held._RUNNING:
        page = shown(asked, PAGE.replace("/stress?", "/stress/preview?"))

    assert "another preview has run for" in page
