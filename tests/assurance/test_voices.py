"""Voices stand side by side; calibration is counted in pairs, and never on too few."""

from __future__ import annotations

import pytest

from assurance import judged_rounds as given
from assurance.judged_rounds import FORCE, GEAR, INCIDENTS, OLD, UNITS, key
from regard.assurance.voices import FEWEST_PAIRS, calibration, voices
from regard.register.kinds import Line

ORDER = "expectation:try-1/order"


@pytest.fixture
def setting(tmp_path, database_url):
    setting = given.setting_of(tmp_path, database_url)
    yield setting
    setting.register.close()


def test_each_line_has_its_own_voice(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "partly-met", line=Line.OVERSEEING)
    given.say(setting, key(UNITS), "not-met", line=Line.INDEPENDENT)
    held = given.read(setting)

    found = voices(held, held.one(FORCE, key(UNITS).about, "capacity"))

    assert [one.level for one in (found.lead, found.overseer, found.independent)] == [
        "met",
        "partly-met",
        "not-met",
    ]
    assert found.board is None


def test_too_few_pairs_say_that_they_are_too_few(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "partly-met", line=Line.OVERSEEING)

    found = calibration(setting.view(), [given.read(setting)], ORDER, FORCE)

    assert (found.pairs, found.enough) == (1, False)
    assert "too few" in str(found.statement)


def test_a_lead_that_runs_ahead_is_counted(setting):
    for code in (UNITS, GEAR):
        for aspect in ("capacity", "capability"):
            given.say(setting, key(code, aspect), "met")
            later = "met" if (code, aspect) == (GEAR, "capability") else "partly-met"
            given.say(setting, key(code, aspect), later, line=Line.OVERSEEING)
    held = given.read(setting)

    found = calibration(setting.view(), [held] * 3, ORDER, FORCE)

    assert (found.ahead, found.alike, found.behind) == (9, 3, 0)
    assert found.pairs >= FEWEST_PAIRS
    assert str(found.statement) == (
        "Of 12 pairs of a lead’s view and a later view at another line, the lead’s was higher in "
        "9 pairs, the same in 3 pairs and lower in 0 pairs."
    )


def test_the_independent_line_is_the_later_view_where_both_spoke(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "met", line=Line.OVERSEEING)
    given.say(setting, key(UNITS), "not-met", line=Line.INDEPENDENT)

    found = calibration(setting.view(), [given.read(setting)], ORDER, FORCE)

    assert (found.ahead, found.alike) == (1, 0)


def test_cells_under_another_heading_and_single_voices_make_no_pair(setting):
    given.say(setting, key(INCIDENTS), "met")
    given.say(setting, key(INCIDENTS), "not-met", line=Line.OVERSEEING)
    given.say(setting, key(OLD), "met")

    assert calibration(setting.view(), [given.read(setting)], ORDER, FORCE).pairs == 0


def test_a_lead_that_judged_again_is_set_beside_what_was_said_after_it(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "partly-met", line=Line.OVERSEEING)
    given.say(setting, key(GEAR), "met")
    given.say(setting, key(GEAR), "partly-met", line=Line.OVERSEEING)
    given.say(setting, key(UNITS), "partly-met")

    found = calibration(setting.view(), [given.read(setting)], ORDER, FORCE)

    assert (found.ahead, found.alike, found.behind) == (1, 0, 0)


def test_the_last_view_of_another_line_makes_the_pair(setting):
    given.say(setting, key(UNITS), "met")
    given.say(setting, key(UNITS), "not-met", line=Line.INDEPENDENT)
    given.say(setting, key(UNITS), "met", line=Line.OVERSEEING)

    found = calibration(setting.view(), [given.read(setting)], ORDER, FORCE)

    assert (found.ahead, found.alike, found.behind) == (0, 1, 0)
