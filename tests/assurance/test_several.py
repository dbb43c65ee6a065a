"""One reason on several cells at once: all of it stands, or none, and each is an entry."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, FORCE, NEXT, SHELF, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.judging import Word, judge
from regard.assurance.several import assure_all, challenge_all, inspect_all
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.register.kinds import Line

UNITS, GEAR = key("order/units"), key("order/gear")
AGREES = Word("Read with the lead.", evidence=())


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open(duties=duties(held, 1, 20, 0, 3))
    return held


def judged(setting, *where, cycle=CYCLE):
    word = Word("Nothing was collected.", level="not-met", evidence=())
    lead = setting.who["lead"]
    return [judge(setting.register, cycle, one, word, by=lead, held=SHELF).seq for one in where]


def test_several_judgements_are_answered_in_one_act_each_by_an_entry_of_its_own(setting):
    answered = judged(setting, UNITS, GEAR)
    size = setting.register.head().size

    done = challenge_all(setting.register, answered, AGREES, by=setting.who["spr"])

    assert [one.value.answers for one in done] == answered
    assert {one.recorded for one in done} == {done[0].recorded}
    assert setting.register.head().size == size + 2
    assert cells(setting.view(), CYCLE).one(FORCE, UNITS.about, UNITS.aspect).spoke(Line.OVERSEEING)


def test_one_that_cannot_be_answered_holds_back_all(setting):
    (first,) = judged(setting, UNITS)
    (again,) = judged(setting, UNITS)
    head = setting.register.head()

    with pytest.raises(EntryRefused, match=f"entry {first} was judged again"):
        challenge_all(setting.register, [again, first], AGREES, by=setting.who["spr"])

    assert setting.register.head() == head


def test_judgements_of_two_rounds_are_no_one_act(setting):
    setting.open(NEXT, duties=duties(setting, 1, 20))
    one, other = judged(setting, UNITS) + judged(setting, UNITS, cycle=NEXT)

    with pytest.raises(DefinitionRefused, match="cannot be one act"):
        challenge_all(setting.register, [one, other], AGREES, by=setting.who["spr"])


@pytest.mark.parametrize("chosen", [[], ()])
def test_nothing_chosen_is_refused(setting, chosen):
    with pytest.raises(DefinitionRefused, match="0 judgements of no round"):
        challenge_all(setting.register, chosen, AGREES, by=setting.who["spr"])


def test_an_inspector_judges_several_cells_at_line_3(setting):
    word = Word("Seen in March.", level="met", evidence=())

    done = inspect_all(
        setting.register, CYCLE, [UNITS, GEAR, UNITS], word, by=setting.who["inspector"]
    )

    assert [(one.value.line, one.value.level) for one in done] == [(Line.INDEPENDENT, "met")] * 2


def test_a_board_speaks_of_several_threats_with_one_reason(setting):
    word = Word("Heard from each lead.", level="partly-assured")
    threats = ("expectation:try-1/order", "expectation:try-1/cyber")

    done = assure_all(
        setting.register,
        CYCLE,
        threats,
        word,
        scope=FORCE,
        asked=("What is late?",),
        by=setting.who["board"],
    )

    assert [one.value.about for one in done] == list(threats)
    assert all(one.value.reason.endswith("Asked: What is late?") for one in done)


def test_a_reader_says_nothing_of_any(setting):
    answered = judged(setting, UNITS)
    head = setting.register.head()

    with pytest.raises(AccessRefused):
        challenge_all(setting.register, answered, AGREES, by=setting.who["reader"])

    assert setting.register.head() == head
