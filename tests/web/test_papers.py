"""Papers on screen: listed, drafted, looked at, issued, written again and read by the public."""

from __future__ import annotations

import hashlib
import re

import pytest

from regard.board.drafts import keep_draft
from regard.core.markings import Marking
from regard.papers.keeping import restored
from regard.papers.layout import LaidEntries
from regard.register.access import EVERYTHING
from regard.register.posting import end_appointment
from regard.web.background.heartbeat import beating, is_alive
from regard.web.models import Work
from regard.web.reading import Reading
from web.doing import run_worker
from web.paper_setting import (
    ASKED,
    CANARY,
    CLERK,
    DOCUMENT,
    DRAFT,
    FORM,
    KEEPER,
    LEAD,
    SUBJECT,
    answer_promises,
    close,
    example_with_close_paper,
    example_with_paper,
    grant,
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


def test_performance_papers_are_listed_with_their_day_and_hash_and_said_to_be_no_entries(site):
    name = "performance-west-midlands-as-at-2014-03-14_2014-04-01_OFFICIAL.html"
    reader = site.client("acc-security")
    assert "Performance papers" not in text(reader.get("/papers"))
    (site.home / "papers").mkdir()
    (site.home / "papers" / name).write_bytes(b"<script>alert(1)</script>")

    page = text(reader.get("/papers"))
    told = reader.get(f"/papers/performance/{name}")

    assert "14 March 2014" in page
    assert hashlib.sha256(b"<script>alert(1)</script>").hexdigest() in page
    assert "beside the register, not in it" in page
    assert told.content == b"<script>alert(1)</script>"
    assert told.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert told.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert reader.get("/papers/performance/register.sqlite3").status_code == 404
    assert site.client().get(f"/papers/performance/{name}").status_code == 302


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

    asked = clerk.post(f"/papers/drafts/{DRAFT}")
    waiting = text(clerk.get(asked.headers["Location"]))
    assert "Waiting" in waiting
    assert "You can leave this page" in waiting
    assert site.register.head().size == before
    run_worker()

    told = text(clerk.get(asked.headers["Location"]))
    assert "The paper was issued as entry" in told
    assert f"from register position {before}, head" in told
    assert f'href="{PAPER}"' in told
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
    assert not Work.objects.exists()


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
        client.post(f"/papers/drafts/{DRAFT}/write"),
        client.post(f"/papers/drafts/{DRAFT}/away"),
    ]

    assert {one.status_code for one in asked} == {403}
    assert site.register.head() == head


def test_a_form_at_fault_keeps_what_was_typed(site):
    sent = {**FORM, "held_on_day": "31", "held_on_month": "2", "title": "<script>x</script>"}

    told = site.client("spr-lead").post("/papers/draft", sent)

    assert told.status_code == 422
    assert "must be a real date" in text(told)
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


def test_what_changed_before_the_work_begins_is_asked_again_by_the_same_rule(site):
    answer_promises(site.register)
    clerk = site.client("governance-officer")
    clerk.post("/papers/draft", FORM)
    asked = clerk.post(f"/papers/drafts/{DRAFT}")
    end_appointment(site.register, CLERK.post, CLERK.holder, by=KEEPER)
    head = site.register.head()

    run_worker()

    row = Work.objects.get(pk=int(asked.headers["Location"].rpartition("/")[2]))
    assert (row.state, row.post) == ("refused", CLERK.post)
    assert "does not hold" in row.outcome
    assert site.register.head() == head


def test_a_paper_is_issued_once_however_often_it_is_asked(site):
    answer_promises(site.register)
    clerk = site.client("governance-officer")
    clerk.post("/papers/draft", FORM)

    first, second = (clerk.post(f"/papers/drafts/{DRAFT}").headers["Location"] for _ in range(2))
    run_worker()

    assert first == second
    assert Work.objects.get().state == "done"


def test_a_draft_that_was_written_anew_is_not_issued_unseen(site):
    answer_promises(site.register)
    clerk = site.client("governance-officer")
    clerk.post("/papers/draft", FORM)
    asked = clerk.post(f"/papers/drafts/{DRAFT}").headers["Location"]
    clerk.post("/papers/draft", {**FORM, "title": "Another title"})
    head = site.register.head()

    run_worker()

    told = text(clerk.get(asked))
    assert "was written anew since this was asked" in told
    assert f'href="/papers/drafts/{DRAFT}"' in told
    assert site.register.head() == head


def test_the_work_of_a_close_draft_says_its_words_to_who_may_see_them_alone(site):
    hold_close(site.register)
    clerk = site.client("governance-officer")
    clerk.post("/papers/draft", {**FORM, "title": "Nightjar"})
    asked = clerk.post(f"/papers/drafts/{DRAFT}/write").headers["Location"]

    assert Work.objects.get().marking == "OFFICIAL-SENSITIVE"
    assert "Nightjar" in text(clerk.get(asked))
    assert site.client("spr-lead").get(asked).status_code == 404


def test_a_page_of_work_says_at_once_that_no_worker_runs(site):
    lead = site.client("spr-lead")
    lead.post("/papers/draft", FORM)
    asked = lead.post(f"/papers/drafts/{DRAFT}/write").headers["Location"]

    assert "No worker runs now" in text(lead.get(asked))
    with beating(site.home):
        while not is_alive(site.home):
            pass
        assert "No worker runs now" not in text(lead.get(asked))


def test_a_draft_is_written_in_each_format_and_thrown_away(site):
    lead = site.client("spr-lead")
    lead.post("/papers/draft", FORM)
    assert "Write it for download" in text(lead.get(f"/papers/drafts/{DRAFT}"))
    assert lead.get(f"/papers/drafts/{DRAFT}/files/html").status_code == 404

    asked = lead.post(f"/papers/drafts/{DRAFT}/write").headers["Location"]
    run_worker()
    assert f'href="/papers/drafts/{DRAFT}"' in text(lead.get(asked))
    page = text(lead.get(f"/papers/drafts/{DRAFT}"))
    assert "Write it for download" not in page
    for one in ("html", "docx", "odt", "pdf"):
        assert f"/papers/drafts/{DRAFT}/files/{one}" in page
        assert lead.get(f"/papers/drafts/{DRAFT}/files/{one}").status_code == 200
    told = lead.get(f"/papers/drafts/{DRAFT}/files/html")
    assert (
        'filename="west-midlands-assurance-2021-draft_2021-12-01_OFFICIAL.html"'
        in (told.headers["Content-Disposition"])
    )
    lead.post(f"/papers/drafts/{DRAFT}/away")

    assert lead.get(f"/papers/drafts/{DRAFT}").status_code == 404
    assert not [one for one in (site.home / "papers").rglob("*") if one.is_file()]


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
    hold_close(site.register, Marking.parse("OFFICIAL-SENSITIVE: nightjar"))
    site.client("governance-officer").post("/papers/draft", FORM)
    assert CANARY in text(site.client("spr-lead").get(f"/papers/drafts/{DRAFT}"))
    grant(site.register, CLERK.post, "governance-officer", ())

    clerk = site.client("governance-officer")

    assert clerk.get(f"/papers/drafts/{DRAFT}").status_code == 404
    assert clerk.get(f"/papers/drafts/{DRAFT}/files/html").status_code == 404
    assert DRAFT not in text(clerk.get("/papers"))


def test_a_draft_is_asked_for_in_welsh_and_its_pages_say_in_which_language_they_are(site):
    clerk = site.client("governance-officer")
    form = text(clerk.get("/papers/draft"))
    sent = clerk.post("/papers/draft", {**FORM, "language": "cy"})
    page = text(clerk.get(sent.headers["Location"]))

    assert 'name="language" value="en"' in form
    assert '<span lang="cy-GB">Cymraeg</span>' in form
    assert sent.status_code in (302, 303)
    assert '<div class="regard-paper" lang="cy-GB">' in page
    assert "Yr hyn y mae’n rhaid i’r bwrdd ei wybod" in page
    assert '<span lang="en-GB">' in page
    assert "Cymraeg yw penawdau a graddfeydd y papur hwn." in page
