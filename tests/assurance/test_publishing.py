"""An edition enters the register once, whole, and nothing that was said before changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench.upgrades import measure_upgrades, oldest_is_taken_away

from assurance.round_setting import (
    FIRST,
    OLD,
    SECOND,
    SHELF,
    edition,
    found,
    node,
    shelf_of,
)
from regard.assurance.publishing import (
    BOARD_SCALE,
    _parents_first,
    publish,
    scheme_name,
    terms_of_scale,
)
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused
from regard.library.canonical import sealed
from regard.library.shelf import library
from regard.register.kinds import Edition, Expectation, Instrument, Term

LIBRARY = library()


@pytest.fixture
def setting(tmp_path, database_url):
    return found(tmp_path, database_url)


def test_an_edition_enters_with_its_terms_scales_rules_and_requirements(setting):
    done = setting.publish()

    view = setting.view()
    terms = {one.subject for one in view.all(Term)}
    assert done.edition.value.digest == FIRST.digest
    assert done.edition.value.rules == FIRST.rules
    assert {one.value.code for one in view.all(Expectation)} == {one.code for one in FIRST.nodes}
    assert {"term:cs-5/capacity", "term:scale/spr-position-1/met"} <= terms
    assert {"term:scale/indicator-1/in-place", "term:rule/spr-demand-1"} <= terms
    assert f"term:scale/{scheme_name(BOARD_SCALE)}/assured" in terms
    assert view.one("instrument:try").value.force == "have regard"


def test_what_is_published_belongs_to_all_bodies_and_is_true_from_its_first_day(setting):
    done = setting.publish()

    held = setting.view().all(Expectation)
    assert {one.force for one in held} == {""}
    assert {one.effective for one in held} == {FIRST.in_force_from}
    assert done.edition.effective == FIRST.in_force_from


def test_published_again_it_says_so_and_writes_nothing(setting):
    first = setting.publish()
    before = setting.register.head()

    again = setting.publish()

    assert setting.register.head() == before
    assert again.stood_already
    assert again.edition.seq == first.edition.seq
    assert "stands already since entry" in str(again.statement)


def test_another_content_under_the_same_name_is_refused(setting):
    setting.publish()
    other = sealed(replace(FIRST, note="One word more."))
    before = setting.register.head()

    with pytest.raises(EntryRefused) as refused:
        setting.publish(other)

    assert setting.register.head() == before
    assert FIRST.digest[:12] in str(refused.value)
    assert other.digest[:12] in str(refused.value)


def test_a_vocabulary_that_says_something_else_under_its_name_is_refused(setting):
    setting.publish()
    cs = LIBRARY.scheme("cs-5")
    other = sealed(replace(cs, terms=(replace(cs.terms[0], label="Otherwise"), *cs.terms[1:])))
    held = replace(SHELF, schemes={**SHELF.schemes, "cs-5": other})

    with pytest.raises(
        EntryRefused, match=r"term:cs-5 was entered by entry \d+ and says something"
    ):
        setting.publish(SECOND, held)

    assert setting.view().find("edition:try-2") is None


def test_the_next_edition_follows_the_latest_before_it_with_the_crosswalk(setting):
    setting.publish()

    done = setting.publish(SECOND)

    assert done.follows == OLD
    assert {one.relation for one in done.edition.value.crosswalk} == {
        "same", "reworded", "widened", "dropped", "new",
    }  # fmt: skip


def test_an_edition_without_one_before_it_follows_none(setting):
    assert setting.publish(SECOND).follows == ""


def test_only_who_keeps_the_register_publishes(setting):
    with pytest.raises(AccessRefused, match="party:spr"):
        publish(setting.register, FIRST, by=setting.who["spr"], held=SHELF)

    assert setting.view().find("edition:try-1") is None


def test_an_instrument_of_another_force_is_a_later_version_of_it(setting):
    setting.publish()
    firm = sealed(replace(SECOND, legal_force="must"))

    setting.publish(firm, shelf_of(FIRST, firm))

    said = setting.view().history("instrument:try")
    assert [one.value.force for one in said] == ["have regard", "must"]
    early = setting.view(true_on=FIRST.in_force_from)
    assert [one.value.force for one in early.all(Instrument)] == ["have regard"]


def test_a_requirement_may_stand_before_the_one_above_it(setting):
    below, above = node("a/b"), node("a", judged=False)
    file = edition("try-1", (below, above), FIRST.in_force_from)

    setting.publish(file, shelf_of(file))

    assert [one.code for one in _parents_first((below, above))] == ["a", "a/b"]
    assert setting.view().one("expectation:try-1/a/b").value.parent == "expectation:try-1/a"


def test_two_requirements_of_one_code_are_refused(setting):
    file = edition("try-1", (node("a", "One."), node("a", "Another.")), FIRST.in_force_from)

    with pytest.raises(DefinitionRefused, match="try-1 has a more than once"):
        setting.publish(file, shelf_of(file))


def test_levels_stand_in_order_from_the_worst():
    scale = LIBRARY.scale("spr-position@1")

    levels = [term for _, term in terms_of_scale(scale)][1:]

    assert [one.order for one in levels] == [1, 2, 3, 4]
    assert levels[0].label == scale.levels[0].label


@pytest.mark.parametrize("name", sorted(LIBRARY.editions))
def test_every_edition_of_the_library_can_be_published(setting, name):
    file = LIBRARY.edition(name)

    done = publish(setting.register, file, by=setting.keeper)

    assert (done.requirements, done.judged) == (len(file.nodes), len(file.judged))
    assert len(setting.view().all(Edition)) == 1


def test_two_dozen_made_up_upgrades_lose_and_alter_no_judgement():
    assert measure_upgrades(24, 7) == (24, 0)


def test_the_planted_fault_of_an_upgrade_is_found():
    _, wrong = measure_upgrades(4, 7, fault=oldest_is_taken_away)

    assert wrong > 0


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(1_200)
def test_ten_thousand_made_up_upgrades_lose_and_alter_no_judgement():
    assert measure_upgrades() == (10_000, 0)
