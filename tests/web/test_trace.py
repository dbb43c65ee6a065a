"""Why do we say so: entries in words, subjects in time, figures followed back, and their proofs."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from regard.core.figures import Figure, Source
from regard.core.statements import Statement
from regard.register.access import EVERYTHING
from regard.register.erasing import erase
from regard.register.kinds.facts import Concern
from regard.register.kinds.reading import KINDS, made
from regard.register.kinds.values import Value
from regard.register.proofs import Proven, check
from regard.web.pages import trace
from regard.web.registered import field_labels
from regard.web.templatetags.regard import linked, said, steps
from web.paper_setting import (
    CANARY,
    CONCERN,
    DOCUMENT,
    KEEPER,
    LEAD,
    ON,
    SUBJECT,
    close,
    example_with_close_paper,
    example_with_paper,
    issued,
)

__all__ = ["close", "example_with_close_paper", "example_with_paper", "issued"]
HOSTILE = "<script>alert(1)</script> & <b>bold</b>"


def text(answer) -> str:
    return answer.content.decode()


def judged(site):
    view = site.register.view(EVERYTHING)
    return next(one for one in view.entries() if one.kind == "judgement" and one.held.evidence)


def concern(words: str) -> Concern:
    return made(
        Concern,
        tense="present",
        form="vulnerability",
        text=words,
        scope="party:west-midlands",
        owner="party:acc-operations",
    )


def counted(*entries: int, parts: tuple[Figure, ...] = ()) -> Figure:
    sources = tuple(Source("said", f"entry {one:,}: concern:x", "by <them>") for one in entries)
    return Figure(
        value=float(len(entries)),
        unit="<units>",
        measure="entries",
        scope="west-midlands",
        basis="counted",
        method="counting@1",
        as_at=ON,
        sources=sources or (Source("rows", "import 3: <file>.csv"),),
        parts=parts,
        places=0,
    )


def test_an_entry_says_who_when_what_and_its_evidence(site):
    found = judged(site)

    page = text(site.client("acc-security").get(f"/trace/{found.seq}"))

    for words in ("Who said it, and when", "True from", "Known on", "OFFICIAL", found.hash):
        assert words in page
    assert found.previous in page
    assert found.held.evidence[0] in page
    assert f"/trace/subject/{found.held.about}" in page
    assert f"/trace/{found.seq}/proof" in page


def test_every_kind_of_entry_of_the_example_is_told(site):
    reader = site.client("acc-security")
    first = {one.kind: one.seq for one in reversed(site.register.view(EVERYTHING).entries())}

    told = {kind: reader.get(f"/trace/{seq}").status_code for kind, seq in first.items()}

    assert len(told) == len(KINDS)
    assert set(told.values()) == {200}


def test_every_field_that_an_entry_can_have_has_a_label():
    names: set[str] = set()
    waiting, seen = list(KINDS.values()), set()
    while waiting:
        one = waiting.pop()
        for name, field in one.model_fields.items():
            names.add(name)
            for inner in _within(field.annotation):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)

    assert names - set(field_labels.LABELS) == set()
    assert set(field_labels.KINDS) == set(KINDS)


def _within(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Value):
        yield annotation
    for one in get_args(annotation):
        yield from _within(one)


def test_an_entry_leads_to_the_versions_before_and_after_it(site):
    first = site.register.enter(concern("As first said"), subject="concern:x", by=LEAD)
    second = site.register.enter(concern("As said again"), subject="concern:x", by=LEAD)
    reader = site.client("acc-security")

    assert f'href="/trace/{second.seq}"' in text(reader.get(f"/trace/{first.seq}"))
    assert f'href="/trace/{first.seq}"' in text(reader.get(f"/trace/{second.seq}"))
    history = text(reader.get("/trace/subject/concern:x"))
    assert history.index("As said again") < history.index("As first said")


def test_what_names_a_subject_is_listed_under_it(site):
    found = judged(site)
    evidence = site.register.view(EVERYTHING).one(found.held.evidence[0])

    page = text(site.client("acc-security").get(f"/trace/{evidence.seq}"))

    assert f'href="/trace/{found.seq}"' in page


def test_an_entry_that_may_not_be_seen_is_not_found_like_one_that_is_not_there(close):
    seq = close.register.view(EVERYTHING).one(CONCERN).seq
    reader = close.client("performance-analysis")
    token = re.compile(r'value="[^"]{60,}"|next" value="[^"]*"')

    for hidden, absent in (
        (f"/trace/{seq}", "/trace/999999"),
        (f"/trace/{seq}/proof", "/trace/999999/proof"),
        (f"/trace/entries/{seq}", "/trace/entries/999999"),
        (f"/trace/subject/{CONCERN}", "/trace/subject/concern:west-midlands/none"),
    ):
        told = [reader.get(one) for one in (hidden, absent)]
        assert [one.status_code for one in told] == [404, 404]
        assert token.sub("", text(told[0])) == token.sub("", text(told[1]))
    assert CANARY not in text(reader.get("/trace"))
    assert CANARY in text(close.client("spr-lead").get(f"/trace/{seq}"))


def test_an_erased_entry_says_so_and_keeps_its_proof(site):
    first = site.register.enter(concern(CANARY), subject="concern:x", by=LEAD)
    site.register.enter(concern("Said otherwise"), subject="concern:x", by=LEAD)
    done = erase(site.register, [first.seq], by=KEEPER, reason="By request.")
    reader = site.client("acc-security")

    told = reader.get(f"/trace/{first.seq}")

    assert told.status_code == 410
    assert "lawfully erased" in text(told)
    assert CANARY not in text(told)
    assert f'href="/trace/{done.decision.seq}"' in text(told)
    assert reader.get(f"/trace/{first.seq}/proof").status_code == 200
    assert reader.get(f"/trace/{first.seq}/proof?words=1").status_code == 409


@pytest.mark.parametrize("words", ["", "?words=1"])
def test_the_proof_of_an_entry_is_checked_by_whoever_holds_it(site, words):
    told = site.client("acc-security").get(f"/trace/131/proof{words}")

    found = check(told.content, head=site.register.head().said)
    assert isinstance(found, Proven)
    assert ("words" in json.loads(told.content)) is bool(words)
    assert told.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert told.headers["Content-Disposition"].startswith('attachment; filename="entry-131-proof')


def test_hostile_words_of_an_entry_are_escaped(site):
    entry = site.register.enter(concern(HOSTILE), subject="concern:hostile", by=LEAD)
    reader = site.client("acc-security")

    for address in (f"/trace/{entry.seq}", "/trace", "/trace/subject/concern:hostile"):
        page = text(reader.get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_journal_is_listed_in_pages_newest_first_and_narrowed(site):
    reader = site.client("acc-security")
    size = site.register.head().size
    page = text(reader.get("/trace"))
    (older,) = re.findall(r'href="(/trace\?[^"]*before=\d+)"', page)

    assert f'href="/trace/{size}"' in page
    assert f'href="/trace/{size - trace.LISTED}"' not in page
    assert f'href="/trace/{size - trace.LISTED}"' in text(reader.get(older))
    narrowed = text(reader.get("/trace?kind=meeting"))
    assert len(re.findall(r'scope="row"', narrowed)) == 2
    said_by = text(reader.get("/trace?post=party:acc-security&kind=judgement"))
    assert "ACC Security" in said_by


def test_a_list_in_which_nothing_fits_says_so(site):
    page = site.client("acc-security").get("/trace?on_day=1&on_month=1&on_year=2001")

    assert page.status_code == 200
    assert "No entry that your post may see fits that." in text(page)


def test_a_day_that_is_none_is_refused_at_its_field(site):
    told = site.client("acc-security").get("/trace?on_day=31&on_month=2&on_year=2015")

    assert told.status_code == 422
    assert "must be a real date" in text(told)


def test_the_earlier_day_shows_the_journal_as_it_then_was(site):
    reader = site.client("acc-security")
    reader.post("/as-at", {"day_day": "3", "day_month": "2", "day_year": "2015"})

    assert reader.get(f"/trace/{site.register.head().size}").status_code == 404
    assert "on the day you look at" in text(reader.get("/trace"))


def test_the_keeper_verifies_the_whole_register_and_others_do_not(site):
    told = site.client("west-midlands-keeper").post("/trace")

    assert "Whole" in text(told)
    assert f"{site.register.head().size:,} entries verified" in text(told)
    assert site.client("acc-security").post("/trace").status_code == 403
    assert "Verify the whole register" not in text(site.client("acc-security").get("/trace"))


def test_a_large_register_is_verified_by_command(site, monkeypatch):
    monkeypatch.setattr(trace, "VERIFIED_HERE", 10)
    keeper = site.client("west-midlands-keeper")

    assert "regard register verify" in text(keeper.get("/trace"))
    assert "take longer than a page may" in text(keeper.post("/trace", follow=True))


def test_a_figure_leads_to_its_statement_and_each_entry_behind_it(issued):
    reader = issued.client("acc-security")
    page = text(reader.get(f"/trace/figure/12/{DOCUMENT}"))

    assert "What the paper says" in page
    leading = set(re.findall(r'href="(/trace/\d+)"', page))
    assert len(leading) > 1
    assert {reader.get(one).status_code for one in leading} == {200}


@pytest.mark.parametrize("address", [f"0/{DOCUMENT}", f"9999/{DOCUMENT}", "1/no/such/paper", "1/A"])
def test_a_figure_that_no_paper_prints_is_not_found(issued, address):
    told = issued.client("acc-security").get(f"/trace/figure/{address}")

    assert told.status_code in (404, 409)


def test_entries_are_listed_together_and_those_unseen_are_counted(site):
    page = text(site.client("acc-security").get("/trace/entries/131,132,999999"))

    assert 'href="/trace/131"' in page
    assert 'href="/trace/132"' in page
    assert "One entry more is not there" in page
    for wrong in ("x", "1,,2", "0", ",".join(["1"] * 21)):
        assert site.client("acc-security").get(f"/trace/entries/{wrong}").status_code == 404


def test_a_document_leads_to_its_paper(issued):
    seq = issued.register.view(EVERYTHING).one(SUBJECT).seq

    page = text(issued.client("acc-security").get(f"/trace/{seq}"))

    assert f'href="/papers/read/{DOCUMENT}"' in page
    assert "characters" in page


def test_a_statement_is_drawn_with_its_figures_linked_and_all_else_escaped():
    one, many, none = counted(131), counted(131, 132), counted()
    whole = counted(parts=(one,))

    drawn = said(Statement.of("{a} {b} {c} {d} of <b>", a=one, b=many, c=none, d=whole))

    assert drawn.count("<a ") == 3
    assert drawn.count('href="/trace/131"') == 2
    assert 'href="/trace/entries/131,132"' in drawn
    assert "&lt;units&gt;" in drawn
    assert "of &lt;b&gt;" in drawn
    assert said("<i>") == "&lt;i&gt;"


def test_a_source_leads_to_its_entry_and_is_escaped():
    assert linked("entry 1,310: concern:x (by <them>)") == (
        '<a class="govuk-link" href="/trace/1310">entry 1,310</a>: concern:x (by &lt;them&gt;)'
    )
    assert [one.depth for one in steps(counted(parts=(counted(1), counted(1))))] == [0, 1]
