"""What a new edition asks of a body, from the crosswalk and from what it judged before."""

from __future__ import annotations

import pytest

from assurance.round_setting import CYCLE, FORCE, NEW, OLD, SECOND, SHELF, found, key
from regard.assurance.judging import Word, judge
from regard.assurance.worklist import Deed, work_list
from regard.core.errors import NotKnown
from regard.library.upgrading import CARRY, RE_JUDGE
from regard.library.upgrading import work_list as of_the_library


@pytest.fixture
def setting(tmp_path, database_url):
    made = found(tmp_path, database_url)
    made.publish()
    made.open()
    return made


def judged(setting, *codes, aspects=("capacity", "capability")):
    for code in codes:
        for aspect in aspects:
            word = Word("As it is.", level="not-met", evidence=())
            where = key(code, aspect)
            judge(setting.register, CYCLE, where, word, by=setting.who["lead"], held=SHELF)


def by_code(found_of):
    return {one.requirement.value.code: one for one in found_of}


def test_each_requirement_is_carried_judged_again_new_or_ended(setting):
    judged(setting, "order/units", "order/gear", "cyber/incidents", "cyber/old")
    setting.publish(SECOND)

    held = by_code(work_list(setting.view(), NEW, scope=FORCE))

    assert {code: one.deed for code, one in held.items()} == {
        "order/units": Deed.CARRIED,
        "order/kit": Deed.CARRIED,
        "cyber/incidents": Deed.RE_JUDGE,
        "cyber/new": Deed.NEW,
        "cyber/old": Deed.ENDED,
    }
    assert len(held["order/kit"].before) == 2
    assert str(held["cyber/incidents"].statement) == (
        "Wider than before. To be judged again: widened: asks more."
    )


def test_what_was_never_judged_is_new_though_its_words_are_the_same(setting):
    setting.publish(SECOND)

    held = by_code(work_list(setting.view(), NEW, scope=FORCE))

    assert held["order/units"].deed is Deed.NEW
    assert held["order/units"].reason == "same; not judged before"


def test_a_c_that_was_never_judged_is_asked_though_the_rest_is_carried(setting):
    judged(setting, "order/units", aspects=("capacity",))
    setting.publish(SECOND)

    held = by_code(work_list(setting.view(), NEW, scope=FORCE))

    assert held["order/units"].deed is Deed.CARRIED
    assert held["order/units"].aspects == ("capability",)


def test_it_is_what_was_known_then(setting):
    setting.publish(SECOND)
    before = setting.register.head().size
    judged(setting, "order/units")

    then = by_code(work_list(setting.view(known_at=before), NEW, scope=FORCE))

    assert then["order/units"].deed is Deed.NEW


def test_it_agrees_with_the_library_where_all_was_judged(setting):
    judged(setting, "order/units", "order/gear", "cyber/incidents", "cyber/old")
    setting.publish(SECOND)

    held = by_code(work_list(setting.view(), NEW, scope=FORCE))

    asked = {
        one.code: one.deed
        for one in of_the_library(SHELF.crosswalk("try-1", "try-2"))
        if one.judged and one.earlier and one.deed in (CARRY, RE_JUDGE)
    }
    names = {CARRY: Deed.CARRIED, RE_JUDGE: Deed.RE_JUDGE}
    assert {code: held[code].deed for code in asked} == {c: names[d] for c, d in asked.items()}


def test_an_edition_that_follows_none_has_no_work_list(setting):
    with pytest.raises(NotKnown, match="no edition before this one"):
        work_list(setting.view(), OLD, scope=FORCE)
