"""Papers on screen: listed, drafted, looked at, issued, written again and read by the public."""

from __future__ import annotations

import hashlib
import re

import pytest

from regard.board.drafts import keep_draft
from regard.papers.keeping import restored
from regard.papers.layout import LaidEntries
from regard.register.access import EVERYTHING
from regard.register.posting import enter_post
from regard.web.reading import Reading
from web.paper_setting import (
    ASKED,
    CANARY,
    CLERK,
    DOCUMENT,
    DRAFT,
    FORM,
    KEEPER,
    LEAD,
    PCC,
    SUBJECT,
    answer_promises,
    close,
    example_with_close_paper,
    example_with_paper,
    hold_close,
    issued,
)

__all__ = ["close", "example_with_close_paper", "example_with_paper", "issued"]
PAPER = f"/papers/read/{DOCUMENT}"
FIGURE = re.compile(rf'href="(/trace/figure/\d+/{re.escape(DOCUMENT)})"')


def text(answer) -> str:
    return answer.content.decode()


def test_every_paper_is_listed_with_its_board_stage_and_head(issued):
    page = text(issued.client("acc-security").get("/papers"))

    assert "Strategic Policing Requirement: assurance paper, SPR position 2021" in page
    assert "Strategic Policing and Crime Board" in page
    assert re.search(r"<code>\d+ · [0-9a-f]{12}</code>", page)
    assert "not written here" in page
    assert "Draft a paper" not in page


def test_a_paper_that_was_only_cited_says_where_it_stands(site):
    page = text(
        site.client("acc-security").get(
            "/papers/read/strategic-policing-and-crime-board/2015-02-03/"
            "strategic-policing-requirement"
        )
    )

    assert "was not written here" in page


def test_a_round_is_drafted_looked_at_and_issued_in_one_act(site):
    answer_promises(site.register)
    clerk = site.client("governance-officer")
    before = site.register.head().size

    drafted = clerk.post("/papers/draft", FORM)
    assert drafted.headers["Location"] == f"/papers/drafts/{DRAFT}"
    page = text(clerk.get(drafted.headers["Location"]))
    assert "DRAFT. This paper has not been issued." in page
    assert "Issue the paper" in page
    assert site.register.head().size == before

    told = clerk.post(f"/papers/drafts/{DRAFT}", follow=True)

    assert "The paper was issued as entry" in text(told)
    assert f"from register position {before}, head" in text(told)
    entry = site.register.view(EVERYTHING).one(SUBJECT)
    assert (entry.post, entry.value.stage) == (CLERK.post, "issued")
    assert clerk.get(f"/papers/drafts/{DRAFT}").status_code == 404


def test_a_paper_that_may_not_be_issued_says_what_is_missing_and_enters_nothing(site):
    keep_draft(site.register, ASKED, by=LEAD)
    head = site.register.head()

    told = site.client("governance-officer").post(f"/papers/drafts/{DRAFT}")

    assert told.status_code == 422
    assert "There is a problem" in text(told)
    assert "has no answer" in text(told)
    assert site.register.head() == head


def test_the_lead_drafts_and_may_not_issue(site):
    answer_promises(site.register)
    lead = site.client("spr-lead")
    assert lead.post("/papers/draft", FORM).status_code == 302
    head = site.register.head()

    assert "Issue the paper" not in text(lead.get(f"/papers/drafts/{DRAFT}"))
    assert lead.post(f"/papers/drafts/{DRAFT}").status_code == 403
    assert site.register.head() == head


@pytest.mark.parametrize("post", ["acc-security", "hmic-inspector", "performance-analysis"])
def test_other_posts_neither_draft_nor_issue(site, post):
    keep_draft(site.register, ASKED, by=LEAD)
    client, head = site.client(post), site.register.head()

    asked = [
        client.get("/papers/draft"),
        client.post("/papers/draft", FORM),
        client.get(f"/papers/drafts/{DRAFT}"),
        client.post(f"/papers/drafts/{DRAFT}"),
        client.post(f"/papers/drafts/{DRAFT}/away"),
    ]

    assert {one.status_code for one in asked} == {403}
    assert site.register.head() == head


def test_a_form_at_fault_keeps_what_was_typed(site):
    sent = {**FORM, "held_on_day": "31", "held_on_month": "2", "title": "<script>x</script>"}

    told = site.client("spr-lead").post("/papers/draft", sent)

    assert told.status_code == 422
    assert "Enter a day that there is" in text(told)
    assert "&lt;script&gt;x&lt;/script&gt;" in text(told)
    assert "<script>x" not in text(told)


def test_a_promise_without_a_day_is_refused_at_its_field(site):
    told = site.client("spr-lead").post("/papers/draft", {**FORM, "promises": "Renew the plan"})

    assert told.status_code == 422
    assert "says no day" in text(told)


def test_a_body_that_the_round_is_not_about_is_refused(site):
    sent = {**FORM, "cycle": "cycle:2014-15", "scope": "party:west-midlands-rocu"}

    told = site.client("spr-lead").post("/papers/draft", sent)

    assert told.status_code == 422
    assert 'href="#scope"' in text(told)


def test_hostile_words_in_a_draft_are_escaped(site):
    lead = site.client("spr-lead")
    lead.post("/papers/draft", {**FORM, "title": "<script>alert(1)</script>"})

    for address in ("/papers", f"/papers/drafts/{DRAFT}"):
        page = text(lead.get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_draft_is_written_in_each_format_and_thrown_away(site):
    lead = site.client("spr-lead")
    lead.post("/papers/draft", FORM)

    told = lead.get(f"/papers/drafts/{DRAFT}/files/html")
    assert (
        'filename="west-midlands-assurance-2021-draft_2021-12-01_OFFICIAL.html"'
        in (told.headers["Content-Disposition"])
    )
    lead.post(f"/papers/drafts/{DRAFT}/away")

    assert lead.get(f"/papers/drafts/{DRAFT}").status_code == 404


def test_nothing_is_drafted_while_an_earlier_day_is_looked_at(site):
    lead = site.client("spr-lead")
    lead.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})

    assert lead.post("/papers/draft", FORM).status_code == 409
    assert "Draft a paper" not in text(lead.get("/papers"))


def test_the_earlier_day_knows_no_later_paper(issued):
    reader = issued.client("acc-security")
    reader.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})

    assert "SPR position 2021" not in text(reader.get("/papers"))
    assert reader.get(PAPER).status_code == 404


def test_the_page_shows_every_paragraph_under_the_number_it_has_in_each_format(issued):
    value = issued.register.view(EVERYTHING).one(SUBJECT).value
    laid = Reading(restored(value.kept)).laid

    page = text(issued.client("acc-security").get(PAPER))

    numbers = [int(one) for one in re.findall(r'paragraph__number">(\d+)\.<', page)]
    assert numbers == [one.number for one in laid.blocks if one.kind == "paragraph"]


def test_every_figure_of_an_issued_paper_opens_its_trace(issued):
    reader = issued.client("acc-security")
    page = text(reader.get(PAPER))
    value = issued.register.view(EVERYTHING).one(SUBJECT).value
    (held,) = [
        one for one in Reading(restored(value.kept)).laid.blocks if isinstance(one, LaidEntries)
    ]

    leading = sorted(set(FIGURE.findall(page)))
    missing = [one for one in leading if reader.get(one).status_code != 200]

    assert len(leading) == len(held.entries) > 50
    assert missing == []


@pytest.mark.parametrize("format_", ["html", "docx", "odt", "pdf"])
def test_a_paper_is_saved_in_the_bytes_in_which_it_was_issued(issued, format_):
    digests = dict(issued.register.view(EVERYTHING).one(SUBJECT).value.digests)

    told = issued.client("acc-security").get(f"/papers/files/{format_}/{DOCUMENT}")

    assert hashlib.sha256(told.content).hexdigest() == digests[format_]
    assert told.headers["Content-Disposition"] == (
        f'attachment; filename="west-midlands-assurance-2021_2021-12-01_OFFICIAL.{format_}"'
    )
    assert told.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert told.headers["X-Content-Type-Options"] == "nosniff"


def test_a_format_or_a_chart_that_is_not_there_is_not_found(issued):
    reader = issued.client("acc-security")

    assert reader.get(f"/papers/files/exe/{DOCUMENT}").status_code == 404
    assert reader.get(f"/papers/charts/1/{DOCUMENT}").status_code == 404


def test_a_closely_held_paper_is_not_there_for_who_may_not_see_it(close):
    reader, clerk = close.client("performance-analysis"), close.client("governance-officer")

    for address in (PAPER, f"/papers/files/html/{DOCUMENT}", f"/trace/figure/1/{DOCUMENT}"):
        assert clerk.get(address).status_code == 200
        assert reader.get(address).status_code == 404
    assert "SPR position 2021" not in text(reader.get("/papers"))
    told = clerk.get(f"/papers/files/html/{DOCUMENT}")
    assert "_OFFICIAL-SENSITIVE.html" in told.headers["Content-Disposition"]
    assert told.headers["Cache-Control"] == "no-store"


def test_a_draft_is_not_there_for_who_may_not_see_all_in_it(site):
    hold_close(site.register)
    site.client("governance-officer").post("/papers/draft", FORM)
    assert CANARY in text(site.client("spr-lead").get(f"/papers/drafts/{DRAFT}"))
    _take_back_the_role(site)

    clerk = site.client("governance-officer")

    assert clerk.get(f"/papers/drafts/{DRAFT}").status_code == 404
    assert clerk.get(f"/papers/drafts/{DRAFT}/files/html").status_code == 404
    assert DRAFT not in text(clerk.get("/papers"))


def _take_back_the_role(site):
    enter_post(
        site.register,
        CLERK.post,
        by=KEEPER,
        name="Governance officer",
        body=PCC,
        roles=("governance-officer",),
    )
