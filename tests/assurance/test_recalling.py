"""What was said of a requirement in every round, along the crosswalks of its editions."""

from __future__ import annotations

from django.test.utils import CaptureQueriesContext

from assurance.judged_rounds import CYCLE, FORCE, GEAR, NEXT, SECOND, key, say, setting_of
from assurance.round_setting import CS, NEW, duties
from regard.assurance.lineage import requirement_of
from regard.assurance.recalling import recalled
from regard.assurance.rounds import carry
from regard.register.gathering import Gathered
from regard.register.kinds import Cycle, Edition, Expectation, Line


def test_what_was_said_under_an_earlier_edition_is_recalled_and_what_was_carried_is_not(tmp_path):
    setting = setting_of(tmp_path)
    first = say(setting, key(GEAR), "met")
    second = say(setting, key(GEAR, "capability"), "not-met", line=Line.OVERSEEING)
    setting.publish(SECOND)
    setting.open(NEXT, editions=(NEW,), aspects=CS, follows=CYCLE, duties=duties(setting, 1, 20))
    carry(setting.register, NEXT, by=setting.who["spr"])
    now = key("order/kit", of="try-2")
    third = say(setting, now, "partly-met", cycle=NEXT)
    view = setting.view()

    requirement = view.one(requirement_of(NEW, "order/kit"))
    gathered = Gathered(view, (Cycle, Edition, Expectation))
    with CaptureQueriesContext(setting.register.connection) as asked:
        at_once = recalled(gathered, requirement, FORCE)

    found = recalled(view, requirement, FORCE)

    assert at_once == found
    assert len(asked) == 1  # however many editions came before
    assert [one.seq for one in found] == [third, second, first]
