"""Answers on screen: listed, read whole, kept, made again, downloaded and set side by side."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from regard.capability.scenarios import FOLDER, HOURS, entries_of_answers, file_of
from regard.register.access import EVERYTHING
from regard.web.background.stressing import AGAIN, WRITE
from regard.web.models import Work
from web.counted import looks_at
from web.doing import queries, run_worker
from web.stress_setting import (
    KEEPER,
    OTHER,
    PLANNER,
    READER,
    RUNS,
    answered,
    asked,
    small,
)

__all__ = ["asked", "small"]
LIST = "/capability/answers"
KEPT = "party:west-midlands"
SENSITIVE = "OFFICIAL-SENSITIVE"


def shown(site, address, post=PLANNER, status=200):
    answer = site.client(post).get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def page_of(told):
    return f"{LIST}/{told.name}"


def keep(site, told, *, post=PLANNER, marking="OFFICIAL"):
    answer = site.client(post).post(f"{page_of(told)}/keep", {"marking": marking})
    assert answer.status_code == 302, answer.content.decode()[:2000]


def entry_of(site):
    (entry,) = entries_of_answers(site.register.view(EVERYTHING))
    return entry


@pytest.fixture
def told(asked, small):
    """An answer that the planner asked for and nobody has kept."""
    return answered(asked, small.answer())


def test_before_anything_was_asked_the_list_says_what_to_do(site):
    page = shown(site, LIST)

    assert "No answer that you may see has been kept" in page
    assert "Not kept yet" not in page
    assert "side by side" not in page


def test_an_answer_that_is_not_kept_is_seen_by_who_asked_and_the_keeper_alone(asked, told):
    for post in (PLANNER, KEEPER):
        assert told.name in shown(asked, LIST, post)
        page = shown(asked, page_of(told), post)
        assert "Not kept" in page
        assert told.said[0] in page
    for post in (OTHER, "acc-security", READER):
        assert told.name not in shown(asked, LIST, post)
        for end in ("", "/charts/1", "/hours.csv", "/levels.csv", "/files/html"):
            shown(asked, f"{page_of(told)}{end}", post, status=404)
    assert asked.client("acc-security").post(f"{page_of(told)}/keep").status_code == 404


def test_the_answer_is_its_document_with_all_it_stands_on(asked, told):
    page = shown(asked, page_of(told))

    for one in (*told.rules, *told.left_out, told.inputs, told.digest, "GENERATED", f"{RUNS}"):
        assert one in page
    assert "Put to" not in page
    assert "Generated rows" in page
    assert f'<img src="{page_of(told)}/charts/1"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    headings = [int(one) for one in re.findall(r"<h(\d)", page[page.index("<main") :])]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(headings, headings[1:], strict=False))


def test_its_charts_are_pictures_that_fetch_nothing(asked, told):
    for number in (1, 2):
        answer = asked.client(PLANNER).get(f"{page_of(told)}/charts/{number}")
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "style=" not in answer.content.decode()
    shown(asked, f"{page_of(told)}/charts/9", status=404)


def test_kept_it_is_an_entry_that_leads_to_its_trace(asked, told):
    keep(asked, told)

    entry = entry_of(asked)
    assert entry.subject == f"observation:west-midlands/stress/{told.name}"
    assert (entry.post, entry.value.scope, entry.value.basis) == (
        f"party:{PLANNER}", KEPT, "estimate",
    )  # fmt: skip
    page = shown(asked, page_of(told), READER)
    assert f'href="/trace/{entry.seq}"' in page
    assert "Make it again</button>" not in page
    listed = shown(asked, LIST)
    assert "Not kept yet" not in listed
    assert "1 answer is kept" in listed
    assert f'href="/trace/{entry.seq}"' in listed
    assert "Stress test: 1 PSUs for 2 days" in listed
    assert "Make it again</button>" in shown(asked, page_of(told))


def test_it_is_kept_once(asked, told):
    keep(asked, told)
    head = asked.register.head()

    keep(asked, told, post=PLANNER)

    assert asked.register.head() == head


def test_a_sensitive_answer_is_not_seen_by_a_post_without(asked, told):
    keep(asked, told, marking=SENSITIVE)
    page = shown(asked, page_of(told), "acc-security")

    assert SENSITIVE in page
    assert "regard-marking--higher" in page
    assert told.name in shown(asked, LIST, "acc-security")
    levels = asked.client("acc-security").get(f"{page_of(told)}/levels.csv")
    assert levels.headers["Cache-Control"] == "no-store"
    assert levels.content.decode().startswith(SENSITIVE)
    assert told.name not in shown(asked, LIST, OTHER)
    shown(asked, page_of(told), OTHER, status=404)
    shown(asked, f"{LIST}/compare?name={told.name}&name=other", OTHER, status=404)


def test_an_answer_that_is_held_out_of_sight_is_not_written_over(asked, small, told):
    keep(asked, told, marking=SENSITIVE)
    answered(asked, small.answer(), post=OTHER)
    head = asked.register.head()

    answer = asked.client(OTHER).post(f"{page_of(told)}/keep", {"marking": "OFFICIAL"})

    assert answer.status_code == 422
    assert asked.register.head() == head


def test_a_marking_that_the_post_may_not_read_is_refused(asked, small):
    told = answered(asked, small.answer(), post=OTHER)
    head = asked.register.head()

    answer = asked.client(OTHER).post(f"{page_of(told)}/keep", {"marking": SENSITIVE})

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert SENSITIVE not in shown(asked, page_of(told), OTHER)
    assert asked.register.head() == head


def test_who_enters_no_evidence_neither_keeps_nor_makes_again(asked, told):
    for end in ("keep", "again"):
        answer = asked.client(READER).post(f"{page_of(told)}/{end}", {"marking": "OFFICIAL"})
        assert answer.status_code == 403
        answer = asked.client(KEEPER).post(f"{page_of(told)}/{end}", {"marking": "OFFICIAL"})
        assert answer.status_code == 403
    assert entries_of_answers(asked.register.view(EVERYTHING)) == ()
    assert not Work.objects.filter(what=AGAIN).exists()


def test_on_an_earlier_day_there_was_none_and_none_is_kept(asked, told):
    looks_at(asked, PLANNER, date(2024, 1, 15))

    assert "No answer that you may see has been kept" in shown(asked, LIST)
    shown(asked, page_of(told), status=404)
    answer = asked.client(PLANNER).post(f"{page_of(told)}/keep", {"marking": "OFFICIAL"})
    assert answer.status_code == 409
    assert entries_of_answers(asked.register.view(EVERYTHING)) == ()


def test_every_hour_and_every_level_are_downloaded_marked_and_with_their_source(asked, told):
    for what, head, count in (("hours", "scenario", 3 * 144), ("levels", "psus", 9)):
        answer = asked.client(PLANNER).get(f"{page_of(told)}/{what}.csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode())))
        assert rows[0] == rows[-1] == ["OFFICIAL"]
        assert ["Rows", "GENERATED"] in rows
        assert ["Inputs (SHA-256)", told.inputs] in rows
        assert any(row[:1] == ["Source"] and "import 1" in row[1] for row in rows)
        first = next(at for at, row in enumerate(rows) if row[:1] == [head])
        assert len(rows[first : rows.index([], first)]) - 1 >= count
        assert f"{what}_" in answer.headers["Content-Disposition"]
        assert "OFFICIAL.csv" in answer.headers["Content-Disposition"]


@pytest.mark.slow
@pytest.mark.web
def test_it_is_written_for_download_in_the_background(asked, told):
    planner = asked.client(PLANNER)
    assert "Write it for download" in shown(asked, page_of(told))
    shown(asked, f"{page_of(told)}/files/pdf", status=404)

    planner.post(f"{page_of(told)}/write")
    run_worker()

    assert Work.objects.get(what=WRITE).leads_to == page_of(told)
    page = shown(asked, page_of(told))
    assert "Write it for download" not in page
    for format_, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("odt", b"PK"), ("html", b"<!D")):
        answer = planner.get(f"{page_of(told)}/files/{format_}")
        assert answer.content.startswith(begins)
        assert f"stress-test-{told.name}" in answer.headers["Content-Disposition"]
    shown(asked, f"{page_of(told)}/files/exe", status=404)

    keep(asked, told, marking=SENSITIVE)  # held otherwise, it is another document
    assert "Write it for download" in shown(asked, page_of(told))


def test_an_answer_that_was_kept_without_a_document_is_read_all_the_same(asked, small):
    told = answered(asked, small.answer(), with_paper=False)
    keep(asked, told)

    page = shown(asked, page_of(told))

    for one in (*told.said, *told.rules, *told.left_out):
        assert one in page
    assert "Answered late while they are away, with 95% ranges" in page
    assert "Write it for download" not in page
    shown(asked, f"{page_of(told)}/charts/1", status=404)


def test_a_file_that_was_changed_is_not_shown(asked, told):
    keep(asked, told)
    place = asked.home / FOLDER / file_of(told.name, told.sha256)
    place.write_text(place.read_text().replace("1 PSU", "9 PSUs"))

    page = shown(asked, page_of(told), status=409)

    assert "SHA-256 differs" in page
    assert told.name in shown(asked, LIST)  # the list reads no file
    (asked.home / FOLDER / file_of(told.name, told.beside[HOURS], HOURS)).unlink()
    shown(asked, LIST)


@pytest.mark.parametrize("name", ["0" * 12, "no-such", "compare-"])
def test_an_answer_that_there_is_not_is_not_found(asked, name):
    shown(asked, f"{LIST}/{name}", status=404)


def test_two_answers_stand_side_by_side_with_what_differs(asked, small, told):
    other = answered(asked, small.answer(psus=2))
    keep(asked, other)
    page = shown(asked, f"{LIST}/compare?name={told.name}&name={other.name}")

    assert "every replication met the same incidents" in page
    assert "PSUs that go" in page
    assert "Seed" not in page[page.index("<main") :]
    for one in (told, other):
        assert one.said[0] in page
        assert all(each in page for each in one.left_out)
    assert f'href="/trace/{entry_of(asked).seq}"' in page
    assert "Nobody has kept it yet." in page
    assert "Generated rows" in page
    assert len(re.findall(r"\d+\.\d% \(\d+\.\d% to \d+\.\d%\)", page)) == 18


def test_answers_on_other_incidents_say_that_their_ranges_must_not_be_subtracted(
    asked, small, told
):
    other = answered(asked, small.answer(seed=5))
    page = shown(asked, f"{LIST}/compare?name={told.name}&name={other.name}")

    assert "Not on the same incidents: the ranges must not be subtracted." in page
    assert "Seed" in page


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_and_too_many_are_not_compared(asked, told, count):
    names = [told.name, *map(str, range(9))][:count]
    page = shown(asked, f"{LIST}/compare?{'&'.join(f'name={one}' for one in names)}", status=422)

    assert "There is a problem" in page
    assert "two to four answers" in page


def test_the_list_is_paged_and_asks_as_much_of_many_as_of_few(asked, small, told):
    keep(asked, told)
    few, _ = queries(asked, PLANNER, LIST)
    for seed in range(1, 4):
        keep(asked, answered(asked, small.answer(seed=seed)))
        answered(asked, small.answer(psus=2, seed=seed))

    many, page = queries(asked, PLANNER, LIST)

    assert "4 answers are kept, the last first" in page
    assert "Not kept yet" in page
    assert few == many <= 12
    assert "Set those that are ticked side by side" in page


def test_a_page_asks_a_dozen_questions_at_most(asked, small, told):
    other = answered(asked, small.answer(psus=2))
    keep(asked, other)
    compared = f"{LIST}/compare?name={told.name}&name={other.name}"
    for address in (page_of(told), page_of(other), compared, f"{page_of(other)}/levels.csv"):
        assert queries(asked, PLANNER, address)[0] <= 12
