"""The matrix of a round: what was carried never counts, what expired is stale, what rests on
nothing is asserted, and four kinds of absence stay four."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bench.carrying import measure_carrying
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assurance.round_setting import (
    AS_AT,
    CYCLE,
    FORCE,
    NEXT,
    OTHER,
    SHELF,
    duties,
    found,
    key,
)
from regard.assurance.cells import COUNTED, Reads, cells, subject_of_judgement
from regard.assurance.evidence import Piece, add
from regard.assurance.judging import Word, assure, challenge, inspect, judge
from regard.assurance.rounds import carry
from regard.core.errors import NotKnown
from regard.core.markings import Marking
from regard.register.kinds import Absent

UNITS = key("order/units")
SENSITIVE = Marking.parse("OFFICIAL-SENSITIVE")
MOST_QUESTIONS = 20


@pytest.fixture
def setting(tmp_path, database_url):
    made = found(tmp_path, database_url)
    made.publish()
    made.open(duties=duties(made, 1, 20, 0, 3))
    return made


def judged(setting, where=UNITS, *, cycle=CYCLE, **given):
    held = {"level": "partly-met", "evidence": (), "departure": "The lead knows better.", **given}
    word = Word("As it is.", **held)
    return judge(setting.register, cycle, where, word, by=setting.who["lead"], held=SHELF)


def evidence(setting, name, *, expires=None, **given):
    piece = Piece("Found.", FORCE, date(2014, 6, 1), expires, topic=name, **given)
    return add(setting.register, piece, by=setting.who["lead"]).subject


def reads(setting, where=UNITS, cycle=CYCLE, **given):
    return cells(setting.view(), cycle, **given).cells[where].reads


def test_a_round_has_a_cell_for_each_body_requirement_and_c(setting):
    matrix = cells(setting.view(), CYCLE)

    assert len(matrix) == 4 * 2
    assert all(one.reads is Reads.NOT_ASSESSED for one in matrix)
    assert matrix.roots == ("expectation:try-1/order", "expectation:try-1/cyber")
    assert matrix.above(UNITS.about) == (UNITS.about, "expectation:try-1/order")


def test_a_judgement_on_evidence_in_date_is_supported(setting):
    judged(setting, evidence=(evidence(setting, "plan", expires=AS_AT),))

    cell = cells(setting.view(), CYCLE).one(FORCE, UNITS.about, "capacity")
    assert cell.reads is Reads.SUPPORTED
    assert cell.level == "partly-met"
    assert cell.spoke(1)
    assert not cell.spoke(2)


def test_the_same_judgement_is_stale_on_a_later_day(setting):
    judged(setting, evidence=(evidence(setting, "plan", expires=AS_AT),))

    assert reads(setting, as_at=AS_AT + timedelta(days=1)) is Reads.STALE
    assert len(cells(setting.view(), CYCLE, as_at=AS_AT + timedelta(days=1)).stale) == 1


def test_a_judgement_without_evidence_is_asserted(setting):
    judged(setting)

    assert reads(setting) is Reads.ASSERTED
    assert len(cells(setting.view(), CYCLE).asserted) == 1


@pytest.mark.parametrize("absent", list(Absent))
def test_four_kinds_of_absence_stay_four(setting, absent):
    judged(setting, level=None, absent=absent)

    assert str(reads(setting)) == str(absent)


def test_what_was_carried_reads_carried_and_gives_no_level(setting):
    judged(setting, evidence=(evidence(setting, "plan"),))
    setting.open(NEXT, follows=CYCLE, as_at=date(2015, 3, 31))
    carry(setting.register, NEXT, by=setting.who["spr"])

    cell = cells(setting.view(), NEXT).cells[UNITS]

    assert cell.reads is Reads.CARRIED
    assert cell.level is None
    assert cell.offered == "partly-met"
    assert not cell.spoke(1)


def test_what_was_carried_hides_nothing_that_was_said_in_the_round(setting):
    judged(setting)
    setting.open(NEXT, follows=CYCLE, as_at=date(2015, 3, 31), duties=duties(setting, 3))
    carry(setting.register, NEXT, by=setting.who["spr"])
    seen = Word("As I saw it.", level="not-met", evidence=(evidence(setting, "visit"),))
    inspect(setting.register, NEXT, UNITS, seen, by=setting.who["inspector"])

    cell = cells(setting.view(), NEXT).cells[UNITS]

    assert (cell.reads, cell.level, cell.offered) == (Reads.SUPPORTED, "not-met", None)
    assert [one.counts for one in cell.voices] == [False, True]


def test_a_reviewer_of_another_view_makes_a_dispute_and_one_who_agrees_does_not(setting):
    entry = judged(setting)
    other = judged(setting, key("order/gear"))
    by = setting.who["spr"]
    challenge(setting.register, entry.seq, Word("I saw more.", level="met"), by=by)
    challenge(setting.register, other.seq, Word("I saw the same."), by=by)

    matrix = cells(setting.view(), CYCLE)

    assert matrix.cells[UNITS].disputed
    assert not matrix.cells[key("order/gear")].disputed
    assert matrix.cells[UNITS].level == "partly-met"


def test_the_board_speaks_of_a_threat_beside_the_cells(setting):
    about = "expectation:try-1/order"
    word = Word("Shown.", level="assured")
    assure(setting.register, CYCLE, scope=FORCE, about=about, word=word, by=setting.who["board"])

    matrix = cells(setting.view(), CYCLE)

    assert matrix.board[FORCE, about].level == "assured"
    assert all(one.position is None for one in matrix)


def test_evidence_that_the_reader_may_not_see_is_withheld_and_not_none(setting):
    hidden = evidence(setting, "secret", marking=SENSITIVE)
    judged(setting, evidence=(hidden,))

    assert cells(setting.view("lead"), CYCLE).cells[UNITS].reads is Reads.SUPPORTED
    assert cells(setting.view("reader"), CYCLE).cells[UNITS].reads is Reads.WITHHELD


def test_a_judgement_that_the_reader_may_not_see_is_not_there(setting):
    judged(setting, marking=SENSITIVE)

    assert cells(setting.view("reader"), CYCLE).cells[UNITS].position is None


def test_as_known_before_nothing_was_said(setting):
    before = setting.register.head().size
    judged(setting)

    assert cells(setting.view(known_at=before), CYCLE).cells[UNITS].position is None


def test_the_matrix_of_one_body_holds_no_other(setting):
    setting.open(NEXT, scopes=(FORCE, OTHER))

    assert len(cells(setting.view(), NEXT)) == 16
    assert {one.key.scope for one in cells(setting.view(), NEXT, scope=OTHER)} == {OTHER}
    assert len(cells(setting.view(), NEXT).of(OTHER)) == 8


def test_a_body_or_cell_the_round_is_not_about_is_not_known(setting):
    with pytest.raises(NotKnown, match="no body of cycle:2014-q4"):
        cells(setting.view(), CYCLE, scope=OTHER)
    with pytest.raises(NotKnown, match="no cell of cycle:2014-q4"):
        cells(setting.view(), CYCLE).one(FORCE, UNITS.about, "consistency")


def test_the_matrix_asks_as_many_questions_for_many_cells_as_for_none(setting):
    def asked():
        with CaptureQueriesContext(setting.register.connection) as held:
            cells(setting.view(), CYCLE)
        return len(held)

    cited = evidence(setting, "plan")
    judged(setting, evidence=(cited,))
    few = asked()
    for where in cells(setting.view(), CYCLE).cells:
        judged(setting, where, evidence=(cited,))

    assert asked() == few < MOST_QUESTIONS


def test_a_cell_is_one_subject_a_line():
    assert subject_of_judgement(CYCLE, UNITS, 1) == (
        "judgement:2014-q4/west-midlands/try-1/order/units/capacity/line-1"
    )


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(
    st.lists(st.none() | st.dates(date(2014, 6, 1), date(2016, 1, 1)), max_size=4),
    st.dates(date(2014, 6, 1), date(2016, 6, 1)),
)
def test_stale_asserted_and_supported_follow_from_the_evidence_alone(setting, expiries, day):
    cited = tuple(
        evidence(setting, f"e-{number}-{expires}", expires=expires)
        for number, expires in enumerate(expiries)
    )
    judged(setting, evidence=cited)

    found_of = reads(setting, as_at=day)

    in_date = [one is None or day <= one for one in expiries]
    expected = Reads.ASSERTED if not expiries else Reads.SUPPORTED if any(in_date) else Reads.STALE
    assert found_of is expected
    assert found_of in COUNTED


def test_a_round_of_two_forces_is_drawn_and_carried_whole():
    measured = measure_carrying(forces=2)

    assert measured.cells == 2 * 7 * 12 * 5
