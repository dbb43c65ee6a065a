"""What so many PSUs away cost at home: one question, three answers, each with its trace."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from capability.small_force import answering as small_force
from regard.capability.questions import Question
from regard.capability.stress import Set, compare, screen, stress
from regard.core.errors import DefinitionRefused, NotKnown

ASKED = Question(3, 6, levels=(5,))


@pytest.fixture(scope="module")
def answer(answering):
    return stress(answering, ASKED, replications=30)


@pytest.mark.slow
@pytest.mark.statistics
def test_more_away_is_later_and_the_ranges_hold_the_change(answer):
    nobody, three, five = (answer.step(one, "immediate") for one in (0, 3, 5))

    assert nobody.late.value < three.late.value < five.late.value
    assert three.more.low > 0
    assert answer.peaks[5].value > answer.peaks[3].value > answer.peaks[0].value


@pytest.mark.slow
@pytest.mark.statistics
def test_the_board_reads_a_sentence_with_its_trace(answer):
    said = answer.board()

    assert str(said).startswith("Meeting a call for 3 PSUs for 6 days would be paid for")
    assert {one.scope for one in said.figures} == {"west-midlands"}
    assert any(answer.runs.digest[:12] in str(s) for f in said.figures for s in f.sources)


@pytest.mark.slow
@pytest.mark.statistics
def test_what_was_not_modelled_stands_with_it(answer):
    assert any("generated" in one for one in answer.left_out)
    assert any("end of a shift" in one for one in answer.rules)


@pytest.mark.slow
@pytest.mark.statistics
def test_the_same_question_gives_the_same_digest_on_any_workers(answering, answer):
    with ThreadPoolExecutor(1) as one:
        again = stress(answering, ASKED, replications=30, executor=one)

    assert again.digest == answer.digest
    assert Set(answering, ASKED).digest == answer.asked.digest
    assert Set(answering, replace(ASKED, seed=2)).digest != answer.asked.digest


@pytest.mark.slow
@pytest.mark.statistics
def test_the_screening_points_the_same_way(answering, answer):
    told = screen(answering, ASKED)

    assert told.away.peak > told.home.peak
    assert told.away.late > told.home.late
    assert "Screening" in told.said


@pytest.mark.slow
@pytest.mark.statistics
def test_nobody_is_away_before_they_go_nor_once_they_rested(answering):
    asked = Set(answering, replace(ASKED, hour=7))
    lost = asked.scenario(3).away

    assert not any(lost[: asked.goes])
    assert all(lost[asked.goes : asked.returns])
    assert not any(lost[asked.returns + ASKED.rest_hours :])
    assert asked.goes % 4 == 0


@pytest.mark.slow
@pytest.mark.statistics
def test_answers_are_held_side_by_side(answer, answering):
    other = stress(answering, Question(1, 2), replications=10)

    told = dict(compare((answer, other)))

    assert [len(one) for one in told.values()] == [2, 2, 2]
    with pytest.raises(DefinitionRefused):
        compare(())


@pytest.mark.slow
@pytest.mark.statistics
def test_a_number_that_was_not_run_is_not_known(answer):
    with pytest.raises(NotKnown, match="4 PSUs"):
        answer.step(4, "immediate")


@pytest.mark.slow
@pytest.mark.statistics
def test_the_table_by_hour_covers_every_hour(answer):
    told = answer.hours(3)

    assert len(told.waiting) == answer.runs.model.horizon
    assert (told.units <= answer.hours(0).units).all()


@pytest.mark.parametrize("km, hours", [(0, 0), (70, 3), (150, 5), (1_500, 44)])
def test_the_journeys_to_a_host_and_back_are_added_to_the_days(km, hours):
    asked = replace(ASKED, host_km=km)
    held = Set(small_force(), asked)

    assert asked.journey_hours == hours
    assert held.returns - held.goes == 24 * ASKED.days + hours
    assert held.model.horizon >= held.returns + 24 * ASKED.recovery_days
    away = held.scenario(1).away
    assert any(away[held.returns - hours : held.returns]) or not hours
