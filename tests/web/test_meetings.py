"""Meetings on screen: what a board took, and entering one with its agenda."""

from __future__ import annotations

PATH = "strategic-policing-and-crime-board/2015-02-03"
PAPER = f"document:{PATH}/strategic-policing-requirement"
NONE = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
LINE = {
    "form-0-number": "7a",
    "form-0-item": "The requirement <i>and</i> the force",
    "form-0-paper": PAPER,
    "form-0-private": "",
}
MEETING = {
    "body": "party:strategic-policing-and-crime-board",
    "on_day": "12",
    "on_month": "5",
    "on_year": "2026",
    "title": "Board of May",
}


def test_a_meeting_shows_its_paper_and_what_was_put_to_it(site):
    page = site.client("commissioner").get(f"/registers/meeting/{PATH}").content.decode()

    assert "Strategic Policing Requirement" in page
    assert page.count("Waits for a decision") == 6
    assert "Change the agenda" not in page


def test_a_governance_officer_enters_a_meeting_in_one_act(site):
    client, before = site.client("governance-officer"), site.register.head().size

    sent = client.post("/registers/meetings/enter", MEETING | NONE | LINE)

    assert sent.status_code == 302, sent.content.decode()
    assert site.register.head().size == before + 1
    page = client.get(sent.headers["Location"]).content.decode()
    assert "7a" in page
    assert "The requirement &lt;i&gt;and&lt;/i&gt; the force" in page


def test_the_agenda_is_entered_again_as_it_stands(site):
    client = site.client("governance-officer")
    shown = client.get(f"/registers/agenda/{PATH}").content.decode()
    assert "Strategic Policing and Crime Board, 3 February 2015" in shown

    sent = client.post(f"/registers/agenda/{PATH}", {"title": "The board"} | NONE | LINE)

    assert sent.status_code == 302, sent.content.decode()
    assert "7a" in client.get(f"/registers/meeting/{PATH}").content.decode()


def test_a_line_that_is_not_whole_is_told_and_nothing_is_entered(site):
    before = site.register.head()

    told = site.client("governance-officer").post(
        "/registers/meetings/enter", MEETING | NONE | LINE | {"form-0-number": ""}
    )

    assert told.status_code == 422
    assert "Enter the number of this line" in told.content.decode()
    assert "Board of May" in told.content.decode()
    assert site.register.head() == before


def test_two_lines_of_one_number_and_a_meeting_that_is_there_are_refused(site):
    client, before = site.client("governance-officer"), site.register.head()
    twice = {name.replace("form-0", "form-1"): one for name, one in LINE.items()}

    told = client.post(
        "/registers/meetings/enter", MEETING | NONE | LINE | twice | {"form-TOTAL_FORMS": "2"}
    )
    assert told.status_code == 422
    assert "two lines of the agenda have the number 7a" in told.content.decode()

    again = {"on_day": "3", "on_month": "2", "on_year": "2015"}
    told = client.post("/registers/meetings/enter", MEETING | again | NONE | LINE)
    assert told.status_code == 422
    assert "was changed by" in told.content.decode()
    assert site.register.head() == before


def test_another_post_enters_no_meeting(site):
    before = site.register.head()

    told = site.client("spr-lead").post("/registers/meetings/enter", MEETING | NONE | LINE)

    assert told.status_code == 403
    assert site.register.head() == before
