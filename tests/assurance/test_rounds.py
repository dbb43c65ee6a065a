"""A round opens, takes over what the last one judged, and closes when all have spoken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assurance.round_setting import (
    AS_AT,
    CYCLE,
    FORCE,
    NEW,
    NEXT,
    OTHER,
    SECOND,
    SHELF,
    Setting,
    duties,
    found,
    key,
)
from regard.assurance.cells import COUNTED, Reads, cells
from regard.assurance.judging import Word, assure, challenge, judge, sign_off
from regard.assurance.progress import progress
from regard.assurance.rounds import carry, close, open_round
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused, NotKnown
from regard.register.kinds import Cycle, Duty, Judgement, Line, made

LATER = "cycle:2015-q2"
CODES = ("order/units", "order/gear", "cyber/incidents", "cyber/old")


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    return held


def say(setting: Setting, where, level="partly-met", cycle=CYCLE):
    word = Word(f"As seen for {cycle}.", level=level, evidence=(), departure="Seen otherwise.")
    return judge(setting.register, cycle, where, word, by=setting.who["lead"], held=SHELF)


def say_all(setting: Setting, cycle=CYCLE):
    for one in cells(setting.view(), cycle).cells:
        say(setting, one, cycle=cycle)


def carried_into(setting: Setting, cycle=NEXT, **given):
    setting.open(cycle, **{"follows": CYCLE, "as_at": date(2015, 3, 31), **given})
    return carry(setting.register, cycle, by=setting.who["spr"])


# Opening


def test_a_round_says_how_many_cells_it_has_and_who_is_asked(setting):
    opened = setting.open()

    assert opened.cells == 8
    assert opened.unasked == ()
    assert str(opened.statement) == (
        "The last quarter of 2014 was opened as at 31 December 2014. Cells: 8; bodies: 1. "
        "Each cell has a post that must speak on it."
    )


def test_cells_on_which_nobody_must_speak_are_told(setting):
    duty = Duty(line=Line.DOING, post="party:lead", about="expectation:try-1/order")

    opened = setting.open(duties=(duty,))

    assert {one.about for one in opened.unasked} == {
        "expectation:try-1/cyber/incidents",
        "expectation:try-1/cyber/old",
    }
    assert "On 4 of the cells no post must speak" in str(opened.statement)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"duties": (Duty(line=Line.DOING, post="party:nobody"),)}, "which is no post"),
        ({"duties": (Duty(line=Line.DOING, post="party:lead", scope=OTHER),)}, "not about"),
        (
            {"duties": (Duty(line=Line.DOING, post="party:lead", about="expectation:try-1/none"),)},
            "none of its editions",
        ),
        ({"aspects": ("capacity", "consistency")}, "asks for consistency"),
        ({"stage": "closed"}, "would begin as closed"),
    ],
    ids=["no-post", "no-body", "no-requirement", "no-c", "closed"],
)
def test_a_round_that_asks_for_what_is_not_there_is_refused(setting, wrong, told):
    with pytest.raises(DefinitionRefused, match=told):
        setting.open(**wrong)

    assert setting.view().all(Cycle) == ()


def test_a_round_is_opened_once_and_by_who_runs_rounds(setting):
    setting.open()

    with pytest.raises(EntryRefused, match="was opened before, by entry"):
        setting.open()
    value = made(Cycle, **{**cycle_of(setting), "follows": CYCLE})
    with pytest.raises(AccessRefused, match="party:lead"):
        open_round(setting.register, value, subject=NEXT, by=setting.who["lead"])


def cycle_of(setting):
    held = setting.view().one(CYCLE).value
    return {name: getattr(held, name) for name in held.model_fields_set}


# Carrying


def test_each_judgement_is_offered_again_as_an_entry_of_its_own(setting):
    setting.open()
    first = say(setting, key("order/units"))

    done = carried_into(setting)

    offered = setting.view().all(Judgement, cycle=NEXT)[0]
    assert done.count == 1
    assert offered.seq > first.seq
    assert offered.value.standing == "carried"
    assert offered.value.carried_from == first.seq
    assert (offered.value.level, offered.value.reason) == (first.value.level, first.value.reason)
    assert setting.view().entry(first.seq).value == first.value


def test_what_is_carried_twice_names_the_entry_in_which_it_was_made(setting):
    setting.open()
    first = say(setting, key("order/units"))
    carried_into(setting)

    carried_into(setting, LATER, follows=NEXT)

    assert setting.view().all(Judgement, cycle=LATER)[0].value.carried_from == first.seq


def test_carrying_again_writes_nothing(setting):
    setting.open()
    say(setting, key("order/units"))
    carried_into(setting)
    before = setting.register.head()

    again = carry(setting.register, NEXT, by=setting.who["spr"])

    assert (again.count, again.stood) == (0, 1)
    assert setting.register.head() == before


def test_what_was_judged_already_is_not_covered_by_what_is_carried(setting):
    setting.open()
    say(setting, key("order/units"))
    setting.open(NEXT, follows=CYCLE, as_at=date(2015, 3, 31))
    say(setting, key("order/units"), "met", cycle=NEXT)

    carry(setting.register, NEXT, by=setting.who["spr"])

    assert cells(setting.view(), NEXT).cells[key("order/units")].level == "met"


def test_a_new_edition_carries_what_is_the_same_or_reworded_and_nothing_else(setting):
    setting.open()
    say_all(setting)
    setting.publish(SECOND)

    done = carried_into(setting, editions=(NEW,))

    carried = {one.value.about for one in setting.view().all(Judgement, cycle=NEXT)}
    assert carried == {"expectation:try-2/order/units", "expectation:try-2/order/kit"}
    assert done.left == {"widened": 2, "dropped": 2}
    told = " ".join(str(one) for one in done.statements)
    assert "from cycle:2014-q4 into cycle:2015-q1, unreviewed and not counted: 4; there" in told
    assert "Not carried: 2; widened." in told


def test_a_c_the_round_does_not_ask_is_not_carried(setting):
    setting.open()
    say_all(setting)

    done = carried_into(setting, aspects=("capacity",))

    assert (done.count, done.left) == (4, {"not judged in this round": 4})


def test_the_word_of_the_board_is_not_carried_and_the_reviewers_is(setting):
    setting.open(duties=duties(setting, 1, 20, 0))
    entry = say(setting, key("order/units"))
    challenge(setting.register, entry.seq, Word("Seen."), by=setting.who["spr"])
    board = Word("Shown.", level="assured")
    about = "expectation:try-1/order"
    assure(setting.register, CYCLE, scope=FORCE, about=about, word=board, by=setting.who["board"])

    done = carried_into(setting)

    assert done.count == 2
    cell = cells(setting.view(), NEXT).cells[key("order/units")]
    assert [int(one.line) for one in cell.voices] == [1, 2]
    assert not cells(setting.view(), NEXT).board


def test_only_who_runs_rounds_carries(setting):
    setting.open()
    say(setting, key("order/units"))
    setting.open(NEXT, follows=CYCLE)

    with pytest.raises(AccessRefused):
        carry(setting.register, NEXT, by=setting.who["reader"])

    assert setting.view().all(Judgement, cycle=NEXT) == ()


def test_a_first_round_has_nothing_to_carry(setting):
    setting.open()

    with pytest.raises(NotKnown, match="no round before this one"):
        carry(setting.register, CYCLE, by=setting.who["spr"])


@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(st.lists(st.sampled_from(CODES), unique=True), st.lists(st.sampled_from(CODES), unique=True))
def test_what_is_carried_is_shown_and_never_counted(tmp_path_factory, before, again):
    setting = found(tmp_path_factory.mktemp("round"))
    setting.publish()
    setting.open()
    for code in before:
        say(setting, key(code))
    carried_into(setting)
    for code in again:
        say(setting, key(code), "met", cycle=NEXT)

    matrix = cells(setting.view(), NEXT)
    held = progress(matrix)

    assert held.assessed == len(again)
    assert held.counts[Reads.CARRIED] == len(set(before) - set(again))
    assert sum(held.counts.values()) == held.base == len(matrix)
    assert all(matrix.cells[key(code)].reads in COUNTED for code in again)
    setting.register.close()


# Closing


def test_a_round_in_which_somebody_is_silent_stays_open_and_says_who(setting):
    setting.open(duties=duties(setting, 1))
    say(setting, key("order/units"))

    with pytest.raises(EntryRefused) as refused:
        close(setting.register, CYCLE, by=setting.who["spr"])

    said = str(refused.value)
    assert "cycle:2014-q4 cannot be closed: 7 words are missing" in said
    assert "party:lead has still to speak at line 1 on 7" in said
    assert "try-1/order/units, capability" in said
    assert setting.view().one(CYCLE).value.stage == "open"


def test_what_was_only_carried_is_no_word(setting):
    setting.open(duties=duties(setting, 1))
    say_all(setting)
    close(setting.register, CYCLE, by=setting.who["spr"])
    carried_into(setting, duties=duties(setting, 1))

    with pytest.raises(EntryRefused, match="8 words are missing"):
        close(setting.register, NEXT, by=setting.who["spr"])


def test_a_round_in_which_all_have_spoken_closes_and_takes_no_word_more(setting):
    setting.open()
    say_all(setting)
    for about in cells(setting.view(), CYCLE).roots:
        word = Word("Shown.", level="assured")
        by = setting.who["board"]
        assure(setting.register, CYCLE, scope=FORCE, about=about, word=word, by=by)
    sign_off(setting.register, CYCLE, scope=FORCE, reason="Read.", by=setting.who["chief"])

    entry = close(setting.register, CYCLE, by=setting.who["spr"])

    assert entry.value.stage == "closed"
    with pytest.raises(EntryRefused, match="is closed"):
        say(setting, key("order/units"))
    with pytest.raises(EntryRefused, match="closed"):
        close(setting.register, CYCLE, by=setting.who["spr"])


def test_a_judgement_is_true_as_at_the_day_of_the_round(setting):
    setting.open()

    assert say(setting, key("order/units")).effective == AS_AT
