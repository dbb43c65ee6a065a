"""A post accepts or refuses a step of a measure."""

from __future__ import annotations

from datetime import date

import pytest

from regard.register.access import EVERYTHING
from regard.register.kinds import Decision
from web.counted import AREA, STEP, looks_at, made_records, with_records

ANALYST = "performance-analysis"
PAGE = f"/measures/burglary-dwelling/steps?area={AREA}"
ACCEPT = {
    "month": STEP.iso,
    "decision": "accept",
    "reason": "A new <b>crime desk</b> since October.",
}


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return made_records(tmp_path_factory.mktemp("records"))


@pytest.fixture
def counted(site, records):
    return with_records(site, records)


def decisions(site):
    held = site.register.view(EVERYTHING).all(Decision)
    return [one for one in held if one.value.step and one.value.step.measure == "burglary-dwelling"]


def page_of(site, post=ANALYST):
    return site.client(post).get(f"/measures/burglary-dwelling?area={AREA}").content.decode()


def test_the_form_names_the_step_and_its_month(counted):
    page = counted.client(ANALYST).get(f"{PAGE}&month={STEP.iso}").content.decode()

    assert f'value="{STEP.iso}"' in page
    assert "What the method finds" in page


def test_an_accepted_step_is_a_decision_and_the_level_starts_anew(counted):
    before = counted.register.head().size

    answer = counted.client(ANALYST).post(PAGE, ACCEPT)

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("#steps")
    (entry,) = decisions(counted)
    assert entry.value.step.proposed == STEP.iso
    assert counted.register.head().size == before + 1
    page = page_of(counted)
    assert "Accepted" in page
    assert "crime desk" in page
    assert "<b>crime" not in page
    assert f"Step change down since {STEP}" in page
    assert "nobody has accepted it yet" not in page


def test_a_later_decision_undoes_it_and_both_stay(counted):
    counted.client(ANALYST).post(PAGE, ACCEPT)

    counted.client(ANALYST).post(PAGE, {**ACCEPT, "decision": "refuse", "reason": "Recounted."})

    assert len(decisions(counted)) == 2
    page = page_of(counted)
    assert "until a later decision" in page
    assert "Recounted." in page
    assert "Refused" in page


def test_the_same_decision_twice_is_refused(counted):
    counted.client(ANALYST).post(PAGE, ACCEPT)
    before = counted.register.head()

    answer = counted.client(ANALYST).post(PAGE, ACCEPT)

    assert answer.status_code == 422
    assert "was accepted before, by entry" in answer.content.decode()
    assert counted.register.head() == before


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": ""}, "Enter the reason"),
        ({"month": ""}, "Enter the first month"),
        ({"month": "2012-13"}, "2012-13"),
        ({"month": "1999-01"}, "cannot begin a new level"),
        ({"decision": ""}, "Say whether you accept or refuse it"),
        ({"decision": "perhaps"}, "Say whether you accept or refuse it"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(counted, changed, says):
    before = counted.register.head()

    answer = counted.client(ANALYST).post(PAGE, {**ACCEPT, "reason": "Kept words", **changed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert says in page
    assert "Kept words" in page or "reason" in changed
    assert counted.register.head() == before


@pytest.mark.parametrize("post", ["acc-security", "hmic-inspector", "west-midlands-keeper"])
def test_another_post_is_refused_and_nothing_is_left(counted, post):
    before = counted.register.head()

    asked = counted.client(post).get(PAGE)
    sent = counted.client(post).post(PAGE, ACCEPT)

    assert (asked.status_code, sent.status_code) == (403, 403)
    assert counted.register.head() == before


def test_nothing_is_decided_while_an_earlier_day_is_looked_at(counted):
    looks_at(counted, ANALYST, date(2026, 2, 1))
    before = counted.register.head()

    answer = counted.client(ANALYST).post(PAGE, ACCEPT)

    assert answer.status_code == 409
    assert counted.register.head() == before
    assert "Accept or refuse it" not in page_of(counted)


def test_on_the_day_before_a_decision_the_step_is_still_proposed(counted):
    counted.client(ANALYST).post(PAGE, ACCEPT)
    looks_at(counted, ANALYST, date(2026, 2, 1))

    page = page_of(counted)

    assert "Proposed" in page
    assert "crime desk" not in page


def test_a_share_has_no_steps_to_decide_on(counted):
    answer = counted.client(ANALYST).get(f"/measures/victim-satisfaction-crime/steps?area={AREA}")

    assert answer.status_code == 409
    assert "no steps are looked for" in answer.content.decode()
