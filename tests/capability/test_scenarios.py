"""An answer that is kept is an entry and a file, and anybody can make it again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assurance.round_setting import FORCE, found
from capability.small_force import ASKED, answering
from regard.capability.scenarios import (
    FOLDER,
    HOURS,
    PAPER,
    again,
    answered,
    entries_of_answers,
    file_of,
    keep,
    keep_answered,
    kept_answer,
    kept_answers,
    name_of,
    text_beside,
    write,
)
from regard.capability.stress import Set, stress
from regard.core.errors import AccessRefused, FileUnreadable, NotComparable, NotKnown
from regard.register.access import EVERYTHING


@pytest.fixture(scope="module")
def answer():
    return stress(answering(), ASKED, replications=6)


@pytest.fixture
def setting(tmp_path, database_url):
    return found(tmp_path, database_url)


def kept(setting, answer, tmp_path, by="spr"):
    return keep(setting.register, answer, tmp_path, by=setting.who[by], scope=FORCE)


def test_a_kept_answer_is_read_as_it_was_said(setting, answer, tmp_path):
    entry = kept(setting, answer, tmp_path)

    (told,) = kept_answers(setting.register.view(EVERYTHING), tmp_path)

    assert told.entry == entry
    assert told.question == ASKED
    assert told.digest == answer.digest
    assert told.said == tuple(str(one) for one in answer.statements())
    assert {(one["psus"], one["grade"]) for one in told.readings} == {
        (one.psus, one.grade) for one in answer.steps
    }
    assert entry.held.text.startswith("Meeting a call for 1 PSU for 2 days")
    assert entry.held.basis == "estimate"


def test_the_same_answer_is_kept_once(setting, answer, tmp_path):
    first, second = (kept(setting, answer, tmp_path) for _ in range(2))

    assert first.seq == second.seq


def test_it_is_made_again_to_the_last_bit(setting, answer, tmp_path):
    kept(setting, answer, tmp_path)
    told = kept_answer(setting.register.view(EVERYTHING), tmp_path, answer.digest[:6])

    assert again(told, answering()).digest == answer.digest


def test_other_records_are_not_passed_off_as_the_same(setting, answer, tmp_path):
    kept(setting, answer, tmp_path)
    told = kept_answer(setting.register.view(EVERYTHING), tmp_path, answer.digest[:6])
    more = answering()
    fitted = replace(more.fitted, units=tuple(one + 1 for one in more.fitted.units))

    with pytest.raises(NotComparable, match="the records now give"):
        again(told, replace(more, fitted=fitted))


def test_a_file_that_was_changed_is_refused(setting, answer, tmp_path):
    kept(setting, answer, tmp_path)
    (told,) = kept_answers(setting.register.view(EVERYTHING), tmp_path)
    place = tmp_path / FOLDER / file_of(told.name, told.sha256)
    place.write_text(json.dumps(json.loads(place.read_text()) | {"replications": 1_000}))

    with pytest.raises(FileUnreadable, match="SHA-256 differs"):
        list(kept_answers(setting.register.view(EVERYTHING), tmp_path))

    place.unlink()
    with pytest.raises(FileUnreadable, match="cannot be read"):
        list(kept_answers(setting.register.view(EVERYTHING), tmp_path))


def test_a_post_that_may_not_say_it_keeps_nothing(setting, answer, tmp_path):
    with pytest.raises(AccessRefused):
        kept(setting, answer, tmp_path, by="reader")

    assert list(kept_answers(setting.register.view(EVERYTHING), tmp_path)) == []


def test_a_name_under_which_nothing_is_kept_is_not_known(setting, tmp_path):
    with pytest.raises(NotKnown, match="kept answer"):
        kept_answer(setting.register.view(EVERYTHING), tmp_path, "abc")


def test_an_answer_is_written_before_anybody_keeps_it(setting, answer, tmp_path):
    told = write(answer, tmp_path, beside={PAPER: "{}"})

    assert answered(tmp_path, told.name, told.sha256) == told
    assert entries_of_answers(setting.register.view(EVERYTHING)) == ()
    assert text_beside(tmp_path, told, PAPER) == "{}"
    assert text_beside(tmp_path, told, HOURS).startswith("scenario,psus,hour")
    assert not list((tmp_path / FOLDER).glob(".*"))

    entry = keep_answered(setting.register, told, by=setting.who["spr"], scope=FORCE)

    assert name_of(entry) == told.name
    assert entry.held.document.sha256 == told.sha256


def test_an_answer_with_other_words_writes_over_none_that_is_kept(setting, answer, tmp_path):
    kept(setting, answer, tmp_path)

    other = write(answer, tmp_path, beside={PAPER: "said in other words"})

    (told,) = kept_answers(setting.register.view(EVERYTHING), tmp_path)
    assert told.sha256 != other.sha256
    assert told.said == other.said


def test_what_was_not_written_beside_an_answer_is_not_known(answer, tmp_path):
    told = write(answer, tmp_path)

    with pytest.raises(NotKnown, match=r"paper\.json"):
        text_beside(tmp_path, told, PAPER)


def test_the_file_of_the_hours_is_held_to_its_digest(answer, tmp_path):
    told = write(answer, tmp_path)
    (tmp_path / FOLDER / file_of(told.name, told.beside[HOURS], HOURS)).write_text("less")

    with pytest.raises(FileUnreadable, match="SHA-256 differs"):
        text_beside(tmp_path, told, HOURS)


def test_the_same_incidents_are_known_by_their_digest(answer):
    other = answering()

    assert Set(other, replace(ASKED, psus=2)).incidents == answer.asked.incidents
    assert Set(other, replace(ASKED, seed=2)).incidents != answer.asked.incidents
    assert Set(other, replace(ASKED, days=3)).incidents != answer.asked.incidents


def test_two_questions_that_one_run_answers_are_two_answers(setting, answer, tmp_path):
    other = stress(answering(), replace(ASKED, psus=2, levels=(1,)), replications=6)
    borne = stress(answering(), replace(ASKED, tolerance=50.0), replications=6)
    assert other.runs.digest == borne.runs.digest == answer.runs.digest

    entries = {kept(setting, one, tmp_path).seq for one in (answer, other, borne)}

    assert len(entries) == 3
