"""The example's register: the same on every machine, at the papers' dates, four boards from one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from math import ceil
from pathlib import Path

import pytest

from regard.assurance.cells import cells
from regard.assurance.gaps import gap
from regard.assurance.observed import observed
from regard.assurance.promises import Became
from regard.assurance.targets import target_of
from regard.board import remembering
from regard.board.register_demonstration import (
    BOARDS,
    OF_THE_FORCE,
    OF_THE_REGION,
    UPLIFT,
    Known,
    RegisterDemonstration,
    build_register,
    differences,
    refused,
    view_on,
)
from regard.board.remembering import NAME, SEED, StatedClock, StatedSalts, remember
from regard.board.spr.gathering import EXAMPLE_NOTICE
from regard.core.errors import DefinitionRefused, EntryRefused, NotComparable
from regard.core.figures import difference
from regard.examples.west_midlands_spr.history import days
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds import Expectation, Judgement, Line, Link, Observation
from regard.register.kinds.reading import KINDS
from regard.register.register import Register

pytestmark = [pytest.mark.slow, pytest.mark.demo]

FORCE, UNIT = "party:west-midlands", "party:west-midlands-rocu"
# What stands below its target on 1 December 2021, by the expectation: paragraphs 13 to 18 and 30 to
# 36 of the paper with figures at that day.
GAPS = {
    "expectation:firearms-establishment/ctsfo-end-state": (FORCE, -19),
    "expectation:firearms-establishment/fou": (FORCE, -23),
    "expectation:mobilisation-commitment/level-2-trained": (FORCE, -132.6),
    "expectation:mobilisation-commitment/psus": (FORCE, 0),
    "expectation:rocu-uplift-2021-22/baseline/staffordshire": ("party:staffordshire", -1),
    "expectation:rocu-uplift-2021-22/baseline/warwickshire": ("party:warwickshire", 2),
    "expectation:rocu-uplift-2021-22/baseline/west-mercia": ("party:west-mercia", -7),
    "expectation:rocu-uplift-2021-22/baseline/west-midlands": (FORCE, 3),
    "expectation:rocu-uplift-2021-22/baseline/west-midlands-rocu": (UNIT, -2),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegisterDemonstration]:
    """The example in a folder of its own; nothing in this module writes to it."""
    made = build_register(tmp_path_factory.mktemp("example"))
    yield made
    made.remembered.register.close()


@pytest.fixture
def board(shown: RegisterDemonstration) -> dict[int, Known]:
    """The four boards by their years."""
    return {one.on.year: one for one in shown.boards}


class StoppedError(Exception):
    """The power went."""


def stop_after(monkeypatch: pytest.MonkeyPatch, values: int) -> None:
    """Let the building stop in the midst of an act."""
    made, left = remembering.value_of, iter(range(values))

    def until(kind: str, words: str) -> object:
        if next(left, None) is None:
            raise StoppedError
        return made(kind, words)

    monkeypatch.setattr(remembering, "value_of", until)


def test_it_holds_far_more_than_the_editions_and_the_plan_bring(shown):
    history = sum(len(day.entries) for day in days())

    assert history >= 130
    assert shown.remembered.head.size > history
    assert shown.remembered.entered == shown.remembered.head.size


def test_every_kind_of_entry_is_in_it(shown):
    register = shown.remembered.register
    view = register.view(EVERYTHING)

    found = {one.kind for one in view.entries(limit=shown.remembered.head.size)}

    assert found == set(KINDS)


def test_its_first_entries_say_that_it_is_an_example_with_a_stated_clock(shown):
    view = shown.remembered.register.view(EVERYTHING)

    first, notice = view.entry(1), view.entry(4)

    assert first.value.name == NAME == "West Midlands Police"
    assert notice.subject == EXAMPLE_NOTICE
    assert SEED in notice.value.meaning


def test_built_on_another_database_it_has_the_same_head(shown, tmp_path, database_url):
    again = remember(tmp_path / "home", url=database_url)
    again.register.close()

    assert again.head == shown.remembered.head


def test_built_again_it_says_that_it_stands(tmp_path, database_url):
    first = remember(tmp_path / "home", url=database_url)
    again = remember(tmp_path / "home", url=database_url)
    again.register.close()

    assert again.entered == 0
    assert again.head == first.head
    assert "it stood here already" in again.said()[0]


@pytest.mark.parametrize("values", [0, 45, 130, 300])
def test_cut_short_within_an_act_it_is_taken_up_and_has_the_same_head(
    values, shown, tmp_path, database_url, monkeypatch
):
    with monkeypatch.context() as patched:
        stop_after(patched, values)
        with pytest.raises(StoppedError):
            remember(tmp_path / "home", url=database_url)

    again = remember(tmp_path / "home", url=database_url)
    again.register.close()

    assert 0 < again.entered < shown.remembered.head.size
    assert again.head == shown.remembered.head


def test_another_register_is_left_alone(tmp_path, database_url):
    home = tmp_path / "home"
    register, _ = Register.found(home, body="essex", name="Essex Police", url=database_url)

    with pytest.raises(EntryRefused, match="its first entry is party:essex"):
        remember(home, url=database_url)

    assert register.head().size == 3
    register.close()


def test_it_tells_how_far_it_has_come(tmp_path, database_url):
    told = []

    remember(tmp_path / "home", url=database_url, progress=lambda *one: told.append(one))

    assert told[0] == ("2013-04-01", 0, 1, len(days()))
    assert told[-1] == ("2023-03-02", 0, len(days()), len(days()))


def test_a_stated_clock_goes_on_by_a_minute_and_never_back():
    clock = StatedClock(date(2015, 2, 3))

    clock.next_act(date(2015, 2, 3))
    second = clock()
    clock.next_act(date(2014, 4, 1))

    assert second == datetime(2015, 2, 3, 9, 1, tzinfo=UTC)
    assert clock() == datetime(2015, 2, 3, 9, 2, tzinfo=UTC)


def test_stated_salts_differ_by_entry_and_go_on_where_the_journal_ends():
    salts, later = StatedSalts("seed", 0), StatedSalts("seed", 1)

    first, second = salts(), salts()

    assert first != second
    assert later() == second


def test_every_entry_is_recorded_on_a_day_of_the_papers(shown):
    view = shown.remembered.register.view(EVERYTHING)

    found = {one.recorded.date() for one in view.entries(limit=shown.remembered.head.size)}

    assert found == {day.recorded for day in days()}


def test_posts_speak_through_accounts_each_for_its_own_threat(shown):
    view = shown.remembered.register.view(EVERYTHING)

    spoken = {
        (one.value.about.split("/")[1], one.post)
        for one in view.all(Judgement, cycle="cycle:2014-15")
        if one.value.line is Line.DOING
    }

    assert spoken == {
        ("terrorism", "party:acc-security"),
        ("organised-crime", "party:acc-crime"),
        ("cyber-incident", "party:acc-crime"),
        ("public-order", "party:acc-operations"),
        ("civil-emergencies", "party:acc-operations"),
    }


def test_a_post_of_the_house_sees_what_the_boards_see(shown):
    register = shown.remembered.register
    officer = Speaker("party:west-midlands-holder-15", "party:governance-officer")

    seen = register.view(officer).all(Judgement)

    assert seen == register.view(EVERYTHING).all(Judgement)


# ----- Four boards


def test_the_four_boards_differ_and_it_is_named_how(board):
    assert differences(board[2014], board[2015]) == (
        "round", "positions", "promises", "proposals", "vulnerabilities", "figures",
    )  # fmt: skip
    assert differences(board[2015], board[2019]) == (
        "requirement in force", "round", "positions", "promises", "vulnerabilities", "figures",
        "gaps",
    )  # fmt: skip
    assert differences(board[2019], board[2021]) == (
        "round", "positions", "promises", "proposals", "vulnerabilities", "figures", "gaps",
    )  # fmt: skip
    assert differences(board[2014], board[2014]) == ()


def test_each_board_knew_the_requirement_that_was_in_force(board):
    labels = {year: [one.value.label for one in known.editions] for year, known in board.items()}

    assert labels == {
        2014: ["SPR 2012"],
        2015: ["SPR 2012"],
        2019: ["SPR 2015"],
        2021: ["SPR 2015"],
    }


def test_the_board_of_2014_knew_no_position_and_a_pointer_to_another_paper(board):
    known = board[2014]

    assert known.positions == ()
    assert [one.entry.subject for one in known.vulnerabilities] == [
        "concern:west-midlands/position-deferred-2014"
    ]
    assert len(known.proposals) == 1
    assert known.having(Became.TO_COME) == known.promises


def test_the_board_of_2015_had_six_recommendations_and_what_was_asked_the_year_before(board):
    proposed = [one.entry.subject for one in board[2015].proposals]

    assert len(proposed) == 7
    assert sum("2015-02-03/recommendation-" in one for one in proposed) == 6
    assert board[2015].at_line(Line.DOING) == {"met": 7, "partly-met": 2, "not assessed": 1}


def test_the_inspectors_view_was_true_before_the_paper_told_it(shown):
    register = shown.remembered.register
    winter = date(2014, 12, 31)

    def third_line(known_at: date) -> int:
        view = register.view(
            EVERYTHING, known_at=datetime.combine(known_at, time.max, UTC), true_on=winter
        )
        return sum(one.value.line is Line.INDEPENDENT for one in view.all(Judgement))

    assert third_line(known_at=winter) == 0
    assert third_line(known_at=date(2015, 2, 3)) == 3


def test_what_a_board_knew_does_not_change_with_what_came_later(shown, board):
    subject = "expectation:mobilisation-commitment/psus"

    then = view_on(shown.remembered.register, date(2019, 3, 5)).one(subject)
    now = view_on(shown.remembered.register, date(2021, 12, 1)).one(subject)

    assert (str(then.value.target), then.version) == ("21 PSUs", 1)
    assert (str(now.value.target), now.version) == ("17 PSUs", 2)
    assert board[2019].position < now.seq


def test_every_round_was_closed_by_its_paper(board):
    closed = {year: (one.held.subject, one.held.value.stage) for year, one in board.items()}

    assert closed == {
        2014: ("cycle:2013-14", "closed"),
        2015: ("cycle:2014-15", "closed"),
        2019: ("cycle:2018-19", "closed"),
        2021: ("cycle:2021", "closed"),
    }


def test_the_matrix_of_a_round_holds_every_position_of_it(shown, board):
    view = view_on(shown.remembered.register, BOARDS[-1])

    matrix = cells(view, "cycle:2021")
    spoken = [cell for cell in matrix.cells.values() if cell.voices]

    assert len(spoken) == len(board[2021].positions)


# ----- Promises, figures and their bases


def test_the_uplift_of_march_2019_was_to_come_and_is_not_kept(board, shown):
    became = {
        year: [one.became for one in known.promises if one.entry.subject == UPLIFT]
        for year, known in board.items()
    }

    assert became == {2014: [], 2015: [], 2019: [Became.TO_COME], 2021: [Became.BROKEN]}
    assert shown.uplift.deciding.exact == -19
    assert "19 short, 32 months after the day that was promised" in shown.caution
    assert "reduced over the past 18 months" in shown.caution


def test_promises_of_2019_that_no_later_paper_speaks_of_wait_for_an_answer(board):
    waiting = {one.entry.subject.rpartition("/")[2] for one in board[2021].to_be_answered}

    assert {"missing-persons-app-2019", "cyber-strategy-2020"} <= waiting
    assert UPLIFT.rpartition("/")[2] not in waiting


def test_the_units_of_the_force_are_not_subtracted_from_those_of_the_region(shown):
    view = view_on(shown.remembered.register, BOARDS[-1])
    region, force = (observed(view, one).figure for one in (OF_THE_REGION, OF_THE_FORCE))

    with pytest.raises(NotComparable, match="scope is west-midlands-region and west-midlands"):
        difference(region, force)

    assert shown.refusal.startswith("33 PSUs and 21 PSUs are not subtracted: scope is")


def test_what_can_be_subtracted_is_not_said_to_be_refused(shown):
    view = view_on(shown.remembered.register, BOARDS[-1])

    with pytest.raises(DefinitionRefused, match="two figures that are not the same thing"):
        refused(view, OF_THE_FORCE, OF_THE_FORCE)


def test_vacancies_are_told_apart_by_their_base(shown):
    assert "53 officers on establishment with uplift" in str(shown.bases)
    assert "26 officers on establishment without uplift" in str(shown.bases)


def test_the_pipeline_is_a_forecast_and_never_the_last_figure(board):
    strength = [
        one
        for one in board[2021].figures
        if one.entry.value.measure == "measure:rocu-officer-strength"
        and one.entry.value.scope == UNIT
    ]

    assert [(one.figure.value, one.figure.basis) for one in strength] == [
        (446, "actual"),
        (467, "forecast"),
    ]


@pytest.mark.parametrize("subject", GAPS)
def test_a_gap_comes_out_as_the_paper_has_it(subject, shown):
    scope, expected = GAPS[subject]
    view = view_on(shown.remembered.register, BOARDS[-1])

    assert gap(view, subject, scope).figure.value == pytest.approx(expected)


def test_the_gaps_of_2021_are_all_that_can_be_compared(board):
    assert {one.target.entry.subject for one in board[2021].gaps} == set(GAPS)


def test_every_formula_gives_the_target_that_is_stated(shown):
    view = shown.remembered.register.view(EVERYTHING)
    with_formula = [one for one in view.all(Expectation) if one.value.formula]

    agree = {one.subject: target_of(view, one).agrees for one in with_formula}

    assert len(agree) == 6
    assert all(agree.values())


def test_every_number_that_was_worked_out_is_what_its_inputs_give(shown):
    view = shown.remembered.register.view(EVERYTHING)
    worked = [one.value for one in view.all(Observation) if one.value.formula]

    given = {
        "establishment - strength": lambda e, s: e - s,
        "share * target": lambda s, t: s * t,
        "round_up(units / share)": lambda u, s: ceil(u / s),
    }

    assert len(worked) == 14
    for one in worked:
        assert given[one.formula](*(held.value for held in one.inputs)) == one.amount.value


def test_a_duty_that_is_met_at_the_expense_of_another_says_so_in_two_papers(shown):
    view = shown.remembered.register.view(EVERYTHING)

    found = view.links("met at the expense of")

    assert [one.recorded.date() for one in found] == [date(2015, 2, 3), date(2019, 3, 5)]
    assert {one.value.target for one in found} == {
        "expectation:wmp-service-expectations/non-emergency-local-policing"
    }
    assert all(isinstance(one.value, Link) for one in found)


# ----- The screen


def test_what_is_shown_stands_on_one_screen_and_begins_with_what_it_is(shown):
    lines = shown.said()

    assert len(lines) <= 50
    assert lines[1].startswith("Its clock is stated: 2013-04-01 to 2023-03-02.")


def test_every_board_is_shown_with_its_own_numbers(shown):
    text = "\n".join(shown.said())

    assert "Positions: none given on any threat" in text
    assert "line 1: 2 partly met, 7 met, 1 not assessed; line 2: 4 met" in text
    assert "In force: SPR 2015; last round: SPR position 2021" in text
    assert "in the way: 1 issue\n" in text
    assert "in the way: 1 issue, 2 risks, 2 vulnerabilities\n" in text
    assert "With caution:" in text


def test_the_home_of_the_example_holds_one_file_of_its_register(tmp_path: Path):
    made = remember(tmp_path, url="")
    made.register.close()

    assert (tmp_path / "register.sqlite3").is_file()
