"""The matrix, the cells of a threat and one cell: what stands, what is absent, how it reads."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from web.practice_round import BARE, CELL, HOSTILE, LEAD, UNITS, judge, opened, read, summary, text

OF_AN_ACT = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def queries(site, address, who=LEAD):
    """How many questions a page asks, of the register and of the accounts."""
    client = site.client(who)
    client.get("/requirements")
    register = site.register.connection
    with (
        CaptureQueriesContext(register) as said,
        CaptureQueriesContext(connections["default"]) as own,
    ):
        answer = client.get(address)
    assert answer.status_code == 200
    asked = (*said.captured_queries, *own.captured_queries)
    return sum(1 for one in asked if not one["sql"].startswith(OF_AN_ACT))


def test_the_open_round_is_shown_and_what_was_carried_is_no_position(site):
    told = text(opened(site).client(LEAD).get("/requirements"))

    assert "(example)" in told
    assert "Public disorder" in told
    assert "1 carried" in told
    assert "0 of 10 judged" in told
    assert "100 cells wait for your judgement." in told


def test_a_register_without_an_open_round_shows_the_one_that_closed_last(site):
    told = text(site.client(LEAD).get("/requirements"))

    assert "SPR position 2021" in told
    assert "Partly met" in told
    assert "wait for your judgement" not in told


def test_another_round_and_another_body_can_be_chosen(site):
    told = text(site.client(LEAD).get("/requirements?round=2021&body=west-midlands-rocu"))

    assert "Regional Organised Crime Unit" in told
    assert "1 partly met" in told or "Partly met" in told


@pytest.mark.parametrize("asked", ["round=none", "round=2021&body=hampshire", "round=%3Cscript%3E"])
def test_a_round_or_body_that_is_not_there_is_not_found(site, asked):
    assert site.client(LEAD).get(f"/requirements?{asked}").status_code == 404


def test_the_earlier_day_shows_the_round_of_that_day_and_asks_for_nothing(site):
    opened(site)
    lead = site.client(LEAD)
    lead.post("/as-at", {"day_day": "5", "day_month": "3", "day_year": "2019"})

    told = text(lead.get("/requirements"))
    cell = text(lead.get("/requirements/cell/spr-2015/public-order/psu-commitment/contribution"))

    assert "SPR position 2018/19" in told
    assert "Practice round" not in told
    assert "Enter this judgement" not in cell


def test_before_the_first_round_the_page_says_so(site):
    lead = site.client(LEAD)
    lead.post("/as-at", {"day_day": "1", "day_month": "1", "day_year": "2013"})

    for address in ("/requirements", "/requirements/evidence", "/requirements/rounds"):
        told = lead.get(address)
        assert told.status_code == 200
        assert "was known on this day" in text(told)


def test_the_table_for_a_spreadsheet_has_a_row_a_cell_each_marked_and_none_that_runs(site):
    opened(site)
    judge(site, position="level:met", reason="=1+1", departure="", evidence=[])

    answer = site.client(LEAD).get("/requirements/matrix.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert "OFFICIAL.csv" in answer.headers["Content-Disposition"]
    assert len(rows) == 360
    assert {one["marking"] for one in rows} == {"OFFICIAL"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]
    assert {one["reads"] for one in rows if one["carried"]} == {
        "Carried from an earlier round, not reviewed"
    }
    assert not [one for one in rows if one["carried"] and one["level"]]


def test_the_cells_of_a_threat_are_shown_under_each_c(site):
    told = text(opened(site).client(LEAD).get("/requirements/threat/spr-2023/public-disorder"))

    assert "Give the force’s share" in told or "Give the force&#x27;s share" in told
    assert "Carried from an earlier round, not reviewed" in told
    assert "It was Met" in told
    assert "The board has not said" in told


def test_only_what_waits_for_the_lead_is_shown_when_asked(site):
    opened(site)
    address = "/requirements/threat/spr-2023/terrorism?show=mine"

    assert "Nothing here waits for you." in text(site.client(LEAD).get(address))
    assert "Open" in text(site.client("acc-security").get(address))


def test_a_cell_shows_words_with_their_source_voices_evidence_suggestion_gap_and_history(site):
    told = text(opened(site).client(LEAD).get(f"/requirements/cell/{CELL}"))

    for words in (
        "From memory, to be confirmed against the source",
        "Home Office, 20 February 2023",
        "Line 1, who does the work",
        "First said by ACC Operations",
        "Has not spoken in this round.",
        "spr-demand@1",
        "17 of 17",
        "exactly the target of",
        "SPR position 2021",
        "under an earlier edition",
        "Does not expire",
    ):
        assert words in told.replace("<br>", " "), words


def test_a_cell_is_found_without_its_round_by_the_edition_it_stands_in(site):
    opened(site)

    told = site.client("spr-lead").get(
        "/requirements/cell/spr-2015/public-order/trained-officers/capacity"
    )

    assert told.status_code == 200
    assert "SPR position 2021" in text(told)


@pytest.mark.parametrize("cell", ["none/x", f"{UNITS}/consistency2", "spr-2023/terrorism/capacity"])
def test_a_cell_that_is_not_there_is_not_found(site, cell):
    assert opened(site).client(LEAD).get(f"/requirements/cell/{cell}").status_code == 404


def test_words_of_others_are_shown_and_never_run(site):
    opened(site)
    judge(site, reason=HOSTILE, departure=HOSTILE)

    for address in (f"cell/{CELL}", "threat/spr-2023/public-disorder", "round/practice"):
        assert HOSTILE not in text(site.client("spr-lead").get(f"/requirements/{address}"))
    told = text(site.client("spr-lead").get(f"/requirements/cell/{CELL}"))
    assert "&lt;script&gt;" in told


def test_what_is_held_more_closely_than_a_post_may_read_is_not_shown_to_it(site):
    opened(site)
    judge(site, reason="A closely held reason.", marking="OFFICIAL-SENSITIVE")
    assert read(site).spoke(1)

    seen, unseen = (
        text(site.client(who).get(f"/requirements/cell/{CELL}"))
        for who in ("spr-lead", "performance-analysis")
    )

    assert "A closely held reason." in seen
    assert "A closely held reason." not in unseen
    assert "Enter" not in unseen


def test_a_stale_cell_says_that_its_evidence_has_expired(site):
    opened(site)
    entered = judge(
        site,
        BARE + "/capability",
        **{
            "new-text": "A plan of last year.",
            "new-collected_day": "1",
            "new-collected_month": "2",
            "new-collected_year": "2024",
            "new-expires_day": "1",
            "new-expires_month": "2",
            "new-expires_year": "2025",
            "new-marking": "OFFICIAL",
        },
    )

    told = text(site.client(LEAD).get(f"/requirements/cell/{BARE}/capability"))

    assert entered.status_code == 302, summary(entered)

    assert "Stale: all its evidence has expired" in told
    assert "Expired" in told


def test_pages_ask_as_many_questions_of_one_round_as_of_another(site):
    opened(site)
    addresses = (
        "/requirements",
        "/requirements/threat/spr-2023/public-disorder",
        "/requirements/evidence",
        "/requirements/rounds",
        "/requirements/round/practice",
        "/requirements/review",
    )
    before = [queries(site, one) for one in addresses]
    for aspect in ("capacity", "contribution", "capability"):
        judge(site, f"{UNITS}/{aspect}")

    assert [queries(site, one) for one in addresses] == before
    assert max(before) <= 12


def test_a_cell_asks_few_questions(site):
    assert queries(opened(site), f"/requirements/cell/{CELL}") <= 12
