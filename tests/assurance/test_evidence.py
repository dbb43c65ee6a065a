"""Evidence has the day on which it was found and the day after which it no longer counts."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assurance.round_setting import FORCE, found
from regard.assurance.evidence import NONE, Piece, add, add_once, retract, weighed
from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.core.markings import OFFICIAL
from regard.register.entries import Entry
from regard.register.kinds import Amount, Measure, Observation, made

DAY = date(2014, 12, 31)
DAYS = st.dates(date(2013, 1, 1), date(2016, 12, 31))


@pytest.fixture
def setting(tmp_path, database_url):
    return found(tmp_path, database_url)


def piece(**given):
    held = {
        "text": "The plan was tested.",
        "scope": FORCE,
        "collected": date(2014, 11, 1),
        "topic": "Mobilisation plan",
    }
    return Piece(**{**held, **given})


def observation(collected=DAY, expires=None, *, retracts=False):
    value = made(
        Observation,
        text="What was found.",
        scope=FORCE,
        basis="document",
        collected=collected,
        expires=expires,
        retracts=retracts,
    )
    return Entry(
        seq=1, kind="observation", subject="observation:x", version=1, effective=collected,
        recorded=None, post="", holder="", force="", marking=OFFICIAL, body="", previous="",
        hash="", held=value,
    )  # fmt: skip


def test_a_document_is_kept_by_its_digest_and_is_true_from_the_day_it_was_found(setting, tmp_path):
    file = tmp_path / "plan.txt"
    file.write_bytes(b"the plan")

    entry = add(setting.register, piece(file=file, place="page 3"), by=setting.who["lead"])

    assert entry.subject == "observation:west-midlands/mobilisation-plan/2014-11-01"
    assert entry.effective == date(2014, 11, 1)
    assert entry.value.basis == "document"
    assert entry.value.document.name == "plan.txt"
    assert entry.value.document.sha256 == hashlib.sha256(b"the plan").hexdigest()


def test_a_number_is_kept_with_its_measure_and_base(setting):
    measure = made(Measure, name="Trained", unit="officers", method="counted@1")
    setting.register.enter(measure, subject="measure:trained", by=setting.who["spr"])
    number = Amount(value=1193, unit="officers")

    entry = add(
        setting.register,
        piece(measure="measure:trained", amount=number, base="with uplift"),
        by=setting.who["lead"],
    )

    assert entry.subject == "observation:west-midlands/trained/with-uplift/2014-11-01"
    assert (entry.value.basis, entry.value.base) == ("actual", "with uplift")


def test_the_same_topic_and_day_again_is_a_correction(setting):
    add(setting.register, piece(), by=setting.who["lead"])

    second = add(setting.register, piece(text="It was tested twice."), by=setting.who["lead"])

    assert second.version == 2


def test_the_very_same_is_found_and_something_else_by_its_name_is_refused(setting):
    register, lead = setting.register, setting.who["lead"]
    first = add_once(register, piece(), by=lead)

    again = add_once(register, piece(), by=lead)
    with pytest.raises(DefinitionRefused, match=f"stands already, by entry {first.seq}"):
        add_once(register, piece(text="The plan was not tested."), by=lead)
    retract(register, first.subject, reason="It was another plan.", by=lead)
    anew = add_once(register, piece(), by=lead)

    assert again == first
    assert anew.seq == first.seq + 2


def test_what_was_not_known_before_is_not_seen_as_known_then(setting):
    before = setting.register.head().size
    entry = add(setting.register, piece(), by=setting.who["lead"])

    then = setting.view(known_at=before)
    earlier = setting.view(true_on=date(2014, 10, 31))

    assert then.find(entry.subject) is None
    assert earlier.find(entry.subject) is None
    assert setting.view(true_on=DAY).find(entry.subject) is not None


def test_a_file_that_is_not_there_is_unreadable(setting, tmp_path):
    with pytest.raises(FileUnreadable, match="absent.pdf cannot be read"):
        add(setting.register, piece(file=tmp_path / "absent.pdf"), by=setting.who["lead"])


def test_what_was_wrong_is_retracted_with_a_reason_and_stays_in_the_journal(setting):
    entry = add(setting.register, piece(), by=setting.who["lead"])

    gone = retract(
        setting.register, entry.subject, reason="Another force's plan.", by=setting.who["lead"]
    )

    held = {entry.subject: gone}
    assert weighed([entry.subject], held, DAY).retracted == (entry.subject,)
    assert len(setting.view().history(entry.subject)) == 2


def test_nothing_is_retracted_without_a_reason(setting):
    entry = add(setting.register, piece(), by=setting.who["lead"])

    with pytest.raises(DefinitionRefused, match="without a reason"):
        retract(setting.register, entry.subject, reason=" ", by=setting.who["lead"])


@given(DAYS, st.none() | st.integers(0, 800), DAYS)
def test_evidence_counts_from_the_day_it_was_found_to_the_day_it_expires(collected, lasts, day):
    expires = None if lasts is None else collected + timedelta(days=lasts)
    held = {"observation:x": observation(collected, expires)}

    found_of = weighed(["observation:x"], held, day)

    counts = collected <= day and (expires is None or day <= expires)
    assert bool(found_of.current) == counts
    assert bool(found_of.not_yet) == (day < collected)


def test_what_is_not_seen_is_told_apart_from_what_is_not_there():
    assert weighed(["observation:hidden"], {}, DAY).unseen == ("observation:hidden",)
    assert weighed([], {}, DAY) == NONE


def test_what_was_retracted_is_neither_current_nor_expired():
    held = {"observation:x": observation(retracts=True)}

    assert weighed(["observation:x"], held, DAY).retracted == ("observation:x",)


def test_two_bases_and_a_forecast_of_one_day_are_three_facts(setting):
    measure = made(Measure, name="Vacancies", unit="officers", method="counted@1")
    setting.register.enter(measure, subject="measure:vacancies", by=setting.who["spr"])

    entries = [
        add(
            setting.register,
            piece(measure="measure:vacancies", amount=Amount(value=n, unit="officers"), **held),
            by=setting.who["lead"],
        )
        for n, held in (
            (53, {"base": "establishment with uplift"}),
            (26, {"base": "establishment without uplift"}),
            (20, {"basis": "estimate"}),
        )
    ]

    assert len({one.subject for one in entries}) == 3
    assert [one.version for one in entries] == [1, 1, 1]
