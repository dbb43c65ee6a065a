"""An answer that is kept is an entry and a file, and anybody can make it again."""

from __future__ import annotations

import hashlib
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
    kept_or_not,
    name_of,
    text_beside,
    write,
)
from regard.capability.stress import Set, stress
from regard.capability.whole_files import write_whole
from regard.core.errors import (
    AccessRefused,
    DefinitionRefused,
    FileUnreadable,
    NotComparable,
    NotKnown,
)
from regard.register.access import EVERYTHING
from regard.register.kinds.facts import Kept, Observation
from regard.register.kinds.frame import Party
from regard.register.kinds.reading import made


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


def by_hand(setting, name, sha256="ab" * 32, basis="estimate"):
    """An observation that somebody typed under the subject of an answer."""
    value = made(
        Observation,
        text="Typed.",
        scope=FORCE,
        basis=basis,
        collected=setting.register.today(),
        document=Kept(name="A note", sha256=sha256),
    )
    subject = f"observation:west-midlands/stress/{name}"
    return setting.register.enter(value, subject=subject, by=setting.who["spr"])


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "notes", "basis": "document", "sha256": None},
        {"name": "notes"},
        {"name": "0123456789ab", "basis": "document"},
        {"name": "0123456789ab", "sha256": None},
        {"name": "0123456789abcd"},
    ],
)
def test_what_is_typed_beside_the_answers_is_none_of_them(setting, answer, tmp_path, typed):
    kept(setting, answer, tmp_path)
    by_hand(setting, **typed)

    (told,) = kept_answers(setting.register.view(EVERYTHING), tmp_path)

    assert told.digest == answer.digest


def test_one_that_cannot_be_read_does_not_hide_the_others(setting, answer, tmp_path):
    entry = kept(setting, answer, tmp_path)
    typed = by_hand(setting, "0123456789ab")

    (_, wrong), (read, told) = kept_or_not(setting.register.view(EVERYTHING), tmp_path)

    assert isinstance(wrong, FileUnreadable)
    assert f"entry {typed.seq}" in wrong.wrong
    assert (read, told.digest) == (entry, answer.digest)


def test_an_entry_that_names_the_file_of_another_answer_is_refused(setting, answer, tmp_path):
    told = write(answer, tmp_path)
    text = (tmp_path / FOLDER / file_of(told.name, told.sha256)).read_text(encoding="utf-8")
    other = "0123456789ab"
    write_whole(tmp_path / FOLDER / file_of(other, told.sha256), text)
    by_hand(setting, other, told.sha256)

    with pytest.raises(FileUnreadable, match=f"its file says the answer {told.name}"):
        list(kept_answers(setting.register.view(EVERYTHING), tmp_path))


@pytest.mark.parametrize("text", ["", "[]", "{}", "no answer"])
def test_a_file_that_holds_no_answer_is_refused_as_such(tmp_path, text):
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    write_whole(tmp_path / FOLDER / file_of("0123456789ab", sha256), text)

    with pytest.raises(FileUnreadable, match="holds no answer"):
        answered(tmp_path, "0123456789ab", sha256)


def a_body(setting, name, **given):
    value = made(Party, form="body", name=name.title(), **given)
    return setting.register.enter(value, subject=f"party:{name}", by=setting.keeper).subject


def test_an_answer_is_not_kept_of_another_force(setting, answer, tmp_path):
    other = a_body(setting, "kent", area="kent")
    below = a_body(setting, "kent-operations", parent=other)

    for scope in (other, below):
        with pytest.raises(DefinitionRefused, match="whose area is kent"):
            keep(setting.register, answer, tmp_path, by=setting.who["spr"], scope=scope)

    assert not (tmp_path / FOLDER).exists()
    same = a_body(setting, "wmp", area="west-midlands")
    assert keep(setting.register, answer, tmp_path, by=setting.who["spr"], scope=same)


def test_answers_of_two_hosts_are_called_apart(setting, answer, tmp_path):
    far = stress(answering(), replace(ASKED, host_km=300), replications=2)

    near, away = (kept(setting, one, tmp_path).held for one in (answer, far))

    assert near.document.name != away.document.name
    assert "300 km to the host" in away.document.name
    hours = far.asked.question.journey_hours
    assert f"Meeting a call for 1 PSU for 2 days, with {hours} hours of journeys," in away.text
    assert "journeys" not in near.text
